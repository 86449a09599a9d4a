/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that know SDL share. */
#ifndef MU_RENDER_PLATFORM_SDL_H
#define MU_RENDER_PLATFORM_SDL_H

#include "render/fonts_sdl.h"
#include "render/stage.h"

/* Fonts and the stage on them; false with the reason in `why`. Both are to be closed either way. */
bool mu_sdl_open_stage(mu_stage *stage, mu_fonts *fonts, const mu_show_def *def, char *why,
                       size_t room);

#endif
