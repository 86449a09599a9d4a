/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for the shortest way that can be seen from a point: to the target itself, or over the
 * corners that the ways from the nodes around lead over. */
#include "site/look.h"

#include "site/field.h"
#include "site/grid.h"
#include "site/plane.h"
#include "site/sight.h"
#include "site/views.h"
#include "site/walls.h"

static const double AT_CORNER_M = 0.05;   /* this near, one has reached it */
static const double ON_WAY_M = 0.05;      /* so near to the way onwards, one is on it */
static const double SQUEEZE_M = 3.0;      /* so far one sees where there is too little room */
static const double SQUEEZE_SHARE = 0.75; /* of the room that one has, all the way */
static const double AWRY = 0.2;           /* what a step off one's way adds to it */

/* On the straight way from a corner to what comes next, one keeps to it even where the next does
 * not see one: its fan may fall short by a bin. */
static void try_onwards(const mu_views *views, const mu_field_ways *ways, const mu_sight *target,
                        uint32_t corner, mu_point at, mu_look *best) {
    uint32_t next = ways->corner_via[corner];
    if (next == MU_VIA_NONE) {
        return;
    }
    const mu_sight *ahead = next == MU_VIA_SIGHT ? target : &views->corners[next].sight;
    mu_point along, way, off = mu_plane_sub(at, views->corners[corner].at);
    double whole = mu_sight_aim(ahead, views->corners[corner].at, &along);
    double passed = mu_plane_dot(off, along);
    double most = ON_WAY_M * (1 + mu_plane_clamp(passed, 0, 1));
    if (passed < -AT_CORNER_M || passed > whole || fabs(mu_plane_cross(off, along)) > most) {
        return;
    }
    double metres = mu_sight_aim(ahead, at, &way);
    metres += next == MU_VIA_SIGHT ? 0 : (double)ways->corner_metres[next];
    if (metres < best->metres) {
        best->metres = metres;
        best->way = way;
    }
}

static void try_corner(const mu_views *views, const mu_field_ways *ways, uint32_t corner,
                       mu_point at, mu_look *best) {
    double metres, behind = (double)ways->corner_metres[corner];
    mu_point way;
    if (behind < best->metres && mu_sight_sees(&views->corners[corner].sight, at, &metres, &way) &&
        metres > AT_CORNER_M && behind + metres < best->metres) {
        best->metres = behind + metres;
        best->way = way;
    }
}

/* What is known at the nodes around a point. */
typedef struct around {
    uint32_t via[4]; /* corners that they lead over, each once */
    uint32_t count;
    bool sight;    /* one sees the target */
    double metres; /* no more than this should be left to walk */
} around;

static around nodes_around(const mu_area *area, const mu_area_parts *parts,
                           const mu_field_ways *ways, mu_point at) {
    mu_grid_cell in = mu_grid_cell_of(area, at);
    around found = {.count = 0, .metres = INFINITY};
    uint32_t first = parts->node_at[in.j * area->columns + in.i];
    bool clean = first != MU_NONE && (parts->links[first] & MU_NODE_CLEAN);
    for (uint32_t corner = 0; corner < 4; corner++) {
        uint32_t i = in.i + (corner & 1), j = in.j + (corner >> 1);
        uint32_t node =
            i < area->columns && j < area->rows ? parts->node_at[j * area->columns + i] : MU_NONE;
        if (node == MU_NONE) {
            continue;
        }
        /* In a cell that a wall runs through, a node may be farther than it looks. */
        double there = clean ? mu_plane_distance(at, mu_grid_point(area, parts->place[node]))
                             : 1.5 * area->step_m;
        found.metres = mu_plane_min(found.metres, (double)ways->metres[node] + there);
        uint32_t via = ways->via[node];
        bool known = via >= MU_VIA_NONE;
        found.sight |= via == MU_VIA_SIGHT;
        for (uint32_t k = 0; k < found.count; k++) {
            known |= found.via[k] == via;
        }
        if (!known) {
            found.via[found.count++] = via;
        }
    }
    return found;
}

/* The shortest way that can be seen. One much longer than those of the nodes around leads round: it
 * is not what one should follow. */
