/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order to people goes out over several channels at once. Each receiver's luck with each channel
 * is their own; whoever gets the first copy is alerted by it. */
#include <math.h>
#include <stdlib.h>

#include "crowd/rooms.h"
#include "response/inside.h"
#include "site/service_state.h"

static bool hears_crew(const mu_sim *sim, uint32_t step, uint32_t person) {
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    for (uint32_t i = 0; i < count; i++) {
        if (mu_bodies(sim)[crew[i]].area == mu_bodies(sim)[person].area) {
            return true;
        }
    }
    return false;
}

/* Could this channel reach this person where they are now? */
static bool reaches(const mu_sim *sim, uint32_t step, const mu_channel *channel, uint32_t person) {
    const mu_person *p = &sim->people->list.items[person];
    if (mu_ref_list_has(&channel->dead_spaces, mu_bodies(sim)[person].area)) {
        return false;
    }
    switch (channel->kind) {
    case MU_CHANNEL_PA:
    case MU_CHANNEL_ALARM:
        return true;
    case MU_CHANNEL_SMS:
        return mu_person_has_phone(sim, person);
    case MU_CHANNEL_CHAT:
        return p->kind == MU_PERSON_OCCUPANT &&
               sim->people->roster->groups.items[p->from].familiar &&
               mu_person_has_phone(sim, person);
    case MU_CHANNEL_RADIO:
        return p->radio == MU_RADIO_WORKS;
    case MU_CHANNEL_IN_PERSON:
        return hears_crew(sim, step, person);
    case MU_CHANNEL_TELEPHONE:
    case MU_CHANNEL_SATELLITE:
        return false; /* one to one */
    }
    return false;
}

bool mu_channel_reaches(const mu_sim *sim, uint32_t step, uint32_t channel, uint32_t person) {
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT &&
           reaches(sim, step, &sim->site->channels.items[channel], person);
}

static void send_to(mu_sim *sim, uint32_t step, uint32_t channel, uint32_t person, uint32_t sent) {
    const mu_channel *given = &sim->site->channels.items[channel];
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_MESSAGE,
                  mu_hash_with(sim->people->list.items[person].hash, mu_name_hash(given->id)),
                  mu_hash_with(mu_step_plan_of(sim, step)->hash, mu_step_of(sim, step)->runs) &
                      0xffffffffU);
    const bool arrives = mu_stream_uniform(&stream) < given->delivery_chance;
    const double delay_s = mu_dist_draw(&given->latency_s, &stream.rng);
    if (arrives && mu_channel_is_up(sim, channel)) {
        mu_sim_schedule(sim, mu_time_from_s(delay_s), MU_EVENT_PERSON_ALERTED, person, sent,
                        (uint64_t)step << 32 | channel);
    } else {
        mu_sim_write(sim, (mu_record){.kind = MU_RECORD_LOST,
                                      .cause = sent,
                                      .subject = MU_HANDLE(MU_THING_PERSON, person),
                                      .place = MU_HANDLE(MU_THING_CHANNEL, channel),
                                      .step = MU_HANDLE(MU_THING_STEP, step),
                                      .value = 1});
    }
}

static bool is_addressed(const mu_sim *sim, uint32_t step, const mu_channel *channel,
                         uint32_t person) {
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT &&
           (mu_zone_has(sim, step, person) || mu_zone_must_move_on(sim, step, person)) &&
           reaches(sim, step, channel, person);
}

/* Who is addressed is asked once, and remembered where there is memory for it. */
static void send_over(mu_sim *sim, uint32_t step, uint32_t channel, uint32_t ordered) {
    const mu_channel *given = &sim->site->channels.items[channel];
    bool *known = malloc((sim->people->list.count + 1) * sizeof *known);
    uint32_t addressed = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const bool is = is_addressed(sim, step, given, p);
        if (known != NULL) {
            known[p] = is;
        }
        addressed += is;
    }
    const uint32_t sent = mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_SENT,
                         .cause = ordered,
                         .object = mu_word_handle(mu_step_plan_of(sim, step)->object_word),
                         .place = MU_HANDLE(MU_THING_CHANNEL, channel),
                         .step = MU_HANDLE(MU_THING_STEP, step),
                         .value = addressed});
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (known != NULL ? known[p] : is_addressed(sim, step, given, p)) {
            send_to(sim, step, channel, p, sent);
        }
    }
    free(known);
}

