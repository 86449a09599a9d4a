/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a few base runs use, from their logs: who acts for a step, over what it is said, what is
 * granted or gives an alarm. Who merely walks a round or stands at a post is not used. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/run.h"
#include "study/hazop.h"

const char *const mu_hazop_kind_words[] = {[MU_HAZOP_STEP] = "step",
                                           [MU_HAZOP_MEMBER] = "person",
                                           [MU_HAZOP_CHANNEL] = "channel",
                                           [MU_HAZOP_EQUIPMENT] = "equipment"};

/* One flag per thing of each kind: used in the run in hand; and in how many runs so far. */
typedef struct uses {
    const mu_plan *plan;
    uint32_t count[MU_HAZOP_KINDS];
    bool *now[MU_HAZOP_KINDS];
    uint32_t *runs[MU_HAZOP_KINDS];
} uses;

static bool allocate(uses *u, mu_arena *arena) {
    const mu_plan *plan = u->plan;
    const uint32_t counts[MU_HAZOP_KINDS] = {plan->response.steps.count, plan->roster.members.count,
                                             plan->site.channels.count, plan->site.equipment.count};
    bool enough = true;
    for (int kind = 0; kind < MU_HAZOP_KINDS; kind++) {
        u->count[kind] = counts[kind];
        u->now[kind] = mu_arena_array(arena, (size_t)counts[kind] + 1, sizeof *u->now[kind]);
        u->runs[kind] = mu_arena_array(arena, (size_t)counts[kind] + 1, sizeof *u->runs[kind]);
        enough = enough && u->now[kind] != NULL && u->runs[kind] != NULL;
    }
    return enough;
}

static void note(uses *u, mu_hazop_kind kind, uint32_t index) {
    if (index < u->count[kind]) {
        u->now[kind][index] = true;
    }
}

static void note_handle(uses *u, mu_handle handle) {
    const uint32_t index = mu_handle_index(handle);
    switch (mu_handle_thing(handle)) {
    case MU_THING_PERSON:
        if (index < u->plan->people.list.count &&
            u->plan->people.list.items[index].kind == MU_PERSON_MEMBER) {
            note(u, MU_HAZOP_MEMBER, u->plan->people.list.items[index].from);
        }
        break;
    case MU_THING_CHANNEL:
        note(u, MU_HAZOP_CHANNEL, index);
        break;
    case MU_THING_EQUIPMENT:
        note(u, MU_HAZOP_EQUIPMENT, index);
        break;
    case MU_THING_NOTHING:
    case MU_THING_STEP:
    case MU_THING_WORD:
    case MU_THING_SPACE:
    case MU_THING_PORTAL:
    case MU_THING_POST:
    case MU_THING_UNIT:
    case MU_THING_HOSPITAL:
    case MU_THING_GROUP:
        break;
    }
}

static void note_record(uses *u, const mu_record *record) {
    const bool of_step = mu_handle_thing(record->step) == MU_THING_STEP;
    if (record->kind == MU_RECORD_DUE && of_step) {
        note(u, MU_HAZOP_STEP, mu_handle_index(record->step));
    }
    const bool found = record->kind == MU_RECORD_NOTICED || record->kind == MU_RECORD_DETECTED ||
                       record->kind == MU_RECORD_ASSESSED;
    if ((of_step && record->kind != MU_RECORD_ALERTED) || found) {
        note_handle(u, record->subject);
    }
    if (record->kind == MU_RECORD_SENT || record->kind == MU_RECORD_DELIVERED) {
        note_handle(u, record->place);
    }
}

/* Steps that fetch equipment could do with any piece of its kind. */
static void note_needs(uses *u) {
    for (uint32_t s = 0; s < u->count[MU_HAZOP_STEP]; s++) {
        const mu_step *step = u->plan->response.steps.items[s].given;
        for (uint32_t n = 0; u->now[MU_HAZOP_STEP][s] && n < step->needs.count; n++) {
            for (uint32_t e = 0; e < u->count[MU_HAZOP_EQUIPMENT]; e++) {
                if ((int)u->plan->site.equipment.items[e].kind == step->needs.items[n].equipment) {
                    note(u, MU_HAZOP_EQUIPMENT, e);
                }
            }
        }
    }
}

static mu_status look_at_run(uses *u, uint64_t seed, uint32_t replication) {
    mu_log *log = mu_log_create();
    mu_run_end end;
    const mu_status status =
        log == NULL ? MU_ERR_MEMORY : mu_run(u->plan, seed, replication, log, &end);
    for (uint32_t id = 0; status == MU_OK && id < mu_log_count(log); id++) {
        note_record(u, mu_log_get(log, id));
    }
    mu_log_destroy(log);
    note_needs(u);
    for (int kind = 0; kind < MU_HAZOP_KINDS; kind++) {
        for (uint32_t i = 0; i < u->count[kind]; i++) {
            u->runs[kind][i] += u->now[kind][i];
            u->now[kind][i] = false;
        }
    }
    return status;
}

static mu_hazop_element element_of(const mu_plan *plan, mu_hazop_kind kind, uint32_t index) {
    mu_hazop_element out = {.kind = kind, .index = index};
    switch (kind) {
    case MU_HAZOP_STEP:
        out.id = plan->response.steps.items[index].given->id;
        out.name = plan->response.steps.items[index].given->name;
        break;
    case MU_HAZOP_MEMBER:
        out.id = plan->roster.members.items[index].id;
        out.name = plan->roster.members.items[index].name;
        break;
    case MU_HAZOP_CHANNEL:
        out.id = plan->site.channels.items[index].id;
        out.name = plan->site.channels.items[index].name;
        break;
    case MU_HAZOP_EQUIPMENT:
        out.id = plan->site.equipment.items[index].id;
        out.name = plan->site.equipment.items[index].name;
        break;
    case MU_HAZOP_KINDS:
        break;
    }
    return out;
}

static bool list(const uses *u, mu_arena *arena, mu_hazop *out) {
    size_t room = 1;
    for (int kind = 0; kind < MU_HAZOP_KINDS; kind++) {
        room += u->count[kind];
    }
    out->elements.items = mu_arena_array(arena, room, sizeof *out->elements.items);
    if (out->elements.items == NULL) {
        return false;
    }
    for (int kind = 0; kind < MU_HAZOP_KINDS; kind++) {
        for (uint32_t i = 0; i < u->count[kind]; i++) {
            if (u->runs[kind][i] > 0) {
                mu_hazop_element *element = &out->elements.items[out->elements.count++];
                *element = element_of(u->plan, (mu_hazop_kind)kind, i);
                element->runs = u->runs[kind][i];
            }
        }
    }
    return true;
}

mu_status mu_hazop_find(const mu_plan *plan, uint64_t seed, uint32_t runs, mu_arena *arena,
                        mu_diags *diags, mu_hazop *out) {
    uses u = {.plan = plan};
    *out = (mu_hazop){.plan = plan};
    mu_status status = allocate(&u, arena) ? MU_OK : MU_ERR_MEMORY;
    for (uint32_t k = 0; k < runs && status == MU_OK; k++) {
        status = look_at_run(&u, seed, k);
        if (status != MU_OK) {
            mu_diags_add(diags, MU_ERROR, "run.stopped", NULL, NULL,
                         _("replication %u could not go on"), k);
        }
    }
    return status == MU_OK && !list(&u, arena, out) ? MU_ERR_MEMORY : status;
}
