/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums over tasks, and a sweep over their beginnings and ends for what is wanted at once. */
#include "drill/workload.h"

#include <stdlib.h>
#include <string.h>

typedef struct change {
    mu_time at_us;
    uint32_t role;
    int32_t by;
} change;

uint32_t mu_workload_on_duty(const mu_plan *plan, uint32_t role) {
    uint32_t count = 0;
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        const mu_person *person = &plan->people.list.items[p];
        const bool at_work = person->kind == MU_PERSON_UNIT ||
                             (person->kind == MU_PERSON_MEMBER && person->space != MU_NONE);
        count += at_work && person->role == role;
    }
    return count;
}

uint32_t mu_workload_persons(const mu_plan *plan, const mu_task *task) {
    const mu_step_plan *step = &plan->response.steps.items[task->step];
    uint32_t asked = step->crew;
    if (asked == 0 && step->place == MU_PLACE_POSTS) {
        asked = step->posts.count;
    } else if (asked == 0 && task->persons <= 1 && step->role == task->role &&
               step->role != MU_NONE) {
        asked = mu_workload_on_duty(plan, step->role); /* every one, and none had to walk */
    }
    return !task->answers && asked > task->persons ? asked : task->persons;
}

bool mu_workload_wants(const mu_task *task, mu_time at_us) {
    return task->from_us <= at_us && at_us < task->to_us;
}

/* Who calls from among the occupants is no team. */
static bool is_team(const mu_plan *plan, uint32_t role) {
    return role != MU_NONE && mu_workload_on_duty(plan, role) > 0;
}

static void add_times(const mu_plan *plan, const mu_timeline *timeline, mu_workload *out) {
    for (uint32_t i = 0; i < timeline->task_count; i++) {
        const mu_task *task = &timeline->tasks[i];
        if (is_team(plan, task->role)) {
            out->roles[task->role].tasks++;
        }
    }
    for (uint32_t i = 0; i < timeline->stage_count; i++) {
        const mu_stage_time *stage = &timeline->stages[i];
        const mu_task *task = &timeline->tasks[stage->task];
        const mu_time to_us = stage->to_us < out->to_us ? stage->to_us : out->to_us;
        if (stage->activity != MU_ACTIVITY_WAITING && is_team(plan, task->role) &&
            to_us > stage->from_us) {
            out->roles[task->role].busy_s[stage->activity] +=
                mu_time_to_s(to_us - stage->from_us) * mu_workload_persons(plan, task);
        }
    }
}

static int by_time(const void *left, const void *right) {
    const change *a = left, *b = right;
    if (a->at_us != b->at_us) {
        return a->at_us < b->at_us ? -1 : 1;
    }
    return (a->by > b->by) - (a->by < b->by); /* whoever goes is free for what comes */
}

static void sweep(const mu_plan *plan, const change *changes, uint32_t count, uint32_t role,
                  mu_workload *out) {
    const int64_t on_duty = mu_workload_on_duty(plan, role);
    mu_role_load *load = &out->roles[role];
    int64_t wanted = 0;
    mu_time since_us = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (changes[i].role != role) {
            continue;
        }
        if (wanted > on_duty) {
            load->short_s += mu_time_to_s(changes[i].at_us - since_us);
        }
        since_us = changes[i].at_us;
        wanted += changes[i].by;
        if (wanted > (int64_t)load->peak) {
            load->peak = (uint32_t)wanted;
            load->peak_us = since_us;
        }
    }
}

static mu_status find_peaks(const mu_plan *plan, const mu_timeline *timeline, mu_workload *out) {
    change *changes = malloc((2 * (size_t)timeline->task_count + 1) * sizeof *changes);
    if (changes == NULL) {
        return MU_ERR_MEMORY;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < timeline->task_count; i++) {
        const mu_task *task = &timeline->tasks[i];
        const int32_t persons = (int32_t)mu_workload_persons(plan, task);
        const mu_time to_us = task->to_us < out->to_us ? task->to_us : out->to_us;
        if (is_team(plan, task->role) && to_us > task->from_us) {
            changes[count++] = (change){task->from_us, task->role, persons};
            changes[count++] = (change){to_us, task->role, -persons};
        }
    }
    qsort(changes, count, sizeof *changes, by_time);
    for (uint32_t role = 0; role < plan->people.roles.count; role++) {
        if (out->roles[role].tasks > 0) {
            sweep(plan, changes, count, role, out);
        }
    }
    free(changes);
    return MU_OK;
}

static void set_window(const mu_timeline *timeline, mu_workload *out) {
    out->from_us = timeline->task_count > 0 ? timeline->tasks[0].from_us : 0;
    out->to_us = timeline->end_us;
    for (uint32_t i = 0; i < timeline->alert_count; i++) {
        if (timeline->alerts[i].kind == MU_RECORD_ALL_CLEAR) {
            out->to_us = timeline->alerts[i].time_us;
            return;
        }
    }
}

mu_status mu_workload_of(const mu_plan *plan, const mu_timeline *timeline, mu_workload *out) {
    *out = (mu_workload){
        .roles = calloc(plan->people.roles.count + 1, sizeof *out->roles),
        .waits = malloc((timeline->wait_count + 1) * sizeof *out->waits),
        .wait_count = timeline->wait_count,
    };
    set_window(timeline, out);
    if (out->roles == NULL || out->waits == NULL) {
        mu_workload_destroy(out);
        return MU_ERR_MEMORY;
    }
    if (timeline->wait_count > 0) {
        memcpy(out->waits, timeline->waits, timeline->wait_count * sizeof *out->waits);
    }
    add_times(plan, timeline, out);
    const mu_status status = find_peaks(plan, timeline, out);
    if (status != MU_OK) {
        mu_workload_destroy(out);
    }
    return status;
}

void mu_workload_destroy(mu_workload *workload) {
    free(workload->roles);
    free(workload->waits);
    *workload = (mu_workload){0};
}