/* What is missing where no channel of an order carries to somebody. */
static uint32_t what_is_missing(const mu_sim *sim, const mu_ref_list *over, uint32_t person) {
    uint32_t missing = 0;
    for (uint32_t i = 0; i < over->count; i++) {
        const mu_channel_kind kind = sim->site->channels.items[over->items[i].index].kind;
        const bool spoken = kind == MU_CHANNEL_PA || kind == MU_CHANNEL_ALARM;
        const bool written = kind == MU_CHANNEL_SMS || kind == MU_CHANNEL_CHAT;
        missing |= spoken ? 1U << MU_UNREACHED_NO_SPEAKER : 0;
        missing |= written && !mu_person_has_phone(sim, person) ? 1U << MU_UNREACHED_NO_PHONE : 0;
    }
    return missing != 0 ? missing : 1U << MU_UNREACHED_NO_SPEAKER;
}

static bool is_within_reach(const mu_sim *sim, uint32_t step, uint32_t person) {
    const mu_ref_list *over = &mu_step_plan_of(sim, step)->given->over;
    for (uint32_t i = 0; i < over->count; i++) {
        if (mu_channel_reaches(sim, step, over->items[i].index, person)) {
            return true;
        }
    }
    return false;
}

/* Those whom the order is for and whom none of its channels can reach where they are. */
static void note_unreached(mu_sim *sim, uint32_t step, uint32_t ordered) {
    const mu_ref_list *over = &mu_step_plan_of(sim, step)->given->over;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (sim->people->list.items[p].kind == MU_PERSON_OCCUPANT && mu_zone_has(sim, step, p) &&
            !is_within_reach(sim, step, p)) {
            mu_sim_write(sim, (mu_record){.kind = MU_RECORD_UNREACHED,
                                          .cause = ordered,
                                          .subject = MU_HANDLE(MU_THING_PERSON, p),
                                          .place = mu_care_place(sim, p),
                                          .step = MU_HANDLE(MU_THING_STEP, step),
                                          .value = what_is_missing(sim, over, p)});
        }
    }
}

void mu_broadcast(mu_sim *sim, uint32_t step, uint32_t ordered) {
    const mu_ref_list *over = &mu_step_plan_of(sim, step)->given->over;
    for (uint32_t i = 0; i < over->count; i++) {
        send_over(sim, step, over->items[i].index, ordered);
    }
    note_unreached(sim, step, ordered);
}

/* The last order to leave for an assembly point; MU_NONE. */
static uint32_t last_order(const mu_sim *sim) {
    uint32_t last = MU_NONE;
    for (uint32_t k = 0; k < sim->response->clears.count; k++) {
        const uint32_t s = sim->response->clears.items[k];
        const uint32_t ordered = mu_zones(sim)[s].ordered;
        if (ordered != MU_NO_RECORD && mu_step_plan_of(sim, s)->verb == MU_VERB_EVACUATE &&
            (last == MU_NONE || ordered > mu_zones(sim)[last].ordered)) {
            last = s;
        }
    }
    return last;
}

static uint32_t in_person_channel(const mu_sim *sim) {
    for (uint32_t c = 0; c < sim->site->channels.count; c++) {
        if (sim->site->channels.items[c].kind == MU_CHANNEL_IN_PERSON) {
            return c;
        }
    }
    return MU_NONE;
}

/* Of two in one area: has not been reached by the order yet, and can see `teller` go. */
static bool overhears(const mu_sim *sim, uint32_t step, uint32_t person, uint32_t teller) {
    const mu_body *own = &mu_bodies(sim)[person];
    return person != teller && mu_orders(sim)[person].step != step &&
           mu_minds(sim)[person].goal.kind != MU_GOAL_ASSEMBLY && mu_zone_has(sim, step, person) &&
           mu_area_sees(sim->walkable, own->area, mu_crowd_at(sim, person),
                        mu_crowd_at(sim, teller), 0);
}

/* One who leaves tells another, or is seen to leave: each such occasion has luck of its own. */
static void tell_one(mu_sim *sim, uint32_t step, uint32_t channel, uint32_t person, uint32_t teller,
                     uint32_t sent) {
    const mu_channel *given = &sim->site->channels.items[channel];
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_HEARSAY, sim->people->list.items[person].hash,
                  (uint32_t)sim->people->list.items[teller].hash);
    if (mu_stream_uniform(&stream) < given->delivery_chance) {
        mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(&given->latency_s, &stream.rng)),
                        MU_EVENT_PERSON_ALERTED, person, sent, (uint64_t)step << 32 | channel);
    }
}

