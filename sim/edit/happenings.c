/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Found by the tables of fields: a field in seconds whose name says that it is a time of the run. A
 * curve's points count from the start of what they are the curve of, and are left out. */
#include "muster/happenings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/i18n.h"
#include "edit/form.h"
#include "edit/happenings_kept.h"

enum { HAPPENINGS_MOST = 600 };

typedef struct finding {
    mu_project *project;
    mu_arena *arena;
    uint32_t paper;
    const char *language;
    mu_happening *list;
    uint32_t count;
} finding;

static const struct {
    const char *list;
    mu_happening_of of;
} lists[] = {{"/outages", MU_HAPPENING_OUTAGE},
             {"/tips", MU_HAPPENING_TIP},
             {"/shift_changes", MU_HAPPENING_SHIFT},
             {"/exercise/injects", MU_HAPPENING_INJECT}};

static mu_happening_of of_pointer(const char *pointer) {
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++) {
        if (strncmp(pointer, lists[k].list, strlen(lists[k].list)) == 0) {
            return lists[k].of;
        }
    }
    return MU_HAPPENING_EVENT;
}

static bool is_time(const mu_record_type *type, const mu_field *field) {
    const size_t length = strlen(field->name);
    const bool named = strcmp(field->name, "at_s") == 0 || strcmp(field->name, "until_s") == 0 ||
                       (length > 5 && strcmp(field->name + length - 5, "_at_s") == 0);
    return named && field->kind == MU_FIELD_REAL && (field->flags & MU_FIELD_LIST) == 0 &&
           strcmp(type->name, "curve_point") != 0;
}

/* Something of a list happens at the start where it does not say when. */
static bool is_left_out(const mu_field *field, const char *pointer, const cJSON *value) {
    return value == NULL && strcmp(field->name, "at_s") == 0 && strchr(pointer, '#') != NULL;
}

/* Records of a list are called by what is in them, the rest by what the time means. */
static void add(finding *f, const mu_field *field, const char *pointer, double at_s) {
    if (f->count == HAPPENINGS_MOST) {
        return;
    }
    const mu_happening_of of = of_pointer(pointer);
    const bool listed = strrchr(pointer, '/') != NULL && strrchr(pointer, '/')[1] == '#';
    const char *meaning = _(field->meaning);
    const bool until = strcmp(field->name, "at_s") != 0;
    const char *title = of == MU_HAPPENING_EVENT || until
                            ? meaning
                            : mu_form_title(f->project, f->arena, f->paper, pointer, f->language);
    f->list[f->count++] =
        (mu_happening){.of = of,
                       .record = mu_arena_copy(f->arena, pointer),
                       .key = field->name,
                       .title = title != NULL && title[0] != '#' ? title : meaning,
                       .meaning = meaning,
                       .at_s = at_s,
                       .can_go = listed};
}

static void walk(finding *f, const mu_record_type *type, const cJSON *json, const char *pointer) {
    char below[400];
    for (uint32_t k = 0; k < type->field_count; k++) {
        const mu_field *field = &type->fields[k];
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(json, field->name);
        if (is_time(type, field) && (cJSON_IsNumber(value) || is_left_out(field, pointer, value))) {
            add(f, field, pointer, value != NULL ? value->valuedouble : 0);
        }
        if (value == NULL) {
            continue;
        }
        (void)snprintf(below, sizeof below, "%.200s/%.80s", pointer, field->name);
        if (field->kind != MU_FIELD_RECORD) {
            continue;
        }
        if (cJSON_IsObject(value)) {
            walk(f, field->record, value, below);
        }
        uint32_t item = 0;
        for (const cJSON *one = cJSON_IsArray(value) ? value->child : NULL; one != NULL;
             one = one->next) {
            char place[440];
            (void)snprintf(place, sizeof place, "%s/#%u", below, item++);
            walk(f, field->record, one, place);
        }
    }
}

static int by_kind_and_time(const void *a, const void *b) {
    const mu_happening *left = a, *right = b;
    if (left->of != right->of) {
        return left->of < right->of ? -1 : 1;
    }
    return left->at_s != right->at_s ? (left->at_s > right->at_s) - (left->at_s < right->at_s)
                                     : strcmp(left->record, right->record);
}

static const char *copied(mu_arena *arena, const cJSON *json, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, key);
    return mu_arena_copy(arena, cJSON_IsString(item) ? item->valuestring : "");
}

/* The record of the incident that has a space and a point. */
static void find_place(finding *f, const cJSON *json, mu_happenings *out) {
    static const char *const keys[] = {"item", "release", "hostage", "call", "vehicle"};
    out->place = out->space = "";
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        const cJSON *record = cJSON_GetObjectItemCaseSensitive(json, keys[k]);
        if (cJSON_IsObject(record)) {
            out->place = mu_arena_print(f->arena, "/%s", keys[k]);
            out->space = copied(f->arena, record, "space");
            return;
        }
    }
    const cJSON *path = cJSON_GetObjectItemCaseSensitive(
        cJSON_GetObjectItemCaseSensitive(json, "intruder"), "path");
    const int legs = cJSON_GetArraySize(path);
    if (legs > 0) { /* where the path ends */
        out->place = mu_arena_print(f->arena, "/intruder/path/#%d", legs - 1);
        out->space = copied(f->arena, cJSON_GetArrayItem(path, legs - 1), "space");
    }
}

