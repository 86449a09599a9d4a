/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audience's picture, measured: letters and clocks as high as the back row needs them, every
 * text seven to one against what lies under it, and nothing hidden in the draw lists. Letters are
 * those of the system's font; where there is none the measuring is left out. MUSTER_SOURCE names
 * the source folder. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loaded_plan.h"
#include "render/audience.h"
#include "render/canvas.h"
#include "render/desk.h"
#include "render/fonts_sdl.h"
#include "runner.h"

static mu_diags *diags;
static mu_tabletop *table;
static mu_fonts fonts;
static mu_type type;
static bool has_fonts;

enum { WIDTH = 1280, HEIGHT = 720 };

static void open_table(void) {
    char why[400];
    load_incident("scenarios/head-office/tabletop.json");
    diags = mu_diags_create();
    has_fonts = mu_fonts_open(&fonts, why, sizeof why);
    type = has_fonts ? mu_fonts_type(&fonts) : mu_type_plain();
    const mu_tabletop_def def = {.session = mu_default_session_def(plan), .program = "test"};
    ck_assert_int_eq(mu_tabletop_create(&def, &table, diags), MU_OK);
}

static void close_table(void) {
    mu_tabletop_destroy(table);
    mu_fonts_close(&fonts);
    mu_diags_destroy(diags);
    drop_plan();
}

static void go(double minutes) {
    ck_assert(mu_session_seek(mu_tabletop_session(table, 0), mu_time_from_s(minutes * 60), 0));
    mu_tabletop_seen(table);
}

static void draw(mu_audience *audience, const char *language, bool opening, bool paused) {
    mu_public shown;
    mu_opening open = {.shown = opening};
    open.goals = mu_tabletop_goals(table, &open.goal_count);
    for (uint32_t r = 0; r < mu_tabletop_role_count(table); r++) {
        open.roles[r] = mu_tabletop_role(table, r, &open.parts[r]);
        open.role_count++;
    }
    const mu_look look = {
        .level = MU_NOWHERE, .layers = MU_LAYERS_AT_FIRST | MU_LAYER_DENSITY, .paused = paused};
    audience->pen.language = language;
    ck_assert(mu_tabletop_public(table, language, &shown));
    mu_audience_draw(audience, &shown, &open, &look, WIDTH, HEIGHT);
    ck_assert(!audience->over.no_memory && !audience->under.no_memory);
}

/* Rows of a text that are inked, in parts of the picture's height. */
static double inked(const mu_draw *text, const char *letters) {
    mu_mask mask;
    int first = -1, last = -1;
    const mu_font font = {text->size, text->bold != 0};
    if (!type.mask(type.with, font, 0, letters, strlen(letters), &mask)) {
        return 0;
    }
    for (int y = 0; y < mask.height; y++) {
        for (int x = 0; x < mask.width; x++) {
            if (mask.alpha[y * mask.stride + x] > 127) {
                first = first < 0 ? y : first;
                last = y;
            }
        }
    }
    return (double)(last - first + 1) / HEIGHT;
}

static bool is_clock(const char *text) {
    return strspn(text, "0123456789:+-") == strlen(text) && strchr(text, ':') != NULL;
}

/* The lowest text; the lowest of figures with a colon that are set as clocks are. */
static void measure(const mu_draw_list *list, double *text, double *clock, uint32_t *clocks) {
    for (uint32_t i = 0; i < list->count; i++) {
        const mu_draw *one = &list->items[i];
        char said[512];
        if (one->kind != MU_DRAW_TEXT || one->part.count == 0) {
            continue;
        }
        (void)snprintf(said, sizeof said, "%.*s", (int)one->part.count,
                       list->text + one->part.first);
        const double high = inked(one, "Hg\xe5\x9b\xbd");
        if (high < *text) {
            *text = high;
            fprintf(stderr, "lowest so far: '%s' %.4f\n", said, high);
        }
        if (is_clock(said) && one->bold != 0 && (double)one->size > 0.08 * HEIGHT) {
            (*clocks)++;
            const double figures = inked(one, "0");
            *clock = figures < *clock ? figures : *clock;
        }
    }
}

