/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sleeping party rests on: the ways of its people as they will be at each of its looks,
 * worked out as the model itself works them out. A look comes a little too early rather than too
 * late; it then decides as any other. */
#include "crowd/party_sleep.h"

#include <math.h>

#include "crowd/parties.h"

#define MARGIN_M 1e-6

static mu_party_now *party_now(const mu_sim *sim, uint32_t party) {
    return (mu_party_now *)mu_world_section(&sim->world, MU_SECTION_PARTY) + party;
}

static void look_in(mu_sim *sim, uint32_t party, mu_time in_us) {
    mu_party_now *now = party_now(sim, party);
    now->due_us = mu_sim_now(sim) + in_us;
    mu_sim_schedule(sim, in_us, MU_EVENT_PARTY_LOOKS, party, MU_NO_RECORD, ++now->number);
}

void mu_party_sleep(mu_sim *sim, uint32_t party, uint32_t looks) {
    party_now(sim, party)->looked_us = mu_sim_now(sim);
    look_in(sim, party, looks * MU_PARTY_LOOKS_US);
}

static bool is_about(const mu_party_now *now) {
    return now->phase == MU_PARTY_GATHERS || now->phase == MU_PARTY_WALKS;
}

/* The next look is that of the next whole second since the last; one at this very moment has been,
 * if that was the last. */
static void wake(mu_sim *sim, uint32_t party) {
    const mu_party_now *now = party_now(sim, party);
    const mu_time left_us = now->due_us - mu_sim_now(sim);
    if (left_us < MU_PARTY_LOOKS_US || !is_about(now)) {
        return;
    }
    const mu_time in_us = left_us % MU_PARTY_LOOKS_US;
    const mu_time next_us =
        mu_sim_now(sim) + in_us > now->looked_us ? in_us : in_us + MU_PARTY_LOOKS_US;
    if (next_us < left_us) {
        look_in(sim, party, next_us);
    }
}

void mu_party_wake(mu_sim *sim, uint32_t person) {
    wake(sim, sim->people->list.items[person].party);
}

void mu_party_wake_all(mu_sim *sim) {
    for (uint32_t p = 0; p < sim->people->parties.count; p++) {
        wake(sim, p);
    }
}

static bool makes_for(const mu_sim *sim, const mu_party *party, uint32_t mouth) {
    for (uint32_t k = 0; k < party->count; k++) {
        if (mu_flow_legs(sim)[party->members[k]].mouth == mouth) {
            return true;
        }
    }
    return false;
}

void mu_party_wake_at(mu_sim *sim, uint32_t mouth) {
    mu_flow_side *side = mu_flow_side_of(sim, mouth);
    const uint32_t minded = side->minded;
    side->minded = 0;
    if (minded != MU_MINDED_BY_SEVERAL) {
        wake(sim, minded - 1);
        return;
    }
    for (uint32_t p = 0; p < sim->people->parties.count; p++) {
        if (party_now(sim, p)->due_us - mu_sim_now(sim) >= MU_PARTY_LOOKS_US &&
            makes_for(sim, &sim->people->parties.items[p], mouth)) {
            wake(sim, p);
        }
    }
}

void mu_party_mind_queue(const mu_sim *sim, uint32_t person) {
    const uint32_t mouth = mu_flow_legs(sim)[person].mouth;
    if (mu_bodies(sim)[person].mode == MU_BODY_WALKING && mouth != MU_NONE) {
        const uint32_t own = sim->people->list.items[person].party + 1;
        mu_flow_side *side = mu_flow_side_of(sim, mouth);
        side->minded = side->minded == 0 || side->minded == own ? own : MU_MINDED_BY_SEVERAL;
    }
}

bool mu_party_course_of(const mu_sim *sim, uint32_t person, double way_m, mu_party_course *out) {
    const mu_body *body = &mu_bodies(sim)[person];
    const mu_flow_leg *leg = &mu_flow_legs(sim)[person];
    *out = (mu_party_course){.way_m = way_m};
    if (!isfinite(way_m) || body->mode == MU_BODY_RESTING) {
        return isfinite(way_m);
    }
    if (leg->mouth == MU_NONE || leg->metres <= 0 ||
        sim->scratch->mouths[leg->mouth].beyond == MU_NONE) {
        return false;
    }
    if (leg->doing == MU_FLOW_CROSSING) {
        const double slope = mu_walkable_area(sim->walkable, body->area)->slope;
        out->goes = true;
        out->way_m = way_m - mu_flow_left_m(sim, person) * slope;
        out->slope = slope;
        out->metres = leg->metres;
        out->most = fmax(leg->metres - mu_flow_queue_m(sim, leg->mouth,
                                                       mu_flow_side_of(sim, leg->mouth)->waiting),
                         0);
        out->mps = leg->mps;
        out->start_us = leg->start_us;
    }
    return leg->doing == MU_FLOW_CROSSING || leg->doing == MU_FLOW_WAITING;
}

static double way_at(const mu_party_course *course, mu_time at_us) {
    const mu_time since_us = at_us - course->start_us;
    if (!course->goes) {
        return course->way_m;
    }
    const double gone = since_us > 0 ? mu_time_to_s(since_us) * course->mps : 0;
    return (course->metres - (gone < course->most ? gone : course->most)) * course->slope +
           course->way_m;
}

/* May a look at that moment leave everyone as they are? */
static bool is_quiet(const mu_party_course *courses, uint32_t count, double most_m, bool patient,
                     mu_time at_us) {
    double last = 0;
    for (uint32_t k = 0; k < count; k++) {
        const double way = way_at(&courses[k], at_us);
        last = way > last ? way : last;
    }
    for (uint32_t k = 0; k < count; k++) {
        const double ahead = last - way_at(&courses[k], at_us);
        if ((courses[k].waits && ahead < MU_PARTY_TOGETHER * most_m + MARGIN_M) ||
            (courses[k].may_stand && patient && ahead > most_m - MARGIN_M)) {
            return false;
        }
    }
    return true;
}

/* The first look after which somebody no longer goes on as evenly as now. */
static uint32_t even_looks(const mu_party_course *course, mu_time now_us, uint32_t most) {
    const double end_s = course->most / course->mps;
    const mu_time left_us =
        now_us < course->start_us ? 0 : course->start_us - now_us + (mu_time)(end_s * MU_SECOND);
    if (!course->goes || (left_us < 0 && now_us >= course->start_us)) {
        return most;
    }
    const mu_time looks = left_us / MU_PARTY_LOOKS_US + 1;
    return looks < most ? (uint32_t)looks : most;
}

/* While all go on evenly, how far one is ahead is a convex function of time, and falls for one who
 * stands: if nothing is to be done at a look, nothing is at any before it. */
uint32_t mu_party_quiet_looks(const mu_sim *sim, const mu_party_course *courses, uint32_t count,
                              double most_m, bool patient, uint32_t most) {
    const mu_time now_us = mu_sim_now(sim);
    for (uint32_t k = 0; k < count; k++) {
        most = even_looks(&courses[k], now_us, most);
    }
    uint32_t quiet = 0; /* looks from now on, of which there may be more up to `most` - 1 */
    while (most - quiet > 1) {
        const uint32_t middle = most - quiet == 2 ? quiet + 1 : quiet + (most - quiet) / 2;
        if (is_quiet(courses, count, most_m, patient, now_us + middle * MU_PARTY_LOOKS_US)) {
            quiet = middle;
        } else {
            most = middle;
        }
    }
    return most;
}
