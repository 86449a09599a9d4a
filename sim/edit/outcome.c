/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project's incident played a few times in `flow`, and the clauses that it misses. */
#include "edit/outcome.h"

#include <math.h>
#include <stdlib.h>

#include "drill/findings.h"
#include "edit/check.h"
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

static void read_findings(const mu_findings *findings, mu_arena *arena, mu_outcome *out) {
    const mu_plan *plan = findings->plan;
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
                                 .runs = found->runs};
        }
    }
    if (gaps != NULL) {
        qsort(gaps, out->gap_count, sizeof *gaps, surest_first);
    }
    out->gaps = gaps;
    out->p95_s = findings->evacuation_p95_s;
    out->left_share = findings->evacuated_share;
}

const mu_outcome *mu_project_run(mu_project *project, uint32_t reps) {
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
    const bool fine =
        mu_study_run(plan, (uint64_t)plan->incident.seed, reps, 0, NULL, &findings, diags) == MU_OK;
    plan->incident.motion = motion;
    if (fine) {
        read_findings(findings, arena, &kept->outcome);
        mu_findings_destroy(findings);
    }
    mu_diags_destroy(diags);
    return fine ? &kept->outcome : NULL;
}
