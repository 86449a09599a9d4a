/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The examples copied to a folder of their own: whoever edits a file leaves unsaved changes beside
 * it, which other tests would find there. */
#ifndef TESTS_UNIT_EXAMPLE_COPY_H
#define TESTS_UNIT_EXAMPLE_COPY_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Points MUSTER_SOURCE at a copy of the source folder's scenarios, made anew at `folder`
 * ("…XXXXXX"); false where that cannot be done. */
static inline bool examples_copy(char *folder) {
    char line[9000];
    const char *source = getenv("MUSTER_SOURCE");
    if (source == NULL || mkdtemp(folder) == NULL) {
        return false;
    }
    (void)snprintf(line, sizeof line, "cp -r '%s/scenarios' %s/", source, folder);
    return system(line) == 0 && setenv("MUSTER_SOURCE", folder, 1) == 0;
}

static inline void examples_remove(const char *folder) {
    char line[200];
    (void)snprintf(line, sizeof line, "rm -r %s", folder);
    (void)!system(line);
}

#endif
