/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms from the tables of fields that read the files: so a field that a reader knows can be
 * edited, and no form has to be kept in step. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/i18n.h"
#include "core/json_out.h"
#include "edit/form.h"
#include "edit/offered.h"
#include "edit/spread.h"

static mu_form_kind kind_of(const mu_field *field) {
    const bool is_list = (field->flags & MU_FIELD_LIST) != 0;
    switch (field->kind) {
    case MU_FIELD_BOOL:
        return MU_FORM_SWITCH;
    case MU_FIELD_INT:
    case MU_FIELD_REAL:
        return is_list ? MU_FORM_NUMBERS : MU_FORM_NUMBER;
    case MU_FIELD_STRING:
    case MU_FIELD_WORD:
    case MU_FIELD_ID:
    case MU_FIELD_DATE:
        return is_list ? MU_FORM_WORDS : MU_FORM_STRING;
    case MU_FIELD_REF:
        return is_list ? MU_FORM_WORDS : MU_FORM_REF;
    case MU_FIELD_ENUM:
        return is_list ? MU_FORM_WORDS : MU_FORM_CHOICE;
    case MU_FIELD_TEXT:
        return MU_FORM_TEXT;
    case MU_FIELD_POINT:
    case MU_FIELD_RING:
        return MU_FORM_POINTS;
    case MU_FIELD_DIST:
        return is_list ? MU_FORM_JSON : MU_FORM_SPREAD;
    case MU_FIELD_RECORD:
        return is_list ? MU_FORM_RECORDS : MU_FORM_RECORD;
    case MU_FIELD_JSON:
        return MU_FORM_JSON;
    }
    return MU_FORM_JSON;
}

/* --- what there is to refer to --- */

typedef struct source {
    mu_entity entity;
    mu_paper_kind paper;
    const char *list;
} source;

static const source sources[] = {
    {MU_ENTITY_LEVEL, MU_PAPER_SITE, "levels"},
    {MU_ENTITY_SPACE, MU_PAPER_SITE, "spaces"},
    {MU_ENTITY_PORTAL, MU_PAPER_SITE, "portals"},
    {MU_ENTITY_EQUIPMENT, MU_PAPER_SITE, "equipment"},
    {MU_ENTITY_POST, MU_PAPER_SITE, "posts"},
    {MU_ENTITY_ASSEMBLY, MU_PAPER_SITE, "assembly_points"},
    {MU_ENTITY_ROAD, MU_PAPER_SITE, "roads"},
    {MU_ENTITY_CHANNEL, MU_PAPER_SITE, "channels"},
    {MU_ENTITY_AIR_ZONE, MU_PAPER_SITE, "air_zones"},
    {MU_ENTITY_AIR_UNIT, MU_PAPER_SITE, "air_units"},
    {MU_ENTITY_WASH, MU_PAPER_SITE, "decontamination"},
    {MU_ENTITY_LIFT, MU_PAPER_SITE, "lifts"},
    {MU_ENTITY_REFUGE, MU_PAPER_SITE, "refuges"},
    {MU_ENTITY_GROUP, MU_PAPER_ROSTER, "groups"},
    {MU_ENTITY_MEMBER, MU_PAPER_ROSTER, "members"},
    {MU_ENTITY_UNIT, MU_PAPER_ROSTER, "units"},
    {MU_ENTITY_PATROL, MU_PAPER_ROSTER, "patrols"},
    {MU_ENTITY_CLAUSE, MU_PAPER_POLICY, "clauses"},
    {MU_ENTITY_STEP, MU_PAPER_PLAYBOOK, "steps"},
};

static const char *const no_choices[] = {NULL};

static const source *source_of(mu_entity entity) {
    const source *from = NULL;
    for (size_t k = 0; k < sizeof sources / sizeof sources[0]; k++) {
        from = sources[k].entity == entity ? &sources[k] : from;
    }
    return from;
}

