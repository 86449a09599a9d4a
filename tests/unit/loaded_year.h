/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A year of the head office under the shipped policy, as a test gives it. */
#ifndef MU_TESTS_LOADED_YEAR_H
#define MU_TESTS_LOADED_YEAR_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "study/year.h"

/* `rest` are its members beside format, id and first day; `roster` may be NULL. */
static mu_year_plan *load_year(const char *from, const char *roster, const char *rest) {
    char site[4096], people[4096], policy[4096], year[] = "/tmp/muster_year_XXXXXX";
    const char *source = getenv("MUSTER_SOURCE");
    ck_assert_msg(source != NULL, "MUSTER_SOURCE is not set");
    snprintf(site, sizeof site, "%s/scenarios/head-office/site.json", source);
    snprintf(people, sizeof people, "%s/scenarios/head-office/%s", source,
             roster != NULL ? roster : "");
    snprintf(policy, sizeof policy, "%s/scenarios/policy/baseline.json", source);
    const int descriptor = mkstemp(year);
    ck_assert_int_ge(descriptor, 0);
    FILE *file = fdopen(descriptor, "w");
    fprintf(file,
            "{\"format\": \"muster.year\", \"version\": 1, \"id\": \"test\", \"from\": "
            "\"%s\", %s}",
            from, rest);
    fclose(file);
    mu_diags *diags = mu_diags_create();
    const mu_year_given given = {
        .site = site, .policy = policy, .roster = roster != NULL ? people : NULL, .year = year};
    mu_year_plan *plan = mu_year_plan_load(&given, diags);
    for (size_t i = 0; i < mu_diags_count(diags, MU_ERROR); i++) {
        fprintf(stderr, "%s\n", mu_diags_get(diags, i)->text);
    }
    mu_diags_destroy(diags);
    unlink(year);
    ck_assert_ptr_nonnull(plan);
    return plan;
}

#endif
