/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message from one to another: a line is got, the message is sent and arrives or is lost, the
 * receiver answers when free, and then they talk. Over a channel that needs no answer (radio, chat,
 * broadcast) the receiver need not be free. */
#include "response/desk.h"
#include "response/inside.h"
#include "response/measures.h"
#include "site/service_state.h"

/* A message that keeps getting lost is given up after this many. */
#define SENDINGS_MOST 50

static const mu_channel *channel_of(const mu_sim *sim, uint32_t step) {
    const mu_ref_list *over = &mu_step_plan_of(sim, step)->given->over;
    return &sim->site->channels.items[over->items[mu_step_of(sim, step)->channel].index];
}

static uint32_t channel_index(const mu_sim *sim, uint32_t step) {
    return (uint32_t)(channel_of(sim, step) - sim->site->channels.items);
}

static bool needs_answer(const mu_channel *channel) {
    return channel->kind == MU_CHANNEL_TELEPHONE || channel->kind == MU_CHANNEL_SATELLITE ||
           channel->kind == MU_CHANNEL_IN_PERSON;
}

static uint32_t sender(const mu_sim *sim, uint32_t step) {
    uint32_t crew[MU_CREW_MOST];
    return mu_crew_list(sim, step, crew) > 0 ? crew[0] : MU_NONE;
}

/* What the sender carries, where the message goes by radio. Only members have radios of their own
 * in the roster; units bring theirs. */
static mu_radio radio_of_sender(const mu_sim *sim, uint32_t step) {
    const uint32_t from = sender(sim, step);
    if (channel_of(sim, step)->kind != MU_CHANNEL_RADIO || from == MU_NONE ||
        sim->people->list.items[from].kind != MU_PERSON_MEMBER) {
        return MU_RADIO_WORKS;
    }
    return (mu_radio)sim->people->list.items[from].radio;
}

/* Who has no radio takes another way if there is one; who has a dead one does not know. */
static void choose_channel(mu_sim *sim, uint32_t step) {
    mu_step_now *now = mu_step_of(sim, step);
    const uint32_t ways = mu_step_plan_of(sim, step)->given->over.count;
    for (uint32_t k = 1; k < ways && radio_of_sender(sim, step) == MU_RADIO_NONE; k++) {
        now->channel = (now->channel + 1) % ways;
    }
}

void mu_message_start(mu_sim *sim, uint32_t step) {
    mu_step_now *now = mu_step_of(sim, step);
    choose_channel(sim, step);
    const uint32_t lines = mu_channel_lines(sim, channel_index(sim, step));
    if (lines > 0 && mu_lines(sim)[channel_index(sim, step)].used >= lines) {
        now->state = MU_STEP_WANTS_LINE;
        now->request = mu_step_record(sim, step, MU_RECORD_REQUESTED, now->last, 0);
        return;
    }
    mu_message_seek_line(sim, step);
}

static void send(mu_sim *sim, uint32_t step) {
    mu_step_now *now = mu_step_of(sim, step);
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    const mu_channel *channel = channel_of(sim, step);
    const uint32_t from = sender(sim, step);
    now->state = MU_STEP_SENDING;
    now->last = mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_SENT,
                         .cause = now->last,
                         .subject = from == MU_NONE ? 0 : MU_HANDLE(MU_THING_PERSON, from),
                         .object = mu_word_handle(plan->object_word),
                         .place = MU_HANDLE(MU_THING_CHANNEL, channel_index(sim, step)),
                         .step = MU_HANDLE(MU_THING_STEP, step),
                         .value = 1});
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_MESSAGE,
                  mu_hash_with(plan->hash, mu_name_hash(channel->id)), now->messages++);
    const bool lucky = mu_stream_uniform(&stream) < channel->delivery_chance;
    const bool arrives = lucky && radio_of_sender(sim, step) == MU_RADIO_WORKS &&
                         mu_channel_is_up(sim, channel_index(sim, step));
    const double delay_s =
        mu_dist_draw(arrives ? &channel->latency_s : &channel->retry_s, &stream.rng);
    const mu_event_kind next = arrives ? MU_EVENT_MESSAGE_ARRIVES : MU_EVENT_MESSAGE_RETRIED;
    /* A loss takes at least a second to be noticed. */
    mu_sim_schedule(sim, mu_time_from_s(arrives || delay_s > 1 ? delay_s : 1), next, step,
                    now->last, 0);
}

