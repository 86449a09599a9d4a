/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line a fault, in the form that editors and people know from compilers. */
#include "diagnose.h"

#include "core/i18n.h"
#include "table.h"

static const char *severity_word(mu_severity severity) {
    switch (severity) {
    case MU_NOTE:
        return N_("note");
    case MU_WARNING:
        return N_("warning");
    case MU_ERROR:
        return N_("error");
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
    (void)fprintf(out, "%s: ", _(severity_word(diag->severity)));
    mu_text_print(diag->text != NULL ? diag->text : "", out);
    (void)fprintf(out, " [%s]", diag->code);
    if (diag->where.path != NULL) {
        (void)fputs(_(" at "), out);
        mu_text_print(diag->where.path, out);
    }
    (void)fputc('\n', out);
    if (diag->advice != NULL) {
        (void)fputs("    ", out);
        mu_text_print(diag->advice, out);
        (void)fputc('\n', out);
    }
}

void mu_diags_print(const mu_diags *diags, size_t first, FILE *out) {
    const size_t count = mu_diags_count(diags, MU_NOTE);
    for (size_t i = first; i < count; i++) {
        print_one(mu_diags_get(diags, i), out);
    }
}

static cJSON *one_json(const mu_diag *diag) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "severity", severity_word(diag->severity));
    cJSON_AddStringToObject(object, "code", diag->code);
    if (diag->where.file != NULL) {
        cJSON_AddStringToObject(object, "file", diag->where.file);
    }
    if (diag->where.line > 0) {
        cJSON_AddNumberToObject(object, "line", diag->where.line);
        cJSON_AddNumberToObject(object, "column", diag->where.column);
    }
    if (diag->where.path != NULL) {
        cJSON_AddStringToObject(object, "path", diag->where.path);
    }
    cJSON_AddStringToObject(object, "text", diag->text != NULL ? diag->text : "");
    if (diag->advice != NULL) {
        cJSON_AddStringToObject(object, "advice", diag->advice);
    }
    return object;
}

cJSON *mu_diags_json(const mu_diags *diags, size_t first) {
    cJSON *array = cJSON_CreateArray();
    const size_t count = mu_diags_count(diags, MU_NOTE);
    for (size_t i = first; i < count; i++) {
        cJSON_AddItemToArray(array, one_json(mu_diags_get(diags, i)));
    }
    return array;
}

void mu_diags_print_counts(size_t errors, size_t warnings, FILE *out) {
    (void)fprintf(out, P_("%zu error", "%zu errors", errors), errors);
    (void)fputs(_(", "), out);
    (void)fprintf(out, P_("%zu warning", "%zu warnings", warnings), warnings);
}
