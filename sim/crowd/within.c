/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many occupants are within rings around a point, asked every half second for hours. By
 * `flow`, whoever is in an area that no ring's edge runs through, or stands or sits, is counted
 * once and again only when they have moved house or begun or ceased to walk; of whoever walks
 * elsewhere it is known where their way leads over an edge, and so when. Until then, and while
 * nobody goes another way and no queue moves on, what was told last holds, and asking costs
 * nothing. By `walk` those who stand may be pushed, so everyone is looked at. */
#include "crowd/within.h"

#include <math.h>
#include <stdlib.h>

#include "crowd/flow.h"
#include "crowd/scratch.h"
#include "site/flight.h"
#include "site/plane.h"

#define ROUNDING_M 0.001
#define LONG_S     3600
#define EARLY_US   1000 /* an edge is looked for so long before somebody should come to it */

enum { IN_NONE, FIXED, MOVES };

/* Points along each edge of a flight that say where on the plan it lies. A half circle is at most
 * so much longer than a line between points of it that are a quarter of it apart, or less. */
enum { FLIGHT_POINTS = 24 };
#define ARC_OVER_CHORD 1.03

typedef struct asked {
    uint32_t level;
    mu_point at;
    double metres[MU_RINGS], most_m;
    mu_person_counts counts; /* NULL: every occupant does */
    const void *of;
} asked;

static uint8_t rings_of(const double metres[MU_RINGS], double off) {
    uint8_t within = 0;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        within = (uint8_t)(within | (off <= metres[ring]) << ring);
    }
    return within;
}

/* In which rings somebody is now. */
static uint8_t rings_now(const mu_sim *sim, const asked *a, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    return body->mode != MU_BODY_ABSENT &&
                   mu_area_may_be_within(sim->walkable, body->area, a->level, a->at, a->most_m)
               ? rings_of(a->metres, mu_crowd_distance(sim, person, a->level, a->at))
               : 0;
}

static void add(uint8_t within, uint32_t inside[MU_RINGS]) {
    for (int ring = 0; ring < MU_RINGS; ring++) {
        inside[ring] += within >> ring & 1;
    }
}

static bool is_occupant(const mu_sim *sim, uint32_t person) {
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT;
}

static void count_all(const mu_sim *sim, const asked *a, uint32_t inside[MU_RINGS]) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_occupant(sim, p)) {
            add(rings_now(sim, a, p), inside);
        }
    }
}

static bool is_same(const mu_ring_watch *watch, const asked *a) {
    bool same = watch->level == a->level && watch->at.x == a->at.x && watch->at.y == a->at.y &&
                watch->counts == a->counts && watch->of == a->of;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        same = same && watch->metres[ring] == a->metres[ring];
    }
    return same;
}

typedef struct box {
    mu_point low, high;
} box;

/* Where on the plan a flight lies: points of both edges, and as much round them as two that follow
 * each other are apart. *stretch is how many metres on the plan one metre in its frame is at the
 * most: along an edge, across it, or both. */
static box box_of_flight(const mu_walkable *walkable, uint32_t area, double *stretch) {
    const mu_area *in = mu_walkable_area(walkable, area);
    const double step_m = in->high.y / FLIGHT_POINTS, width_m = in->high.x - in->low.x;
    box b = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    double apart = 0, across = 0;
    mu_point before[2] = {{0, 0}, {0, 0}};
    for (int k = 0; k <= FLIGHT_POINTS; k++) {
        mu_point p[2];
        for (int edge = 0; edge < 2; edge++) {
            const mu_point at = {edge == 0 ? in->low.x : in->high.x, step_m * k};
            p[edge] = mu_flight_on_plan(walkable, area, at);
            apart = k > 0 ? fmax(apart, mu_plane_distance(before[edge], p[edge])) : apart;
            mu_plane_grow(&b.low, &b.high, p[edge]);
            before[edge] = p[edge];
        }
        across = fmax(across, mu_plane_distance(p[0], p[1]));
    }
    b.low = (mu_point){b.low.x - apart, b.low.y - apart};
    b.high = (mu_point){b.high.x + apart, b.high.y + apart};
    *stretch = ARC_OVER_CHORD * (apart / step_m + across / width_m);
    return b;
}

