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
#include "site/over_corners.h"
#include "site/panorama.h"
#include "site/plane.h"
#include "site/sight.h"
#include "site/views.h"
#include "site/walls.h"

static const double WALL_COST = 4.0; /* what a metre along the very wall costs over 1 */
/* A target that no node has room to see is looked for within the first, then up to the second. */
static const double START_M = 0.5;
static const double MOST_START_M = 2.0;

/* What one field needs while it is made. */
typedef struct march {
    const mu_area *area;
    const mu_area_parts *parts;
    const mu_views *views;
    const mu_sight *sight;
    mu_sight_runs runs;  /* of it */
    mu_field_ways *ways; /* what is made */
    mu_lead *leads;      /* per corner */
    double *seen;        /* per step off a wall: metres straight to the target */
    double *metres;      /* per node: the best so far */
    double *room;        /* of `final`, with a row and a place more before and behind */
    double *final;   /* per place: the same once it can get no better, before that infinite; minus
                        infinity where there is no node */
    uint32_t *heap;  /* nodes, the nearest first */
    uint32_t *place; /* per node: its place in the heap, MU_NONE = not in it */
    uint32_t count;
    int64_t beside[8]; /* from a place to those next to it, by link */
} march;

static void march_destroy(march *m) {
    free(m->leads);
    free(m->seen);
    free(m->metres);
    free(m->room);
    free(m->heap);
    free(m->place);
}

static bool march_create(march *m, const mu_field_grid *field, const mu_sight *sight,
                         const mu_views *views, mu_field_ways *ways) {
    *m = (march){.area = &field->walkable->areas[field->area],
                 .parts = &field->walkable->parts[field->area],
                 .views = views,
                 .sight = sight,
                 .ways = ways};
    const int64_t columns = m->area->columns;
    const int64_t beside[8] = {1,           columns,     -1,           -columns,
                               columns + 1, columns - 1, -columns - 1, 1 - columns};
    for (int k = 0; k < 8; k++) {
        m->beside[k] = beside[k];
    }
    size_t nodes = m->parts->node_count + 1U;
    size_t places = (size_t)m->area->columns * m->area->rows, margin = m->area->columns + 1U;
    m->leads = malloc((m->views->corner_count + 1U) * sizeof *m->leads);
    m->seen = malloc((m->views->panorama.off_count + 1U) * sizeof *m->seen);
    m->metres = malloc(nodes * sizeof *m->metres);
    m->room = malloc((places + 2 * margin) * sizeof *m->room);
    m->heap = malloc(nodes * sizeof *m->heap);
    m->place = malloc(nodes * sizeof *m->place);
    if (!m->leads || !m->seen || !m->metres || !m->room || !m->heap || !m->place) {
        return false;
    }
    m->final = m->room + margin;
    for (size_t p = 0; p < places + 2 * margin; p++) {
        m->room[p] = -INFINITY;
    }
    return true;
}

