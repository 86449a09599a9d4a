/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributions by form. Whatever is entered leaves a distribution that the reader takes: a number
 * out of its bounds is refused, and another kind begins with the middle and the width of the one
 * before. */
#include "edit/spread.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/dist_form.h"
#include "core/i18n.h"
#include "core/json_out.h"

enum { ROWS = MU_DIST_PARAMETERS_MOST + 2 };

/* --- read --- */

const mu_field *mu_spread_field(const mu_project *project, uint32_t paper, const char *pointer) {
    const char *slash = strrchr(pointer, '/');
    char *holder = slash != NULL ? strndup(pointer, (size_t)(slash - pointer)) : NULL;
    const mu_record_type *type = holder != NULL ? mu_project_type(project, paper, holder) : NULL;
    const mu_field *found = NULL;
    free(holder);
    for (uint32_t f = 0; type != NULL && f < type->field_count; f++) {
        const mu_field *field = &type->fields[f];
        if (field->kind == MU_FIELD_DIST && strcmp(field->name, slash + 1) == 0) {
            found = field;
        }
    }
    return found;
}

static uint32_t parameter_count(mu_dist_kind kind) {
    uint32_t count = 0;
    while (count < MU_DIST_PARAMETERS_MOST &&
           mu_dist_form_get(kind)->parameters[count].name != NULL) {
        count++;
    }
    return count;
}

static double *number_at(mu_dist *dist, uint32_t k) {
    return k == 0 ? &dist->a : k == 1 ? &dist->b : &dist->c;
}

static mu_dist_kind kind_named(const char *word) {
    int found = MU_DIST_CONSTANT;
    for (int k = 0; k < MU_DIST_KIND_COUNT; k++) {
        found = word != NULL && strcmp(mu_dist_words()[k], word) == 0 ? k : found;
    }
    return (mu_dist_kind)found;
}

/* What is missing or no number is 0: the panel of faults says so. */
static mu_dist dist_of(const cJSON *json) {
    mu_dist dist = {.kind = MU_DIST_CONSTANT, .a = cJSON_IsNumber(json) ? json->valuedouble : 0};
    if (cJSON_IsObject(json)) {
        dist.kind =
            kind_named(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "dist")));
        for (uint32_t k = 0; k < parameter_count(dist.kind); k++) {
            const char *name = mu_dist_form_get(dist.kind)->parameters[k].name;
            const cJSON *number = cJSON_GetObjectItemCaseSensitive(json, name);
            *number_at(&dist, k) = cJSON_IsNumber(number) ? number->valuedouble : 0;
        }
    }
    return dist;
}

static cJSON *value_of(const mu_project *project, uint32_t paper, const char *pointer) {
    char *text = mu_project_value(project, paper, pointer);
    cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
    free(text);
    return json;
}

static mu_dist_bounds bounds_of(const mu_field *field, mu_dist_kind kind, uint32_t k) {
    const mu_field_limits limits = mu_field_number_limits(field);
    return mu_dist_form_bounds(mu_dist_form_get(kind)->parameters[k].rule, limits.least,
                               limits.most);
}

/* --- in words --- */

/* Three digits are as much as anybody says. */
static double rounded(double value) {
    char out[32];
    (void)snprintf(out, sizeof out, "%.3g", value);
    return strtod(out, NULL);
}

/* What to divide by so that the middle is said in a unit that people use for it. */
static double scale_of(const mu_field *field, double middle, const char **unit) {
    const bool is_time = field->unit != NULL && strcmp(field->unit, "s") == 0;
    *unit = field->unit != NULL && strcmp(field->unit, "1") != 0 ? field->unit : "";
    if (!is_time || middle < 120) {
        return 1;
    }
    *unit = middle < 7200 ? "min" : middle < 172800 ? "h" : "d";
    return middle < 7200 ? 60 : middle < 172800 ? 3600 : 86400;
}

/* To two digits, and whole from ten up. */
static const char *say(mu_arena *arena, double value) {
    const double tens = value > 0 ? pow(10, fmax(0, 1 - floor(log10(value)))) : 1;
    const char *text = mu_arena_print(arena, "%.15g", round(value * tens) / tens);
    return text != NULL ? text : "";
}