/* In which rings everybody is who is in an area; MU_RING_OPEN where that depends on where. */
static uint8_t rings_in(const mu_sim *sim, const asked *a, uint32_t area, double *stretch) {
    const mu_area *in = mu_walkable_area(sim->walkable, area);
    *stretch = 1;
    if (!mu_area_may_be_within(sim->walkable, area, a->level, a->at, a->most_m)) {
        return 0;
    }
    const box b = in->space != MU_NONE ? (box){in->low, in->high}
                                       : box_of_flight(sim->walkable, area, stretch);
    const double x = fmax(fmax(b.low.x - a->at.x, a->at.x - b.high.x) - MU_AREA_BOX_M, 0);
    const double y = fmax(fmax(b.low.y - a->at.y, a->at.y - b.high.y) - MU_AREA_BOX_M, 0);
    const double far_x = fmax(a->at.x - b.low.x, b.high.x - a->at.x) + MU_AREA_BOX_M;
    const double far_y = fmax(a->at.y - b.low.y, b.high.y - a->at.y) + MU_AREA_BOX_M;
    const uint8_t nearest = rings_of(a->metres, sqrt(x * x + y * y));
    const uint8_t farthest = rings_of(a->metres, sqrt(far_x * far_x + far_y * far_y));
    return nearest == farthest ? nearest : MU_RING_OPEN;
}

/* What is asked for has changed: which areas are near. */
static void ask_anew(const mu_sim *sim, const asked *a, mu_ring_watch *watch) {
    watch->stirred = true;
    watch->level = a->level;
    watch->at = a->at;
    watch->counts = a->counts;
    watch->of = a->of;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        watch->metres[ring] = a->metres[ring];
    }
    for (uint32_t area = 0; area < sim->scratch->area_count; area++) {
        watch->near[area] = rings_in(sim, a, area, &watch->stretch[area]);
    }
}

static uint32_t *list_of(mu_ring_watch *watch, uint8_t list, uint32_t **count) {
    *count = list == FIXED ? &watch->fixed_count : &watch->moving_count;
    return list == FIXED ? watch->fixed : watch->moving;
}

static void take_off(mu_ring_watch *watch, uint32_t person) {
    mu_ring_known *known = &watch->known[person];
    uint32_t *count;
    if (known->list == IN_NONE) {
        return;
    }
    uint32_t *list = list_of(watch, known->list, &count);
    const uint32_t last = list[--*count];
    list[known->seat] = last;
    watch->known[last].seat = known->seat;
    if (known->list == FIXED) {
        for (int ring = 0; ring < MU_RINGS; ring++) {
            watch->still[ring] -= known->within >> ring & 1;
        }
    }
    known->list = IN_NONE;
}

static void put_on(mu_ring_watch *watch, uint32_t person, uint8_t list) {
    uint32_t *count;
    uint32_t *items = list_of(watch, list, &count);
    watch->known[person].seat = *count;
    watch->known[person].list = list;
    items[(*count)++] = person;
    if (list == FIXED) {
        add(watch->known[person].within, watch->still);
    }
}

/* How near and how far from a point a straight piece of way comes. */
static void widen(mu_point p, mu_point q, mu_point at, double *nearest, double *farthest) {
    *nearest = mu_plane_min(*nearest, mu_plane_off(p, q, at));
    *farthest =
        mu_plane_max(*farthest, mu_plane_max(mu_plane_distance(p, at), mu_plane_distance(q, at)));
}

/* What can be said of somebody for as long as they are on a way. */
static uint8_t rings_on_way(const asked *a, const mu_flow_path *way) {
    double nearest = INFINITY, farthest = 0;
    for (uint32_t k = 0; k + 1 < way->count; k++) {
        widen(way->at[k], way->at[k + 1], a->at, &nearest, &farthest);
    }
    const uint8_t most = rings_of(a->metres, nearest - ROUNDING_M);
    return most == rings_of(a->metres, farthest + ROUNDING_M) ? most : MU_RING_OPEN;
}

