/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulated time: whole microseconds since the start of the run, so that ties are explicit and the
 * parts of a wait add up to the whole exactly. */
#ifndef MUSTER_TIME_H
#define MUSTER_TIME_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Microseconds. */
typedef int64_t mu_time;

#define MU_SECOND INT64_C(1000000)
#define MU_NEVER  INT64_MAX

/* Seconds to time, rounded to the nearest microsecond. Beyond about 290,000 years, and for what is
 * no number, MU_NEVER; as far below zero, -MU_NEVER. */
static inline mu_time mu_time_from_s(double seconds) {
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
/* And back; of MU_NEVER no infinity: ask for that first. */
static inline double mu_time_to_s(mu_time time) {
    return (double)time / (double)MU_SECOND;
}

#ifdef __cplusplus
}
#endif
#endif
