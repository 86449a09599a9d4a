/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facilitator's desk: the audience reads a language of its own, and Chinese is typed through an
 * input method, whose events are sent here as a system sends them. MUSTER_SOURCE names the source
 * folder. */
#include <SDL2/SDL.h>
#include <check.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "loaded_plan.h"
#include "render/desk.h"
#include "render/show.h"
#include "runner.h"

static mu_diags *diags;
static mu_tabletop *table;
static mu_type type;
static mu_screen view;
static mu_desk desk;
static char chosen[4] = "en"; /* as gettext would have it */

enum { WIDTH = 1280, HEIGHT = 720 };

static bool choose_language(const char *language) {
    (void)snprintf(chosen, sizeof chosen, "%s", language);
    return true;
}

static bool start_nothing(void *with, mu_tabletop *tabletop, char *why, size_t room) {
    (void)with;
    (void)tabletop;
    (void)why;
    (void)room;
    return true;
}

static const mu_desk_def *desk_def(void) {
    static mu_desk_def def;
    def = (mu_desk_def){.tabletop = table, .start = start_nothing};
    return &def;
}

static void open_desk(void) {
    load_incident("scenarios/head-office/tabletop.json");
    diags = mu_diags_create();
    const mu_tabletop_def def = {.session = mu_default_session_def(plan), .program = "test"};
    ck_assert_int_eq(mu_tabletop_create(&def, &table, diags), MU_OK);
    type = mu_type_plain();
    const mu_screen_def screen = {.session = mu_tabletop_session(table, 0),
                                  .type = &type,
                                  .theme = &mu_theme_light,
                                  .language = "en",
                                  .choose_language = choose_language};
    ck_assert(mu_screen_create(&screen, WIDTH, HEIGHT, &view));
    ck_assert(mu_desk_open(desk_def(), &view, &desk));
    mu_screen_go(&view, mu_time_from_s(330));
}

static void close_desk(void) {
    mu_desk_close(&desk);
    mu_screen_destroy(&view);
    mu_tabletop_destroy(table);
    mu_diags_destroy(diags);
    drop_plan();
}

static void press(int key) {
    mu_desk_input(&desk, &(mu_input){.kind = MU_INPUT_KEY, .key = key});
    mu_desk_draw(&desk, WIDTH, HEIGHT);
}

/* --- languages --- */

static bool has_chinese(const mu_draw *one, const char *text) {
    for (size_t at = 0; at < one->part.count;) {
        uint32_t letter;
        at += mu_utf8_step(text + one->part.first + at, one->part.count - at, &letter);
        if (letter >= 0x4e00 && letter <= 0x9fff) {
            return true;
        }
    }
    return false;
}

/* Texts with Chinese letters in them, beside the tag that is in both languages. */
static uint32_t chinese(const mu_draw_list *list) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const mu_draw *one = &list->items[i];
        const bool tag =
            one->part.count == strlen(MU_EXERCISE_TAG) &&
            memcmp(list->text + one->part.first, MU_EXERCISE_TAG, one->part.count) == 0;
        count += one->kind == MU_DRAW_TEXT && !tag && has_chinese(one, list->text);
    }
    return count;
}

static void check_languages(bool on_desk, bool for_audience) {
    mu_desk_draw(&desk, WIDTH, HEIGHT);
    ck_assert_int_eq(chinese(mu_desk_over(&desk)) > 3, on_desk);
    ck_assert_int_eq(chinese(&desk.audience.over) > 0, for_audience);
    ck_assert_str_eq(chosen, on_desk ? "zh" : "en"); /* whoever draws next is not surprised */
}

START_TEST(audience_has_a_language_of_its_own) {
    check_languages(false, false);
    press('l');
    check_languages(true, true); /* until it has its own, it goes with the desk */
    press('l');
    press('L');
    check_languages(false, true);
    press('l');
    check_languages(true, true);
    press('L');
    check_languages(true, false);
    press('l');
    check_languages(false, false);
    press('L');
    press(MU_KEY_F4); /* as well while it is paused for safety */
    mu_desk_draw(&desk, WIDTH, HEIGHT);
    ck_assert(mu_tabletop_is_stopped(table));
    ck_assert_uint_gt(chinese(&desk.audience.over), 0);
    press('L');
    ck_assert_uint_eq(chinese(&desk.audience.over), 0);
}
END_TEST

