/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gettext under C.UTF-8. gettext ignores LANGUAGE in the POSIX locale, and Debian ships C.UTF-8
 * with every libc, so the language does not depend on which locales are installed. What was chosen
 * is kept in LANGUAGE itself, where gettext looks for it. */
#include "language.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "core/i18n.h"

enum { PATH_MOST = MU_PROGRAM_PATH_MOST };

static const char *environment_language(void) {
    static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != 0) {
            return strncmp(value, "zh", 2) == 0 ? "zh" : "en";
        }
    }
    return "en";
}

bool mu_program_folder(char folder[MU_PROGRAM_PATH_MOST]) {
    const ssize_t length = readlink("/proc/self/exe", folder, PATH_MOST - 1);
    if (length <= 0 || length >= PATH_MOST - 1) {
        return false;
    }
    folder[length] = 0;
    char *slash = strrchr(folder, '/');
    if (slash == NULL) {
        return false;
    }
    *slash = 0;
    return true;
}

/* Catalogues beside the program in its build tree come before installed ones, which may be those of
 * another version. */
static void bind_catalogues(void) {
    static const char *const relative[] = {"/../po", "/../share/locale"};
    char folder[PATH_MOST], path[PATH_MOST + 64];
    (void)bindtextdomain(MU_TEXT_DOMAIN, MU_LOCALE_DIR);
    for (size_t i = 0; mu_program_folder(folder) && i < 2; i++) {
        (void)snprintf(path, sizeof path, "%s%s/zh_CN/LC_MESSAGES/%s.mo", folder, relative[i],
                       MU_TEXT_DOMAIN);
        if (access(path, R_OK) == 0) {
            (void)snprintf(path, sizeof path, "%s%s", folder, relative[i]);
            (void)bindtextdomain(MU_TEXT_DOMAIN, path);
            break;
        }
    }
    (void)bind_textdomain_codeset(MU_TEXT_DOMAIN, "UTF-8");
}

bool mu_language_choose(const char *wanted) {
    const bool known = wanted == NULL || strcmp(wanted, "zh") == 0 || strcmp(wanted, "en") == 0;
    const char *language = wanted != NULL && known ? wanted : environment_language();
    if (setlocale(LC_ALL, "C.UTF-8") == NULL && setlocale(LC_ALL, "en_US.UTF-8") == NULL) {
        (void)setlocale(LC_ALL, ""); /* English text still prints; a translation may not */
    }
    (void)setlocale(LC_NUMERIC, "C");
    (void)setenv("LANGUAGE", language[0] == 'z' ? "zh_CN" : "en", 1);
    bind_catalogues();
    return known;
}

const char *mu_language(void) {
    const char *value = getenv("LANGUAGE");
    return value != NULL && strncmp(value, "zh", 2) == 0 ? "zh" : "en";
}

/* The folder that the build tree was configured from, read from the file that meson leaves beside
 * the program; false where the program is installed. */
static bool source_folder(const char *folder, char source[PATH_MOST]) {
    char path[PATH_MOST + 64];
    (void)snprintf(path, sizeof path, "%s/source-root", folder);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    const bool read = fgets(source, PATH_MOST, file) != NULL;
    (void)fclose(file);
    source[read ? strcspn(source, "\n") : 0] = 0;
    return read;
}

bool mu_data_find(const char *name, char path[MU_DATA_PATH_MOST]) {
    char folder[PATH_MOST] = ".", source[PATH_MOST] = ".";
    const bool placed = mu_program_folder(folder) && source_folder(folder, source);
    const char *const places[] = {source, MU_DATA_DIR, folder, "."};
    for (int i = placed ? 0 : 1; i < 4; i++) {
        (void)snprintf(path, MU_DATA_PATH_MOST, "%s%s/%s", places[i],
                       i == 2 ? "/../share/muster" : "", name);
        if (access(path, R_OK) == 0) {
            return true;
        }
    }
    return false;
}
