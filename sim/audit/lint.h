/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lint: what is wrong with a policy before anything is played. Clauses that contradict each
 * other, that this site or this roster cannot meet by arithmetic, that ask for more hours than
 * there are, that endanger people, or that are weaker than published guidance. Each finding names
 * the clause, what it is held against and where that is written. */
#ifndef MU_AUDIT_LINT_H
#define MU_AUDIT_LINT_H

#include "audit/audit.h"

typedef enum mu_lint_kind {
    MU_LINT_CONTRADICTION,
    MU_LINT_ARITHMETIC,
    MU_LINT_HOURS,
    MU_LINT_DANGER,
    MU_LINT_WEAKER,
    MU_LINT_KIND_COUNT
} mu_lint_kind;
/* "contradiction", …; and as people read it, marked for translation. */
const char *mu_lint_kind_name(mu_lint_kind kind);
const char *mu_lint_kind_title(mu_lint_kind kind);

/* How sure it is what the source says. */
typedef enum mu_sure {
    MU_SURE_OWN,       /* the policy itself, or arithmetic */
    MU_SURE_READ,      /* the passage was read, in a copy of the text */
    MU_SURE_CONFIRMED, /* others quote it so */
    MU_SURE_COUNT
} mu_sure;
const char *mu_sure_name(mu_sure sure);
const char *mu_sure_title(mu_sure sure);

typedef struct mu_lint_item {
    mu_lint_kind kind;
    uint32_t clause;     /* MU_NONE: it is about the roster as a whole */
    uint32_t other;      /* the clause that it is held against; MU_NONE */
    const char *what;    /* what is wrong, with the numbers; translated */
    const char *against; /* text that it is held against, where that is no clause; NULL */
    const char *source;  /* where that is written */
    mu_sure sure;
    const char *advice; /* what could be done; translated */
} mu_lint_item;

typedef struct mu_lint {
    const mu_year_plan *plan;
    const mu_playbook_list *playbooks; /* may be NULL */
    const char *language;
    MU_LIST_OF(mu_lint_item) items;
    uint32_t room;
    bool no_memory;
} mu_lint;

/* Everything that is wrong, by kind. Memory is the plan's arena. */
MU_MUST_USE mu_status mu_lint_run(const mu_year_plan *plan, const mu_playbook_list *playbooks,
                                  const char *language, mu_lint *out);

/* For the rules. */
void mu_lint_add(mu_lint *lint, mu_lint_item item);
static inline const mu_clause *mu_lint_clause(const mu_lint *lint, uint32_t clause) {
    return &lint->plan->policy.clauses.items[clause];
}
/* Is the clause in force, and no mere repeat of another? */
bool mu_lint_counts(const mu_lint *lint, uint32_t clause);
bool mu_lint_is(const char *text, const char *word);
/* Does the term begin with this: "discharged" or "arrived:police"? */
bool mu_lint_begins(const char *term, const char *with);
/* The number of a demand; NULL where there is none of this name. */
const mu_demand *mu_lint_demand(const mu_clause *clause, const char *name);
/* The limit of a deadline in seconds; 0 = it has none. */
double mu_lint_limit_s(const mu_clause *clause);

/* The rules: lint_clauses.c, lint_site.c, lint_hours.c, lint_guidance.c. */
void mu_lint_contradictions(mu_lint *lint);
void mu_lint_arithmetic(mu_lint *lint);
void mu_lint_hours(mu_lint *lint);
void mu_lint_dangers(mu_lint *lint);
void mu_lint_guidance(mu_lint *lint);

#endif
