/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays the nodes of an area. A grid is good if every gate can be reached from it and all gates from
 * each other over nodes where a body has room; a grid that is not is tried again finer, and the
 * first good one (or else the best) stays. */
#include "site/grid.h"

#include <stdlib.h>
#include <string.h>

#include "site/plane.h"
#include "site/sight.h"
#include "site/walls.h"

static const double STEP_M = 0.25;
static const double FINEST_M = 0.1;
static const double COARSE_M = 0.5;
static const double SMALL_DIVISIONS = 20; /* a small area's root is divided into as many steps */
static const double COARSE_FROM = 1e6;    /* nodes times gates from which steps grow to 0.5 m */
static const double MOST_VALUES = 8e6;    /* nodes times gates from which they grow on */
static const double MOST_PLACES = 4e6;    /* of one area's box */
static const double ON_WALL_M = 0.01;     /* nodes nearer to a wall are none */
static const double GATE_REACH_M = 1.0;   /* a gate must be in reach of a node this near */
static const double FEELER_M = 0.01;      /* between points asked across a gap */
static const double POCKET_SHARE = 0.05;  /* of the nodes may be cut off from the gates */

static double first_step(const mu_area *area) {
    double gates = area->gate_count > 0 ? area->gate_count : 1;
    double load = area->area_m2 * gates;
    double box = (area->high.x - area->low.x) * (area->high.y - area->low.y);
    double step = mu_plane_clamp(sqrt(area->area_m2) / SMALL_DIVISIONS, FINEST_M, STEP_M);
    step = mu_plane_max(step, mu_plane_min(COARSE_M, sqrt(load / COARSE_FROM)));
    return mu_plane_max(step, mu_plane_max(sqrt(load / MOST_VALUES), sqrt(box / MOST_PLACES)));
}

double mu_grid_load(const mu_area *area) {
    const double step = first_step(area);
    const double box = (area->high.x - area->low.x) * (area->high.y - area->low.y);
    return (area->area_m2 * area->gate_count + box) / (step * step);
}

static bool can_be(const mu_area *area, double step) {
    double gates = area->gate_count > 0 ? area->gate_count : 1;
    double box = (area->high.x - area->low.x) * (area->high.y - area->low.y);
    return area->area_m2 * gates / (step * step) <= MOST_VALUES &&
           box / (step * step) <= MOST_PLACES;
}

/* Where the row at height y enters and leaves the area, ascending. */
static uint32_t crossings(const mu_area_parts *parts, uint32_t band, double y, double *at) {
    uint32_t count = 0;
    for (uint32_t k = parts->bands.start[band]; k < parts->bands.start[band + 1]; k++) {
        mu_wall edge = parts->edges[parts->bands.items[k]];
        if ((edge.a.y > y) == (edge.b.y > y)) {
            continue;
        }
        double x = edge.a.x + (y - edge.a.y) / (edge.b.y - edge.a.y) * (edge.b.x - edge.a.x);
        uint32_t i = count++;
        for (; i > 0 && at[i - 1] > x; i--) {
            at[i] = at[i - 1];
        }
        at[i] = x;
    }
    return count;
}

/* Marks the places of the grid that are inside with 0, the others with MU_NONE. */
static bool mark_inside(const mu_area *area, mu_area_parts *parts) {
    double *at = malloc((parts->edge_count + 1U) * sizeof *at);
    for (uint32_t j = 0; at && j < area->rows; j++) {
        double y = area->low.y + area->step_m * j;
        double band = (y - area->low.y) / parts->bands.band_m;
        uint32_t in = band < parts->bands.count ? (uint32_t)band : parts->bands.count - 1;
        uint32_t count = crossings(parts, in, y, at), passed = 0;
        for (uint32_t i = 0; i < area->columns; i++) {
            double x = area->low.x + area->step_m * i;
            while (passed < count && at[passed] <= x) {
                passed++;
            }
            parts->node_at[(size_t)j * area->columns + i] = passed % 2 ? 0 : MU_NONE;
        }
    }
    free(at);
    return at != NULL;
}