/* Metres of one step to a node, as they count there. */
static double step_to(const march *m, uint32_t node) {
    double near = (MU_WALL_COST_M - (double)m->parts->clear[node]) / MU_WALL_COST_M;
    return m->area->step_m * (near > 0 ? 1 + WALL_COST * near * near : 1);
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

/* The nearer of the two neighbours that are opposite each other along an axis. */
static double nearer(const march *m, uint32_t node, int ahead, int back) {
    const unsigned links = m->parts->links[node];
    const double *here = m->final + m->parts->place[node];
    double p = links >> ahead & 1 ? here[m->beside[ahead]] : INFINITY;
    double q = links >> back & 1 ? here[m->beside[back]] : INFINITY;
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
    double step = step_to(m, node);
    double straight = front(nearer(m, node, 0, 2), nearer(m, node, 1, 3), step);
    double diagonal = front(nearer(m, node, 4, 6), nearer(m, node, 5, 7), sqrt(2.0) * step);
    double metres = mu_plane_min(straight, diagonal);
    if (metres < m->metres[node]) {
        m->metres[node] = metres;
        rise(m, node);
    }
}

/* Metres that a neighbour may be farther than a node before its way leads round. */
static double slack(const march *m, bool diagonal) {
    return diagonal ? 1.5 * m->area->step_m : m->area->step_m;
}

/* A node that is known, but from whose neighbour there is a clearly shorter way: what it sees leads
 * round, and what it should lead over is just out of its sight. */
static bool is_detour(const march *m, uint32_t node, double here, double there, int k) {
    if ((double)m->parts->clear[node] < MU_BODY_WIDE_M) {
        return false; /* through a gap that no body fits through, no way is shorter */
    }
    return there > here + slack(m, k >= 4) + MU_DETOUR_M;
}

/* Is there anything around a place that is unknown or may be a detour? Nearly everywhere there is
 * not, and then there is nothing to do. */
static inline bool is_settled(const march *m, uint32_t node) {
    const int64_t row = m->beside[1];
    const double *here = m->final + m->parts->place[node];
    const double *above = here + row, *below = here - row;
    const double most = mu_plane_max(mu_plane_max(here[1], here[-1]), //
                                     mu_plane_max(*above, *below));
    const double most_diagonal =
        mu_plane_max(mu_plane_max(above[1], above[-1]), mu_plane_max(below[1], below[-1]));
    return most <= *here + slack(m, false) + MU_DETOUR_M &&
           most_diagonal <= *here + slack(m, true) + MU_DETOUR_M;
}

static void reach_neighbours(march *m, uint32_t node) {
    mu_field_ways *ways = m->ways;
    const uint32_t place = m->parts->place[node];
    for (int k = 0; k < 8; k++) {
        if (!(m->parts->links[node] >> k & 1)) {
            continue;
        }
        const int64_t there = place + m->beside[k];
        const uint32_t other = m->parts->node_at[there];
        if (m->final[there] < INFINITY) {
            if (ways->via[other] == MU_VIA_SIGHT ||
                !is_detour(m, node, m->final[place], m->final[there], k)) {
                continue;
            }
            m->metres[other] = m->final[there] = INFINITY;
            m->place[other] = MU_NONE;
            ways->via[other] = MU_VIA_NONE;
        }
        reach(m, other);
    }
}

/* Ways from the corners to the target: Dijkstra's search among the few that there are. */
static void lead_corners(march *m) {
    mu_field_ways *ways = m->ways;
    uint32_t count = m->views->corner_count;
    for (uint32_t c = 0; c < count; c++) {
        double metres;
        mu_point way, at = m->views->corners[c].at;
        bool sees = mu_sight_sees(m->sight, at, &metres, &way);
        ways->corner_metres[c] = sees ? (float)metres : INFINITY;
        ways->corner_via[c] = sees ? MU_VIA_SIGHT : MU_VIA_NONE;
        m->leads[c] = (mu_lead){at.x, at.y, INFINITY, MU_NONE, 0};
    }
    for (uint32_t n = 0; n < count; n++) {
        uint32_t next = MU_NONE;
        for (uint32_t c = 0; c < count; c++) {
            if (m->leads[c].rank == MU_NONE && ways->corner_metres[c] < INFINITY &&
                (next == MU_NONE || ways->corner_metres[c] < ways->corner_metres[next])) {
                next = c;
            }
        }
        if (next == MU_NONE) {
            return;
        }
        m->leads[next].rank = n;
        m->leads[next].behind = (double)ways->corner_metres[next];
        const float *from = m->views->corner_metres + (size_t)next * count;
        for (uint32_t c = 0; c < count; c++) {
            float metres = ways->corner_metres[next] + from[c];
            if (m->leads[c].rank == MU_NONE && metres < ways->corner_metres[c]) {
                ways->corner_metres[c] = metres;
                ways->corner_via[c] = (uint16_t)next;
            }
        }
    }
}

/* From the nodes of a word that see nothing for want of room: a step off the wall. */
static void look_from_steps_off(march *m, uint32_t word, const double *x, const double *y,
                                uint32_t *step) {
    const mu_panorama *views = &m->views->panorama;
    const uint32_t first = word * MU_STANDPOINTS;
    for (; *step < views->off_count && views->off_node[*step] < first + MU_STANDPOINTS; ++*step) {
        const uint32_t n = views->off_node[*step], of = *step / MU_STANDPOINTS;
        if (m->metres[n] < INFINITY) {
            continue;
        }
        const mu_point at = {x[n - first], y[n - first]};
        const mu_point off = {views->off_x[*step], views->off_y[*step]};
        double metres = m->seen[*step];
        m->ways->via[n] = MU_VIA_SIGHT;
        if (!(metres < INFINITY)) {
            const uint32_t bit = *step % MU_STANDPOINTS;
            double over[MU_STANDPOINTS];
            uint16_t via[MU_STANDPOINTS];
            const mu_askers from = {UINT64_C(1) << bit, views->off_x + of * MU_STANDPOINTS,
                                    views->off_y + of * MU_STANDPOINTS};
            mu_over_corners(&m->views->panorama, m->leads,
                            mu_panorama_words(m->parts->node_count) + of, &from, over, via);
            metres = over[bit];
            m->ways->via[n] = via[bit];
        }
        m->metres[n] = metres + mu_plane_distance(at, off);
    }
}

/* The nodes of a word that see the target keep what they see; the others look over corners. */
static void look_from_nodes(march *m, uint32_t word, uint32_t count, const double *x,
                            const double *y) {
    double *metres = m->metres + word * MU_STANDPOINTS;
    uint16_t *via = m->ways->via + word * MU_STANDPOINTS;
    uint64_t blind = 0;
    mu_sight_look(m->sight, &m->runs, count, x, y,
                  m->views->panorama.boxes + word * (MU_STANDPOINTS / MU_BOXED), metres);
    for (uint32_t n = 0; n < count; n++) {
        via[n] = MU_VIA_SIGHT;
        blind |= (uint64_t) !(metres[n] < INFINITY) << n;
    }
    if (blind != 0) {
        const mu_askers from = {blind, x, y};
        mu_over_corners(&m->views->panorama, m->leads, word, &from, metres, via);
    }
}

/* All nodes from which something is seen, if need be from a step off the wall; returns how many. */
static uint32_t start_in_sight(march *m) {
    const mu_panorama *views = &m->views->panorama;
    const uint32_t nodes = m->parts->node_count;
    uint32_t seen = 0, step = 0;
    double x[MU_STANDPOINTS], y[MU_STANDPOINTS];
    m->count = 0;
    lead_corners(m);
    mu_sight_runs_make(m->sight, &m->runs);
    mu_sight_look(m->sight, &m->runs, views->off_count, views->off_x, views->off_y,
                  views->boxes + mu_panorama_words(nodes) * (MU_STANDPOINTS / MU_BOXED), m->seen);
    for (uint32_t first = 0; first < nodes; first += MU_STANDPOINTS) {
        const uint32_t word = first / MU_STANDPOINTS;
        const uint32_t count = nodes - first < MU_STANDPOINTS ? nodes - first : MU_STANDPOINTS;
        mu_panorama_nodes(m->area, m->parts, first, count, x, y);
        look_from_nodes(m, word, count, x, y);
        look_from_steps_off(m, word, x, y, &step);
        for (uint32_t n = first; n < first + count; n++) {
            m->final[m->parts->place[n]] = m->metres[n];
            m->place[n] = MU_NONE;
            seen += m->metres[n] < INFINITY;
        }
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
            if (node != MU_NONE && !(m->final[m->parts->place[node]] < INFINITY) &&
                mu_grid_touches(m->area, m->parts, node, sight, within_m, &metres) &&
                metres < m->metres[node]) {
                m->metres[node] = metres;
                rise(m, node);
            }
        }
    }
}

