/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Branches and entries. An entry is carried out in the simulation, kept, and written to the file,
 * in this order; reading a file does the first two again with what stands there. */
#include "core/grow.h"
#include "drill/tabletop/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/i18n.h"

/* Of the memory for copies: the first branch has what the session's definition says, every other
 * one a part of it, so that a full tree stays below a gigabyte. */
static const uint64_t BRANCH_BYTES = UINT64_C(40) << 20;
/* How often the file learns how far the session has come. */
static const int64_t SEEN_EVERY_S = 5;

static const mu_exercise *exercise_of(const mu_tabletop *t) {
    return &t->plan->incident.exercise;
}

static const char *copied(mu_tabletop *t, const char *text) {
    const char *copy = text == NULL || text[0] == 0 ? "" : mu_arena_copy(t->arena, text);
    return copy != NULL ? copy : "";
}

static mu_status resolve_injects(mu_tabletop *t) {
    const uint32_t count = exercise_of(t)->injects.count;
    t->inject_acts = mu_arena_array(t->arena, (size_t)count + 1, sizeof *t->inject_acts);
    for (uint32_t i = 0; t->inject_acts != NULL && i < count; i++) {
        t->inject_acts[i] = mu_exercise_act(t->plan, &exercise_of(t)->injects.items[i]);
    }
    return t->inject_acts == NULL ? MU_ERR_MEMORY : MU_OK;
}

mu_status mu_tabletop_make(const mu_tabletop_def *def, mu_tabletop **out, mu_diags *diags) {
    mu_tabletop *t = calloc(1, sizeof *t);
    if (t == NULL) {
        return MU_ERR_MEMORY;
    }
    *t = (mu_tabletop){.def = *def,
                       .plan = def->session.plan,
                       .arena = mu_arena_create(),
                       .names = mu_log_names_create(def->session.plan),
                       .file = -1,
                       .wall_s = def->wall_s};
    mu_status status = t->arena == NULL || t->names == NULL ? MU_ERR_MEMORY : resolve_injects(t);
    if (status == MU_OK) {
        status = mu_session_create(&def->session, &t->limbs[0].session);
    }
    if (status != MU_OK) {
        mu_diags_add(diags, MU_ERROR, "memory", NULL, NULL, _("there is not enough memory"));
        mu_tabletop_destroy(t);
        return status;
    }
    t->limbs[0].seen = (mu_branch){.name = "A", .parent = MU_NOWHERE};
    t->limbs[0].made_at = MU_NOWHERE;
    t->limb_count = 1;
    *out = t;
    return MU_OK;
}

mu_status mu_tabletop_create(const mu_tabletop_def *def, mu_tabletop **out, mu_diags *diags) {
    mu_status status = mu_tabletop_make(def, out, diags);
    if (status == MU_OK && def->path != NULL) {
        status = mu_journal_create(*out, diags);
        if (status != MU_OK) {
            mu_tabletop_destroy(*out);
            *out = NULL;
        }
    }
    return status;
}

mu_status mu_tabletop_save_to(mu_tabletop *tabletop, const char *path, mu_diags *diags) {
    mu_tabletop *t = tabletop;
    t->def.path = mu_arena_copy(t->arena, path);
    mu_status status = t->def.path == NULL ? MU_ERR_MEMORY : mu_journal_create(t, diags);
    for (uint32_t e = 0; status == MU_OK && e < t->entries.count; e++) {
        status = mu_journal_append(t, &t->entries.items[e]);
    }
    return status;
}

mu_status mu_tabletop_resume(const mu_tabletop_def *def, mu_tabletop **out, mu_diags *diags) {
    mu_status status = mu_tabletop_make(def, out, diags);
    if (status == MU_OK) {
        status = mu_journal_replay(*out, diags);
        if (status != MU_OK) {
            mu_tabletop_destroy(*out);
            *out = NULL;
        }
    }
    return status;
}

void mu_tabletop_destroy(mu_tabletop *tabletop) {
    mu_tabletop *t = tabletop;
    if (t == NULL) {
        return;
    }
    for (uint32_t b = t->limb_count; b > 0; b--) { /* children before their parents */
        mu_session_destroy(t->limbs[b - 1].session);
    }
    if (t->file >= 0) {
        (void)close(t->file);
    }
    mu_log_names_destroy(t->names);
    mu_arena_destroy(t->arena);
    free(t->entries.items);
    free(t->draft_text);
    free(t);
}

void mu_tabletop_wall(mu_tabletop *tabletop, int64_t wall_s) {
    tabletop->wall_s = wall_s;
}

