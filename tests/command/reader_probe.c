/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader without the command around it, for tests in other languages.
 *
 *     reader_probe schema KIND      the JSON Schema of a kind of file
 *     reader_probe document KIND    its reference documentation
 *     reader_probe read KIND        reads one JSON text per line of standard input; answers each
 *                                   with a line: "ok", or the codes and paths of its faults
 *
 * References are not resolved: a line stands for itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/loader.h"
#include "crowd/roster.h"
#include "drill/incident.h"
#include "policy/policy.h"
#include "response/playbook.h"
#include "site/site.h"

static const mu_file_kind *find_kind(const char *name) {
    const mu_file_kind *const kinds[] = {&mu_site_file, &mu_roster_file, &mu_policy_file,
                                         &mu_playbook_file, &mu_incident_file};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i]->format + strlen("muster."), name) == 0) {
            return kinds[i];
        }
    }
    return NULL;
}

static void read_line(const mu_file_kind *kind, const char *text, size_t length) {
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    mu_loader *loader = mu_loader_create(arena, diags);
    void *out = malloc(kind->root->size);
    const mu_status status = mu_loader_read_text(loader, "-", text, length, kind, out);
    if (status == MU_OK) {
        printf("ok");
    }
    for (size_t i = 0; i < mu_diags_count(diags, MU_NOTE); i++) {
        const mu_diag *diag = mu_diags_get(diags, i);
        printf("%s%s %s", i ? "; " : "", diag->code, diag->where.path ? diag->where.path : "");
    }
    printf("\n");
    fflush(stdout);
    free(out);
    mu_loader_destroy(loader);
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
}

static int print_text(char *text) {
    if (!text) {
        return EXIT_FAILURE;
    }
    fputs(text, stdout);
    free(text);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
    const mu_file_kind *kind = argc == 3 ? find_kind(argv[2]) : NULL;
    if (!kind) {
        fprintf(stderr, "usage: reader_probe schema|document|read KIND\n");
        return 2;
    }
    if (strcmp(argv[1], "schema") == 0) {
        return print_text(mu_schema_print(kind));
    }
    if (strcmp(argv[1], "document") == 0) {
        return print_text(mu_schema_document(kind));
    }
    char *line = NULL;
    size_t room = 0;
    ssize_t length = 0;
    while ((length = getline(&line, &room, stdin)) > 0) {
        read_line(kind, line, (size_t)length);
    }
    free(line);
    return EXIT_SUCCESS;
}
