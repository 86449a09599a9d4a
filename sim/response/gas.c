/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people of the response do about gas around them. Who wears a mask stays; who holds a post
 * without one gives it up; who is on the way or at work for a step goes through with it. */
#include "response/desk.h"
#include "response/inside.h"
#include "threat/threat.h"

/* Nothing keeps them where they are: free, or busy with something that has no place. */
static bool can_leave(const mu_sim *sim, uint32_t person) {
    const mu_hand *hand = &mu_hands(sim)[person];
    return mu_person_is_idle(sim, person) ||
           (hand->state == MU_HAND_STEP &&
            mu_step_plan_of(sim, hand->step)->place == MU_PLACE_NONE);
}

void mu_gas_go_out(mu_sim *sim, uint32_t person) {
    mu_hands(sim)[person].walk = MU_WALK_OUT;
    mu_crowd_send(sim, person,
                  (mu_goal){.kind = MU_GOAL_ASSEMBLY, .area = sim->threat->release.shunned_points},
                  1.0, mu_breaths(sim)[person].smelt);
}

bool mu_gas_drives_out(mu_sim *sim, uint32_t person) {
    if (!mu_release_drives_out(sim, person)) {
        return false;
    }
    const bool leaves =
        sim->people->list.items[person].kind != MU_PERSON_OCCUPANT && can_leave(sim, person);
    if (mu_desk_has(sim, person)) {
        if (leaves) {
            mu_desk_leave(sim, person);
        }
        return mu_hands(sim)[person].desk != MU_DESK_RESERVE;
    }
    if (leaves && mu_hands(sim)[person].walk != MU_WALK_OUT) {
        mu_gas_go_out(sim, person);
    }
    return true;
}

void mu_gas_hear(mu_sim *sim, uint32_t record) {
    const uint32_t person = mu_handle_index(mu_log_get(sim->log, record)->subject);
    const mu_hand hand = mu_hands(sim)[person];
    if (hand.state == MU_HAND_STEP && mu_step_of(sim, hand.step)->state == MU_STEP_HOLDING &&
        mu_release_drives_out(sim, person)) {
        mu_person_free(sim, person, MU_HANDLE(MU_THING_STEP, hand.step), hand.step, record);
    }
    (void)mu_gas_drives_out(sim, person);
}
