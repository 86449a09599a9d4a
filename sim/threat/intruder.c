/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A leg has two stages: the way to what is in its way, and from there into the space. At each the
 * sensors that have to do with it draw, each once a leg, whether and when they find out. */
#include <math.h>

#include "site/portal_state.h"
#include "site/service_state.h"
#include "threat/threat.h"

enum { STAGE_AT, STAGE_IN };

static const mu_intruder_plan *plan_of(const mu_sim *sim) {
    return &sim->threat->intruder;
}

static mu_intruder_now *intruder(const mu_sim *sim) {
    return mu_world_section(&sim->world, MU_SECTION_INTRUDER);
}

static const mu_leg *leg_of(const mu_sim *sim, uint32_t leg) {
    return &plan_of(sim)->given->path.items[leg];
}

void mu_intruder_register(const mu_intruder_plan *plan, mu_layout *layout) {
    if (plan->given != NULL) {
        mu_layout_add(layout, MU_SECTION_INTRUDER, sizeof(mu_intruder_now), 1);
    }
}

void mu_intruder_begin(mu_sim *sim, uint32_t started) {
    if (plan_of(sim)->given == NULL) {
        return;
    }
    *intruder(sim) = (mu_intruder_now){
        .last = started, .over = MU_NO_RECORD, .awaited = MU_NO_RECORD, .area = MU_NONE};
    mu_sim_schedule(sim, mu_time_from_s(plan_of(sim)->given->starts_at_s), MU_EVENT_INTRUDER_MOVES,
                    0, started, STAGE_AT);
}

bool mu_intruder_is_open(const mu_sim *sim) {
    return plan_of(sim)->given != NULL && intruder(sim)->over == MU_NO_RECORD;
}

static void measure(mu_sim *sim, uint32_t of, mu_handle place, double value) {
    mu_sim_measure(sim, mu_word(of), place, value, intruder(sim)->last);
}

static bool is_dark(const mu_sim *sim, const mu_leg *leg) {
    return plan_of(sim)->given->dark &&
           sim->site->spaces.items[leg->space.index].use == MU_USE_OUTDOOR;
}

/* Lets every sensor that has to do with it find out or not. */
static void touch(mu_sim *sim, uint32_t leg, mu_touch what, uint32_t cause) {
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        const mu_equipment *thing = &sim->site->equipment.items[e];
        if (!mu_sensor_minds(sim->walkable, thing, leg_of(sim, leg), what)) {
            continue;
        }
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_SENSOR, mu_name_hash(thing->id), leg);
        const bool finds =
            mu_stream_uniform(&stream) < mu_sensor_chance(thing, is_dark(sim, leg_of(sim, leg)));
        const double after_s = mu_dist_draw(
            thing->kind == MU_EQUIPMENT_CAMERA ? &thing->spots_in_s : &thing->detects_in_s,
            &stream.rng);
        if (finds && mu_equipment_works(sim, thing)) {
            mu_sim_schedule(sim, mu_time_from_s(after_s), MU_EVENT_INTRUDER_DETECTED, e, cause, 0);
        }
    }
}

/* Was anything that guards the same already found disturbed? */
static bool is_known(const mu_sim *sim, uint32_t guards) {
    for (uint32_t id = mu_log_count(sim->log); id-- > 0;) {
        const mu_record *record = mu_log_get(sim->log, id);
        if (record->kind == MU_RECORD_DETECTED && record->place == mu_word(guards) &&
            record->object == mu_word(plan_of(sim)->word_intrusion)) {
            return true;
        }
    }
    return false;
}

void mu_intruder_on_detected(mu_sim *sim, const mu_event *event) {
    const mu_equipment *thing = &sim->site->equipment.items[event->subject];
    const mu_handle subject = MU_HANDLE(MU_THING_EQUIPMENT, event->subject);
    const uint32_t guards = plan_of(sim)->word_guards[event->subject];
    const mu_handle place = guards == MU_NONE ? 0 : mu_word(guards);
    const uint32_t detected = mu_sim_record(sim, MU_RECORD_DETECTED, event->cause, subject,
                                            mu_word(plan_of(sim)->word_kind[thing->kind]), place);
    if (guards != MU_NONE && !is_known(sim, guards)) {
        mu_sim_record(sim, MU_RECORD_DETECTED, detected, 0, mu_word(plan_of(sim)->word_intrusion),
                      place);
    }
}

