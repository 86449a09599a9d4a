/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that the policy asks for and that nothing else writes down: what stands ready when the
 * incident begins, who is at the desk, who goes in with what, how long parts of the site go
 * unvisited, whether there is a live picture. Each is written when it first stands and whenever it
 * changes; a policy that asks for none of them gets none. */
#ifndef MU_RESPONSE_MEASURES_H
#define MU_RESPONSE_MEASURES_H

#include "response/response.h"

/* Parts of the site that patrols have to come back to at orange. */
enum { MU_REVISIT_PARKING, MU_REVISIT_ROOF, MU_REVISIT_COUNT };

typedef struct mu_watch_now {
    mu_time visited_us[MU_REVISIT_COUNT]; /* last time; MU_NEVER */
    mu_time live_since_us;                /* MU_NEVER: no picture now */
    mu_time live_us;                      /* had so far */
    mu_time live_from_us;                 /* when it first stood; MU_NEVER */
    uint32_t staffing;                    /* at the desk, at the last look */
    uint32_t orange, red;                 /* records; MU_NO_RECORD */
    uint32_t live;                        /* the step that sends it; MU_NONE */
    uint32_t closed;                      /* 1 = the numbers about time are written */
    uint32_t guided;                      /* 1 = a guide has led somebody */
    uint32_t counted;                     /* 1 = the car parks' count was asked for */
    uint32_t padding;
} mu_watch_now;

void mu_measures_register(mu_layout *layout);
void mu_measures_clear(mu_sim *sim);

/* Writes `value` as the number of `of` at `place` (NULL: nowhere); nothing where no clause speaks
 * of it. */
void mu_measure(mu_sim *sim, const char *of, const char *place, double value, uint32_t cause);

/* Something was written that may change a number. */
void mu_measures_hear(mu_sim *sim, uint32_t record);
/* A step's people are there and begin: do they go in with what protects them? */
void mu_measure_entry(mu_sim *sim, uint32_t step, uint32_t began);
/* A patrol has come to a stop. */
void mu_measure_visit(mu_sim *sim, uint32_t space);
/* A message has got a line: has it gone before one to the police or the fire service? */
void mu_measure_line(mu_sim *sim, uint32_t step, uint32_t channel, bool waited);
/* Is there a live picture from the field now? */
bool mu_measures_has_picture(const mu_sim *sim);
/* Share of the car parks' spaces whose count is known now, 0..1; 1 where the site has none. */
double mu_measures_car_park(const mu_sim *sim);
/* The run is over: what was still open counts up to now. */
void mu_measures_end(mu_sim *sim);

#endif
