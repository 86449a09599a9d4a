/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a walkable what it consists of. */
#include "site/field.h"
#include "site/flight.h"
#include "site/walkable_parts.h"

uint32_t mu_walkable_area_count(const mu_walkable *walkable) {
    return walkable->area_count;
}

uint32_t mu_walkable_gate_count(const mu_walkable *walkable) {
    return walkable->gate_count;
}

const mu_gate *mu_walkable_gate(const mu_walkable *walkable, uint32_t gate) {
    return &walkable->gates[gate];
}

uint32_t mu_area_gate(const mu_walkable *walkable, uint32_t area, uint32_t k, int *side) {
    uint32_t found = walkable->gate_of[walkable->areas[area].first_gate + k];
    *side = (int)(found % 2);
    return found / 2;
}

const mu_wall *mu_area_walls(const mu_walkable *walkable, uint32_t area) {
    return walkable->walls + walkable->areas[area].first_wall;
}

mu_way_out mu_area_way_out(const mu_walkable *walkable, uint32_t area) {
    return walkable->parts[area].way_out;
}

/* The place of a gate in the area's list. */
static uint32_t place_of(const mu_walkable *walkable, uint32_t area, uint32_t gate) {
    uint32_t side = walkable->gates[gate].area[0] == area ? 0 : 1;
    return walkable->gate_at[2 * gate + side];
}

const mu_field_grid *mu_walkable_field(const mu_walkable *walkable, uint32_t area, uint32_t gate) {
    return &walkable->parts[area].fields[place_of(walkable, area, gate)];
}

double mu_gate_distance(const mu_walkable *walkable, uint32_t area, uint32_t from_gate,
                        uint32_t to_gate) {
    return mu_field_gate_metres(walkable, area, place_of(walkable, area, from_gate),
                                place_of(walkable, area, to_gate));
}

mu_point mu_area_on_plan(const mu_walkable *walkable, uint32_t area, mu_point p, uint32_t *level) {
    const mu_area *in = &walkable->areas[area];
    *level = in->level;
    if (in->space != MU_NONE || in->gate_count != 2) {
        return p;
    }
    return mu_flight_on_plan(walkable, area, p);
}