/* Where a straight piece of way, from `from` metres of it on, leads over a ring's edge. */
static void cut_piece(mu_point p, mu_point q, double from, double off_m, mu_ring_known *known) {
    const mu_point way = mu_plane_sub(q, p);
    const double square = mu_plane_dot(way, way), back = -mu_plane_dot(p, way);
    const double root = back * back - square * (mu_plane_dot(p, p) - off_m * off_m);
    for (int side = -1; side <= 1 && root > 0 && square > 0; side += 2) {
        const double share = (back + side * sqrt(root)) / square;
        if (share < 0 || share > 1) {
            continue;
        }
        if (known->cuts++ >= MU_RING_CUTS) {
            return;
        }
        const double at = from + share * sqrt(square);
        uint32_t k = known->cuts - 1U;
        for (; k > 0 && known->along[k - 1] > at; k--) {
            known->along[k] = known->along[k - 1];
        }
        known->along[k] = at;
    }
}

/* Where a way leads over edges, and in which rings it is between. */
static void cut_way(const asked *a, const mu_flow_path *way, mu_ring_known *known) {
    known->cuts = 0;
    for (uint32_t k = 0; k + 1 < way->count; k++) {
        const mu_point p = mu_plane_sub(way->at[k], a->at), q = mu_plane_sub(way->at[k + 1], a->at);
        for (int ring = 0; ring < MU_RINGS; ring++) {
            if (ring == 0 || a->metres[ring] != a->metres[0]) {
                cut_piece(p, q, way->metres[k], a->metres[ring], known);
            }
        }
    }
    for (uint32_t k = 0; known->cuts <= MU_RING_CUTS && k <= known->cuts; k++) {
        const double from = k > 0 ? known->along[k - 1] : 0;
        const double to = k < known->cuts ? known->along[k] : way->metres[way->count - 1];
        known->between[k] =
            rings_of(a->metres, mu_plane_distance(mu_flow_point(way, (from + to) / 2), a->at));
    }
}

static bool is_along(const mu_flow_leg *leg) {
    return leg->doing == MU_FLOW_CROSSING || leg->doing == MU_FLOW_WAITING;
}

/* On a way across an area, or in the queue at its end. */
static bool is_on_way(const mu_sim *sim, uint32_t person) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    return mu_bodies(sim)[person].mode == MU_BODY_WALKING && leg->metres > 0 && is_along(leg);
}

/* What is known of the way of somebody who has a new one. */
static void follow(const mu_sim *sim, const asked *a, mu_ring_watch *watch, uint32_t person,
                   const mu_flow_path *way) {
    const uint32_t area = mu_bodies(sim)[person].area;
    const bool in_frame = mu_walkable_area(sim->walkable, area)->space == MU_NONE;
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    mu_ring_known *known = &watch->known[person];
    known->way = way->number;
    known->leg = leg->number;
    known->within = in_frame ? MU_RING_OPEN : rings_on_way(a, way);
    known->until_us = 0;
    known->per_s =
        leg->mps * fmax(way->metres[way->count - 1] / leg->metres, 1) * watch->stretch[area];
    known->edge_m = 0;
    known->cuts = MU_RING_CUTS + 1;
    if (!in_frame && known->within == MU_RING_OPEN) {
        cut_way(a, way, known);
    }
}

/* Lists somebody who may be elsewhere than before, and is in no list now. */
static void list_anew(const mu_sim *sim, const asked *a, mu_ring_watch *watch, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    if (body->mode == MU_BODY_ABSENT || watch->near[body->area] == 0 || !is_occupant(sim, person) ||
        (a->counts != NULL && !a->counts(sim, a->of, person))) {
        return;
    }
    const bool open = watch->near[body->area] == MU_RING_OPEN;
    const bool goes = open && body->mode != MU_BODY_RESTING;
    const mu_flow_path *way = goes && is_on_way(sim, person) ? mu_flow_path_of(sim, person) : NULL;
    mu_ring_known *known = &watch->known[person];
    if (way != NULL && way->count > 1) {
        follow(sim, a, watch, person, way);
    }
    if (goes && (way == NULL || way->count < 2 || known->within == MU_RING_OPEN)) {
        put_on(watch, person, MOVES);
        return;
    }
    known->within = goes   ? known->within
                    : open ? rings_now(sim, a, person)
                           : watch->near[body->area];
    if (known->within != 0) {
        put_on(watch, person, FIXED);
    }
}

