/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the runs of one incident say, ready to be written: metrics, verdicts over all replications,
 * gaps. Made from logs only. metrics.json, report.html and report.md are three faces of this. */
#ifndef MU_DRILL_FINDINGS_H
#define MU_DRILL_FINDINGS_H

#include "crowd/crowd.h"
#include "drill/assisted.h"
#include "drill/findings_care.h"
#include "drill/findings_reach.h"
#include "drill/gas_findings.h"
#include "drill/plan.h"
#include "drill/siege.h"
#include "drill/workload.h"
#include "policy/judge.h"

/* What one replication leaves behind once its log has been read. Owned arrays are freed by
 * mu_replicate_destroy. */
typedef struct mu_replicate {
    uint32_t replication;
    uint64_t state_hash; /* of the world at the end */
    mu_time end_us;
    bool quiet; /* nothing was left to happen; else stopped at the horizon */
    uint32_t in_state[MU_OCCUPANT_STATE_COUNT];
    mu_time *left_us;     /* per occupant in order of people: MU_NEVER = never left the building */
    mu_time *alerted_us;  /* per occupant: MU_NEVER = never reached */
    uint8_t *unreached;     /* per occupant: bits of mu_unreached_why; NULL: not kept */
    uint32_t *unreached_in; /* per occupant: space they were in then; MU_NONE */
    uint32_t *alerted_by; /* per occupant: channel index, MU_NONE = no channel */
    mu_time ordered_us;   /* first alarm or order to leave; MU_NEVER */
    uint32_t left;        /* of those who were indoors at the start: how many left the building, */
    mu_time left_sum_us, left_p95_us, left_last_us; /* and when; MU_NEVER where none did */
    uint32_t reached;                               /* occupants alerted, */
    mu_time reached_50_us, reached_95_us; /* and when half and 95 % of all were; MU_NEVER */
    uint32_t sent, delivered, lost;       /* messages, counted by receiver */
    uint32_t *channel_sent, *channel_delivered, *channel_lost; /* per channel */
    mu_judgement *judgements;                                  /* per clause */
    uint8_t *remains;     /* per occupant: mu_remains at the end of the run */
    uint32_t *remains_in; /* per occupant: the space they are in then; MU_NONE: on a stair */
    mu_time exposed_peak_at_us;
    uint32_t exposed_peak;   /* most occupants at once inside the policy's radius of the item */
    double exposed_person_s; /* time integral of that number */
    mu_gas_reading gas;
    mu_siege siege;      /* shelter, people held, and everybody's changes of state */
    mu_care_result care; /* casualties and roll-call */
    mu_assisted assisted; /* places of refuge and lifts */
    mu_workload workload; /* of the teams; empty unless mu_replicate_add_workload was called */
} mu_replicate;

/* Shelter and people held: means over runs unless said otherwise. */
typedef struct mu_siege_finding {
    uint32_t seized_runs, resolved_runs; /* in which people were held, and came free */
    double held, let_go, held_person_s;
    double lasted_mean_s, lasted_median_s, lasted_p95_s; /* over those resolved; NAN without */
    uint32_t locked_down_runs, secured_runs;
    double secured_s; /* from the first lockdown being ordered; NAN */
    double sheltered, stayed_in, doors;
    double crossed_told, crossed_untold;
    double asked, known;
    uint32_t known_half_runs;
    double known_half_s; /* from the first lockdown being ordered; NAN */
} mu_siege_finding;

/* One clause over all replications. */
typedef struct mu_clause_finding {
    mu_verdict verdict; /* over all runs, against the policy's required share (or on the mean) */
    mu_reason reason;   /* of not exercised */
    mu_how how;         /* how it was judged, or would be */
    uint32_t runs;      /* that decide */
    uint32_t met;
    uint32_t never; /* of the missed: the end never came */
    uint32_t undecided, not_exercised;
    double share;           /* met / runs; NAN without runs */
    double ci_low, ci_high; /* Wilson, 95 %; NAN without runs */
    double limit;           /* the first demand's value, in its own unit; NAN where there is none */
    double median, p90, mean; /* of the value over the deciding runs, in the unit of mu_judge_unit:
                                 half and nine tenths of the runs are at least as good as the first
                                 two. INFINITY where never; NAN: no runs */
    char rating;          /* predicted: 'P', 'S', 'M', 'U', or 'N' (not exercised); see mu_rate */
    uint32_t typical;     /* replication whose chain is shown: the lower median of those that missed
                             and ended, or of all if none missed; MU_NONE without runs */
    bool has_chain;       /* the typical replication ended: */
    mu_record cause;      /* of the record that ended it; that one itself where it has none */
    mu_time chain_us;     /* the whole time from start to end, */
    mu_chain_part *chain; /* and its parts */
    uint32_t chain_count;
    mu_record *chain_records; /* copies of the records that end the parts */
} mu_clause_finding;

