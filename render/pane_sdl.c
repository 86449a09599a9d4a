/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pane_sdl.h"

#include <SDL2/SDL.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/screen.h"

void mu_pane_close(mu_pane *pane) {
    SDL_DestroyTexture(pane->texture);
    SDL_DestroyRenderer(pane->renderer);
    SDL_DestroyWindow(pane->window);
    *pane = (mu_pane){0};
}

bool mu_pane_open(mu_pane *pane, const char *title, int x, int y, int width, int height) {
    *pane = (mu_pane){0};
    (void)SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1"); /* an input method shows its candidates … */
    (void)SDL_SetHint(SDL_HINT_IME_SUPPORT_EXTENDED_TEXT, "1"); /* … and may compose long ones */
    pane->window = SDL_CreateWindow(title, x, y, width, height,
                                    SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (pane->window != NULL) {
        pane->renderer = SDL_CreateRenderer(pane->window, -1, SDL_RENDERER_PRESENTVSYNC);
    }
    if (pane->window != NULL && pane->renderer == NULL) {
        pane->renderer = SDL_CreateRenderer(pane->window, -1, SDL_RENDERER_SOFTWARE);
    }
    return pane->renderer != NULL;
}

bool mu_pane_fit(mu_pane *pane, bool *changed) {
    int width, height;
    *changed = false;
    if (SDL_GetRendererOutputSize(pane->renderer, &width, &height) != 0 || width < 1 ||
        height < 1) {
        return true;
    }
    if (pane->texture != NULL && width == pane->width && height == pane->height) {
        return true;
    }
    SDL_DestroyTexture(pane->texture);
    pane->texture = SDL_CreateTexture(pane->renderer, SDL_PIXELFORMAT_ARGB8888,
                                      SDL_TEXTUREACCESS_STREAMING, width, height);
    pane->width = width;
    pane->height = height;
    *changed = true;
    return pane->texture != NULL;
}

void mu_pane_show(mu_pane *pane, const mu_image *image) {
    (void)SDL_UpdateTexture(pane->texture, NULL, image->pixels, image->width * 4);
    (void)SDL_RenderCopy(pane->renderer, pane->texture, NULL, NULL);
    SDL_RenderPresent(pane->renderer);
}

int mu_pane_key(const struct SDL_Keysym *sym) {
    static const struct {
        SDL_Keycode from;
        int to;
    } special[] = {{SDLK_LEFT, MU_KEY_LEFT},      {SDLK_RIGHT, MU_KEY_RIGHT},
                   {SDLK_UP, MU_KEY_UP},          {SDLK_DOWN, MU_KEY_DOWN},
                   {SDLK_PAGEUP, MU_KEY_PAGE_UP}, {SDLK_PAGEDOWN, MU_KEY_PAGE_DOWN},
                   {SDLK_HOME, MU_KEY_HOME},      {SDLK_END, MU_KEY_END},
                   {SDLK_ESCAPE, MU_KEY_ESCAPE},  {SDLK_F1, MU_KEY_F1},
                   {SDLK_F2, MU_KEY_F2},          {SDLK_F3, MU_KEY_F3},
                   {SDLK_F4, MU_KEY_F4},          {SDLK_F5, MU_KEY_F5},
                   {SDLK_F6, MU_KEY_F6},          {SDLK_F7, MU_KEY_F7},
                   {SDLK_F8, MU_KEY_F8},          {SDLK_F9, MU_KEY_F9},
                   {SDLK_F10, MU_KEY_F10},        {SDLK_F11, MU_KEY_F11},
                   {SDLK_F12, MU_KEY_F12},        {SDLK_KP_PLUS, '+'},
                   {SDLK_KP_MINUS, '-'},          {SDLK_RETURN, MU_KEY_ENTER},
                   {SDLK_KP_ENTER, MU_KEY_ENTER}, {SDLK_BACKSPACE, MU_KEY_BACKSPACE},
                   {SDLK_DELETE, MU_KEY_DELETE}};
    static const char shifted[][2] = {{'/', '?'}, {'=', '+'}, {'[', '{'},
                                      {']', '}'}, {'-', '_'}, {'l', 'L'}};
    if (sym->sym == SDLK_TAB) {
        return (sym->mod & KMOD_SHIFT) != 0 ? (int)MU_KEY_BACK_TAB : '\t';
    }
    for (size_t i = 0; i < sizeof special / sizeof special[0]; i++) {
        if (special[i].from == sym->sym) {
            return special[i].to;
        }
    }
    for (size_t i = 0; (sym->mod & KMOD_SHIFT) != 0 && i < sizeof shifted / sizeof shifted[0];
         i++) {
        if (sym->sym == shifted[i][0]) {
            return shifted[i][1];
        }
    }
    return sym->sym > 0 && sym->sym < 127 ? (int)sym->sym : 0;
}

double mu_pane_scale(const mu_pane *pane) {
    int width = 0, height = 0;
    SDL_GetWindowSize(pane->window, &width, &height);
    return width > 0 ? (double)pane->width / width : 1;
}

bool mu_pane_start(void) {
    /* Without that folder there is no Wayland, and its library would complain on standard error. */
    if (getenv("XDG_RUNTIME_DIR") == NULL && getenv("WAYLAND_DISPLAY") == NULL) {
        (void)SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11,kmsdrm");
    }
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        return false;
    }
    const char *driver = SDL_GetCurrentVideoDriver();
    return getenv("SDL_VIDEODRIVER") != NULL ||
           (driver != NULL && strcmp(driver, "offscreen") != 0 && strcmp(driver, "dummy") != 0 &&
            strcmp(driver, "evdev") != 0);
}

mu_input mu_pane_mouse(const mu_pane *pane, const SDL_Event *event) {
    const double scale = mu_pane_scale(pane);
    mu_input input = {.kind = MU_INPUT_MOVE};
    if (event->type == SDL_MOUSEBUTTONDOWN || event->type == SDL_MOUSEBUTTONUP) {
        input.kind = event->type == SDL_MOUSEBUTTONDOWN ? MU_INPUT_PRESS : MU_INPUT_RELEASE;
        input.button = event->button.button;
        input.x = event->button.x * scale;
        input.y = event->button.y * scale;
    } else if (event->type == SDL_MOUSEMOTION) {
        input.x = event->motion.x * scale;
        input.y = event->motion.y * scale;
    } else {
        input.kind = MU_INPUT_WHEEL;
        input.wheel = (double)event->wheel.preciseY;
    }
    return input;
}

void mu_pane_follow_typing(mu_pane *pane, const mu_ui *ui) {
    if (ui->typing != pane->typing) {
        pane->typing = ui->typing;
        if (pane->typing) {
            SDL_StartTextInput();
        } else {
            SDL_StopTextInput();
        }
    }
    if (pane->typing) {
        const double scale = mu_pane_scale(pane);
        const SDL_Rect caret = {
            (int)((double)ui->caret.x / scale), (int)((double)ui->caret.y / scale),
            (int)fmax(1, (double)ui->caret.width / scale), (int)((double)ui->caret.height / scale)};
        SDL_SetTextInputRect(&caret);
    }
}
