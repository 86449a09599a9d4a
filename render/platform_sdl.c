/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one file that knows SDL: letters, the window, its input, and PNG files. Pictures are made by
 * the raster in memory (raster.c has the switch over a draw list's commands); the window shows that
 * memory. */
#include <SDL2/SDL.h>
#include <SDL2/SDL_image.h>
#include <SDL2/SDL_ttf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/font_find.h"
#include "render/i18n.h"
#include "render/stage.h"

/* Fonts. Masks of whole texts are kept; when there are many, all are dropped and made anew. */
enum { FACES_MOST = 96, MASKS = 4096, MASKS_MOST = 3000 };

typedef struct face {
    int size, outline;
    bool bold;
    TTF_Font *font;
    int ascent, left; /* of its masks, measured on an H */
} face;

typedef struct kept_mask {
    uint64_t hash; /* 0 = free */
    uint8_t *alpha;
    int width, height;
    double advance;
} kept_mask;

typedef struct fonts {
    mu_font_file files[2]; /* regular, bold */
    face faces[FACES_MOST];
    int face_count;
    kept_mask *masks;
    int mask_count;
} fonts;

static bool fonts_open(fonts *f, char *why, size_t room) {
    *f = (fonts){.masks = calloc(MASKS, sizeof *f->masks)};
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

static void drop_masks(fonts *f) {
    for (int i = 0; f->masks != NULL && i < MASKS; i++) {
        free(f->masks[i].alpha);
        f->masks[i] = (kept_mask){0};
    }
    f->mask_count = 0;
}

static void fonts_close(fonts *f) {
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

static TTF_Font *open_font(const fonts *f, int size, bool bold, int outline) {
    TTF_Font *font = TTF_OpenFontIndex(f->files[bold].path, size, f->files[bold].index);
    if (font != NULL) {
        TTF_SetFontHinting(font, TTF_HINTING_LIGHT);
        TTF_SetFontOutline(font, outline);
    }
    return font;
}

static const face *face_of(fonts *f, mu_font font, double outline) {
    const int size = (int)lround(fmax((double)font.size, 4)), line = (int)lround(outline);
    for (int i = 0; i < f->face_count; i++) {
        const face *one = &f->faces[i];
        if (one->size == size && one->outline == line && one->bold == font.bold) {
            return one;
        }
    }
    if (f->face_count == FACES_MOST) { /* many sizes in turn: a window that is being resized */
        for (int i = 0; i < f->face_count; i++) {
            TTF_CloseFont(f->faces[i].font);
        }
        f->face_count = 0;
    }
    face *made = &f->faces[f->face_count];
    *made = (face){.size = size, .outline = line, .bold = font.bold};
    made->font = open_font(f, size, font.bold, line);
    if (made->font == NULL) {
        return NULL;
    }
    int left, bottom;
    measure_letter(made->font, &left, &bottom);
    made->ascent = bottom - line;
    f->face_count++;
    if (line > 0) {
        const face *plain = face_of(f, font, 0);
        int plain_left, plain_bottom;
        if (plain != NULL) {
            measure_letter(plain->font, &plain_left, &plain_bottom);
            made->left = plain_left - (left + line);
        }
    }
    return made;
}

static uint64_t hash_of(const face *one, const char *text, size_t bytes) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < bytes; i++) {
        hash = (hash ^ (uint8_t)text[i]) * UINT64_C(1099511628211);
    }
    hash = (hash ^ (uint64_t)one->size) * UINT64_C(1099511628211);
    hash = (hash ^ (uint64_t)(one->outline * 2 + one->bold)) * UINT64_C(1099511628211);
    return hash == 0 ? 1 : hash;
}

static void render_mask(kept_mask *mask, TTF_Font *font, const char *text) {
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
static kept_mask *mask_of(fonts *f, const face *one, const char *text, size_t bytes, bool drawn) {
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
    kept_mask *mask = &f->masks[at];
    if (mask->hash == 0) {
        int width = 0;
        (void)TTF_SizeUTF8(one->font, whole, &width, NULL);
        *mask = (kept_mask){.hash = hash, .advance = width};
        f->mask_count++;
    }
    if (drawn && mask->alpha == NULL) {
        render_mask(mask, one->font, whole);
    }
    return mask;
}

static double type_width(void *with, mu_font font, const char *text, size_t bytes) {
    const face *one = face_of(with, font, 0);
    return one != NULL && bytes > 0 ? mask_of(with, one, text, bytes, false)->advance : 0;
}

static bool type_mask(void *with, mu_font font, double outline, const char *text, size_t bytes,
                      mu_mask *out) {
    const face *one = face_of(with, font, outline);
    if (one == NULL || bytes == 0) {
        return false;
    }
    const kept_mask *mask = mask_of(with, one, text, bytes, true);
    *out = (mu_mask){.alpha = mask->alpha,
                     .width = mask->width,
                     .height = mask->height,
                     .stride = mask->width,
                     .left = one->left,
                     .ascent = one->ascent};
    return mask->alpha != NULL;
}

static bool save_png(const mu_image *image, const char *path) {
    SDL_Surface *from = SDL_CreateRGBSurfaceWithFormatFrom(
        image->pixels, image->width, image->height, 32, image->width * 4, SDL_PIXELFORMAT_ARGB8888);
    SDL_Surface *rgb =
        from == NULL ? NULL : SDL_ConvertSurfaceFormat(from, SDL_PIXELFORMAT_RGB24, 0);
    const bool saved = rgb != NULL && IMG_SavePNG(rgb, path) == 0;
    SDL_FreeSurface(rgb);
    SDL_FreeSurface(from);
    return saved;
}

/* Fonts and the stage on them. */
static bool open_stage(mu_stage *s, fonts *f, const mu_show_def *def, char *why, size_t room) {
    const mu_type type = {.with = f, .width = type_width, .mask = type_mask};
    if (!fonts_open(f, why, room)) {
        return false;
    }
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
    fonts f = {0};
    mu_stage s = {0};
    const bool good =
        open_stage(&s, &f, def, why, room) && mu_stage_pictures(&s, times, count, svg, why, room);
    mu_stage_close(&s);
    fonts_close(&f);
    return good;
}

char *mu_show_svg(const mu_show_def *def, double at_s, const char *id, char *why, size_t room) {
    fonts f = {0};
    mu_stage s = {0};
    char *text = open_stage(&s, &f, def, why, room) ? mu_stage_svg(&s, at_s, id, why, room) : NULL;
    mu_stage_close(&s);
    fonts_close(&f);
    return text;
}

/* The window. */
typedef struct window {
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *texture;
    uint64_t until; /* performance counter: when the present tick's work must stop */
    bool full;
    bool quit;
} window;

static bool has_time(void *with) {
    return SDL_GetPerformanceCounter() < ((const window *)with)->until;
}

static bool fit_window(mu_stage *s, window *w) {
    int width, height;
    if (SDL_GetRendererOutputSize(w->renderer, &width, &height) != 0 || width < 1 || height < 1) {
        return true;
    }
    if (w->texture != NULL && width == s->whole.width && height == s->whole.height) {
        return true;
    }
    SDL_DestroyTexture(w->texture);
    w->texture = SDL_CreateTexture(w->renderer, SDL_PIXELFORMAT_ARGB8888,
                                   SDL_TEXTUREACCESS_STREAMING, width, height);
    return w->texture != NULL && mu_stage_resize(s, width, height);
}

static int key_of(const SDL_Keysym *sym) {
    static const struct {
        SDL_Keycode from;
        int to;
    } special[] = {
        {SDLK_LEFT, MU_KEY_LEFT}, {SDLK_RIGHT, MU_KEY_RIGHT},    {SDLK_UP, MU_KEY_UP},
        {SDLK_DOWN, MU_KEY_DOWN}, {SDLK_PAGEUP, MU_KEY_PAGE_UP}, {SDLK_PAGEDOWN, MU_KEY_PAGE_DOWN},
        {SDLK_HOME, MU_KEY_HOME}, {SDLK_END, MU_KEY_END},        {SDLK_ESCAPE, MU_KEY_ESCAPE},
        {SDLK_F1, MU_KEY_F1},     {SDLK_F11, MU_KEY_F11},        {SDLK_F12, MU_KEY_F12},
        {SDLK_KP_PLUS, '+'},      {SDLK_KP_MINUS, '-'}};
    static const char shifted[][2] = {{'/', '?'}, {'=', '+'}, {'[', '{'}, {']', '}'}, {'-', '_'}};
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

/* Mouse positions come in the window's points; the picture counts pixels. */
static double pixels_per_point(const mu_stage *s, const window *w) {
    int width = 0, height = 0;
    SDL_GetWindowSize(w->window, &width, &height);
    return width > 0 ? (double)s->whole.width / width : 1;
}

static void hear(mu_stage *s, window *w, const SDL_Event *event) {
    const double scale = pixels_per_point(s, w);
    mu_input input = {.kind = MU_INPUT_MOVE};
    switch (event->type) {
    case SDL_QUIT:
        w->quit = true;
        return;
    case SDL_KEYDOWN:
        input.kind = MU_INPUT_KEY;
        input.key = key_of(&event->key.keysym);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        input.kind = event->type == SDL_MOUSEBUTTONDOWN ? MU_INPUT_PRESS : MU_INPUT_RELEASE;
        input.button = event->button.button;
        input.x = event->button.x * scale;
        input.y = event->button.y * scale;
        break;
    case SDL_MOUSEMOTION:
        input.x = event->motion.x * scale;
        input.y = event->motion.y * scale;
        break;
    case SDL_MOUSEWHEEL:
        input.kind = MU_INPUT_WHEEL;
        input.wheel = (double)event->wheel.preciseY;
        break;
    default:
        return;
    }
    mu_screen_input(&s->view, &input);
}

static void do_wishes(mu_stage *s, window *w) {
    if ((s->view.wants & MU_WANTS_SCREENSHOT) != 0) {
        mu_stage_screenshot(s);
    }
    if ((s->view.wants & MU_WANTS_FULL_SCREEN) != 0) {
        w->full = !w->full;
        (void)SDL_SetWindowFullscreen(w->window, w->full ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    }
    w->quit = w->quit || (s->view.wants & MU_WANTS_QUIT) != 0;
    s->view.wants = 0;
}

static bool present(mu_stage *s, window *w) {
    if (!fit_window(s, w) || !mu_stage_paint(s)) {
        return false;
    }
    (void)SDL_UpdateTexture(w->texture, NULL, s->whole.pixels, s->whole.width * 4);
    (void)SDL_RenderCopy(w->renderer, w->texture, NULL, NULL);
    SDL_RenderPresent(w->renderer);
    return true;
}

static const double FRAME_S = 1.0 / 60; /* at the most so many pictures a second */
static const double WORK_S = 0.011;     /* of a tick may go into the simulation */
static const double SEEK_S = 0.08;  /* the same while it goes to another time: the sooner there */
static const double STILL_S = 0.25; /* between pictures while nothing moves but the look-ahead */

/* Waits for something to happen where nothing moves by itself; returns whether to draw. */
static bool take_input(mu_stage *s, window *w, bool lively, double waited_s) {
    SDL_Event event;
    bool any = false;
    const int wait_ms = lively ? 0 : mu_session_end_is_known(s->def->session) ? 200 : 1;
    if (SDL_WaitEventTimeout(&event, wait_ms) != 0) {
        do {
            hear(s, w, &event);
            any = true;
        } while (SDL_PollEvent(&event) != 0);
    }
    return any || lively || (!mu_session_end_is_known(s->def->session) && waited_s > STILL_S);
}

static bool loop(mu_stage *s, window *w) {
    const double tick = 1 / (double)SDL_GetPerformanceFrequency();
    uint64_t last = SDL_GetPerformanceCounter(), drawn = last;
    bool first = true, knew_end = false;
    while (!w->quit) {
        const bool lively = s->view.playing || s->view.seeking || s->view.scrubbing;
        const uint64_t before = SDL_GetPerformanceCounter();
        bool draw = take_input(s, w, lively, (double)(before - drawn) * tick) || first;
        const uint64_t now = SDL_GetPerformanceCounter();
        const double elapsed = (double)(now - last) * tick;
        last = now;
        w->until = now + (uint64_t)((s->view.seeking ? SEEK_S : WORK_S) / tick);
        mu_screen_tick(&s->view, fmin(elapsed, 0.25), has_time, w);
        draw = draw || knew_end != mu_session_end_is_known(s->def->session);
        knew_end = mu_session_end_is_known(s->def->session);
        if (mu_session_status(s->def->session) != MU_OK) {
            return false;
        }
        if (draw) {
            if (!present(s, w)) {
                return false;
            }
            drawn = SDL_GetPerformanceCounter();
        }
        do_wishes(s, w);
        first = false;
        const double took = (double)(SDL_GetPerformanceCounter() - before) * tick;
        if (lively && took < FRAME_S) {
            SDL_Delay((uint32_t)((FRAME_S - took) * 1000));
        }
    }
    return true;
}

/* Drivers that draw where nobody sees it are for tests that ask for them by SDL_VIDEODRIVER. */
static bool is_seen(void) {
    const char *driver = SDL_GetCurrentVideoDriver();
    return getenv("SDL_VIDEODRIVER") != NULL ||
           (driver != NULL && strcmp(driver, "offscreen") != 0 && strcmp(driver, "dummy") != 0 &&
            strcmp(driver, "evdev") != 0);
}

static bool window_open(window *w, const mu_show_def *def, char *why, size_t room) {
    *w = (window){0};
    if (SDL_Init(SDL_INIT_VIDEO) != 0 || !is_seen()) {
        (void)snprintf(why, room, "%s",
                       _("there is no display for a window; --headless needs none"));
        return false;
    }
    SDL_StopTextInput();
    w->window =
        SDL_CreateWindow(mu_text_in(mu_session_scene(def->session)->incident, def->language),
                         SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, def->width, def->height,
                         SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (w->window != NULL) {
        w->renderer = SDL_CreateRenderer(w->window, -1, SDL_RENDERER_PRESENTVSYNC);
    }
    if (w->window != NULL && w->renderer == NULL) {
        w->renderer = SDL_CreateRenderer(w->window, -1, SDL_RENDERER_SOFTWARE);
    }
    if (w->renderer == NULL) {
        (void)snprintf(why, room, _("no window can be opened (%s); --headless needs none"),
                       SDL_GetError());
        return false;
    }
    SDL_SetWindowMinimumSize(w->window, 960, 540);
    return true;
}

static void window_close(window *w) {
    SDL_DestroyTexture(w->texture);
    SDL_DestroyRenderer(w->renderer);
    SDL_DestroyWindow(w->window);
    SDL_Quit();
}

bool mu_show_window(const mu_show_def *def, char *why, size_t room) {
    fonts f = {0};
    mu_stage s = {0};
    window w;
    bool good = window_open(&w, def, why, room) && open_stage(&s, &f, def, why, room);
    if (good) {
        mu_screen_go(&s.view, mu_time_from_s(def->at_s));
        good = loop(&s, &w);
        if (!good) {
            (void)snprintf(why, room, "%s",
                           mu_session_status(def->session) != MU_OK
                               ? _("the run cannot go on")
                               : _("there is not enough memory"));
        }
    }
    mu_stage_close(&s);
    fonts_close(&f);
    window_close(&w);
    return good;
}