static uint32_t write_told(mu_sim *sim, uint32_t step, uint32_t channel, uint32_t teller,
                           uint32_t cause) {
    return mu_sim_write(sim, (mu_record){.kind = MU_RECORD_TOLD,
                                         .cause = cause,
                                         .subject = MU_HANDLE(MU_THING_PERSON, teller),
                                         .place = MU_HANDLE(MU_THING_CHANNEL, channel),
                                         .step = MU_HANDLE(MU_THING_STEP, step)});
}

void mu_tell_in_person(mu_sim *sim, uint32_t step, uint32_t teller, uint32_t cause) {
    const uint32_t channel = in_person_channel(sim);
    const uint32_t area = mu_bodies(sim)[teller].area;
    uint32_t sent = MU_NO_RECORD;
    for (uint32_t p = channel == MU_NONE ? MU_NONE : mu_room_next(sim, area, 0); p != MU_NONE;
         p = mu_room_next(sim, area, p + 1)) {
        if (overhears(sim, step, p, teller)) {
            sent = sent == MU_NO_RECORD ? write_told(sim, step, channel, teller, cause) : sent;
            tell_one(sim, step, channel, p, teller, sent);
        }
    }
}

void mu_word_of_mouth(mu_sim *sim, uint32_t record) {
    const uint32_t step = last_order(sim);
    const uint32_t teller = mu_handle_index(mu_log_get(sim->log, record)->subject);
    if (step != MU_NONE && mu_minds(sim)[teller].goal.kind == MU_GOAL_ASSEMBLY) {
        mu_tell_in_person(sim, step, teller, record);
    }
}

/* The middle of a room beyond the radius, where people may wait; false if it is none. */
static bool is_refuge(const mu_sim *sim, const mu_step_plan *plan, uint32_t room, mu_goal *goal) {
    const mu_space *space = &sim->site->spaces.items[room];
    if (!mu_walkable_area(sim->walkable, room)->walkable || space->use == MU_USE_STAIR ||
        space->use == MU_USE_SANITARY) {
        return false;
    }
    *goal = (mu_goal){.kind = MU_GOAL_POINT,
                      .area = room,
                      .at = mu_area_sample(sim->walkable, room, 0.5, 0.5, 0.5)};
    const double dx = goal->at.x - plan->at.at.x, dy = goal->at.y - plan->at.at.y;
    return space->level.index != plan->level || sqrt(dx * dx + dy * dy) > plan->given->radius_m + 2;
}

/* Is any place of a room as near to a point on its level as so many square metres say? */
static bool may_be_nearer(const mu_sim *sim, uint32_t room, mu_point at, double than_m2) {
    const mu_area *in = mu_walkable_area(sim->walkable, room);
    const double dx = fmax(fmax(in->low.x - at.x, at.x - in->high.x) - MU_AREA_BOX_M, 0);
    const double dy = fmax(fmax(in->low.y - at.y, at.y - in->high.y) - MU_AREA_BOX_M, 0);
    return dx * dx + dy * dy < than_m2;
}

/* The room that is nearest in a straight line on the same level: what is further than the way
 * there need not be looked for. */
static uint32_t likely_refuge(const mu_sim *sim, const mu_step_plan *plan, uint32_t person) {
    const mu_point at = mu_crowd_at(sim, person);
    const uint32_t level = mu_walkable_area(sim->walkable, mu_bodies(sim)[person].area)->level;
    uint32_t likely = MU_NONE;
    double least = INFINITY;
    for (uint32_t s = 0; s < sim->site->spaces.count; s++) {
        mu_goal goal;
        if (sim->site->spaces.items[s].level.index == level && may_be_nearer(sim, s, at, least) &&
            is_refuge(sim, plan, s, &goal)) {
            const double dx = goal.at.x - at.x, dy = goal.at.y - at.y, off = dx * dx + dy * dy;
            likely = off < least ? s : likely;
            least = off < least ? off : least;
        }
    }
    return likely;
}

/* The nearest such room, the first of equally near ones: where those go who are only to move
 * away. */
