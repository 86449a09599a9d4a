/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deviations as changes in files, and remedies against them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json_out.h"
#include "study/hazop.h"

const char *const mu_hazop_guide_words[] = {
    [MU_HAZOP_LOST] = "lost", [MU_HAZOP_LATE] = "late", [MU_HAZOP_WEAK] = "weak"};

enum { CHANGES_MOST = 4 };

/* A lever in the making. */
typedef struct making {
    mu_arena *arena;
    mu_lever_change changes[CHANGES_MOST];
    uint32_t count;
    bool no_memory;
} making;

static void change(making *m, mu_factor_target in, const char *list, const char *id,
                   const char *field, const char *value) {
    const char *pointer = mu_arena_print(m->arena, "/%s/%s%s%s", list, id, field != NULL ? "/" : "",
                                         field != NULL ? field : "");
    const char *kept = mu_arena_copy(m->arena, value);
    m->no_memory = m->no_memory || pointer == NULL || kept == NULL;
    m->changes[m->count++] = (mu_lever_change){.in = (int)in, .pointer = pointer, .value = kept};
}

static void change_number(making *m, mu_factor_target in, const char *list, const char *id,
                          const char *field, double value) {
    char text[32];
    mu_json_print_real(value, text);
    change(m, in, list, id, field, text);
}

static void deviate_step(making *m, const mu_step *step, mu_hazop_guide guide, double late_s) {
    switch (guide) {
    case MU_HAZOP_LOST: /* called off before it can begin */
        change(m, MU_FACTOR_PLAYBOOK, "steps", step->id, "unless", "\"started\"");
        break;
    case MU_HAZOP_LATE:
        change_number(m, MU_FACTOR_PLAYBOOK, "steps", step->id, "when/wait_s",
                      mu_dist_mean(&step->when.wait_s) + late_s);
        break;
    case MU_HAZOP_WEAK:
        change_number(m, MU_FACTOR_PLAYBOOK, "steps", step->id, "chance", step->chance / 2);
        break;
    case MU_HAZOP_GUIDES:
        break;
    }
}

static void deviate_member(making *m, const mu_member *member, mu_hazop_guide guide) {
    if (guide == MU_HAZOP_LOST && member->count > 1) {
        change_number(m, MU_FACTOR_ROSTER, "members", member->id, "count",
                      (double)member->count - 1);
    } else if (guide == MU_HAZOP_LOST) {
        /* There, but never free: whoever asks for them waits. To strike them off would leave steps
         * that nobody could do, which is another plan. */
        change(m, MU_FACTOR_ROSTER, "members", member->id, "routine",
               "{\"every_s\": 0.001, \"lasts_s\": 86400}");
    } else if (guide == MU_HAZOP_WEAK && member->radio) {
        change(m, MU_FACTOR_ROSTER, "members", member->id, "radio", "false");
    }
}

static void deviate_channel(making *m, const mu_channel *channel, mu_hazop_guide guide,
                            double late_s) {
    switch (guide) {
    case MU_HAZOP_LOST:
        change_number(m, MU_FACTOR_SITE, "channels", channel->id, "delivery_chance", 0);
        break;
    case MU_HAZOP_LATE:
        change_number(m, MU_FACTOR_SITE, "channels", channel->id, "latency_s",
                      mu_dist_mean(&channel->latency_s) + late_s);
        break;
    case MU_HAZOP_WEAK:
        change_number(m, MU_FACTOR_SITE, "channels", channel->id, "delivery_chance",
                      channel->delivery_chance / 2);
        break;
    case MU_HAZOP_GUIDES:
        break;
    }
}

/* Pieces that are fetched are lost by their number, what detects by its chance. */
static void deviate_equipment(making *m, const mu_equipment *piece, mu_hazop_guide guide) {
    const double left = guide == MU_HAZOP_LOST ? 0 : 0.5;
    if (guide == MU_HAZOP_LATE) {
        return;
    }
    if (guide == MU_HAZOP_LOST && piece->count > 0) {
        change(m, MU_FACTOR_EQUIPMENT, "equipment", piece->id, "count", "0");
    }
    if (piece->detect_chance > 0) {
        change_number(m, MU_FACTOR_EQUIPMENT, "equipment", piece->id, "detect_chance",
                      piece->detect_chance * left);
    }
    if (piece->spots_chance > 0) {
        change_number(m, MU_FACTOR_EQUIPMENT, "equipment", piece->id, "spots_chance",
                      piece->spots_chance * left);
    }
}

static void deviate(making *m, const mu_plan *plan, const mu_hazop_element *element,
                    mu_hazop_guide guide, double late_s) {
    m->count = 0;
    switch (element->kind) {
    case MU_HAZOP_STEP:
        deviate_step(m, plan->response.steps.items[element->index].given, guide, late_s);
        break;
    case MU_HAZOP_MEMBER:
        deviate_member(m, &plan->roster.members.items[element->index], guide);
        break;
    case MU_HAZOP_CHANNEL:
        deviate_channel(m, &plan->site.channels.items[element->index], guide, late_s);
        break;
    case MU_HAZOP_EQUIPMENT:
        deviate_equipment(m, &plan->site.equipment.items[element->index], guide);
        break;
    case MU_HAZOP_KINDS:
        break;
    }
}

static bool keep_lever(mu_arena *arena, const char *id, const mu_lever_change *changes,
                       uint32_t count, mu_levers *out) {
    mu_lever_change *own = mu_arena_array(arena, (size_t)count + 1, sizeof *own);
    if (own == NULL || id == NULL) {
        return false;
    }
    if (count > 0) {
        memcpy(own, changes, count * sizeof *own);
    }
    mu_lever *lever = &out->levers.items[out->levers.count++];
    *lever = (mu_lever){.id = id};
    lever->changes.items = own;
    lever->changes.count = count;
    return true;
}

