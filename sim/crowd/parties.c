/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A party looks round once a second, whatever the motion model: standing and walking are all that
 * it asks of one, so both keep it together alike. */
#include "crowd/parties.h"

#include <math.h>
#include <stdlib.h>

#include "crowd/exits.h"
#include "crowd/hearsay.h"
#include "crowd/minds.h"
#include "crowd/party_ways.h"
#include "crowd/scratch.h"

#define LOOKS_EVERY_S 1.0
#define GATHERED_M    1.5 /* from the first of them, on the way, and more the more they are … */
#define JOIN_M        1.5
#define AHEAD_M       1.0 /* so far before the last of the party one stops, and more likewise … */
#define EACH_M2       0.3 /* … as far as so much ground for each would reach */
#define TOGETHER      0.5 /* goes on when the last is no further behind than this share of it */

/* How far a party of so many reaches while it stands together. */
static double reach_of(uint32_t count) {
    return sqrt(EACH_M2 * count);
}

static mu_party_now *party_now(const mu_sim *sim, uint32_t party) {
    return (mu_party_now *)mu_world_section(&sim->world, MU_SECTION_PARTY) + party;
}

static const mu_party *party_of(const mu_sim *sim, uint32_t party) {
    return &sim->people->parties.items[party];
}

void mu_party_register(const mu_people *people, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_PARTY, sizeof(mu_party_now), people->parties.count);
}

void mu_party_begin(mu_sim *sim) {
    for (uint32_t p = 0; p < sim->people->parties.count; p++) {
        *party_now(sim, p) = (mu_party_now){.exit = MU_NONE};
    }
}

static void look_later(mu_sim *sim, uint32_t party) {
    mu_sim_schedule(sim, mu_time_from_s(LOOKS_EVERY_S), MU_EVENT_PARTY_LOOKS, party, MU_NO_RECORD,
                    0);
}

static bool is_here(const mu_sim *sim, uint32_t person) {
    return mu_minds(sim)[person].state == MU_OCCUPANT_INSIDE &&
           mu_bodies(sim)[person].mode != MU_BODY_ABSENT &&
           mu_bodies(sim)[person].mode != MU_BODY_LYING;
}

/* Counts for the party: ready, on the site, not stuck, and with no other errand than to leave. */
static bool is_with_us(const mu_sim *sim, uint32_t person) {
    const mu_mind *mind = &mu_minds(sim)[person];
    return (mind->keeps & MU_KEEPS_READY) != 0 && is_here(sim, person) && mind->evacuating != 0 &&
           mind->stuck == MU_STUCK_NOT &&
           (mu_goal_leads_out(&mind->goal) || (mind->keeps & MU_KEEPS_JOINS) != 0);
}

/* Has not come so far, but may: not ready, and not gone some other way. */
static bool is_awaited(const mu_sim *sim, uint32_t person) {
    const mu_mind *mind = &mu_minds(sim)[person];
    return (mind->keeps & MU_KEEPS_READY) == 0 && is_here(sim, person) && mind->evacuating == 0;
}

bool mu_party_takes(mu_sim *sim, uint32_t person) {
    const uint32_t party = sim->people->list.items[person].party;
    if (party == MU_NONE || party_of(sim, party)->count < 2) {
        return false;
    }
    mu_party_now *now = party_now(sim, party);
    mu_mind *mind = &mu_minds(sim)[person];
    if (now->phase == MU_PARTY_WALKS || now->phase == MU_PARTY_OVER ||
        !mu_goal_leads_out(&mind->told)) {
        return false; /* they have left without, or nobody is to leave */
    }
    mu_sim_restamp(sim, MU_STAMPED_PERSON, person);
    mu_crowd_rest(sim, person);
    mind->keeps = MU_KEEPS_READY;
    mind->goal = mind->told;
    mind->tolerance_m = 0;
    mind->walk_record = mind->moves_record;
    if (now->phase == MU_PARTY_IDLE) {
        now->phase = MU_PARTY_GATHERS;
        now->since_us = mu_sim_now(sim);
        look_later(sim, party);
    }
    return true;
}

void mu_party_leave(mu_sim *sim, uint32_t person) {
    mu_minds(sim)[person].keeps = 0;
}

bool mu_party_keeps(const mu_sim *sim, uint32_t person) {
    if ((mu_minds(sim)[person].keeps & MU_KEEPS_READY) == 0) {
        return false;
    }
    const uint32_t party = sim->people->list.items[person].party;
    return party != MU_NONE && party_now(sim, party)->phase == MU_PARTY_WALKS;
}

