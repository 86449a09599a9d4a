/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equipment for steps: taken all at once from the places where it is kept, fetched on foot by one
 * of the crew, and put back afterwards unless the work uses it up. */
#include "response/inside.h"

/* Where each need of a step is met: places chosen so far. */
typedef struct choice {
    const mu_step *given;
    uint32_t found[MU_STEP_NEEDS_MOST];
    uint32_t count;
} choice;

/* Has a place enough for one more need, after those that it serves already? */
static bool can_give(const mu_sim *sim, uint32_t equipment, const choice *so_far) {
    const mu_need *need = &so_far->given->needs.items[so_far->count];
    int64_t wanted = need->count;
    for (uint32_t n = 0; n < so_far->count; n++) {
        wanted += so_far->found[n] == equipment ? so_far->given->needs.items[n].count : 0;
    }
    return (int)sim->site->equipment.items[equipment].kind == need->equipment &&
           (int64_t)mu_stocks(sim)[equipment].free >= wanted;
}

/* From the step's own place to where a thing is kept, on the plan, squared. */
static double square_to(const mu_sim *sim, const mu_step_plan *plan, uint32_t equipment) {
    const mu_equipment *thing = &sim->site->equipment.items[equipment];
    const double dx = thing->at.x - plan->at.at.x, dy = thing->at.y - plan->at.at.y;
    return plan->place == MU_PLACE_POINT ? dx * dx + dy * dy : 0;
}

/* The nearest place that has enough, of those behind `after` in order of distance; MU_NONE. */
static uint32_t find(const mu_sim *sim, const mu_step_plan *plan, const choice *so_far,
                     uint32_t after) {
    const double least = after == MU_NONE ? -1 : square_to(sim, plan, after);
    uint32_t best = MU_NONE;
    double best_square = 0;
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        const double square = square_to(sim, plan, e);
        const bool behind = after == MU_NONE || square > least || (square == least && e > after);
        if (behind && can_give(sim, e, so_far) && (best == MU_NONE || square < best_square)) {
            best = e;
            best_square = square;
        }
    }
    return best;
}

/* The nearest place that has enough and can be opened now: nobody stands before a locked store
 * while another one would give the same. */
static uint32_t find_open(mu_sim *sim, uint32_t step, const choice *so_far, bool with_crew) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    uint32_t place = find(sim, plan, so_far, MU_NONE);
    while (place != MU_NONE && with_crew && !mu_issue_call(sim, step, so_far->count, place)) {
        place = find(sim, plan, so_far, place);
    }
    return place;
}

/* Writes that the equipment was granted, and who had it if it had to be waited for. */
static void write_grant(mu_sim *sim, uint32_t step, uint32_t needs) {
    mu_step_now *now = mu_step_of(sim, step);
    mu_record grant = {.kind = MU_RECORD_GRANTED,
                       .cause = now->request,
                       .subject = MU_HANDLE(MU_THING_EQUIPMENT, now->stock[0]),
                       .step = MU_HANDLE(MU_THING_STEP, step)};
    for (uint32_t n = 0; n < needs; n++) {
        const mu_stock_now *stock = &mu_stocks(sim)[now->stock[n]];
        if (stock->freed != MU_NO_RECORD && stock->freed > now->request) {
            grant.subject = MU_HANDLE(MU_THING_EQUIPMENT, now->stock[n]);
            grant.holder = stock->held_by;
        }
    }
    now->last = mu_sim_write(sim, grant);
}

bool mu_stock_take(mu_sim *sim, uint32_t step) {
    const mu_step *given = mu_step_plan_of(sim, step)->given;
    mu_step_now *now = mu_step_of(sim, step);
    choice chosen = {.given = given};
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    for (; chosen.count < given->needs.count; chosen.count++) {
        const uint32_t place = find_open(sim, step, &chosen, count > 0);
        if (place == MU_NONE) {
            mu_issue_undo(sim, step);
            return false;
        }
        chosen.found[chosen.count] = place;
    }
    for (uint32_t n = 0; n < given->needs.count; n++) {
        now->stock[n] = chosen.found[n];
        mu_stocks(sim)[chosen.found[n]].free -= (uint32_t)given->needs.items[n].count;
        if (count > 0) {
            mu_hands(sim)[crew[0]].fetching |= 1U << n;
        }
    }
    write_grant(sim, step, given->needs.count);
    mu_issue_set_out(sim, step, now->last);
    return true;
}

void mu_stock_return(mu_sim *sim, uint32_t step, uint32_t cause) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    mu_step_now *now = mu_step_of(sim, step);
    for (uint32_t n = 0; n < plan->given->needs.count; n++) {
        const uint32_t equipment = now->stock[n];
        now->stock[n] = MU_NONE;
        if (equipment == MU_NONE || plan->verb == MU_VERB_COVER) {
            continue; /* never taken, or it stays over the item */
        }
        mu_stock_now *stock = &mu_stocks(sim)[equipment];
        stock->free += (uint32_t)plan->given->needs.items[n].count;
        stock->held_by = MU_HANDLE(MU_THING_STEP, step);
        stock->freed =
            mu_sim_write(sim, (mu_record){.kind = MU_RECORD_RELEASED,
                                          .cause = cause,
                                          .subject = MU_HANDLE(MU_THING_EQUIPMENT, equipment),
                                          .step = MU_HANDLE(MU_THING_STEP, step)});
    }
}
