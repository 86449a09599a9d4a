/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which font file to set text in, as the system's font configuration says. */
#ifndef MU_RENDER_FONT_FIND_H
#define MU_RENDER_FONT_FIND_H

#include <stdbool.h>

typedef struct mu_font_file {
    char path[1024];
    int index;    /* of the font in a collection */
    bool chinese; /* has Chinese letters */
} mu_font_file;

/* The font that fits Chinese text of a weight best; false if there is no font at all. */
bool mu_font_find(bool bold, mu_font_file *out);

#endif
