/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/picture_sdl.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_image.h>
#include <stdlib.h>
#include <string.h>

/* By what stands in the file, as its head was: by the ending of its name the library would take a
 * file called .tga for what has no head at all, and of any size. */
static SDL_Surface *read_surface(const char *path) {
    SDL_Surface *any = IMG_LoadTyped_RW(SDL_RWFromFile(path, "rb"), 1, NULL);
    SDL_Surface *own =
        any != NULL ? SDL_ConvertSurfaceFormat(any, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;
    SDL_FreeSurface(any);
    return own;
}

static void copy_pixels(const SDL_Surface *from, mu_image *out) {
    *out =
        (mu_image){malloc((size_t)from->w * (size_t)from->h * sizeof(uint32_t)), from->w, from->h};
    for (int y = 0; out->pixels != NULL && y < from->h; y++) {
        memcpy(out->pixels + (size_t)y * (size_t)from->w,
               (const char *)from->pixels + (size_t)y * (size_t)from->pitch,
               (size_t)from->w * sizeof(uint32_t));
    }
}

mu_picture_state mu_picture_load(const char *path, mu_picture_head *head, mu_image *out) {
    *out = (mu_image){0};
    if (!mu_picture_head_read(path, head)) {
        return MU_PICTURE_UNKNOWN;
    }
    if (!mu_picture_head_fits(head)) {
        return MU_PICTURE_TOO_LARGE;
    }
    SDL_Surface *own = read_surface(path);
    if (own != NULL && own->w > 0 && own->h > 0) {
        copy_pixels(own, out);
    }
    SDL_FreeSurface(own);
    return out->pixels != NULL ? MU_PICTURE_LOADED : MU_PICTURE_BROKEN;
}
