/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the room does is told by the time at which its power went: if it has been back since, this
 * event is about nothing. */
#include "response/climate.h"

#include <math.h>

#include "response/inside.h"
#include "site/service_state.h"

double mu_climate_minutes(double usual_c, double alarm_c, double rise_c_per_min) {
    return rise_c_per_min <= 0 ? (double)INFINITY : fmax(0, alarm_c - usual_c) / rise_c_per_min;
}

static const mu_equipment *sensor(const mu_sim *sim, uint32_t equipment) {
    return &sim->site->equipment.items[equipment];
}

void mu_climate_hear(mu_sim *sim, uint32_t record) {
    const mu_record heard = *mu_log_get(sim->log, record);
    if (heard.kind != MU_RECORD_OUTAGE || heard.object != mu_word_named(sim, "mains")) {
        return;
    }
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        const mu_equipment *thing = sensor(sim, e);
        const double minutes =
            mu_climate_minutes(thing->usual_c, thing->alarm_c, thing->rise_c_per_min);
        if (thing->kind == MU_EQUIPMENT_CLIMATE_SENSOR && isfinite(minutes)) {
            mu_sim_schedule(sim, mu_time_from_s(60 * minutes), MU_EVENT_CLIMATE_WARM, e, record,
                            record);
        }
    }
}

/* Has there been no power since then, without a break? */
static bool is_still_dark(const mu_sim *sim, uint64_t since) {
    return !mu_power_is_on(sim) && mu_services(sim)[0].since == (uint32_t)since;
}

void mu_climate_on_warm(mu_sim *sim, const mu_event *event) {
    const mu_equipment *thing = sensor(sim, event->subject);
    if (!is_still_dark(sim, event->argument)) {
        return;
    }
    const uint32_t warm = mu_sim_record(sim, MU_RECORD_TOO_WARM, event->cause,
                                        MU_HANDLE(MU_THING_SPACE, thing->space.index),
                                        mu_word_named(sim, thing->guards), 0);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_CLIMATE, mu_name_hash(thing->id), 0);
    const bool tells = mu_stream_uniform(&stream) < thing->detect_chance;
    const double after_s = mu_dist_draw(&thing->detects_in_s, &stream.rng);
    if (tells && mu_equipment_works(sim, thing)) {
        mu_sim_schedule(sim, mu_time_from_s(after_s), MU_EVENT_CLIMATE_ALARM, event->subject, warm,
                        event->argument);
    }
}

void mu_climate_on_alarm(mu_sim *sim, const mu_event *event) {
    const mu_equipment *thing = sensor(sim, event->subject);
    mu_sim_record(sim, MU_RECORD_DETECTED, event->cause,
                  MU_HANDLE(MU_THING_EQUIPMENT, event->subject), mu_word_named(sim, "heat"),
                  mu_word_named(sim, thing->guards));
}
