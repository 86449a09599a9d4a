/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places are found by trying and looking who is there already. Bodies of an area hang in lists by
 * cells of its plan, so that a try looks at nine cells, however many people the area holds. Every
 * try is drawn from the person's own stream: who else is in other areas changes nothing. */
#include "crowd/place.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/speed.h"

#define TRIES   64
#define APART_M 0.05 /* between bodies at the start */
#define CELL_M  0.8  /* more than any two radii and APART_M */
#define RING_M  0.6  /* between places round a post */
#define RINGS   8
enum { NEAR_MOST = 128 };

typedef struct placer {
    const mu_sim *sim;
    mu_body *bodies;
    uint32_t area;
    mu_point low;
    uint32_t columns, rows;
    uint32_t *head; /* per cell: the last one put there, or MU_NONE */
    uint32_t *next; /* per person */
} placer;

static uint32_t cell_along(double metres, uint32_t cells) {
    if (!(metres > 0)) {
        return 0;
    }
    const double cell = metres / CELL_M;
    return cell >= cells ? cells - 1 : (uint32_t)cell;
}

static uint32_t cells_over(double metres) {
    return (uint32_t)(fmax(metres, 0) / CELL_M) + 1;
}

static void open_area(placer *p, uint32_t area_index) {
    const mu_area *area = mu_walkable_area(p->sim->walkable, area_index);
    p->area = area_index;
    p->low = area->low;
    p->columns = cells_over(area->high.x - area->low.x);
    p->rows = cells_over(area->high.y - area->low.y);
    memset(p->head, 0xff, (size_t)p->columns * p->rows * sizeof *p->head);
}

/* The gap between a body at `at` and those there: negative if they overlap. */
static double gap_at(const placer *p, mu_point at, double radius) {
    const uint32_t column = cell_along(at.x - p->low.x, p->columns);
    const uint32_t row = cell_along(at.y - p->low.y, p->rows);
    double least = CELL_M;
    for (uint32_t r = row > 0 ? row - 1 : 0; r <= row + 1 && r < p->rows; r++) {
        for (uint32_t c = column > 0 ? column - 1 : 0; c <= column + 1 && c < p->columns; c++) {
            for (uint32_t o = p->head[r * p->columns + c]; o != MU_NONE; o = p->next[o]) {
                const double dx = p->bodies[o].at.x - at.x, dy = p->bodies[o].at.y - at.y;
                const double gap = sqrt(dx * dx + dy * dy) - radius - (double)p->bodies[o].radius_m;
                least = fmin(least, gap);
            }
        }
    }
    return least;
}

/* How far a body is from standing in the way at a gate; large where it is at none. */
static double gap_to_gates(const placer *p, mu_point at, double radius) {
    double least = CELL_M;
    for (uint32_t k = 0; k < mu_walkable_area(p->sim->walkable, p->area)->gate_count; k++) {
        int side = 0;
        const mu_gate *gate =
            mu_walkable_gate(p->sim->walkable, mu_area_gate(p->sim->walkable, p->area, k, &side));
        const double x = (gate->a[side].x + gate->b[side].x) / 2 - at.x;
        const double y = (gate->a[side].y + gate->b[side].y) / 2 - at.y;
        const mu_point in = gate->inward[side];
        const double depth = fabs(x * in.x + y * in.y), across = fabs(x * in.y - y * in.x);
        if (across < gate->width_m / 2 + radius) {
            least = fmin(least, depth - radius);
        }
    }
    return least;
}

static void put(placer *p, uint32_t person, mu_point at) {
    mu_body *body = &p->bodies[person];
    body->at = at;
    body->target = at;
    body->area = p->area;
    body->mode = MU_BODY_RESTING;
    const uint32_t cell =
        cell_along(at.y - p->low.y, p->rows) * p->columns + cell_along(at.x - p->low.x, p->columns);
    p->next[person] = p->head[cell];
    p->head[cell] = person;
}

static mu_point find_in_area(const placer *p, uint32_t person, mu_stream *stream) {
    const double radius = (double)p->bodies[person].radius_m;
    mu_point best = {0, 0};
    double widest = -INFINITY;
    for (int tries = 0; tries < TRIES && widest < APART_M; tries++) {
        const double u = mu_stream_uniform(stream), v = mu_stream_uniform(stream);
        const mu_point at = mu_area_sample(p->sim->walkable, p->area, radius, u, v);
        const double gap = fmin(gap_at(p, at, radius), gap_to_gates(p, at, radius));
        if (gap > widest) {
            widest = gap;
            best = at;
        }
    }
    return best;
}

