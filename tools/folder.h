/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders that results are written to. */
#ifndef MUSTER_TOOLS_FOLDER_H
#define MUSTER_TOOLS_FOLDER_H

#include <stdbool.h>

/* Makes the folder and those above it; false, and errno says why. */
bool mu_folder_make(const char *folder);

#endif
