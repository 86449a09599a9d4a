/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which hospital takes whom. A hospital has so many places for each tag, as the planner gives them.
 * Where the hospitals have been told of casualties beforehand, whoever drives knows where there is
 * room, and goes to the nearest that has a place for the worst patient aboard. Where they have not,
 * they drive to the nearest, and are sent on from there if it is full. */
#ifndef MU_RESPONSE_HOSPITAL_H
#define MU_RESPONSE_HOSPITAL_H

#include "hazard/start.h"
#include "response/response.h"

typedef struct mu_hospital_now {
    uint32_t taken[MU_START_TAG_COUNT]; /* places, by the patient's tag */
    uint32_t told;                      /* 1 = knows of casualties, and says what room it has */
    uint32_t padding;
} mu_hospital_now;

void mu_hospitals_register(const mu_people *people, mu_layout *layout);
void mu_hospitals_begin(mu_sim *sim);
/* The hospitals have been told (a NOTIFIED record)? */
void mu_hospitals_hear(mu_sim *sim, uint32_t record);

/* The hospital to drive to with patients of these tags (so many of each); MU_NONE: the roster has
 * none. `expected`: it has been told, and keeps the places. */
uint32_t mu_hospital_choose(mu_sim *sim, const uint32_t *tags, bool *expected);
/* Patients are at the door of a hospital that did not know of them: are they taken in? Else the one
 * that they are sent on to, which keeps places for them. */
uint32_t mu_hospital_at_door(mu_sim *sim, uint32_t hospital, const uint32_t *tags);

#endif