/* The n-th place on a grid of triangles around a point, ring by ring; false after the last ring. */
static bool place_around(uint32_t n, mu_point centre, mu_point *out) {
    static const int step_q[6] = {0, -1, -1, 0, 1, 1}, step_r[6] = {1, 1, 0, -1, -1, 0};
    uint32_t left = n;
    int q = 0, r = 0;
    if (n > 0) {
        left--;
        int ring = 1;
        while (left >= (uint32_t)(6 * ring)) {
            left -= (uint32_t)(6 * ring);
            ring++;
        }
        if (ring > RINGS) {
            return false;
        }
        q = ring;
        for (int side = 0; side < 6 && left > 0; side++) {
            const int along = (int)left < ring ? (int)left : ring;
            q += step_q[side] * along;
            r += step_r[side] * along;
            left -= (uint32_t)along;
        }
    }
    const double half_root_3 = 0.86602540378443864676;
    *out = (mu_point){centre.x + RING_M * (q + 0.5 * r), centre.y + RING_M * half_root_3 * r};
    return true;
}

/* The point itself where there is none. */
static mu_point clear_of_walls(const mu_sim *sim, uint32_t area, mu_point at, double radius) {
    mu_point clear;
    return mu_area_clamp(sim->walkable, area, at, radius, &clear) ? clear : at;
}

/* Calls for the gap at each place around, nearest first; the first that is wide enough is taken,
 * or else the widest. */
static mu_point find_around(const mu_sim *sim, uint32_t area, mu_point base, double radius,
                            double (*gap)(const void *, mu_point, double), const void *among) {
    mu_point best = base;
    double widest = -INFINITY;
    mu_point at;
    for (uint32_t n = 0; widest < APART_M && place_around(n, base, &at); n++) {
        mu_point clear;
        if (n > 0 && (!mu_area_contains(sim->walkable, area, at) ||
                      !mu_area_sees(sim->walkable, area, base, at, 0) ||
                      !mu_area_clamp(sim->walkable, area, at, radius, &clear) ||
                      fabs(clear.x - at.x) + fabs(clear.y - at.y) > 1e-9)) {
            continue;
        }
        const double free = gap(among, at, radius);
        if (free > widest) {
            widest = free;
            best = at;
        }
    }
    return best;
}

static double gap_among_placed(const void *among, mu_point at, double radius) {
    return gap_at(among, at, radius);
}

static void put_around(placer *p, uint32_t person, mu_point base) {
    const double radius = (double)p->bodies[person].radius_m;
    base = clear_of_walls(p->sim, p->area, base, radius);
    put(p, person, find_around(p->sim, p->area, base, radius, gap_among_placed, p));
}

/* The first of somebody's party who stands in this area already; MU_NONE. */
static uint32_t mate_before(const placer *p, uint32_t index) {
    const mu_people *people = p->sim->people;
    const uint32_t party = people->list.items[index].party;
    if (party == MU_NONE) {
        return MU_NONE;
    }
    for (uint32_t k = 0; k < people->parties.items[party].count; k++) {
        const uint32_t mate = people->parties.items[party].members[k];
        if (mate < index && p->bodies[mate].area == p->area) {
            return mate;
        }
    }
    return MU_NONE;
}

static void place_person(placer *p, uint32_t index) {
    const mu_person *person = &p->sim->people->list.items[index];
    if (person->post != MU_NONE) {
        put_around(p, index, p->sim->site->posts.items[person->post].at);
        return;
    }
    const uint32_t mate = mate_before(p, index);
    if (mate != MU_NONE) {
        put_around(p, index, p->bodies[mate].at);
        return;
    }
    mu_stream stream;
    mu_sim_stream(p->sim, &stream, MU_PURPOSE_PLACE, person->hash, 0);
    put(p, index, find_in_area(p, index, &stream));
}

static void draw_body(const mu_sim *sim, uint32_t index, mu_body *body) {
    const mu_person *person = &sim->people->list.items[index];
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_BODY, person->hash, 0);
    const mu_gait gait = mu_gait_draw((mu_mobility)person->mobility, &stream);
    *body = (mu_body){
        .heading = {1, 0},
        .radius_m = (float)gait.radius_m,
        .level_mps = (float)gait.level_mps,
        .down_mps = (float)gait.down_mps,
        .up_mps = (float)gait.up_mps,
        .area = MU_NONE,
        .gate = MU_NONE,
        .mode = MU_BODY_ABSENT,
        .pace = 1,
    };
}

