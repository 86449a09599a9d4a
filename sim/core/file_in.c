/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/file_in.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/json_doc.h"

char *mu_file_in_read(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    size_t room = 1 << 16;
    char *text = file != NULL ? malloc(room + 1) : NULL;
    *length = 0;
    while (text != NULL && *length <= MU_JSON_BYTES_MOST) {
        *length += fread(text + *length, 1, room - *length, file);
        if (*length < room) {
            break;
        }
        room *= 2;
        char *more = realloc(text, room + 1);
        if (more == NULL) {
            free(text);
        }
        text = more;
    }
    const bool fine = file != NULL && ferror(file) == 0;
    const int error = errno;
    if (file != NULL) {
        (void)fclose(file);
    }
    if (text != NULL) {
        text[*length] = '\0';
    }
    if (!fine) {
        free(text);
        text = NULL;
    }
    errno = error;
    return text;
}
