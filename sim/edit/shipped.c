/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A policy beside the one that comes with Muster: what is there instead, and back to it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "edit/form.h"
#include "muster/clause_guide.h"

const mu_document *mu_project_shipped(mu_project *project) {
    if (!project->shipped_sought) {
        mu_diags *diags = mu_diags_create();
        project->shipped_sought = true;
        if (diags == NULL || project->policy[0] == '\0' ||
            mu_document_open(project->policy, &project->shipped, diags) != MU_OK) {
            project->shipped = (mu_document){0};
        }
        mu_diags_destroy(diags);
    }
    return project->shipped.scan != NULL ? &project->shipped : NULL;
}

/* "/clauses/#12/demands/#0/value" as it is found there, by the clause's id. False: it is no part of
 * a clause. */
static bool place_there(const mu_project *project, uint32_t paper, const char *pointer, char *out,
                        size_t room) {
    if (project->papers[paper].kind != MU_PAPER_POLICY || strncmp(pointer, "/clauses/", 9) != 0) {
        return false;
    }
    const size_t item = 9 + strcspn(pointer + 9, "/");
    char place[420];
    (void)snprintf(place, sizeof place, "%.*s/id", (int)item, pointer);
    char *id = mu_project_string(project, paper, place);
    (void)snprintf(out, room, "/clauses/%s%s", id != NULL ? id : "", pointer + item);
    const bool found = id != NULL;
    free(id);
    return found;
}

char *mu_project_shipped_value(mu_project *project, uint32_t paper, const char *pointer,
                               bool *differs) {
    char place[500];
    const mu_document *shipped = mu_project_shipped(project);
    *differs = false;
    if (shipped == NULL || !place_there(project, paper, pointer, place, sizeof place)) {
        return NULL;
    }
    char clause[500];
    (void)snprintf(clause, sizeof clause, "%.*s", (int)(9 + strcspn(place + 9, "/")), place);
    if (mu_document_find(shipped, clause) == MU_NONE) {
        return NULL;
    }
    char *there = mu_document_value(shipped, place);
    char *own = mu_project_value(project, paper, pointer);
    *differs = (own == NULL) != (there == NULL) ||
               (own != NULL && there != NULL && strcmp(own, there) != 0);
    free(own);
    return there;
}

mu_status mu_project_take_shipped(mu_project *project, uint32_t paper, const char *pointer) {
    bool differs;
    char *there = mu_project_shipped_value(project, paper, pointer, &differs);
    mu_status status = MU_OK;
    if (differs) {
        status = there != NULL ? mu_project_set(project, paper, pointer, there)
                               : mu_project_remove(project, paper, pointer);
    }
    free(there);
    return status;
}