const char *mu_spread_say(mu_arena *arena, const mu_field *field, const char *json) {
    cJSON *value = cJSON_Parse(json);
    const bool is_object = cJSON_IsObject(value);
    const mu_dist dist = dist_of(value);
    const char *unit;
    cJSON_Delete(value);
    if (!is_object) {
        return NULL;
    }
    const double middle = mu_dist_quantile(&dist, 0.5);
    const double scale = scale_of(field, middle, &unit);
    unit = mu_project_word("unit", unit);
    const char *about = say(arena, middle / scale);
    const char *low = say(arena, mu_dist_quantile(&dist, 0.25) / scale);
    const char *high = say(arena, mu_dist_quantile(&dist, 0.75) / scale);
    if (dist.kind == MU_DIST_CONSTANT) {
        return mu_arena_print(arena, _("always %s %s"), about, unit);
    }
    if (dist.kind == MU_DIST_UNIFORM) {
        return mu_arena_print(arena, _("anywhere between %s and %s %s"), say(arena, dist.a / scale),
                              say(arena, dist.b / scale), unit);
    }
    return mu_arena_print(arena, _("about %s %s, %s, half between %s and %s %s"), about, unit,
                          mu_project_word("dist", mu_dist_words()[dist.kind]), low, high, unit);
}

/* --- another kind --- */

static double within(mu_dist_bounds bounds, double value) {
    value = fmin(fmax(rounded(value), bounds.least), bounds.most);
    const bool too_low = bounds.above_least && value <= bounds.least;
    return too_low ? bounds.least + fmin(1, bounds.most - bounds.least) / 2 : value;
}

mu_dist mu_spread_turn(const mu_field *field, const mu_dist *dist, mu_dist_kind kind) {
    const double middle = mu_dist_quantile(dist, 0.5), mean = mu_dist_mean(dist);
    const double low = mu_dist_quantile(dist, 0.25), high = mu_dist_quantile(dist, 0.75);
    const bool varies = high > low;
    const double half = varies ? high - low : middle / 2; /* of the draws lie so wide */
    const double sd = half / 1.349; /* of a normal: 2 * 0.6745 standard deviations */
    mu_dist out = {.kind = kind, .a = middle};
    switch (kind) {
    case MU_DIST_CONSTANT:
        break;
    case MU_DIST_UNIFORM:
        out = (mu_dist){.kind = kind, .a = middle - half, .b = middle + half};
        break;
    case MU_DIST_TRIANGULAR: /* a symmetric one has half within 2 - sqrt(2) of its half width */
        out = (mu_dist){kind, middle - half / 0.586, middle, middle + half / 0.586, NULL};
        break;
    case MU_DIST_NORMAL:
        out.b = sd;
        break;
    case MU_DIST_LOGNORMAL:
        out.b = varies && low > 0 ? log(high / low) / 1.349 : 0.5;
        break;
    case MU_DIST_EXPONENTIAL:
        out.a = mean;
        break;
    case MU_DIST_GAMMA:
        out = (mu_dist){.kind = kind, .a = mean, .b = sd};
        break;
    case MU_DIST_WEIBULL: /* log(high / low) of its quartiles is 1.572 / shape */
        out.b = varies && low > 0 ? fmin(fmax(rounded(1.572 / log(high / low)), 0.1), 20) : 1.5;
        out.a = middle / pow(log(2), 1 / out.b);
        break;
    }
    for (uint32_t k = 0; k < parameter_count(kind); k++) {
        *number_at(&out, k) = within(bounds_of(field, kind, k), *number_at(&out, k));
    }
    return out;
}

/* --- rows --- */

static const char *meaning_of(const char *name) {
    static const char *const meanings[][2] = {
        {"value", N_("What it always is")},
        {"low", N_("The least it can be")},
        {"high", N_("The most it can be")},
        {"mode", N_("What it is most often near")},
        {"mean", N_("Mean: the average of many")},
        {"sd", N_("Standard deviation: two of three lie so near to the mean")},
        {"median", N_("Median: half lie below it")},
        {"sigma", N_("Spread of the logarithm: 0.2 is little, 1 is much")},
        {"scale", N_("Scale: 63 of 100 lie below it")},
        {"shape", N_("Shape: 1 at any moment alike, above 1 where age tells")},
    };
    for (size_t k = 0; k < sizeof meanings / sizeof meanings[0]; k++) {
        if (strcmp(meanings[k][0], name) == 0) {
            return _(meanings[k][1]);
        }
    }
    return name;
}

