/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The smallest program on libmuster: plays an incident and writes what came of every clause.
 *
 *     cc gaps.c $(pkg-config --cflags --libs muster) -o gaps
 *     ./gaps INCIDENT.json metrics.json [RUNS]
 */
#include <stdio.h>
#include <stdlib.h>

#include <muster/drill.h>

/* Everything that was found in the files, one a line, as a compiler would say it. */
static void tell(const mu_diags *diags) {
    for (size_t i = 0; i < mu_diags_count(diags, MU_WARNING); i++) {
        const mu_diag *diag = mu_diags_get(diags, i);
        fprintf(stderr, "%s:%u: %s\n", diag->where.file == NULL ? "" : diag->where.file,
                (unsigned)diag->where.line, diag->text);
    }
}

static mu_status play(const char *incident, const char *metrics, uint32_t runs, mu_diags *diags) {
    mu_plan *plan = mu_plan_load(incident, NULL, diags);
    if (plan == NULL) {
        return MU_ERR_INPUT;
    }
    mu_findings *findings = NULL;
    mu_status status = mu_study_run(plan, 1, runs, 0, NULL, &findings, diags);
    if (status == MU_OK) {
        status = mu_metrics_write(findings, "gaps 1.0", metrics, diags);
        mu_findings_destroy(findings);
    }
    mu_plan_destroy(plan);
    return status;
}

int main(int argc, char **argv) {
    const long runs = argc == 4 ? strtol(argv[3], NULL, 10) : 20;
    if (argc < 3 || argc > 4 || runs < 1 || runs > 100000) {
        fprintf(stderr, "usage: gaps INCIDENT.json METRICS.json [RUNS]\n");
        return 2;
    }
    mu_diags *diags = mu_diags_create();
    const mu_status status = play(argv[1], argv[2], (uint32_t)runs, diags);
    tell(diags);
    mu_diags_destroy(diags);
    return status == MU_OK ? 0 : 1;
}
