/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A barrier that stands open stops nothing, whatever it is rated for. */
#include <math.h>
#include <string.h>

#include "policy/term.h"
#include "site/portal_state.h"
#include "threat/threat.h"

static const mu_vehicle_plan *plan_of(const mu_sim *sim) {
    return &sim->threat->vehicle;
}

void mu_vehicle_begin(mu_sim *sim, uint32_t started) {
    if (plan_of(sim)->given != NULL) {
        mu_sim_schedule(sim, mu_time_from_s(plan_of(sim)->given->at_s), MU_EVENT_VEHICLE_ARRIVES, 0,
                        started, 0);
    }
}

void mu_vehicle_on_arrives(mu_sim *sim, const mu_event *event) {
    const mu_vehicle_given *given = plan_of(sim)->given;
    const uint32_t placed =
        mu_sim_record(sim, MU_RECORD_PLACED, event->cause, 0, mu_word(plan_of(sim)->word_vehicle),
                      MU_HANDLE(MU_THING_SPACE, given->space.index));
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_NOTICE, mu_name_hash("vehicle"), 0);
    const bool noticed = mu_stream_uniform(&stream) < given->notice_chance;
    const double after_s = mu_dist_draw(&given->notice_s, &stream.rng);
    if (noticed) {
        mu_sim_schedule(sim, mu_time_from_s(after_s), MU_EVENT_VEHICLE_NOTICED, 0, placed, 0);
    }
    if (given->drives_at_s > given->at_s) {
        mu_sim_schedule(sim, mu_time_from_s(given->drives_at_s - given->at_s),
                        MU_EVENT_VEHICLE_DRIVES, 0, placed, 0);
    }
}

/* While nobody is near it is looked at again so often. */
#define LOOK_US (10 * MU_SECOND)

static bool is_guard(const mu_sim *sim, uint32_t person) {
    return sim->people->list.items[person].role == mu_people_role(sim->people, "guard");
}

static bool is_outdoors(const mu_sim *sim, uint32_t person) {
    const uint32_t area = mu_bodies(sim)[person].area;
    return area < sim->site->spaces.count && sim->site->spaces.items[area].use == MU_USE_OUTDOOR;
}

/* Whoever is nearest to it: of the guards the one who speaks to the driver, or, once it has driven
 * on, of all who are outdoors. MU_NONE: nobody is near enough. */
static uint32_t nearest(const mu_sim *sim, bool has_driven) {
    const mu_vehicle_given *given = plan_of(sim)->given;
    const uint32_t level = sim->site->spaces.items[given->space.index].level.index;
    double best_m = has_driven ? given->seen_m : given->notice_m;
    uint32_t best = MU_NONE;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_bodies(sim)[p].mode != MU_BODY_ABSENT &&
            (has_driven ? is_outdoors(sim, p) : is_guard(sim, p))) {
            const double away_m = mu_crowd_distance(sim, p, level, given->at);
            if (away_m <= best_m) {
                best_m = away_m;
                best = p;
            }
        }
    }
    return best;
}

/* With nobody at the gate it stands there until a guard comes by, or it drives; and then until
 * anybody sees what has happened. */
void mu_vehicle_on_noticed(mu_sim *sim, const mu_event *event) {
    const mu_vehicle_given *given = plan_of(sim)->given;
    const bool has_driven = event->argument != 0;
    const bool gone =
        given->drives_at_s > given->at_s && mu_sim_now(sim) >= mu_time_from_s(given->drives_at_s);
    const uint32_t person = nearest(sim, has_driven);
    if (person != MU_NONE) {
        mu_sim_record(
            sim, MU_RECORD_NOTICED, event->cause, MU_HANDLE(MU_THING_PERSON, person),
            mu_word(plan_of(sim)->word_vehicle),
            mu_word(is_guard(sim, person) ? plan_of(sim)->word_guard : plan_of(sim)->word_staff));
    } else if (has_driven || !gone) {
        mu_sim_schedule(sim, LOOK_US, MU_EVENT_VEHICLE_NOTICED, 0, event->cause, event->argument);
    }
}

static bool was_noticed(const mu_sim *sim) {
    const mu_term noticed = {
        .kind = MU_RECORD_NOTICED, .object = plan_of(sim)->word_vehicle, .place = MU_NONE};
    return mu_log_find(sim->log, &noticed, 0, 0) != MU_NO_RECORD;
}

void mu_vehicle_on_drives(mu_sim *sim, const mu_event *event) {
    const mu_vehicle_given *given = plan_of(sim)->given;
    const mu_portal *gate = &sim->site->portals.items[given->gate.index];
    const bool up = mu_portals(sim)[given->gate.index].state == MU_PORTAL_CLOSED;
    const double stops_t = up ? gate->stops_t : 0;
    const bool utility = gate->zone != NULL && strcmp(gate->zone, "utility") == 0;
    mu_sim_measure(sim, mu_word(plan_of(sim)->word_barrier), 0, stops_t, event->cause);
    if (utility) {
        mu_sim_measure(sim, mu_word(plan_of(sim)->word_bollards), 0, stops_t > 0 ? 1 : 0,
                       event->cause);
    }
    const uint32_t drove = mu_sim_record(
        sim, stops_t >= given->mass_t ? MU_RECORD_DENIED : MU_RECORD_ENTERED, event->cause,
        MU_HANDLE(MU_THING_PORTAL, given->gate.index),
        mu_word(stops_t >= given->mass_t ? plan_of(sim)->word_barrier : plan_of(sim)->word_vehicle),
        0);
    if (!was_noticed(sim)) {
        mu_sim_schedule(sim, 0, MU_EVENT_VEHICLE_NOTICED, 0, drove, 1);
    }
}
