/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder that is there already is as good as a new one. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "folder.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool mu_folder_make(const char *folder) {
    char *path = strdup(folder);
    bool made = path != NULL;
    for (char *c = path; made && *c != 0; c++) {
        if (c > path && *c == '/' && c[-1] != '/') {
            *c = 0;
            made = mkdir(path, 0777) == 0 || errno == EEXIST;
            *c = '/';
        }
    }
    struct stat info;
    made = made && (mkdir(path, 0777) == 0 || errno == EEXIST) && stat(path, &info) == 0;
    if (made && !S_ISDIR(info.st_mode)) {
        errno = ENOTDIR;
        made = false;
    }
    free(path);
    return made;
}

/* `path` as seen from the folder `from`; both absolute and without links. */
static const char *relative_to(mu_arena *arena, const char *from, const char *path) {
    size_t common = 0; /* end of the common folders, behind their slash */
    for (size_t i = 0; from[i] == path[i] && path[i] != '\0'; i++) {
        common = path[i] == '/' ? i + 1 : common;
    }
    if (strncmp(from, path, strlen(from)) == 0 && path[strlen(from)] == '/') {
        return path + strlen(from) + 1;
    }
    const char *steps = "../";
    for (const char *at = from + common; *at != '\0'; at++) {
        steps = *at == '/' ? mu_arena_print(arena, "%s../", steps) : steps;
    }
    return mu_arena_print(arena, "%s%s", steps, path + common);
}

/* A path that may not exist yet, made absolute as far as it does. */
static const char *absolute(mu_arena *arena, const char *path) {
    char real[PATH_MAX];
    if (realpath(path, real) != NULL) {
        return mu_arena_print(arena, "%s", real);
    }
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        const char *here = realpath(".", real) != NULL ? real : ".";
        return mu_arena_print(arena, "%s/%s", here, path);
    }
    if (slash[1] == '\0') {
        return absolute(arena, mu_arena_print(arena, "%.*s", (int)(slash - path), path));
    }
    const char *folder =
        slash == path ? ""
                      : absolute(arena, mu_arena_print(arena, "%.*s", (int)(slash - path), path));
    return mu_arena_print(arena, "%s%s", folder, slash);
}

const char *mu_path_from(mu_arena *arena, const char *folder, const char *path) {
    return relative_to(arena, absolute(arena, folder), absolute(arena, path));
}

const char *mu_path_beside(mu_arena *arena, const char *file, const char *path) {
    const char *slash = strrchr(file, '/');
    return mu_path_from(arena,
                        slash == NULL   ? "."
                        : slash == file ? "/"
                                        : mu_arena_print(arena, "%.*s", (int)(slash - file), file),
                        path);
}
