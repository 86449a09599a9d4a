/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The windows: the facilitator's desk, and one for the audience when it is asked for, on another
 * screen where there is one. Both show pictures that were made in memory. Input comes from the
 * desk's window alone: keys pressed with the audience's in front go to the desk, too, so that a
 * pause for safety never depends on which window is. */
#include <SDL2/SDL.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "render/desk.h"
#include "render/i18n.h"
#include "render/pane_sdl.h"
#include "render/platform_sdl.h"

typedef struct windows {
    mu_stage *stage;
    mu_desk desk;
    mu_pane own, audience;
    mu_canvas canvas; /* of the audience's */
    uint64_t until;   /* performance counter: when the present tick's work must stop */
    bool full, quit;
} windows;

/* --- the audience's window --- */

/* On another screen, all of it; where there is only one, beside the desk. */
static void open_audience(windows *w) {
    const bool another = SDL_GetNumVideoDisplays() > 1;
    SDL_Rect bounds = {0, 0, 1280, 720};
    const int on = another ? 1 - SDL_GetWindowDisplayIndex(w->own.window) : 0;
    (void)SDL_GetDisplayBounds(on < 0 ? 0 : on, &bounds);
    const int width = another ? bounds.w : w->own.width * 3 / 4;
    const int height = another ? bounds.h : w->own.height * 3 / 4;
    if (!mu_pane_open(&w->audience, _("Muster: for everybody"), bounds.x, bounds.y, width,
                      height)) {
        mu_desk_say(&w->desk, _("No second window can be opened."));
        mu_pane_close(&w->audience);
        w->desk.wants_window = false;
        return;
    }
    if (another) {
        (void)SDL_SetWindowFullscreen(w->audience.window, SDL_WINDOW_FULLSCREEN_DESKTOP);
    }
    if (!mu_canvas_open(&w->canvas, width, height)) {
        w->desk.wants_window = false;
    }
    SDL_RaiseWindow(w->own.window);
}

static void close_audience(windows *w) {
    mu_canvas_close(&w->canvas);
    mu_pane_close(&w->audience);
}

static void keep_audience(windows *w) {
    if (w->desk.wants_window && w->audience.window == NULL) {
        open_audience(w);
    }
    if (!w->desk.wants_window && w->audience.window != NULL) {
        close_audience(w);
        SDL_RaiseWindow(w->own.window);               /* the keys go on to the desk … */
        (void)SDL_SetWindowInputFocus(w->own.window); /* … also where nobody manages windows */
    }
}

/* --- input --- */

static void hear_mouse(windows *w, const SDL_Event *event) {
    const mu_input input = mu_pane_mouse(&w->own, event);
    mu_desk_input(&w->desk, &input);
}

static void hear_window(windows *w, const SDL_WindowEvent *event) {
    if (event->event == SDL_WINDOWEVENT_FOCUS_LOST) {
        mu_ui_down(&w->desk.ui, 0);
    }
    if (event->event == SDL_WINDOWEVENT_CLOSE) {
        if (w->audience.window != NULL && event->windowID == SDL_GetWindowID(w->audience.window)) {
            w->desk.wants_window = false;
        } else {
            w->quit = true;
        }
    }
}

static bool is_on_desk(const windows *w, uint32_t window) {
    return window == SDL_GetWindowID(w->own.window);
}

static void hear(windows *w, const SDL_Event *event) {
    switch (event->type) {
    case SDL_QUIT:
        w->quit = true;
        break;
    case SDL_WINDOWEVENT:
        hear_window(w, &event->window);
        break;
    case SDL_KEYDOWN:
        mu_ui_down(&w->desk.ui, mu_pane_key(&event->key.keysym));
        mu_desk_input(&w->desk,
                      &(mu_input){.kind = MU_INPUT_KEY, .key = mu_pane_key(&event->key.keysym)});
        break;
    case SDL_TEXTINPUT:
        mu_desk_type(&w->desk, event->text.text, false);
        break;
    case SDL_TEXTEDITING:
        mu_desk_type(&w->desk, event->edit.text, true);
        break;
    case SDL_TEXTEDITING_EXT: /* a long one */
        mu_desk_type(&w->desk, event->editExt.text, true);
        SDL_free(event->editExt.text);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        if (is_on_desk(w, event->button.windowID)) {
            hear_mouse(w, event);
        }
        break;
    case SDL_MOUSEMOTION:
        if (is_on_desk(w, event->motion.windowID)) {
            hear_mouse(w, event);
        }
        break;
    case SDL_MOUSEWHEEL:
        if (is_on_desk(w, event->wheel.windowID)) {
            hear_mouse(w, event);
        }
        break;
    default:
        break;
    }
}

