/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may leave the organisation: a file without names, posts and places of equipment. What is
 * kept of a kind of file is a list (redact_rules.c); whatever is not on it stays behind, so that a
 * field that comes later is not given away by being forgotten.
 *
 * Ids become "space.3", the same in all files that one mu_redactor has redacted; outlines keep
 * their shape and lie at the origin. Another page that is written without names carries the same
 * marking (mu_redact_band). */
#ifndef MU_DRILL_REDACT_H
#define MU_DRILL_REDACT_H

#include <stddef.h>

#include "core/loader.h"

typedef enum mu_redaction {
    MU_REDACT_KEEP,  /* a number, a truth, or a word of a list that the format itself closes */
    MU_REDACT_USE,   /* what a room is for; where that alone would be telling, "other" */
    MU_REDACT_NAME,  /* an id or label, or a list of them: "space.3" */
    MU_REDACT_MOVE,  /* points: moved so that the site begins at 0, 0 */
    MU_REDACT_EMPTY, /* the format asks for it: null, or an empty list */
} mu_redaction;

typedef struct mu_redact_rule {
    const char *path; /* keys from the root, joined by dots: "spaces.polygon" */
    mu_redaction how;
    const char *word; /* MU_REDACT_NAME: what it is called, "space" */
} mu_redact_rule;

/* What is kept of a kind of file; NULL where such files cannot be redacted. Ends with a NULL path.
 */
const mu_redact_rule *mu_redact_rules(const mu_file_kind *kind);

/* The line that stands on everything redacted, in the language in force. */
const char *mu_redact_band(void);

typedef struct mu_redactor mu_redactor;

/* NULL where there is no memory. */
mu_redactor *mu_redactor_create(void);
void mu_redactor_destroy(mu_redactor *redactor);

/* The redacted text of a file, got from malloc, in *out. The text must have been read without
 * faults as a file of this kind. MU_ERR_INPUT: it cannot be redacted. */
MU_MUST_USE mu_status mu_redact(mu_redactor *redactor, const mu_file_kind *kind, const char *text,
                                size_t length, char **out);

/* An incident that plays the evacuation of a redacted site: beside it in site.json, with its roster
 * in roster.json, a policy that demands nothing and a playbook that sounds the alarm. Only how it
 * is played is taken from the incident. As above. */
MU_MUST_USE mu_status mu_redact_incident(const char *text, size_t length, char **out);
const char *mu_redact_policy(void);   /* policy.json */
const char *mu_redact_playbook(void); /* playbook.json */

/* The results of runs as one page for people, from the text of a redacted metrics file: it can name
 * nothing that is not in there. NULL where there is no memory. */
char *mu_redacted_page(const char *metrics, size_t length, const char *language);

#endif
