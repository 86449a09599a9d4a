/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The boxes of a pack, from their other sides: which of a clause's were filled in, what a log would
 * write into them, and which settings two of them measure. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/grow.h"
#include "drill/pack/observed.h"

/* What was written into the boxes that start a clause, or end it: the most that any says. False:
 * there is no such box. */
static bool look(const mu_observed *observed, uint32_t clause, bool end, mu_seen *out) {
    bool has_box = false;
    *out = MU_SEEN_NOT;
    for (uint32_t b = 0; b < observed->pack->boxes.count; b++) {
        mu_watch watch;
        if (!mu_observed_watch(observed->plan, &observed->pack->boxes.items[b], &watch) ||
            !(end ? mu_watch_ends(observed->plan, &watch, clause)
                  : mu_watch_starts(observed->plan, &watch, clause))) {
            continue;
        }
        has_box = true;
        for (uint32_t i = 0; i < observed->count; i++) {
            const mu_observation *seen = &observed->items[i];
            if (seen->box == b && seen->seen > (uint32_t)*out) {
                *out = (mu_seen)seen->seen;
            }
        }
    }
    return has_box;
}

mu_watched mu_observed_watched(const mu_observed *observed, uint32_t clause) {
    const mu_judged_clause *one = &observed->plan->clauses[clause];
    if (one->same_as != MU_NONE && !observed->plan->clauses[one->same_as].clause->off &&
        one->same_as != clause) {
        return mu_observed_watched(observed, one->same_as);
    }
    const bool coverage = one->clause->kind == MU_CLAUSE_COVERAGE && one->has_start;
    mu_seen start = MU_SEEN_CAME, end = MU_SEEN_CAME;
    if ((one->has_start && !look(observed, clause, false, &start)) ||
        ((one->has_end || coverage) && !look(observed, clause, true, &end)) ||
        (!one->has_start && !one->has_end)) {
        return MU_WATCHED_NO_BOX;
    }
    return start == MU_SEEN_NOT || (end == MU_SEEN_NOT && start == MU_SEEN_CAME) ? MU_WATCHED_NO
                                                                                 : MU_WATCHED_YES;
}

/* Filling in from a log. */

typedef struct filler {
    const mu_pack_given *pack;
    mu_observation *items;
    uint32_t count, room;
} filler;

static bool put(filler *f, uint32_t box, mu_seen seen, mu_time time_us, double value) {
    mu_observation *items = mu_grow(f->items, f->count, &f->room, sizeof *items);
    if (items == NULL) {
        return false;
    }
    f->items = items;
    f->items[f->count++] =
        (mu_observation){.box = box, .seen = (uint32_t)seen, .time_us = time_us, .value = value};
    return true;
}

static bool fill_people(filler *f, const mu_watched_run *run, const mu_watch *watch, uint32_t box) {
    if (run->ordered_us == MU_NEVER) {
        return put(f, box, MU_SEEN_NEVER, 0, 0);
    }
    return watch->kind == MU_RECORD_ORDERED
               ? put(f, box, MU_SEEN_CAME, run->ordered_us, run->present)
               : put(f, box, MU_SEEN_CAME, run->reached_us, run->reached);
}

/* Box by box in the order of the log, so that records of the same moment stay in their order. */
static bool fill(filler *f, const mu_plan *plan, const mu_watched_run *run) {
    mu_watch *watches = calloc((size_t)f->pack->boxes.count + 1, sizeof *watches);
    bool *came = calloc((size_t)f->pack->boxes.count + 1, sizeof *came);
    bool fine = watches != NULL && came != NULL;
    for (uint32_t b = 0; fine && b < f->pack->boxes.count; b++) {
        if (!mu_observed_watch(plan, &f->pack->boxes.items[b], &watches[b])) {
            came[b] = true; /* unknown here: left empty */
        } else if (watches[b].what == MU_WATCH_PEOPLE) {
            fine = fill_people(f, run, &watches[b], b);
            came[b] = true;
        }
    }
    for (uint32_t i = 0; fine && i < run->count; i++) {
        for (uint32_t b = 0; fine && b < f->pack->boxes.count; b++) {
            if (mu_watch_is(&watches[b], &run->records[i])) {
                fine = put(f, b, MU_SEEN_CAME, run->records[i].time_us,
                           run->records[i].value / MU_MEASURE_PARTS);
                came[b] = true;
            }
        }
    }
    for (uint32_t b = 0; fine && b < f->pack->boxes.count; b++) {
        fine = came[b] || put(f, b, MU_SEEN_NEVER, 0, 0);
    }
    free(watches);
    free(came);
    return fine;
}

