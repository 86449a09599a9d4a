/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The flow model's part of the world, and the counts that everything else rests on. Who changes how
 * a body moves says so here first, so that areas, queues and legs always agree. */
#include "crowd/flow.h"

#include <math.h>

#include "crowd/motion.h"
#include "crowd/throughput.h"

#define UNLIMITED     UINT32_MAX
#define BY_WALL_M     0.20
#define BY_HANDRAIL_M 0.15
#define GROUND_LEAST  0.3 /* of an area, however narrow it is */

const mu_motion mu_motion_flow = {
    .name = "flow",
    .documentation =
        "A queueing network. People cross an area in the time that its length and a density-speed "
        "relation give (Weidmann 1993 in both modes, since the regulatory mode limits openings and "
        "not how people walk; there a border along walls stays free, SFPE Handbook, chapter 59), "
        "the density being that of those who walk when they set off, at most that of the greatest "
        "flow; whoever is slower than the crowd keeps their own speed, and nobody overtakes on a "
        "dense flight. "
        "Gates are servers for both directions together, first come first served, one person every "
        "1 / (specific flow times width), later where somebody turns back from flight to flight. "
        "An area holds so many per square metre; while it is full "
        "nobody enters, and the oldest wait goes first, so that flows that merge take turns. Areas "
        "that wait for each other in a ring change their first ones at once. Departures from a "
        "textbook network: one place is free again at once wherever somebody left an area, since "
        "gaps are not followed on their way through a crowd; those who stand about leave at least "
        "an eighth of an area to those who walk.",
    .step_s = 0,
    .step = NULL,
};

void mu_flow_register(mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_FLOW, sizeof(mu_flow_rules), 0);
    mu_layout_add(layout, MU_SECTION_FLOW_LEG, sizeof(mu_flow_leg), 0);
    mu_layout_add(layout, MU_SECTION_FLOW_GATE, sizeof(mu_flow_gate), 0);
    mu_layout_add(layout, MU_SECTION_FLOW_AREA, sizeof(mu_flow_area), 0);
}

void mu_flow_count(const mu_walkable *walkable, const mu_people *people, mu_layout *layout) {
    layout->count[MU_SECTION_FLOW] = 1;
    layout->count[MU_SECTION_FLOW_LEG] = people->list.count;
    layout->count[MU_SECTION_FLOW_GATE] = mu_walkable_gate_count(walkable);
    layout->count[MU_SECTION_FLOW_AREA] = mu_walkable_area_count(walkable);
}

static mu_status grow(mu_sim *sim) {
    mu_layout least = {.count = {0}};
    mu_flow_count(sim->walkable, sim->people, &least);
    return mu_world_grow_all(&sim->world, &least);
}

/* Persons per metre and second out of a mouth. */
static double flow_out_of(const mu_sim *sim, const mu_flow_rules *rules, const mu_mouth *m) {
    const mu_portal *portal = &sim->site->portals.items[m->portal];
    if (!mu_portal_is_flight(portal) || m->beyond == MU_NONE) {
        return mu_flow_door(rules, m->width_m);
    }
    const uint32_t flight = m->from_flight ? m->area : m->beyond;
    const mu_area *slope = mu_walkable_area(sim->walkable, flight);
    const mu_mouth *on_flight =
        m->from_flight ? m : &sim->scratch->mouths[(m - sim->scratch->mouths) ^ 1];
    const bool at_head = on_flight->a.y > slope->high.y / 2;
    return at_head == m->from_flight ? rules->up_flow : rules->down_flow;
}

static mu_time gap_of(const mu_sim *sim, const mu_flow_rules *rules, uint32_t mouth) {
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    const double flow = flow_out_of(sim, rules, m);
    return mu_time_from_s(
        1 / fmin(mu_flow_capacity(rules, flow, m->width_m), mu_portal_most_per_s(sim, m->portal)));
}

void mu_flow_follow(mu_sim *sim, const mu_flow_rules *rules) {
    *mu_flow_rules_now(sim) = *rules;
    for (uint32_t m = 0; m < 2 * mu_walkable_gate_count(sim->walkable); m++) {
        mu_flow_side_of(sim, m)->gap_us =
            sim->scratch->mouths[m].area == MU_NONE ? 0 : gap_of(sim, rules, m);
    }
    for (uint32_t a = 0; a < mu_walkable_area_count(sim->walkable); a++) {
        const mu_area *area = mu_walkable_area(sim->walkable, a);
        const double room = area->area_m2 * rules->most_per_m2;
        mu_flow_areas(sim)[a].room = area->outdoor ? UNLIMITED : room < 1 ? 1 : (uint32_t)room;
    }
}

/* Regulators reckon that nobody walks close to a wall: boundaries of the SFPE Handbook, chapter 59,
 * corridor and stairs. */
static double ground_of(const mu_sim *sim, uint32_t index) {
    const mu_area *area = mu_walkable_area(sim->walkable, index);
    if (mu_crowd(sim)->motion_mode == MU_MOTION_FREE) {
        return area->area_m2;
    }
    const mu_wall *walls = mu_area_walls(sim->walkable, index);
    double border = 0;
    for (uint32_t w = 0; w < area->wall_count; w++) {
        const double dx = walls[w].b.x - walls[w].a.x, dy = walls[w].b.y - walls[w].a.y;
        border += sqrt(dx * dx + dy * dy);
    }
    const double ground =
        area->area_m2 - border * (area->stair != MU_NONE ? BY_HANDRAIL_M : BY_WALL_M);
    return fmax(ground, GROUND_LEAST * area->area_m2);
}

