/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drill/played.h"

#include <stdlib.h>

#include "core/grow.h"

/* For a report's few pictures a minute apart is near enough. */
#define SPACING_S  60
#define BYTES_MOST (UINT64_C(128) << 20)

/* Drops every second copy: the memory was full, so they may be twice as far apart. */
static void thin_out(mu_copies *copies) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < copies->list.count; i++) {
        if (i % 2 == 0) {
            copies->list.items[kept++] = copies->list.items[i];
        } else {
            copies->bytes -= mu_world_bytes(&copies->list.items[i].world);
            mu_world_destroy(&copies->list.items[i].world);
        }
    }
    copies->list.count = kept;
    copies->spacing_us *= 2;
    copies->cost_most *= 2;
}

static bool room_for_one(mu_copies *copies) {
    mu_copy *items =
        mu_grow(copies->list.items, copies->list.count, &copies->capacity, sizeof *items);
    if (items == NULL) {
        return false;
    }
    copies->list.items = items;
    return true;
}

void mu_copies_keep(mu_copies *copies, const mu_world *world) {
    const mu_time now = mu_world_clock(world)->now_us;
    const bool worn = copies->cost_most > 0 && copies->cost >= copies->cost_most;
    if (copies->list.count > 0 && now < copies->next_us && !worn) {
        return;
    }
    copies->cost = 0;
    mu_copy copy = {.time_us = now, .acts = copies->acts};
    if (room_for_one(copies) && mu_world_copy(world, &copy.world) == MU_OK) {
        copies->bytes += mu_world_bytes(&copy.world);
        copies->list.items[copies->list.count++] = copy;
        while (copies->bytes > copies->bytes_most && copies->list.count > 2) {
            thin_out(copies);
        }
    }
    copies->next_us = now + copies->spacing_us;
}

const mu_copy *mu_copies_before(const mu_copies *copies, mu_time time) {
    const mu_copy *best = NULL;
    for (uint32_t i = 0; i < copies->list.count && copies->list.items[i].time_us <= time; i++) {
        best = &copies->list.items[i];
    }
    return best;
}

void mu_copies_cut(mu_copies *copies, mu_time time) {
    while (copies->list.count > 0 && copies->list.items[copies->list.count - 1].time_us > time) {
        mu_world *world = &copies->list.items[--copies->list.count].world;
        copies->bytes -= mu_world_bytes(world);
        mu_world_destroy(world);
    }
    copies->next_us = copies->next_us > time ? time : copies->next_us;
}

void mu_copies_destroy(mu_copies *copies) {
    for (uint32_t i = 0; i < copies->list.count; i++) {
        mu_world_destroy(&copies->list.items[i].world);
    }
    free(copies->list.items);
    *copies = (mu_copies){.spacing_us = copies->spacing_us,
                          .bytes_most = copies->bytes_most,
                          .cost_most = copies->cost_most};
}

mu_played mu_played_of(uint32_t replication) {
    return (mu_played){
        .replication = replication,
        .copies = {.spacing_us = SPACING_S * MU_SECOND, .bytes_most = BYTES_MOST},
    };
}

void mu_played_destroy(mu_played *played) {
    mu_log_destroy(played->log);
    mu_copies_destroy(&played->copies);
    played->log = NULL;
}

mu_status mu_run_with_copies(const mu_plan *plan, uint64_t seed, uint32_t replication, mu_log *log,
                             mu_copies *copies, mu_run_end *out) {
    mu_sim sim;
    mu_status status = mu_run_begin(plan, seed, replication, log, &sim);
    if (status != MU_OK) {
        return status;
    }
    do {
        if (copies != NULL) {
            mu_copies_keep(copies, &sim.world);
        }
    } while (mu_run_next(&sim));
    status = mu_run_status(&sim);
    if (status == MU_OK) {
        mu_run_result(&sim, out);
    }
    mu_run_destroy(&sim);
    return status;
}
