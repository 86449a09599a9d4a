/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is measured in an area: methods B and C. */
#include <math.h>
#include <stdlib.h>

#include "core/grow.h"
#include "site/plane.h"
#include "verify/measure.h"

enum { HALVINGS = 20 }; /* of a step, to find where it crosses an area's border */

bool mu_measure_inside(const mu_ring *ring, mu_point at) {
    bool inside = false;
    for (uint32_t i = 0, k = ring->count - 1; i < ring->count; k = i++) {
        const mu_point a = ring->items[i], b = ring->items[k];
        if ((a.y > at.y) != (b.y > at.y) && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y)) {
            inside = !inside;
        }
    }
    return inside;
}

double mu_measure_ring_m2(const mu_ring *ring) {
    double twice = 0;
    for (uint32_t i = 0; i < ring->count; i++) {
        twice += mu_plane_cross(ring->items[i], ring->items[(i + 1) % ring->count]);
    }
    return fabs(twice) / 2;
}

static mu_point point_of(const mu_trail_person *one, double k) {
    const uint32_t below = (uint32_t)k;
    const mu_point p = {one->at[below].x, one->at[below].y};
    if (below + 1 >= one->count) {
        return p;
    }
    const mu_point q = {one->at[below + 1].x, one->at[below + 1].y};
    return mu_plane_along(p, mu_plane_sub(q, p), k - below);
}

/* Where between positions k and k + 1, of which one is inside, the border is. */
static double border_between(const mu_trail_person *one, const mu_ring *area, uint32_t k,
                             bool first_inside) {
    double low = 0, high = 1;
    for (int n = 0; n < HALVINGS; n++) {
        const double middle = (low + high) / 2;
        if (mu_measure_inside(area, point_of(one, k + middle)) == first_inside) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return k + (low + high) / 2;
}

/* A person's stay: the first one that began outside and ended outside. */
typedef struct stay {
    double from, to; /* positions of the person, counted from the first */
    bool whole;      /* came in and went out again while being seen */
    bool any;
} stay;

static stay find_stay(const mu_trail_person *one, const mu_ring *area) {
    stay found = {0};
    for (uint32_t k = 0; k < one->count; k++) {
        const bool inside = mu_measure_inside(area, (mu_point){one->at[k].x, one->at[k].y});
        if (inside && !found.any) {
            found.any = true;
            found.whole = k > 0;
            found.from = k > 0 ? border_between(one, area, k - 1, false) : 0;
        } else if (!inside && found.any) {
            found.to = border_between(one, area, k - 1, true);
            return found;
        }
    }
    found.to = one->count > 0 ? one->count - 1 : 0;
    found.whole = false; /* never seen to go out */
    return found;
}

static bool add_pair(mu_pairs *out, mu_pair pair) {
    mu_pair *items = mu_grow(out->items, out->count, &out->room, sizeof *items);
    if (items == NULL) {
        return false;
    }
    out->items = items;
    out->items[out->count++] = pair;
    return true;
}

/* Person-seconds that all stays share with the time from..to. */
static double shared_s(const mu_trail *trail, const stay *stays, double from_s, double to_s) {
    double sum = 0;
    for (uint32_t p = 0; p < trail->person_count; p++) {
        if (stays[p].any) {
            const double first = trail->persons[p].first;
            const double begin = mu_trail_time(trail, first + stays[p].from);
            const double end = mu_trail_time(trail, first + stays[p].to);
            sum += mu_plane_max(mu_plane_min(end, to_s) - mu_plane_max(begin, from_s), 0);
        }
    }
    return sum;
}

bool mu_measure_method_b(const mu_trail *trail, const mu_ring *area, double from_s, double to_s,
                         mu_pairs *out) {
    stay *stays = calloc((size_t)trail->person_count + 1, sizeof *stays);
    bool whole = stays != NULL;
    *out = (mu_pairs){0};
    for (uint32_t p = 0; whole && p < trail->person_count; p++) {
        stays[p] = find_stay(&trail->persons[p], area);
    }
    for (uint32_t p = 0; whole && p < trail->person_count; p++) {
        const mu_trail_person *one = &trail->persons[p];
        const double begin = mu_trail_time(trail, one->first + stays[p].from);
        const double end = mu_trail_time(trail, one->first + stays[p].to);
        const double middle = (begin + end) / 2;
        if (stays[p].whole && end > begin && middle >= from_s && middle <= to_s) {
            const double way =
                mu_plane_distance(point_of(one, stays[p].from), point_of(one, stays[p].to));
            const double in_area = shared_s(trail, stays, begin, end) / (end - begin);
            whole =
                add_pair(out, (mu_pair){in_area / mu_measure_ring_m2(area), way / (end - begin)});
        }
    }
    free(stays);
    return whole;
}

/* Speed of a person around a position, over half of `span` positions to both sides. */
static double speed_around(const mu_trail *trail, const mu_trail_person *one, double k,
                           double span) {
    const double from = mu_plane_max(k - span / 2, 0);
    const double to = mu_plane_min(k + span / 2, one->count - 1);
    return to > from ? mu_plane_distance(point_of(one, from), point_of(one, to)) /
                           ((to - from) * trail->frame_s)
                     : NAN;
}

bool mu_measure_method_c(const mu_trail *trail, const mu_ring *area, double from_s, double to_s,
                         double every_s, double over_s, mu_pairs *out) {
    bool whole = true;
    *out = (mu_pairs){0};
    for (uint32_t n = 0; whole && from_s + n * every_s <= to_s + 1e-9; n++) {
        const double frame = (from_s + n * every_s - trail->start_s) / trail->frame_s;
        double speeds = 0;
        uint32_t inside = 0, moving = 0;
        for (uint32_t p = 0; p < trail->person_count; p++) {
            const mu_trail_person *one = &trail->persons[p];
            const double k = frame - one->first;
            if (one->count == 0 || k < 0 || k > one->count - 1 ||
                !mu_measure_inside(area, point_of(one, k))) {
                continue;
            }
            const double speed = speed_around(trail, one, k, over_s / trail->frame_s);
            inside++;
            moving += !isnan(speed);
            speeds += isnan(speed) ? 0 : speed;
        }
        whole = add_pair(
            out, (mu_pair){inside / mu_measure_ring_m2(area), moving > 0 ? speeds / moving : NAN});
    }
    return whole;
}

double mu_pairs_mean_density(const mu_pairs *pairs) {
    double sum = 0;
    for (uint32_t i = 0; i < pairs->count; i++) {
        sum += pairs->items[i].density_per_m2;
    }
    return pairs->count > 0 ? sum / pairs->count : NAN;
}

double mu_pairs_mean_speed(const mu_pairs *pairs) {
    double sum = 0;
    uint32_t moving = 0;
    for (uint32_t i = 0; i < pairs->count; i++) {
        if (!isnan(pairs->items[i].speed_mps)) {
            sum += pairs->items[i].speed_mps;
            moving++;
        }
    }
    return moving > 0 ? sum / moving : NAN;
}
