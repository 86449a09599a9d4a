/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan read from the source folder, which MUSTER_SOURCE names. */
#ifndef TESTS_UNIT_LOADED_PLAN_H
#define TESTS_UNIT_LOADED_PLAN_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "drill/plan.h"

static mu_plan *plan;

/* `incident` is a path within the source folder; what a plan on the same site has found of its
 * walking distances is shared, if one is given. */
static inline void load_incident_near(const char *incident, const mu_plan *near) {
    char file[4096];
    const char *source = getenv("MUSTER_SOURCE");
    ck_assert_msg(source != NULL, "MUSTER_SOURCE is not set");
    snprintf(file, sizeof file, "%s/%s", source, incident);
    mu_diags *diags = mu_diags_create();
    plan = mu_plan_load_given(&(mu_plan_given){.incident = file, .near = near}, diags);
    for (size_t i = 0; i < mu_diags_count(diags, MU_NOTE); i++) {
        const mu_diag *d = mu_diags_get(diags, i);
        if (d->severity == MU_ERROR) {
            fprintf(stderr, "%s:%u: %s\n", d->where.file, d->where.line, d->text);
        }
    }
    mu_diags_destroy(diags);
    ck_assert_ptr_nonnull(plan);
}

static inline void load_incident(const char *incident) {
    load_incident_near(incident, NULL);
}

static inline void drop_plan(void) {
    mu_plan_destroy(plan);
}

#endif
