/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit: what site, roster, playbooks and the organisation's own statements say about each
 * clause that can be judged without playing anything. Every fact says where it stands; a clause
 * without one is named as lacking evidence, which is neither met nor missed. The facts are written
 * into a log as numbers, so that the evaluator of incidents judges them, too.
 *
 * Words that a clause's `audit` may name: wall_height, wall_top, barrier, bollards, two_person,
 * persons_per_pass, screening_equipment, protective_ratio, provisions, team, staffing,
 * radio_coverage, guard_ratio, plant_sensors, thermal_cameras, rescue_tools, plan_threats,
 * plan_header, plan_review, plan_age. */
#ifndef MU_AUDIT_AUDIT_H
#define MU_AUDIT_AUDIT_H

#include "readiness/year_plan.h"

typedef struct mu_playbook_list {
    mu_playbook *items;
    const char **files;
    uint32_t count;
} mu_playbook_list;

typedef struct mu_audit_fact {
    uint32_t clause, demand;
    double value;
    const char *evidence; /* a sentence, translated */
    bool stated;          /* by the organisation, not read from site, roster or playbooks */
    bool outdated;        /* the paper is no longer valid on the year's first day: does not count */
} mu_audit_fact;

typedef struct mu_audit {
    const mu_year_plan *plan;
    const mu_playbook_list *playbooks; /* may be NULL: none were given */
    const char *language;              /* "zh" or "en": of texts from files */
    MU_LIST_OF(mu_audit_fact) facts;
    uint32_t room;
    bool no_memory;
} mu_audit;

/* Reads playbooks for their headers alone, so that what they refer to need not be there. */
MU_MUST_USE mu_status mu_audit_read_playbooks(const mu_year_plan *plan, const char *const *files,
                                              uint32_t count, mu_diags *diags,
                                              mu_playbook_list *out);

/* Collects the facts, in the order of clauses. Memory is the plan's arena. */
MU_MUST_USE mu_status mu_audit_collect(const mu_year_plan *plan, const mu_playbook_list *playbooks,
                                       const char *language, mu_audit *out);
/* Writes them as records 'measured' at time 0. */
MU_MUST_USE mu_status mu_audit_write(const mu_audit *audit, mu_log *log);
/* The verdicts on the facts alone, one a clause; not exercised: no evidence, or not for the
 * audit. */
MU_MUST_USE mu_status mu_audit_judge(const mu_audit *audit, mu_judgement *out);

/* Is the clause for the audit, or does a fact speak of it? */
bool mu_audit_lists(const mu_audit *audit, uint32_t clause);

/* Judges a log on the numbers that are filed under clauses; starts and ends count numbers alone. */
MU_MUST_USE mu_status mu_year_judge(const mu_year_plan *plan, const mu_log *log, mu_judgement *out);

/* The fact that a clause wants looked up: a word of those above; NULL: it rests on a statement. */
const char *mu_audit_wanted(const mu_clause *clause);
/* Is there such a fact? */
bool mu_audit_has(const char *word);

/* audit_site.c: adds what the named fact says; nothing where the files say nothing. */
void mu_audit_named(mu_audit *audit, uint32_t clause, const char *word);
void mu_audit_add(mu_audit *audit, uint32_t clause, const char *demand, double value,
                  const char *evidence);
/* A number of a clause as people read it: "2.5 m"; its demand: "at least 2.5 m". */
const char *mu_audit_value(const mu_year_plan *plan, const mu_demand *demand, double value);
const char *mu_audit_demand(const mu_year_plan *plan, const mu_clause *clause, uint32_t demand);
/* Where a clause stands in its source: "chapter 3, section 3.2, item 1" in the reader's language.
 */
const char *mu_audit_source(const mu_year_plan *plan, const mu_clause *clause);
/* printf into the plan's arena; never NULL. */
const char *mu_audit_say(const mu_year_plan *plan, const char *format, ...) MU_PRINTF(2, 3);

#endif
