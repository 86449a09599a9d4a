/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a border from a space's rings. A point goes if it repeats the one before or lies on the
 * straight way between its neighbours; a ring goes if nothing is left of it. */
#include "site/border.h"

#include "site/plane.h"

static const double SAME_M = 1e-3;

static double ring_area(const mu_point *points, uint32_t count) {
    double twice = 0;
    for (uint32_t i = 0; i < count; i++) {
        mu_point p = mu_plane_sub(points[i], points[0]);
        mu_point q = mu_plane_sub(points[(i + 1) % count], points[0]);
        twice += mu_plane_cross(p, q);
    }
    return twice / 2;
}

static bool is_needless(mu_point before, mu_point point, mu_point after) {
    mu_point in = mu_plane_sub(point, before), out = mu_plane_sub(after, point);
    if (mu_plane_length(out) < SAME_M || mu_plane_length(in) < SAME_M) {
        return true;
    }
    return mu_plane_dot(in, out) > 0 && mu_plane_off(before, after, point) < SAME_M;
}

/* Copies the ring without needless points; returns how many are left. */
static uint32_t thin_out(const mu_ring *ring, mu_point *out) {
    uint32_t count = ring->count;
    for (uint32_t i = 0; i < count; i++) {
        out[i] = ring->items[i];
    }
    for (uint32_t i = 0; i < count && count >= 3;) {
        mu_point before = out[(i + count - 1) % count], after = out[(i + 1) % count];
        if (!is_needless(before, out[i], after)) {
            i++;
            continue;
        }
        count--;
        for (uint32_t k = i; k < count; k++) {
            out[k] = out[k + 1];
        }
    }
    return count;
}

/* Appends one ring, turned so that the inside is to the left. */
static void append_ring(const mu_ring *ring, bool hole, mu_point *scratch, mu_border *border) {
    uint32_t count = thin_out(ring, scratch);
    if (count < 3) {
        return;
    }
    bool turn = (ring_area(scratch, count) < 0) != hole;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = turn ? count - 1 - i : i;
        uint32_t to = turn ? (2 * count - 2 - i) % count : (i + 1) % count;
        border->items[border->count++] = (mu_wall){scratch[from], scratch[to]};
    }
}

bool mu_border_make(const mu_space *space, mu_arena *arena, mu_border *out) {
    uint32_t points = space->polygon.count, longest = space->polygon.count;
    for (uint32_t h = 0; h < space->holes.count; h++) {
        uint32_t count = space->holes.items[h].count;
        points += count;
        longest = count > longest ? count : longest;
    }
    mu_border border = {mu_arena_array(arena, points, sizeof(mu_wall)), 0};
    mu_point *scratch = mu_arena_array(arena, longest, sizeof(mu_point));
    if (!border.items || !scratch) {
        return false;
    }
    append_ring(&space->polygon, false, scratch, &border);
    for (uint32_t h = 0; h < space->holes.count; h++) {
        append_ring(&space->holes.items[h], true, scratch, &border);
    }
    *out = border;
    return true;
}

bool mu_border_contains(const mu_border *border, mu_point point) {
    bool inside = false;
    for (uint32_t e = 0; e < border->count; e++) {
        mu_point a = border->items[e].a, b = border->items[e].b;
        if ((a.y > point.y) != (b.y > point.y) &&
            point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
            inside = !inside;
        }
    }
    return inside;
}

double mu_border_off(const mu_border *border, mu_point point) {
    double least = INFINITY;
    for (uint32_t e = 0; e < border->count; e++) {
        least = mu_plane_min(least, mu_plane_off(border->items[e].a, border->items[e].b, point));
    }
    return least;
}

static bool is_joined(const mu_border *border, uint32_t first, uint32_t second) {
    mu_point end = border->items[first].b, start = border->items[second].a;
    return end.x == start.x && end.y == start.y;
}

uint32_t mu_border_next(const mu_border *border, uint32_t edge, bool forward) {
    uint32_t first = edge, last = edge;
    if (forward && edge + 1 < border->count && is_joined(border, edge, edge + 1)) {
        return edge + 1;
    }
    if (!forward && edge > 0 && is_joined(border, edge - 1, edge)) {
        return edge - 1;
    }
    while (first > 0 && is_joined(border, first - 1, first)) {
        first--;
    }
    while (last + 1 < border->count && is_joined(border, last, last + 1)) {
        last++;
    }
    return forward ? first : last;
}

double mu_border_area(const mu_border *border) {
    double twice = 0;
    for (uint32_t e = 0; e < border->count; e++) {
        mu_point a = mu_plane_sub(border->items[e].a, border->items[0].a);
        mu_point b = mu_plane_sub(border->items[e].b, border->items[0].a);
        twice += mu_plane_cross(a, b);
    }
    return twice / 2;
}
