/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An act is an event like any other: it writes a record that the planner brought about, and what
 * follows from it names that record as its cause. So a chain of causes leads back to the people at
 * the table. */
#include "response/act.h"

#include "response/inside.h"
#include "site/service_state.h"

static const char *const words[MU_ACT_KIND_COUNT] = {
    [MU_ACT_NONE] = "none",         [MU_ACT_CLOSE] = "close",     [MU_ACT_OPEN] = "open",
    [MU_ACT_CUT] = "cut",           [MU_ACT_RESTORE] = "restore", [MU_ACT_DELAY] = "delay",
    [MU_ACT_SUMMON] = "summon",     [MU_ACT_DECLARE] = "declare", [MU_ACT_START] = "start",
    [MU_ACT_CALL_OFF] = "call_off", [MU_ACT_PLACE] = "place",     [MU_ACT_ARRIVE] = "arrive",
};

const char *mu_act_word(mu_act_kind kind) {
    return words[kind];
}

mu_act_kind mu_act_find(const char *word) {
    for (int k = 1; k < MU_ACT_KIND_COUNT; k++) {
        if (strcmp(words[k], word) == 0) {
            return (mu_act_kind)k;
        }
    }
    return MU_ACT_NONE;
}

/* Mains power, or the channel behind it. */
static uint32_t service_of(mu_handle what) {
    return mu_handle_thing(what) == MU_THING_CHANNEL ? mu_handle_index(what) + 1 : 0;
}

static bool is_under_way(const mu_step_now *now) {
    return now->state != MU_STEP_IDLE && now->state != MU_STEP_DONE &&
           now->state != MU_STEP_ABANDONED;
}

static bool unit_is_away(const mu_sim *sim, uint32_t unit) {
    return mu_units(sim)[unit].on_site == MU_NO_RECORD;
}

/* The first of a group who has not come yet; MU_NONE: nobody is to come. */
static uint32_t first_awaited(const mu_sim *sim, uint32_t group) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_person *person = &sim->people->list.items[p];
        if (person->kind == MU_PERSON_OCCUPANT && person->later != 0 && person->from == group &&
            mu_minds(sim)[p].state == MU_OCCUPANT_EXPECTED) {
            return p;
        }
    }
    return MU_NONE;
}

static void let_arrive(mu_sim *sim, uint32_t group, uint32_t cause) {
    const uint32_t by = sim->people->roster->groups.items[group].arrives_by.index;
    const mu_road *road = &sim->site->roads.items[by];
    for (uint32_t p = first_awaited(sim, group); p < sim->people->list.count; p++) {
        const mu_person *person = &sim->people->list.items[p];
        if (person->kind == MU_PERSON_OCCUPANT && person->from == group) {
            mu_crowd_arrive(sim, p, road->space.index, road->at, cause);
        }
    }
}

bool mu_act_is_possible(const mu_sim *sim, const mu_act *act) {
    const uint32_t index = mu_handle_index(act->what);
    switch ((mu_act_kind)act->kind) {
    case MU_ACT_CLOSE:
        return mu_portals(sim)[index].state != MU_PORTAL_CLOSED;
    case MU_ACT_OPEN:
        return mu_portals(sim)[index].lost == 0 &&
               mu_portals(sim)[index].state != (uint32_t)sim->site->portals.items[index].state;
    case MU_ACT_CUT:
        return mu_services(sim)[service_of(act->what)].down == 0;
    case MU_ACT_RESTORE:
        return mu_services(sim)[service_of(act->what)].down != 0;
    case MU_ACT_DELAY:
        return unit_is_away(sim, index) && act->by_s > 0;
    case MU_ACT_SUMMON:
        return mu_units(sim)[index].told == MU_NO_RECORD;
    case MU_ACT_DECLARE:
        return true;
    case MU_ACT_START:
        return !is_under_way(mu_step_of(sim, index));
    case MU_ACT_CALL_OFF:
        return is_under_way(mu_step_of(sim, index));
    case MU_ACT_PLACE:
        return mu_second_is_awaited(sim);
    case MU_ACT_ARRIVE:
        return first_awaited(sim, index) != MU_NONE;
    case MU_ACT_NONE:
    case MU_ACT_KIND_COUNT:
        break;
    }
    return false;
}