/* Ids of everything of a kind, in the form's arena. */
static const char *const *ids_of(mu_project *project, mu_arena *arena, const source *from,
                                 uint32_t paper) {
    char pointer[120];
    if (paper == MU_NOWHERE) {
        return no_choices;
    }
    (void)snprintf(pointer, sizeof pointer, "/%s", from->list);
    const uint32_t count = mu_document_count(mu_project_document(project, paper), pointer);
    const char **ids = mu_arena_array(arena, (size_t)count + 1, sizeof *ids);
    uint32_t found = 0;
    for (uint32_t k = 0; ids != NULL && k < count; k++) {
        (void)snprintf(pointer, sizeof pointer, "/%s/#%u/id", from->list, k);
        char *id = mu_project_string(project, paper, pointer);
        if (id != NULL && (ids[found] = mu_arena_copy(arena, id)) != NULL) {
            found++;
        }
        free(id);
    }
    return ids != NULL ? ids : no_choices;
}

/* --- values as people type them --- */

/* A list of words with commas between. */
static char *join_words(mu_arena *arena, const cJSON *list) {
    size_t room = 1;
    for (const cJSON *item = list->child; item != NULL; item = item->next) {
        room += cJSON_IsString(item) ? strlen(item->valuestring) + 2 : 0;
    }
    char *text = mu_arena_alloc(arena, room);
    size_t length = 0;
    for (const cJSON *item = list->child; text != NULL && item != NULL; item = item->next) {
        if (cJSON_IsString(item)) {
            length += (size_t)snprintf(text + length, room - length, "%s%s", length > 0 ? ", " : "",
                                       item->valuestring);
        }
    }
    return text;
}

/* Each word of a list as people say it. */
static const char *say_words(mu_arena *arena, const mu_field *field, const char *value) {
    char one[MU_FIELD_WORD_MOST + 1];
    const char *out = "";
    for (const char *at = value; *at != '\0' && out != NULL; at += strspn(at, ", ")) {
        const size_t length = strcspn(at, ",");
        (void)snprintf(one, sizeof one, "%.*s", (int)length, at);
        out = mu_arena_print(arena, "%s%s%s", out, out[0] != '\0' ? ", " : "",
                             mu_project_word(field->name, one));
        at += length;
    }
    return out;
}

/* What can be chosen in a field, and what people call it. */
static void give_choices(mu_project *project, const mu_field *field, mu_form_row *row) {
    mu_arena *arena = project->form_arena;
    const bool is_truth = field->kind == MU_FIELD_BOOL;
    const char *const *choices = is_truth ? mu_truth_words : field->names;
    uint32_t count = 0;
    if (field->kind == MU_FIELD_REF) {
        const source *from = source_of(field->target);
        row->of_paper = from != NULL ? mu_project_find_paper(project, from->paper) : MU_NOWHERE;
        row->of_list = from != NULL ? from->list : NULL;
        row->choices = ids_of(project, arena, from, row->of_paper);
    }
    if (!is_truth && field->kind != MU_FIELD_ENUM) {
        return;
    }
    while (choices[count] != NULL) {
        count++;
    }
    const char **labels = mu_arena_array(arena, count + 1U, sizeof *labels);
    for (uint32_t k = 0; labels != NULL && k < count; k++) {
        labels[k] = mu_project_word(field->name, choices[k]);
    }
    row->choices = choices;
    row->labels = labels;
    row->shown = say_words(arena, field, row->value != NULL ? row->value : "");
}

static const char *fallback_of(mu_arena *arena, const mu_field *field) {
    char number[32];
    switch (field->kind) {
    case MU_FIELD_BOOL:
        return field->fallback != 0 ? "true" : "false";
    case MU_FIELD_ENUM:
        return (field->flags & (MU_FIELD_LIST | MU_FIELD_REQUIRED)) == 0
                   ? field->names[(int)field->fallback]
                   : "";
    case MU_FIELD_INT:
    case MU_FIELD_REAL:
        if ((field->flags & (MU_FIELD_LIST | MU_FIELD_REQUIRED)) == 0) {
            mu_json_print_real(field->fallback, number);
            return mu_arena_copy(arena, number);
        }
        return "";
    default:
        return "";
    }
}

