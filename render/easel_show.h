/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor's window. */
#ifndef MU_RENDER_EASEL_SHOW_H
#define MU_RENDER_EASEL_SHOW_H

#include <stdbool.h>
#include <stddef.h>

#include "muster/project.h"

typedef enum mu_report_state {
    MU_REPORT_NONE,
    MU_REPORT_RUNS,
    MU_REPORT_DONE,
    MU_REPORT_FAILED
} mu_report_state;

typedef struct mu_edit_window_def {
    mu_project *project;
    const char *language;
    bool (*choose_language)(const char *language);
    bool dark;
    int width, height;
    const char *picture; /* of a floor plan, below the drawing; may be NULL */
    /* Begins to write a report on an incident that has just been saved; what it is doing, with its
     * file once it is done. */
    bool (*start_report)(void *with, const char *incident, const char *language);
    mu_report_state (*report_state)(void *with, const char **file);
    void *with;
} mu_edit_window_def;

/* False, with the reason, translated, in `why`. */
bool mu_edit_window(const mu_edit_window_def *def, char *why, size_t room);

#endif
