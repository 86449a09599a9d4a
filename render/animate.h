/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as a moving picture inside a page: the plan once, and where everybody was at so many
 * moments; a small script plays it. It needs nothing from outside the page. */
#ifndef MU_RENDER_ANIMATE_H
#define MU_RENDER_ANIMATE_H

#include "render/stage.h"

/* HTML of one figure's content; `id` begins every id in it. The caller frees it; NULL without
 * memory. */
char *mu_stage_animation(mu_stage *stage, double from_s, double to_s, const char *id);

#endif
