/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is there at which hour, as a project's files have it: people by the curves of a day, and
 * those on duty by their shifts, with the hours at which nobody is. */
#ifndef MUSTER_HOURS_H
#define MUSTER_HOURS_H

#include "muster/project.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { MU_HOURS_A_DAY = 24, MU_DAYS_A_WEEK = 7, MU_HOURS_A_WEEK = 168 };

typedef struct mu_day_group {
    const char *pointer, *title, *role;
    uint32_t count;    /* that the shares are of */
    const char *curve; /* "office"; "" = the group's own shares */
    uint32_t persons[MU_HOURS_A_DAY];
} mu_day_group;

/* All rooms of one use. */
typedef struct mu_day_use {
    const char *use; /* word of the site's file */
    uint32_t rooms;
    double area_m2;
    double metres_each; /* a person, International Building Code 2021, table 1004.5; 0 = none */
    uint32_t load;      /* persons that the rooms hold by it */
    uint32_t persons[MU_HOURS_A_DAY];
} mu_day_use;

typedef struct mu_day {
    const mu_day_group *groups;
    const mu_day_use *uses; /* those in which there is anybody, or could be */
    uint32_t group_count, use_count;
    uint32_t total[MU_HOURS_A_DAY], most;
    uint32_t weekday; /* that it is of; 0 = Monday */
    double begins_h;  /* when the incident begins; below 0: nothing says so */
    uint32_t begins_on;
} mu_day;

/* Borrowed until the next call. NULL: there is no roster, or no memory. */
const mu_day *mu_project_day(mu_project *project, uint32_t weekday, const char *language);
/* Has a group go by a curve ("office"), by a word of mu_project_curves. One step. */
MU_MUST_USE mu_status mu_project_set_curve(mu_project *project, const char *group,
                                           const char *curve);
/* So many of a group are there in this hour: its curve becomes its own. More than there are raises
 * their number, and lowers the shares of other hours to match. One step. */
MU_MUST_USE mu_status mu_project_set_persons(mu_project *project, const char *group, uint32_t hour,
                                             uint32_t persons);
/* Curves that a group can go by, "always" first; NULL-terminated. */
const char *const *mu_project_curves(void);

/* --- shifts --- */

typedef struct mu_duty_row {
    const char *pointer, *title, *role, *role_name, *skills, *post;
    uint32_t count;
    bool is_given;     /* shifts are said; else it follows from who relieves whom, or is always */
    const char *hours; /* "8-20", "Mon-Fri 9-17": as it is typed */
    bool on[MU_HOURS_A_WEEK]; /* Monday 00 first */
} mu_duty_row;

typedef enum mu_duty_need {
    MU_DUTY_POST, /* that somebody holds at other hours */
    MU_DUTY_ROLE, /* that a playbook names */
    MU_DUTY_SKILL
} mu_duty_need;

/* What somebody is wanted for round the clock. */
typedef struct mu_duty_cover {
    mu_duty_need need;
    const char *name;                        /* id of the post, or the word */
    const char *title;                       /* as people say it */
    uint16_t persons[MU_HOURS_A_WEEK], gaps; /* hours of the week with nobody */
} mu_duty_cover;

typedef struct mu_duty {
    const mu_duty_row *rows;
    const mu_duty_cover *covers;                /* those with gaps first */
    uint32_t row_count, cover_count, gap_count; /* covers with gaps */
    uint16_t persons[MU_HOURS_A_WEEK];
} mu_duty;

const mu_duty *mu_project_duty(mu_project *project, const char *language);
/* The hours of the week at which a member is on duty; all of them: no shifts are said. One step. */
MU_MUST_USE mu_status mu_project_set_duty(mu_project *project, const char *member,
                                          const bool on[MU_HOURS_A_WEEK]);
/* From what somebody types: "8-20", "mon-fri 9-17, sat 10-14", "always". One step; MU_ERR_INPUT,
 * and nothing changed: it cannot be read. */
MU_MUST_USE mu_status mu_project_set_shifts(mu_project *project, const char *member,
                                            const char *text);

#ifdef __cplusplus
}
#endif
#endif
