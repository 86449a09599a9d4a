/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays what is to be verified on several threads: each file has a verification of its own, and
 * these are joined, and their faults told, in the order of files. So neither what is printed nor
 * the exit status depends on how many threads there are. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diagnose.h"
#include "study/jobs.h"
#include "table.h"
#include "verify.h"

/* What came of one file. */
typedef struct part {
    mu_verification *verification; /* NULL: not played, or joined */
    mu_diags *diags;
    mu_status status;
    bool played;
} part;

typedef struct play {
    mu_verification *whole;
    char *const *files;
    uint32_t count, finished;
    uint32_t told; /* parts whose faults have been told: all before it */
    bool quiet;
    part *parts;
    _Atomic uint32_t failed; /* the first file that could not be played: none after it matters */
    pthread_mutex_t mutex;   /* of what is written to standard error, and of the counts */
} play;

/* One line that is written over and over, where somebody watches. */
static void tell_progress(const play *p, uint32_t file) {
    if (!p->quiet && isatty(STDERR_FILENO)) {
        (void)fprintf(stderr, "\r\033[K");
        if (file < p->count) {
            const char *slash = strrchr(p->files[file], '/');
            (void)fprintf(stderr, "%u/%u ", p->finished + 1, p->count);
            mu_text_print(slash != NULL ? slash + 1 : p->files[file], stderr);
        }
        (void)fflush(stderr);
    }
}

/* What has been found in the files up to the first that is not finished; without notes where they
 * are not wanted. */
static void tell_found(play *p) {
    for (; p->told < p->count && p->parts[p->told].played; p->told++) {
        const mu_diags *diags = p->parts[p->told].diags;
        if (p->told <= atomic_load(&p->failed) && diags != NULL &&
            (!p->quiet || mu_diags_count(diags, MU_WARNING) > 0)) {
            tell_progress(p, p->count);
            mu_diags_print(diags, 0, MU_NOTE, stderr);
        }
    }
}

static void note_failure(play *p, uint32_t file) {
    uint32_t first = atomic_load(&p->failed);
    while (file < first && !atomic_compare_exchange_weak(&p->failed, &first, file)) {
    }
}

static void play_one(void *with, uint32_t file) {
    play *p = with;
    part *mine = &p->parts[file];
    if (file < atomic_load(&p->failed)) {
        (void)pthread_mutex_lock(&p->mutex);
        tell_progress(p, file);
        (void)pthread_mutex_unlock(&p->mutex);
        mine->diags = mu_diags_create();
        mine->verification =
            mine->diags != NULL ? mu_verification_create(&p->whole->def, mine->diags) : NULL;
        mine->status = mine->verification != NULL
                           ? mu_verification_add(mine->verification, p->files[file])
                           : MU_ERR_MEMORY;
        if (mine->status != MU_OK) {
            note_failure(p, file);
        }
    }
    (void)pthread_mutex_lock(&p->mutex);
    mine->played = true;
    p->finished++;
    tell_found(p);
    (void)pthread_mutex_unlock(&p->mutex);
}

/* Joins all parts in order, up to one that failed. */
static mu_status join(play *p) {
    mu_status status = MU_OK;
    for (uint32_t i = 0; i < p->count && status == MU_OK; i++) {
        part *next = &p->parts[i];
        status = next->status;
        if (status == MU_OK) {
            status = mu_verification_join(p->whole, next->verification);
            next->verification = NULL;
        }
    }
    return status;
}

mu_status mu_verify_play(mu_verification *whole, char *const *files, uint32_t count, uint32_t jobs,
                         bool quiet, bool *told) {
    play p = {.whole = whole, .files = files, .count = count, .quiet = quiet, .failed = count};
    *told = false;
    p.parts = calloc((size_t)count + 1, sizeof *p.parts);
    if (p.parts == NULL || pthread_mutex_init(&p.mutex, NULL) != 0) {
        free(p.parts);
        return MU_ERR_MEMORY;
    }
    mu_study_each(count, jobs, play_one, &p);
    tell_progress(&p, count);
    const mu_status status = join(&p);
    if (status != MU_OK && p.failed < count && p.parts[p.failed].diags != NULL) {
        *told = mu_diags_count(p.parts[p.failed].diags, MU_ERROR) > 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        mu_verification_destroy(p.parts[i].verification);
        mu_diags_destroy(p.parts[i].diags);
    }
    (void)pthread_mutex_destroy(&p.mutex);
    free(p.parts);
    return status;
}
