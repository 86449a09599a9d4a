/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records carry no causes: nobody writes those down. Head counts become as many occupants as were
 * counted: those who were not there leave before anything happens, those who were told are alerted.
 * Where more people took part than the plan has, shares are kept, rounded down. */
#include "drill/pack/observed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/grow.h"

typedef struct maker {
    const mu_observed *observed;
    mu_record *records;
    uint32_t *order; /* place of each in the sheet */
    uint32_t count, room;
} maker;

/* A milestone's words have to be those of the plan. */
static bool read_term(const mu_plan *plan, const char *text, mu_watch *out) {
    const mu_term term = mu_term_read(text, &plan->words);
    const char *colon = strchr(text, ':'), *at = strchr(text, '@');
    if (term.kind == MU_RECORD_KIND_COUNT || !mu_record_is_milestone(term.kind) ||
        (colon != NULL && term.object == MU_NONE) || (at != NULL && term.place == MU_NONE)) {
        return false;
    }
    out->kind = (uint32_t)term.kind;
    out->object = term.object == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, term.object);
    out->place = term.place == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, term.place);
    return true;
}

static uint32_t find_step(const mu_plan *plan, const char *id) {
    for (uint32_t s = 0; s < plan->response.steps.count; s++) {
        if (strcmp(plan->response.steps.items[s].given->id, id) == 0) {
            return s;
        }
    }
    return MU_NONE;
}

bool mu_observed_watch(const mu_plan *plan, const mu_pack_box *box, mu_watch *out) {
    const char *colon = strchr(box->term, ':');
    *out = (mu_watch){.what = (uint32_t)box->what, .step = MU_NONE};
    switch ((mu_watch_what)box->what) {
    case MU_WATCH_TIME:
    case MU_WATCH_NUMBER:
        return read_term(plan, box->term, out);
    case MU_WATCH_PEOPLE:
        out->kind = strcmp(box->term, mu_record_token(MU_RECORD_ORDERED)) == 0 ? MU_RECORD_ORDERED
                                                                               : MU_RECORD_ALERTED;
        return true;
    case MU_WATCH_BEGAN:
    case MU_WATCH_DONE:
        out->kind = box->what == MU_WATCH_BEGAN ? MU_RECORD_BEGAN : MU_RECORD_STEP;
        out->step = colon == NULL ? MU_NONE : find_step(plan, colon + 1);
        return out->step != MU_NONE;
    }
    return false;
}

static bool add(maker *m, const mu_record *record) {
    mu_record *records = mu_grow(m->records, m->count, &m->room, sizeof *records);
    if (records == NULL) {
        return false;
    }
    m->records = records;
    m->records[m->count] = *record;
    m->records[m->count].cause = m->count; /* its place, until all are sorted */
    m->count++;
    return true;
}

static bool add_watch(maker *m, const mu_watch *watch, const mu_observation *seen) {
    mu_record record = {.time_us = seen->time_us,
                        .object = watch->object,
                        .place = watch->place,
                        .kind = (uint16_t)watch->kind};
    if (watch->what == MU_WATCH_NUMBER) {
        record.value = (uint32_t)llround(fmax(0, seen->value) * MU_MEASURE_PARTS);
    } else if (watch->what == MU_WATCH_BEGAN || watch->what == MU_WATCH_DONE) {
        const uint32_t word = m->observed->plan->response.steps.items[watch->step].id_word;
        record.step = MU_HANDLE(MU_THING_STEP, watch->step);
        record.object =
            watch->what == MU_WATCH_DONE && word != MU_NONE ? MU_HANDLE(MU_THING_WORD, word) : 0;
    }
    return add(m, &record);
}

typedef struct head_count {
    double present, reached;
    mu_time reached_us;
    bool counted;
} head_count;

static bool add_people(maker *m, const head_count *heads) {
    const mu_people *people = &m->observed->plan->people;
    const double all = people->occupants;
    const double present = isnan(heads->present) || heads->present <= 0 ? all : heads->present;
    const double there = fmin(present, all);
    const double told =
        present > all ? floor(heads->reached * all / present + 1e-9) : heads->reached;
    uint32_t absent = (uint32_t)(all - there), alerted = (uint32_t)fmin(told, there);
    for (uint32_t p = 0; p < people->list.count; p++) {
        if (people->list.items[p].kind != MU_PERSON_OCCUPANT) {
            continue;
        }
        mu_record record = {.subject = MU_HANDLE(MU_THING_PERSON, p)};
        if (absent > 0) {
            absent--;
            record.kind = MU_RECORD_LEFT;
            record.time_us = -1;
        } else if (alerted > 0) {
            alerted--;
            record.kind = MU_RECORD_ALERTED;
            record.time_us = heads->reached_us;
        } else {
            continue;
        }
        if (!add(m, &record)) {
            return false;
        }
    }
    return true;
}

static int by_time(const void *a, const void *b) {
    const mu_record *x = a, *y = b;
    if (x->time_us != y->time_us) {
        return x->time_us < y->time_us ? -1 : 1;
    }
    return (x->cause > y->cause) - (x->cause < y->cause);
}

static mu_status collect(maker *m) {
    const mu_observed *observed = m->observed;
    head_count heads = {.present = (double)NAN};
    for (uint32_t i = 0; i < observed->count; i++) {
        const mu_observation *seen = &observed->items[i];
        mu_watch watch;
        if (!mu_observed_watch(observed->plan, &observed->pack->boxes.items[seen->box], &watch)) {
            return MU_ERR_INPUT;
        }
        if (seen->seen != MU_SEEN_CAME) {
            continue;
        }
        if (watch.what != MU_WATCH_PEOPLE) {
            if (!add_watch(m, &watch, seen)) {
                return MU_ERR_MEMORY;
            }
        } else if (watch.kind == MU_RECORD_ORDERED) {
            heads.present = seen->value;
        } else {
            heads.counted = true;
            heads.reached = seen->value;
            heads.reached_us = seen->time_us;
        }
    }
    return !heads.counted || add_people(m, &heads) ? MU_OK : MU_ERR_MEMORY;
}

mu_status mu_observed_log(const mu_observed *observed, mu_log **out) {
    maker m = {.observed = observed};
    mu_status status = collect(&m);
    mu_log *log = status == MU_OK ? mu_log_create() : NULL;
    status = status == MU_OK && log == NULL ? MU_ERR_MEMORY : status;
    if (status == MU_OK && m.count > 0) {
        qsort(m.records, m.count, sizeof *m.records, by_time);
    }
    for (uint32_t i = 0; status == MU_OK && i < m.count; i++) {
        m.records[i].cause = MU_NO_RECORD;
        status = mu_log_append(log, &m.records[i]) == MU_NO_RECORD ? MU_ERR_MEMORY : MU_OK;
    }
    free(m.records);
    if (status != MU_OK) {
        mu_log_destroy(log);
        return status;
    }
    *out = log;
    return MU_OK;
}

mu_status mu_observed_judge(const mu_observed *observed, mu_findings **out) {
    mu_log *log = NULL;
    mu_replicate *one = calloc(1, sizeof *one);
    mu_status status = one == NULL ? MU_ERR_MEMORY : mu_observed_log(observed, &log);
    if (status == MU_OK) {
        status =
            mu_replicate_read(observed->plan, log, observed->end_us, observed->quiet, 0, 0, one);
    }
    mu_log_destroy(log);
    if (status != MU_OK) {
        free(one);
        return status;
    }
    status = mu_findings_create(observed->plan, 0, one, 1, out);
    if (status != MU_OK) {
        mu_replicate_destroy(one);
        free(one);
    }
    return status;
}