/* Numbers the inside places that are off the walls, and keeps their clearance. */
static bool number_nodes(const mu_area *area, mu_area_parts *parts, mu_arena *arena) {
    uint32_t places = area->columns * area->rows, inside = 0;
    for (uint32_t p = 0; p < places; p++) {
        inside += parts->node_at[p] == 0;
    }
    parts->place = mu_arena_array(arena, inside + 1U, sizeof *parts->place);
    parts->clear = mu_arena_array(arena, inside + 1U, sizeof *parts->clear);
    parts->links = mu_arena_array(arena, inside + 1U, sizeof *parts->links);
    if (!parts->place || !parts->clear || !parts->links) {
        return false;
    }
    parts->node_count = 0;
    for (uint32_t p = 0; p < places; p++) {
        if (parts->node_at[p] == MU_NONE) {
            continue;
        }
        double clear = mu_walls_off(area, parts, mu_grid_point(area, p));
        if (clear < ON_WALL_M) {
            parts->node_at[p] = MU_NONE;
            continue;
        }
        parts->place[parts->node_count] = p;
        parts->clear[parts->node_count] = (float)clear;
        parts->node_at[p] = parts->node_count++;
    }
    return true;
}

/* From a place to those next to it, in the order of a node's bits. */
typedef struct beside {
    int east, north;
    uint16_t there, back; /* the links between */
} beside;

static const beside neighbours[8] = {{1, 0, MU_NODE_EAST, MU_NODE_WEST},
                                     {0, 1, MU_NODE_NORTH, MU_NODE_SOUTH},
                                     {-1, 0, MU_NODE_WEST, MU_NODE_EAST},
                                     {0, -1, MU_NODE_SOUTH, MU_NODE_NORTH},
                                     {1, 1, MU_NODE_NORTH_EAST, MU_NODE_SOUTH_WEST},
                                     {-1, 1, MU_NODE_NORTH_WEST, MU_NODE_SOUTH_EAST},
                                     {-1, -1, MU_NODE_SOUTH_WEST, MU_NODE_NORTH_EAST},
                                     {1, -1, MU_NODE_SOUTH_EAST, MU_NODE_NORTH_WEST}};

/* The node at the other end of a link that exists. */
static uint32_t node_over(const mu_area *area, const mu_area_parts *parts, uint32_t node,
                          const beside *to) {
    return parts
        ->node_at[(int64_t)parts->place[node] + to->east + (int64_t)to->north * area->columns];
}

/* Links the node at column i of row j to those to the east and in the row above. Who is farther
 * from all walls and gates than the next node crosses none. */
static void link_node(const mu_area *area, mu_area_parts *parts, uint32_t i, uint32_t j,
                      uint32_t node) {
    static const int ahead[4] = {0, 1, 4, 5};
    const mu_point p = mu_grid_point(area, parts->place[node]);
    const double far_m = 1.5 * area->step_m;
    const bool far =
        (double)parts->clear[node] > far_m && mu_walls_off_spans(area, parts, p) > far_m;
    for (int k = 0; k < 4; k++) {
        const beside *to = &neighbours[ahead[k]];
        if ((to->east < 0 && i == 0) || (to->east > 0 && i + 1 == area->columns) ||
            (to->north > 0 && j + 1 == area->rows)) {
            continue;
        }
        const uint32_t other = node_over(area, parts, node, to);
        if (other != MU_NONE &&
            (far ||
             !mu_walls_between(area, parts, p, mu_grid_point(area, parts->place[other]), true))) {
            parts->links[node] |= to->there;
            parts->links[other] |= to->back;
        }
    }
}

static bool has(const mu_area_parts *parts, uint32_t node, unsigned links) {
    return (parts->links[node] & links) == links;
}

/* Says of which nodes nothing is in the whole cell. */
static void mark_clean(const mu_area *area, mu_area_parts *parts) {
    for (uint32_t n = 0; n < parts->node_count; n++) {
        const bool clean = has(parts, n, MU_NODE_EAST | MU_NODE_NORTH | MU_NODE_NORTH_EAST) &&
                           has(parts, node_over(area, parts, n, &neighbours[0]),
                               MU_NODE_NORTH | MU_NODE_NORTH_WEST) &&
                           has(parts, node_over(area, parts, n, &neighbours[1]), MU_NODE_EAST);
        parts->links[n] &= (uint16_t)~MU_NODE_CLEAN;
        parts->links[n] |= clean ? MU_NODE_CLEAN : 0;
    }
}

