/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The warning time is the equipment's `detects_in_s`: from the alarm to the discharge. */
#include "response/suppression.h"

#include "policy/judge.h"
#include "response/inside.h"

void mu_suppression_hear(mu_sim *sim, uint32_t record) {
    const mu_record heard = *mu_log_get(sim->log, record);
    if (heard.kind != MU_RECORD_DETECTED || heard.object != mu_word_named(sim, "intrusion")) {
        return;
    }
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        const mu_equipment *thing = &sim->site->equipment.items[e];
        if (thing->kind == MU_EQUIPMENT_SUPPRESSION && heard.place != 0 &&
            heard.place == mu_word_named(sim, thing->guards)) {
            mu_stream stream;
            mu_sim_stream(sim, &stream, MU_PURPOSE_MECHANISM, mu_name_hash(thing->id), 0);
            mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(&thing->detects_in_s, &stream.rng)),
                            MU_EVENT_SUPPRESSION_DUE, e, record, 0);
        }
    }
}

static bool covers(const mu_equipment *thing, uint32_t space) {
    return mu_ref_list_has(&thing->covers, space) ||
           (thing->covers.count == 0 && thing->space.index == space);
}

void mu_suppression_on_due(mu_sim *sim, const mu_event *event) {
    const mu_equipment *thing = &sim->site->equipment.items[event->subject];
    uint32_t inside = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        inside += mu_bodies(sim)[p].mode != MU_BODY_ABSENT && covers(thing, mu_bodies(sim)[p].area);
    }
    mu_sim_write(sim, (mu_record){.kind = MU_RECORD_DISCHARGED,
                                  .cause = event->cause,
                                  .subject = MU_HANDLE(MU_THING_EQUIPMENT, event->subject),
                                  .object = mu_word_named(sim, thing->guards),
                                  .value = inside});
}
