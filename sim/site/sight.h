/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be seen from a gate or a point: where it is in straight sight, the exact straight way
 * beats any grid. */
#ifndef MU_SITE_SIGHT_H
#define MU_SITE_SIGHT_H

#include "site/walkable_parts.h"

/* The line that people walk to in order to pass a gate: its own, shortened by half a body at both
 * ends, so that they use the whole width and do not catch on a jamb. No fans yet. */
mu_sight mu_sight_of_gate(const mu_gate *gate, int side);
mu_sight mu_sight_of_point(mu_point at);

/* How many floats the fans and lanes need, and their making in that memory. */
size_t mu_sight_floats(const mu_area *area, mu_sight *sight);
void mu_sight_make(const mu_area *area, const mu_area_parts *parts, mu_sight *sight, float *memory);

/* Where the fans and lanes lie in that memory. */
static inline void mu_sight_attach(mu_sight *sight, float *memory) {
    sight->fan = memory;
    sight->lane = memory + (size_t)(sight->both ? 2 : 1) * 2 * sight->bins;
}

/* Metres from a point to the line. */
double mu_sight_metres(const mu_sight *sight, mu_point from);
/* Is there a straight way from a point to the line, with room for a body? Then *direction is the
 * unit vector to go along, past the jamb by half a body; (0,0) on the line itself. */
bool mu_sight_sees(const mu_sight *sight, mu_point from, double *metres, mu_point *direction);
/* The same of a sight from a point that has no fans: what they would say. Costs as much as a small
 * part of making them. */
bool mu_sight_sees_alone(const mu_area *area, const mu_area_parts *parts, const mu_sight *sight,
                         mu_point from, double *metres, mu_point *direction);
#define MU_SIGHT_ROUNDING_M 1e-3 /* a point on the line of another gate still sees */

/* How near and how far the fans of a sight reach, by runs of bins. */
enum { MU_SIGHT_RUN = 16, MU_SIGHT_RUNS_MOST = MU_SIGHT_BINS_MOST / MU_SIGHT_RUN };
typedef struct mu_sight_runs {
    float low[4][MU_SIGHT_RUNS_MOST], high[4][MU_SIGHT_RUNS_MOST];
} mu_sight_runs;
void mu_sight_runs_make(const mu_sight *sight, mu_sight_runs *made);

/* What is seen from all points of a box. */
typedef enum mu_glance { MU_SOME_SEE, MU_ALL_SEE, MU_NONE_SEES } mu_glance;
enum { MU_NO_FAN = 4 };
/* As far as it can be told; sets *fan to the one that all of the box is in, MU_NO_FAN if it is not
 * in one. */
mu_glance mu_sight_glance(const mu_sight *sight, const mu_sight_runs *runs, const mu_box *box,
                          uint32_t *fan);

/* mu_sight_sees of many points, in boxes of MU_BOXED: the metres, infinite where there is no such
 * way. */
void mu_sight_look(const mu_sight *sight, const mu_sight_runs *runs, uint32_t count,
                   const double *x, const double *y, const mu_box *boxes, double *metres);
/* The same of a sight from a point and of whole words of 64, as one bit each; the metres are then
 * the straight distance. */
void mu_sight_seen(const mu_sight *sight, const mu_sight_runs *runs, uint32_t words,
                   const double *x, const double *y, const mu_box *boxes, uint64_t *seen);
/* The metres and the direction of the straight way, whatever stands in it. */
double mu_sight_aim(const mu_sight *sight, mu_point from, mu_point *direction);
/* The nearest point of the line. */
mu_point mu_sight_nearest(const mu_sight *sight, mu_point from);

#endif
