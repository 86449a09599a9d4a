/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On a terminal one line that renews itself; elsewhere (a log file) a line each tenth of the way.
 */
#include "progress.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/i18n.h"

struct mu_progress {
    mu_study_progress study;
    uint32_t total;
    const _Atomic uint32_t *watched_done, *watched_total; /* counted elsewhere; NULL: in `study` */
    uint32_t first;                                       /* done before it was watched */
    struct timespec started;
    _Atomic bool over;
    bool terminal;
    pthread_t thread;
};

static uint32_t done_now(const mu_progress *progress) {
    return progress->watched_done != NULL ? atomic_load(progress->watched_done)
                                          : atomic_load(&progress->study.done);
}

static uint32_t total_now(const mu_progress *progress) {
    return progress->watched_total != NULL ? atomic_load(progress->watched_total) : progress->total;
}

/* The rate since the start, and how long the rest will take at it. */
static void tell_rate(const mu_progress *progress, uint32_t done) {
    struct timespec now;
    if (progress->watched_done == NULL || done <= progress->first ||
        clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
        return;
    }
    const double took_s = (double)(now.tv_sec - progress->started.tv_sec) +
                          1e-9 * (double)(now.tv_nsec - progress->started.tv_nsec);
    const double rate = (double)(done - progress->first) / (took_s > 0.001 ? took_s : 0.001);
    const uint32_t total = total_now(progress);
    const unsigned long left_s = total > done ? (unsigned long)((total - done) / rate + 0.5) : 0;
    (void)fprintf(stderr, _(", %.3g a second, %lu:%02lu:%02lu left"), rate, left_s / 3600,
                  left_s / 60 % 60, left_s % 60);
}

static void tell(const mu_progress *progress, uint32_t done) {
    (void)fputs(progress->terminal ? "\r" : "", stderr);
    (void)fprintf(stderr, _("run %u of %u"), done, total_now(progress));
    tell_rate(progress, done);
    (void)fputs(progress->terminal ? "   " : "\n", stderr);
    (void)fflush(stderr);
}

static void *watch(void *argument) {
    mu_progress *progress = argument;
    const struct timespec pause = {.tv_nsec = 100000000};
    uint32_t told = 0;
    while (!atomic_load(&progress->over)) {
        const uint32_t done = done_now(progress);
        if (progress->first == 0 && done > 0) { /* what was there before counts for no rate */
            progress->first = done;
            (void)clock_gettime(CLOCK_MONOTONIC, &progress->started);
        }
        const uint32_t step = progress->terminal ? 1 : (total_now(progress) + 9) / 10;
        if (step > 0 && done >= told + step) {
            tell(progress, done);
            told = done;
        }
        (void)nanosleep(&pause, NULL);
    }
    if (told < done_now(progress)) {
        tell(progress, done_now(progress));
    }
    if (progress->terminal) {
        (void)fputc('\n', stderr);
    }
    return NULL;
}

static mu_progress *start(const mu_progress *given) {
    mu_progress *progress = calloc(1, sizeof *progress);
    if (progress == NULL) {
        return NULL;
    }
    progress->total = given->total;
    progress->watched_done = given->watched_done;
    progress->watched_total = given->watched_total;
    progress->first = progress->watched_done != NULL ? atomic_load(progress->watched_done) : 0;
    (void)clock_gettime(CLOCK_MONOTONIC, &progress->started);
    progress->terminal = isatty(STDERR_FILENO) != 0;
    if (pthread_create(&progress->thread, NULL, watch, progress) != 0) {
        free(progress);
        return NULL;
    }
    return progress;
}

mu_progress *mu_progress_start(uint32_t total) {
    return start(&(mu_progress){.total = total});
}

mu_progress *mu_progress_watch(const _Atomic uint32_t *done, const _Atomic uint32_t *total) {
    return start(&(mu_progress){.watched_done = done, .watched_total = total});
}

mu_study_progress *mu_progress_counter(mu_progress *progress) {
    return progress != NULL ? &progress->study : NULL;
}

void mu_progress_stop(mu_progress *progress) {
    if (progress == NULL) {
        return;
    }
    atomic_store(&progress->over, true);
    (void)pthread_join(progress->thread, NULL);
    free(progress);
}
