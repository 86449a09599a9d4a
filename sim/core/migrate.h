/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of older versions made into files of the newest. A kind of file that has changed lists, for
 * every older version, the function that makes the next one of it: pure, text in, text out, so that
 * a file from years ago goes through them one after the other. Whoever reads a file reads the
 * newest form only.
 *
 * The rule for a new version: the field tables say the new form, mu_file_kind.version goes up by
 * one, a row joins the end of mu_file_kind.older, and a file of the old form joins tests/old. */
#ifndef MU_CORE_MIGRATE_H
#define MU_CORE_MIGRATE_H

#include <stddef.h>

#include "muster/diag.h"

struct mu_file_kind;
struct mu_json_doc;

/* Row k makes version k + 2 of version k + 1. */
typedef struct mu_migration {
    /* Changes `text`, which has been scanned without faults into `doc`, where it stands, or puts
     * another into *out (got from malloc; then the old one is dropped). The version itself is set
     * by the caller. NULL ends the list. */
    mu_status (*make)(const struct mu_json_doc *doc, char *text, char **out, size_t *out_length);
    const char *meaning; /* what is otherwise now, marked with N_(), without a full stop */
} mu_migration;

/* The text of a file of this kind in the newest version, got from malloc, in *out; NULL where it is
 * so already, or so wrong that the reader has to say why. `*from`: the version that it was in. */
MU_MUST_USE mu_status mu_migrate(const struct mu_file_kind *kind, const char *text, size_t length,
                                 char **out, size_t *out_length, int *from);

#endif