static mu_form_row kind_row(mu_arena *arena, mu_dist_kind kind) {
    const char *const *kinds = mu_dist_words();
    const char **labels = mu_arena_array(arena, MU_DIST_KIND_COUNT + 1, sizeof *labels);
    for (uint32_t k = 0; labels != NULL && kinds[k] != NULL; k++) {
        labels[k] = mu_project_word("dist", kinds[k]);
    }
    const char *meaning =
        mu_arena_print(arena, _("How it varies: %s"), _(mu_dist_form_get(kind)->meaning));
    return (mu_form_row){.key = "dist",
                         .meaning = meaning != NULL ? meaning : "",
                         .kind = MU_FORM_CHOICE,
                         .is_given = true,
                         .is_required = true,
                         .value = kinds[kind],
                         .choices = kinds,
                         .shown = mu_project_word("dist", kinds[kind]),
                         .labels = labels,
                         .of_paper = MU_NOWHERE};
}

static mu_form_row number_row(mu_arena *arena, const mu_field *field, const mu_dist *dist,
                              uint32_t k) {
    char number[32];
    mu_dist copy = *dist;
    const mu_dist_parameter *parameter = &mu_dist_form_get(dist->kind)->parameters[k];
    mu_json_print_real(*number_at(&copy, k), number);
    return (mu_form_row){.key = parameter->name,
                         .meaning = meaning_of(parameter->name),
                         .unit = parameter->rule <= MU_DIST_SPREAD ? field->unit : NULL,
                         .kind = MU_FORM_NUMBER,
                         .is_given = true,
                         .is_required = true,
                         .value = mu_arena_copy(arena, number),
                         .of_paper = MU_NOWHERE};
}

uint32_t mu_spread_rows(mu_project *project, uint32_t paper, const char *pointer,
                        const mu_form_row **rows) {
    mu_arena *arena = project->form_arena;
    const mu_field *field = mu_spread_field(project, paper, pointer);
    cJSON *json = field != NULL ? value_of(project, paper, pointer) : NULL;
    mu_form_row *out = json != NULL ? mu_arena_array(arena, ROWS, sizeof *out) : NULL;
    if (out == NULL) {
        cJSON_Delete(json);
        return 0;
    }
    uint32_t count = 0;
    const mu_dist dist = dist_of(json);
    const char *source = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "source"));
    out[count++] = kind_row(arena, dist.kind);
    for (uint32_t k = 0; k < parameter_count(dist.kind); k++) {
        out[count++] = number_row(arena, field, &dist, k);
    }
    out[count++] = (mu_form_row){.key = "source",
                                 .meaning = _("Where the numbers come from"),
                                 .kind = MU_FORM_STRING,
                                 .is_given = source != NULL,
                                 .value = mu_arena_copy(arena, source != NULL ? source : ""),
                                 .of_paper = MU_NOWHERE};
    cJSON_Delete(json);
    *rows = out;
    return count;
}

/* --- entered --- */

/* A number alone where nothing else is to be said. */
static mu_status write_whole(mu_project *project, uint32_t paper, const char *pointer,
                             mu_dist *dist, const char *source) {
    char number[32];
    if (dist->kind == MU_DIST_CONSTANT && source == NULL) {
        mu_json_print_real(dist->a, number);
        return mu_project_set(project, paper, pointer, number);
    }
    cJSON *json = cJSON_CreateObject();
    (void)cJSON_AddStringToObject(json, "dist", mu_dist_words()[dist->kind]);
    for (uint32_t k = 0; k < parameter_count(dist->kind); k++) {
        mu_json_print_real(*number_at(dist, k), number);
        (void)cJSON_AddRawToObject(json, mu_dist_form_get(dist->kind)->parameters[k].name, number);
    }
    if (source != NULL) {
        (void)cJSON_AddStringToObject(json, "source", source);
    }
    return mu_project_put(project, paper, pointer, json);
}

static mu_status write_number(mu_project *project, uint32_t paper, const char *pointer,
                              const char *name, double value) {
    char place[480], number[32];
    (void)snprintf(place, sizeof place, "%s/%s", pointer, name);
    mu_json_print_real(value, number);
    return mu_project_set(project, paper, place, number);
}

static bool is_within(const mu_dist_bounds *bounds, double value, char *why, size_t room) {
    if (bounds->above_least && value <= bounds->least) {
        (void)snprintf(why, room, _("it must be above %.15g"), bounds->least);
        return false;
    }
    if (value < bounds->least || value > bounds->most) {
        (void)snprintf(why, room, _("it must lie between %.15g and %.15g"), bounds->least,
                       bounds->most);
        return false;
    }
    return true;
}

