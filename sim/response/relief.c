/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who comes and who goes keep their stage each; the one who comes leads. */
#include "response/relief.h"

#include "crowd/guides.h"
#include "response/inside.h"

#define DAY_S 86400.0

/* What a RELIEF_DUE event says: they come; they come every day; the incident's change number so
 * many calls them. */
enum { COMES, DAILY, CALLED };

static mu_relief_now *relief_of(const mu_sim *sim, uint32_t person) {
    return &((mu_relief_now *)mu_world_section(&sim->world, MU_SECTION_RELIEF))[person];
}

static const mu_member *member_of(const mu_sim *sim, uint32_t person) {
    const mu_person *p = &sim->people->list.items[person];
    return p->kind == MU_PERSON_MEMBER ? &sim->people->roster->members.items[p->from] : NULL;
}

static bool is_here(const mu_sim *sim, uint32_t person) {
    return mu_bodies(sim)[person].mode != MU_BODY_ABSENT;
}

bool mu_is_on_duty(const mu_sim *sim, uint32_t person) {
    const mu_hand *hand = &mu_hands(sim)[person];
    const bool comes =
        hand->state == MU_HAND_RELIEF && relief_of(sim, person)->stage != MU_RELIEF_NONE;
    return is_here(sim, person) && hand->state != MU_HAND_OFF && !comes;
}

void mu_relief_register(const mu_people *people, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_RELIEF, sizeof(mu_relief_now), people->list.count);
}

/* Until the next time of day at which somebody's shift begins. */
static double until_shift_s(const mu_sim *sim, const mu_member *member) {
    const double hours = member->comes_at_h - sim->response->start_h;
    return (hours > 0 ? hours : hours + 24) * DAY_S / 24;
}

static bool changes(const mu_shift_change *change, const char *role) {
    for (uint32_t i = 0; i < change->roles.count; i++) {
        if (strcmp(change->roles.items[i], role) == 0) {
            return true;
        }
    }
    return change->roles.count == 0;
}

static void schedule_changes(mu_sim *sim, uint32_t person) {
    for (uint32_t k = 0; k < sim->response->shift_change_count; k++) {
        const mu_shift_change *change = &sim->response->shift_changes[k];
        if (changes(change, member_of(sim, person)->role)) {
            mu_sim_schedule(sim, mu_time_from_s(change->at_s), MU_EVENT_RELIEF_DUE, person,
                            MU_NO_RECORD, CALLED + k);
        }
    }
}

void mu_relief_begin(mu_sim *sim) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        *relief_of(sim, p) = (mu_relief_now){.partner = MU_NONE, .last = MU_NO_RECORD};
        const mu_member *member = member_of(sim, p);
        if (member == NULL || member->relieves.id == NULL) {
            continue;
        }
        if (member->off_duty) {
            mu_hands(sim)[p].state = MU_HAND_OFF;
        }
        if (member->comes_at_h >= 0) {
            mu_sim_schedule(sim, mu_time_from_s(until_shift_s(sim, member)), MU_EVENT_RELIEF_DUE, p,
                            MU_NO_RECORD, DAILY);
        }
        schedule_changes(sim, p);
    }
}

static uint32_t tell(mu_sim *sim, mu_record_kind kind, uint32_t person, uint32_t partner,
                     uint32_t cause) {
    return mu_sim_write(
        sim, (mu_record){.kind = (uint16_t)kind,
                         .cause = cause,
                         .subject = MU_HANDLE(MU_THING_PERSON, person),
                         .object = mu_word_named(
                             sim, sim->people->roles.items[sim->people->list.items[person].role]),
                         .holder = partner == MU_NONE ? 0 : MU_HANDLE(MU_THING_PERSON, partner)});
}

static void walk(mu_sim *sim, uint32_t person, mu_relief_stage stage, mu_goal goal) {
    mu_relief_now *now = relief_of(sim, person);
    now->stage = stage;
    mu_crowd_send(sim, person, goal, 1.0, now->last);
}

static mu_goal where_is(const mu_sim *sim, uint32_t person) {
    return (mu_goal){
        .kind = MU_GOAL_POINT, .area = mu_bodies(sim)[person].area, .at = mu_crowd_at(sim, person)};
}

static bool stands(const mu_sim *sim, uint32_t person) {
    return person != MU_NONE && is_here(sim, person) &&
           mu_bodies(sim)[person].mode != MU_BODY_WALKING &&
           mu_bodies(sim)[person].area < sim->site->spaces.count;
}

