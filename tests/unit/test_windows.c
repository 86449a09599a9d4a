/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every screen of the editor and of the windows of a run, in both languages, measured: no text
 * reaches out of the box that it stands in, out of the window, or over another; what is Chinese has
 * no sentence in English and the other way round. Letters are those of the system's font; where
 * there is none they are as wide as by rule. MUSTER_SOURCE names the source folder,
 * MUSTER_CATALOGUES the one with translations. */
#include <check.h>
#include <ctype.h>
#include <libintl.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "effort.h"
#include "example_copy.h"
#include "loaded_plan.h"
#include "muster/project.h"
#include "muster/tabletop.h"
#include "render/audience.h"
#include "render/desk.h"
#include "render/easel.h"
#include "render/fonts_sdl.h"
#include "runner.h"

enum { WIDTH = 1280, HEIGHT = 720, TEXTS_MOST = 4000, BOXES_MOST = 8000 };

/* A text on the screen, in pixels; what its letters cover is less high than the line. */
typedef struct shown {
    mu_box ink, box;
    char said[120];
    bool plated; /* a label with an outline, made to lie over a plan */
    bool gone;   /* under something that was drawn later */
} shown;

static mu_fonts fonts;
static mu_type type;
static shown texts[TEXTS_MOST];
static mu_box boxes[BOXES_MOST];
static uint32_t text_count, box_count, seen, faults;
static const char *screen_name;

static void complain(const char *what, const shown *text, const char *other) {
    faults++;
    fprintf(stderr, "%s: %s: '%s' %.0f..%.0f of %.0f..%.0f at %.0f %s\n", screen_name, what,
            text->said, (double)text->ink.x, (double)(text->ink.x + text->ink.width),
            (double)text->box.x, (double)(text->box.x + text->box.width), (double)text->ink.y,
            other);
}

static bool holds(mu_box box, double x, double y) {
    return mu_box_has(box, x, y);
}

/* The box around a polygon; false where it is not a rectangle, with or without round corners. */
static bool box_of(const mu_draw_list *list, const mu_draw *fill, mu_box *out) {
    if (fill->part.count != 1) {
        return false;
    }
    const mu_span ring = list->rings[fill->part.first];
    double low[2] = {1e9, 1e9}, high[2] = {-1e9, -1e9}, area = 0;
    for (uint32_t k = 0; k < ring.count; k++) {
        const mu_vec p = list->points[ring.first + k];
        const mu_vec q = list->points[ring.first + (k + 1) % ring.count];
        low[0] = (double)p.x < low[0] ? (double)p.x : low[0];
        low[1] = (double)p.y < low[1] ? (double)p.y : low[1];
        high[0] = (double)p.x > high[0] ? (double)p.x : high[0];
        high[1] = (double)p.y > high[1] ? (double)p.y : high[1];
        area += ((double)p.x * (double)q.y - (double)q.x * (double)p.y) / 2;
    }
    const double wide = high[0] - low[0], high_px = high[1] - low[1];
    *out = (mu_box){(float)low[0], (float)low[1], (float)wide, (float)high_px};
    return ring.count >= 4 && (area < 0 ? -area : area) > 0.85 * wide * high_px;
}

static void take_text(const mu_draw_list *list, uint32_t at, mu_box clip) {
    const mu_draw *one = &list->items[at];
    const char *said = list->text + one->part.first;
    const mu_font font = {one->size, one->bold != 0};
    const double wide = type.width(type.with, font, said, one->part.count);
    const double left = (double)one->x - (one->align == MU_ALIGN_MIDDLE  ? wide / 2
                                          : one->align == MU_ALIGN_RIGHT ? wide
                                                                         : 0);
    const double size = (double)one->size;
    ck_assert_uint_lt(text_count, TEXTS_MOST);
    shown *out = &texts[text_count];
    *out = (shown){.ink = {(float)left, (float)((double)one->y - 0.62 * size), (float)wide,
                           (float)(0.6 * size)},
                   .box = clip,
                   .plated = at > 0 && list->items[at - 1].kind == MU_DRAW_TEXT &&
                             list->items[at - 1].width > 0};
    (void)snprintf(out->said, sizeof out->said, "%.*s", (int)one->part.count, said);
    const double y = (double)one->y - 0.3 * size;
    const double x = (double)one->x + (one->align == MU_ALIGN_LEFT    ? 1
                                       : one->align == MU_ALIGN_RIGHT ? -1
                                                                      : 0);
    if (!holds(clip, x, y)) {
        return; /* scrolled out of sight */
    }
    for (uint32_t k = 0; k < box_count; k++) {
        const bool inside = holds(boxes[k], x, y) && (double)boxes[k].height > 0.8 * size &&
                            (double)boxes[k].width < (double)out->box.width;
        out->box = inside ? boxes[k] : out->box;
    }
    text_count++;
}

