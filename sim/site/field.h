/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking-distance fields: making them. */
#ifndef MU_SITE_FIELD_H
#define MU_SITE_FIELD_H

#include "site/walkable_parts.h"

/* Fields to every gate of an area that has its grid: what is seen of the gate. Everything else is
 * made when it is first asked for. False without memory. */
bool mu_field_make_all(mu_walkable *walkable, uint32_t area);
void mu_field_forget_all(mu_walkable *walkable, uint32_t area);
/* The ways to a field's target from where it is not seen. NULL without memory. */
const mu_field_ways *mu_field_ways_of(const mu_field_grid *field);

/* mu_sight_sees of the target. Where there is one, *metres is what mu_field_distance says. */
bool mu_field_sees(const mu_field_grid *field, mu_point at, double *metres, mu_point *way);
/* The words that steer.h keeps of it. NULL without memory. */
_Atomic uint32_t *mu_field_make_steer(const mu_field_grid *field);
static inline _Atomic uint32_t *mu_field_steer(const mu_field_grid *field) {
    _Atomic uint32_t *known = atomic_load_explicit(&field->steer, memory_order_acquire);
    return known != NULL ? known : mu_field_make_steer(field);
}

/* Metres from the middle of an area's `from`-th gate to its `to`-th, measured once. */
double mu_field_measure_gate(const mu_walkable *walkable, uint32_t area, uint32_t from,
                             uint32_t to);
static inline double mu_field_gate_metres(const mu_walkable *walkable, uint32_t area, uint32_t from,
                                          uint32_t to) {
    const size_t at = (size_t)from * walkable->areas[area].gate_count + to;
    const float metres =
        atomic_load_explicit(&walkable->parts[area].gate_metres[at], memory_order_relaxed);
    return metres >= 0 ? (double)metres : mu_field_measure_gate(walkable, area, from, to);
}

/* What a field to a point of an area takes at most, but for its corners. */
size_t mu_field_bytes(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field);

#endif
