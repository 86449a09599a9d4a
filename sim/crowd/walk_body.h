/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much room a body takes. While things move people keep about their shoulders' breadth to each
 * other; whoever has hardly moved for some seconds closes up with those in front, until in front of
 * a gate there stand more than twice as many on a square metre as ever walk there (Adrian, Seyfried
 * & Sieben 2020 count 7, Weidmann's curve ends at 5.4). Walls do not give, so off them one keeps as
 * before: narrow doors pass no more than they did. Whoever is held up by people who come the other
 * way turns sideways, off walls as well. */
#ifndef MU_CROWD_WALK_BODY_H
#define MU_CROWD_WALK_BODY_H

#include "crowd/crowd.h"
#include "crowd/walk_numbers.h"

/* part / whole, kept within 0 and 1; 0 of nothing. */
static inline double mu_walk_share(double part, double whole) {
    return !(part > 0) || whole <= 0 ? 0 : part >= whole ? 1 : part / whole;
}

/* From 0 to 1 as somebody is held up for longer. */
static inline double mu_walk_pressed(const mu_body *body) {
    return mu_walk_share((double)body->held_ms - MU_WALK_PATIENCE_MS,
                         MU_WALK_PRESSED_MS - MU_WALK_PATIENCE_MS);
}

/* From 0 to 1 as somebody closes up in a queue. */
static inline double mu_walk_packed(const mu_body *body) {
    return mu_walk_share((double)body->packed_ms, MU_WALK_PACK_MS);
}

/* The radius towards walls, and towards others. Most are not held up, and some not even packed. */
static inline double mu_walk_wall_radius(const mu_body *body) {
    const double radius = (double)body->radius_m;
    return body->held_ms <= MU_WALK_PATIENCE_MS
               ? radius
               : radius * (1 - mu_walk_pressed(body) * (1 - MU_WALK_NARROWEST));
}
static inline double mu_walk_radius(const mu_body *body) {
    const double loose = (double)MU_WALK_LOOSE, packed = (double)MU_WALK_PACKED;
    const double room =
        body->packed_ms == 0 ? loose : loose - mu_walk_packed(body) * (loose - packed);
    const double keeps = (double)body->radius_m * room;
    if (body->held_ms <= MU_WALK_PATIENCE_MS) {
        return keeps; /* less than the whole radius */
    }
    const double locked =
        mu_walk_share((double)body->held_ms - MU_WALK_LOCKED_MS, MU_WALK_LOCKED_MS);
    const double makes_way = mu_walk_wall_radius(body) * (1 - locked * (1 - MU_WALK_LET_BY));
    return keeps < makes_way ? keeps : makes_way;
}

/* What packed_ms is after so much time in which one does not close up. */
static inline uint32_t mu_walk_unpack(const mu_body *body, uint32_t step_ms) {
    const uint32_t back = step_ms * MU_WALK_PACK_MS / MU_WALK_UNPACK_MS;
    return body->packed_ms > back ? body->packed_ms - back : 0;
}

#endif
