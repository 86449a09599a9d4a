/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clauses of a security work system as data: what each demands, and what it is judged on. */
#ifndef MU_POLICY_POLICY_H
#define MU_POLICY_POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/given.h"
#include "core/loader.h"

typedef enum mu_clause_kind {
    MU_CLAUSE_DEADLINE, /* a time from one event to another */
    MU_CLAUSE_RATE,     /* how often */
    MU_CLAUSE_COVERAGE, /* a share */
    MU_CLAUSE_STOCK,    /* a quantity */
    MU_CLAUSE_PHYSICAL, /* a property of the site */
    MU_CLAUSE_DISTANCE,
    MU_CLAUSE_PROCESS,  /* a step that must exist and happen */
    MU_CLAUSE_OUTCOME   /* a score computed */
} mu_clause_kind;

typedef enum mu_basis {
    MU_BASIS_STATED,  /* the source says it, number included */
    MU_BASIS_ASSUMED, /* the source says 'at once'; the number is ours */
    MU_BASIS_EXAMPLE  /* given by the source as an illustration: informs, off by default */
} mu_basis;

/* How a verdict is reached. */
typedef enum mu_how {
    MU_HOW_SIMULATED, /* from the log of an incident */
    MU_HOW_SCHEDULED, /* from the year's workload and rosters */
    MU_HOW_DECLARED   /* audited from what the planner states */
} mu_how;

/* What of several occurrences in one run is judged. */
typedef enum mu_statistic {
    MU_STATISTIC_FIRST, /* the first end after the first start */
    MU_STATISTIC_EACH,  /* every start: the worst of them */
    MU_STATISTIC_MEAN,  /* over all occurrences of all runs: judged on the mean */
    MU_STATISTIC_LEAST, /* of numbers: the lowest has to be at least the demand */
    MU_STATISTIC_MOST   /* … the highest at most */
} mu_statistic;

/* One demand of a clause: the limit that is judged, never a setting of the site. */
typedef struct mu_demand {
    const char *name; /* "limit", "interval", "radius", "persons", "coverage", … */
    double value;
    const char *unit; /* "s", "m", "1", "persons", "d", "months", "t", … */
} mu_demand;

typedef struct mu_clause {
    mu_origin origin;
    const char *id;     /* place in the source: chapter.section.item plus a letter */
    const char *source; /* document and place, as printed */
    const char *system; /* "command", "police", "package", … */
    mu_clause_kind kind;
    mu_basis basis;
    bool off;           /* not judged unless a policy switches it on */
    const char *owner;  /* role that answers for it: "security_head", … */
    int64_t severity;   /* 1 (minor) .. 5 (lives) if missed: the risk matrix's column */
    const char *capability; /* exercise capability it belongs to */
    mu_text title;      /* a few words */
    mu_text text;       /* the demand, in our words */
    MU_LIST_OF(mu_demand) demands; /* the first one is the limit */
    const char *start;  /* term that starts it ("notified:police"); NULL = not by an incident */
    const char *end;    /* term that ends it; NULL as above */
    mu_statistic statistic;
    MU_LIST_OF(int) judged_by; /* of mu_how: where it can be judged once every part is built */
    const char *audit;  /* what of site, roster and playbooks the audit compares with it: a word of
                           audit.h; NULL = what its milestone 'measured' names, if it has one */
    mu_ref same_as;     /* judged there, reported here too */
    mu_text note;       /* what the source leaves open */
} mu_clause;

/* One number of a clause as this policy sets it, where the policy is based on another. */
typedef struct mu_change {
    mu_origin origin;
    mu_ref clause;
    const char *demand; /* name of the demand; NULL = the limit (the first) */
    double value;     /* below 0: none is given */
    const char *unit; /* NULL = as it was */
    bool switches;    /* this change is about `off`, not about a number */
    bool off;
} mu_change;

typedef struct mu_policy {
    const char *id;
    mu_text name;
    mu_text story;
    const char *based_on;  /* another policy file that this one changes; may be NULL */
    MU_LIST_OF(mu_change) changes; /* to clauses of the policy that it is based on */
    double required_share; /* of deciding runs that must meet a clause, 0..1 */
    MU_LIST_OF(mu_clause) clauses;
} mu_policy;

/* The file kind "muster.policy"; its root struct is mu_policy. */
extern const mu_file_kind mu_policy_file;

/* Reads a policy and, where it is based on another, that one before it: its own clauses replace those
 * with the same id or are added. Before mu_loader_resolve. */
MU_MUST_USE mu_status mu_policy_read(mu_loader *loader, mu_arena *arena, const char *file,
                                     mu_diags *diags, mu_policy *out);
/* Applies `changes`, once references are resolved. */
void mu_policy_apply(mu_policy *policy, mu_diags *diags);

extern const mu_record_type mu_clause_type;

const char *mu_clause_kind_name(mu_clause_kind kind);
const char *mu_basis_name(mu_basis basis);
const char *mu_how_name(mu_how how);
const char *mu_statistic_name(mu_statistic statistic);

#endif
