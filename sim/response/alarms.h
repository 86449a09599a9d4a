/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alarm desk: what sensors report waits for somebody of the desk's role to be free, is looked
 * at, and turns out to be an intrusion or nothing. Alarms without a cause come all the time and
 * take the same people's time. */
#ifndef MU_RESPONSE_ALARMS_H
#define MU_RESPONSE_ALARMS_H

#include "response/response.h"

typedef enum mu_alarm_state {
    MU_ALARM_QUIET,
    MU_ALARM_WAITS, /* for somebody to look at it */
    MU_ALARM_LOOKED_AT
} mu_alarm_state;

/* One per piece of equipment: a sensor has at most one alarm at the desk. */
typedef struct mu_alarm {
    uint32_t state;   /* mu_alarm_state */
    uint32_t real;    /* 1 = somebody is there */
    uint32_t request; /* record */
    uint32_t granted; /* record */
    uint32_t person;  /* who looks at it; MU_NONE */
    uint32_t looks;   /* times it was looked at: occasion of the draws */
    uint32_t falses;  /* alarms without a cause so far */
    uint32_t padding;
} mu_alarm;

void mu_alarms_register(const mu_site *site, mu_layout *layout);
void mu_alarms_begin(mu_sim *sim);
/* Something was written: is it an alarm? */
void mu_alarms_hear(mu_sim *sim, uint32_t record);
/* Somebody may be free: the alarm that has waited longest is looked at first. */
void mu_alarms_retry(mu_sim *sim);
/* Is an alarm waiting, or looked at? */
bool mu_alarms_wait(const mu_sim *sim);

/* Handlers. */
void mu_alarms_on_false(mu_sim *sim, const mu_event *event);
void mu_alarms_on_assessed(mu_sim *sim, const mu_event *event);

#endif
