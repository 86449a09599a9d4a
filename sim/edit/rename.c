/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another id for a record, and for everything that refers to it, in all files of the project: the
 * tables of fields know which members are references, and to what. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/i18n.h"
#include "edit/form.h"

enum { PLACE = 600 };

typedef struct renaming {
    mu_project *project;
    uint32_t paper;
    mu_entity entity;
    const char *from, *to;
    bool fine;
} renaming;

static void put(renaming *r, const char *place, const char *text) {
    r->fine =
        r->fine && mu_project_put(r->project, r->paper, place, cJSON_CreateString(text)) == MU_OK;
}

/* What a playbook waits for names steps within a word: "step:verify". */
static void put_term(renaming *r, const char *place, const char *term) {
    static const char *const before[] = {"step:", "abandoned:"};
    for (size_t k = 0; k < sizeof before / sizeof before[0]; k++) {
        const size_t head = strlen(before[k]), length = strlen(r->from);
        if (strncmp(term, before[k], head) == 0 && strncmp(term + head, r->from, length) == 0 &&
            (term[head + length] == '\0' || term[head + length] == '@')) {
            char text[300];
            (void)snprintf(text, sizeof text, "%s%s%s", before[k], r->to, term + head + length);
            put(r, place, text);
        }
    }
}

/* A playbook may be used with other sites: where a step happens, and what it is about, are words
 * that name a room or a thing of whichever site it is. */
static bool is_name_in_step(const renaming *r, const mu_field *field, const char *value) {
    static const char *const members[] = {"place", "object", "leads_to"};
    bool named = false;
    for (size_t k = 0; k < sizeof members / sizeof members[0]; k++) {
        named = named || strcmp(field->name, members[k]) == 0;
    }
    return named && r->project->papers[r->paper].kind == MU_PAPER_PLAYBOOK &&
           strcmp(value, r->from) == 0;
}

static void walk(renaming *r, const mu_record_type *type, const cJSON *json, const char *pointer);

static void visit(renaming *r, const mu_field *field, const cJSON *json, const char *place) {
    if (field->kind == MU_FIELD_RECORD) {
        walk(r, field->record, json, place);
    } else if (!cJSON_IsString(json)) {
        return;
    } else if (field->kind == MU_FIELD_REF && field->target == r->entity) {
        if (strcmp(json->valuestring, r->from) == 0) {
            put(r, place, r->to);
        }
    } else if (r->entity == MU_ENTITY_STEP) {
        put_term(r, place, json->valuestring);
    } else if (is_name_in_step(r, field, json->valuestring)) {
        put(r, place, r->to);
    }
}

static void walk(renaming *r, const mu_record_type *type, const cJSON *json, const char *pointer) {
    for (uint32_t f = 0; cJSON_IsObject(json) && f < type->field_count; f++) {
        const mu_field *field = &type->fields[f];
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(json, field->name);
        char place[PLACE];
        (void)snprintf(place, sizeof place, "%.400s/%s", pointer, field->name);
        if (!cJSON_IsArray(value) || (field->flags & MU_FIELD_LIST) == 0) {
            visit(r, field, value, place);
            continue;
        }
        uint32_t k = 0;
        for (const cJSON *item = value->child; item != NULL; item = item->next) {
            char one[PLACE + 20];
            (void)snprintf(one, sizeof one, "%s/#%u", place, k++);
            visit(r, field, item, one);
        }
    }
}

/* Is there another of this name in the list that the record stands in? */
static bool is_taken(mu_project *project, uint32_t paper, const char *record, const char *id) {
    char place[PLACE];
    const char *slash = strrchr(record, '/');
    (void)snprintf(place, sizeof place, "%.*s/%s", slash != NULL ? (int)(slash - record) : 0,
                   record, id);
    const mu_document *d = mu_project_document(project, paper);
    char own_place[PLACE + 4];
    (void)snprintf(own_place, sizeof own_place, "%s/id", place);
    char *own =
        mu_document_find(d, place) != MU_NONE ? mu_project_string(project, paper, own_place) : NULL;
    const bool taken = own != NULL && strcmp(own, id) == 0;
    free(own);
    return taken;
}

mu_status mu_form_rename(mu_project *project, uint32_t paper, const char *record,
                         const mu_record_type *type, const char *id, char *why, size_t room) {
    char place[PLACE];
    (void)snprintf(place, sizeof place, "%.400s/id", record);
    char *before = mu_project_string(project, paper, place);
    if (before != NULL && strcmp(before, id) != 0 && is_taken(project, paper, record, id)) {
        (void)snprintf(why, room, "%s", _("another one is called so already"));
        free(before);
        return MU_ERR_INPUT;
    }
    renaming r = {project, paper, type->defines, before, id, true};
    mu_project_begin(project);
    put(&r, place, id);
    for (uint32_t k = 0; before != NULL && type->defines != MU_ENTITY_NONE && r.fine &&
                         strcmp(before, id) != 0 && k < project->paper_count;
         k++) {
        const char *text = mu_project_text(project, k);
        cJSON *json = strstr(text, before) != NULL ? cJSON_Parse(text) : NULL;
        r.paper = k;
        walk(&r, project->papers[k].file->root, json, "");
        cJSON_Delete(json);
    }
    mu_project_end(project);
    free(before);
    return r.fine ? MU_OK : MU_ERR_INPUT;
}
