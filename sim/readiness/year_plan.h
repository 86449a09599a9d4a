/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A year made ready: site, roster, policy and year file read and checked, and what the simulation
 * asks all the time worked out once. Immutable; shared by all replications. Without a year file it
 * still serves the audit and the lint. */
#ifndef MU_READINESS_YEAR_PLAN_H
#define MU_READINESS_YEAR_PLAN_H

#include "core/arena.h"
#include "core/words.h"
#include "crowd/roster.h"
#include "muster/log.h"
#include "policy/judge.h"
#include "policy/policy.h"
#include "readiness/calendar.h"
#include "readiness/year.h"
#include "response/playbook.h"
#include "site/site.h"

/* What calls for a duty besides the calendar. */
typedef enum mu_call {
    MU_CALL_NONE,
    MU_CALL_DUTY,     /* another one is done; index: which */
    MU_CALL_OCCASION, /* index: which */
    MU_CALL_FAULT_FOUND,
    MU_CALL_NEWCOMER, /* somebody has joined */
    MU_CALL_FAILED_EXAM,
    MU_CALL_BLAMED,    /* a duty that must not lapse has lapsed */
    MU_CALL_LOW_SCORE, /* a department did not reach the score */
    MU_CALL_LOW_AGAIN, /* … twice in a row */
    MU_CALL_SERIOUS_FAULT
} mu_call;

/* What a time of a duty is about: whoever or whatever it was called for. */
typedef enum mu_about { MU_ABOUT_NOTHING, MU_ABOUT_PERSON, MU_ABOUT_ASSET } mu_about;

/* What is measured of a duty for one number of one clause. */
typedef enum mu_asked {
    MU_ASKED_INTERVAL, /* periods of the calendar from one to the next, in the number's unit */
    MU_ASKED_COUNT,    /* how many in the year */
    MU_ASKED_HOURS,    /* per week and person */
    MU_ASKED_RESPONSE, /* from the call for it until it is done */
    MU_ASKED_LENGTH,   /* how long it takes */
    MU_ASKED_SHARE,    /* of those who should have taken part, or of what is covered */
    MU_ASKED_DONE,     /* 1 = done each time, 0 = not once */
    MU_ASKED_NUMBER    /* the duty's own */
} mu_asked;

typedef struct mu_serve {
    uint32_t duty, clause, demand;
    mu_asked asked;
    double unit_s;           /* seconds of the number's unit, where it is a time */
    bool working;            /* that unit is working days */
    mu_handle object, place; /* under which the number is written */
} mu_serve;

typedef struct mu_duty_plan {
    const mu_duty *given;
    uint64_t hash; /* of its name: whose luck it has */
    uint32_t word;
    uint32_t staff;
    mu_call call;
    uint32_t called_by; /* duty or occasion */
    mu_about about;
    bool calls;    /* some other duty waits for it */
    bool booked;   /* the planner's schedule says when */
    double walk_h; /* of its round; 0 = none */
    double covers; /* share of the site's spaces that its round comes through */
    uint32_t serve_first, serve_count;
    uint32_t topic;  /* MU_NONE */
    uint32_t roll;   /* its own list of who has taken part; MU_NONE */
    uint32_t rating; /* which of the ratings it gives; MU_NONE */
} mu_duty_plan;

typedef struct mu_staff_plan {
    const mu_staff *given;
    uint32_t first;      /* of its persons; given->count of them */
    uint32_t stations;   /* persons that its stations need at any hour */
    uint32_t department; /* MU_NONE */
} mu_staff_plan;

typedef struct mu_asset {
    uint32_t wear;
    uint32_t equipment; /* of the site; MU_NONE: one that the site file does not hold */
    uint64_t hash;
} mu_asset;

typedef struct mu_year_plan {
    mu_arena *arena;
    mu_site site;
    mu_roster roster;
    mu_policy policy;
    mu_year year;
    bool has_roster, has_year;
    mu_files_read files;
    mu_words words;
    mu_judged_clause *clauses; /* as the year and the audit judge them: on numbers filed under
                                  the clause's id */
    mu_calendar calendar;
    MU_LIST_OF(mu_staff_plan) staff;
    MU_LIST_OF(mu_duty_plan) duties;
    MU_LIST_OF(mu_serve) serves;
    MU_LIST_OF(mu_asset) assets;
    MU_LIST_OF(const char *) departments;
    uint32_t persons;
    uint32_t rolls;   /* duties that keep a list of who has taken part */
    uint32_t ratings; /* duties that rate persons */
} mu_year_plan;

typedef struct mu_year_given {
    const char *site, *policy;
    const char *roster, *year; /* NULL = none */
} mu_year_given;

/* NULL and diagnostics on any fault. */
mu_year_plan *mu_year_plan_load(const mu_year_given *given, mu_diags *diags);
void mu_year_plan_destroy(mu_year_plan *plan);

/* The word's handle; 0 = there is none. */
mu_handle mu_year_word(const mu_year_plan *plan, const char *word);
/* Where a number for a clause is filed. */
mu_handle mu_year_clause_word(const mu_year_plan *plan, uint32_t clause);
/* Is the clause for the year (or the audit) to judge? */
bool mu_clause_judged_by(const mu_clause *clause, mu_how how);
/* How a clause is judged where every part is at work: `simulated` where its milestones stand in an
 * incident's log, else by the year, else declared. */
mu_how mu_clause_mode(const mu_clause *clause);

/* year_compile.c: the second half of loading. */
MU_MUST_USE mu_status mu_year_compile(mu_year_plan *plan, mu_diags *diags);
/* year_rounds.c: hours and spaces of the rounds that duties walk. */
MU_MUST_USE mu_status mu_year_rounds(mu_year_plan *plan, mu_diags *diags);

#endif