/* Free speed of somebody in the kind of area that another is in; 0 where they cannot go. */
static double speed_like(const mu_sim *sim, uint32_t person, uint32_t area) {
    const mu_body *body = &mu_bodies(sim)[person];
    const bool stairs = mu_walkable_area(sim->walkable, area)->stair != MU_NONE;
    return (double)(stairs ? body->down_mps : body->level_mps);
}

double mu_party_slowest(const mu_sim *sim, uint32_t person) {
    if (!mu_party_keeps(sim, person)) {
        return 1;
    }
    const mu_party *party = party_of(sim, sim->people->list.items[person].party);
    const uint32_t area = mu_bodies(sim)[person].area;
    const double own = speed_like(sim, person, area);
    double slowest = own;
    for (uint32_t k = 0; k < party->count; k++) {
        const double speed = speed_like(sim, party->members[k], area);
        if (speed > 0 && speed < slowest && is_with_us(sim, party->members[k])) {
            slowest = speed;
        }
    }
    return own > 0 ? slowest / own : 1;
}

static void send_off(mu_sim *sim, uint32_t person) {
    const mu_mind *mind = &mu_minds(sim)[person];
    mu_crowd_send(sim, person, mu_goal_leads_out(&mind->goal) ? mind->goal : mind->told, 0,
                  mind->moves_record);
}

/* The party will not gather any more: everybody goes who has been kept. */
static void dissolve(mu_sim *sim, uint32_t party) {
    const mu_party *given = party_of(sim, party);
    const uint32_t phase = party_now(sim, party)->phase;
    party_now(sim, party)->phase = MU_PARTY_OVER;
    for (uint32_t k = 0; k < given->count; k++) {
        mu_mind *mind = &mu_minds(sim)[given->members[k]];
        const bool kept = phase == MU_PARTY_GATHERS || (mind->keeps & MU_KEEPS_WAITS) != 0;
        if (is_with_us(sim, given->members[k]) && kept) {
            send_off(sim, given->members[k]);
        }
        mind->keeps = 0;
    }
}

/* Who of two knows better where all can go: one who cannot use stairs, else the slower. */
static uint32_t leader_of_two(const mu_sim *sim, uint32_t first, uint32_t other) {
    if (first == MU_NONE) {
        return other;
    }
    const mu_body *p = &mu_bodies(sim)[first], *q = &mu_bodies(sim)[other];
    const bool leads = (q->down_mps > 0) < (p->down_mps > 0) ||
                       ((q->down_mps > 0) == (p->down_mps > 0) && q->level_mps < p->level_mps);
    return leads ? other : first;
}

static uint32_t leader_of(const mu_sim *sim, const mu_party *party) {
    uint32_t leader = MU_NONE;
    for (uint32_t k = 0; k < party->count; k++) {
        if (is_with_us(sim, party->members[k])) {
            leader = leader_of_two(sim, leader, party->members[k]);
        }
    }
    return leader;
}

/* The others make for the leader's door, and know of the one that it has left. */
static void take_door(mu_sim *sim, uint32_t party, uint32_t leader, uint32_t door) {
    const mu_party *given = party_of(sim, party);
    const uint32_t cause = mu_minds(sim)[leader].moves_record;
    party_now(sim, party)->exit = door;
    if (mu_minds(sim)[leader].exit == MU_NONE) {
        mu_minds(sim)[leader].exit = door; /* nor does the leader turn off by chance */
    }
    for (uint32_t k = 0; k < given->count; k++) {
        if (given->members[k] != leader && is_with_us(sim, given->members[k])) {
            mu_crowd_tell(sim, leader, given->members[k]);
            (void)mu_exit_bind(sim, given->members[k], door, MU_EXIT_PARTY, cause);
        }
    }
}

static void set_out(mu_sim *sim, uint32_t party) {
    const mu_party *given = party_of(sim, party);
    const uint32_t leader = leader_of(sim, given);
    party_now(sim, party)->phase = MU_PARTY_WALKS;
    for (uint32_t k = 0; k < given->count; k++) {
        const uint32_t person = given->members[k];
        if (is_with_us(sim, person)) {
            send_off(sim, person);
        } else {
            mu_minds(sim)[person].keeps = 0;
        }
    }
    mu_exit_decide(sim, leader);
    const uint32_t door = mu_party_door(sim, leader);
    if (door != MU_NONE) {
        take_door(sim, party, leader, door);
    }
}

