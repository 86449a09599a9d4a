/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a study file, and the bounds of what it may vary. */
#include <string.h>

#include "core/i18n.h"
#include "core/json_edit.h"
#include "study/cell.h"
#include "study/study.h"

const char *mu_factor_format(const mu_factor *factor) {
    static const char *const formats[] = {
        [MU_FACTOR_POLICY] = "muster.policy", [MU_FACTOR_PLAYBOOK] = "muster.playbook",
        [MU_FACTOR_ROSTER] = "muster.roster", [MU_FACTOR_EQUIPMENT] = "muster.site",
        [MU_FACTOR_SITE] = "muster.site",
    };
    return formats[factor->in];
}

/* Is the pointer at or below this place? */
static bool is_below(const char *pointer, const char *place) {
    const size_t length = strlen(place);
    return strncmp(pointer, place, length) == 0 &&
           (pointer[length] == '/' || pointer[length] == '\0');
}

static int depth_of(const char *pointer) {
    int depth = 0;
    for (; *pointer != '\0'; pointer++) {
        depth += *pointer == '/';
    }
    return depth;
}

static const char *last_token(const char *pointer) {
    return strrchr(pointer, '/') + 1;
}

const char *mu_factor_refusal(const mu_factor *factor) {
    const char *pointer = factor->pointer;
    if (pointer[0] != '/') {
        return _("a JSON pointer starts with /");
    }
    if (strcmp(last_token(pointer), "id") == 0 || is_below(pointer, "/format") ||
        is_below(pointer, "/version") || is_below(pointer, "/based_on")) {
        return _("a name is no setting: what an incident refers to would become something else");
    }
    const bool is_site = factor->in == MU_FACTOR_SITE;
    if (is_site && (is_below(pointer, "/spaces") || is_below(pointer, "/levels"))) {
        return _("the rooms of a site are where an incident is placed: its place is given, and no "
                 "factor may move it");
    }
    if (factor->in == MU_FACTOR_EQUIPMENT && !is_below(pointer, "/equipment")) {
        return _("a factor over equipment points below /equipment");
    }
    if (depth_of(pointer) < 2 && factor->in != MU_FACTOR_POLICY) {
        return _("a whole list is no setting: name an entry of it");
    }
    return NULL;
}

static mu_status complete_names(mu_loader *loader, const char *file, mu_arena *arena,
                                mu_string_list *names) {
    const char **items = mu_arena_array(arena, (size_t)names->count + 1, sizeof *items);
    if (items == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < names->count; i++) {
        items[i] = mu_loader_beside(loader, file, names->items[i]);
        if (items[i] == NULL) {
            return MU_ERR_MEMORY;
        }
    }
    names->items = items;
    return MU_OK;
}

mu_status mu_study_read(const char *file, mu_arena *arena, mu_diags *diags, mu_study_plan *out) {
    *out = (mu_study_plan){.file = file};
    mu_loader *loader = mu_loader_create(arena, diags);
    if (loader == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_status status = mu_loader_read(loader, file, &mu_study_file, &out->given);
    if (status == MU_OK) {
        out->hash = mu_loader_file_hash(loader, 0);
        out->incidents = out->given.incidents;
        status = complete_names(loader, file, arena, &out->incidents);
    }
    if (status == MU_OK) {
        status = complete_names(loader, file, arena, &out->given.policies);
    }
    mu_loader_destroy(loader);
    return status == MU_OK ? mu_study_lay_out(out, arena, diags) : status;
}

mu_plan *mu_study_check(const mu_study_plan *plan, uint32_t arms, mu_diags *diags) {
    mu_plan *kept = NULL;
    for (uint32_t i = 0; i < plan->incidents.count; i++) {
        mu_plan *first = NULL;
        for (uint32_t a = 0; a < plan->arms.count && a < arms; a++) {
            mu_plan *loaded = mu_cell_load(plan, i, a, first, diags);
            if (loaded == NULL) {
                break;
            }
            if (first == NULL) {
                first = loaded;
            } else {
                mu_plan_destroy(loaded);
            }
        }
        if (i == 0) {
            kept = first;
        } else {
            mu_plan_destroy(first);
        }
    }
    return kept;
}