static size_t most_cells(const mu_walkable *walkable) {
    size_t most = 1;
    for (uint32_t a = 0; a < mu_walkable_area_count(walkable); a++) {
        const mu_area *area = mu_walkable_area(walkable, a);
        const size_t cells =
            (size_t)cells_over(area->high.x - area->low.x) * cells_over(area->high.y - area->low.y);
        most = cells > most ? cells : most;
    }
    return most;
}

static bool starts_here(const mu_person *person) {
    return person->space != MU_NONE && person->later == 0;
}

/* Persons by the space they start in, then by index: `first` has spaces + 1 entries. */
static void sort_by_space(const mu_people *people, uint32_t spaces, uint32_t *first,
                          uint32_t *order) {
    memset(first, 0, ((size_t)spaces + 2) * sizeof *first);
    for (uint32_t i = 0; i < people->list.count; i++) {
        if (starts_here(&people->list.items[i])) {
            first[people->list.items[i].space + 2]++;
        }
    }
    for (uint32_t s = 0; s < spaces; s++) {
        first[s + 2] += first[s + 1];
    }
    for (uint32_t i = 0; i < people->list.count; i++) {
        if (starts_here(&people->list.items[i])) {
            order[first[people->list.items[i].space + 1]++] = i;
        }
    }
}

mu_status mu_place_everyone(mu_sim *sim) {
    const uint32_t people = sim->people->list.count, spaces = sim->site->spaces.count;
    placer p = {.sim = sim, .bodies = mu_bodies(sim)};
    uint32_t *first = calloc((size_t)spaces + 2, sizeof *first);
    uint32_t *order = calloc((size_t)people + 1, sizeof *order);
    p.head = calloc(most_cells(sim->walkable), sizeof *p.head);
    p.next = calloc((size_t)people + 1, sizeof *p.next);
    const bool whole = first != NULL && order != NULL && p.head != NULL && p.next != NULL;
    if (whole) {
        for (uint32_t i = 0; i < people; i++) {
            draw_body(sim, i, &p.bodies[i]);
        }
        sort_by_space(sim->people, spaces, first, order);
        for (uint32_t s = 0; s < spaces; s++) {
            if (first[s] < first[s + 1]) {
                open_area(&p, s);
            }
            for (uint32_t k = first[s]; k < first[s + 1]; k++) {
                place_person(&p, order[k]);
            }
        }
    }
    free(first);
    free(order);
    free(p.head);
    free(p.next);
    return whole ? MU_OK : MU_ERR_MEMORY;
}

/* Those who stand or walk now where one who comes later may be put. */
typedef struct present {
    const mu_sim *sim;
    uint32_t person, area;
    uint32_t near[NEAR_MOST];
    uint32_t count; /* more than NEAR_MOST: everyone is looked at */
} present;

static double gap_among_present(const void *among, mu_point at, double radius) {
    const present *those = among;
    const mu_body *bodies = mu_bodies(those->sim);
    const bool all = those->count > NEAR_MOST;
    const uint32_t count = all ? those->sim->people->list.count : those->count;
    double least = CELL_M;
    for (uint32_t k = 0; k < count; k++) {
        const uint32_t i = all ? k : those->near[k];
        if (i != those->person && bodies[i].mode != MU_BODY_ABSENT &&
            bodies[i].area == those->area) {
            const double dx = bodies[i].at.x - at.x, dy = bodies[i].at.y - at.y;
            least = fmin(least, sqrt(dx * dx + dy * dy) - radius - (double)bodies[i].radius_m);
        }
    }
    return least;
}

/* Whoever is further off than this leaves every place around with a gap of CELL_M. */
static void list_near(present *those, mu_point base) {
    const mu_body *bodies = mu_bodies(those->sim);
    const double off = RINGS * RING_M + CELL_M + (double)bodies[those->person].radius_m + APART_M;
    for (uint32_t i = 0; i < those->sim->people->list.count; i++) {
        const double most = off + (double)bodies[i].radius_m;
        if (bodies[i].area == those->area && fabs(bodies[i].at.x - base.x) < most &&
            fabs(bodies[i].at.y - base.y) < most && those->count++ < NEAR_MOST) {
            those->near[those->count - 1] = i;
        }
    }
}

mu_point mu_place_near(const mu_sim *sim, uint32_t person, uint32_t area, mu_point at) {
    const double radius = (double)mu_bodies(sim)[person].radius_m;
    const mu_point base = clear_of_walls(sim, area, at, radius);
    present those = {.sim = sim, .person = person, .area = area};
    list_near(&those, base);
    return find_around(sim, area, base, radius, gap_among_present, &those);
}
