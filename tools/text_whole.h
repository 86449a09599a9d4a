/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that is whole in memory before the file that it goes to is begun: whatever refuses, or
 * ends the program (tools/tree.h), while it is made leaves no unfinished file. */
#ifndef MUSTER_TOOLS_TEXT_WHOLE_H
#define MUSTER_TOOLS_TEXT_WHOLE_H

#include <stdio.h>

#include "muster/diag.h"

typedef struct mu_text_whole {
    FILE *stream; /* print here */
    char *text;   /* when finished; the caller frees */
    size_t length;
} mu_text_whole;

/* MU_ERR_MEMORY. */
MU_MUST_USE mu_status mu_text_whole_begin(mu_text_whole *out);
/* `printed` is how the printing went; where it went badly, or there was no memory for all of it,
 * there is no text. */
MU_MUST_USE mu_status mu_text_whole_finish(mu_text_whole *out, mu_status printed);

#endif
