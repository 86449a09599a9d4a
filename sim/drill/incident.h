/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One incident as its file gives it: which site, people, policy and playbooks, what happens, where
 * and when. It is given by the planner; nothing in Muster varies or searches it. */
#ifndef MU_DRILL_INCIDENT_H
#define MU_DRILL_INCIDENT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/dist.h"
#include "core/given.h"
#include "core/loader.h"
#include "response/intelligence.h"
#include "response/relief.h"
#include "drill/exercise.h"
#include "threat/threat.h"

typedef enum mu_incident_kind {
    MU_INCIDENT_EVACUATION, /* a plain alarm, no threat */
    MU_INCIDENT_PACKAGE,    /* a suspicious item is found */
    MU_INCIDENT_CHEMICAL,   /* a gas leaks */
    MU_INCIDENT_HOSTAGE,    /* people are held */
    MU_INCIDENT_INTRUSION,  /* somebody comes in over the perimeter */
    MU_INCIDENT_CALL,       /* a threat by telephone */
    MU_INCIDENT_VEHICLE     /* a vehicle at a gate */
} mu_incident_kind;
/* Their keywords, NULL-terminated. */
extern const char *const mu_incident_kind_words[];

typedef struct mu_incident {
    const char *id;
    mu_text name;
    mu_text story;
    int kind;         /* mu_incident_kind */
    const char *site; /* files, relative to this one */
    const char *roster;
    const char *policy;
    mu_string_list playbooks;
    const char *starts_at;    /* date and time of day, for the report */
    double alarm_at_s;        /* evacuation: when the alarm is raised */
    mu_item_given item;       /* package */
    mu_release_given release; /* chemical */
    mu_wind wind;
    mu_second_given second_item;  /* package */
    mu_hostage_given hostage;     /* hostage */
    mu_intruder_given intruder;   /* intrusion */
    mu_call_given call;           /* call */
    mu_vehicle_given vehicle;     /* vehicle */
    MU_LIST_OF(mu_outage) outages;
    MU_LIST_OF(mu_shift_change) shift_changes;
    MU_LIST_OF(mu_tip) tips;
    mu_exercise exercise;
    double horizon_s;             /* the run ends here at the latest */
    bool incremental_premovement; /* PD 7974-6: last occupants at first + spread; else absolute */
    double premovement_factor;    /* 0: everyone sets off when alerted */
    int motion;                   /* mu_motion_kind */
    int motion_mode;              /* mu_motion_mode */
    int64_t seed;
} mu_incident;

/* The file kind "muster.incident"; its root struct is mu_incident. */
extern const mu_file_kind mu_incident_file;

#endif
