/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a walkable is made of, for the files that make and ask it. Each area keeps its border, its
 * walls in buckets, and the nodes of its distance fields. Only nodes inside the area are stored,
 * row by row, so that a ring of corridors costs what its floor costs, not its bounding box. */
#ifndef MU_SITE_WALKABLE_PARTS_H
#define MU_SITE_WALKABLE_PARTS_H

#include <stdatomic.h>

#include "core/arena.h"
#include "site/mouths.h"
#include "site/walkable.h"

/* A body's breadth and how near it comes to walls. */
#define MU_BODY_CLEAR_M 0.2  /* half of a body: what must be free beside a straight way */
#define MU_BODY_WIDE_M  0.18 /* half a body less a grid's error: a node with this much has room */
#define MU_BODY_SQUEEZED_M                                                                         \
    0.165 /* half of what the broadest body needs sideways: 0.62 of 0.25 m, and a little (crowd) */
#define MU_BODY_EASE_M  0.25 /* what ways keep from walls and corners where they can */
#define MU_WALL_COST_M  0.3  /* from a wall; nearer, a metre of a narrow way counts for more */
#define MU_WALL_REACH_M 2.0  /* walls further away than this need not be looked at */
#define MU_BEYOND_M     0.3  /* so far beyond a gate's line one is still passing it */
#define MU_DETOUR_M     0.1  /* that much longer than by a neighbour, and a way leads round */
#define MU_GATE_LEAST_M 0.5  /* narrowest clear width that counts as a way */
#define MU_GATE_OFF_M   0.6  /* farthest that a portal's line may be from its spaces' borders */
#define MU_FLAT_M       0.05 /* steps in a wall that a gate may lie across */

/* Bits of a node: to which of its neighbours nothing stands in the way. */
enum {
    MU_NODE_EAST = 1,
    MU_NODE_NORTH = 2,
    MU_NODE_WEST = 4,
    MU_NODE_SOUTH = 8,
    MU_NODE_NORTH_EAST = 16,
    MU_NODE_NORTH_WEST = 32,
    MU_NODE_SOUTH_WEST = 64,
    MU_NODE_SOUTH_EAST = 128,
    MU_NODE_CLEAN = 256 /* nothing in the whole cell between it, east, north and north-east */
};

/* Pieces (walls, then the spans of gates in the border) by square cells over the bounding box: all
 * within MU_WALL_REACH_M of any point of the cell, ascending. */
typedef struct mu_buckets {
    double cell_m, per_m; /* cells per metre */
    uint32_t columns, rows;
    uint32_t *start; /* columns * rows + 1: into items */
    uint32_t *walls; /* how many of a cell's items are walls */
    uint32_t *items; /* indices into the area's pieces */
} mu_buckets;

/* The border's edges by horizontal bands, for the even-odd rule. */
typedef struct mu_bands {
    double band_m;
    uint32_t count;
    uint32_t *start; /* count + 1: into items */
    uint32_t *items; /* indices into the area's edges */
} mu_bands;

/* What can be seen from the (shortened) line of a gate, or from a point, with room for a body: how
 * far straight ways reach by direction. Directions are counted in each quadrant by v / (u + v),
 * where u goes sideways and v forwards; ways from the line itself by where they start. */
typedef struct mu_sight {
    mu_point a, b;         /* ends of the line; equal for a point */
    mu_point along, ahead; /* unit vectors: a to b, into the area */
    double length;
    bool both;      /* people come from behind as well: a point, a free-standing gate */
    uint32_t bins;  /* of a quadrant */
    uint32_t lanes; /* of the line */
    float *fan;     /* metres; [behind][end][bins] */
    float *lane;    /* metres; [behind][lanes] */
} mu_sight;

/* A place that ways lead over, a little off a corner round which one cannot see. */
typedef struct mu_corner {
    mu_point at;
    mu_sight sight;
} mu_corner;

enum { MU_SIGHT_BINS_MOST = 4096 }; /* of a quadrant */

typedef struct mu_box {
    mu_point low, high;
} mu_box;

enum { MU_STANDPOINTS = 64, MU_BOXED = 16 }; /* in a word, and in a box */

/* What is seen from the nodes, then from the steps off walls, each in words of standpoints
 * (panorama.h). */
typedef struct mu_panorama {
    uint32_t off_count;    /* nodes nearer to a wall than MU_BODY_EASE_M */
    uint32_t *off_node;    /* these, ascending */
    double *off_x, *off_y; /* a step off it */
    mu_box *boxes;         /* around MU_BOXED of them each */
    uint32_t *first;       /* per word, and the end: into what follows */
    uint16_t *corners;     /* that anybody in the word sees */
    uint64_t *seen;        /* who sees them, one bit each */
} mu_panorama;

