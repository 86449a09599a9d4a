/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The equations are linear with coefficients that are constant between the points of the drive: the
 * solver is started anew on each such stretch, so that no step runs over a corner. */
#include "hazard/air.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <string.h>

static const double STEP_FIRST_S = 1.0;
static const double RELATIVE = 1e-9;
static const double ABSOLUTE = 1e-12; /* g/m3, g s/m3, g */

/* One stretch: the drive is `value` at `from_s` and rises by `slope` per second. */
typedef struct stretch {
    const mu_air *air;
    bool active;
    double from_s, value, slope;
} stretch;

double mu_air_balance(const mu_air *air, uint32_t zone) {
    double net = 0;
    for (uint32_t f = 0; f < air->flow_count; f++) {
        const mu_air_flow *flow = &air->flows[f];
        net += flow->to == zone ? flow->rate_m3_s : 0;
        net -= flow->from == zone ? flow->rate_m3_s : 0;
    }
    return net;
}

double mu_air_changes(const mu_air *air, uint32_t zone) {
    double out = 0;
    for (uint32_t f = 0; f < air->flow_count; f++) {
        out += air->flows[f].from == zone ? air->flows[f].rate_m3_s : 0;
    }
    return out / air->zones[zone].volume_m3;
}

double mu_air_mass(const mu_air *air, const double *state) {
    double mass = 0;
    for (uint32_t z = 0; z < air->zone_count; z++) {
        mass += air->zones[z].volume_m3 * state[z];
    }
    return mass;
}

static double first_of(const mu_air_drive *drive) {
    return drive->kind == MU_AIR_NONE || drive->count == 0 ? INFINITY : drive->points[0].at_s;
}

static double end_of(const mu_air_drive *drive) {
    const double last = drive->kind == MU_AIR_NONE || drive->count == 0
                            ? -INFINITY
                            : drive->points[drive->count - 1].at_s;
    return last < drive->stops_s ? last : drive->stops_s;
}

bool mu_air_drive_lasts(const mu_air_drive *drive, double time_s) {
    return time_s < end_of(drive);
}

/* The pair of points around a time that lies between the first and the last. */
static uint32_t segment_at(const mu_air_drive *drive, double time_s) {
    uint32_t k = 0;
    while (k + 2 < drive->count && drive->points[k + 1].at_s <= time_s) {
        k++;
    }
    return k;
}

static double slope_of(const mu_air_point *p) {
    const double long_s = p[1].at_s - p[0].at_s;
    return long_s > 0 ? (p[1].value - p[0].value) / long_s : 0;
}

double mu_air_drive_at(const mu_air_drive *drive, double time_s) {
    if (time_s < first_of(drive) || !mu_air_drive_lasts(drive, time_s)) {
        return 0;
    }
    const mu_air_point *p = &drive->points[segment_at(drive, time_s)];
    return p[0].value + (time_s - p[0].at_s) * slope_of(p);
}

/* The first time after `time_s` at which the drive has a corner. */
static double next_corner(const mu_air_drive *drive, double time_s) {
    double next = drive->stops_s > time_s ? drive->stops_s : INFINITY;
    for (uint32_t k = 0; drive->kind != MU_AIR_NONE && k < drive->count; k++) {
        const double at = drive->points[k].at_s;
        next = at > time_s && at < next ? at : next;
    }
    return next;
}

static stretch stretch_of(const mu_air *air, double from_s, double to_s) {
    const mu_air_drive *drive = &air->drive;
    const double middle = from_s + (to_s - from_s) / 2;
    stretch s = {.air = air, .from_s = from_s};
    s.active = middle >= first_of(drive) && mu_air_drive_lasts(drive, middle);
    if (s.active) {
        const mu_air_point *p = &drive->points[segment_at(drive, middle)];
        s.slope = slope_of(p);
        s.value = p[0].value + (from_s - p[0].at_s) * s.slope;
    }
    return s;
}

