/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project's incident played a few times in `flow`, and the clauses that it misses. */
#include "edit/outcome.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "drill/findings.h"
#include "drill/report/words.h"
#include "edit/check.h"
#include "edit/project_plane.h"
#include "policy/judge.h"
#include "study/replications.h"

mu_outcomes *mu_project_outcomes(mu_project *project) {
    if (project->outcomes == NULL) {
        project->outcomes = calloc(1, sizeof *project->outcomes);
    }
    return project->outcomes;
}

void mu_outcomes_destroy(mu_outcomes *outcomes) {
    if (outcomes != NULL) {
        mu_arena_destroy(outcomes->preview_arena);
        mu_arena_destroy(outcomes->run_arena);
        free(outcomes);
    }
}

static int surest_first(const void *a, const void *b) {
    const double left = ((const mu_outcome_gap *)a)->share;
    const double right = ((const mu_outcome_gap *)b)->share;
    return (left > right) - (left < right);
}

static void count(mu_verdict verdict, mu_outcome *out) {
    switch (verdict) {
    case MU_VERDICT_MET:
        out->met++;
        return;
    case MU_VERDICT_MISSED:
        out->missed++;
        return;
    case MU_VERDICT_UNDECIDED:
        out->undecided++;
        return;
    case MU_VERDICT_NOT_EXERCISED:
        out->not_exercised++;
        return;
    }
}

/* --- where --- */

typedef struct spot {
    mu_project *project;
    const mu_plan *plan;
    mu_arena *arena;
    mu_outcome_gap *gap;
} spot;

static bool put(spot *s, const char *list, const char *id) {
    const mu_scenery *scene = mu_project_scene(s->project);
    mu_place pointer;
    (void)snprintf(pointer, sizeof pointer, "/%s/%s", list, id);
    const mu_subject subject = mu_project_subject(s->project, pointer);
    const mu_scenery_mark *mark = mu_mark_of(scene, subject);
    mu_text name = {0};
    if (subject.kind == MU_SUBJECT_ROOM) {
        s->gap->level = scene->rooms[subject.index].level;
        s->gap->at = mu_room_point(scene, &scene->rooms[subject.index]);
        name = scene->rooms[subject.index].name;
    } else if (subject.kind == MU_SUBJECT_PORTAL) {
        const mu_scenery_portal *p = &scene->portals[subject.index];
        s->gap->level = p->level;
        name = p->name;
        s->gap->at =
            (mu_point){(p->line[0].x + p->line[1].x) / 2, (p->line[0].y + p->line[1].y) / 2};
    } else if (mark != NULL) {
        s->gap->level = mark->level;
        name = mark->name;
        s->gap->at = mark->at;
    } else {
        return false;
    }
    s->gap->place = mu_arena_copy(s->arena, id);
    if (mu_text_in(name, "en")[0] == '\0') {
        char called[200];
        mu_project_call(s->project, subject, s->project->language, called, sizeof called);
        name.en = mu_arena_copy(s->arena, called);
    }
    s->gap->place_name = (mu_text){mu_arena_copy(s->arena, mu_text_in(name, "en")),
                                   mu_arena_copy(s->arena, mu_text_in(name, "zh"))};
    s->gap->place_is_known = true;
    return true;
}

/* Where something that a record names stands. */
static bool put_handle(spot *s, mu_handle handle) {
    const mu_site *site = &s->plan->site;
    const uint32_t k = mu_handle_index(handle);
    switch (mu_handle_thing(handle)) {
    case MU_THING_SPACE:
        return k < site->spaces.count && put(s, "spaces", site->spaces.items[k].id);
    case MU_THING_PORTAL:
        return k < site->portals.count && put(s, "portals", site->portals.items[k].id);
    case MU_THING_EQUIPMENT:
        return k < site->equipment.count && put(s, "equipment", site->equipment.items[k].id);
    case MU_THING_UNIT:
        return k < s->plan->roster.units.count &&
               put(s, "roads", s->plan->roster.units.items[k].road.id);
    case MU_THING_NOTHING:
    case MU_THING_PERSON:
    case MU_THING_POST: /* of a drill that was watched; a run says who stands there */
    case MU_THING_STEP:
    case MU_THING_WORD:
    case MU_THING_CHANNEL:
    case MU_THING_HOSPITAL:
    case MU_THING_GROUP:
        break;
    }
    return false;
}

/* The last of the typical run's records that says where. */
static bool put_chain(spot *s, const mu_clause_finding *found) {
    for (uint32_t k = found->has_chain ? found->chain_count : 0; k-- > 0;) {
        const mu_record *r = &found->chain_records[k];
        if (put_handle(s, r->place) || put_handle(s, r->object) || put_handle(s, r->subject) ||
            put_handle(s, r->holder)) {
            return true;
        }
    }
    return false;
}

