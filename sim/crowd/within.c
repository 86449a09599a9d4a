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
#include "crowd/within_way.h"
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

/* In which rings somebody is now. */
static uint8_t rings_now(const mu_sim *sim, const mu_asked *a, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    return body->mode != MU_BODY_ABSENT &&
                   mu_area_may_be_within(sim->walkable, body->area, a->level, a->at, a->most_m)
               ? mu_rings_of(a->metres, mu_crowd_distance(sim, person, a->level, a->at))
               : 0;
}

static void add(uint8_t within, uint32_t inside[MU_RINGS]) {
    for (int ring = 0; ring < MU_RINGS; ring++) {
        inside[ring] += within >> ring & 1;
    }
}

static void subtract(uint8_t within, uint32_t inside[MU_RINGS]) {
    for (int ring = 0; ring < MU_RINGS; ring++) {
        inside[ring] -= within >> ring & 1;
    }
}

static bool is_occupant(const mu_sim *sim, uint32_t person) {
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT;
}

static void count_all(const mu_sim *sim, const mu_asked *a, uint32_t inside[MU_RINGS]) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_occupant(sim, p)) {
            add(rings_now(sim, a, p), inside);
        }
    }
}

static bool is_same(const mu_ring_watch *watch, const mu_asked *a) {
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
static uint8_t rings_in(const mu_sim *sim, const mu_asked *a, uint32_t area, double *stretch) {
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
    const uint8_t nearest = mu_rings_of(a->metres, sqrt(x * x + y * y));
    const uint8_t farthest = mu_rings_of(a->metres, sqrt(far_x * far_x + far_y * far_y));
    return nearest == farthest ? nearest : MU_RING_OPEN;
}

/* What is asked for has changed: which areas are near. */
static void ask_anew(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch) {
    watch->stirred = true;
    watch->level = a->level;
    watch->at = a->at;
    watch->counts = a->counts;
    watch->of = a->of;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        watch->metres[ring] = a->metres[ring];
    }
    mu_ring_lines_forget(watch);
    for (uint32_t area = 0; area < sim->scratch->area_count; area++) {
        watch->near[area] = rings_in(sim, a, area, &watch->stretch[area]);
    }
}

static void take_off(mu_ring_watch *watch, uint32_t person) {
    mu_ring_known *known = &watch->known[person];
    if (known->list == MOVES) {
        const uint32_t last = watch->moving[--watch->moving_count];
        watch->moving[known->seat] = last;
        watch->known[last].seat = known->seat;
        subtract(known->now, watch->inside);
    } else if (known->list == FIXED) {
        watch->fixed[person / 64] &= ~(UINT64_C(1) << person % 64);
        subtract(known->within, watch->inside);
    }
    known->list = IN_NONE;
}

