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
    _Atomic uint32_t own_total;
    const _Atomic uint32_t *done, *total; /* the two above, or counted elsewhere */
    bool tells_rate;
    uint32_t first; /* done before it was watched */
    struct timespec started;
    _Atomic bool over;
    bool terminal;
    pthread_t thread;
};

/* The rate since the start, and how long the rest will take at it. */
static void tell_rate(const mu_progress *progress, uint32_t done) {
    struct timespec now;
    if (!progress->tells_rate || done <= progress->first ||
        clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
        return;
    }
    const double took_s = (double)(now.tv_sec - progress->started.tv_sec) +
                          1e-9 * (double)(now.tv_nsec - progress->started.tv_nsec);
    const double rate = (double)(done - progress->first) / (took_s > 0.001 ? took_s : 0.001);
    const uint32_t total = atomic_load(progress->total);
    const unsigned long left_s = total > done ? (unsigned long)((total - done) / rate + 0.5) : 0;
    (void)fprintf(stderr, _(", %.3g a second, %lu:%02lu:%02lu left"), rate, left_s / 3600,
                  left_s / 60 % 60, left_s % 60);
}

static void tell(const mu_progress *progress, uint32_t done) {
    (void)fputs(progress->terminal ? "\r" : "", stderr);
    (void)fprintf(stderr, _("run %u of %u"), done, atomic_load(progress->total));
    tell_rate(progress, done);
    (void)fputs(progress->terminal ? "   " : "\n", stderr);
    (void)fflush(stderr);
}

static void *watch(void *argument) {
    mu_progress *progress = argument;
    const struct timespec pause = {.tv_nsec = 100000000};
    uint32_t told = 0;
    while (!atomic_load(&progress->over)) {
        const uint32_t done = atomic_load(progress->done);
        if (progress->first == 0 && done > 0) { /* what was there before counts for no rate */
            progress->first = done;
            (void)clock_gettime(CLOCK_MONOTONIC, &progress->started);
        }
        const uint32_t step = progress->terminal ? 1 : (atomic_load(progress->total) + 9) / 10;
        if (step > 0 && done >= told + step) {
            tell(progress, done);
            told = done;
        }
        (void)nanosleep(&pause, NULL);
    }
    if (told < atomic_load(progress->done)) {
        tell(progress, atomic_load(progress->done));
    }
    if (progress->terminal) {
        (void)fputc('\n', stderr);
    }
    return NULL;
}

static mu_progress *start(mu_progress *progress) {
    progress->first = atomic_load(progress->done);
    (void)clock_gettime(CLOCK_MONOTONIC, &progress->started);
    progress->terminal = isatty(STDERR_FILENO) != 0;
    if (pthread_create(&progress->thread, NULL, watch, progress) != 0) {
        free(progress);
        return NULL;
    }
    return progress;
}

mu_progress *mu_progress_start(uint32_t total) {
    mu_progress *progress = calloc(1, sizeof *progress);
    if (progress == NULL) {
        return NULL;
    }
    atomic_store(&progress->own_total, total);
    progress->done = &progress->study.done;
    progress->total = &progress->own_total;
    return start(progress);
}

mu_progress *mu_progress_watch(const _Atomic uint32_t *done, const _Atomic uint32_t *total) {
    mu_progress *progress = calloc(1, sizeof *progress);
    if (progress == NULL) {
        return NULL;
    }
    progress->done = done;
    progress->total = total;
    progress->tells_rate = true;
    return start(progress);
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
