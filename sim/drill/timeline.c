/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the log with one open task per step: a step's repetitions never overlap. Each
 * record of the step may end the stage that the task is in and begin another. */
#include "drill/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "core/grow.h"

typedef struct open_task {
    uint32_t task;   /* MU_NONE: the step has none now */
    uint32_t answer; /* task of whoever was called; MU_NONE */
    uint32_t activity;
    mu_time since_us, requested_us; /* the latter MU_NEVER: nothing is asked for */
    bool begun, done;
    mu_handle first; /* who set out first */
    mu_time set_out_us;
} open_task;

typedef struct reader {
    const mu_plan *plan;
    mu_timeline *out;
    open_task *open; /* per step */
    uint32_t task_room, stage_room, wait_room, moment_room, alert_room;
    bool no_memory;
} reader;

/* The list with room for one more; NULL where there is no memory, and the list as it was. */
static void *grow(reader *r, void *items, uint32_t count, uint32_t *room, size_t size) {
    void *grown = mu_grow(items, count, room, size);
    r->no_memory = r->no_memory || grown == NULL;
    return grown;
}

static void add_stage(reader *r, uint32_t task, uint32_t activity, mu_time from_us, mu_time to_us) {
    mu_timeline *out = r->out;
    if (task == MU_NONE || to_us <= from_us) {
        return;
    }
    mu_stage_time *stages =
        grow(r, out->stages, out->stage_count, &r->stage_room, sizeof *out->stages);
    if (stages != NULL) {
        out->stages = stages;
        stages[out->stage_count++] = (mu_stage_time){task, activity, from_us, to_us};
    }
}

static uint32_t add_task(reader *r, const mu_task *task) {
    mu_timeline *out = r->out;
    mu_task *tasks = grow(r, out->tasks, out->task_count, &r->task_room, sizeof *out->tasks);
    if (tasks == NULL) {
        return MU_NONE;
    }
    out->tasks = tasks;
    tasks[out->task_count] = *task;
    return out->task_count++;
}

/* What was asked for has come, or will not: with nothing as its subject. */
static void end_wait(reader *r, open_task *o, uint32_t step, const mu_record *given,
                     mu_time now_us) {
    mu_timeline *out = r->out;
    if (o->requested_us < now_us) {
        mu_wait_time *waits =
            grow(r, out->waits, out->wait_count, &r->wait_room, sizeof *out->waits);
        if (waits != NULL) {
            out->waits = waits;
            waits[out->wait_count++] = (mu_wait_time){.step = step,
                                                      .subject = given == NULL ? 0 : given->subject,
                                                      .holder = given == NULL ? 0 : given->holder,
                                                      .from_us = o->requested_us,
                                                      .to_us = now_us};
        }
    }
    o->requested_us = MU_NEVER;
}

static void enter(reader *r, open_task *o, mu_activity activity, mu_time now_us) {
    if (o->activity != (uint32_t)activity) {
        add_stage(r, o->task, o->activity, o->since_us, now_us);
        o->activity = activity;
        o->since_us = now_us;
    }
}

static void end_answer(reader *r, open_task *o, mu_time now_us) {
    if (o->answer != MU_NONE) {
        mu_task *answer = &r->out->tasks[o->answer];
        answer->to_us = now_us;
        answer->end = MU_TASK_DONE;
        add_stage(r, o->answer, MU_ACTIVITY_TALKING, answer->from_us, now_us);
        o->answer = MU_NONE;
    }
}

static void end_task(reader *r, open_task *o, mu_task_end end, mu_time now_us) {
    if (o->task == MU_NONE) {
        return;
    }
    add_stage(r, o->task, o->activity, o->since_us, now_us);
    end_answer(r, o, now_us);
    end_wait(r, o, r->out->tasks[o->task].step, NULL, now_us);
    r->out->tasks[o->task].to_us = now_us;
    r->out->tasks[o->task].end = end;
    *o = (open_task){.task = MU_NONE, .answer = MU_NONE, .requested_us = MU_NEVER};
}

