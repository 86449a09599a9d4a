/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster migrate`: files of older versions in the newest one. They are read either way; this is
 * for who wants them written so. */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/file_in.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "kinds.h"
#include "table.h"
#include "options.h"

enum { OPTION_OUT, OPTION_DRY };

static const mu_option options[] = {
    {'o', "output", N_("FILE"), N_("write it here instead of over the file (one file only)")},
    {0, "dry-run", NULL, N_("write nothing; exit with 1 if any file is of an older version")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "migrate",
    .synopsis = N_("FILE… [OPTION]…"),
    .summary =
        N_("Writes files of older versions in the newest version of their format. What a "
           "version changed is said; everything else keeps its bytes. Files of older versions "
           "can be read without it."),
    .details = N_("Exit status: 0 done, or nothing to do; 1 with --dry-run, and a file is of an "
                  "older version; 2 wrong usage, or a file that cannot be used."),
    .options = options,
};

typedef struct migrating {
    mu_arena *arena;
    mu_diags *diags;
    const char *out; /* NULL = over the file */
    bool dry;
    uint32_t older; /* files of older versions */
} migrating;

static void say_changes(const char *file, const mu_file_kind *kind, int from) {
    mu_text_printf(stdout, _("%s: version %d of %s becomes version %d"), file, from, kind->format, kind->version);
    (void)putchar('\n');
    for (int v = from; v < kind->version; v++) {
        printf("  %s\n", _(kind->older[v - 1].meaning));
    }
}

static mu_status migrate(migrating *m, const char *file, const mu_file_kind *kind) {
    size_t length = 0, newer_length = 0;
    char *newer = NULL, *text = mu_file_in_read(file, MU_FILE_IN_BYTES_MOST, &length);
    int from = 0;
    mu_status status =
        text == NULL ? MU_ERR_IO : mu_migrate(kind, text, length, &newer, &newer_length, &from);
    free(text);
    if (status == MU_OK && newer == NULL) {
        mu_text_printf(stdout, _("%s: nothing to do"), file);
        (void)putchar('\n');
    } else if (status == MU_OK) {
        m->older++;
        say_changes(file, kind, from);
        status = m->dry ? MU_OK
                        : mu_file_out_write(m->out != NULL ? m->out : file, newer, newer_length,
                                            m->diags);
    }
    free(newer);
    return status;
}

static mu_status migrate_file(migrating *m, const char *file) {
    const mu_file_kind *kinds[MU_KIND_COUNT], *kind = NULL;
    for (int k = 0; k < MU_KIND_COUNT; k++) {
        kinds[k] = mu_kind_get(k).file;
    }
    mu_loader *loader = mu_loader_create(m->arena, m->diags);
    if (loader == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_status status = mu_loader_identify(loader, file, kinds, MU_KIND_COUNT, &kind);
    mu_loader_destroy(loader);
    if (status == MU_OK && kind == NULL) {
        const mu_where where = {.file = file};
        mu_diags_add(m->diags, MU_ERROR, "migrate.kind", &where,
                     _("'muster schema' lists the kinds of file that there are"),
                     _("this is no file of Muster's"));
        status = MU_ERR_INPUT;
    }
    return status == MU_OK ? migrate(m, file, kind) : status;
}

static int migrate_all(const mu_given_options *given, mu_arena *arena, mu_diags *diags) {
    migrating m = {.arena = arena,
                   .diags = diags,
                   .out = given->value[OPTION_OUT],
                   .dry = given->value[OPTION_DRY] != NULL};
    mu_status status = MU_OK;
    for (int i = 0; i < given->operand_count; i++) {
        status = mu_status_first(status, migrate_file(&m, given->operands[i]));
    }
    mu_diags_print(diags, 0, MU_ERROR, stderr);
    if (status != MU_OK) {
        return mu_refuse_status(usage.command, status, diags);
    }
    return m.dry && m.older > 0 ? MU_EXIT_NO : MU_EXIT_DONE;
}

int mu_migrate_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count == 0) {
        return mu_refuse_usage(usage.command, _("no file given"));
    }
    if (given.value[OPTION_OUT] != NULL && given.operand_count != 1) {
        return mu_refuse_usage(usage.command, _("-o takes one file to read, %d were given"),
                               given.operand_count);
    }
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    status = arena == NULL || diags == NULL
                 ? mu_refuse(usage.command, _("there is not enough memory"))
                 : migrate_all(&given, arena, diags);
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
    return status;
}
