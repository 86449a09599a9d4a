/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the log of one run keeps what findings need of it, so that the log can be thrown
 * away. */
#include <stdlib.h>
#include <string.h>

#include "drill/findings.h"

/* The name that the threat gives the policy's radius around the item. */
#define RADIUS_WORD "policy_radius"

typedef struct reader {
    const mu_plan *plan;
    mu_replicate *out;
    uint32_t occupants;
    uint32_t *occupant_of; /* per person; MU_NONE: no occupant */
    uint8_t *state;        /* per occupant: mu_occupant_state */
    mu_time *sorted;       /* per occupant: scratch */
    mu_handle ring;        /* the place of the EXPOSED records that count */
    uint32_t exposed;      /* occupants inside it now */
    mu_time exposed_since_us;
} reader;

static void *array(size_t count, size_t size) {
    return calloc(count > 0 ? count : 1, size);
}

bool mu_person_starts_indoors(const mu_plan *plan, uint32_t person) {
    const uint32_t space = plan->people.list.items[person].space;
    return plan->people.list.items[person].later == 0 && space < plan->site.spaces.count &&
           plan->site.spaces.items[space].use != MU_USE_OUTDOOR;
}

static bool is_occupant(const mu_plan *plan, uint32_t person) {
    return plan->people.list.items[person].kind == MU_PERSON_OCCUPANT;
}

/* The occupant that a handle names; MU_NONE. */
static uint32_t occupant(const reader *r, mu_handle handle) {
    const uint32_t person = mu_handle_index(handle);
    return mu_handle_thing(handle) == MU_THING_PERSON && person < r->plan->people.list.count
               ? r->occupant_of[person]
               : MU_NONE;
}

/* The channel that a handle names; MU_NONE. */
static uint32_t channel(const reader *r, mu_handle handle) {
    const uint32_t index = mu_handle_index(handle);
    return mu_handle_thing(handle) == MU_THING_CHANNEL && index < r->plan->site.channels.count
               ? index
               : MU_NONE;
}

static void add_message(const reader *r, const mu_record *record, uint32_t *total,
                        uint32_t *by_channel) {
    const uint32_t over = channel(r, record->place);
    *total += record->value;
    if (over != MU_NONE) {
        by_channel[over] += record->value;
    }
}

/* What one person says to another is sent once for each who hears it. */
static void count_message(const reader *r, const mu_log *log, const mu_record *record) {
    mu_replicate *out = r->out;
    const bool heard = record->kind == MU_RECORD_DELIVERED && record->cause != MU_NO_RECORD &&
                       mu_log_get(log, record->cause)->kind == MU_RECORD_TOLD;
    if (record->kind == MU_RECORD_SENT || heard) {
        add_message(r, record, &out->sent, out->channel_sent);
    }
    if (record->kind == MU_RECORD_LOST) {
        add_message(r, record, &out->lost, out->channel_lost);
    } else if (record->kind == MU_RECORD_DELIVERED) {
        add_message(r, record, &out->delivered, out->channel_delivered);
    }
}

static void change_state(const reader *r, const mu_record *record) {
    const uint32_t who = occupant(r, record->subject);
    if (who != MU_NONE && record->value < MU_OCCUPANT_STATE_COUNT) {
        r->out->in_state[r->state[who]]--;
        r->out->in_state[record->value]++;
        r->state[who] = (uint8_t)record->value;
    }
}

static void note_alerted(const reader *r, const mu_record *record) {
    const uint32_t who = occupant(r, record->subject);
    if (who != MU_NONE && r->out->alerted_us[who] == MU_NEVER) {
        r->out->alerted_us[who] = record->time_us;
        r->out->alerted_by[who] = channel(r, record->place);
    }
}

/* The last thing that was in the way of a message to them; being lost after that counts for more.
 */
static void note_unreached(const reader *r, const mu_log *log, const mu_record *record) {
    const uint32_t who = occupant(r, record->subject);
    if (who == MU_NONE) {
        return;
    }
    if (record->kind == MU_RECORD_UNREACHED) {
        r->out->unreached[who] |= (uint8_t)record->value;
        r->out->unreached_in[who] = mu_handle_thing(record->place) == MU_THING_SPACE
                                        ? mu_handle_index(record->place)
                                        : MU_NONE;
    } else if (mu_log_get(log, record->cause)->kind == MU_RECORD_SENT) {
        r->out->unreached[who] |= 1U << MU_UNREACHED_LOST;
    }
}

static void note_left(const reader *r, const mu_record *record) {
    const uint32_t who = occupant(r, record->subject);
    if (who != MU_NONE && r->out->left_us[who] == MU_NEVER) {
        r->out->left_us[who] = record->time_us;
    }
}

