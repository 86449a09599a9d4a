/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a picture has to be drawn anew: where two draw lists differ. */
#ifndef MU_RENDER_DAMAGE_H
#define MU_RENDER_DAMAGE_H

#include "render/draw.h"

/* The box that holds all that differs, of no width where nothing does. False: the lists are not
 * alike enough to tell, and everything may differ. */
bool mu_damage_between(const mu_draw_list *before, const mu_draw_list *after, mu_box *out);
/* What a command may touch. */
mu_box mu_damage_reach(const mu_draw_list *list, const mu_draw *command);
/* Makes `to` hold what `from` does; false without memory. */
bool mu_damage_keep(const mu_draw_list *from, mu_draw_list *to);

#endif
