/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan read from the source folder, which MUSTER_SOURCE names. */
#ifndef TESTS_UNIT_LOADED_PLAN_H
#define TESTS_UNIT_LOADED_PLAN_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "drill/plan.h"

static mu_plan *plan;

/* `incident` is a path within the source folder. */
static inline void load_incident(const char *incident) {
    char file[4096];
    const char *source = getenv("MUSTER_SOURCE");
    ck_assert_msg(source != NULL, "MUSTER_SOURCE is not set");
    snprintf(file, sizeof file, "%s/%s", source, incident);
    mu_diags *diags = mu_diags_create();
    plan = mu_plan_load(file, NULL, diags);
    for (size_t i = 0; i < mu_diags_count(diags, MU_NOTE); i++) {
        const mu_diag *d = mu_diags_get(diags, i);
        if (d->severity == MU_ERROR) {
            fprintf(stderr, "%s:%u: %s\n", d->where.file, d->where.line, d->text);
        }
    }
    mu_diags_destroy(diags);
    ck_assert_ptr_nonnull(plan);
}

static inline void drop_plan(void) {
    mu_plan_destroy(plan);
}

#endif
