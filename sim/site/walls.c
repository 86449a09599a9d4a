/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walls in buckets: every cell of a square grid knows all pieces within reach of any of its points,
 * so that the question asked at every step of every person is one look-up. The border in bands
 * answers inside or outside from the few edges at the point's height. */
#include "site/walls.h"

#include "site/plane.h"

static const double CELL_M = 1.0;
static const double MOST_CELLS = 1e6;
static const double BAND_M = 0.5;
static const double MOST_BANDS = 1024;
static const double EDGE_M = 1e-6;   /* what just touches a gate's end is not cut */
static const double SLIVER_M = 1e-3; /* pieces of wall shorter than this are left out */
static const double ROUNDING_M = 1e-6;

/* The part of the edge (as shares of its length) that lies in a gate's box: between its ends, and
 * not further from its line than a step in the wall. False if there is none. */
static bool share_in_gate(mu_wall edge, mu_wall gate, double *from, double *to) {
    mu_point along = mu_plane_unit(mu_plane_sub(gate.b, gate.a));
    mu_point ahead = mu_plane_left(along);
    double width = mu_plane_distance(gate.a, gate.b), flat = MU_FLAT_M + 0.01;
    mu_point a = mu_plane_sub(edge.a, gate.a), b = mu_plane_sub(edge.b, gate.a);
    const double start[2] = {mu_plane_dot(a, along), mu_plane_dot(a, ahead)};
    const double end[2] = {mu_plane_dot(b, along), mu_plane_dot(b, ahead)};
    const double low[2] = {EDGE_M, -flat}, high[2] = {width - EDGE_M, flat};
    *from = 0;
    *to = 1;
    for (int k = 0; k < 2; k++) { /* Liang and Barsky's clipping */
        double step = end[k] - start[k];
        if (step == 0) {
            if (start[k] <= low[k] || start[k] >= high[k]) {
                return false;
            }
            continue;
        }
        double in = ((step > 0 ? low[k] : high[k]) - start[k]) / step;
        double out = ((step > 0 ? high[k] : low[k]) - start[k]) / step;
        *from = mu_plane_max(*from, in);
        *to = mu_plane_min(*to, out);
    }
    return *from < *to;
}

typedef struct cutter {
    const mu_wall *spans;
    uint32_t span_count;
    mu_wall *out;
    uint32_t count, room;
} cutter;

/* Keeps what spans from `first` on leave of a piece. */
static bool keep(cutter *cut, mu_wall piece, uint32_t first) {
    mu_point along = mu_plane_sub(piece.b, piece.a);
    if (mu_plane_length(along) < SLIVER_M) {
        return true;
    }
    for (uint32_t s = first; s < cut->span_count; s++) {
        double from, to;
        if (share_in_gate(piece, cut->spans[s], &from, &to)) {
            mu_wall before = {piece.a, mu_plane_along(piece.a, along, from)};
            mu_wall after = {mu_plane_along(piece.a, along, to), piece.b};
            return keep(cut, before, s + 1) && keep(cut, after, s + 1);
        }
    }
    if (cut->count == cut->room) {
        return false;
    }
    cut->out[cut->count++] = piece;
    return true;
}

uint32_t mu_walls_cut(const mu_border *border, const mu_wall *spans, uint32_t span_count,
                      mu_wall *out, uint32_t room) {
    cutter cut = {spans, span_count, out, 0, room};
    for (uint32_t e = 0; e < border->count; e++) {
        if (!keep(&cut, border->items[e], 0)) {
            return MU_NONE;
        }
    }
    return cut.count;
}

static uint32_t cells_across(double extent, double step) {
    return (uint32_t)(extent / step) + 1;
}

static uint32_t cell_at(double cell, uint32_t count) {
    return !(cell > 0) ? 0 : cell >= count ? count - 1 : (uint32_t)cell;
}

static uint32_t cell_along(double offset, double step, uint32_t count) {
    return cell_at(offset / step, count);
}

/* A cell may lie wrong by rounding: all are in reach of more than they need (put_piece). */
static uint32_t bucket_of(const mu_area *area, const mu_buckets *buckets, mu_point p) {
    uint32_t i = cell_at((p.x - area->low.x) * buckets->per_m, buckets->columns);
    uint32_t j = cell_at((p.y - area->low.y) * buckets->per_m, buckets->rows);
    return j * buckets->columns + i;
}

/* Counts (items NULL) or writes piece `index` into every cell that it is in reach of; start[c]
 * counts or points behind the cell's last item. */
