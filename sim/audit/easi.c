/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The closed form, the same sequence played, and the closed form again with unsure numbers. */
#include "audit/easi.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "core/field.h"
#include "core/i18n.h"
#include "core/random.h"

static const char *const where_words[] = {"begins", "middle", "ends", NULL};

static const mu_field task_fields[] = {
    {MU_FIELD_AT(mu_easi_task, name), .kind = MU_FIELD_TEXT, .meaning = N_("What is done")},
    {MU_FIELD_AT(mu_easi_task, detection), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1", .meaning = N_("Chance that it is detected")},
    {MU_FIELD_AT(mu_easi_task, where), .kind = MU_FIELD_ENUM, .names = where_words,
     .meaning = N_("Where in the task: as it begins, in its middle, as it ends")},
    {MU_FIELD_AT(mu_easi_task, delay_s), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 86400, .unit = "s", .meaning = N_("How long it takes, on average")},
    {MU_FIELD_AT(mu_easi_task, delay_sd_s), .kind = MU_FIELD_REAL, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("Standard deviation of that; 0: 30 % of it")},
};

static const mu_record_type task_type = {
    .name = "task",
    .meaning = N_("A task on the path that is given"),
    .size = sizeof(mu_easi_task),
    MU_FIELD_ROWS(task_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field easi_fields[] = {
    {MU_FIELD_AT(mu_easi, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the path in results")},
    {MU_FIELD_AT(mu_easi, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_easi, story), .kind = MU_FIELD_TEXT,
     .meaning = N_("What this file is about, in a few sentences")},
    {MU_FIELD_AT(mu_easi, communication), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = 0.95, .unit = "1", .meaning = N_("Chance that an alarm reaches the guards")},
    {MU_FIELD_AT(mu_easi, response_s), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 86400, .unit = "s",
     .meaning = N_("From the alarm to the guards being there, on average")},
    {MU_FIELD_AT(mu_easi, response_sd_s), .kind = MU_FIELD_REAL, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("Standard deviation of that; 0: 30 % of it")},
    {MU_FIELD_AT(mu_easi, unsure), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .fallback = 0.1,
     .unit = "1",
     .meaning = N_("How unsure each of the numbers is: standard deviation as a share of it")},
    {MU_FIELD_AT(mu_easi, tasks), .kind = MU_FIELD_RECORD,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST | MU_FIELD_NOT_EMPTY, .most = MU_EASI_TASKS_MOST,
     .least = 1, .record = &task_type, .meaning = N_("Tasks of the path, in order")},
};

static const mu_record_type easi_type = {
    .name = "easi",
    .meaning = N_("One path that is given, to be scored"),
    .size = sizeof(mu_easi),
    MU_FIELD_ROWS(easi_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_easi_file = {
    .format = "muster.easi",
    .version = 1,
    .root = &easi_type,
    .meaning = N_("A path with its detection, delays and response, for an EASI card"),
};

#define USUAL_SPREAD 0.3

static double task_sd(const mu_easi_task *task) {
    return task->delay_sd_s > 0 ? task->delay_sd_s : USUAL_SPREAD * task->delay_s;
}

static double response_sd(const mu_easi *given) {
    return given->response_sd_s > 0 ? given->response_sd_s : USUAL_SPREAD * given->response_s;
}

static double weight_of(const mu_easi_task *task) {
    return task->where == MU_EASI_BEGINS ? 1 : task->where == MU_EASI_MIDDLE ? 0.5 : 0;
}

void mu_easi_score(const mu_easi *given, mu_easi_card *out) {
    double later_s = 0, later_variance = 0, unseen = 1;
    const double response_variance = response_sd(given) * response_sd(given);
    *out = (mu_easi_card){.critical = MU_NONE};
    for (uint32_t i = given->tasks.count; i-- > 0;) {
        const mu_easi_task *task = &given->tasks.items[i];
        const double weight = weight_of(task), sd = task_sd(task);
        const double variance = later_variance + weight * weight * sd * sd;
        mu_easi_row *row = &out->rows[i];
        row->remaining_s = later_s + weight * task->delay_s;
        row->remaining_sd_s = sqrt(variance);
        const double spread = sqrt(variance + response_variance);
        const double spare_s = row->remaining_s - given->response_s;
        row->in_time = spread > 0 ? gsl_cdf_ugaussian_P(spare_s / spread) : spare_s >= 0;
        later_s += task->delay_s;
        later_variance += sd * sd;
    }
    for (uint32_t i = 0; i < given->tasks.count; i++) {
        out->rows[i].first = unseen * given->tasks.items[i].detection;
        unseen *= 1 - given->tasks.items[i].detection;
        out->interrupted += given->communication * out->rows[i].first * out->rows[i].in_time;
        if (given->tasks.items[i].detection > 0 && out->rows[i].remaining_s > given->response_s) {
            out->critical = i;
            out->timely = 1 - unseen;
        }
    }
}

/* One sequence: are the guards there before it is over? */
static bool play_one(const mu_easi *given, mu_stream *stream) {
    double delays[MU_EASI_TASKS_MOST], left_s = 0;
    uint32_t seen = MU_NONE;
    for (uint32_t i = 0; i < given->tasks.count; i++) {
        const mu_easi_task *task = &given->tasks.items[i];
        delays[i] = task->delay_s + gsl_ran_gaussian(&stream->rng, task_sd(task));
        if (mu_stream_uniform(stream) < task->detection && seen == MU_NONE) {
            seen = i;
        }
    }
    const double response_s =
        given->response_s + gsl_ran_gaussian(&stream->rng, response_sd(given));
    const bool told = mu_stream_uniform(stream) < given->communication;
    if (seen == MU_NONE || !told) {
        return false;
    }
    left_s = weight_of(&given->tasks.items[seen]) * delays[seen];
    for (uint32_t i = seen + 1; i < given->tasks.count; i++) {
        left_s += delays[i];
    }
    return left_s >= response_s;
}

static double about(mu_stream *stream, double number, double unsure, double most) {
    const double drawn = number * (1 + gsl_ran_gaussian(&stream->rng, unsure));
    return drawn < 0 ? 0 : drawn > most ? most : drawn;
}

/* The card with other numbers. */
static double score_unsure(const mu_easi *given, mu_stream *stream) {
    mu_easi_task tasks[MU_EASI_TASKS_MOST];
    mu_easi_card card;
    mu_easi other = *given;
    for (uint32_t i = 0; i < given->tasks.count; i++) {
        tasks[i] = given->tasks.items[i];
        tasks[i].detection = about(stream, tasks[i].detection, given->unsure, 1);
        tasks[i].delay_s = about(stream, tasks[i].delay_s, given->unsure, 1e9);
    }
    other.tasks.items = tasks;
    other.communication = about(stream, given->communication, given->unsure, 1);
    other.response_s = about(stream, given->response_s, given->unsure, 1e9);
    mu_easi_score(&other, &card);
    return card.interrupted;
}

static int by_value(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

mu_status mu_easi_play(const mu_easi *given, uint64_t seed, uint32_t reps, mu_easi_card *out) {
    double *scores = calloc(reps, sizeof *scores);
    if (scores == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_easi_score(given, out);
    mu_stream play, vary;
    mu_stream_open(&play, seed, 0, MU_PURPOSE_EASI, mu_name_hash(given->id), 0);
    mu_stream_open(&vary, seed, 0, MU_PURPOSE_EASI, mu_name_hash(given->id), 1);
    double stopped = 0;
    for (uint32_t r = 0; r < reps; r++) {
        stopped += play_one(given, &play);
        scores[r] = score_unsure(given, &vary);
    }
    qsort(scores, reps, sizeof *scores, by_value);
    out->played = stopped / reps;
    out->played_error = sqrt(out->played * (1 - out->played) / reps);
    out->low = scores[(uint32_t)(0.05 * (reps - 1))];
    out->median = scores[(uint32_t)(0.5 * (reps - 1))];
    out->high = scores[(uint32_t)(0.95 * (reps - 1))];
    free(scores);
    return MU_OK;
}