static void do_wishes(windows *w) {
    mu_screen *view = &w->stage->view;
    if ((view->wants & MU_WANTS_SCREENSHOT) != 0) {
        mu_stage_screenshot(w->stage);
    }
    if ((view->wants & MU_WANTS_FULL_SCREEN) != 0) {
        w->full = !w->full;
        (void)SDL_SetWindowFullscreen(w->own.window, w->full ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    }
    w->quit = w->quit || (view->wants & MU_WANTS_QUIT) != 0;
    view->wants = 0;
    keep_audience(w);
    mu_pane_follow_typing(&w->own, &w->desk.ui);
}

/* --- the loop --- */

static bool has_time(void *with) {
    return SDL_GetPerformanceCounter() < ((const windows *)with)->until;
}

static bool fit_all(windows *w) {
    bool changed;
    if (!mu_pane_fit(&w->own, &changed) ||
        (changed && !mu_stage_resize(w->stage, w->own.width, w->own.height))) {
        return false;
    }
    if (w->audience.window == NULL) {
        return true;
    }
    return mu_pane_fit(&w->audience, &changed) &&
           (!changed || mu_canvas_resize(&w->canvas, w->audience.width, w->audience.height));
}

static bool present(windows *w) {
    const mu_type *type = &w->stage->type;
    if (!fit_all(w)) {
        return false;
    }
    const bool second = w->audience.window != NULL;
    mu_desk_draw(&w->desk, second ? w->audience.width : 0, second ? w->audience.height : 0);
    uint32_t version;
    const mu_draw_list *under = mu_desk_under(&w->desk, &version);
    if (!mu_canvas_paint(&w->stage->canvas, type, under, version, mu_desk_over(&w->desk))) {
        return false;
    }
    mu_pane_show(&w->own, &w->stage->canvas.whole);
    if (second && w->desk.page != MU_DESK_AUDIENCE) {
        const mu_audience *a = &w->desk.audience;
        if (!mu_canvas_paint(&w->canvas, type, &a->under, a->under_version + 1, &a->over)) {
            return false;
        }
        mu_pane_show(&w->audience, &w->canvas.whole);
    }
    return true;
}

static const double FRAME_S = 1.0 / 60; /* at the most so many pictures a second */
static const double WORK_S = 0.011;     /* of a tick may go into the simulation */
static const double SEEK_S = 0.08;  /* the same while it goes to another time: the sooner there */
static const double STILL_S = 0.25; /* between pictures while nothing moves but the look-ahead */

static mu_session *session_of(const windows *w) {
    return w->stage->view.def.session;
}

/* Waits for something to happen where nothing moves by itself; returns whether to draw. */
static bool take_input(windows *w, bool lively, double waited_s) {
    SDL_Event event;
    bool any = false;
    const bool known = mu_session_end_is_known(session_of(w));
    const int wait_ms = lively ? 0 : known ? 200 : 1;
    if (SDL_WaitEventTimeout(&event, wait_ms) != 0) {
        do {
            hear(w, &event);
            any = true;
        } while (SDL_PollEvent(&event) != 0);
    }
    return any || lively || (!known && waited_s > STILL_S);
}

static bool loop(windows *w) {
    const double tick = 1 / (double)SDL_GetPerformanceFrequency();
    uint64_t last = SDL_GetPerformanceCounter(), drawn = last;
    bool first = true, knew_end = false;
    while (!w->quit) {
        const bool lively = mu_desk_is_lively(&w->desk);
        const uint64_t before = SDL_GetPerformanceCounter();
        bool draw = take_input(w, lively, (double)(before - drawn) * tick) || first;
        const uint64_t now = SDL_GetPerformanceCounter();
        const double elapsed = (double)(now - last) * tick;
        last = now;
        w->until = now + (uint64_t)((w->stage->view.seeking ? SEEK_S : WORK_S) / tick);
        mu_desk_tick(&w->desk, fmin(elapsed, 0.25), (int64_t)time(NULL), has_time, w);
        draw = draw || knew_end != mu_session_end_is_known(session_of(w));
        knew_end = mu_session_end_is_known(session_of(w));
        if (mu_session_status(session_of(w)) != MU_OK) {
            return false;
        }
        if (draw) {
            if (!present(w)) {
                return false;
            }
            drawn = SDL_GetPerformanceCounter();
        }
        do_wishes(w);
        first = false;
        const double took = (double)(SDL_GetPerformanceCounter() - before) * tick;
        if (lively && took < FRAME_S) {
            SDL_Delay((uint32_t)((FRAME_S - took) * 1000));
        }
    }
    return true;
}

static bool open_own(windows *w, const mu_show_def *def, char *why, size_t room) {
    if (!mu_pane_start()) {
        (void)snprintf(why, room, "%s",
                       _("there is no display for a window; --headless needs none"));
        return false;
    }
    SDL_StopTextInput();
    if (!mu_pane_open(&w->own, mu_text_in(mu_session_scene(def->session)->incident, def->language),
                      SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, def->width, def->height)) {
        (void)snprintf(why, room, _("no window can be opened (%s); --headless needs none"),
                       SDL_GetError());
        return false;
    }
    SDL_SetWindowMinimumSize(w->own.window, 960, 540);
    return true;
}

static bool run(windows *w, const mu_show_def *def, char *why, size_t room) {
    if (!mu_desk_open(def->desk, &w->stage->view, &w->desk)) {
        (void)snprintf(why, room, "%s", _("there is not enough memory"));
        return false;
    }
    w->desk.wants_window = def->audience;
    w->desk.audience_language = def->audience_language;
    mu_screen_go(&w->stage->view, mu_time_from_s(def->at_s));
    keep_audience(w);
    if (loop(w)) {
        return true;
    }
    (void)snprintf(why, room, "%s",
                   mu_session_status(session_of(w)) != MU_OK ? _("the run cannot go on")
                                                             : _("there is not enough memory"));
    return false;
}

bool mu_show_window(const mu_show_def *def, char *why, size_t room) {
    mu_fonts f = {0};
    mu_stage s = {0};
    windows w = {.stage = &s};
    const bool good = open_own(&w, def, why, room) && mu_sdl_open_stage(&s, &f, def, why, room) &&
                      run(&w, def, why, room);
    mu_desk_close(&w.desk);
    close_audience(&w);
    mu_stage_close(&s);
    mu_fonts_close(&f);
    mu_pane_close(&w.own);
    SDL_Quit();
    return good;
}
