/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster verify`: plays laboratory experiments and prints what the model gives beside what was
 * measured. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "diagnose.h"
#include "options.h"
#include "table.h"
#include "verify/experiment.h"

enum { OPTION_SEEDS, OPTION_MODE, OPTION_JSON };

static const mu_option options[] = {
    {0, "seeds", N_("N"), N_("mean of N runs with other people (12)")},
    {0, "mode", N_("MODE"), N_("motion mode: free or regulatory (free)")},
    {0, "json", NULL, N_("print JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "verify",
    .synopsis = N_("FILE… [OPTION]…"),
    .summary = N_("Starts the walk model from the first state of each experiment file and "
                  "measures it as the experiment was measured."),
    .details = N_("Exit status: 0 every steady flow, mean speed and mean density is within 20 % "
                  "of what was measured; 1 one is not; 2 wrong usage, or a file that cannot be "
                  "used."),
    .options = options,
};

static const double TOLERANCE = 0.2;

/* The figures that decide: steady flows, and means of speed and density. */
static bool decides(const char *name) {
    return strstr(name, "specific_steady_flow") != NULL || strstr(name, "_mean.rho") != NULL ||
           strstr(name, "_mean.v") != NULL || strstr(name, "density_mean") != NULL ||
           strstr(name, "speed_mean") != NULL || strstr(name, "transit") != NULL;
}

static bool is_near(const mu_experiment_figure *figure) {
    return fabs(figure->simulated - figure->measured) <= TOLERANCE * fabs(figure->measured);
}

/* The mean of each figure over all seeds. */
static bool play(const mu_experiment *experiment, uint64_t seeds, mu_motion_mode mode,
                 mu_experiment_result *mean) {
    for (uint64_t s = 0; s < seeds; s++) {
        mu_experiment_result one;
        if (!mu_experiment_play(experiment, s + 1, mode, &one)) {
            return false;
        }
        if (s == 0) {
            *mean = one;
            continue;
        }
        for (uint32_t k = 0; k < mean->count && k < one.count; k++) {
            mean->figures[k].simulated += one.figures[k].simulated;
        }
        mean->delayed += one.delayed;
        mean->delay_s += one.delay_s;
        mean->still_there += one.still_there;
        mean->moved_in += one.moved_in;
    }
    for (uint32_t k = 0; k < mean->count; k++) {
        mean->figures[k].simulated /= (double)seeds;
    }
    mean->delay_s /= (double)seeds;
    return true;
}

static void put_values(mu_json_out *json, const char *key, const mu_experiment_result *mean,
                       bool simulated) {
    mu_json_open(json, key, '{');
    for (uint32_t k = 0; k < mean->count; k++) {
        mu_json_put_real(json, mean->figures[k].name,
                         simulated ? mean->figures[k].simulated : mean->figures[k].measured);
    }
    mu_json_close(json, '}');
}

static void put_json(mu_json_out *json, const mu_experiment *experiment,
                     const mu_experiment_result *mean, uint64_t seeds, mu_motion_mode mode,
                     bool pass) {
    mu_json_open(json, NULL, '{');
    mu_json_put_string(json, "id", mu_experiment_id(experiment));
    mu_json_put_string(json, "source", mu_experiment_reference(experiment));
    mu_json_put_string(json, "motion_mode", mu_motion_mode_name(mode));
    mu_json_put_count(json, "seeds", seeds);
    put_values(json, "expected", mean, false);
    put_values(json, "measured", mean, true);
    mu_json_put_bool(json, "pass", pass);
    mu_json_put_count(json, "moved_in", mean->moved_in);
    mu_json_put_count(json, "delayed", mean->delayed);
    mu_json_put_real(json, "mean_delay_s", mean->delay_s);
    mu_json_put_count(json, "still_there", mean->still_there);
    mu_json_close(json, '}');
}

static void put_rows(mu_table *table, const mu_experiment *experiment,
                     const mu_experiment_result *mean) {
    for (uint32_t k = 0; k < mean->count; k++) {
        const mu_experiment_figure *figure = &mean->figures[k];
        char expected[32] = "-", measured[32], verdict[32] = "";
        (void)snprintf(measured, sizeof measured, "%.3f", figure->simulated);
        if (!isnan(figure->measured)) {
            (void)snprintf(expected, sizeof expected, "%.3f", figure->measured);
            (void)snprintf(verdict, sizeof verdict, "%+.0f %%",
                           100 * (figure->simulated / figure->measured - 1));
        }
        mu_table_add(table, mu_experiment_id(experiment), figure->name, expected, measured, verdict,
                     !decides(figure->name) || isnan(figure->measured) ? ""
                     : is_near(figure)                                 ? _("pass")
                                                                       : _("FAIL"));
    }
}

static bool passes(const mu_experiment_result *mean) {
    bool pass = mean->still_there == 0;
    for (uint32_t k = 0; k < mean->count; k++) {
        const mu_experiment_figure *figure = &mean->figures[k];
        pass = pass && (!decides(figure->name) || isnan(figure->measured) || is_near(figure));
    }
    return pass;
}

/* Plays one file; its exit status. */
static int verify(const char *file, uint64_t seeds, mu_motion_mode mode, mu_table *table,
                  mu_json_out *json) {
    mu_diags *diags = mu_diags_create();
    mu_experiment *experiment = diags != NULL ? mu_experiment_read(file, diags) : NULL;
    int status = MU_EXIT_USAGE;
    mu_experiment_result mean = {.count = 0};
    if (experiment != NULL && play(experiment, seeds, mode, &mean)) {
        const bool pass = passes(&mean);
        status = pass ? MU_EXIT_DONE : MU_EXIT_NO;
        if (json != NULL) {
            put_json(json, experiment, &mean, seeds, mode, pass);
        } else {
            put_rows(table, experiment, &mean);
        }
        mu_experiment_destroy(experiment);
    }
    if (diags != NULL) {
        mu_diags_print(diags, 0, stderr);
    }
    mu_diags_destroy(diags);
    return status;
}

static bool read_mode(const char *word, mu_motion_mode *out) {
    for (int m = 0; word != NULL && m < MU_MOTION_MODE_COUNT; m++) {
        if (strcmp(word, mu_motion_mode_name((mu_motion_mode)m)) == 0) {
            *out = (mu_motion_mode)m;
            return true;
        }
    }
    return word == NULL;
}

int mu_verify_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    uint64_t seeds = 12;
    mu_motion_mode mode = MU_MOTION_FREE;
    if (given.operand_count == 0) {
        return mu_refuse_usage(usage.command, _("no experiment file given"));
    }
    if (!read_mode(given.value[OPTION_MODE], &mode)) {
        return mu_refuse_usage(usage.command, _("there is no motion mode '%s'"),
                               given.value[OPTION_MODE]);
    }
    if (!mu_option_number(usage.command, "--seeds", given.value[OPTION_SEEDS], 1, 10000, &seeds)) {
        return MU_EXIT_USAGE;
    }
    mu_json_out json = {.stream = stdout};
    mu_table *table = mu_table_create(6);
    const bool as_json = given.value[OPTION_JSON] != NULL;
    if (as_json) {
        mu_json_open(&json, NULL, '{');
        mu_json_open(&json, "cases", '[');
    } else {
        mu_table_add(table, _("case"), _("figure"), _("experiment"), _("model"), _("difference"),
                     "");
    }
    for (int k = 0; k < given.operand_count; k++) {
        const int one = verify(given.operands[k], seeds, mode, table, as_json ? &json : NULL);
        status = one > status ? one : status;
    }
    if (as_json) {
        mu_json_close(&json, ']');
        mu_json_close(&json, '}');
        (void)putchar('\n');
    } else {
        mu_table_print(table, stdout);
    }
    mu_table_destroy(table);
    return status;
}
