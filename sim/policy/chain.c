/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chain is walked from its end towards its start, so parts come latest first: they are piled up
 * in that order and turned round at the end. */
#include <assert.h>

#include "policy/judge.h"

typedef struct pile {
    const mu_log *log;
    mu_chain_part *parts; /* latest first */
    uint32_t count, most;
    mu_time longest_us; /* of what was merged into the last part: what gave it its name */
    uint32_t carrier;   /* the record walked last that has a part; MU_NO_RECORD */
} pile;

static mu_part part_of(const mu_log *log, uint32_t id) {
    return mu_record_part((mu_record_kind)mu_log_get(log, id)->kind);
}

/* Lets the last part reach back to `part` as well; it keeps the name of the longer one. */
static void merge(pile *p, const mu_chain_part *part) {
    mu_chain_part *last = &p->parts[p->count - 1];
    const mu_time long_us = part->to_us - part->from_us;
    last->from_us = part->from_us;
    if (last->record == part->record) {
        p->longest_us += long_us;
    } else if (long_us > p->longest_us) {
        p->longest_us = long_us;
        last->part = part->part;
        last->record = part->record;
    }
}

static void add(pile *p, const mu_chain_part *part) {
    const bool same = p->count > 0 && p->parts[p->count - 1].record == part->record;
    if (same || p->count == p->most) {
        merge(p, part);
    } else {
        p->parts[p->count++] = *part;
        p->longest_us = part->to_us - part->from_us;
    }
}

/* Time that nothing later claims is at the pile's bottom under the record MU_NO_RECORD until a
 * record with a part comes along. */
static void claim(pile *p, uint32_t id) {
    p->carrier = id;
    if (p->count > 0 && p->parts[0].record == MU_NO_RECORD) {
        p->parts[0].record = id;
        p->parts[0].part = part_of(p->log, id);
    }
}

static void add_time(pile *p, uint32_t id, mu_time from_us, mu_time to_us) {
    if (part_of(p->log, id) != MU_PART_NONE) {
        claim(p, id);
    }
    if (to_us > from_us) {
        const mu_part part =
            p->carrier == MU_NO_RECORD ? MU_PART_WAIT : part_of(p->log, p->carrier);
        add(p, &(mu_chain_part){from_us, to_us, part, p->carrier});
    }
}

static void turn_round(mu_chain_part *parts, uint32_t count) {
    for (uint32_t i = 0; i < count / 2; i++) {
        const mu_chain_part part = parts[i];
        parts[i] = parts[count - 1 - i];
        parts[count - 1 - i] = part;
    }
}

uint32_t mu_chain(const mu_log *log, uint32_t start, uint32_t end, mu_chain_part *out,
                  uint32_t most) {
    const mu_time start_us = start == MU_NO_RECORD ? 0 : mu_log_get(log, start)->time_us;
    pile p = {.log = log, .parts = out, .most = most, .carrier = MU_NO_RECORD};
    uint32_t id = end;
    mu_time to_us = mu_log_get(log, id)->time_us;
    while (to_us > start_us) {
        const uint32_t cause = mu_log_get(log, id)->cause;
        assert(cause == MU_NO_RECORD || cause < id);
        const bool is_first = cause == MU_NO_RECORD || cause >= id;
        const mu_time begun_us = is_first ? start_us : mu_log_get(log, cause)->time_us;
        const mu_time from_us = begun_us > start_us ? begun_us : start_us;
        add_time(&p, id, from_us, to_us);
        if (is_first) {
            break;
        }
        to_us = from_us;
        id = cause;
    }
    if (p.count > 0 && out[0].record == MU_NO_RECORD) {
        out[0].record = end; /* no record on the way had a part */
    }
    turn_round(out, p.count);
    return p.count;
}
