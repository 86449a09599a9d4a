/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From files to structs: the text is scanned (json_scan.h), read by cJSON, and taken over field by
 * field (json_read.h). Texts stay until the loader goes, so that a fault found late, a reference
 * that leads nowhere, can still be shown in its place. */
#include "core/loader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file_in.h"
#include "core/grow.h"
#include "core/i18n.h"
#include "core/json_doc.h"
#include "core/json_edit.h"
#include "core/json_read.h"
#include "core/json_scan.h"
#include "core/loader_refs.h"
#include "core/registry.h"

struct mu_loader {
    mu_arena *arena;
    mu_diags *diags;
    mu_loader_file *files;
    uint32_t file_count, file_room;
    mu_registry registry;
    mu_edit *edits; /* borrowed */
    uint32_t edit_count;
    mu_loader_server *server; /* may be NULL */
    void *serving;
    mu_loader_watcher *watcher; /* may be NULL */
    void *watching;
};

mu_loader *mu_loader_create(mu_arena *arena, mu_diags *diags) {
    mu_loader *loader = calloc(1, sizeof *loader);
    if (loader) {
        loader->arena = arena;
        loader->diags = diags;
    }
    return loader;
}

void mu_loader_destroy(mu_loader *loader) {
    if (!loader) {
        return;
    }
    for (uint32_t i = 0; i < loader->file_count; i++) {
        mu_json_doc_destroy(loader->files[i].doc);
    }
    free(loader->files);
    mu_registry_free(&loader->registry);
    free(loader);
}

/* FNV-1a. */
static uint64_t hash_bytes(const char *bytes, size_t count) {
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    }
    return hash;
}

static mu_status complain_io(mu_loader *loader, const char *file, int error) {
    char reason[128] = "";
    const mu_where where = {.file = file};
    if (strerror_r(error, reason, sizeof reason) != 0) {
        snprintf(reason, sizeof reason, "errno %d", error);
    }
    mu_diags_add(loader->diags, MU_ERROR, "file.read", &where, NULL, _("cannot read the file: %s"),
                 reason);
    return MU_ERR_IO;
}

static mu_status complain_size(mu_loader *loader, const char *file) {
    const mu_where where = {.file = file};
    mu_diags_add(loader->diags, MU_ERROR, "json.size", &where, NULL,
                 _("a file of more than %d MiB"), MU_JSON_BYTES_MOST / 1024 / 1024);
    return MU_ERR_INPUT;
}

static mu_status copy_text(const char *from, size_t length, char **text) {
    *text = malloc(length + 1);
    if (*text == NULL) {
        return MU_ERR_MEMORY;
    }
    memcpy(*text, from, length);
    (*text)[length] = '\0';
    return MU_OK;
}

static mu_status read_file(mu_loader *loader, const char *file, char **text, size_t *length) {
    const char *served =
        loader->server != NULL ? loader->server(loader->serving, file, length) : NULL;
    if (served != NULL) {
        return *length > MU_JSON_BYTES_MOST ? complain_size(loader, file)
                                            : copy_text(served, *length, text);
    }
    *text = mu_file_in_read(file, MU_JSON_BYTES_MOST, length);
    if (*text != NULL) {
        return MU_OK;
    }
    return errno == ENOMEM  ? MU_ERR_MEMORY
           : errno == EFBIG ? complain_size(loader, file)
                            : complain_io(loader, file, errno);
}

/* Keeps a text that is to be read; takes it over. */
static mu_status add_file(mu_loader *loader, const char *name, char *text, size_t length,
                          mu_loader_file *out) {
    mu_loader_file *files =
        mu_grow(loader->files, loader->file_count, &loader->file_room, sizeof *files);
    if (files == NULL) {
        free(text);
        return MU_ERR_MEMORY;
    }
    loader->files = files;
    const uint64_t hash = hash_bytes(text, length);
    const char *kept_name = mu_arena_copy(loader->arena, name);
    mu_json_doc *doc = kept_name ? mu_json_doc_create(kept_name, text, length) : NULL;
    if (!doc) {
        if (!kept_name) {
            free(text);
        }
        return MU_ERR_MEMORY;
    }
    *out = loader->files[loader->file_count++] = (mu_loader_file){doc, hash, hash};
    return MU_OK;
}

static mu_json_item find_member(const mu_json_reader *reader, mu_json_item object,
                                const char *key) {
    mu_json_item member = mu_json_first(object);
    while (member.json && strcmp(member.json->string, key) != 0) {
        member = mu_json_next(reader, member);
    }
    return member;
}

