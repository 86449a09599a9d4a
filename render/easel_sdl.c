/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor's window: input to the easel, its lists to pixels, pictures of plans from files. */
#include <SDL2/SDL.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/canvas.h"
#include "render/easel.h"
#include "render/easel_show.h"
#include "render/fonts_sdl.h"
#include "render/i18n.h"
#include "render/pane_sdl.h"
#include "render/picture_sdl.h"

typedef struct window {
    const mu_edit_window_def *def;
    mu_easel easel;
    mu_pane pane;
    mu_canvas canvas;
    mu_type type;
    mu_backdrop bare; /* paper, where a level has no picture */
    bool full, reporting;
    uint32_t synced_ms;
} window;

/* --- pictures of plans --- */

static void say_too_large(window *w, const char *path, const mu_picture_head *head) {
    enum { MIB = 1024 * 1024 };
    if (head->bytes > MU_PICTURE_BYTES_MOST) {
        mu_easel_say(&w->easel, true,
                     _("%s is too large: %.0f MiB, and at most %d can be; save it smaller"), path,
                     (double)head->bytes / MIB, MU_PICTURE_BYTES_MOST / MIB);
    } else {
        mu_easel_say(
            &w->easel, true,
            _("%s is too large: %u by %u pixels, and at most %d million can be; save it smaller"),
            path, head->width, head->height, MU_PICTURE_PIXELS_MOST / 1000000);
    }
}

static bool load_picture(window *w, const char *path, mu_image *out) {
    mu_picture_head head;
    switch (mu_picture_load(path, &head, out)) {
    case MU_PICTURE_LOADED:
        return true;
    case MU_PICTURE_UNKNOWN:
        mu_easel_say(&w->easel, true,
                     _("%s is no picture that can be read: PNG, JPEG, BMP or TIFF"), path);
        return false;
    case MU_PICTURE_TOO_LARGE:
        say_too_large(w, path, &head);
        return false;
    default:
        mu_easel_say(&w->easel, true, _("%s is no picture that can be read"), path);
        return false;
    }
}

/* Those that lay below the drawing when it was left. */
static void take_kept_pictures(window *w) {
    mu_diags *diags = mu_diags_create();
    uint32_t count = 0;
    const mu_tracing *kept =
        diags != NULL ? mu_project_tracings(w->def->project, &count, diags) : NULL;
    for (uint32_t k = 0; k < count; k++) {
        mu_image image;
        if (load_picture(w, kept[k].file, &image)) {
            mu_easel_take_picture(&w->easel, image, kept[k].file, &kept[k]);
        }
    }
    if (diags != NULL && mu_diags_count(diags, MU_ERROR) > 0) {
        mu_easel_say(&w->easel, true, "%s", mu_diags_get(diags, 0)->text);
    }
    mu_diags_destroy(diags);
}

static void take_picture(window *w, const char *path) {
    mu_image image;
    if (load_picture(w, path, &image)) {
        mu_easel_take_picture(&w->easel, image, path, NULL);
    }
}

/* --- input --- */

static int key_of(const SDL_Keysym *sym) {
    const int key = mu_pane_key(sym);
    const bool ctrl = (sym->mod & (KMOD_CTRL | KMOD_GUI)) != 0;
    const bool shift = (sym->mod & KMOD_SHIFT) != 0;
    return key == 0 ? 0 : key | (ctrl ? MU_KEY_CTRL : 0) | (ctrl && shift ? MU_KEY_SHIFT : 0);
}

static void hear_mouse(window *w, const SDL_Event *event) {
    const mu_input input = mu_pane_mouse(&w->pane, event);
    w->easel.shift = (SDL_GetModState() & KMOD_SHIFT) != 0;
    mu_easel_input(&w->easel, &input);
}

