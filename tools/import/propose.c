/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the plan probably forgot: an exit where a corridor, a lobby or a stair lies along the outer
 * edge of the ground level, a door for a room that has none, a flight between stairs that touch.
 * Proposals change nothing by themselves; a planner's overlay accepts them by id. They are made
 * from the plan as drawn, so an id stays the same whatever the overlay accepts. */
#include "tools/import/draft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLE_M       0.25  /* of a border */
#define SAME_DIRECTION 0.996 /* cosine of 5 degrees: still the same straight stretch */
#define OUT_NEAR_M     0.5   /* the ground is open here, */
#define OUT_FAR_M      2.0   /* and here */
#define JAMBS_M        0.4   /* of border beside a door, both sides together */
#define DOOR_WIDTH_M   1.0
#define EXITS_MOST     3 /* of one unit */
#define EXITS_APART_M  15.0
#define STAIRS_NEAR_M  0.5

typedef struct sample {
    mu_point at, along;
    double half;    /* of the piece of border that it stands for */
    uint32_t other; /* what is beyond; MU_NONE: nothing that counts */
} sample;

typedef struct stretch {
    mu_point a, b;
    double length;
    uint32_t other;
} stretch;

/* What is beyond the border of `unit` at a point, whose outward normal is given. */
typedef uint32_t beyond_border(const mu_draft *draft, uint32_t unit, mu_point at, mu_point normal);

static mu_point step_off(mu_point at, mu_point normal, double by) {
    return (mu_point){at.x + by * normal.x, at.y + by * normal.y};
}

static uint32_t open_ground(const mu_draft *draft, uint32_t unit, mu_point at, mu_point normal) {
    uint32_t level = draft->units.items[unit].level;
    uint32_t near = mu_draft_unit_at(draft, level, step_off(at, normal, OUT_NEAR_M));
    uint32_t far = mu_draft_unit_at(draft, level, step_off(at, normal, OUT_FAR_M));
    return near == far && near != MU_NONE && draft->units.items[near].outdoor ? near : MU_NONE;
}

static uint32_t next_room(const mu_draft *draft, uint32_t unit, mu_point at, mu_point normal) {
    uint32_t level = draft->units.items[unit].level;
    for (int step = 0; 0.05 + 0.1 * step < MU_DRAFT_WALL_M; step++) {
        double off = 0.05 + 0.1 * step;
        uint32_t found = mu_draft_unit_at(draft, level, step_off(at, normal, off));
        if (found != MU_NONE && found != unit) {
            const mu_draft_unit *room = &draft->units.items[found];
            return room->outdoor || room->use == MU_USE_LIFT ? MU_NONE : found;
        }
    }
    return MU_NONE;
}

static uint32_t sample_edge(const mu_draft *draft, uint32_t unit, mu_point a, mu_point b,
                            double turn, beyond_border *beyond, sample *out) {
    double length = mu_point_distance(a, b);
    uint32_t count = (uint32_t)ceil(length / SAMPLE_M);
    mu_point along = {(b.x - a.x) / length, (b.y - a.y) / length};
    mu_point normal = {turn * along.y, -turn * along.x};
    for (uint32_t i = 0; i < count; i++) {
        mu_point at = mu_point_between(a, b, (i + 0.5) / count);
        out[i] = (sample){at, along, length / count / 2, beyond(draft, unit, at, normal)};
    }
    return count;
}

/* Samples of the exterior ring, in order. */
static uint32_t sample_border(mu_draft *draft, uint32_t unit, beyond_border *beyond,
                              sample **samples) {
    const mu_outline *outline = &draft->units.items[unit].outline;
    uint32_t points = outline->starts[1];
    double turn = mu_ring_area(outline->points, points) >= 0 ? 1 : -1;
    double length = 0;
    for (uint32_t i = 0; i < points; i++) {
        length += mu_point_distance(outline->points[i], outline->points[(i + 1) % points]);
    }
    *samples = mu_draft_alloc(draft, (size_t)(length / SAMPLE_M) + points + 1, sizeof **samples);
    uint32_t count = 0;
    for (uint32_t i = 0; i < points; i++) {
        count += sample_edge(draft, unit, outline->points[i], outline->points[(i + 1) % points],
                             turn, beyond, *samples + count);
    }
    return count;
}

