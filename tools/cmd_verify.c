/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster verify`: plays verification cases and experiments and says which of them hold. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "command.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "language.h"
#include "options.h"
#include "verify.h"
#include "verify/report.h"

enum {
    OPTION_SEEDS,
    OPTION_SEED,
    OPTION_JOBS,
    OPTION_MODE,
    OPTION_TRAJECTORY,
    OPTION_REPORT,
    OPTION_JSON,
    OPTION_QUIET
};

static const mu_option options[] = {
    {'n', "seeds", N_("N"), N_("play each so many times (cases: as each says; experiments: 12)")},
    {0, "seed", N_("N"), N_("first seed (1)")},
    {'j', "jobs", N_("N"), N_("threads; 0 = one per processor (0)")},
    {0, "mode", N_("free|regulatory"),
     N_("what limits the flow through doors in experiments "
        "(free)")},
    {0, "trajectory", N_("FILE"),
     N_("write the positions of the first run: text, or SQLite as "
        "JuPedSim writes it (.sqlite)")},
    {0, "report", N_("FILE"), N_("write the verification report as HTML")},
    {0, "json", NULL, N_("print JSON")},
    {'q', "quiet", NULL, N_("no notes and no progress on standard error")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "verify",
    .synopsis = N_("[PATH…] [OPTION]…"),
    .summary =
        N_("Plays verification cases, or experiments with real people, and compares what comes "
           "out with what is expected. PATH is a file or a folder; without one, Muster's own "
           "cases are played."),
    .details = N_("Exit status: 0 all hold; 1 some do not; 2 wrong usage, or input that cannot be "
                  "used."),
    .options = options,
};

/* Files in the order in which they are played. */
typedef struct paths {
    char **items;
    size_t count, room;
} paths;

/* Says so; false. */
static bool lacks_memory(void) {
    (void)mu_refuse(usage.command, _("there is not enough memory"));
    return false;
}

static bool add_path(paths *list, const char *path) {
    if (list->count == list->room) {
        const size_t room = list->room > 0 ? 2 * list->room : 32;
        char **items = realloc(list->items, room * sizeof *items);
        if (items == NULL) {
            return lacks_memory();
        }
        list->items = items;
        list->room = room;
    }
    char *copy = strdup(path);
    if (copy == NULL) {
        return lacks_memory();
    }
    list->items[list->count++] = copy;
    return true;
}

static void free_paths(paths *list) {
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i]);
    }
    free(list->items);
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool is_json(const char *name) {
    const size_t length = strlen(name);
    return name[0] != '.' && length > 5 && strcmp(name + length - 5, ".json") == 0;
}

/* The JSON files of a folder and of those in it, by name. */
static bool add_folder(paths *list, const char *folder) {
    DIR *open = opendir(folder);
    if (open == NULL) {
        (void)mu_refuse(usage.command, _("cannot read the folder %s: %s"), folder, strerror(errno));
        return false;
    }
    paths found = {NULL, 0, 0};
    bool whole = true;
    for (struct dirent *entry = readdir(open); whole && entry != NULL; entry = readdir(open)) {
        char path[4096];
        struct stat info;
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        const bool is_folder =
            entry->d_name[0] != '.' && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
        if (is_folder || is_json(entry->d_name)) {
            whole = add_path(&found, path);
        }
    }
    (void)closedir(open);
    if (found.count > 0) {
        qsort(found.items, found.count, sizeof *found.items, compare_names);
    }
    for (size_t i = 0; whole && i < found.count; i++) {
        whole = is_json(found.items[i]) ? add_path(list, found.items[i])
                                        : add_folder(list, found.items[i]);
    }
    free_paths(&found);
    return whole;
}

static bool add_operand(paths *list, const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode) ? add_folder(list, path)
                                                           : add_path(list, path);
}

static bool find_paths(const mu_given_options *given, paths *list) {
    bool whole = true;
    for (int i = 0; whole && i < given->operand_count; i++) {
        whole = add_operand(list, given->operands[i]);
    }
    if (whole && given->operand_count == 0) {
        char own[MU_DATA_PATH_MOST];
        if (!mu_data_find("tests/verification", own) && !mu_data_find("verification", own)) {
            (void)mu_refuse(usage.command, _("Muster's own cases are not installed here"));
            return false;
        }
        whole = add_folder(list, own);
    }
    if (whole && list->count == 0) {
        (void)mu_refuse(usage.command, _("there is no case in there"));
        whole = false;
    }
    return whole;
}

static bool read_def(const mu_given_options *given, mu_verification_def *def) {
    uint64_t seeds = 0, seed = 1;
    const char *mode = given->value[OPTION_MODE];
    if (!mu_option_number(usage.command, "seeds", given->value[OPTION_SEEDS], 1, 10000, &seeds) ||
        !mu_option_number(usage.command, "seed", given->value[OPTION_SEED], 0, (uint64_t)1 << 53,
                          &seed)) {
        return false;
    }
    *def = (mu_verification_def){.seeds = (uint32_t)seeds,
                                 .first_seed = seed,
                                 .has_mode = mode != NULL,
                                 .trajectory = given->value[OPTION_TRAJECTORY],
                                 .program = "muster " MU_VERSION};
    while (mode != NULL && strcmp(mode, mu_motion_mode_name(def->mode)) != 0) {
        if (++def->mode == MU_MOTION_MODE_COUNT) {
            (void)mu_refuse_usage(usage.command, _("--mode must be free or regulatory, not '%s'"),
                                  mode);
            return false;
        }
    }
    return true;
}

/* The date is the only thing that a clock has a say in. */
static bool write_report(const mu_verification *verification, const char *file, mu_diags *diags) {
    char date[32] = "";
    const time_t now = time(NULL);
    struct tm day;
    if (localtime_r(&now, &day) != NULL) {
        (void)strftime(date, sizeof date, "%Y-%m-%d", &day);
    }
    const mu_verify_report_def def = {
        .verification = verification, .language = mu_language(), .date = date};
    char *text = mu_verify_report(&def);
    const bool written =
        text != NULL && mu_file_out_write(file, text, strlen(text), diags) == MU_OK;
    free(text);
    return written;
}

static int play_all(const paths *list, mu_verification *verification, mu_diags *diags,
                    const mu_given_options *given, uint32_t jobs) {
    bool told = false;
    const mu_status status = mu_verify_play(verification, list->items, (uint32_t)list->count, jobs,
                                            given->value[OPTION_QUIET] != NULL, &told);
    if (status != MU_OK) {
        return told ? MU_EXIT_USAGE
                    : mu_refuse(usage.command, status == MU_ERR_MEMORY
                                                   ? _("there is not enough memory")
                                                   : _("the run cannot go on"));
    }
    const char *report = given->value[OPTION_REPORT];
    if (report != NULL && !write_report(verification, report, diags)) {
        mu_diags_print(diags, 0, MU_NOTE, stderr);
        return MU_EXIT_USAGE;
    }
    if (given->value[OPTION_JSON] != NULL) {
        mu_verify_print_json(verification, stdout);
    } else {
        mu_verify_print(verification, stdout);
    }
    for (uint32_t i = 0; i < verification->count; i++) {
        if (verification->items[i].outcome == MU_OUTCOME_FAILED) {
            return MU_EXIT_NO;
        }
    }
    return MU_EXIT_DONE;
}

static int verify(const mu_given_options *given, const mu_verification_def *def, paths *list) {
    uint64_t jobs = 0;
    if (!mu_option_number(usage.command, "jobs", given->value[OPTION_JOBS], 0, MU_JOBS_MOST,
                          &jobs)) {
        return MU_EXIT_USAGE;
    }
    if (!find_paths(given, list)) {
        return MU_EXIT_USAGE;
    }
    if (def->trajectory != NULL && list->count != 1) {
        return mu_refuse_usage(usage.command, _("--trajectory goes with one file at a time"));
    }
    mu_diags *diags = mu_diags_create();
    mu_verification *verification = diags != NULL ? mu_verification_create(def, diags) : NULL;
    const int status = verification != NULL
                           ? play_all(list, verification, diags, given, (uint32_t)jobs)
                           : mu_refuse(usage.command, _("there is not enough memory"));
    mu_verification_destroy(verification);
    mu_diags_destroy(diags);
    return status;
}

int mu_verify_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    mu_verification_def def;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (!read_def(&given, &def)) {
        return MU_EXIT_USAGE;
    }
    paths list = {NULL, 0, 0};
    status = verify(&given, &def, &list);
    free_paths(&list);
    return status;
}
