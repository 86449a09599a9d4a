/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder that is there already is as good as a new one. */
#include "folder.h"

#include <errno.h>
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
