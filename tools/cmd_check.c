/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster check`: every fault of any kind of file, all at once. An incident is checked with
 * everything that it names; a file by itself as far as it goes without the others. */
#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "drill/plan.h"
#include "kinds.h"
#include "options.h"

enum { OPTION_JSON };

static const mu_option options[] = {
    {0, "json", NULL, N_("print what was found as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "check",
    .synopsis = N_("FILE… [OPTION]…"),
    .summary = N_("Checks site, roster, policy, playbook and incident files and names every fault with "
                  "file, line and path. An incident is checked together with every file that it "
                  "names; other files by themselves, so that what they refer to in other files is "
                  "not checked."),
    .details = N_("Exit status: 0 no errors; 1 errors were found; 2 wrong usage."),
    .options = options,
};

static void check_site(mu_loader *loader, const mu_site *site, mu_diags *diags) {
    if (mu_loader_resolve(loader) != MU_OK) {
        return;
    }
    const size_t before = mu_diags_count(diags, MU_ERROR);
    mu_site_check(site, diags);
    if (mu_diags_count(diags, MU_ERROR) == before) {
        mu_walkable_destroy(mu_walkable_create(site, diags));
    }
}

static void check_kind(mu_loader *loader, const char *file, const mu_file_kind *kind,
                       mu_arena *arena, mu_diags *diags) {
    void *root = mu_arena_alloc(arena, kind->root->size);
    if (root == NULL) {
        mu_diags_add(diags, MU_ERROR, "memory", NULL, NULL, _("there is not enough memory"));
        return;
    }
    if (mu_loader_read(loader, file, kind, root) != MU_OK) {
        return;
    }
    if (kind == &mu_site_file) {
        check_site(loader, root, diags);
    } else if (kind == &mu_policy_file) {
        (void)mu_loader_resolve(loader);
    }
}

/* What kind of file it is; NULL and a diagnostic where it is none. */
static const mu_file_kind *identify(mu_loader *loader, const char *file) {
    const mu_file_kind *kinds[MU_KIND_COUNT], *kind = NULL;
    for (int k = 0; k < MU_KIND_COUNT; k++) {
        kinds[k] = mu_kind_get(k).file;
    }
    return mu_loader_identify(loader, file, kinds, MU_KIND_COUNT, &kind) == MU_OK ? kind : NULL;
}

/* Returns the kind of the file, NULL where it is none or cannot be read. */
static const mu_file_kind *check_file(const char *file, mu_diags *diags) {
    mu_arena *arena = mu_arena_create();
    mu_loader *loader = arena != NULL ? mu_loader_create(arena, diags) : NULL;
    const mu_file_kind *kind = NULL;
    if (loader == NULL) {
        mu_diags_add(diags, MU_ERROR, "memory", NULL, NULL, _("there is not enough memory"));
    } else {
        kind = identify(loader, file);
    }
    if (kind == &mu_incident_file) {
        mu_plan_destroy(mu_plan_load(file, NULL, diags));
    } else if (kind != NULL) {
        check_kind(loader, file, kind, arena, diags);
    }
    mu_loader_destroy(loader);
    mu_arena_destroy(arena);
    return kind;
}

static void note_file(cJSON *files, const char *file, const mu_file_kind *kind, size_t errors) {
    cJSON *entry = cJSON_CreateObject();
    cJSON_AddStringToObject(entry, "file", file);
    cJSON_AddStringToObject(entry, "format", kind != NULL ? kind->format : "");
    cJSON_AddNumberToObject(entry, "errors", (double)errors);
    cJSON_AddItemToArray(files, entry);
}

static void print_json(const mu_diags *diags, cJSON *files) {
    cJSON *root = cJSON_CreateObject();
    cJSON_AddItemToObject(root, "files", files);
    cJSON_AddItemToObject(root, "diagnostics", mu_diags_json(diags, 0));
    const size_t errors = mu_diags_count(diags, MU_ERROR);
    cJSON_AddNumberToObject(root, "errors", (double)errors);
    cJSON_AddNumberToObject(root, "warnings", (double)(mu_diags_count(diags, MU_WARNING) - errors));
    char *text = cJSON_Print(root);
    puts(text != NULL ? text : "{}");
    free(text);
    cJSON_Delete(root);
}

static void print_text(const mu_diags *diags, int files) {
    const size_t errors = mu_diags_count(diags, MU_ERROR);
    mu_diags_print(diags, 0, stdout);
    printf(P_("%d file checked: ", "%d files checked: ", files), files);
    mu_diags_print_counts(errors, mu_diags_count(diags, MU_WARNING) - errors, stdout);
    (void)putchar('\n');
}

int mu_check_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count == 0) {
        return mu_refuse_usage(usage.command, _("no file given"));
    }
    mu_diags *diags = mu_diags_create();
    cJSON *files = cJSON_CreateArray();
    if (diags == NULL || files == NULL) {
        mu_diags_destroy(diags);
        cJSON_Delete(files);
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    for (int i = 0; i < given.operand_count; i++) {
        const size_t before = mu_diags_count(diags, MU_ERROR);
        const mu_file_kind *kind = check_file(given.operands[i], diags);
        note_file(files, given.operands[i], kind, mu_diags_count(diags, MU_ERROR) - before);
    }
    if (given.value[OPTION_JSON] != NULL) {
        print_json(diags, files);
    } else {
        print_text(diags, given.operand_count);
        cJSON_Delete(files);
    }
    status = mu_diags_count(diags, MU_ERROR) > 0 ? MU_EXIT_NO : MU_EXIT_DONE;
    mu_diags_destroy(diags);
    return status;
}
