/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A locale in which 1.5 is written 1,5, made on the spot: machines that test have none. */
#ifndef TESTS_UNIT_COMMA_LOCALE_H
#define TESTS_UNIT_COMMA_LOCALE_H

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static inline void leave_comma_locale(const char *folder) {
    char line[200];
    setlocale(LC_NUMERIC, "C");
    snprintf(line, sizeof line, "rm -r %s", folder);
    if (system(line) != 0) {
        puts("a folder of a locale is left");
    }
}

/* `folder` ends in XXXXXX and is made. False: localedef is not here. */
static inline bool enter_comma_locale(char *folder) {
    char line[800];
    if (mkdtemp(folder) == NULL) {
        return false;
    }
    snprintf(
        line, sizeof line,
        "cd %s && printf 'LC_CTYPE\\ncopy \"POSIX\"\\nEND LC_CTYPE\\nLC_NUMERIC\\n"
        "decimal_point \",\"\\nthousands_sep \".\"\\ngrouping 3;3\\nEND LC_NUMERIC\\n' > comma; "
        "localedef -c -i ./comma -f ANSI_X3.4-1968 ./comma.ASCII > said 2>&1; "
        "test -f comma.ASCII/LC_NUMERIC",
        folder);
    if (system(line) == 0 && setenv("LOCPATH", folder, 1) == 0 &&
        setlocale(LC_NUMERIC, "comma.ASCII") != NULL) {
        return true;
    }
    leave_comma_locale(folder);
    return false;
}

#endif
