/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person lives on one person-day a day, whoever they are. Between looks as many eat as at the
 * look before. */
#include "response/provisions.h"

#include <math.h>

#include "response/inside.h"
#include "response/measures.h"
#include "response/relief.h"

#define DAY_S   86400.0
#define LOOK_US (3600 * MU_SECOND)

static mu_provisions_now *provisions(const mu_sim *sim) {
    return mu_world_section(&sim->world, MU_SECTION_PROVISIONS);
}

void mu_provisions_register(mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_PROVISIONS, sizeof(mu_provisions_now), 1);
}

void mu_provisions_begin(mu_sim *sim) {
    *provisions(sim) = (mu_provisions_now){.since_us = MU_NEVER, .cause = MU_NO_RECORD};
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        provisions(sim)->left_days += sim->site->equipment.items[e].person_days;
    }
}

/* Before anybody has to stay: everyone who is there. Then: who is inside, and who is on duty. */
static bool eats(const mu_sim *sim, uint32_t person, bool besieged) {
    if (sim->people->list.items[person].kind != MU_PERSON_OCCUPANT) {
        return mu_is_on_duty(sim, person);
    }
    const mu_occupant_state state = (mu_occupant_state)mu_minds(sim)[person].state;
    return mu_bodies(sim)[person].mode != MU_BODY_ABSENT &&
           (!besieged || state == MU_OCCUPANT_INSIDE || state == MU_OCCUPANT_SHELTERING ||
            state == MU_OCCUPANT_HELD);
}

static uint32_t count_eating(const mu_sim *sim) {
    const bool besieged = provisions(sim)->since_us != MU_NEVER;
    uint32_t count = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        count += eats(sim, p, besieged);
    }
    return count;
}

double mu_provisions_last_days(const mu_sim *sim) {
    const mu_provisions_now *now = provisions(sim);
    const uint32_t eating = count_eating(sim);
    const double past_days =
        now->since_us == MU_NEVER ? 0 : mu_time_to_s(now->looked_us - now->since_us) / DAY_S;
    const bool has = eating > 0 && (now->left_days > 0 || past_days > 0);
    return has ? past_days + now->left_days / eating : (double)NAN;
}

static void tell(mu_sim *sim, mu_record_kind kind, uint32_t *told) {
    if (*told == 0) {
        *told = 1;
        (void)mu_sim_record(sim, kind, provisions(sim)->cause, 0, mu_word_named(sim, MU_PROVISIONS),
                            0);
    }
}

/* Takes off what was eaten since the last look. What ran out in between did so then. */
static void eat(mu_sim *sim) {
    mu_provisions_now *now = provisions(sim);
    const double days = mu_time_to_s(mu_sim_now(sim) - now->looked_us) / DAY_S;
    now->left_days -= days * now->eating;
    now->looked_us = mu_sim_now(sim);
    now->eating = count_eating(sim);
}

static void look(mu_sim *sim) {
    mu_provisions_now *now = provisions(sim);
    eat(sim);
    const double lasts_days = mu_provisions_last_days(sim);
    if (isfinite(lasts_days)) {
        mu_measure(sim, MU_PROVISIONS, NULL, lasts_days > 0 ? lasts_days : 0, now->cause);
    }
    if (now->left_days <= MU_PROVISIONS_LOW_DAYS * now->eating) {
        tell(sim, MU_RECORD_RUNS_LOW, &now->low);
    }
    if (now->left_days <= 0) {
        tell(sim, MU_RECORD_EXHAUSTED, &now->gone);
    }
}

void mu_provisions_on_looked(mu_sim *sim, const mu_event *event) {
    if (provisions(sim)->since_us != MU_NEVER && provisions(sim)->gone == 0) {
        look(sim);
        mu_sim_schedule(sim, LOOK_US, MU_EVENT_PROVISIONS_LOOKED, 0, event->cause, 0);
    }
}

void mu_provisions_hear(mu_sim *sim, uint32_t record) {
    const mu_record_kind kind = (mu_record_kind)mu_log_get(sim->log, record)->kind;
    mu_provisions_now *now = provisions(sim);
    const bool stays = kind == MU_RECORD_SHELTERED || kind == MU_RECORD_LOCKED_DOWN;
    if (stays && now->since_us == MU_NEVER && now->left_days > 0) {
        now->since_us = now->looked_us = mu_sim_now(sim);
        now->cause = record;
        now->eating = count_eating(sim);
        mu_sim_schedule(sim, LOOK_US, MU_EVENT_PROVISIONS_LOOKED, 0, record, 0);
    } else if (kind == MU_RECORD_ALL_CLEAR && now->since_us != MU_NEVER && now->gone == 0) {
        eat(sim);
        now->since_us = MU_NEVER;
        now->low = now->gone = 0;
    }
}
