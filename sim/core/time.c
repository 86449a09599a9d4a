/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seconds from models become integer time in one place. */
#include "muster/time.h"

mu_time mu_time_from_s(double seconds) {
    const double us = seconds * 1e6;
    if (!(us < 9.2e18)) {
        return MU_NEVER;
    }
    if (us < -9.2e18) {
        return -MU_NEVER;
    }
    /* As llround has it, without a call: what is behind the point is exact. */
    const mu_time whole = (mu_time)us;
    const double rest = us - (double)whole;
    return whole + (rest >= 0.5) - (rest <= -0.5);
}