static void note_remaining(const reader *r, const mu_record *record) {
    const uint32_t who = occupant(r, record->subject);
    if (who != MU_NONE && record->value < MU_REMAINS_COUNT) {
        r->out->remains[who] = (uint8_t)record->value;
        r->out->remains_in[who] = mu_handle_thing(record->place) == MU_THING_SPACE
                                      ? mu_handle_index(record->place)
                                      : MU_NONE;
    }
}

/* Adds the time that the number inside the ring has stood at its last value. */
static void pass_exposed_time(reader *r, mu_time until_us) {
    if (until_us > r->exposed_since_us) {
        r->out->exposed_person_s +=
            (double)r->exposed * mu_time_to_s(until_us - r->exposed_since_us);
    }
    r->exposed_since_us = until_us;
}

static void note_exposed(reader *r, const mu_record *record) {
    if (r->ring == 0 || record->place != r->ring) {
        return;
    }
    pass_exposed_time(r, record->time_us);
    r->exposed = record->value;
    if (record->value > r->out->exposed_peak) {
        r->out->exposed_peak = record->value;
        r->out->exposed_peak_at_us = record->time_us;
    }
}

static void read_record(reader *r, const mu_log *log, const mu_record *record) {
    const uint16_t kind = record->kind;
    if (kind == MU_RECORD_SENT || kind == MU_RECORD_DELIVERED || kind == MU_RECORD_LOST) {
        count_message(r, log, record);
        if (kind == MU_RECORD_LOST && record->cause != MU_NO_RECORD) {
            note_unreached(r, log, record);
        }
    } else if (kind == MU_RECORD_UNREACHED) {
        note_unreached(r, log, record);
    } else if (kind == MU_RECORD_STATE) {
        change_state(r, record);
    } else if (kind == MU_RECORD_ALERTED) {
        note_alerted(r, record);
    } else if (kind == MU_RECORD_LEFT) {
        note_left(r, record);
    } else if (kind == MU_RECORD_REMAINS) {
        note_remaining(r, record);
    } else if (kind == MU_RECORD_EXPOSED) {
        note_exposed(r, record);
    } else if ((kind == MU_RECORD_ALARM || kind == MU_RECORD_ORDERED) &&
               record->time_us < r->out->ordered_us) {
        r->out->ordered_us = record->time_us;
    }
}

static int compare_times(const void *a, const void *b) {
    const mu_time left = *(const mu_time *)a, right = *(const mu_time *)b;
    return (left > right) - (left < right);
}

static void sum_up_leaving(const reader *r) {
    mu_replicate *out = r->out;
    uint32_t count = 0;
    for (uint32_t p = 0; p < r->plan->people.list.count; p++) {
        const uint32_t who = r->occupant_of[p];
        if (who != MU_NONE && out->left_us[who] != MU_NEVER &&
            mu_person_starts_indoors(r->plan, p)) {
            r->sorted[count++] = out->left_us[who];
            out->left_sum_us += out->left_us[who];
        }
    }
    out->left = count;
    if (count > 0) {
        qsort(r->sorted, count, sizeof *r->sorted, compare_times);
        out->left_p95_us = r->sorted[mu_percentile_rank(95, count) - 1];
        out->left_last_us = r->sorted[count - 1];
    }
}

static void sum_up_reach(const reader *r) {
    mu_replicate *out = r->out;
    uint32_t came = 0; /* nobody counts who never came to the site */
    for (uint32_t i = 0; i < r->occupants; i++) {
        if (r->state[i] != MU_OCCUPANT_EXPECTED) {
            r->sorted[came++] = out->alerted_us[i];
            out->reached += out->alerted_us[i] != MU_NEVER;
        }
    }
    if (came > 0) {
        qsort(r->sorted, came, sizeof *r->sorted, compare_times);
        out->reached_50_us = r->sorted[mu_percentile_rank(50, came) - 1];
        out->reached_95_us = r->sorted[mu_percentile_rank(95, came) - 1];
    }
}

static void start(reader *r) {
    mu_replicate *out = r->out;
    const uint32_t word = mu_words_find(&r->plan->words, RADIUS_WORD, sizeof RADIUS_WORD - 1);
    r->ring = word == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, word);
    uint32_t next = 0;
    for (uint32_t p = 0; p < r->plan->people.list.count; p++) {
        r->occupant_of[p] = is_occupant(r->plan, p) ? next++ : MU_NONE;
        if (r->occupant_of[p] != MU_NONE) {
            const mu_occupant_state state =
                mu_occupant_state_at_first(&r->plan->people.list.items[p]);
            r->state[r->occupant_of[p]] = (uint8_t)state;
            out->in_state[state]++;
        }
    }
    for (uint32_t i = 0; i < r->occupants; i++) {
        out->left_us[i] = MU_NEVER;
        out->alerted_us[i] = MU_NEVER;
        out->alerted_by[i] = MU_NONE;
        out->unreached_in[i] = MU_NONE;
    }
    out->ordered_us = out->left_p95_us = out->left_last_us = MU_NEVER;
    out->reached_50_us = out->reached_95_us = MU_NEVER;
}

