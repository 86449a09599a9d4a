/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One replication of a study, by itself: the same files, seed and number give the same run, and the
 * state in which it ends is compared with what the results say. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "command.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "drill/log_jsonl.h"
#include "drill/run.h"
#include "folder.h"
#include "table.h"

/* The hash that the results have for this run, as text; empty where they have none. */
static mu_status stored_hash(const char *results, uint32_t cell, uint32_t replication, char out[20],
                             mu_diags *diags) {
    mu_store *store;
    mu_status status = mu_store_read(results, diags, &store);
    if (status != MU_OK) {
        return status;
    }
    status = mu_store_state(store, cell, replication, out, diags);
    mu_store_close(store);
    return status;
}

static mu_status play(const mu_plan *plan, const mu_study_plan *study, uint32_t replication,
                      const char *folder, uint64_t *hash, mu_diags *diags) {
    mu_log *log = mu_log_create();
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/log.jsonl", folder);
    const mu_log_origin origin = {.seed = (uint64_t)study->given.seed, .replication = replication};
    mu_run_end end = {0};
    mu_status status =
        log == NULL ? MU_ERR_MEMORY : mu_run(plan, origin.seed, replication, log, &end);
    if (status == MU_OK) {
        status = mu_log_write(plan, log, &origin, &end, MU_VERSION, path, diags);
    }
    mu_log_destroy(log);
    *hash = end.state_hash;
    return status;
}

static int compare_hashes(const char *stored, uint64_t hash) {
    char played[20];
    (void)snprintf(played, sizeof played, "%016" PRIx64, hash);
    if (stored[0] == 0) {
        printf("%s\n", _("The results do not have this run yet."));
        return MU_EXIT_DONE;
    }
    if (strcmp(stored, played) != 0) {
        mu_text_printf(
            stdout, _("It ends in state %s, and the results say %s: something has changed since."),
            played, stored);
        (void)putchar('\n');
        return MU_EXIT_NO;
    }
    mu_text_printf(stdout, _("It ends in the state that the results have: %s."), played);
    (void)putchar('\n');
    return MU_EXIT_DONE;
}

int mu_batch_replay(const mu_study_plan *study, const char *results, uint32_t cell,
                    uint32_t replication, const char *folder, mu_diags *diags) {
    const uint32_t incident = cell / study->arms.count, arm = cell % study->arms.count;
    char stored[20];
    uint64_t hash = 0;
    if (stored_hash(results, cell, replication, stored, diags) != MU_OK) {
        return MU_EXIT_USAGE;
    }
    if (!mu_folder_make(folder)) {
        return mu_refuse("batch", _("cannot make the folder %s: %s"), folder, strerror(errno));
    }
    mu_plan *plan = mu_cell_load(study, incident, arm, NULL, diags);
    mu_status status =
        plan == NULL ? MU_ERR_INPUT : play(plan, study, replication, folder, &hash, diags);
    mu_plan_destroy(plan);
    if (status == MU_OK) {
        status = mu_cell_write(study, incident, arm, folder, diags);
    }
    if (status != MU_OK) {
        return mu_refuse_status("batch", MU_ERR_RUN, diags);
    }
    const int result = compare_hashes(stored, hash);
    mu_text_printf(stdout, _("See it: muster show %s/incident.json --rep %u"), folder, replication);
    (void)putchar('\n');
    return result;
}