void mu_act_schedule(mu_sim *sim, const mu_act *act) {
    mu_sim_schedule(sim, act->time_us - mu_sim_now(sim), MU_EVENT_ACT_DUE, act->kind, MU_NO_RECORD,
                    (uint64_t)act->by_s << 32 | act->what);
}

static void move_portal(mu_sim *sim, uint32_t portal, bool open, uint32_t cause) {
    mu_portal_now *door = &mu_portals(sim)[portal];
    door->target =
        open ? (uint32_t)sim->site->portals.items[portal].state : (uint32_t)MU_PORTAL_CLOSED;
    door->state = door->target;
    door->order = door->cause = cause;
    mu_crowd_on_portal(sim, portal);
}

static void set_service(mu_sim *sim, mu_handle what, bool down, uint32_t cause) {
    const uint32_t service = service_of(what);
    const mu_outage_plan *plan = &sim->threat->outage;
    mu_service_now *now = &mu_services(sim)[service];
    const uint32_t word = service == 0 ? plan->word_mains : plan->word_channel[service - 1];
    now->down = down;
    now->since = mu_sim_record(sim, down ? MU_RECORD_OUTAGE : MU_RECORD_BACK, cause, 0,
                               mu_word_handle(word), 0);
}

static void start_step(mu_sim *sim, uint32_t step, uint32_t cause) {
    mu_step_of(sim, step)->state = MU_STEP_PENDING;
    mu_step_of(sim, step)->actor = MU_NONE;
    mu_sim_schedule(sim, 0, MU_EVENT_STEP_DUE, step, cause, 0);
}

void mu_act_on_due(mu_sim *sim, const mu_event *event) {
    const mu_act act = {.kind = event->subject,
                        .what = (mu_handle)event->argument,
                        .by_s = (uint32_t)(event->argument >> 32)};
    const uint32_t index = mu_handle_index(act.what);
    const bool possible = mu_act_is_possible(sim, &act);
    const uint32_t cause = mu_sim_write(sim, (mu_record){.kind = MU_RECORD_INTERVENED,
                                                         .cause = MU_NO_RECORD,
                                                         .subject = act.what,
                                                         .value = act.kind});
    if (!possible) {
        return; /* it was possible when it was chosen; the record says that it was tried */
    }
    switch ((mu_act_kind)act.kind) {
    case MU_ACT_CLOSE:
    case MU_ACT_OPEN:
        move_portal(sim, index, act.kind == MU_ACT_OPEN, cause);
        break;
    case MU_ACT_CUT:
    case MU_ACT_RESTORE:
        set_service(sim, act.what, act.kind == MU_ACT_CUT, cause);
        break;
    case MU_ACT_DELAY:
        mu_units(sim)[index].held_us += act.by_s * MU_SECOND;
        break;
    case MU_ACT_SUMMON:
        mu_unit_tell(sim, mu_people_role(sim->people, sim->people->roster->units.items[index].role),
                     cause);
        break;
    case MU_ACT_DECLARE:
        (void)mu_sim_record(sim, MU_RECORD_DECLARED, cause, 0, act.what, 0);
        break;
    case MU_ACT_START:
        start_step(sim, index, cause);
        break;
    case MU_ACT_CALL_OFF:
        mu_step_call_off(sim, index, cause);
        break;
    case MU_ACT_PLACE:
        mu_second_place(sim, cause);
        break;
    case MU_ACT_ARRIVE:
        let_arrive(sim, index, cause);
        break;
    case MU_ACT_NONE:
    case MU_ACT_KIND_COUNT:
        break;
    }
}
