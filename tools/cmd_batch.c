/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster batch`: a study played into a results file. Started again, it goes on where it was ended.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "batch.h"
#include "batch_mpi.h"
#include "command.h"
#include "core/file_in.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "crowd/crowd.h"
#include "diagnose.h"
#include "drill/incident.h"
#include "memory.h"
#include "options.h"
#include "progress.h"
#include "study/results_csv.h"
#include "table.h"

enum {
    OPTION_OUTPUT,
    OPTION_POLICY,
    OPTION_AGAINST,
    OPTION_MOTION,
    OPTION_SEED,
    OPTION_REPS,
    OPTION_JOBS,
    OPTION_SHARD,
    OPTION_CSV,
    OPTION_REPLAY,
    OPTION_TO,
    OPTION_JSON,
    OPTION_QUIET
};

static const mu_option options[] = {
    {'o', "output", N_("FILE"), N_("results file, made or gone on with (needed)")},
    {'p', "policy", N_("FILE"),
     N_("without a study file: the policy that others are compared with")},
    {0, "against", N_("FILE"), N_("without a study file: a second policy")},
    {0, "motion", N_("MODEL"), N_("move people by walk or by flow (the study's; flow)")},
    {0, "seed", N_("N"), N_("seed of all luck (the study's)")},
    {'n', "reps", N_("N"), N_("replications of each arm (the study's; 200)")},
    {'j', "jobs", N_("N"), N_("threads; 0 = one per processor (0)")},
    {0, "shard", N_("I/N"), N_("play only the I-th of N parts, counted from 1")},
    {0, "csv", N_("FILE"), N_("write all runs as one tidy table, too")},
    {0, "replay", N_("CELL:K"), N_("play replication K of a cell again, by itself")},
    {0, "to", N_("DIR"), N_("where --replay writes that cell's files and the log")},
    {0, "json", NULL, N_("print the summary as JSON")},
    {'q', "quiet", NULL, N_("no progress on standard error")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "batch",
    .synopsis = N_("STUDY | INCIDENT… [OPTION]… -o FILE"),
    .summary =
        N_("Plays every incident of a study with every arm, all arms with the same luck, and "
           "keeps each run in one SQLite file. What the file has already is not played again: "
           "started once more, an interrupted study goes on. Then: muster compare FILE."),
    .details = N_("Exit status: 0 done; 1 stopped by Ctrl-C before the end (start it again to go "
                  "on), or a replay that ends otherwise than before; 2 wrong usage, or input or a "
                  "disk that cannot be used."),
    .options = options,
};

typedef struct request {
    const mu_given_options *given;
    const char *results;
    uint64_t seed, reps, jobs, cell, replication;
    uint32_t shard, shards;
    int motion;                /* where one is given */
    const mu_batch_team *team; /* under mpirun: the other ranks */
    bool has_seed, has_reps, quiet, json;
} request;

/* What the signal handler reaches: it can be told in no other way. What comes while nothing is
 * played stops the next study before it begins. */
static atomic_bool *volatile to_stop;
static volatile sig_atomic_t was_interrupted;

static void on_interrupt(int signal_number) {
    (void)signal_number;
    was_interrupted = 1;
    if (to_stop != NULL) {
        atomic_store(to_stop, true);
    }
}

static bool read_two(const char *name, const char *text, char between, uint64_t *first,
                     uint64_t *second) {
    unsigned long long a = 0, b = 0;
    char mark = 0, rest = 0;
    if (sscanf(text, "%9llu%c%9llu%c", &a, &mark, &b, &rest) != 3 || mark != between) {
        (void)mu_refuse_usage(usage.command, _("--%s is '%s'; it looks like 1%c2"), name, text,
                              between);
        return false;
    }
    *first = a;
    *second = b;
    return true;
}

static bool read_shard(const mu_given_options *given, request *out) {
    uint64_t part = 1, parts = 1;
    const char *text = given->value[OPTION_SHARD];
    if (text != NULL && !read_two("shard", text, '/', &part, &parts)) {
        return false;
    }
    if (part < 1 || part > parts || parts > 100000) {
        (void)mu_refuse_usage(usage.command, _("--shard I/N: I from 1 to N"));
        return false;
    }
    out->shard = (uint32_t)part - 1;
    out->shards = (uint32_t)parts;
    return true;
}

static bool read_request(const mu_given_options *given, request *out) {
    *out = (request){.given = given,
                     .results = given->value[OPTION_OUTPUT],
                     .has_seed = given->value[OPTION_SEED] != NULL,
                     .has_reps = given->value[OPTION_REPS] != NULL,
                     .quiet = given->value[OPTION_QUIET] != NULL,
                     .json = given->value[OPTION_JSON] != NULL,
                     .seed = 1,
                     .reps = 200};
    const char *replay = given->value[OPTION_REPLAY];
    if (given->operand_count == 0) {
        (void)mu_refuse_usage(usage.command, _("no study file given"));
        return false;
    }
    if (out->results == NULL || out->results[0] == 0) {
        (void)mu_refuse_usage(usage.command, _("-o is missing: which file the results go to"));
        return false;
    }
    if (!mu_option_word(usage.command, "motion", given->value[OPTION_MOTION], mu_motion_words,
                        &out->motion)) {
        return false;
    }
    if (given->value[OPTION_AGAINST] != NULL && given->value[OPTION_POLICY] == NULL) {
        (void)mu_refuse_usage(usage.command,
                              _("--against needs --policy: what it is compared with"));
        return false;
    }
    if (mu_mpi_is_on() && (given->value[OPTION_JOBS] != NULL || replay != NULL)) {
        (void)mu_refuse_usage(usage.command, _("under mpirun each rank plays with one thread, and "
                                               "a whole study: leave out --jobs and --replay"));
        return false;
    }
    if (replay != NULL && given->value[OPTION_TO] == NULL) {
        (void)mu_refuse_usage(usage.command, _("--replay needs --to: where its files are written"));
        return false;
    }
    return (replay == NULL || read_two("replay", replay, ':', &out->cell, &out->replication)) &&
           read_shard(given, out) &&
           mu_option_number(usage.command, "seed", given->value[OPTION_SEED], 0,
                            (uint64_t)MU_FIELD_INT_MOST, &out->seed) &&
           mu_option_number(usage.command, "reps", given->value[OPTION_REPS], 1, MU_STUDY_REPS_MOST,
                            &out->reps) &&
           mu_option_number(usage.command, "jobs", given->value[OPTION_JOBS], 0, MU_JOBS_MOST,
                            &out->jobs);
}

/* A study of the incidents and policies on the command line. */
static mu_status make_study(const request *asked, mu_arena *arena, mu_diags *diags,
                            mu_study_plan *out) {
    const mu_given_options *given = asked->given;
    const char *second = given->value[OPTION_AGAINST];
    const char **policies = mu_arena_array(arena, 2, sizeof *policies);
    *out = (mu_study_plan){.file = given->operands[0],
                           .given = {.id = "command-line",
                                     .design = MU_DESIGN_ONE_AT_A_TIME,
                                     .block = 50,
                                     .motion = MU_MOTION_FLOW}};
    if (policies == NULL) {
        return MU_ERR_MEMORY;
    }
    out->incidents.items = (const char **)(void *)given->operands;
    out->incidents.count = (uint32_t)given->operand_count;
    out->given.policies.items = policies;
    if (given->value[OPTION_POLICY] != NULL) {
        policies[out->given.policies.count++] = given->value[OPTION_POLICY];
        if (second != NULL) {
            policies[out->given.policies.count++] = second;
        }
    }
    return mu_study_lay_out(out, arena, diags);
}

static bool is_study(const char *file, mu_arena *arena, mu_diags *diags, bool *readable) {
    static const mu_file_kind *const kinds[] = {&mu_study_file, &mu_incident_file};
    const mu_file_kind *kind = NULL;
    mu_loader *loader = mu_loader_create(arena, diags);
    *readable = loader != NULL && mu_loader_identify(loader, file, kinds, 2, &kind) == MU_OK;
    mu_loader_destroy(loader);
    return kind == &mu_study_file;
}

static mu_status read_study(const request *asked, mu_arena *arena, mu_diags *diags,
                            mu_study_plan *out) {
    const mu_given_options *given = asked->given;
    const char *file = given->operands[0];
    bool readable = true;
    /* A pipe gives its text once, and an incident is read again for every policy: it holds a study.
     */
    const bool study = !mu_file_in_is_stored(file) || is_study(file, arena, diags, &readable);
    if (study && given->value[OPTION_POLICY] != NULL) {
        (void)mu_refuse_usage(usage.command,
                              _("--policy is for incidents: a study file names its own policies"));
        return MU_ERR_INPUT;
    }
    const bool told = mu_diags_count(diags, MU_ERROR) > 0;
    mu_status status = !readable ? (told ? MU_ERR_INPUT : MU_ERR_MEMORY)
                       : study   ? mu_study_read(file, arena, diags, out)
                                 : make_study(asked, arena, diags, out);
    if (status != MU_OK) {
        return status;
    }
    if (!study || asked->has_reps) {
        out->given.reps = (int64_t)asked->reps;
    }
    if (!study || asked->has_seed) {
        out->given.seed = (int64_t)asked->seed;
    }
    if (given->value[OPTION_MOTION] != NULL) {
        out->given.motion = asked->motion;
    }
    return MU_OK;
}

static double now_s(void) {
    struct timespec now;
    return clock_gettime(CLOCK_MONOTONIC, &now) == 0
               ? (double)now.tv_sec + 1e-9 * (double)now.tv_nsec
               : 0;
}

/* Runs are made safe once a second: that is what a power cut may cost. Memory is looked after in
 * the same breath, where no run is halted for it but this thread's. */
static bool is_due(void *context) {
    double *last_s = context;
    const double now = now_s();
    if (now < *last_s + 1) {
        return false;
    }
    *last_s = now;
    mu_memory_trim();
    return true;
}

static mu_status watch(const mu_batch_team *team, mu_plan *first, const mu_store_origin *origin,
                       const char *results, uint32_t jobs, bool quiet, mu_batch_end *end,
                       mu_diags *diags) {
    double last_s = now_s();
    mu_batch_control control = {.is_due = is_due, .context = &last_s, .first = first, .team = team};
    to_stop = &control.stop;
    const struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    if (was_interrupted != 0) {
        atomic_store(&control.stop, true);
    }
    mu_progress *progress = quiet ? NULL : mu_progress_watch(&control.done, &control.total);
    const mu_status status = mu_batch_run(origin, results, jobs, &control, end, diags);
    mu_progress_stop(progress);
    to_stop = NULL;
    return status;
}

mu_status mu_batch_watch(const mu_store_origin *origin, const char *results, uint32_t jobs,
                         bool quiet, mu_batch_end *end, mu_diags *diags) {
    return watch(NULL, NULL, origin, results, jobs, quiet, end, diags);
}

mu_status mu_batch_watch_anew(const mu_store_origin *origin, const char *results, uint32_t jobs,
                              bool quiet, mu_batch_end *end, mu_diags *diags) {
    if (!mu_store_is_of(results, origin)) {
        mu_store_remove(results);
    }
    return mu_batch_watch(origin, results, jobs, quiet, end, diags);
}

static void tell(const request *asked, const mu_study_plan *study, const mu_batch_end *end,
                 double took_s) {
    if (asked->json) {
        mu_json_out out = {.stream = stdout};
        mu_json_open(&out, NULL, '{');
        mu_json_put_string(&out, "study", study->given.id);
        mu_json_put_string(&out, "results", asked->results);
        mu_json_put_count(&out, "incidents", study->incidents.count);
        mu_json_put_count(&out, "arms", study->arms.count);
        mu_json_put_count(&out, "runs", end->done);
        mu_json_put_count(&out, "played", end->played);
        mu_json_put_bool(&out, "complete", !end->stopped);
        mu_json_put_real(&out, "seconds", took_s);
        mu_json_close(&out, '}');
        (void)putchar('\n');
        return;
    }
    mu_text_printf(stdout, _("%u runs of %u arms in %s; %llu of them played now"), end->done,
                   study->arms.count, asked->results, (unsigned long long)end->played);
    printf("\n%s\n", end->stopped ? _("Stopped. The same command goes on from here.")
                                  : _("Complete. Next: muster compare, with this file."));
}

static mu_status export_csv(const request *asked, mu_diags *diags) {
    mu_store *store;
    mu_status status = mu_store_read(asked->results, diags, &store);
    if (status == MU_OK) {
        status = mu_results_csv(store, asked->given->value[OPTION_CSV], diags);
        mu_store_close(store);
    }
    return status;
}

/* Loads the first arms, which shows most of what a study can get wrong. */
static bool is_sound(const mu_study_plan *study, mu_plan **first, mu_diags *diags) {
    enum { ARMS_TRIED = 50 };
    *first = mu_study_check(study, ARMS_TRIED, diags);
    return mu_diags_count(diags, MU_ERROR) == 0;
}

static int play(const request *asked, const mu_study_plan *study, mu_diags *diags) {
    if (asked->shards > 1 && study->given.stop.count > 0) {
        return mu_refuse(usage.command,
                         _("a study with stop rules cannot be cut into parts: whether to go on is "
                           "decided from all runs"));
    }
    mu_plan *first = NULL;
    if (access(asked->results, F_OK) != 0 && !is_sound(study, &first, diags)) {
        mu_plan_destroy(first);
        return MU_EXIT_USAGE; /* before a file is made */
    }
    const mu_store_origin origin = {
        .program = MU_VERSION, .study = study, .shard = asked->shard, .shards = asked->shards};
    const double started_s = now_s();
    mu_batch_end end;
    mu_status status = watch(asked->team, first, &origin, asked->results, (uint32_t)asked->jobs,
                             asked->quiet, &end, diags);
    if (status == MU_OK && asked->given->value[OPTION_CSV] != NULL) {
        status = export_csv(asked, diags);
    }
    if (status != MU_OK) {
        return mu_refuse_status(usage.command, MU_ERR_MEMORY, diags);
    }
    tell(asked, study, &end, now_s() - started_s);
    return end.stopped ? MU_EXIT_NO : MU_EXIT_DONE;
}

static int replay(const request *asked, const mu_study_plan *study, mu_diags *diags) {
    const uint64_t cells = (uint64_t)study->arms.count * study->incidents.count;
    if (asked->cell >= cells || asked->replication >= (uint64_t)study->given.reps) {
        return mu_refuse(usage.command,
                         _("the study has cells 0 to %llu with replications 0 to %llu"),
                         (unsigned long long)cells - 1, (unsigned long long)study->given.reps - 1);
    }
    return mu_batch_replay(study, asked->results, (uint32_t)asked->cell,
                           (uint32_t)asked->replication, asked->given->value[OPTION_TO], diags);
}

int mu_batch_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    request asked;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (!read_request(&given, &asked)) {
        return MU_EXIT_USAGE;
    }
    mu_diags *diags = mu_diags_create();
    mu_arena *arena = mu_arena_create();
    mu_study_plan study;
    mu_status read = MU_OK;
    const bool ranks = mu_mpi_is_on();
    mu_mpi *mpi = NULL;
    if (ranks) {
        mpi = mu_mpi_begin();
        asked.team = mu_mpi_team(mpi);
    }
    const bool follows = ranks && asked.team == NULL;
    if (diags == NULL || arena == NULL) {
        status = mu_refuse(usage.command, _("there is not enough memory"));
    } else {
        read = read_study(&asked, arena, diags, &study);
        status = read == MU_OK ? status : MU_EXIT_USAGE;
    }
    if (status == MU_EXIT_DONE && !follows) {
        status = given.value[OPTION_REPLAY] != NULL ? replay(&asked, &study, diags)
                                                    : play(&asked, &study, diags);
    }
    if (follows) {
        status = mu_mpi_serve(mpi, status == MU_EXIT_DONE ? &study : NULL, diags);
    } else if (ranks) {
        mu_mpi_end(mpi);
    }
    if (diags != NULL && (!follows || status != MU_EXIT_DONE)) {
        mu_diags_print(diags, 0, MU_ERROR, stderr);
    }
    if (read == MU_ERR_MEMORY) {
        status = mu_refuse_status(usage.command, read, diags);
    }
    mu_arena_destroy(arena);
    mu_diags_destroy(diags);
    return status;
}
