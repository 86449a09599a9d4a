/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store that is opened only by people of a role: as many of them as the site says go there, and
 * when they and whoever fetches are all there, the thing is handed out and entered in the book. */
#include <math.h>

#include "response/inside.h"
#include "response/measures.h"

static const mu_equipment *store_of(const mu_sim *sim, uint32_t step, uint32_t need) {
    return &sim->site->equipment.items[mu_step_of(sim, step)->stock[need]];
}

bool mu_store_is_issued(const mu_equipment *store) {
    return store->issued_by != NULL && store->issue_persons > 0;
}

static bool is_issuer(const mu_sim *sim, uint32_t person, uint32_t step, uint32_t need) {
    const mu_hand *hand = &mu_hands(sim)[person];
    return hand->state == MU_HAND_ISSUE && hand->step == step && hand->post == need;
}

static mu_goal goal_of(const mu_equipment *store) {
    return (mu_goal){.kind = MU_GOAL_POINT, .area = store->space.index, .at = store->at};
}

/* Into an ascending list of the `most` least. */
static uint32_t insert(double *list, uint32_t count, uint32_t most, double value) {
    uint32_t at = count < most ? count : most;
    while (at > 0 && list[at - 1] > value) {
        if (at < most) {
            list[at] = list[at - 1];
        }
        at--;
    }
    if (at < most) {
        list[at] = value;
    }
    return count < most ? count + 1 : most;
}

/* The nearest who is free and not chosen yet; MU_NONE. */
static uint32_t nearest_issuer(mu_sim *sim, uint32_t role, const mu_equipment *store) {
    const uint32_t *first = sim->response->role_first;
    uint32_t best = MU_NONE;
    double least = INFINITY;
    for (uint32_t i = first[role]; i < first[role + 1]; i++) {
        const uint32_t person = sim->response->by_role[i];
        const double way = mu_person_is_free(sim, person)
                               ? mu_crowd_way(sim, person, goal_of(store))
                               : (double)INFINITY;
        if (way < least) {
            least = way;
            best = person;
        }
    }
    return best;
}

double mu_issue_way_m(mu_sim *sim, const mu_equipment *store) {
    if (!mu_store_is_issued(store)) {
        return 0;
    }
    const uint32_t role = mu_people_role(sim->people, store->issued_by);
    const uint32_t *first = sim->response->role_first;
    double ways_m[MU_ISSUERS_MOST]; /* of the nearest, ascending */
    uint32_t count = 0;
    const uint32_t wanted = (uint32_t)store->issue_persons;
    for (uint32_t i = role == MU_NONE ? 0 : first[role]; role != MU_NONE && i < first[role + 1];
         i++) {
        const uint32_t person = sim->response->by_role[i];
        if (mu_person_is_free(sim, person)) {
            count = insert(ways_m, count, wanted, mu_crowd_way(sim, person, goal_of(store)));
        }
    }
    return count < wanted ? (double)INFINITY : ways_m[wanted - 1];
}

static void let_go(mu_sim *sim, uint32_t step, uint32_t need, uint32_t cause) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_issuer(sim, p, step, need)) {
            if (mu_hands(sim)[p].there == 0) {
                mu_crowd_rest(sim, p);
            }
            mu_person_free(sim, p, MU_HANDLE(MU_THING_STEP, step), step, cause);
        }
    }
}

static bool call_issuers(mu_sim *sim, uint32_t step, uint32_t need, const mu_equipment *store) {
    const uint32_t role = mu_people_role(sim->people, store->issued_by);
    for (int64_t k = 0; k < store->issue_persons; k++) {
        const uint32_t person = role == MU_NONE ? MU_NONE : nearest_issuer(sim, role, store);
        if (person == MU_NONE) {
            return false;
        }
        mu_hand *hand = &mu_hands(sim)[person];
        hand->state = MU_HAND_ISSUE;
        hand->step = step;
        hand->post = need;
        hand->there = 0;
        hand->walk = MU_WALK_NONE;
    }
    return true;
}

/* Nothing has happened yet: they stay free as they were. */
static void undo(mu_sim *sim, uint32_t step) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        mu_hand *hand = &mu_hands(sim)[p];
        if (hand->state == MU_HAND_ISSUE && hand->step == step) {
            hand->state = MU_HAND_FREE;
            hand->step = MU_NONE;
        }
    }
}

