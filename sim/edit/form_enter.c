/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what is typed into a form to JSON. Whether a number is within its range and a word leads
 * somewhere is the loader's to say: people type things that are right only together. What is no
 * number where one is asked for is refused at once. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/i18n.h"
#include "core/json_out.h"
#include "core/read_real.h"
#include "edit/form.h"
#include "edit/offered.h"
#include "edit/spread.h"

static const mu_field *field_named(const mu_record_type *type, const char *key) {
    for (uint32_t f = 0; type != NULL && f < type->field_count; f++) {
        if (strcmp(type->fields[f].name, key) == 0) {
            return &type->fields[f];
        }
    }
    return NULL;
}

static char *quoted(const char *text) {
    return mu_value_text(cJSON_CreateString(text));
}

/* What stands in front of a number and behind it is no matter. */
bool mu_form_number(const char *text, double *out) {
    const char *end;
    *out = mu_read_real(text, &end);
    return end != text && end[strspn(end, " \t")] == '\0' && isfinite(*out);
}

static char *number(const char *text, bool whole) {
    double value;
    char out[32];
    if (!mu_form_number(text, &value) || (whole && value != floor(value))) {
        return NULL;
    }
    mu_json_print_real(value + 0.0, out);
    return strdup(out);
}

static char *any_json(const char *text) {
    cJSON *json = cJSON_ParseWithOpts(text, NULL, true);
    char *out = json != NULL ? strdup(text) : NULL;
    cJSON_Delete(json);
    return out;
}

/* The file's word for what people call it. */
static const char *word_of(const mu_project *project, const mu_field *field, const char *typed) {
    const char *word = mu_form_word(field, typed);
    return word != typed ? word : mu_form_offered(project, field, typed);
}

static char *words(const mu_project *project, const mu_field *field, const char *text) {
    cJSON *list = cJSON_CreateArray();
    char *copy = mu_form_plain_marks(text), *rest = NULL;
    for (char *word = copy != NULL ? strtok_r(copy, ",", &rest) : NULL; word != NULL;
         word = strtok_r(NULL, ",", &rest)) {
        word += strspn(word, " \t");
        size_t length = strlen(word);
        while (length > 0 && (word[length - 1] == ' ' || word[length - 1] == '\t')) {
            word[--length] = '\0';
        }
        if (length > 0) {
            cJSON_AddItemToArray(list, cJSON_CreateString(word_of(project, field, word)));
        }
    }
    free(copy);
    return mu_value_text(list);
}

/* What stands before the next stroke, without blanks around it; moves on behind that. */
static char *part_of(const char **at) {
    const char *begin = *at + strspn(*at, " \t\n");
    size_t length = strcspn(begin, "|");
    *at = begin + length + (begin[length] == '|');
    while (length > 0 && strchr(" \t\n", begin[length - 1]) != NULL) {
        length--;
    }
    return strndup(begin, length);
}

static char *both_languages(const char *en, const char *zh) {
    if (zh == NULL || zh[0] == '\0') {
        return quoted(en);
    }
    cJSON *json = cJSON_CreateObject();
    if (en[0] != '\0') {
        (void)cJSON_AddStringToObject(json, "en", en);
    }
    (void)cJSON_AddStringToObject(json, "zh", zh);
    return mu_value_text(json);
}

/* Of "one | two" and "一 | 二" a list of texts; the languages go by their order. */
static char *texts(const char *en, const char *zh) {
    cJSON *list = cJSON_CreateArray();
    zh = zh != NULL ? zh : "";
    while (list != NULL && (*en != '\0' || *zh != '\0')) {
        char *one = part_of(&en), *two = part_of(&zh);
        char *json = one != NULL && two != NULL ? both_languages(one, two) : NULL;
        if (json != NULL && (one[0] != '\0' || two[0] != '\0')) {
            cJSON_AddItemToArray(list, cJSON_CreateRaw(json));
        }
        free(one);
        free(two);
        free(json);
    }
    return mu_value_text(list);
}

