/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/csv_out.h"

#include <string.h>

#include "core/read_real.h"

bool mu_csv_is_formula(const char *cell) {
    if (cell[0] == 0 || strchr("=+-@\t\r", cell[0]) == NULL) {
        return false;
    }
    const char *end;
    (void)mu_read_real(cell, &end);
    return end == cell || *end != 0; /* "-5" is a number, "-5+cmd" is not */
}

void mu_csv_put(FILE *out, const char *cell, bool always_quoted) {
    const bool formula = mu_csv_is_formula(cell);
    const bool quoted = always_quoted || formula || strpbrk(cell, ",\"\r\n") != NULL;
    (void)fputs(quoted ? "\"" : "", out);
    (void)fputs(formula ? "'" : "", out);
    for (const char *c = cell; *c != 0; c++) {
        if (*c == '"') {
            (void)fputc('"', out);
        }
        (void)fputc(*c, out);
    }
    (void)fputs(quoted ? "\"" : "", out);
}
