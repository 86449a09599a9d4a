/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs of one replication: `ahead` plays to the end and leaves copies of its world on the way,
 * `shown` is put on the copy before a time and played up to it. Where the look-ahead has not been
 * yet, `shown` simply goes on by itself: both do the same events in the same order. */
#include <stdlib.h>

#include "drill/picture/inside.h"
#include "drill/picture/scenery.h"
#include "response/act.h"

/* In steps of one person by walk, of which two million take about a second; any event is reckoned
 * as EVENT_COST of them (a step of few walkers among many who stand costs as much), and what it
 * writes as RECORD_COST each: somebody who is told chooses a way. */
enum { COST_MOST = 60000, EVENT_COST = 60, RECORD_COST = 200 };

mu_session_def mu_default_session_def(const mu_plan *plan) {
    return (mu_session_def){.plan = plan,
                            .seed = (uint64_t)plan->incident.seed,
                            .spacing_s = 60,
                            .memory_bytes = UINT64_C(720) << 20};
}

/* What comes next in a run: the acts of the tabletop in between, each once every event up to its
 * time has been handled. */
static bool is_over(const mu_sim *sim) {
    return mu_world_clock(&sim->world)->over != 0 || mu_run_status(sim) != MU_OK;
}

/* Ways are pure functions of what is asked: both runs, and those of branches, look them up in one
 * place, so that going back finds them where the look-ahead has left them. */
static void share_routes(mu_session *s) {
    if (s->shown.routes != s->ahead.routes) {
        mu_route_cache_destroy(s->shown.routes);
        s->shown.routes = s->ahead.routes;
    }
}

static void leave_routes(mu_session *s) {
    if (s->shown.routes == s->ahead.routes) {
        s->shown.routes = NULL;
    }
    if (s->parent != NULL) {
        s->ahead.routes = NULL;
    }
}

