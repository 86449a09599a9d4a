/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that shows pictures made in memory, and its keys. */
#ifndef MU_RENDER_PANE_SDL_H
#define MU_RENDER_PANE_SDL_H

#include <stdbool.h>

#include "render/raster.h"

struct SDL_Keysym;

typedef struct mu_pane {
    struct SDL_Window *window;
    struct SDL_Renderer *renderer;
    struct SDL_Texture *texture;
    int width, height; /* in pixels */
} mu_pane;

bool mu_pane_open(mu_pane *pane, const char *title, int x, int y, int width, int height);
void mu_pane_close(mu_pane *pane);
/* Measures the pane; `changed` where its picture has to have another size. */
bool mu_pane_fit(mu_pane *pane, bool *changed);
void mu_pane_show(mu_pane *pane, const mu_image *image);
/* Pixels of the picture a point of the window, in which mouse positions come. */
double mu_pane_scale(const mu_pane *pane);

/* A key as the screen knows it (screen.h); 0 = none. */
int mu_pane_key(const struct SDL_Keysym *sym);
/* Is there a display that somebody sees? Drivers that draw where nobody does are for tests that ask
 * for them by SDL_VIDEODRIVER. */
bool mu_pane_is_seen(void);

#endif