static void link_nodes(const mu_area *area, mu_area_parts *parts) {
    for (uint32_t j = 0; j < area->rows; j++) {
        for (uint32_t i = 0; i < area->columns; i++) {
            const uint32_t node = parts->node_at[(size_t)j * area->columns + i];
            if (node != MU_NONE) {
                link_node(area, parts, i, j, node);
            }
        }
    }
    mark_clean(area, parts);
}

static bool lay(mu_area *area, mu_area_parts *parts, double step, mu_arena *arena) {
    area->step_m = step;
    area->columns = (uint32_t)((area->high.x - area->low.x) / step) + 1;
    area->rows = (uint32_t)((area->high.y - area->low.y) / step) + 1;
    parts->node_at = mu_arena_array(arena, (size_t)area->columns * area->rows, sizeof(uint32_t));
    if (!parts->node_at || !mark_inside(area, parts) || !number_nodes(area, parts, arena)) {
        return false;
    }
    link_nodes(area, parts);
    return true;
}

/* Parts of the grid that hang together over wide nodes, numbered from 0 by their first node. */
typedef struct pieces {
    uint32_t *of;   /* per node; MU_NONE where a body has no room */
    uint32_t *size; /* per piece */
    bool *gated;    /* per piece: a gate is in reach */
    uint32_t count;
} pieces;

static uint32_t flood(const mu_area *area, const mu_area_parts *parts, uint32_t from, uint32_t mark,
                      uint32_t *of, uint32_t *stack) {
    uint32_t depth = 0, size = 0;
    stack[depth++] = from;
    of[from] = mark;
    while (depth > 0) {
        uint32_t node = stack[--depth];
        size++;
        for (int k = 0; k < 8; k++) {
            if (!has(parts, node, neighbours[k].there)) {
                continue;
            }
            uint32_t next = node_over(area, parts, node, &neighbours[k]);
            if (of[next] == MU_NONE && parts->clear[next] >= MU_BODY_WIDE_M) {
                of[next] = mark;
                stack[depth++] = next;
            }
        }
    }
    return size;
}

static bool find_pieces(const mu_area *area, const mu_area_parts *parts, mu_arena *arena,
                        pieces *out) {
    size_t room = parts->node_count + 1U;
    *out = (pieces){mu_arena_array(arena, room, sizeof(uint32_t)),
                    mu_arena_array(arena, room, sizeof(uint32_t)),
                    mu_arena_array(arena, room, sizeof(bool)), 0};
    uint32_t *stack = mu_arena_array(arena, room, sizeof(uint32_t));
    if (!out->of || !out->size || !out->gated || !stack) {
        return false;
    }
    for (uint32_t n = 0; n < parts->node_count; n++) {
        out->of[n] = MU_NONE;
    }
    for (uint32_t n = 0; n < parts->node_count; n++) {
        if (out->of[n] == MU_NONE && parts->clear[n] >= MU_BODY_WIDE_M) {
            out->size[out->count] = flood(area, parts, n, out->count, out->of, stack);
            out->count++;
        }
    }
    return true;
}

/* Gives every node that hangs on a piece that piece's number, the nearest one's by links; `queue`
 * has room for all. Narrow nodes that hang on none keep MU_NONE. */
static void spread_pieces(const mu_area *area, const mu_area_parts *parts, uint32_t *of,
                          uint32_t *queue) {
    uint32_t first = 0, end = 0;
    for (uint32_t n = 0; n < parts->node_count; n++) {
        if (of[n] != MU_NONE) {
            queue[end++] = n;
        }
    }
    for (; first < end; first++) {
        const uint32_t node = queue[first];
        for (int k = 0; k < 8; k++) {
            if (has(parts, node, neighbours[k].there)) {
                const uint32_t next = node_over(area, parts, node, &neighbours[k]);
                if (of[next] == MU_NONE) {
                    of[next] = of[node];
                    queue[end++] = next;
                }
            }
        }
    }
}

/* Is there room for a body that turns sideways, on the line across from wall to wall? */
static bool lets_through(const mu_area *area, const mu_area_parts *parts, mu_point at) {
    const double here = mu_walls_off(area, parts, at);
    const mu_point off = mu_plane_sub(mu_walls_step_off(area, parts, at, here + FEELER_M), at);
    const mu_point across = mu_plane_unit(off);
    double most = here;
    for (double t = FEELER_M; t < MU_BODY_WIDE_M && most < MU_BODY_SQUEEZED_M; t += FEELER_M) {
        most = mu_plane_max(most, mu_walls_off(area, parts, mu_plane_along(at, across, t)));
    }
    return most >= MU_BODY_SQUEEZED_M;
}

