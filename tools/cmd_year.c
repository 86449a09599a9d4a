/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster year`: a year of duties, faults, training and stock, many times; incidents played along
 * put their verdicts into the same table. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "diagnose.h"
#include "folder.h"
#include "house.h"
#include "language.h"
#include "options.h"
#include "study/replications.h"
#include "study/year.h"
#include "table.h"

enum {
    OPTION_OUTPUT,
    OPTION_POLICY,
    OPTION_ROSTER,
    OPTION_YEAR,
    OPTION_PLAYBOOKS,
    OPTION_SEED,
    OPTION_REPS,
    OPTION_JOBS,
    OPTION_LOG_REP,
    OPTION_INCIDENT_REPS,
    OPTION_MOTION,
    OPTION_FAIL,
    OPTION_JSON
};

static const mu_option options[] = {
    {'o', "output", N_("DIR"), N_("folder that the files are written to (needed)")},
    {'p', "policy", N_("FILE"), N_("policy (the one that comes with Muster)")},
    {0, "roster", N_("FILE"), N_("roster (roster.json beside the site, if it is there)")},
    {0, "year", N_("FILE"), N_("year file (year.json beside the site)")},
    {0, "playbooks", N_("DIR"), N_("folder of playbooks whose headers are audited")},
    {0, "seed", N_("N"), N_("seed of all luck (1)")},
    {'n', "reps", N_("N"), N_("how many years (100)")},
    {'j', "jobs", N_("N"), N_("threads; 0 = one per processor (0)")},
    {0, "log-rep", N_("K"), N_("write the log of year K, counted from 0 (0)")},
    {0, "incident-reps", N_("N"), N_("how many times each incident is played (20)")},
    {0, "motion", N_("MODEL"), N_("move people by walk or by flow (the incident's)")},
    {0, "fail-on-gap", NULL, N_("exit with 1 if any clause is missed")},
    {0, "json", NULL, N_("print the summary as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "year",
    .synopsis = N_("SITE [INCIDENT…] [OPTION]… -o DIR"),
    .summary =
        N_("Simulates a year many times: equipment fails, is found and mended; duties fall due and "
           "compete for the hours of staff, who fall ill, go on leave, resign and forget; stock "
           "expires. Judges every clause that no single incident can, together with the audit, and "
           "writes results.json, log.jsonl, report.html and report.md. Incidents that are named "
           "are played along, so that all clauses stand in one table."),
    .details =
        N_("Exit status: 0 done; 1 done, and with --fail-on-gap a clause was missed; 2 wrong "
           "usage, or input that cannot be used."),
    .options = options,
};

typedef struct request {
    const mu_given_options *given;
    const char *folder;
    mu_year_asked asked;
    uint32_t incident_reps;
    int motion; /* mu_motion_kind, where --motion is given */
} request;

static bool read_request(const mu_given_options *given, request *out) {
    uint64_t seed = 1, reps = 100, jobs = 0, log_rep = 0, incident_reps = 20;
    *out = (request){.given = given, .folder = given->value[OPTION_OUTPUT]};
    if (given->operand_count < 1) {
        (void)mu_refuse_usage(usage.command, _("no site file given"));
        return false;
    }
    if (out->folder == NULL || out->folder[0] == 0) {
        (void)mu_refuse_usage(usage.command, _("-o is missing: where the files are to be written"));
        return false;
    }
    const bool fine =
        mu_option_number(usage.command, "seed", given->value[OPTION_SEED], 0,
                         (uint64_t)MU_FIELD_INT_MOST, &seed) &&
        mu_option_number(usage.command, "reps", given->value[OPTION_REPS], 1, 100000, &reps) &&
        mu_option_number(usage.command, "jobs", given->value[OPTION_JOBS], 0, MU_JOBS_MOST,
                         &jobs) &&
        mu_option_number(usage.command, "log-rep", given->value[OPTION_LOG_REP], 0, reps - 1,
                         &log_rep) &&
        mu_option_number(usage.command, "incident-reps", given->value[OPTION_INCIDENT_REPS], 1,
                         MU_STUDY_REPS_MOST, &incident_reps);
    out->asked = (mu_year_asked){.seed = seed,
                                 .reps = (uint32_t)reps,
                                 .jobs = (uint32_t)jobs,
                                 .log_replication = (uint32_t)log_rep};
    out->incident_reps = (uint32_t)incident_reps;
    return fine && mu_option_word(usage.command, "motion", given->value[OPTION_MOTION],
                                  mu_motion_words, &out->motion);
}

/* Plays an incident and takes its verdicts in. */
static mu_status play_incident(const request *asked, const char *incident, mu_diags *diags,
                               mu_year_results *results) {
    mu_findings *findings = NULL;
    mu_plan *plan = mu_plan_load(incident, asked->given->value[OPTION_POLICY], diags);
    mu_status status = plan == NULL ? MU_ERR_INPUT : MU_OK;
    if (plan != NULL && asked->given->value[OPTION_MOTION] != NULL) {
        plan->incident.motion = asked->motion;
    }
    if (status == MU_OK) {
        status = mu_study_run_watched(plan, (uint64_t)plan->incident.seed, asked->incident_reps,
                                      asked->asked.jobs, NULL, NULL, &findings, diags);
    }
    if (status == MU_OK) {
        mu_year_take_incident(results, findings, incident);
    }
    mu_findings_destroy(findings);
    mu_plan_destroy(plan);
    return status;
}

static const char *say_command(const mu_house *house, const request *asked) {
    const char *said = mu_audit_say(house->plan, "muster year");
    for (int i = 0; i < asked->given->operand_count; i++) {
        said = mu_audit_say(house->plan, "%s %s", said, asked->given->operands[i]);
    }
    for (int k = OPTION_POLICY; k <= OPTION_PLAYBOOKS; k++) {
        if (asked->given->value[k] != NULL) {
            said = mu_audit_say(house->plan, "%s --%s %s", said, options[k].name,
                                asked->given->value[k]);
        }
    }
    if (asked->given->operand_count > 1) {
        said = mu_audit_say(house->plan, "%s --incident-reps %u", said, asked->incident_reps);
    }
    if (asked->given->value[OPTION_MOTION] != NULL) {
        said =
            mu_audit_say(house->plan, "%s --motion %s", said, asked->given->value[OPTION_MOTION]);
    }
    return mu_audit_say(house->plan, "%s --seed %llu --reps %u -o %s", said,
                        (unsigned long long)asked->asked.seed, asked->asked.reps, asked->folder);
}

static mu_status write_text(const request *asked, const mu_house *house, const char *name,
                            char *text) {
    return mu_house_write(house, mu_audit_say(house->plan, "%s/%s", asked->folder, name), text);
}

static mu_status write_all(const request *asked, const mu_house *house,
                           const mu_year_results *results) {
    const mu_year_report_def def = {.results = results,
                                    .language = mu_language(),
                                    .version = MU_VERSION,
                                    .command = say_command(house, asked)};
    mu_status status =
        mu_year_write(results, MU_VERSION,
                      mu_audit_say(house->plan, "%s/results.json", asked->folder), house->diags);
    if (status == MU_OK) {
        status = mu_year_write_log(results, MU_VERSION,
                                   mu_audit_say(house->plan, "%s/log.jsonl", asked->folder),
                                   house->diags);
    }
    if (status == MU_OK) {
        status = write_text(asked, house, "report.md", mu_year_report(&def, false));
    }
    if (status == MU_OK) {
        status = write_text(asked, house, "report.html", mu_year_report(&def, true));
    }
    return status;
}

static void print_json(const mu_year_results *results, const char *folder) {
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_put_string(&out, "year", results->plan->year.id);
    mu_json_put_count(&out, "reps", results->reps);
    mu_json_put_count(&out, "seed", results->seed);
    mu_json_put_count(&out, "met", mu_year_count(results, MU_VERDICT_MET, MU_NONE));
    mu_json_put_count(&out, "missed", mu_year_count(results, MU_VERDICT_MISSED, MU_NONE));
    mu_json_put_count(&out, "undecided", mu_year_count(results, MU_VERDICT_UNDECIDED, MU_NONE));
    mu_json_put_count(&out, "not_exercised",
                      mu_year_count(results, MU_VERDICT_NOT_EXERCISED, MU_NONE));
    mu_json_put_string(&out, "folder", folder);
    mu_json_close(&out, '}');
}

enum { SHOWN_MOST = 12 };

static void print_text(const mu_year_results *results, const char *folder) {
    const mu_policy *policy = &results->plan->policy;
    mu_text_print_line(mu_year_headline(results), stdout);
    mu_table *table = mu_table_create(5);
    uint32_t missed = 0;
    mu_table_add(table, _("clause"), _("title"), _("demand"), _("typical"), _("met in"));
    for (uint32_t c = 0; c < policy->clauses.count; c++) {
        const mu_year_clause *clause = &results->clauses[c];
        if (clause->verdict == MU_VERDICT_MISSED && clause->how != MU_HOW_SIMULATED &&
            missed++ < SHOWN_MOST) {
            const mu_clause *given = &policy->clauses.items[c];
            mu_table_add(
                table, given->id, mu_house_text(&given->title),
                mu_audit_demand(results->plan, given, 0),
                mu_audit_value(results->plan, &given->demands.items[0], clause->median),
                mu_audit_say(results->plan, _("%u of %u years"), clause->met, clause->runs));
        }
    }
    if (missed > 0) {
        (void)putchar('\n');
        mu_table_print(table, stdout);
    }
    if (missed > SHOWN_MOST) {
        mu_text_printf(stdout, _("The first %u of %u; the report has them all.\n"),
                       (unsigned)SHOWN_MOST, missed);
    }
    mu_table_destroy(table);
    mu_text_printf(stdout, _("\nReport: %s/report.html\n"), folder);
}

static int play(const mu_house *house, const request *asked) {
    mu_audit audit;
    mu_year_results results;
    if (!mu_folder_make(asked->folder)) {
        return mu_refuse(usage.command, _("cannot make the folder %s: %s"), asked->folder,
                         strerror(errno));
    }
    mu_status status =
        mu_audit_collect(house->plan, mu_house_playbooks(house), mu_language(), &audit);
    if (status == MU_OK) {
        status = mu_year_study(house->plan, &audit, &asked->asked, house->diags, &results);
    }
    if (status != MU_OK) {
        return mu_refuse_status(usage.command, status, house->diags);
    }
    for (int i = 1; i < asked->given->operand_count && status == MU_OK; i++) {
        status = play_incident(asked, asked->given->operands[i], house->diags, &results);
    }
    if (status == MU_OK) {
        status = write_all(asked, house, &results);
    }
    int end =
        status == MU_OK ? MU_EXIT_DONE : mu_refuse_status(usage.command, status, house->diags);
    if (status == MU_OK && asked->given->value[OPTION_JSON] != NULL) {
        print_json(&results, asked->folder);
    } else if (status == MU_OK) {
        print_text(&results, asked->folder);
    }
    if (end == MU_EXIT_DONE && asked->given->value[OPTION_FAIL] != NULL &&
        mu_year_count(&results, MU_VERDICT_MISSED, MU_NONE) > 0) {
        end = MU_EXIT_NO;
    }
    mu_year_results_destroy(&results);
    return end;
}

int mu_year_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    request asked;
    mu_house house;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (!read_request(&given, &asked)) {
        return MU_EXIT_USAGE;
    }
    const mu_house_asked wanted = {.command = usage.command,
                                   .site = given.operands[0],
                                   .policy = given.value[OPTION_POLICY],
                                   .roster = given.value[OPTION_ROSTER],
                                   .year = given.value[OPTION_YEAR],
                                   .playbooks = given.value[OPTION_PLAYBOOKS],
                                   .needs_year = true};
    if (mu_house_open(&wanted, &house, &status)) {
        status = play(&house, &asked);
        mu_house_close(&house);
    }
    return status;
}
