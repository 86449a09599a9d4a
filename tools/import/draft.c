/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The draft's memory and its lists. Items live in an arena and double when a list is full, so a
 * list needs no capacity: it grows whenever its count is a power of two. */
#include "tools/import/draft.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void end_without_memory(void) {
    fputs(_("muster import: there is not enough memory\n"), stderr);
    exit(2);
}

mu_draft *mu_draft_create(mu_arena *arena, mu_diags *diags, const mu_import_options *options) {
    mu_draft *draft = mu_arena_alloc(arena, sizeof *draft);
    if (draft == NULL) {
        end_without_memory();
        return NULL;
    }
    draft->arena = arena;
    draft->diags = diags;
    draft->options = options;
    draft->geos = GEOS_init_r();
    return draft;
}

void mu_draft_destroy(mu_draft *draft) {
    for (uint32_t i = 0; i < draft->units.count; i++) {
        GEOSGeom_destroy_r(draft->geos, draft->units.items[i].shape);
    }
    for (uint32_t i = 0; i < draft->buildings.count; i++) {
        GEOSGeom_destroy_r(draft->geos, draft->buildings.items[i].footprint);
        GEOSGeom_destroy_r(draft->geos, draft->buildings.items[i].hull);
    }
    GEOS_finish_r(draft->geos);
}

void *mu_draft_alloc(mu_draft *draft, size_t count, size_t size) {
    void *memory = mu_arena_array(draft->arena, count > 0 ? count : 1, size);
    if (memory == NULL) {
        end_without_memory();
    }
    return memory;
}

static const char *print(mu_draft *draft, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    const size_t room = length > 0 ? (size_t)length + 1 : 1;
    char *text = mu_draft_alloc(draft, room, 1);
    if (length > 0) {
        vsnprintf(text, room, format, args);
    }
    return text;
}

const char *mu_draft_print(mu_draft *draft, const char *format, ...) {
    va_list args;
    va_start(args, format);
    const char *text = print(draft, format, args);
    va_end(args);
    return text;
}

void *mu_draft_append(mu_draft *draft, void *list, size_t size) {
    mu_list *grown = list;
    uint32_t count = grown->count;
    if ((count & (count - 1)) == 0) { /* 0 or a power of two: full */
        char *items = mu_draft_alloc(draft, count > 0 ? 2 * (size_t)count : 1, size);
        if (count > 0) {
            memcpy(items, grown->items, count * size);
        }
        grown->items = items;
    }
    grown->count++;
    return (char *)grown->items + count * size;
}

static int by_source(const void *left, const void *right) {
    const char *a = *(const char *const *)left;
    const char *b = *(const char *const *)right;
    return strcmp(a, b);
}

void mu_draft_sort(void *items, uint32_t count, size_t size) {
    if (count > 1) {
        qsort(items, count, size, by_source);
    }
}

uint32_t mu_draft_find(const void *items, uint32_t count, size_t size, const char *source_id) {
    if (count == 0 || source_id == NULL) {
        return MU_NONE;
    }
    const char *found = bsearch(&source_id, items, count, size, by_source);
    return found != NULL ? (uint32_t)((size_t)(found - (const char *)items) / size) : MU_NONE;
}

uint32_t mu_draft_unit_named(const mu_draft *draft, const char *name) {
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        bool fits = strcmp(unit->id, name) == 0 ||
                    (unit->source_id != NULL && strcmp(unit->source_id, name) == 0);
        if (fits && unit->kept) {
            return i;
        }
    }
    return MU_NONE;
}

mu_remark *mu_draft_remark(mu_draft *draft, mu_section section, const char *code,
                           const char *subject, const char *format, ...) {
    va_list args;
    va_start(args, format);
    const char *text = print(draft, format, args);
    va_end(args);
    mu_remark *remark = MU_DRAFT_APPEND(draft, remarks);
    *remark = (mu_remark){section, code, subject != NULL ? subject : "", text, false};
    return remark;
}

void mu_draft_leave_out(mu_draft *draft, uint32_t unit, const char *why) {
    draft->units.items[unit].kept = false;
    draft->units.items[unit].why_left_out = why;
    mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "unit", draft->units.items[unit].id, "%s", why);
}

void mu_draft_shape(mu_draft *draft, uint32_t unit, GEOSGeometry *shape) {
    mu_draft_unit *changed = &draft->units.items[unit];
    GEOSGeom_destroy_r(draft->geos, changed->shape);
    changed->shape = shape;
    changed->outline = mu_outline_make(draft, shape);
    GEOSArea_r(draft->geos, shape, &changed->area_m2);
}

static int by_subject(const void *left, const void *right) {
    const mu_remark *a = left;
    const mu_remark *b = right;
    if (a->section != b->section) {
        return a->section < b->section ? -1 : 1;
    }
    int order = strcmp(a->subject, b->subject);
    order = order != 0 ? order : strcmp(a->code, b->code);
    return order != 0 ? order : strcmp(a->text, b->text);
}

void mu_draft_sort_remarks(mu_draft *draft) {
    if (draft->remarks.count > 1) {
        qsort(draft->remarks.items, draft->remarks.count, sizeof *draft->remarks.items, by_subject);
    }
}

uint64_t mu_hash_bytes(uint64_t hash, const void *bytes, size_t count) {
    const unsigned char *at = bytes;
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ at[i]) * 0x100000001b3U;
    }
    return hash;
}

static uint64_t hash_of_file(const char *path) {
    unsigned char bytes[4096];
    uint64_t hash = MU_HASH_START;
    FILE *stream = fopen(path, "rb");
    size_t count = stream != NULL ? fread(bytes, 1, sizeof bytes, stream) : 0;
    while (count > 0) {
        hash = mu_hash_bytes(hash, bytes, count);
        count = fread(bytes, 1, sizeof bytes, stream);
    }
    if (stream != NULL) {
        fclose(stream);
    }
    return hash;
}

void mu_draft_note_file(mu_draft *draft, const char *name, const char *path, uint32_t features) {
    mu_draft_file *file = MU_DRAFT_APPEND(draft, files);
    *file = (mu_draft_file){name, hash_of_file(path), features, true};
}

const char *mu_file_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

const char *mu_file_stem(mu_draft *draft, const char *path) {
    const char *name = mu_file_name(path);
    return mu_draft_print(draft, "%.*s", (int)strcspn(name, "."), name);
}