/* Nobody gets from one piece to another through a gap that no body fits through: its links go.
 * False without memory. */
static bool close_gaps(const mu_area *area, mu_area_parts *parts, const pieces *found,
                       mu_arena *scratch) {
    uint32_t *of = mu_arena_array(scratch, parts->node_count + 1U, sizeof *of);
    uint32_t *queue = mu_arena_array(scratch, parts->node_count + 1U, sizeof *queue);
    if (!of || !queue) {
        return false;
    }
    memcpy(of, found->of, parts->node_count * sizeof *of);
    spread_pieces(area, parts, of, queue);
    for (uint32_t n = 0; n < parts->node_count; n++) {
        for (int k = 0; k < 8; k++) {
            if (!has(parts, n, neighbours[k].there)) {
                continue;
            }
            const uint32_t next = node_over(area, parts, n, &neighbours[k]);
            const mu_point from = mu_grid_point(area, parts->place[n]);
            const mu_point to = mu_grid_point(area, parts->place[next]);
            const mu_point middle = mu_plane_scale(mu_plane_add(from, to), 0.5);
            if (of[n] < of[next] && !lets_through(area, parts, middle)) {
                parts->gap = middle;
                parts->has_gap = true;
                parts->links[n] &= (uint16_t)~neighbours[k].there;
                parts->links[next] &= (uint16_t)~neighbours[k].back;
            }
        }
    }
    mark_clean(area, parts);
    return true;
}

/* The piece that a gate opens into; MU_NONE if it is in reach of no wide node. */
static uint32_t piece_of_gate(const mu_walkable *walkable, uint32_t area, uint32_t k,
                              const pieces *found) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    int side;
    uint32_t gate = mu_area_gate(walkable, area, k, &side), best = MU_NONE;
    mu_sight line = mu_sight_of_gate(&walkable->gates[gate], side);
    mu_grid_window window = mu_grid_around(in, line.a, line.b, GATE_REACH_M);
    double least = INFINITY, metres;
    for (uint32_t j = window.south; j <= window.north; j++) {
        for (uint32_t i = window.west; i <= window.east; i++) {
            uint32_t node = parts->node_at[(size_t)j * in->columns + i];
            if (node != MU_NONE && found->of[node] != MU_NONE &&
                mu_grid_touches(in, parts, node, &line, GATE_REACH_M, &metres) && metres < least) {
                least = metres;
                best = found->of[node];
            }
        }
    }
    return best;
}

/* How badly the grid shows the area: 0 is well. Marks the pieces that have gates. */
static uint32_t rate(const mu_walkable *walkable, uint32_t area, pieces *found) {
    const mu_area *in = &walkable->areas[area];
    uint32_t lost = 0, gated = 0;
    uint64_t nodes = 0, cut_off = 0;
    for (uint32_t k = 0; k < in->gate_count; k++) {
        uint32_t piece = piece_of_gate(walkable, area, k, found);
        if (piece == MU_NONE) {
            lost++;
        } else if (!found->gated[piece]) {
            found->gated[piece] = true;
            gated++;
        }
    }
    for (uint32_t p = 0; p < found->count; p++) {
        nodes += found->size[p];
        cut_off += found->gated[p] ? 0 : found->size[p];
    }
    bool pockets = gated > 0 && (double)cut_off > POCKET_SHARE * (double)nodes;
    return 2 * (lost + (gated > 1 ? gated - 1 : 0)) + (pockets || nodes == 0);
}

typedef struct roomy {
    uint32_t room; /* the less, the roomier */
    uint32_t node;
} roomy;

/* The roomiest first, of equally roomy ones the lower node; floats that are not negative are in the
 * order of their bits. Returns the one of the two lists that holds them. */
static roomy *sort_by_room(roomy *list, roomy *other, uint32_t count) {
    enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };
    for (int shift = 0; shift < 32; shift += DIGIT_BITS) {
        uint32_t first[DIGITS + 1] = {0};
        for (uint32_t k = 0; k < count; k++) {
            first[(list[k].room >> shift & (DIGITS - 1)) + 1]++;
        }
        for (uint32_t d = 0; d < DIGITS; d++) {
            first[d + 1] += first[d];
        }
        for (uint32_t k = 0; k < count; k++) {
            other[first[list[k].room >> shift & (DIGITS - 1)]++] = list[k];
        }
        roomy *sorted = other;
        other = list;
        list = sorted;
    }
    return list;
}

