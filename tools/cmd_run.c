/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster run`: an incident played many times; metrics, one log and the gap report written; the
 * headline printed. Everything is read and checked before the first file or folder is made. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause_id.h"
#include "command.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "drill/log_jsonl.h"
#include "drill/metrics_json.h"
#include "drill/report/report.h"
#include "folder.h"
#include "from_year.h"
#include "language.h"
#include "options.h"
#include "playing.h"
#include "progress.h"
#include "report_frames.h"
#include "run_track.h"
#include "study/fixes.h"
#include "study/replications.h"
#include "summary.h"

enum {
    OPTION_OUTPUT,
    OPTION_POLICY,
    OPTION_MOTION,
    OPTION_MOTION_MODE,
    OPTION_SEED,
    OPTION_REPS,
    OPTION_JOBS,
    OPTION_LOG_REP,
    OPTION_TRAJECTORY,
    OPTION_FPS,
    OPTION_WHY,
    OPTION_FROM_YEAR,
    OPTION_YEAR_DAY,
    OPTION_YEAR_SEED,
    OPTION_FIXES,
    OPTION_NO_REPORT,
    OPTION_FAIL_ON_GAP,
    OPTION_JSON,
    OPTION_QUIET
};

static const mu_option options[] = {
    {'o', "output", N_("DIR"), N_("folder that the files are written to (needed, but for --why)")},
    {'p', "policy", N_("FILE"), N_("judge by this policy instead of the incident's")},
    {0, "motion", N_("MODEL"), N_("move people by walk or by flow (the incident's)")},
    {0, "motion-mode", N_("MODE"), N_("flow through doors: free or regulatory (the incident's)")},
    {0, "seed", N_("N"), N_("seed of all luck (the incident's)")},
    {'n', "reps", N_("N"), N_("how many times it is played (20)")},
    {'j', "jobs", N_("N"), N_("threads; 0 = one per processor (0)")},
    {0, "log-rep", N_("K"), N_("write the log of run K, counted from 0 (0)")},
    {0, "trajectory", N_("FILE"),
     N_("write where everyone is in run K: SQLite as JuPedSim writes it (.sqlite), a compact "
        "record (.replay), or text")},
    {0, "fps", N_("N"), N_("frames a second of the trajectory (2)")},
    {0, "why", N_("CLAUSE"), N_("print how this clause came out, and where the time went")},
    {0, "from-year", N_("FILE"), N_("start from a day of this year: who is there, what works")},
    {0, "year-day", N_("DATE"), N_("which day (a working day by chance)")},
    {0, "year-seed", N_("N"), N_("seed of the year's luck (1)")},
    {0, "fixes", N_("FILE"),
     N_("tell each gap with the fixes that muster fix measured into this file")},
    {0, "no-report", NULL,
     N_("write metrics.json and log.jsonl only: no report, and none of its pictures")},
    {0, "fail-on-gap", NULL, N_("exit with 1 if any clause is missed")},
    {0, "json", NULL, N_("print the summary as JSON")},
    {'q', "quiet", NULL, N_("no progress on standard error")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "run",
    .synopsis = N_("INCIDENT [OPTION]… -o DIR"),
    .summary = N_("Plays an incident many times, judges every clause of the policy, and writes "
                  "metrics.json, log.jsonl, report.html and report.md. Prints the headline."),
    .details =
        N_("Exit status: 0 done; 1 done, and with --fail-on-gap a clause was missed; 2 wrong "
           "usage, or input that cannot be used (then nothing is written)."),
    .options = options,
};

typedef struct request {
    const char *incident, *policy;
    const char *folder; /* NULL, with `why`: only told, nothing written */
    mu_playing play;
    const char *why;                  /* a clause's id; NULL = the summary */
    const char *from_year, *year_day; /* NULL = from the files as they are; by chance */
    bool quiet, json, no_report, fail_on_gap;
    uint64_t log_rep, year_seed, fps;
    const char *trajectory; /* NULL = none */
    const char *fixes;      /* NULL = none */
} request;

static bool read_request(const mu_given_options *given, request *out) {
    *out = (request){.policy = given->value[OPTION_POLICY],
                     .folder = given->value[OPTION_OUTPUT],
                     .why = given->value[OPTION_WHY],
                     .from_year = given->value[OPTION_FROM_YEAR],
                     .year_day = given->value[OPTION_YEAR_DAY],
                     .year_seed = 1,
                     .quiet = given->value[OPTION_QUIET] != NULL,
                     .json = given->value[OPTION_JSON] != NULL,
                     .no_report = given->value[OPTION_NO_REPORT] != NULL,
                     .fail_on_gap = given->value[OPTION_FAIL_ON_GAP] != NULL,
                     .trajectory = given->value[OPTION_TRAJECTORY],
                     .fixes = given->value[OPTION_FIXES],
                     .fps = 2,
                     .play = {.reps = 20}};
    const char *folder = out->folder == NULL && out->why != NULL ? "." : out->folder;
    return mu_playing_operand(&usage, given, folder, &out->incident) &&
           mu_playing_motion(&usage, given->value[OPTION_MOTION], given->value[OPTION_MOTION_MODE],
                             &out->play) &&
           mu_playing_runs(&usage, given->value[OPTION_SEED], given->value[OPTION_REPS],
                           given->value[OPTION_JOBS], &out->play) &&
           mu_option_number(usage.command, "year-seed", given->value[OPTION_YEAR_SEED], 0,
                            (uint64_t)MU_FIELD_INT_MOST, &out->year_seed) &&
           mu_option_number(usage.command, "log-rep", given->value[OPTION_LOG_REP], 0,
                            out->play.reps - 1, &out->log_rep) &&
           mu_option_number(usage.command, "fps", given->value[OPTION_FPS], 1, 20, &out->fps);
}

static const char *path_in(const mu_plan *plan, const char *folder, const char *name) {
    const char *path = mu_arena_print(plan->arena, "%s/%s", folder, name);
    return path != NULL ? path : name;
}

/* The log of one run goes to its file, and what the report tells of that run to `timeline`. */
static mu_status write_log(const mu_plan *plan, const request *asked, const mu_played *played,
                           mu_timeline *timeline, mu_diags *diags) {
    const mu_log_origin origin = {.seed = asked->play.seed, .replication = played->replication};
    const mu_status status = mu_log_write(plan, played->log, &origin, &played->end, MU_VERSION,
                                          path_in(plan, asked->folder, "log.jsonl"), diags);
    return status == MU_OK && !asked->no_report
               ? mu_timeline_read(plan, played->log, played->end.end_us, played->replication,
                                  timeline)
               : status;
}

static mu_status write_text(const mu_plan *plan, const char *folder, const char *name, char *text,
                            mu_diags *diags) {
    if (text == NULL) {
        return MU_ERR_MEMORY;
    }
    const mu_status status =
        mu_file_out_write(path_in(plan, folder, name), text, strlen(text), diags);
    free(text);
    return status;
}

static mu_status write_all(const mu_report_def *def, const request *asked, mu_diags *diags) {
    const mu_plan *plan = def->findings->plan;
    mu_status status = mu_metrics_write(def->findings, MU_VERSION,
                                        path_in(plan, asked->folder, "metrics.json"), diags);
    if (asked->no_report) {
        return status;
    }
    if (status == MU_OK) {
        status = write_text(plan, asked->folder, "report.md", mu_report_markdown(def), diags);
    }
    if (status == MU_OK) {
        status = write_text(plan, asked->folder, "report.html", mu_report_html(def), diags);
    }
    return status;
}

static int tell(const mu_report_def *def, const request *asked) {
    mu_view view;
    if (mu_view_create(def, &view) != MU_OK) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    if (asked->why != NULL) {
        mu_summary_print_why(&view, mu_clause_named(usage.command, &view.plan->policy, asked->why));
    } else if (asked->json) {
        mu_summary_print_json(&view, asked->folder, !asked->no_report);
    } else {
        mu_summary_print(&view, asked->folder, !asked->no_report);
    }
    const bool gap = view.missed > 0;
    mu_view_destroy(&view);
    return gap && asked->fail_on_gap ? MU_EXIT_NO : MU_EXIT_DONE;
}

static mu_status write_track(const mu_plan *plan, const request *asked, mu_diags *diags) {
    const mu_run_track track = {.file = asked->trajectory,
                                .seed = asked->play.seed,
                                .replication = (uint32_t)asked->log_rep,
                                .frames_per_s = (uint32_t)asked->fps};
    return mu_run_track_write(plan, &track, diags);
}

/* What can be refused is refused before anything is played. */
static int prepare(const mu_plan *plan, request *asked, mu_fixes *fixes, mu_diags *diags) {
    if (!asked->play.has_seed) {
        asked->play.seed = (uint64_t)plan->incident.seed;
    }
    if (asked->why != NULL &&
        mu_clause_named(usage.command, &plan->policy, asked->why) == MU_NONE) {
        return MU_EXIT_USAGE;
    }
    if (asked->fixes != NULL) {
        const mu_status read = mu_fixes_read(asked->fixes, plan->incident.id, mu_language(),
                                             plan->arena, diags, fixes);
        if (read != MU_OK) {
            return mu_refuse_status(usage.command, read, diags);
        }
    }
    if (asked->folder != NULL && !mu_folder_make(asked->folder)) {
        return mu_refuse(usage.command, _("cannot make the folder %s: %s"), asked->folder,
                         strerror(errno));
    }
    return MU_EXIT_DONE;
}

static int play(const mu_plan *plan, request *asked, const mu_started *started, mu_diags *diags) {
    mu_fixes fixes = {0};
    const int ready = prepare(plan, asked, &fixes, diags);
    if (ready != MU_EXIT_DONE) {
        return ready;
    }
    mu_findings *findings = NULL;
    mu_progress *progress = asked->quiet ? NULL : mu_progress_start((uint32_t)asked->play.reps);
    mu_played played = mu_played_of((uint32_t)asked->log_rep);
    played.log_only = asked->no_report;
    mu_status status = mu_study_run_watched(
        plan, asked->play.seed, (uint32_t)asked->play.reps, (uint32_t)asked->play.jobs,
        mu_progress_counter(progress), &played, &findings, diags);
    mu_progress_stop(progress);
    mu_timeline timeline = {0};
    if (status == MU_OK && asked->folder != NULL) {
        status = write_log(plan, asked, &played, &timeline, diags);
    }
    mu_report_picture pictures[MU_REPORT_FRAMES_MOST];
    char *animation = NULL;
    const uint32_t picture_count =
        status == MU_OK && asked->folder != NULL && !asked->no_report
            ? mu_report_frames(findings, &timeline, &played, mu_language(), pictures, &animation)
            : 0;
    const mu_report_def def = {.findings = findings,
                               .language = mu_language(),
                               .incident = asked->incident,
                               .policy = asked->policy,
                               .motion = asked->play.motion,
                               .motion_mode = asked->play.motion_mode,
                               .from_year = started->options,
                               .otherwise = started->said,
                               .otherwise_count = started->said_count,
                               .log_replication = (uint32_t)asked->log_rep,
                               .timeline = &timeline,
                               .pictures = pictures,
                               .picture_count = picture_count,
                               .animation = animation,
                               .fixes = fixes.items,
                               .fix_count = fixes.count,
                               .version = MU_VERSION};
    if (status == MU_OK && asked->folder != NULL) {
        status = write_all(&def, asked, diags);
    }
    if (status == MU_OK && asked->trajectory != NULL) {
        status = write_track(plan, asked, diags);
    }
    const int result =
        status == MU_OK ? tell(&def, asked) : mu_refuse_status(usage.command, status, diags);
    mu_report_frames_free(pictures, picture_count);
    free(animation);
    mu_timeline_destroy(&timeline);
    mu_played_destroy(&played);
    mu_findings_destroy(findings);
    return result;
}

static mu_plan *load(const request *asked, mu_started *started, mu_diags *diags) {
    if (asked->from_year == NULL) {
        return mu_plan_load(asked->incident, asked->policy, diags);
    }
    const mu_from_year from = {.command = usage.command,
                               .incident = asked->incident,
                               .policy = asked->policy,
                               .year = asked->from_year,
                               .day = asked->year_day,
                               .seed = asked->year_seed};
    return mu_from_year_load(&from, started, diags);
}

int mu_run_main(int argc, char **argv) {
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
    if (diags == NULL) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    mu_started started = {0};
    mu_plan *plan = load(&asked, &started, diags);
    mu_playing_apply(&asked.play, plan);
    const size_t told = mu_diags_count(diags, MU_NOTE);
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    status = plan != NULL ? play(plan, &asked, &started, diags)
                          : mu_refuse_status(usage.command, MU_ERR_MEMORY, diags);
    mu_diags_print(diags, told, MU_WARNING, stderr);
    mu_plan_destroy(plan);
    mu_diags_destroy(diags);
    return status;
}
