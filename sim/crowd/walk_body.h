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

/* From 0 to 1 as somebody closes up in a queue; packed_ms never is more. */
static inline double mu_walk_packed(const mu_body *body) {
    return (double)body->packed_ms / MU_WALK_PACK_MS;
}

/* Is this somebody in a queue, out of one for not long, or held up? */
static inline bool mu_walk_is_odd(const mu_body *body) {
    return ((body->packed_ms | body->queued_ms) != 0) | (body->held_ms > MU_WALK_PATIENCE_MS);
}

/* The radius towards walls; and towards others. */
static inline double mu_walk_wall_radius(const mu_body *body) {
    const double radius = (double)body->radius_m;
    return body->held_ms <= MU_WALK_PATIENCE_MS
               ? radius
               : radius * (1 - mu_walk_pressed(body) * (1 - MU_WALK_NARROWEST));
}
static inline double mu_walk_radius(const mu_body *body) {
    const double loose = (double)MU_WALK_LOOSE, packed = (double)MU_WALK_PACKED;
    const double keeps = (double)body->radius_m * (loose - mu_walk_packed(body) * (loose - packed));
    if (body->held_ms <= MU_WALK_PATIENCE_MS) {
        return keeps; /* less than the whole radius */
    }
    const double locked =
        mu_walk_share((double)body->held_ms - MU_WALK_LOCKED_MS, MU_WALK_LOCKED_MS);
    const double makes_way = mu_walk_wall_radius(body) * (1 - locked * (1 - MU_WALK_LET_BY));
    return keeps < makes_way ? keeps : makes_way;
}

/* Of packed_ms and queued_ms: after so much time in which one closes up, or in which one does not
 * and all would be gone after `gone_ms`. */
static inline uint16_t mu_walk_close_up(uint32_t now_ms, uint32_t step_ms) {
    const uint32_t next = now_ms + step_ms;
    return (uint16_t)(next < MU_WALK_PACK_MS ? next : MU_WALK_PACK_MS);
}
static inline uint16_t mu_walk_unpack(uint32_t now_ms, uint32_t step_ms, uint32_t gone_ms) {
    const uint32_t back = (step_ms * MU_WALK_PACK_MS + gone_ms / 2) / gone_ms;
    return (uint16_t)(now_ms > back ? now_ms - back : 0);
}
/* After how much time one has room again at a share of one's free speed: whoever walks needs the
 * breadth of shoulders, and the length of a step; so what narrows a way without being a gate passes
 * little more than a gate does. Whoever is blocked stays narrow, lest an arch forms. */
static inline uint32_t mu_walk_unpack_ms(double pace) {
    const double walks = (double)MU_WALK_UNPACK_MS / MU_WALK_STRIDE_MS;
    return (uint32_t)(MU_WALK_UNPACK_MS / (1 + walks * pace * pace));
}

/* The time gap of somebody who is, or is not, on the way out of a queue, and usually has this one:
 * whoever gets going again follows closely, whoever still hardly moves does not. */
static inline float mu_walk_time_gap(const mu_body *body, float usual_s, float queue_s) {
    const double going = MU_WALK_QUEUE_GOES * (double)(body->level_mps * body->pace);
    const double goes = 2 * mu_walk_share(body->speed_mps, going) - 1;
    const double queued = goes > 0 ? goes * mu_walk_share(body->queued_ms, MU_WALK_PACK_MS) : 0;
    return usual_s + (float)queued * (queue_s - usual_s);
}

#endif
