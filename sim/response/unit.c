/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help from outside: told, dispatched, on the road, here. From then on its people are free like any
 * others, and walk. */
#include "response/inside.h"
#include "response/road.h"

/* Argument of UNIT_ON_SITE: it has stood before a blocked lane. */
#define LANE_IS_FREE 1

static uint32_t role_of_unit(const mu_sim *sim, uint32_t unit) {
    return mu_people_role(sim->people, sim->people->roster->units.items[unit].role);
}

bool mu_unit_is_role(const mu_sim *sim, uint32_t role) {
    for (uint32_t u = 0; u < sim->people->roster->units.count; u++) {
        if (role_of_unit(sim, u) == role) {
            return true;
        }
    }
    return false;
}

static mu_handle role_word(const mu_sim *sim, uint32_t unit) {
    return mu_word_named(sim, sim->people->roster->units.items[unit].role);
}

void mu_unit_tell(mu_sim *sim, uint32_t role, uint32_t cause) {
    for (uint32_t u = 0; u < sim->people->roster->units.count; u++) {
        mu_unit_now *now = &mu_units(sim)[u];
        if (role_of_unit(sim, u) != role || now->told != MU_NO_RECORD) {
            continue;
        }
        const mu_unit *unit = &sim->people->roster->units.items[u];
        now->told = cause;
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_DISPATCH, mu_name_hash(unit->id), 0);
        mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(&unit->dispatched_in_s, &stream.rng)),
                        MU_EVENT_UNIT_SETS_OUT, u, cause, 0);
    }
}

/* Has somebody put off what comes next? Then it comes later. */
static bool is_held(mu_sim *sim, const mu_event *event) {
    mu_unit_now *now = &mu_units(sim)[event->subject];
    if (now->held_us == 0) {
        return false;
    }
    mu_sim_schedule(sim, now->held_us, (mu_event_kind)event->kind, event->subject, event->cause,
                    event->argument);
    now->held_us = 0;
    return true;
}

void mu_response_on_unit_sets_out(mu_sim *sim, const mu_event *event) {
    const uint32_t u = event->subject;
    if (is_held(sim, event)) {
        return;
    }
    const mu_unit *unit = &sim->people->roster->units.items[u];
    const uint32_t set_out = mu_sim_record(sim, MU_RECORD_DISPATCHED, event->cause,
                                           MU_HANDLE(MU_THING_UNIT, u), role_word(sim, u), 0);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_ROAD, mu_name_hash(unit->id), 0);
    const double speed_mps = mu_dist_draw(&unit->speed_mps, &stream.rng);
    /* Slower than walking pace is not driving. */
    const double road_s = unit->distance_m / (speed_mps > 1 ? speed_mps : 1);
    mu_sim_schedule(sim, mu_time_from_s(road_s), MU_EVENT_UNIT_ON_SITE, u, set_out, 0);
}

void mu_response_on_unit_on_site(mu_sim *sim, const mu_event *event) {
    const uint32_t u = event->subject;
    if (is_held(sim, event)) {
        return;
    }
    uint32_t cause = event->cause;
    if (event->argument == 0) {
        const mu_time holds_us = mu_road_holds(sim, u, &cause);
        if (holds_us > 0) {
            mu_sim_schedule(sim, holds_us, MU_EVENT_UNIT_ON_SITE, u, cause, LANE_IS_FREE);
            return;
        }
    } else {
        cause = mu_road_is_free(sim, u, cause);
    }
    const mu_road *road = &sim->site->roads.items[sim->people->roster->units.items[u].road.index];
    const uint32_t here = mu_sim_record(sim, MU_RECORD_ON_SITE, cause, MU_HANDLE(MU_THING_UNIT, u),
                                        role_word(sim, u), 0);
    mu_units(sim)[u].on_site = here;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_person *person = &sim->people->list.items[p];
        if (person->kind == MU_PERSON_UNIT && person->from == u) {
            mu_crowd_enter(sim, p, road->space.index, road->at);
            mu_hands(sim)[p].freed = here;
        }
    }
    mu_step_retry_waiting(sim);
}
