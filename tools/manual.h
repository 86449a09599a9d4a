/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command's table of options as a page of the manual, and as words for a shell to complete:
 * `muster COMMAND --help=man`, `--help=bash`, `--help=zsh`. So neither can differ from --help. */
#ifndef MUSTER_TOOLS_MANUAL_H
#define MUSTER_TOOLS_MANUAL_H

#include <stdio.h>

#include "options.h"

/* A page in the form of man(7), UTF-8, of section 1. */
void mu_manual_page(const mu_usage *usage, FILE *out);
/* The page of `muster` itself. */
void mu_manual_overview(FILE *out);
/* The names of all commands, with blanks between. */
void mu_manual_commands(FILE *out);
/* Long and short options on one line, with blanks between. */
void mu_manual_bash_words(const mu_usage *usage, FILE *out);
/* One specification of zsh's _arguments a line, quoted. */
void mu_manual_zsh_words(const mu_usage *usage, FILE *out);

#endif
