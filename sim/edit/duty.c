/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Those on duty over the hours of a week, and what nobody is there for. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/i18n.h"
#include "crowd/presence.h"
#include "edit/form.h"
#include "edit/hours.h"
#include "edit/shifts.h"

enum { COVERS_MOST = 400 };

typedef struct duty_reading {
    mu_project *project;
    mu_arena *arena;
    uint32_t roster;
    const char *language;
    cJSON *members;
    mu_duty_row *rows;
    uint32_t row_count;
    mu_duty_cover *covers;
    uint32_t cover_count;
} duty_reading;

mu_hours_kept *mu_hours_of(mu_project *project) {
    if (project->hours == NULL) {
        project->hours = calloc(1, sizeof *project->hours);
    }
    return project->hours;
}

void mu_hours_destroy(mu_hours_kept *kept) {
    if (kept != NULL) {
        mu_arena_destroy(kept->day_arena);
        mu_arena_destroy(kept->duty_arena);
        free(kept);
    }
}

static const char *word(const cJSON *json, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, key);
    return cJSON_IsString(item) ? item->valuestring : "";
}

static double number(const cJSON *json, const char *key, double otherwise) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, key);
    return cJSON_IsNumber(item) ? item->valuedouble : otherwise;
}

/* When somebody comes to relieve them; -1: never by the clock. */
static double relieved_at(const duty_reading *r, const char *id) {
    for (const cJSON *m = r->members->child; m != NULL; m = m->next) {
        if (strcmp(word(m, "relieves"), id) == 0) {
            return number(m, "comes_at_h", -1);
        }
    }
    return -1;
}

/* Without shifts of their own: from when they come to when they are relieved; a bound that nothing
 * says is midnight. */
static void follow_reliefs(const duty_reading *r, const cJSON *member, mu_duty_row *row) {
    const bool comes = word(member, "relieves")[0] != '\0';
    const double from = comes ? number(member, "comes_at_h", -1) : -1;
    const double to = relieved_at(r, word(member, "id"));
    const bool absent =
        from < 0 && cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(member, "off_duty"));
    const mu_span_of_week always = {.days = 127, .from_h = fmax(from, 0), .to_h = to < 0 ? 24 : to};
    row->hours = _("always");
    if (absent) {
        row->hours = _("when called");
    } else if (from < 0 && to < 0) {
        memset(row->on, true, sizeof row->on);
    } else {
        mu_span_mark(&always, row->on);
        row->hours = mu_spans_print(r->arena, &always, 1);
    }
}

static const char *skills_of(const duty_reading *r, const cJSON *member) {
    char text[200] = "";
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(member, "skills");
    for (const cJSON *s = list != NULL ? list->child : NULL; s != NULL; s = s->next) {
        if (cJSON_IsString(s) && strlen(text) + strlen(s->valuestring) + 3 < sizeof text) {
            (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s",
                           text[0] != '\0' ? ", " : "", s->valuestring);
        }
    }
    return mu_arena_copy(r->arena, text);
}

static void read_row(const duty_reading *r, const cJSON *member, mu_duty_row *row) {
    mu_span_of_week spans[MU_SPANS_MOST];
    const uint32_t count = mu_spans_of(cJSON_GetObjectItemCaseSensitive(member, "shifts"), spans);
    row->pointer = mu_arena_print(r->arena, "/members/#%u", (uint32_t)(row - r->rows));
    row->title = mu_form_title(r->project, r->arena, r->roster, row->pointer, r->language);
    row->role = mu_arena_copy(r->arena, word(member, "role"));
    row->role_name = mu_form_role_name(r->project, r->arena, row->role, r->language);
    row->post = mu_arena_copy(r->arena, word(member, "post"));
    row->skills = skills_of(r, member);
    row->count = (uint32_t)fmax(number(member, "count", 1), 0);
    row->is_given = count > 0;
    for (uint32_t k = 0; k < count; k++) {
        mu_span_mark(&spans[k], row->on);
    }
    row->hours = count > 0 ? mu_spans_print(r->arena, spans, count) : "";
    if (count == 0) {
        follow_reliefs(r, member, row);
    }
}

/* --- what is to be covered --- */