static void take_fill(mu_box box, mu_colour colour) {
    for (uint32_t k = 0; colour.a > 200 && k < text_count; k++) {
        const mu_box ink = texts[k].ink;
        texts[k].gone |=
            holds(box, (double)(ink.x + ink.width / 2), (double)(ink.y + ink.height / 2));
    }
    uint32_t left = 0;
    for (uint32_t k = 0; k < box_count; k++) {
        const mu_box under = boxes[k];
        if (colour.a <= 200 || box.width < under.width ||
            !holds(box, (double)(under.x + under.width / 2),
                   (double)(under.y + under.height / 2))) {
            boxes[left++] = under;
        }
    }
    box_count = left;
    if (box_count < BOXES_MOST) {
        boxes[box_count++] = box;
    }
}

static void take(const mu_draw_list *list) {
    mu_box clip = {0, 0, WIDTH, HEIGHT};
    for (uint32_t i = 0; i < list->count; i++) {
        const mu_draw *one = &list->items[i];
        mu_box box;
        if (one->kind == MU_DRAW_CLIP) {
            clip = (mu_box){one->x, one->y, one->width, one->height};
        } else if (one->kind == MU_DRAW_FILL && box_of(list, one, &box)) {
            take_fill(box, one->colour);
        } else if (one->kind == MU_DRAW_TEXT && one->width <= 0 && one->part.count > 0) {
            take_text(list, i, clip);
        }
    }
}

static void check_boxes(void) {
    for (uint32_t k = 0; k < text_count; k++) {
        const shown *one = &texts[k];
        const float right = one->ink.x + one->ink.width;
        if (one->gone || one->plated || strlen(one->said) < 3) { /* a letter marks a thing */
            continue;
        }
        seen++;
        if (one->ink.x < one->box.x - 1 || right > one->box.x + one->box.width + 1) {
            complain("out of its box", one, "");
        }
        for (uint32_t i = 0; i < k; i++) {
            const shown *other = &texts[i];
            const float wide =
                fminf(right, other->ink.x + other->ink.width) - fmaxf(one->ink.x, other->ink.x);
            const float high =
                fminf(one->ink.y + one->ink.height, other->ink.y + other->ink.height) -
                fmaxf(one->ink.y, other->ink.y);
            if (!other->gone && !other->plated && wide > 3 &&
                high > 0.4f * fminf(one->ink.height, other->ink.height)) {
                complain("over another", one, other->said);
            }
        }
    }
}

static bool is_chinese(const char *text) {
    for (size_t at = 0, bytes = strlen(text); at < bytes;) {
        uint32_t letter;
        at += mu_utf8_step(text + at, bytes - at, &letter);
        if (letter >= 0x4e00 && letter <= 0x9fff) {
            return true;
        }
    }
    return false;
}

/* Words of letters only, three in a row. */
static bool is_english(const char *text) {
    uint32_t words = 0, letters = 0;
    for (const char *c = text;; c++) {
        if (isalpha((unsigned char)*c) || *c == '\'') {
            letters++;
        } else if (*c == ' ' || *c == ',' || *c == 0 || *c == ';') {
            words += letters > 1 || (letters == 1 && words > 0);
            letters = 0;
            if (words >= 3) {
                return true;
            }
        } else {
            words = letters = 0;
        }
        if (*c == 0) {
            return false;
        }
    }
}

static void check_words(const char *language) {
    for (uint32_t k = 0; k < text_count; k++) {
        const bool tag = strstr(texts[k].said, "演练") != NULL; /* in both languages */
        const bool both = strcmp(texts[k].said, "中") == 0 ||
                          strcmp(texts[k].said, "中文") == 0; /* the button that changes it */
        if (language[0] == 'e' ? is_chinese(texts[k].said) && !tag && !both
                               : is_english(texts[k].said)) {
            complain("in the wrong language", &texts[k], language);
        }
    }
}

