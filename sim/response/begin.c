/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The response's sections of the world, and what they hold before anything has happened. */
#include "response/alarms.h"
#include "response/hospital.h"
#include "response/inside.h"
#include "response/intelligence.h"
#include "response/measures.h"
#include "response/provisions.h"
#include "response/relief.h"
#include "response/road.h"
#include "response/screening.h"
#include "response/wash.h"

void mu_response_register(const mu_response_plan *plan, const mu_site *site,
                          const mu_people *people, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_HAND, sizeof(mu_hand), people->list.count);
    mu_layout_add(layout, MU_SECTION_ROUND, sizeof(mu_round), people->list.count);
    mu_layout_add(layout, MU_SECTION_ROLL, sizeof(mu_roll), people->list.count);
    mu_layout_add(layout, MU_SECTION_STOCK, sizeof(mu_stock_now), site->equipment.count);
    mu_layout_add(layout, MU_SECTION_STEP, sizeof(mu_step_now), plan->steps.count);
    mu_layout_add(layout, MU_SECTION_TERM, sizeof(mu_term_now), plan->terms.count + 1);
    mu_layout_add(layout, MU_SECTION_LINE, sizeof(mu_line_now), site->channels.count);
    mu_layout_add(layout, MU_SECTION_UNIT, sizeof(mu_unit_now), people->roster->units.count);
    mu_layout_add(layout, MU_SECTION_ZONE, sizeof(mu_zone_now), plan->steps.count);
    mu_wash_register(site, people, layout);
    mu_alarms_register(site, layout);
    mu_measures_register(layout);
    mu_screening_register(site, layout);
    mu_relief_register(people, layout);
    mu_provisions_register(layout);
    mu_hospitals_register(people, layout);
    mu_roads_register(site, layout);
    mu_intelligence_register(plan, layout);
    mu_layout_add(layout, MU_SECTION_ORDER, sizeof(mu_order_now), people->list.count);
}

static void begin_steps(mu_sim *sim) {
    for (uint32_t s = 0; s < sim->response->steps.count; s++) {
        mu_steps(sim)[s] = (mu_step_now){.trigger = MU_NO_RECORD,
                                         .last = MU_NO_RECORD,
                                         .request = MU_NO_RECORD,
                                         .due = MU_NO_RECORD,
                                         .actor = MU_NONE,
                                         .receiver = MU_NONE,
                                         .stock = {MU_NONE, MU_NONE, MU_NONE, MU_NONE},
                                         .passed = MU_NONE};
        mu_zones(sim)[s] = (mu_zone_now){.ordered = MU_NO_RECORD,
                                         .cleared = MU_NO_RECORD,
                                         .elsewhere = MU_NO_RECORD,
                                         .watched = MU_NONE};
    }
    mu_term_now *terms = mu_world_section(&sim->world, MU_SECTION_TERM);
    for (uint32_t t = 0; t < sim->response->terms.count; t++) {
        terms[t].met = MU_NO_RECORD;
    }
}

void mu_response_begin(mu_sim *sim) {
    begin_steps(sim);
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        mu_hands(sim)[p] = (mu_hand){.step = MU_NONE,
                                     .freed = MU_NO_RECORD,
                                     .seat = MU_NONE,
                                     .left = MU_NO_RECORD,
                                     .taken = MU_NO_RECORD};
        mu_orders(sim)[p] = (mu_order_now){.step = MU_NONE, .room = MU_NONE};
        mu_rolls(sim)[p] = (mu_roll){.accounted = MU_NO_RECORD,
                                     .missing = MU_NO_RECORD,
                                     .seen_in = MU_NONE,
                                     .seen_by = MU_NONE};
        mu_rounds(sim)[p] =
            (mu_round){.person = MU_NONE, .last = MU_NO_RECORD, .hospital = MU_NONE};
    }
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        mu_stocks(sim)[e] = (mu_stock_now){.free = (uint32_t)sim->site->equipment.items[e].count,
                                           .freed = MU_NO_RECORD};
    }
    for (uint32_t u = 0; u < sim->people->roster->units.count; u++) {
        mu_units(sim)[u] = (mu_unit_now){.told = MU_NO_RECORD, .on_site = MU_NO_RECORD};
    }
    mu_wash_begin(sim);
    mu_alarms_begin(sim);
    mu_measures_clear(sim);
    mu_screening_begin(sim);
    mu_relief_begin(sim);
    mu_provisions_begin(sim);
    mu_hospitals_begin(sim);
    mu_roads_begin(sim);
    mu_intelligence_begin(sim);
    mu_routine_begin(sim);
}
