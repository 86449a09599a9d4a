/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seconds from models become integer time in one place. */
#include "muster/time.h"

#include <math.h>

mu_time mu_time_from_s(double seconds) {
    const double us = seconds * 1e6;
    if (!(us < 9.2e18)) {
        return MU_NEVER;
    }
    return us < -9.2e18 ? -MU_NEVER : (mu_time)llround(us);
}
