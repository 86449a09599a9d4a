/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a tabletop share. */
#ifndef MU_DRILL_TABLETOP_INSIDE_H
#define MU_DRILL_TABLETOP_INSIDE_H

#include "drill/log_names.h"
#include "drill/picture/inside.h"
#include "muster/tabletop.h"

typedef struct mu_limb {
    mu_branch seen;
    mu_session *session;
    uint32_t made_at; /* the entry that began it; MU_NOWHERE of the first */
} mu_limb;

struct mu_tabletop {
    mu_tabletop_def def;
    const mu_plan *plan;
    mu_arena *arena; /* texts of entries, resolved acts */
    mu_log_names *names;
    mu_limb limbs[MU_BRANCHES_MOST];
    uint32_t limb_count, here;
    MU_LIST_OF(mu_entry) entries;
    uint32_t entry_capacity;
    mu_act *inject_acts; /* per inject of the exercise */
    mu_entry draft;      /* kind DRAFT while there is one */
    char *draft_text;    /* that it points into */
    int file;            /* -1: nothing is saved */
    int64_t wall_s, seen_wall_s, synced_wall_s;
};

/* tabletop.c */
MU_MUST_USE mu_status mu_tabletop_make(const mu_tabletop_def *def, mu_tabletop **out,
                                       mu_diags *diags);
/* Carries an entry out and keeps it, as it stands: for whoever reads a file. */
MU_MUST_USE mu_status mu_tabletop_redo(mu_tabletop *tabletop, const mu_entry *entry);
MU_MUST_USE mu_status mu_tabletop_keep_draft(mu_tabletop *tabletop, const mu_entry *draft);

/* journal.c: the session's file. */
MU_MUST_USE mu_status mu_journal_create(mu_tabletop *tabletop, mu_diags *diags);
MU_MUST_USE mu_status mu_journal_append(mu_tabletop *tabletop, const mu_entry *entry);
/* journal_read.c */
MU_MUST_USE mu_status mu_journal_replay(mu_tabletop *tabletop, mu_diags *diags);
const char *mu_entry_word(mu_entry_kind kind);
extern const char *const mu_said_keys[MU_SAID_COUNT];

#endif
