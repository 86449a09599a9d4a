/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules share, and their order. */
#include "audit/lint.h"

#include <string.h>

#include "core/i18n.h"

const char *mu_lint_kind_name(mu_lint_kind kind) {
    static const char *const names[MU_LINT_KIND_COUNT] = {"contradiction", "arithmetic", "hours",
                                                          "danger", "weaker"};
    return names[kind];
}

const char *mu_lint_kind_title(mu_lint_kind kind) {
    static const char *const titles[MU_LINT_KIND_COUNT] = {
        N_("Clauses that contradict each other"), N_("Cannot be met by arithmetic"),
        N_("More hours than there are"), N_("Endangers people"),
        N_("Weaker than published guidance")};
    return titles[kind];
}

const char *mu_sure_name(mu_sure sure) {
    static const char *const names[MU_SURE_COUNT] = {"own", "read", "confirmed"};
    return names[sure];
}

const char *mu_sure_title(mu_sure sure) {
    static const char *const titles[MU_SURE_COUNT] = {
        "", N_("read in a copy of the text"),
        N_("quoted so by others; read it before you quote it")};
    return sure == MU_SURE_OWN ? "" : _(titles[sure]);
}

void mu_lint_add(mu_lint *lint, mu_lint_item item) {
    if (lint->items.count == lint->room) {
        const uint32_t room = 2 * lint->room + 32;
        mu_lint_item *items = mu_arena_array(lint->plan->arena, room, sizeof *items);
        if (items == NULL) {
            lint->no_memory = true;
            return;
        }
        if (lint->items.count > 0) {
            memcpy(items, lint->items.items, lint->items.count * sizeof *items);
        }
        lint->items.items = items;
        lint->room = room;
    }
    lint->items.items[lint->items.count++] = item;
}

bool mu_lint_counts(const mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    return !given->off && given->same_as.id == NULL;
}

bool mu_lint_is(const char *text, const char *word) {
    return text != NULL && strcmp(text, word) == 0;
}

bool mu_lint_begins(const char *term, const char *with) {
    const size_t length = strlen(with);
    return term != NULL && strncmp(term, with, length) == 0 &&
           (term[length] == 0 || term[length] == ':' || term[length] == '@');
}

const mu_demand *mu_lint_demand(const mu_clause *clause, const char *name) {
    for (uint32_t d = 0; d < clause->demands.count; d++) {
        if (strcmp(clause->demands.items[d].name, name) == 0) {
            return &clause->demands.items[d];
        }
    }
    return NULL;
}

double mu_lint_limit_s(const mu_clause *clause) {
    return clause->kind == MU_CLAUSE_DEADLINE && clause->demands.count > 0
               ? clause->demands.items[0].value * mu_judge_seconds(clause->demands.items[0].unit)
               : 0;
}

mu_status mu_lint_run(const mu_year_plan *plan, const mu_playbook_list *playbooks,
                      const char *language, mu_lint *out) {
    *out = (mu_lint){.plan = plan, .playbooks = playbooks, .language = language};
    mu_lint_contradictions(out);
    mu_lint_arithmetic(out);
    mu_lint_hours(out);
    mu_lint_dangers(out);
    mu_lint_guidance(out);
    return out->no_memory || mu_arena_lacks_memory(plan->arena) ? MU_ERR_MEMORY : MU_OK;
}