static bool goes_on(const sample *first, const sample *next) {
    double cosine = first->along.x * next->along.x + first->along.y * next->along.y;
    return next->other == first->other && cosine > SAME_DIRECTION;
}

static int longer_first(const void *left, const void *right) {
    const stretch *a = left;
    const stretch *b = right;
    long long mm_a = llround(a->length * MU_DRAFT_STEPS_PER_M);
    long long mm_b = llround(b->length * MU_DRAFT_STEPS_PER_M);
    if (mm_a != mm_b) {
        return mm_a < mm_b ? 1 : -1;
    }
    if (a->a.x != b->a.x) {
        return a->a.x < b->a.x ? -1 : 1;
    }
    return a->a.y < b->a.y ? -1 : a->a.y > b->a.y;
}

/* Straight stretches of the border that lie along one other space, the longest first. */
static uint32_t find_stretches(mu_draft *draft, uint32_t unit, beyond_border *beyond, double least,
                               stretch **found) {
    sample *samples;
    uint32_t count = sample_border(draft, unit, beyond, &samples);
    uint32_t start = 0; /* begin where a run begins, so that none is cut at the ring's seam */
    while (start < count && goes_on(&samples[(start + count - 1) % count], &samples[start])) {
        start++;
    }
    *found = mu_draft_alloc(draft, count, sizeof **found);
    uint32_t runs = 0;
    for (uint32_t i = 0; i < count;) {
        const sample *first = &samples[(start + i) % count];
        uint32_t end = i + 1;
        while (end < count && goes_on(first, &samples[(start + end) % count])) {
            end++;
        }
        const sample *last = &samples[(start + end - 1) % count];
        i = end;
        if (first->other == MU_NONE) {
            continue;
        }
        mu_point a = step_off(first->at, first->along, -first->half);
        mu_point b = step_off(last->at, last->along, last->half);
        if (mu_point_distance(a, b) >= least) {
            (*found)[runs++] = (stretch){a, b, mu_point_distance(a, b), first->other};
        }
    }
    qsort(*found, runs, sizeof **found, longer_first);
    return runs;
}

static mu_draft_proposal *add(mu_draft *draft, mu_proposal_kind kind, uint32_t unit,
                              const stretch *on, double width, uint32_t number) {
    static const char *const words[] = {
        [MU_PROPOSAL_EXIT] = "exit", [MU_PROPOSAL_DOOR] = "door", [MU_PROPOSAL_STAIR] = "stairs"};
    mu_draft_proposal *made = MU_DRAFT_APPEND(draft, proposals);
    made->id = mu_draft_print(draft, "%s-%s-%u", words[kind], draft->units.items[unit].id,
                              (unsigned)number);
    made->kind = kind;
    made->between[0] = unit;
    made->between[1] = on->other;
    made->width_m = width;
    made->stretch_m = on->length;
    if (on->length > 0) {
        double half = width / 2 / on->length;
        mu_point line[2] = {mu_point_between(on->a, on->b, 0.5 - half),
                            mu_point_between(on->a, on->b, 0.5 + half)};
        mu_draft_lay_line(&draft->units.items[unit], line, made->line);
    }
    return made;
}

static bool is_apart(const mu_draft *draft, uint32_t since, const stretch *on) {
    mu_point at = mu_point_between(on->a, on->b, 0.5);
    for (uint32_t i = since; i < draft->proposals.count; i++) {
        const mu_draft_proposal *other = &draft->proposals.items[i];
        mu_point middle = mu_point_between(other->line[0], other->line[1], 0.5);
        if (mu_point_distance(at, middle) < EXITS_APART_M) {
            return false;
        }
    }
    return true;
}