static void hear(window *w, const SDL_Event *event) {
    switch (event->type) {
    case SDL_QUIT:
        mu_easel_input(&w->easel, &(mu_input){.kind = MU_INPUT_KEY, .key = 'q' | MU_KEY_CTRL});
        break;
    case SDL_KEYDOWN:
        mu_ui_down(&w->easel.ui, key_of(&event->key.keysym));
        mu_easel_input(&w->easel,
                       &(mu_input){.kind = MU_INPUT_KEY, .key = key_of(&event->key.keysym)});
        break;
    case SDL_TEXTINPUT:
        mu_easel_type(&w->easel, event->text.text, false);
        break;
    case SDL_TEXTEDITING:
        mu_easel_type(&w->easel, event->edit.text, true);
        break;
    case SDL_TEXTEDITING_EXT: /* a long one */
        mu_easel_type(&w->easel, event->editExt.text, true);
        SDL_free(event->editExt.text);
        break;
    case SDL_DROPFILE:
        take_picture(w, event->drop.file);
        SDL_free(event->drop.file);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
    case SDL_MOUSEMOTION:
    case SDL_MOUSEWHEEL:
        hear_mouse(w, event);
        break;
    default:
        break;
    }
}

/* --- the report --- */

static void start_report(window *w) {
    mu_project *p = w->def->project;
    const uint32_t incident = mu_project_find_paper(p, MU_PAPER_INCIDENT);
    mu_diags *diags = mu_diags_create();
    if (incident == MU_NOWHERE) {
        mu_easel_say(&w->easel, true, "%s",
                     _("There is no incident yet: make one on the page Incident (F4)"));
    } else if (diags == NULL || mu_project_save(p, false, diags) != MU_OK) {
        mu_easel_say(&w->easel, true, "%s: %s", _("Not saved"),
                     diags != NULL && mu_diags_count(diags, MU_NOTE) > 0
                         ? mu_diags_get(diags, 0)->text
                         : "");
    } else if (w->def->start_report(w->def->with, mu_project_paper(p, incident).path,
                                    w->easel.pen.language)) {
        w->reporting = true;
        mu_easel_say(&w->easel, false, "%s", _("Saved; the report is being written …"));
    } else {
        mu_easel_say(&w->easel, true, "%s", _("The report cannot be written"));
    }
    mu_diags_destroy(diags);
}

/* Has the report come? */
static bool follow_report(window *w) {
    const char *file = NULL;
    if (!w->reporting) {
        return false;
    }
    const mu_report_state state = w->def->report_state(w->def->with, &file);
    if (state == MU_REPORT_RUNS) {
        return false;
    }
    w->reporting = false;
    if (state == MU_REPORT_DONE) {
        mu_easel_say(&w->easel, false, _("Report: %s"), file);
    } else {
        mu_easel_say(&w->easel, true, "%s", _("The report cannot be written"));
    }
    return true;
}

/* --- the loop --- */

static bool present(window *w) {
    bool changed;
    if (!mu_pane_fit(&w->pane, &changed)) {
        return false;
    }
    if (changed) {
        mu_easel_resize(&w->easel, w->pane.width, w->pane.height);
        if (!mu_canvas_resize(&w->canvas, w->pane.width, w->pane.height)) {
            return false;
        }
    }
    mu_easel *e = &w->easel;
    mu_easel_draw(e);
    const mu_easel_picture *picture = mu_easel_picture_now(e);
    w->canvas.backdrop = picture != NULL ? &picture->backdrop : &w->bare;
    w->canvas.shows_backdrop =
        e->page == MU_EASEL_PLAN && picture != NULL && !picture->backdrop.hidden;
    w->bare.paper = e->pen.theme->paper;
    if (!mu_canvas_paint(&w->canvas, &w->type, &e->under, e->under_version + 1, &e->over)) {
        return false;
    }
    mu_pane_show(&w->pane, &w->canvas.whole);
    return true;
}

