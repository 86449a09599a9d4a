/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small floor, drawn into a project of its own folder. */
#ifndef TESTS_UNIT_DRAWN_FLOOR_H
#define TESTS_UNIT_DRAWN_FLOOR_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "muster/project.h"

static char folder[64], path[96], policy[4096], playbooks[4096];
static mu_diags *diags;

static inline void setup(void) {
    strcpy(folder, "/tmp/muster-project-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/floor.json", folder);
    snprintf(policy, sizeof policy, "%s/scenarios/policy/baseline.json", getenv("MUSTER_SOURCE"));
    snprintf(playbooks, sizeof playbooks, "%s/scenarios/playbooks", getenv("MUSTER_SOURCE"));
    diags = mu_diags_create();
}

static inline void teardown(void) {
    static const char *const names[] = {"floor.json",    "roster.json",  "policy.json",
                                        "playbook.json", "package.json", "floor.tracing.json"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        char file[200];
        snprintf(file, sizeof file, "%s/%s", folder, names[k]);
        unlink(file);
        snprintf(file, sizeof file, "%s/.%s.unsaved", folder, names[k]);
        unlink(file);
    }
    ck_assert_int_eq(rmdir(folder), 0);
    mu_diags_destroy(diags);
}

static inline mu_project *open(const char *file) {
    const mu_project_def def = {.path = file, .policy = policy, .playbooks = playbooks};
    mu_project *project = mu_project_open(&def, diags);
    for (size_t k = 0; project == NULL && k < mu_diags_count(diags, MU_NOTE); k++) {
        fprintf(stderr, "%s\n", mu_diags_get(diags, k)->text);
    }
    ck_assert_ptr_nonnull(project);
    return project;
}

static inline void add_room(mu_project *p, const char *use, double x, double y, double w,
                            double h) {
    const mu_point ring[4] = {{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
    ck_assert(mu_project_add_space(p, 0, use, ring, 4, NULL));
}

static inline void add_door(mu_project *p, double x, double y) {
    const mu_door_place place = mu_project_find_door(p, 0, (mu_point){x, y}, 1.2);
    ck_assert(place.found);
    ck_assert(mu_project_add_door(p, "door", &place, NULL));
}

/* Two offices on a corridor, and a yard. */
static inline void draw_floor(mu_project *p) {
    add_room(p, "office", 0, 2.2, 8, 6);
    add_room(p, "office", 8.2, 2.2, 8, 6);
    add_room(p, "corridor", 0, 0, 16.2, 2);
    add_room(p, "outdoor", -6, -12, 30, 11.8);
    add_door(p, 4, 2.1);
    add_door(p, 12, 2.1);
    add_door(p, 8, -0.1);
    ck_assert(mu_project_add_thing(p, "assembly_points", NULL, 0, (mu_point){20, -8}, NULL));
}

static inline uint32_t count_faults(mu_project *p, mu_severity least) {
    uint32_t count, found = 0;
    ck_assert(mu_project_check(p, true));
    const mu_fault *faults = mu_project_faults(p, &count);
    for (uint32_t k = 0; k < count; k++) {
        found += faults[k].severity >= least;
    }
    return found;
}

#endif