static bool choose_language(const char *language) {
    extern int _nl_msg_cat_cntr; /* gettext's: what it has kept is of another language */
    (void)setenv("LANGUAGE", language[0] == 'z' ? "zh_CN" : "en", 1);
    _nl_msg_cat_cntr++;
    return true;
}

/* What was drawn last, from below. */
static void check_screen(const char *name, const char *language, const mu_draw_list *under,
                         const mu_draw_list *over, bool words) {
    text_count = box_count = 0;
    screen_name = name;
    ck_assert((under == NULL || !under->no_memory) && !over->no_memory);
    if (under != NULL) {
        take(under);
    }
    take(over);
    check_boxes();
    if (words) {
        check_words(language);
    }
}

static void open_letters(void) {
    char why[400];
    (void)setlocale(LC_ALL, "C.UTF-8");
    (void)setlocale(LC_NUMERIC, "C");
    (void)bindtextdomain(MU_TEXT_DOMAIN, getenv("MUSTER_CATALOGUES"));
    (void)bind_textdomain_codeset(MU_TEXT_DOMAIN, "UTF-8");
    type = mu_fonts_open(&fonts, why, sizeof why) ? mu_fonts_type(&fonts) : mu_type_plain();
    faults = seen = 0;
}

/* --- the editor --- */

static void look(mu_easel *e, const char *name, const char *language, bool words) {
    mu_easel_draw(e); /* what is measured while drawing is known at the second time */
    mu_easel_draw(e);
    check_screen(name, language, NULL, &e->over, words);
}

/* The first record of a list, or what stands in a list's place, from top to bottom. */
static void walk_list(mu_easel *e, const char *list, const char *language) {
    char name[100], pointer[200];
    (void)snprintf(e->list, sizeof e->list, "%s", list);
    (void)snprintf(pointer, sizeof pointer, list[0] == '/' ? "%s/#0" : "%s",
                   list[0] == '#' ? "-" : list);
    mu_easel_show_form(&e->whole, e->papers[e->page], pointer);
    (void)snprintf(name, sizeof name, "editor, page %d %s (%s)", (int)e->page, list, language);
    for (int part = 0; part < (list[0] == '/' ? 2 : 1); part++) {
        look(e, name, language, list[0] == '#'); /* forms have both languages */
        e->whole.scroll += 560;
    }
}

static void walk_plan(mu_easel *e, const char *language) {
    static const mu_subject_kind kinds[] = {MU_SUBJECT_ROOM,      MU_SUBJECT_PORTAL,
                                            MU_SUBJECT_EQUIPMENT, MU_SUBJECT_POST,
                                            MU_SUBJECT_ASSEMBLY,  MU_SUBJECT_ROAD};
    char name[100];
    for (int tool = 0; tool < MU_TOOL_COUNT; tool++) {
        e->tool = (mu_easel_tool)tool;
        (void)snprintf(name, sizeof name, "editor, tool %d (%s)", tool, language);
        look(e, name, language, true);
    }
    e->tool = MU_TOOL_SELECT;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        mu_easel_show_subject(e, (mu_subject){kinds[k], 3});
        (void)snprintf(name, sizeof name, "editor, chosen %zu (%s)", k, language);
        look(e, name, language, false);
    }
}

static void walk_page(mu_easel *e, mu_easel_page page, const char *language) {
    static const char *const lists[] = {"",       "#day",    "#duty",     "#times",  "#own",
                                        "#chart", "/groups", "/members",  "/teams",  "/clauses",
                                        "/units", "/steps",  "/channels", "/shifts", "/equipment"};
    mu_easel_open_page(e, page);
    if (page == MU_EASEL_PLAN) {
        walk_plan(e, language);
        return;
    }
    for (size_t k = 0; e->papers[page] != MU_NOWHERE && k < sizeof lists / sizeof lists[0]; k++) {
        walk_list(e, lists[k], language);
    }
}

