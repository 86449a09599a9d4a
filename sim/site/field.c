/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes walking-distance fields. Where the target is in straight sight the distance is exact; round
 * corners it is the shortest way over the places off them, which see each other and the target.
 * Nodes with too little room for either (narrow gaps, rims) are reached from the others by fast
 * marching: the eikonal equation, first order upwind, over straight and over diagonal neighbours,
 * the lesser of the two (Hassouna and Farag 2007, IEEE PAMI 29(9), multistencils), where a metre
 * close to a wall counts for more. */
#include "site/field.h"

#include <stdlib.h>

#include "site/grid.h"
#include "site/plane.h"
#include "site/sight.h"
#include "site/walls.h"

static const double WALL_COST = 4.0; /* what a metre along the very wall costs over 1 */
/* A target that no node has room to see is looked for within the first, then up to the second. */
static const double START_M = 0.5;
static const double MOST_START_M = 2.0;

/* What one field needs while it is made; one of these serves all fields of an area. */
typedef struct march {
    const mu_area *area;
    const mu_area_parts *parts;
    uint16_t *order; /* corners with a way to the target, the nearest first */
    uint32_t ordered;
    bool *led;       /* per corner: it is in that order */
    double *metres;  /* per node: the best so far */
    double *final;   /* per node: the same once it can get no better, before that infinite */
    double *step;    /* per node: metres of one step to it, as they count there */
    uint32_t *heap;  /* nodes, the nearest first */
    uint32_t *place; /* per node: its place in the heap, MU_NONE = not in it */
    uint32_t count;
} march;

static void march_destroy(march *m) {
    free(m->order);
    free(m->led);
    free(m->metres);
    free(m->final);
    free(m->step);
    free(m->heap);
    free(m->place);
}

static bool march_create(march *m, const mu_walkable *walkable, uint32_t area) {
    *m = (march){.area = &walkable->areas[area], .parts = &walkable->parts[area]};
    size_t nodes = m->parts->node_count + 1U;
    m->order = malloc((m->parts->corner_count + 1U) * sizeof *m->order);
    m->led = malloc((m->parts->corner_count + 1U) * sizeof *m->led);
    m->metres = malloc(nodes * sizeof *m->metres);
    m->final = malloc(nodes * sizeof *m->final);
    m->step = malloc(nodes * sizeof *m->step);
    m->heap = malloc(nodes * sizeof *m->heap);
    m->place = malloc(nodes * sizeof *m->place);
    if (!m->order || !m->led || !m->metres || !m->final || !m->step || !m->heap || !m->place) {
        return false;
    }
    for (uint32_t n = 0; n < m->parts->node_count; n++) {
        double near = (MU_WALL_COST_M - (double)m->parts->clear[n]) / MU_WALL_COST_M;
        m->step[n] = m->area->step_m * (near > 0 ? 1 + WALL_COST * near * near : 1);
    }
    return true;
}

/* Of two nodes equally near, the lower comes first, so that the order is the same everywhere. */
static bool is_before(const march *m, uint32_t node, uint32_t other) {
    double p = m->metres[node], q = m->metres[other];
    return p < q || (p == q && node < other);
}

static void put(march *m, uint32_t at, uint32_t node) {
    m->heap[at] = node;
    m->place[node] = at;
}

static void rise(march *m, uint32_t node) {
    uint32_t at = m->place[node];
    if (at == MU_NONE) {
        at = m->count++;
    }
    while (at > 0 && is_before(m, node, m->heap[(at - 1) / 2])) {
        put(m, at, m->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    put(m, at, node);
}

static uint32_t take_first(march *m) {
    uint32_t first = m->heap[0], last = m->heap[--m->count], at = 0;
    while (2 * at + 1 < m->count) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < m->count && is_before(m, m->heap[child + 1], m->heap[child])) {
            child++;
        }
        if (!is_before(m, m->heap[child], last)) {
            break;
        }
        put(m, at, m->heap[child]);
        at = child;
    }
    if (m->count > 0) {
        put(m, at, last);
    }
    return first;
}

