/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over a log for those who were hurt and those who were missing. */
#include <stdlib.h>
#include <string.h>

#include "drill/findings.h"

static const struct {
    mu_record_kind kind;
    const char *word;
} stages[MU_CARE_STAGE_COUNT] = {
    [MU_CARE_FOUND] = {MU_RECORD_FOUND, "found"},
    [MU_CARE_TAGGED] = {MU_RECORD_TAGGED, "tagged"},
    [MU_CARE_TREATED] = {MU_RECORD_CARED, "treated"},
    [MU_CARE_GATHERED] = {MU_RECORD_LAID, "gathered"},
    [MU_CARE_TAKEN] = {MU_RECORD_TAKEN, "taken"},
    [MU_CARE_ADMITTED] = {MU_RECORD_ADMITTED, "admitted"},
};

const char *mu_care_stage_word(mu_care_stage stage) {
    return stages[stage].word;
}

/* The stage that a record brings a casualty to; MU_CARE_STAGE_COUNT: none. */
static mu_care_stage stage_of(const mu_record *record) {
    int stage = 0;
    while (stage < MU_CARE_STAGE_COUNT && stages[stage].kind != (mu_record_kind)record->kind) {
        stage++;
    }
    return (mu_care_stage)stage;
}

static uint32_t count_hurt(const mu_log *log) {
    const uint32_t all = mu_log_count(log);
    uint32_t count = 0;
    for (uint32_t id = 0; id < all; id++) {
        count += mu_log_get(log, id)->kind == MU_RECORD_INJURED;
    }
    return count;
}

static mu_care_case *case_of(const mu_care_result *result, mu_handle subject) {
    if (mu_handle_thing(subject) != MU_THING_PERSON) {
        return NULL;
    }
    for (uint32_t i = 0; i < result->count; i++) {
        if (result->cases[i].person == mu_handle_index(subject)) {
            return &result->cases[i];
        }
    }
    return NULL;
}

static void add_case(mu_care_result *result, const mu_record *record) {
    mu_care_case *made = &result->cases[result->count++];
    *made = (mu_care_case){.person = mu_handle_index(record->subject),
                           .plays = record->value,
                           .tag = MU_START_TAG_COUNT,
                           .hospital = MU_NONE,
                           .injured_us = record->time_us};
    for (int stage = 0; stage < MU_CARE_STAGE_COUNT; stage++) {
        made->at_us[stage] = MU_NEVER;
    }
}

static void read_care(mu_care_result *result, const mu_record *record) {
    if (record->kind == MU_RECORD_INJURED) {
        add_case(result, record);
        return;
    }
    if (record->kind == MU_RECORD_SENT_ON && mu_handle_thing(record->place) == MU_THING_HOSPITAL) {
        result->sent_on[mu_handle_index(record->place)]++;
        return;
    }
    const mu_care_stage stage = stage_of(record);
    mu_care_case *one = stage == MU_CARE_STAGE_COUNT ? NULL : case_of(result, record->subject);
    if (one == NULL || one->at_us[stage] != MU_NEVER) {
        return;
    }
    one->at_us[stage] = record->time_us;
    if (stage == MU_CARE_TAGGED) {
        one->tag = record->value;
    }
    if (stage == MU_CARE_ADMITTED && mu_handle_thing(record->place) == MU_THING_HOSPITAL) {
        one->hospital = mu_handle_index(record->place);
    }
}

typedef struct roll_words {
    mu_handle roll_call, all;
} roll_words;

static mu_handle word(const mu_plan *plan, const char *text) {
    const uint32_t index = mu_words_find(&plan->words, text, strlen(text));
    return index == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, index);
}

static void read_accounted(mu_care_result *result, const roll_words *words,
                           const mu_record *record) {
    mu_roll_result *roll = &result->roll;
    mu_care_case *one = case_of(result, record->subject);
    if (one != NULL) {
        one->counted = true;
    }
    if (record->object == words->all && record->subject == 0) {
        roll->closed_us = record->time_us;
    } else if (roll->compared_us != MU_NEVER) {
        roll->found++;
    } else {
        roll->present += record->value != 0;
        roll->unlisted += record->value == 0;
    }
}

static uint32_t count_known(const mu_care_result *result) {
    uint32_t known = 0;
    for (uint32_t i = 0; i < result->count; i++) {
        known += result->cases[i].at_us[MU_CARE_FOUND] != MU_NEVER && !result->cases[i].counted;
    }
    return known;
}

static void read_roll(mu_care_result *result, const roll_words *words, const mu_record *record) {
    mu_roll_result *roll = &result->roll;
    if (record->kind == MU_RECORD_ACCOUNTED) {
        read_accounted(result, words, record);
    } else if (record->kind == MU_RECORD_MISSING) {
        roll->missing++;
    } else if (record->kind == MU_RECORD_VERIFIED && words->roll_call != 0 &&
               record->object == words->roll_call && roll->compared_us == MU_NEVER) {
        roll->compared_us = record->time_us;
        roll->known = count_known(result);
    }
}

mu_status mu_care_read(const mu_plan *plan, const mu_log *log, mu_care_result *out) {
    *out = (mu_care_result){.roll = {.compared_us = MU_NEVER, .closed_us = MU_NEVER}};
    const roll_words words = {word(plan, "roll_call"), word(plan, "all")};
    out->cases = calloc((size_t)count_hurt(log) + 1, sizeof *out->cases);
    out->sent_on = calloc((size_t)plan->roster.hospitals.count + 1, sizeof *out->sent_on);
    if (out->cases == NULL || out->sent_on == NULL) {
        return MU_ERR_MEMORY;
    }
    const uint32_t count = mu_log_count(log);
    for (uint32_t id = 0; id < count; id++) {
        const mu_record *record = mu_log_get(log, id);
        read_care(out, record);
        read_roll(out, &words, record);
    }
    return MU_OK;
}

void mu_care_result_destroy(mu_care_result *result) {
    free(result->cases);
    free(result->sent_on);
    *result = (mu_care_result){0};
}
