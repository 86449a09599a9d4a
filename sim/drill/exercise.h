/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an incident's file says of a tabletop played on it: goals, who has which part, and the
 * injects of its master scenario events list (MSEL). */
#ifndef MU_DRILL_EXERCISE_H
#define MU_DRILL_EXERCISE_H

#include "core/given.h"
#include "muster/act.h"

struct mu_plan;
struct mu_roster;
struct mu_record_type;

typedef MU_LIST_OF(mu_text) mu_text_list;

/* What the simulation does when an inject is sent. */
typedef struct mu_inject_act {
    int kind; /* mu_act_kind */
    mu_ref portal, channel, unit, step, group;
    const char *level; /* of a declaration */
    double by_s;       /* of a delay */
} mu_inject_act;

typedef struct mu_inject {
    const char *id;
    mu_text name; /* for the facilitator's list */
    mu_text text; /* read or shown to whoever gets it */
    mu_text from, to, method, expected, objective, question;
    double at_s; /* when it is planned, from the start of the run */
    mu_inject_act act;
} mu_inject;

typedef struct mu_exercise_role {
    int part; /* mu_part_in_exercise */
    mu_text name;
} mu_exercise_role;

typedef struct mu_exercise {
    mu_text_list goals;
    MU_LIST_OF(mu_exercise_role) roles;
    mu_text stop_word;
    MU_LIST_OF(mu_inject) injects;
} mu_exercise;

extern const struct mu_record_type mu_exercise_type;

/* Nobody lets groups arrive where no tabletop is played: there they are nobody. */
void mu_exercise_leave_out(const mu_exercise *exercise, struct mu_roster *roster);
/* Does every act name what it needs? Faults go to `diags`. */
void mu_exercise_check(const struct mu_plan *plan, const char *file, mu_diags *diags);
/* The act of an inject; kind NONE where it has none. */
mu_act mu_exercise_act(const struct mu_plan *plan, const mu_inject *inject);

#endif