static void put_piece(const mu_area *area, const mu_area_parts *parts, uint32_t index,
                      mu_buckets *buckets) {
    mu_wall piece = parts->pieces[index];
    double cell = buckets->cell_m, reach = MU_WALL_REACH_M + 0.71 * cell;
    mu_point low = {mu_plane_min(piece.a.x, piece.b.x) - reach,
                    mu_plane_min(piece.a.y, piece.b.y) - reach};
    mu_point high = {mu_plane_max(piece.a.x, piece.b.x) + reach,
                     mu_plane_max(piece.a.y, piece.b.y) + reach};
    uint32_t first = bucket_of(area, buckets, low), last = bucket_of(area, buckets, high);
    for (uint32_t j = first / buckets->columns; j <= last / buckets->columns; j++) {
        for (uint32_t i = first % buckets->columns; i <= last % buckets->columns; i++) {
            mu_point centre = {area->low.x + (i + 0.5) * cell, area->low.y + (j + 0.5) * cell};
            if (mu_plane_off(piece.a, piece.b, centre) > reach) {
                continue;
            }
            uint32_t at = j * buckets->columns + i;
            if (!buckets->items) {
                buckets->start[at + 1]++;
                continue;
            }
            buckets->items[buckets->start[at]++] = index;
            buckets->walls[at] += index < area->wall_count;
        }
    }
}

static bool make_buckets(const mu_area *area, mu_area_parts *parts, mu_arena *arena) {
    mu_buckets made = {.cell_m = CELL_M};
    double width = area->high.x - area->low.x, height = area->high.y - area->low.y;
    if (width * height > MOST_CELLS * CELL_M * CELL_M) {
        made.cell_m = sqrt(width * height / MOST_CELLS);
    }
    made.per_m = 1 / made.cell_m;
    made.columns = cells_across(width, made.cell_m);
    made.rows = cells_across(height, made.cell_m);
    size_t cells = (size_t)made.columns * made.rows;
    uint32_t pieces = area->wall_count + parts->span_count;
    made.start = mu_arena_array(arena, cells + 1, sizeof *made.start);
    made.walls = mu_arena_array(arena, cells, sizeof *made.walls);
    if (!made.start || !made.walls) {
        return false;
    }
    for (uint32_t p = 0; p < pieces; p++) {
        put_piece(area, parts, p, &made);
    }
    for (size_t c = 0; c < cells; c++) {
        made.start[c + 1] += made.start[c];
    }
    made.items = mu_arena_array(arena, made.start[cells] + 1U, sizeof *made.items);
    if (!made.items) {
        return false;
    }
    for (uint32_t p = 0; p < pieces; p++) {
        put_piece(area, parts, p, &made);
    }
    for (size_t c = cells; c > 0; c--) { /* each start has moved to the next one's place */
        made.start[c] = made.start[c - 1];
    }
    made.start[0] = 0;
    parts->buckets = made;
    return true;
}

static void put_edge(const mu_area *area, const mu_area_parts *parts, uint32_t index,
                     mu_bands *bands) {
    mu_wall edge = parts->edges[index];
    double low = mu_plane_min(edge.a.y, edge.b.y), high = mu_plane_max(edge.a.y, edge.b.y);
    uint32_t first = cell_along(low - area->low.y, bands->band_m, bands->count);
    uint32_t last = cell_along(high - area->low.y, bands->band_m, bands->count);
    for (uint32_t k = first; k <= last; k++) {
        if (bands->items) {
            bands->items[bands->start[k]++] = index;
        } else {
            bands->start[k + 1]++;
        }
    }
}

static bool make_bands(const mu_area *area, mu_area_parts *parts, mu_arena *arena) {
    double height = area->high.y - area->low.y;
    mu_bands made = {.band_m = mu_plane_max(BAND_M, height / MOST_BANDS)};
    made.count = cells_across(height, made.band_m);
    made.start = mu_arena_array(arena, made.count + 1U, sizeof *made.start);
    if (!made.start) {
        return false;
    }
    for (uint32_t e = 0; e < parts->edge_count; e++) {
        put_edge(area, parts, e, &made);
    }
    for (uint32_t k = 0; k < made.count; k++) {
        made.start[k + 1] += made.start[k];
    }
    made.items = mu_arena_array(arena, made.start[made.count] + 1U, sizeof *made.items);
    if (!made.items) {
        return false;
    }
    for (uint32_t e = 0; e < parts->edge_count; e++) {
        put_edge(area, parts, e, &made);
    }
    for (uint32_t k = made.count; k > 0; k--) {
        made.start[k] = made.start[k - 1];
    }
    made.start[0] = 0;
    parts->bands = made;
    return true;
}

bool mu_walls_index(const mu_area *area, mu_area_parts *parts, mu_arena *arena) {
    return make_buckets(area, parts, arena) && make_bands(area, parts, arena);
}

