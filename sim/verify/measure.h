/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measuring methods of pedestrian experiments, as pure functions of a trail.
 *
 * Flow: the times at which persons first cross a line, each found between two frames by a straight
 * line. Mean flow is (N - 1) over the time from the first to the last; steady flow is what crosses
 * between the ceil(0.2 N)-th and the ceil(0.8 N)-th person over the time between them.
 * Method B (Seyfried, Steffen, Klingsch & Boltes 2005, J. Stat. Mech. P10002; Zhang, Klingsch,
 * Schadschneider & Seyfried 2011, J. Stat. Mech. P06004): a person's speed is the way through the
 * measuring area over the time taken; the density is the mean number in the area during that time,
 * the person included, over its size.
 * Method C (the same): number in the area at one moment over its size; mean of their speeds. */
#ifndef MU_VERIFY_MEASURE_H
#define MU_VERIFY_MEASURE_H

#include "verify/trail.h"

typedef struct mu_line {
    mu_point a, b;
} mu_line;

typedef enum mu_way { MU_WAY_ANY, MU_WAY_LEFTWARD, MU_WAY_RIGHTWARD } mu_way;

/* When a person first crosses a line at or after `from_s`; NAN: never. MU_WAY_RIGHTWARD crosses to
 * the right of somebody who looks from a to b. */
double mu_measure_crossing(const mu_trail *trail, uint32_t person, mu_line line, mu_way way,
                           double from_s);

typedef struct mu_times {
    uint32_t count;
    double *s; /* ascending */
} mu_times;

/* First crossings of everybody; false without memory. Freed with free(out->s). */
bool mu_measure_crossings(const mu_trail *trail, mu_line line, mu_way way, mu_times *out);

/* All NAN where fewer than two have crossed. */
double mu_times_flow(const mu_times *times);        /* over all, per second */
double mu_times_steady_flow(const mu_times *times); /* 20 % to 80 % */
double mu_times_window_flow(const mu_times *times, double from_s, double to_s);
/* When this share of all had crossed: of the ceil(share N)-th; NAN where nobody has. */
double mu_times_at(const mu_times *times, double share);

/* A sample of density and speed. */
typedef struct mu_pair {
    double density_per_m2, speed_mps;
} mu_pair;
typedef struct mu_pairs {
    uint32_t count, room;
    mu_pair *items;
} mu_pairs;

/* Persons whose stay in the area lies, by its middle, within the window. */
bool mu_measure_method_b(const mu_trail *trail, const mu_ring *area, double from_s, double to_s,
                         mu_pairs *out);
/* Moments `every_s` apart. A speed is measured over `over_s` around the moment. Nobody there: a
 * density of 0, and the speed is NAN. */
bool mu_measure_method_c(const mu_trail *trail, const mu_ring *area, double from_s, double to_s,
                         double every_s, double over_s, mu_pairs *out);
/* Times from a first line to a second, unsorted. */
bool mu_measure_transits(const mu_trail *trail, mu_line from, mu_line to, mu_times *out);

/* Mean of what is a number; NAN of nothing. */
double mu_pairs_mean_density(const mu_pairs *pairs);
double mu_pairs_mean_speed(const mu_pairs *pairs);

/* Of ascending values, between neighbours in proportion (share 0..1); NAN of nothing. */
double mu_measure_quantile(const double *sorted, uint32_t count, double share);
void mu_measure_sort(double *values, uint32_t count);
double mu_measure_mean(const double *values, uint32_t count);

bool mu_measure_inside(const mu_ring *ring, mu_point at);
double mu_measure_ring_m2(const mu_ring *ring);

#endif
