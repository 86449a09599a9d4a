/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stages of loading a plan that have a file of their own. */
#ifndef MU_DRILL_PLAN_INSIDE_H
#define MU_DRILL_PLAN_INSIDE_H

#include <string.h>

#include "drill/plan.h"

/* The index of a word, once words are sealed; MU_NONE where it is not among them or is NULL. */
static inline uint32_t mu_plan_word(const mu_plan *plan, const char *word) {
    return word == NULL ? MU_NONE : mu_words_find(&plan->words, word, strlen(word));
}

/* The words of a kind of incident. Lists end with NULL. */
typedef struct mu_incident_words {
    const char *started;       /* object of the record 'started' */
    const char *const *brings; /* terms of what it brings about by itself */
    const char *const *speaks; /* further words that its records use */
} mu_incident_words;
const mu_incident_words *mu_incident_words_of(const mu_incident *incident);
/* The terms of everything that this incident may bring about by itself. NULL without memory. */
const char *const *mu_incident_brings(const mu_plan *plan);
/* Writes one such term into the arena and onto the list; `place` may be NULL. False without memory. */
MU_MUST_USE bool mu_brings_add(const mu_plan *plan, const char **terms, uint32_t *count,
                               const char *token, const char *object, const char *place);
/* Complains, under `code`, of a point that is not in its space. */
void mu_check_point(const mu_plan *plan, const char *code, const mu_ref *space, mu_point at,
                    const mu_where *where, mu_diags *diags);
/* Where the core of it is: '@core' in a playbook; MU_GOAL_NONE where it has none. */
mu_goal mu_incident_core(const mu_incident *incident);
/* Words that records of any threat use, and those of the terms that the incident names; before the
 * words are sealed. */
MU_MUST_USE mu_status mu_threat_collect(mu_plan *plan, const char *file, mu_diags *diags);
/* The spaces that zones such as '@core' and '@line_of_sight' stand for. */
mu_incident_zones mu_incident_scene(const mu_plan *plan);
/* plan_hostage.c: checked and surveyed once the site is sound; its words, once they are sealed. */
MU_MUST_USE mu_status mu_hostage_prepare(mu_plan *plan, const char *file, mu_diags *diags);
void mu_hostage_compile(mu_plan *plan);
/* plan_intruder.c: faults of the path; what it may bring about, `mu_intruder_terms_most` terms at
 * the most; its words. */
void mu_intruder_check(const mu_plan *plan, const char *file, mu_diags *diags);
uint32_t mu_intruder_terms_most(const mu_plan *plan);
MU_MUST_USE bool mu_intruder_brings(const mu_plan *plan, const char **terms, uint32_t *count);
MU_MUST_USE mu_status mu_intruder_compile(mu_plan *plan);
/* plan_outage.c: what fails meanwhile, and what lanes bring; calls and vehicles checked. */
uint32_t mu_outage_terms_most(const mu_plan *plan);
MU_MUST_USE bool mu_outage_brings(const mu_plan *plan, const char **terms, uint32_t *count);
void mu_outage_check(const mu_plan *plan, const char *file, mu_diags *diags);
MU_MUST_USE mu_status mu_outage_compile(mu_plan *plan);
/* Are there reports, and nobody to work on them? */
void mu_tips_check(const mu_plan *plan, const char *file, mu_diags *diags);
void mu_approach_check(const mu_plan *plan, const char *file, mu_diags *diags);
/* What the incident alone can get wrong, once the site is sound. */
MU_MUST_USE mu_status mu_incident_check(const mu_plan *plan, const char *file, mu_diags *diags);
/* The words of all clauses' terms; faults in their grammar. */
MU_MUST_USE mu_status mu_clauses_collect(mu_plan *plan, mu_diags *diags);
/* Clauses made ready for judging; words sealed, response compiled. */
MU_MUST_USE mu_status mu_clauses_compile(mu_plan *plan);
/* What the incident brings, made ready, with the words to speak of it. */
MU_MUST_USE mu_status mu_threat_compile(mu_plan *plan);
/* Warns of an explosion that nothing in the playbooks can prevent although it names a way; response
 * compiled. */
void mu_threat_check(const mu_plan *plan, const char *file, mu_diags *diags);

#endif