static void look_at(const mu_sim *sim, const asked *a, mu_ring_watch *watch, uint32_t person) {
    const mu_ring_known *known = &watch->known[person];
    const uint8_t list = known->list, within = list == FIXED ? known->within : 0;
    take_off(watch, person);
    watch->known[person].way = 0;
    list_anew(sim, a, watch, person);
    watch->stirred = watch->stirred || list == MOVES || known->list == MOVES ||
                     within != (known->list == FIXED ? known->within : 0);
}

void mu_ring_watch_free(mu_ring_watch *watch) {
    free(watch->near);
    free(watch->stretch);
    free(watch->moving);
    free(watch->fixed);
    free(watch->turned);
    free(watch->known);
}

static bool has_all(const mu_ring_watch *watch) {
    return watch->near != NULL && watch->stretch != NULL && watch->moving != NULL &&
           watch->fixed != NULL && watch->turned != NULL && watch->known != NULL;
}

static bool has_room(const mu_sim *sim, mu_ring_watch *watch) {
    const size_t people = (size_t)sim->people->list.count + 1;
    if (!has_all(watch)) {
        mu_ring_watch_free(watch); /* what there was memory for when all was asked for before */
        watch->near = malloc((size_t)sim->scratch->area_count + 1);
        watch->stretch = malloc(((size_t)sim->scratch->area_count + 1) * sizeof *watch->stretch);
        watch->moving = malloc(people * sizeof *watch->moving);
        watch->fixed = malloc(people * sizeof *watch->fixed);
        watch->turned = malloc(people * sizeof *watch->turned);
        watch->known = calloc(people, sizeof *watch->known);
    }
    return has_all(watch);
}

/* Brings a watch up to date. Whoever has changed in several ways since is looked at once. */
static void refresh(const mu_sim *sim, const asked *a, mu_ring_watch *watch) {
    const mu_changes *changes = &sim->scratch->changes;
    const bool anew = !watch->made || !is_same(watch, a);
    if (anew) {
        ask_anew(sim, a, watch);
    }
    if (mu_scratch_has_changes(sim, &watch->seen) && !anew) {
        for (; watch->seen < changes->count; watch->seen++) {
            mu_ring_watch_note(watch, changes->person[watch->seen % MU_CHANGES_KEPT]);
        }
    } else {
        for (uint32_t p = 0; p < sim->people->list.count; p++) {
            mu_ring_watch_note(watch, p);
        }
        watch->seen = changes->count;
        watch->made = true;
    }
    while (watch->turned_count > 0) {
        const uint32_t person = watch->turned[--watch->turned_count];
        watch->known[person].turned = 0;
        look_at(sim, a, watch, person);
    }
}

static void hold_until(mu_ring_watch *watch, mu_time us) {
    watch->until_us = us < watch->until_us ? us : watch->until_us;
}

/* When somebody comes so far along their way. In a queue, and before its end, only its moving on
 * gets them further, and that is told of. */
static mu_time comes_us(const mu_sim *sim, uint32_t person, double along, double stretch) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    if (leg->doing == MU_FLOW_WAITING) {
        return MU_NEVER;
    }
    const mu_time us = leg->start_us + mu_time_from_s(along / stretch / leg->mps);
    return us + EARLY_US < mu_sim_now(sim) ? MU_NEVER : us - EARLY_US;
}

