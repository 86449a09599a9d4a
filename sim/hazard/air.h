/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gas in a building as well-mixed zones that exchange air at given rates: the model of CONTAM and
 * of Axley (NBSIR 87-3661, 88-3814; NIST TN 1887),
 *
 *     V_i dC_i/dt = sum_j Q_ji (1 - f_ji) C_j + Q_oi (1 - f_oi) C_o - C_i sum Q_i,out + G_i - k_i
 * V_i C_i
 *
 * It assumes that a zone is mixed at once, that the gas is too thin to change the flows, and that
 * what has left for the open does not come back. Air flows and gas are given; nothing is sought. */
#ifndef MU_HAZARD_AIR_H
#define MU_HAZARD_AIR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/limits.h"
#include "muster/status.h"

#define MU_AIR_OUTDOORS UINT32_MAX

typedef struct mu_air_zone {
    double volume_m3;
    double deposition_per_s; /* k: taken up by surfaces */
} mu_air_zone;

typedef struct mu_air_flow {
    uint32_t from, to; /* zones, or MU_AIR_OUTDOORS */
    double rate_m3_s;
    double filter; /* share of the gas that a filter on the way holds back, 0..1 */
    bool clean;    /* from outdoors: draws air that has no gas in it, whatever the drive says */
} mu_air_flow;

typedef struct mu_air_point {
    double at_s, value;
} mu_air_point;

typedef enum mu_air_drive_kind {
    MU_AIR_NONE,
    MU_AIR_SOURCE, /* g/s into a zone */
    MU_AIR_HELD    /* g/m3 that a zone, or the open air, is held at */
} mu_air_drive_kind;

/* Where the gas comes from: straight lines between points in order of time (two at the same time
 * make a step); nothing before the first and from the last on. */
typedef struct mu_air_drive {
    mu_air_drive_kind kind;
    uint32_t zone; /* MU_AIR_OUTDOORS: held only */
    const mu_air_point *points;
    uint32_t count;
    double stops_s; /* shut off then, whatever the points say; INFINITY: never */
} mu_air_drive;

typedef struct mu_air {
    const mu_air_zone *zones;
    const mu_air_flow *flows;
    uint32_t zone_count, flow_count;
    mu_air_drive drive;
} mu_air;

/* A state is an array of doubles: the concentration of each zone (g/m3), then the time integral of
 * each (g s/m3), then three totals in grams. */
typedef enum mu_air_total {
    MU_AIR_EMITTED, /* by the source, in from outdoors, or to hold a zone where it is held */
    MU_AIR_LEFT,    /* to the open */
    MU_AIR_REMOVED, /* by filters and surfaces */
    MU_AIR_TOTAL_COUNT
} mu_air_total;

static inline uint32_t mu_air_state_count(uint32_t zones) {
    return 2 * zones + MU_AIR_TOTAL_COUNT;
}
static inline double mu_air_integral(const double *state, uint32_t zones, uint32_t zone) {
    return state[zones + zone];
}
static inline double mu_air_amount(const double *state, uint32_t zones, mu_air_total which) {
    return state[2 * zones + (uint32_t)which];
}

/* Air into a zone less air out of it, m3/s: 0 in a balanced site. */
double mu_air_balance(const mu_air *air, uint32_t zone);
/* Air changes of a zone per second: all that flows out of it, over its volume. */
double mu_air_changes(const mu_air *air, uint32_t zone);
/* Grams in the zones together. */
double mu_air_mass(const mu_air *air, const double *state);
/* What the drive gives at a time: g/s or g/m3. */
double mu_air_drive_at(const mu_air_drive *drive, double time_s);
/* Does the drive still give anything at or after a time? */
bool mu_air_drive_lasts(const mu_air_drive *drive, double time_s);

/* Takes a state from one time to a later one: GSL's Prince-Dormand 8(9) stepper, steps chosen to
 * 1e-9 of each value. What comes out depends on nothing but the arguments. */
MU_MUST_USE mu_status mu_air_advance(const mu_air *air, double from_s, double to_s, double *state);

#endif