static void begin_task(reader *r, open_task *o, uint32_t step, mu_time now_us) {
    end_task(r, o, MU_TASK_DONE, now_us);
    const mu_task task = {.step = step,
                          .role = r->plan->response.steps.items[step].role,
                          .persons = 1,
                          .from_us = now_us,
                          .to_us = now_us};
    *o = (open_task){.task = add_task(r, &task),
                     .answer = MU_NONE,
                     .activity = MU_ACTIVITY_WAITING,
                     .since_us = now_us,
                     .requested_us = MU_NEVER,
                     .set_out_us = -1};
}

static uint32_t role_of(const reader *r, mu_handle person) {
    const uint32_t index = mu_handle_index(person);
    return mu_handle_thing(person) == MU_THING_PERSON && index < r->plan->people.list.count
               ? r->plan->people.list.items[index].role
               : MU_NONE;
}

/* Before the work: its people. During a message: a line, or whoever answers. */
static void granted(reader *r, open_task *o, uint32_t step, const mu_record *record) {
    const uint32_t role = role_of(r, record->subject);
    end_wait(r, o, step, record, record->time_us);
    if (!o->begun) {
        if (role != MU_NONE) {
            r->out->tasks[o->task].role = role;
        }
        return;
    }
    enter(r, o, MU_ACTIVITY_TALKING, record->time_us);
    if (role != MU_NONE && o->answer == MU_NONE) {
        const mu_task task = {.step = step,
                              .role = role,
                              .persons = 1,
                              .answers = true,
                              .from_us = record->time_us,
                              .to_us = record->time_us};
        o->answer = add_task(r, &task);
    }
}

/* All set out at one time; whoever fetches something first sets out once more later. */
static void set_out(reader *r, open_task *o, const mu_record *record) {
    if (o->begun) {
        return; /* a team on its rounds */
    }
    enter(r, o, MU_ACTIVITY_WALKING, record->time_us);
    if (o->set_out_us < 0) {
        o->set_out_us = record->time_us;
        o->first = record->subject;
    } else if (o->set_out_us == record->time_us && o->first != record->subject) {
        r->out->tasks[o->task].persons++;
    }
}

static void step_done(reader *r, open_task *o, uint32_t step, mu_time now_us) {
    end_answer(r, o, now_us);
    if (r->plan->response.steps.items[step].given->holds) {
        o->done = true;
        enter(r, o, MU_ACTIVITY_HOLDING, now_us);
    } else {
        end_task(r, o, MU_TASK_DONE, now_us);
    }
}

static void released(reader *r, open_task *o, const mu_record *record) {
    const uint32_t role = role_of(r, record->subject);
    if (o->done) {
        end_task(r, o, MU_TASK_DONE, record->time_us);
    } else if (o->answer != MU_NONE && r->out->tasks[o->answer].role == role) {
        end_answer(r, o, record->time_us);
    }
}

static void read_step(reader *r, uint32_t step, const mu_record *record) {
    open_task *o = &r->open[step];
    const mu_time now_us = record->time_us;
    const mu_record_kind kind = (mu_record_kind)record->kind;
    if (kind == MU_RECORD_DUE) {
        begin_task(r, o, step, now_us);
    }
    if (o->task == MU_NONE) {
        return;
    }
    if (kind == MU_RECORD_REQUESTED && !o->done) {
        o->requested_us = now_us;
        enter(r, o, MU_ACTIVITY_WAITING, now_us);
    } else if (kind == MU_RECORD_GRANTED) {
        granted(r, o, step, record);
    } else if (kind == MU_RECORD_SET_OUT) {
        set_out(r, o, record);
    } else if (kind == MU_RECORD_BEGAN) {
        o->begun = true;
        enter(r, o, MU_ACTIVITY_WORKING, now_us);
    } else if (kind == MU_RECORD_SENT && !o->done) {
        enter(r, o, MU_ACTIVITY_TALKING, now_us);
    } else if (kind == MU_RECORD_STEP) {
        step_done(r, o, step, now_us);
    } else if (kind == MU_RECORD_ABANDONED || kind == MU_RECORD_CALLED_OFF) {
        end_task(r, o, kind == MU_RECORD_ABANDONED ? MU_TASK_ABANDONED : MU_TASK_CALLED_OFF,
                 now_us);
    } else if (kind == MU_RECORD_RELEASED) {
        released(r, o, record);
    }
}