mu_status mu_hazop_make(mu_hazop *hazop, const bool guides[MU_HAZOP_GUIDES],
                        const bool kinds[MU_HAZOP_KINDS], double late_s, mu_arena *arena) {
    const size_t room = (size_t)hazop->elements.count * MU_HAZOP_GUIDES + 1;
    making m = {.arena = arena};
    hazop->levers = (mu_levers){.id = "hazop", .lenient = true};
    hazop->levers.levers.items = mu_arena_array(arena, room, sizeof(mu_lever));
    hazop->deviations.items = mu_arena_array(arena, room, sizeof *hazop->deviations.items);
    hazop->deviations.count = 0;
    if (hazop->levers.levers.items == NULL || hazop->deviations.items == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t e = 0; e < hazop->elements.count; e++) {
        const mu_hazop_element *element = &hazop->elements.items[e];
        for (int guide = 0; guide < MU_HAZOP_GUIDES; guide++) {
            m.count = 0;
            if (guides[guide] && kinds[element->kind]) {
                deviate(&m, hazop->plan, element, (mu_hazop_guide)guide, late_s);
            }
            const char *id = mu_arena_print(arena, "%s:%s:%s", mu_hazop_kind_words[element->kind],
                                            element->id, mu_hazop_guide_words[guide]);
            if (m.count > 0 && keep_lever(arena, id, m.changes, m.count, &hazop->levers)) {
                hazop->deviations.items[hazop->deviations.count++] =
                    (mu_deviation){e, (mu_hazop_guide)guide};
            } else if (m.count > 0) {
                return MU_ERR_MEMORY;
            }
        }
    }
    return m.no_memory ? MU_ERR_MEMORY : MU_OK;
}

/* Do two changes meet in one value? */
static bool meet(const mu_lever_change *a, const mu_lever_change *b) {
    const size_t x = strlen(a->pointer), y = strlen(b->pointer), n = x < y ? x : y;
    const char *longer = x < y ? b->pointer : a->pointer;
    return a->in == b->in && strncmp(a->pointer, b->pointer, n) == 0 &&
           (longer[n] == '\0' || longer[n] == '/');
}

/* A lever that has somebody there so many times, when one of them is lost. */
static const char *one_fewer(mu_arena *arena, const mu_lever_change *lever) {
    const size_t length = strlen(lever->pointer);
    char *rest;
    const long count = strtol(lever->value, &rest, 10);
    const bool counts = lever->in == MU_FACTOR_ROSTER && length > 6 &&
                        strcmp(lever->pointer + length - 6, "/count") == 0 && *rest == '\0';
    return counts && count > 1 ? mu_arena_print(arena, "%ld", count - 1) : NULL;
}

/* The lever's changes, then those of the deviation that it leaves standing. False where the lever
 * would undo what is lost by setting the very same value. */
static bool combine(mu_arena *arena, const mu_lever *lever, const mu_lever *loss, bool is_person,
                    mu_lever_change *out, uint32_t *count) {
    bool used = false;
    *count = 0;
    for (uint32_t k = 0; k < lever->changes.count; k++) {
        out[*count] = lever->changes.items[k];
        for (uint32_t j = 0; j < loss->changes.count; j++) {
            if (!meet(&out[*count], &loss->changes.items[j])) {
                continue;
            }
            const char *fewer = is_person ? one_fewer(arena, &out[*count]) : NULL;
            if (fewer == NULL) {
                return false;
            }
            out[*count].value = fewer;
            used = true;
        }
        (*count)++;
    }
    for (uint32_t j = 0; j < loss->changes.count && !used; j++) {
        out[(*count)++] = loss->changes.items[j];
    }
    return true;
}

static bool combine_all(const mu_hazop *hazop, const mu_levers *catalogue, uint32_t deviation,
                        mu_arena *arena, mu_levers *out) {
    const mu_lever *loss = &hazop->levers.levers.items[deviation];
    const mu_deviation *what = &hazop->deviations.items[deviation];
    const bool person = hazop->elements.items[what->element].kind == MU_HAZOP_MEMBER &&
                        what->guide == MU_HAZOP_LOST;
    bool kept = keep_lever(arena, loss->id, loss->changes.items, loss->changes.count, out);
    for (uint32_t i = 0; i < catalogue->levers.count && kept; i++) {
        const mu_lever *lever = &catalogue->levers.items[i];
        mu_lever_change changes[32];
        uint32_t count;
        if (combine(arena, lever, loss, person, changes, &count)) {
            kept = keep_lever(arena, mu_arena_print(arena, "%s+%s", loss->id, lever->id), changes,
                              count, out);
        }
    }
    return kept;
}

mu_status mu_hazop_remedies(const mu_hazop *hazop, const mu_levers *catalogue,
                            const mu_hazop_finding *findings, uint32_t count, uint32_t most,
                            mu_arena *arena, mu_levers *out) {
    const size_t room = (size_t)most * (catalogue->levers.count + 1) + 1;
    *out = (mu_levers){.id = "hazop-remedies", .lenient = true};
    out->levers.items = mu_arena_array(arena, room, sizeof *out->levers.items);
    uint32_t taken = 0;
    bool kept = out->levers.items != NULL;
    for (uint32_t i = 0; i < count && kept && taken < most; i++) {
        if (findings[i].is_single) {
            kept = combine_all(hazop, catalogue, findings[i].deviation, arena, out);
            taken++;
        }
    }
    return kept ? MU_OK : MU_ERR_MEMORY;
}