/* Whether the file is of the kind that was asked for. */
static bool check_format(mu_json_reader *reader, mu_json_item root, const mu_file_kind *kind) {
    const mu_json_item format = find_member(reader, root, "format");
    char advice[200];
    snprintf(advice, sizeof advice,
             _("such a file starts with \"format\": \"%s\", \"version\": %d"), kind->format,
             kind->version);
    if (!format.json) {
        mu_json_complain(reader, root, "json.format", advice,
                         _("the required key \"%s\" is missing"), "format");
        return false;
    }
    if (!cJSON_IsString(format.json)) {
        mu_json_complain_type(reader, format, _("the name of a format"));
        return false;
    }
    if (strcmp(format.json->valuestring, kind->format) != 0) {
        mu_json_complain(reader, format, "json.format", advice,
                         _("the format is \"%.*s\"; a file of format \"%s\" was expected here"),
                         mu_json_shown(format.json->valuestring), format.json->valuestring,
                         kind->format);
        return false;
    }
    return true;
}

/* Whether the file's version can be read. */
static bool check_version(mu_json_reader *reader, mu_json_item root, const mu_file_kind *kind) {
    static const mu_field whole = {.kind = MU_FIELD_INT};
    const mu_json_item version = find_member(reader, root, "version");
    char advice[200];
    if (!version.json) {
        snprintf(advice, sizeof advice, _("the version that this program writes is %d"),
                 kind->version);
        mu_json_complain(reader, root, "json.version", advice,
                         _("the required key \"%s\" is missing"), "version");
        return true;
    }
    if (!mu_json_check_number(reader, &whole, version, mu_field_number_limits(&whole))) {
        return false;
    }
    const double number = version.json->valuedouble;
    if (number >= 1 && number <= kind->version && number == (int)number) {
        return true;
    }
    mu_json_complain(reader, version, "json.version",
                     number > kind->version ? _("read it with a newer version of muster") : NULL,
                     _("version %.15g of this format is not known: 1 to %d can be read"), number,
                     kind->version);
    return false;
}

static void check_schema_key(mu_json_reader *reader, mu_json_item root) {
    const mu_json_item schema = find_member(reader, root, "$schema");
    if (schema.json && !cJSON_IsString(schema.json)) {
        mu_json_complain_type(reader, schema, _("a text in quotes"));
    }
}

static void read_root(mu_loader *loader, mu_json_reader *reader, const mu_file_kind *kind,
                      const cJSON *json, void *out) {
    const mu_json_item root = {json, 0};
    if (!cJSON_IsObject(json)) {
        mu_json_complain_type(reader, root, _("an object { }"));
    } else if (check_format(reader, root, kind) && check_version(reader, root, kind)) {
        check_schema_key(reader, root);
        mu_json_read_root(reader, kind->root, root, out);
        mu_registry_sort(reader->registry);
        mu_loader_complain_doubles(reader->registry, loader->files, reader->doc_index);
    }
}

/* Scans and parses a text that is kept, and has it taken over: by its kind, or else by `read`. */
static mu_status read_doc(mu_loader *loader, uint32_t index, const mu_file_kind *kind,
                          mu_loader_form *read, void *out) {
    mu_json_doc *doc = loader->files[index].doc;
    mu_json_reader reader = {loader->arena, &loader->registry, doc, index};
    mu_status status = mu_json_scan(doc);
    if (status == MU_OK) {
        cJSON *json = cJSON_ParseWithLength(doc->text, doc->length);
        if (json && kind) {
            read_root(loader, &reader, kind, json, out);
        } else if (json) {
            const mu_json_item root = {json, 0};
            read(&reader, &root, out);
        }
        cJSON_Delete(json);
        if (!json || doc->no_memory || loader->registry.no_memory) {
            status = MU_ERR_MEMORY; /* cJSON refuses nothing that the scan lets pass */
        }
    }
    const uint32_t faults = mu_json_doc_faults(doc);
    mu_json_doc_report(doc, loader->diags, loader->arena);
    return status == MU_OK && faults > 0 ? MU_ERR_INPUT : status;
}

void mu_loader_edit(mu_loader *loader, mu_edit *edits, uint32_t count) {
    loader->edits = edits;
    loader->edit_count = count;
}

void mu_loader_serve(mu_loader *loader, mu_loader_server *server, void *context) {
    loader->server = server;
    loader->serving = context;
}

