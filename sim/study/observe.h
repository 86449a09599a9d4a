/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Predicted against observed: what the runs of an incident said of each clause, and what a real
 * exercise of it showed; which settings would explain the difference; and the evaluation report. */
#ifndef MU_STUDY_OBSERVE_H
#define MU_STUDY_OBSERVE_H

#include "drill/pack/observed.h"
#include "drill/report/report.h"

typedef enum mu_fits {
    MU_FITS_UNKNOWN, /* not watched, or not predicted */
    MU_FITS_WITHIN,  /* as nine of ten runs have it */
    MU_FITS_BETTER,  /* outside that, on the good side */
    MU_FITS_WORSE
} mu_fits;

/* One clause, both ways. */
typedef struct mu_compared {
    mu_watched watched;
    mu_verdict observed; /* NOT_EXERCISED where it was not watched */
    double value;        /* observed, in the unit of mu_judge_unit; NAN */
    double low, high;    /* 5 and 95 % of the deciding runs; INFINITY for never; NAN: none */
    double median;
    mu_fits fits;
} mu_compared;

/* A setting that would explain a clause's difference if all of it were that setting's. */
typedef struct mu_explaining {
    uint32_t clause;
    uint32_t part;       /* of the clause's chain of causes */
    const char *pointer; /* "/units/police.patrol_1/dispatched_in_s" */
    const char *unit;    /* of the setting */
    const mu_dist *dist; /* as the files give it */
    double took;         /* the setting in the typical run */
    double wanted;       /* what it would have to have been */
    double share;        /* of its distribution at least as far off on that side; NAN: has none */
    double measured;     /* from two boxes; NAN */
} mu_explaining;

typedef struct mu_observe_def {
    mu_report_def report;        /* of the runs: findings, language, files, version */
    const mu_findings *observed; /* one run: the exercise */
    const mu_observed *sheet;
    const char *date;  /* "2026-09-15"; NULL: not given */
    const char *due;   /* "2026-09-17 10:00": when the report is due; NULL */
    const char *times; /* the sheet's file, as the user named it */
} mu_observe_def;

/* One per clause of the policy; in the arena, NULL where there is no memory. */
mu_compared *mu_observe_compare(const mu_observe_def *def, mu_arena *arena);
/* Settings for every clause that is worse or better than predicted, the likeliest of each clause
 * first. In the arena. */
typedef MU_LIST_OF(mu_explaining) mu_explaining_list;
mu_explaining_list mu_observe_explain(const mu_observe_def *def, const mu_compared *compared,
                                      mu_arena *arena);
/* Suggested rating of a capability from its observed clauses: 'P' all met; 'S' all of severity 4
 * and 5 met; 'M' at least half met; 'U' less; 'N' none watched. */
char mu_observe_rating(const mu_observe_def *def, const mu_compared *compared,
                       const char *capability);

/* The evaluation report: HSEEP's form in English, AQ/T 9009's in Chinese. HTML; to be freed. */
char *mu_observe_page(const mu_observe_def *def);

#endif