/* Nobody waits where a way does not lead to a gate. */
static void queue_before(const mu_sim *sim, uint32_t mouth, uint32_t *waiting, uint32_t *tickets) {
    const mu_flow_side *side = mouth == MU_NONE ? NULL : mu_flow_side_of(sim, mouth);
    *waiting = side == NULL ? 0 : side->waiting;
    *tickets = side == NULL ? 0 : side->tickets;
}

/* Does what was told last of somebody still hold? They are on the same way then. */
static bool still_holds(const mu_sim *sim, const mu_ring_known *known, uint32_t person) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    if (known->way == 0 || known->leg != leg->number || mu_sim_now(sim) >= known->until_us ||
        !is_along(leg)) {
        return false;
    }
    uint32_t waiting, tickets;
    queue_before(sim, leg->mouth, &waiting, &tickets);
    return known->waiting == waiting && known->tickets == tickets;
}

/* It holds until then, if the queue before them stays as it is. */
static uint8_t tell(const mu_sim *sim, mu_ring_watch *watch, uint32_t person, uint8_t now,
                    mu_time until_us) {
    mu_ring_known *known = &watch->known[person];
    queue_before(sim, mu_flow_legs(sim)[person].mouth, &known->waiting, &known->tickets);
    known->now = now;
    known->until_us = until_us;
    hold_until(watch, until_us);
    return now;
}

/* The rings on a way that leads over edges where it is known. */
static uint8_t rings_between(const mu_sim *sim, const asked *a, mu_ring_watch *watch,
                             uint32_t person, const mu_flow_path *way) {
    const mu_ring_known *known = &watch->known[person];
    const double along = mu_flow_along(sim, person, way);
    uint32_t k = 0;
    while (k < known->cuts && known->along[k] < along + ROUNDING_M) {
        if (known->along[k++] > along - ROUNDING_M) {
            const double off = mu_plane_distance(mu_flow_point(way, along), a->at);
            return tell(sim, watch, person, rings_of(a->metres, off), mu_sim_now(sim));
        }
    }
    const mu_time until_us =
        k < known->cuts ? comes_us(sim, person, known->along[k], mu_flow_stretch(sim, person, way))
                        : MU_NEVER;
    return tell(sim, watch, person, known->between[k], until_us);
}

/* Nobody gets so many metres on the plan further before then. */
static mu_time walks_until_us(const mu_sim *sim, const mu_ring_known *known, double metres) {
    const double s = fmax(metres, 0) / known->per_s;
    return mu_sim_now(sim) + (s < LONG_S ? (mu_time)(s * MU_SECOND) : LONG_S * MU_SECOND);
}

/* The rings on a way over an edge that is not known where. Nobody gets to an edge before they could
 * have walked there; whoever stands in a queue, or comes to its end, moves as the queue does. Where
 * the queue has moved on by less than it is to the next edge, nobody is asked where that is. */
static uint8_t rings_along(const mu_sim *sim, const asked *a, mu_ring_watch *watch, uint32_t person,
                           const mu_flow_path *way) {
    mu_ring_known *known = &watch->known[person];
    const double along = mu_flow_along(sim, person, way);
    const double stretch = watch->stretch[mu_bodies(sim)[person].area];
    const double left = known->edge_m - fabs(along - known->asked_m) * stretch;
    if (left > 0) {
        return tell(sim, watch, person, known->now, walks_until_us(sim, known, left));
    }
    const double off = mu_crowd_distance(sim, person, a->level, a->at);
    double least = INFINITY;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        least = fmin(least, fabs(off - a->metres[ring]));
    }
    known->asked_m = along;
    known->edge_m = least - ROUNDING_M;
    return tell(sim, watch, person, rings_of(a->metres, off),
                walks_until_us(sim, known, known->edge_m));
}