/* The room for what is known of somebody; NULL without memory. */
static mu_party_near *near_known(const mu_sim *sim, uint32_t person) {
    mu_crowd_scratch *scratch = sim->scratch;
    if (scratch->party_near == NULL) {
        scratch->party_near = calloc((size_t)scratch->people_count + 1, sizeof(mu_party_near));
    }
    return scratch->party_near != NULL ? &scratch->party_near[person] : NULL;
}

static bool is_same_point(mu_point p, mu_point q) {
    return p.x == q.x && p.y == q.y;
}

/* Is somebody of a party of so many as near to a place as the party gathers? */
static bool is_near(mu_sim *sim, uint32_t person, const mu_goal *to, uint32_t count) {
    const mu_mind *mind = &mu_minds(sim)[person];
    const double near = GATHERED_M + reach_of(count);
    mu_party_near now = {.known = true,
                         .area = mu_bodies(sim)[person].area,
                         .to_area = to->area,
                         .belief = mind->belief,
                         .avoid = mind->avoid,
                         .at = mu_crowd_at(sim, person),
                         .to = to->at,
                         .walker = mu_mind_class(sim, person)};
    mu_party_near *known = near_known(sim, person);
    if (known != NULL && known->known && known->area == now.area && known->to_area == now.to_area &&
        known->belief == now.belief && known->avoid == now.avoid &&
        is_same_point(known->at, now.at) && is_same_point(known->to, now.to) &&
        mu_walkers_alike(known->walker, now.walker)) {
        return known->near;
    }
    now.near = mu_crowd_is_way_within(sim, person, *to, nextafter(near, INFINITY));
    if (known != NULL) {
        *known = now;
    }
    return now.near;
}

/* Goes to where the party gathers, unless there or on the way; false if not there yet. */
static bool join(mu_sim *sim, uint32_t person, uint32_t anchor, uint32_t count) {
    mu_mind *mind = &mu_minds(sim)[person];
    const mu_goal to = {
        .kind = MU_GOAL_POINT, .area = mu_bodies(sim)[anchor].area, .at = mu_crowd_at(sim, anchor)};
    if (is_near(sim, person, &to, count)) {
        return true;
    }
    if (!mu_crowd_has_way(sim, person, to)) {
        send_off(sim, person); /* there is no way to them: alone, then */
        mind->keeps = 0;
        return true;
    }
    if (mu_bodies(sim)[person].mode != MU_BODY_WALKING) {
        mu_crowd_send(sim, person, to, JOIN_M, mind->moves_record);
        mind->keeps = MU_KEEPS_READY | MU_KEEPS_JOINS;
    }
    return false;
}

/* Where the party gathers: at whoever is not ready yet, else at the first of those who are. */
static uint32_t anchor_of(const mu_sim *sim, const mu_party *party, uint32_t *ready) {
    uint32_t awaited = MU_NONE, first = MU_NONE;
    *ready = 0;
    for (uint32_t k = 0; k < party->count; k++) {
        const uint32_t person = party->members[k];
        if (is_with_us(sim, person)) {
            first = first == MU_NONE ? person : first;
            (*ready)++;
        } else if (is_awaited(sim, person)) {
            awaited = awaited == MU_NONE ? person : awaited;
        }
    }
    return awaited != MU_NONE ? awaited : first;
}

static void gather(mu_sim *sim, uint32_t party) {
    const mu_party *given = party_of(sim, party);
    mu_party_now *now = party_now(sim, party);
    uint32_t ready;
    const uint32_t anchor = anchor_of(sim, given, &ready);
    const bool patient = mu_sim_now(sim) - now->since_us < mu_time_from_s(given->waits_s);
    if (ready == 0 || anchor == MU_NONE) {
        now->phase = MU_PARTY_IDLE;
        return;
    }
    bool together = !is_awaited(sim, anchor);
    for (uint32_t k = 0; k < given->count && patient; k++) {
        const uint32_t person = given->members[k];
        if (person != anchor && is_with_us(sim, person)) {
            together = join(sim, person, anchor, given->count) && together;
        }
    }
    if (together || !patient) {
        set_out(sim, party);
    }
    look_later(sim, party);
}

/* One of the party has found the party's door closed: the leader hears of it. True if so. */
static bool hear_of_closed(mu_sim *sim, uint32_t party, uint32_t leader) {
    const mu_party *given = party_of(sim, party);
    bool heard = false;
    for (uint32_t k = 0; k < given->count; k++) {
        if (given->members[k] != leader &&
            mu_minds(sim)[given->members[k]].belief != mu_minds(sim)[leader].belief &&
            is_with_us(sim, given->members[k])) {
            mu_crowd_tell(sim, given->members[k], leader);
            heard = true;
        }
    }
    return heard;
}

