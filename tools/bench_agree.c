/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster bench agree`: do the two motion models say the same of an evacuation? Both play the same
 * incidents with the same luck, everyone setting off when alerted, so that nothing but the motion
 * is compared. Times count from the first alarm or order to leave. */
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "bench.h"
#include "command.h"
#include "core/i18n.h"
#include "crowd/motion.h"
#include "diagnose.h"
#include "drill/findings.h"
#include "drill/run.h"
#include "language.h"
#include "study/jobs.h"
#include "study/stats.h"
#include "table.h"

static const char *const shipped[] = {"scenarios/campus/evacuation.json",
                                      "scenarios/tower/evacuation.json"};
static const double WITHIN = 0.10; /* of walk: what the two models are asked to agree in */

typedef enum figure { FIGURE_MEAN, FIGURE_P95, FIGURE_LAST, FIGURES } figure;
static const char *const figure_names[FIGURES] = {N_("mean"), N_("95 %"), N_("last")};
static const char *const figure_keys[FIGURES] = {"mean", "p95", "last"};

/* What else is told of a run: its persons, and the processor time of one. */
enum { COUNT_CPU = 3, COUNTS };
static const char *const count_names[COUNTS] = {N_("persons out"), N_("still inside"),
                                                N_("of them on their way"), N_("processor s")};
static const char *const count_keys[COUNTS] = {"left", "inside", "on_the_way", "cpu_s"};

typedef struct outcome {
    double s[FIGURES];
    double cpu_s;
    uint32_t left, remains, on_the_way; /* remains: named at the end, with the reason */
    bool quiet;
    mu_status status;
} outcome;

/* One incident in one mode: pieces 0 … reps - 1 are walk's, the others flow's. */
typedef struct duel {
    const mu_plan *plan[MU_MOTION_KIND_COUNT];
    uint64_t seed;
    uint32_t reps;
    outcome *runs;
} duel;

static double thread_s(void) {
    struct timespec now;
    return clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) == 0
               ? (double)now.tv_sec + 1e-9 * (double)now.tv_nsec
               : 0;
}

static double since_order(const mu_replicate *run, mu_time at_us) {
    return at_us == MU_NEVER ? (double)NAN : mu_time_to_s(at_us - run->ordered_us);
}

static void read_outcome(const mu_plan *plan, const mu_replicate *run, outcome *out) {
    for (uint32_t k = 0; k < plan->people.occupants; k++) {
        out->remains += run->remains[k] != MU_REMAINS_NOT;
        out->on_the_way += run->remains[k] == MU_REMAINS_ON_THE_WAY;
    }
    out->left = run->left;
    out->quiet = run->quiet;
    out->s[FIGURE_MEAN] =
        run->left > 0 ? mu_time_to_s(run->left_sum_us) / run->left - mu_time_to_s(run->ordered_us)
                      : (double)NAN;
    out->s[FIGURE_P95] = since_order(run, run->left_p95_us);
    out->s[FIGURE_LAST] = since_order(run, run->left_last_us);
}

static void play(void *with, uint32_t piece) {
    const duel *d = with;
    const mu_plan *plan = d->plan[piece < d->reps ? MU_MOTION_WALK : MU_MOTION_FLOW];
    const uint32_t replication = piece % d->reps;
    outcome *out = &d->runs[piece];
    mu_log *log = mu_log_create();
    mu_run_end end;
    mu_replicate run;
    const double before = thread_s();
    out->status = log == NULL ? MU_ERR_MEMORY : mu_run(plan, d->seed, replication, log, &end);
    out->cpu_s = thread_s() - before;
    if (out->status == MU_OK) {
        out->status =
            mu_replicate_read(plan, log, end.end_us, end.quiet, end.state_hash, replication, &run);
    }
    if (out->status == MU_OK) {
        read_outcome(plan, &run, out);
        mu_replicate_destroy(&run);
    }
    mu_log_destroy(log);
}

typedef struct summed {
    double walk, flow;  /* means over runs */
    double share, half; /* flow / walk - 1, and half of its 95 % interval (of the paired ratios) */
    bool agrees;
} summed;

static summed sum_up(const duel *d, double (*value)(const outcome *, int), int which) {
    summed sum = {0};
    double squares = 0;
    for (uint32_t k = 0; k < d->reps; k++) {
        sum.walk += value(&d->runs[k], which) / d->reps;
        sum.flow += value(&d->runs[d->reps + k], which) / d->reps;
    }
    sum.share = sum.flow / sum.walk - 1;
    for (uint32_t k = 0; k < d->reps; k++) { /* ratio of means: residuals about the ratio */
        const double off =
            value(&d->runs[d->reps + k], which) - (1 + sum.share) * value(&d->runs[k], which);
        squares += off * off;
    }
    sum.half = d->reps > 1 ? mu_stat_t(0.95, d->reps - 1) *
                                 sqrt(squares / (d->reps - 1.0) / d->reps) / sum.walk
                           : (double)NAN;
    sum.agrees = fabs(sum.share) <= WITHIN;
    return sum;
}

static double time_of(const outcome *run, int which) {
    return run->s[which];
}
static double count_of(const outcome *run, int which) {
    const double counts[COUNTS] = {run->left, run->remains, run->on_the_way, run->cpu_s};
    return counts[which];
}

typedef struct printer {
    mu_table *table; /* NULL: JSON */
    mu_json_out json;
    bool agrees;
} printer;

static void put_json(printer *to, const duel *d) {
    const mu_incident *incident = &d->plan[0]->incident;
    mu_json_open(&to->json, NULL, '{');
    mu_json_put_string(&to->json, "incident", incident->id);
    mu_json_put_string(&to->json, "mode", mu_motion_mode_words[incident->motion_mode]);
    mu_json_put_count(&to->json, "runs", d->reps);
    for (int k = 0; k < FIGURES; k++) {
        const summed sum = sum_up(d, time_of, k);
        mu_json_open_flat(&to->json, figure_keys[k], '{');
        mu_json_put_real(&to->json, "walk_s", sum.walk);
        mu_json_put_real(&to->json, "flow_s", sum.flow);
        mu_json_put_real(&to->json, "share", sum.share);
        mu_json_put_real(&to->json, "ci95_half", sum.half);
        mu_json_close(&to->json, '}');
    }
    for (int k = 0; k < COUNTS; k++) {
        const summed sum = sum_up(d, count_of, k);
        mu_json_open_flat(&to->json, count_keys[k], '{');
        mu_json_put_real(&to->json, "walk", sum.walk);
        mu_json_put_real(&to->json, "flow", sum.flow);
        mu_json_close(&to->json, '}');
    }
    mu_json_close(&to->json, '}');
}

static void put_times(printer *to, const duel *d, int which) {
    const mu_incident *incident = &d->plan[0]->incident;
    const summed sum = sum_up(d, time_of, which);
    char text[4][32];
    (void)snprintf(text[0], sizeof text[0], "%.1f", sum.walk);
    (void)snprintf(text[1], sizeof text[1], "%.1f", sum.flow);
    (void)snprintf(text[2], sizeof text[2], "%+.1f %%", 100 * sum.share);
    text[3][0] = 0; /* one run says nothing of luck */
    if (d->reps > 1) {
        (void)snprintf(text[3], sizeof text[3], "%.1f", 100 * sum.half);
    }
    mu_table_add(to->table, incident->id, _(mu_motion_mode_words[incident->motion_mode]),
                 _(figure_names[which]), text[0], text[1], text[2], text[3],
                 which == FIGURE_LAST ? ""
                 : sum.agrees         ? _("yes")
                                      : _("no"));
}

static void put_counts(printer *to, const duel *d) {
    for (int k = 0; k < COUNTS; k++) {
        const summed sum = sum_up(d, count_of, k);
        char text[2][32];
        (void)snprintf(text[0], sizeof text[0], k == COUNT_CPU ? "%.3f" : "%.1f", sum.walk);
        (void)snprintf(text[1], sizeof text[1], k == COUNT_CPU ? "%.3f" : "%.1f", sum.flow);
        mu_table_add(to->table, "", "", _(count_names[k]), text[0], text[1], "", "", "");
    }
}

/* Plays both models in one mode; false: a run could not go on. */
static bool measure(printer *to, duel *d, uint32_t jobs) {
    d->runs = calloc(2 * (size_t)d->reps, sizeof *d->runs);
    bool done = d->runs != NULL;
    if (done) {
        mu_study_each(2 * d->reps, jobs, play, d);
    }
    for (uint32_t k = 0; done && k < 2 * d->reps; k++) {
        done = d->runs[k].status == MU_OK;
    }
    for (int k = 0; done && k <= FIGURE_P95; k++) {
        to->agrees = sum_up(d, time_of, k).agrees && to->agrees;
    }
    if (done && to->table == NULL) {
        put_json(to, d);
    } else if (done) {
        for (int k = 0; k < FIGURES; k++) {
            put_times(to, d, k);
        }
        put_counts(to, d);
    }
    free(d->runs);
    return done;
}

static int compare_incident(printer *to, const mu_agree_request *request, const char *file) {
    mu_diags *diags = mu_diags_create();
    mu_plan *plans[MU_MOTION_KIND_COUNT] = {NULL};
    int status = MU_EXIT_DONE;
    if (diags == NULL) {
        return mu_refuse("bench", _("there is not enough memory"));
    }
    for (int m = 0; m < MU_MOTION_KIND_COUNT; m++) {
        plans[m] = mu_plan_load(file, NULL, diags);
        if (plans[m] == NULL) {
            mu_diags_print(diags, 0, MU_WARNING, stderr);
            (void)mu_refuse_status("bench", MU_ERR_INPUT, diags);
            status = MU_EXIT_USAGE;
            break;
        }
        plans[m]->incident.motion = m;
        plans[m]->incident.premovement_factor = 0;
    }
    for (int mode = 0; status == MU_EXIT_DONE && mode < MU_MOTION_MODE_COUNT; mode++) {
        if (request->motion_mode >= 0 && request->motion_mode != mode) {
            continue;
        }
        duel d = {.reps = (uint32_t)request->reps};
        for (int m = 0; m < MU_MOTION_KIND_COUNT; m++) {
            plans[m]->incident.motion_mode = mode;
            d.plan[m] = plans[m];
        }
        d.seed = request->has_seed ? request->seed : (uint64_t)plans[0]->incident.seed;
        if (!measure(to, &d, (uint32_t)request->jobs)) {
            status = mu_refuse("bench", _("a run of %s could not go on"), file);
        }
    }
    for (int m = 0; m < MU_MOTION_KIND_COUNT; m++) {
        mu_plan_destroy(plans[m]);
    }
    mu_diags_destroy(diags);
    return status;
}

static int compare_all(printer *to, const mu_agree_request *request) {
    int status = MU_EXIT_DONE;
    for (int k = 0; status == MU_EXIT_DONE && k < request->count; k++) {
        status = compare_incident(to, request, request->incidents[k]);
    }
    const int others = request->count > 0 ? 0 : (int)(sizeof shipped / sizeof shipped[0]);
    for (int k = 0; status == MU_EXIT_DONE && k < others; k++) {
        char file[MU_DATA_PATH_MOST];
        status = mu_data_find(shipped[k], file)
                     ? compare_incident(to, request, file)
                     : mu_refuse("bench", _("%s is not installed here"), shipped[k]);
    }
    return status;
}

int mu_bench_agree(const mu_agree_request *request, FILE *out) {
    printer to = {.json = {.stream = out}, .agrees = true};
    if (request->json) {
        mu_json_open(&to.json, NULL, '{');
        mu_json_open(&to.json, "agreement", '[');
    } else {
        to.table = mu_table_create(8);
        if (to.table == NULL) {
            return mu_refuse("bench", _("there is not enough memory"));
        }
        mu_table_add(to.table, _("incident"), _("mode"), _("since the alarm, s"), "walk", "flow",
                     _("flow against walk"), _("95 %: +/-"), _("within 10 %"));
    }
    int status = compare_all(&to, request);
    if (request->json) {
        mu_json_close(&to.json, ']');
        mu_json_close(&to.json, '}');
        (void)fputc('\n', out);
    }
    if (to.table != NULL) {
        mu_table_print(to.table, out);
    }
    mu_table_destroy(to.table);
    return status == MU_EXIT_DONE && !to.agrees ? MU_EXIT_NO : status;
}