static const char *text_of(mu_arena *arena, const cJSON *json, const char *language) {
    const cJSON *own = cJSON_GetObjectItemCaseSensitive(json, language);
    return cJSON_IsString(json)  ? mu_arena_copy(arena, json->valuestring)
           : cJSON_IsString(own) ? mu_arena_copy(arena, own->valuestring)
                                 : "";
}

/* Of a list of texts what stands in a language, with strokes between. */
static const char *texts_of(mu_arena *arena, const cJSON *list, const char *language) {
    const char *out = "";
    bool any = false;
    for (const cJSON *item = list->child; item != NULL && out != NULL; item = item->next) {
        const bool other = cJSON_IsString(item) && language[0] == 'z';
        const char *text = other ? "" : text_of(arena, item, language);
        any = any || (text != NULL && text[0] != '\0');
        out = mu_arena_print(arena, "%s%s%s", out, item != list->child ? " | " : "",
                             text != NULL ? text : "");
    }
    return any ? out : "";
}

static void read_value(mu_arena *arena, const mu_field *field, const char *text, mu_form_row *row) {
    cJSON *json = cJSON_Parse(text);
    row->is_given = true;
    row->value = mu_arena_copy(arena, text);
    const char *plain = mu_form_plain(arena, field, text);
    if (plain != NULL) {
        row->value = plain;
    } else if (cJSON_IsString(json) && row->kind != MU_FORM_JSON) { /* JSON keeps its quotes */
        row->value = mu_arena_copy(arena, json->valuestring);
    } else if (row->kind == MU_FORM_WORDS && cJSON_IsArray(json)) {
        row->value = join_words(arena, json);
    }
    if (row->kind == MU_FORM_SPREAD) {
        row->shown = mu_spread_say(arena, field, text);
    }
    if (row->kind == MU_FORM_TEXT && cJSON_IsArray(json)) {
        row->value = texts_of(arena, json, "en");
        row->other = texts_of(arena, json, "zh");
    } else if (row->kind == MU_FORM_TEXT) {
        row->value = text_of(arena, json, "en");
        row->other = cJSON_IsString(json) ? "" : text_of(arena, json, "zh");
    }
    row->count = row->kind == MU_FORM_RECORDS ? (uint32_t)cJSON_GetArraySize(json) : 0;
    cJSON_Delete(json);
}

mu_form_row mu_form_row_of(mu_project *project, uint32_t paper, const char *pointer,
                           const mu_field *field) {
    mu_arena *arena = project->form_arena;
    mu_form_row row = {.key = field->name,
                       .meaning = field->meaning != NULL ? _(field->meaning) : "",
                       .unit = field->unit,
                       .kind = kind_of(field),
                       .is_required = (field->flags & MU_FIELD_REQUIRED) != 0,
                       .value = fallback_of(arena, field),
                       .other = field->kind == MU_FIELD_TEXT ? "" : NULL,
                       .of_paper = MU_NOWHERE};
    char place[400];
    (void)snprintf(place, sizeof place, "%s/%s", pointer, field->name);
    char *text = mu_project_value(project, paper, place);
    if (text != NULL) {
        read_value(arena, field, text, &row);
    }
    free(text);
    give_choices(project, field, &row);
    return row;
}

/* Where a pointer leads to a distribution: its kind and its numbers. */
static const mu_form *spread_form(mu_project *project, uint32_t paper, const char *pointer) {
    project->form = (mu_form){.type = "dist"};
    project->form.title =
        mu_arena_copy(project->form_arena, mu_project_meaning(project, paper, pointer));
    project->form.row_count = mu_spread_rows(project, paper, pointer, &project->form.rows);
    return project->form.row_count > 0 ? &project->form : NULL;
}