void mu_loader_watch(mu_loader *loader, mu_loader_watcher *watcher, void *context) {
    loader->watcher = watcher;
    loader->watching = context;
}

static bool is_for(const mu_edit *edit, const char *file, const mu_file_kind *kind) {
    const char *slash = strrchr(file, '/');
    return !edit->done && strcmp(edit->format, kind->format) == 0 &&
           (edit->file == NULL || strcmp(edit->file, slash != NULL ? slash + 1 : file) == 0);
}

/* Makes the changes to a text that are for it. A malformed text stays as it is: the faults are
 * found when it is read. */
static mu_status make_edits(mu_loader *loader, const char *file, const mu_file_kind *kind,
                            char **text, size_t *length) {
    for (uint32_t i = 0; kind != NULL && i < loader->edit_count; i++) {
        mu_edit *edit = &loader->edits[i];
        if (!is_for(edit, file, kind)) {
            continue;
        }
        char *changed;
        size_t changed_length;
        const mu_status status =
            mu_json_edit(*text, *length, edit->pointer, edit->value, &changed, &changed_length);
        if (status == MU_ERR_MEMORY) {
            return status;
        }
        if (changed != NULL) {
            free(*text);
            *text = changed;
            *length = changed_length;
            edit->done = true;
        }
    }
    return *length > MU_JSON_BYTES_MOST ? complain_size(loader, file) : MU_OK;
}

/* Makes the newest version of an older one. */
static mu_status bring_up(mu_loader *loader, const char *file, const mu_file_kind *kind,
                          char **text, size_t *length) {
    char *newer = NULL;
    size_t newer_length = 0;
    int from = 0;
    const mu_status status =
        kind != NULL ? mu_migrate(kind, *text, *length, &newer, &newer_length, &from) : MU_OK;
    if (newer != NULL) {
        const mu_where where = {.file = file};
        free(*text);
        *text = newer;
        *length = newer_length;
        mu_diags_add(loader->diags, MU_NOTE, "file.older", &where,
                     _("'muster migrate' writes it in the newest version"),
                     _("a file of version %d, read as version %d"), from, kind->version);
    }
    return status;
}

static mu_status keep_file(mu_loader *loader, const char *file, const mu_file_kind *kind) {
    char *text = NULL;
    size_t length = 0;
    mu_loader_file added;
    mu_status status = read_file(loader, file, &text, &length);
    const uint64_t on_disk = status == MU_OK ? hash_bytes(text, length) : 0;
    if (status == MU_OK) {
        status = bring_up(loader, file, kind, &text, &length);
        status = status == MU_OK ? make_edits(loader, file, kind, &text, &length) : status;
        if (status != MU_OK) {
            free(text);
        } else if (loader->watcher != NULL) {
            loader->watcher(loader->watching, file, text, length);
        }
    }
    status = status == MU_OK ? add_file(loader, file, text, length, &added) : status;
    if (status == MU_OK) {
        loader->files[loader->file_count - 1].on_disk = on_disk;
    }
    return status;
}

mu_status mu_loader_read(mu_loader *loader, const char *file, const mu_file_kind *kind, void *out) {
    const mu_status status = keep_file(loader, file, kind);
    mu_json_set_fallbacks(kind->root, out);
    return status == MU_OK ? read_doc(loader, loader->file_count - 1, kind, NULL, out) : status;
}

mu_status mu_loader_read_form(mu_loader *loader, const char *file, mu_loader_form *read,
                              void *out) {
    const mu_status status = keep_file(loader, file, NULL);
    return status == MU_OK ? read_doc(loader, loader->file_count - 1, NULL, read, out) : status;
}

mu_status mu_loader_read_text(mu_loader *loader, const char *name, const char *text, size_t length,
                              const mu_file_kind *kind, void *out) {
    mu_loader_file added;
    if (length > MU_JSON_BYTES_MOST) {
        return complain_size(loader, name);
    }
    char *copy;
    mu_status status = copy_text(text, length, &copy);
    if (status == MU_OK) {
        status = bring_up(loader, name, kind, &copy, &length);
        if (status != MU_OK) {
            free(copy);
        }
    }
    status = status == MU_OK ? add_file(loader, name, copy, length, &added) : status;
    mu_json_set_fallbacks(kind->root, out);
    return status == MU_OK ? read_doc(loader, loader->file_count - 1, kind, NULL, out) : status;
}