/* Gas that the flows carry, per second. */
static void carry(const mu_air *air, double outdoors, const double *c, double *rate) {
    double *total = &rate[2 * air->zone_count];
    for (uint32_t f = 0; f < air->flow_count; f++) {
        const mu_air_flow *flow = &air->flows[f];
        const bool comes_in = flow->from == MU_AIR_OUTDOORS;
        const double drawn = flow->clean ? 0 : outdoors;
        const double taken = flow->rate_m3_s * (comes_in ? drawn : c[flow->from]);
        const double brought = taken * (1 - flow->filter);
        if (comes_in) {
            total[MU_AIR_EMITTED] += taken;
        } else {
            rate[flow->from] -= taken / air->zones[flow->from].volume_m3;
        }
        if (flow->to == MU_AIR_OUTDOORS) {
            total[MU_AIR_LEFT] += brought;
        } else {
            rate[flow->to] += brought / air->zones[flow->to].volume_m3;
        }
        total[MU_AIR_REMOVED] += taken - brought;
    }
}

static void settle(const mu_air *air, const double *c, double *rate) {
    for (uint32_t z = 0; z < air->zone_count; z++) {
        const mu_air_zone *zone = &air->zones[z];
        rate[z] -= zone->deposition_per_s * c[z];
        rate[air->zone_count + z] = c[z];
        rate[2 * air->zone_count + MU_AIR_REMOVED] +=
            zone->deposition_per_s * zone->volume_m3 * c[z];
    }
}

static int rates(double time_s, const double *c, double *rate, void *context) {
    const stretch *s = context;
    const mu_air *air = s->air;
    const mu_air_drive *drive = &air->drive;
    const double given = s->active ? s->value + (time_s - s->from_s) * s->slope : 0;
    const bool outdoors = drive->zone == MU_AIR_OUTDOORS;
    memset(rate, 0, mu_air_state_count(air->zone_count) * sizeof *rate);
    carry(air, outdoors ? given : 0, c, rate);
    settle(air, c, rate);
    if (s->active && !outdoors) {
        const double volume = air->zones[drive->zone].volume_m3;
        const double rise =
            drive->kind == MU_AIR_SOURCE ? given / volume : s->slope - rate[drive->zone];
        rate[drive->zone] += rise;
        rate[2 * air->zone_count + MU_AIR_EMITTED] += rise * volume;
    }
    return GSL_SUCCESS;
}

/* A zone that is held starts each stretch at what it is held at. */
static void take_hold(const stretch *s, double *state) {
    const mu_air_drive *drive = &s->air->drive;
    if (s->active && drive->kind == MU_AIR_HELD && drive->zone != MU_AIR_OUTDOORS) {
        state[2 * s->air->zone_count + MU_AIR_EMITTED] +=
            (s->value - state[drive->zone]) * s->air->zones[drive->zone].volume_m3;
        state[drive->zone] = s->value;
    }
}

static mu_status solve(stretch *s, double to_s, double *state) {
    gsl_odeiv2_system system = {
        .function = rates, .dimension = mu_air_state_count(s->air->zone_count), .params = s};
    const double long_s = to_s - s->from_s;
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(
        &system, gsl_odeiv2_step_rk8pd, long_s < STEP_FIRST_S ? long_s : STEP_FIRST_S, ABSOLUTE,
        RELATIVE);
    if (driver == NULL) {
        return MU_ERR_MEMORY;
    }
    double time_s = s->from_s;
    const int done = gsl_odeiv2_driver_apply(driver, &time_s, to_s, state);
    gsl_odeiv2_driver_free(driver);
    return done == GSL_SUCCESS ? MU_OK : MU_ERR_LIMIT;
}

mu_status mu_air_advance(const mu_air *air, double from_s, double to_s, double *state) {
    mu_status status = MU_OK;
    while (from_s < to_s && status == MU_OK) {
        const double corner = next_corner(&air->drive, from_s);
        const double until = corner < to_s ? corner : to_s;
        stretch s = stretch_of(air, from_s, until);
        take_hold(&s, state);
        status = solve(&s, until, state);
        from_s = until;
    }
    return status;
}
