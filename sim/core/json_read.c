/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records and lists. An object is read in the order of the file and each key looked up in its field
 * table. A list of entities is sorted by id before its items are read, so that every item is read
 * straight into its final place and references to members of structs stay good. */
#include "core/json_read.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/near.h"

mu_json_item mu_json_first(mu_json_item within) {
    return (mu_json_item){within.json->child, within.node + 1};
}

mu_json_item mu_json_next(const mu_json_reader *reader, mu_json_item item) {
    return (mu_json_item){item.json->next, reader->doc->values[item.node].end};
}

static uint32_t count_items(mu_json_item list) {
    uint32_t count = 0;
    for (const cJSON *child = list.json->child; child; child = child->next) {
        count++;
    }
    return count;
}

size_t mu_json_value_size(const mu_field *field) {
    switch (field->kind) {
    case MU_FIELD_BOOL:
        return sizeof(bool);
    case MU_FIELD_INT:
        return sizeof(int64_t);
    case MU_FIELD_REAL:
        return sizeof(double);
    case MU_FIELD_STRING:
    case MU_FIELD_WORD:
    case MU_FIELD_ID:
    case MU_FIELD_DATE:
    case MU_FIELD_JSON:
        return sizeof(const char *);
    case MU_FIELD_REF:
        return sizeof(mu_ref);
    case MU_FIELD_ENUM:
        return sizeof(int);
    case MU_FIELD_TEXT:
        return sizeof(mu_text);
    case MU_FIELD_POINT:
        return sizeof(mu_point);
    case MU_FIELD_RING:
        return sizeof(mu_ring);
    case MU_FIELD_DIST:
        return sizeof(mu_dist);
    case MU_FIELD_RECORD:
        return field->record->size;
    }
    return 0;
}

static void set_fallback(const mu_field *field, void *out) {
    switch (field->kind) {
    case MU_FIELD_BOOL:
        *(bool *)out = field->fallback != 0;
        break;
    case MU_FIELD_INT:
        *(int64_t *)out = (int64_t)field->fallback;
        break;
    case MU_FIELD_REAL:
        *(double *)out = field->fallback;
        break;
    case MU_FIELD_ENUM:
        *(int *)out = (int)field->fallback;
        break;
    case MU_FIELD_DIST:
        *(mu_dist *)out = (mu_dist){.kind = MU_DIST_CONSTANT, .a = field->fallback};
        break;
    case MU_FIELD_REF:
        *(mu_ref *)out = (mu_ref){NULL, MU_NONE};
        break;
    case MU_FIELD_RECORD:
        mu_json_set_fallbacks(field->record, out);
        break;
    case MU_FIELD_STRING:
    case MU_FIELD_WORD:
    case MU_FIELD_ID:
    case MU_FIELD_TEXT:
    case MU_FIELD_POINT:
    case MU_FIELD_RING:
    case MU_FIELD_DATE:
    case MU_FIELD_JSON:
        break; /* zero */
    }
}

void mu_json_set_fallbacks(const mu_record_type *type, void *out) {
    memset(out, 0, type->size);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const mu_field *field = &type->fields[i];
        if (!(field->flags & MU_FIELD_LIST)) {
            set_fallback(field, (char *)out + field->offset);
        }
    }
}

/* One item of a list of records, before it is read. */
typedef struct listed {
    mu_json_item item;
    const char *id; /* "" where it has none */
    uint32_t place; /* in the file */
} listed;

static int compare_listed(const void *left, const void *right) {
    const listed *a = left, *b = right;
    const int by_id = strcmp(a->id, b->id);
    return by_id ? by_id : a->place < b->place ? -1 : a->place > b->place;
}

static const mu_field *id_field(const mu_record_type *type) {
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (type->fields[i].kind == MU_FIELD_ID) {
            return &type->fields[i];
        }
    }
    return NULL;
}

static const char *id_of(mu_json_item item, const mu_field *id) {
    if (!id || !cJSON_IsObject(item.json)) {
        return "";
    }
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(item.json, id->name);
    return cJSON_IsString(value) ? value->valuestring : "";
}

static void read_record(mu_json_reader *reader, const mu_record_type *type, mu_json_item item,
                        bool is_root, void *out);