static void contrast_of(const mu_draw_list *list, const mu_image *ground, double *least) {
    for (uint32_t i = 0; i < list->count; i++) {
        const mu_draw *one = &list->items[i];
        mu_mask mask;
        const char *text = list->text + one->part.first;
        const mu_font font = {one->size, one->bold != 0};
        if (one->kind != MU_DRAW_TEXT || one->width > 0 || one->part.count == 0 ||
            !type.mask(type.with, font, 0, text, one->part.count, &mask)) {
            continue;
        }
        const double wide = type.width(type.with, font, text, one->part.count);
        const double left = (double)one->x - (one->align == MU_ALIGN_MIDDLE  ? wide / 2
                                              : one->align == MU_ALIGN_RIGHT ? wide
                                                                             : 0);
        uint32_t inked_pixels = 0, poor = 0;
        double worst = 21;
        for (int y = 0; y < mask.height; y++) {
            for (int x = 0; x < mask.width; x++) {
                const int px = (int)left + mask.left + x, py = (int)one->y - mask.ascent + y;
                if (mask.alpha[y * mask.stride + x] < 128 || px < 0 || py < 0 ||
                    px >= ground->width || py >= ground->height) {
                    continue;
                }
                const uint32_t p = ground->pixels[py * ground->width + px];
                const mu_colour under = {(uint8_t)(p >> 16), (uint8_t)(p >> 8), (uint8_t)p, 255};
                const double c = mu_contrast(one->colour, under);
                inked_pixels++;
                poor += c < 7;
                worst = c < worst ? c : worst;
            }
        }
        /* A line of the plan may cross a letter here and there. */
        if (inked_pixels > 0 && poor * 20 > inked_pixels) {
            fprintf(stderr, "poor: '%.*s' %.2f in %u of %u\n", (int)one->part.count, text, worst,
                    poor, inked_pixels);
            *least = worst < *least ? worst : *least;
        }
    }
}

/* What lies under the letters: the picture without them, but with their outlines. */
static void paint_ground(mu_canvas *canvas, mu_audience *audience) {
    for (int k = 0; k < 2; k++) {
        mu_draw_list *list = k == 0 ? &audience->under : &audience->over;
        for (uint32_t i = 0; i < list->count; i++) {
            mu_draw *one = &list->items[i];
            if (one->kind == MU_DRAW_TEXT && one->width <= 0) {
                one->align |= 0x80; /* kept for measuring, drawn as nothing */
                one->part.count |= 0x80000000U;
            }
        }
    }
    mu_draw_list shown[2] = {audience->under, audience->over};
    for (int k = 0; k < 2; k++) {
        for (uint32_t i = 0; i < shown[k].count; i++) {
            if ((shown[k].items[i].part.count & 0x80000000U) != 0) {
                shown[k].items[i].kind = MU_DRAW_DISC;
                shown[k].items[i].radius = 0;
            }
        }
    }
    ck_assert(mu_canvas_paint(canvas, &type, &shown[0], 1, &shown[1]));
    for (int k = 0; k < 2; k++) {
        for (uint32_t i = 0; i < shown[k].count; i++) {
            mu_draw *one = &shown[k].items[i];
            if ((one->part.count & 0x80000000U) != 0) {
                one->kind = MU_DRAW_TEXT;
                one->align &= 0x7f;
                one->part.count &= 0x7fffffffU;
            }
        }
    }
}

static void check_picture(const mu_theme *theme, const char *language, bool opening, bool paused,
                          uint32_t clocks_least) {
    mu_audience audience;
    mu_canvas canvas;
    double text = 1, clock = 1, least = 21;
    uint32_t clocks = 0;
    ck_assert(mu_audience_create(mu_session_scene(mu_tabletop_session(table, 0)), &type, theme,
                                 &audience));
    ck_assert(mu_canvas_open(&canvas, WIDTH, HEIGHT));
    draw(&audience, language, opening, paused);
    if (!opening) {
        measure(&audience.under, &text, &clock, &clocks);
    }
    measure(&audience.over, &text, &clock, &clocks);
    ck_assert_msg(text >= 0.03, "a text is %.4f high", text);
    ck_assert_uint_ge(clocks, clocks_least);
    ck_assert_msg(clocks == 0 || clock >= 0.08, "a clock is %.4f high", clock);
    if (opening) {
        mu_draw_clear(&audience.under);
    }
    paint_ground(&canvas, &audience);
    contrast_of(&audience.under, &canvas.whole, &least);
    contrast_of(&audience.over, &canvas.whole, &least);
    ck_assert_msg(least >= 7, "a text has a contrast of %.2f", least);
    mu_canvas_close(&canvas);
    mu_audience_destroy(&audience);
}

