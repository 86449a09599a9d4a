/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passing a gate: the rigid map that lays one area's end of it on the other's, so that what is
 * ahead of one side is behind the other. */
#include "site/plane.h"
#include "site/walkable_parts.h"

static const double ON_LINE_M = 0.05;

mu_point mu_gate_turn(const mu_gate *gate, int side, mu_point direction) {
    mu_point from = gate->inward[side];
    mu_point to = mu_plane_scale(gate->inward[1 - side], -1);
    double cosine = mu_plane_dot(from, to), sine = mu_plane_cross(from, to);
    return (mu_point){cosine * direction.x - sine * direction.y,
                      sine * direction.x + cosine * direction.y};
}

mu_point mu_gate_map(const mu_gate *gate, int side, mu_point p) {
    mu_point here = mu_plane_scale(mu_plane_add(gate->a[side], gate->b[side]), 0.5);
    mu_point there = mu_plane_scale(mu_plane_add(gate->a[1 - side], gate->b[1 - side]), 0.5);
    return mu_plane_add(there, mu_gate_turn(gate, side, mu_plane_sub(p, here)));
}

bool mu_gate_reached(const mu_gate *gate, int side, mu_point from, mu_point to) {
    mu_point a = gate->a[side], b = gate->b[side], off = mu_plane_sub(to, a);
    double ahead = mu_plane_dot(off, gate->inward[side]);
    double along = mu_plane_dot(off, mu_plane_sub(b, a)) / gate->width_m;
    if (!gate->standing[side] && ahead <= 0 && ahead > -MU_BEYOND_M && along > 0 &&
        along < gate->width_m) {
        return true; /* pressed in from the side, where another opening joins this one */
    }
    return mu_plane_crosses(from, to, a, b) || mu_plane_off(a, b, to) <= ON_LINE_M;
}