/* May people be put on this node? Where gates are in reach; without any, in the largest piece; if
 * there is no room at all, anywhere. */
static bool is_place(const pieces *found, uint32_t node, uint32_t largest, bool gated) {
    uint32_t piece = found->of[node];
    return found->count == 0 ||
           (piece != MU_NONE && (gated ? found->gated[piece] : piece == largest));
}

static bool list_roomy(mu_area_parts *parts, const pieces *found, mu_arena *arena,
                       mu_arena *scratch) {
    roomy *list = mu_arena_array(scratch, parts->node_count + 1U, sizeof *list);
    roomy *other = mu_arena_array(scratch, parts->node_count + 1U, sizeof *other);
    uint32_t largest = 0, count = 0;
    bool gated = false;
    for (uint32_t p = 0; p < found->count; p++) {
        largest = found->size[p] > found->size[largest] ? p : largest;
        gated |= found->gated[p];
    }
    for (uint32_t n = 0; list && other && n < parts->node_count; n++) {
        if (is_place(found, n, largest, gated)) {
            uint32_t bits;
            memcpy(&bits, &parts->clear[n], sizeof bits);
            list[count++] = (roomy){~bits, n};
        }
    }
    parts->roomy = mu_arena_array(arena, count + 1U, sizeof *parts->roomy);
    if (!list || !other || !parts->roomy) {
        return false;
    }
    list = sort_by_room(list, other, count);
    for (uint32_t k = 0; k < count; k++) {
        parts->roomy[k] = list[k].node;
    }
    parts->roomy_count = count;
    return true;
}

/* Climbs from the roomiest node to where the walls are farthest. */
static void find_pole(const mu_walkable *walkable, uint32_t area, mu_area_parts *parts) {
    const mu_area *in = &walkable->areas[area];
    static const mu_point ways[4] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    if (parts->roomy_count == 0) {
        parts->pole = in->low;
        parts->pole_clear = 0;
        return;
    }
    mu_point at = mu_grid_point(in, parts->place[parts->roomy[0]]);
    double clear = mu_walls_off(in, parts, at);
    for (double step = in->step_m / 2; step > 1e-3;) {
        mu_point best = at;
        for (int k = 0; k < 4; k++) {
            mu_point there = mu_plane_along(at, ways[k], step);
            double room = mu_walls_off(in, parts, there);
            if (room > clear && mu_area_contains(walkable, area, there)) {
                clear = room;
                best = there;
            }
        }
        if (best.x == at.x && best.y == at.y) {
            step /= 2;
        }
        at = best;
    }
    parts->pole = at;
    parts->pole_clear = clear;
}

/* Lays a grid and says how badly it shows the area; MU_NONE without memory. */
static uint32_t attempt(mu_walkable *walkable, uint32_t area, double step, mu_arena *arena,
                        mu_arena *scratch, pieces *found) {
    if (!lay(&walkable->areas[area], &walkable->parts[area], step, arena) ||
        !find_pieces(&walkable->areas[area], &walkable->parts[area], scratch, found)) {
        return MU_NONE;
    }
    return rate(walkable, area, found);
}

/* The same in memory that goes away. */
static uint32_t try_step(mu_walkable *walkable, uint32_t area, double step) {
    mu_arena *scratch = mu_arena_create();
    pieces found;
    const uint32_t score =
        scratch ? attempt(walkable, area, step, scratch, scratch, &found) : MU_NONE;
    mu_arena_destroy(scratch);
    return score;
}

/* The first of the finer steps that shows the area well, or the best; `score` is what the first
 * step has. False without memory. */
static bool find_finer(mu_walkable *walkable, uint32_t area, uint32_t score, double *step) {
    const mu_area *in = &walkable->areas[area];
    const double first = *step;
    const double steps[3] = {first, mu_plane_max(FINEST_M, first / 1.6), FINEST_M};
    for (int k = 1; k < 3 && score != 0; k++) {
        if (!can_be(in, steps[k]) || steps[k] >= steps[k - 1]) {
            continue;
        }
        const uint32_t finer = try_step(walkable, area, steps[k]);
        if (finer == MU_NONE) {
            return false;
        }
        if (finer < score) {
            score = finer;
            *step = steps[k];
        }
    }
    return true;
}