static void run(march *m, bool from_nearest) {
    const mu_sight *sight = m->sight;
    uint32_t seen = start_in_sight(m), nodes = m->parts->node_count;
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
        if (m->final[m->parts->place[n]] < INFINITY && !is_settled(m, n)) {
            reach_neighbours(m, n);
        }
    }
    while (m->count > 0) {
        uint32_t node = take_first(m);
        m->final[m->parts->place[node]] = m->metres[node];
        if (!is_settled(m, node)) {
            reach_neighbours(m, node);
        }
    }
    for (uint32_t n = 0; n < nodes; n++) {
        m->ways->metres[n] = (float)m->metres[n];
    }
}

/* Bytes of the tables of ways, floats first. */
static size_t ways_bytes(const mu_area_parts *parts, const mu_views *views) {
    const size_t each = parts->node_count + (size_t)views->corner_count;
    return each * (sizeof(float) + sizeof(uint16_t));
}

static mu_field_ways *ways_create(const mu_area_parts *parts, const mu_views *views) {
    mu_field_ways *made = malloc(sizeof *made + ways_bytes(parts, views));
    if (made != NULL) {
        made->metres = (float *)(void *)(made + 1);
        made->corner_metres = made->metres + parts->node_count;
        made->via = (uint16_t *)(void *)(made->corner_metres + views->corner_count);
        made->corner_via = made->via + parts->node_count;
    }
    return made;
}

