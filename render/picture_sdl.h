/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture from a file as pixels: its head is asked first, then a library reads it. */
#ifndef MU_RENDER_PICTURE_SDL_H
#define MU_RENDER_PICTURE_SDL_H

#include "render/picture_head.h"
#include "render/raster.h"

typedef enum mu_picture_state {
    MU_PICTURE_LOADED,
    MU_PICTURE_UNKNOWN,   /* no file, or none of the kinds that are read */
    MU_PICTURE_TOO_LARGE, /* by its head: nothing was read */
    MU_PICTURE_BROKEN     /* the library refuses it, or there is no memory */
} mu_picture_state;

/* `head` is filled as far as it was read. `out` has pixels only when loaded; the caller frees them.
 */
mu_picture_state mu_picture_load(const char *path, mu_picture_head *head, mu_image *out);

#endif