static void set_origin(mu_json_reader *reader, const mu_record_type *type, mu_json_item item,
                       const char *list_path, uint32_t place, void *out) {
    if (type->origin_offset == SIZE_MAX) {
        return;
    }
    mu_where *where = mu_arena_alloc(reader->arena, sizeof *where);
    if (!where) {
        reader->doc->no_memory = true;
        return;
    }
    *where = mu_json_doc_place(reader->doc, reader->doc->values[item.node].at);
    where->path = mu_arena_print(reader->arena, "%s[%u]", list_path, place);
    *(mu_origin *)((char *)out + type->origin_offset) = where;
}

static void read_listed(mu_json_reader *reader, const mu_record_type *type, const listed *items,
                        uint32_t count, const char *list_path, char *out) {
    const uint32_t first = mu_registry_reserve(reader->registry, type->defines, count);
    for (uint32_t i = 0; i < count; i++) {
        void *record = out + i * type->size;
        read_record(reader, type, items[i].item, false, record);
        set_origin(reader, type, items[i].item, list_path, items[i].place, record);
        const mu_field *id = id_field(type);
        const char *known_as = id ? *(const char **)((char *)record + id->offset) : NULL;
        if (known_as && type->defines != MU_ENTITY_NONE) {
            mu_registry_define(reader->registry, type->defines, known_as, first + i,
                               (mu_registry_place){reader->doc_index, items[i].item.node});
        }
    }
}

static void read_records(mu_json_reader *reader, const mu_record_type *type, mu_json_item list,
                         uint32_t count, char *out) {
    listed *items = malloc(count * sizeof *items);
    const char *list_path = mu_json_doc_path(reader->doc, list.node, reader->arena);
    if (!items || !list_path) {
        reader->doc->no_memory = true;
        free(items);
        return;
    }
    const mu_field *id = id_field(type);
    mu_json_item item = mu_json_first(list);
    for (uint32_t i = 0; i < count; i++, item = mu_json_next(reader, item)) {
        items[i] = (listed){item, id_of(item, id), i};
    }
    if (type->defines != MU_ENTITY_NONE) {
        qsort(items, count, sizeof *items, compare_listed);
    }
    read_listed(reader, type, items, count, list_path, out);
    free(items);
}

/* Whether the list has a length that its field allows. */
static bool check_count(mu_json_reader *reader, const mu_field *field, mu_json_item list,
                        uint32_t count) {
    const mu_field_limits limits = mu_field_item_limits(field);
    if (count >= limits.least && count <= limits.most) {
        return true;
    }
    mu_json_complain(reader, list, "json.length", NULL,
                     _("%u items in the list; it takes %.0f to %.0f"), count, limits.least,
                     limits.most);
    return false;
}

static void read_list(mu_json_reader *reader, const mu_field *field, mu_json_item list,
                      mu_list *out) {
    const bool one_alone = !cJSON_IsArray(list.json) && (field->flags & MU_FIELD_OR_ONE) != 0;
    if (!cJSON_IsArray(list.json) && !one_alone) {
        mu_json_complain_type(reader, list, _("a list [ ]"));
        return;
    }
    const uint32_t count = one_alone ? 1 : count_items(list);
    if (!check_count(reader, field, list, count) || count == 0) {
        return;
    }
    const size_t size = mu_json_value_size(field);
    char *items = mu_arena_array(reader->arena, count, size);
    if (!items) {
        reader->doc->no_memory = true;
        return;
    }
    out->items = items;
    out->count = count;
    if (field->kind == MU_FIELD_RECORD) {
        read_records(reader, field->record, list, count, items);
        return;
    }
    mu_field one = *field; /* its limits were those of the list */
    one.least = one.most = 0;
    one.flags = 0;
    mu_json_item item = one_alone ? list : mu_json_first(list);
    for (uint32_t i = 0; i < count; i++) {
        set_fallback(&one, items + i * size);
        mu_json_read_value(reader, &one, item, items + i * size);
        item = i + 1 < count ? mu_json_next(reader, item) : item;
    }
}

static void read_field(mu_json_reader *reader, const mu_field *field, mu_json_item item,
                       void *out) {
    if (field->flags & MU_FIELD_LIST) {
        read_list(reader, field, item, out);
    } else if (field->kind == MU_FIELD_RECORD) {
        read_record(reader, field->record, item, false, out);
    } else {
        mu_json_read_value(reader, field, item, out);
    }
}

