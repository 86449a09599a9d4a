/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps of pictures: the file that says how they lie, before and after each. They carry the numbers
 * of the project's steps, so that what was done last is taken back first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/file_in.h"
#include "core/file_out.h"
#include "edit/project.h"
#include "edit/tracing.h"

typedef struct tracing_step {
    uint64_t step;
    char *before, *after; /* texts of the file; NULL: there was none */
} tracing_step;

struct mu_tracing_steps {
    tracing_step *items;
    uint32_t count, done; /* those behind `done` were taken back */
};

static void drop_behind(struct mu_tracing_steps *steps, uint32_t kept) {
    while (steps->count > kept) {
        const tracing_step *last = &steps->items[--steps->count];
        free(last->before);
        free(last->after);
    }
}

void mu_tracing_steps_destroy(struct mu_tracing_steps *steps) {
    if (steps != NULL) {
        drop_behind(steps, 0);
        free(steps->items);
        free(steps);
    }
}

/* Room for one more; false without memory. */
static bool make_room(mu_project *project) {
    if (project->tracing_steps == NULL) {
        project->tracing_steps = calloc(1, sizeof *project->tracing_steps);
    }
    struct mu_tracing_steps *steps = project->tracing_steps;
    tracing_step *items =
        steps != NULL ? realloc(steps->items, (steps->done + 1U) * sizeof *items) : NULL;
    if (items == NULL) {
        return false;
    }
    steps->items = items;
    return true;
}

static char *text_now(mu_project *project) {
    char path[MU_TRACING_PATH];
    size_t length;
    mu_tracing_path(project, path, sizeof path);
    return access(path, F_OK) == 0 ? mu_file_in_read(path, MU_FILE_IN_BYTES_MOST, &length) : NULL;
}

bool mu_project_change_tracings(mu_project *project, const mu_tracing *tracings, uint32_t count) {
    char *before = text_now(project);
    if (!mu_project_keep_tracings(project, tracings, count)) {
        free(before);
        return false;
    }
    char *after = text_now(project);
    const bool same = before == NULL || after == NULL ? before == after : !strcmp(before, after);
    if (same) {
        free(before);
        free(after);
        return true;
    }
    if (project->tracing_steps != NULL) {
        drop_behind(project->tracing_steps, project->tracing_steps->done);
    }
    if (!make_room(project)) { /* it is kept, and cannot be taken back */
        free(before);
        free(after);
        return true;
    }
    mu_project_begin(project);
    mu_project_end(project);
    struct mu_tracing_steps *steps = project->tracing_steps;
    steps->items[steps->done++] = (tracing_step){project->step, before, after};
    steps->count = steps->done;
    return true;
}

static bool write_text(mu_project *project, const char *text) {
    char path[MU_TRACING_PATH];
    mu_tracing_path(project, path, sizeof path);
    project->tracings_version++;
    return text != NULL ? mu_file_out_write(path, text, strlen(text), NULL) == MU_OK
                        : access(path, F_OK) != 0 || unlink(path) == 0;
}

uint64_t mu_tracing_undo_step(const mu_project *project) {
    const struct mu_tracing_steps *steps = project->tracing_steps;
    return steps != NULL && steps->done > 0 ? steps->items[steps->done - 1].step : 0;
}

uint64_t mu_tracing_redo_step(const mu_project *project) {
    const struct mu_tracing_steps *steps = project->tracing_steps;
    return steps != NULL && steps->done < steps->count ? steps->items[steps->done].step : 0;
}

bool mu_tracing_undo(mu_project *project, uint64_t step) {
    return step != 0 && mu_tracing_undo_step(project) == step &&
           write_text(project,
                      project->tracing_steps->items[--project->tracing_steps->done].before);
}

bool mu_tracing_redo(mu_project *project, uint64_t step) {
    return step != 0 && mu_tracing_redo_step(project) == step &&
           write_text(project, project->tracing_steps->items[project->tracing_steps->done++].after);
}

uint64_t mu_project_tracings_version(const mu_project *project) {
    return project->tracings_version;
}
