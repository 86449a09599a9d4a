/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where people can walk, made once from the site: areas, gates between them, walls that cannot be
 * passed, and walking distances inside each area. Immutable; shared by all runs of a site.
 *
 * An area is one planar piece with its own frame. Areas 0 … space_count-1 are the spaces of the
 * site by index, in their level's frame. After them come the flights of stairs, one per stair
 * portal: a rectangle `width` by `length` (along the slope) with x in [0, width] across and y in
 * [0, length] going up. A gate is one way of passing between two areas: a door has one, a stair two
 * (foot and head). Each gate lies in the frames of both its areas; passing it maps one frame into
 * the other rigidly, so a wall's thickness or a turn of the stairs needs no special case.
 *
 * A door's gates are the portal's line brought onto the nearest stretch of each space's border: at
 * most 0.6 m away, nearly parallel, the two spaces facing each other, and equally long on both
 * sides. A flight's line may lie in its space's border too, or stand free inside it (a flight drawn
 * in the middle of its stair hall). Behind a free-standing gate there is no wall: people walk onto
 * it from either side, and `inward` points to the side with more free room, onto which those who
 * leave the flight step. The map stays rigid: who meets the line a little from behind comes out
 * that little further along the flight. So a body passes a gate when it meets the line
 * (mu_gate_reached), not when it is somewhere beyond it.
 *
 * A lift's car is an area on each level, and the ride from one to the next a gate, which nobody
 * passes by walking: crowd/lift.h takes whoever is in the car from one area to the other. A portal
 * that leads to a space nobody can walk in (a shaft that no lift names) has no gates; its doors are
 * walls. */
#ifndef MU_SITE_WALKABLE_H
#define MU_SITE_WALKABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "site/site.h"

/* A straight piece of wall; the walkable side is to the left going from a to b. */
typedef struct mu_wall {
    mu_point a, b;
} mu_wall;

typedef struct mu_gate {
    uint32_t portal;     /* of the site */
    uint32_t area[2];    /* area[1] is MU_NONE where the portal leads off site */
    mu_point a[2], b[2]; /* ends of the clear width in each area's frame; seen from inside either
                            area the gate's ends are matched: a[0] meets a[1] */
    mu_point inward[2];  /* unit normal into each area */
    double width_m;
    bool standing[2]; /* stands free inside this area rather than in its border */
} mu_gate;

typedef struct mu_area {
    uint32_t space; /* MU_NONE for a flight */
    uint32_t stair; /* portal of the flight; MU_NONE for a space */
    uint32_t level; /* on whose plan it is drawn; a flight: that of its first space */
    uint32_t lift;  /* of which this is a car; MU_NONE */
    uint32_t car;   /* which of its cars, from the lowest */
    bool walkable;  /* false: shafts and spaces nobody may stand in */
    bool outdoor;
    double area_m2;
    double slope; /* level metres that one metre in here costs: flights MU_STAIR_COST, else 1 */
    mu_point low, high; /* bounding box */
    uint32_t first_wall, wall_count;
    uint32_t first_gate, gate_count; /* into walkable's gate_of list */
    /* Nodes of the distance fields: node (i, j) is at low + step * (i, j). */
    uint32_t columns, rows;
    double step_m;
} mu_area;

typedef struct mu_walkable mu_walkable;

/* Builds everything, and explains what cannot work as faults in `diags`: all of mu_site_check (do
 * not call that as well), overlapping rooms, rings that cross themselves, doors in no wall, doors
 * narrower than 0.5 m. Rooms without a way out are warnings: real plans have them, and who is in
 * one is found by mu_area_way_out. NULL if there was any error, or no memory. The site must outlive
 * it.
 */
mu_walkable *mu_walkable_create(const mu_site *site, mu_diags *diags);
void mu_walkable_destroy(mu_walkable *walkable);

/* Much is made only once it is asked for. Where there is no memory for it, no way is found that there
 * may be: whoever plays a run has to ask whether that has happened, and stop. It stays so. Any
 * thread may. */
bool mu_walkable_lacks_memory(const mu_walkable *walkable);
void mu_walkable_note_no_memory(const mu_walkable *walkable);

uint32_t mu_walkable_area_count(const mu_walkable *walkable);
/* Asked for at every turn, so without a call: the areas' address comes first in a walkable. */
static inline const mu_area *mu_walkable_area(const mu_walkable *walkable, uint32_t area) {
    return *(mu_area *const *)(const void *)walkable + area;
}
uint32_t mu_walkable_gate_count(const mu_walkable *walkable);
const mu_gate *mu_walkable_gate(const mu_walkable *walkable, uint32_t gate);
/* The k-th gate of an area, and which side of it the area is (0 or 1). */
uint32_t mu_area_gate(const mu_walkable *walkable, uint32_t area, uint32_t k, int *side);
const mu_wall *mu_area_walls(const mu_walkable *walkable, uint32_t area);

