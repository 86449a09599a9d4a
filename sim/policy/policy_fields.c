/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The policy file as tables of fields. A clause states what is demanded; how the site really
 * behaves stands in the other files. */
#include "policy/policy.h"

#include "core/field.h"
#include "core/i18n.h"

static const char *const clause_kind_words[] = {
    [MU_CLAUSE_DEADLINE] = "deadline", [MU_CLAUSE_RATE] = "rate",
    [MU_CLAUSE_COVERAGE] = "coverage", [MU_CLAUSE_STOCK] = "stock",
    [MU_CLAUSE_PHYSICAL] = "physical", [MU_CLAUSE_DISTANCE] = "distance",
    [MU_CLAUSE_PROCESS] = "process",   [MU_CLAUSE_OUTCOME] = "outcome",
    [MU_CLAUSE_OUTCOME + 1] = NULL,
};

static const char *const basis_words[] = {
    [MU_BASIS_STATED] = "stated",
    [MU_BASIS_ASSUMED] = "assumed",
    [MU_BASIS_EXAMPLE] = "example",
    [MU_BASIS_EXAMPLE + 1] = NULL,
};

static const char *const how_words[] = {
    [MU_HOW_SIMULATED] = "simulated",
    [MU_HOW_SCHEDULED] = "scheduled",
    [MU_HOW_DECLARED] = "declared",
    [MU_HOW_DECLARED + 1] = NULL,
};

static const char *const statistic_words[] = {
    [MU_STATISTIC_FIRST] = "first", [MU_STATISTIC_EACH] = "each", [MU_STATISTIC_MEAN] = "mean",
    [MU_STATISTIC_LEAST] = "least", [MU_STATISTIC_MOST] = "most", [MU_STATISTIC_MOST + 1] = NULL,
};