static double least_off(const mu_area_parts *parts, uint32_t first, uint32_t end, mu_point point) {
    const mu_buckets *buckets = &parts->buckets;
    double least = MU_WALL_REACH_M * MU_WALL_REACH_M;
    for (uint32_t k = first; k < end; k++) {
        mu_wall wall = parts->pieces[buckets->items[k]];
        mu_point to = mu_plane_sub(mu_plane_nearest(wall.a, wall.b, point), point);
        least = mu_plane_min(least, mu_plane_dot(to, to));
    }
    return sqrt(least);
}

double mu_walls_off(const mu_area *area, const mu_area_parts *parts, mu_point point) {
    const uint32_t cell = bucket_of(area, &parts->buckets, point);
    const uint32_t first = parts->buckets.start[cell];
    return least_off(parts, first, first + parts->buckets.walls[cell], point);
}

double mu_walls_off_pieces(const mu_area *area, const mu_area_parts *parts, mu_point point) {
    const uint32_t cell = bucket_of(area, &parts->buckets, point);
    return least_off(parts, parts->buckets.start[cell], parts->buckets.start[cell + 1], point);
}

double mu_walls_off_spans(const mu_area *area, const mu_area_parts *parts, mu_point point) {
    const uint32_t cell = bucket_of(area, &parts->buckets, point);
    const uint32_t first = parts->buckets.start[cell] + parts->buckets.walls[cell];
    return least_off(parts, first, parts->buckets.start[cell + 1], point);
}

/* One step off the nearest wall; false if none is near. */
static bool step_off(const mu_area *area, const mu_area_parts *parts, double clear_m, mu_point *p) {
    const mu_buckets *buckets = &parts->buckets;
    uint32_t cell = bucket_of(area, buckets, *p), first = buckets->start[cell];
    double least = clear_m * clear_m;
    mu_wall nearest = {*p, *p};
    mu_point on = *p;
    for (uint32_t k = first; k < first + buckets->walls[cell]; k++) {
        mu_wall wall = parts->pieces[buckets->items[k]];
        mu_point there = mu_plane_nearest(wall.a, wall.b, *p);
        mu_point to = mu_plane_sub(there, *p);
        if (mu_plane_dot(to, to) < least) {
            least = mu_plane_dot(to, to);
            nearest = wall;
            on = there;
        }
    }
    mu_point along = mu_plane_sub(nearest.b, nearest.a), off = mu_plane_sub(*p, on);
    if (!(least < clear_m * clear_m)) {
        return false;
    }
    mu_point way = mu_plane_unit(off);
    if (way.x == 0 && way.y == 0) { /* on the very wall */
        way = mu_plane_unit(mu_plane_left(along));
    }
    *p = mu_plane_along(on, way, clear_m);
    return true;
}

mu_point mu_walls_step_off(const mu_area *area, const mu_area_parts *parts, mu_point point,
                           double clear_m) {
    mu_point p = point;
    for (int n = 0; n < 2 && step_off(area, parts, clear_m, &p); n++) {
    }
    return p;
}

bool mu_walls_between(const mu_area *area, const mu_area_parts *parts, mu_point p, mu_point q,
                      bool spans) {
    const mu_buckets *buckets = &parts->buckets;
    uint32_t cell = bucket_of(area, buckets, p), first = buckets->start[cell];
    uint32_t last = spans ? buckets->start[cell + 1] : first + buckets->walls[cell];
    for (uint32_t k = first; k < last; k++) {
        mu_wall wall = parts->pieces[buckets->items[k]];
        if (mu_plane_crosses(p, q, wall.a, wall.b)) {
            return true;
        }
    }
    return false;
}

uint32_t mu_walls_opening(const mu_area *area, const mu_area_parts *parts, mu_point point,
                          double within_m) {
    const mu_buckets *buckets = &parts->buckets;
    uint32_t cell = bucket_of(area, buckets, point);
    uint32_t first = buckets->start[cell] + buckets->walls[cell];
    for (uint32_t k = first; k < buckets->start[cell + 1]; k++) {
        mu_wall span = parts->pieces[buckets->items[k]];
        mu_point along = mu_plane_sub(span.b, span.a), off = mu_plane_sub(point, span.a);
        double square = mu_plane_dot(along, along), passed = mu_plane_dot(along, off);
        double ahead = mu_plane_cross(along, off) / sqrt(square);
        if (passed > 0 && passed < square && ahead < within_m && ahead > -MU_BEYOND_M) {
            return buckets->items[k];
        }
    }
    return MU_NONE;
}

