/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of casualties, and what the roll-call brought out: of one run, and over all. */
#ifndef MU_DRILL_FINDINGS_CARE_H
#define MU_DRILL_FINDINGS_CARE_H

#include "drill/plan.h"
#include "hazard/start.h"

/* What can be done for a casualty, in the usual order. */
typedef enum mu_care_stage {
    MU_CARE_FOUND,
    MU_CARE_TAGGED,
    MU_CARE_TREATED,
    MU_CARE_GATHERED, /* at the collection point */
    MU_CARE_TAKEN,    /* left the site */
    MU_CARE_ADMITTED, /* at the hospital */
    MU_CARE_STAGE_COUNT
} mu_care_stage;
/* The word that result files use: "found", "tagged", "treated", … */
const char *mu_care_stage_word(mu_care_stage stage);

/* One casualty of one run. */
typedef struct mu_care_case {
    uint32_t person;
    uint32_t plays; /* mu_start_tag */
    uint32_t tag;   /* as sorted; MU_START_TAG_COUNT: was not */
    bool counted;   /* at a roll-call */
    uint32_t hospital; /* that admitted them; MU_NONE */
    mu_time injured_us;
    mu_time at_us[MU_CARE_STAGE_COUNT]; /* since the start of the run; MU_NEVER */
} mu_care_case;

/* The roll-call of one run; counts as they stood when the lists were compared. */
typedef struct mu_roll_result {
    mu_time compared_us; /* MU_NEVER: there was none; the counts are then 0 */
    mu_time closed_us;   /* nobody was missing any more; MU_NEVER */
    uint32_t present;    /* counted, and on a list */
    uint32_t unlisted;   /* counted, but on no list */
    uint32_t known;      /* casualties that were known, so not missed, and not counted either */
    uint32_t missing;    /* on a list, and neither */
    uint32_t found;      /* of the missing, later */
} mu_roll_result;

typedef struct mu_care_result {
    mu_care_case *cases; /* owned, in the order in which they were hurt */
    uint32_t count;
    uint32_t *sent_on; /* owned, per hospital: vehicles that it turned away */
    mu_roll_result roll;
} mu_care_result;

MU_MUST_USE mu_status mu_care_read(const mu_plan *plan, const mu_log *log, mu_care_result *out);
void mu_care_result_destroy(mu_care_result *result);

/* One hospital over all runs with casualties: means. */
typedef struct mu_hospital_sum {
    double by_tag[MU_START_TAG_COUNT]; /* patients, by the tag given (that they play if none was) */
    double patients;
    double sent_on; /* vehicles that it turned away */
} mu_hospital_sum;

/* One stage over all runs with casualties; times since each was hurt. */
typedef struct mu_care_sum {
    double share;        /* of the casualties that got there; 'deceased' count until sorted */
    double t50_s, t95_s; /* until half and 95 % had: mean over the runs in which they did;
                            INFINITY if in none */
    uint32_t t50_never, t95_never; /* runs with casualties in which they did not */
    double last_s; /* until the last of those that did: mean over runs; NAN if none */
} mu_care_sum;

typedef struct mu_care_findings {
    uint32_t runs; /* with casualties */
    double count;  /* mean over these runs */
    double by_tag[MU_START_TAG_COUNT];
    mu_care_sum stages[MU_CARE_STAGE_COUNT];
    uint32_t curve_count;
    double *curve_s; /* time since they were hurt */
    double
        *curves[MU_CARE_STAGE_COUNT]; /* share of casualties that had got there: mean over runs */
    mu_hospital_sum *hospitals;       /* per hospital of the roster */
    uint32_t roll_runs;               /* in which the lists were compared: means over these */
    double roll_compared_s, roll_present, roll_unlisted, roll_known, roll_missing, roll_found;
    uint32_t roll_closed_runs; /* in which nobody was missing in the end, … */
    double roll_closed_s;      /* … and when; NAN if in none */
} mu_care_findings;

struct mu_findings;
MU_MUST_USE mu_status mu_findings_sum_care(struct mu_findings *findings);
void mu_care_findings_destroy(mu_care_findings *care);

#endif