/* The k-th number, and the limits on either side that it passes. */
static mu_status enter_number(mu_project *project, uint32_t paper, const char *pointer,
                              const mu_dist *dist, uint32_t k, double value, bool is_object) {
    mu_dist copy = *dist;
    const mu_dist_form *form = mu_dist_form_get(dist->kind);
    const bool ordered = dist->kind == MU_DIST_UNIFORM || dist->kind == MU_DIST_TRIANGULAR;
    *number_at(&copy, k) = value;
    if (!is_object) {
        return write_whole(project, paper, pointer, &copy, NULL);
    }
    mu_status status = MU_OK;
    for (uint32_t i = 0; i < parameter_count(dist->kind) && status == MU_OK; i++) {
        const double was = *number_at(&copy, i);
        const bool passed = ordered && ((i < k && was > value) || (i > k && was < value));
        if (i == k || passed) {
            status = write_number(project, paper, pointer, form->parameters[i].name, value);
        }
    }
    return status;
}

static mu_status enter_source(mu_project *project, uint32_t paper, const char *pointer,
                              mu_dist *dist, const char *text, bool is_object) {
    char place[480];
    (void)snprintf(place, sizeof place, "%s/source", pointer);
    const bool is_there = mu_document_find(mu_project_document(project, paper), place) != MU_NONE;
    if (text[0] == '\0') {
        return is_there ? mu_project_remove(project, paper, place) : MU_OK;
    }
    if (!is_object) {
        return write_whole(project, paper, pointer, dist, text);
    }
    return mu_project_put(project, paper, place, cJSON_CreateString(text));
}

static mu_status enter_kind(mu_project *project, uint32_t paper, const char *pointer,
                            const mu_field *field, const cJSON *json, const char *text) {
    const mu_field words = {.name = "dist", .kind = MU_FIELD_ENUM, .names = mu_dist_words()};
    const char *word = mu_form_word(&words, text);
    const mu_dist before = dist_of(json);
    const mu_dist_kind kind = kind_named(word);
    if (strcmp(mu_dist_words()[kind], word) != 0) {
        return MU_ERR_INPUT;
    }
    if (kind == before.kind) {
        return MU_OK;
    }
    mu_dist after = mu_spread_turn(field, &before, kind);
    return write_whole(project, paper, pointer, &after,
                       cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "source")));
}

static mu_status enter_row(mu_project *project, uint32_t paper, const char *pointer,
                           const mu_field *field, const cJSON *json, const char *key,
                           const char *text, char *why, size_t room) {
    mu_dist dist = dist_of(json);
    const bool is_object = cJSON_IsObject(json);
    if (strcmp(key, "source") == 0) {
        return enter_source(project, paper, pointer, &dist, text, is_object);
    }
    if (text[0] == '\0') {
        (void)snprintf(why, room, "%s", _("this cannot be left out"));
        return MU_ERR_INPUT;
    }
    if (strcmp(key, "dist") == 0) {
        (void)snprintf(why, room, "%s", _("this cannot be read"));
        return enter_kind(project, paper, pointer, field, json, text);
    }
    for (uint32_t k = 0; k < parameter_count(dist.kind); k++) {
        if (strcmp(mu_dist_form_get(dist.kind)->parameters[k].name, key) == 0) {
            const mu_dist_bounds bounds = bounds_of(field, dist.kind, k);
            double value;
            if (!mu_form_number(text, &value)) {
                (void)snprintf(why, room, "%s", _("a number is wanted here"));
                return MU_ERR_INPUT;
            }
            return is_within(&bounds, value, why, room)
                       ? enter_number(project, paper, pointer, &dist, k, value, is_object)
                       : MU_ERR_INPUT;
        }
    }
    return MU_ERR_INPUT;
}

mu_status mu_spread_enter(mu_project *project, uint32_t paper, const char *pointer, const char *key,
                          const char *text, char *why, size_t room) {
    const mu_field *field = mu_spread_field(project, paper, pointer);
    cJSON *json = field != NULL ? value_of(project, paper, pointer) : NULL;
    if (json == NULL) {
        return MU_ERR_INPUT;
    }
    mu_project_begin(project);
    const mu_status status = enter_row(project, paper, pointer, field, json, key, text, why, room);
    mu_project_end(project);
    cJSON_Delete(json);
    return status;
}
