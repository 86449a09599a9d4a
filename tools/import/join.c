/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Openings are drawn as lines and name no units: which two spaces a door joins is found by stepping
 * off the line to both sides. What is outside the hull on one side is an exit. */
#include "tools/import/draft.h"

#include <math.h>
#include <string.h>

#include "site/gates.h"
#include "site/plane.h"

#define STEP_COUNT   5
#define STAND_COUNT  4
#define BODY_CLEAR_M 0.18 /* around the middle of a body, at least */

/* Steps off the line, up to the thickest wall; and where along the line they are taken. */
static const double steps_m[STEP_COUNT] = {0.05, 0.15, 0.3, 0.45, MU_DRAFT_WALL_M};
/* Where a body may stand before a door: off its line, and off a thick wall. */
static const double stand_m[STAND_COUNT] = {0.22, 0.4, 0.6, 0.8};
static const double along[3] = {0.5, 0.25, 0.75};

void mu_draft_measure_openings(mu_draft *draft) {
    for (uint32_t i = 0; i < draft->openings.count; i++) {
        mu_draft_opening *opening = &draft->openings.items[i];
        mu_point middle = mu_point_between(opening->a, opening->b, 0.5);
        for (uint32_t u = 0; u < draft->units.count; u++) {
            const mu_draft_unit *unit = &draft->units.items[u];
            opening->near_count +=
                unit->kept && unit->level == opening->level &&
                mu_outline_may_reach(&unit->outline, middle, MU_DRAFT_NEAR_M) &&
                mu_outline_distance(&unit->outline, middle, NULL) <= MU_DRAFT_NEAR_M;
        }
    }
}

/* A point `off` metres to the left (negative: right) of a share of the line. */
static mu_point beside(const mu_draft_opening *opening, double share, double off) {
    double length = mu_point_distance(opening->a, opening->b);
    mu_point at = mu_point_between(opening->a, opening->b, share);
    if (length > 0) {
        at.x -= off * (opening->b.y - opening->a.y) / length;
        at.y += off * (opening->b.x - opening->a.x) / length;
    }
    return at;
}

/* The unit on one side at one distance, asked at three points of the line. */
static uint32_t side_at(const mu_draft *draft, const mu_draft_opening *opening, double off) {
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t found = mu_draft_unit_at(draft, opening->level, beside(opening, along[i], off));
        if (found != MU_NONE) {
            return found;
        }
    }
    return MU_NONE;
}

/* The pair of different units that is reached with the shortest steps together. */
static bool find_sides(const mu_draft *draft, const mu_draft_opening *opening, uint32_t sides[2]) {
    uint32_t left[STEP_COUNT];
    uint32_t right[STEP_COUNT];
    sides[0] = sides[1] = MU_NONE;
    for (uint32_t i = 0; i < STEP_COUNT; i++) {
        left[i] = side_at(draft, opening, steps_m[i]);
        right[i] = side_at(draft, opening, -steps_m[i]);
        sides[0] = sides[0] != MU_NONE ? sides[0] : left[i];
        sides[1] = sides[1] != MU_NONE ? sides[1] : right[i];
    }
    for (uint32_t both = 0; both < 2 * STEP_COUNT - 1; both++) {
        uint32_t least = both < STEP_COUNT ? 0 : both - STEP_COUNT + 1;
        for (uint32_t i = least; i <= both - least; i++) {
            uint32_t a = left[i];
            uint32_t b = right[both - i];
            if (a != MU_NONE && b != MU_NONE && a != b) {
                sides[0] = a;
                sides[1] = b;
                return true;
            }
        }
    }
    return false;
}

/* The two units whose borders are nearest to the line's middle, both near enough. */
static bool find_nearest(const mu_draft *draft, const mu_draft_opening *opening,
                         uint32_t sides[2]) {
    double distance[2] = {MU_DRAFT_NEAR_M, MU_DRAFT_NEAR_M};
    mu_point middle = mu_point_between(opening->a, opening->b, 0.5);
    sides[0] = sides[1] = MU_NONE;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (!unit->kept || unit->level != opening->level ||
            !mu_outline_may_reach(&unit->outline, middle, distance[1])) {
            continue;
        }
        double away = mu_outline_distance(&unit->outline, middle, NULL);
        if (away < distance[0]) {
            distance[1] = distance[0];
            sides[1] = sides[0];
            distance[0] = away;
            sides[0] = i;
        } else if (away < distance[1]) {
            distance[1] = away;
            sides[1] = i;
        }
    }
    return sides[1] != MU_NONE;
}

