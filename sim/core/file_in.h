/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that somebody names, read with care: a name may lead to a device without an end, to a pipe
 * that nobody writes into, or to more than there is memory for. */
#ifndef MU_CORE_FILE_IN_H
#define MU_CORE_FILE_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/limits.h"

/* Open for reading: a file, or a pipe, which is empty where nobody writes. NULL with errno: EISDIR of
 * a folder, ENOTSUP of a device. */
FILE *mu_file_in_open(const char *path);

/* For libraries that open files themselves: is it a file, or a folder? False of pipes and devices,
 * and where there is nothing; errno says why. */
bool mu_file_in_is_stored(const char *path);

/* Bytes of a file; 0 of anything else. */
uint64_t mu_file_in_bytes(const char *path);

/* All of it with a 0 behind; the caller frees. NULL with errno: as above, ENOMEM, EFBIG where it has
 * more than `most` bytes. */
char *mu_file_in_read(const char *path, size_t most, size_t *length);

#endif
