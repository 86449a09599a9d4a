/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for what in a playbook: a step's trigger names milestones, and each verb brings one
 * about. Steps of the project's other playbooks count as bringing things about, too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "edit/form.h"
#include "edit/project.h"
#include "response/verb.h"

enum { STEPS_MOST = 600, ROLES_MOST = 100 };

/* A step as its file gives it. */
typedef struct read_step {
    const cJSON *json;
    const char *id, *verb, *object, *role;
    uint32_t shown; /* index in the chart; MU_NOWHERE: of another playbook */
} read_step;

typedef struct reading {
    mu_project *project;
    mu_arena *arena;
    read_step steps[STEPS_MOST];
    uint32_t count;
    cJSON *files[MU_PAPERS_MOST];
    uint32_t file_count;
    mu_chart_step *shown;
    uint32_t shown_count, *before, before_count;
    const char *roles[ROLES_MOST];
    bool held[ROLES_MOST];
    uint32_t role_count;
} reading;

static const char *word(const cJSON *json, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, key);
    return cJSON_IsString(item) ? item->valuestring : "";
}

static void read_steps(reading *r, uint32_t paper, bool shown) {
    char *text = mu_project_value(r->project, paper, "/steps");
    cJSON *list = text != NULL ? cJSON_Parse(text) : NULL;
    free(text);
    if (list == NULL) {
        return;
    }
    r->files[r->file_count++] = list;
    for (const cJSON *step = list->child; step != NULL && r->count < STEPS_MOST;
         step = step->next) {
        const cJSON *who = cJSON_GetObjectItemCaseSensitive(step, "who");
        r->steps[r->count++] = (read_step){.json = step,
                                           .id = word(step, "id"),
                                           .verb = word(step, "verb"),
                                           .object = word(step, "object"),
                                           .role = word(who, "role"),
                                           .shown = shown ? r->shown_count++ : MU_NOWHERE};
    }
}

/* The token of the milestone that a verb brings about. */
static const char *milestone_of(const char *verb) {
    const char *const *words = mu_verb_words();
    for (int v = 0; words[v] != NULL; v++) {
        if (strcmp(words[v], verb) == 0) {
            return mu_record_token(mu_verb_milestone((mu_verb)v));
        }
    }
    return "";
}

static bool is_of_steps(const char *token, size_t length) {
    static const char *const own[] = {"step", "abandoned", "cleared"};
    const char *const *words = mu_verb_words();
    for (size_t k = 0; k < sizeof own / sizeof own[0]; k++) {
        if (strlen(own[k]) == length && strncmp(own[k], token, length) == 0) {
            return true;
        }
    }
    for (int v = 0; words[v] != NULL; v++) {
        const char *brought = mu_record_token(mu_verb_milestone((mu_verb)v));
        if (strlen(brought) == length && strncmp(brought, token, length) == 0) {
            return true;
        }
    }
    return false;
}

/* "declared:red", "step:verify": does a step bring it about? */
static bool brings(const read_step *step, const char *term) {
    const size_t token = strcspn(term, ":@");
    const char *object = term[token] == ':' ? term + token + 1 : "";
    const size_t length = strcspn(object, "@");
    const bool by_id = (token == 4 && strncmp(term, "step", 4) == 0) ||
                       (token == 9 && strncmp(term, "abandoned", 9) == 0);
    if (by_id) {
        return strlen(step->id) == length && strncmp(step->id, object, length) == 0;
    }
    const char *milestone = milestone_of(step->verb);
    const bool clears =
        token == 7 && strncmp(term, "cleared", 7) == 0 && strcmp(step->verb, "evacuate") == 0;
    const bool same = strlen(milestone) == token && strncmp(milestone, term, token) == 0;
    return (same || clears) && (length == 0 || (strlen(step->object) == length &&
                                                strncmp(step->object, object, length) == 0));
}

/* Whether anything could bring a term about; steps of the chart that do are noted. */
static bool find_before(reading *r, const char *term) {
    bool any = false;
    for (uint32_t k = 0; k < r->count; k++) {
        if (!brings(&r->steps[k], term)) {
            continue;
        }
        any = true;
        if (r->steps[k].shown != MU_NOWHERE && r->before_count < STEPS_MOST * 8) {
            r->before[r->before_count++] = r->steps[k].shown;
        }
    }
    return any || !is_of_steps(term, strcspn(term, ":@"));
}

static uint32_t lane_of(reading *r, const char *role) {
    for (uint32_t k = 0; k < r->role_count; k++) {
        if (strcmp(r->roles[k], role) == 0) {
            return k;
        }
    }
    if (r->role_count == ROLES_MOST) {
        return 0;
    }
    r->roles[r->role_count] = mu_arena_copy(r->arena, role);
    return r->role_count++;
}

static void chart_step(reading *r, const read_step *step, uint32_t paper, const char *language) {
    mu_chart_step *out = &r->shown[step->shown];
    const cJSON *when = cJSON_GetObjectItemCaseSensitive(step->json, "when");
    const cJSON *all = cJSON_GetObjectItemCaseSensitive(when, "all");
    const cJSON *any = cJSON_GetObjectItemCaseSensitive(when, "any");
    bool dead = false, some = any == NULL || any->child == NULL;
    out->pointer = mu_arena_print(r->arena, "/steps/#%u", step->shown);
    out->title = mu_form_title(r->project, r->arena, paper, out->pointer, language);
    out->role = mu_arena_copy(r->arena, step->role);
    out->verb = mu_arena_copy(r->arena, step->verb);
    out->lane = lane_of(r, step->role);
    out->first = r->before_count;
    for (const cJSON *term = all != NULL ? all->child : NULL; term != NULL; term = term->next) {
        dead = (cJSON_IsString(term) && !find_before(r, term->valuestring)) || dead;
    }
    for (const cJSON *term = any != NULL ? any->child : NULL; term != NULL; term = term->next) {
        some = (cJSON_IsString(term) && find_before(r, term->valuestring)) || some;
    }
    out->count = r->before_count - out->first;
    out->is_dead = dead || !some;
}

