/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrivals are a Poisson process whose rate follows the time of day, by thinning (Lewis and Shedler
 * 1979): drawn at the highest rate, and each kept with the share that its hour has of it. */
#include "response/screening.h"

#include <string.h>

#include "response/inside.h"
#include "response/measures.h"

static mu_lane_now *lane_now(const mu_sim *sim, uint32_t lane) {
    return (mu_lane_now *)mu_world_section(&sim->world, MU_SECTION_LANE) + lane;
}

static const mu_lane *lane_of(const mu_sim *sim, uint32_t lane) {
    return &sim->site->lanes.items[lane];
}

void mu_screening_register(const mu_site *site, mu_layout *layout) {
    if (site->lanes.count > 0) {
        mu_layout_add(layout, MU_SECTION_LANE, sizeof(mu_lane_now), site->lanes.count);
    }
}

static double highest_rate(const mu_lane *lane) {
    double most = 0;
    for (uint32_t i = 0; i < lane->arrivals.count; i++) {
        most = lane->arrivals.items[i].per_h > most ? lane->arrivals.items[i].per_h : most;
    }
    return most;
}

static void open_stream(mu_sim *sim, mu_stream *stream, mu_purpose purpose, uint32_t lane,
                        uint32_t occasion) {
    mu_sim_stream(sim, stream, purpose, mu_name_hash(lane_of(sim, lane)->id), occasion);
}

static void schedule_next(mu_sim *sim, uint32_t lane) {
    const double most = highest_rate(lane_of(sim, lane));
    if (most > 0) {
        mu_stream stream;
        open_stream(sim, &stream, MU_PURPOSE_LANE, lane, lane_now(sim, lane)->arrivals++);
        const mu_dist gap = {.kind = MU_DIST_EXPONENTIAL, .a = 3600 / most};
        const double after_s = mu_dist_draw(&gap, &stream.rng);
        const double kept = mu_stream_uniform(&stream);
        mu_sim_schedule(sim, mu_time_from_s(after_s), MU_EVENT_LANE_ARRIVES, lane, MU_NO_RECORD,
                        (uint64_t)(kept * 1e9));
    }
}

void mu_screening_begin(mu_sim *sim) {
    for (uint32_t k = 0; k < sim->site->lanes.count; k++) {
        *lane_now(sim, k) = (mu_lane_now){.crowded = MU_NO_RECORD};
        schedule_next(sim, k);
    }
}

static double hour_now(const mu_sim *sim) {
    const double hours = sim->response->start_h + mu_time_to_s(mu_sim_now(sim)) / 3600;
    return hours - 24 * (double)(int)(hours / 24);
}

static bool is_checked(const mu_sim *sim, uint32_t lane) {
    return lane_now(sim, lane)->tight != 0 || !lane_of(sim, lane)->orange_only;
}

static bool is_of(const mu_sim *sim, uint32_t area, const char *building) {
    const char *label =
        area < sim->site->spaces.count ? sim->site->spaces.items[area].building : NULL;
    return label != NULL && strcmp(label, building) == 0;
}

/* Occupants in the building now, and those who came in since. */
static uint32_t count_inside(const mu_sim *sim, uint32_t lane) {
    const char *building = lane_of(sim, lane)->building;
    uint32_t inside = lane_now(sim, lane)->admitted;
    uint32_t last = MU_NONE; /* people come by groups, and those of a group are together */
    bool is_in = false;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_body *body = &mu_bodies(sim)[p];
        if (body->mode == MU_BODY_ABSENT || sim->people->list.items[p].kind != MU_PERSON_OCCUPANT) {
            continue;
        }
        if (body->area != last) {
            last = body->area;
            is_in = is_of(sim, last, building);
        }
        inside += is_in;
    }
    return inside;
}

static bool is_full(const mu_sim *sim, uint32_t lane) {
    const mu_lane *given = lane_of(sim, lane);
    return given->metered && given->building != NULL && given->inside_most > 0 &&
           count_inside(sim, lane) + lane_now(sim, lane)->queue.busy >=
               (uint32_t)given->inside_most;
}

static void call_next(mu_sim *sim, uint32_t lane) {
    mu_lane_now *now = lane_now(sim, lane);
    mu_time since_us;
    const uint32_t lanes = (uint32_t)lane_of(sim, lane)->lanes;
    while (now->queue.waiting > 0 && now->queue.busy < lanes && !is_full(sim, lane) &&
           mu_lane_call(&now->queue, lanes, &since_us)) {
        mu_stream stream;
        open_stream(sim, &stream, MU_PURPOSE_LANE_SERVICE, lane, now->served++);
        const double factor = now->tight != 0 ? lane_of(sim, lane)->orange_factor : 1;
        const double takes_s = factor * mu_dist_draw(&lane_of(sim, lane)->service_s, &stream.rng);
        mu_measure(sim, "check_wait", lane_of(sim, lane)->of,
                   mu_time_to_s(mu_sim_now(sim) - since_us), MU_NO_RECORD);
        mu_sim_schedule(sim, mu_time_from_s(takes_s), MU_EVENT_LANE_CHECKED, lane, MU_NO_RECORD,
                        (uint64_t)mu_sim_now(sim));
    }
}