START_TEST(one_screen_switches_what_is_seen) {
    press(MU_KEY_F2);
    ck_assert_int_eq(desk.page, MU_DESK_AUDIENCE);
    ck_assert_uint_eq(chinese(&desk.audience.over), 0);
    press('l');
    ck_assert_uint_gt(chinese(&desk.audience.over), 0);
    ck_assert_str_eq(view.pen.language, "en");
}
END_TEST

static bool list_says(const mu_draw_list *list, const char *text) {
    for (uint32_t i = 0; i < list->count; i++) {
        const mu_draw *one = &list->items[i];
        char said[1024];
        (void)snprintf(said, sizeof said, "%.*s", (int)one->part.count,
                       list->text + one->part.first);
        if (one->kind == MU_DRAW_TEXT && strcmp(said, text) == 0) {
            return true;
        }
    }
    return false;
}

static bool says(const char *text) {
    return list_says(mu_desk_over(&desk), text);
}

START_TEST(goals_are_what_everybody_sees_first) {
    desk.page = MU_DESK_OPENING;
    press(MU_KEY_F2);
    ck_assert(list_says(&desk.audience.over, "Goals"));
    press(MU_KEY_F2);
    ck_assert_int_eq(desk.page, MU_DESK_COVER);
    press(MU_KEY_ENTER);
    ck_assert_int_eq(desk.page, MU_DESK_OPENING);
    press(MU_KEY_ENTER);
    ck_assert_int_eq(desk.page, MU_DESK_RUN);
    press(MU_KEY_F2);
    ck_assert(!list_says(&desk.audience.over, "Goals"));
}
END_TEST

/* --- branches --- */

static bool no_more(void *with) {
    (void)with;
    return false;
}

/* Nobody has to move the mouse for it; and branches in which nothing was done differently stand
 * alike. */
START_TEST(a_comparison_comes_by_itself) {
    mu_tabletop_seen(table);
    ck_assert_int_eq(mu_tabletop_part(table, "B"), MU_OK);
    mu_desk_look_at_branch(&desk, mu_tabletop_here(table));
    mu_screen_go(&view, mu_time_from_s(420));
    mu_tabletop_seen(table);
    mu_desk_look_at_branch(&desk, 0);
    mu_screen_go(&view, mu_time_from_s(400));
    mu_tabletop_seen(table);
    mu_screen_go(&view, mu_time_from_s(60));
    press(MU_KEY_F9);
    ck_assert(mu_desk_is_lively(&desk));
    ck_assert(says("working …"));
    for (int k = 0; k < 1000000 && mu_desk_is_lively(&desk); k++) {
        mu_desk_tick(&desk, 0.02, 0, no_more, NULL);
    }
    mu_desk_draw(&desk, 0, 0);
    ck_assert(says("as both stood at 6:40"));
    const mu_session *a = mu_tabletop_session(table, 0), *b = mu_tabletop_session(table, 1);
    ck_assert_int_eq(mu_session_now(a), mu_session_now(b));
    ck_assert_uint_eq(mu_session_hash(a), mu_session_hash(b));
}
END_TEST

/* --- saving --- */

/* Before anybody has typed a word. */
START_TEST(a_full_disk_is_told_while_the_clock_runs) {
    char path[] = "/tmp/muster-desk-XXXXXX";
    const int file = mkstemp(path);
    struct stat state;
    struct rlimit room, before;
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(mu_tabletop_save_to(table, path, diags), MU_OK);
    mu_desk_tick(&desk, 0, 1000, no_more, NULL);
    ck_assert_str_eq(desk.words, "");
    (void)signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert_int_eq(fstat(file, &state), 0);
    room = (struct rlimit){(rlim_t)state.st_size, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &room), 0);
    mu_screen_go(&view, mu_time_from_s(340));
    mu_desk_tick(&desk, 0, 1010, no_more, NULL);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert_str_eq(desk.words, "It could not be saved: is the disk full?");
    (void)close(file);
    ck_assert_int_eq(unlink(path), 0);
}
END_TEST

/* --- an input method --- */

