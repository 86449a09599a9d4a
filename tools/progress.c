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
    _Atomic bool over;
    bool terminal;
    pthread_t thread;
};

static void tell(const mu_progress *progress, uint32_t done) {
    (void)fputs(progress->terminal ? "\r" : "", stderr);
    (void)fprintf(stderr, _("run %u of %u"), done, progress->total);
    (void)fputs(progress->terminal ? "   " : "\n", stderr);
    (void)fflush(stderr);
}

static void *watch(void *argument) {
    mu_progress *progress = argument;
    const struct timespec pause = {.tv_nsec = 100000000};
    uint32_t told = 0;
    while (!atomic_load(&progress->over)) {
        const uint32_t done = atomic_load(&progress->study.done);
        const uint32_t step = progress->terminal ? 1 : (progress->total + 9) / 10;
        if (done >= told + step) {
            tell(progress, done);
            told = done;
        }
        (void)nanosleep(&pause, NULL);
    }
    if (told < atomic_load(&progress->study.done)) {
        tell(progress, atomic_load(&progress->study.done));
    }
    if (progress->terminal) {
        (void)fputc('\n', stderr);
    }
    return NULL;
}

mu_progress *mu_progress_start(uint32_t total) {
    mu_progress *progress = calloc(1, sizeof *progress);
    if (progress == NULL) {
        return NULL;
    }
    progress->total = total;
    progress->terminal = isatty(STDERR_FILENO) != 0;
    if (pthread_create(&progress->thread, NULL, watch, progress) != 0) {
        free(progress);
        return NULL;
    }
    return progress;
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