/* Asked so often, a point is worth fans. */
enum { FANS_FROM = 24 };

/* The fans of a field to a point, made now if need be; NULL without memory. */
static float *fans_of(mu_field_grid *field) {
    float *known = atomic_load_explicit(&field->fans, memory_order_acquire);
    if (known != NULL) {
        return known;
    }
    const mu_area *area = &field->walkable->areas[field->area];
    mu_sight sight = field->sight;
    float *made = malloc(mu_sight_floats(area, &sight) * sizeof *made);
    if (made == NULL) {
        return NULL;
    }
    mu_sight_make(area, &field->walkable->parts[field->area], &sight, made);
    if (!atomic_compare_exchange_strong_explicit(&field->fans, &known, made, memory_order_acq_rel,
                                                 memory_order_acquire)) {
        free(made);
        return known;
    }
    return made;
}

/* A field that others have is never changed for them: what is made later follows from its sight. */
static mu_field_grid *to_complete(const mu_field_grid *field) {
    return (mu_field_grid *)(uintptr_t)field;
}

bool mu_field_sees(const mu_field_grid *field, mu_point at, double *metres, mu_point *way) {
    if (field->sight.fan != NULL) {
        return mu_sight_sees(&field->sight, at, metres, way);
    }
    mu_field_grid *own = to_complete(field);
    float *fans = atomic_load_explicit(&own->fans, memory_order_acquire);
    if (fans == NULL &&
        atomic_fetch_add_explicit(&own->asked, 1, memory_order_relaxed) >= FANS_FROM) {
        fans = fans_of(own);
    }
    if (fans == NULL) {
        return mu_sight_sees_alone(&field->walkable->areas[field->area],
                                   &field->walkable->parts[field->area], &field->sight, at, metres,
                                   way);
    }
    mu_sight sight = field->sight;
    mu_sight_attach(&sight, fans);
    return mu_sight_sees(&sight, at, metres, way);
}

static mu_field_ways *make_ways(const mu_field_grid *field) {
    const mu_views *views = mu_views_of(field->walkable, field->area);
    mu_sight sight = field->sight;
    if (sight.fan == NULL) {
        float *fans = fans_of(to_complete(field));
        if (fans == NULL) {
            return NULL;
        }
        mu_sight_attach(&sight, fans);
    }
    mu_field_ways *made =
        views != NULL ? ways_create(&field->walkable->parts[field->area], views) : NULL;
    if (made == NULL) {
        return NULL;
    }
    march m;
    const bool done = march_create(&m, field, &sight, views, made);
    if (done) {
        run(&m, field->from_nearest);
    }
    march_destroy(&m);
    if (!done) {
        free(made);
    }
    return done ? made : NULL;
}

static const mu_field_ways *complete_ways(const mu_field_grid *field) {
    _Atomic(const mu_field_ways *) *place = &to_complete(field)->ways;
    const mu_field_ways *known = NULL;
    mu_field_ways *made = make_ways(field);
    if (made == NULL) {
        mu_walkable_note_no_memory(field->walkable);
    }
    if (made != NULL && !atomic_compare_exchange_strong_explicit(
                            place, &known, made, memory_order_acq_rel, memory_order_acquire)) {
        free(made);
        return known;
    }
    return made;
}

/* One that nobody has in hand yet, to the next gate of the same area; false if there is none. Who
 * needs the ways to one gate mostly needs those to all. */
static bool make_another(const mu_field_grid *field) {
    mu_field_grid *fields = field->walkable->parts[field->area].fields;
    for (uint32_t k = 0; k < field->walkable->areas[field->area].gate_count; k++) {
        if (!atomic_load_explicit(&fields[k].in_hand, memory_order_relaxed) &&
            !atomic_exchange_explicit(&fields[k].in_hand, true, memory_order_relaxed)) {
            return complete_ways(&fields[k]) != NULL;
        }
    }
    return false;
}

/* While another thread makes them, something else is made that will be of use, rather than the same
 * again; when there is nothing, the same. */
