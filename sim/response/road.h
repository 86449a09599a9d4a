/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lane on which help from outside comes in: a car that is parked on it stops the first vehicle
 * until it has been taken away, and those behind it. A camera over the lane has most of such cars
 * moved before anybody needs the lane, as long as it works. */
#ifndef MU_RESPONSE_ROAD_H
#define MU_RESPONSE_ROAD_H

#include "response/response.h"

typedef struct mu_road_now {
    uint32_t state;   /* mu_lane_state */
    uint32_t blocked; /* record that a vehicle stands before it with; MU_NO_RECORD */
    mu_time free_us;  /* when it is free again */
} mu_road_now;

void mu_roads_register(const mu_site *site, mu_layout *layout);
void mu_roads_begin(mu_sim *sim);
/* A unit has come to the road's end: how long does it stand before the lane? `cause` becomes the
 * record that says so. */
mu_time mu_road_holds(mu_sim *sim, uint32_t unit, uint32_t *cause);
/* The lane before a unit is free: returns the record. */
uint32_t mu_road_is_free(mu_sim *sim, uint32_t unit, uint32_t cause);

#endif