const uint32_t *mu_area_walls_near(const mu_walkable *walkable, uint32_t area, mu_point point,
                                   uint32_t *count) {
    const mu_buckets *buckets = &walkable->parts[area].buckets;
    if (!mu_area_exists(walkable, area)) {
        *count = 0;
        return NULL;
    }
    uint32_t cell = bucket_of(&walkable->areas[area], buckets, point);
    *count = buckets->walls[cell];
    return buckets->items + buckets->start[cell];
}

bool mu_area_contains(const mu_walkable *walkable, uint32_t area, mu_point point) {
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    if (!in->walkable || !(point.x >= in->low.x && point.x <= in->high.x) ||
        !(point.y >= in->low.y && point.y <= in->high.y)) {
        return false;
    }
    uint32_t band = cell_along(point.y - in->low.y, parts->bands.band_m, parts->bands.count);
    bool inside = false;
    for (uint32_t k = parts->bands.start[band]; k < parts->bands.start[band + 1]; k++) {
        mu_point a = parts->edges[parts->bands.items[k]].a;
        mu_point b = parts->edges[parts->bands.items[k]].b;
        if ((a.y > point.y) != (b.y > point.y) &&
            point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
            inside = !inside;
        }
    }
    return inside;
}

/* Metres between the piece p-q and a wall. */
static double gap(mu_point p, mu_point q, mu_wall wall) {
    if (mu_plane_crosses(p, q, wall.a, wall.b)) {
        return 0;
    }
    double ends = mu_plane_min(mu_plane_off(wall.a, wall.b, p), mu_plane_off(wall.a, wall.b, q));
    return mu_plane_min(ends, mu_plane_min(mu_plane_off(p, q, wall.a), mu_plane_off(p, q, wall.b)));
}

/* Is a wall further than `metres` from a box? What is so far beside it needs no closer look. */
static bool is_beside(mu_wall wall, mu_point low, mu_point high, double metres) {
    return mu_plane_max(wall.a.x, wall.b.x) < low.x - metres ||
           mu_plane_min(wall.a.x, wall.b.x) > high.x + metres ||
           mu_plane_max(wall.a.y, wall.b.y) < low.y - metres ||
           mu_plane_min(wall.a.y, wall.b.y) > high.y + metres;
}

/* Is the short piece p-q of a whole way clear of walls, and leads the way through no gate near it?
 */
static bool is_free(const mu_area *area, const mu_area_parts *parts, mu_wall whole, mu_point p,
                    mu_point q, double clear_m) {
    const mu_buckets *buckets = &parts->buckets;
    mu_point middle = mu_plane_scale(mu_plane_add(p, q), 0.5);
    uint32_t cell = bucket_of(area, buckets, middle), first = buckets->start[cell];
    uint32_t last_wall = first + buckets->walls[cell];
    if (first == buckets->start[cell + 1]) {
        return true;
    }
    const mu_point low = {mu_plane_min(p.x, q.x), mu_plane_min(p.y, q.y)};
    const mu_point high = {mu_plane_max(p.x, q.x), mu_plane_max(p.y, q.y)};
    for (uint32_t k = first; k < last_wall; k++) {
        const mu_wall wall = parts->pieces[buckets->items[k]];
        if (is_beside(wall, low, high, clear_m + ROUNDING_M)) {
            continue;
        }
        double between = gap(p, q, wall);
        if (between < clear_m || between == 0) {
            return false;
        }
    }
    for (uint32_t k = last_wall; k < buckets->start[cell + 1]; k++) {
        mu_wall span = parts->pieces[buckets->items[k]];
        if (mu_plane_crosses(whole.a, whole.b, span.a, span.b)) {
            return false;
        }
    }
    return true;
}

bool mu_area_sees(const mu_walkable *walkable, uint32_t area, mu_point p, mu_point q,
                  double clear_m) {
    if (!mu_area_exists(walkable, area)) {
        return false;
    }
    const mu_area *in = &walkable->areas[area];
    const mu_area_parts *parts = &walkable->parts[area];
    clear_m = mu_plane_clamp(clear_m, 0, 1);
    mu_point way = mu_plane_sub(q, p);
    double length = mu_plane_length(way);
    if (!(length < 1e5)) {
        return false;
    }
    uint32_t parts_of_way = (uint32_t)(length / (MU_WALL_REACH_M - clear_m)) + 1;
    mu_point from = p;
    for (uint32_t k = 1; k <= parts_of_way; k++) {
        const mu_point to = mu_plane_along(p, way, (double)k / parts_of_way);
        if (!is_free(in, parts, (mu_wall){p, q}, from, to, clear_m)) {
            return false;
        }
        from = to;
    }
    return true;
}