START_TEST(letters_are_high_and_plain_to_see) {
    if (!has_fonts) {
        printf("no font: left out\n");
        return;
    }
    const mu_theme *const themes[] = {&mu_theme_light, &mu_theme_dark};
    const char *const languages[] = {"en", "zh"};
    mu_entry decision = {.kind = MU_ENTRY_DECISION};
    decision.said[MU_SAID_WHO] = "指挥";
    decision.said[MU_SAID_WHAT] = "Everybody leaves by the north door";
    go(13);
    ck_assert_int_eq(mu_tabletop_send(table, 0), MU_OK);
    for (int k = 0; k < 4; k++) {
        check_picture(themes[k / 2], languages[k % 2], false, k % 2 == 0, 4);
        check_picture(themes[k / 2], languages[k % 2], true, false, 0);
    }
    ck_assert_int_eq(mu_tabletop_enter(table, &decision), MU_OK);
    check_picture(&mu_theme_light, "en", false, true, 3);
    ck_assert_int_eq(mu_tabletop_stop(table, true), MU_OK);
    check_picture(&mu_theme_dark, "zh", true, false, 0);
}
END_TEST

static bool says(const mu_draw_list *list, const char *text) {
    for (uint32_t i = 0; i < list->count; i++) {
        const mu_draw *one = &list->items[i];
        char said[1024];
        (void)snprintf(said, sizeof said, "%.*s", (int)one->part.count,
                       list->text + one->part.first);
        if (one->kind == MU_DRAW_TEXT && strstr(said, text) != NULL) {
            return true;
        }
    }
    return false;
}

/* Any five letters in a row of a text count as a leak: lines are broken anywhere. */
static bool leaks(const mu_audience *audience, const char *text, uint32_t bytes) {
    char piece[32];
    for (size_t i = 0; i + bytes <= strlen(text); i++) {
        if (((uint8_t)text[i] & 0xc0U) == 0x80U) {
            continue;
        }
        (void)snprintf(piece, sizeof piece, "%.*s", (int)bytes, text + i);
        if (says(&audience->over, piece) || says(&audience->under, piece)) {
            return true;
        }
    }
    return false;
}

/* A hidden text is found if it is in the list, and is in no list before it is sent. */
START_TEST(nothing_hidden_reaches_the_audience) {
    static const char secret[] = "ZQXJKWVB";
    mu_audience audience;
    ck_assert(mu_audience_create(mu_session_scene(mu_tabletop_session(table, 0)), &type,
                                 &mu_theme_light, &audience));
    mu_entry note = {.kind = MU_ENTRY_NOTE};
    note.said[MU_SAID_WHAT] = secret;
    go(2);
    ck_assert_int_eq(mu_tabletop_enter(table, &note), MU_OK);
    const char *typed[MU_SAID_COUNT] = {NULL, secret, NULL, NULL};
    ck_assert_int_eq(mu_tabletop_type(table, MU_ENTRY_SENT, typed), MU_OK);
    for (double minutes = 2; minutes < 20; minutes += 3.5) {
        go(minutes);
        for (int k = 0; k < 2; k++) {
            const char *language = k == 0 ? "en" : "zh";
            draw(&audience, language, false, true);
            ck_assert(!leaks(&audience, secret, 5));
            for (uint32_t i = 0; i < mu_tabletop_inject_count(table); i++) {
                const mu_inject_now inject = mu_tabletop_inject(table, i, language);
                ck_assert(!leaks(&audience, inject.text, 15));
                ck_assert(!leaks(&audience, inject.question, 15));
                ck_assert(!leaks(&audience, inject.expected, 15));
                ck_assert(!says(&audience.over, inject.name));
            }
        }
    }
    mu_entry sent = {.kind = MU_ENTRY_SENT}; /* the test can fail: what is sent is found */
    sent.said[MU_SAID_WHAT] = secret;
    ck_assert_int_eq(mu_tabletop_enter(table, &sent), MU_OK);
    draw(&audience, "en", false, true);
    ck_assert(leaks(&audience, secret, 5));
    mu_audience_destroy(&audience);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("projector");
    TCase *projector = tcase_create("projector");
    tcase_set_timeout(projector, 120);
    tcase_add_checked_fixture(projector, open_table, close_table);
    tcase_add_test(projector, letters_are_high_and_plain_to_see);
    tcase_add_test(projector, nothing_hidden_reaches_the_audience);
    suite_add_tcase(suite, projector);
    return run_suite(suite);
}
