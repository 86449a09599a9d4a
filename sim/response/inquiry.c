/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking those in shelter how they are: a message to each that has to be answered. Whoever has
 * answered once is known to the control room; the number of those known is written with each
 * answer. Those who are held are not asked: a telephone that rings gives its owner away. */
#include "response/inside.h"
#include "site/service_state.h"

static uint32_t occasion(const mu_sim *sim, uint32_t step) {
    return mu_hash_with(mu_step_plan_of(sim, step)->hash, mu_step_of(sim, step)->runs) &
           0xffffffffU;
}

static void open_stream(const mu_sim *sim, mu_stream *stream, uint32_t person, uint32_t channel,
                        bool back, uint32_t step) {
    const mu_channel *given = &sim->site->channels.items[channel];
    mu_sim_stream(sim, stream, back ? MU_PURPOSE_REPLY : MU_PURPOSE_MESSAGE,
                  mu_hash_with(sim->people->list.items[person].hash, mu_name_hash(given->id)),
                  occasion(sim, step));
}

static uint32_t write(mu_sim *sim, mu_record_kind kind, uint32_t cause, uint32_t person,
                      uint32_t step, uint32_t channel, uint32_t value) {
    return mu_sim_write(sim, (mu_record){.kind = (uint16_t)kind,
                                         .cause = cause,
                                         .subject = MU_HANDLE(MU_THING_PERSON, person),
                                         .place = MU_HANDLE(MU_THING_CHANNEL, channel),
                                         .step = MU_HANDLE(MU_THING_STEP, step),
                                         .value = value});
}

static bool is_asked(const mu_sim *sim, uint32_t step, uint32_t channel, uint32_t person) {
    return mu_minds(sim)[person].state == MU_OCCUPANT_SHELTERING &&
           mu_channel_reaches(sim, step, channel, person);
}

static void ask_one(mu_sim *sim, uint32_t step, uint32_t channel, uint32_t person, uint32_t sent) {
    const mu_channel *given = &sim->site->channels.items[channel];
    mu_stream stream;
    open_stream(sim, &stream, person, channel, false, step);
    const bool arrives = mu_stream_uniform(&stream) < given->delivery_chance;
    const double delay_s = mu_dist_draw(&given->latency_s, &stream.rng);
    if (arrives && mu_channel_is_up(sim, channel)) {
        mu_sim_schedule(sim, mu_time_from_s(delay_s), MU_EVENT_PERSON_ASKED, person, sent,
                        (uint64_t)step << 32 | channel);
    } else {
        (void)write(sim, MU_RECORD_LOST, sent, person, step, channel, 1);
    }
}

void mu_inquiry_send(mu_sim *sim, uint32_t step, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    for (uint32_t i = 0; i < plan->given->over.count; i++) {
        const uint32_t channel = plan->given->over.items[i].index;
        uint32_t asked = 0;
        for (uint32_t p = 0; p < sim->people->list.count; p++) {
            asked += is_asked(sim, step, channel, p);
        }
        const uint32_t sent =
            mu_sim_write(sim, (mu_record){.kind = MU_RECORD_SENT,
                                          .cause = cause,
                                          .object = mu_word_handle(plan->object_word),
                                          .place = MU_HANDLE(MU_THING_CHANNEL, channel),
                                          .step = MU_HANDLE(MU_THING_STEP, step),
                                          .value = asked});
        for (uint32_t p = 0; p < sim->people->list.count; p++) {
            if (is_asked(sim, step, channel, p)) {
                ask_one(sim, step, channel, p, sent);
            }
        }
    }
}

void mu_response_on_asked(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    const uint32_t step = (uint32_t)(event->argument >> 32);
    const uint32_t channel = (uint32_t)event->argument;
    const mu_step *given = mu_step_plan_of(sim, step)->given;
    const uint32_t delivered =
        write(sim, MU_RECORD_DELIVERED, event->cause, person, step, channel, 1);
    mu_stream stream;
    open_stream(sim, &stream, person, channel, true, step);
    const bool replies =
        mu_stream_uniform(&stream) < given->reply_chance &&
        mu_stream_uniform(&stream) < sim->site->channels.items[channel].delivery_chance;
    const double delay_s = mu_dist_draw(&given->replies_s, &stream.rng) +
                           mu_dist_draw(&sim->site->channels.items[channel].latency_s, &stream.rng);
    if (replies && mu_channel_is_up(sim, channel) &&
        mu_minds(sim)[person].state == MU_OCCUPANT_SHELTERING) {
        mu_sim_schedule(sim, mu_time_from_s(delay_s), MU_EVENT_PERSON_REPLIES, person, delivered,
                        event->argument);
    }
}

static uint32_t count_known(const mu_sim *sim) {
    uint32_t known = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        known += mu_orders(sim)[p].known != 0 && mu_minds(sim)[p].state == MU_OCCUPANT_SHELTERING;
    }
    return known;
}

void mu_response_on_replies(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    mu_orders(sim)[person].known = 1;
    (void)write(sim, MU_RECORD_REPLIED, event->cause, person, (uint32_t)(event->argument >> 32),
                (uint32_t)event->argument, count_known(sim));
}
