/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A member of a team. Runs come cell by cell, so a few plans kept are enough; those of one incident
 * share the walking distances of its first arm. */
#include <stdlib.h>

#include "study/batch.h"
#include "study/row.h"

enum { PLANS_KEPT = 8 };

struct mu_batch_player {
    const mu_study_plan *study;
    mu_diags *diags;
    mu_plan *first; /* of the incident in hand */
    uint32_t incident;
    uint32_t cells[PLANS_KEPT];
    mu_plan *plans[PLANS_KEPT]; /* NULL: none; of arms but the first */
    uint32_t next;
};

mu_batch_player *mu_batch_player_create(const mu_study_plan *study, mu_diags *diags) {
    mu_batch_player *player = calloc(1, sizeof *player);
    if (player != NULL) {
        player->study = study;
        player->diags = diags;
    }
    return player;
}

static void put_away(mu_batch_player *player) {
    for (uint32_t k = 0; k < PLANS_KEPT; k++) {
        mu_plan_destroy(player->plans[k]);
        player->plans[k] = NULL;
    }
    mu_plan_destroy(player->first);
    player->first = NULL;
}

void mu_batch_player_destroy(mu_batch_player *player) {
    if (player != NULL) {
        put_away(player);
        free(player);
    }
}

static const mu_plan *plan_of(mu_batch_player *player, uint32_t cell) {
    const uint32_t arms = player->study->arms.count;
    const uint32_t incident = cell / arms, arm = cell % arms;
    if (player->first == NULL || player->incident != incident) {
        put_away(player);
        player->first = mu_cell_load(player->study, incident, 0, NULL, player->diags);
        player->incident = incident;
    }
    if (arm == 0 || player->first == NULL) {
        return player->first;
    }
    for (uint32_t k = 0; k < PLANS_KEPT; k++) {
        if (player->plans[k] != NULL && player->cells[k] == cell) {
            return player->plans[k];
        }
    }
    const uint32_t at = player->next;
    player->next = (at + 1) % PLANS_KEPT;
    mu_plan_destroy(player->plans[at]);
    player->cells[at] = cell;
    player->plans[at] = mu_cell_load(player->study, incident, arm, player->first, player->diags);
    return player->plans[at];
}

void mu_batch_player_warm(mu_batch_player *player) {
    (void)plan_of(player, 0); /* what is wrong with it will be said when it is played */
}

mu_status mu_batch_player_play(mu_batch_player *player, const mu_batch_task *task,
                               mu_run_row *out) {
    const mu_plan *plan = plan_of(player, task->cell);
    if (plan == NULL || plan->policy.clauses.count != task->clauses) {
        return MU_ERR_INPUT; /* its files are not those of the leader */
    }
    const mu_status status =
        mu_row_play(plan, (uint64_t)player->study->given.seed, task->replication, task->map, out);
    out->cell = task->cell;
    return status;
}
