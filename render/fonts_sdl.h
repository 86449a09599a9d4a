/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters from the system's fonts, by SDL_ttf. Masks of whole texts are kept; when there are many,
 * all are dropped and made anew. */
#ifndef MU_RENDER_FONTS_SDL_H
#define MU_RENDER_FONTS_SDL_H

#include "render/font_find.h"
#include "render/type.h"

enum { MU_FACES_MOST = 96 };

typedef struct mu_face {
    int size, outline;
    bool bold;
    struct _TTF_Font *font;
    int ascent, left; /* of its masks, measured on an H */
} mu_face;

typedef struct mu_kept_mask {
    uint64_t hash; /* 0 = free */
    uint8_t *alpha;
    int width, height;
    double advance;
} mu_kept_mask;

typedef struct mu_fonts {
    mu_font_file files[2]; /* regular, bold */
    mu_face faces[MU_FACES_MOST];
    int face_count;
    mu_kept_mask *masks;
    int mask_count;
} mu_fonts;

/* False with the reason, translated, in `why`; mu_fonts_close is to be called in either case. */
bool mu_fonts_open(mu_fonts *fonts, char *why, size_t room);
void mu_fonts_close(mu_fonts *fonts);
mu_type mu_fonts_type(mu_fonts *fonts);

#endif
