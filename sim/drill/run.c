/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main loop: take the earliest event, let its handler do what happens next, let the response
 * hear what was written, see whether anything is left to happen. */
#include "drill/run.h"

#include "crowd/flow.h"
#include "crowd/scratch.h"
#include "drill/handlers.h"
#include "drill/played.h"
#include "response/measures.h"
#include "site/service_state.h"
#include "site/vent_state.h"

/* Events that one handler may add at the most: every person a message over every channel, every
 * step, unit, portal and piece of equipment one each, and some. */
static uint32_t queue_margin(const mu_plan *plan) {
    return plan->people.list.count * (plan->site.channels.count + 3) + plan->response.steps.count +
           plan->roster.units.count + plan->site.portals.count + plan->site.equipment.count +
           plan->site.air_units.count + 64;
}

static mu_layout layout_of(const mu_plan *plan) {
    mu_layout layout = {0};
    mu_portal_register(&plan->site, &layout);
    mu_service_register(&plan->site, &layout);
    mu_crowd_register(&plan->site, &plan->people, &layout);
    mu_threat_register(&plan->threat, &plan->site, &plan->people, &layout);
    mu_response_register(&plan->response, &plan->site, &plan->people, &layout);
    if (plan->incident.motion == MU_MOTION_FLOW) {
        mu_flow_count(plan->walkable, &plan->people, &layout);
    }
    mu_layout_add(&layout, MU_SECTION_QUEUE, sizeof(mu_event), 2 * queue_margin(plan));
    mu_layout_add(&layout, MU_SECTION_STAMP, sizeof(uint16_t),
                  plan->people.list.count + plan->response.steps.count + plan->site.portals.count);
    return layout;
}

static mu_stamp_layout stamps_of(const mu_plan *plan) {
    mu_stamp_layout stamps = {{0}};
    stamps.first[MU_STAMPED_STEP] = plan->people.list.count;
    stamps.first[MU_STAMPED_PORTAL] = plan->people.list.count + plan->response.steps.count;
    return stamps;
}

static mu_status attach(const mu_plan *plan, mu_log *log, mu_sim *sim) {
    *sim = (mu_sim){.log = log,
                    .stamps = stamps_of(plan),
                    .site = &plan->site,
                    .walkable = plan->walkable,
                    .people = &plan->people,
                    .threat = &plan->threat,
                    .response = &plan->response,
                    .queue_margin = queue_margin(plan)};
    const mu_layout layout = layout_of(plan);
    const mu_status status = mu_world_create(&layout, &sim->world);
    if (status != MU_OK) {
        return status;
    }
    sim->routes = mu_route_cache_borrow(plan->walkable);
    sim->scratch = mu_crowd_scratch_create(plan->walkable, &plan->people);
    return sim->routes == NULL || sim->scratch == NULL ? MU_ERR_MEMORY : MU_OK;
}

static void schedule_beginning(const mu_plan *plan, mu_sim *sim) {
    const mu_handle kind = MU_HANDLE(MU_THING_WORD, plan->word_started);
    mu_sim_schedule(sim, 0, MU_EVENT_INCIDENT_STARTS, 0, MU_NO_RECORD, kind);
    if (plan->incident.kind == MU_INCIDENT_EVACUATION) {
        mu_sim_schedule(sim, mu_time_from_s(plan->incident.alarm_at_s), MU_EVENT_ALARM_RAISED, 0,
                        MU_NO_RECORD, MU_HANDLE(MU_THING_WORD, plan->word_general));
    }
    mu_sim_schedule(sim, mu_time_from_s(plan->incident.horizon_s), MU_EVENT_HORIZON, 0,
                    MU_NO_RECORD, 0);
}

mu_status mu_run_begin(const mu_plan *plan, uint64_t seed, uint32_t replication, mu_log *log,
                       mu_sim *out) {
    mu_status status = attach(plan, log, out);
    if (status == MU_OK) {
        mu_clock *clock = mu_world_clock(&out->world);
        clock->seed = seed;
        clock->replication = replication;
        mu_portal_begin(out);
        mu_service_begin(out);
        mu_vent_begin(out);
        status = mu_crowd_begin(out);
    }
    if (status == MU_OK) {
        status = mu_crowd_move_by(out, (mu_motion_kind)plan->incident.motion,
                                  (mu_motion_mode)plan->incident.motion_mode);
    }
    if (status != MU_OK) {
        mu_run_destroy(out);
        return status;
    }
    mu_crowd(out)->incremental = plan->incident.incremental_premovement;
    mu_crowd(out)->premovement_factor = plan->incident.premovement_factor;
    mu_threat_clear(out);
    mu_response_begin(out);
    schedule_beginning(plan, out);
    return MU_OK;
}

void mu_run_destroy(mu_sim *sim) {
    mu_crowd_scratch_destroy(sim->scratch);
    mu_route_cache_give_back(sim->routes);
    if (sim->world.block != NULL) {
        mu_world_destroy(&sim->world);
    }
    *sim = (mu_sim){0};
}

static bool someone_is_leaving(const mu_sim *sim) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_minds(sim)[p].evacuating != 0 && mu_bodies(sim)[p].mode == MU_BODY_WALKING) {
            return true;
        }
    }
    return false;
}

static bool is_essential_at(mu_queue_view queue, uint32_t at) {
    return at < queue.clock->pending &&
           mu_event_is_essential((mu_event_kind)mu_queue_all(queue)[at].kind);
}

