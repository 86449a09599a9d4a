/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where and how a clause is judged: in the run of an incident, in the year, in the audit, or, where
 * the source only gives an example, not at all until a policy switches it on. */
#ifndef MUSTER_TOOLS_CLAUSE_JUDGED_H
#define MUSTER_TOOLS_CLAUSE_JUDGED_H

#include "core/json_out.h"
#include "policy/policy.h"
#include "table.h"

/* What a run compares with the demand: "time", "number", "reached" or "event"; NULL: nothing. */
const char *mu_clause_measure(const mu_clause *clause);

/* The member "judged": one object for each way that there is something to judge by. */
void mu_judged_put(mu_json_out *out, const mu_clause *clause);
/* The same as rows of a table of two columns. */
void mu_judged_rows(mu_table *table, const mu_clause *clause);

/* How many clauses each way judges, each clause counted once, by its main way. */
typedef struct mu_judged_counts {
    uint32_t clauses, by[3]; /* of mu_how */
    uint32_t off;            /* examples that are switched off */
    uint32_t without;        /* nothing judges them */
} mu_judged_counts;
mu_judged_counts mu_judged_count(const mu_clause *const *clauses, uint32_t count);

/* Words of policies of ours for people. */
const char *mu_kind_said(mu_clause_kind kind);
const char *mu_system_said(const char *system);
/* "at most 60 s"; borrowed from `room`. */
const char *mu_demand_said(const mu_clause *clause, uint32_t demand, char *room, size_t size);

#endif