/* Their own post; else where the one relieved stands; else somewhere in their own room. */
static mu_goal workplace(const mu_sim *sim, uint32_t person) {
    const uint32_t post = sim->people->list.items[person].post;
    if (post != MU_NONE) {
        const mu_post *own = &sim->site->posts.items[post];
        return (mu_goal){.kind = MU_GOAL_POINT, .area = own->space.index, .at = own->at};
    }
    if (stands(sim, relief_of(sim, person)->partner)) {
        return where_is(sim, relief_of(sim, person)->partner);
    }
    const uint32_t space = member_of(sim, person)->space.index;
    return (mu_goal){.kind = MU_GOAL_POINT,
                     .area = space,
                     .at = mu_area_sample(sim->walkable, space, 0.5, 0.5, 0.5)};
}

static bool is_away(const mu_sim *sim, uint32_t person) {
    return !is_here(sim, person) && mu_hands(sim)[person].state == MU_HAND_OFF;
}

/* The incident changes the shift, and whoever is on duty does not wait: true if so. */
static bool leaves_a_gap(mu_sim *sim, uint32_t person, uint32_t change) {
    const double gap_s = sim->response->shift_changes[change].gap_s;
    const uint32_t partner = sim->response->relieves[person];
    if (gap_s <= 0) {
        return false;
    }
    if (partner != MU_NONE) {
        mu_sim_schedule(sim, 0, MU_EVENT_RELIEF_GOES, partner, MU_NO_RECORD, 0);
    }
    mu_sim_schedule(sim, mu_time_from_s(gap_s), MU_EVENT_RELIEF_DUE, person, MU_NO_RECORD, COMES);
    return true;
}

void mu_relief_on_due(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    if (event->argument == DAILY) {
        mu_sim_schedule(sim, mu_time_from_s(DAY_S), MU_EVENT_RELIEF_DUE, person, MU_NO_RECORD,
                        DAILY);
    }
    if (!is_away(sim, person) || (event->argument >= CALLED &&
                                  leaves_a_gap(sim, person, (uint32_t)event->argument - CALLED))) {
        return;
    }
    const uint32_t partner = sim->response->relieves[person];
    mu_relief_now *now = relief_of(sim, person);
    mu_hands(sim)[person].state = MU_HAND_RELIEF;
    now->partner = partner;
    now->goes = 0;
    if (partner != MU_NONE && is_here(sim, partner) &&
        mu_hands(sim)[partner].state != MU_HAND_OFF) {
        relief_of(sim, partner)->partner = person;
    }
    const mu_road *road = &sim->site->roads.items[member_of(sim, person)->road.index];
    now->last = tell(sim, MU_RECORD_RELIEF_COMES, person, partner, event->cause);
    mu_crowd_enter(sim, person, road->space.index, road->at);
    walk(sim, person, MU_RELIEF_COMING, workplace(sim, person));
}

/* Work that can be handed over where it is done: a post that is held, or work that goes on. */
static bool can_pass_on(const mu_sim *sim, uint32_t person) {
    const mu_hand *hand = &mu_hands(sim)[person];
    if (hand->state != MU_HAND_STEP || hand->there == 0) {
        return false;
    }
    const mu_step_plan *plan = mu_step_plan_of(sim, hand->step);
    const uint32_t state = mu_step_of(sim, hand->step)->state;
    return !plan->rounds && plan->given->over.count == 0 &&
           (state == MU_STEP_HOLDING || state == MU_STEP_WORKING);
}

static bool hands_over(const mu_sim *sim, uint32_t partner) {
    return partner != MU_NONE && is_here(sim, partner) &&
           mu_minds(sim)[partner].state != MU_OCCUPANT_HELD &&
           mu_hands(sim)[partner].state != MU_HAND_OFF;
}

static void talk(mu_sim *sim, uint32_t person) {
    mu_relief_now *now = relief_of(sim, person);
    const uint32_t partner = hands_over(sim, now->partner) ? now->partner : MU_NONE;
    now->stage = MU_RELIEF_TALKING;
    now->last = tell(sim, MU_RECORD_HANDOVER, person, partner, now->last);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_RELIEF, sim->people->list.items[person].hash,
                  now->count++);
    mu_sim_schedule(sim,
                    mu_time_from_s(mu_dist_draw(&member_of(sim, person)->handover_s, &stream.rng)),
                    MU_EVENT_RELIEF_DONE, person, now->last, 0);
}

/* There, or the other has become free: goes up to them, waits for them, or does without. */
static void meet(mu_sim *sim, uint32_t person) {
    mu_relief_now *now = relief_of(sim, person);
    const uint32_t partner = now->partner;
    if (!hands_over(sim, partner)) {
        talk(sim, person);
        return;
    }
    mu_hand *other = &mu_hands(sim)[partner];
    if (other->state == MU_HAND_FREE) {
        other->state = MU_HAND_RELIEF; /* stays where they are: nothing else comes first */
        other->walk = MU_WALK_NONE;
        mu_crowd_rest(sim, partner);
    } else if (!can_pass_on(sim, partner)) {
        now->stage = MU_RELIEF_WAITING;
        return;
    }
    walk(sim, person, MU_RELIEF_MEETING, where_is(sim, partner));
}