/* On a flight and in a stair hall, whoever stops bars the way: there the others of a party are
 * waited for when one has come out of it. */
static bool may_stand(const mu_sim *sim, uint32_t person) {
    const uint32_t area = mu_bodies(sim)[person].area;
    return mu_walkable_area(sim->walkable, area)->stair == MU_NONE &&
           sim->site->spaces.items[area].use != MU_USE_STAIR;
}

/* Stands while the others are far behind, and goes on when they have come; true while standing. */
static bool pause_or_go(mu_sim *sim, uint32_t person, double ahead_m, double most_m, bool patient) {
    mu_mind *mind = &mu_minds(sim)[person];
    const bool waits = (mind->keeps & MU_KEEPS_WAITS) != 0;
    if (waits && (ahead_m < TOGETHER * most_m || !patient)) {
        send_off(sim, person);
        return false;
    }
    if (!waits && patient && ahead_m > most_m && mu_bodies(sim)[person].mode == MU_BODY_WALKING &&
        may_stand(sim, person)) {
        mu_crowd_rest(sim, person);
        mind->keeps = MU_KEEPS_READY | MU_KEEPS_WAITS;
        return true;
    }
    return waits;
}

/* So many members are kept from one pass over them to the next. */
enum { KEPT = 32 };

/* A party on its way, as it was found. */
typedef struct found {
    double last_m;   /* that the last of those who are with it has still to go */
    uint32_t count;  /* of them */
    uint32_t with;   /* a bit for each of those kept */
    uint32_t leader; /* who leads them */
    bool disagree;   /* about what is closed */
} found;

static found find(mu_sim *sim, const mu_party *party, double *ways) {
    found out = {.leader = MU_NONE};
    uint32_t belief = 0;
    for (uint32_t k = 0; k < party->count; k++) {
        const uint32_t person = party->members[k];
        if (!is_with_us(sim, person)) {
            continue;
        }
        const double way = mu_party_way(sim, person);
        if (k < KEPT) {
            ways[k] = way;
            out.with |= UINT32_C(1) << k;
        }
        out.last_m = way > out.last_m && !isinf(way) ? way : out.last_m;
        out.leader = leader_of_two(sim, out.leader, person);
        out.disagree |= out.count > 0 && belief != mu_minds(sim)[person].belief;
        belief = mu_minds(sim)[person].belief;
        out.count++;
    }
    return out;
}

static void keep_together(mu_sim *sim, uint32_t party) {
    const mu_party *given = party_of(sim, party);
    mu_party_now *now = party_now(sim, party);
    double ways[KEPT];
    const found at = find(sim, given, ways);
    if (at.count < 2) {
        dissolve(sim, party);
        return;
    }
    bool same = !(at.disagree && hear_of_closed(sim, party, at.leader)); /* as it was found */
    const uint32_t door =
        same ? mu_party_door_again(sim, at.leader) : mu_party_door(sim, at.leader);
    if (door != MU_NONE && door != now->exit) {
        take_door(sim, party, at.leader, door);
        same = false;
    }
    const bool patient = now->waited_us < mu_time_from_s(given->waits_s);
    const double most_m = AHEAD_M + reach_of(at.count);
    bool waiting = false, moving = false;
    for (uint32_t k = 0; k < given->count; k++) {
        const uint32_t person = given->members[k];
        const bool kept = same && k < KEPT;
        if (kept ? (at.with >> k & 1) != 0 : is_with_us(sim, person)) {
            const double way = kept ? ways[k] : mu_party_way(sim, person);
            const uint32_t keeps = mu_minds(sim)[person].keeps;
            waiting = pause_or_go(sim, person, at.last_m - way, most_m, patient) || waiting;
            moving = moving || mu_bodies(sim)[person].mode == MU_BODY_WALKING;
            same = same && keeps == mu_minds(sim)[person].keeps;
        }
    }
    if (!moving) {
        dissolve(sim, party); /* something else holds them, or all wait for somebody who is held */
        return;
    }
    now->waited_us += waiting ? mu_time_from_s(LOOKS_EVERY_S) : 0;
    look_later(sim, party);
}

void mu_crowd_on_party(mu_sim *sim, const mu_event *event) {
    if (party_now(sim, event->subject)->phase == MU_PARTY_GATHERS) {
        gather(sim, event->subject);
    } else if (party_now(sim, event->subject)->phase == MU_PARTY_WALKS) {
        keep_together(sim, event->subject);
    }
}
