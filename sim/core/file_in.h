/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file read whole. */
#ifndef MU_CORE_FILE_IN_H
#define MU_CORE_FILE_IN_H

#include <stddef.h>

/* The bytes of a file, got from malloc, with a 0 behind them; of one larger than a JSON file may be
 * (MU_JSON_BYTES_MOST) at least that many and one more. NULL, and errno says why, where it cannot
 * be read. */
char *mu_file_in_read(const char *path, size_t *length);

#endif
