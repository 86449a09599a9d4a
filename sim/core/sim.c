/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The few things that every handler does: write a record, schedule, make plans stale, draw. */
#include "core/sim.h"

#include <math.h>
#include <stdbool.h>

#include "core/limits.h"

uint32_t mu_sim_write(mu_sim *sim, mu_record record) {
    mu_clock *clock = mu_world_clock(&sim->world);
    record.time_us = clock->now_us;
    const uint32_t id = mu_log_append(sim->log, &record);
    if (id == MU_NO_RECORD) {
        clock->status = MU_ERR_MEMORY;
    } else {
        clock->log_count = id + 1;
    }
    return id;
}

uint32_t mu_sim_record(mu_sim *sim, mu_record_kind kind, uint32_t cause, mu_handle subject,
                       mu_handle object, mu_handle place) {
    return mu_sim_write(sim, (mu_record){.kind = (uint16_t)kind,
                                         .cause = cause,
                                         .subject = subject,
                                         .object = object,
                                         .place = place});
}

void mu_sim_measure(mu_sim *sim, mu_handle object, mu_handle place, double value, uint32_t cause) {
    (void)mu_sim_write(sim, (mu_record){.kind = MU_RECORD_MEASURED,
                                        .cause = cause,
                                        .object = object,
                                        .place = place,
                                        .value = (uint32_t)lround(value * MU_MEASURE_PARTS)});
}

static uint16_t *stamp_of(const mu_sim *sim, mu_stamped what, uint32_t subject) {
    uint16_t *stamps = mu_world_section(&sim->world, MU_SECTION_STAMP);
    return &stamps[sim->stamps.first[what] + subject];
}

void mu_sim_schedule(mu_sim *sim, mu_time delay_us, mu_event_kind kind, uint32_t subject,
                     uint32_t cause, uint64_t argument) {
    const mu_queue_view queue = mu_queue_of(&sim->world);
    const mu_time now = queue.clock->now_us;
    if (delay_us > MU_NEVER - now) {
        return; /* never */
    }
    const mu_stamped what = mu_event_stamped(kind);
    mu_queue_push(queue,
                  (mu_event){
                      .time_us = now + (delay_us < 0 ? 0 : delay_us),
                      .cause = cause,
                      .kind = (uint16_t)kind,
                      .stamp = what == MU_STAMPED_NOTHING ? 0 : *stamp_of(sim, what, subject),
                      .subject = subject,
                      .argument = argument,
                  });
}

void mu_sim_restamp(mu_sim *sim, mu_stamped what, uint32_t subject) {
    (*stamp_of(sim, what, subject))++;
}

void mu_sim_stream(const mu_sim *sim, mu_stream *stream, mu_purpose purpose, uint64_t subject,
                   uint32_t occasion) {
    const mu_clock *clock = mu_world_clock(&sim->world);
    mu_stream_open(stream, clock->seed, clock->replication, purpose, subject, occasion);
}

static bool has_spent_all(mu_sim *sim) {
    static const mu_run_budget documented = {MU_RUN_EVENTS_MOST, MU_INSTANT_EVENTS_MOST,
                                             MU_LOG_RECORDS_MOST};
    const mu_run_budget *budget = sim->budget != NULL ? sim->budget : &documented;
    const mu_clock *clock = mu_world_clock(&sim->world);
    if (clock->now_us != sim->instant_us) {
        sim->instant_us = clock->now_us;
        sim->instant_events = 0;
    }
    return clock->dispatched >= budget->events || sim->instant_events++ >= budget->instant_events ||
           clock->log_count >= budget->records;
}

int mu_sim_take(mu_sim *sim, mu_event *out) {
    const mu_queue_view queue = mu_queue_of(&sim->world);
    if (has_spent_all(sim)) {
        queue.clock->status = MU_ERR_LIMIT;
        return 0;
    }
    *out = mu_queue_pop(queue);
    queue.clock->now_us = out->time_us;
    const mu_stamped what = mu_event_stamped((mu_event_kind)out->kind);
    if (what == MU_STAMPED_NOTHING || out->stamp == *stamp_of(sim, what, out->subject)) {
        queue.clock->dispatched++;
        return 1;
    }
    queue.clock->dropped++;
    return 0;
}

int mu_sim_next(mu_sim *sim, mu_event *out) {
    const mu_clock *clock = mu_world_clock(&sim->world);
    while (clock->pending > 0 && clock->status == MU_OK) {
        if (mu_sim_take(sim, out) != 0) {
            return 1;
        }
    }
    return 0;
}