/* How occupants get out of an area as the site gives its portals: their given states, no keys. */
typedef enum mu_way_out {
    MU_WAY_OUT_OPEN,        /* there is a way, or the area is in the open itself */
    MU_WAY_OUT_NO_PORTAL,   /* no portal at all */
    MU_WAY_OUT_CLOSED,      /* only through portals that are given as closed */
    MU_WAY_OUT_KEY,         /* only through portals that need a key */
    MU_WAY_OUT_AGAINST,     /* only against the direction of a one-way portal */
    MU_WAY_OUT_ENCLOSED,    /* its portals lead only to areas that have no way out either */
    MU_WAY_OUT_NOT_WALKABLE /* nobody can be in there */
} mu_way_out;
mu_way_out mu_area_way_out(const mu_walkable *walkable, uint32_t area);

/* Walls that a body at `point` could touch within 2 m: indices into mu_area_walls, ascending. */
const uint32_t *mu_area_walls_near(const mu_walkable *walkable, uint32_t area, mu_point point,
                                   uint32_t *count);
bool mu_area_contains(const mu_walkable *walkable, uint32_t area, mu_point point);
/* A point `clear_m` from the walls, near `point` (at it, if it is clear); false if there is none.
 */
bool mu_area_clamp(const mu_walkable *walkable, uint32_t area, mu_point point, double clear_m,
                   mu_point *out);
/* The n-th of a fixed sequence of points spread evenly over the area, at least `clear_m` from the
 * walls; `u`, `v` in [0,1) from the caller's stream choose it. */
mu_point mu_area_sample(const mu_walkable *walkable, uint32_t area, double clear_m, double u,
                        double v);
/* Can one see straight from p to q inside the area, with `clear_m` to spare on both sides? */
bool mu_area_sees(const mu_walkable *walkable, uint32_t area, mu_point p, mu_point q,
                  double clear_m);

/* Walking distances inside one area to a gate or to a point; infinite where there is no way. They
 * are metres walked by a body that keeps 0.2 m off walls and 0.25 m off corners, to the nearest
 * point of the gate's line shortened by 0.2 m at both ends: exact straight lines where the target
 * or a corner is in sight, a grid only in gaps too narrow for that. Points outside the area count
 * as the nearest place inside. */
typedef struct mu_field_grid mu_field_grid;
/* To gate `gate` from inside `area`. Made with the walkable; shared. */
const mu_field_grid *mu_walkable_field(const mu_walkable *walkable, uint32_t area, uint32_t gate);
/* To a point; the caller destroys it. NULL without memory. */
mu_field_grid *mu_field_to_point(const mu_walkable *walkable, uint32_t area, mu_point target);
void mu_field_destroy(mu_field_grid *field);
/* Distance in metres at a point of the area (interpolated), never negative. */
double mu_field_distance(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                         mu_point at);
/* Unit vector of the way to go, smooth, pointing through gaps rather than along walls; straight at
 * the target where it is in sight with room for a body. On a gate's line it points on through it.
 * (0,0) only at a point target, or where there is no way. */
mu_point mu_field_direction(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                            mu_point at);
/* From the middle of one gate to another of the same area. */
double mu_gate_distance(const mu_walkable *walkable, uint32_t area, uint32_t from_gate,
                        uint32_t to_gate);

/* Maps a point (or, with mu_gate_turn, a direction) from the frame of the gate's area on `side`
 * into the frame of the area on the other side. */
mu_point mu_gate_map(const mu_gate *gate, int side, mu_point p);
mu_point mu_gate_turn(const mu_gate *gate, int side, mu_point direction);
/* Has a body heading for the gate met its line by moving from one point of the area to another (or
 * is it within 5 cm of the line, or just beyond it)? Then it passes: map it and change its area. */
bool mu_gate_reached(const mu_gate *gate, int side, mu_point from, mu_point to);

/* Where an area's point is on its level's plan, for drawing and for distances to a hazard: itself
 * in a space; in a flight interpolated between foot and head. `level` gets the level's index, for a
 * flight that of its lower end. */
mu_point mu_area_on_plan(const mu_walkable *walkable, uint32_t area, mu_point p, uint32_t *level);

#endif