static char *json_of(const mu_project *project, const mu_field *field, const char *text,
                     const char *other) {
    const bool is_list = (field->flags & MU_FIELD_LIST) != 0;
    switch (field->kind) {
    case MU_FIELD_BOOL:
        text = mu_form_word(field, text);
        return strcmp(text, "true") == 0 || strcmp(text, "false") == 0 ? strdup(text) : NULL;
    case MU_FIELD_INT:
    case MU_FIELD_REAL:
        return is_list ? mu_form_from_plain(field, text)
                       : number(text, field->kind == MU_FIELD_INT);
    case MU_FIELD_STRING:
    case MU_FIELD_WORD:
    case MU_FIELD_ID:
    case MU_FIELD_DATE:
    case MU_FIELD_REF:
    case MU_FIELD_ENUM:
        return is_list ? words(project, field, text) : quoted(word_of(project, field, text));
    case MU_FIELD_TEXT:
        return is_list ? texts(text, other) : both_languages(text, other);
    case MU_FIELD_DIST:
        return any_json(text);
    default:
        return mu_form_from_plain(field, text);
    }
}

static mu_status complain(char *why, size_t room, const mu_field *field) {
    switch (field->kind) {
    case MU_FIELD_INT:
        (void)snprintf(why, room, "%s", _("a whole number is wanted here"));
        break;
    case MU_FIELD_REAL:
    case MU_FIELD_DIST:
        (void)snprintf(why, room, "%s", _("a number is wanted here"));
        break;
    case MU_FIELD_POINT:
        (void)snprintf(why, room, "%s", _("two numbers are wanted here, such as 12.5, 3"));
        break;
    case MU_FIELD_RING:
        (void)snprintf(why, room, "%s", _("corners are wanted here, such as 0, 0; 4, 0; 4, 3"));
        break;
    default:
        (void)snprintf(why, room, "%s", _("this cannot be read"));
        break;
    }
    return MU_ERR_INPUT;
}

static bool is_list_there(const mu_project *project, uint32_t paper, const char *place) {
    char *text = mu_project_value(project, paper, place);
    const bool is_list = text != NULL && text[0] == '[';
    free(text);
    return is_list;
}

/* One word that may stand alone does, unless it was a list before; takes the text over. */
static char *alone(char *list, bool stays_list) {
    cJSON *json = stays_list ? NULL : cJSON_Parse(list);
    if (cJSON_GetArraySize(json) == 1 && cJSON_IsString(json->child)) {
        free(list);
        list = cJSON_PrintUnformatted(json->child);
    }
    cJSON_Delete(json);
    return list;
}

mu_status mu_project_enter(mu_project *project, uint32_t paper, const char *pointer,
                           const char *key, const char *text, const char *other, char *why,
                           size_t room) {
    const mu_field *field = field_named(mu_project_type(project, paper, pointer), key);
    if (field == NULL) {
        return mu_spread_enter(project, paper, pointer, key, text, why, room);
    }
    char place[400];
    (void)snprintf(place, sizeof place, "%s/%s", pointer, key);
    const bool is_there = mu_document_find(mu_project_document(project, paper), place) != MU_NONE;
    if (text[0] == '\0' && (other == NULL || other[0] == '\0')) {
        if ((field->flags & MU_FIELD_REQUIRED) != 0) {
            (void)snprintf(why, room, "%s", _("this cannot be left out"));
            return MU_ERR_INPUT;
        }
        return is_there ? mu_project_remove(project, paper, place) : MU_OK;
    }
    if (field->kind == MU_FIELD_ID && is_there) {
        return mu_form_rename(project, paper, pointer, mu_project_type(project, paper, pointer),
                              text, why, room);
    }
    char *json = json_of(project, field, text, other);
    if (json == NULL) {
        return complain(why, room, field);
    }
    if ((field->flags & MU_FIELD_OR_ONE) != 0) {
        json = alone(json, is_list_there(project, paper, place));
    }
    const mu_status status = mu_project_set(project, paper, place, json);
    if (status != MU_OK) {
        (void)complain(why, room, field);
    }
    free(json);
    return status;
}

