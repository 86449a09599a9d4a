/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gas that leaks: where it gets to by air (hazard/air.h), who breathes how much of it
 * (hazard/aegl.h), and who or what notices it. The source is given by the planner as a rate or a
 * curve; nothing here says how it would come about. */
#ifndef MU_THREAT_RELEASE_H
#define MU_THREAT_RELEASE_H

#include "core/dist.h"
#include "core/given.h"
#include "core/sim.h"
#include "crowd/crowd.h"
#include "hazard/aegl.h"
#include "hazard/air.h"
#include "hazard/erg.h"

typedef struct mu_wind {
    double from_deg; /* where it blows from, clockwise from north */
    double speed_mps;
} mu_wind;

/* As the incident file gives it: exactly one of rate, source curve and concentration curve. Times
 * of curves count from the start of the leak. */
typedef struct mu_release_given {
    int substance; /* mu_substance */
    mu_ref space;
    mu_point at;
    double starts_at_s;
    double rate_g_s, lasts_s;
    MU_LIST_OF(mu_air_point) source_g_s;
    MU_LIST_OF(mu_air_point) concentration_ppm;
    bool in_open_air; /* the concentration is that of the air outdoors */
    mu_ref intake;    /* … or only of what this air unit draws in; optional */
    int spill;        /* mu_spill: for the Guidebook's distances */
    bool night;
    double smell_ppm;       /* from which people notice it */
    mu_dist smell_s;        /* time in it until one person has noticed */
    mu_dist operator_s;     /* from the start of the leak until an instrument tells the operator, */
    double operator_chance; /* if it does */
    double clear_ppm;       /* gone when every zone is below this */
} mu_release_given;

extern const struct mu_record_type mu_release_type, mu_wind_type;

/* Is its curve that of air outdoors, all of it or what one unit draws in? */
static inline bool mu_release_is_outdoors(const mu_release_given *given) {
    return given->in_open_air || given->intake.id != NULL;
}

/* Made ready. */
typedef struct mu_release_plan {
    const mu_release_given *given; /* NULL: this incident has none */
    const mu_wind *wind;
    uint32_t level; /* of the leak */
    uint32_t zone_count, flow_count;
    mu_air_zone *zones;
    mu_air_flow *flows; /* sorted; their rates are set when they are used */
    double *running_m3_s, *shut_m3_s;
    uint32_t *unit;     /* of each flow; MU_NONE: leakage */
    uint32_t *zone_of;  /* each space's; MU_NONE: open air */
    mu_air_drive drive; /* in seconds since the start of the run, g/s or g/m3 */
    mu_erg erg;
    bool has_erg;
    uint32_t shunned_points; /* mu_release_shunned_points */
    uint32_t word_gas, word_smell, word_isolation;
    uint32_t word_staff, word_guard, word_detector, word_operator;
} mu_release_plan;

/* What those outdoors breathe: nothing where only one unit draws it in. */
static inline double mu_release_open_g_m3(const mu_release_plan *plan, const mu_air_drive *drive,
                                          double time_s) {
    return plan->given->in_open_air ? mu_air_drive_at(drive, time_s) : 0;
}

/* Who noticed. */
typedef enum mu_gas_means {
    MU_GAS_BY_STAFF,
    MU_GAS_BY_GUARD,
    MU_GAS_BY_DETECTOR,
    MU_GAS_BY_OPERATOR,
    MU_GAS_MEANS_COUNT
} mu_gas_means;

typedef struct mu_release_now {
    double air_s;   /* the air's state is as of this time, seconds since the start */
    double look_s;  /* people's exposures are as of this time */
    double stops_s; /* the source was shut off then; INFINITY */
    double told_s;  /* concentrations were last written to the log */
    uint32_t leaks; /* record; MU_NO_RECORD = not yet */
    uint32_t gone;  /* record */
    uint32_t noticed[MU_GAS_MEANS_COUNT]; /* records */
    uint32_t isolated;                    /* occupants in the isolation circle at the last look */
    uint32_t stopped; /* record of the source's being shut off; MU_NO_RECORD */
} mu_release_now;

