/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The public bomb-threat stand-off card: distances only, for planning evacuation and shelter.
 * Source: DHS/FBI Bomb Threat Stand-off Card as published by NCTC (2013/14) and ODNI. A planning
 * aid: the incident commander and the disposal team decide. */
#ifndef MU_HAZARD_STANDOFF_H
#define MU_HAZARD_STANDOFF_H

#include <stdbool.h>

/* The card's rows, by what the item looks like. */
typedef enum mu_item_category {
    MU_ITEM_PIPE,
    MU_ITEM_VEST,
    MU_ITEM_SUITCASE,
    MU_ITEM_CAR,
    MU_ITEM_VAN,
    MU_ITEM_SMALL_TRUCK,
    MU_ITEM_TANKER,
    MU_ITEM_SEMITRAILER,
    MU_ITEM_CATEGORY_COUNT
} mu_item_category;

typedef struct mu_standoff {
    const char *name;   /* as the card says, marked for translation */
    double mandatory_m; /* everyone leaves within this, indoors and out */
    double preferred_m; /* nobody outdoors within this; indoors: shelter away from windows */
} mu_standoff;

typedef enum mu_standoff_advice {
    MU_STANDOFF_LEAVE,   /* within the mandatory distance, or outdoors within the preferred one */
    MU_STANDOFF_SHELTER, /* indoors between the two */
    MU_STANDOFF_CLEAR    /* beyond the preferred distance */
} mu_standoff_advice;

const mu_standoff *mu_standoff_of(mu_item_category category);
mu_standoff_advice mu_standoff_at(mu_item_category category, double distance_m, bool outdoors);

#endif