const mu_form *mu_project_form(mu_project *project, uint32_t paper, const char *pointer,
                               const char *language) {
    const mu_record_type *type = mu_project_type(project, paper, pointer);
    const mu_document *d = mu_project_document(project, paper);
    mu_arena_destroy(project->form_arena);
    project->form_arena = mu_arena_create();
    if (type == NULL && project->form_arena != NULL) {
        return spread_form(project, paper, pointer);
    }
    if (type == NULL || project->form_arena == NULL || mu_document_find(d, pointer) == MU_NONE) {
        return NULL;
    }
    mu_form_row *rows = mu_arena_array(project->form_arena, type->field_count, sizeof *rows);
    for (uint32_t f = 0; rows != NULL && f < type->field_count; f++) {
        rows[f] = mu_form_row_of(project, paper, pointer, &type->fields[f]);
        mu_form_offer(project, &type->fields[f], language, &rows[f]);
    }
    project->form =
        (mu_form){.type = type->name,
                  .title = mu_form_title(project, project->form_arena, paper, pointer, language),
                  .rows = rows,
                  .row_count = rows != NULL ? type->field_count : 0};
    return &project->form;
}

/* --- lists of records --- */

/* What a record is called: its name, else its id, else what stands in its first members. */
const char *mu_form_title(mu_project *project, mu_arena *arena, uint32_t paper, const char *pointer,
                          const char *language) {
    static const char *const keys[] = {"name", "title", "text", "id",  "clause",
                                       "kind", "post",  "role", "date"};
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        char place[400];
        (void)snprintf(place, sizeof place, "%s/%s", pointer, keys[k]);
        char *text = mu_project_value(project, paper, place);
        cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
        free(text);
        const char *found = "";
        if (cJSON_IsString(json) || cJSON_IsObject(json)) {
            const char *other = language[0] == 'z' ? "en" : "zh";
            found = text_of(arena, json, language);
            found = found != NULL && found[0] == '\0' ? text_of(arena, json, other) : found;
        }
        cJSON_Delete(json);
        if (found != NULL && found[0] != '\0') {
            return strcmp(keys[k], "kind") == 0 ? mu_project_word("kind", found) : found;
        }
    }
    const char *slash = strrchr(pointer, '/');
    return mu_arena_copy(arena, slash != NULL ? slash + 1 : pointer);
}

const char *mu_project_meaning(const mu_project *project, uint32_t paper, const char *pointer) {
    const char *slash = strrchr(pointer, '/');
    char *holder = slash != NULL ? strndup(pointer, (size_t)(slash - pointer)) : NULL;
    const mu_record_type *type = holder != NULL ? mu_project_type(project, paper, holder) : NULL;
    free(holder);
    for (uint32_t f = 0; type != NULL && f < type->field_count; f++) {
        if (strcmp(type->fields[f].name, slash + 1) == 0 && type->fields[f].meaning != NULL) {
            return _(type->fields[f].meaning);
        }
    }
    return "";
}

void mu_project_title(mu_project *project, uint32_t paper, const char *pointer,
                      const char *language, char *out, size_t room) {
    mu_arena *arena = mu_arena_create();
    const char *title =
        arena != NULL ? mu_form_title(project, arena, paper, pointer, language) : NULL;
    (void)snprintf(out, room, "%s", title != NULL ? title : "");
    mu_arena_destroy(arena);
}

/* What else to say of it in a list, in a few letters. */
static const char *detail_of(mu_project *project, mu_arena *arena, uint32_t paper,
                             const char *pointer, const char *language) {
    static const char *const keys[] = {"id", "count", "kind", "use", "verb", "role", "elevation_m"};
    char out[120] = "";
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        char place[400];
        (void)snprintf(place, sizeof place, "%s/%s", pointer, keys[k]);
        char *text = mu_project_value(project, paper, place);
        if (text != NULL && text[0] != '{' && text[0] != '[' && strlen(out) + strlen(text) < 80) {
            const bool quoted = text[0] == '"';
            const bool is_word = k >= 2 && k <= 4;
            text[strlen(text) - quoted] = '\0';
            (void)snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s",
                           out[0] != '\0' ? " · " : "",
                           is_word  ? mu_project_word(keys[k], text + quoted)
                           : k == 5 ? mu_form_role_name(project, arena, text + quoted, language)
                                    : text + quoted);
        }
        free(text);
    }
    return mu_arena_copy(arena, out);
}

