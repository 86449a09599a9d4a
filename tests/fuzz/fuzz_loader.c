/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A libFuzzer target: whatever the bytes, reading them as any kind of file ends with structs or
 * with faults that say where they are, never with a crash and never with silence.
 *
 *     fuzz_loader CORPUS scenarios/head-office scenarios/policy …      the scenarios are good seeds
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/loader.h"
#include "crowd/roster.h"
#include "drill/incident.h"
#include "policy/policy.h"
#include "response/playbook.h"
#include "site/site.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) {
        abort();
    }
}

static void check_diags(const mu_diags *diags) {
    for (size_t i = 0; i < mu_diags_count(diags, MU_NOTE); i++) {
        const mu_diag *diag = mu_diags_get(diags, i);
        require(diag->text && diag->code && diag->where.file);
        require(diag->where.line > 0 && diag->where.column > 0 && diag->where.path);
    }
}

static void read_as(const mu_file_kind *kind, const uint8_t *data, size_t size) {
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    mu_loader *loader = mu_loader_create(arena, diags);
    void *out = mu_arena_alloc(arena, kind->root->size);
    const mu_status status =
        mu_loader_read_text(loader, "fuzz", (const char *)data, size, kind, out);
    require(status == MU_OK || status == MU_ERR_INPUT);
    require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    if (status == MU_OK) {
        const mu_status resolved = mu_loader_resolve(loader);
        require((resolved == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    }
    check_diags(diags);
    mu_loader_destroy(loader);
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const mu_file_kind *const kinds[] = {&mu_site_file, &mu_roster_file, &mu_policy_file,
                                         &mu_playbook_file, &mu_incident_file};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        read_as(kinds[i], data, size);
    }
    return 0;
}
