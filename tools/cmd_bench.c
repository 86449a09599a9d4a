/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster bench`: how fast the engine is on this machine. */
#include <string.h>
#include <time.h>

#include "bench.h"
#include "command.h"
#include "core/i18n.h"
#include "options.h"

enum {
    OPTION_SCENE,
    OPTION_MODEL,
    OPTION_PEOPLE,
    OPTION_REPEATS,
    OPTION_MOTION_MODE,
    OPTION_SEED,
    OPTION_REPS,
    OPTION_JOBS,
    OPTION_JSON
};

static const mu_option options[] = {
    {0, "scene", N_("NAME"),
     N_("only this scene: S1, S2, S3, S1L, S4 or S5; of render: frames (all)")},
    {0, "model", N_("MODEL"), N_("only this motion model: walk or flow (both)")},
    {0, "people", N_("N"), N_("with N people (each scene's own numbers)")},
    {0, "repeats", N_("N"), N_("measure N times and keep the fastest (3)")},
    {0, "motion-mode", N_("MODE"), N_("agree: only free or regulatory (both)")},
    {0, "seed", N_("N"), N_("agree: seed of all luck (the incident's)")},
    {'n', "reps", N_("N"), N_("agree: how many times each model plays (30)")},
    {'j', "jobs", N_("N"), N_("agree: threads; 0 = one per processor (0)")},
    {0, "json", NULL, N_("print JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "bench",
    .synopsis = N_("motion|queue|render|editor [OPTION]…  |  agree [INCIDENT…] [OPTION]…"),
    .summary = N_("Measures the processor time of one step of one person in scenes of known size, "
                  "on one thread; of the model flow, which has no steps, of one event. Or the "
                  "event queue against a heap with nothing around it. Or pictures of a crowd, and "
                  "going back in a session. Or whether both models say the same of evacuations in "
                  "which everyone sets off when alerted."),
    .details =
        N_("S1: a room of 50 m by 50 m, a door of 5 m, a corridor behind it. S2: the same "
           "with 100 pillars. S3: the campus evacuated by day, a whole run with its "
           "response. S1L: as S1, as large as two persons per square metre ask "
           "for. S4: a tower of ten storeys with two stairs. S5: S1 evacuated to the last. agree: "
           "the campus and the tower, or the given incidents; exit status 1 if mean or 95 % "
           "of flow are further than 10 % from those of walk."),
    .options = options,
};

double mu_bench_now(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0) {
        return 0;
    }
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int agree(const mu_given_options *given) {
    mu_agree_request request = {.incidents = given->operands + 1,
                                .count = given->operand_count - 1,
                                .reps = 30,
                                .has_seed = given->value[OPTION_SEED] != NULL,
                                .motion_mode = -1,
                                .json = given->value[OPTION_JSON] != NULL};
    const bool read = mu_option_word(usage.command, "motion-mode", given->value[OPTION_MOTION_MODE],
                                     mu_motion_mode_words, &request.motion_mode) &&
                      mu_option_number(usage.command, "seed", given->value[OPTION_SEED], 0,
                                       (uint64_t)MU_FIELD_INT_MOST, &request.seed) &&
                      mu_option_number(usage.command, "reps", given->value[OPTION_REPS], 1, 10000,
                                       &request.reps) &&
                      mu_option_number(usage.command, "jobs", given->value[OPTION_JOBS], 0,
                                       MU_JOBS_MOST, &request.jobs);
    return read ? mu_bench_agree(&request, stdout) : MU_EXIT_USAGE;
}

int mu_bench_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count >= 1 && strcmp(given.operands[0], "agree") == 0) {
        return agree(&given);
    }
    const bool queue = given.operand_count == 1 && strcmp(given.operands[0], "queue") == 0;
    const bool editor = given.operand_count == 1 && strcmp(given.operands[0], "editor") == 0;
    const bool render = given.operand_count == 1 && strcmp(given.operands[0], "render") == 0;
    if (!queue && !render && !editor &&
        (given.operand_count != 1 || strcmp(given.operands[0], "motion") != 0)) {
        return mu_refuse_usage(
            usage.command, given.operand_count == 0
                               ? _("say what to measure: motion, queue, render or agree")
                               : _("only 'motion', 'queue', 'render' and 'agree' can be measured"));
    }
    const char *model = given.value[OPTION_MODEL];
    int motion;
    if (!mu_option_word(usage.command, "model", model, mu_motion_words, &motion)) {
        return MU_EXIT_USAGE;
    }
    mu_bench_request request = {.scene = given.value[OPTION_SCENE],
                                .model = model,
                                .repeats = 3,
                                .json = given.value[OPTION_JSON] != NULL};
    if (!mu_option_number(usage.command, "--people", given.value[OPTION_PEOPLE], 1, 200000,
                          &request.people) ||
        !mu_option_number(usage.command, "--repeats", given.value[OPTION_REPEATS], 1, 1000,
                          &request.repeats)) {
        return MU_EXIT_USAGE;
    }
    if (request.people > 0 && request.scene != NULL &&
        strcmp(request.scene, MU_BENCH_CAMPUS) == 0) {
        return mu_refuse_usage(usage.command,
                               _("%s has its own people: --people does not go "
                                 "with it"),
                               MU_BENCH_CAMPUS);
    }
    if (editor) {
        return mu_bench_editor(&request, stdout);
    }
    if (render) {
        return mu_bench_render(&request, stdout);
    }
    return queue ? mu_bench_queue(&request, stdout) : mu_bench_motion(&request, stdout);
}
