/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How `muster verify` prints what was verified. */
#ifndef MUSTER_TOOLS_VERIFY_H
#define MUSTER_TOOLS_VERIFY_H

#include <stdio.h>

#include "verify/verification.h"

void mu_verify_print(const mu_verification *verification, FILE *out);
void mu_verify_print_json(const mu_verification *verification, FILE *out);

#endif