struct mu_findings {
    const mu_plan *plan;
    uint64_t seed;
    uint32_t reps, jobs;
    uint32_t occupants;
    uint32_t indoors;                         /* of them, at the start */
    double by_state[MU_OCCUPANT_STATE_COUNT]; /* mean over runs */
    uint32_t evacuation_runs;                 /* in which anybody left the building */
    double evacuation_mean_s, evacuation_p95_s, evacuation_last_s; /* time since the start of the
                                                 run at which people left: mean over those runs of
                                                 each run's value; NAN without such runs. Of those
                                                 who left: the others are in evacuated_share */
    double evacuated_share; /* of those indoors at the start */
    uint32_t ordered_runs;  /* with an alarm or order to leave, */
    double ordered_s;       /* and when the first one was: mean; NAN without */
    uint32_t curve_count;   /* times at which the curves are given */
    double *curve_s;
    double *left_share, *left_low, *left_high; /* of those indoors: mean, 5 % and 95 % over runs */
    double *alerted_share, *alerted_low, *alerted_high; /* of all occupants */
    double reached_share;
    double t50_s, t95_s;           /* until half and 95 % were reached: mean over the runs in which
                                      they were; INFINITY if in none */
    uint32_t t50_never, t95_never; /* runs in which they were not */
    double *channel_share;         /* of occupants first reached by each channel */
    double *channel_sent, *channel_delivered, *channel_lost; /* means over runs */
    double sent, delivered, lost;                            /* means over runs */
    double exposed_peak, exposed_person_s;
    mu_reach_finding reach;
    mu_care_findings care;
    mu_assisted_finding assisted;
    mu_gas_finding gas;
    mu_siege_finding siege;
    uint32_t state_count; /* times at which everybody's state is given */
    double *state_s;
    double (*state_at)[MU_OCCUPANT_STATE_COUNT]; /* per time: mean over runs */
    mu_clause_finding *clauses;                  /* one per clause of the plan's policy */
    mu_replicate *replicates;                    /* reps of them */
};

/* Reads one finished log into a replicate. MU_ERR_MEMORY leaves nothing to destroy. */
MU_MUST_USE mu_status mu_replicate_read(const mu_plan *plan, const mu_log *log, mu_time end_us,
                                        bool quiet, uint64_t state_hash, uint32_t replication,
                                        mu_replicate *out);
void mu_replicate_destroy(mu_replicate *replicate);
/* What each team had to carry in that run: for reports only, since it takes a pass of its own. */
MU_MUST_USE mu_status mu_replicate_add_workload(const mu_plan *plan, const mu_log *log,
                                                mu_replicate *replicate);
/* Was this person in a building at the start? */
bool mu_person_starts_indoors(const mu_plan *plan, uint32_t person);

/* Sums up replicates (in order of replication, `reps` > 0, got from malloc; taken over by the
 * findings if this succeeds). Chains are still empty. */
MU_MUST_USE mu_status mu_findings_create(const mu_plan *plan, uint64_t seed,
                                         mu_replicate *replicates, uint32_t reps,
                                         mu_findings **out);
/* Adds the chains of every clause whose typical replication is the one that wrote this log. */
MU_MUST_USE mu_status mu_findings_explain(mu_findings *findings, uint32_t replication,
                                          const mu_log *log);

/* In how many runs an occupant (numbered as in a replicate's lists) was still inside at the end;
 * *first is the first of them, if there is any. */
uint32_t mu_findings_runs_inside(const mu_findings *findings, uint32_t occupant, uint32_t *first);

/* Wilson score interval of a proportion, 95 % (Wilson 1927). runs > 0. */
void mu_wilson(uint32_t met, uint32_t runs, double *low, double *high);

/* The rank, from 1, of the p-th percentile of n > 0 values in order: the first with at least p % of
 * all values up to and including it (the inverse of the empirical distribution function; of an even
 * number the lower median). p is 1..100. */
uint32_t mu_percentile_rank(uint32_t p, uint32_t n);

/* The predicted rating of a clause by the share of deciding runs that met it: 'P' (performed, 优)
 * if the interval's lower bound is at least the required share; 'S' (some challenges, 良) if the
 * share is, but not the bound; 'M' (major challenges, 中) if the share is at least one half; else
 * 'U' (unable, 差). 'N' without runs. */
char mu_rate(uint32_t met, uint32_t runs, double required_share);

#endif
