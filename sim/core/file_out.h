/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is written whole or not at all: the text goes to a temporary file in the same folder,
 * which takes the name's place only once everything has reached the disk. */
#ifndef MU_CORE_FILE_OUT_H
#define MU_CORE_FILE_OUT_H

#include <stddef.h>
#include <stdio.h>

#include "muster/diag.h"

typedef struct mu_file_out {
    FILE *stream; /* write here */
    char *path;   /* to become; links resolved */
    char *beside; /* temporary name; NULL where `path` is a device and is written to directly */
} mu_file_out;

/* On failure the reason is in `diags` and there is nothing to close. MU_ERR_IO, MU_ERR_MEMORY. */
MU_MUST_USE mu_status mu_file_out_open(const char *path, mu_file_out *out, mu_diags *diags);
/* Closes the file and gives it its name. On failure the temporary file is gone and what stood under
 * the name before is untouched. */
MU_MUST_USE mu_status mu_file_out_commit(mu_file_out *out, mu_diags *diags);
/* Closes and removes the temporary file. */
void mu_file_out_abandon(mu_file_out *out);

/* All at once. */
MU_MUST_USE mu_status mu_file_out_write(const char *path, const char *text, size_t length,
                                        mu_diags *diags);

#endif