/* The width of the line under what is composed, in units; 0 where there is none. */
static double underlined(void) {
    const mu_draw_list *list = mu_desk_over(&desk);
    double width = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const mu_draw *one = &list->items[i];
        if (one->kind != MU_DRAW_FILL || one->part.count != 1 ||
            list->rings[one->part.first].count != 4) {
            continue;
        }
        const mu_vec *corner = &list->points[list->rings[one->part.first].first];
        const double high = (double)(corner[2].y - corner[0].y);
        width += fabs(high - 1.5) < 0.01 ? (double)(corner[1].x - corner[0].x) : 0;
    }
    return width;
}

static void compose(const char *text) {
    mu_desk_type(&desk, text, true);
    mu_desk_draw(&desk, 0, 0);
}

START_TEST(what_is_composed_is_seen_and_not_yet_typed) {
    const char *typed = desk.form.said[MU_SAID_WHO].text;
    press(MU_KEY_F5);
    mu_desk_type(&desk, "A", false);
    mu_desk_draw(&desk, 0, 0);
    const double before = underlined();
    compose("zhong");
    ck_assert(says("Azhong"));
    ck_assert_str_eq(typed, "A");
    ck_assert_double_gt(underlined(), before + 20);
    const mu_box at_zhong = desk.ui.caret;
    compose("\xe4\xb8\xad guo"); /* 中 guo */
    ck_assert(says("A\xe4\xb8\xad guo"));
    ck_assert(desk.ui.typing); /* the input method is told that, and where: */
    ck_assert_float_ne(desk.ui.caret.x, at_zhong.x);
    press(MU_KEY_BACKSPACE); /* belong to the input method */
    press(MU_KEY_ENTER);
    press('\t');
    ck_assert_str_eq(typed, "A");
    ck_assert(desk.form.open);
    mu_desk_type(&desk, "\xe4\xb8\xad\xe5\x9b\xbd", false); /* 中国 */
    mu_desk_draw(&desk, 0, 0);
    ck_assert_str_eq(typed, "A\xe4\xb8\xad\xe5\x9b\xbd");
    ck_assert_double_eq_tol(underlined(), before, 0.01);
    press(MU_KEY_BACKSPACE);
    ck_assert_str_eq(typed, "A\xe4\xb8\xad");
    compose("x");
    press(MU_KEY_ESCAPE); /* gives up what is composed, and not the form */
    ck_assert(desk.form.open);
    ck_assert(says("A\xe4\xb8\xad"));
    const mu_entry *draft = mu_tabletop_draft(table);
    ck_assert_ptr_nonnull(draft);
    ck_assert_str_eq(draft->said[MU_SAID_WHO], "A\xe4\xb8\xad");
    desk.form.act = MU_ACT_NONE;
    press('\t');
    mu_desk_type(&desk, "hold", false);
    ck_assert(says("What is decided"));
    press(MU_KEY_ENTER); /* one picture later the form is gone */
    ck_assert(!desk.form.open);
    ck_assert(!says("What is decided"));
    ck_assert(says("Entered and saved."));
}
END_TEST

START_TEST(a_long_composition_breaks_into_lines) {
    char text[300] = "";
    for (size_t k = 0; k < 80; k++) {
        (void)snprintf(text + 3 * k, 4, "\xe6\xbc\x94"); /* 演 */
    }
    press(MU_KEY_F5);
    press('\t');
    const double before = underlined();
    compose(text);
    ck_assert_double_gt(underlined(), before + 600); /* 13 units each, on two or three lines */
    ck_assert_float_gt(desk.ui.caret.y, 0);
}
END_TEST

static void slow_letter(int key, const char *text) {
    mu_ui_down(&desk.ui, key);
    mu_desk_input(&desk, &(mu_input){.kind = MU_INPUT_KEY, .key = key});
    mu_desk_type(&desk, text, false);
    mu_desk_draw(&desk, 0, 0);
}

