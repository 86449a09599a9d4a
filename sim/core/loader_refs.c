/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only a whole plan can tell: ids given twice, and references that lead nowhere, with the ids
 * that may have been meant. */
#include "core/loader_refs.h"

#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json_scan.h"
#include "core/near.h"

enum { ADVISED_MOST = 50 }; /* references whose near ids are looked for: each looks at every id */

/* Where the id of a record stands. */
static uint32_t id_node(const mu_json_doc *doc, uint32_t node) {
    const uint32_t member = mu_json_member(doc, node, "id");
    return member ? member : node;
}

static void complain_double(mu_json_doc *doc, const mu_registry_entry *entry, mu_entity entity,
                            const mu_json_doc *first_doc, const mu_registry_entry *first) {
    const uint32_t node = id_node(doc, entry->place.node);
    const uint32_t first_node = id_node(first_doc, first->place.node);
    const mu_where place = mu_json_doc_place(first_doc, first_doc->values[first_node].at);
    mu_json_doc_complain(
        doc, node, doc->values[node].at, "json.duplicate-id", _("give one of the two another id"),
        _("the id \"%s\" names another %s in %s, line %u, column %u already"), entry->id,
        _(mu_field_entity_name(entity)), place.file, place.line, place.column);
}

/* Notes each entry of file `index` whose id an entry before it has: one of the same file, or one of
 * another file. */
static void complain_list(const mu_registry_list *list, mu_entity entity,
                          const mu_loader_file *files, uint32_t index, bool is_same_file) {
    const mu_registry_entry *first = NULL; /* of those with this id that are looked at */
    for (uint32_t i = 0; i < list->count; i++) {
        const mu_registry_entry *entry = &list->entries[i];
        const bool is_here = entry->place.doc == index;
        if (entry->place.doc == MU_NONE || (is_same_file && !is_here)) {
            continue;
        }
        if (!first || strcmp(first->id, entry->id) != 0) {
            first = entry;
        } else if (is_here && (first->place.doc == index) == is_same_file) {
            complain_double(files[index].doc, entry, entity, files[first->place.doc].doc, first);
        }
    }
}

void mu_loader_complain_doubles(const mu_registry *registry, const mu_loader_file *files,
                                uint32_t index) {
    for (int entity = 0; entity < MU_ENTITY_COUNT; entity++) {
        complain_list(&registry->lists[entity], (mu_entity)entity, files, index, true);
    }
}

void mu_loader_complain_shared(const mu_registry *registry, const mu_loader_file *files,
                               uint32_t index) {
    for (int entity = 0; entity < MU_ENTITY_COUNT; entity++) {
        complain_list(&registry->lists[entity], (mu_entity)entity, files, index, false);
    }
}

/* What else the id names; NULL if nothing. */
static const char *other_entity(const mu_registry *registry, const char *id) {
    for (int entity = 0; entity < MU_ENTITY_COUNT; entity++) {
        if (mu_registry_find(registry, (mu_entity)entity, id)) {
            return _(mu_field_entity_name((mu_entity)entity));
        }
    }
    return NULL;
}

static bool advise(const mu_registry *registry, const mu_registry_wish *wish, char *out,
                   uint32_t room) {
    const mu_registry_list *list = &registry->lists[wish->target];
    const char *other = other_entity(registry, wish->ref->id);
    if (other) {
        snprintf(out, room, _("that id is the name of a %s"), other);
        return true;
    }
    if (list->count == 0) {
        snprintf(out, room, _("the files that were read define no %s at all"),
                 _(mu_field_entity_name(wish->target)));
        return true;
    }
    mu_near near = mu_near_start(wish->ref->id);
    for (uint32_t i = 0; i < list->count; i++) {
        mu_near_offer(&near, list->entries[i].id);
    }
    return mu_near_advise(&near, out, room);
}

static void complain_dangling(const mu_registry *registry, const mu_registry_wish *wish,
                              mu_json_doc *doc, bool may_advise) {
    char advice[400];
    const bool is_advised = may_advise && advise(registry, wish, advice, sizeof advice);
    mu_json_doc_complain(doc, wish->place.node, doc->values[wish->place.node].at, "json.reference",
                         is_advised ? advice : NULL, _("there is no %s \"%s\""),
                         _(mu_field_entity_name(wish->target)), wish->ref->id);
}

/* A kind of which nothing is known at all stands in a file that could not be read. */
static bool could_be_elsewhere(const mu_registry *registry, const mu_registry_wish *wish) {
    const mu_registry_list *list = &registry->lists[wish->target];
    return list->count == 0 || list->in_part;
}

bool mu_loader_resolve_refs(const mu_registry *registry, const mu_loader_file *files,
                            bool all_read) {
    uint32_t missed = 0;
    for (uint32_t i = 0; i < registry->wish_count; i++) {
        const mu_registry_wish *wish = &registry->wishes[i];
        const mu_registry_entry *entry = mu_registry_find(registry, wish->target, wish->ref->id);
        if (entry) {
            wish->ref->index = entry->index;
            continue;
        }
        if (!all_read && could_be_elsewhere(registry, wish)) {
            continue;
        }
        missed++;
        if (wish->place.node != MU_NONE) {
            complain_dangling(registry, wish, files[wish->place.doc].doc, missed <= ADVISED_MOST);
        }
    }
    return missed == 0;
}

static const mu_registry_place no_place = {MU_NONE, MU_NONE};

static void register_refs(mu_registry *registry, const mu_record_type *type, char *record);

static void register_field(mu_registry *registry, const mu_field *field, char *value) {
    if (field->kind == MU_FIELD_REF) {
        mu_ref *ref = (mu_ref *)value;
        if (ref->id) {
            mu_registry_refer(registry, ref, field->target, no_place);
        }
    } else if (field->kind == MU_FIELD_RECORD) {
        register_refs(registry, field->record, value);
    }
}

static void register_refs(mu_registry *registry, const mu_record_type *type, char *record) {
    for (uint32_t i = 0; i < type->field_count; i++) {
        const mu_field *field = &type->fields[i];
        char *member = record + field->offset;
        if (!(field->flags & MU_FIELD_LIST)) {
            register_field(registry, field, member);
            continue;
        }
        const mu_list *list = (const mu_list *)member;
        const size_t size = field->kind == MU_FIELD_RECORD ? field->record->size : sizeof(mu_ref);
        if (field->kind == MU_FIELD_RECORD || field->kind == MU_FIELD_REF) {
            for (uint32_t j = 0; j < list->count; j++) {
                register_field(registry, field, (char *)list->items + j * size);
            }
        }
    }
}

void mu_loader_register_records(mu_registry *registry, const mu_record_type *type,
                                const mu_list *list) {
    mu_registry_forget(registry, type->defines);
    const uint32_t first = mu_registry_reserve(registry, type->defines, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        char *record = (char *)list->items + i * type->size;
        for (uint32_t j = 0; j < type->field_count; j++) {
            if (type->fields[j].kind == MU_FIELD_ID) {
                const char *id = *(const char **)(record + type->fields[j].offset);
                mu_registry_define(registry, type->defines, id, first + i, no_place);
            }
        }
        register_refs(registry, type, record);
    }
    mu_registry_sort(registry);
}
