/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the air of a site moves, and where people are washed: zones of spaces that share their air,
 * units that drive air between them, flows, and decontamination lines. Given data, parts of
 * mu_site. */
#ifndef MU_SITE_VENTILATION_H
#define MU_SITE_VENTILATION_H

#include "core/dist.h"
#include "core/given.h"

struct mu_site;

/* Spaces whose air is as one. Spaces in no zone count as open air. */
typedef struct mu_airspace {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_ref_list spaces;
    double height_m;
    double volume_m3;        /* 0 = floor area times height */
    double deposition_per_h; /* taken up by surfaces; 0 errs on the side of care */
} mu_airspace;

typedef enum mu_air_unit_state { MU_AIR_UNIT_RUNNING, MU_AIR_UNIT_SHUT } mu_air_unit_state;

/* An air-handling unit, an extract fan: runs or is shut. */
typedef struct mu_air_unit {
    mu_origin origin;
    const char *id;
    mu_text name;
    int state;           /* mu_air_unit_state, at the start */
    mu_dist shuts_in_s;  /* setting: from the order until fans stand and dampers are closed */
    mu_dist starts_in_s; /* setting: from the order until it runs again */
} mu_air_unit;

typedef struct mu_air_path {
    mu_origin origin;
    mu_ref from, to;  /* zones; id NULL = outdoors */
    mu_ref unit;      /* that drives it; id NULL = leakage, always there */
    double m3_h;      /* while the unit runs; leakage: always */
    double shut_m3_h; /* while it is shut */
    double filter;    /* share of a gas that is held back on the way, 0..1 */
} mu_air_path;

/* A line of stations; the numbers and times of its places are settings. */
typedef struct mu_wash {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_ref space;
    mu_point at; /* head of the queue */
    int64_t disrobe_places, wipe_places, shower_heads, rerobe_places;
    mu_dist disrobe_s, wipe_s, shower_s, rerobe_s;
    double changeover_s;  /* until a shower head takes the next one */
    double slower_factor; /* on the times of people who need help */
} mu_wash;

extern const struct mu_record_type mu_airspace_type, mu_air_unit_type, mu_air_path_type,
    mu_wash_type;

double mu_airspace_volume(const struct mu_site *site, uint32_t zone);
/* The zone that a space is in; MU_NONE. */
uint32_t mu_airspace_of(const struct mu_site *site, uint32_t space);

/* Flows that lead nowhere, spaces in two zones, air that does not balance. Air in must be air out
 * in every zone, of each unit by itself both running and shut, and of the leakage by itself: then
 * it balances whichever units run. */
void mu_ventilation_check(const struct mu_site *site, mu_diags *diags);

#endif