mu_status mu_flow_begin(mu_sim *sim) {
    const mu_status status = grow(sim);
    if (status != MU_OK) {
        return status;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_body *body = &mu_bodies(sim)[p];
        mu_flow_legs(sim)[p] = (mu_flow_leg){.mouth = MU_NONE,
                                             .from = MU_NONE,
                                             .came = MU_NONE,
                                             .next = MU_NONE,
                                             .previous = MU_NONE};
        if (body->mode != MU_BODY_ABSENT) {
            mu_flow_areas(sim)[body->area].resting += body->mode == MU_BODY_RESTING;
            mu_flow_areas(sim)[body->area].walkers += body->mode == MU_BODY_WALKING;
        }
    }
    for (uint32_t a = 0; a < mu_walkable_area_count(sim->walkable); a++) {
        mu_flow_areas(sim)[a].ground_m2 = ground_of(sim, a);
    }
    for (uint32_t m = 0; m < 2 * mu_walkable_gate_count(sim->walkable); m++) {
        *mu_flow_side_of(sim, m) = (mu_flow_side){.first = MU_NONE, .last = MU_NONE};
    }
    const mu_flow_rules rules = mu_flow_rules_of(mu_crowd(sim)->motion_mode);
    mu_flow_follow(sim, &rules);
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_bodies(sim)[p].mode == MU_BODY_WALKING) {
            mu_bodies(sim)[p].gate = MU_GATE_UNCHOSEN;
            mu_flow_set_off(sim, p);
        }
    }
    return MU_OK;
}

void mu_flow_on_mode(mu_sim *sim, uint32_t person, mu_body_mode from, mu_body_mode to) {
    if (!mu_flow_is_on(sim)) {
        return;
    }
    const uint32_t index = mu_bodies(sim)[person].area;
    mu_flow_area *area = &mu_flow_areas(sim)[index];
    if (from == MU_BODY_WALKING) {
        mu_flow_halt(sim, person);
        area->walkers--;
    }
    area->walkers += to == MU_BODY_WALKING;
    area->resting += to == MU_BODY_RESTING;
    area->resting -= from == MU_BODY_RESTING;
    if (to != MU_BODY_WALKING) {
        mu_flow_offer_room(sim, index);
    }
}

/* Does the first of a mouth wait for room that there is not, or that another gate is called to? */
static bool waits_its_turn(const mu_sim *sim, uint32_t mouth) {
    const uint32_t beyond = sim->scratch->mouths[mouth].beyond;
    if (mu_flow_side_of(sim, mouth)->blocked == 0) {
        return false;
    }
    bool called = mu_flow_places(sim, beyond) == 0;
    for (uint32_t k = 0; k < mu_walkable_area(sim->walkable, beyond)->gate_count; k++) {
        int inner = 0;
        called |= mu_flow_gates(sim)[mu_area_gate(sim->walkable, beyond, k, &inner)].due != 0;
    }
    return called;
}

/* Is the queue of a mouth in order, and its first not forgotten? */
static bool is_sound_side(const mu_sim *sim, uint32_t mouth) {
    const mu_flow_side *side = mu_flow_side_of(sim, mouth);
    const mu_mouth *m = &sim->scratch->mouths[mouth];
    const mu_flow_leg *legs = mu_flow_legs(sim);
    uint32_t waiting = 0, before = MU_NONE;
    for (uint32_t p = side->first; p != MU_NONE; p = legs[p].next) {
        if (legs[p].doing != MU_FLOW_WAITING || legs[p].mouth != mouth ||
            legs[p].previous != before || waiting == side->waiting) {
            return false;
        }
        before = p;
        waiting++;
    }
    if (waiting != side->waiting || side->last != before || side->coming < waiting) {
        return false;
    }
    return (waiting > 0 || side->blocked == 0) &&
           (waiting == 0 || mu_flow_gates(sim)[mouth / 2].due != 0 ||
            !mu_mouth_lets(sim, m, &mu_bodies(sim)[side->first]) || waits_its_turn(sim, mouth));
}

static bool count_areas(const mu_sim *sim, uint32_t area) {
    const mu_flow_area *now = &mu_flow_areas(sim)[area];
    uint32_t blocked = 0, blocking = 0, coming = 0;
    for (uint32_t k = 0; k < mu_walkable_area(sim->walkable, area)->gate_count; k++) {
        int side = 0;
        const uint32_t gate = mu_area_gate(sim->walkable, area, k, &side);
        const uint32_t mouth = gate * 2 + (uint32_t)side;
        blocked += mu_flow_side_of(sim, mouth ^ 1U)->blocked;
        blocking += mu_flow_side_of(sim, mouth)->blocked;
        coming += mu_flow_side_of(sim, mouth)->coming;
        if (!is_sound_side(sim, mouth)) {
            return false;
        }
    }
    return blocked == now->blocked && blocking == now->blocking && coming <= now->walkers &&
           now->waiting <= coming;
}

bool mu_flow_is_sound(const mu_sim *sim) {
    if (!mu_flow_is_on(sim)) {
        return true;
    }
    uint32_t walkers = 0, resting = 0, waiting = 0;
    for (uint32_t a = 0; a < mu_walkable_area_count(sim->walkable); a++) {
        if (!count_areas(sim, a)) {
            return false;
        }
        walkers += mu_flow_areas(sim)[a].walkers;
        resting += mu_flow_areas(sim)[a].resting;
        waiting += mu_flow_areas(sim)[a].waiting;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const uint32_t mode = mu_bodies(sim)[p].mode, doing = mu_flow_legs(sim)[p].doing;
        if ((mode == MU_BODY_WALKING) != (doing != MU_FLOW_NOTHING)) {
            return false;
        }
        walkers -= mode == MU_BODY_WALKING;
        resting -= mode == MU_BODY_RESTING;
        waiting -= doing == MU_FLOW_WAITING;
    }
    return walkers == 0 && resting == 0 && waiting == 0;
}
