/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster schema`: the field tables as JSON Schema or as reference pages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/i18n.h"
#include "kinds.h"
#include "options.h"
#include "table.h"

enum { OPTION_DOC };

static const mu_option options[] = {
    {0, "doc", NULL, N_("print reference documentation as Markdown instead")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "schema",
    .synopsis = N_("[KIND] [OPTION]…"),
    .summary =
        N_("Prints the JSON Schema (draft 2020-12) of a kind of file. Without KIND: lists the "
           "kinds."),
    .options = options,
};

static int list_kinds(void) {
    mu_table *table = mu_table_create(3);
    for (int k = 0; k < MU_KIND_COUNT; k++) {
        const mu_kind kind = mu_kind_get(k);
        mu_table_add(table, kind.name, kind.file->format, _(kind.file->meaning));
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
    return MU_EXIT_DONE;
}

static int print_kind(const mu_file_kind *kind, int as_document) {
    char *text = as_document ? mu_schema_document(kind) : mu_schema_print(kind);
    if (text == NULL) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    (void)fputs(text, stdout);
    free(text);
    return MU_EXIT_DONE;
}

int mu_schema_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count > 1) {
        return mu_refuse_usage(usage.command, _("one kind at a time"));
    }
    if (given.operand_count == 0) {
        return list_kinds();
    }
    for (int k = 0; k < MU_KIND_COUNT; k++) {
        if (strcmp(mu_kind_get(k).name, given.operands[0]) == 0) {
            return print_kind(mu_kind_get(k).file, given.value[OPTION_DOC] != NULL);
        }
    }
    return mu_refuse_usage(usage.command, _("there is no kind of file '%s'"), given.operands[0]);
}
