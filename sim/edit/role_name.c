/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roles as people say them: tables of people and charts are read by those who wrote no file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/report/words.h"
#include "edit/form.h"

/* Of the roster's own names; NULL where it has none. */
static const char *named(const mu_project *project, mu_arena *arena, const char *role,
                         const char *language) {
    const uint32_t roster = mu_project_find_paper(project, MU_PAPER_ROSTER);
    const uint32_t count =
        roster != MU_NOWHERE ? mu_document_count(&project->papers[roster].document, "/roles") : 0;
    const char *found = NULL;
    for (uint32_t k = 0; k < count && found == NULL; k++) {
        char pointer[60];
        (void)snprintf(pointer, sizeof pointer, "/roles/#%u/role", k);
        char *word = mu_project_string(project, roster, pointer);
        if (word != NULL && strcmp(word, role) == 0) {
            (void)snprintf(pointer, sizeof pointer, "/roles/#%u/name/%.2s", k, language);
            char *name = mu_project_string(project, roster, pointer);
            found = name != NULL ? mu_arena_copy(arena, name) : NULL;
            free(name);
        }
        free(word);
    }
    return found;
}

const char *mu_form_role_name(const mu_project *project, mu_arena *arena, const char *role,
                              const char *language) {
    if (strcmp(role, "@actor") == 0) {
        return _("whoever it concerns");
    }
    const char *own = named(project, arena, role, language);
    own = own != NULL ? own : mu_known_word(role);
    return own != NULL ? own : role;
}
