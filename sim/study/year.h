/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many replications of a year, and what they say together: one verdict on each clause, how hard
 * staff worked, how well things worked. Verdicts of incidents can be taken in, so that every clause
 * of the policy stands in one table. */
#ifndef MU_STUDY_YEAR_H
#define MU_STUDY_YEAR_H

#include "audit/audit.h"
#include "drill/findings.h"
#include "readiness/year_run.h"
#include "study/year_records.h"

typedef struct mu_year_clause {
    mu_how how;
    mu_verdict verdict;
    mu_reason reason;
    char rating; /* as a gap report's: P, S, M, U, N */
    uint32_t runs, met, not_exercised;
    double share, ci_low, ci_high; /* NAN without a run that decides */
    double median;                 /* of the value judged, in the demand's unit */
    double worst;                  /* the same in the year that misses most; NAN of an incident */
    uint32_t demand;               /* which demand the median speaks of */
    double occasions, kept;        /* per year, on average; 0 where none are counted */
    const char *incident;          /* that the verdict comes from; NULL */
} mu_year_clause;

/* A mean over replications and its standard deviation. */
typedef struct mu_year_mean {
    double mean, sd;
} mu_year_mean;

typedef struct mu_year_staff_row {
    mu_year_mean present_h, busy_h, held_h; /* person-hours of the year */
} mu_year_staff_row;

typedef struct mu_year_duty_row {
    mu_year_mean came, done, lapsed, late;
} mu_year_duty_row;

typedef struct mu_year_wear_row {
    mu_year_mean available; /* share of time that one piece works */
    mu_year_mean whole;     /* share of time that enough of them do; NAN where it is not asked */
    mu_year_mean faults, hidden_d, open_d, longest_d;
    double told; /* share of faults that told of themselves */
} mu_year_wear_row;

typedef struct mu_year_topic_row {
    mu_year_mean known; /* share still known, over persons and time */
    mu_year_mean at_end;
} mu_year_topic_row;

/* The hazard ledger, a year. */
typedef struct mu_year_ledger_row {
    mu_year_mean opened, open_at_end, overdue, age_d, longest_d, serious, unsafe, safe_h, accepted;
} mu_year_ledger_row;

typedef struct mu_year_rating_row {
    uint32_t duty;
    mu_year_mean points;          /* of all persons and ratings, 0..100 */
    double share[MU_GRADES_MOST]; /* of ratings, by grade; 0 where it has no grades */
} mu_year_rating_row;

typedef struct mu_year_results {
    const mu_year_plan *plan;
    const mu_audit *audit;
    uint64_t seed;
    uint32_t reps;
    mu_year_clause *clauses;
    mu_year_staff_row *staff;
    mu_year_duty_row *duties;
    mu_year_mean *stations; /* share of time manned */
    mu_year_wear_row *wears;
    mu_year_topic_row *topics;
    mu_year_mean *stores; /* share of stock usable */
    mu_year_mean *scores; /* of departments, 0..100 */
    double *low_scores;   /* scores below the pass mark, per year */
    mu_year_ledger_row ledger;
    mu_year_rating_row *ratings;      /* plan->ratings of them */
    mu_year_mean failings;            /* put on record */
    double sanctions[MU_GRADES_MOST]; /* a year, by grade */
    mu_year_records records;          /* of the replication whose log is kept */
    mu_year_mean spent;
    uint64_t events;     /* handled in all replications */
    uint64_t state_hash; /* of all final states */
    mu_log *log;         /* of one replication */
    uint32_t log_replication;
} mu_year_results;

typedef struct mu_year_asked {
    uint64_t seed;
    uint32_t reps, jobs, log_replication;
} mu_year_asked;

/* MU_ERR_* leaves nothing to destroy. */
MU_MUST_USE mu_status mu_year_study(const mu_year_plan *plan, const mu_audit *audit,
                                    const mu_year_asked *asked, mu_diags *diags,
                                    mu_year_results *out);
void mu_year_results_destroy(mu_year_results *results);

/* Takes in what an incident says of the clauses that it exercises; of several the worst counts. */
void mu_year_take_incident(mu_year_results *results, const mu_findings *findings,
                           const char *incident);

/* The reports, as those of incidents: HTML or Markdown; the caller frees the text. */
typedef struct mu_year_report_def {
    const mu_year_results *results;
    const char *language, *version, *command;
} mu_year_report_def;
char *mu_year_report(const mu_year_report_def *def, bool html);
/* The first paragraph alone, in the plan's arena. */
const char *mu_year_headline(const mu_year_results *results);
/* How many clauses have this verdict, by how it was reached; MU_NONE: in any way. */
uint32_t mu_year_count(const mu_year_results *results, mu_verdict verdict, uint32_t how);

/* The file kind "muster.year-results", for its JSON Schema and reference: Muster writes such files
 * and does not read them. */
extern const mu_file_kind mu_year_results_file;

/* Results and the log of one replication as files. */
MU_MUST_USE mu_status mu_year_write(const mu_year_results *results, const char *version,
                                    const char *path, mu_diags *diags);
MU_MUST_USE mu_status mu_year_write_log(const mu_year_results *results, const char *version,
                                        const char *path, mu_diags *diags);

#endif
