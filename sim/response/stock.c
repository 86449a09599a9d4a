/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equipment for steps: taken all at once from the places that give it soonest, fetched on foot by
 * one of the crew, and put back afterwards unless the work uses it up. */
#include <math.h>

#include "response/inside.h"

/* Walking without haste, where only an order of ways is wanted (SFPE: 1.2 m/s on the level). */
#define WALK_MPS 1.2

/* Where each need of a step is met: places chosen so far, and who opens them. */
typedef struct choice {
    uint32_t step;
    uint32_t fetcher; /* MU_NONE: nobody has to walk */
    uint32_t count;
    uint32_t found[MU_STEP_NEEDS_MOST];
    mu_issuers issuers[MU_STEP_NEEDS_MOST];
    uint32_t passed; /* the first locked place that was nearer and left aside; MU_NONE */
} choice;

/* Has a place enough for one more need, after those that it serves already? */
static bool can_give(const mu_sim *sim, uint32_t equipment, const choice *so_far) {
    const mu_need *needs = mu_step_plan_of(sim, so_far->step)->given->needs.items;
    const mu_need *need = &needs[so_far->count];
    int64_t wanted = need->count;
    for (uint32_t n = 0; n < so_far->count; n++) {
        wanted += so_far->found[n] == equipment ? needs[n].count : 0;
    }
    return (int)sim->site->equipment.items[equipment].kind == need->equipment &&
           (int64_t)mu_stocks(sim)[equipment].free >= wanted;
}

/* From the store on, on the plan. */
static double onward_m(const mu_step_plan *plan, const mu_equipment *thing) {
    const double dx = thing->at.x - plan->at.at.x, dy = thing->at.y - plan->at.at.y;
    return plan->place == MU_PLACE_POINT ? sqrt(dx * dx + dy * dy) : 0;
}

static double way_m(mu_sim *sim, uint32_t fetcher, const mu_equipment *thing) {
    const mu_goal goal = {.kind = MU_GOAL_POINT, .area = thing->space.index, .at = thing->at};
    return fetcher == MU_NONE ? 0 : mu_crowd_way(sim, fetcher, goal);
}

/* When the step would have it, as whoever sends for it can tell: the fetcher's way, that of those
 * who open the store, the handing out, and the way on. */
static double soonest_s(const mu_sim *sim, const choice *so_far, const mu_equipment *thing,
                        double fetch_m, double opens_m) {
    const mu_step_plan *plan = mu_step_plan_of(sim, so_far->step);
    return (fmax(fetch_m, opens_m) + onward_m(plan, thing)) / WALK_MPS +
           (mu_store_is_issued(thing) ? mu_dist_mean(&thing->issue_s) : 0);
}

/* Chooses the place that gives one more need soonest: a locked one whose keepers are busy or far
 * away comes after an open one. Where nobody gets to any of the open ones it is the first of them.
 * False: none has enough, or all that have are locked and too few can open them. */
static bool find(mu_sim *sim, choice *so_far) {
    const uint32_t n = so_far->count;
    uint32_t best = MU_NONE, near = MU_NONE;
    double least_s = (double)INFINITY, near_m = (double)INFINITY;
    bool shut = false;
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        if (!can_give(sim, e, so_far)) {
            continue;
        }
        const mu_equipment *thing = &sim->site->equipment.items[e];
        const double fetch_m = way_m(sim, so_far->fetcher, thing);
        const mu_issuers issuers =
            so_far->fetcher == MU_NONE
                ? (mu_issuers){.count = 0}
                : mu_issue_find(sim, so_far->step, e, so_far->found, so_far->issuers, n);
        const double after_s = soonest_s(sim, so_far, thing, fetch_m, issuers.way_m);
        if (fetch_m < near_m) {
            near = e;
            near_m = fetch_m;
        }
        shut = shut || isinf(issuers.way_m);
        if (isfinite(issuers.way_m) && (best == MU_NONE || after_s < least_s)) {
            best = e;
            least_s = after_s;
            so_far->issuers[n] = issuers;
        }
    }
    if (best == MU_NONE || (isinf(least_s) && shut)) {
        return false;
    }
    so_far->found[n] = best;
    const bool passes = near != MU_NONE && near != best && so_far->passed == MU_NONE &&
                        mu_store_is_issued(&sim->site->equipment.items[near]);
    so_far->passed = passes ? near : so_far->passed;
    return true;
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
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    choice chosen = {.step = step, .fetcher = count > 0 ? crew[0] : MU_NONE, .passed = MU_NONE};
    for (; chosen.count < given->needs.count; chosen.count++) {
        if (!find(sim, &chosen)) {
            return false;
        }
    }
    mu_issue_call(sim, step, chosen.issuers, chosen.count);
    for (uint32_t n = 0; n < given->needs.count; n++) {
        now->stock[n] = chosen.found[n];
        mu_stocks(sim)[chosen.found[n]].free -= (uint32_t)given->needs.items[n].count;
        if (count > 0) {
            mu_hands(sim)[crew[0]].fetching |= 1U << n;
        }
    }
    now->passed = chosen.passed;
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
        const bool stays = plan->verb == MU_VERB_COVER && now->state != MU_STEP_GATHERING;
        if (equipment == MU_NONE || stays) {
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