static void do_wishes(window *w) {
    mu_easel *e = &w->easel;
    const uint32_t wants = e->wants;
    e->wants = 0;
    if ((wants & MU_EASEL_WANTS_PICTURE) != 0) {
        take_picture(w, e->picture_path);
    }
    if ((wants & MU_EASEL_WANTS_PICTURES) != 0) {
        mu_easel_drop_pictures(e);
        take_kept_pictures(w);
    }
    if ((wants & MU_EASEL_WANTS_REPORT) != 0) {
        start_report(w);
    }
    if ((wants & MU_EASEL_WANTS_FULL_SCREEN) != 0) {
        w->full = !w->full;
        (void)SDL_SetWindowFullscreen(w->pane.window, w->full ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    }
    mu_pane_follow_typing(&w->pane, &w->easel.ui);
    e->wants |= wants & MU_EASEL_WANTS_QUIT;
}

static bool loop(window *w) {
    static const uint32_t SYNC_MS = 3000; /* unsaved changes reach the disk at least so often */
    bool draw = true;
    while ((w->easel.wants & MU_EASEL_WANTS_QUIT) == 0) {
        SDL_Event event;
        const bool waits = w->easel.faults_known && !w->reporting;
        if (SDL_WaitEventTimeout(&event, draw ? 1 : waits ? 300 : 30) != 0) {
            do {
                hear(w, &event);
                draw = true;
            } while (SDL_PollEvent(&event) != 0);
        }
        draw = mu_easel_tick(&w->easel) || draw;
        draw = follow_report(w) || draw;
        if (draw && !present(w)) {
            return false;
        }
        draw = w->easel.wants != 0;
        do_wishes(w);
        if (SDL_GetTicks() - w->synced_ms > SYNC_MS) {
            mu_project_sync(w->def->project);
            w->synced_ms = SDL_GetTicks();
        }
    }
    return true;
}

static bool open_all(window *w, mu_fonts *fonts, char *why, size_t room) {
    const mu_edit_window_def *def = w->def;
    if (!mu_pane_start()) {
        (void)snprintf(why, room, "%s", _("there is no display for a window"));
        return false;
    }
    SDL_StopTextInput();
    if (!mu_pane_open(&w->pane, _("Muster: editor"), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                      def->width, def->height)) {
        (void)snprintf(why, room, _("no window can be opened (%s)"), SDL_GetError());
        return false;
    }
    SDL_SetWindowMinimumSize(w->pane.window, 960, 600);
    if (!mu_fonts_open(fonts, why, room)) {
        return false;
    }
    w->type = mu_fonts_type(fonts);
    const mu_easel_def easel = {.project = def->project,
                                .type = &w->type,
                                .language = def->language,
                                .choose_language = def->choose_language,
                                .dark = def->dark};
    if (!mu_canvas_open(&w->canvas, def->width, def->height) ||
        !mu_easel_open(&easel, def->width, def->height, &w->easel)) {
        (void)snprintf(why, room, "%s", _("there is not enough memory"));
        return false;
    }
    return true;
}

bool mu_edit_window(const mu_edit_window_def *def, char *why, size_t room) {
    mu_fonts fonts = {0};
    window *w = calloc(1, sizeof *w);
    if (w == NULL) {
        (void)snprintf(why, room, "%s", _("there is not enough memory"));
        return false;
    }
    w->def = def;
    bool good = open_all(w, &fonts, why, room);
    if (good) {
        mu_easel_draw(&w->easel); /* the plan is laid before a picture is put on it */
        take_kept_pictures(w);
        if (w->easel.picture_count > 0 && mu_project_scene(def->project)->room_count == 0) {
            mu_easel_lay(&w->easel, true);
        }
        if (def->picture != NULL) {
            take_picture(w, def->picture);
        }
        good = loop(w);
        (void)snprintf(why, room, "%s", _("there is not enough memory"));
    }
    mu_easel_close(&w->easel);
    mu_canvas_close(&w->canvas);
    mu_fonts_close(&fonts);
    mu_pane_close(&w->pane);
    free(w);
    SDL_Quit();
    return good;
}