START_TEST(editor) {
    char path[4096], policy[4096], books[4096];
    const char *source = getenv("MUSTER_SOURCE");
    mu_diags *diags = mu_diags_create();
    mu_easel *e = calloc(1, sizeof *e);
    open_letters();
    (void)snprintf(path, sizeof path, "%s/scenarios/campus/package.json", source);
    (void)snprintf(policy, sizeof policy, "%s/scenarios/policy/baseline.json", source);
    (void)snprintf(books, sizeof books, "%s/scenarios/playbooks", source);
    const mu_project_def def = {.path = path, .policy = policy, .playbooks = books};
    mu_project *project = mu_project_open(&def, diags);
    ck_assert(e != NULL && project != NULL);
    for (int l = 0; l < EFFORT(2, 1); l++) {
        const char *language = l == 0 ? "en" : "zh";
        const mu_easel_def easel = {.project = project,
                                    .type = &type,
                                    .language = language,
                                    .choose_language = choose_language};
        choose_language(language);
        ck_assert(mu_easel_open(&easel, WIDTH, HEIGHT, e));
        for (int page = 0; page < MU_EASEL_PAGE_COUNT; page++) {
            walk_page(e, (mu_easel_page)page, language);
        }
        e->page = MU_EASEL_PLAN;
        e->chosen_count = 0;
        e->help = true;
        look(e, "editor, help", language, true);
        mu_easel_close(e);
    }
    free(e);
    mu_project_close(project, false);
    mu_diags_destroy(diags);
    mu_fonts_close(&fonts);
    ck_assert_uint_gt(seen, EFFORT(1000, 500));
    ck_assert_uint_eq(faults, 0);
}
END_TEST

/* Corners set one after the other, in rows across the plan. */
static void click_corner(mu_easel *e, uint32_t n) {
    const mu_box plan_box = mu_easel_plan_box(e);
    mu_input input = {.kind = MU_INPUT_MOVE,
                      .button = 1,
                      .x = plan_box.x + 60 + 22.0 * (n % 20),
                      .y = plan_box.y + 60 + 22.0 * (n / 20)};
    mu_easel_input(e, &input);
    input.kind = MU_INPUT_PRESS;
    mu_easel_input(e, &input);
    input.kind = MU_INPUT_RELEASE;
    mu_easel_input(e, &input);
}

/* At, below and above 'drawn-corners'. */
START_TEST(corners_of_an_outline_end) {
    mu_easel *e = calloc(1, sizeof *e);
    mu_diags *diags = mu_diags_create();
    const mu_project_def def = {.path = "/tmp/muster-no-such-site.json"};
    mu_project *project = mu_project_open(&def, diags);
    ck_assert(e != NULL && project != NULL);
    type = mu_type_plain();
    const mu_easel_def easel = {.project = project, .type = &type, .language = "en"};
    ck_assert(mu_easel_open(&easel, WIDTH, HEIGHT, e));
    mu_easel_draw(e);
    e->tool = MU_TOOL_OUTLINE;
    for (uint32_t n = 0; n < MU_RING_MOST; n++) {
        ck_assert_uint_eq(e->point_count, n);
        click_corner(e, n);
    }
    ck_assert_uint_eq(e->point_count, MU_RING_MOST);
    ck_assert_ptr_null(strstr(e->said, "200"));
    click_corner(e, MU_RING_MOST);
    ck_assert_uint_eq(e->point_count, MU_RING_MOST);
    ck_assert_ptr_nonnull(strstr(e->said, "200 corners"));
    ck_assert(e->grave);
    mu_easel_close(e);
    free(e);
    mu_project_close(project, false);
    mu_diags_destroy(diags);
}
END_TEST

/* --- the windows of a run --- */

static void walk_desk(mu_desk *desk, mu_screen *view, const char *language) {
    static const double minutes[] = {0, 5.5, 20, 75};
    static const int keys[] = {0, MU_KEY_F1, 'i', 'd', 'b', 'g'};
    char name[100];
    for (size_t m = 0; m < sizeof minutes / sizeof minutes[0]; m++) {
        mu_screen_go(view, mu_time_from_s(60 * minutes[m]));
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
            if (keys[k] != 0) {
                mu_desk_input(desk, &(mu_input){.kind = MU_INPUT_KEY, .key = keys[k]});
            }
            mu_desk_draw(desk, WIDTH, HEIGHT);
            (void)snprintf(name, sizeof name, "desk, %.1f min, key %d (%s)", minutes[m], keys[k],
                           language);
            check_screen(name, language, NULL, mu_desk_over(desk), true);
            (void)snprintf(name, sizeof name, "audience, %.1f min (%s)", minutes[m], language);
            check_screen(name, language, NULL, &desk->audience.over, true);
            if (keys[k] != 0) {
                mu_desk_input(desk, &(mu_input){.kind = MU_INPUT_KEY, .key = MU_KEY_ESCAPE});
            }
        }
    }
}

