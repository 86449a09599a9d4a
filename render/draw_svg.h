/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draw list as SVG, for pages and for print. */
#ifndef MU_RENDER_DRAW_SVG_H
#define MU_RENDER_DRAW_SVG_H

#include <stdio.h>

#include "render/draw.h"

/* Writes the lists, one over the other, as one picture. `id` begins every id in it, so that several
 * pictures can stand in one page. False if something could not be written. */
bool mu_draw_svg(const mu_draw_list *const *lists, uint32_t count, double width, double height,
                 const char *title, const char *id, FILE *out);

#endif
