/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster bench render`: where the time of a picture goes, and how long going back takes. The first
 * part draws a hall that thousands of people leave, at 1920 by 1080, with the simulation at real
 * time; the second goes to random moments of two hours on the campus, as the timeline does. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "command.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "drill/plan.h"
#include "language.h"
#include "muster/session.h"
#ifdef MU_HAVE_SHOW
#include "render/fonts_sdl.h"
#include "render/stage.h"
#endif

#ifdef MU_HAVE_SHOW

enum { WIDTH = 1920, HEIGHT = 1080, FRAMES = 90, MOVING = 5000, LOOKS = 100 };
static const double RATE = 30; /* pictures a second that are aimed at */

static bool no_png(const mu_image *image, const char *path) {
    (void)image;
    (void)path;
    return false;
}

static uint32_t moving_in(const mu_frame *frame) {
    uint32_t count = 0;
    for (uint32_t p = 0; frame != NULL && p < frame->people_count; p++) {
        count += frame->people[p].walking;
    }
    return count;
}

typedef struct frames {
    uint32_t moving;
    double simulate_s, list_s, paint_s, longest_s; /* processor time a picture */
} frames;

/* As the window begins, and with paths and queues shown, too; the same moments in one run. */
enum { PLAIN, LAYERS, LOOKS_OF_FRAMES };
static const uint32_t more_layers[LOOKS_OF_FRAMES] = {0, MU_LAYER_TRAILS | MU_LAYER_QUEUES};

static double rate_of(const frames *f) {
    return 1 / (f->simulate_s + f->list_s + f->paint_s);
}

/* To where most people walk, looking every five seconds. */
static mu_time find_crowd(mu_session *session) {
    mu_time best = 0;
    uint32_t most = 0;
    for (int k = 1; k <= 60; k++) {
        const mu_time at = k * 5 * MU_SECOND;
        (void)mu_session_seek(session, at, 0);
        const uint32_t moving = moving_in(mu_session_frame(session, "en"));
        if (moving > most) {
            most = moving;
            best = at;
        }
        if (moving >= MOVING || moving < most / 2) {
            break;
        }
    }
    return best;
}

static bool draw_frames(mu_stage *stage, mu_time from, frames *out) {
    mu_screen_go(&stage->view, from);
    bool fine = mu_stage_paint(stage);
    *out = (frames){.moving = UINT32_MAX};
    for (int k = 1; fine && k <= FRAMES; k++) {
        const double a = mu_bench_now();
        mu_screen_go(&stage->view, from + mu_time_from_s(k / RATE));
        const double b = mu_bench_now();
        mu_screen_draw(&stage->view);
        const double c = mu_bench_now();
        fine = mu_canvas_paint(&stage->canvas, &stage->type, &stage->view.under,
                               stage->view.under_version, &stage->view.over);
        const double d = mu_bench_now();
        out->simulate_s += (b - a) / FRAMES;
        out->list_s += (c - b) / FRAMES;
        out->paint_s += (d - c) / FRAMES;
        out->longest_s = fmax(out->longest_s, d - a);
        const uint32_t moving = moving_in(stage->view.frame);
        out->moving = moving < out->moving ? moving : out->moving;
    }
    return fine;
}

static bool refuse_memory(void) {
    (void)mu_refuse("bench", _("there is not enough memory"));
    return false;
}

/* False after saying why. */
static bool measure_frames(mu_session *session, frames out[LOOKS_OF_FRAMES]) {
    char why[400];
    mu_fonts fonts = {0};
    mu_stage stage = {0};
    const mu_show_def def = {.session = session,
                             .language = "en",
                             .width = WIDTH,
                             .height = HEIGHT,
                             .level = MU_NOWHERE};
    if (!mu_fonts_open(&fonts, why, sizeof why)) {
        (void)mu_refuse("bench", "%s", why);
        return false;
    }
    const mu_type type = mu_fonts_type(&fonts);
    bool fine = mu_stage_open(&stage, &def, &type, no_png);
    const mu_time from = fine ? find_crowd(session) : 0;
    for (int k = 0; fine && k < LOOKS_OF_FRAMES; k++) {
        stage.view.layers |= more_layers[k];
        fine = draw_frames(&stage, from, &out[k]);
    }
    mu_stage_close(&stage);
    mu_fonts_close(&fonts);
    return fine || refuse_memory();
}

typedef struct rewinds {
    double mean_s, longest_s; /* of the processor */
    uint64_t bytes;
    uint32_t copies, wrong; /* wrong: whose state was not that of running there */
    double minutes;
} rewinds;

/* The times, from a fixed generator. */
static mu_time some_time(uint64_t k, mu_time end) {
    uint64_t x = (k + 1) * UINT64_C(0x9e3779b97f4a7c15);
    x ^= x >> 29;
    x *= UINT64_C(0xbf58476d1ce4e5b9);
    return (mu_time)(x % (uint64_t)end);
}

static int by_time(const void *a, const void *b) {
    const mu_time x = *(const mu_time *)a, y = *(const mu_time *)b;
    return (x > y) - (x < y);
}

/* The state at each time, reached without going back. */
static bool run_there(const mu_session_def *def, const mu_time *sorted, uint64_t *hashes) {
    mu_session *session = NULL;
    if (mu_session_create(def, &session) != MU_OK) {
        return false;
    }
    for (int k = 0; k < LOOKS; k++) {
        (void)mu_session_seek(session, sorted[k], 0);
        hashes[k] = mu_session_hash(session);
    }
    mu_session_destroy(session);
    return true;
}

static bool measure_rewinds(const mu_session_def *def, rewinds *out) {
    const mu_time end = 7200 * MU_SECOND;
    mu_time times[LOOKS], sorted[LOOKS];
    uint64_t hashes[LOOKS];
    mu_session *session = NULL;
    if (mu_session_create(def, &session) != MU_OK) {
        return false;
    }
    while (mu_session_known(session) < end && !mu_session_look_ahead(session, 1000)) {
    }
    const mu_time known = mu_session_known(session) < end ? mu_session_known(session) : end;
    for (uint64_t k = 0; k < LOOKS; k++) {
        times[k] = sorted[k] = some_time(k, known);
    }
    qsort(sorted, LOOKS, sizeof *sorted, by_time);
    *out = (rewinds){.minutes = mu_time_to_s(known) / 60};
    if (!run_there(def, sorted, hashes)) {
        mu_session_destroy(session);
        return false;
    }
    for (int k = 0; k < LOOKS; k++) {
        const double before = mu_bench_now();
        (void)mu_session_seek(session, times[k], 0);
        const double took = mu_bench_now() - before;
        const mu_time *at = bsearch(&times[k], sorted, LOOKS, sizeof *sorted, by_time);
        out->mean_s += took / LOOKS;
        out->longest_s = fmax(out->longest_s, took);
        out->wrong += mu_session_hash(session) != hashes[at - sorted];
    }
    out->copies = mu_session_copies(session, &out->bytes);
    mu_session_destroy(session);
    return true;
}

static mu_plan *load(const char *name) {
    char file[MU_DATA_PATH_MOST];
    if (!mu_data_find(name, file)) {
        (void)mu_refuse("bench", _("%s is not installed here"), name);
        return NULL;
    }
    mu_diags *diags = mu_diags_create();
    mu_plan *plan = diags != NULL ? mu_plan_load(file, NULL, diags) : NULL;
    if (plan == NULL && diags != NULL) {
        mu_diags_print(diags, 0, MU_ERROR, stderr);
        (void)mu_refuse_status("bench", MU_ERR_MEMORY, diags);
    } else if (plan == NULL) {
        (void)refuse_memory();
    }
    mu_diags_destroy(diags);
    return plan;
}

static bool bench_frames(frames out[LOOKS_OF_FRAMES]) {
    mu_plan *plan = load("scenarios/bench/hall.json");
    mu_session *session = NULL;
    bool fine = plan != NULL;
    if (fine) {
        const mu_session_def def = mu_default_session_def(plan);
        fine = mu_session_create(&def, &session) == MU_OK ? measure_frames(session, out)
                                                          : refuse_memory();
    }
    mu_session_destroy(session);
    mu_plan_destroy(plan);
    return fine;
}

static bool bench_rewinds(rewinds *out) {
    mu_plan *plan = load("scenarios/campus/package.json");
    bool fine = plan != NULL;
    if (fine) {
        plan->incident.motion = MU_MOTION_WALK;
        mu_session_def def = mu_default_session_def(plan);
        fine = measure_rewinds(&def, out) || refuse_memory();
    }
    mu_plan_destroy(plan);
    return fine;
}

static void print_json(const frames *f, const rewinds *r, FILE *stream) {
    mu_json_out out = {.stream = stream};
    mu_json_open(&out, NULL, '{');
    mu_json_open_flat(&out, "frames", '{');
    mu_json_put_int(&out, "width", WIDTH);
    mu_json_put_int(&out, "height", HEIGHT);
    mu_json_put_count(&out, "moving", f->moving);
    mu_json_put_real(&out, "simulate_ms", 1e3 * f->simulate_s);
    mu_json_put_real(&out, "list_ms", 1e3 * f->list_s);
    mu_json_put_real(&out, "paint_ms", 1e3 * f->paint_s);
    mu_json_put_real(&out, "longest_ms", 1e3 * f->longest_s);
    mu_json_put_real(&out, "frames_per_s", rate_of(f));
    mu_json_open_flat(&out, "paths_and_queues", '{');
    mu_json_put_real(&out, "simulate_ms", 1e3 * f[LAYERS].simulate_s);
    mu_json_put_real(&out, "list_ms", 1e3 * f[LAYERS].list_s);
    mu_json_put_real(&out, "paint_ms", 1e3 * f[LAYERS].paint_s);
    mu_json_put_real(&out, "frames_per_s", rate_of(&f[LAYERS]));
    mu_json_close(&out, '}');
    mu_json_close(&out, '}');
    if (r != NULL) {
        mu_json_open_flat(&out, "rewinds", '{');
        mu_json_put_int(&out, "moments", LOOKS);
        mu_json_put_real(&out, "minutes", r->minutes);
        mu_json_put_real(&out, "mean_s", r->mean_s);
        mu_json_put_real(&out, "longest_s", r->longest_s);
        mu_json_put_count(&out, "bytes", r->bytes);
        mu_json_put_count(&out, "copies", r->copies);
        mu_json_put_count(&out, "wrong", r->wrong);
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, '}');
    (void)fputc('\n', stream);
}

static void print_text(const frames *f, const rewinds *r, FILE *stream) {
    (void)fprintf(stream, _("%u people who walk, %d by %d, software renderer, one thread:\n"),
                  f->moving, WIDTH, HEIGHT);
    (void)fprintf(stream, _("  simulating a thirtieth of a second  %.1f ms\n"),
                  1e3 * f->simulate_s);
    (void)fprintf(stream, _("  making the draw list                %.1f ms\n"), 1e3 * f->list_s);
    (void)fprintf(stream, _("  painting it                         %.1f ms\n"), 1e3 * f->paint_s);
    (void)fprintf(stream,
                  _("  pictures a second                   %.0f (the slowest took %.1f ms)\n"),
                  rate_of(f), 1e3 * f->longest_s);
    (void)fprintf(stream,
                  _("  with paths and queues shown         %.0f (%.1f ms + %.1f ms + %.1f ms)\n"),
                  rate_of(&f[LAYERS]), 1e3 * f[LAYERS].simulate_s, 1e3 * f[LAYERS].list_s,
                  1e3 * f[LAYERS].paint_s);
    if (r != NULL) {
        (void)fprintf(stream,
                      _("Going to %d random moments of %.0f minutes on the campus, by walk:\n"),
                      (int)LOOKS, r->minutes);
        (void)fprintf(stream,
                      _("  %.3f s on average, %.3f s at the most; %u copies, %.0f MB; %u of "
                        "the states differ from running there\n"),
                      r->mean_s, r->longest_s, r->copies, (double)r->bytes / 1048576, r->wrong);
    }
}

int mu_bench_render(const mu_bench_request *request, FILE *out) {
    frames f[LOOKS_OF_FRAMES];
    rewinds r;
    const bool first = request->scene == NULL || strcmp(request->scene, "frames") == 0;
    if (!bench_frames(f)) {
        return MU_EXIT_USAGE;
    }
    const bool second = request->scene == NULL || !first;
    if (second && !bench_rewinds(&r)) {
        return MU_EXIT_USAGE;
    }
    if (request->json) {
        print_json(f, second ? &r : NULL, out);
    } else {
        print_text(f, second ? &r : NULL, out);
    }
    return MU_EXIT_DONE;
}

#else

int mu_bench_render(const mu_bench_request *request, FILE *out) {
    (void)request;
    (void)out;
    return mu_refuse("bench", _("this program was built without its window"));
}

#endif