/* One more is inside: how full is it, and is it so full that people should go one way only? */
static void admit(mu_sim *sim, uint32_t lane) {
    const mu_lane *given = lane_of(sim, lane);
    mu_lane_now *now = lane_now(sim, lane);
    now->admitted++;
    if (mu_dist_mean(&given->stays_s) > 0) {
        mu_stream stream;
        open_stream(sim, &stream, MU_PURPOSE_LANE_STAY, lane, now->stays++);
        mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(&given->stays_s, &stream.rng)),
                        MU_EVENT_LANE_LEAVES, lane, MU_NO_RECORD, 0);
    }
    if (given->building == NULL || given->inside_most == 0) {
        return;
    }
    const double share = (double)count_inside(sim, lane) / (double)given->inside_most;
    mu_measure(sim, "occupancy", given->of, share, MU_NO_RECORD);
    if (given->one_way_share > 0 && share > given->one_way_share && now->crowded == MU_NO_RECORD) {
        now->crowded = mu_sim_record(sim, MU_RECORD_CROWDED, MU_NO_RECORD, 0,
                                     mu_word_named(sim, given->of), 0);
    }
}

void mu_screening_on_leaves(mu_sim *sim, const mu_event *event) {
    mu_lane_now *now = lane_now(sim, event->subject);
    if (now->closed == 0) { /* else they are among those who were ordered out */
        now->admitted--;
        call_next(sim, event->subject);
    }
}

void mu_screening_on_arrives(mu_sim *sim, const mu_event *event) {
    const uint32_t lane = event->subject;
    const mu_lane *given = lane_of(sim, lane);
    mu_lane_now *now = lane_now(sim, lane);
    if (now->closed != 0) {
        return; /* turned away, as all after them: a lane does not open again */
    }
    schedule_next(sim, lane);
    const double share = mu_lane_rate(given, hour_now(sim)) / highest_rate(given);
    if ((double)event->argument / 1e9 >= share) {
        return; /* never there */
    }
    if (is_checked(sim, lane)) {
        (void)mu_lane_join(&now->queue, mu_sim_now(sim));
        call_next(sim, lane);
        return;
    }
    if (now->orange != 0) {
        mu_measure(sim, "checked", given->of, 0, MU_NO_RECORD);
    }
    admit(sim, lane);
}

void mu_screening_on_checked(mu_sim *sim, const mu_event *event) {
    const uint32_t lane = event->subject;
    mu_lane_now *now = lane_now(sim, lane);
    now->queue.busy--;
    mu_measure(sim, "check_time", lane_of(sim, lane)->of,
               mu_time_to_s(mu_sim_now(sim) - (mu_time)event->argument), MU_NO_RECORD);
    if (now->orange != 0) {
        mu_measure(sim, "checked", lane_of(sim, lane)->of, 1, MU_NO_RECORD);
    }
    if (now->closed == 0) {
        admit(sim, lane);
        call_next(sim, lane);
    }
}

/* Is `word` what `of` names many of, with `after` behind it: vehicle for vehicles? */
static bool is_one_of(const char *word, const char *of, const char *after) {
    const size_t length = strlen(of);
    return length > 1 && strncmp(word, of, length - 1) == 0 &&
           strcmp(word + length - 1, after) == 0;
}

/* The milestone that brings the checks of orange: posted:vehicle_checks or searched:vehicle for
 * vehicles, and so on. */
static bool tightens(const mu_sim *sim, const mu_record *heard, const mu_lane *lane) {
    if (heard->object == 0 ||
        (heard->kind != MU_RECORD_POSTED && heard->kind != MU_RECORD_SEARCHED)) {
        return false;
    }
    const char *word = sim->response->words->items[mu_handle_index(heard->object)];
    return is_one_of(word, lane->of, heard->kind == MU_RECORD_POSTED ? "_checks" : "");
}

void mu_screening_hear(mu_sim *sim, uint32_t record) {
    const mu_record heard = *mu_log_get(sim->log, record);
    const bool orange = heard.kind == MU_RECORD_DECLARED && heard.object != 0 &&
                        heard.object == mu_word_named(sim, "orange");
    const bool closes =
        heard.kind == MU_RECORD_ALARM ||
        (heard.kind == MU_RECORD_ORDERED && heard.object == mu_word_named(sim, "site"));
    for (uint32_t k = 0; k < sim->site->lanes.count; k++) {
        mu_lane_now *now = lane_now(sim, k);
        now->orange |= orange;
        now->tight |= tightens(sim, &heard, lane_of(sim, k));
        now->closed |= closes;
    }
}