/* --- new records --- */

static void add_required(mu_project *project, uint32_t paper, const mu_record_type *type,
                         const char *list, cJSON *into, int depth);

/* The first id that a reference may lead to; "" where there is none. */
static cJSON *first_ref(mu_project *project, uint32_t paper, const char *list,
                        const mu_field *field) {
    (void)list;
    const mu_form_row row = mu_form_row_of(project, paper, "", field);
    const char *first = row.choices != NULL && row.choices[0] != NULL ? row.choices[0] : "";
    return cJSON_CreateString(first);
}

static cJSON *least_value(mu_project *project, uint32_t paper, const char *list,
                          const mu_field *field, int depth) {
    char id[80];
    cJSON *object;
    switch (field->kind) {
    case MU_FIELD_ID:
        mu_project_free_id(project, paper, list, "new", id, sizeof id);
        return cJSON_CreateString(id);
    case MU_FIELD_BOOL:
        return cJSON_CreateFalse();
    case MU_FIELD_INT:
    case MU_FIELD_REAL:
    case MU_FIELD_DIST:
        return cJSON_CreateNumber(fmax(field->least, 0) > 0 ? field->least : 0);
    case MU_FIELD_ENUM:
        return cJSON_CreateString(field->names[0]);
    case MU_FIELD_REF:
        return first_ref(project, paper, list, field);
    case MU_FIELD_POINT:
        return cJSON_Parse("[0, 0]");
    case MU_FIELD_RING:
        return cJSON_Parse(field->most == 2 ? "[[0, 0], [1, 0]]"
                                            : "[[0, 0], [4, 0], [4, 4], [0, 4]]");
    case MU_FIELD_DATE:
        return cJSON_CreateString("2026-01-01");
    case MU_FIELD_RECORD:
        object = cJSON_CreateObject();
        if (depth < 4) {
            add_required(project, paper, field->record, list, object, depth + 1);
        }
        return object;
    case MU_FIELD_TEXT:
        return cJSON_Parse("{\"en\": \"new\", \"zh\": \"新内容\"}");
    default:
        return cJSON_CreateString("new");
    }
}

static void add_required(mu_project *project, uint32_t paper, const mu_record_type *type,
                         const char *list, cJSON *into, int depth) {
    for (uint32_t f = 0; f < type->field_count; f++) {
        const mu_field *field = &type->fields[f];
        if ((field->flags & MU_FIELD_REQUIRED) == 0) {
            continue;
        }
        cJSON *value = least_value(project, paper, list, field, depth);
        if ((field->flags & MU_FIELD_LIST) != 0) {
            cJSON *whole = cJSON_CreateArray();
            cJSON_AddItemToArray(whole, value);
            value = whole;
        }
        cJSON_AddItemToObject(into, field->name, value);
    }
}

mu_status mu_project_spread(mu_project *project, uint32_t paper, const char *pointer) {
    const mu_field *field = mu_spread_field(project, paper, pointer);
    if (field == NULL ||
        mu_document_find(mu_project_document(project, paper), pointer) != MU_NONE) {
        return field != NULL ? MU_OK : MU_ERR_INPUT;
    }
    return mu_project_put(project, paper, pointer, least_value(project, paper, pointer, field, 0));
}

mu_status mu_project_add_record(mu_project *project, uint32_t paper, const char *list, char *out,
                                size_t room) {
    const mu_record_type *type = mu_project_type(project, paper, list);
    cJSON *json = type != NULL ? cJSON_CreateObject() : NULL;
    if (json == NULL) {
        return MU_ERR_INPUT;
    }
    add_required(project, paper, type, list, json, 0);
    const uint32_t count = mu_document_count(mu_project_document(project, paper), list);
    (void)snprintf(out, room, "%s/#%u", list, count);
    return mu_project_append(project, paper, list, json);
}
