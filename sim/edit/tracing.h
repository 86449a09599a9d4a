/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file kind "muster.tracing": which pictures lie below the drawing of a site. */
#ifndef MU_EDIT_TRACING_H
#define MU_EDIT_TRACING_H

#include "core/loader.h"

typedef struct mu_tracing_given {
    mu_origin origin;
    const char *level; /* id of the site's level */
    const char *file;  /* of the picture, from the folder of this file */
    mu_point at;
    double metres_per_pixel, turned_deg, strength;
    bool hidden;
} mu_tracing_given;

typedef struct mu_tracings_given {
    MU_LIST_OF(mu_tracing_given) pictures;
} mu_tracings_given;

extern const mu_file_kind mu_tracing_file;

struct mu_project;
enum { MU_TRACING_PATH = 4200 };
/* "plans/floor.tracing.json" beside "plans/floor.json". */
void mu_tracing_path(struct mu_project *project, char *out, size_t room);

/* tracing_steps.c: which step would be taken back, or done again; 0 = none. */
struct mu_tracing_steps;
void mu_tracing_steps_destroy(struct mu_tracing_steps *steps);
uint64_t mu_tracing_undo_step(const struct mu_project *project);
uint64_t mu_tracing_redo_step(const struct mu_project *project);
bool mu_tracing_undo(struct mu_project *project, uint64_t step);
bool mu_tracing_redo(struct mu_project *project, uint64_t step);

#endif