bool mu_issue_call(mu_sim *sim, uint32_t step, const uint32_t *stores, uint32_t needs) {
    for (uint32_t n = 0; n < needs; n++) {
        const mu_equipment *store = &sim->site->equipment.items[stores[n]];
        if (mu_store_is_issued(store) && !call_issuers(sim, step, n, store)) {
            undo(sim, step);
            return false;
        }
    }
    return true;
}

void mu_issue_set_out(mu_sim *sim, uint32_t step, uint32_t cause) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_hand *hand = &mu_hands(sim)[p];
        if (hand->state == MU_HAND_ISSUE && hand->step == step) {
            mu_crowd_send(sim, p, goal_of(store_of(sim, step, hand->post)), 1.0, cause);
        }
    }
}

void mu_issue_release(mu_sim *sim, uint32_t step, uint32_t cause) {
    for (uint32_t n = 0; n < mu_step_plan_of(sim, step)->given->needs.count; n++) {
        let_go(sim, step, n, cause);
    }
}

/* Who stands at the store and waits to be given it; MU_NONE. */
static uint32_t fetcher_of(const mu_sim *sim, uint32_t step, uint32_t need) {
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    for (uint32_t i = 0; i < count; i++) {
        const mu_hand *hand = &mu_hands(sim)[crew[i]];
        const uint32_t lowest = hand->fetching & (~hand->fetching + 1);
        if (hand->there == MU_THERE_FETCHING && lowest == 1U << need) {
            return crew[i];
        }
    }
    return MU_NONE;
}

/* The last of them has come: hands it out. */
static void try_to_hand_out(mu_sim *sim, uint32_t step, uint32_t need, uint32_t cause) {
    bool all = fetcher_of(sim, step, need) != MU_NONE;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        all = all && !(is_issuer(sim, p, step, need) && mu_hands(sim)[p].there == 0);
    }
    if (all) {
        const mu_step_plan *plan = mu_step_plan_of(sim, step);
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_ISSUE, plan->hash,
                      mu_step_of(sim, step)->runs * MU_STEP_NEEDS_MOST + need);
        const double takes_s = mu_dist_draw(&store_of(sim, step, need)->issue_s, &stream.rng);
        mu_sim_schedule(sim, mu_time_from_s(takes_s), MU_EVENT_STEP_ISSUED, step, cause, need);
    }
}

bool mu_issue_waits(mu_sim *sim, uint32_t step, uint32_t person, uint32_t reached) {
    mu_hand *hand = &mu_hands(sim)[person];
    uint32_t need = 0;
    while ((hand->fetching >> need & 1U) == 0) {
        need++;
    }
    if (!mu_store_is_issued(store_of(sim, step, need))) {
        return false;
    }
    hand->there = MU_THERE_FETCHING;
    try_to_hand_out(sim, step, need, reached);
    return true;
}

void mu_issue_arrived(mu_sim *sim, uint32_t person, const mu_event *event) {
    mu_hand *hand = &mu_hands(sim)[person];
    if (event->argument != 0) { /* no way there: the store stays shut */
        mu_step_abandon(sim, hand->step, event->cause);
        return;
    }
    hand->there = 1;
    const uint32_t reached = mu_step_record(sim, hand->step, MU_RECORD_REACHED, event->cause,
                                            MU_HANDLE(MU_THING_PERSON, person));
    try_to_hand_out(sim, hand->step, hand->post, reached);
}

void mu_response_on_issued(mu_sim *sim, const mu_event *event) {
    const uint32_t step = event->subject, need = (uint32_t)event->argument;
    const uint32_t fetcher = fetcher_of(sim, step, need);
    if (mu_step_of(sim, step)->state != MU_STEP_GATHERING || fetcher == MU_NONE) {
        return;
    }
    const mu_equipment *store = store_of(sim, step, need);
    const uint32_t issued =
        mu_step_record(sim, step, MU_RECORD_ISSUED, event->cause,
                       MU_HANDLE(MU_THING_EQUIPMENT, mu_step_of(sim, step)->stock[need]));
    mu_measure(sim, "stock_access", "persons", (double)store->issue_persons, issued);
    let_go(sim, step, need, issued);
    mu_hands(sim)[fetcher].there = 0;
    mu_step_fetched(sim, step, fetcher, issued);
    mu_step_retry_waiting(sim);
}
