/* SPDX-License-Identifier: GPL-3.0-or-later */
#define MU_GDAL_TABLE
#include "tools/import/gdal_later.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "muster/diag.h"
#include "tools/import/draft.h"

typedef struct call {
    const char *name;
    size_t at; /* in the table */
} call;

static const call calls[] = {
#define MU_GDAL_CALL(name) {#name, offsetof(mu_gdal, name)},
    MU_GDAL_CALLS(MU_GDAL_CALL)
#undef MU_GDAL_CALL
};

static bool load(mu_gdal *table) {
    void *library = dlopen(MU_GDAL_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; library != NULL && i < sizeof calls / sizeof calls[0]; i++) {
        void *found = dlsym(library, calls[i].name);
        if (found == NULL) {
            library = NULL;
        } else {
            memcpy((char *)table + calls[i].at, &found, sizeof found);
        }
    }
    if (library == NULL) {
        const char *why = dlerror();
        (void)snprintf(table->why, sizeof table->why, "%s", why != NULL ? why : MU_GDAL_LIBRARY);
    }
    return library != NULL;
}

/* Plans are read by one thread. The library stays: it does not bear being unloaded. */
const mu_gdal *mu_gdal_get(void) {
    static mu_gdal table;
    if (!table.there) {
        table.there = load(&table);
    }
    return &table;
}

mu_status mu_import_ready(mu_draft *draft) {
    const mu_gdal *gdal = mu_gdal_get();
    if (gdal->there) {
        return MU_OK;
    }
    const mu_where where = {draft->options->folder, NULL, 0, 0};
    mu_diags_add(draft->diags, MU_ERROR, "import.no-gdal", &where,
                 _("install GDAL's library (Debian 12: libgdal32)"),
                 _("GDAL, which reads floor plans and workbooks, cannot be loaded: %s"), gdal->why);
    return MU_ERR_RUN;
}