bool mu_grid_make(mu_walkable *walkable, uint32_t area) {
    mu_area *in = &walkable->areas[area];
    mu_area_parts *parts = &walkable->parts[area];
    double step = first_step(in);
    pieces found;
    mu_arena *arena = walkable->arena, *scratch = mu_arena_create();
    uint32_t score = scratch ? attempt(walkable, area, step, arena, scratch, &found) : MU_NONE;
    if (score != MU_NONE && score != 0) {
        score = find_finer(walkable, area, score, &step)
                    ? attempt(walkable, area, step, arena, scratch, &found)
                    : MU_NONE;
    }
    bool done = score != MU_NONE;
    if (done) {
        parts->apart = score / 2;
        done = list_roomy(parts, &found, arena, scratch) &&
               (found.count < 2 || close_gaps(in, parts, &found, scratch));
        find_pole(walkable, area, parts);
    }
    mu_arena_destroy(scratch);
    return done;
}

mu_grid_window mu_grid_around(const mu_area *area, mu_point p, mu_point q, double within_m) {
    double step = area->step_m, east = area->columns - 1.0, north = area->rows - 1.0;
    double low_x = (mu_plane_min(p.x, q.x) - within_m - area->low.x) / step;
    double low_y = (mu_plane_min(p.y, q.y) - within_m - area->low.y) / step;
    double high_x = (mu_plane_max(p.x, q.x) + within_m - area->low.x) / step;
    double high_y = (mu_plane_max(p.y, q.y) + within_m - area->low.y) / step;
    return (mu_grid_window){.west = (uint32_t)mu_plane_clamp(low_x, 0, east),
                            .east = (uint32_t)mu_plane_clamp(high_x + 1, 0, east),
                            .south = (uint32_t)mu_plane_clamp(low_y, 0, north),
                            .north = (uint32_t)mu_plane_clamp(high_y + 1, 0, north)};
}

bool mu_grid_touches(const mu_area *area, const mu_area_parts *parts, uint32_t node,
                     const mu_sight *line, double within_m, double *metres) {
    mu_point at = mu_grid_point(area, parts->place[node]);
    *metres = mu_sight_metres(line, at);
    if (*metres > within_m ||
        (!line->both && mu_plane_dot(mu_plane_sub(at, line->a), line->ahead) < 0)) {
        return false;
    }
    /* Not quite to the line: rounding must not count the gate itself as in the way. */
    mu_point to = mu_plane_sub(mu_sight_nearest(line, at), at);
    return !mu_walls_between(area, parts, at, mu_plane_along(at, to, 0.999), true);
}

uint32_t mu_grid_nearest(const mu_area *area, const mu_area_parts *parts, mu_point point) {
    uint32_t best[3] = {MU_NONE, MU_NONE, MU_NONE}; /* any, straight, straight and wide */
    double least[3] = {INFINITY, INFINITY, INFINITY};
    double within = 2 * area->step_m, box = area->high.x - area->low.x + area->high.y - area->low.y;
    double most = 2 * (box + mu_plane_distance(point, area->low)) + 1;
    while (parts->node_count > 0 && best[2] == MU_NONE && within < most) {
        if (best[0] != MU_NONE && within > MU_WALL_REACH_M) {
            break; /* none close by can be reached straight */
        }
        mu_grid_window window = mu_grid_around(area, point, point, within);
        within *= 2;
        for (uint32_t j = window.south; j <= window.north; j++) {
            for (uint32_t i = window.west; i <= window.east; i++) {
                uint32_t place = j * area->columns + i, node = parts->node_at[place];
                if (node == MU_NONE) {
                    continue;
                }
                mu_point at = mu_grid_point(area, place);
                double metres = mu_plane_distance(point, at);
                bool straight = metres < least[2] && metres <= MU_WALL_REACH_M &&
                                !mu_walls_between(area, parts, point, at, false);
                const bool is[3] = {true, straight,
                                    straight && (double)parts->clear[node] >= MU_BODY_WIDE_M};
                for (int k = 0; k < 3; k++) {
                    if (is[k] && metres < least[k]) {
                        least[k] = metres;
                        best[k] = node;
                    }
                }
            }
        }
    }
    return best[2] != MU_NONE ? best[2] : best[1] != MU_NONE ? best[1] : best[0];
}
