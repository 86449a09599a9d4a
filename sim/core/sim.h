/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run in progress: the world, the log it writes, and the given data it reads. Handlers get this
 * and an event; they keep no state elsewhere. */
#ifndef MU_CORE_SIM_H
#define MU_CORE_SIM_H

#include "core/event.h"
#include "core/log.h"
#include "core/random.h"
#include "core/world.h"

struct mu_site;
struct mu_walkable;
struct mu_route_cache;
struct mu_people;
struct mu_crowd_scratch;
struct mu_threat_plan;
struct mu_response_plan;

/* What one run may spend: one that cannot end is to end in a message. */
typedef struct mu_run_budget {
    uint64_t events, instant_events; /* in all, and at one and the same moment */
    uint32_t records;
} mu_run_budget;

typedef struct mu_sim {
    mu_world world;
    mu_log *log;
    mu_stamp_layout stamps;
    /* Given data: borrowed, immutable, shared between runs. */
    const struct mu_site *site;
    const struct mu_walkable *walkable;
    const struct mu_people *people;
    const struct mu_threat_plan *threat;
    const struct mu_response_plan *response;
    uint32_t queue_margin; /* events that one handler may add */
    /* Caches and scratch: owned by the run, no state; their contents follow from given data and
     * world alone. */
    struct mu_route_cache *routes;
    struct mu_crowd_scratch *scratch;
    const mu_run_budget *budget; /* NULL: the documented limits (limits.h) */
    mu_time instant_us;          /* the moment of the last event, and how many there were at it */
    uint64_t instant_events;
    uint32_t essential_at; /* place in the queue where an essential event was last found */
    mu_time calm_from_us, calm_until_us; /* between them it is no time to look at the item */
} mu_sim;

/* What a handler may do next. */

/* Writes a record with the present time and returns its id. */
uint32_t mu_sim_record(mu_sim *sim, mu_record_kind kind, uint32_t cause, mu_handle subject,
                       mu_handle object, mu_handle place);
/* The same with every field given (time_us is set here). */
uint32_t mu_sim_write(mu_sim *sim, mu_record record);
/* Writes a record 'measured': the number `value` of an object, at a place or at none (0). */
void mu_sim_measure(mu_sim *sim, mu_handle object, mu_handle place, double value, uint32_t cause);

/* Schedules an event `delay_us` (>= 0) from now, under the subject's present stamp. */
void mu_sim_schedule(mu_sim *sim, mu_time delay_us, mu_event_kind kind, uint32_t subject,
                     uint32_t cause, uint64_t argument);
/* Makes every pending event of this subject stale. */
void mu_sim_restamp(mu_sim *sim, mu_stamped what, uint32_t subject);

static inline mu_time mu_sim_now(const mu_sim *sim) {
    return mu_world_clock(&sim->world)->now_us;
}
/* The stream of one subject, purpose and occasion in this replication. */
void mu_sim_stream(const mu_sim *sim, mu_stream *stream, mu_purpose purpose, uint64_t subject,
                   uint32_t occasion);

/* Takes the earliest event, of which there is one, and sets the clock to its time; 0 where it is
 * stale, or where the run has spent what it may (the clock's status is then MU_ERR_LIMIT). */
int mu_sim_take(mu_sim *sim, mu_event *out);
/* The next event that is not stale; 0 where none is left, or the run has spent what it may. */
int mu_sim_next(mu_sim *sim, mu_event *out);

#endif
