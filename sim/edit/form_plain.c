/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of numbers, places, outlines and sentences as people write them: "12.5, 3", corners with
 * semicolons between, holes and sentences with a stroke. Whoever types JSON is understood, too. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/json_out.h"
#include "core/read_real.h"
#include "edit/form.h"

/* What stands between the items of each depth of a list, from the innermost out. */
static const char *const between[] = {", ", "; ", " | "};

/* How deep the numbers of a field lie in lists; 0: it is not made of numbers. */
static int depth_of(const mu_field *field) {
    const int list = (field->flags & MU_FIELD_LIST) != 0;
    switch (field->kind) {
    case MU_FIELD_INT:
    case MU_FIELD_REAL:
        return list;
    case MU_FIELD_POINT:
        return 1 + list;
    case MU_FIELD_RING:
        return 2 + list;
    default:
        return 0;
    }
}

/* --- shown --- */

static const char *say_numbers(mu_arena *arena, const cJSON *json, int depth) {
    char number[32];
    if (depth == 0) {
        mu_json_print_real(cJSON_IsNumber(json) ? json->valuedouble : 0, number);
        return cJSON_IsNumber(json) ? mu_arena_copy(arena, number) : NULL;
    }
    const char *out = cJSON_IsArray(json) && json->child != NULL ? "" : NULL;
    const cJSON *item = out != NULL ? json->child : NULL;
    for (; item != NULL && out != NULL; item = item->next) {
        const char *one = say_numbers(arena, item, depth - 1);
        out = one != NULL ? mu_arena_print(arena, "%s%s%s", out,
                                           item != json->child ? between[depth - 1] : "", one)
                          : NULL;
    }
    return out;
}

static bool is_json(const char *text) {
    cJSON *json = cJSON_ParseWithOpts(text, NULL, true);
    cJSON_Delete(json);
    return json != NULL;
}

/* A string without its quotes, unless it would be read as something else. */
static const char *say_scalar(mu_arena *arena, const cJSON *json, bool in_list) {
    const char *word = cJSON_GetStringValue(json);
    if (cJSON_IsArray(json) || cJSON_IsObject(json)) {
        return NULL;
    }
    if (word != NULL && word[0] != '\0' && !is_json(word) && strchr("[{\" ", word[0]) == NULL) {
        return in_list && strpbrk(word, ",") != NULL ? NULL : mu_arena_copy(arena, word);
    }
    char *text = cJSON_PrintUnformatted(json);
    const char *out = text != NULL ? mu_arena_copy(arena, text) : NULL;
    cJSON_free(text);
    return out;
}

static const char *say_scalars(mu_arena *arena, const cJSON *list) {
    const char *out = list->child != NULL ? "" : NULL;
    const cJSON *item = list->child;
    for (; item != NULL && out != NULL; item = item->next) {
        const char *one = say_scalar(arena, item, true);
        out = one != NULL
                  ? mu_arena_print(arena, "%s%s%s", out, item != list->child ? ", " : "", one)
                  : NULL;
    }
    return out;
}

const char *mu_form_plain(mu_arena *arena, const mu_field *field, const char *json) {
    cJSON *value = cJSON_Parse(json);
    const int depth = depth_of(field);
    const char *out = NULL;
    if (depth > 0) {
        out = say_numbers(arena, value, depth);
    } else if (field->kind == MU_FIELD_JSON && value != NULL) {
        out = (field->flags & MU_FIELD_LIST) != 0 && cJSON_IsArray(value)
                  ? say_scalars(arena, value)
                  : say_scalar(arena, value, false);
    }
    cJSON_Delete(value);
    return out;
}

/* --- typed --- */

/* The next number, and whatever blanks and commas stand behind it; NULL where there is none. */
static cJSON *take_number(char **at) {
    char out[32];
    const char *end;
    const double value = mu_read_real(*at, &end);
    if (end == *at || !isfinite(value)) {
        return NULL;
    }
    *at += end - *at;
    *at += strspn(*at, " \t\n,");
    mu_json_print_real(value + 0.0, out);
    return cJSON_CreateRaw(out);
}

/* Lists within lists up to the mark that ends this one. NULL where something else stands there. */
static cJSON *take_numbers(char **at, int depth) {
    static const char marks[] = ",;|";
    cJSON *list = cJSON_CreateArray();
    *at += strspn(*at, " \t\n,");
    while (list != NULL && **at != '\0' && strchr(marks + depth, **at) == NULL) {
        cJSON *one = depth == 1 ? take_number(at) : take_numbers(at, depth - 1);
        if (one == NULL) {
            cJSON_Delete(list);
            return NULL;
        }
        cJSON_AddItemToArray(list, one);
        *at += depth > 1 && **at == marks[depth - 1];
        *at += strspn(*at, " \t\n");
    }
    return list;
}

char *mu_form_plain_marks(const char *text) {
    static const char *const wide[] = {"，", "；", "｜", "、"};
    char *out = strdup(text);
    for (int k = 0; k < 4; k++) {
        char *found = out != NULL ? strstr(out, wide[k]) : NULL;
        while (found != NULL) {
            found[0] = ",;|,"[k];
            found[1] = found[2] = ' ';
            found = strstr(found, wide[k]);
        }
    }
    return out;
}

static cJSON *scalar_of(const char *text) {
    cJSON *json = cJSON_ParseWithOpts(text, NULL, true);
    return json != NULL ? json : cJSON_CreateString(text);
}

static cJSON *scalars_of(char *text) {
    cJSON *list = cJSON_CreateArray();
    char *rest = NULL;
    for (char *one = strtok_r(text, ",", &rest); one != NULL; one = strtok_r(NULL, ",", &rest)) {
        one += strspn(one, " \t");
        size_t length = strlen(one);
        while (length > 0 && isspace((unsigned char)one[length - 1])) {
            one[--length] = '\0';
        }
        cJSON_AddItemToArray(list, scalar_of(one));
    }
    return list;
}

char *mu_form_from_plain(const mu_field *field, const char *text) {
    const int depth = depth_of(field);
    const bool is_list = (field->flags & MU_FIELD_LIST) != 0;
    if (text[0] == '[' || text[0] == '{' || text[0] == '"') {
        if (is_json(text)) {
            return strdup(text);
        }
        if (depth > 0 || !is_list || text[0] != '"') {
            return NULL;
        }
    }
    char *marked = depth > 0 || is_list ? mu_form_plain_marks(text) : strdup(text);
    char *at = marked;
    cJSON *json = marked == NULL ? NULL
                  : depth > 0    ? take_numbers(&at, depth)
                  : is_list      ? scalars_of(marked)
                                 : scalar_of(marked);
    if (depth > 0 && json != NULL && *at != '\0') {
        cJSON_Delete(json);
        json = NULL;
    }
    free(marked);
    return mu_value_text(json);
}
