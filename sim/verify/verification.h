/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was verified, and what came of it: cases of our own and experiments with people, one item
 * each. The command and the report print it. */
#ifndef MU_VERIFY_VERIFICATION_H
#define MU_VERIFY_VERIFICATION_H

#include "verify/case_measure.h"
#include "verify/experiment.h"

typedef enum mu_outcome {
    MU_OUTCOME_PASSED,
    MU_OUTCOME_FAILED,
    MU_OUTCOME_NOT_COVERED /* needs what is not built yet: neither passed nor failed */
} mu_outcome;

/* An experiment that was played. */
typedef struct mu_trial {
    mu_experiment experiment;
    uint32_t seeds;
    mu_motion_mode mode;
    /* Means over the seeds. */
    double clamped, clamped_most_m, delayed, delayed_mean_s, delayed_most_s, inside;
} mu_trial;

typedef struct mu_verified {
    const char *file;
    uint64_t hash; /* of the file's bytes */
    mu_outcome outcome;
    mu_trial *trial;         /* an experiment; else */
    const mu_case *given;    /* a case */
    mu_case_result *results; /* of each check */
    uint32_t seeds;
} mu_verified;

/* What an item is called and where it comes from. */
const char *mu_verified_id(const mu_verified *item);
mu_text mu_verified_source(const mu_verified *item);

typedef struct mu_verification_def {
    uint32_t seeds;      /* 0 = as many as each case says; experiments MU_TRIAL_SEEDS */
    uint64_t first_seed; /* the others follow it */
    bool has_mode;       /* for experiments; cases say their own */
    mu_motion_mode mode;
    const char *trajectory; /* file for the first run; NULL = none */
    const char *program;    /* "muster 0.1.0" */
} mu_verification_def;

#define MU_TRIAL_SEEDS 12U

typedef struct mu_verification {
    mu_verification_def def;
    mu_arena *arena;
    mu_diags *diags;
    mu_verified *items;
    uint32_t count, room;
    struct mu_verification *joined, *next; /* those whose items it has taken over, as a list */
} mu_verification;

/* Faults go to `diags`. NULL without memory. */
mu_verification *mu_verification_create(const mu_verification_def *def, mu_diags *diags);
void mu_verification_destroy(mu_verification *verification);
/* Reads a file, whichever of the two it is, plays it and keeps what came of it. MU_ERR_INPUT: it
 * cannot be used. */
MU_MUST_USE mu_status mu_verification_add(mu_verification *verification, const char *file);
/* Takes over what another verification has kept, behind what there is, and the other one with it,
 * also where there is no memory. */
MU_MUST_USE mu_status mu_verification_join(mu_verification *verification, mu_verification *other);

#endif
