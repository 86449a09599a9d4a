/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equipment for steps: taken all at once from the places that give it soonest, fetched on foot by
 * one of the crew, and put back afterwards unless the work uses it up. */
#include <math.h>

#include "response/inside.h"

/* Walking without haste, where only an order of ways is wanted (SFPE: 1.2 m/s on the level). */
#define WALK_MPS 1.2

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

/* From the store on, on the plan. */
static double onward_m(const mu_step_plan *plan, const mu_equipment *thing) {
    const double dx = thing->at.x - plan->at.at.x, dy = thing->at.y - plan->at.at.y;
    return plan->place == MU_PLACE_POINT ? sqrt(dx * dx + dy * dy) : 0;
}

/* When the step would have it, as whoever sends for it can tell: the fetcher's way, that of those
 * who open the store, the handing out, and the way on. Infinite: not now. */
static double soonest_s(mu_sim *sim, const mu_step_plan *plan, uint32_t fetcher,
                        uint32_t equipment) {
    const mu_equipment *thing = &sim->site->equipment.items[equipment];
    const double way_m =
        fetcher == MU_NONE
            ? 0
            : mu_crowd_way(
                  sim, fetcher,
                  (mu_goal){.kind = MU_GOAL_POINT, .area = thing->space.index, .at = thing->at});
    const double opens_m = fetcher == MU_NONE ? 0 : mu_issue_way_m(sim, thing);
    return (fmax(way_m, opens_m) + onward_m(plan, thing)) / WALK_MPS +
           (mu_store_is_issued(thing) ? mu_dist_mean(&thing->issue_s) : 0);
}

/* The place that has enough and gives it soonest: one that is locked, and whose keepers are busy
 * or far away, after an open one. The lowest index among those that nobody can get to now; MU_NONE:
 * none has enough. */
static uint32_t find(mu_sim *sim, const mu_step_plan *plan, uint32_t fetcher,
                     const choice *so_far) {
    uint32_t best = MU_NONE;
    double least_s = (double)INFINITY;
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        if (!can_give(sim, e, so_far)) {
            continue;
        }
        const double after_s = soonest_s(sim, plan, fetcher, e);
        if (best == MU_NONE || after_s < least_s) {
            best = e;
            least_s = after_s;
        }
    }
    return best;
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
        const uint32_t place =
            find(sim, mu_step_plan_of(sim, step), count > 0 ? crew[0] : MU_NONE, &chosen);
        if (place == MU_NONE) {
            return false;
        }
        chosen.found[chosen.count] = place;
    }
    if (count > 0 && !mu_issue_call(sim, step, chosen.found, chosen.count)) {
        return false;
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
