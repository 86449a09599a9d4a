/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything follows from who is where at one moment: those in the place are held, those who see it
 * run (run, hide, and only then fight: US DHS and CISA), the rest learn of it from the response. */
#include "threat/threat.h"

#include <math.h>
#include <stdlib.h>

#include "crowd/scratch.h"
#include "site/field_of_view.h"
#include "site/line_of_sight.h"
#include "site/service_state.h"

/* Occasions of one person's draws. */
enum { DRAW_NOTICE, DRAW_LET_GO };

static const mu_hostage_plan *plan_of(const mu_sim *sim) {
    return &sim->threat->hostage;
}

static mu_hostage_now *hostage_now(const mu_sim *sim) {
    return mu_world_section(&sim->world, MU_SECTION_HOSTAGE);
}

static mu_captive *captives(const mu_sim *sim) {
    return mu_world_section(&sim->world, MU_SECTION_CAPTIVE);
}

static bool is_occupant(const mu_sim *sim, uint32_t person) {
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT;
}

void mu_hostage_register(const mu_hostage_plan *plan, const mu_people *people, mu_layout *layout) {
    if (plan->given != NULL) {
        mu_layout_add(layout, MU_SECTION_HOSTAGE, sizeof(mu_hostage_now), 1);
        mu_layout_add(layout, MU_SECTION_CAPTIVE, sizeof(mu_captive), people->list.count);
    }
}

void mu_hostage_begin(mu_sim *sim, uint32_t started) {
    if (plan_of(sim)->given == NULL) {
        return;
    }
    *hostage_now(sim) =
        (mu_hostage_now){.seized = MU_NO_RECORD, .noticed = MU_NO_RECORD, .resolved = MU_NO_RECORD};
    mu_sim_schedule(sim, mu_time_from_s(plan_of(sim)->given->seized_at_s), MU_EVENT_HOSTAGE_SEIZES,
                    0, started, 0);
}

/* Who is held. */

static bool can_be_held(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    if (body->mode == MU_BODY_ABSENT || !plan_of(sim)->core[body->area]) {
        return false;
    }
    return is_occupant(sim, person) ? mu_minds(sim)[person].state == MU_OCCUPANT_INSIDE
                                    : plan_of(sim)->given->holds_responders;
}

static double metres_to(const mu_sim *sim, uint32_t person) {
    const mu_point at = mu_crowd_at(sim, person), place = plan_of(sim)->given->at;
    return sqrt((at.x - place.x) * (at.x - place.x) + (at.y - place.y) * (at.y - place.y));
}

/* The nearest of those who can be held and are not yet; MU_NONE. */
static uint32_t next_to_hold(const mu_sim *sim) {
    uint32_t best = MU_NONE;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (can_be_held(sim, p) && mu_minds(sim)[p].state != MU_OCCUPANT_HELD &&
            (best == MU_NONE || metres_to(sim, p) < metres_to(sim, best))) {
            best = p;
        }
    }
    return best;
}

static uint32_t count_to_hold(const mu_sim *sim) {
    uint32_t there = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        there += can_be_held(sim, p);
    }
    const uint32_t most = (uint32_t)plan_of(sim)->given->holds;
    return most > 0 && there > most ? most : there;
}

static void hold(mu_sim *sim, uint32_t person, uint32_t cause) {
    mu_crowd_stay(sim, person);
    if (is_occupant(sim, person)) {
        mu_crowd_set_state(sim, person, MU_OCCUPANT_HELD, cause);
    } else {
        mu_minds(sim)[person].state = MU_OCCUPANT_HELD; /* counted apart */
        mu_scratch_note_state(sim, person);
    }
}

/* Who sees it, and how the site may learn of it. */

