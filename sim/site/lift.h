/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What carries people between levels besides stairs, and where those wait who can use none of it:
 * lifts and places of refuge. Given data, parts of mu_site; portals are in site.h. */
#ifndef MU_SITE_LIFT_H
#define MU_SITE_LIFT_H

#include <stdbool.h>

#include "core/given.h"

struct mu_site;

/* One car and its shaft. On each level that it serves a space of use `lift` is the car's floor
 * while it stands there: people walk in through its doors, and everyone in it is moved into the
 * next level's space with the car. Portals of kind `lift` join these spaces, one above the other.
 */
typedef struct mu_lift {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_ref_list cars; /* its space on each level, from the lowest up */
    int64_t capacity; /* persons */
    double speed_mps;
    double doors_s;  /* to open, and to close */
    double stays_s;  /* doors open, at least */
    mu_ref recall;   /* the space to which an alarm calls it; left out: see mu_lift_recall_car */
    bool evacuation; /* may be used by helpers after an alarm */
} mu_lift;

/* Where people who cannot use stairs wait for help, out of the way of the others. */
typedef struct mu_refuge {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_ref space;
    mu_point at;
    int64_t capacity; /* persons */
    mu_ref calls;     /* channel of its call point; left out: their own telephone, if any */
} mu_refuge;

#define MU_LIFT_CAPACITY  13  /* persons: a car of 1,000 kg at 75 kg each */
#define MU_LIFT_SPEED_MPS 1.0 /* as in the worked lift of NIST TN 1822, Verif.2.7 */
#define MU_LIFT_DOORS_S   3.0 /* the same */
#define MU_LIFT_STAYS_S    3.0 /* planning assumption, to be replaced by the site's own */
#define MU_REFUGE_CAPACITY 2

extern const struct mu_record_type mu_lift_type, mu_refuge_type;

/* The lift that a space is a car of, and which of its cars; MU_NONE if it is none. */
uint32_t mu_lift_of(const struct mu_site *site, uint32_t space, uint32_t *car);
/* The car to which an alarm calls it. */
uint32_t mu_lift_recall_car(const struct mu_site *site, uint32_t lift);
/* Metres from one car up to the next. */
double mu_lift_rise_m(const struct mu_site *site, uint32_t lift, uint32_t car);

/* Lifts of one level, cars that are no lift or not one above the other, levels without a door or
 * without a `lift` portal between them, and such portals elsewhere; refuges in the open or without
 * a call point. */
void mu_lift_check(const struct mu_site *site, mu_diags *diags);

struct mu_walkable;
/* Refuges that nobody reaches who cannot use stairs. */
void mu_refuge_check(const struct mu_walkable *walkable, mu_diags *diags);

#endif