void mu_draft_lay_line(const mu_draft_unit *unit, const mu_point from[2], mu_point line[2]) {
    mu_point laid[2] = {from[0], from[1]};
    mu_outline_distance(&unit->outline, from[0], &laid[0]);
    mu_outline_distance(&unit->outline, from[1], &laid[1]);
    bool shrunk = mu_point_distance(laid[0], laid[1]) < mu_point_distance(from[0], from[1]) / 2;
    line[0] = mu_point_round(shrunk ? from[0] : laid[0]);
    line[1] = mu_point_round(shrunk ? from[1] : laid[1]);
}

/* The indoor side comes first; of two indoor ones the one with the lesser id. */
static void order(const mu_draft *draft, uint32_t sides[2]) {
    const mu_draft_unit *a = &draft->units.items[sides[0]];
    const mu_draft_unit *b = &draft->units.items[sides[1]];
    bool swap = a->outdoor != b->outdoor ? a->outdoor : strcmp(a->id, b->id) > 0;
    if (swap) {
        uint32_t kept = sides[0];
        sides[0] = sides[1];
        sides[1] = kept;
    }
}

/* Does a line lie in the wall between two spaces, with both of its ends? */
static bool is_in_wall(const mu_draft *draft, const uint32_t sides[2], const mu_point line[2]) {
    for (uint32_t i = 0; i < 4; i++) {
        const mu_draft_unit *unit = &draft->units.items[sides[i / 2]];
        if (mu_outline_distance(&unit->outline, line[i % 2], NULL) > MU_DRAFT_WALL_M) {
            return false;
        }
    }
    return true;
}

/* Does a body stand clear of all borders of a unit, a little off a line on one of its sides? */
static bool stands_before(const mu_draft_unit *unit, const mu_point line[2]) {
    const mu_point middle = mu_point_between(line[0], line[1], 0.5);
    const double length = mu_point_distance(line[0], line[1]);
    const mu_point across = {(line[1].y - line[0].y) / length, (line[0].x - line[1].x) / length};
    for (uint32_t k = 0; length > 0 && k < 2 * STAND_COUNT; k++) {
        const double off = k % 2 == 0 ? stand_m[k / 2] : -stand_m[k / 2];
        const mu_point at = {middle.x + off * across.x, middle.y + off * across.y};
        if (mu_outline_holds(&unit->outline, at) &&
            mu_outline_distance(&unit->outline, at, NULL) >= BODY_CLEAR_M) {
            return true;
        }
    }
    return false;
}

bool mu_draft_has_room(const mu_draft *draft, const uint32_t sides[2], const mu_point line[2]) {
    return stands_before(&draft->units.items[sides[0]], line) &&
           stands_before(&draft->units.items[sides[1]], line);
}

/* As the site will see it. */
static mu_border border_of(mu_draft *draft, const mu_outline *outline) {
    mu_space space = {0};
    if (outline->ring_count == 0) {
        return (mu_border){0};
    }
    space.holes.count = outline->ring_count - 1;
    space.holes.items = mu_draft_alloc(draft, space.holes.count, sizeof *space.holes.items);
    for (uint32_t r = 0; r < outline->ring_count; r++) {
        mu_ring *ring = r == 0 ? &space.polygon : &space.holes.items[r - 1];
        ring->items = outline->points + outline->starts[r];
        ring->count = outline->starts[r + 1] - outline->starts[r];
    }
    mu_border border = {0};
    return mu_border_make(&space, draft->arena, &border) ? border : (mu_border){0};
}

/* Is there a straight piece of wall on both sides that the line opens? */
static bool fits(mu_draft *draft, const uint32_t sides[2], const mu_point line[2]) {
    mu_point ends[2] = {line[0], line[1]};
    const mu_border one = border_of(draft, &draft->units.items[sides[0]].outline);
    const mu_border other = border_of(draft, &draft->units.items[sides[1]].outline);
    return mu_door_fits(&one, &other, &(mu_ring){ends, 2}, mu_point_distance(line[0], line[1]));
}

static bool lie_together(const mu_point a[2], const mu_point b[2]) {
    return mu_plane_off(b[0], b[1], mu_point_between(a[0], a[1], 0.5)) < BODY_CLEAR_M ||
           mu_plane_off(a[0], a[1], mu_point_between(b[0], b[1], 0.5)) < BODY_CLEAR_M;
}

/* The door that has been drawn before in the same place, between the same spaces; NULL. */
static mu_draft_portal *twin_of(const mu_draft *draft, const uint32_t sides[2],
                                const mu_point line[2]) {
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        mu_draft_portal *portal = &draft->portals.items[i];
        if (portal->from == MU_FROM_OPENING && portal->between[0] == sides[0] &&
            portal->between[1] == sides[1] && lie_together(portal->line, line)) {
            return portal;
        }
    }
    return NULL;
}

