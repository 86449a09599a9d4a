/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that belong together: read, checked against each other, compiled, and simulated for as long
 * as a fuzzer has time. What is wrong with the second file for the sake of the first is found only
 * here. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "audit/audit.h"
#include "audit/lint.h"
#include "core/file_in.h"
#include "core/world.h"
#include "drill/findings.h"
#include "drill/incident.h"
#include "drill/log_jsonl.h"
#include "drill/metrics_json.h"
#include "drill/redact.h"
#include "drill/run.h"
#include "fuzz.h"
#include "readiness/year_plan.h"
#include "readiness/year_run.h"
#include "study/study.h"

enum { EVENTS_MOST = 4000, PERSONS_MOST = 400, YEAR_DAYS = 40 };

/* What a run's log says, as a report would have it. */
static void work_out(const mu_plan *plan, const mu_log *log, const mu_run_end *end) {
    mu_replicate *replicate = calloc(1, sizeof *replicate);
    fuzz_require(replicate != NULL);
    fuzz_require(mu_replicate_read(plan, log, end->end_us, end->quiet, end->state_hash, 0,
                                   replicate) == MU_OK);
    mu_findings *findings = NULL;
    mu_diags *diags = mu_diags_create();
    fuzz_require(mu_findings_create(plan, 1, replicate, 1, &findings) == MU_OK);
    fuzz_require(mu_metrics_write(findings, "fuzz", fuzz_path("metrics.json"), diags) == MU_OK);
    mu_findings_destroy(findings);
    const mu_log_origin origin = {1, 0};
    const char *path = fuzz_path("log.jsonl");
    fuzz_require(mu_log_write(plan, log, &origin, end, "fuzz", path, diags) == MU_OK);
    mu_log *again = NULL;
    mu_log_origin origin_read;
    mu_run_end end_read;
    fuzz_require(mu_log_read(plan, path, &again, &origin_read, &end_read, diags) == MU_OK);
    fuzz_require(mu_log_count(again) == mu_log_count(log));
    mu_log_destroy(again);
    mu_diags_destroy(diags);
}

static void play(const mu_plan *plan) {
    mu_log *log = mu_log_create();
    mu_sim sim;
    if (mu_run_begin(plan, 1, 0, log, &sim) == MU_OK) {
        uint32_t events = 0;
        while (events < EVENTS_MOST && mu_run_next(&sim) != 0) {
            events++;
        }
        mu_run_stop(&sim);
        fuzz_require(mu_run_status(&sim) != MU_ERR_MEMORY);
        fuzz_reach(FUZZ_PLAYED);
        if (mu_run_status(&sim) == MU_OK) {
            mu_run_end end;
            mu_run_result(&sim, &end);
            work_out(plan, log, &end);
            fuzz_reach(FUZZ_ENDED);
        }
        mu_run_destroy(&sim);
    }
    mu_log_destroy(log);
}

/* Walking distances are those of the small plan as long as the site is: most of the time goes
 * there. */
