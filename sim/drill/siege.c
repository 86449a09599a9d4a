/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the log. Whoever got an order to keep clear while free to heed it counts as told;
 * nobody who was told should come into sight, and the report says so if anybody did. */
#include "drill/siege.h"

#include <stdlib.h>

typedef struct witness {
    uint8_t state; /* mu_occupant_state */
    uint8_t told, asked, known;
} witness;

typedef struct reader {
    const mu_plan *plan;
    mu_siege *out;
    witness *people; /* per person */
    uint32_t in_state[MU_OCCUPANT_STATE_COUNT];
    mu_time held_since_us;
} reader;

/* The person that a handle names, if an occupant; MU_NONE. */
static uint32_t occupant(const reader *r, mu_handle handle) {
    const uint32_t person = mu_handle_index(handle);
    return mu_handle_thing(handle) == MU_THING_PERSON && person < r->plan->people.list.count &&
                   r->plan->people.list.items[person].kind == MU_PERSON_OCCUPANT
               ? person
               : MU_NONE;
}

static const mu_step_plan *step_of(const reader *r, const mu_record *record) {
    const uint32_t step = mu_handle_index(record->step);
    return mu_handle_thing(record->step) == MU_THING_STEP && step < r->plan->response.steps.count
               ? &r->plan->response.steps.items[step]
               : NULL;
}

static void pass_held_time(reader *r, mu_time until_us) {
    r->out->held_person_s +=
        (double)r->in_state[MU_OCCUPANT_HELD] * mu_time_to_s(until_us - r->held_since_us);
    r->held_since_us = until_us;
}

static void change_state(reader *r, const mu_record *record) {
    const uint32_t person = occupant(r, record->subject);
    if (person == MU_NONE || record->value >= MU_OCCUPANT_STATE_COUNT) {
        return;
    }
    pass_held_time(r, record->time_us);
    witness *who = &r->people[person];
    r->out->changes[r->out->change_count++] =
        (mu_state_change){record->time_us, who->state, record->value};
    r->in_state[who->state]--;
    r->in_state[record->value]++;
    who->state = (uint8_t)record->value;
    const uint32_t sheltered = r->in_state[MU_OCCUPANT_SHELTERING];
    r->out->sheltered = sheltered > r->out->sheltered ? sheltered : r->out->sheltered;
}

static void note_delivered(const reader *r, const mu_record *record) {
    const uint32_t person = occupant(r, record->subject);
    const mu_step_plan *step = step_of(r, record);
    if (person == MU_NONE || step == NULL) {
        return;
    }
    witness *who = &r->people[person];
    const bool heeds = who->state == MU_OCCUPANT_INSIDE || who->state == MU_OCCUPANT_SHELTERING;
    if (step->asks && who->asked == 0) {
        who->asked = 1;
        r->out->asked++;
    } else if (heeds && step->shun.areas != NULL) {
        who->told = 1;
    }
}

static void note_replied(const reader *r, const mu_record *record) {
    const uint32_t person = occupant(r, record->subject);
    if (person != MU_NONE && r->people[person].known == 0) {
        r->people[person].known = 1;
        r->out->known++;
    }
    if (r->out->known_half_us == MU_NEVER && 2 * record->value >= r->out->sheltered) {
        r->out->known_half_us = record->time_us;
    }
}

static void note_crossed(const reader *r, const mu_record *record) {
    const uint32_t person = occupant(r, record->subject);
    if (person != MU_NONE) {
        const bool told = r->people[person].told != 0 && record->value == 0;
        r->out->crossed_told += told;
        r->out->crossed_untold += !told;
    }
}

static void note_first(mu_time *at_us, const mu_record *record) {
    *at_us = record->time_us < *at_us ? record->time_us : *at_us;
}

static void note_secured(const reader *r, const mu_record *record) {
    const mu_step_plan *step = step_of(r, record);
    if (step != NULL && step->verb == MU_VERB_LOCK_DOWN) {
        note_first(&r->out->secured_us, record);
    }
}

static void read_record(reader *r, const mu_record *record) {
    mu_siege *out = r->out;
    const uint16_t kind = record->kind;
    if (kind == MU_RECORD_STATE) {
        change_state(r, record);
    } else if (kind == MU_RECORD_DELIVERED) {
        note_delivered(r, record);
    } else if (kind == MU_RECORD_REPLIED) {
        note_replied(r, record);
    } else if (kind == MU_RECORD_CROSSED) {
        note_crossed(r, record);
    } else if (kind == MU_RECORD_SECURED) {
        note_secured(r, record);
    } else if (kind == MU_RECORD_LOCKED_DOWN) {
        note_first(&out->locked_down_us, record);
    } else if (kind == MU_RECORD_RESOLVED) {
        note_first(&out->resolved_us, record);
    } else if (kind == MU_RECORD_SEIZED) {
        note_first(&out->seized_us, record);
        out->held = record->value;
    } else if (kind == MU_RECORD_LET_GO) {
        out->let_go += record->value;
    } else if (kind == MU_RECORD_REMAINS) {
        out->stayed_in += record->value == MU_REMAINS_STAYED;
    } else if (kind == MU_RECORD_LOCKED) {
        out->doors++;
    }
}

static uint32_t count_changes(const mu_log *log) {
    const uint32_t all = mu_log_count(log);
    uint32_t count = 0;
    for (uint32_t id = 0; id < all; id++) {
        count += mu_log_get(log, id)->kind == MU_RECORD_STATE;
    }
    return count;
}

mu_status mu_siege_read(const mu_plan *plan, const mu_log *log, mu_time end_us, mu_siege *out) {
    mu_siege siege = {.seized_us = MU_NEVER,
                      .resolved_us = MU_NEVER,
                      .locked_down_us = MU_NEVER,
                      .secured_us = MU_NEVER,
                      .known_half_us = MU_NEVER};
    reader r = {.plan = plan, .out = &siege};
    r.people = calloc((size_t)plan->people.list.count + 1, sizeof *r.people);
    siege.changes = malloc(((size_t)count_changes(log) + 1) * sizeof *siege.changes);
    if (r.people == NULL || siege.changes == NULL) {
        free(r.people);
        free(siege.changes);
        return MU_ERR_MEMORY;
    }
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        const mu_person *person = &plan->people.list.items[p];
        r.people[p].state = (uint8_t)mu_occupant_state_at_first(person);
        r.in_state[r.people[p].state] += person->kind == MU_PERSON_OCCUPANT;
    }
    const uint32_t count = mu_log_count(log);
    for (uint32_t id = 0; id < count; id++) {
        read_record(&r, mu_log_get(log, id));
    }
    pass_held_time(&r, end_us);
    free(r.people);
    *out = siege;
    return MU_OK;
}

void mu_siege_destroy(mu_siege *siege) {
    free(siege->changes);
    siege->changes = NULL;
}
