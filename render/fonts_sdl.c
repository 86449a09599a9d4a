/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/fonts_sdl.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_ttf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/i18n.h"

enum { MASKS = 4096, MASKS_MOST = 3000 };

bool mu_fonts_open(mu_fonts *f, char *why, size_t room) {
    *f = (mu_fonts){.masks = calloc(MASKS, sizeof *f->masks)};
    if (f->masks == NULL || TTF_Init() != 0) {
        (void)snprintf(why, room, "%s",
                       f->masks == NULL ? _("there is not enough memory") : TTF_GetError());
        return false;
    }
    if (!mu_font_find(false, &f->files[0]) || !mu_font_find(true, &f->files[1])) {
        (void)snprintf(why, room, "%s",
                       _("no font was found: install one, for example fonts-noto-cjk"));
        return false;
    }
    return true;
}

static void drop_masks(mu_fonts *f) {
    for (int i = 0; f->masks != NULL && i < MASKS; i++) {
        free(f->masks[i].alpha);
        f->masks[i] = (mu_kept_mask){0};
    }
    f->mask_count = 0;
}

void mu_fonts_close(mu_fonts *f) {
    drop_masks(f);
    free(f->masks);
    for (int i = 0; i < f->face_count; i++) {
        TTF_CloseFont(f->faces[i].font);
    }
    if (TTF_WasInit()) {
        TTF_Quit();
    }
}

/* The first column and the last row of an H that are inked. */
static void measure_letter(TTF_Font *font, int *left, int *bottom) {
    SDL_Surface *surface = TTF_RenderUTF8_Blended(font, "H", (SDL_Color){255, 255, 255, 255});
    *left = *bottom = 0;
    if (surface == NULL) {
        return;
    }
    *left = surface->w;
    for (int y = 0; y < surface->h; y++) {
        const uint32_t *row =
            (const uint32_t *)(const void *)((const uint8_t *)surface->pixels + y * surface->pitch);
        for (int x = 0; x < surface->w; x++) {
            if (row[x] >> 24 > 100) {
                *left = x < *left ? x : *left;
                *bottom = y + 1;
            }
        }
    }
    SDL_FreeSurface(surface);
}

static TTF_Font *open_font(const mu_fonts *f, int size, bool bold, int outline) {
    TTF_Font *font = TTF_OpenFontIndex(f->files[bold].path, size, f->files[bold].index);
    if (font != NULL) {
        TTF_SetFontHinting(font, TTF_HINTING_LIGHT);
        TTF_SetFontOutline(font, outline);
    }
    return font;
}

static const mu_face *face_of(mu_fonts *f, mu_font font, double outline) {
    const int size = (int)lround(fmax((double)font.size, 4)), line = (int)lround(outline);
    for (int i = 0; i < f->face_count; i++) {
        const mu_face *one = &f->faces[i];
        if (one->size == size && one->outline == line && one->bold == font.bold) {
            return one;
        }
    }
    if (f->face_count == MU_FACES_MOST) { /* many sizes in turn: a window that is being resized */
        for (int i = 0; i < f->face_count; i++) {
            TTF_CloseFont(f->faces[i].font);
        }
        f->face_count = 0;
    }
    mu_face *made = &f->faces[f->face_count];
    *made = (mu_face){.size = size, .outline = line, .bold = font.bold};
    made->font = open_font(f, size, font.bold, line);
    if (made->font == NULL) {
        return NULL;
    }
    int left, bottom;
    measure_letter(made->font, &left, &bottom);
    made->ascent = bottom - line;
    f->face_count++;
    if (line > 0) {
        const mu_face *plain = face_of(f, font, 0);
        int plain_left, plain_bottom;
        if (plain != NULL) {
            measure_letter(plain->font, &plain_left, &plain_bottom);
            made->left = plain_left - (left + line);
        }
    }
    return made;
}

static uint64_t hash_of(const mu_face *one, const char *text, size_t bytes) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < bytes; i++) {
        hash = (hash ^ (uint8_t)text[i]) * UINT64_C(1099511628211);
    }
    hash = (hash ^ (uint64_t)one->size) * UINT64_C(1099511628211);
    hash = (hash ^ (uint64_t)(one->outline * 2 + one->bold)) * UINT64_C(1099511628211);
    return hash == 0 ? 1 : hash;
}

static void render_mask(mu_kept_mask *mask, TTF_Font *font, const char *text) {
    SDL_Surface *surface = TTF_RenderUTF8_Blended(font, text, (SDL_Color){255, 255, 255, 255});
    if (surface == NULL) {
        return;
    }
    mask->width = surface->w;
    mask->height = surface->h;
    mask->alpha = malloc((size_t)surface->w * (size_t)surface->h);
    for (int y = 0; mask->alpha != NULL && y < surface->h; y++) {
        const uint32_t *row =
            (const uint32_t *)(const void *)((const uint8_t *)surface->pixels + y * surface->pitch);
        for (int x = 0; x < surface->w; x++) {
            mask->alpha[y * surface->w + x] = (uint8_t)(row[x] >> 24);
        }
    }
    SDL_FreeSurface(surface);
}

/* A text's mask and width, kept. NULL where the font cannot be opened. */
static mu_kept_mask *mask_of(mu_fonts *f, const mu_face *one, const char *text, size_t bytes,
                             bool drawn) {
    char whole[1024];
    bytes = bytes < sizeof whole ? bytes : sizeof whole - 1;
    memcpy(whole, text, bytes);
    whole[bytes] = 0;
    if (f->mask_count > MASKS_MOST) {
        drop_masks(f);
    }
    const uint64_t hash = hash_of(one, text, bytes);
    size_t at = hash % MASKS;
    while (f->masks[at].hash != 0 && f->masks[at].hash != hash) {
        at = (at + 1) % MASKS;
    }
    mu_kept_mask *mask = &f->masks[at];
    if (mask->hash == 0) {
        int width = 0;
        (void)TTF_SizeUTF8(one->font, whole, &width, NULL);
        *mask = (mu_kept_mask){.hash = hash, .advance = width};
        f->mask_count++;
    }
    if (drawn && mask->alpha == NULL) {
        render_mask(mask, one->font, whole);
    }
    return mask;
}

static double width_of(void *with, mu_font font, const char *text, size_t bytes) {
    const mu_face *one = face_of(with, font, 0);
    return one != NULL && bytes > 0 ? mask_of(with, one, text, bytes, false)->advance : 0;
}

static bool mask_for(void *with, mu_font font, double outline, const char *text, size_t bytes,
                     mu_mask *out) {
    const mu_face *one = face_of(with, font, outline);
    if (one == NULL || bytes == 0) {
        return false;
    }
    const mu_kept_mask *mask = mask_of(with, one, text, bytes, true);
    *out = (mu_mask){.alpha = mask->alpha,
                     .width = mask->width,
                     .height = mask->height,
                     .stride = mask->width,
                     .left = one->left,
                     .ascent = one->ascent};
    return mask->alpha != NULL;
}

mu_type mu_fonts_type(mu_fonts *fonts) {
    return (mu_type){.with = fonts, .width = width_of, .mask = mask_for};
}
