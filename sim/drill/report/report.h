/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gap report: what findings say to the people who own the policy. HTML and Markdown are two
 * faces of the same view. The forms follow the exercise world's own: in English the after-action
 * report and improvement plan of HSEEP, in Chinese the drill evaluation report of AQ/T 9009. Every
 * rating is marked as predicted. */
#ifndef MU_DRILL_REPORT_H
#define MU_DRILL_REPORT_H

#include "drill/findings.h"
#include "drill/timeline.h"
#include "muster/tabletop.h"

/* The plan of one level at one moment, drawn elsewhere. */
typedef struct mu_report_picture {
    mu_time time_us;
    const char *moment; /* in words, translated: "First notice" */
    uint32_t level;     /* of the site */
    char *svg;          /* one whole SVG element, whose ids no other picture has */
} mu_report_picture;

/* How a branch of a tabletop was judged. */
typedef struct mu_report_branch {
    uint32_t met, missed, undecided; /* clauses */
    uint32_t left;                   /* occupants who left the building */
} mu_report_branch;

/* A change that was measured to mend a clause (`muster fix`), in words. */
typedef struct mu_report_fix {
    const char *clause; /* its id */
    const char *said;
} mu_report_fix;

typedef struct mu_report_def {
    const mu_findings *findings;
    const char *language; /* "zh" or "en": of names from the files, and the order of the parts. What
                             the program itself says comes in the language in force (gettext) */
    const char *incident; /* files as the user named them; */
    const char *policy;   /* NULL = the incident's own */
    const char *motion;   /* words given in place of the incident's own; NULL */
    const char *motion_mode;
    const char *from_year;        /* options that start it from a day of a year; NULL */
    const char *const *otherwise; /* what is then otherwise than in the files, a line each */
    uint32_t otherwise_count;
    uint32_t log_replication;          /* whose log was written beside the report */
    const mu_timeline *timeline;       /* of that run; NULL = the report has none */
    const mu_report_picture *pictures; /* of that run, too; none where nothing can draw them */
    uint32_t picture_count;
    const char *animation;            /* HTML of a moving picture of that run; NULL = none */
    const mu_tabletop *tabletop;      /* NULL: a batch of runs; else: */
    uint32_t branch;                  /* that is reported on */
    const mu_report_branch *branches; /* one per branch */
    const char *session;              /* its file, as the user named it */
    const mu_report_fix *fixes;       /* NULL: none were measured; else by clause, the best first */
    uint32_t fix_count;
    const char *version; /* of the program */
} mu_report_def;

/* Each returns text that the caller frees with free(); NULL where there is no memory. */
char *mu_report_html(const mu_report_def *def);
char *mu_report_markdown(const mu_report_def *def);
/* The first paragraph alone, as plain text of one line. */
char *mu_report_headline(const mu_report_def *def);

#endif
