/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report says, worked out once for both of its faces: which clauses were missed and in which
 * order, how each capability did, what the headline is about. */
#ifndef MU_DRILL_REPORT_VIEW_H
#define MU_DRILL_REPORT_VIEW_H

#include "drill/report/report.h"

/* Clauses of one exercise capability. */
typedef struct mu_capability_row {
    const char *word;                        /* as the policy writes it */
    uint32_t clauses, exercised;             /* of this incident */
    uint32_t performed, some, major, unable; /* exercised clauses by predicted rating */
    char rating; /* the lowest among clauses of severity 4 and 5; among all where there are none;
                    'N' if none was exercised */
} mu_capability_row;

typedef MU_LIST_OF(uint32_t) mu_clause_list; /* indices into the policy's clauses */

typedef struct mu_view {
    mu_report_def def;
    const mu_findings *findings;
    const mu_plan *plan;
    mu_arena *arena; /* of every text that words.h makes */
    uint32_t exercised, met, missed, undecided;
    mu_clause_list gaps; /* missed: by severity times share missed, greatest first; a clause that
                            only repeats another of the list is left out */
    mu_clause_list strengths;                   /* met, in the policy's order */
    mu_clause_list open;                        /* undecided */
    MU_LIST_OF(mu_capability_row) capabilities; /* in order of first appearance */
    char rating; /* overall: the lowest of the capabilities (the weakest link) */
} mu_view;

/* MU_ERR_MEMORY leaves nothing to destroy. */
MU_MUST_USE mu_status mu_view_create(const mu_report_def *def, mu_view *out);
void mu_view_destroy(mu_view *view);

static inline const mu_clause *mu_view_clause(const mu_view *view, uint32_t clause) {
    return &view->plan->policy.clauses.items[clause];
}
static inline const mu_clause_finding *mu_view_finding(const mu_view *view, uint32_t clause) {
    return &view->findings->clauses[clause];
}
/* Share of the deciding runs that missed the clause; 0 without runs. */
double mu_view_miss_share(const mu_view *view, uint32_t clause);
/* 1 (almost never) .. 5 (nearly always) of a share missed: below 0.05, 0.2, 0.5, 0.8, above. */
int mu_view_likelihood(double miss_share);
/* Level of a cell of the risk matrix: 0 (low) .. 3 (very high), from likelihood times severity,
 * with bounds at 5, 10 and 15; */
int mu_risk_level(int likelihood, int64_t severity);
/* and of the cell that the clause is in. */
int mu_view_risk(const mu_view *view, uint32_t clause);
/* The part of the clause's chain that took longest; MU_NONE if it has no chain. */
/* Was anybody told to leave or to take shelter, or did anybody leave, in any run? */
bool mu_view_moves_people(const mu_view *view);
uint32_t mu_view_longest_part(const mu_view *view, uint32_t clause);
/* The k-th clause that repeats `clause`; MU_NONE when there are no more. */
uint32_t mu_view_repeat(const mu_view *view, uint32_t clause, uint32_t k);

#endif
