/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study as its file gives it: which incidents are played, under which policies, with which
 * changes to the defender's side, how often. The incident itself is given: a factor can reach
 * policy, playbooks, roster, equipment and site, and there is no word with which it could reach an
 * incident's place, time or means; parts of a site that an incident stands on are refused, too. */
#ifndef MU_STUDY_STUDY_H
#define MU_STUDY_STUDY_H

#include "core/loader.h"

/* What a factor changes. */
typedef enum mu_factor_target {
    MU_FACTOR_POLICY,
    MU_FACTOR_PLAYBOOK,
    MU_FACTOR_ROSTER,
    MU_FACTOR_EQUIPMENT, /* the site file, below /equipment */
    MU_FACTOR_SITE
} mu_factor_target;
extern const char *const mu_factor_words[]; /* as files write them; ends with NULL */

typedef enum mu_design {
    MU_DESIGN_GRID,          /* every combination of all values */
    MU_DESIGN_ONE_AT_A_TIME, /* the files as they stand; then each value of each factor alone */
    MU_DESIGN_SOBOL,         /* the files as they stand; then points of a Sobol sequence */
    MU_DESIGN_LIST,          /* the files as they stand; then the rows */
    MU_DESIGN_MORRIS,        /* the files as they stand; then Morris's trajectories */
    MU_DESIGN_INDICES        /* the files as they stand; then the points for Sobol's indices */
} mu_design;

typedef struct mu_factor {
    mu_origin origin;
    const char *id;
    mu_text name;
    int in;              /* mu_factor_target */
    const char *file;    /* last part of a file's name; NULL: the first that the pointer fits */
    const char *pointer; /* json_edit.h */
    MU_LIST_OF(const char *) values; /* JSON */
    double least, most;              /* both 0: no range */
    int64_t levels;                  /* of a range, where the design needs values */
    bool whole;                      /* of a range: whole numbers only */
} mu_factor;

typedef struct mu_setting {
    const char *factor; /* its id */
    const char *value;  /* JSON */
} mu_setting;

typedef struct mu_study_row {
    mu_origin origin;
    const char *id;
    mu_text name;
    MU_LIST_OF(mu_setting) set;
} mu_study_row;

/* When a comparison is precise enough. */
typedef struct mu_stop_rule {
    mu_origin origin;
    const char *metric; /* one of the two: */
    const char *clause;
    double half_width; /* in the metric's unit; of a clause's share: 0..1 */
} mu_stop_rule;

typedef struct mu_study {
    const char *id;
    mu_text name, story;
    mu_string_list incidents; /* files, relative to this one */
    mu_string_list policies;  /* none: each incident's own */
    MU_LIST_OF(mu_factor) factors;
    int design;          /* mu_design */
    int64_t points;      /* of a Sobol sequence; trajectories; samples for indices */
    int64_t design_seed; /* of Morris's trajectories */
    MU_LIST_OF(mu_study_row) rows;
    int64_t reps, block; /* at the most; and between two looks at the stop rules */
    MU_LIST_OF(mu_stop_rule) stop;
    int motion, motion_mode;
    int64_t seed;
    double indifference; /* not of a file. Above 0: the best arm is selected (select.h), and this
                            is by how many clauses another must be better to matter */
} mu_study;

extern const mu_file_kind mu_study_file;

/* One policy with one choice of settings. */
typedef struct mu_arm {
    const char *name;   /* "ours.json; operators=2": the same in every language; "as given" */
    const char *policy; /* file; NULL: the incident's own */
    const char *const *settings; /* per factor: JSON, or NULL: as the file says */
} mu_arm;

/* A study read and laid out. */
typedef struct mu_study_plan {
    mu_study given;
    const char *file; /* the study's; or the only incident's, where there is no study file */
    uint64_t hash;    /* of the study file's bytes; without one, of its arms */
    mu_string_list incidents;   /* paths that can be opened */
    MU_LIST_OF(mu_arm) arms;    /* the first is what the others are compared with */
    const struct mu_plan *near; /* one that outlives the study: its walking distances serve for the
                                   same site; NULL = none */
} mu_study_plan;

/* Reads a study file and lays out its arms; every fault in `diags`. Memory is the arena's. */
MU_MUST_USE mu_status mu_study_read(const char *file, mu_arena *arena, mu_diags *diags,
                                    mu_study_plan *out);
/* Lays out the arms of plan->given (design.c). */
MU_MUST_USE mu_status mu_study_lay_out(mu_study_plan *plan, mu_arena *arena, mu_diags *diags);
/* Why a factor may not be varied, translated; NULL: it may. */
const char *mu_factor_refusal(const mu_factor *factor);
/* The format of the files that it changes. */
const char *mu_factor_format(const mu_factor *factor);
/* Loads every incident with its first `arms` arms, and complains of what does not fit. Returns the
 * plan of the first incident and arm, for whoever goes on to play it; it is the caller's. */
struct mu_plan *mu_study_check(const mu_study_plan *plan, uint32_t arms, mu_diags *diags);

#endif