static bool sees(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_hostage_plan *plan = plan_of(sim);
    return body->mode != MU_BODY_ABSENT && plan->exposed[body->area] &&
           mu_minds(sim)[person].state != MU_OCCUPANT_HELD &&
           mu_line_of_sight_has(sim->walkable, plan->area, plan->given->at, body->area,
                                mu_crowd_at(sim, person));
}

static mu_time draw(const mu_sim *sim, uint64_t subject, uint32_t occasion, double chance,
                    const mu_dist *delay_s) {
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_HOSTAGE, subject, occasion);
    const bool happens = mu_stream_uniform(&stream) < chance;
    const double seconds = mu_dist_draw(delay_s, &stream.rng);
    return happens ? mu_time_from_s(seconds) : MU_NEVER;
}

/* The exposed area that an occupant is in, plus 1; 0 = none. */
static uint32_t sight_of(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    /* Where nearly nobody is comes first. */
    return body->mode != MU_BODY_ABSENT && plan_of(sim)->exposed[body->area] &&
                   is_occupant(sim, person)
               ? body->area + 1
               : 0;
}

static void let_witnesses_run(mu_sim *sim, uint32_t seized) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        captives(sim)[p].sees = sees(sim, p);
        captives(sim)[p].in_sight = sight_of(sim, p);
        if (captives(sim)[p].sees != 0) {
            mu_sim_schedule(sim,
                            draw(sim, sim->people->list.items[p].hash, DRAW_NOTICE, 1,
                                 &plan_of(sim)->given->notice_s),
                            MU_EVENT_HOSTAGE_SEEN, p, seized, 0);
        }
    }
}

static mu_time draw_equipment(const mu_sim *sim, const mu_equipment *thing) {
    const mu_hostage_given *given = plan_of(sim)->given;
    const uint64_t hash = mu_name_hash(thing->id);
    if (thing->kind == MU_EQUIPMENT_CAMERA &&
        mu_view_sees(sim->walkable, thing, given->space.index, given->at)) {
        return draw(sim, hash, DRAW_NOTICE, given->camera_notice_chance, &given->camera_notice_s);
    }
    if (thing->kind == MU_EQUIPMENT_DURESS_BUTTON && thing->space.index == given->space.index) {
        return draw(sim, hash, DRAW_NOTICE, given->button_chance, &given->button_s);
    }
    return MU_NEVER;
}

static void let_others_notice(mu_sim *sim, uint32_t seized) {
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        const mu_time delay = draw_equipment(sim, &sim->site->equipment.items[e]);
        if (delay != MU_NEVER) {
            mu_sim_schedule(sim, delay, MU_EVENT_HOSTAGE_NOTICED, e, seized, 0);
        }
    }
    const mu_dist *call_s = &plan_of(sim)->given->call_s;
    if (mu_dist_mean(call_s) > 0) {
        mu_sim_schedule(sim, draw(sim, mu_name_hash("call"), DRAW_NOTICE, 1, call_s),
                        MU_EVENT_HOSTAGE_NOTICED, MU_NONE, seized, 0);
    }
}

void mu_hostage_on_seizes(mu_sim *sim, const mu_event *event) {
    const mu_hostage_given *given = plan_of(sim)->given;
    const uint32_t count = count_to_hold(sim);
    const uint32_t seized =
        mu_sim_write(sim, (mu_record){.kind = MU_RECORD_SEIZED,
                                      .cause = event->cause,
                                      .object = mu_word(plan_of(sim)->word_hostage),
                                      .place = MU_HANDLE(MU_THING_SPACE, given->space.index),
                                      .value = count});
    hostage_now(sim)->seized = seized;
    for (uint32_t k = 0; k < count; k++) {
        hold(sim, next_to_hold(sim), seized);
    }
    let_witnesses_run(sim, seized);
    let_others_notice(sim, seized);
    for (uint32_t k = 0; k < given->lets_go.count; k++) {
        const mu_time at = mu_time_from_s(given->lets_go.items[k].at_s);
        mu_sim_schedule(sim, at > mu_sim_now(sim) ? at - mu_sim_now(sim) : 0,
                        MU_EVENT_HOSTAGE_LETS_GO, k, seized, 0);
    }
    mu_hostage_look(sim);
}

