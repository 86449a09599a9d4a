/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The moisture of a room's air once nothing dries or moistens it any more: what comes in from
 * outside mixes with it, and as the room warms up the same moisture is a smaller share of what the
 * air could hold. Pure models. What walls, paper and people take up or give off is left out, so a
 * room full of paper drifts more slowly than this. */
#ifndef MU_HAZARD_HUMIDITY_H
#define MU_HAZARD_HUMIDITY_H

/* Pressure of saturated vapour over water at a temperature in °C, in Pa: the Magnus form with the
 * coefficients of the WMO (Guide to Instruments and Methods of Observation, WMO-No. 8, volume I,
 * annex 4.B); within half a per cent from -40 to 50 °C. */
double mu_vapour_pa(double temp_c);

/* A room without its air conditioning. */
typedef struct mu_humid_room {
    double usual_c, usual_rh; /* when it stopped; a share of saturation */
    double rise_c_per_min;    /* from then on */
    double changes_per_h;     /* of its air, with air from outside */
    double outside_dew_c;     /* dew point of that */
} mu_humid_room;

/* Relative humidity, a share, after so many minutes: perfect mixing, so that the excess of vapour
 * over the outside's dies away exponentially (ASHRAE Handbook, Fundamentals, chapter 16: decay of a
 * tracer). */
double mu_humid_room_rh(const mu_humid_room *room, double minutes);
/* Minutes until it is `limit` or less (`above` false) or more; INFINITY: not within a day. */
double mu_humid_room_minutes(const mu_humid_room *room, double limit, int above);

#endif