/* The node beyond a link that exists. */
static uint32_t beyond(const march *m, uint32_t node, int k) {
    static const int east[8] = {1, 0, -1, 0, 1, -1, -1, 1};
    static const int north[8] = {0, 1, 0, -1, 1, 1, -1, -1};
    int64_t place = (int64_t)m->parts->place[node] + east[k] + (int64_t)north[k] * m->area->columns;
    return m->parts->node_at[place];
}

/* The nearer of the two neighbours that are opposite each other along an axis. */
static double nearer(const march *m, uint32_t node, int ahead, int back) {
    unsigned links = m->parts->links[node];
    double p = links >> ahead & 1 ? m->final[beyond(m, node, ahead)] : INFINITY;
    double q = links >> back & 1 ? m->final[beyond(m, node, back)] : INFINITY;
    return mu_plane_min(p, q);
}

/* A front that passed two neighbours at right angles at p and q: when does it get here? */
static double front(double p, double q, double step) {
    double least = mu_plane_min(p, q), apart = fabs(p - q);
    if (!(apart < step)) {
        return least + step;
    }
    return (p + q + sqrt(2 * step * step - apart * apart)) / 2;
}

static void reach(march *m, uint32_t node) {
    double step = m->step[node];
    double straight = front(nearer(m, node, 0, 2), nearer(m, node, 1, 3), step);
    double diagonal = front(nearer(m, node, 4, 6), nearer(m, node, 5, 7), sqrt(2.0) * step);
    double metres = mu_plane_min(straight, diagonal);
    if (metres < m->metres[node]) {
        m->metres[node] = metres;
        rise(m, node);
    }
}

/* A node that is known, but from whose neighbour there is a clearly shorter way: what it sees leads
 * round, and what it should lead over is just out of its sight. */
static bool is_detour(const march *m, uint32_t node, uint32_t neighbour, int k) {
    if ((double)m->parts->clear[node] < MU_BODY_WIDE_M) {
        return false; /* through a gap that no body fits through, no way is shorter */
    }
    double between = k < 4 ? m->area->step_m : 1.5 * m->area->step_m;
    return m->final[neighbour] > m->final[node] + between + MU_DETOUR_M;
}

static void reach_neighbours(march *m, mu_field_grid *field, uint32_t node) {
    for (int k = 0; k < 8; k++) {
        if (!(m->parts->links[node] >> k & 1)) {
            continue;
        }
        uint32_t other = beyond(m, node, k);
        if (m->final[other] < INFINITY) {
            if (field->via[other] == MU_VIA_SIGHT || !is_detour(m, node, other, k)) {
                continue;
            }
            m->metres[other] = m->final[other] = INFINITY;
            m->place[other] = MU_NONE;
            field->via[other] = MU_VIA_NONE;
        }
        reach(m, other);
    }
}

/* Ways from the corners to the target: Dijkstra's search among the few that there are. */
static void lead_corners(march *m, mu_field_grid *field) {
    uint32_t count = m->parts->corner_count;
    m->ordered = 0;
    for (uint32_t c = 0; c < count; c++) {
        double metres;
        mu_point way;
        bool sees = mu_sight_sees(&field->sight, m->parts->corners[c].at, &metres, &way);
        field->corner_metres[c] = sees ? (float)metres : INFINITY;
        field->corner_via[c] = sees ? MU_VIA_SIGHT : MU_VIA_NONE;
        m->led[c] = false;
    }
    for (uint32_t n = 0; n < count; n++) {
        uint32_t next = MU_NONE;
        for (uint32_t c = 0; c < count; c++) {
            if (!m->led[c] && field->corner_metres[c] < INFINITY &&
                (next == MU_NONE || field->corner_metres[c] < field->corner_metres[next])) {
                next = c;
            }
        }
        if (next == MU_NONE) {
            return;
        }
        m->led[next] = true;
        m->order[m->ordered++] = (uint16_t)next;
        const float *from = m->parts->corner_metres + (size_t)next * count;
        for (uint32_t c = 0; c < count; c++) {
            float metres = field->corner_metres[next] + from[c];
            if (!m->led[c] && metres < field->corner_metres[c]) {
                field->corner_metres[c] = metres;
                field->corner_via[c] = (uint16_t)next;
            }
        }
    }
}

