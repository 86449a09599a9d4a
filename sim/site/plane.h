/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arithmetic on points and straight pieces of the plane. Only + - * / and sqrt, so that every
 * compiler gives the same bits. */
#ifndef MU_SITE_PLANE_H
#define MU_SITE_PLANE_H

#include <math.h>
#include <stdbool.h>

#include "core/given.h"

static inline mu_point mu_plane_add(mu_point p, mu_point q) {
    return (mu_point){p.x + q.x, p.y + q.y};
}
static inline mu_point mu_plane_sub(mu_point p, mu_point q) {
    return (mu_point){p.x - q.x, p.y - q.y};
}
static inline mu_point mu_plane_scale(mu_point p, double by) {
    return (mu_point){p.x * by, p.y * by};
}
/* p + by q */
static inline mu_point mu_plane_along(mu_point p, mu_point q, double by) {
    return (mu_point){p.x + by * q.x, p.y + by * q.y};
}
static inline double mu_plane_dot(mu_point p, mu_point q) {
    return p.x * q.x + p.y * q.y;
}
static inline double mu_plane_cross(mu_point p, mu_point q) {
    return p.x * q.y - p.y * q.x;
}
/* Turned by a right angle counter-clockwise. */
static inline mu_point mu_plane_left(mu_point p) {
    return (mu_point){-p.y, p.x};
}
static inline double mu_plane_length(mu_point p) {
    return sqrt(p.x * p.x + p.y * p.y);
}
static inline double mu_plane_distance(mu_point p, mu_point q) {
    return mu_plane_length(mu_plane_sub(q, p));
}
/* (0,0) for vectors shorter than a nanometre. */
static inline mu_point mu_plane_unit(mu_point p) {
    double length = mu_plane_length(p);
    return length < 1e-9 ? (mu_point){0, 0} : mu_plane_scale(p, 1 / length);
}
/* > 0 where c is to the left going from a to b: twice the triangle's area. */
static inline double mu_plane_turn(mu_point a, mu_point b, mu_point c) {
    return mu_plane_cross(mu_plane_sub(b, a), mu_plane_sub(c, a));
}
/* Without the library's care for what is no number, and its call. */
static inline double mu_plane_min(double p, double q) {
    return p < q ? p : q;
}
static inline double mu_plane_max(double p, double q) {
    return p > q ? p : q;
}
/* A box from `low` to `high` takes in p, too; INFINITY to -INFINITY is one without a point. */
static inline void mu_plane_grow(mu_point *low, mu_point *high, mu_point p) {
    *low = (mu_point){fmin(low->x, p.x), fmin(low->y, p.y)};
    *high = (mu_point){fmax(high->x, p.x), fmax(high->y, p.y)};
}
/* `least` for what is no number. */
static inline double mu_plane_clamp(double value, double least, double most) {
    return !(value > least) ? least : value > most ? most : value;
}
/* The point of the piece a-b that is nearest to p. */
static inline mu_point mu_plane_nearest(mu_point a, mu_point b, mu_point p) {
    mu_point along = mu_plane_sub(b, a);
    double square = mu_plane_dot(along, along);
    double t = square > 0 ? mu_plane_dot(mu_plane_sub(p, a), along) / square : 0;
    return mu_plane_along(a, along, mu_plane_clamp(t, 0, 1));
}
static inline double mu_plane_off(mu_point a, mu_point b, mu_point p) {
    return mu_plane_distance(p, mu_plane_nearest(a, b, p));
}
/* Does going from p to q cross the piece a-b? Starting or ending on its line does not count. */
static inline bool mu_plane_crosses(mu_point p, mu_point q, mu_point a, mu_point b) {
    double at_p = mu_plane_turn(a, b, p), at_q = mu_plane_turn(a, b, q);
    if (!((at_p > 0 && at_q < 0) || (at_p < 0 && at_q > 0))) {
        return false;
    }
    double at_a = mu_plane_turn(p, q, a), at_b = mu_plane_turn(p, q, b);
    return (at_a <= 0 && at_b >= 0) || (at_a >= 0 && at_b <= 0);
}

#endif
