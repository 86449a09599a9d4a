/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700
#include "core/file_in.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* 0, or why what this leads to is not read. */
static int refused(int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) {
        return errno;
    }
    if (S_ISDIR(status.st_mode)) {
        return EISDIR;
    }
    const bool flows = S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode);
    return S_ISREG(status.st_mode) || flows ? 0 : ENOTSUP;
}

static FILE *fail(int descriptor, int error) {
    (void)close(descriptor);
    errno = error;
    return NULL;
}

FILE *mu_file_in_open(const char *path) {
    /* Opening a pipe would wait for a writer; reading from one that has a writer may wait. */
    const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0) {
        return NULL;
    }
    const int flags = fcntl(descriptor, F_GETFL);
    const int error = flags < 0 || fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) != 0
                          ? errno
                          : refused(descriptor);
    FILE *file = error == 0 ? fdopen(descriptor, "rb") : fail(descriptor, error);
    return file != NULL || error != 0 ? file : fail(descriptor, ENOMEM);
}

bool mu_file_in_is_stored(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) {
        return false;
    }
    errno = ENOTSUP;
    return S_ISREG(status.st_mode) || S_ISDIR(status.st_mode);
}

uint64_t mu_file_in_bytes(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
}

/* Reads to the end, or beyond `most`. 0, or the error. */
static int fill(FILE *file, size_t most, char **text, size_t *length) {
    size_t room = 1 << 16;
    *length = 0;
    *text = malloc(room + 1);
    while (*text != NULL) {
        *length += fread(*text + *length, 1, room - *length, file);
        if (*length < room || *length > most) {
            return ferror(file) ? errno : *length > most ? EFBIG : 0;
        }
        room = room < most ? 4 * room : room + 1;
        char *more = realloc(*text, room + 1);
        if (more == NULL) {
            free(*text);
        }
        *text = more;
    }
    return ENOMEM;
}

char *mu_file_in_read(const char *path, size_t most, size_t *length) {
    FILE *file = mu_file_in_open(path);
    if (file == NULL) {
        return NULL;
    }
    char *text;
    const int error = fill(file, most, &text, length);
    (void)fclose(file);
    if (error != 0) {
        free(text);
        errno = error;
        return NULL;
    }
    text[*length] = 0;
    return text;
}