static const char *title_of(const duty_reading *r, mu_duty_need need, const char *name) {
    const uint32_t site = mu_project_find_paper(r->project, MU_PAPER_SITE);
    char pointer[120];
    (void)snprintf(pointer, sizeof pointer, "/posts/%.90s", name);
    return need == MU_DUTY_POST   ? mu_form_title(r->project, r->arena, site, pointer, r->language)
           : need == MU_DUTY_ROLE ? mu_form_role_name(r->project, r->arena, name, r->language)
                                  : mu_arena_copy(r->arena, name);
}

static mu_duty_cover *cover(duty_reading *r, mu_duty_need need, const char *name) {
    for (uint32_t k = 0; k < r->cover_count; k++) {
        if (r->covers[k].need == need && strcmp(r->covers[k].name, name) == 0) {
            return &r->covers[k];
        }
    }
    if (name[0] == '\0' || r->cover_count == COVERS_MOST) {
        return NULL;
    }
    mu_duty_cover *out = &r->covers[r->cover_count++];
    *out = (mu_duty_cover){
        .need = need, .name = mu_arena_copy(r->arena, name), .title = title_of(r, need, name)};
    return out->name != NULL ? out : NULL;
}

/* Help from outside and occupants have roles, too: those are always there. */
static bool is_elsewhere(const duty_reading *r, const char *list, const char *key,
                         const char *name) {
    char *text = mu_project_value(r->project, r->roster, list);
    cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
    bool found = false;
    free(text);
    for (const cJSON *one = json != NULL ? json->child : NULL; one != NULL; one = one->next) {
        const cJSON *skills = cJSON_GetObjectItemCaseSensitive(one, key);
        found = found || (cJSON_IsString(skills) && strcmp(skills->valuestring, name) == 0);
        for (const cJSON *s = cJSON_IsArray(skills) ? skills->child : NULL; s != NULL;
             s = s->next) {
            found = found || (cJSON_IsString(s) && strcmp(s->valuestring, name) == 0);
        }
    }
    cJSON_Delete(json);
    return found;
}

static void want(duty_reading *r, mu_duty_need need, const char *key, const char *name) {
    const bool elsewhere = name[0] == '@' || is_elsewhere(r, "/units", key, name) ||
                           is_elsewhere(r, "/groups", key, name);
    if (!elsewhere) {
        (void)cover(r, need, name);
    }
}

static void want_steps(duty_reading *r, uint32_t paper) {
    char *text = mu_project_value(r->project, paper, "/steps");
    cJSON *steps = text != NULL ? cJSON_Parse(text) : NULL;
    free(text);
    for (const cJSON *step = steps != NULL ? steps->child : NULL; step != NULL; step = step->next) {
        const cJSON *who = cJSON_GetObjectItemCaseSensitive(step, "who");
        want(r, MU_DUTY_ROLE, "role", word(who, "role"));
        want(r, MU_DUTY_SKILL, "skills", word(who, "skill"));
    }
    cJSON_Delete(steps);
}

static bool serves(const mu_duty_row *row, const cJSON *member, const mu_duty_cover *c) {
    const cJSON *skills = cJSON_GetObjectItemCaseSensitive(member, "skills");
    bool has = false;
    switch (c->need) {
    case MU_DUTY_POST:
        return strcmp(row->post, c->name) == 0;
    case MU_DUTY_ROLE:
        return strcmp(row->role, c->name) == 0;
    case MU_DUTY_SKILL:
        for (const cJSON *s = skills != NULL ? skills->child : NULL; s != NULL; s = s->next) {
            has = has || (cJSON_IsString(s) && strcmp(s->valuestring, c->name) == 0);
        }
        return has;
    }
    return false;
}

static void count_cover(const duty_reading *r, mu_duty_cover *c) {
    const cJSON *member = r->members->child;
    for (uint32_t k = 0; k < r->row_count; k++, member = member->next) {
        for (uint32_t h = 0; serves(&r->rows[k], member, c) && h < MU_HOURS_A_WEEK; h++) {
            c->persons[h] = (uint16_t)(c->persons[h] + (r->rows[k].on[h] ? r->rows[k].count : 0));
        }
    }
    for (uint32_t h = 0; h < MU_HOURS_A_WEEK; h++) {
        c->gaps = (uint16_t)(c->gaps + (c->persons[h] == 0));
    }
}

static int gaps_first(const void *a, const void *b) {
    const mu_duty_cover *left = a, *right = b;
    return left->gaps != right->gaps   ? (left->gaps < right->gaps) - (left->gaps > right->gaps)
           : left->need != right->need ? (left->need > right->need) - (left->need < right->need)
                                       : strcmp(left->name, right->name);
}

