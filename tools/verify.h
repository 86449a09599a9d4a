/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How `muster verify` prints what was verified. */
#ifndef MUSTER_TOOLS_VERIFY_H
#define MUSTER_TOOLS_VERIFY_H

#include <stdbool.h>
#include <stdio.h>

#include "verify/verification.h"

/* Plays files on at most `jobs` threads (0: one per processor) and adds what came of them in the
 * order of files, up to one that cannot be played. What is found on the way goes to standard error;
 * `told`: that says what stopped it. */
mu_status mu_verify_play(mu_verification *whole, char *const *files, uint32_t count, uint32_t jobs,
                         bool quiet, bool *told);

void mu_verify_print(const mu_verification *verification, FILE *out);
void mu_verify_print_json(const mu_verification *verification, FILE *out);

#endif
