/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which occupants an order concerns, and when the last of them is gone or in shelter. 'Gone' from
 * the site means at an assembly point or off the site; from a building, through the last door; from
 * a radius, beyond it. An order that leaves out part of its zone clears the rest of it first
 * (cleared:elsewhere), and the zone itself when nobody is left in any of it. A zone is secured once
 * nobody in it is left outside a shelter and no door is being locked any more. */
#include <math.h>

#include "crowd/scratch.h"
#include "response/inside.h"

/* A radius is looked at this often: its clearing is exact to this. */
#define RADIUS_LOOK_US (MU_SECOND / 4)

/* Whoever is sheltering can be ordered out; the others who are not inside are beyond orders. */
static bool is_concerned(const mu_sim *sim, const mu_step_plan *plan, uint32_t person) {
    const uint32_t state = mu_minds(sim)[person].state;
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT &&
           (state == MU_OCCUPANT_INSIDE || state == MU_OCCUPANT_REFUGE ||
            (state == MU_OCCUPANT_SHELTERING && plan->verb == MU_VERB_EVACUATE));
}

/* People at an assembly point take about a square metre each; they are gone beyond this many. */
#define ASSEMBLY_LEAST_M 20.0

static bool stands_at(const mu_sim *sim, uint32_t assembly, uint32_t person) {
    const mu_assembly *point = &sim->site->assembly_points.items[assembly];
    const mu_body *body = &mu_bodies(sim)[person];
    const uint32_t state = mu_minds(sim)[person].state;
    const mu_point at = mu_crowd_at(sim, person);
    const double dx = at.x - point->at.x, dy = at.y - point->at.y;
    const double reach_m = fmax(ASSEMBLY_LEAST_M, sqrt((double)point->capacity));
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT &&
           body->mode != MU_BODY_ABSENT && body->area == point->space.index &&
           (state == MU_OCCUPANT_OUT || state == MU_OCCUPANT_INSIDE) &&
           dx * dx + dy * dy <= reach_m * reach_m;
}

bool mu_zone_must_move_on(const mu_sim *sim, uint32_t step, uint32_t person) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    const mu_mind *mind = &mu_minds(sim)[person];
    if (mu_bodies(sim)[person].mode == MU_BODY_WALKING && mind->goal.kind == MU_GOAL_ASSEMBLY &&
        mind->goal.area == plan->gather.area) {
        return false; /* goes already */
    }
    if (plan->zone == MU_ZONE_ASSEMBLY) {
        return stands_at(sim, plan->zone_index, person);
    }
    const uint32_t points = sim->site->assembly_points.count;
    for (uint32_t p = 0; p < points && p < MU_ASSEMBLY_MOST && plan->zone == MU_ZONE_SITE; p++) {
        if ((plan->gather.area >> p & 1) != 0 && mind->state == MU_OCCUPANT_OUT &&
            stands_at(sim, p, person)) {
            return true;
        }
    }
    return false;
}

void mu_zone_move_on(mu_sim *sim, uint32_t step, uint32_t person, uint32_t cause) {
    mu_mind *mind = &mu_minds(sim)[person];
    mind->moves_record =
        mu_sim_record(sim, MU_RECORD_MOVES, cause, MU_HANDLE(MU_THING_PERSON, person), 0, 0);
    mind->evacuating = 1;
    mu_crowd_send(sim, person, mu_step_plan_of(sim, step)->gather, 1.0, mind->moves_record);
}

bool mu_zone_has(const mu_sim *sim, uint32_t step, uint32_t person) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    if (plan->zone == MU_ZONE_ASSEMBLY) {
        return stands_at(sim, plan->zone_index, person);
    }
    if (plan->areas == NULL || !is_concerned(sim, plan, person) ||
        !plan->areas[mu_bodies(sim)[person].area]) {
        return false;
    }
    return plan->zone != MU_ZONE_RADIUS ||
           mu_crowd_is_within(sim, person, plan->level, plan->at.at, plan->given->radius_m);
}

/* Is somebody within a radius one of those who have to go? */
static bool is_of_zone(const mu_sim *sim, const void *of, uint32_t person) {
    const mu_step_plan *plan = of;
    return is_concerned(sim, plan, person) && plan->areas[mu_bodies(sim)[person].area];
}

