/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that shows pictures made in memory, and its keys. */
#ifndef MU_RENDER_PANE_SDL_H
#define MU_RENDER_PANE_SDL_H

#include <stdbool.h>

#include "render/raster.h"
#include "render/screen.h"
#include "render/ui.h"

struct SDL_Keysym;
union SDL_Event;

typedef struct mu_pane {
    struct SDL_Window *window;
    struct SDL_Renderer *renderer;
    struct SDL_Texture *texture;
    int width, height; /* in pixels */
    bool typing;       /* SDL has been told that somebody types */
} mu_pane;

bool mu_pane_open(mu_pane *pane, const char *title, int x, int y, int width, int height);
void mu_pane_close(mu_pane *pane);
/* Measures the pane; `changed` where its picture has to have another size. */
bool mu_pane_fit(mu_pane *pane, bool *changed);
void mu_pane_show(mu_pane *pane, const mu_image *image);
/* Pixels of the picture a point of the window, in which mouse positions come. */
double mu_pane_scale(const mu_pane *pane);

/* What the mouse did, in pixels of the picture. */
mu_input mu_pane_mouse(const mu_pane *pane, const union SDL_Event *event);
/* An input method has to know whether somebody types, and where. */
void mu_pane_follow_typing(mu_pane *pane, const mu_ui *ui);

/* A key as the screen knows it (screen.h); 0 = none. */
int mu_pane_key(const struct SDL_Keysym *sym);
/* Starts SDL's video. False: there is no display that somebody sees. Drivers that draw where nobody
 * does are for tests that ask for them by SDL_VIDEODRIVER. */
bool mu_pane_start(void);

#endif
