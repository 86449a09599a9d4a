/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verification report that an authority would ask for: the model, every suite with what was
 * expected and measured, experiments with people, plots and sketches, and how to get it again. */
#ifndef MU_VERIFY_REPORT_H
#define MU_VERIFY_REPORT_H

#include "verify/verification.h"

typedef struct mu_verify_report_def {
    const mu_verification *verification;
    const char *language; /* "zh" or "en"; what the program says comes in the language in force */
    const char *date;     /* of the run, to be printed */
} mu_verify_report_def;

/* A complete HTML page, to be freed with free(); NULL without memory. */
char *mu_verify_report(const mu_verify_report_def *def);

/* How many cases and experiments have each outcome: of one suite, or of all (-1). */
void mu_verify_count(const mu_verification *verification, int suite, unsigned count[3]);
/* "39.2 … 40.8 s", "≥ 100", "" where there is no limit. */
void mu_verify_say_limits(const mu_case_check *check, char *out, size_t room);
/* "1.234", "–" for NAN. */
void mu_verify_say_number(double value, char out[32]);
/* In words how an experiment was played: how often, and what its start had to be changed. */
enum { MU_TRIAL_ROOM = 400 };
void mu_verify_say_trial(const mu_trial *trial, char out[MU_TRIAL_ROOM]);
/* "holds", "does not hold", "not covered": in the language in force. */
const char *mu_verify_say_outcome(mu_outcome outcome);

#endif
