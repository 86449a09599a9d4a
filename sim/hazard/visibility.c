/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two published relations; see the header for their sources. */
#include "hazard/visibility.h"

#include <math.h>

#define ALPHA_MPS  0.706
#define BETA_M2PS  (-0.057)
#define PACE_LEAST 0.1
#define REFLECTS   3.0

double mu_smoke_pace(double extinction_per_m) {
    const double pace = 1 + BETA_M2PS * extinction_per_m / ALPHA_MPS;
    return pace > PACE_LEAST ? pace : PACE_LEAST;
}

double mu_smoke_sight_m(double extinction_per_m) {
    return extinction_per_m > 0 ? REFLECTS / extinction_per_m : (double)INFINITY;
}
