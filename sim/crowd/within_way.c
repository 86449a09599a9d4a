/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A way is known by its edges: where each is crossed, give or take a little, and what holds between
 * them. Of straight pieces on the plan that is reckoned; on a flight, which may wind, it is looked
 * for by halving, leaving out what is too far from an edge to come to it. */
#include "crowd/within_way.h"

#include <math.h>
#include <string.h>

#include "core/random.h"
#include "site/plane.h"

#define ROUNDING_M 0.001
#define FINE_M     0.05 /* so short a piece of a flight is not halved again */

/* How near and how far from a point a straight piece of way comes. */
static void widen(mu_point p, mu_point q, mu_point at, double *nearest, double *farthest) {
    *nearest = mu_plane_min(*nearest, mu_plane_off(p, q, at));
    *farthest =
        mu_plane_max(*farthest, mu_plane_max(mu_plane_distance(p, at), mu_plane_distance(q, at)));
}

/* What can be said of somebody for as long as they are on a way. */
static uint8_t rings_on_way(const mu_asked *a, const mu_flow_path *way) {
    double nearest = INFINITY, farthest = 0;
    for (uint32_t k = 0; k + 1 < way->count; k++) {
        widen(way->at[k], way->at[k + 1], a->at, &nearest, &farthest);
    }
    const uint8_t most = mu_rings_of(a->metres, nearest - ROUNDING_M);
    return most == mu_rings_of(a->metres, farthest + ROUNDING_M) ? most : MU_RING_OPEN;
}

/* Where a straight piece of way, from `from` metres of it on, leads over a ring's edge. */
static void cut_piece(mu_point p, mu_point q, double from, double off_m, mu_ring_way *out) {
    const mu_point way = mu_plane_sub(q, p);
    const double square = mu_plane_dot(way, way), back = -mu_plane_dot(p, way);
    const double root = back * back - square * (mu_plane_dot(p, p) - off_m * off_m);
    for (int side = -1; side <= 1 && root > 0 && square > 0; side += 2) {
        const double share = (back + side * sqrt(root)) / square;
        if (share < 0 || share > 1) {
            continue;
        }
        if (out->cuts++ >= MU_RING_CUTS) {
            return;
        }
        const double at = from + share * sqrt(square);
        uint32_t k = out->cuts - 1U;
        for (; k > 0 && out->from[k - 1] > at - ROUNDING_M; k--) {
            out->from[k] = out->from[k - 1];
            out->to[k] = out->to[k - 1];
        }
        out->from[k] = at - ROUNDING_M;
        out->to[k] = at + ROUNDING_M;
    }
}

static void cut_pieces(const mu_asked *a, const mu_flow_path *way, mu_ring_way *out) {
    for (uint32_t k = 0; k + 1 < way->count && out->cuts <= MU_RING_CUTS; k++) {
        const mu_point p = mu_plane_sub(way->at[k], a->at), q = mu_plane_sub(way->at[k + 1], a->at);
        for (int ring = 0; ring < MU_RINGS && out->cuts <= MU_RING_CUTS; ring++) {
            if (ring == 0 || a->metres[ring] != a->metres[0]) {
                cut_piece(p, q, way->metres[k], a->metres[ring], out);
            }
        }
    }
}

/* A way across a flight. */
typedef struct climb {
    const mu_sim *sim;
    const mu_asked *a;
    const mu_flow_path *way;
    uint32_t area;
    double stretch; /* metres on the plan of a metre of it, at the most */
} climb;

static double off_at(const climb *c, double along) {
    uint32_t level;
    return mu_plane_distance(
        mu_area_on_plan(c->sim->walkable, c->area, mu_flow_point(c->way, along), &level), c->a->at);
}

/* May a piece of so many metres lead over an edge that begins and ends so far off? */
static bool may_cross(const climb *c, double metres, double begin_m, double end_m) {
    bool may = false;
    for (int ring = 0; ring < MU_RINGS; ring++) {
        const double begin = begin_m - c->a->metres[ring], end = end_m - c->a->metres[ring];
        may =
            may || begin * end <= 0 || fabs(begin) + fabs(end) <= c->stretch * metres + ROUNDING_M;
    }
    return may;
}

/* One more, or the last goes on. */
static void add_cut(mu_ring_way *out, double from, double to) {
    if (out->cuts > 0 && out->cuts <= MU_RING_CUTS && from <= out->to[out->cuts - 1]) {
        out->to[out->cuts - 1] = to;
    } else if (out->cuts < MU_RING_CUTS) {
        out->from[out->cuts] = from;
        out->to[out->cuts++] = to;
    } else {
        out->cuts = MU_RING_CUTS + 1;
    }
}

