/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language that everything is printed in, and where the program's own files are. */
#ifndef MUSTER_TOOLS_LANGUAGE_H
#define MUSTER_TOOLS_LANGUAGE_H

#include <stdbool.h>

/* Chooses the language: "zh" or "en", or NULL for the environment's (LANGUAGE, LC_ALL, LC_MESSAGES,
 * LANG; else English). Numbers keep their decimal point whatever the language. False: there is no
 * such language; the environment's is chosen. */
bool mu_language_choose(const char *wanted);
/* "zh" or "en": what mu_language_choose chose. */
const char *mu_language(void);

enum { MU_PROGRAM_PATH_MOST = 4096, MU_DATA_PATH_MOST = 2 * MU_PROGRAM_PATH_MOST };
/* The path of a file of the product, such as "scenarios/policy/baseline.json": in the build tree,
 * installed, or below the present folder. False: not found. It asks for no memory, so that a file
 * is never taken for missing for want of it. */
bool mu_data_find(const char *name, char path[MU_DATA_PATH_MOST]);

/* The folder of the running program, without a slash at its end; false where unknown. */
bool mu_program_folder(char folder[MU_PROGRAM_PATH_MOST]);

#endif