/* What never came, and what has no place, is shown where the incident is. */
static void put_incident(spot *s) {
    static const char *const given[] = {"item", "hostage", "release", "explosion", "intruder"};
    const uint32_t incident = mu_project_find_paper(s->project, MU_PAPER_INCIDENT);
    for (size_t k = 0; k < sizeof given / sizeof given[0]; k++) {
        char pointer[60];
        (void)snprintf(pointer, sizeof pointer, "/%s/space", given[k]);
        char *space = mu_project_string(s->project, incident, pointer);
        const bool found = space != NULL && put(s, "spaces", space);
        free(space);
        if (found) {
            s->gap->place_is_known = false;
            return;
        }
    }
}

static void tell_gap(mu_project *project, const mu_view *view, uint32_t clause, mu_arena *arena,
                     mu_outcome_gap *gap) {
    const mu_clause_finding *found = mu_view_finding(view, clause);
    gap->level = MU_NOWHERE;
    gap->place = "";
    gap->cause = mu_arena_copy(arena, mu_say_cause(view, clause));
    gap->value =
        isnan(found->median) ? "" : mu_arena_copy(arena, mu_say_value(view, clause, found->median));
    gap->limit = mu_arena_copy(arena, mu_say_limit(view, clause));
    spot s = {project, view->plan, arena, gap};
    if (!put_chain(&s, found)) {
        put_incident(&s);
    }
}

/* False without memory. */
static bool read_findings(mu_project *project, const mu_findings *findings, mu_arena *arena,
                          const char *language, mu_outcome *out) {
    const mu_plan *plan = findings->plan;
    const mu_report_def def = {.findings = findings, .language = language, .incident = ""};
    mu_view view;
    const bool viewed = mu_view_create(&def, &view) == MU_OK;
    mu_outcome_gap *gaps =
        mu_arena_array(arena, (size_t)plan->policy.clauses.count + 1, sizeof *gaps);
    for (uint32_t k = 0; gaps != NULL && k < plan->policy.clauses.count; k++) {
        const mu_clause_finding *found = &findings->clauses[k];
        const mu_clause *clause = &plan->policy.clauses.items[k];
        count(found->verdict, out);
        if (found->verdict == MU_VERDICT_MISSED) {
            gaps[out->gap_count++] =
                (mu_outcome_gap){.clause = mu_arena_copy(arena, clause->id),
                                 .text = {mu_arena_copy(arena, mu_text_in(clause->text, "en")),
                                          mu_arena_copy(arena, mu_text_in(clause->text, "zh"))},
                                 .share = found->share,
                                 .median_s = found->median,
                                 .limit_s = found->limit,
                                 .runs = found->runs,
                                 .cause = "",
                                 .value = "",
                                 .limit = "",
                                 .place = "",
                                 .level = MU_NOWHERE};
            if (viewed) {
                tell_gap(project, &view, k, arena, &gaps[out->gap_count - 1]);
            }
        }
    }
    if (viewed) {
        mu_view_destroy(&view);
    }
    if (gaps != NULL) {
        qsort(gaps, out->gap_count, sizeof *gaps, surest_first);
    }
    out->gaps = gaps;
    out->p95_s = findings->evacuation_p95_s;
    out->left_share = findings->evacuated_share;
    return gaps != NULL && viewed && !mu_arena_lacks_memory(arena);
}

const mu_outcome *mu_project_run(mu_project *project, uint32_t reps, const char *language) {
    mu_plan *plan = mu_project_checked(project)->incident;
    mu_outcomes *kept = mu_project_outcomes(project);
    mu_arena *arena = plan != NULL && kept != NULL ? mu_arena_create() : NULL;
    mu_diags *diags = mu_diags_create();
    mu_findings *findings = NULL;
    if (arena == NULL || diags == NULL) {
        mu_arena_destroy(arena);
        mu_diags_destroy(diags);
        return NULL;
    }
    mu_arena_destroy(kept->run_arena);
    kept->run_arena = arena;
    kept->outcome = (mu_outcome){.version = project->version, .reps = reps};
    const int motion = plan->incident.motion; /* what the file says is for the report */
    plan->incident.motion = MU_MOTION_FLOW;
    bool fine =
        mu_study_run(plan, (uint64_t)plan->incident.seed, reps, 0, NULL, &findings, diags) == MU_OK;
    plan->incident.motion = motion;
    if (fine) {
        fine = read_findings(project, findings, arena, language, &kept->outcome);
        mu_findings_destroy(findings);
    }
    mu_diags_destroy(diags);
    return fine ? &kept->outcome : NULL;
}