static void cut_climb(const climb *c, double from, double to, double begin_m, double end_m,
                      mu_ring_way *out) {
    if (!may_cross(c, to - from, begin_m, end_m) || out->cuts > MU_RING_CUTS) {
        return;
    }
    if (to - from <= FINE_M) {
        add_cut(out, from - ROUNDING_M, to + ROUNDING_M);
        return;
    }
    const double middle = (from + to) / 2, middle_m = off_at(c, middle);
    cut_climb(c, from, middle, begin_m, middle_m, out);
    cut_climb(c, middle, to, middle_m, end_m, out);
}

/* Where a way leads over edges, and in which rings it is between. */
static mu_ring_way reckon(const climb *c, bool on_flight) {
    const mu_flow_path *way = c->way;
    const double all = way->metres[way->count - 1];
    mu_ring_way out = {.within = on_flight ? MU_RING_OPEN : rings_on_way(c->a, way)};
    if (out.within != MU_RING_OPEN) {
        return out;
    }
    if (on_flight) {
        cut_climb(c, 0, all, off_at(c, 0), off_at(c, all), &out);
    } else {
        cut_pieces(c->a, way, &out);
    }
    for (uint32_t k = 0; out.cuts <= MU_RING_CUTS && k <= out.cuts; k++) {
        const double from = k > 0 ? out.to[k - 1] : 0;
        const double to = k < out.cuts ? out.from[k] : all;
        out.between[k] = mu_rings_of(c->a->metres, off_at(c, (from + to) / 2));
    }
    if (out.cuts == 0) {
        out.within = out.between[0];
    }
    return out;
}

/* A way is as long as the leg but for grids and bends, which this allows for many times over. */
static double longest(double metres) {
    return 1.05 * metres + 2;
}

/* The way to an end leads towards the point where all gather, and from there, or before, to one's
 * own place. */
static double longest_to_end(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_mind *mind = &mu_minds(sim)[person];
    const double straight = mu_plane_distance(body->at, body->target);
    const double round = mu_flow_legs(sim)[person].metres + mind->tolerance_m - straight;
    return mind->straight != 0
               ? straight
               : longest(mu_plane_distance(body->at, mind->gathering) + mu_plane_max(round, 0)) +
                     mu_plane_distance(mind->gathering, body->target);
}

uint8_t mu_rings_on_leg(const mu_sim *sim, const mu_asked *a, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    const double begin_m = mu_plane_distance(body->at, a->at);
    double end_m, all;
    if (leg->mouth == MU_NONE) {
        end_m = mu_plane_distance(body->target, a->at);
        all = longest_to_end(sim, person);
    } else {
        const mu_mouth *m = &sim->scratch->mouths[leg->mouth];
        end_m = mu_plane_distance(m->a, a->at);
        all = longest(leg->metres) + 2 * m->width_m;
    }
    /* Whoever is on it has come from its beginning and gets to its end, both on no more than that.
     */
    const double nearest = (begin_m + end_m - all) / 2, farthest = (begin_m + end_m + all) / 2;
    const uint8_t most = mu_rings_of(a->metres, nearest - ROUNDING_M);
    return most == mu_rings_of(a->metres, farthest + ROUNDING_M) ? most : MU_RING_OPEN;
}

static mu_ring_line *line_of(mu_ring_watch *watch, uint32_t area, const mu_flow_path *way) {
    uint64_t word[4];
    memcpy(word, way->at, sizeof word);
    const uint64_t mixed = (word[0] ^ word[2] << 1) + (word[1] ^ word[3] << 1) * 3;
    return &watch->lines[mu_hash_with(mixed, area) & (MU_RING_LINES - 1)];
}

mu_ring_way mu_ring_way_of(const mu_sim *sim, const mu_asked *a, mu_ring_watch *watch,
                           uint32_t area, const mu_flow_path *way) {
    const climb c = {.sim = sim,
                     .a = a,
                     .way = way,
                     .area = area,
                     .stretch = mu_plane_max(watch->stretch[area], 1)};
    mu_ring_line *line = line_of(watch, area, way);
    const size_t bytes = way->count * sizeof *way->at;
    if (line->count != way->count || line->area != area || memcmp(line->at, way->at, bytes) != 0) {
        line->area = area;
        line->count = way->count;
        memcpy(line->at, way->at, bytes);
        line->known = reckon(&c, mu_walkable_area(sim->walkable, area)->space == MU_NONE);
    }
    return line->known;
}

void mu_ring_lines_forget(mu_ring_watch *watch) {
    for (uint32_t k = 0; k < MU_RING_LINES; k++) {
        watch->lines[k].count = 0;
    }
}
