/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs, expanded from their one list. */
#include "response/verb.h"

#include <stddef.h>

#include "core/i18n.h"

typedef struct verb_row {
    const char *meaning;
    mu_record_kind milestone;
    mu_object_rule object;
} verb_row;

static const verb_row rows[MU_VERB_COUNT] = {
#define MU_VERB(NAME, word, milestone, object, meaning)                                            \
    {meaning, MU_RECORD_##milestone, MU_OBJECT_##object},
#include "response/verb_list.h"
#undef MU_VERB
};

static const char *const words[MU_VERB_COUNT + 1] = {
#define MU_VERB(NAME, word, milestone, object, meaning) word,
#include "response/verb_list.h"
#undef MU_VERB
    NULL};

const char *mu_verb_word(mu_verb verb) {
    return words[verb];
}

const char *mu_verb_meaning(mu_verb verb) {
    return rows[verb].meaning;
}

mu_record_kind mu_verb_milestone(mu_verb verb) {
    return rows[verb].milestone;
}

mu_object_rule mu_verb_object(mu_verb verb) {
    return rows[verb].object;
}

const char *const *mu_verb_words(void) {
    return words;
}