/* --- branches --- */

uint32_t mu_tabletop_branch_count(const mu_tabletop *tabletop) {
    return tabletop->limb_count;
}

const mu_branch *mu_tabletop_branch(const mu_tabletop *tabletop, uint32_t branch) {
    return &tabletop->limbs[branch].seen;
}

uint32_t mu_tabletop_here(const mu_tabletop *tabletop) {
    return tabletop->here;
}

mu_session *mu_tabletop_session(const mu_tabletop *tabletop, uint32_t branch) {
    return tabletop->limbs[branch].session;
}

static mu_session *present(const mu_tabletop *t) {
    return t->limbs[t->here].session;
}

static mu_time now_of(const mu_tabletop *t) {
    return mu_session_now(present(t));
}

/* --- entries --- */

static mu_status keep(mu_tabletop *t, const mu_entry *entry) {
    mu_entry *items =
        mu_grow(t->entries.items, t->entries.count, &t->entry_capacity, sizeof *items);
    if (items == NULL) {
        return MU_ERR_MEMORY;
    }
    t->entries.items = items;
    mu_entry *kept = &t->entries.items[t->entries.count++];
    *kept = *entry;
    for (int k = 0; k < MU_SAID_COUNT; k++) {
        kept->said[k] = copied(t, entry->said[k]);
    }
    return MU_OK;
}

static mu_status part_from(mu_tabletop *t, const mu_entry *entry) {
    mu_limb *limb = &t->limbs[t->limb_count];
    mu_session *from = t->limbs[entry->parent].session;
    (void)mu_session_seek(from, entry->time_us, 0);
    const mu_status status = mu_session_branch(from, BRANCH_BYTES, &limb->session);
    if (status != MU_OK) {
        return status;
    }
    limb->seen = (mu_branch){.name = copied(t, entry->said[MU_SAID_WHAT]),
                             .parent = entry->parent,
                             .parted_us = entry->time_us,
                             .lived_us = entry->time_us};
    limb->made_at = t->entries.count;
    t->here = t->limb_count++;
    return MU_OK;
}

/* Whatever the entry does to the simulation. */
static mu_status carry_out(mu_tabletop *t, const mu_entry *entry) {
    if (entry->kind == MU_ENTRY_BRANCH) {
        return t->limb_count < MU_BRANCHES_MOST ? part_from(t, entry) : MU_ERR_LIMIT;
    }
    t->here = entry->branch;
    mu_session *session = present(t);
    if (entry->act.kind != MU_ACT_NONE) {
        (void)mu_session_seek(session, entry->time_us, 0);
        mu_act act = entry->act;
        return mu_session_act(session, &act);
    }
    return MU_OK;
}

static void note_lived(mu_tabletop *t, const mu_entry *entry) {
    mu_branch *seen = &t->limbs[t->here].seen;
    seen->lived_us = seen->lived_us > entry->time_us ? seen->lived_us : entry->time_us;
}

mu_status mu_tabletop_redo(mu_tabletop *tabletop, const mu_entry *entry) {
    mu_tabletop *t = tabletop;
    mu_status status = carry_out(t, entry);
    if (status == MU_OK) {
        note_lived(t, entry);
        status = keep(t, entry);
    }
    return status;
}

static mu_status make_entry(mu_tabletop *t, mu_entry *entry) {
    entry->wall_s = t->wall_s;
    entry->time_us = now_of(t);
    if (entry->kind != MU_ENTRY_BRANCH) {
        entry->branch = t->here;
    }
    mu_status status = mu_tabletop_redo(t, entry);
    if (status == MU_OK) {
        status = mu_journal_append(t, &t->entries.items[t->entries.count - 1]);
    }
    return status;
}

mu_status mu_tabletop_part(mu_tabletop *tabletop, const char *name) {
    mu_tabletop *t = tabletop;
    char letter[2] = {(char)('A' + t->limb_count), 0};
    mu_entry entry = {.kind = MU_ENTRY_BRANCH,
                      .branch = t->limb_count,
                      .parent = t->here,
                      .inject = MU_NO_INJECT};
    entry.said[MU_SAID_WHAT] = name != NULL && name[0] != 0 ? name : letter;
    return make_entry(t, &entry);
}

/* Before something is sent or decided: has this branch been seen beyond now? */
static mu_status branch_off_if_rewound(mu_tabletop *t) {
    return now_of(t) < t->limbs[t->here].seen.lived_us ? mu_tabletop_part(t, NULL) : MU_OK;
}