static const mu_field demand_fields[] = {
    {MU_FIELD_AT(mu_demand, name), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("What is demanded: limit, interval, radius, persons, coverage")},
    {MU_FIELD_AT(mu_demand, value), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 1000000000, .meaning = N_("Its number")},
    {MU_FIELD_AT(mu_demand, unit), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Its unit: s, m, 1, persons, d, months")},
};

static const mu_record_type demand_type = {
    .name = "demand",
    .meaning = N_("One number of a clause"),
    .size = sizeof(mu_demand),
    MU_FIELD_ROWS(demand_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field clause_fields[] = {
    {MU_FIELD_AT(mu_clause, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Place in the source: chapter, section, item and a letter")},
    {MU_FIELD_AT(mu_clause, source), .kind = MU_FIELD_STRING,
     .meaning = N_("Document and place, as printed")},
    {MU_FIELD_AT(mu_clause, system), .kind = MU_FIELD_WORD,
     .meaning = N_("Part of the security system that it belongs to: command, police, package")},
    {MU_FIELD_AT(mu_clause, kind), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = clause_kind_words, .meaning = N_("What kind of demand it is")},
    {MU_FIELD_AT(mu_clause, basis), .kind = MU_FIELD_ENUM, .fallback = MU_BASIS_STATED,
     .names = basis_words,
     .meaning = N_("Whether the source states the number, it is assumed, or given as an example")},
    {MU_FIELD_AT(mu_clause, off), .kind = MU_FIELD_BOOL,
     .meaning = N_("Not judged unless a policy switches it on")},
    {MU_FIELD_AT(mu_clause, owner), .kind = MU_FIELD_WORD,
     .meaning = N_("Role that answers for it")},
    {MU_FIELD_AT(mu_clause, severity), .kind = MU_FIELD_INT, .least = 1, .most = 5, .fallback = 3,
     .unit = "1", .meaning = N_("How bad a miss is: 1 minor to 5 lives")},
    {MU_FIELD_AT(mu_clause, capability), .kind = MU_FIELD_STRING,
     .meaning = N_("Exercise capability that it belongs to")},
    {MU_FIELD_AT(mu_clause, title), .kind = MU_FIELD_TEXT, .meaning = N_("A few words")},
    {MU_FIELD_AT(mu_clause, text), .kind = MU_FIELD_TEXT, .meaning = N_("The demand in full")},
    {MU_FIELD_AT(mu_clause, demands), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST, .least = 0,
     .most = MU_DEMANDS_MOST, .record = &demand_type,
     .meaning = N_("Numbers that it demands; the first is the limit")},
    {MU_FIELD_AT(mu_clause, start), .kind = MU_FIELD_STRING,
     .meaning = N_("Milestone that starts it, such as notified:police")},
    {MU_FIELD_AT(mu_clause, end), .kind = MU_FIELD_STRING, .meaning = N_("Milestone that ends it")},
    {MU_FIELD_AT(mu_clause, statistic), .kind = MU_FIELD_ENUM, .fallback = MU_STATISTIC_FIRST,
     .names = statistic_words, .meaning = N_("Which of several occurrences in a run is judged")},
    {MU_FIELD_AT(mu_clause, judged_by), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_LIST,
     .names = how_words, .meaning = N_("Where it can be judged")},
    {MU_FIELD_AT(mu_clause, audit), .kind = MU_FIELD_WORD,
     .meaning = N_("What of site, roster and playbooks the audit compares with it: wall_height, "
                   "guard_ratio, plan_threats, plan_header")},
    {MU_FIELD_AT(mu_clause, same_as), .kind = MU_FIELD_REF, .target = MU_ENTITY_CLAUSE,
     .meaning = N_("Clause that demands the same: judged there, reported here too")},
    {MU_FIELD_AT(mu_clause, note), .kind = MU_FIELD_TEXT,
     .meaning = N_("What the source leaves open")},
};

const mu_record_type mu_clause_type = {
    .name = "clause",
    .meaning = N_("One demand of the policy"),
    .size = sizeof(mu_clause),
    MU_FIELD_ROWS(clause_fields),
    .defines = MU_ENTITY_CLAUSE,
    MU_FIELD_ORIGIN(mu_clause),
};

static const mu_field change_fields[] = {
    {MU_FIELD_AT(mu_change, clause), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_CLAUSE, .meaning = N_("Clause that is changed")},
    {MU_FIELD_AT(mu_change, demand), .kind = MU_FIELD_STRING,
     .meaning = N_("Name of the number that is changed; the limit if left out")},
    {MU_FIELD_AT(mu_change, value), .kind = MU_FIELD_REAL, .least = -1, .most = 1000000000,
     .fallback = -1, .meaning = N_("The new number; -1: none, the change switches the clause")},
    {MU_FIELD_AT(mu_change, unit), .kind = MU_FIELD_STRING,
     .meaning = N_("Its unit, if that changes too")},
    {MU_FIELD_AT(mu_change, switches), .kind = MU_FIELD_BOOL,
     .meaning = N_("This change switches the clause on or off and leaves its numbers alone")},
    {MU_FIELD_AT(mu_change, off), .kind = MU_FIELD_BOOL,
     .meaning = N_("With switches: the clause is not judged")},
};

static const mu_record_type change_type = {
    .name = "change",
    .meaning = N_("A change to a clause of the policy that this one is based on"),
    .size = sizeof(mu_change),
    MU_FIELD_ROWS(change_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_change),
};

static const mu_field policy_fields[] = {
    {MU_FIELD_AT(mu_policy, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the policy in results")},
    {MU_FIELD_AT(mu_policy, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_policy, story), .kind = MU_FIELD_TEXT,
     .meaning = N_("What this file is about, in a few sentences")},
    {MU_FIELD_AT(mu_policy, based_on), .kind = MU_FIELD_STRING,
     .meaning = N_("Another policy file that this one changes, relative to this one")},
    {MU_FIELD_AT(mu_policy, changes), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &change_type, .meaning = N_("Changes to clauses of that policy")},
    {MU_FIELD_AT(mu_policy, required_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = 0.9, .unit = "1",
     .meaning = N_("Share of the deciding runs that must meet a clause")},
    {MU_FIELD_AT(mu_policy, clauses), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST, .least = 0,
     .most = MU_CLAUSES_MOST, .record = &mu_clause_type, .meaning = N_("Clauses")},
};

static const mu_record_type policy_type = {
    .name = "policy",
    .meaning = N_("The clauses of a security work system"),
    .size = sizeof(mu_policy),
    MU_FIELD_ROWS(policy_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_policy_file = {
    .format = "muster.policy",
    .version = 1,
    .root = &policy_type,
    .meaning = N_("The policy: what each clause demands and what it is judged on"),
};

const char *mu_clause_kind_name(mu_clause_kind kind) {
    return clause_kind_words[kind];
}

const char *mu_basis_name(mu_basis basis) {
    return basis_words[basis];
}

const char *mu_how_name(mu_how how) {
    return how_words[how];
}

const char *mu_statistic_name(mu_statistic statistic) {
    return statistic_words[statistic];
}
