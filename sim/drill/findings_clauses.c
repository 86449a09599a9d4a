/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the judgements of many runs to one verdict on each clause. Runs that do not decide are
 * counted and left out of every share. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "drill/findings_inside.h"

/* One deciding run. */
typedef struct run {
    double badness; /* the value, turned so that more is worse */
    uint32_t index; /* of the replicate */
} run;

static int compare_runs(const void *a, const void *b) {
    const run *left = a, *right = b;
    if (left->badness != right->badness) {
        return left->badness < right->badness ? -1 : 1;
    }
    return (left->index > right->index) - (left->index < right->index);
}

static const mu_judgement *judgement_of(const mu_findings *findings, uint32_t clause,
                                        uint32_t replicate) {
    return &findings->replicates[replicate].judgements[clause];
}

static bool is_judged_on_mean(const mu_clause *clause) {
    return clause->kind == MU_CLAUSE_DEADLINE && clause->statistic == MU_STATISTIC_MEAN;
}

/* Of a share, and of what has to be enough, less is worse. */
static double sign_of(const mu_clause *clause) {
    return clause->kind == MU_CLAUSE_COVERAGE || clause->statistic == MU_STATISTIC_LEAST ? -1 : 1;
}

/* Counts every run and lists those that decide, best first. */
static void count_runs(const mu_findings *findings, uint32_t clause, run *runs,
                       mu_clause_finding *out) {
    const mu_clause *given = &findings->plan->policy.clauses.items[clause];
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_judgement *j = judgement_of(findings, clause, i);
        switch (j->verdict) {
        case MU_VERDICT_NOT_EXERCISED:
            out->not_exercised++;
            out->reason = j->reason > out->reason ? j->reason : out->reason;
            continue;
        case MU_VERDICT_UNDECIDED:
            out->undecided++;
            continue;
        case MU_VERDICT_MET:
            out->met++;
            break;
        case MU_VERDICT_MISSED:
            out->never += j->value_us == MU_NEVER;
            break;
        }
        runs[out->runs++] = (run){sign_of(given) * j->value, i};
    }
    qsort(runs, out->runs, sizeof *runs, compare_runs);
}

static void sum_values(const mu_findings *findings, uint32_t clause, const run *runs,
                       mu_clause_finding *out) {
    const double sign = sign_of(&findings->plan->policy.clauses.items[clause]);
    double sum = 0;
    for (uint32_t i = 0; i < out->runs; i++) {
        sum += sign * runs[i].badness;
    }
    out->mean = sum / out->runs;
    out->median = sign * runs[mu_percentile_rank(50, out->runs) - 1].badness;
    out->p90 = sign * runs[mu_percentile_rank(90, out->runs) - 1].badness;
}

/* Can this run's chain show what the clause suffers from? */
static bool can_explain(const mu_judgement *j, const mu_clause_finding *finding) {
    const bool any_missed = finding->met < finding->runs;
    return j->end != MU_NO_RECORD && (!any_missed || j->verdict == MU_VERDICT_MISSED);
}

/* The lower median of the runs that can explain the clause, in order of their values; where there
 * are none, the first that missed: its end never came. */
static uint32_t choose_typical(const mu_findings *findings, uint32_t clause, const run *runs,
                               const mu_clause_finding *finding) {
    uint32_t count = 0, missed = MU_NONE;
    for (uint32_t i = 0; i < finding->runs; i++) {
        const mu_judgement *j = judgement_of(findings, clause, runs[i].index);
        count += can_explain(j, finding);
        if (j->verdict == MU_VERDICT_MISSED && missed == MU_NONE) {
            missed = findings->replicates[runs[i].index].replication;
        }
    }
    uint32_t before = count > 0 ? mu_percentile_rank(50, count) - 1 : 0;
    for (uint32_t i = 0; i < finding->runs && count > 0; i++) {
        const mu_judgement *j = judgement_of(findings, clause, runs[i].index);
        if (can_explain(j, finding) && before-- == 0) {
            return findings->replicates[runs[i].index].replication;
        }
    }
    return missed;
}

/* Upper bound of the 95 % interval of the mean (Student); INFINITY where there is none. */
static double mean_bound(const run *runs, const mu_clause_finding *finding) {
    const uint32_t n = finding->runs;
    if (n < 2 || !isfinite(finding->mean)) {
        return (double)INFINITY;
    }
    double squares = 0;
    for (uint32_t i = 0; i < n; i++) {
        const double away = runs[i].badness - finding->mean;
        squares += away * away;
    }
    const double error = sqrt(squares / (n - 1) / n);
    return finding->mean + gsl_cdf_tdist_Pinv(0.975, n - 1) * error;
}

/* A clause about a mean: the same four steps, the mean in place of the share. */
static void judge_mean(const run *runs, mu_clause_finding *out) {
    const bool met = out->mean <= out->limit;
    out->verdict = met ? MU_VERDICT_MET : MU_VERDICT_MISSED;
    if (met) {
        out->rating = mean_bound(runs, out) <= out->limit ? 'P' : 'S';
    } else {
        out->rating = out->share >= 0.5 ? 'M' : 'U';
    }
}

static void judge_share(double required, mu_clause_finding *out) {
    out->verdict = out->share >= required ? MU_VERDICT_MET : MU_VERDICT_MISSED;
    out->rating = mu_rate(out->met, out->runs, required);
}

static mu_how how_of(const mu_clause *clause) {
    for (uint32_t i = 0; i < clause->judged_by.count; i++) {
        if (clause->judged_by.items[i] == MU_HOW_SIMULATED) {
            return MU_HOW_SIMULATED;
        }
    }
    return clause->judged_by.count > 0 ? (mu_how)clause->judged_by.items[0] : MU_HOW_DECLARED;
}

static void judge_clause(mu_findings *findings, uint32_t clause, run *runs) {
    const mu_policy *policy = &findings->plan->policy;
    const mu_clause *given = &policy->clauses.items[clause];
    const double nan = (double)NAN;
    mu_clause_finding *out = &findings->clauses[clause];
    *out = (mu_clause_finding){.how = how_of(given),
                               .share = nan,
                               .ci_low = nan,
                               .ci_high = nan,
                               .limit = nan,
                               .median = nan,
                               .p90 = nan,
                               .mean = nan,
                               .rating = 'N',
                               .typical = MU_NONE};
    if (given->demands.count > 0) {
        out->limit = given->demands.items[0].value;
    }
    count_runs(findings, clause, runs, out);
    if (out->runs == 0) {
        out->verdict = out->undecided > 0 ? MU_VERDICT_UNDECIDED : MU_VERDICT_NOT_EXERCISED;
    } else {
        out->share = (double)out->met / out->runs;
        mu_wilson(out->met, out->runs, &out->ci_low, &out->ci_high);
        sum_values(findings, clause, runs, out);
        out->typical = choose_typical(findings, clause, runs, out);
        if (is_judged_on_mean(given)) {
            judge_mean(runs, out);
        } else {
            judge_share(policy->required_share, out);
        }
    }
    if (out->verdict != MU_VERDICT_NOT_EXERCISED) {
        out->how = MU_HOW_SIMULATED;
        out->reason = MU_REASON_NONE;
    }
}

mu_status mu_findings_judge(mu_findings *findings) {
    const uint32_t count = findings->plan->policy.clauses.count;
    run *runs = malloc(findings->reps * sizeof *runs);
    if (runs == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        judge_clause(findings, i, runs);
    }
    free(runs);
    return MU_OK;
}
