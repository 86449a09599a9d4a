/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First come, first served among alarms; a step of a playbook that waits for the same people goes
 * before them. An alarm of a sensor that has one at the desk already is the same alarm. */
#include "response/alarms.h"

#include "response/desk.h"
#include "response/inside.h"
#include "site/service_state.h"

static mu_alarm *alarms(const mu_sim *sim) {
    return mu_world_section(&sim->world, MU_SECTION_ALARM);
}

static bool has_desk(const mu_sim *sim) {
    return sim->site->alarm_desk.role != NULL;
}

void mu_alarms_register(const mu_site *site, mu_layout *layout) {
    if (site->alarm_desk.role != NULL) {
        mu_layout_add(layout, MU_SECTION_ALARM, sizeof(mu_alarm), site->equipment.count);
    }
}

static void schedule_false(mu_sim *sim, uint32_t equipment) {
    const mu_equipment *thing = &sim->site->equipment.items[equipment];
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_FALSE_ALARM, mu_name_hash(thing->id),
                  alarms(sim)[equipment].falses++);
    const mu_dist gap = {.kind = MU_DIST_EXPONENTIAL, .a = 86400 / thing->false_per_day};
    mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(&gap, &stream.rng)), MU_EVENT_ALARM_FALSE,
                    equipment, MU_NO_RECORD, 0);
}

void mu_alarms_begin(mu_sim *sim) {
    for (uint32_t e = 0; has_desk(sim) && e < sim->site->equipment.count; e++) {
        alarms(sim)[e] =
            (mu_alarm){.request = MU_NO_RECORD, .granted = MU_NO_RECORD, .person = MU_NONE};
        if (sim->site->equipment.items[e].false_per_day > 0) {
            schedule_false(sim, e);
        }
    }
}

static void ask(mu_sim *sim, uint32_t equipment, bool real, uint32_t cause) {
    mu_alarm *alarm = &alarms(sim)[equipment];
    alarm->real |= real;
    if (alarm->state == MU_ALARM_QUIET) {
        alarm->state = MU_ALARM_WAITS;
        alarm->request = mu_sim_record(sim, MU_RECORD_REQUESTED, cause,
                                       MU_HANDLE(MU_THING_EQUIPMENT, equipment), 0, 0);
        mu_alarms_retry(sim);
    }
}

void mu_alarms_on_false(mu_sim *sim, const mu_event *event) {
    const mu_handle subject = MU_HANDLE(MU_THING_EQUIPMENT, event->subject);
    if (!mu_equipment_works(sim, &sim->site->equipment.items[event->subject])) {
        schedule_false(sim, event->subject);
        return;
    }
    const uint32_t raised = mu_sim_record(sim, MU_RECORD_FALSE_ALARM, MU_NO_RECORD, subject, 0, 0);
    schedule_false(sim, event->subject);
    ask(sim, event->subject, false, raised);
}

void mu_alarms_hear(mu_sim *sim, uint32_t record) {
    const mu_record *heard = mu_log_get(sim->log, record);
    if (has_desk(sim) && heard->kind == MU_RECORD_DETECTED &&
        mu_handle_thing(heard->subject) == MU_THING_EQUIPMENT) {
        ask(sim, mu_handle_index(heard->subject), true, record);
    }
}

/* The one that has waited longest; MU_NONE. */
static uint32_t longest_waiting(const mu_sim *sim) {
    uint32_t best = MU_NONE;
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        const mu_alarm *alarm = &alarms(sim)[e];
        if (alarm->state == MU_ALARM_WAITS &&
            (best == MU_NONE || alarm->request < alarms(sim)[best].request)) {
            best = e;
        }
    }
    return best;
}

static void look_at(mu_sim *sim, uint32_t equipment, uint32_t person) {
    mu_alarm *alarm = &alarms(sim)[equipment];
    mu_hand *hand = &mu_hands(sim)[person];
    const bool waited = hand->freed != MU_NO_RECORD && hand->freed > alarm->request;
    alarm->granted = mu_sim_write(
        sim,
        (mu_record){.kind = MU_RECORD_GRANTED,
                    .cause = alarm->request,
                    .subject = MU_HANDLE(MU_THING_PERSON, person),
                    .holder =
                        waited ? mu_desk_held_by(sim, person, alarm->request, hand->held_by) : 0});
    alarm->state = MU_ALARM_LOOKED_AT;
    alarm->person = person;
    hand->state = MU_HAND_ROUTINE;
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_ASSESS,
                  mu_name_hash(sim->site->equipment.items[equipment].id), alarm->looks++);
    mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(&sim->site->alarm_desk.assess_s, &stream.rng)),
                    MU_EVENT_ALARM_ASSESSED, equipment, alarm->granted, 0);
}

void mu_alarms_retry(mu_sim *sim) {
    uint32_t equipment = has_desk(sim) ? longest_waiting(sim) : MU_NONE;
    const uint32_t role =
        equipment == MU_NONE ? MU_NONE : mu_people_role(sim->people, sim->site->alarm_desk.role);
    while (role != MU_NONE && equipment != MU_NONE) {
        const uint32_t person = mu_crew_find_free(sim, role);
        if (person == MU_NONE) {
            return;
        }
        look_at(sim, equipment, person);
        equipment = longest_waiting(sim);
    }
}

void mu_alarms_on_assessed(mu_sim *sim, const mu_event *event) {
    mu_alarm *alarm = &alarms(sim)[event->subject];
    const uint32_t person = alarm->person;
    const mu_equipment *thing = &sim->site->equipment.items[event->subject];
    const uint32_t assessed = mu_sim_record(
        sim, MU_RECORD_ASSESSED, event->cause, MU_HANDLE(MU_THING_PERSON, person),
        mu_word_named(sim, alarm->real == 0                             ? "false"
                           : thing->kind == MU_EQUIPMENT_CLIMATE_SENSOR ? "climate"
                                                                        : "intrusion"),
        mu_word_named(sim, thing->guards));
    alarm->state = MU_ALARM_QUIET;
    alarm->real = 0;
    alarm->person = MU_NONE;
    mu_person_free(sim, person, MU_HANDLE(MU_THING_EQUIPMENT, event->subject), MU_NONE, assessed);
    mu_step_retry_waiting(sim);
}

bool mu_alarms_wait(const mu_sim *sim) {
    for (uint32_t e = 0; has_desk(sim) && e < sim->site->equipment.count; e++) {
        if (alarms(sim)[e].state != MU_ALARM_QUIET && alarms(sim)[e].real != 0) {
            return true;
        }
    }
    return false;
}
