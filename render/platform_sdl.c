/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures in files. With fonts_sdl.c (letters) and window_sdl.c (the windows) all that knows SDL:
 * pictures are made by the raster in memory (raster.c has the switch over a draw list's commands).
 */
#include <SDL2/SDL.h>
#include <SDL2/SDL_image.h>
#include <stdio.h>

#include "render/animate.h"
#include "render/i18n.h"
#include "render/platform_sdl.h"

static bool save_png(const mu_image *image, const char *path) {
    SDL_Surface *from = SDL_CreateRGBSurfaceWithFormatFrom(
        image->pixels, image->width, image->height, 32, image->width * 4, SDL_PIXELFORMAT_ARGB8888);
    SDL_Surface *rgb =
        from == NULL ? NULL : SDL_ConvertSurfaceFormat(from, SDL_PIXELFORMAT_RGB24, 0);
    /* The stream is ours, since SDL_image does not tell what the disk did not take. */
    FILE *file = rgb == NULL ? NULL : fopen(path, "wb");
    SDL_RWops *out = file == NULL ? NULL : SDL_RWFromFP(file, SDL_FALSE);
    bool saved = out != NULL && IMG_SavePNG_RW(rgb, out, 0) == 0;
    saved = (out == NULL || SDL_RWclose(out) == 0) && saved;
    if (file != NULL) {
        saved = saved && ferror(file) == 0;
        saved = fclose(file) == 0 && saved;
    }
    SDL_FreeSurface(rgb);
    SDL_FreeSurface(from);
    return saved;
}

bool mu_sdl_open_stage(mu_stage *stage, mu_fonts *fonts, const mu_show_def *def, char *why,
                       size_t room) {
    mu_stage *s = stage;
    mu_fonts *f = fonts;
    if (!mu_fonts_open(f, why, room)) {
        return false;
    }
    const mu_type type = mu_fonts_type(f);
    if (!mu_stage_open(s, def, &type, save_png)) {
        (void)snprintf(why, room, "%s", _("there is not enough memory"));
        return false;
    }
    if (!f->files[0].chinese) {
        mu_stage_tell(s, "%s", _("no font with Chinese letters was found: install fonts-noto-cjk"));
    }
    return true;
}

bool mu_show_pictures(const mu_show_def *def, const double *times, uint32_t count, bool svg,
                      char *why, size_t room) {
    mu_fonts f = {0};
    mu_stage s = {0};
    const bool good = mu_sdl_open_stage(&s, &f, def, why, room) &&
                      mu_stage_pictures(&s, times, count, svg, why, room);
    mu_stage_close(&s);
    mu_fonts_close(&f);
    return good;
}

char *mu_show_svg(const mu_show_def *def, double at_s, const char *id, char *why, size_t room) {
    mu_fonts f = {0};
    mu_stage s = {0};
    char *text =
        mu_sdl_open_stage(&s, &f, def, why, room) ? mu_stage_svg(&s, at_s, id, why, room) : NULL;
    mu_stage_close(&s);
    mu_fonts_close(&f);
    return text;
}

char *mu_show_animation(const mu_show_def *def, double from_s, double to_s, const char *id,
                        char *why, size_t room) {
    mu_fonts f = {0};
    mu_stage s = {0};
    char *text =
        mu_sdl_open_stage(&s, &f, def, why, room) ? mu_stage_animation(&s, from_s, to_s, id) : NULL;
    mu_stage_close(&s);
    mu_fonts_close(&f);
    return text;
}

bool mu_show_frames(const mu_show_def *def, double from_s, double step_s, uint32_t count,
                    bool (*take)(void *with, const mu_image *image), void *with, char *why,
                    size_t room) {
    mu_fonts f = {0};
    mu_stage s = {0};
    bool good = mu_sdl_open_stage(&s, &f, def, why, room);
    if (good) {
        s.view.playing = true; /* as if in the window */
        s.view.film = def->film;
        mu_stage_look_ahead(&s);
    }
    for (uint32_t k = 0; good && k < count; k++) {
        good = mu_stage_draw_at(&s, from_s + step_s * k, true, why, room) &&
               take(with, &s.canvas.whole);
    }
    mu_stage_close(&s);
    mu_fonts_close(&f);
    return good;
}