static uint32_t propose_exits_of(mu_draft *draft, uint32_t unit, uint32_t most) {
    stretch *found;
    uint32_t count =
        find_stretches(draft, unit, open_ground, MU_DRAFT_EXIT_WIDTH_M + JAMBS_M, &found);
    uint32_t since = draft->proposals.count;
    for (uint32_t i = 0; i < count && draft->proposals.count - since < most; i++) {
        if (is_apart(draft, since, &found[i])) {
            uint32_t number = draft->proposals.count - since + 1;
            mu_draft_proposal *made =
                add(draft, MU_PROPOSAL_EXIT, unit, &found[i], MU_DRAFT_EXIT_WIDTH_M, number);
            made->reason = mu_draft_print(
                draft,
                _("%s on the ground level; %.1f m of its border run straight along the outer "
                  "edge"),
                mu_use_label(draft->units.items[unit].use), found[i].length);
        }
    }
    return draft->proposals.count - since;
}

static bool is_on_ground(const mu_draft *draft, uint32_t unit) {
    const mu_draft_level *level = &draft->levels.items[draft->units.items[unit].level];
    return draft->buildings.items[level->building].ground == draft->units.items[unit].level;
}

/* Exits for one group of joined units: from its circulation; where it has none at the edge, from
 * whichever unit has. */
static void propose_exits(mu_draft *draft, uint32_t component, int when) {
    for (int circulation = 1; circulation >= 0; circulation--) {
        uint32_t made = 0;
        for (uint32_t i = 0; i < draft->units.count; i++) {
            const mu_draft_unit *unit = &draft->units.items[i];
            if (unit->kept && unit->component[when] == component &&
                (when == 1 || unit->portals[0] > 0) && unit->use != MU_USE_LIFT &&
                is_on_ground(draft, i) && mu_use_is_circulation(unit->use) == (circulation == 1)) {
                made += propose_exits_of(draft, i, circulation == 1 ? EXITS_MOST : 1);
            }
        }
        if (made > 0) {
            return;
        }
    }
}

static bool is_proposed(const mu_draft *draft, uint32_t a, uint32_t b) {
    for (uint32_t i = 0; i < draft->proposals.count; i++) {
        const uint32_t *between = draft->proposals.items[i].between;
        if ((between[0] == a && between[1] == b) || (between[0] == b && between[1] == a)) {
            return true;
        }
    }
    return false;
}

static bool has_room(const mu_draft *draft, uint32_t unit, const stretch *on) {
    const uint32_t sides[2] = {unit, on->other};
    const double half = DOOR_WIDTH_M / 2 / on->length;
    const mu_point line[2] = {mu_point_between(on->a, on->b, 0.5 - half),
                              mu_point_between(on->a, on->b, 0.5 + half)};
    return mu_draft_has_room(draft, sides, line);
}

/* A door for a room: to circulation if it borders on some, on the longest stretch. Only to units of
 * another component of the plan with all proposals, where `apart`. */
static bool propose_door(mu_draft *draft, uint32_t unit, bool apart) {
    stretch *found;
    uint32_t count = find_stretches(draft, unit, next_room, DOOR_WIDTH_M + JAMBS_M / 2, &found);
    const stretch *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const mu_draft_unit *other = &draft->units.items[found[i].other];
        bool better = mu_use_is_circulation(other->use);
        bool good = best != NULL && mu_use_is_circulation(draft->units.items[best->other].use);
        bool fits = !is_proposed(draft, unit, found[i].other) && has_room(draft, unit, &found[i]) &&
                    (!apart || other->component[1] != draft->units.items[unit].component[1]);
        if (fits && (best == NULL || (better && !good))) {
            best = &found[i];
        }
    }
    if (best == NULL) {
        return false;
    }
    mu_draft_proposal *made = add(draft, MU_PROPOSAL_DOOR, unit, best, DOOR_WIDTH_M, apart ? 2 : 1);
    made->reason =
        apart ? mu_draft_print(draft,
                               _("there is no way out on this side; it shares %.1f m of "
                                 "straight border with %s"),
                               best->length, draft->units.items[best->other].id)
              : mu_draft_print(draft,
                               _("it has no opening, and shares %.1f m of straight border with %s"),
                               best->length, draft->units.items[best->other].id);
    return true;
}

static bool is_loose_stair(const mu_draft *draft, uint32_t unit) {
    const mu_draft_unit *stair = &draft->units.items[unit];
    return stair->kept && stair->use == MU_USE_STAIR && !mu_draft_has_flight(draft, unit);
}

