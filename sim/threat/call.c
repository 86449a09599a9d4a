/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The call is taken by the first of its role who is there. */
#include "threat/threat.h"

void mu_call_begin(mu_sim *sim, uint32_t started) {
    const mu_call_given *given = sim->threat->call.given;
    if (given == NULL) {
        return;
    }
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_CALL, mu_name_hash("call"), 0);
    mu_sim_schedule(sim, mu_time_from_s(given->at_s + mu_dist_draw(&given->lasts_s, &stream.rng)),
                    MU_EVENT_CALL_OVER, 0, started, 0);
}

void mu_call_on_over(mu_sim *sim, const mu_event *event) {
    const uint32_t role = mu_people_role(sim->people, sim->threat->call.given->role);
    mu_handle who = 0;
    for (uint32_t p = 0; p < sim->people->list.count && who == 0; p++) {
        if (sim->people->list.items[p].role == role && mu_bodies(sim)[p].mode != MU_BODY_ABSENT) {
            who = MU_HANDLE(MU_THING_PERSON, p);
        }
    }
    mu_sim_record(sim, MU_RECORD_RECEIVED, event->cause, who,
                  MU_HANDLE(MU_THING_WORD, sim->threat->call.word_threat), 0);
}
