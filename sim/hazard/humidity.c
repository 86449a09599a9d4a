/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The share need not go one way only, so the first minute beyond the limit is looked for, and the
 * moment within it by halving. */
#include "hazard/humidity.h"

#include <math.h>

enum { DAY_MIN = 24 * 60, HALVINGS = 40 };

double mu_vapour_pa(double temp_c) {
    return 611.2 * exp(17.62 * temp_c / (243.12 + temp_c));
}

double mu_humid_room_rh(const mu_humid_room *room, double minutes) {
    const double outside_pa = mu_vapour_pa(room->outside_dew_c);
    const double excess_pa = room->usual_rh * mu_vapour_pa(room->usual_c) - outside_pa;
    const double now_pa = outside_pa + excess_pa * exp(-room->changes_per_h * minutes / 60);
    return now_pa / mu_vapour_pa(room->usual_c + room->rise_c_per_min * minutes);
}

double mu_humid_room_minutes(const mu_humid_room *room, double limit, int above) {
    for (int minute = 0; minute <= DAY_MIN; minute++) {
        const double rh = mu_humid_room_rh(room, minute);
        if (above ? rh < limit : rh > limit) {
            continue;
        }
        double before = minute > 0 ? minute - 1 : 0, beyond = minute;
        for (int k = 0; k < HALVINGS; k++) {
            const double middle = (before + beyond) / 2;
            const double then = mu_humid_room_rh(room, middle);
            if (above ? then < limit : then > limit) {
                before = middle;
            } else {
                beyond = middle;
            }
        }
        return beyond;
    }
    return (double)INFINITY;
}