static void read_log(reader *r, const mu_log *log) {
    start(r);
    const uint32_t count = mu_log_count(log);
    for (uint32_t id = 0; id < count; id++) {
        read_record(r, log, mu_log_get(log, id));
    }
    pass_exposed_time(r, r->out->end_us);
    sum_up_leaving(r);
    sum_up_reach(r);
    const mu_run_facts facts = {.end_us = r->out->end_us,
                                .quiet = r->out->quiet,
                                .occupants = r->occupants,
                                .alerted_us = r->out->alerted_us,
                                .left_us = r->out->left_us};
    mu_judge(r->plan->clauses, r->plan->policy.clauses.count, log, &facts, r->out->judgements);
}

static bool allocate(reader *r) {
    mu_replicate *out = r->out;
    const uint32_t channels = r->plan->site.channels.count;
    r->occupant_of = array(r->plan->people.list.count, sizeof *r->occupant_of);
    r->state = array(r->occupants, sizeof *r->state);
    r->sorted = array(r->occupants, sizeof *r->sorted);
    out->left_us = array(r->occupants, sizeof *out->left_us);
    out->alerted_us = array(r->occupants, sizeof *out->alerted_us);
    out->alerted_by = array(r->occupants, sizeof *out->alerted_by);
    out->unreached = array(r->occupants, sizeof *out->unreached);
    out->unreached_in = array(r->occupants, sizeof *out->unreached_in);
    out->remains = array(r->occupants, sizeof *out->remains);
    out->remains_in = array(r->occupants, sizeof *out->remains_in);
    out->channel_sent = array(channels, sizeof *out->channel_sent);
    out->channel_delivered = array(channels, sizeof *out->channel_delivered);
    out->channel_lost = array(channels, sizeof *out->channel_lost);
    out->judgements = array(r->plan->policy.clauses.count, sizeof *out->judgements);
    return r->occupant_of != NULL && r->state != NULL && r->sorted != NULL &&
           out->left_us != NULL && out->alerted_us != NULL && out->alerted_by != NULL &&
           out->unreached != NULL && out->unreached_in != NULL && out->remains != NULL &&
           out->remains_in != NULL && out->channel_sent != NULL && out->channel_delivered != NULL &&
           out->channel_lost != NULL && out->judgements != NULL;
}

mu_status mu_replicate_read(const mu_plan *plan, const mu_log *log, mu_time end_us, bool quiet,
                            uint64_t state_hash, uint32_t replication, mu_replicate *out) {
    mu_replicate replicate = {
        .replication = replication, .state_hash = state_hash, .end_us = end_us, .quiet = quiet};
    reader r = {.plan = plan, .out = &replicate, .occupants = plan->people.occupants};
    const bool done = allocate(&r) && mu_care_read(plan, log, &replicate.care) == MU_OK;
    if (done) {
        read_log(&r, log);
        mu_assisted_read(log, &replicate.assisted);
    }
    free(r.occupant_of);
    free(r.state);
    free(r.sorted);
    if (!done || mu_gas_read(plan, log, end_us, &replicate.gas) != MU_OK ||
        mu_siege_read(plan, log, end_us, &replicate.siege) != MU_OK) {
        mu_replicate_destroy(&replicate);
        return MU_ERR_MEMORY;
    }
    *out = replicate;
    return MU_OK;
}

mu_status mu_replicate_add_workload(const mu_plan *plan, const mu_log *log,
                                    mu_replicate *replicate) {
    mu_timeline timeline;
    mu_status status =
        mu_timeline_read(plan, log, replicate->end_us, replicate->replication, &timeline);
    if (status == MU_OK) {
        status = mu_workload_of(plan, &timeline, &replicate->workload);
        mu_timeline_destroy(&timeline);
    }
    return status;
}

void mu_replicate_destroy(mu_replicate *replicate) {
    mu_workload_destroy(&replicate->workload);
    free(replicate->left_us);
    free(replicate->alerted_us);
    free(replicate->alerted_by);
    free(replicate->unreached);
    free(replicate->unreached_in);
    free(replicate->remains);
    free(replicate->remains_in);
    free(replicate->channel_sent);
    free(replicate->channel_delivered);
    free(replicate->channel_lost);
    free(replicate->judgements);
    mu_gas_reading_destroy(&replicate->gas);
    mu_siege_destroy(&replicate->siege);
    mu_care_result_destroy(&replicate->care);
    memset(replicate, 0, sizeof *replicate);
}