const mu_field_ways *mu_field_ways_of(const mu_field_grid *field) {
    _Atomic(const mu_field_ways *) *place = &to_complete(field)->ways;
    const mu_field_ways *known = atomic_load_explicit(place, memory_order_acquire);
    if (known != NULL) {
        return known;
    }
    if (atomic_exchange_explicit(&to_complete(field)->in_hand, true, memory_order_relaxed)) {
        do {
            known = atomic_load_explicit(place, memory_order_acquire);
        } while (known == NULL && make_another(field));
    }
    return known != NULL ? known : complete_ways(field);
}

_Atomic uint32_t *mu_field_make_steer(const mu_field_grid *field) {
    _Atomic uint32_t *known = NULL;
    const mu_area *area = &field->walkable->areas[field->area];
    _Atomic uint32_t *made = calloc((size_t)area->columns * area->rows + 1, sizeof *made);
    if (made != NULL &&
        !atomic_compare_exchange_strong_explicit(&to_complete(field)->steer, &known, made,
                                                 memory_order_acq_rel, memory_order_acquire)) {
        free(made);
        return known;
    }
    return made;
}

static void forget_made(mu_field_grid *field) {
    free((void *)(uintptr_t)atomic_load_explicit(&field->ways, memory_order_acquire));
    free((void *)atomic_load_explicit(&field->steer, memory_order_acquire));
    free(atomic_load_explicit(&field->fans, memory_order_acquire));
}

/* Metres from gate to gate that nobody has asked for yet. */
#define NOT_MEASURED (-1.0F)

bool mu_field_make_all(mu_walkable *walkable, uint32_t area) {
    mu_area_parts *parts = &walkable->parts[area];
    uint32_t gates = walkable->areas[area].gate_count;
    parts->fields = mu_arena_array(walkable->arena, gates + 1U, sizeof *parts->fields);
    parts->gate_metres =
        mu_arena_array(walkable->arena, (size_t)gates * gates + 1, sizeof *parts->gate_metres);
    bool done = parts->fields && parts->gate_metres;
    for (size_t k = 0; done && k < (size_t)gates * gates; k++) {
        atomic_init(&parts->gate_metres[k], NOT_MEASURED);
    }
    for (uint32_t k = 0; done && k < gates; k++) {
        int side;
        uint32_t gate = mu_area_gate(walkable, area, k, &side);
        mu_field_grid *field = &parts->fields[k];
        field->walkable = walkable;
        field->area = area;
        field->sight = mu_sight_of_gate(&walkable->gates[gate], side);
        const size_t floats = mu_sight_floats(&walkable->areas[area], &field->sight);
        float *memory = mu_arena_array(walkable->arena, floats, sizeof *memory);
        done = memory != NULL;
        if (done) {
            mu_sight_make(&walkable->areas[area], parts, &field->sight, memory);
        }
    }
    return done;
}

void mu_field_forget_all(mu_walkable *walkable, uint32_t area) {
    mu_area_parts *parts = &walkable->parts[area];
    for (uint32_t k = 0; parts->fields && k < walkable->areas[area].gate_count; k++) {
        forget_made(&parts->fields[k]);
    }
}

mu_field_grid *mu_field_to_point(const mu_walkable *walkable, uint32_t area, mu_point target) {
    if (!mu_area_exists(walkable, area)) {
        return NULL;
    }
    mu_field_grid *made = calloc(1, sizeof *made);
    if (!made) {
        mu_walkable_note_no_memory(walkable);
    } else {
        made->walkable = walkable;
        made->area = area;
        made->from_nearest = true;
        made->sight = mu_sight_of_point(target);
        (void)mu_sight_floats(&walkable->areas[area], &made->sight); /* sets how many bins */
    }
    return made;
}

size_t mu_field_bytes(const mu_walkable *walkable, uint32_t area, const mu_field_grid *field) {
    mu_sight sight = field->sight;
    const mu_area *in = &walkable->areas[area];
    return sizeof *field + mu_sight_floats(in, &sight) * sizeof(float) +
           (size_t)in->columns * in->rows * sizeof(uint32_t) +
           walkable->parts[area].node_count * (sizeof(float) + sizeof(uint16_t));
}

void mu_field_destroy(mu_field_grid *field) {
    if (field != NULL) {
        forget_made(field);
    }
    free(field);
}
