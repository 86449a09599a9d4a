/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nobody is lost: at the end of a run everyone who is still inside is named, with where and why. */
#include "crowd/minds.h"

const char *mu_remains_name(mu_remains why) {
    static const char *const names[MU_REMAINS_COUNT] = {"not",        "untold", "no_way",
                                                        "on_the_way", "refuge", "stayed"};
    return names[why < MU_REMAINS_COUNT ? why : MU_REMAINS_NOT];
}

static mu_remains why_inside(const mu_mind *mind) {
    if (mind->state == MU_OCCUPANT_REFUGE) {
        return MU_REMAINS_REFUGE;
    }
    if (mind->alerted_record == MU_NO_RECORD) {
        return MU_REMAINS_UNTOLD;
    }
    if (mind->evacuating == 0) { /* told to leave, they are about to */
        return mu_goal_leads_out(&mind->told) ? MU_REMAINS_ON_THE_WAY : MU_REMAINS_STAYED;
    }
    return mind->stuck != MU_STUCK_NOT ? MU_REMAINS_NO_WAY : MU_REMAINS_ON_THE_WAY;
}

void mu_crowd_record_remaining(mu_sim *sim) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_mind *mind = &mu_minds(sim)[p];
        if (sim->people->list.items[p].kind == MU_PERSON_OCCUPANT &&
            (mind->state == MU_OCCUPANT_INSIDE || mind->state == MU_OCCUPANT_REFUGE)) {
            (void)mu_sim_write(sim, (mu_record){.kind = MU_RECORD_REMAINS,
                                                .cause = mind->alerted_record,
                                                .subject = MU_HANDLE(MU_THING_PERSON, p),
                                                .place = mu_body_place(sim, p),
                                                .value = (uint32_t)why_inside(mind)});
        }
    }
}