static void leave(mu_sim *sim, uint32_t person, uint32_t cause) {
    mu_relief_now *now = relief_of(sim, person);
    const mu_member *own = member_of(sim, person);
    const mu_member *next =
        now->partner == MU_NONE ? own : member_of(sim, now->partner); /* who relieves them */
    const mu_ref *road = own->road.id != NULL ? &own->road : &next->road;
    mu_hands(sim)[person].state = MU_HAND_OFF;
    mu_hands(sim)[person].walk = MU_WALK_NONE;
    now->goes = 0;
    now->partner = MU_NONE;
    now->last = tell(sim, MU_RECORD_OFF_DUTY, person, MU_NONE, cause);
    walk(sim, person, MU_RELIEF_LEAVING,
         (mu_goal){.kind = MU_GOAL_POINT,
                   .area = sim->site->roads.items[road->index].space.index,
                   .at = sim->site->roads.items[road->index].at});
}

void mu_relief_on_goes(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    if (!is_here(sim, person) || mu_hands(sim)[person].state == MU_HAND_OFF) {
        return;
    }
    mu_relief_now *now = relief_of(sim, person);
    now->goes = 1;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        now->partner = sim->response->relieves[p] == person ? p : now->partner;
    }
    if (mu_person_is_idle(sim, person)) {
        leave(sim, person, event->cause);
    }
}

bool mu_relief_freed(mu_sim *sim, uint32_t person) {
    mu_relief_now *now = relief_of(sim, person);
    if (now->partner == MU_NONE || sim->response->relieves[now->partner] != person) {
        return false;
    }
    mu_relief_now *next = relief_of(sim, now->partner);
    if (next->stage == MU_RELIEF_WAITING) {
        next->last = mu_hands(sim)[person].freed;
        meet(sim, now->partner);
        return true;
    }
    if (next->stage == MU_RELIEF_MEETING || next->stage == MU_RELIEF_TALKING) {
        mu_hands(sim)[person].state = MU_HAND_RELIEF; /* what was handed over is over */
        return true;
    }
    if (now->goes != 0) {
        leave(sim, person, mu_hands(sim)[person].freed);
        return true;
    }
    return false;
}

bool mu_relief_arrived(mu_sim *sim, uint32_t person) {
    mu_relief_now *now = relief_of(sim, person);
    switch ((mu_relief_stage)now->stage) {
    case MU_RELIEF_COMING:
        meet(sim, person);
        return true;
    case MU_RELIEF_MEETING:
        talk(sim, person);
        return true;
    case MU_RELIEF_LEAVING:
        now->stage = MU_RELIEF_NONE;
        mu_crowd_take_away(sim, person);
        return true;
    case MU_RELIEF_NONE:
    case MU_RELIEF_WAITING:
    case MU_RELIEF_TALKING:
        break;
    }
    return false;
}

/* The one who comes stands in for the other in what they hold or do. */
static void pass_on(mu_sim *sim, uint32_t from, uint32_t to) {
    mu_hand *old = &mu_hands(sim)[from], *heir = &mu_hands(sim)[to];
    heir->state = old->state;
    heir->step = old->step;
    heir->there = old->there;
    heir->post = old->post;
    heir->fetching = 0;
    heir->walk = MU_WALK_NONE;
    old->step = MU_NONE;
    old->there = 0;
    const mu_ref_list *doors = &mu_step_plan_of(sim, heir->step)->given->leads_to;
    mu_guide_leave(sim, from);
    if (doors->count > 0) {
        mu_guide_place(sim, to, doors, relief_of(sim, to)->last);
    }
}

void mu_relief_on_done(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    mu_relief_now *now = relief_of(sim, person);
    const uint32_t partner = now->partner;
    const bool parts = hands_over(sim, partner);
    now->stage = MU_RELIEF_NONE;
    now->partner = MU_NONE;
    now->last = tell(sim, MU_RECORD_RELIEVED, person, parts ? partner : MU_NONE, event->cause);
    const mu_handle held_by = MU_HANDLE(MU_THING_PERSON, partner == MU_NONE ? person : partner);
    if (parts && can_pass_on(sim, partner)) {
        pass_on(sim, partner, person);
    } else {
        mu_person_free(sim, person, held_by, MU_NONE, now->last);
    }
    if (parts) {
        leave(sim, partner, now->last);
    }
    mu_step_retry_waiting(sim);
}
