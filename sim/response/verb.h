/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The closed vocabulary of what a playbook step can do: MU_VERB rows in verb_list.h. */
#ifndef MU_RESPONSE_VERB_H
#define MU_RESPONSE_VERB_H

#include "muster/log.h"

typedef enum mu_verb {
#define MU_VERB(NAME, word, milestone, object, meaning) MU_VERB_##NAME,
#include "response/verb_list.h"
#undef MU_VERB
    MU_VERB_COUNT
} mu_verb;

/* What a verb's `object` must be. */
typedef enum mu_object_rule {
    MU_OBJECT_WORD, /* any word; it becomes the milestone's object */
    MU_OBJECT_ROLE, /* a role of the roster, or "all" */
    MU_OBJECT_LEVEL, /* yellow, orange, red */
    MU_OBJECT_ZONE  /* site, building, radius, a portal zone label, a space or a level */
} mu_object_rule;

const char *mu_verb_word(mu_verb verb);
const char *mu_verb_meaning(mu_verb verb);
mu_record_kind mu_verb_milestone(mu_verb verb);
mu_object_rule mu_verb_object(mu_verb verb);
/* The words in order, NULL-terminated: the keywords of a playbook's `verb` field. */
const char *const *mu_verb_words(void);

#endif