/* Does a step wait, by others, for itself? */
static bool is_looped(const reading *r, uint32_t step) {
    uint32_t stack[STEPS_MOST], height = 0;
    bool seen[STEPS_MOST] = {false};
    stack[height++] = step;
    while (height > 0) {
        const mu_chart_step *at = &r->shown[stack[--height]];
        for (uint32_t k = 0; k < at->count; k++) {
            const uint32_t before = r->before[at->first + k];
            if (before == step) {
                return true;
            }
            if (!seen[before]) {
                seen[before] = true;
                stack[height++] = before;
            }
        }
    }
    return false;
}

/* The longest way to each step; a loop counts once. */
static void find_columns(reading *r) {
    for (uint32_t s = 0; s < r->shown_count; s++) {
        r->shown[s].is_in_loop = is_looped(r, s);
    }
    bool moved = true;
    for (uint32_t round = 0; moved && round < r->shown_count; round++) {
        moved = false;
        for (uint32_t s = 0; s < r->shown_count; s++) {
            mu_chart_step *step = &r->shown[s];
            for (uint32_t k = 0; k < step->count; k++) {
                const mu_chart_step *before = &r->shown[r->before[step->first + k]];
                const bool goes_round = before->is_in_loop && step->is_in_loop;
                if (!goes_round && before->column + 1 > step->column) {
                    step->column = before->column + 1;
                    moved = true;
                }
            }
        }
    }
}

/* Columns without gaps: a loop may have pushed some far out. */
static uint32_t close_up(reading *r) {
    uint32_t used = 0;
    for (uint32_t column = 0; column <= r->shown_count + 1; column++) {
        bool any = false;
        for (uint32_t s = 0; s < r->shown_count; s++) {
            if (r->shown[s].column == column) {
                r->shown[s].column = used;
                any = true;
            }
        }
        used += any;
    }
    return used;
}

/* Is there anybody of this role? Roles with @ are whoever did something; none is the plan itself.
 */
static bool is_held(mu_project *project, const char *role) {
    const uint32_t roster = mu_project_find_paper(project, MU_PAPER_ROSTER);
    if (role[0] == '\0' || role[0] == '@' || roster == MU_NOWHERE) {
        return true;
    }
    char sought[120];
    (void)snprintf(sought, sizeof sought, "\"role\": \"%s\"", role);
    static const char *const lists[] = {"/members", "/units", "/groups"};
    bool found = false;
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++) {
        char *text = mu_project_value(project, roster, lists[k]);
        found = found || (text != NULL && strstr(text, sought) != NULL);
        free(text);
    }
    return found;
}

static void sum_up(reading *r, const char *language, mu_chart *out) {
    *out = (mu_chart){.steps = r->shown,
                      .before = r->before,
                      .step_count = r->shown_count,
                      .role_count = r->role_count,
                      .column_count = close_up(r)};
    const char **roles = mu_arena_array(r->arena, (size_t)r->role_count + 1, sizeof *roles);
    const char **names = mu_arena_array(r->arena, (size_t)r->role_count + 1, sizeof *names);
    bool *held = mu_arena_array(r->arena, (size_t)r->role_count + 1, sizeof *held);
    for (uint32_t k = 0; roles != NULL && names != NULL && held != NULL && k < r->role_count; k++) {
        roles[k] = r->roles[k];
        names[k] = r->roles[k][0] == '\0'
                       ? ""
                       : mu_form_role_name(r->project, r->arena, r->roles[k], language);
        held[k] = is_held(r->project, r->roles[k]);
        out->unheld += !held[k];
    }
    for (uint32_t s = 0; s < r->shown_count; s++) {
        out->dead += r->shown[s].is_dead;
        out->loops += r->shown[s].is_in_loop;
    }
    out->roles = roles;
    out->role_names = names;
    out->held = held;
}

const mu_chart *mu_project_chart(mu_project *project, uint32_t paper, const char *language) {
    mu_arena_destroy(project->chart_arena);
    project->chart_arena = mu_arena_create();
    reading *r = calloc(1, sizeof *r);
    if (r == NULL || project->chart_arena == NULL) {
        free(r);
        return NULL;
    }
    r->project = project;
    r->arena = project->chart_arena;
    read_steps(r, paper, true);
    for (uint32_t k = 0; k < project->paper_count; k++) {
        if (k != paper && project->papers[k].kind == MU_PAPER_PLAYBOOK) {
            read_steps(r, k, false);
        }
    }
    r->shown = mu_arena_array(r->arena, (size_t)r->shown_count + 1, sizeof *r->shown);
    r->before = mu_arena_array(r->arena, STEPS_MOST * 8, sizeof *r->before);
    const bool room = r->shown != NULL && r->before != NULL;
    for (uint32_t k = 0; room && k < r->count; k++) {
        if (r->steps[k].shown != MU_NOWHERE) {
            chart_step(r, &r->steps[k], paper, language);
        }
    }
    if (room) {
        find_columns(r);
        sum_up(r, language, &project->chart);
    }
    for (uint32_t k = 0; k < r->file_count; k++) {
        cJSON_Delete(r->files[k]);
    }
    free(r);
    return room ? &project->chart : NULL;
}
