/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was on what when, in one run: read from its log alone. A task is one run of a step of a
 * playbook, from being due to its people being free again, cut into stages; a telephone call is a
 * task of whoever answers it, too. */
#ifndef MU_DRILL_TIMELINE_H
#define MU_DRILL_TIMELINE_H

#include "drill/plan.h"

typedef enum mu_activity {
    MU_ACTIVITY_WAITING, /* for people, things, a line or an answer */
    MU_ACTIVITY_WALKING,
    MU_ACTIVITY_WORKING,
    MU_ACTIVITY_TALKING, /* a message, from sending it to the end of the talk */
    MU_ACTIVITY_HOLDING, /* stays at what the step has reached */
    MU_ACTIVITY_COUNT
} mu_activity;

typedef struct mu_stage_time {
    uint32_t task;
    uint32_t activity; /* mu_activity */
    mu_time from_us, to_us;
} mu_stage_time;

typedef enum mu_task_end {
    MU_TASK_OPEN, /* when the run ended */
    MU_TASK_DONE,
    MU_TASK_ABANDONED,
    MU_TASK_CALLED_OFF
} mu_task_end;

typedef struct mu_task {
    uint32_t step;    /* of the plan's response */
    uint32_t role;    /* index into people->roles; MU_NONE: the site does it by itself */
    uint32_t persons; /* who set out together; 1 where nobody had to walk */
    uint32_t end;     /* mu_task_end */
    bool answers;     /* of the one who was called */
    mu_time from_us, to_us;
} mu_task;

/* A step that had to wait for somebody or something. */
typedef struct mu_wait_time {
    uint32_t step;
    mu_handle subject; /* whom or what it was given in the end; 0: nothing */
    mu_handle holder;  /* who or what held that until then; 0 */
    mu_time from_us, to_us;
} mu_wait_time;

typedef struct mu_unit_time {
    mu_time told_us, set_out_us, on_site_us; /* MU_NEVER */
} mu_unit_time;

/* Owned arrays are freed by mu_timeline_destroy. */
typedef struct mu_timeline {
    uint32_t replication;
    mu_time end_us;
    mu_task *tasks; /* in the order in which they were due */
    uint32_t task_count;
    mu_stage_time *stages; /* in the order in which they ended */
    uint32_t stage_count;
    mu_wait_time *waits; /* in the order in which they ended */
    uint32_t wait_count;
    mu_unit_time *units; /* per unit of the roster */
    mu_record *alerts;   /* copies: levels declared and the all-clear, each change once */
    uint32_t alert_count;
    mu_record *moments; /* copies: what happened, was found out or was ordered; the first of each */
    uint32_t moment_count;
} mu_timeline;

/* Was a lower level declared while this one was in force? Its measures begin, the level stays: only
 * the all-clear ends a level. Levels of other names than yellow, orange and red have no order. */
bool mu_alert_stays(const mu_plan *plan, const mu_record *in_force, const mu_record *declared);

/* MU_ERR_MEMORY leaves nothing to destroy. */
/* Is the alarm of a sensor one of temperature or humidity? */
bool mu_is_climate_alarm(const mu_plan *plan, const mu_record *detected);
/* Is it of note to somebody who watches? Of what intruders set off only the first that tells what
 * is guarded, not each sensor; temperature and humidity have no such summary. */
bool mu_is_alarm_of_note(const mu_plan *plan, const mu_record *detected);
/* Are two records of the same kind and about the same? An alarm is about what it guards. */
bool mu_is_same_moment(const mu_record *a, const mu_record *b);

MU_MUST_USE mu_status mu_timeline_read(const mu_plan *plan, const mu_log *log, mu_time end_us,
                                       uint32_t replication, mu_timeline *out);
void mu_timeline_destroy(mu_timeline *timeline);

#endif