static void stop(mu_sim *sim, uint32_t record) {
    intruder(sim)->over = record;
}

static void deny(mu_sim *sim, uint32_t leg, uint32_t by) {
    const uint32_t denied =
        mu_sim_record(sim, MU_RECORD_DENIED, intruder(sim)->last,
                      MU_HANDLE(MU_THING_PORTAL, leg_of(sim, leg)->through.index), mu_word(by), 0);
    touch(sim, leg, MU_TOUCH_DOOR, denied);
    stop(sim, denied);
}

/* Is the portal shut now against whoever does not force it? */
static bool is_shut(const mu_sim *sim, const mu_leg *leg) {
    return leg->through.id != NULL && mu_portals(sim)[leg->through.index].state != MU_PORTAL_OPEN &&
           mu_portals(sim)[leg->through.index].state != MU_PORTAL_EXIT_ONLY;
}

/* Have they forced the other door of a lock, so that it stands open? */
static bool is_interlocked(const mu_sim *sim, uint32_t leg, const mu_portal *portal) {
    bool open = false;
    for (uint32_t k = 0; portal->interlock.id != NULL && k < leg; k++) {
        const mu_leg *before = leg_of(sim, k);
        open = open || (before->how == MU_LEG_FORCES && before->through.id != NULL &&
                        before->through.index == portal->interlock.index);
    }
    return open;
}

/* What the site's own rules do to somebody who tries a controlled door; true: stopped. */
static bool is_refused(mu_sim *sim, uint32_t leg) {
    const mu_intruder_plan *plan = plan_of(sim);
    const mu_leg *given = leg_of(sim, leg);
    const mu_portal *portal =
        given->through.id == NULL ? NULL : &sim->site->portals.items[given->through.index];
    if (portal != NULL && given->how == MU_LEG_FOLLOWS) {
        measure(sim, plan->word_per_pass, 0, portal->one_per_pass ? 1 : 2);
        if (portal->one_per_pass) {
            deny(sim, leg, plan->word_turnstile);
            return true;
        }
    }
    if (portal != NULL && given->how == MU_LEG_BADGES) {
        measure(sim, plan->word_two_person, mu_word(plan->word_persons),
                portal->needs_persons > 1 ? (double)portal->needs_persons : 1);
        measure(sim, plan->word_two_person, mu_word(plan->word_locks), (double)portal->locks);
        if (portal->needs_persons > 1) {
            deny(sim, leg, plan->word_two_person);
            return true;
        }
    }
    if (portal != NULL && given->how != MU_LEG_FORCES && is_interlocked(sim, leg, portal)) {
        deny(sim, leg, plan->word_interlock);
        return true;
    }
    if (given->how != MU_LEG_CLIMBS && given->how != MU_LEG_FORCES && is_shut(sim, given)) {
        deny(sim, leg, plan->word_passage);
        return true;
    }
    return false;
}

static void measure_wall(mu_sim *sim) {
    if (sim->site->wall_height_m > 0) {
        measure(sim, plan_of(sim)->word_height, 0, sim->site->wall_height_m);
        measure(sim, plan_of(sim)->word_top, 0, sim->site->wall_topped ? 1 : 0);
    }
}