static const mu_file_kind *find_kind(const mu_json_doc *doc, const mu_file_kind *const *kinds,
                                     size_t kind_count) {
    const uint32_t node = mu_json_member(doc, 0, "format");
    if (node == 0 || doc->text[doc->values[node].at] != '"') {
        return NULL;
    }
    const char *format = doc->text + doc->values[node].at + 1;
    for (size_t i = 0; i < kind_count; i++) {
        const size_t length = strlen(kinds[i]->format);
        if (strncmp(format, kinds[i]->format, length) == 0 && format[length] == '"') {
            return kinds[i];
        }
    }
    return NULL;
}

mu_status mu_loader_identify(mu_loader *loader, const char *file, const mu_file_kind *const *kinds,
                             size_t kind_count, const mu_file_kind **out) {
    char *text = NULL;
    size_t length = 0;
    mu_status status = read_file(loader, file, &text, &length);
    if (status != MU_OK) {
        return status;
    }
    mu_json_doc *doc = mu_json_doc_create(file, text, length);
    if (!doc) {
        return MU_ERR_MEMORY;
    }
    status = mu_json_scan(doc);
    if (status == MU_OK) { /* what else is wrong is said when it is read */
        *out = find_kind(doc, kinds, kind_count);
    } else {
        mu_json_doc_report(doc, loader->diags, loader->arena);
    }
    mu_json_doc_destroy(doc);
    return status;
}

static mu_status resolve(mu_loader *loader, bool all_read) {
    mu_registry *registry = &loader->registry;
    mu_registry_sort(registry);
    if (registry->no_memory) {
        return MU_ERR_MEMORY;
    }
    uint32_t faults = 0;
    const bool all_found = mu_loader_resolve_refs(registry, loader->files, all_read);
    for (uint32_t i = 0; i < loader->file_count; i++) {
        mu_json_doc *doc = loader->files[i].doc;
        mu_loader_complain_shared(registry, loader->files, i);
        faults += mu_json_doc_faults(doc);
        mu_json_doc_report(doc, loader->diags, loader->arena);
    }
    return faults || !all_found ? MU_ERR_INPUT : MU_OK;
}

mu_status mu_loader_resolve(mu_loader *loader) {
    return resolve(loader, true);
}

void mu_loader_complain_dangling(mu_loader *loader) {
    (void)resolve(loader, false);
}

void mu_loader_lacks(mu_loader *loader, mu_entity entity) {
    loader->registry.lists[entity].in_part = true;
}

mu_status mu_loader_redefine(mu_loader *loader, const mu_record_type *type, const mu_list *list) {
    mu_loader_register_records(&loader->registry, type, list);
    return loader->registry.no_memory ? MU_ERR_MEMORY : MU_OK;
}

uint32_t mu_loader_find(const mu_loader *loader, mu_entity entity, const char *id) {
    const mu_registry_entry *entry = mu_registry_find(&loader->registry, entity, id);
    return entry ? entry->index : MU_NONE;
}

uint32_t mu_loader_file_count(const mu_loader *loader) {
    return loader->file_count;
}

const char *mu_loader_file_name(const mu_loader *loader, uint32_t index) {
    return loader->files[index].doc->file;
}

uint64_t mu_loader_file_on_disk(const mu_loader *loader, uint32_t index) {
    return loader->files[index].on_disk;
}

uint64_t mu_loader_file_hash(const mu_loader *loader, uint32_t index) {
    return loader->files[index].hash;
}

mu_status mu_loader_keep_files(const mu_loader *loader, mu_arena *arena, mu_files_read *out) {
    const uint32_t count = mu_loader_file_count(loader);
    out->items = mu_arena_array(arena, (size_t)count + 1, sizeof *out->items);
    if (out->items == NULL) {
        return MU_ERR_MEMORY;
    }
    out->count = count;
    for (uint32_t i = 0; i < count; i++) {
        out->items[i] = (mu_file_read){.name = mu_arena_copy(arena, mu_loader_file_name(loader, i)),
                                       .hash = mu_loader_file_hash(loader, i),
                                       .on_disk = mu_loader_file_on_disk(loader, i)};
    }
    return MU_OK;
}

const char *mu_loader_beside(mu_loader *loader, const char *beside, const char *name) {
    const char *slash = strrchr(beside, '/');
    if (name[0] == '/' || !slash) {
        return mu_arena_copy(loader->arena, name);
    }
    return mu_arena_print(loader->arena, "%.*s%s", (int)(slash - beside + 1), beside, name);
}