mu_status mu_observed_from_log(const mu_plan *plan, const mu_pack_given *pack, const mu_log *log,
                               const mu_run_end *end, mu_observation **out, uint32_t *count) {
    mu_watched_run run;
    filler f = {.pack = pack};
    if (mu_watch_hear(plan, log, end, &run) != MU_OK) {
        return MU_ERR_MEMORY;
    }
    const bool fine = fill(&f, plan, &run);
    mu_watched_run_destroy(&run);
    if (!fine) {
        free(f.items);
        return MU_ERR_MEMORY;
    }
    *out = f.items;
    *count = f.count;
    return MU_OK;
}

/* Settings that were measured. */

/* The first time that was written into a box of this kind; MU_NEVER. */
static mu_time time_of(const mu_observed *observed, const mu_watch *wanted) {
    for (uint32_t i = 0; i < observed->count; i++) {
        mu_watch watch;
        if (observed->items[i].seen == MU_SEEN_CAME &&
            mu_observed_watch(observed->plan, &observed->pack->boxes.items[observed->items[i].box],
                              &watch) &&
            watch.what == wanted->what && watch.kind == wanted->kind &&
            watch.object == wanted->object && watch.step == wanted->step) {
            return observed->items[i].time_us;
        }
    }
    return MU_NEVER;
}

static void add(mu_measured_settings *list, const char *pointer, double value) {
    if (pointer != NULL && value > 0 && isfinite(value)) {
        list->items[list->count++] = (mu_measured_setting){pointer, value};
    }
}

static double between(const mu_observed *observed, const mu_watch *from, const mu_watch *to) {
    const mu_time start = time_of(observed, from), end = time_of(observed, to);
    return start == MU_NEVER || end == MU_NEVER ? (double)NAN : mu_time_to_s(end - start);
}

static void add_unit(const mu_observed *observed, const mu_unit *unit, mu_arena *arena,
                     mu_measured_settings *list) {
    const uint32_t word = mu_words_find(&observed->plan->words, unit->role, strlen(unit->role));
    if (word == MU_NONE) {
        return;
    }
    const mu_handle role = MU_HANDLE(MU_THING_WORD, word);
    mu_watch told = {
        .what = MU_WATCH_TIME, .kind = MU_RECORD_NOTIFIED, .object = role, .step = MU_NONE};
    mu_watch gone = told, there = told;
    gone.kind = MU_RECORD_DISPATCHED;
    there.kind = MU_RECORD_ON_SITE;
    add(list, mu_arena_print(arena, "/units/%s/dispatched_in_s", unit->id),
        between(observed, &told, &gone));
    add(list, mu_arena_print(arena, "/units/%s/speed_mps", unit->id),
        unit->distance_m / between(observed, &gone, &there));
}

/* From begun to done is the work alone; where a message is sent, doors move or teams go from person
 * to person there is more between. */
static bool is_work(const mu_step_plan *step) {
    return step->given->over.count == 0 && step->zone != MU_ZONE_PORTALS &&
           step->units.count == 0 && !step->rounds && !step->brings_down &&
           step->verb != MU_VERB_EVACUATE;
}

mu_measured_settings mu_observed_settings(const mu_observed *observed, mu_arena *arena) {
    const mu_plan *plan = observed->plan;
    mu_measured_settings list = {0};
    list.items =
        mu_arena_array(arena, plan->response.steps.count + 2 * (size_t)plan->roster.units.count + 1,
                       sizeof *list.items);
    for (uint32_t s = 0; list.items != NULL && s < plan->response.steps.count; s++) {
        const mu_watch began = {.what = MU_WATCH_BEGAN, .kind = MU_RECORD_BEGAN, .step = s};
        const mu_watch done = {.what = MU_WATCH_DONE, .kind = MU_RECORD_STEP, .step = s};
        if (is_work(&plan->response.steps.items[s])) {
            add(&list,
                mu_arena_print(arena, "/steps/%s/takes_s", plan->response.steps.items[s].given->id),
                between(observed, &began, &done));
        }
    }
    for (uint32_t u = 0; list.items != NULL && u < plan->roster.units.count; u++) {
        add_unit(observed, &plan->roster.units.items[u], arena, &list);
    }
    return list;
}