static void notice(mu_sim *sim, mu_handle who, uint32_t means, uint32_t cause) {
    mu_hostage_now *now = hostage_now(sim);
    if (now->noticed == MU_NO_RECORD) {
        now->noticed = mu_sim_record(sim, MU_RECORD_NOTICED, cause, who,
                                     mu_word(plan_of(sim)->word_hostage), mu_word(means));
    }
}

static uint32_t means_of(const mu_sim *sim, uint32_t person) {
    const mu_person *p = &sim->people->list.items[person];
    const mu_hostage_plan *plan = plan_of(sim);
    if (p->kind == MU_PERSON_OCCUPANT) {
        return sim->people->roster->groups.items[p->from].familiar ? plan->word_staff
                                                                   : plan->word_visitor;
    }
    return p->role == mu_people_role(sim->people, "guard") ? plan->word_guard : plan->word_staff;
}

void mu_hostage_on_seen(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    if (mu_bodies(sim)[person].mode == MU_BODY_ABSENT) {
        return;
    }
    notice(sim, MU_HANDLE(MU_THING_PERSON, person), means_of(sim, person), event->cause);
    const mu_mind *mind = &mu_minds(sim)[person];
    if (!is_occupant(sim, person) || mind->state != MU_OCCUPANT_INSIDE || mind->evacuating != 0) {
        return;
    }
    const uint32_t alerted = mu_crowd_hear(sim, person, 0, event->cause);
    const mu_goal out = {.kind = MU_GOAL_ASSEMBLY};
    (void)mu_crowd_keep_clear(sim, person, &plan_of(sim)->shun, out);
    (void)mu_crowd_leave_at_once(sim, person, out,
                                 alerted == MU_NO_RECORD ? event->cause : alerted);
}

void mu_hostage_on_noticed(mu_sim *sim, const mu_event *event) {
    const mu_hostage_plan *plan = plan_of(sim);
    if (event->subject == MU_NONE) {
        notice(sim, 0, plan->word_call, event->cause);
        return;
    }
    const mu_equipment *thing = &sim->site->equipment.items[event->subject];
    if (!mu_equipment_works(sim, thing)) {
        if (hostage_now(sim)->noticed == MU_NO_RECORD &&
            hostage_now(sim)->resolved == MU_NO_RECORD) {
            mu_sim_schedule(sim, MU_BLIND_LOOK_US, MU_EVENT_HOSTAGE_NOTICED, event->subject,
                            event->cause, 0);
        }
        return;
    }
    const bool camera = thing->kind == MU_EQUIPMENT_CAMERA;
    notice(sim, MU_HANDLE(MU_THING_EQUIPMENT, event->subject),
           camera ? plan->word_camera : plan->word_button, event->cause);
}

/* The end, and what comes before it. */

static double luck_of(const mu_sim *sim, uint32_t person) {
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_HOSTAGE, sim->people->list.items[person].hash,
                  DRAW_LET_GO);
    return mu_stream_uniform(&stream);
}

/* Of the occupants who are held, the one who goes next. */
static uint32_t next_to_go(const mu_sim *sim) {
    uint32_t best = MU_NONE;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_occupant(sim, p) && mu_minds(sim)[p].state == MU_OCCUPANT_HELD &&
            (best == MU_NONE || luck_of(sim, p) < luck_of(sim, best))) {
            best = p;
        }
    }
    return best;
}