/* The shortest way that can be seen from a point, and what it leads to first. */
static double look(const march *m, const mu_field_grid *field, mu_point at, uint16_t *via) {
    double metres, best = INFINITY;
    mu_point way;
    *via = MU_VIA_NONE;
    if (mu_sight_sees(&field->sight, at, &metres, &way)) {
        *via = MU_VIA_SIGHT;
        return metres;
    }
    for (uint32_t n = 0; n < m->ordered; n++) {
        const mu_corner *corner = &m->parts->corners[m->order[n]];
        double behind = (double)field->corner_metres[m->order[n]];
        if (behind >= best) {
            break;
        }
        if (behind + mu_plane_distance(at, corner->at) < best &&
            mu_sight_sees(&corner->sight, at, &metres, &way)) {
            best = behind + metres;
            *via = m->order[n];
        }
    }
    return best;
}

/* All nodes from which something is seen, if need be from a step off the wall; returns how many. */
static uint32_t start_in_sight(march *m, mu_field_grid *field) {
    uint32_t seen = 0;
    m->count = 0;
    lead_corners(m, field);
    for (uint32_t n = 0; n < m->parts->node_count; n++) {
        mu_point at = mu_grid_point(m->area, m->parts->place[n]);
        double metres = look(m, field, at, &field->via[n]);
        if (!(metres < INFINITY) && (double)m->parts->clear[n] < MU_BODY_EASE_M) {
            mu_point off = mu_walls_step_off(m->area, m->parts, at, MU_BODY_EASE_M);
            metres = look(m, field, off, &field->via[n]) + mu_plane_distance(at, off);
        }
        m->metres[n] = m->final[n] = metres;
        m->place[n] = MU_NONE;
        seen += metres < INFINITY;
    }
    return seen;
}

/* Where there is too little room to see the target: nodes close by with nothing between. */
static void start_close(march *m, const mu_sight *sight, double within_m) {
    mu_grid_window window = mu_grid_around(m->area, sight->a, sight->b, within_m);
    for (uint32_t j = window.south; j <= window.north; j++) {
        for (uint32_t i = window.west; i <= window.east; i++) {
            uint32_t node = m->parts->node_at[(size_t)j * m->area->columns + i];
            double metres;
            if (node != MU_NONE && !(m->final[node] < INFINITY) &&
                mu_grid_touches(m->area, m->parts, node, sight, within_m, &metres) &&
                metres < m->metres[node]) {
                m->metres[node] = metres;
                rise(m, node);
            }
        }
    }
}

static void run(march *m, mu_field_grid *field, bool from_nearest) {
    const mu_sight *sight = &field->sight;
    uint32_t seen = start_in_sight(m, field), nodes = m->parts->node_count;
    for (double within = START_M; seen == 0 && m->count == 0 && within <= MOST_START_M;
         within *= 2) {
        start_close(m, sight, within);
    }
    uint32_t nearest = MU_NONE;
    if (seen == 0 && m->count == 0 && from_nearest) {
        nearest = mu_grid_nearest(m->area, m->parts, sight->a);
    }
    if (nearest != MU_NONE) {
        m->metres[nearest] =
            mu_sight_metres(sight, mu_grid_point(m->area, m->parts->place[nearest]));
        rise(m, nearest);
    }
    for (uint32_t n = 0; n < nodes; n++) {
        if (m->final[n] < INFINITY) {
            reach_neighbours(m, field, n);
        }
    }
    while (m->count > 0) {
        uint32_t node = take_first(m);
        m->final[node] = m->metres[node];
        reach_neighbours(m, field, node);
    }
    for (uint32_t n = 0; n < nodes; n++) {
        field->metres[n] = (float)m->metres[n];
    }
}