/* One of the two is kept, as wide as the wider, and open to all whom either lets pass. */
static void drop_twin(mu_draft *draft, mu_draft_opening *opening, mu_draft_portal *twin,
                      const mu_point line[2]) {
    const double width = mu_point_distance(line[0], line[1]);
    if (width > twin->width_m) {
        twin->line[0] = line[0];
        twin->line[1] = line[1];
        twin->width_m = width;
    }
    twin->pass = twin->pass && opening->restricted;
    opening->fate = MU_FATE_ONE_UNIT;
    mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "opening", opening->id,
                    _("it is the same door as %s, drawn twice; the wider line is kept"), twin->id);
}

static void add_door(mu_draft *draft, uint32_t index, uint32_t sides[2]) {
    mu_draft_opening *opening = &draft->openings.items[index];
    order(draft, sides);
    const mu_point drawn[2] = {opening->a, opening->b};
    mu_point laid[2];
    mu_draft_lay_line(&draft->units.items[sides[0]], drawn, laid);
    if (!is_in_wall(draft, sides, laid) || !fits(draft, sides, laid)) {
        opening->fate = MU_FATE_ONE_UNIT;
        mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "opening", opening->id,
                        _("it does not lie along the wall between %s and %s"),
                        draft->units.items[sides[0]].id, draft->units.items[sides[1]].id);
        return;
    }
    if (!mu_draft_has_room(draft, sides, laid)) {
        opening->fate = MU_FATE_ONE_UNIT;
        mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "opening", opening->id,
                        _("it opens onto a gap that no body fits into, between %s and %s"),
                        draft->units.items[sides[0]].id, draft->units.items[sides[1]].id);
        return;
    }
    mu_draft_portal *twin = twin_of(draft, sides, laid);
    if (twin != NULL) {
        drop_twin(draft, opening, twin, laid);
        return;
    }
    mu_draft_portal *portal = MU_DRAFT_APPEND(draft, portals);
    portal->source_id = opening->source_id;
    portal->id = opening->id;
    portal->from = MU_FROM_OPENING;
    portal->kind = MU_PORTAL_DOOR;
    portal->between[0] = sides[0];
    portal->between[1] = sides[1];
    portal->pass = opening->restricted;
    portal->line[0] = laid[0];
    portal->line[1] = laid[1];
    portal->width_m = mu_point_distance(portal->line[0], portal->line[1]);
    opening->fate = draft->units.items[sides[1]].outdoor ? MU_FATE_EXIT : MU_FATE_DOOR;
}

/* One side only: outdoors above the ground, or nothing that could be told. */
static void set_aside(mu_draft *draft, uint32_t index, uint32_t side) {
    mu_draft_opening *opening = &draft->openings.items[index];
    const mu_draft_level *level = &draft->levels.items[opening->level];
    bool above = draft->buildings.items[level->building].ground != opening->level;
    opening->fate = side == MU_NONE ? MU_FATE_NO_UNIT
                    : above         ? MU_FATE_ABOVE_GROUND
                                    : MU_FATE_ONE_UNIT;
    const char *why = opening->fate == MU_FATE_NO_UNIT ? _("there is no unit on either side of it")
                      : above
                          ? _("it leads out of the building above the ground level")
                          : _("there is a unit on one side only, and no open ground on the other");
    mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "opening", opening->id, "%s%s%s", why,
                    side != MU_NONE ? ": " : "",
                    side != MU_NONE ? draft->units.items[side].id : "");
}

void mu_draft_join(mu_draft *draft) {
    for (uint32_t i = 0; i < draft->openings.count; i++) {
        const mu_draft_opening *opening = &draft->openings.items[i];
        uint32_t sides[2];
        uint32_t nearest[2];
        if (!draft->levels.items[opening->level].kept) {
            continue;
        }
        if (find_sides(draft, opening, sides)) {
            if (opening->near_count != 2) {
                mu_draft_remark(
                    draft, MU_SECTION_JOINED, "opening", opening->id,
                    _("borders near it as drawn: %u; once overlaps are cut it joins %s and "
                      "%s"),
                    (unsigned)opening->near_count, draft->units.items[sides[0]].id,
                    draft->units.items[sides[1]].id);
            }
            add_door(draft, i, sides);
        } else if (find_nearest(draft, opening, nearest)) {
            mu_draft_remark(draft, MU_SECTION_JOINED, "opening", opening->id,
                            _("it is not drawn along a border; the two nearest units are joined: "
                              "%s and %s"),
                            draft->units.items[nearest[0]].id, draft->units.items[nearest[1]].id);
            add_door(draft, i, nearest);
        } else {
            set_aside(draft, i, sides[0] != MU_NONE ? sides[0] : sides[1]);
        }
    }
}
