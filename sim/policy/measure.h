/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clauses about a number that is no time: how many are there, which share, how high. Whatever knows
 * the number writes it into the log as a record 'measured' when it first stands and whenever it
 * changes; here it is only compared. */
#ifndef MU_POLICY_MEASURE_H
#define MU_POLICY_MEASURE_H

#include "policy/by_kind.h"
#include "policy/judge.h"

/* Is the clause judged on numbers in the log? */
static inline bool mu_is_measured(const mu_judged_clause *clause) {
    return clause->has_end && clause->end.kind == MU_RECORD_MEASURED;
}

/* Must the number be at most the demand's? Else at least. The statistic says so: `least` the lowest
 * of all is at least the demand, `most` the highest is at most. Of the others an interval, a limit,
 * a time, a rate or a distance is a most; so many a year, hours a week, a share and everything else
 * are a least. */
bool mu_demand_is_most(const mu_clause *clause, uint32_t demand);
/* Of the first demand; there must be one. */
bool mu_measure_is_most(const mu_clause *clause);

/* The numbers of one clause and demand, one after another, and what counts of them. */
typedef struct mu_measured {
    double value; /* the first, or the worst; what counts is mu_measure_value */
    double sum;
    uint32_t record, count;
} mu_measured;

/* The demand that a record speaks of: the one that its place names, else the first. */
uint32_t mu_measure_demand(const mu_judged_clause *clause, const mu_record *record);
void mu_measure_take(mu_measured *out, const mu_judged_clause *clause, uint32_t demand, uint32_t id,
                     double value);
double mu_measure_value(const mu_measured *all, const mu_judged_clause *clause);

/* Compares what was measured from the start on (from the beginning, where there is no start).
 * `first` takes the first number alone, `mean` the mean of all, the others the worst. Where a
 * record's place is the name of another demand of the clause it is compared with that one, and
 * every one of them has to hold. Nothing measured: undecided while the run could still bring it,
 * else not exercised. */
mu_judgement mu_judge_measured(const mu_judged_clause *clause, const mu_by_kind *log,
                               const mu_run_facts *facts);

#endif