/* The rings that somebody who moves is in now: known from their way, or asked. */
static uint8_t rings_asked(const mu_sim *sim, const asked *a, mu_ring_watch *watch,
                           uint32_t person) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    mu_ring_known *known = &watch->known[person];
    const bool on_way = is_on_way(sim, person);
    const bool is_known = on_way && known->way != 0 && known->leg == leg->number;
    if (is_known && known->within != MU_RING_OPEN) {
        return known->within;
    }
    const mu_flow_path *way = on_way ? mu_flow_path_of(sim, person) : NULL;
    if (way == NULL || way->count < 2) {
        known->way = 0;
        hold_until(watch, mu_sim_now(sim));
        return rings_now(sim, a, person);
    }
    if (!is_known) {
        follow(sim, a, watch, person, way);
    }
    return known->within != MU_RING_OPEN ? known->within
           : known->cuts > MU_RING_CUTS  ? rings_along(sim, a, watch, person, way)
                                         : rings_between(sim, a, watch, person, way);
}

static asked asking(uint32_t level, mu_point at, const double metres[MU_RINGS],
                    mu_person_counts counts, const void *of) {
    asked a = {.level = level, .at = at, .counts = counts, .of = of};
    for (int ring = 0; ring < MU_RINGS; ring++) {
        a.metres[ring] = metres[ring];
        a.most_m = fmax(a.most_m, metres[ring]);
    }
    return a;
}

/* Counts anew unless what was told last still holds; with the lowest by index or without. */
static void count(const mu_sim *sim, const asked *a, mu_ring_watch *watch, bool lowest) {
    refresh(sim, a, watch);
    if (!watch->stirred && mu_sim_now(sim) < watch->until_us) {
        return;
    }
    watch->stirred = false;
    watch->until_us = MU_NEVER;
    watch->lowest = MU_NONE;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        watch->inside[ring] = watch->still[ring];
    }
    for (uint32_t k = 0; lowest && k < watch->fixed_count; k++) {
        watch->lowest = watch->fixed[k] < watch->lowest ? watch->fixed[k] : watch->lowest;
    }
    for (uint32_t k = 0; k < watch->moving_count; k++) {
        const uint32_t person = watch->moving[k];
        uint8_t within;
        const mu_ring_known *known = &watch->known[person];
        if (still_holds(sim, known, person)) { /* of most */
            within = known->now;
            hold_until(watch, known->until_us);
        } else {
            within = rings_asked(sim, a, watch, person);
        }
        add(within, watch->inside);
        watch->lowest = within != 0 && person < watch->lowest ? person : watch->lowest;
    }
}

void mu_crowd_count_within(const mu_sim *sim, uint32_t level, mu_point at,
                           const double metres[MU_RINGS], uint32_t inside[MU_RINGS]) {
    const asked a = asking(level, at, metres, NULL, NULL);
    mu_ring_watch *watch = &sim->scratch->rings;
    const bool kept = mu_flow_is_on(sim) && has_room(sim, watch);
    if (kept) {
        count(sim, &a, watch, false);
    }
    for (int ring = 0; ring < MU_RINGS; ring++) {
        inside[ring] = kept ? watch->inside[ring] : 0;
    }
    if (!kept) {
        count_all(sim, &a, inside);
    }
}

mu_time mu_crowd_count_holds_us(const mu_sim *sim) {
    const mu_ring_watch *watch = &sim->scratch->rings;
    const mu_changes *changes = &sim->scratch->changes;
    return mu_flow_is_on(sim) && watch->made && !watch->stirred && watch->turned_count == 0 &&
                   changes->count == watch->seen && changes->places == mu_crowd(sim)->places
               ? watch->until_us
               : 0;
}

uint32_t mu_crowd_first_within(const mu_sim *sim, uint32_t level, mu_point at, double metres,
                               mu_person_counts counts, const void *of, uint32_t *first) {
    const double rings[MU_RINGS] = {metres, metres};
    const asked a = asking(level, at, rings, counts, of);
    mu_ring_watch *watch = &sim->scratch->zone;
    if (mu_flow_is_on(sim) && has_room(sim, watch)) {
        count(sim, &a, watch, true);
        *first = watch->inside[0] > 0 ? watch->lowest : *first;
        return watch->inside[0];
    }
    uint32_t inside = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (counts(sim, of, p) && rings_now(sim, &a, p) != 0) {
            *first = inside == 0 ? p : *first;
            inside++;
        }
    }
    return inside;
}
