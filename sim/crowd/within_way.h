/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a way across an area leads over the edges of rings around a point. */
#ifndef MU_CROWD_WITHIN_WAY_H
#define MU_CROWD_WITHIN_WAY_H

#include "crowd/flow.h"
#include "crowd/within.h"

/* What a watch is asked for. */
typedef struct mu_asked {
    uint32_t level;
    mu_point at;
    double metres[MU_RINGS], most_m;
    mu_person_counts counts; /* NULL: every occupant does */
    const void *of;
} mu_asked;

static inline uint8_t mu_rings_of(const double metres[MU_RINGS], double off) {
    uint8_t within = 0;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        within = (uint8_t)(within | (off <= metres[ring]) << ring);
    }
    return within;
}

/* A way that many take, one after the other, and what is known of it. */
typedef struct mu_ring_line {
    uint32_t area, count; /* of points; 0 = nothing kept */
    mu_point at[MU_ROUTE_BENDS];
    mu_ring_way known;
} mu_ring_line;
#define MU_RING_LINES 128U /* kept; a power of two */

/* Of a way of at least two points; watch->near[area] is MU_RING_OPEN. */
mu_ring_way mu_ring_way_of(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch,
                           uint32_t area, const mu_flow_path *way);
/* In which rings somebody is anywhere on their way across an area that is no flight, as far as that
 * can be said without making it; MU_RING_OPEN. */
uint8_t mu_rings_on_leg(const mu_sim *sim, const mu_asked *a, uint32_t person);
/* Something else is asked for. */
void mu_ring_lines_forget(mu_ring_watch *watch);

#endif