static void put_on(mu_ring_watch *watch, uint32_t person, uint8_t list) {
    mu_ring_known *known = &watch->known[person];
    known->list = list;
    if (list == MOVES) {
        known->now = 0; /* until the next count */
        known->seat = watch->moving_count;
        watch->moving[watch->moving_count++] = person;
    } else {
        watch->fixed[person / 64] |= UINT64_C(1) << person % 64;
        add(known->within, watch->inside);
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
static void follow(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch, uint32_t person,
                   const mu_flow_path *way) {
    const uint32_t area = mu_bodies(sim)[person].area;
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    mu_ring_known *known = &watch->known[person];
    known->way = way->number;
    known->leg = leg->number;
    known->on = mu_ring_way_of(sim, a, watch, area, way);
    known->within = known->on.within;
    known->until_us = 0;
    known->per_s =
        leg->mps * fmax(way->metres[way->count - 1] / leg->metres, 1) * watch->stretch[area];
}

/* Are they in the same rings, known->within, all along their way? */
static bool stays(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch, uint32_t person) {
    mu_ring_known *known = &watch->known[person];
    if (!is_on_way(sim, person)) {
        return false;
    }
    const bool on_flight =
        mu_walkable_area(sim->walkable, mu_bodies(sim)[person].area)->space == MU_NONE;
    known->within = on_flight ? MU_RING_OPEN : mu_rings_on_leg(sim, a, person);
    if (known->within == MU_RING_OPEN) {
        const mu_flow_path *way = mu_flow_path_of(sim, person);
        if (way != NULL && way->count > 1) {
            follow(sim, a, watch, person, way);
        }
    }
    return known->within != MU_RING_OPEN;
}

/* Lists somebody who may be elsewhere than before, and is in no list now. */
static void list_anew(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    if (body->mode == MU_BODY_ABSENT || watch->near[body->area] == 0 || !is_occupant(sim, person) ||
        (a->counts != NULL && !a->counts(sim, a->of, person))) {
        return;
    }
    const bool open = watch->near[body->area] == MU_RING_OPEN;
    const bool goes = open && body->mode != MU_BODY_RESTING;
    mu_ring_known *known = &watch->known[person];
    if (goes && !stays(sim, a, watch, person)) {
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

static void look_at(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch, uint32_t person) {
    mu_ring_known *known = &watch->known[person];
    const uint8_t list = known->list, within = list == FIXED ? known->within : 0;
    take_off(watch, person);
    known->way = 0;
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
    free(watch->lines);
}

static uint32_t words_of(const mu_sim *sim) {
    return sim->people->list.count / 64 + 1;
}

static bool has_all(const mu_ring_watch *watch) {
    return watch->near != NULL && watch->stretch != NULL && watch->moving != NULL &&
           watch->fixed != NULL && watch->turned != NULL && watch->known != NULL &&
           watch->lines != NULL;
}

static bool has_room(const mu_sim *sim, mu_ring_watch *watch) {
    if (watch->made) {
        return true;
    }
    const size_t people = (size_t)sim->people->list.count + 1;
    if (!has_all(watch)) {
        mu_ring_watch_free(watch); /* what there was memory for when all was asked for before */
        watch->near = malloc((size_t)sim->scratch->area_count + 1);
        watch->stretch = malloc(((size_t)sim->scratch->area_count + 1) * sizeof *watch->stretch);
        watch->moving = malloc(people * sizeof *watch->moving);
        watch->fixed = calloc(words_of(sim), sizeof *watch->fixed);
        watch->turned = malloc(people * sizeof *watch->turned);
        watch->known = calloc(people, sizeof *watch->known);
        watch->lines = calloc(MU_RING_LINES, sizeof *watch->lines);
    }
    return has_all(watch);
}

/* Brings a watch up to date. Whoever has changed in several ways since is looked at once. */
static void refresh(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch) {
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

/* Does what was told last of somebody still hold? Not on another leg, nor if the queue at the end
 * of it has moved on, unless that is nothing to them. */
static bool still_holds(const mu_sim *sim, const mu_ring_known *known, const mu_flow_leg *leg) {
    if (known->way == 0 || known->leg != leg->number || mu_sim_now(sim) >= known->until_us ||
        !is_along(leg)) {
        return false;
    }
    if (known->below == MU_NONE || leg->mouth == MU_NONE) {
        return known->below == MU_NONE;
    }
    const mu_flow_side *side = mu_flow_side_of(sim, leg->mouth);
    return side->waiting < known->below ||
           (known->waiting == side->waiting && known->tickets == side->tickets);
}

/* It holds until then, if the queue before them stays as it is. */
static uint8_t tell(const mu_sim *sim, mu_ring_watch *watch, uint32_t person, uint8_t now,
                    mu_time until_us) {
    const uint32_t mouth = mu_flow_legs(sim)[person].mouth;
    mu_ring_known *known = &watch->known[person];
    known->below = MU_NONE;
    if (mouth != MU_NONE) {
        const mu_flow_side *side = mu_flow_side_of(sim, mouth);
        known->waiting = side->waiting;
        known->tickets = side->tickets;
        known->below = 0;
    }
    known->now = now;
    known->until_us = until_us;
    hold_until(watch, until_us);
    return now;
}

/* It holds for as long as they are on this leg. */
static uint8_t settle(mu_ring_known *known) {
    known->now = known->within;
    known->until_us = MU_NEVER;
    known->below = MU_NONE;
    return known->now;
}

/* How long the queue before somebody may be who has come so far along their way, and not be back
 * there. Unless it is, or they come to an edge, it is nothing to them. */
static uint32_t queue_behind(const mu_sim *sim, uint32_t person, double along) {
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    return leg->mouth == MU_NONE || along <= 0
               ? MU_NONE
               : mu_flow_queue_within(sim, leg->mouth, leg->metres - along - ROUNDING_M);
}

/* The rings on a way that leads over edges where it is known. Whoever stands in the queue at its
 * end only moves on: behind the last edge, or while the queue stays as it is, nothing changes. */
static uint8_t rings_between(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch,
                             uint32_t person, const mu_flow_path *way) {
    mu_ring_known *known = &watch->known[person];
    const mu_ring_way *on = &known->on;
    const bool waits = mu_flow_legs(sim)[person].doing == MU_FLOW_WAITING;
    const double along = mu_flow_along(sim, person, way);
    uint32_t k = 0;
    while (k < on->cuts && on->from[k] < along) {
        if (on->to[k++] > along) {
            return tell(sim, watch, person,
                        mu_rings_of(a->metres, mu_crowd_distance(sim, person, a->level, a->at)),
                        waits ? MU_NEVER : mu_sim_now(sim));
        }
    }
    if (waits && k == on->cuts) {
        known->within = on->between[k];
        return settle(known);
    }
    const double stretch = mu_flow_stretch(sim, person, way);
    const mu_time until_us = k < on->cuts ? comes_us(sim, person, on->from[k], stretch) : MU_NEVER;
    (void)tell(sim, watch, person, on->between[k], until_us);
    if (!waits && (k == on->cuts || until_us != MU_NEVER)) {
        known->below = queue_behind(sim, person, k > 0 ? on->to[k - 1] / stretch : 0);
    }
    return on->between[k];
}

/* The rings on a way over an edge that is not known where. Nobody gets to an edge before they could
 * have walked there; whoever stands in a queue, or comes to its end, moves as the queue does. */
static uint8_t rings_along(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch,
                           uint32_t person) {
    const mu_time now_us = mu_sim_now(sim);
    const double off = mu_crowd_distance(sim, person, a->level, a->at);
    double least = INFINITY;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        least = fmin(least, fabs(off - a->metres[ring]));
    }
    const double s = fmax(least - ROUNDING_M, 0) / watch->known[person].per_s;
    const mu_time for_us = s < LONG_S ? (mu_time)(s * MU_SECOND) : LONG_S * MU_SECOND;
    return tell(sim, watch, person, mu_rings_of(a->metres, off), now_us + for_us);
}

/* The rings that somebody who moves is in now: known from their way, or asked. */
static uint8_t rings_moving(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch,
                            uint32_t person) {
    mu_ring_known *known = &watch->known[person];
    const mu_flow_path *way = is_on_way(sim, person) ? mu_flow_path_of(sim, person) : NULL;
    if (way == NULL || way->count < 2) {
        known->way = 0;
        hold_until(watch, mu_sim_now(sim));
        return rings_now(sim, a, person);
    }
    if (known->way == 0 || known->leg != mu_flow_legs(sim)[person].number) {
        follow(sim, a, watch, person, way);
    }
    return known->within != MU_RING_OPEN   ? settle(known)
           : known->on.cuts > MU_RING_CUTS ? rings_along(sim, a, watch, person)
                                           : rings_between(sim, a, watch, person, way);
}

static mu_asked asking(uint32_t level, mu_point at, const double metres[MU_RINGS],
                       mu_person_counts counts, const void *of) {
    mu_asked a = {.level = level, .at = at, .counts = counts, .of = of};
    for (int ring = 0; ring < MU_RINGS; ring++) {
        a.metres[ring] = metres[ring];
        a.most_m = fmax(a.most_m, metres[ring]);
    }
    return a;
}

/* Counts anew unless what was told last still holds; with the lowest by index or without. */
static void count(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch, bool lowest) {
    refresh(sim, a, watch);
    if (!watch->stirred && mu_sim_now(sim) < watch->until_us) {
        return;
    }
    watch->stirred = false;
    watch->until_us = MU_NEVER;
    watch->lowest = MU_NONE;
    for (uint32_t w = 0; lowest && watch->lowest == MU_NONE && w < words_of(sim); w++) {
        if (watch->fixed[w] != 0) {
            watch->lowest = w * 64 + (uint32_t)__builtin_ctzll(watch->fixed[w]);
        }
    }
    const mu_flow_leg *legs = mu_flow_legs(sim);
    for (uint32_t k = 0; k < watch->moving_count; k++) {
        const uint32_t person = watch->moving[k];
        mu_ring_known *known = &watch->known[person];
        if (still_holds(sim, known, &legs[person])) {
            hold_until(watch, known->until_us);
        } else {
            subtract(known->now, watch->inside);
            known->now = rings_moving(sim, a, watch, person);
            add(known->now, watch->inside);
        }
        if (lowest && known->now != 0 && person < watch->lowest) {
            watch->lowest = person;
        }
    }
}

void mu_crowd_count_within(const mu_sim *sim, uint32_t level, mu_point at,
                           const double metres[MU_RINGS], uint32_t inside[MU_RINGS]) {
    const mu_asked a = asking(level, at, metres, NULL, NULL);
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
    const mu_asked a = asking(level, at, rings, counts, of);
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
