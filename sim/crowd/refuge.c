/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing a refuge, arriving there, and calling until somebody has heard it. */
#include "crowd/refuge.h"

#include <math.h>

#include "crowd/minds.h"
#include "site/service_state.h"

#define AT_REFUGE_M 0.5
#define MOST_TRIES  5000U /* of a call that does not get through: three days of minutes */

void mu_refuge_register(const mu_people *people, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_HELP, sizeof(mu_help), people->list.count);
}

void mu_refuge_begin(mu_sim *sim) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        mu_helps(sim)[p] = (mu_help){
            .refuge = MU_NONE, .reached = MU_NO_RECORD, .called = MU_NO_RECORD, .helper = MU_NONE};
    }
}

/* How many wait there or are on their way, besides this one. */
static uint32_t count_at(const mu_sim *sim, uint32_t refuge, uint32_t person) {
    uint32_t count = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const uint32_t state = mu_minds(sim)[p].state;
        count += p != person && mu_helps(sim)[p].refuge == refuge &&
                 (state == MU_OCCUPANT_INSIDE || state == MU_OCCUPANT_REFUGE);
    }
    return count;
}

static mu_goal goal_of(const mu_sim *sim, uint32_t refuge) {
    const mu_refuge *given = &sim->site->refuges.items[refuge];
    return (mu_goal){.kind = MU_GOAL_POINT, .area = given->space.index, .at = given->at};
}

/* The nearest with room; where all are full, the nearest: a landing takes one more. */
bool mu_refuge_seek(mu_sim *sim, uint32_t person, mu_goal *goal) {
    uint32_t best = MU_NONE;
    double best_way = (double)INFINITY;
    bool best_room = false;
    for (uint32_t r = 0; r < sim->site->refuges.count; r++) {
        const double way = mu_crowd_way(sim, person, goal_of(sim, r));
        const bool room = count_at(sim, r, person) < (uint32_t)sim->site->refuges.items[r].capacity;
        if (isfinite(way) &&
            (best == MU_NONE || (room && !best_room) || (room == best_room && way < best_way))) {
            best = r;
            best_way = way;
            best_room = room;
        }
    }
    if (best == MU_NONE) {
        return false;
    }
    mu_helps(sim)[person].refuge = best;
    mu_minds(sim)[person].tolerance_m = AT_REFUGE_M;
    *goal = goal_of(sim, best);
    return true;
}

/* The call point's, or else a telephone; MU_NONE. */
static uint32_t channel_of(const mu_sim *sim, uint32_t person) {
    const mu_refuge *refuge = &sim->site->refuges.items[mu_helps(sim)[person].refuge];
    if (refuge->calls.id != NULL) {
        return refuge->calls.index;
    }
    if (!mu_person_has_phone(sim, person)) {
        return MU_NONE;
    }
    for (uint32_t c = 0; c < sim->site->channels.count; c++) {
        const mu_channel *channel = &sim->site->channels.items[c];
        if (channel->kind == MU_CHANNEL_TELEPHONE &&
            !mu_ref_list_has(&channel->dead_spaces, refuge->space.index)) {
            return c;
        }
    }
    return MU_NONE;
}

/* A call: there after the channel's latency, or lost and made again after its retry time, which is
 * not at once, and not before a while where the channel itself is down. */
static void call(mu_sim *sim, uint32_t person) {
    mu_help *help = &mu_helps(sim)[person];
    const uint32_t index = channel_of(sim, person);
    if (index == MU_NONE || help->tries >= MOST_TRIES) {
        return;
    }
    const mu_channel *channel = &sim->site->channels.items[index];
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_HELP, sim->people->list.items[person].hash,
                  help->tries++);
    const bool lucky = mu_stream_uniform(&stream) < channel->delivery_chance;
    const bool lost = !lucky || !mu_channel_is_up(sim, index);
    const double after_s = mu_dist_draw(&channel->latency_s, &stream.rng) +
                           (lost ? mu_dist_draw(&channel->retry_s, &stream.rng) : 0);
    const mu_time least = !lost ? 0 : lucky ? MU_BLIND_LOOK_US : MU_SECOND;
    const mu_time after = mu_time_from_s(after_s);
    mu_sim_schedule(sim, after > least ? after : least, MU_EVENT_HELP_CALLED, person, help->reached,
                    (uint64_t)index << 1 | lost);
}

void mu_refuge_arrived(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    mu_help *help = &mu_helps(sim)[person];
    const mu_mind *mind = &mu_minds(sim)[person];
    if (help->refuge == MU_NONE || help->reached != MU_NO_RECORD || event->argument != 0 ||
        mind->state != MU_OCCUPANT_INSIDE || mind->evacuating == 0 ||
        mind->goal.kind != MU_GOAL_POINT || mind->goal.area != goal_of(sim, help->refuge).area) {
        return;
    }
    help->reached =
        mu_sim_record(sim, MU_RECORD_REFUGE, event->cause, MU_HANDLE(MU_THING_PERSON, person), 0,
                      mu_body_place(sim, person));
    mu_crowd_set_state(sim, person, MU_OCCUPANT_REFUGE, help->reached);
    call(sim, person);
}

void mu_refuge_on_called(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    mu_help *help = &mu_helps(sim)[person];
    if (mu_minds(sim)[person].state != MU_OCCUPANT_REFUGE || help->called != MU_NO_RECORD) {
        return;
    }
    if ((event->argument & 1) != 0) {
        call(sim, person);
        return;
    }
    help->called = mu_sim_record(sim, MU_RECORD_HELP_CALLED, event->cause,
                                 MU_HANDLE(MU_THING_PERSON, person), mu_body_place(sim, person),
                                 MU_HANDLE(MU_THING_CHANNEL, (uint32_t)(event->argument >> 1)));
}