/* What ways from a node or a corner lead to first, instead of a corner. */
enum { MU_VIA_SIGHT = 0xffff, MU_VIA_NONE = 0xfffe, MU_CORNERS_MOST = 512 };

/* The corners of an area and what is seen of them: made when somebody first asks for a way round
 * one (corners.h), and then shared by all fields and all runs. */
typedef struct mu_views {
    mu_arena *arena; /* everything below */
    mu_corner *corners;
    uint32_t corner_count;
    float *corner_metres; /* corner_count squared; infinite where one does not see the other */
    mu_panorama panorama;
} mu_views;

/* What of a field is made when somebody first asks who does not see the target. */
typedef struct mu_field_ways {
    float *metres;        /* per node; infinite where there is no way */
    uint16_t *via;        /* per node: the next corner; MU_VIA_SIGHT: the target itself is in sight;
                             MU_VIA_NONE: neither, follow the grid */
    float *corner_metres; /* per corner */
    uint16_t *corner_via; /* per corner: the next one, or MU_VIA_… */
} mu_field_ways;

struct mu_field_grid {
    mu_sight sight; /* of a gate with its fans; of a point without: those are made below */
    const mu_walkable *walkable;
    uint32_t area;
    bool from_nearest; /* a target that nothing sees is reached from the node nearest to it */
    _Atomic uint32_t asked; /* whether somebody sees it, before there were fans */
    _Atomic bool in_hand;   /* somebody makes its ways, or has made them */
    _Atomic(float *) fans;  /* field.c; NULL = not made yet */
    _Atomic(_Atomic uint32_t *) steer;   /* columns * rows: what steer.h keeps; 0 = not made yet */
    _Atomic(const mu_field_ways *) ways; /* mu_field_ways_of; NULL = not made yet */
};

typedef struct mu_area_parts {
    mu_wall *edges; /* the closed border, the inside to the left */
    uint32_t edge_count;
    const mu_wall *pieces; /* walls, then spans: the border between the walls */
    uint32_t span_count;
    const uint32_t *span_gate; /* gate of each span */
    mu_bands bands;
    mu_buckets buckets;

    uint32_t node_count;
    uint32_t *node_at; /* columns * rows: the node there, or MU_NONE */
    uint32_t *place;   /* per node: its place in node_at */
    float *clear;      /* per node: metres to the nearest wall, at most MU_WALL_REACH_M */
    uint16_t *links;   /* per node: MU_NODE_… */
    double nodes_per_m;
    uint8_t *cell_use; /* columns * rows: which corners of the cell can speak for it (steer.h) */
    _Atomic uint64_t *fine; /* ways from inside cells whose corners disagree (steer.c) */
    uint32_t fine_count;    /* a power of 2 */
    uint32_t *roomy;   /* nodes people can be put on, the roomiest first */
    uint32_t roomy_count;
    uint32_t apart; /* gates, or groups of gates, between which a body has no room to walk */
    bool has_gap; /* two parts of it are joined by nothing but gaps too narrow for a body … */
    mu_point gap; /* … such as this one */
    _Atomic(const mu_views *) views; /* mu_views_of; NULL = not made yet */
    mu_point pole;        /* the roomiest point found, and its distance to the walls */
    double pole_clear;

    mu_field_grid *fields; /* one per gate of the area */
    _Atomic float *gate_metres; /* gate_count squared: [from][to]; below 0: not measured yet */
    mu_way_out way_out;
} mu_area_parts;

enum { MU_ROUTES_SPARE = 8 };

struct mu_walkable {
    mu_area *areas; /* first: mu_walkable_area */
    const mu_site *site;
    mu_arena *arena; /* everything below */
    uint32_t area_count, gate_count;
    mu_area_parts *parts;
    mu_gate *gates;
    mu_wall *walls;    /* all pieces of all areas: an area's walls, then its spans */
    uint32_t *gate_of; /* gate * 2 + side, area by area */
    uint32_t *gate_at; /* [gate * 2 + side]: its k in the area's list */
    double *tolls;     /* [gate * 2 + side]: level metres that passing it costs by itself */
    mu_field_grid **assembly; /* per assembly point: the field to it (assembly.h) */
    mu_mouths mouths;
    struct mu_shared_fields *shared; /* shared.h */
    _Atomic(struct mu_route_cache *) spare_routes[MU_ROUTES_SPARE]; /* of runs that have ended */
    _Atomic bool lacks_memory; /* mu_walkable_lacks_memory */
};

_Static_assert(offsetof(struct mu_walkable, areas) == 0, "where mu_walkable_area looks");

static inline bool mu_area_exists(const mu_walkable *walkable, uint32_t area) {
    return area < walkable->area_count && walkable->areas[area].walkable;
}

#endif
