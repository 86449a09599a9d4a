/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A real exercise: what evaluators wrote into the boxes of a pack becomes a log, and that is judged
 * as the log of any run is. */
#ifndef MU_DRILL_PACK_OBSERVED_H
#define MU_DRILL_PACK_OBSERVED_H

#include "drill/findings.h"
#include "drill/pack/pack_file.h"

typedef enum mu_seen {
    MU_SEEN_NOT,   /* left empty: nobody watched */
    MU_SEEN_NEVER, /* a dash: it was watched for and did not come */
    MU_SEEN_CAME
} mu_seen;

/* One filled-in box. */
typedef struct mu_observation {
    uint32_t box;    /* of the pack */
    uint32_t seen;   /* mu_seen; NEVER or CAME */
    mu_time time_us; /* of CAME */
    double value;    /* of a number or a head count */
} mu_observation;

typedef struct mu_observed {
    const mu_plan *plan;
    const mu_pack_given *pack;
    mu_observation *items; /* in the order of the sheet; the caller's */
    uint32_t count;
    mu_time end_us; /* of the exercise */
    bool quiet;     /* it was played to its end */
} mu_observed;

/* What a box of the pack stands for; false where this plan does not know it. */
bool mu_observed_watch(const mu_plan *plan, const mu_pack_box *box, mu_watch *out);
/* Makes the log. The caller destroys it. MU_ERR_INPUT: a box that the plan does not know. */
MU_MUST_USE mu_status mu_observed_log(const mu_observed *observed, mu_log **out);
/* Judges it: findings of one run. The caller destroys them. */
MU_MUST_USE mu_status mu_observed_judge(const mu_observed *observed, mu_findings **out);

/* What of a clause was watched. Without its start or its end nothing can be said of it, whatever
 * the judge makes of the records that are there. */
typedef enum mu_watched {
    MU_WATCHED_NO_BOX, /* the pack has no box for it */
    MU_WATCHED_NO,     /* its boxes were left empty */
    MU_WATCHED_YES
} mu_watched;
mu_watched mu_observed_watched(const mu_observed *observed, uint32_t clause);

/* Fills in the boxes from a log, as if everything had been seen: for rehearsing, and so that
 * tabletops and runs can be judged from the same sheet. Owned by the caller (free). */
MU_MUST_USE mu_status mu_observed_from_log(const mu_plan *plan, const mu_pack_given *pack,
                                           const mu_log *log, const mu_run_end *end,
                                           mu_observation **out, uint32_t *count);

/* A time that was measured from two boxes and is a setting of the files. */
typedef struct mu_measured_setting {
    const char *pointer; /* "/steps/verify/takes_s", in the arena */
    double value;
} mu_measured_setting;
typedef MU_LIST_OF(mu_measured_setting) mu_measured_settings;
/* Work of steps from 'begun' to 'done', and of units from being told to setting out, and their
 * speed on the road. In the arena; empty where there is no memory. */
mu_measured_settings mu_observed_settings(const mu_observed *observed, mu_arena *arena);

#endif