static void disturb(mu_sim *sim, uint32_t leg) {
    const mu_intruder_plan *plan = plan_of(sim);
    const mu_leg *given = leg_of(sim, leg);
    if (given->how != MU_LEG_CLIMBS && given->how != MU_LEG_FORCES) {
        return;
    }
    const bool fence = given->how == MU_LEG_CLIMBS;
    intruder(sim)->last = mu_sim_record(sim, MU_RECORD_DISTURBED, intruder(sim)->last,
                                        MU_HANDLE(MU_THING_SPACE, given->space.index),
                                        mu_word(fence ? plan->word_fence : plan->word_door),
                                        mu_word(plan->word_as[leg]));
    if (fence) {
        measure_wall(sim);
    }
    touch(sim, leg, fence ? MU_TOUCH_FENCE : MU_TOUCH_DOOR, intruder(sim)->last);
}

static void reach_barrier(mu_sim *sim, uint32_t leg) {
    if (is_refused(sim, leg)) {
        return;
    }
    disturb(sim, leg);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_INTRUDER, mu_name_hash("barrier"), leg);
    const double delay_s = mu_dist_draw(&leg_of(sim, leg)->delay_s, &stream.rng);
    mu_sim_schedule(sim, mu_time_from_s(delay_s), MU_EVENT_INTRUDER_MOVES, leg, intruder(sim)->last,
                    STAGE_IN);
}

static void go_on(mu_sim *sim, uint32_t leg) {
    const mu_intruder_given *given = plan_of(sim)->given;
    const mu_point from = leg_of(sim, leg)->at, to = leg_of(sim, leg + 1)->at;
    const double dx = to.x - from.x, dy = to.y - from.y;
    const double way_m = sqrt(dx * dx + dy * dy);
    mu_sim_schedule(sim, mu_time_from_s(leg_of(sim, leg)->stays_s + way_m / given->speed_mps),
                    MU_EVENT_INTRUDER_MOVES, leg + 1, intruder(sim)->last, STAGE_AT);
}

static void come_in(mu_sim *sim, uint32_t leg) {
    const mu_intruder_plan *plan = plan_of(sim);
    const mu_leg *given = leg_of(sim, leg);
    mu_intruder_now *now = intruder(sim);
    now->leg = leg;
    now->area = given->space.index;
    now->last =
        mu_sim_record(sim, MU_RECORD_ENTERED, now->last,
                      MU_HANDLE(MU_THING_SPACE, given->space.index), mu_word(plan->word_as[leg]),
                      mu_word(is_dark(sim, given) ? plan->word_dark : plan->word_light));
    touch(sim, leg, MU_TOUCH_PRESENCE, now->last);
    if (leg + 1 < plan->given->path.count) {
        go_on(sim, leg);
    } else if (now->awaited == MU_NO_RECORD) {
        now->last = mu_sim_record(sim, MU_RECORD_ENTERED, now->last,
                                  MU_HANDLE(MU_THING_SPACE, given->space.index),
                                  mu_word(plan->word_target), 0);
        stop(sim, now->last);
    } else {
        stop(sim, now->awaited);
    }
}

uint32_t mu_intruder_space(const mu_sim *sim) {
    return intruder(sim)->area;
}

void mu_intruder_hold(mu_sim *sim, mu_time long_us) {
    intruder(sim)->held_us += long_us;
}

void mu_intruder_on_moves(mu_sim *sim, const mu_event *event) {
    mu_intruder_now *now = intruder(sim);
    if (now->over != MU_NO_RECORD) {
        return;
    }
    if (now->held_us > 0) {
        mu_sim_schedule(sim, now->held_us, MU_EVENT_INTRUDER_MOVES, event->subject, event->cause,
                        event->argument);
        now->held_us = 0;
        return;
    }
    if (event->argument == STAGE_AT) {
        reach_barrier(sim, event->subject);
    } else {
        come_in(sim, event->subject);
    }
}

/* Those who take control wait at the end of the path; whoever has got there already has done what
 * they came for. */
void mu_intruder_hear(mu_sim *sim, uint32_t record) {
    const mu_record *heard = mu_log_get(sim->log, record);
    if (mu_intruder_is_open(sim) && heard->kind == MU_RECORD_CONTAINED &&
        heard->object == mu_word(plan_of(sim)->word_suspect)) {
        intruder(sim)->awaited = record;
    }
}
