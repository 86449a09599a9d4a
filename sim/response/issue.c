/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store that is opened only by people of a role: as many of them as the site says go there, and
 * when they and whoever fetches are all there, the thing is handed out and entered in the book.
 * Whoever of the crew has the role opens it as well as anybody else, and the same people hand out
 * all that a step wants from one room: they walk from one store to the next. */
#include <math.h>

#include "response/inside.h"
#include "response/measures.h"

static const mu_equipment *store_at(const mu_sim *sim, uint32_t equipment) {
    return &sim->site->equipment.items[equipment];
}

static const mu_equipment *store_of(const mu_sim *sim, uint32_t step, uint32_t need) {
    return store_at(sim, mu_step_of(sim, step)->stock[need]);
}

bool mu_store_is_issued(const mu_equipment *store) {
    return store->issued_by != NULL && store->issue_persons > 0;
}

/* Do the same people open both? */
static bool is_one_store(const mu_equipment *a, const mu_equipment *b) {
    return mu_store_is_issued(a) && mu_store_is_issued(b) && a->space.index == b->space.index &&
           a->issue_persons == b->issue_persons && strcmp(a->issued_by, b->issued_by) == 0;
}

static bool is_issuer(const mu_sim *sim, uint32_t person, uint32_t step, uint32_t need) {
    const mu_hand *hand = &mu_hands(sim)[person];
    return hand->state == MU_HAND_ISSUE && hand->step == step && hand->post == need;
}

static mu_goal goal_of(const mu_equipment *store) {
    return (mu_goal){.kind = MU_GOAL_POINT, .area = store->space.index, .at = store->at};
}

static bool is_crew(const mu_sim *sim, uint32_t person, uint32_t step) {
    const mu_hand *hand = &mu_hands(sim)[person];
    return hand->state == MU_HAND_STEP && hand->step == step;
}

/* Does somebody open another store for the same step already? Who belongs to the crew goes from one
 * to the next. */
static bool is_promised(const mu_issuers *chosen, uint32_t needs, uint32_t person) {
    for (uint32_t n = 0; n < needs; n++) {
        for (uint32_t k = 0; k < chosen[n].count; k++) {
            if (chosen[n].person[k] == person) {
                return true;
            }
        }
    }
    return false;
}

/* Into the list of the `most` nearest, nearest first. */
static void insert(mu_issuers *list, double *ways_m, uint32_t most, uint32_t person, double way_m) {
    uint32_t at = list->count < most ? list->count++ : most;
    while (at > 0 && ways_m[at - 1] > way_m) {
        if (at < most) {
            ways_m[at] = ways_m[at - 1];
            list->person[at] = list->person[at - 1];
        }
        at--;
    }
    if (at < most) {
        ways_m[at] = way_m;
        list->person[at] = person;
    }
}

static void find_nearest(mu_sim *sim, uint32_t step, const mu_equipment *store,
                         const mu_issuers *chosen, uint32_t needs, mu_issuers *out) {
    const uint32_t role = mu_people_role(sim->people, store->issued_by);
    const uint32_t wanted = (uint32_t)store->issue_persons;
    const uint32_t *first = sim->response->role_first;
    double ways_m[MU_ISSUERS_MOST];
    for (uint32_t i = role == MU_NONE ? 0 : first[role]; role != MU_NONE && i < first[role + 1];
         i++) {
        const uint32_t person = sim->response->by_role[i];
        const bool own = is_crew(sim, person, step);
        if (own || (mu_person_is_free(sim, person) && !is_promised(chosen, needs, person))) {
            const double way_m = mu_crowd_way(sim, person, goal_of(store));
            if (isfinite(way_m)) {
                insert(out, ways_m, wanted, person, way_m);
            }
        }
    }
    out->way_m = out->count < wanted ? (double)INFINITY : ways_m[wanted - 1];
}

mu_issuers mu_issue_find(mu_sim *sim, uint32_t step, uint32_t equipment, const uint32_t *stores,
                         const mu_issuers *chosen, uint32_t needs) {
    const mu_equipment *store = store_at(sim, equipment);
    for (uint32_t n = 0; n < needs; n++) {
        if (is_one_store(store_at(sim, stores[n]), store)) {
            return chosen[n];
        }
    }
    mu_issuers found = {.count = 0};
    if (mu_store_is_issued(store)) {
        find_nearest(sim, step, store, chosen, needs, &found);
    }
    return found;
}