static void read_unit(reader *r, const mu_log *log, const mu_record *record) {
    const uint32_t u = mu_handle_index(record->subject);
    if (mu_handle_thing(record->subject) != MU_THING_UNIT || u >= r->plan->roster.units.count) {
        return;
    }
    if (record->kind == MU_RECORD_DISPATCHED) {
        r->out->units[u].set_out_us = record->time_us;
        r->out->units[u].told_us = record->cause == MU_NO_RECORD
                                       ? record->time_us
                                       : mu_log_get(log, record->cause)->time_us;
    } else if (record->kind == MU_RECORD_ON_SITE) {
        r->out->units[u].on_site_us = record->time_us;
    }
}

bool mu_is_climate_alarm(const mu_plan *plan, const mu_record *detected) {
    return mu_handle_thing(detected->subject) == MU_THING_EQUIPMENT &&
           plan->site.equipment.items[mu_handle_index(detected->subject)].kind ==
               MU_EQUIPMENT_CLIMATE_SENSOR;
}

bool mu_is_alarm_of_note(const mu_plan *plan, const mu_record *detected) {
    return detected->subject == 0 || mu_is_climate_alarm(plan, detected);
}

bool mu_is_same_moment(const mu_record *a, const mu_record *b) {
    return a->kind == b->kind && a->object == b->object &&
           (a->kind != MU_RECORD_DETECTED || a->place == b->place);
}

static bool is_moment(const reader *r, const mu_record *record) {
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_ACCOUNTED:
        return mu_handle_thing(record->object) == MU_THING_WORD &&
               mu_handle_index(record->object) == r->plan->response.word_all;
    case MU_RECORD_ALARM:
    case MU_RECORD_PLACED:
    case MU_RECORD_NOTICED:
    case MU_RECORD_EXPLODED:
    case MU_RECORD_SEIZED:
    case MU_RECORD_RESOLVED:
    case MU_RECORD_LEAKS:
    case MU_RECORD_DISPERSED:
    case MU_RECORD_DISTURBED:
    case MU_RECORD_ENTERED:
    case MU_RECORD_DENIED:
    case MU_RECORD_DISCHARGED:
    case MU_RECORD_OUTAGE:
    case MU_RECORD_BACK:
    case MU_RECORD_OUT_OF_RANGE:
    case MU_RECORD_RECEIVED:
    case MU_RECORD_WARNED:
    case MU_RECORD_RUNS_LOW:
    case MU_RECORD_EXHAUSTED:
    case MU_RECORD_DECLARED:
    case MU_RECORD_ORDERED:
    case MU_RECORD_SHELTERED:
    case MU_RECORD_LOCKED_DOWN:
    case MU_RECORD_VENTILATION_SHUT:
    case MU_RECORD_CLEARED:
    case MU_RECORD_SECURED:
    case MU_RECORD_ALL_CLEAR:
        return true;
    case MU_RECORD_DETECTED:
        return mu_is_alarm_of_note(r->plan, record);
    default: /* the many that are steps of somebody's task, or of one occupant's way */
        return false;
    }
}