static mu_goal refuge(mu_sim *sim, uint32_t step, uint32_t person) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_goal best = {.kind = MU_GOAL_ASSEMBLY}, goal;
    double best_way = mu_crowd_way(sim, person, best);
    uint32_t best_room = MU_NONE;
    const uint32_t likely = likely_refuge(sim, plan, person);
    if (likely != MU_NONE && is_refuge(sim, plan, likely, &goal)) {
        const double way = mu_crowd_way_within(sim, person, goal, best_way);
        if (way < best_way) {
            best = goal;
            best_way = way;
            best_room = likely;
        }
    }
    double *least = malloc((mu_walkable_area_count(sim->walkable) + 1) * sizeof *least);
    const bool known = least != NULL && mu_crowd_reach(sim, person, best_way, least);
    for (uint32_t s = 0; s < sim->site->spaces.count; s++) {
        if (s == likely || (known && !(least[s] <= best_way)) || !is_refuge(sim, plan, s, &goal)) {
            continue;
        }
        const bool goes_first = best_room != MU_NONE && s < best_room;
        const double most = goes_first ? nextafter(best_way, INFINITY) : best_way;
        const double way = mu_crowd_way_within(sim, person, goal, most);
        if (way < most) {
            best = goal;
            best_way = way;
            best_room = s;
        }
    }
    free(least);
    return best;
}

static mu_goal where_to(mu_sim *sim, uint32_t step, uint32_t person) {
    return mu_step_plan_of(sim, step)->zone == MU_ZONE_RADIUS ? refuge(sim, step, person)
                                                              : mu_step_plan_of(sim, step)->gather;
}

/* Someone who had been alerted by an earlier order, a smaller one or one to take shelter, leaves at
 * once on a wider one. */
static void widen(mu_sim *sim, uint32_t person, mu_goal goal, uint32_t cause) {
    const mu_mind *mind = &mu_minds(sim)[person];
    const bool on_the_way = mind->evacuating != 0 && mind->goal.kind == MU_GOAL_ASSEMBLY &&
                            mind->goal.area == goal.area;
    if (goal.kind == MU_GOAL_ASSEMBLY && !on_the_way) {
        (void)mu_crowd_leave_at_once(sim, person, goal, cause);
    }
}

/* Takes an order to leave: keeps clear of what it says, and goes once ready. */
static void leave(mu_sim *sim, uint32_t step, uint32_t person, mu_handle over, uint32_t delivered) {
    mu_order_now *order = &mu_orders(sim)[person];
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    if (order->step == step && order->kind == MU_ORDER_LEAVE) {
        return; /* the same order by another channel */
    }
    const mu_goal goal = where_to(sim, step, person);
    if (order->step != MU_NONE) {
        mu_crowd_need_not(sim, person, &mu_step_plan_of(sim, order->step)->shun);
    }
    *order = (mu_order_now){.step = step, .kind = MU_ORDER_LEAVE, .room = MU_NONE};
    (void)mu_crowd_keep_clear(sim, person, &plan->shun, goal);
    const double factor = sim->site->channels.items[mu_handle_index(over)].response_factor;
    if (mu_crowd_alert(sim, person, over, factor, goal, delivered) == MU_NO_RECORD) {
        widen(sim, person, goal, delivered);
    }
}

void mu_response_on_alerted(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    const uint32_t step = (uint32_t)(event->argument >> 32);
    const uint32_t channel = (uint32_t)event->argument;
    const mu_handle over = MU_HANDLE(MU_THING_CHANNEL, channel);
    if (mu_log_get(sim->log, event->cause)->kind == MU_RECORD_TOLD &&
        mu_orders(sim)[person].step == step) {
        return; /* several had said so at once, and the first was heard */
    }
    const uint32_t delivered =
        mu_sim_write(sim, (mu_record){.kind = MU_RECORD_DELIVERED,
                                      .cause = event->cause,
                                      .subject = MU_HANDLE(MU_THING_PERSON, person),
                                      .place = over,
                                      .step = MU_HANDLE(MU_THING_STEP, step),
                                      .value = 1});
    if (mu_zone_must_move_on(sim, step, person)) {
        mu_zone_move_on(sim, step, person, delivered);
        return;
    }
    const uint32_t state = mu_minds(sim)[person].state;
    if (state != MU_OCCUPANT_INSIDE && state != MU_OCCUPANT_SHELTERING) {
        return; /* out already, or beyond orders */
    }
    if (mu_step_shelters(mu_step_plan_of(sim, step))) {
        mu_shelter_told(sim, step, person, over, delivered);
    } else {
        leave(sim, step, person, over, delivered);
    }
}
