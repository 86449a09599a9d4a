/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the room does is told by the time at which its power went: if it has been back since, this
 * event is about nothing. */
#include "response/climate.h"

#include <math.h>

#include "hazard/humidity.h"
#include "response/inside.h"
#include "site/service_state.h"

static const char *const words[MU_CLIMATE_COUNT] = {
    [MU_CLIMATE_HEAT] = "heat", [MU_CLIMATE_DRY] = "dry", [MU_CLIMATE_DAMP] = "damp"};

const char *mu_climate_word(mu_climate_reading reading) {
    return words[reading];
}

double mu_climate_minutes(double usual_c, double alarm_c, double rise_c_per_min) {
    return rise_c_per_min <= 0 ? (double)INFINITY : fmax(0, alarm_c - usual_c) / rise_c_per_min;
}

bool mu_climate_watches(const mu_equipment *sensor, mu_climate_reading reading) {
    return sensor->kind == MU_EQUIPMENT_CLIMATE_SENSOR &&
           (reading == MU_CLIMATE_HEAT  ? sensor->rise_c_per_min > 0
            : reading == MU_CLIMATE_DRY ? sensor->dry_rh > 0
                                        : sensor->damp_rh > 0);
}

static double minutes_until(const mu_equipment *thing, mu_climate_reading reading) {
    if (reading == MU_CLIMATE_HEAT) {
        return mu_climate_minutes(thing->usual_c, thing->alarm_c, thing->rise_c_per_min);
    }
    const mu_humid_room room = {.usual_c = thing->usual_c,
                                .usual_rh = thing->usual_rh,
                                .rise_c_per_min = thing->rise_c_per_min,
                                .changes_per_h = thing->air_changes_per_h,
                                .outside_dew_c = thing->outside_dew_c};
    return reading == MU_CLIMATE_DRY ? mu_humid_room_minutes(&room, thing->dry_rh, 0)
                                     : mu_humid_room_minutes(&room, thing->damp_rh, 1);
}

static const mu_equipment *sensor(const mu_sim *sim, uint32_t equipment) {
    return &sim->site->equipment.items[equipment];
}

/* What an event is about: the outage, and which reading. */
static uint64_t argument_of(uint32_t outage, mu_climate_reading reading) {
    return (uint64_t)reading << 32 | outage;
}

void mu_climate_hear(mu_sim *sim, uint32_t record) {
    const mu_record heard = *mu_log_get(sim->log, record);
    if (heard.kind != MU_RECORD_OUTAGE || heard.object != mu_word_named(sim, "mains")) {
        return;
    }
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        for (int r = 0; r < MU_CLIMATE_COUNT; r++) {
            const mu_climate_reading reading = (mu_climate_reading)r;
            const double minutes = mu_climate_watches(sensor(sim, e), reading)
                                       ? minutes_until(sensor(sim, e), reading)
                                       : (double)INFINITY;
            if (isfinite(minutes)) {
                mu_sim_schedule(sim, mu_time_from_s(60 * minutes), MU_EVENT_CLIMATE_WARM, e, record,
                                argument_of(record, reading));
            }
        }
    }
}

/* Has there been no power since then, without a break? */
static bool is_still_dark(const mu_sim *sim, uint64_t since) {
    return !mu_power_is_on(sim) && mu_services(sim)[0].since == (uint32_t)since;
}

void mu_climate_on_warm(mu_sim *sim, const mu_event *event) {
    const mu_equipment *thing = sensor(sim, event->subject);
    const mu_climate_reading reading = (mu_climate_reading)(event->argument >> 32);
    if (!is_still_dark(sim, event->argument)) {
        return;
    }
    const uint32_t beyond = mu_sim_record(
        sim, MU_RECORD_OUT_OF_RANGE, event->cause, MU_HANDLE(MU_THING_SPACE, thing->space.index),
        mu_word_named(sim, thing->guards), mu_word_named(sim, words[reading]));
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_CLIMATE, mu_name_hash(thing->id), (uint32_t)reading);
    const bool tells = mu_stream_uniform(&stream) < thing->detect_chance;
    const double after_s = mu_dist_draw(&thing->detects_in_s, &stream.rng);
    if (tells && mu_equipment_works(sim, thing)) {
        mu_sim_schedule(sim, mu_time_from_s(after_s), MU_EVENT_CLIMATE_ALARM, event->subject,
                        beyond, event->argument);
    }
}

void mu_climate_on_alarm(mu_sim *sim, const mu_event *event) {
    const mu_equipment *thing = sensor(sim, event->subject);
    mu_sim_record(sim, MU_RECORD_DETECTED, event->cause,
                  MU_HANDLE(MU_THING_EQUIPMENT, event->subject), mu_word_named(sim, "climate"),
                  mu_word_named(sim, thing->guards));
}