void mu_hostage_on_lets_go(mu_sim *sim, const mu_event *event) {
    const uint32_t held = mu_crowd(sim)->in_state[MU_OCCUPANT_HELD];
    const double share = plan_of(sim)->given->lets_go.items[event->subject].share;
    const uint32_t count = (uint32_t)ceil(share * held);
    if (hostage_now(sim)->resolved != MU_NO_RECORD || count == 0) {
        return;
    }
    const uint32_t let_go =
        mu_sim_write(sim, (mu_record){.kind = MU_RECORD_LET_GO,
                                      .cause = event->cause,
                                      .object = mu_word(plan_of(sim)->word_hostage),
                                      .value = count});
    for (uint32_t k = 0; k < count; k++) {
        const uint32_t person = next_to_go(sim);
        mu_crowd_set_state(sim, person, MU_OCCUPANT_INSIDE, let_go);
        (void)mu_crowd_hear(sim, person, 0, let_go);
        (void)mu_crowd_leave_at_once(sim, person, (mu_goal){.kind = MU_GOAL_ASSEMBLY}, let_go);
    }
}

static void resolve(mu_sim *sim, uint32_t cause) {
    const uint32_t resolved =
        mu_sim_write(sim, (mu_record){.kind = MU_RECORD_RESOLVED,
                                      .cause = cause,
                                      .object = mu_word(plan_of(sim)->word_hostage),
                                      .value = mu_crowd(sim)->in_state[MU_OCCUPANT_HELD]});
    hostage_now(sim)->resolved = resolved;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_minds(sim)[p].state != MU_OCCUPANT_HELD) {
            continue;
        }
        if (is_occupant(sim, p)) {
            mu_crowd_set_state(sim, p, MU_OCCUPANT_INSIDE, resolved);
        } else {
            mu_minds(sim)[p].state = MU_OCCUPANT_INSIDE;
            mu_scratch_note_state(sim, p);
        }
    }
}

void mu_hostage_hear(mu_sim *sim, uint32_t record) {
    const mu_hostage_plan *plan = plan_of(sim);
    if (plan->given == NULL) {
        return;
    }
    const mu_record *r = mu_log_get(sim->log, record);
    const bool ends =
        r->kind == (plan->given->ends == MU_HOSTAGE_ENDS_NEGOTIATED ? MU_RECORD_NEGOTIATED
                                                                    : MU_RECORD_CONTAINED);
    const mu_hostage_now *now = hostage_now(sim);
    if (ends && r->object == mu_word(plan->word_hostage) && now->seized != MU_NO_RECORD &&
        now->resolved == MU_NO_RECORD) {
        resolve(sim, record);
    }
}

void mu_hostage_look(mu_sim *sim) {
    const mu_hostage_plan *plan = plan_of(sim);
    if (plan->given == NULL || hostage_now(sim)->seized == MU_NO_RECORD ||
        hostage_now(sim)->resolved != MU_NO_RECORD) {
        return;
    }
    uint32_t in_sight = 0;
    mu_captive *captive = captives(sim); /* telling makes no world grow */
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const uint32_t before = captive[p].in_sight, here = sight_of(sim, p);
        if ((before | here) == 0) {
            continue;
        }
        in_sight += here != 0 && mu_minds(sim)[p].state != MU_OCCUPANT_HELD;
        if (here != 0 && here != before) {
            mu_sim_write(sim, (mu_record){.kind = MU_RECORD_CROSSED,
                                          .cause = mu_minds(sim)[p].walk_record,
                                          .subject = MU_HANDLE(MU_THING_PERSON, p),
                                          .object = mu_word(plan->word_sight),
                                          .place = MU_HANDLE(MU_THING_SPACE, here - 1),
                                          .value = before != 0});
        }
        captive[p].in_sight = here;
    }
    if (in_sight != hostage_now(sim)->in_sight) {
        hostage_now(sim)->in_sight = in_sight;
        mu_sim_write(sim, (mu_record){.kind = MU_RECORD_EXPOSED,
                                      .cause = hostage_now(sim)->seized,
                                      .object = mu_word(plan->word_hostage),
                                      .place = mu_word(plan->word_sight),
                                      .value = in_sight});
    }
}
