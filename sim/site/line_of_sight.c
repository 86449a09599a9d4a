/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rooms of one level share its frame, so a line of sight is one straight piece: it is followed from
 * area to area, each time through the gate that it meets. */
#include "site/line_of_sight.h"

#include "site/plane.h"

#define AREAS_MOST 12    /* that one line passes through */
#define TRIED_M    1.0   /* between the points tried */
#define INSIDE_M   0.02  /* from a gate's line, to be inside the area */
#define JUMP_M     0.001 /* nearer than this the line ends at the gate */

static mu_point middle_of(const mu_gate *gate, int side) {
    return mu_plane_scale(mu_plane_add(gate->a[side], gate->b[side]), 0.5);
}

/* Where the piece p-q meets a gate's line on one of its sides; false if it does not. */
static bool meet(const mu_gate *gate, int side, mu_point p, mu_point q, mu_point *at) {
    const mu_point a = gate->a[side], b = gate->b[side];
    if (!mu_plane_crosses(p, q, a, b)) {
        return false;
    }
    const double before = mu_plane_turn(a, b, p), after = mu_plane_turn(a, b, q);
    *at = mu_plane_along(p, mu_plane_sub(q, p), before / (before - after));
    return true;
}

/* The gate by which the line leaves the area, whose line is seen from p; MU_NONE. */
static uint32_t gate_on_line(const mu_walkable *walkable, uint32_t area, mu_point p, mu_point q,
                             int *side, mu_point *at) {
    const mu_area *in = mu_walkable_area(walkable, area);
    for (uint32_t k = 0; k < in->gate_count; k++) {
        const uint32_t g = mu_area_gate(walkable, area, k, side);
        const mu_gate *gate = mu_walkable_gate(walkable, g);
        if (gate->area[1 - *side] == MU_NONE || !meet(gate, *side, p, q, at)) {
            continue;
        }
        const mu_point inside = mu_plane_along(*at, gate->inward[*side], INSIDE_M);
        if (mu_area_sees(walkable, area, p, inside, 0)) {
            return g;
        }
    }
    return MU_NONE;
}

bool mu_line_of_sight_has(const mu_walkable *walkable, uint32_t from, mu_point p, uint32_t to,
                          mu_point q) {
    uint32_t area = from;
    for (int steps = 0; steps < AREAS_MOST; steps++) {
        if (area == to) {
            return mu_area_sees(walkable, area, p, q, 0);
        }
        int side = 0;
        mu_point at;
        const uint32_t g = gate_on_line(walkable, area, p, q, &side, &at);
        if (g == MU_NONE) {
            return false;
        }
        const mu_gate *gate = mu_walkable_gate(walkable, g);
        if (mu_plane_distance(at, q) < JUMP_M ||
            mu_walkable_area(walkable, gate->area[1 - side])->space == MU_NONE) {
            return false; /* a flight: its frame is its own */
        }
        area = gate->area[1 - side];
        p = mu_plane_along(mu_gate_map(gate, side, at), gate->inward[1 - side], INSIDE_M);
    }
    return false;
}

static bool sees_any(const mu_walkable *walkable, uint32_t from, mu_point p, uint32_t to) {
    const mu_area *area = mu_walkable_area(walkable, to);
    for (double y = area->low.y + TRIED_M / 2; y < area->high.y; y += TRIED_M) {
        for (double x = area->low.x + TRIED_M / 2; x < area->high.x; x += TRIED_M) {
            const mu_point q = {x, y};
            if (mu_area_contains(walkable, to, q) &&
                mu_line_of_sight_has(walkable, from, p, to, q)) {
                return true;
            }
        }
    }
    return false;
}

/* Just beyond the middle of a gate is seen too, though no point of the grid may be. */
static bool sees_through_gate(const mu_walkable *walkable, uint32_t from, mu_point p, uint32_t to) {
    for (uint32_t k = 0; k < mu_walkable_area(walkable, to)->gate_count; k++) {
        int side = 0;
        const mu_gate *gate = mu_walkable_gate(walkable, mu_area_gate(walkable, to, k, &side));
        const mu_point q = mu_plane_along(middle_of(gate, side), gate->inward[side], 2 * INSIDE_M);
        if (mu_line_of_sight_has(walkable, from, p, to, q)) {
            return true;
        }
    }
    return false;
}

void mu_line_of_sight_mark(const mu_walkable *walkable, uint32_t from, mu_point p, bool *seen) {
    const uint32_t level = mu_walkable_area(walkable, from)->level;
    for (uint32_t a = 0; a < mu_walkable_area_count(walkable); a++) {
        const mu_area *area = mu_walkable_area(walkable, a);
        if (seen[a] || !area->walkable || area->space == MU_NONE || area->level != level) {
            continue;
        }
        seen[a] =
            a == from || sees_through_gate(walkable, from, p, a) || sees_any(walkable, from, p, a);
    }
}