/* A letter that SDL did not wait for is the input method's alone. */
START_TEST(a_slow_input_method_has_its_letters_once) {
    const char *typed = desk.form.said[MU_SAID_WHO].text;
    press(MU_KEY_F5);
    slow_letter('a', "a");
    mu_ui_down(&desk.ui, 0); /* the key that switches to Chinese */
    slow_letter('x', "x");
    slow_letter('i', "i");
    compose("\xe8\xa5\xbf"); /* 西 */
    ck_assert_str_eq(typed, "a");
    slow_letter('n', "n");
    compose("\xe7\x8e\xb0"); /* 现 */
    ck_assert_str_eq(typed, "a");
    mu_desk_type(&desk, "\xe7\x8e\xb0", false);
    compose("");
    ck_assert_str_eq(typed, "a\xe7\x8e\xb0");
    slow_letter('b', "b"); /* as it is; then a switch by a key of its own */
    mu_ui_down(&desk.ui, 0);
    compose("\xe5\x9c\xba"); /* 场 */
    mu_desk_type(&desk, "\xe5\x9c\xba", false);
    mu_desk_draw(&desk, 0, 0);
    ck_assert_str_eq(typed, "a\xe7\x8e\xb0"
                            "b\xe5\x9c\xba");
}
END_TEST

/* --- the same through SDL's events --- */

static void send_key(SDL_Keycode sym) {
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .state = SDL_PRESSED}};
    event.key.keysym.sym = sym;
    SDL_PushEvent(&event);
    SDL_Delay(30);
}

static void send_text(uint32_t kind, const char *text) {
    SDL_Event event;
    memset(&event, 0, sizeof event);
    event.type = kind;
    if (kind == SDL_TEXTEDITING_EXT) {
        event.editExt.text = SDL_strdup(text);
    } else if (kind == SDL_TEXTEDITING) {
        (void)snprintf(event.edit.text, sizeof event.edit.text, "%s", text);
    } else {
        (void)snprintf(event.text.text, sizeof event.text.text, "%s", text);
    }
    SDL_PushEvent(&event);
    SDL_Delay(30);
}

static int type_decision(void *with) {
    (void)with;
    while (SDL_GetCurrentVideoDriver() == NULL) {
        SDL_Delay(10);
    }
    SDL_Delay(300);
    send_key(SDLK_F5);
    send_key(SDLK_TAB);
    send_text(SDL_TEXTEDITING, "che li");
    send_key(SDLK_RETURN); /* of the input method */
    send_text(SDL_TEXTEDITING_EXT, "\xe6\x92\xa4 li");
    send_text(SDL_TEXTINPUT, "\xe6\x92\xa4\xe7\xa6\xbb"); /* 撤离 */
    send_text(SDL_TEXTEDITING, "");
    send_key(SDLK_RETURN);
    SDL_Delay(100);
    SDL_Event quit = {.type = SDL_QUIT};
    SDL_PushEvent(&quit);
    return 0;
}

START_TEST(events_of_an_input_method_make_a_decision) {
    char why[400] = "";
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    const mu_show_def def = {.session = mu_tabletop_session(table, 0),
                             .tabletop = table,
                             .desk = desk_def(),
                             .language = "en",
                             .width = WIDTH,
                             .height = HEIGHT,
                             .level = MU_NOWHERE};
    SDL_Thread *hands = SDL_CreateThread(type_decision, "hands", NULL);
    const bool shown = mu_show_window(&def, why, sizeof why);
    SDL_WaitThread(hands, NULL);
    ck_assert_msg(shown, "%s", why);
    const mu_entry *made = NULL;
    for (uint32_t e = 0; e < mu_tabletop_entry_count(table); e++) {
        const mu_entry *one = mu_tabletop_entry(table, e);
        made = one->kind == MU_ENTRY_DECISION ? one : made;
    }
    ck_assert_ptr_nonnull(made);
    ck_assert_str_eq(made->said[MU_SAID_WHAT], "\xe6\x92\xa4\xe7\xa6\xbb");
    ck_assert_str_eq(made->said[MU_SAID_WHO], "");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("desk");
    TCase *tcase = tcase_create("desk");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, open_desk, close_desk);
    tcase_add_test(tcase, audience_has_a_language_of_its_own);
    tcase_add_test(tcase, one_screen_switches_what_is_seen);
    tcase_add_test(tcase, goals_are_what_everybody_sees_first);
    tcase_add_test(tcase, a_comparison_comes_by_itself);
    tcase_add_test(tcase, a_full_disk_is_told_while_the_clock_runs);
    tcase_add_test(tcase, what_is_composed_is_seen_and_not_yet_typed);
    tcase_add_test(tcase, a_long_composition_breaks_into_lines);
    tcase_add_test(tcase, a_slow_input_method_has_its_letters_once);
    tcase_add_test(tcase, events_of_an_input_method_make_a_decision);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