/* One person and the gas. */
typedef struct mu_breath {
    mu_exposure exposure;
    double smelt_s;  /* time in air that can be smelt */
    uint32_t level;  /* mu_aegl_level of the air that they are in now */
    uint32_t masked; /* 1 = wears breathing protection; 2 = until out of the gas */
    uint32_t smelt;  /* record; MU_NO_RECORD = has not noticed */
    uint32_t padding;
} mu_breath;

/* One piece of equipment and the gas. */
typedef struct mu_sensor_now {
    uint32_t reached; /* 1 = its alarm level has been reached */
    uint32_t padding;
} mu_sensor_now;

/* How often people are looked at. In between the air is exact; a change of zone, noticing and bands
 * are exact to this. */
#define MU_RELEASE_LOOK_US (5 * MU_SECOND)

void mu_release_register(const mu_release_plan *plan, const mu_site *site, const mu_people *people,
                         mu_layout *layout);
void mu_release_begin(mu_sim *sim, uint32_t started);
/* Leaks still, or is still about? */
bool mu_release_is_open(const mu_sim *sim);

static inline mu_release_now *mu_release(const mu_sim *sim) {
    return (mu_release_now *)mu_world_section(&sim->world, MU_SECTION_RELEASE);
}
/* A state of hazard/air.h. */
static inline double *mu_release_air(const mu_sim *sim) {
    return (double *)mu_world_section(&sim->world, MU_SECTION_AIR);
}
static inline mu_breath *mu_breaths(const mu_sim *sim) {
    return (mu_breath *)mu_world_section(&sim->world, MU_SECTION_BREATH);
}

/* What the response does to it; each is a no-op where the incident has none. */
/* Before a unit is switched: the air up to now moves as it did. */
void mu_release_settle(mu_sim *sim);
/* The source is shut off, as a record says. */
void mu_release_stop(mu_sim *sim, uint32_t record);
/* Breathing protection on or off. */
void mu_release_mask(mu_sim *sim, uint32_t person, bool on);
/* The largest band that somebody has reached; 0 without a release. */
uint32_t mu_release_band(const mu_sim *sim, uint32_t person);
/* Has somebody noticed the gas, is it still about, and have they no mask? */
bool mu_release_drives_out(const mu_sim *sim, uint32_t person);
/* Can the air of a space be smelt now? */
bool mu_release_is_smelt_in(const mu_sim *sim, uint32_t space);
/* Is there gas where somebody is? */
bool mu_release_threatens(const mu_sim *sim, uint32_t person);

/* release_compile.c: the plan's air and drive, made from site and incident; words are left to the
 * caller. The file has been checked. */
MU_MUST_USE mu_status mu_release_compile(const mu_site *site, const mu_release_given *given,
                                         const mu_wind *wind, mu_arena *arena,
                                         mu_release_plan *out);
/* Where a point of the leak's own level lies by the day's wind. */
mu_wind_side mu_release_side(const mu_release_given *given, const mu_wind *wind, mu_point at);
/* The assembly points that lie in the isolation circle or in the protective action zone: a bit for
 * each, as mu_goal has them. If that leaves none: those in the circle; if that leaves none: 0. */
uint32_t mu_release_shunned_points(const mu_site *site, const mu_release_given *given,
                                   const mu_wind *wind);
/* What single fields cannot tell to be wrong. */
void mu_release_check(const mu_site *site, const mu_walkable *walkable,
                      const mu_release_given *given, const char *file, mu_diags *diags);

/* Handlers. */
void mu_release_on_leaks(mu_sim *sim, const mu_event *event);
void mu_release_on_looked(mu_sim *sim, const mu_event *event);
void mu_release_on_noticed(mu_sim *sim, const mu_event *event); /* detectors and the operator */

#endif