static void propose_stairs(mu_draft *draft, uint32_t lower) {
    uint32_t number = 1;
    for (uint32_t upper = 0; upper < draft->units.count; upper++) {
        const mu_draft_unit *below = &draft->units.items[lower];
        const mu_draft_unit *above = &draft->units.items[upper];
        double apart = INFINITY;
        if (!is_loose_stair(draft, upper) ||
            !mu_draft_is_next_level(draft, below->level, above->level) ||
            GEOSDistance_r(draft->geos, below->shape, above->shape, &apart) != 1 ||
            apart > STAIRS_NEAR_M) {
            continue;
        }
        const stretch none = {{0, 0}, {0, 0}, 0, upper};
        mu_draft_proposal *made =
            add(draft, MU_PROPOSAL_STAIR, lower, &none, draft->options->stair_width_m, number++);
        made->reason = mu_draft_print(draft, _("it touches %s one level up, and neither is linked"),
                                      draft->units.items[upper].id);
    }
}

static int by_id(const void *left, const void *right) {
    return strcmp(((const mu_draft_proposal *)left)->id, ((const mu_draft_proposal *)right)->id);
}

static void propose_drawn_exits(mu_draft *draft) {
    bool *done = mu_draft_alloc(draft, draft->units.count, sizeof *done);
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->kept && !unit->reaches_out[0] && !done[unit->component[0]]) {
            done[unit->component[0]] = true;
            propose_exits(draft, unit->component[0], 0);
        }
    }
}

/* Who could get out if all proposals were accepted: component[1] and reaches_out[1], which the
 * overlay's own tracing overwrites later. */
static void trace_proposed(mu_draft *draft) {
    const uint32_t drawn = draft->portals.count;
    for (uint32_t i = 0; i < draft->proposals.count; i++) {
        mu_draft_portal *portal = MU_DRAFT_APPEND(draft, portals);
        portal->between[0] = draft->proposals.items[i].between[0];
        portal->between[1] = draft->proposals.items[i].between[1];
    }
    mu_draft_trace(draft, 1);
    draft->portals.count = drawn;
}

/* The first unit that has no way out even so, and for which no door has been tried. */
static uint32_t next_lost(const mu_draft *draft, const bool *tried) {
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->kept && !unit->outdoor && !unit->reaches_out[1] && unit->use != MU_USE_LIFT &&
            !tried[i]) {
            return i;
        }
    }
    return MU_NONE;
}

/* A plan without doors falls into pieces that none of the proposals so far leads out of: first
 * exits for what lies at the outer edge, then doors from piece to piece. */
static void propose_for_the_lost(mu_draft *draft) {
    bool *tried = mu_draft_alloc(draft, draft->units.count, sizeof *tried);
    trace_proposed(draft);
    bool *done = mu_draft_alloc(draft, draft->units.count, sizeof *done);
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->kept && !unit->reaches_out[1] && unit->use != MU_USE_LIFT &&
            !done[unit->component[1]]) {
            done[unit->component[1]] = true;
            propose_exits(draft, unit->component[1], 1);
        }
    }
    trace_proposed(draft);
    for (uint32_t i = next_lost(draft, tried); i != MU_NONE; i = next_lost(draft, tried)) {
        tried[i] = true;
        if (propose_door(draft, i, true)) {
            trace_proposed(draft); /* its whole piece may be out by now */
        }
    }
}

void mu_draft_propose(mu_draft *draft) {
    const uint32_t count = draft->units.count;
    propose_drawn_exits(draft);
    for (uint32_t i = 0; i < count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->kept && unit->portals[0] == 0 && !unit->outdoor && unit->use != MU_USE_LIFT) {
            (void)propose_door(draft, i, false);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        if (is_loose_stair(draft, i)) {
            propose_stairs(draft, i);
        }
    }
    propose_for_the_lost(draft);
    if (draft->proposals.count > 1) {
        qsort(draft->proposals.items, draft->proposals.count, sizeof *draft->proposals.items,
              by_id);
    }
}
