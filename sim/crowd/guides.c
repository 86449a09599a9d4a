/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crowd/guides.h"

#include <math.h>

#include "crowd/exits.h"
#include "crowd/minds.h"
#include "crowd/rooms.h"

#define SEEN_M 30.0 /* planning assumption: as far as an exit sign */

static mu_guide_now *guides(const mu_sim *sim) {
    return mu_world_section(&sim->world, MU_SECTION_GUIDE);
}

void mu_guides_register(mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_GUIDE, sizeof(mu_guide_now), MU_GUIDES_MOST);
}

void mu_guides_begin(mu_sim *sim) {
    for (uint32_t g = 0; g < MU_GUIDES_MOST; g++) {
        guides(sim)[g] = (mu_guide_now){.person = MU_NONE};
    }
}

static bool can_lead(const mu_body *bodies, const mu_guide_now *guide, const mu_mind *mind,
                     uint32_t area) {
    return guide->person != MU_NONE && bodies[guide->person].area == area &&
           mind->exit != guide->door && bodies[guide->person].mode == MU_BODY_RESTING;
}

static bool sees(const mu_sim *sim, mu_point from, uint32_t guide) {
    const uint32_t area = mu_bodies(sim)[guide].area;
    const mu_point at = mu_crowd_at(sim, guide);
    const double dx = at.x - from.x, dy = at.y - from.y;
    return dx * dx + dy * dy <= SEEN_M * SEEN_M && mu_area_sees(sim->walkable, area, from, at, 0);
}

void mu_exit_look_for_guides(mu_sim *sim, uint32_t person, mu_point from) {
    const mu_mind *mind = &mu_minds(sim)[person];
    if (mu_crowd(sim)->guides == 0 || mind->evacuating == 0 || mind->exit_why == MU_EXIT_PARTY ||
        mind->exit_why == MU_EXIT_GUIDE) {
        return; /* the first guide's word holds */
    }
    const mu_body *bodies = mu_bodies(sim);
    const uint32_t area = bodies[person].area;
    uint32_t left = mu_crowd(sim)->guides;
    for (mu_guide_now *guide = guides(sim); left > 0; guide++) {
        left -= guide->person != MU_NONE;
        if (can_lead(bodies, guide, mind, area) && sees(sim, from, guide->person) &&
            mu_exit_bind(sim, person, guide->door, MU_EXIT_GUIDE, guide->record)) {
            guide->led++;
            return;
        }
    }
}

static uint32_t nearest_door(mu_sim *sim, uint32_t person, const mu_ref_list *doors) {
    const mu_goal out = {.kind = MU_GOAL_ASSEMBLY};
    uint32_t best = MU_NONE;
    double least = INFINITY;
    for (uint32_t d = 0; d < doors->count; d++) {
        const double cost = mu_exit_cost(sim, person, &out, doors->items[d].index);
        if (cost < least) {
            least = cost;
            best = doors->items[d].index;
        }
    }
    return best;
}

/* Those who are on their way in their sight already. */
static void call_out(mu_sim *sim, uint32_t guide) {
    const uint32_t area = mu_bodies(sim)[guide].area;
    for (uint32_t p = mu_room_next(sim, area, 0); p != MU_NONE;
         p = mu_room_next(sim, area, p + 1)) {
        if (mu_bodies(sim)[p].mode == MU_BODY_WALKING && mu_minds(sim)[p].evacuating != 0) {
            mu_exit_look_for_guides(sim, p, mu_crowd_at(sim, p));
        }
    }
}

void mu_guide_place(mu_sim *sim, uint32_t person, const mu_ref_list *doors, uint32_t record) {
    const uint32_t door = nearest_door(sim, person, doors);
    for (uint32_t g = 0; g < MU_GUIDES_MOST && door != MU_NONE; g++) {
        if (guides(sim)[g].person == MU_NONE) {
            guides(sim)[g] = (mu_guide_now){.person = person, .door = door, .record = record};
            mu_crowd(sim)->guides++;
            call_out(sim, person);
            return;
        }
    }
}

void mu_guide_leave(mu_sim *sim, uint32_t person) {
    for (uint32_t g = 0; g < MU_GUIDES_MOST; g++) {
        if (guides(sim)[g].person == person) {
            guides(sim)[g] = (mu_guide_now){.person = MU_NONE};
            mu_crowd(sim)->guides--;
        }
    }
}
