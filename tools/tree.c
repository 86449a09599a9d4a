/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree.h"

#include <stdlib.h>

#include <cjson/cJSON.h>

#include "command.h"
#include "core/i18n.h"

static void *make_or_end(size_t bytes) {
    void *made = malloc(bytes);
    if (made == NULL) {
        exit(mu_refuse(NULL, _("there is not enough memory")));
    }
    return made;
}

void mu_tree_begin(void) {
    cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = make_or_end, .free_fn = free});
}
