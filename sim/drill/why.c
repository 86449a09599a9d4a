/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking changes nothing: costs are looked up in the same tables that people choose by, and the run
 * goes on as if nobody had asked. */
#include "drill/why.h"

#include <stdlib.h>

#include "core/grow.h"
#include "core/i18n.h"
#include "crowd/minds.h"
#include "crowd/parties.h"
#include "drill/run.h"

#define EXITS_MOST 256U /* that are compared */

const char *mu_why_name(mu_why_what what) {
    static const char *const names[MU_WHY_COUNT] = {"alerted", "ready", "sets_out", "chose",
                                                    "closed",  "queue", "waits",    "stuck",
                                                    "left",    "state"};
    return names[what < MU_WHY_COUNT ? what : MU_WHY_STATE];
}

/* One person, watched through a run. */
typedef struct watch {
    mu_sim *sim;
    uint32_t person;
    mu_why *out;
    uint32_t records; /* of the log, read so far */
    bool under_way;   /* has set out */
    uint32_t avoid, keeps, stuck;
    bool no_memory;
} watch;

static mu_why_moment *add(watch *w, mu_why_what what) {
    mu_why *out = w->out;
    mu_why_moment *items =
        mu_grow(out->moments.items, out->moments.count, &out->room, sizeof *items);
    if (items == NULL) {
        w->no_memory = true;
        return NULL;
    }
    out->moments.items = items;
    mu_why_moment *moment = &out->moments.items[out->moments.count++];
    *moment = (mu_why_moment){.time_us = mu_sim_now(w->sim),
                              .what = (uint32_t)what,
                              .place = mu_body_place(w->sim, w->person),
                              .because = mu_minds(w->sim)[w->person].exit_why,
                              .door = MU_NONE};
    return moment;
}

static void add_options(watch *w, mu_why_moment *moment) {
    if (moment == NULL) {
        return;
    }
    mu_exit_option all[EXITS_MOST];
    const uint32_t count = mu_exit_options(w->sim, w->person, all, EXITS_MOST);
    moment->door = mu_exit_of(w->sim, w->person);
    moment->because = (uint32_t)mu_exit_because(w->sim, w->person, moment->door);
    bool has_door = false;
    for (uint32_t k = 0; k < count; k++) {
        const bool is_door = all[k].portal == moment->door;
        const bool fits = moment->option_count < MU_WHY_OPTIONS;
        if (fits || (is_door && !has_door)) { /* the last one makes room for the one taken */
            moment->option_count -= !fits;
            moment->options[moment->option_count++] = all[k];
        }
        has_door = has_door || is_door;
    }
}

/* What the log says of them. */
static void note_record(watch *w, const mu_record *record) {
    mu_why_moment *moment = NULL;
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_ALERTED:
        moment = add(w, MU_WHY_ALERTED);
        break;
    case MU_RECORD_MOVES:
        moment = add(w, MU_WHY_READY);
        break;
    case MU_RECORD_CHOSE:
        if (w->under_way) { /* else it is told when they set out */
            moment = add(w, MU_WHY_CHOSE);
            add_options(w, moment);
        }
        break;
    case MU_RECORD_REROUTED:
        moment = add(w, MU_WHY_CLOSED);
        break;
    case MU_RECORD_LEFT:
        moment = add(w, MU_WHY_LEFT);
        break;
    case MU_RECORD_STATE:
        moment = add(w, MU_WHY_STATE);
        break;
    default:
        break;
    }
    if (moment != NULL) {
        moment->object = record->kind == MU_RECORD_ALERTED ? record->place : record->object;
        moment->state = record->value;
    }
}

static void note_records(watch *w) {
    const mu_log *log = w->sim->log;
    const mu_handle subject = MU_HANDLE(MU_THING_PERSON, w->person);
    for (; w->records < mu_log_count(log); w->records++) {
        if (mu_log_get(log, w->records)->subject == subject) {
            note_record(w, mu_log_get(log, w->records));
        }
    }
}

/* What no record tells. */
static void note_changes(watch *w) {
    const mu_body *body = &mu_bodies(w->sim)[w->person];
    const mu_mind *mind = &mu_minds(w->sim)[w->person];
    const bool goes = body->mode == MU_BODY_WALKING && mind->evacuating != 0 &&
                      (mind->keeps & MU_KEEPS_JOINS) == 0 && body->gate != MU_GATE_UNCHOSEN;
    if (goes && !w->under_way) {
        w->under_way = true;
        add_options(w, add(w, MU_WHY_SETS_OUT));
    }
    if (mind->avoid != w->avoid && mind->avoid != MU_NONE && goes) {
        mu_why_moment *moment = add(w, MU_WHY_QUEUE);
        if (moment != NULL) {
            moment->object = MU_HANDLE(MU_THING_PORTAL, mind->avoid);
        }
        add_options(w, moment);
    }
    if ((mind->keeps & ~w->keeps & MU_KEEPS_WAITS) != 0 && (w->keeps & MU_KEEPS_READY) != 0) {
        (void)add(w, MU_WHY_WAITS);
    }
    if (mind->stuck != w->stuck && mind->stuck != MU_STUCK_NOT) {
        (void)add(w, MU_WHY_STUCK);
    }
    w->avoid = goes || mind->avoid == MU_NONE ? mind->avoid : w->avoid;
    w->keeps = mind->keeps;
    w->stuck = mind->stuck;
}

mu_status mu_why_ask(const mu_plan *plan, uint64_t seed, uint32_t replication, uint32_t person,
                     mu_why *out) {
    mu_sim sim;
    *out = (mu_why){0};
    mu_log *log = mu_log_create();
    mu_status status =
        log == NULL ? MU_ERR_MEMORY : mu_run_begin(plan, seed, replication, log, &sim);
    if (status != MU_OK) {
        mu_log_destroy(log);
        return status;
    }
    watch w = {.sim = &sim, .person = person, .out = out, .avoid = MU_NONE};
    while (!w.no_memory && mu_run_next(&sim)) {
        note_records(&w);
        note_changes(&w);
    }
    status = w.no_memory ? MU_ERR_MEMORY : mu_run_status(&sim);
    mu_run_destroy(&sim);
    mu_log_destroy(log);
    return status;
}

void mu_why_clear(mu_why *why) {
    free(why->moments.items);
    *why = (mu_why){0};
}

const char *mu_why_because(mu_exit_why why) {
    static const char *const texts[MU_EXIT_WHY_COUNT] = {
        [MU_EXIT_UNDECIDED] = "",
        [MU_EXIT_NEAREST] = N_("it is the nearest of those known to be open"),
        [MU_EXIT_CAME_BY] = N_("they came in by it"),
        [MU_EXIT_SIGN] = N_("a sign points to it"),
        [MU_EXIT_OTHERS] = N_("others in sight make for it"),
        [MU_EXIT_QUEUE] = N_("the queue at another door promised to take longer"),
        [MU_EXIT_GUIDE] = N_("a guide leads there"),
        [MU_EXIT_PARTY] = N_("the party that they keep together with makes for it"),
    };
    return texts[why < MU_EXIT_WHY_COUNT ? why : MU_EXIT_UNDECIDED];
}