bool mu_look_from(const mu_area *area, const mu_area_parts *parts, const mu_field_grid *field,
                  mu_point at, mu_look *best) {
    best->metres = INFINITY;
    if (mu_field_sees(field, at, &best->metres, &best->way)) {
        return true;
    }
    const mu_views *views = mu_views_of(field->walkable, field->area);
    if (views == NULL || views->corner_count == 0) {
        return false;
    }
    const mu_field_ways *ways = mu_field_ways_of(field);
    if (ways == NULL) {
        return false;
    }
    around near = nodes_around(area, parts, ways, at);
    for (uint32_t k = 0; k < near.count; k++) {
        uint32_t via = near.via[k], next = ways->corner_via[via];
        if (next < MU_VIA_NONE) {
            try_corner(views, ways, next, at, best);
        }
        try_corner(views, ways, via, at, best);
        try_onwards(views, ways, &field->sight, via, at, best);
    }
    double most = near.metres + MU_DETOUR_M;
    if (!(best->metres < INFINITY)) { /* a corner that the nodes themselves can see beyond */
        best->metres = most;
        for (uint32_t c = 0; c < views->corner_count; c++) {
            try_corner(views, ways, c, at, best);
        }
        return best->metres < most;
    }
    return best->metres <= most;
}

/* Too little room for a body, but nothing between: what the nodes around lead over is close by. */
bool mu_look_squeezed(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field,
                      mu_point at, mu_look *best) {
    const mu_area_parts *parts = &walkable->parts[area];
    const mu_field_ways *ways = mu_field_ways_of(field);
    if (ways == NULL) {
        return false;
    }
    const mu_views *views = mu_views_of(walkable, area);
    around near = nodes_around(&walkable->areas[area], parts, ways, at);
    double clear = mu_walls_off(&walkable->areas[area], parts, at);
    clear = SQUEEZE_SHARE * mu_plane_min(clear, MU_BODY_CLEAR_M);
    best->metres = near.metres + MU_DETOUR_M;
    bool found = false;
    for (uint32_t k = 0; k < near.count + near.sight; k++) {
        const mu_corner *corner = k < near.count ? &views->corners[near.via[k]] : NULL;
        const mu_sight *to = corner ? &corner->sight : &field->sight;
        double behind = corner ? (double)ways->corner_metres[near.via[k]] : 0;
        mu_point way, end = mu_sight_nearest(to, at);
        double metres = mu_sight_aim(to, at, &way);
        if (metres > AT_CORNER_M && metres < SQUEEZE_M && behind + metres < best->metres &&
            mu_area_sees(walkable, area, at, end, clear)) {
            *best = (mu_look){behind + metres, way};
            found = true;
        }
    }
    return found;
}

/* Out of an opening whose jamb is `aside` from here, the area `inside` from its line on: the way
 * past the jamb at half a body's distance. */
static mu_point past_jamb(double aside, double inside) {
    mu_point to = {aside, -inside};
    double distance = mu_plane_length(to);
    if (distance <= MU_BODY_CLEAR_M) {
        return (mu_point){0, 1};
    }
    double sine = MU_BODY_CLEAR_M / distance, cosine = sqrt(1 - sine * sine);
    to = mu_plane_scale(to, 1 / distance);
    return mu_plane_along(mu_plane_scale(to, cosine), mu_plane_left(to), sine);
}

bool mu_look_opening(const mu_area *area, const mu_area_parts *parts, const mu_field_grid *field,
                     mu_point at, mu_look *best) {
    uint32_t span = mu_walls_opening(area, parts, at, MU_BODY_EASE_M);
    if (span == MU_NONE) {
        return false;
    }
    mu_wall line = parts->pieces[span];
    mu_point along = mu_plane_unit(mu_plane_sub(line.b, line.a)), ahead = mu_plane_left(along);
    double inside = mu_plane_dot(mu_plane_sub(at, line.a), ahead);
    double step = MU_BODY_EASE_M - inside;
    if (!mu_look_from(area, parts, field, mu_plane_along(at, ahead, step), best)) {
        return false;
    }
    best->metres += step * mu_plane_max(mu_plane_dot(best->way, ahead), AWRY);
    bool to_b = mu_plane_dot(best->way, along) > 0;
    mu_point side = to_b ? along : mu_plane_scale(along, -1);
    double aside = fabs(mu_plane_dot(mu_plane_sub(to_b ? line.b : line.a, at), along));
    mu_point past = past_jamb(aside, inside);
    if (mu_plane_dot(best->way, ahead) < past.y) {
        best->way = mu_plane_along(mu_plane_scale(side, past.x), ahead, past.y);
    }
    return true;
}