static mu_status start(mu_session *s) {
    s->shown_log = mu_log_create();
    s->ahead_log = mu_log_create();
    s->arena = mu_arena_create();
    if (s->shown_log == NULL || s->ahead_log == NULL || s->arena == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_status status = mu_scenery_make(s->plan, s->arena, &s->scene);
    if (status == MU_OK) {
        status = mu_clocks_create(s);
    }
    if (status == MU_OK) {
        status = mu_run_begin(s->plan, s->def.seed, s->def.replication, s->shown_log, &s->shown);
    }
    if (status == MU_OK) {
        status = mu_run_begin(s->plan, s->def.seed, s->def.replication, s->ahead_log, &s->ahead);
    }
    if (status == MU_OK) {
        share_routes(s);
    }
    return status;
}

static mu_status order_levels(mu_session *s) {
    const uint32_t count = s->plan->site.levels.count;
    s->level_of_site = mu_arena_array(s->arena, count + 1, sizeof *s->level_of_site);
    if (s->level_of_site == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t l = 0; l < count; l++) {
        for (uint32_t k = 0; k < count; k++) {
            if (s->scene.levels[k].id == s->plan->site.levels.items[l].id) {
                s->level_of_site[l] = k;
            }
        }
    }
    return MU_OK;
}

mu_status mu_session_create(const mu_session_def *def, mu_session **out) {
    mu_session *session = calloc(1, sizeof *session);
    if (session == NULL) {
        return MU_ERR_MEMORY;
    }
    session->plan = def->plan;
    session->def = *def;
    session->copies.spacing_us = mu_time_from_s(def->spacing_s);
    session->copies.bytes_most = def->memory_bytes;
    session->copies.cost_most = COST_MOST;
    session->alert_record = MU_NO_RECORD;
    mu_status status = start(session);
    if (status == MU_OK) {
        status = order_levels(session);
    }
    if (status != MU_OK) {
        mu_session_destroy(session);
        return status;
    }
    *out = session;
    return MU_OK;
}

mu_status mu_session_of_recording(const mu_recording *recording, mu_session **out) {
    mu_session *session = calloc(1, sizeof *session);
    mu_log *empty = mu_log_create();
    if (session == NULL || empty == NULL) {
        free(session);
        mu_log_destroy(empty);
        return MU_ERR_MEMORY;
    }
    session->recording = *recording;
    session->scene = *recording->scene;
    session->shown_log = empty;
    session->ahead_over = true; /* all of it is known */
    *out = session;
    return MU_OK;
}

bool mu_session_is_recording(const mu_session *session) {
    return session->recording.frame != NULL;
}

static void close_recording(mu_session *s) {
    s->recording.destroy(s->recording.with);
    mu_log_destroy(s->shown_log);
    free(s);
}

void mu_session_destroy(mu_session *session) {
    if (session == NULL) {
        return;
    }
    if (mu_session_is_recording(session)) {
        close_recording(session);
        return;
    }
    mu_copies_destroy(&session->copies);
    leave_routes(session);
    mu_run_destroy(&session->shown);
    mu_run_destroy(&session->ahead);
    mu_log_destroy(session->shown_log);
    mu_log_destroy(session->ahead_log);
    mu_arena_destroy(session->arena);
    mu_arena_destroy(session->frame_arena);
    free(session->moments.items);
    free(session->acts.items);
    free(session);
}

const mu_scenery *mu_session_scene(const mu_session *session) {
    return &session->scene;
}

/* Is there an event at or before this time? A stale one counts: taking it out shows what is next,
 * and the state reached is the same whichever way one came. */
static bool has_event_until(const mu_sim *sim, mu_time time) {
    const mu_queue_view queue = mu_queue_of(&sim->world);
    return queue.clock->pending == 0 || mu_queue_first(queue)->time_us <= time;
}

/* Queues the next act if its turn has come and it lies at or before `most`. */
static bool take_act(mu_session *s, mu_sim *sim, uint32_t *done, mu_time most) {
    if (*done == s->acts.count || is_over(sim)) {
        return false;
    }
    const mu_act *act = &s->acts.items[*done];
    if (act->time_us > most || has_event_until(sim, act->time_us)) {
        return false;
    }
    mu_act_schedule(sim, act);
    (*done)++;
    (void)mu_run_next(sim);
    return true;
}

bool mu_session_look_ahead(mu_session *session, uint32_t events) {
    mu_session *s = session;
    if (mu_session_is_recording(s)) {
        return true;
    }
    for (uint32_t i = 0; i < events && !s->ahead_over; i++) {
        s->copies.acts = s->ahead_acts;
        mu_copies_keep(&s->copies, &s->ahead.world);
        const uint32_t records = mu_log_count(s->ahead_log);
        if (!take_act(s, &s->ahead, &s->ahead_acts, MU_NEVER)) {
            s->ahead_over = mu_run_next(&s->ahead) == 0;
        }
        s->copies.cost += EVENT_COST + mu_crowd(&s->ahead)->walking +
                          (uint64_t)RECORD_COST * (mu_log_count(s->ahead_log) - records);
    }
    (void)mu_moments_read(s); /* without memory the timeline lacks its marks */
    return s->ahead_over;
}

mu_time mu_session_known(const mu_session *session) {
    return mu_session_is_recording(session) ? session->recording.end_us
                                            : mu_world_clock(&session->ahead.world)->now_us;
}

bool mu_session_end_is_known(const mu_session *session) {
    return session->ahead_over;
}

/* The records that the copy's world had written and `shown` has not: who left the copy has them. */
static mu_status lend_records(mu_session *s, uint32_t count) {
    const mu_log *log = s->def.played != NULL ? s->def.played->log : s->ahead_log;
    while (mu_log_count(s->shown_log) < count) {
        const mu_record *record = mu_log_get(log, mu_log_count(s->shown_log));
        if (mu_log_append(s->shown_log, record) == MU_NO_RECORD) {
            return MU_ERR_MEMORY;
        }
    }
    return MU_OK;
}

static const mu_copies *copies_of(const mu_session *s) {
    return s->def.played != NULL ? &s->def.played->copies : &s->copies;
}

/* The copy to start from: a branch has those of its parent up to where it parted. */
static const mu_copy *copy_before(const mu_session *s, mu_time time) {
    const mu_copy *own = mu_copies_before(copies_of(s), time);
    if (own != NULL || s->parent == NULL) {
        return own;
    }
    const mu_copy *found = copy_before(s->parent, time < s->parted_us ? time : s->parted_us);
    return found != NULL && found->acts <= s->inherited ? found : NULL;
}

static mu_status jump(mu_session *s, const mu_copy *copy) {
    const uint32_t records = mu_world_clock(&copy->world)->log_count;
    const uint32_t shared = mu_log_count(s->shown_log);
    if (records < shared) {
        mu_clocks_reset(s);
    }
    s->shown_acts = copy->acts;
    const mu_status status = lend_records(s, records);
    return status == MU_OK ? mu_run_restore(&s->shown, &copy->world) : status;
}

/* From nothing: no copy lies before the time. */
static mu_status restart(mu_session *s) {
    s->shown.routes = NULL; /* shared */
    mu_run_destroy(&s->shown);
    mu_log_truncate(s->shown_log, 0);
    mu_clocks_reset(s);
    s->shown_acts = 0;
    const mu_status status =
        mu_run_begin(s->plan, s->def.seed, s->def.replication, s->shown_log, &s->shown);
    if (status == MU_OK) {
        share_routes(s);
    }
    return status;
}

/* Puts `shown` where going on leads to the time soonest. */
static mu_status approach(mu_session *s, mu_time time) {
    const mu_clock *clock = mu_world_clock(&s->shown.world);
    const mu_copy *copy = copy_before(s, time);
    const bool behind = time < s->at_us;
    if (copy != NULL && (behind || copy->time_us > clock->now_us + MU_SECOND)) {
        return jump(s, copy);
    }
    return behind ? restart(s) : MU_OK;
}

bool mu_session_seek(mu_session *session, mu_time time, uint32_t events) {
    mu_session *s = session;
    if (mu_session_is_recording(s)) {
        s->at_us = time < s->recording.end_us ? time : s->recording.end_us;
        return true;
    }
    if (s->status == MU_OK) {
        s->status = approach(s, time);
    }
    uint32_t handled = 0;
    while (
        s->status == MU_OK && !is_over(&s->shown) &&
        (take_act(s, &s->shown, &s->shown_acts, time) || mu_run_next_until(&s->shown, time) != 0)) {
        if (events != 0 && ++handled == events) {
            const mu_time now = mu_world_clock(&s->shown.world)->now_us;
            s->at_us = now < time ? now : time;
            return false;
        }
    }
    s->at_us = time;
    return true;
}

/* Puts the look-ahead where `shown` is: what it had foreseen beyond will not come about. */
static mu_status foresee_from_here(mu_session *s) {
    const uint32_t count = mu_log_count(s->shown_log);
    while (mu_log_count(s->ahead_log) < count) {
        const mu_record *record = mu_log_get(s->shown_log, mu_log_count(s->ahead_log));
        if (mu_log_append(s->ahead_log, record) == MU_NO_RECORD) {
            return MU_ERR_MEMORY;
        }
    }
    const mu_status status = mu_run_restore(&s->ahead, &s->shown.world);
    if (status != MU_OK) {
        return status;
    }
    s->ahead_acts = s->shown_acts;
    s->ahead_over = is_over(&s->ahead);
    s->moments_read = s->moments_read < count ? s->moments_read : count;
    while (s->moments.count > 0 && s->moments.items[s->moments.count - 1].record >= count) {
        s->moments.count--;
    }
    return MU_OK;
}

static mu_status reserve_acts(mu_session *s, uint32_t count) {
    if (count <= s->act_capacity) {
        return MU_OK;
    }
    mu_act *items = realloc(s->acts.items, 2 * (size_t)count * sizeof *items);
    if (items == NULL) {
        return MU_ERR_MEMORY;
    }
    s->acts.items = items;
    s->act_capacity = 2 * count;
    return MU_OK;
}

bool mu_session_can_act(const mu_session *session, const mu_act *act) {
    const mu_session *s = session;
    const bool last = s->acts.count == 0 || s->acts.items[s->acts.count - 1].time_us <= s->at_us;
    return !mu_session_is_recording(s) && s->def.played == NULL && s->status == MU_OK && last &&
           !is_over(&s->shown) && mu_act_is_possible(&s->shown, act);
}

mu_status mu_session_act(mu_session *session, const mu_act *act) {
    mu_session *s = session;
    if (mu_session_is_recording(s)) {
        return MU_ERR_INPUT;
    }
    mu_status status = reserve_acts(s, s->acts.count + 1);
    if (status != MU_OK) {
        return status;
    }
    status = foresee_from_here(s);
    if (status != MU_OK) {
        return s->status = status;
    }
    mu_copies_cut(&s->copies, s->at_us);
    s->acts.items[s->acts.count] = *act;
    s->acts.items[s->acts.count].padding = 0;
    s->acts.items[s->acts.count++].time_us = s->at_us;
    (void)mu_session_seek(s, s->at_us, 0);
    return s->status;
}

const mu_act *mu_session_acts(const mu_session *session, uint32_t *count) {
    *count = session->acts.count;
    return session->acts.items;
}

static mu_status take_over(mu_session *child, const mu_session *parent) {
    mu_status status = reserve_acts(child, parent->shown_acts + 1);
    for (uint32_t i = 0; status == MU_OK && i < parent->shown_acts; i++) {
        child->acts.items[child->acts.count++] = parent->acts.items[i];
    }
    child->inherited = child->shown_acts = parent->shown_acts;
    for (uint32_t i = 0; status == MU_OK && i < mu_log_count(parent->shown_log); i++) {
        const uint32_t id = mu_log_append(child->shown_log, mu_log_get(parent->shown_log, i));
        status = id == MU_NO_RECORD ? MU_ERR_MEMORY : MU_OK;
    }
    if (status == MU_OK) {
        status = mu_run_restore(&child->shown, &parent->shown.world);
    }
    child->at_us = child->parted_us = parent->at_us;
    return status == MU_OK ? foresee_from_here(child) : status;
}

mu_status mu_session_branch(mu_session *parent, uint64_t memory_bytes, mu_session **out) {
    if (mu_session_is_recording(parent)) {
        return MU_ERR_INPUT;
    }
    if (mu_session_status(parent) != MU_OK) { /* there may be no world to take over */
        return mu_session_status(parent);
    }
    mu_session_def def = parent->def;
    def.memory_bytes = memory_bytes;
    mu_session *child = NULL;
    mu_status status = mu_session_create(&def, &child);
    if (status != MU_OK) {
        return status;
    }
    status = take_over(child, parent);
    if (status != MU_OK) {
        mu_session_destroy(child);
        return status;
    }
    mu_route_cache_destroy(child->ahead.routes);
    child->ahead.routes = child->shown.routes = parent->ahead.routes;
    child->parent = parent;
    (void)mu_moments_read(child);
    *out = child;
    return MU_OK;
}

const mu_log *mu_session_log(const mu_session *session) {
    return session->shown_log;
}

mu_time mu_session_now(const mu_session *session) {
    return session->at_us;
}

mu_status mu_session_status(const mu_session *session) {
    return session->status != MU_OK || mu_session_is_recording(session)
               ? session->status
               : mu_run_status(&session->shown);
}

uint64_t mu_session_hash(const mu_session *session) {
    return mu_session_is_recording(session) ? 0 : mu_world_hash(&session->shown.world);
}

uint32_t mu_session_copies(const mu_session *session, uint64_t *bytes) {
    if (bytes != NULL) {
        *bytes = session->copies.bytes;
    }
    return session->copies.list.count;
}