/* Copies a record unless one of the same kind and about the same is there already. */
static void add_moment(reader *r, const mu_record *record) {
    mu_timeline *out = r->out;
    for (uint32_t i = 0; i < out->moment_count; i++) {
        if (mu_is_same_moment(&out->moments[i], record)) {
            return;
        }
    }
    mu_record *moments =
        grow(r, out->moments, out->moment_count, &r->moment_room, sizeof *out->moments);
    if (moments != NULL) {
        out->moments = moments;
        moments[out->moment_count++] = *record;
    }
}

static int level_of(const mu_plan *plan, const mu_record *record) {
    static const char *const levels[] = {"yellow", "orange", "red"};
    for (int k = 0; k < 3 && record->kind == MU_RECORD_DECLARED; k++) {
        if (strcmp(mu_plan_id(plan, record->object), levels[k]) == 0) {
            return k + 1;
        }
    }
    return 0;
}

bool mu_alert_stays(const mu_plan *plan, const mu_record *in_force, const mu_record *declared) {
    const int level = level_of(plan, declared);
    return level > 0 && level < level_of(plan, in_force);
}

static void add_alert(reader *r, const mu_record *record) {
    mu_timeline *out = r->out;
    const mu_record *last = out->alert_count > 0 ? &out->alerts[out->alert_count - 1] : NULL;
    if (last != NULL && ((last->kind == record->kind && last->object == record->object) ||
                         mu_alert_stays(r->plan, last, record))) {
        return;
    }
    mu_record *alerts = grow(r, out->alerts, out->alert_count, &r->alert_room, sizeof *out->alerts);
    if (alerts != NULL) {
        out->alerts = alerts;
        alerts[out->alert_count++] = *record;
    }
}

static void read_record(reader *r, const mu_log *log, const mu_record *record) {
    const uint32_t step = mu_handle_index(record->step);
    if (mu_handle_thing(record->step) == MU_THING_STEP && step < r->plan->response.steps.count) {
        read_step(r, step, record);
    }
    read_unit(r, log, record);
    if (record->kind == MU_RECORD_DECLARED || record->kind == MU_RECORD_ALL_CLEAR) {
        add_alert(r, record);
    }
    if (is_moment(r, record)) {
        add_moment(r, record);
    }
}

static void close_all(reader *r, mu_time end_us) {
    for (uint32_t s = 0; s < r->plan->response.steps.count; s++) {
        end_task(r, &r->open[s], MU_TASK_OPEN, end_us);
    }
}

mu_status mu_timeline_read(const mu_plan *plan, const mu_log *log, mu_time end_us,
                           uint32_t replication, mu_timeline *out) {
    const uint32_t steps = plan->response.steps.count, units = plan->roster.units.count;
    *out = (mu_timeline){.replication = replication,
                         .end_us = end_us,
                         .units = malloc((units + 1) * sizeof *out->units)};
    reader r = {.plan = plan, .out = out, .open = malloc((steps + 1) * sizeof *r.open)};
    if (out->units == NULL || r.open == NULL) {
        free(r.open);
        mu_timeline_destroy(out);
        return MU_ERR_MEMORY;
    }
    for (uint32_t s = 0; s < steps; s++) {
        r.open[s] = (open_task){.task = MU_NONE, .answer = MU_NONE, .requested_us = MU_NEVER};
    }
    for (uint32_t u = 0; u < units; u++) {
        out->units[u] = (mu_unit_time){MU_NEVER, MU_NEVER, MU_NEVER};
    }
    for (uint32_t i = 0; i < mu_log_count(log) && !r.no_memory; i++) {
        read_record(&r, log, mu_log_get(log, i));
    }
    close_all(&r, end_us);
    free(r.open);
    if (r.no_memory) {
        mu_timeline_destroy(out);
        return MU_ERR_MEMORY;
    }
    return MU_OK;
}

void mu_timeline_destroy(mu_timeline *timeline) {
    free(timeline->tasks);
    free(timeline->stages);
    free(timeline->waits);
    free(timeline->units);
    free(timeline->alerts);
    free(timeline->moments);
    *timeline = (mu_timeline){0};
}