void mu_issue_call(mu_sim *sim, uint32_t step, const mu_issuers *chosen, uint32_t needs) {
    for (uint32_t n = 0; n < needs; n++) {
        for (uint32_t k = 0; k < chosen[n].count; k++) {
            mu_hand *hand = &mu_hands(sim)[chosen[n].person[k]];
            if (is_crew(sim, chosen[n].person[k], step)) {
                hand->fetching |= 1U << n;
            } else if (hand->state == MU_HAND_FREE) { /* else they begin with an earlier need */
                hand->state = MU_HAND_ISSUE;
                hand->step = step;
                hand->post = n;
                hand->there = 0;
                hand->walk = MU_WALK_NONE;
            }
        }
    }
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

/* Does one of the crew stand at the store, and wait for this need? */
static bool waits_at(const mu_sim *sim, uint32_t person, uint32_t need) {
    const mu_hand *hand = &mu_hands(sim)[person];
    const uint32_t lowest = hand->fetching & (~hand->fetching + 1);
    return hand->there == MU_THERE_FETCHING && lowest == 1U << need;
}

/* Are all there who fetch it and who open it? One of the crew fetches everything in turn, so
 * whoever opens two stores has been sent on from the first. */
static bool all_are_there(const mu_sim *sim, uint32_t step, uint32_t need) {
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    uint32_t fetchers = 0;
    bool all = true;
    for (uint32_t i = 0; i < count; i++) {
        const bool fetches = (mu_hands(sim)[crew[i]].fetching >> need & 1U) != 0;
        fetchers += fetches;
        all = all && (!fetches || waits_at(sim, crew[i], need));
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        all = all && !(is_issuer(sim, p, step, need) && mu_hands(sim)[p].there == 0);
    }
    return all && fetchers > 0;
}

/* The last of them has come: hands it out. */
static void try_to_hand_out(mu_sim *sim, uint32_t step, uint32_t need, uint32_t cause) {
    if (all_are_there(sim, step, need)) {
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
    const uint32_t reached =
        mu_step_reached_store(sim, hand->step, hand->post, person, 0, event->cause);
    try_to_hand_out(sim, hand->step, hand->post, reached);
}

void mu_issue_lost(mu_sim *sim, uint32_t step, uint32_t cause) {
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    if (mu_step_of(sim, step)->state != MU_STEP_GATHERING) {
        return;
    }
    mu_stock_return(sim, step, cause);
    mu_issue_release(sim, step, cause);
    for (uint32_t i = 0; i < count; i++) {
        mu_hands(sim)[crew[i]].fetching = 0;
    }
    mu_step_of(sim, step)->last = cause;
    mu_step_seek_stock(sim, step);
}

/* The next thing that they hand out to the step in the same room; MU_NONE. */
static uint32_t next_here(const mu_sim *sim, uint32_t step, uint32_t need) {
    const uint32_t needs = mu_step_plan_of(sim, step)->given->needs.count;
    for (uint32_t n = need + 1; n < needs; n++) {
        if (is_one_store(store_of(sim, step, need), store_of(sim, step, n))) {
            return n;
        }
    }
    return MU_NONE;
}

/* They go over to the next thing, or are free. */
static void go_on(mu_sim *sim, uint32_t step, uint32_t need, uint32_t cause) {
    const uint32_t next = next_here(sim, step, need);
    if (next == MU_NONE) {
        let_go(sim, step, need, cause);
        return;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_issuer(sim, p, step, need)) {
            mu_hands(sim)[p].post = next;
            mu_hands(sim)[p].there = 0;
            mu_crowd_send(sim, p, goal_of(store_of(sim, step, next)), 1.0, cause);
        }
    }
}

void mu_response_on_issued(mu_sim *sim, const mu_event *event) {
    const uint32_t step = event->subject, need = (uint32_t)event->argument;
    if (mu_step_of(sim, step)->state != MU_STEP_GATHERING || !all_are_there(sim, step, need)) {
        return;
    }
    const mu_equipment *store = store_of(sim, step, need);
    const uint32_t issued =
        mu_step_record(sim, step, MU_RECORD_ISSUED, event->cause,
                       MU_HANDLE(MU_THING_EQUIPMENT, mu_step_of(sim, step)->stock[need]));
    mu_measure(sim, "stock_access", "persons", (double)store->issue_persons, issued);
    go_on(sim, step, need, issued);
    uint32_t crew[MU_CREW_MOST];
    const uint32_t count = mu_crew_list(sim, step, crew);
    for (uint32_t i = 0; i < count; i++) {
        if (waits_at(sim, crew[i], need)) {
            mu_hands(sim)[crew[i]].there = 0;
            mu_step_fetched(sim, step, crew[i], issued);
        }
    }
    mu_step_retry_waiting(sim);
}