/* Bytes of a field's tables, and their places in memory: floats first. */
static size_t table_bytes(const march *m, mu_sight *sight) {
    size_t nodes = m->parts->node_count, corners = m->parts->corner_count;
    size_t places = (size_t)m->area->columns * m->area->rows;
    size_t floats = mu_sight_floats(m->area, sight) + nodes + places + corners;
    return floats * sizeof(float) + (nodes + corners) * sizeof(uint16_t);
}

static void fill(march *m, mu_field_grid *field, bool from_nearest, float *memory) {
    size_t nodes = m->parts->node_count, corners = m->parts->corner_count;
    mu_sight_make(m->area, m->parts, &field->sight, memory);
    field->metres = memory + mu_sight_floats(m->area, &field->sight);
    field->steer = (_Atomic uint32_t *)(field->metres + nodes);
    field->corner_metres = field->metres + nodes + (size_t)m->area->columns * m->area->rows;
    field->via = (uint16_t *)(field->corner_metres + corners);
    field->corner_via = field->via + nodes;
    run(m, field, from_nearest);
}

static void measure_gates(mu_walkable *walkable, uint32_t area) {
    mu_area_parts *parts = &walkable->parts[area];
    uint32_t gates = walkable->areas[area].gate_count;
    for (uint32_t from = 0; from < gates; from++) {
        int side;
        const mu_gate *gate = &walkable->gates[mu_area_gate(walkable, area, from, &side)];
        mu_point middle = mu_plane_scale(mu_plane_add(gate->a[side], gate->b[side]), 0.5);
        for (uint32_t to = 0; to < gates; to++) {
            double metres = mu_field_distance(walkable, area, &parts->fields[to], middle);
            parts->gate_metres[(size_t)from * gates + to] = (float)metres;
        }
    }
}

bool mu_field_make_all(mu_walkable *walkable, uint32_t area) {
    mu_area_parts *parts = &walkable->parts[area];
    uint32_t gates = walkable->areas[area].gate_count;
    march m;
    bool done = march_create(&m, walkable, area);
    parts->fields = mu_arena_array(walkable->arena, gates + 1U, sizeof *parts->fields);
    parts->gate_metres = mu_arena_array(walkable->arena, (size_t)gates * gates + 1, sizeof(float));
    done = done && parts->fields && parts->gate_metres;
    for (uint32_t k = 0; done && k < gates; k++) {
        int side;
        uint32_t gate = mu_area_gate(walkable, area, k, &side);
        mu_field_grid *field = &parts->fields[k];
        field->sight = mu_sight_of_gate(&walkable->gates[gate], side);
        float *memory = mu_arena_alloc(walkable->arena, table_bytes(&m, &field->sight));
        done = memory != NULL;
        if (done) {
            fill(&m, field, false, memory);
        }
    }
    march_destroy(&m);
    if (done) {
        measure_gates(walkable, area);
    }
    return done;
}

mu_field_grid *mu_field_to_point(const mu_walkable *walkable, uint32_t area, mu_point target) {
    march m;
    if (!mu_area_exists(walkable, area)) {
        return NULL;
    }
    mu_field_grid *made = NULL;
    if (march_create(&m, walkable, area)) {
        mu_sight sight = mu_sight_of_point(target);
        made = calloc(1, sizeof *made + table_bytes(&m, &sight));
        if (made) {
            made->sight = sight;
            fill(&m, made, true, (float *)(made + 1));
        }
    }
    march_destroy(&m);
    return made;
}

void mu_field_destroy(mu_field_grid *field) {
    free(field);
}
