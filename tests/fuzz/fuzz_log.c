/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A libFuzzer target: whatever the bytes, reading them as a log of the head-office plan ends with a
 * log in order or with faults that name the line. MUSTER_SOURCE names the source folder.
 *
 *     MUSTER_SOURCE=. fuzz_log CORPUS      a log.jsonl of that incident is a good seed
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "drill/log_jsonl.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static mu_plan *plan;
static char path[] = "/tmp/muster-fuzz-log-XXXXXX";

static void require(bool holds) {
    if (!holds) {
        abort();
    }
}

static void clean_up(void) {
    (void)remove(path);
    mu_plan_destroy(plan);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    char file[4096];
    const char *source = getenv("MUSTER_SOURCE");
    require(source != NULL);
    snprintf(file, sizeof file, "%s/scenarios/head-office/package.json", source);
    mu_diags *diags = mu_diags_create();
    plan = mu_plan_load(file, NULL, diags);
    mu_diags_destroy(diags);
    require(plan != NULL);
    const int descriptor = mkstemp(path);
    require(descriptor >= 0);
    (void)close(descriptor);
    (void)atexit(clean_up);
    return 0;
}

static void check_order(const mu_log *log) {
    for (uint32_t i = 0; i < mu_log_count(log); i++) {
        const mu_record *record = mu_log_get(log, i);
        require(record->kind < MU_RECORD_KIND_COUNT);
        require(record->cause == MU_NO_RECORD || record->cause < i);
        require(i == 0 || record->time_us >= mu_log_get(log, i - 1)->time_us);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FILE *file = fopen(path, "w");
    require(file != NULL && fwrite(data, 1, size, file) == size && fclose(file) == 0);
    mu_diags *diags = mu_diags_create();
    mu_log *log;
    mu_log_origin origin;
    mu_run_end end;
    const mu_status status = mu_log_read(plan, path, &log, &origin, &end, diags);
    require(status == MU_OK || status == MU_ERR_INPUT);
    require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    if (status == MU_OK) {
        check_order(log);
        mu_log_destroy(log);
    }
    mu_diags_destroy(diags);
    return 0;
}
