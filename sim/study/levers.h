/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of levers: what an organisation could change about itself, in data, each with what
 * it costs. A lever is one or several changes like those of a study's factors, under the same
 * bounds. */
#ifndef MU_STUDY_LEVERS_H
#define MU_STUDY_LEVERS_H

#include "study/study.h"

typedef struct mu_lever_change {
    int in; /* mu_factor_target */
    const char *file, *pointer, *value;
} mu_lever_change;

typedef struct mu_lever {
    mu_origin origin;
    const char *id;
    mu_text name;
    MU_LIST_OF(mu_lever_change) changes;
    double cost; /* in the catalogue's unit; the planner's number */
    /* What else it takes; the planner's own, too. */
    double persons, lead_d; /* more people on duty; days until it is in place; 0: not stated */
    mu_text needs;
} mu_lever;

typedef struct mu_levers {
    const char *id;
    mu_text name, story;
    mu_text cost_unit;
    MU_LIST_OF(mu_lever) levers;
    bool lenient; /* made by the program: what the loader refuses just does not fit */
} mu_levers;

/* The file kind "muster.levers"; its root struct is mu_levers. */
extern const mu_file_kind mu_levers_file;

/* Makes a study of the levers that fit the incidents: the files as they stand, and each lever
 * alone. `near` is the study's. `fits` gets one flag for each lever: false where one of its
 * pointers leads nowhere in the files of an incident. MU_ERR_INPUT: faults in `diags`. */
MU_MUST_USE mu_status mu_levers_study(const mu_levers *levers, const mu_string_list *incidents,
                                      const struct mu_plan *near, mu_arena *arena, bool *fits,
                                      mu_diags *diags, mu_study_plan *out);
/* The same with one arm for each of `count` sets of levers; `taken` has a flag for each set and
 * lever. */
MU_MUST_USE mu_status mu_levers_sets(const mu_levers *levers, const bool *taken, uint32_t count,
                                     const mu_string_list *incidents, mu_arena *arena,
                                     mu_diags *diags, mu_study_plan *out);

/* What one lever was measured to do, over all incidents together. */
typedef struct mu_lever_effect {
    uint32_t lever; /* MU_NONE: the arm is of a set */
    uint32_t arm;
    uint64_t pairs;           /* replications that it and the base have */
    double closed, low, high; /* clauses missed less, a run, all incidents together: mean over
                                 replications, and its interval */
    double p;                 /* two-sided, corrected after Holm over the levers */
    uint32_t better, worse;   /* findings that survive */
} mu_lever_effect;

/* Fills in the effects of the arms of a study that mu_levers_study made, once it has been played,
 * in order of what they close; returns their number in *count. `effects` has room for every lever.
 */
struct mu_results;
MU_MUST_USE mu_status mu_levers_measure(const mu_levers *levers, const struct mu_results *results,
                                        mu_lever_effect *effects, uint32_t *count, mu_diags *diags);

/* Sets of levers within a budget, at the most `most`, those first that should close most if effects
 * added up: of the ten levers that close most for certain. Effects need not add up: measure them.
 * Fills in `taken` (most x levers) and returns the number of sets. */
enum { MU_LEVER_CANDIDATES = 10 };
uint32_t mu_levers_choose(const mu_levers *levers, const mu_lever_effect *effects, uint32_t count,
                          double budget, uint32_t most, bool *taken);
/* "CNY 1,000 a year"; empty where none is given. */
const char *mu_levers_unit(const mu_levers *levers, const char *language);
/* "cost (CNY 1,000 a year)": what heads a list of costs. */
void mu_levers_say_cost(const mu_levers *levers, const char *language, char *out, size_t room);
/* "persons: 2; ready in 30 days; a recruitment", translated; empty where nothing is stated. */
void mu_lever_say_needs(const mu_lever *lever, const char *language, char *out, size_t room);
double mu_levers_cost(const mu_levers *levers, const bool *taken);

#endif
