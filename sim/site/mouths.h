/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gates as those see them who make for them, and which are near: made with the walkable. */
#ifndef MU_SITE_MOUTHS_H
#define MU_SITE_MOUTHS_H

#include "site/walkable.h"

/* One side of a gate, as the people of its area see it. Index: gate * 2 + side. */
typedef struct mu_mouth {
    mu_point a, along; /* one end, and the unit vector to the other */
    mu_point inward;   /* unit normal into the area */
    double width_m;
    const mu_field_grid *field; /* to it, in its area */
    uint32_t area;              /* MU_NONE: no such side */
    uint32_t beyond;            /* MU_NONE: off site */
    uint32_t portal;
    bool on_border;   /* else it stands free in the area, as the foot of an open stair may */
    bool from_flight; /* whoever is on a flight may always leave it */
} mu_mouth;

/* Mouths within MU_MOUTH_NEAR_M of the points of each cell of an area. */
#define MU_MOUTH_NEAR_M 2.0
typedef struct mu_mouth_grid {
    mu_point low;
    double per_cell; /* cells per metre */
    double last_column, last_row;
    uint32_t columns, rows;
    uint32_t first; /* into start: columns * rows + 1 entries */
} mu_mouth_grid;

typedef struct mu_mouths {
    mu_mouth *items;
    mu_mouth_grid *grids; /* per area */
    uint32_t *start;      /* into near */
    uint32_t *near;
} mu_mouths;

/* Of a walkable whose fields are made. False without memory. */
bool mu_mouths_make(mu_walkable *walkable);
const mu_mouths *mu_walkable_mouths(const mu_walkable *walkable);

/* Where a point is seen from a mouth: metres into the area, and metres from its end a. */
static inline double mu_mouth_depth(const mu_mouth *m, mu_point p) {
    return (p.x - m->a.x) * m->inward.x + (p.y - m->a.y) * m->inward.y;
}
static inline double mu_mouth_across(const mu_mouth *m, mu_point p) {
    return (p.x - m->a.x) * m->along.x + (p.y - m->a.y) * m->along.y;
}

/* The middle of a mouth's line, and a point before it, so far into the area. */
static inline mu_point mu_mouth_middle(const mu_mouth *m) {
    return (mu_point){m->a.x + m->along.x * m->width_m / 2, m->a.y + m->along.y * m->width_m / 2};
}
static inline mu_point mu_mouth_inside(const mu_mouth *m, double in_m) {
    const mu_point middle = mu_mouth_middle(m);
    return (mu_point){middle.x + m->inward.x * in_m, middle.y + m->inward.y * in_m};
}

#endif