static bool read_duty(duty_reading *r, mu_duty *out) {
    char *text = mu_project_value(r->project, r->roster, "/members");
    r->members = text != NULL ? cJSON_Parse(text) : cJSON_CreateArray();
    free(text);
    r->row_count = (uint32_t)cJSON_GetArraySize(r->members);
    r->rows = mu_arena_array(r->arena, (size_t)r->row_count + 1, sizeof *r->rows);
    r->covers = mu_arena_array(r->arena, COVERS_MOST, sizeof *r->covers);
    const bool room = r->members != NULL && r->rows != NULL && r->covers != NULL;
    const cJSON *member = room ? r->members->child : NULL;
    for (uint32_t k = 0; member != NULL; k++, member = member->next) {
        read_row(r, member, &r->rows[k]);
        (void)cover(r, MU_DUTY_POST, r->rows[k].post);
        for (uint32_t h = 0; h < MU_HOURS_A_WEEK; h++) {
            out->persons[h] =
                (uint16_t)(out->persons[h] + (r->rows[k].on[h] ? r->rows[k].count : 0));
        }
    }
    for (uint32_t p = 0; room && p < r->project->paper_count; p++) {
        if (r->project->papers[p].kind == MU_PAPER_PLAYBOOK) {
            want_steps(r, p);
        }
    }
    for (uint32_t k = 0; room && k < r->cover_count; k++) {
        count_cover(r, &r->covers[k]);
        out->gap_count += r->covers[k].gaps > 0;
    }
    if (room) {
        qsort(r->covers, r->cover_count, sizeof *r->covers, gaps_first);
    }
    out->rows = r->rows;
    out->row_count = r->row_count;
    out->covers = r->covers;
    out->cover_count = r->cover_count;
    cJSON_Delete(r->members);
    return room;
}

const mu_duty *mu_project_duty(mu_project *project, const char *language) {
    mu_hours_kept *kept = mu_hours_of(project);
    const uint32_t roster = mu_project_find_paper(project, MU_PAPER_ROSTER);
    if (kept == NULL || roster == MU_NOWHERE) {
        return NULL;
    }
    if (kept->duty_version == project->version + 1 &&
        strncmp(kept->duty_language, language, 2) == 0) {
        return &kept->duty;
    }
    mu_arena_destroy(kept->duty_arena);
    kept->duty_arena = mu_arena_create();
    kept->duty = (mu_duty){.rows = NULL};
    kept->duty_version = project->version + 1;
    (void)snprintf(kept->duty_language, sizeof kept->duty_language, "%.3s", language);
    duty_reading r = {
        .project = project, .arena = kept->duty_arena, .roster = roster, .language = language};
    return kept->duty_arena != NULL && read_duty(&r, &kept->duty) ? &kept->duty : NULL;
}

/* --- changes --- */

static mu_status write_spans(mu_project *project, const char *member, const mu_span_of_week *spans,
                             uint32_t count) {
    const uint32_t roster = mu_project_find_paper(project, MU_PAPER_ROSTER);
    char place[400];
    (void)snprintf(place, sizeof place, "%s/shifts", member);
    if (count == 0) {
        char *there = mu_project_value(project, roster, place);
        const mu_status status = there != NULL ? mu_project_remove(project, roster, place) : MU_OK;
        free(there);
        return status;
    }
    char *json = mu_spans_json(spans, count);
    const mu_status status =
        json != NULL ? mu_project_set(project, roster, place, json) : MU_ERR_MEMORY;
    free(json);
    return status;
}

mu_status mu_project_set_duty(mu_project *project, const char *member,
                              const bool on[MU_HOURS_A_WEEK]) {
    mu_span_of_week spans[MU_SPANS_MOST];
    uint32_t hours = 0;
    for (uint32_t h = 0; h < MU_HOURS_A_WEEK; h++) {
        hours += on[h];
    }
    return hours == 0 ? MU_ERR_INPUT
                      : write_spans(project, member, spans,
                                    hours == MU_HOURS_A_WEEK ? 0 : mu_spans_from(on, spans));
}

mu_status mu_project_set_shifts(mu_project *project, const char *member, const char *text) {
    mu_span_of_week spans[MU_SPANS_MOST];
    uint32_t count;
    return mu_spans_read(text, spans, &count) ? write_spans(project, member, spans, count)
                                              : MU_ERR_INPUT;
}