/* Where there was one at the last look, there is one now, as a rule. */
static bool something_is_pending(mu_sim *sim) {
    const mu_queue_view queue = mu_queue_of(&sim->world);
    if (is_essential_at(queue, sim->essential_at)) {
        return true;
    }
    for (uint32_t i = 0; i < queue.clock->pending; i++) {
        if (is_essential_at(queue, i)) {
            sim->essential_at = i;
            return true;
        }
    }
    return false;
}

/* The next event, stale or not; NULL without one. */
static const mu_event *next_event(const mu_sim *sim) {
    const mu_queue_view queue = mu_queue_of(&sim->world);
    return queue.clock->pending > 0 ? mu_queue_first(queue) : NULL;
}

/* Is nothing left to happen? Looking costs a pass over everyone, so it is done once a second,
 * before an event that lies beyond that second. */
static bool is_quiet(mu_sim *sim, const mu_event *next) {
    mu_clock *clock = mu_world_clock(&sim->world);
    if (next != NULL && next->time_us < clock->look_us) {
        return false;
    }
    clock->look_us = clock->now_us + MU_SECOND;
    return !something_is_pending(sim) && !mu_threat_is_open(sim) && !someone_is_leaving(sim) &&
           !mu_response_is_active(sim);
}

/* Ways that could not be found for lack of memory are not ways that do not exist. */
static void note_memory(mu_sim *sim) {
    if (mu_walkable_lacks_memory(sim->walkable)) {
        mu_world_clock(&sim->world)->status = MU_ERR_MEMORY;
    }
}

static void end_run(mu_sim *sim, bool quiet) {
    mu_clock *clock = mu_world_clock(&sim->world);
    clock->over = 1;
    clock->quiet = quiet;
    mu_measures_end(sim);
    mu_crowd_record_remaining(sim);
    (void)mu_sim_record(sim, MU_RECORD_ENDED, MU_NO_RECORD, 0, 0, 0);
    note_memory(sim);
}

static void make_room(mu_sim *sim) {
    mu_clock *clock = mu_world_clock(&sim->world);
    const uint32_t capacity = mu_world_count(&sim->world, MU_SECTION_QUEUE);
    if (capacity - clock->pending < sim->queue_margin) {
        const mu_status status =
            mu_world_grow(&sim->world, MU_SECTION_QUEUE, capacity + sim->queue_margin);
        if (status != MU_OK) {
            mu_world_clock(&sim->world)->status = (uint32_t)status;
        }
    }
    const mu_status status = mu_crowd_reserve(sim);
    if (status != MU_OK) {
        mu_world_clock(&sim->world)->status = (uint32_t)status;
    }
    note_memory(sim);
}

typedef enum step { NONE_LEFT, NONE_YET, EVENT, LAST_EVENT } step;

/* The next event that is not stale, or what is seen between events before it. */
static step go_on(mu_sim *sim, const mu_event *next, mu_time until_us) {
    const mu_clock *clock = mu_world_clock(&sim->world);
    mu_event event;
    for (; next != NULL && clock->status == MU_OK; next = next_event(sim)) {
        const mu_time next_us = next->time_us;
        if (mu_item_watch(sim, next_us < until_us ? next_us : until_us)) {
            return EVENT; /* else it has left no trace, and what comes next does so still */
        }
        if (next_us > until_us) {
            return NONE_YET;
        }
        if (mu_sim_take(sim, &event) != 0) {
            mu_handler_of((mu_event_kind)event.kind)(sim, &event);
            return event.kind == MU_EVENT_HORIZON ? LAST_EVENT : EVENT;
        }
    }
    return NONE_LEFT;
}

int mu_run_next_until(mu_sim *sim, mu_time until_us) {
    make_room(sim);
    if (mu_run_status(sim) != MU_OK || mu_world_clock(&sim->world)->over != 0) {
        return 0;
    }
    /* Where nothing is, a run that one follows to a moment stays open: somebody may still act. */
    const mu_event *next = next_event(sim);
    const bool due = until_us == MU_NEVER || (next != NULL && next->time_us <= until_us);
    const step came = is_quiet(sim, next) ? NONE_LEFT : go_on(sim, next, until_us);
    if (came == NONE_LEFT && due && mu_run_status(sim) == MU_OK) {
        end_run(sim, true);
    }
    if (came != EVENT && came != LAST_EVENT) {
        return 0;
    }
    mu_response_hear(sim);
    if (came == LAST_EVENT) {
        end_run(sim, false);
    }
    return 1;
}

int mu_run_next(mu_sim *sim) {
    return mu_run_next_until(sim, MU_NEVER);
}

void mu_run_stop(mu_sim *sim) {
    if (mu_world_clock(&sim->world)->over == 0) {
        end_run(sim, false);
    }
}

mu_status mu_run_status(const mu_sim *sim) {
    return (mu_status)mu_world_clock(&sim->world)->status;
}

void mu_run_result(const mu_sim *sim, mu_run_end *out) {
    const mu_clock *clock = mu_world_clock(&sim->world);
    *out = (mu_run_end){.end_us = clock->now_us,
                        .quiet = clock->quiet != 0,
                        .state_hash = mu_world_hash(&sim->world),
                        .events = clock->dispatched};
}

mu_status mu_run_restore(mu_sim *sim, const mu_world *snapshot) {
    const mu_status status = mu_world_load(&sim->world, snapshot->block, mu_world_bytes(snapshot));
    if (status == MU_OK) {
        mu_scratch_forget(sim->scratch);
        sim->calm_until_us = 0;
        mu_log_truncate(sim->log, mu_world_clock(&sim->world)->log_count);
    }
    return status;
}

mu_status mu_run(const mu_plan *plan, uint64_t seed, uint32_t replication, mu_log *log,
                 mu_run_end *out) {
    return mu_run_with_copies(plan, seed, replication, log, NULL, out);
}