static bool start_nothing(void *with, mu_tabletop *tabletop, char *why, size_t room) {
    (void)with;
    (void)tabletop;
    (void)why;
    (void)room;
    return true;
}

START_TEST(run_windows) {
    static mu_screen view;
    static mu_desk desk;
    mu_diags *diags = mu_diags_create();
    mu_tabletop *table = NULL;
    open_letters();
    load_incident("scenarios/head-office/tabletop.json");
    const mu_tabletop_def def = {.session = mu_default_session_def(plan), .program = "test"};
    ck_assert_int_eq(mu_tabletop_create(&def, &table, diags), MU_OK);
    for (int l = 0; l < EFFORT(2, 1); l++) {
        const char *language = l == 0 ? "en" : "zh";
        choose_language(language);
        const mu_screen_def screen = {.session = mu_tabletop_session(table, 0),
                                      .type = &type,
                                      .theme = &mu_theme_light,
                                      .language = language,
                                      .choose_language = choose_language};
        const mu_desk_def desk_def = {.tabletop = table, .start = start_nothing};
        ck_assert(mu_screen_create(&screen, WIDTH, HEIGHT, &view));
        ck_assert(mu_desk_open(&desk_def, &view, &desk));
        walk_desk(&desk, &view, language);
        mu_desk_close(&desk);
        mu_screen_draw(&view);
        check_screen("projector", language, NULL, &view.over, true);
        mu_screen_destroy(&view);
    }
    mu_tabletop_destroy(table);
    mu_diags_destroy(diags);
    drop_plan();
    mu_fonts_close(&fonts);
    ck_assert_uint_gt(seen, 500);
    ck_assert_uint_eq(faults, 0);
}
END_TEST

/* What is typed where a number is asked for is one, or nothing happens. */
START_TEST(numbers_are_numbers) {
    static const char *const no_numbers[] = {"", " ", "abc", "3x", "1,5", "inf", "nan", "1e999"};
    mu_edit edit = {0};
    double value = 7;
    for (size_t k = 0; k < sizeof no_numbers / sizeof no_numbers[0]; k++) {
        mu_edit_set(&edit, no_numbers[k]);
        ck_assert_msg(!mu_easel_number(&edit, &value), "%s", no_numbers[k]);
        ck_assert_double_eq(value, 7);
        ck_assert_double_eq(mu_easel_typed(&edit, 2), 2);
    }
    mu_edit_set(&edit, " -1.5 ");
    ck_assert(mu_easel_number(&edit, &value));
    ck_assert_double_eq(value, -1.5);
    ck_assert_double_eq(mu_easel_typed(&edit, 2), 2);
}
END_TEST

START_TEST(what_is_wrong_is_seen) {
    mu_draw_list list = {0};
    const mu_font font = {13, false};
    const mu_colour ink = {0, 0, 0, 255};
    open_letters();
    mu_draw_rect(&list, (mu_box){10, 10, 60, 20}, (mu_colour){255, 255, 255, 255});
    mu_draw_text(&list, 12, 25, MU_ALIGN_LEFT, font, ink, "a text that is longer", 21);
    mu_draw_text(&list, 100, 100, MU_ALIGN_LEFT, font, ink, "one", 3);
    mu_draw_text(&list, 104, 102, MU_ALIGN_LEFT, font, ink, "two", 3);
    check_screen("wrong", "zh", NULL, &list, true);
    ck_assert_uint_eq(faults, 3);
    mu_draw_free(&list);
    mu_fonts_close(&fonts);
}
END_TEST

int main(void) {
    char folder[] = "/tmp/muster-examples-XXXXXX";
    if (!examples_copy(folder)) {
        perror(folder);
        return EXIT_FAILURE;
    }
    Suite *suite = suite_create("windows");
    TCase *windows = tcase_create("windows");
    tcase_set_timeout(windows, 120);
    tcase_add_test(windows, editor);
    tcase_add_test(windows, corners_of_an_outline_end);
    tcase_add_test(windows, run_windows);
    tcase_add_test(windows, numbers_are_numbers);
    tcase_add_test(windows, what_is_wrong_is_seen);
    suite_add_tcase(suite, windows);
    const int status = run_suite(suite);
    examples_remove(folder);
    return status;
}
