/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of limits, told. */
#ifndef MUSTER_TOOLS_LIMITS_TELL_H
#define MUSTER_TOOLS_LIMITS_TELL_H

#include <stdio.h>

void mu_limits_print_text(FILE *out);
void mu_limits_print_json(FILE *out);
/* docs/limits.md. */
void mu_limits_print_page(FILE *out);

#endif
