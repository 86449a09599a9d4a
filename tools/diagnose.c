/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line a fault, in the form that editors and people know from compilers. */
#include "diagnose.h"

#include <stdlib.h>

#include "command.h"
#include "core/i18n.h"
#include "table.h"

static const char *severity_word(mu_severity severity) {
    switch (severity) {
    case MU_NOTE:
        return N_("note: ");
    case MU_WARNING:
        return N_("warning: ");
    case MU_ERROR:
        return N_("error: ");
    }
    return "";
}

static void print_place(const mu_where *where, FILE *out) {
    if (where->file == NULL) {
        (void)fputs("muster: ", out);
        return;
    }
    mu_text_print(where->file, out);
    if (where->line > 0) {
        (void)fprintf(out, ":%u", where->line);
    }
    if (where->line > 0 && where->column > 0) {
        (void)fprintf(out, ":%u", where->column);
    }
    (void)fputs(": ", out);
}

static void print_one(const mu_diag *diag, FILE *out) {
    print_place(&diag->where, out);
    (void)fputs(_(severity_word(diag->severity)), out);
    mu_text_print(diag->text != NULL ? diag->text : "", out);
    (void)fprintf(out, " [%s]", diag->code);
    if (diag->where.path != NULL) {
        (void)fputs(_(" at "), out);
        mu_text_print(diag->where.path, out);
    }
    (void)fputc('\n', out);
    if (diag->advice != NULL) {
        (void)fputs("    ", out);
        mu_text_print_line(diag->advice, out);
    }
}

void mu_diags_print(const mu_diags *diags, size_t first, mu_severity least, FILE *out) {
    const size_t count = mu_diags_count(diags, MU_NOTE);
    const mu_severity least_said = getenv(MU_VERBOSE) != NULL ? MU_NOTE : least;
    for (size_t i = first; i < count; i++) {
        const mu_diag *diag = mu_diags_get(diags, i);
        if (diag->severity >= least_said) {
            print_one(diag, out);
        }
    }
}

static void put_one(mu_json_out *out, const mu_diag *diag) {
    mu_json_open_flat(out, NULL, '{');
    mu_json_put_string(out, "severity", severity_word(diag->severity));
    mu_json_put_string(out, "code", diag->code);
    mu_json_put_string(out, "file", diag->where.file);
    mu_json_put_count(out, "line", diag->where.line);
    mu_json_put_count(out, "column", diag->where.column);
    mu_json_put_string(out, "path", diag->where.path);
    mu_json_put_string(out, "text", diag->text);
    mu_json_put_string(out, "advice", diag->advice);
    mu_json_close(out, '}');
}

void mu_diags_put(mu_json_out *out, const char *key, const mu_diags *diags) {
    const size_t count = mu_diags_count(diags, MU_NOTE);
    mu_json_open(out, key, '[');
    for (size_t i = 0; i < count; i++) {
        put_one(out, mu_diags_get(diags, i));
    }
    mu_json_close(out, ']');
}

void mu_diags_print_counts(size_t errors, size_t warnings, FILE *out) {
    (void)fprintf(out, P_("%zu error", "%zu errors", errors), errors);
    (void)fputs(_(", "), out);
    (void)fprintf(out, P_("%zu warning", "%zu warnings", warnings), warnings);
}

/* An error that found no memory was counted, but nobody can read it. */
static bool has_said_why(const mu_diags *diags) {
    for (size_t i = 0; i < mu_diags_count(diags, MU_NOTE); i++) {
        if (mu_diags_get(diags, i)->severity == MU_ERROR) {
            return true;
        }
    }
    return false;
}

int mu_refuse_status(const char *command, mu_status status, const mu_diags *diags) {
    if (has_said_why(diags)) {
        return MU_EXIT_USAGE;
    }
    return mu_refuse(command, status == MU_ERR_MEMORY || mu_diags_lacks_memory(diags)
                                  ? _("there is not enough memory")
                              : status == MU_ERR_LIMIT ? _("the run needs more than a run may have "
                                                           "('muster doctor --limits')")
                                                       : _("the run cannot go on"));
}
