/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The module with the readers lies beside the program in the build tree, in a folder of the
 * libraries where it is installed. Tests that link the readers themselves need none. */
#include "readers.h"

#include <dlfcn.h>
#include <stdio.h>

#include "language.h"

extern const mu_readers mu_readers_gdal __attribute__((weak));

const mu_readers *mu_readers_of(void) {
    static const char *const relative[] = {"/muster-gdal.so", MU_GDAL_MODULE};
    if (&mu_readers_gdal != NULL) {
        return &mu_readers_gdal;
    }
    char folder[MU_PROGRAM_PATH_MOST], path[MU_PROGRAM_PATH_MOST + 128];
    void *module = NULL;
    for (size_t i = 0; module == NULL && mu_program_folder(folder) && i < 2; i++) {
        (void)snprintf(path, sizeof path, "%s%s", folder, relative[i]);
        module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    }
    return module != NULL ? dlsym(module, "mu_readers_gdal") : NULL;
}
