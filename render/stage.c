/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/stage.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/draw_svg.h"
#include "render/i18n.h"

void mu_stage_tell(const mu_stage *stage, const char *format, ...) {
    char line[1400];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (stage->def->told != NULL) {
        stage->def->told(stage->def->with, line);
    }
}

static void tell_answer(void *with, const char *line) {
    const mu_stage *s = with;
    if (s->def->tell_answers) {
        mu_stage_tell(s, "%s", line);
    }
}

bool mu_stage_open(mu_stage *stage, const mu_show_def *def, const mu_type *type,
                   mu_png_writer write_png) {
    mu_stage *s = stage;
    *s = (mu_stage){.def = def, .type = *type, .write_png = write_png};
    const mu_screen_def view = {.session = def->session,
                                .type = &s->type,
                                .theme = def->dark ? &mu_theme_dark : &mu_theme_light,
                                .language = def->language,
                                .choose_language = def->choose_language,
                                .seed = def->seed,
                                .replication = def->replication,
                                .told = tell_answer,
                                .with = s};
    if (!mu_canvas_open(&s->canvas, def->width, def->height) ||
        !mu_screen_create(&view, def->width, def->height, &s->view)) {
        return false;
    }
    if (def->audience &&
        !mu_audience_create(s->view.scene, &s->type, s->view.pen.theme, &s->audience)) {
        return false;
    }
    s->view.plan_only = def->plan_only;
    s->view.layers = def->layers_given ? def->layers : s->view.layers;
    mu_screen_resize(&s->view, def->width, def->height);
    mu_screen_do(&s->view, MU_ACTION_LEVEL, def->level == MU_NOWHERE ? -1 : (int32_t)def->level);
    if (def->built_only) {
        mu_screen_do(&s->view, MU_ACTION_FIT_BUILT, 0);
    }
    return true;
}

void mu_stage_close(mu_stage *stage) {
    mu_audience_destroy(&stage->audience);
    mu_screen_destroy(&stage->view);
    mu_canvas_close(&stage->canvas);
}

bool mu_stage_resize(mu_stage *stage, int width, int height) {
    mu_screen_resize(&stage->view, width, height);
    return mu_canvas_resize(&stage->canvas, width, height);
}

bool mu_stage_paint(mu_stage *stage) {
    mu_screen_draw(&stage->view);
    return mu_canvas_paint(&stage->canvas, &stage->type, &stage->view.under,
                           stage->view.under_version, &stage->view.over);
}

/* The audience's picture of the present moment. */
static bool draw_audience(mu_stage *s) {
    mu_public shown;
    const mu_opening none = {0};
    const mu_look look = {
        .level = s->view.level, .layers = s->view.layers, .wake = &s->view.wake, .playing = true};
    if (!mu_tabletop_public(s->def->tabletop, s->view.pen.language, &shown)) {
        return false;
    }
    s->audience.pen.language = s->view.pen.language;
    mu_audience_draw(&s->audience, &shown, &none, &look, s->view.width, s->view.height);
    return true;
}

static bool paint_audience(mu_stage *s) {
    return draw_audience(s) && mu_canvas_paint(&s->canvas, &s->type, &s->audience.under,
                                               s->audience.under_version + 1, &s->audience.over);
}

static bool write_svg(const mu_stage *s, const char *id, FILE *out) {
    const bool audience = s->def->audience;
    const mu_draw_list *const lists[] = {audience ? &s->audience.under : &s->view.under,
                                         audience ? &s->audience.over : &s->view.over};
    if (lists[0]->no_memory || lists[1]->no_memory) {
        return false;
    }
    return mu_draw_svg(lists, 2, s->view.width, s->view.height,
                       mu_text_in(s->view.scene->incident, s->view.pen.language), id, out);
}

static bool save_svg(const mu_stage *s, const char *path) {
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        return false;
    }
    const bool written = write_svg(s, "frame", out);
    return fclose(out) == 0 && written;
}

/* Written beside and then renamed: nobody finds half a picture. */
static bool save(const mu_stage *s, const char *path, bool svg, char *why, size_t room) {
    char beside[1100];
    (void)snprintf(beside, sizeof beside, "%s.part", path);
    const bool saved = (svg ? save_svg(s, beside) : s->write_png(&s->canvas.whole, beside)) &&
                       rename(beside, path) == 0;
    if (!saved) {
        (void)remove(beside);
        (void)snprintf(why, room, _("cannot write %s"), path);
    }
    return saved;
}

bool mu_stage_draw_at(mu_stage *stage, double at_s, bool painted, char *why, size_t room) {
    mu_stage *s = stage;
    mu_screen_go(&s->view, mu_time_from_s(at_s));
    if (mu_session_status(s->def->session) != MU_OK) {
        (void)snprintf(why, room, "%s", _("the run cannot go on"));
        return false;
    }
    if (s->def->audience) {
        if (painted ? !paint_audience(s) : !draw_audience(s)) {
            (void)snprintf(why, room, "%s", _("there is not enough memory"));
            return false;
        }
    } else if (!painted) {
        mu_screen_draw(&s->view);
    } else if (!mu_stage_paint(s)) {
        (void)snprintf(why, room, "%s", _("there is not enough memory"));
        return false;
    }
    return true;
}

char *mu_stage_svg(mu_stage *stage, double at_s, const char *id, char *why, size_t room) {
    if (!mu_stage_draw_at(stage, at_s, false, why, room)) {
        return NULL;
    }
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    bool written = out != NULL && write_svg(stage, id, out);
    written = out != NULL && fclose(out) == 0 && written;
    if (!written) {
        (void)snprintf(why, room, "%s", _("there is not enough memory"));
        free(text);
        text = NULL;
    }
    return text;
}

void mu_stage_look_ahead(mu_stage *stage) {
    while (!stage->def->plan_only && !stage->def->audience &&
           !mu_session_look_ahead(stage->def->session, 100000)) {
    }
}

bool mu_stage_pictures(mu_stage *stage, const double *times, uint32_t count, bool svg, char *why,
                       size_t room) {
    mu_stage_look_ahead(stage);
    for (uint32_t i = 0; i < count; i++) {
        char path[1024];
        if (!mu_stage_draw_at(stage, times[i], !svg, why, room)) {
            return false;
        }
        (void)snprintf(path, sizeof path, "%s/%09.3fs.%s", stage->def->folder, times[i],
                       svg ? "svg" : "png");
        if (!save(stage, path, svg, why, room)) {
            return false;
        }
    }
    return true;
}

void mu_stage_screenshot(mu_stage *stage) {
    char clock[32], path[1024], why[1200], number[16] = "";
    const char *folder = stage->def->folder != NULL ? stage->def->folder : ".";
    mu_clock_text(mu_session_now(stage->view.def.session), clock, sizeof clock);
    for (char *c = clock; *c != 0; c++) {
        *c = *c == ':' ? '-' : *c;
    }
    for (int n = 2; n < 1000; n++) {
        (void)snprintf(path, sizeof path, "%s/muster-%s%s.png", folder, clock, number);
        FILE *there = fopen(path, "rb");
        if (there == NULL) {
            break;
        }
        (void)fclose(there);
        (void)snprintf(number, sizeof number, "-%d", n);
    }
    if (save(stage, path, false, why, sizeof why)) {
        mu_stage_tell(stage, _("picture saved: %s"), path);
    } else {
        mu_stage_tell(stage, "%s", why);
    }
}
