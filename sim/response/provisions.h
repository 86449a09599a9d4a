/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Food, water and medicine run down while people cannot leave: from the first order to take shelter
 * on, everybody who stays inside and everybody on duty lives on what the site has stored. How long
 * it lasts in all is measured anew every hour, with those who are there then. */
#ifndef MU_RESPONSE_PROVISIONS_H
#define MU_RESPONSE_PROVISIONS_H

#include "response/response.h"

typedef struct mu_provisions_now {
    mu_time since_us;  /* on the stock since then; MU_NEVER: not yet */
    mu_time looked_us; /* the stock is as of then */
    double left_days;  /* person-days */
    uint32_t eating;   /* at the last look */
    uint32_t cause;    /* record of the order */
    uint32_t low;      /* 1 = less than a day is left, and was told */
    uint32_t gone;     /* 1 = nothing is left, and was told */
} mu_provisions_now;

/* What is told with less than this left; also the object of the records. */
#define MU_PROVISIONS_LOW_DAYS 1.0
#define MU_PROVISIONS          "provisions"

void mu_provisions_register(mu_layout *layout);
void mu_provisions_begin(mu_sim *sim);
/* The days that what the site has stored lasts in all; NAN: nothing is stored, or nobody is there.
 */
double mu_provisions_last_days(const mu_sim *sim);
/* Something was written that may begin or end it. */
void mu_provisions_hear(mu_sim *sim, uint32_t record);

/* Handler. */
void mu_provisions_on_looked(mu_sim *sim, const mu_event *event);

#endif
