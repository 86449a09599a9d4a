/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `lint`, `audit` and `year` are given: a site, and beside it, unless named, its roster and
 * its year; a policy; a folder of playbooks. */
#ifndef MUSTER_TOOLS_HOUSE_H
#define MUSTER_TOOLS_HOUSE_H

#include "audit/audit.h"

typedef struct mu_house_asked {
    const char *command;
    const char *site, *policy, *roster, *year, *playbooks; /* NULL = not named */
    bool needs_year;
} mu_house_asked;

typedef struct mu_house {
    mu_year_plan *plan;
    mu_playbook_list playbooks;
    bool has_playbooks;
    mu_diags *diags;
    size_t told; /* how many of them have been printed */
} mu_house;

/* Reads everything and prints what is wrong. False: complained, *status says how it ended, and
 * nothing has to be closed. */
bool mu_house_open(const mu_house_asked *asked, mu_house *out, int *status);
/* Prints what has been found wrong since. */
void mu_house_close(mu_house *house);
/* The playbooks, or NULL where none were asked for. */
static inline const mu_playbook_list *mu_house_playbooks(const mu_house *house) {
    return house->has_playbooks ? &house->playbooks : NULL;
}

/* Writes a text that was got from malloc to a file, and frees it; NULL: memory ran out. */
MU_MUST_USE mu_status mu_house_write(const mu_house *house, const char *path, char *text);

/* A text of a file in the language chosen. */
const char *mu_house_text(const mu_text *text);
#endif