/* "4.2.3b · 180 s · stated": what a clause demands, and on what it stands. */
static const char *clause_detail(mu_project *project, mu_arena *arena, uint32_t paper,
                                 const char *pointer) {
    static const char *const keys[] = {"id", "demands/#0/value", "demands/#0/unit", "basis"};
    char *parts[4], place[400];
    for (size_t k = 0; k < 4; k++) {
        (void)snprintf(place, sizeof place, "%s/%s", pointer, keys[k]);
        parts[k] = k == 1 ? mu_project_value(project, paper, place)
                          : mu_project_string(project, paper, place);
    }
    double number = 0;
    const bool share = parts[1] != NULL && parts[2] != NULL && strcmp(parts[2], "1") == 0 &&
                       mu_form_number(parts[1], &number);
    const char *limit =
        share ? mu_arena_print(arena, "%.0f %%", 100 * number)
        : parts[1] != NULL
            ? mu_arena_print(arena, "%s %s", parts[1],
                             parts[2] != NULL ? mu_project_word("unit", parts[2]) : "")
            : NULL;
    const char *out = mu_arena_print(arena, "%s%s%s%s%s", parts[0] != NULL ? parts[0] : "",
                                     limit != NULL ? " · " : "", limit != NULL ? limit : "",
                                     parts[3] != NULL ? " · " : "",
                                     parts[3] != NULL ? mu_project_word("basis", parts[3]) : "");
    for (size_t k = 0; k < 4; k++) {
        free(parts[k]);
    }
    return out != NULL ? out : "";
}

/* Is a clause another than the shipped one, whatever its layout? */
static bool differs(mu_project *project, uint32_t paper, const char *pointer) {
    const mu_document *shipped = mu_project_shipped(project);
    char place[400];
    (void)snprintf(place, sizeof place, "%s/id", pointer);
    char *id = shipped != NULL ? mu_project_string(project, paper, place) : NULL;
    if (id == NULL) {
        return false;
    }
    (void)snprintf(place, sizeof place, "/clauses/%s", id);
    char *own = mu_project_value(project, paper, pointer);
    char *other = mu_document_value(shipped, place);
    const bool same = own != NULL && other != NULL && strcmp(own, other) == 0;
    free(id);
    free(own);
    free(other);
    return !same;
}

static bool are_kept(const mu_project *project, uint32_t paper, const char *list,
                     const char *language) {
    return project->items != NULL && project->items_version == project->version &&
           project->items_paper == paper && strcmp(project->items_list, list) == 0 &&
           strncmp(project->items_language, language, 2) == 0;
}

static void keep(mu_project *project, uint32_t paper, const char *list, const char *language) {
    project->items_version = project->version;
    project->items_paper = paper;
    (void)snprintf(project->items_list, sizeof project->items_list, "%s", list);
    (void)snprintf(project->items_language, sizeof project->items_language, "%.3s", language);
}

const mu_form_item *mu_project_items(mu_project *project, uint32_t paper, const char *list,
                                     const char *language, uint32_t *count) {
    if (are_kept(project, paper, list, language)) {
        *count = project->item_count;
        return project->items;
    }
    char own[400]; /* `list` may be a pointer of the items that go */
    (void)snprintf(own, sizeof own, "%s", list);
    mu_arena_destroy(project->items_arena);
    mu_arena *arena = project->items_arena = mu_arena_create();
    project->items = NULL;
    project->item_count = *count = 0;
    if (arena == NULL) {
        return NULL;
    }
    const uint32_t all = mu_document_count(mu_project_document(project, paper), own);
    mu_form_item *items = mu_arena_array(arena, (size_t)all + 1, sizeof *items);
    const bool clauses =
        project->papers[paper].kind == MU_PAPER_POLICY && strcmp(own, "/clauses") == 0;
    for (uint32_t k = 0; items != NULL && k < all; k++) {
        const char *pointer = mu_arena_print(arena, "%s/#%u", own, k);
        if (pointer == NULL) {
            break;
        }
        items[(*count)++] =
            (mu_form_item){pointer, mu_form_title(project, arena, paper, pointer, language),
                           clauses ? clause_detail(project, arena, paper, pointer)
                                   : detail_of(project, arena, paper, pointer, language),
                           clauses && differs(project, paper, pointer)};
    }
    project->items = items;
    project->item_count = *count;
    keep(project, paper, own, language);
    return items;
}
