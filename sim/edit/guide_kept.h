/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What clause_guide.c keeps for a project, as long as nothing changes. */
#ifndef MU_EDIT_GUIDE_KEPT_H
#define MU_EDIT_GUIDE_KEPT_H

#include "edit/project.h"
#include "muster/clause_guide.h"

enum { MU_GUIDE_ANSWERS = 64 };

typedef struct mu_guide_kept {
    mu_arena *arena;
    const char **terms;
    uint32_t term_count;
    uint64_t version; /* one more than the project's */
    struct mu_guide_answer {
        char asked[300];
        mu_guide_words words;
    } answers[MU_GUIDE_ANSWERS]; /* lists that were asked for */
    uint32_t answer_count;
    mu_clause_draft draft; /* whose sentence it is */
    char language[4];
    const char *sentence;
} mu_guide_kept;

void mu_guide_destroy(mu_guide_kept *kept);

#endif
