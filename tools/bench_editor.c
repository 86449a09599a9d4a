/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster bench editor`: pictures of the editor with 2,000 rooms at 1920 by 1080, while the pointer
 * moves, while the view does, and after a room has changed. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "command.h"
#include "core/i18n.h"
#include "muster/project.h"
#ifdef MU_HAVE_SHOW
#include "render/canvas.h"
#include "render/easel.h"
#include "render/fonts_sdl.h"
#endif

#ifdef MU_HAVE_SHOW

enum { WIDTH = 1920, HEIGHT = 1080, ACROSS = 50, ALONG = 40, FRAMES = 40 };

/* Rooms of 4 m by 3 m on every side, and a way out for none: what is wrong is drawn, too. */
static char *many_rooms(void) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL) {
        return NULL;
    }
    (void)fprintf(out, "[");
    for (int k = 0; k < ACROSS * ALONG; k++) {
        const int x = k % ACROSS * 4, y = k / ACROSS * 3;
        (void)fprintf(out,
                      "%s{\"id\": \"room.%d\", \"level\": \"G\", \"use\": \"%s\", \"polygon\": "
                      "[[%d, %d], [%d, %d], [%d, %d], [%d, %d]]}",
                      k > 0 ? ", " : "", k, k % 7 == 0 ? "corridor" : "office", x, y, x + 4, y,
                      x + 4, y + 3, x, y + 3);
    }
    (void)fprintf(out, "]");
    return fclose(out) == 0 ? text : NULL;
}

typedef struct measured {
    double mean_s, longest_s;
} measured;

typedef struct scene {
    mu_easel *easel;
    mu_canvas canvas;
    mu_backdrop bare;
    mu_type type;
    mu_project *project;
} scene;

static bool paint(scene *s) {
    mu_easel_draw(s->easel);
    s->canvas.backdrop = &s->bare;
    s->bare.paper = s->easel->pen.theme->paper;
    return mu_canvas_paint(&s->canvas, &s->type, &s->easel->under, s->easel->under_version + 1,
                           &s->easel->over);
}

typedef enum what { POINTER, VIEW, CHANGE } what;

static void act(scene *s, what w, int frame) {
    mu_input input = {.kind = MU_INPUT_MOVE, .x = 500 + frame * 13, .y = 400 + frame * 7};
    mu_easel_input(s->easel, &input);
    if (w == VIEW) {
        mu_camera_pan(&s->easel->camera, 3, 2);
    } else if (w == CHANGE) {
        const mu_subject room = {MU_SUBJECT_ROOM, (uint32_t)frame};
        (void)mu_project_set_all(s->project, &room, 1, "capacity", frame % 2 == 0 ? "4" : "5");
    }
}

static bool measure(scene *s, what w, measured *out) {
    *out = (measured){0};
    if (!paint(s)) {
        return false;
    }
    for (int k = 0; k < FRAMES; k++) {
        const double began = mu_bench_now();
        act(s, w, k);
        if (!paint(s)) {
            return false;
        }
        const double took = mu_bench_now() - began;
        out->mean_s += took / FRAMES;
        out->longest_s = took > out->longest_s ? took : out->longest_s;
    }
    return true;
}

static bool open_scene(scene *s, mu_fonts *fonts, mu_diags *diags) {
    char why[400];
    const mu_project_def def = {.path = "/nonexistent/muster/bench.json"};
    char *rooms = many_rooms();
    s->project = rooms != NULL ? mu_project_open(&def, diags) : NULL;
    const bool drawn =
        s->project != NULL && mu_project_set(s->project, 0, "/spaces", rooms) == MU_OK;
    free(rooms);
    if (!drawn || !mu_fonts_open(fonts, why, sizeof why)) {
        return false;
    }
    s->type = mu_fonts_type(fonts);
    const mu_easel_def easel = {.project = s->project, .type = &s->type, .language = "en"};
    return mu_canvas_open(&s->canvas, WIDTH, HEIGHT) &&
           mu_easel_open(&easel, WIDTH, HEIGHT, s->easel);
}

int mu_bench_editor(const mu_bench_request *request, FILE *out) {
    static const char *const names[] = {N_("the pointer moves"), N_("the view moves"),
                                        N_("a room changes")};
    static const char *const words[] = {"pointer", "view", "change"};
    mu_diags *diags = mu_diags_create();
    mu_fonts fonts = {0};
    scene s = {.easel = calloc(1, sizeof *s.easel)};
    measured found[3];
    bool good = diags != NULL && s.easel != NULL && open_scene(&s, &fonts, diags);
    for (int w = 0; good && w < 3; w++) {
        good = measure(&s, (what)w, &found[w]);
    }
    for (int w = 0; good && w < 3; w++) {
        if (request->json) {
            (void)fprintf(out, "%s\"%s_ms\": %.2f, \"%s_longest_ms\": %.2f%s", w == 0 ? "{" : "",
                          words[w], 1e3 * found[w].mean_s, words[w], 1e3 * found[w].longest_s,
                          w == 2 ? "}\n" : ", ");
        } else {
            (void)fprintf(out, _("%-20s %6.1f ms a picture, at most %.1f\n"), _(names[w]),
                          1e3 * found[w].mean_s, 1e3 * found[w].longest_s);
        }
    }
    if (s.easel != NULL) {
        mu_easel_close(s.easel);
    }
    free(s.easel);
    mu_canvas_close(&s.canvas);
    mu_fonts_close(&fonts);
    mu_project_close(s.project, false);
    mu_diags_destroy(diags);
    return good ? MU_EXIT_DONE : mu_refuse("bench", "%s", _("there is not enough memory"));
}
#else
int mu_bench_editor(const mu_bench_request *request, FILE *out) {
    (void)request;
    (void)out;
    return mu_refuse("bench", "%s", _("this muster was built without a window (SDL2)"));
}
#endif