void mu_message_seek_line(mu_sim *sim, uint32_t step) {
    mu_step_now *now = mu_step_of(sim, step);
    const uint32_t index = channel_index(sim, step);
    mu_line_now *line = &mu_lines(sim)[index];
    const uint32_t lines = mu_channel_lines(sim, index);
    if (lines > 0) {
        if (line->used >= lines) {
            return;
        }
        const bool waited = now->state == MU_STEP_WANTS_LINE;
        line->used++;
        now->line_held = 1;
        if (waited) {
            now->last = mu_sim_write(sim, (mu_record){.kind = MU_RECORD_GRANTED,
                                                      .cause = now->request,
                                                      .subject = MU_HANDLE(MU_THING_CHANNEL, index),
                                                      .holder = line->held_by,
                                                      .step = MU_HANDLE(MU_THING_STEP, step)});
        }
        mu_measure_line(sim, step, index, waited);
    }
    send(sim, step);
}

static void free_line(mu_sim *sim, uint32_t step) {
    mu_line_now *line = &mu_lines(sim)[channel_index(sim, step)];
    line->used--;
    line->held_by = MU_HANDLE(MU_THING_STEP, step);
}

static void talk(mu_sim *sim, uint32_t step) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_step_now *now = mu_step_of(sim, step);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_WORK, plan->hash, now->runs * 32 + now->tries);
    now->state = MU_STEP_WORKING;
    mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(&plan->given->takes_s, &stream.rng)),
                    MU_EVENT_STEP_WORKED, step, now->last, 0);
}

void mu_response_on_message(mu_sim *sim, const mu_event *event) {
    const uint32_t step = event->subject;
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_step_now *now = mu_step_of(sim, step);
    now->last = mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_DELIVERED,
                         .cause = event->cause,
                         .object = mu_word_handle(plan->object_word),
                         .place = MU_HANDLE(MU_THING_CHANNEL, channel_index(sim, step)),
                         .step = MU_HANDLE(MU_THING_STEP, step),
                         .value = 1});
    const bool answered_here = needs_answer(channel_of(sim, step)) && plan->receiver != MU_NONE &&
                               !mu_unit_is_role(sim, plan->receiver);
    if (!answered_here) {
        talk(sim, step);
        return;
    }
    now->state = MU_STEP_WANTS_RECEIVER;
    now->request = mu_step_record(sim, step, MU_RECORD_REQUESTED, now->last, 0);
    mu_message_seek_receiver(sim, step);
}

void mu_message_seek_receiver(mu_sim *sim, uint32_t step) {
    mu_step_now *now = mu_step_of(sim, step);
    const uint32_t person = mu_crew_find_free(sim, mu_step_plan_of(sim, step)->receiver);
    if (person == MU_NONE) {
        return;
    }
    mu_hand *hand = &mu_hands(sim)[person];
    const bool waited = hand->freed != MU_NO_RECORD && hand->freed > now->request;
    now->last = mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_GRANTED,
                         .cause = now->request,
                         .subject = MU_HANDLE(MU_THING_PERSON, person),
                         .holder =
                             waited ? mu_desk_held_by(sim, person, now->request, hand->held_by) : 0,
                         .step = MU_HANDLE(MU_THING_STEP, step)});
    hand->state = MU_HAND_CALL;
    hand->step = step;
    now->receiver = person;
    talk(sim, step);
}

void mu_message_end(mu_sim *sim, uint32_t step, uint32_t cause) {
    mu_step_now *now = mu_step_of(sim, step);
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    const bool is_message = plan->verb == MU_VERB_NOTIFY || plan->verb == MU_VERB_REPORT;
    if (is_message && plan->given->over.count > 0 && now->line_held != 0) {
        free_line(sim, step);
        now->line_held = 0;
    }
    if (now->receiver != MU_NONE && mu_hands(sim)[now->receiver].state == MU_HAND_CALL) {
        mu_person_free(sim, now->receiver, MU_HANDLE(MU_THING_STEP, step), step, cause);
    }
    now->receiver = MU_NONE;
}

void mu_response_on_retried(mu_sim *sim, const mu_event *event) {
    const uint32_t step = event->subject;
    mu_step_now *now = mu_step_of(sim, step);
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    now->last = mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_LOST,
                         .cause = event->cause,
                         .object = mu_word_handle(plan->object_word),
                         .place = MU_HANDLE(MU_THING_CHANNEL, channel_index(sim, step)),
                         .step = MU_HANDLE(MU_THING_STEP, step),
                         .value = 1});
    mu_message_end(sim, step, now->last);
    if (now->messages % SENDINGS_MOST == 0) {
        mu_step_abandon(sim, step, now->last);
        return;
    }
    now->channel = (now->channel + 1) % plan->given->over.count;
    mu_message_start(sim, step);
    mu_step_retry_waiting(sim);
}
