/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders that results are written to, and how files in them name each other. */
#ifndef MUSTER_TOOLS_FOLDER_H
#define MUSTER_TOOLS_FOLDER_H

#include <stdbool.h>

#include "core/arena.h"

/* Makes the folder and those above it; false, and errno says why. */
bool mu_folder_make(const char *folder);

/* `path` as seen from a folder, which need not exist yet: "../policy/baseline.json". In the arena.
 */
const char *mu_path_from(mu_arena *arena, const char *folder, const char *path);
/* The same from the folder that `file` is in. */
const char *mu_path_beside(mu_arena *arena, const char *file, const char *path);

#endif