mu_status mu_tabletop_seen(mu_tabletop *tabletop) {
    mu_tabletop *t = tabletop;
    mu_branch *seen = &t->limbs[t->here].seen;
    const mu_time now = now_of(t);
    const bool farther = now > seen->lived_us;
    seen->lived_us = farther ? now : seen->lived_us;
    if (farther && t->file >= 0 && t->wall_s >= t->seen_wall_s + SEEN_EVERY_S) {
        const mu_entry entry = {.kind = MU_ENTRY_SEEN,
                                .branch = t->here,
                                .time_us = now,
                                .wall_s = t->wall_s,
                                .inject = MU_NO_INJECT};
        t->seen_wall_s = t->wall_s;
        return mu_journal_append(t, &entry);
    }
    return MU_OK;
}

void mu_tabletop_go(mu_tabletop *tabletop, uint32_t branch) {
    tabletop->here = branch < tabletop->limb_count ? branch : tabletop->here;
}

uint32_t mu_tabletop_entry_count(const mu_tabletop *tabletop) {
    return tabletop->entries.count;
}

const mu_entry *mu_tabletop_entry(const mu_tabletop *tabletop, uint32_t entry) {
    return &tabletop->entries.items[entry];
}

bool mu_tabletop_belongs(const mu_tabletop *tabletop, uint32_t entry, uint32_t branch) {
    const mu_tabletop *t = tabletop;
    const mu_entry *one = &t->entries.items[entry];
    uint32_t before = t->entries.count;
    mu_time until = MU_NEVER;
    for (uint32_t b = branch; b != MU_NOWHERE; b = t->limbs[b].seen.parent) {
        if (one->branch == b) {
            return entry < before && one->time_us <= until;
        }
        before = t->limbs[b].made_at < before ? t->limbs[b].made_at : before;
        until = t->limbs[b].seen.parted_us < until ? t->limbs[b].seen.parted_us : until;
    }
    return false;
}

/* --- the exercise --- */

const mu_text *mu_tabletop_goals(const mu_tabletop *tabletop, uint32_t *count) {
    *count = exercise_of(tabletop)->goals.count;
    return exercise_of(tabletop)->goals.items;
}

uint32_t mu_tabletop_role_count(const mu_tabletop *tabletop) {
    return exercise_of(tabletop)->roles.count;
}

mu_text mu_tabletop_role(const mu_tabletop *tabletop, uint32_t role, uint32_t *part) {
    const mu_exercise_role *one = &exercise_of(tabletop)->roles.items[role];
    *part = (uint32_t)one->part;
    return one->name;
}

mu_text mu_tabletop_stop_word(const mu_tabletop *tabletop) {
    return exercise_of(tabletop)->stop_word;
}

uint32_t mu_tabletop_inject_count(const mu_tabletop *tabletop) {
    return exercise_of(tabletop)->injects.count;
}

mu_inject_now mu_tabletop_inject(const mu_tabletop *tabletop, uint32_t inject,
                                 const char *language) {
    const mu_tabletop *t = tabletop;
    const mu_inject *given = &exercise_of(t)->injects.items[inject];
    mu_inject_now now = {.id = given->id,
                         .name = mu_text_in(given->name, language),
                         .text = mu_text_in(given->text, language),
                         .from = mu_text_in(given->from, language),
                         .to = mu_text_in(given->to, language),
                         .method = mu_text_in(given->method, language),
                         .question = mu_text_in(given->question, language),
                         .expected = mu_text_in(given->expected, language),
                         .objective = mu_text_in(given->objective, language),
                         .due_us = mu_time_from_s(given->at_s),
                         .state = MU_INJECT_WAITING,
                         .act = t->inject_acts[inject]};
    for (uint32_t e = 0; e < t->entries.count; e++) {
        const mu_entry *entry = &t->entries.items[e];
        if (entry->inject != inject || !mu_tabletop_belongs(t, e, t->here)) {
            continue;
        }
        if (entry->kind == MU_ENTRY_POSTPONED) {
            now.due_us = entry->until_us;
        } else if (entry->kind == MU_ENTRY_SENT || entry->kind == MU_ENTRY_SKIPPED) {
            now.state = entry->kind == MU_ENTRY_SENT ? MU_INJECT_SENT : MU_INJECT_SKIPPED;
            now.due_us = entry->time_us;
        }
    }
    return now;
}

/* What cannot be done any more (the door is shut already) is sent all the same: players hear it. */
static mu_act act_if_possible(const mu_tabletop *t, mu_act act) {
    return act.kind != MU_ACT_NONE && mu_session_can_act(present(t), &act) ? act : (mu_act){0};
}