static bool read_all(finding *f, mu_happenings *out) {
    char *text = mu_project_value(f->project, f->paper, "");
    cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
    free(text);
    f->list = mu_arena_array(f->arena, HAPPENINGS_MOST, sizeof *f->list);
    if (json == NULL || f->list == NULL) {
        cJSON_Delete(json);
        return false;
    }
    walk(f, mu_project_type(f->project, f->paper, ""), json, "");
    qsort(f->list, f->count, sizeof *f->list, by_kind_and_time);
    const cJSON *horizon = cJSON_GetObjectItemCaseSensitive(json, "horizon_s");
    *out = (mu_happenings){.list = f->list,
                           .count = f->count,
                           .horizon_s = cJSON_IsNumber(horizon) ? horizon->valuedouble : 7200,
                           .kind = copied(f->arena, json, "kind"),
                           .starts_at = copied(f->arena, json, "starts_at")};
    find_place(f, json, out);
    for (uint32_t k = 0; k < f->count; k++) {
        out->last_s = fmax(out->last_s, f->list[k].at_s);
    }
    cJSON_Delete(json);
    return true;
}

void mu_happenings_destroy(mu_happenings_kept *kept) {
    if (kept != NULL) {
        mu_arena_destroy(kept->arena);
        free(kept);
    }
}

const mu_happenings *mu_project_happenings(mu_project *project, const char *language) {
    const uint32_t paper = mu_project_find_paper(project, MU_PAPER_INCIDENT);
    if (project->happenings == NULL) {
        project->happenings = calloc(1, sizeof *project->happenings);
    }
    mu_happenings_kept *kept = project->happenings;
    if (kept == NULL || paper == MU_NOWHERE) {
        return NULL;
    }
    if (kept->version == project->version + 1 && strncmp(kept->language, language, 2) == 0) {
        return &kept->happenings;
    }
    mu_arena_destroy(kept->arena);
    kept->arena = mu_arena_create();
    kept->version = project->version + 1;
    (void)snprintf(kept->language, sizeof kept->language, "%.3s", language);
    kept->happenings = (mu_happenings){.kind = "", .starts_at = "", .place = "", .space = ""};
    finding f = {.project = project, .arena = kept->arena, .paper = paper, .language = language};
    return kept->arena != NULL && read_all(&f, &kept->happenings) ? &kept->happenings : NULL;
}

/* --- changes --- */

/* In whole seconds. Whether it is within the exercise is the check's to say. */
static bool print_moment(double at_s, char out[40]) {
    if (!(fabs(at_s) < 1e15)) {
        return false; /* no number, or none that is meant */
    }
    (void)snprintf(out, 40, "%.0f", fmax(0, round(at_s)));
    return true;
}

mu_status mu_project_move_happening(mu_project *project, const mu_happening *moment, double at_s) {
    char place[500], number[40];
    if (!print_moment(at_s, number)) {
        return MU_ERR_INPUT;
    }
    (void)snprintf(place, sizeof place, "%s/%s", moment->record, moment->key);
    return mu_project_set(project, mu_project_find_paper(project, MU_PAPER_INCIDENT), place,
                          number);
}

mu_status mu_project_add_happening(mu_project *project, mu_happening_of of, double at_s, char *out,
                                   size_t room) {
    const uint32_t paper = mu_project_find_paper(project, MU_PAPER_INCIDENT);
    const char *list = NULL;
    char place[500], number[40], moment[40];
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++) {
        list = lists[k].of == of ? lists[k].list : list;
    }
    if (list == NULL || paper == MU_NOWHERE || !print_moment(at_s, moment)) {
        return MU_ERR_INPUT;
    }
    mu_status status = MU_OK;
    mu_project_begin(project);
    if (of == MU_HAPPENING_INJECT) {
        char *exercise = mu_project_value(project, paper, "/exercise");
        status = exercise == NULL ? mu_project_set(project, paper, "/exercise", "{}") : MU_OK;
        free(exercise);
    }
    status = mu_status_first(status, mu_project_add_record(project, paper, list, out, room));
    if (status == MU_OK &&
        of == MU_HAPPENING_INJECT) { /* a word, not an id: it has to be set apart */
        char id[80];
        mu_project_free_id(project, paper, list, "inject", id, sizeof id);
        (void)snprintf(place, sizeof place, "%s/id", out);
        (void)snprintf(number, sizeof number, "\"%.30s\"", id);
        status = mu_project_set(project, paper, place, number);
    }
    if (status == MU_OK && of == MU_HAPPENING_OUTAGE) {
        (void)snprintf(place, sizeof place, "%s/mains", out);
        status = mu_project_set(project, paper, place, "true");
    }
    if (status == MU_OK) {
        (void)snprintf(place, sizeof place, "%s/at_s", out);
        status = mu_project_set(project, paper, place, moment);
    }
    mu_project_end(project);
    return status;
}
