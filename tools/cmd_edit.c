/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster edit`: a site and its scenario, drawn and filled in. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "kinds.h"
#include "language.h"
#include "muster/project.h"
#include "options.h"
#include "shipped.h"
#ifdef MU_HAVE_SHOW
#include "render/easel_show.h"
#endif

enum { OPTION_PICTURE, OPTION_OUTPUT, OPTION_REPS, OPTION_SIZE, OPTION_DARK };

static const mu_option options[] = {
    {0, "picture", N_("FILE"), N_("a picture of a floor plan (PNG, JPEG) to trace")},
    {'o', "output", N_("DIR"), N_("folder of the report (report, beside the site)")},
    {'n', "reps", N_("N"), N_("runs that the report stands on (20)")},
    {0, "size", N_("WxH"), N_("of the window, in pixels (1280x720)")},
    {0, "dark", NULL, N_("light on dark")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "edit",
    .synopsis = N_("[SITE|INCIDENT] [FILE]… [OPTION]…"),
    .summary =
        N_("Opens a window in which a site is drawn, over a picture of its plan if there is one, "
           "and people, incident, policy and playbook are filled in. What is wrong is shown at "
           "once; F5 tries an evacuation, F9 plays the incident, F10 writes its report. A file "
           "that does not exist is begun. Further files (another playbook, a year, a study) are "
           "opened "
           "beside it. F1 in the window lists keys."),
    .details = N_("Exit status: 0 done; 2 wrong usage, input that cannot be used, or no window."),
    .options = options,
};

#ifdef MU_HAVE_SHOW

/* The report is written by a process of its own, so that the window stays awake. */
typedef struct reporter {
    const char *folder, *reps;
    pid_t child;
    char file[4200], out[4096];
} reporter;

static void choose_folder(reporter *r, const char *incident) {
    const char *slash = strrchr(incident, '/');
    if (r->folder != NULL) {
        (void)snprintf(r->out, sizeof r->out, "%s", r->folder);
    } else {
        (void)snprintf(r->out, sizeof r->out, "%.*sreport",
                       slash != NULL ? (int)(slash - incident) + 1 : 0, incident);
    }
    (void)snprintf(r->file, sizeof r->file, "%s/report.html", r->out);
}

static bool start_report(void *with, const char *incident, const char *language) {
    reporter *r = with;
    if (r->child > 0) {
        return false;
    }
    choose_folder(r, incident);
    r->child = fork();
    if (r->child == 0) {
        (void)execl("/proc/self/exe", "muster", "run", incident, "-o", r->out, "--reps", r->reps,
                    "-q", "--lang", language, (char *)NULL);
        _exit(127);
    }
    return r->child > 0;
}

/* The browser that people have chosen; it outlives this program. */
static void open_file(const char *file) {
    const pid_t child = fork();
    if (child == 0) {
        if (fork() == 0) {
            (void)execlp("xdg-open", "xdg-open", file, (char *)NULL);
            _exit(127);
        }
        _exit(0);
    }
    if (child > 0) {
        (void)waitpid(child, NULL, 0);
    }
}

static mu_report_state report_state(void *with, const char **file) {
    reporter *r = with;
    int status = 0;
    const pid_t ended = r->child > 0 ? waitpid(r->child, &status, WNOHANG) : -1;
    *file = r->file;
    if (ended == 0) {
        return MU_REPORT_RUNS;
    }
    r->child = 0;
    if (ended < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == MU_EXIT_USAGE ||
        WEXITSTATUS(status) > MU_EXIT_USAGE) {
        return MU_REPORT_FAILED;
    }
    open_file(r->file);
    return MU_REPORT_DONE;
}

static bool read_size(const char *text, mu_edit_window_def *def) {
    char rest;
    def->width = 1280;
    def->height = 720;
    if (text != NULL &&
        (sscanf(text, "%6dx%6d%c", &def->width, &def->height, &rest) != 2 || def->width < 640 ||
         def->height < 400 || def->width > 16384 || def->height > 16384)) {
        (void)mu_refuse_usage(usage.command,
                              _("--size must be like 1280x720, from 640x400 to 16384x16384"));
        return false;
    }
    return true;
}

/* What a planner writes, whichever command reads it. */
static void further_kinds(const mu_file_kind *out[MU_KIND_COUNT + 1]) {
    uint32_t count = 0;
    for (int k = 0; k < MU_KIND_COUNT; k++) {
        if (mu_kind_get(k).is_input) {
            out[count++] = mu_kind_get(k).file;
        }
    }
    out[count] = NULL;
}

static mu_project *open_files(const mu_project_def *def, const mu_given_options *given,
                              mu_diags *diags) {
    mu_project *project = mu_project_open(def, diags);
    for (int k = 1; project != NULL && k < given->operand_count; k++) {
        if (mu_project_add_file(project, given->operands[k], diags) == MU_NOWHERE) {
            mu_project_close(project, true);
            project = NULL;
        }
    }
    return project;
}

static int edit(const char *path, const mu_given_options *given, mu_diags *diags) {
    uint64_t reps = 20;
    char number[24];
    mu_edit_window_def def = {.language = mu_language(),
                              .choose_language = mu_language_choose,
                              .dark = given->value[OPTION_DARK] != NULL,
                              .picture = given->value[OPTION_PICTURE],
                              .start_report = start_report,
                              .report_state = report_state};
    if (!mu_option_number(usage.command, "reps", given->value[OPTION_REPS], 1, 100000, &reps) ||
        !read_size(given->value[OPTION_SIZE], &def)) {
        return MU_EXIT_USAGE;
    }
    (void)snprintf(number, sizeof number, "%llu", (unsigned long long)reps);
    reporter r = {.folder = given->value[OPTION_OUTPUT], .reps = number};
    def.with = &r;
    const mu_file_kind *kinds[MU_KIND_COUNT + 1];
    further_kinds(kinds);
    mu_shipped shipped;
    mu_project_def project = mu_shipped_project(path, &shipped);
    project.kinds = kinds;
    def.project = open_files(&project, given, diags);
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    int status = MU_EXIT_USAGE;
    if (def.project != NULL) {
        char why[600];
        status = mu_edit_window(&def, why, sizeof why) ? MU_EXIT_DONE
                                                       : mu_refuse(usage.command, "%s", why);
    }
    mu_project_close(def.project, true);
    return status;
}
#endif

int mu_edit_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
#ifdef MU_HAVE_SHOW
    mu_diags *diags = mu_diags_create();
    status = diags == NULL
                 ? mu_refuse(usage.command, _("there is not enough memory"))
                 : edit(given.operand_count > 0 ? given.operands[0] : "site.json", &given, diags);
    mu_diags_destroy(diags);
    return status;
#else
    return mu_refuse(usage.command, _("this muster was built without a window (SDL2)"));
#endif
}