/* The names of a type's fields, for advice. */
static void complain_unknown(mu_json_reader *reader, const mu_record_type *type,
                             mu_json_item item) {
    const char *names[MU_FIELD_MOST];
    for (uint32_t i = 0; i < type->field_count; i++) {
        names[i] = type->fields[i].name;
    }
    mu_json_complain_key(reader, item, names, type->field_count);
}

static void complain_missing(mu_json_reader *reader, const mu_record_type *type, mu_json_item item,
                             uint64_t seen) {
    for (uint32_t i = 0; i < type->field_count; i++) {
        const mu_field *field = &type->fields[i];
        if ((field->flags & MU_FIELD_REQUIRED) && !(seen >> i & 1)) {
            mu_json_complain(reader, item, "json.missing-key",
                             field->meaning ? _(field->meaning) : NULL,
                             _("the required key \"%s\" is missing"), field->name);
        }
    }
}

static uint32_t find_field(const mu_record_type *type, const char *key) {
    uint32_t at = 0;
    while (at < type->field_count && strcmp(type->fields[at].name, key) != 0) {
        at++;
    }
    return at;
}

static bool is_header(const char *key) {
    return strcmp(key, "format") == 0 || strcmp(key, "version") == 0 || strcmp(key, "$schema") == 0;
}

static void read_record(mu_json_reader *reader, const mu_record_type *type, mu_json_item item,
                        bool is_root, void *out) {
    mu_json_set_fallbacks(type, out);
    if (!cJSON_IsObject(item.json)) {
        mu_json_complain_type(reader, item, _("an object { }"));
        return;
    }
    uint64_t seen = 0;
    for (mu_json_item member = mu_json_first(item); member.json;
         member = mu_json_next(reader, member)) {
        const uint32_t at = find_field(type, member.json->string);
        if (at == type->field_count) {
            if (!is_root || !is_header(member.json->string)) {
                complain_unknown(reader, type, member);
            }
        } else if (!(seen >> at & 1)) { /* the scan has complained of a second one */
            seen |= UINT64_C(1) << at;
            read_field(reader, &type->fields[at], member, (char *)out + type->fields[at].offset);
        }
    }
    complain_missing(reader, type, item, seen);
}

void mu_json_read_root(mu_json_reader *reader, const mu_record_type *root, mu_json_item item,
                       void *out) {
    read_record(reader, root, item, true, out);
    const mu_field *id = id_field(root);
    const char *known_as = id ? *(const char **)((char *)out + id->offset) : NULL;
    if (known_as && root->defines != MU_ENTITY_NONE) {
        mu_registry_define(reader->registry, root->defines, known_as,
                           mu_registry_reserve(reader->registry, root->defines, 1),
                           (mu_registry_place){reader->doc_index, item.node});
    }
}

void mu_json_complain_type(mu_json_reader *reader, mu_json_item item, const char *expected) {
    const cJSON *json = item.json;
    if (cJSON_IsString(json)) {
        mu_json_complain(reader, item, "json.type", NULL, _("expected %s, found the text \"%.*s\""),
                         expected, mu_json_shown(json->valuestring), json->valuestring);
    } else if (cJSON_IsNumber(json)) {
        mu_json_complain(reader, item, "json.type", NULL, _("expected %s, found the number %.15g"),
                         expected, json->valuedouble);
    } else if (cJSON_IsNull(json)) {
        mu_json_complain(reader, item, "json.type", _("to say nothing, leave the key out"),
                         _("expected %s, found null"), expected);
    } else {
        const char *found = cJSON_IsArray(json)    ? _("a list [ ]")
                            : cJSON_IsObject(json) ? _("an object { }")
                            : cJSON_IsTrue(json)   ? "true"
                                                   : "false";
        mu_json_complain(reader, item, "json.type", NULL, _("expected %s, found %s"), expected,
                         found);
    }
}

void mu_json_complain_key(mu_json_reader *reader, mu_json_item item, const char *const *names,
                          uint32_t count) {
    const char *key = item.json->string;
    mu_near near = mu_near_start(key);
    for (uint32_t i = 0; i < count; i++) {
        mu_near_offer(&near, names[i]);
    }
    char advice[400];
    const bool is_near = mu_near_advise(&near, advice, sizeof advice);
    mu_json_doc_complain(reader->doc, item.node, reader->doc->values[item.node].key_at,
                         "json.unknown-key", is_near ? advice : NULL, _("unknown key \"%.*s\""),
                         mu_json_shown(key), key);
}