/* How many are still to go; `last` is set to one of them, the lowest by index. */
static uint32_t count_remaining(const mu_sim *sim, uint32_t step, uint32_t *last) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    if (plan->zone == MU_ZONE_RADIUS && plan->areas != NULL) {
        return mu_crowd_first_within(sim, plan->level, plan->at.at, plan->given->radius_m,
                                     is_of_zone, plan, last);
    }
    if (plan->zone != MU_ZONE_ASSEMBLY) {
        return plan->areas == NULL ? 0 : mu_crowd_census(sim, is_of_zone, plan, last);
    }
    uint32_t remaining = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_zone_has(sim, step, p)) {
            *last = remaining == 0 ? p : *last;
            remaining++;
        }
    }
    return remaining;
}

/* Is anybody in what the order leaves out, who has neither left nor been taken away? */
static bool is_elsewhere_only(const mu_sim *sim, const mu_step_plan *plan) {
    for (uint32_t p = 0; plan->whole != NULL && p < sim->people->list.count; p++) {
        const uint32_t state = mu_minds(sim)[p].state;
        const mu_body *body = &mu_bodies(sim)[p];
        if (sim->people->list.items[p].kind == MU_PERSON_OCCUPANT && body->mode != MU_BODY_ABSENT &&
            plan->whole[body->area] && state != MU_OCCUPANT_OUT && state != MU_OCCUPANT_TAKEN) {
            return true;
        }
    }
    return false;
}

static void write_cleared(mu_sim *sim, uint32_t step, uint32_t cause, mu_handle who) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_zone_now *zone = &mu_zones(sim)[step];
    if (mu_step_shelters(plan)) {
        zone->cleared = mu_step_record(sim, step, MU_RECORD_SECURED, cause, who);
        return;
    }
    if (plan->whole != NULL && zone->elsewhere == MU_NO_RECORD) {
        zone->elsewhere =
            mu_sim_write(sim, (mu_record){.kind = MU_RECORD_CLEARED,
                                          .cause = cause,
                                          .subject = who,
                                          .object = mu_word_handle(plan->elsewhere_word),
                                          .place = mu_word_handle(plan->place_word),
                                          .step = MU_HANDLE(MU_THING_STEP, step)});
    }
    if (!is_elsewhere_only(sim, plan)) {
        zone->cleared = mu_step_record(sim, step, MU_RECORD_CLEARED, cause, who);
    }
}

void mu_zone_watch(mu_sim *sim, uint32_t step, uint32_t ordered) {
    mu_zone_now *zone = &mu_zones(sim)[step];
    if (zone->cleared != MU_NO_RECORD) {
        return; /* ordered once more, after it had been cleared */
    }
    zone->ordered = ordered;
    zone->watched = MU_NONE;
    zone->remaining = count_remaining(sim, step, &zone->watched);
    if (zone->remaining == 0 && !mu_shelter_is_locking(sim, step)) {
        write_cleared(sim, step, ordered, 0);
    } else if (mu_step_is_watched(mu_step_plan_of(sim, step))) {
        mu_sim_schedule(sim, RADIUS_LOOK_US, MU_EVENT_ZONE_WATCHED, step, ordered, 0);
    }
}

void mu_response_on_zone_watched(mu_sim *sim, const mu_event *event) {
    const uint32_t step = event->subject;
    mu_zone_now *zone = &mu_zones(sim)[step];
    uint32_t last = zone->watched;
    zone->remaining = count_remaining(sim, step, &last);
    if (zone->remaining > 0) {
        zone->watched = last;
        mu_sim_schedule(sim, RADIUS_LOOK_US, MU_EVENT_ZONE_WATCHED, step, event->cause, 0);
        return;
    }
    /* The last one's own way out explains the time; someone who had never been told, just left. */
    const uint32_t moves = mu_minds(sim)[zone->watched].moves_record;
    write_cleared(sim, step, moves == MU_NO_RECORD || moves < event->cause ? event->cause : moves,
                  MU_HANDLE(MU_THING_PERSON, zone->watched));
}

void mu_zone_hear(mu_sim *sim, uint32_t record) {
    for (uint32_t k = 0; k < sim->response->clears.count; k++) {
        const uint32_t s = sim->response->clears.items[k];
        mu_zone_now *zone = &mu_zones(sim)[s];
        if (zone->ordered == MU_NO_RECORD || zone->cleared != MU_NO_RECORD) {
            continue;
        }
        zone->remaining = count_remaining(sim, s, &zone->watched);
        if (zone->remaining == 0 && !mu_shelter_is_locking(sim, s)) {
            write_cleared(sim, s, record, mu_log_get(sim->log, record)->subject);
        }
    }
}