mu_status mu_tabletop_send(mu_tabletop *tabletop, uint32_t inject) {
    mu_status status = branch_off_if_rewound(tabletop);
    if (status != MU_OK) {
        return status;
    }
    mu_entry entry = {.kind = MU_ENTRY_SENT,
                      .inject = inject,
                      .act = act_if_possible(tabletop, tabletop->inject_acts[inject])};
    return make_entry(tabletop, &entry);
}

mu_status mu_tabletop_skip(mu_tabletop *tabletop, uint32_t inject) {
    mu_entry entry = {.kind = MU_ENTRY_SKIPPED, .inject = inject};
    return make_entry(tabletop, &entry);
}

mu_status mu_tabletop_postpone(mu_tabletop *tabletop, uint32_t inject, mu_time by_us) {
    const mu_time due = mu_tabletop_inject(tabletop, inject, "en").due_us;
    const mu_time from = due > now_of(tabletop) ? due : now_of(tabletop);
    mu_entry entry = {.kind = MU_ENTRY_POSTPONED, .inject = inject, .until_us = from + by_us};
    return make_entry(tabletop, &entry);
}

mu_status mu_tabletop_enter(mu_tabletop *tabletop, const mu_entry *entry) {
    mu_tabletop *t = tabletop;
    mu_entry made = {.kind = entry->kind, .inject = MU_NO_INJECT};
    for (int k = 0; k < MU_SAID_COUNT; k++) {
        made.said[k] = entry->said[k] != NULL ? entry->said[k] : "";
    }
    mu_status status = entry->kind == MU_ENTRY_NOTE ? MU_OK : branch_off_if_rewound(t);
    if (status == MU_OK) {
        made.act = act_if_possible(t, entry->act);
        status = make_entry(t, &made);
    }
    if (status == MU_OK) {
        t->draft.kind = MU_ENTRY_KIND_COUNT;
    }
    return status;
}

mu_status mu_tabletop_keep_draft(mu_tabletop *tabletop, const mu_entry *draft) {
    mu_tabletop *t = tabletop;
    size_t room = MU_SAID_COUNT;
    for (int k = 0; k < MU_SAID_COUNT; k++) {
        room += strlen(draft->said[k]);
    }
    char *text = malloc(room), *at = text;
    if (text == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_entry kept = *draft;
    kept.kind = MU_ENTRY_DRAFT;
    for (int k = 0; k < MU_SAID_COUNT; k++) {
        const size_t bytes = strlen(draft->said[k]) + 1;
        memcpy(at, draft->said[k], bytes);
        kept.said[k] = at;
        at += bytes;
    }
    free(t->draft_text);
    t->draft_text = text;
    t->draft = kept;
    return MU_OK;
}

mu_status mu_tabletop_type(mu_tabletop *tabletop, mu_entry_kind form, const char *const *said) {
    mu_tabletop *t = tabletop;
    mu_entry draft = {.kind = MU_ENTRY_DRAFT,
                      .form = (uint32_t)form,
                      .branch = t->here,
                      .time_us = now_of(t),
                      .wall_s = t->wall_s,
                      .inject = MU_NO_INJECT};
    for (int k = 0; k < MU_SAID_COUNT; k++) {
        draft.said[k] = said[k] != NULL ? said[k] : "";
    }
    const mu_status status = mu_tabletop_keep_draft(t, &draft);
    return status == MU_OK ? mu_journal_append(t, &t->draft) : status;
}

const mu_entry *mu_tabletop_draft(const mu_tabletop *tabletop) {
    const mu_entry *draft = &tabletop->draft;
    bool any = false;
    for (int k = 0; draft->kind == MU_ENTRY_DRAFT && k < MU_SAID_COUNT; k++) {
        any = any || draft->said[k][0] != 0;
    }
    return any ? draft : NULL;
}

mu_status mu_tabletop_stop(mu_tabletop *tabletop, bool stopped) {
    mu_entry entry = {.kind = stopped ? MU_ENTRY_STOPPED : MU_ENTRY_RESUMED,
                      .inject = MU_NO_INJECT};
    return make_entry(tabletop, &entry);
}

bool mu_tabletop_is_stopped(const mu_tabletop *tabletop) {
    for (uint32_t e = tabletop->entries.count; e > 0; e--) {
        const uint32_t kind = tabletop->entries.items[e - 1].kind;
        if (kind == MU_ENTRY_STOPPED || kind == MU_ENTRY_RESUMED) {
            return kind == MU_ENTRY_STOPPED;
        }
    }
    return false;
}
