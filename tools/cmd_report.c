/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster report`: a tabletop's session played again and judged as a batch run is. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "drill/log_jsonl.h"
#include "drill/report/report.h"
#include "drill/tabletop/tabletop_findings.h"
#include "folder.h"
#include "language.h"
#include "options.h"
#include "report_frames.h"
#include "summary.h"

enum { OPTION_OUTPUT, OPTION_BRANCH };

static const mu_option options[] = {
    {'o', "output", N_("DIR"), N_("folder that the files are written to (needed)")},
    {0, "branch", N_("NAME"), N_("report on this branch (the one that was played last)")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "report",
    .synopsis = N_("SESSION [OPTION]… -o DIR"),
    .summary = N_("Plays the session of a tabletop again, with every inject and decision in it, "
                  "judges every branch, and writes metrics.json, log.jsonl, report.html and "
                  "report.md of one. Prints the headline."),
    .details = N_("Exit status: 0 done; 2 wrong usage, or input that cannot be used (then nothing "
                  "is written)."),
    .options = options,
};

typedef struct job {
    const char *session, *folder, *branch_name;
    mu_tabletop_origin origin;
    mu_plan *plan;
    mu_tabletop *table;
    uint32_t branch;
    mu_report_branch judged[MU_BRANCHES_MOST];
    /* Of the branch that is reported on: */
    mu_findings *findings;
    mu_session *shown;
    mu_run_end end;
} job;

static mu_status load(job *j, mu_diags *diags) {
    const mu_status status = mu_tabletop_peek(j->session, &j->origin, diags);
    if (status != MU_OK) {
        return status;
    }
    j->plan = mu_plan_load(j->origin.incident, j->origin.policy, diags);
    if (j->plan == NULL) {
        return MU_ERR_INPUT;
    }
    mu_tabletop_def def = {.session = mu_default_session_def(j->plan),
                           .path = j->session,
                           .incident = j->origin.incident,
                           .policy = j->origin.policy,
                           .program = MU_VERSION,
                           .read_only = true};
    def.session.seed = j->origin.seed;
    def.session.replication = j->origin.replication;
    return mu_tabletop_resume(&def, &j->table, diags);
}

static bool find_branch(job *j) {
    j->branch = mu_tabletop_here(j->table);
    if (j->branch_name == NULL) {
        return true;
    }
    for (uint32_t b = 0; b < mu_tabletop_branch_count(j->table); b++) {
        if (strcmp(mu_tabletop_branch(j->table, b)->name, j->branch_name) == 0) {
            j->branch = b;
            return true;
        }
    }
    return false;
}

static void sum_up(const mu_findings *findings, const mu_log *log, mu_report_branch *out) {
    for (uint32_t c = 0; c < findings->plan->policy.clauses.count; c++) {
        const mu_clause_finding *one = &findings->clauses[c];
        out->met += one->verdict == MU_VERDICT_MET;
        out->missed += one->verdict == MU_VERDICT_MISSED;
        out->undecided += one->verdict == MU_VERDICT_UNDECIDED;
    }
    for (uint32_t r = 0; r < mu_log_count(log); r++) {
        out->left += mu_log_get(log, r)->kind == MU_RECORD_LEFT;
    }
}

/* Judges all branches and keeps what was found of the one that is asked for. */
static mu_status judge(job *j) {
    for (uint32_t b = 0; b < mu_tabletop_branch_count(j->table); b++) {
        mu_findings *findings = NULL;
        mu_session *session = NULL;
        mu_run_end end;
        const mu_status status = mu_tabletop_judge(j->table, b, &findings, &session, &end);
        if (status != MU_OK) {
            return status;
        }
        sum_up(findings, mu_session_log(session), &j->judged[b]);
        if (b == j->branch) {
            j->findings = findings;
            j->shown = session;
            j->end = end;
        } else {
            mu_findings_destroy(findings);
            mu_session_destroy(session);
        }
    }
    return MU_OK;
}

static const char *path_in(const job *j, const char *name) {
    const char *path = mu_arena_print(j->plan->arena, "%s/%s", j->folder, name);
    return path != NULL ? path : name;
}

static mu_status write_text(const job *j, const char *name, char *text, mu_diags *diags) {
    if (text == NULL) {
        return MU_ERR_MEMORY;
    }
    const mu_status status = mu_file_out_write(path_in(j, name), text, strlen(text), diags);
    free(text);
    return status;
}

/* Before anything is drawn: for a picture the session goes back, and its log with it. */
static mu_status write_log(const job *j, mu_timeline *timeline, mu_diags *diags) {
    const mu_log_origin origin = {.seed = j->origin.seed, .replication = j->origin.replication};
    const mu_status status = mu_log_write(j->plan, mu_session_log(j->shown), &origin, &j->end,
                                          MU_VERSION, path_in(j, "log.jsonl"), diags);
    return status == MU_OK ? mu_timeline_read(j->plan, mu_session_log(j->shown), j->end.end_us,
                                              j->origin.replication, timeline)
                           : status;
}

static mu_status write_all(const job *j, const mu_report_def *def, mu_diags *diags) {
    mu_status status = mu_metrics_write(j->findings, MU_VERSION, path_in(j, "metrics.json"), diags);
    if (status == MU_OK) {
        status = write_text(j, "report.md", mu_report_markdown(def), diags);
    }
    if (status == MU_OK) {
        status = write_text(j, "report.html", mu_report_html(def), diags);
    }
    return status;
}

static int tell(const mu_report_def *def, const char *folder) {
    mu_view view;
    if (mu_view_create(def, &view) != MU_OK) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    mu_summary_print(&view, folder, true);
    mu_view_destroy(&view);
    return MU_EXIT_DONE;
}

static int refuse(mu_status status, const mu_diags *diags) {
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    return mu_refuse_status(usage.command, status, diags);
}

static int write_report(const job *j, mu_diags *diags) {
    if (!mu_folder_make(j->folder)) {
        return mu_refuse(usage.command, _("cannot make the folder %s: %s"), j->folder,
                         strerror(errno));
    }
    mu_timeline timeline = {0};
    mu_status status = write_log(j, &timeline, diags);
    mu_report_picture pictures[MU_REPORT_FRAMES_MOST];
    const uint32_t picture_count =
        status == MU_OK
            ? mu_report_frames_of(j->findings, &timeline, j->shown, mu_language(), pictures)
            : 0;
    char *animation = status == MU_OK
                          ? mu_report_animation_of(j->findings, &timeline, j->shown, mu_language())
                          : NULL;
    const mu_report_def def = {.findings = j->findings,
                               .language = mu_language(),
                               .incident = j->origin.incident,
                               .policy = j->origin.policy,
                               .log_replication = j->origin.replication,
                               .timeline = &timeline,
                               .pictures = pictures,
                               .picture_count = picture_count,
                               .animation = animation,
                               .tabletop = j->table,
                               .branch = j->branch,
                               .branches = j->judged,
                               .session = j->session,
                               .version = MU_VERSION};
    if (status == MU_OK) {
        status = write_all(j, &def, diags);
    }
    const int result = status == MU_OK ? tell(&def, j->folder) : refuse(status, diags);
    mu_report_frames_free(pictures, picture_count);
    free(animation);
    mu_timeline_destroy(&timeline);
    return result;
}

static int report(job *j, mu_diags *diags) {
    mu_status status = load(j, diags);
    if (status != MU_OK) {
        return refuse(status, diags);
    }
    if (!find_branch(j)) {
        return mu_refuse(usage.command, _("the session has no branch '%s'"), j->branch_name);
    }
    status = judge(j);
    return status == MU_OK ? write_report(j, diags) : refuse(status, diags);
}

int mu_report_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count != 1) {
        return mu_refuse_usage(usage.command, _("name one session"));
    }
    if (given.value[OPTION_OUTPUT] == NULL || given.value[OPTION_OUTPUT][0] == 0) {
        return mu_refuse_usage(usage.command,
                               _("-o is missing: where the files are to be written"));
    }
    job j = {.session = given.operands[0],
             .folder = given.value[OPTION_OUTPUT],
             .branch_name = given.value[OPTION_BRANCH]};
    mu_diags *diags = mu_diags_create();
    status = diags == NULL ? mu_refuse(usage.command, _("there is not enough memory"))
                           : report(&j, diags);
    mu_session_destroy(j.shown);
    mu_findings_destroy(j.findings);
    mu_tabletop_destroy(j.table);
    mu_plan_destroy(j.plan);
    mu_tabletop_origin_free(&j.origin);
    mu_diags_destroy(diags);
    return status;
}
