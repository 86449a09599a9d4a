/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Triggers hear the log: a step becomes pending when its last 'all' term, or its first 'any' term,
 * is met. Since threat and crowd only write records, they need not know that anybody listens. */
#include "crowd/lift.h"
#include "response/alarms.h"
#include "response/climate.h"
#include "response/desk.h"
#include "response/hospital.h"
#include "response/information.h"
#include "response/inside.h"
#include "response/measures.h"
#include "response/passes.h"
#include "response/provisions.h"
#include "response/screening.h"
#include "response/suppression.h"
#include "threat/threat.h"

static mu_term_now *terms_now(const mu_sim *sim) {
    return mu_world_section(&sim->world, MU_SECTION_TERM);
}

bool mu_term_is_met(const mu_sim *sim, uint32_t term) {
    return terms_now(sim)[term].met != MU_NO_RECORD;
}

static bool trigger_is_complete(const mu_sim *sim, const mu_step_plan *plan) {
    for (uint32_t i = 0; i < plan->all_count; i++) {
        if (!mu_term_is_met(sim, plan->all[i])) {
            return false;
        }
    }
    bool any = plan->any_count == 0;
    for (uint32_t i = 0; i < plan->any_count; i++) {
        any = any || mu_term_is_met(sim, plan->any[i]);
    }
    return any;
}

static void start_waiting(mu_sim *sim, uint32_t step, uint32_t record) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_step_now *now = mu_step_of(sim, step);
    const mu_handle subject = mu_log_get(sim->log, record)->subject;
    now->state = MU_STEP_PENDING;
    now->trigger = record;
    now->actor = mu_handle_thing(subject) == MU_THING_PERSON ? mu_handle_index(subject) : MU_NONE;
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_DECISION, plan->hash, 0);
    const double wait_s =
        mu_information_factor(sim, step) * mu_dist_draw(&plan->given->when.wait_s, &stream.rng);
    mu_sim_schedule(sim, mu_time_from_s(wait_s), MU_EVENT_STEP_DUE, step, record, 0);
}

static void tell_step(mu_sim *sim, uint32_t step, uint32_t term, uint32_t record) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    if (mu_step_is_off_at(plan, term)) {
        mu_step_call_off(sim, step, record);
    } else if (plan->until == term) {
        mu_step_end_hold(sim, step, record);
    } else if (mu_step_of(sim, step)->state == MU_STEP_IDLE && trigger_is_complete(sim, plan)) {
        start_waiting(sim, step, record);
    }
}

static void hear_milestone(mu_sim *sim, uint32_t id) {
    const mu_record record = *mu_log_get(sim->log, id);
    for (uint32_t t = 0; t < sim->response->terms.count; t++) {
        const mu_trigger_term *term = &sim->response->terms.items[t];
        if (terms_now(sim)[t].met == MU_NO_RECORD && mu_term_matches(&term->term, &record)) {
            terms_now(sim)[t].met = id;
            for (uint32_t i = 0; i < term->steps.count; i++) {
                tell_step(sim, term->steps.items[i], t, id);
            }
        }
    }
}

/* A general alarm, or the order to leave the whole site or every building: no order that clears a
 * part of it. */
static bool recalls_lifts(const mu_sim *sim, uint32_t record) {
    const mu_record *heard = mu_log_get(sim->log, record);
    if (heard->kind != MU_RECORD_ORDERED || mu_handle_thing(heard->step) != MU_THING_STEP) {
        return heard->kind == MU_RECORD_ALARM;
    }
    const mu_zone_kind zone = mu_step_plan_of(sim, mu_handle_index(heard->step))->zone;
    return zone == MU_ZONE_SITE || zone == MU_ZONE_BUILDING;
}

/* Whoever calls from a refuge after its helpers had finished and gone is helped all the same. */
static void hear_call(mu_sim *sim, uint32_t record) {
    for (uint32_t s = 0; s < sim->response->steps.count; s++) {
        const mu_step_plan *plan = mu_step_plan_of(sim, s);
        if (plan->brings_down && mu_step_of(sim, s)->state == MU_STEP_DONE) {
            start_waiting(sim, s, record);
        }
    }
}

static void hear(mu_sim *sim, uint32_t id) {
    const mu_record_kind kind = (mu_record_kind)mu_log_get(sim->log, id)->kind;
    if (recalls_lifts(sim, id)) {
        mu_crowd_raise_alarm(sim, id);
    }
    if (kind == MU_RECORD_HELP_CALLED) {
        hear_call(sim, id);
    }
    if (mu_record_is_milestone(kind)) {
        hear_milestone(sim, id);
        mu_threat_hear(sim, id);
        mu_crew_hear(sim, id);
        mu_alarms_hear(sim, id);
        mu_suppression_hear(sim, id);
        mu_screening_hear(sim, id);
        mu_provisions_hear(sim, id);
        mu_hospitals_hear(sim, id);
        mu_passes_hear(sim, id);
        mu_climate_hear(sim, id);
        mu_desk_hear(sim, id);
    } else if (kind == MU_RECORD_LEFT || kind == MU_RECORD_STATE || kind == MU_RECORD_LOCKED) {
        mu_zone_hear(sim, id);
    } else if (kind == MU_RECORD_SMELT) {
        mu_gas_hear(sim, id);
    } else if (kind == MU_RECORD_MOVES) {
        mu_word_of_mouth(sim, id);
    }
    mu_measures_hear(sim, id);
    mu_roll_hear(sim, id);
    mu_rounds_hear(sim, id);
}

void mu_response_hear_news(mu_sim *sim) {
    const uint32_t cursor = sim->response->terms.count;
    while (terms_now(sim)[cursor].met < mu_world_clock(&sim->world)->log_count) {
        hear(sim, terms_now(sim)[cursor].met++);
    }
}
