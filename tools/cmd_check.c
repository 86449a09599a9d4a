/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster check`: every fault of any kind of file, all at once. An incident is checked with
 * everything that it names; a file by itself as far as it goes without the others. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "drill/plan.h"
#include "kinds.h"
#include "options.h"
#include "study/study.h"

enum { OPTION_JSON };

static const mu_option options[] = {
    {0, "json", NULL, N_("print what was found as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "check",
    .synopsis = N_("FILE… [OPTION]…"),
    .summary =
        N_("Checks site, roster, policy, playbook and incident files and names every fault with "
           "file, line and path. An incident is checked together with every file that it "
           "names; other files by themselves, so that what they refer to in other files is "
           "not checked."),
    .details = N_("Exit status: 0 no errors; 1 errors were found; 2 wrong usage."),
    .options = options,
};

/* Each says what is wrong in `diags`; of the statuses only that there is no memory is news. */

static mu_status check_site(mu_loader *loader, const mu_site *site, mu_diags *diags) {
    const mu_status status = mu_loader_resolve(loader);
    if (status != MU_OK) {
        return status;
    }
    const size_t before = mu_diags_count(diags, MU_ERROR);
    mu_site_check(site, diags);
    if (mu_diags_count(diags, MU_ERROR) == before) {
        mu_walkable_destroy(mu_walkable_create(site, diags));
    }
    return MU_OK;
}

static mu_status check_policy(mu_loader *loader, const char *file, mu_arena *arena,
                              mu_diags *diags) {
    mu_policy policy = {0};
    mu_status status = mu_policy_read(loader, arena, file, diags, &policy);
    if (status == MU_OK) {
        status = mu_loader_resolve(loader);
    }
    if (status == MU_OK) {
        mu_policy_apply(&policy, diags);
    }
    return status;
}

/* A study is checked with every incident and arm that it makes. */
static mu_status check_study(const char *file, mu_arena *arena, mu_diags *diags) {
    mu_study_plan study;
    const mu_status status = mu_study_read(file, arena, diags, &study);
    if (status == MU_OK) {
        mu_plan_destroy(mu_study_check(&study, MU_STUDY_ARMS_MOST, diags));
    }
    return status;
}

static mu_status check_kind(mu_loader *loader, const char *file, const mu_file_kind *kind,
                            mu_arena *arena, mu_diags *diags) {
    if (kind == &mu_policy_file) {
        return check_policy(loader, file, arena, diags);
    }
    if (kind == &mu_study_file) {
        return check_study(file, arena, diags);
    }
    void *root = mu_arena_alloc(arena, kind->root->size);
    const mu_status status =
        root != NULL ? mu_loader_read(loader, file, kind, root) : MU_ERR_MEMORY;
    return status == MU_OK && kind == &mu_site_file ? check_site(loader, root, diags) : status;
}

/* What kind of file it is; NULL and a diagnostic where it is none. */
static mu_status identify(mu_loader *loader, const char *file, const mu_file_kind **out) {
    const mu_file_kind *kinds[MU_KIND_COUNT];
    size_t count = 0;
    for (int k = 0; k < MU_KIND_COUNT; k++) {
        if (mu_kind_get(k).is_input) {
            kinds[count++] = mu_kind_get(k).file;
        }
    }
    *out = NULL;
    return mu_loader_identify(loader, file, kinds, count, out);
}

/* Returns the kind of the file, NULL where it is none or cannot be read. */
static const mu_file_kind *check_file(const char *file, mu_diags *diags) {
    mu_arena *arena = mu_arena_create();
    mu_loader *loader = arena != NULL ? mu_loader_create(arena, diags) : NULL;
    const mu_file_kind *kind = NULL;
    mu_status status = loader != NULL ? identify(loader, file, &kind) : MU_ERR_MEMORY;
    if (kind == &mu_incident_file) {
        mu_plan_destroy(mu_plan_load(file, NULL, diags));
    } else if (kind != NULL) {
        status = check_kind(loader, file, kind, arena, diags);
    }
    if (status == MU_ERR_MEMORY) {
        mu_diags_add(diags, MU_ERROR, "memory", NULL, NULL, _("there is not enough memory"));
    }
    mu_loader_destroy(loader);
    mu_arena_destroy(arena);
    return kind;
}

/* What came of one file. */
typedef struct checked {
    const char *file;
    const mu_file_kind *kind; /* NULL = none, or it could not be read */
    size_t errors;
} checked;

static void print_json(const mu_diags *diags, const checked *files, int count) {
    mu_json_out out = {.stream = stdout};
    const size_t errors = mu_diags_count(diags, MU_ERROR);
    mu_json_open(&out, NULL, '{');
    mu_json_open(&out, "files", '[');
    for (int i = 0; i < count; i++) {
        mu_json_open_flat(&out, NULL, '{');
        mu_json_put_string(&out, "file", files[i].file);
        mu_json_put_string(&out, "format", files[i].kind != NULL ? files[i].kind->format : NULL);
        mu_json_put_count(&out, "errors", files[i].errors);
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, ']');
    mu_diags_put(&out, "diagnostics", diags);
    mu_json_put_count(&out, "errors", errors);
    mu_json_put_count(&out, "warnings", mu_diags_count(diags, MU_WARNING) - errors);
    mu_json_close(&out, '}');
    (void)putchar('\n');
}

static void print_text(const mu_diags *diags, int files) {
    const size_t errors = mu_diags_count(diags, MU_ERROR);
    mu_diags_print(diags, 0, MU_NOTE, stdout);
    printf(P_("%d file checked: ", "%d files checked: ", files), files);
    mu_diags_print_counts(errors, mu_diags_count(diags, MU_WARNING) - errors, stdout);
    (void)putchar('\n');
}

static bool is_same(const mu_diag *a, const mu_diag *b) {
    const char *file_a = a->where.file != NULL ? a->where.file : "";
    const char *file_b = b->where.file != NULL ? b->where.file : "";
    return a->where.line == b->where.line && a->where.column == b->where.column &&
           strcmp(a->code, b->code) == 0 && strcmp(a->text, b->text) == 0 &&
           strcmp(file_a, file_b) == 0;
}

/* Adds what has not been said yet: a file may be checked by itself and with its incident. */
static void merge(const mu_diags *from, mu_diags *into) {
    const size_t before = mu_diags_count(into, MU_NOTE);
    for (size_t i = 0; i < mu_diags_count(from, MU_NOTE); i++) {
        const mu_diag *diag = mu_diags_get(from, i);
        size_t k = 0;
        while (k < before && !is_same(mu_diags_get(into, k), diag)) {
            k++;
        }
        if (k == before) {
            mu_diags_add(into, diag->severity, diag->code, &diag->where, diag->advice, "%s",
                         diag->text);
        }
    }
}

static bool check_one(const char *file, checked *out, mu_diags *diags) {
    mu_diags *own = mu_diags_create();
    if (own == NULL) {
        return false;
    }
    out->file = file;
    out->kind = check_file(file, own);
    out->errors = mu_diags_count(own, MU_ERROR);
    merge(own, diags);
    mu_diags_destroy(own);
    return true;
}

static int check_all(const mu_given_options *given, checked *files, mu_diags *diags) {
    for (int i = 0; i < given->operand_count; i++) {
        if (!check_one(given->operands[i], &files[i], diags)) {
            return mu_refuse(usage.command, _("there is not enough memory"));
        }
    }
    if (mu_diags_lacks_memory(diags)) { /* nothing is known about the files then */
        mu_diags_print(diags, 0, MU_ERROR, stderr);
        return mu_refuse_status(usage.command, MU_ERR_MEMORY, diags);
    }
    if (given->value[OPTION_JSON] != NULL) {
        print_json(diags, files, given->operand_count);
    } else {
        print_text(diags, given->operand_count);
    }
    return mu_diags_count(diags, MU_ERROR) > 0 ? MU_EXIT_NO : MU_EXIT_DONE;
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
    checked *files = calloc((size_t)given.operand_count, sizeof *files);
    if (diags == NULL || files == NULL) {
        status = mu_refuse(usage.command, _("there is not enough memory"));
    } else {
        status = check_all(&given, files, diags);
    }
    free(files);
    mu_diags_destroy(diags);
    return status;
}
