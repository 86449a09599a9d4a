/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the lane is blocked is one draw a road: all who come by it find the same. */
#include "response/road.h"

#include "response/inside.h"
#include "response/measures.h"
#include "site/service_state.h"

typedef enum mu_lane_state { MU_ROAD_UNKNOWN, MU_ROAD_FREE, MU_ROAD_BLOCKED } mu_lane_state;

static mu_road_now *now_of(const mu_sim *sim, uint32_t road) {
    return (mu_road_now *)mu_world_section(&sim->world, MU_SECTION_ROAD) + road;
}

void mu_roads_register(const mu_site *site, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_ROAD, sizeof(mu_road_now), site->roads.count);
}

void mu_roads_begin(mu_sim *sim) {
    for (uint32_t r = 0; r < sim->site->roads.count; r++) {
        *now_of(sim, r) = (mu_road_now){.state = MU_ROAD_UNKNOWN, .blocked = MU_NO_RECORD};
    }
}

static double blocked_chance(const mu_sim *sim, const mu_road *road) {
    const bool watched =
        road->watched_by.id != NULL &&
        mu_equipment_works(sim, &sim->site->equipment.items[road->watched_by.index]);
    return road->blocked_chance * (watched ? 1 - road->caught_share : 1);
}

static uint32_t road_of(const mu_sim *sim, uint32_t unit) {
    return sim->people->roster->units.items[unit].road.index;
}

/* The first who comes finds out. */
static void find_out(mu_sim *sim, uint32_t road, uint32_t unit, uint32_t cause) {
    const mu_road *given = &sim->site->roads.items[road];
    mu_road_now *now = now_of(sim, road);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_BLOCKED, mu_name_hash(given->id), 0);
    const bool blocked = mu_stream_uniform(&stream) < blocked_chance(sim, given);
    now->state = blocked ? MU_ROAD_BLOCKED : MU_ROAD_FREE;
    if (blocked) {
        now->free_us =
            mu_sim_now(sim) + mu_time_from_s(mu_dist_draw(&given->cleared_s, &stream.rng));
        now->blocked =
            mu_sim_record(sim, MU_RECORD_LANE_BLOCKED, cause, MU_HANDLE(MU_THING_UNIT, unit),
                          mu_word_named(sim, "fire_lane"), 0);
    }
    mu_measure(sim, "fire_lane", NULL, blocked ? 0 : 1, blocked ? now->blocked : cause);
}

mu_time mu_road_holds(mu_sim *sim, uint32_t unit, uint32_t *cause) {
    const uint32_t road = road_of(sim, unit);
    mu_road_now *now = now_of(sim, road);
    if (now->state == MU_ROAD_UNKNOWN) {
        find_out(sim, road, unit, *cause);
        *cause = now->state == MU_ROAD_BLOCKED ? now->blocked : *cause;
    } else if (now->state == MU_ROAD_BLOCKED && now->free_us > mu_sim_now(sim)) {
        *cause = mu_sim_record(sim, MU_RECORD_LANE_BLOCKED, *cause, MU_HANDLE(MU_THING_UNIT, unit),
                               mu_word_named(sim, "fire_lane"), 0);
    }
    const bool stands = now->state == MU_ROAD_BLOCKED && now->free_us > mu_sim_now(sim);
    return stands ? now->free_us - mu_sim_now(sim) : 0;
}

uint32_t mu_road_is_free(mu_sim *sim, uint32_t unit, uint32_t cause) {
    return mu_sim_record(sim, MU_RECORD_LANE_CLEARED, cause, MU_HANDLE(MU_THING_UNIT, unit),
                         mu_word_named(sim, "fire_lane"), 0);
}