void fuzz_plan(const uint8_t *data, size_t size) {
    const mu_plan *near = fuzz_small();
    if (!fuzz_unpack(data, size)) {
        return;
    }
    const mu_plan_given given = {.incident = fuzz_path("incident.json"), .near = near};
    mu_diags *diags = mu_diags_create();
    mu_plan *plan = mu_plan_load_given(&given, diags);
    fuzz_require((plan != NULL) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_check_diags(diags);
    fuzz_reach(FUZZ_READ);
    if (plan != NULL) {
        fuzz_reach(FUZZ_BUILT);
        if (plan->people.list.count <= PERSONS_MOST) {
            play(plan);
        }
    }
    mu_plan_destroy(plan);
    mu_diags_destroy(diags);
}

static const char *there(const char *name) {
    const char *path = fuzz_path(name);
    return access(path, R_OK) == 0 ? path : NULL;
}

/* Facts on paper, what is wrong with the policy, and some weeks. */
static void live(const mu_year_plan *plan, mu_diags *diags) {
    const char *playbook = there("playbook.json");
    mu_playbook_list playbooks = {0};
    if (mu_audit_read_playbooks(plan, &playbook, playbook != NULL, diags, &playbooks) != MU_OK) {
        return;
    }
    mu_audit audit;
    mu_lint lint;
    fuzz_require(mu_audit_collect(plan, &playbooks, "en", &audit) == MU_OK);
    fuzz_require(mu_lint_run(plan, &playbooks, "zh", &lint) == MU_OK);
    mu_log *log = mu_log_create();
    mu_year_sim year;
    fuzz_require(mu_audit_write(&audit, log) == MU_OK);
    if (mu_year_begin(plan, 1, 0, log, &year) == MU_OK) {
        (void)!mu_year_play(&year, YEAR_DAYS * MU_DAY);
        fuzz_reach(FUZZ_PLAYED);
        mu_year_destroy(&year);
    }
    mu_log_destroy(log);
}

void fuzz_year(const uint8_t *data, size_t size) {
    if (!fuzz_unpack(data, size)) {
        return;
    }
    mu_diags *diags = mu_diags_create();
    const mu_year_given given = {.site = fuzz_path("site.json"),
                                 .policy = fuzz_path("policy.json"),
                                 .roster = there("roster.json"),
                                 .year = there("year.json")};
    mu_year_plan *plan = mu_year_plan_load(&given, diags);
    fuzz_require((plan != NULL) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_check_diags(diags);
    fuzz_reach(FUZZ_READ);
    if (plan != NULL) {
        fuzz_reach(FUZZ_BUILT);
        if (plan->persons <= PERSONS_MOST) {
            live(plan, diags);
        }
    }
    mu_year_plan_destroy(plan);
    mu_diags_destroy(diags);
}

void fuzz_study(const uint8_t *data, size_t size) {
    if (!fuzz_unpack(data, size)) {
        return;
    }
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    mu_study_plan study;
    const mu_status status = mu_study_read(fuzz_path("study.json"), arena, diags, &study);
    fuzz_require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_reach(FUZZ_READ);
    if (status == MU_OK) {
        fuzz_reach(FUZZ_PASSED);
        const uint32_t arms = study.arms.count < 3 ? study.arms.count : 3;
        mu_plan *plan = mu_study_check(&study, arms, diags);
        if (plan != NULL) {
            fuzz_reach(FUZZ_BUILT);
        }
        mu_plan_destroy(plan);
    }
    fuzz_check_diags(diags);
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
}

static void redact_as(const mu_file_kind *kind, const char *text, size_t length) {
    char *out = NULL;
    mu_redactor *redactor = mu_redactor_create();
    fuzz_require(redactor != NULL);
    const mu_status status = kind == &mu_incident_file
                                 ? mu_redact_incident(text, length, &out)
                                 : mu_redact(redactor, kind, text, length, &out);
    fuzz_require((status == MU_OK) == (out != NULL));
    if (out != NULL && kind == &mu_metrics_file) {
        char *page = mu_redacted_page(out, strlen(out), "en");
        fuzz_require(page != NULL);
        free(page);
    } else if (out != NULL) {
        mu_arena *arena = mu_arena_create();
        mu_diags *diags = mu_diags_create();
        mu_loader *loader = mu_loader_create(arena, diags);
        void *into = mu_arena_alloc(arena, kind->root->size);
        fuzz_require(mu_loader_read_text(loader, "redacted", out, strlen(out), kind, into) ==
                     MU_OK);
        mu_loader_destroy(loader);
        mu_diags_destroy(diags);
        mu_arena_destroy(arena);
        fuzz_reach(FUZZ_PLAYED);
    }
    mu_redactor_destroy(redactor);
    free(out);
}

/* Results are redacted by what they say they are: Muster does not read them otherwise. */
static bool is_metrics(const uint8_t *data, size_t size) {
    cJSON *json = cJSON_ParseWithLength((const char *)data, size);
    const cJSON *format = cJSON_GetObjectItemCaseSensitive(json, "format");
    const bool is =
        cJSON_IsString(format) && strcmp(format->valuestring, mu_metrics_file.format) == 0;
    cJSON_Delete(json);
    return is;
}

void fuzz_redact(const uint8_t *data, size_t size) {
    const mu_file_kind *const kinds[] = {&mu_site_file, &mu_roster_file, &mu_incident_file,
                                         &mu_metrics_file};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        mu_arena *arena = mu_arena_create();
        mu_diags *diags = mu_diags_create();
        mu_loader *loader = mu_loader_create(arena, diags);
        void *into = mu_arena_alloc(arena, kinds[k]->root->size);
        const bool good = kinds[k] == &mu_metrics_file
                              ? is_metrics(data, size)
                              : mu_loader_read_text(loader, "fuzz", (const char *)data, size,
                                                    kinds[k], into) == MU_OK;
        mu_loader_destroy(loader);
        mu_diags_destroy(diags);
        mu_arena_destroy(arena);
        if (good) {
            fuzz_reach(FUZZ_PASSED);
            char *text = strndup((const char *)data, size);
            fuzz_require(text != NULL);
            redact_as(kinds[k], text, strlen(text));
            free(text);
        }
    }
}
