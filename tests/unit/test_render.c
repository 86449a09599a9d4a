/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing without a window: geometry to screen and back, picking, the timeline, keys, line breaks
 * of Chinese, and the pixels of the raster. What the view is tested on is the head-office incident;
 * MUSTER_SOURCE names the source folder. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loaded_plan.h"
#include "muster/drill.h"
#include "render/canvas.h"
#include "render/damage.h"
#include "render/draw_svg.h"
#include "render/raster.h"
#include "render/screen.h"
#include "runner.h"

static mu_session *session;
static mu_type type;
static mu_screen view;
static char told[2048];

static void keep_line(void *with, const char *line) {
    (void)with;
    (void)snprintf(told, sizeof told, "%s", line);
}

static bool any_language(const char *language) {
    (void)language;
    return true;
}

static void open_view(void) {
    load_incident("scenarios/head-office/package.json");
    plan->incident.horizon_s = 1200; /* nothing here looks at what comes later */
    const mu_session_def def = mu_default_session_def(plan);
    ck_assert_int_eq(mu_session_create(&def, &session), MU_OK);
    type = mu_type_plain();
    const mu_screen_def view_def = {.session = session,
                                    .type = &type,
                                    .theme = &mu_theme_light,
                                    .language = "en",
                                    .choose_language = any_language,
                                    .told = keep_line};
    ck_assert(mu_screen_create(&view_def, 1280, 720, &view));
    mu_screen_go(&view, 330 * MU_SECOND);
    mu_screen_draw(&view);
}

static void close_view(void) {
    mu_screen_destroy(&view);
    mu_session_destroy(session);
    drop_plan();
}

static bool always(void *with) {
    (void)with;
    return true;
}

static void press_key(int key) {
    mu_screen_input(&view, &(mu_input){.kind = MU_INPUT_KEY, .key = key});
    mu_screen_tick(&view, 0, always, NULL);
    mu_screen_draw(&view);
}

static void mouse(mu_input_kind kind, double x, double y) {
    mu_screen_input(&view, &(mu_input){.kind = kind, .button = 1, .x = x, .y = y});
}

static void click(double x, double y) {
    told[0] = 0;
    mouse(MU_INPUT_MOVE, x, y);
    mouse(MU_INPUT_PRESS, x, y);
    mouse(MU_INPUT_RELEASE, x, y);
    mu_screen_tick(&view, 0, always, NULL);
    mu_screen_draw(&view);
}

START_TEST(mapping_goes_there_and_back) {
    const mu_scenery *scene = mu_session_scene(session);
    for (uint32_t r = 0; r < scene->room_count; r++) {
        const mu_scenery_room *room = &scene->rooms[r];
        const mu_point at = {(room->low.x + room->high.x) / 2, (room->low.y + room->high.y) / 2};
        const mu_sheet *sheet = mu_camera_sheet(&view.camera, room->level);
        ck_assert_ptr_nonnull(sheet);
        const mu_vec p = mu_camera_map(&view.camera, sheet, at);
        ck_assert(mu_box_has(view.camera.view, p.x, p.y));
        uint32_t level;
        mu_point back;
        ck_assert(mu_camera_at(&view.camera, p.x, p.y, &level, &back));
        ck_assert_uint_eq(level, room->level);
        ck_assert_double_lt(hypot(back.x - at.x, back.y - at.y), 0.001);
    }
}
END_TEST

START_TEST(sheets_do_not_overlap) {
    const mu_camera *c = &view.camera;
    ck_assert_uint_eq(c->sheet_count, mu_session_scene(session)->level_count);
    for (uint32_t i = 0; i < c->sheet_count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            const mu_sheet *a = &c->sheets[i], *b = &c->sheets[j];
            ck_assert(a->high.x <= b->low.x || b->high.x <= a->low.x || a->high.y <= b->low.y ||
                      b->high.y <= a->low.y);
        }
    }
}
END_TEST

START_TEST(zoom_keeps_what_is_under_the_pointer) {
    uint32_t level, level_after;
    mu_point before, after;
    ck_assert(mu_camera_at(&view.camera, 600, 400, &level, &before));
    mouse(MU_INPUT_MOVE, 600, 400);
    const double scale = view.camera.scale;
    mu_screen_input(&view, &(mu_input){.kind = MU_INPUT_WHEEL, .wheel = 3});
    ck_assert_double_gt(view.camera.scale, scale * 1.4);
    ck_assert(mu_camera_at(&view.camera, 600, 400, &level_after, &after));
    ck_assert_uint_eq(level, level_after);
    ck_assert_double_lt(hypot(after.x - before.x, after.y - before.y), 0.001);
}
END_TEST

START_TEST(a_drag_moves_the_plan_and_chooses_nothing) {
    uint32_t level;
    mu_point before, after;
    told[0] = 0;
    ck_assert(mu_camera_at(&view.camera, 600, 400, &level, &before));
    mouse(MU_INPUT_MOVE, 600, 400);
    mouse(MU_INPUT_PRESS, 600, 400);
    mouse(MU_INPUT_MOVE, 640, 420);
    mouse(MU_INPUT_RELEASE, 640, 420);
    ck_assert(mu_camera_at(&view.camera, 640, 420, &level, &after));
    ck_assert_double_lt(hypot(after.x - before.x, after.y - before.y), 0.001);
    ck_assert_uint_eq(view.chosen.kind, MU_SUBJECT_NOTHING);
    ck_assert_str_eq(told, "");
}
END_TEST

/* Every person that stands clear of others is what a click on them tells. */
START_TEST(a_click_on_a_person_is_about_that_person) {
    press_key('b');
    uint32_t tried = 0;
    for (uint32_t i = 0; i < view.frame->people_count && tried < 40; i++) {
        const mu_frame_person one = view.frame->people[i];
        bool clear = mu_camera_shows(&view.camera, one.level, one.at) != NULL;
        for (uint32_t j = 0; clear && j < view.frame->people_count; j++) {
            const mu_frame_person *other = &view.frame->people[j];
            clear = j == i || other->level != one.level ||
                    hypot(other->at.x - one.at.x, other->at.y - one.at.y) > 2.5;
        }
        if (!clear) {
            continue;
        }
        const mu_vec p =
            mu_camera_map(&view.camera, mu_camera_sheet(&view.camera, one.level), one.at);
        click(p.x, p.y);
        ck_assert_uint_eq(view.chosen.kind, MU_SUBJECT_PERSON);
        ck_assert_uint_eq(view.chosen.index, one.person);
        ck_assert_str_ne(told, "");
        tried++;
    }
    ck_assert_uint_gt(tried, 10);
}
END_TEST

START_TEST(a_click_on_a_door_is_about_that_door) {
    view.layers = 0; /* posts may stand in a doorway */
    press_key('b');
    const mu_scenery *scene = mu_session_scene(session);
    uint32_t doors = 0;
    for (uint32_t p = 0; p < scene->portal_count; p++) {
        const mu_scenery_portal *portal = &scene->portals[p];
        const mu_point middle = {(portal->line[0].x + portal->line[1].x) / 2,
                                 (portal->line[0].y + portal->line[1].y) / 2};
        const mu_sheet *sheet = mu_camera_shows(&view.camera, portal->level, middle);
        if (sheet == NULL || portal->look == MU_PORTAL_LOOK_STAIR ||
            portal->look == MU_PORTAL_LOOK_RIDE) {
            continue;
        }
        const mu_vec at = mu_camera_map(&view.camera, sheet, middle);
        const mu_subject found =
            mu_art_pick(&view.pen, &view.art, &view.camera, view.frame, view.layers, at.x, at.y);
        if (found.kind == MU_SUBJECT_PORTAL) { /* else somebody stands in it */
            ck_assert_uint_eq(found.index, p);
            doors++;
        }
    }
    ck_assert_uint_gt(doors, 30);
}
END_TEST

START_TEST(following_keeps_a_person_in_the_middle) {
    uint32_t walker = 0;
    mu_screen_go(&view, 640 * MU_SECOND); /* everybody is on the way out */
    mu_screen_draw(&view);
    while (walker < view.frame->people_count && view.frame->people[walker].walking == 0) {
        walker++;
    }
    ck_assert_uint_lt(walker, view.frame->people_count);
    mu_screen_choose(&view, (mu_subject){MU_SUBJECT_PERSON, walker});
    press_key('g');
    ck_assert(view.following);
    for (int k = 0; k < 5; k++) {
        press_key(']');
        const uint32_t now = mu_screen_chosen_person(&view);
        ck_assert_uint_ne(now, MU_NOWHERE);
        const mu_frame_person *one = &view.frame->people[now];
        const mu_sheet *sheet = mu_camera_sheet(&view.camera, one->level);
        ck_assert_ptr_nonnull(sheet);
        const mu_vec at = mu_camera_map(&view.camera, sheet, one->at);
        const mu_box plan_box = view.camera.view;
        ck_assert_double_lt(hypot(at.x - (plan_box.x + plan_box.width / 2),
                                  at.y - (plan_box.y + plan_box.height / 2)),
                            0.5);
    }
    press_key(MU_KEY_LEFT);
    ck_assert(!view.following);
}
END_TEST

START_TEST(empty_paper_is_nothing) {
    click(30, 560);
    ck_assert_uint_eq(view.chosen.kind, MU_SUBJECT_NOTHING);
}
END_TEST

START_TEST(the_timeline_maps_times_and_scrubs) {
    while (!mu_session_look_ahead(session, 10000)) {
    }
    mu_screen_draw(&view);
    for (int share = 0; share <= 10; share++) {
        const mu_time time = view.from_us + (view.to_us - view.from_us) / 10 * share;
        const mu_time back = mu_screen_timeline_at(&view, mu_screen_timeline_x(&view, time));
        ck_assert_int_le(llabs(back - time), 1000);
    }
    ck_assert_int_eq(view.to_us, mu_session_known(session));
    const mu_box box = mu_screen_timeline_box(&view);
    const double x = mu_screen_timeline_x(&view, 600 * MU_SECOND), y = box.y + box.height / 2;
    mouse(MU_INPUT_MOVE, x, y);
    mouse(MU_INPUT_PRESS, x, y);
    mouse(MU_INPUT_MOVE, mu_screen_timeline_x(&view, 900 * MU_SECOND), y + 200);
    mu_screen_tick(&view, 0, always, NULL);
    ck_assert_int_le(llabs(mu_session_now(session) - 900 * MU_SECOND), MU_SECOND);
    mouse(MU_INPUT_RELEASE, 0, 0);
    mouse(MU_INPUT_MOVE, x, y);
    mu_screen_tick(&view, 0, always, NULL);
    ck_assert_int_le(llabs(mu_session_now(session) - 900 * MU_SECOND), MU_SECOND);
}
END_TEST

START_TEST(keys_move_through_time) {
    while (!mu_session_look_ahead(session, 10000)) {
    }
    const mu_time before = mu_session_now(session);
    press_key(']');
    ck_assert_int_eq(mu_session_now(session), before + 10 * MU_SECOND);
    press_key('{');
    ck_assert_int_eq(mu_session_now(session), before - 50 * MU_SECOND);
    press_key('.');
    const mu_time moment = mu_session_now(session);
    press_key('.');
    ck_assert_int_gt(mu_session_now(session), moment);
    press_key(',');
    ck_assert_int_eq(mu_session_now(session), moment);
    press_key(MU_KEY_HOME);
    ck_assert_int_eq(mu_session_now(session), 0);
    press_key(MU_KEY_END);
    ck_assert_int_eq(mu_session_now(session), mu_session_known(session));
    press_key('['); /* and the frame of the end does not stay */
    ck_assert(!view.frame->over);
}
END_TEST

START_TEST(playing_goes_on_at_its_speed) {
    const mu_time before = mu_session_now(session);
    press_key(' ');
    mu_screen_tick(&view, 0.5, always, NULL);
    ck_assert_int_eq(mu_session_now(session), before + MU_SECOND / 2);
    mu_screen_do(&view, MU_ACTION_FASTER, 0);
    mu_screen_do(&view, MU_ACTION_FASTER, 0);
    mu_screen_tick(&view, 0.5, always, NULL);
    ck_assert_int_eq(mu_session_now(session), before + 3 * MU_SECOND);
    press_key(' ');
    mu_screen_tick(&view, 5, always, NULL);
    ck_assert_int_eq(mu_session_now(session), before + 3 * MU_SECOND);
}
END_TEST

START_TEST(keys_change_levels_layers_and_language) {
    press_key(MU_KEY_PAGE_UP);
    ck_assert_uint_eq(view.level, 0);
    press_key(MU_KEY_PAGE_UP);
    ck_assert_uint_eq(view.level, 1);
    press_key(MU_KEY_PAGE_UP);
    ck_assert_uint_eq(view.level, 1);
    ck_assert_uint_eq(view.camera.sheet_count, 1);
    press_key('a');
    ck_assert_uint_eq(view.level, MU_NOWHERE);
    const uint32_t layers = view.layers;
    press_key('d');
    ck_assert_uint_eq(view.layers, layers ^ MU_LAYER_DENSITY);
    press_key('l');
    ck_assert_str_eq(view.pen.language, "zh");
    press_key(MU_KEY_F1);
    ck_assert(view.help);
    press_key(MU_KEY_ESCAPE);
    ck_assert(!view.help);
}
END_TEST

/* The same moment gives the same list, byte by byte, whichever way one came to it. */
START_TEST(a_frame_is_drawn_the_same_again) {
    mu_draw_list first = view.over;
    view.over = (mu_draw_list){0};
    mu_screen_go(&view, 900 * MU_SECOND);
    mu_screen_draw(&view);
    while (!mu_session_look_ahead(session, 10000)) {
    }
    mu_screen_go(&view, 330 * MU_SECOND);
    mu_screen_draw(&view);
    /* The timeline knows more now: compare the plan and side, which come first. */
    uint32_t same = 0;
    while (same < first.count && same < view.over.count &&
           memcmp(&first.items[same], &view.over.items[same], sizeof first.items[0]) == 0) {
        same++;
    }
    ck_assert_uint_gt(same, first.count / 2);
    mu_draw_free(&first);
}
END_TEST

static mu_draw_list paths_at(int seconds) {
    mu_draw_list list = {0};
    mu_screen_go(&view, seconds * MU_SECOND);
    mu_screen_draw(&view);
    mu_pen pen = view.pen;
    pen.list = &list;
    mu_art_trails(&pen, &view.camera, view.frame, &view.wake);
    return list;
}

static void check_same(const mu_draw_list *a, const mu_draw_list *b) {
    ck_assert_uint_eq(a->count, b->count);
    ck_assert_uint_eq(a->point_count, b->point_count);
    ck_assert_mem_eq(a->items, b->items, a->count * sizeof a->items[0]);
    ck_assert_mem_eq(a->points, b->points, a->point_count * sizeof a->points[0]);
}

/* Paths end at the walkers, and are the same whether one comes to a moment from before, from after
 * with what followed still known, or from nowhere. */
START_TEST(paths_show_what_lies_behind) {
    press_key('w');
    ck_assert(view.layers & MU_LAYER_TRAILS);
    ck_assert_int_eq(view.frame->time_us, 330 * MU_SECOND);
    ck_assert_ptr_nonnull(mu_wake_at(&view.wake, 300 * MU_SECOND));
    mu_draw_list first = paths_at(640);
    ck_assert_uint_gt(first.count, 100);
    uint32_t ends = 0;
    for (uint32_t p = 0; p < view.frame->people_count; p++) {
        const mu_frame_person *one = &view.frame->people[p];
        const mu_sheet *sheet = mu_camera_shows(&view.camera, one->level, one->at);
        const mu_vec at = sheet != NULL ? mu_camera_map(&view.camera, sheet, one->at) : (mu_vec){0};
        for (uint32_t i = 1; i < first.point_count; i += 2) {
            ends += first.points[i].x == at.x && first.points[i].y == at.y;
        }
    }
    ck_assert_uint_gt(ends, 20);
    mu_draw_list later = paths_at(665);
    ck_assert_ptr_nonnull(mu_wake_at(&view.wake, 665 * MU_SECOND));
    mu_draw_list again = paths_at(640);
    ck_assert_ptr_nonnull(mu_wake_at(&view.wake, 665 * MU_SECOND));
    check_same(&first, &again);
    ck_assert(later.count != first.count ||
              memcmp(later.points, first.points, first.point_count * sizeof first.points[0]) != 0);
    mu_wake_forget(&view.wake);
    mu_draw_list anew = paths_at(640);
    ck_assert_ptr_null(mu_wake_at(&view.wake, 641 * MU_SECOND));
    check_same(&first, &anew);
    mu_draw_free(&first);
    mu_draw_free(&later);
    mu_draw_free(&again);
    mu_draw_free(&anew);
}
END_TEST

static bool says(const mu_draw_list *list, const char *text) {
    for (uint32_t i = 0; i < list->count; i++) {
        const mu_draw *d = &list->items[i];
        if (d->kind == MU_DRAW_TEXT && d->part.count == strlen(text) &&
            memcmp(list->text + d->part.first, text, d->part.count) == 0) {
            return true;
        }
    }
    return false;
}

/* The number at a door is the queue's; it is there when it is to be, and only then. */
START_TEST(a_queue_has_its_number_at_the_door) {
    mu_frame_queue queue = {.kind = MU_QUEUE_AT_DOOR, .count = 4321};
    const mu_scenery_portal *door = &view.scene->portals[0];
    queue.level = door->level;
    queue.at = door->line[0];
    queue.middle = (mu_point){queue.at.x + 2, queue.at.y};
    mu_frame frame = *view.frame;
    frame.queues = &queue;
    frame.queue_count = 1;
    mu_draw_list list = {0};
    mu_pen pen = view.pen;
    pen.list = &list;
    mu_art_queues(&pen, &view.art, &view.camera, &frame);
    ck_assert(says(&list, "4321"));
    mu_box box[MU_QUEUES_MOST];
    ck_assert_uint_eq(mu_art_queue_boxes(&pen, &view.art, &view.camera, &frame, box), 1);
    const mu_vec at =
        mu_camera_map(&view.camera, mu_camera_sheet(&view.camera, queue.level), queue.at);
    ck_assert_double_lt(hypot((double)(box[0].x + box[0].width / 2 - at.x),
                              (double)(box[0].y + box[0].height / 2 - at.y)),
                        80);
    mu_draw_free(&list);
    press_key('u');
    ck_assert(view.layers & MU_LAYER_QUEUES);
    ck_assert(says(&view.over, "waits in a queue"));
    press_key('u');
    ck_assert(!says(&view.over, "waits in a queue"));
}
END_TEST

START_TEST(layers_are_read_from_words) {
    uint32_t layers = 7;
    ck_assert(mu_layers_read("none", &layers));
    ck_assert_uint_eq(layers, 0);
    ck_assert(mu_layers_read("paths,queues", &layers));
    ck_assert_uint_eq(layers, MU_LAYER_TRAILS | MU_LAYER_QUEUES);
    ck_assert(!mu_layers_read("paths,", &layers));
    ck_assert(!mu_layers_read("path", &layers));
    ck_assert(!mu_layers_read("", &layers));
}
END_TEST

START_TEST(resizing_keeps_the_design) {
    mu_screen_resize(&view, 1920, 1080);
    mu_screen_draw(&view);
    ck_assert_double_eq_tol(view.pen.unit, 1.5, 1e-9);
    const mu_box plan_box = mu_screen_plan_box(&view), side = mu_screen_side_box(&view);
    ck_assert_double_eq_tol(plan_box.width + side.width, 1920, 1e-3);
    for (uint32_t i = 0; i < view.spot_count; i++) {
        const mu_box box = view.spots[i].box;
        ck_assert(box.x >= 0 && box.y >= 0 && box.x + box.width <= 1921 &&
                  box.y + box.height <= 1081);
    }
}
END_TEST

static uint32_t wrapped(const char *text, double width, char *out, size_t room) {
    mu_text_line lines[16];
    const mu_font font = {10, false};
    const uint32_t count = mu_type_wrap(&type, font, text, width, lines, 16);
    out[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        const size_t used = strlen(out);
        (void)snprintf(out + used, room - used, "%s%.*s", i > 0 ? "|" : "", (int)lines[i].bytes,
                       lines[i].text);
    }
    return count;
}

START_TEST(chinese_breaks_between_letters_but_not_before_stops) {
    char out[512];
    type = mu_type_plain();
    (void)wrapped("保安设置内层警戒", 40, out, sizeof out);
    ck_assert_str_eq(out, "保安设置|内层警戒");
    (void)wrapped("保安设置，内层", 40, out, sizeof out);
    ck_assert_str_eq(out, "保安设|置，内层");
    (void)wrapped("前往（大堂）西", 30, out, sizeof out);
    ck_assert_str_eq(out, "前往|（大|堂）西");
    (void)wrapped("保安设置内层警戒处", 40, out, sizeof out); /* none is left alone */
    ck_assert_str_eq(out, "保安设置|内层警|戒处");
    (void)wrapped("保安设置内层。", 50, out, sizeof out);
    ck_assert_str_eq(out, "保安设置|内层。");
    (void)wrapped("the outer cordon", 60, out, sizeof out);
    ck_assert_str_eq(out, "the outer|cordon");
    (void)wrapped("incomprehensible", 30, out, sizeof out);
    ck_assert_ptr_nonnull(strchr(out, '|'));
    char short_text[64];
    mu_type_shorten(&type, (mu_font){10, false}, "保安设置内层警戒", 55, short_text,
                    sizeof short_text);
    ck_assert_str_eq(short_text, "保安设置…");
}
END_TEST

static uint32_t pixel(const mu_image *image, int x, int y) {
    return image->pixels[y * image->width + x] & 0xffffff;
}

static mu_image blank(int width, int height) {
    mu_image image = {calloc((size_t)width * (size_t)height, sizeof(uint32_t)), width, height};
    for (int i = 0; i < width * height; i++) {
        image.pixels[i] = 0xffffffff;
    }
    return image;
}

START_TEST(the_raster_fills_holes_and_edges) {
    mu_draw_list list = {0};
    mu_raster *raster = mu_raster_create();
    mu_image image = blank(40, 30);
    const mu_colour black = {0, 0, 0, 255};
    /* A frame from (5, 5) to (25, 25) with a hole drawn in the same sense, and a half pixel. */
    mu_draw_fill(&list, black);
    const double outer[4][2] = {{5, 5}, {25, 5}, {25, 25}, {5, 25}};
    const double inner[4][2] = {{10, 10}, {20, 10}, {20, 20}, {10, 20}};
    mu_draw_ring_start(&list);
    for (int i = 0; i < 4; i++) {
        mu_draw_point(&list, outer[i][0], outer[i][1]);
    }
    mu_draw_ring_start(&list);
    for (int i = 0; i < 4; i++) {
        mu_draw_point(&list, inner[i][0], inner[i][1]);
    }
    mu_draw_rect(&list, (mu_box){30.5F, 5, 4, 4}, black);
    ck_assert(mu_raster_draw(raster, &list, &type, &image));
    ck_assert_uint_eq(pixel(&image, 7, 7), 0);
    ck_assert_uint_eq(pixel(&image, 24, 24), 0);
    ck_assert_uint_eq(pixel(&image, 15, 15), 0xffffff);
    ck_assert_uint_eq(pixel(&image, 26, 7), 0xffffff);
    const uint32_t half = pixel(&image, 30, 6) & 0xff;
    ck_assert(half > 120 && half < 136);
    ck_assert_uint_eq(pixel(&image, 32, 6), 0);
    ck_assert_uint_eq(pixel(&image, 36, 6), 0xffffff);
    mu_draw_free(&list);
    mu_raster_destroy(raster);
    free(image.pixels);
}
END_TEST

/* The area of a polygon is the sum of its coverage, wherever it lies and however it is clipped. */
START_TEST(the_raster_conserves_area) {
    mu_raster *raster = mu_raster_create();
    for (int k = 0; k < 50; k++) {
        mu_draw_list list = {0};
        mu_image image = blank(100, 100);
        const double x = 20 + 0.37 * k, y = 30 + 0.29 * k;
        const double corners[3][2] = {{x, y}, {x + 40.3, y + 5.7}, {x + 11.1, y + 33.9}};
        mu_draw_fill(&list, (mu_colour){0, 0, 0, 255});
        mu_draw_ring_start(&list);
        for (int i = 0; i < 3; i++) {
            mu_draw_point(&list, corners[i][0], corners[i][1]);
        }
        ck_assert(mu_raster_draw(raster, &list, &type, &image));
        double covered = 0;
        for (int i = 0; i < 100 * 100; i++) {
            covered += 1 - (image.pixels[i] & 0xff) / 255.0;
        }
        const double area = 0.5 * fabs(40.3 * 33.9 - 11.1 * 5.7);
        ck_assert_double_eq_tol(covered, area, 0.5);
        mu_draw_free(&list);
        free(image.pixels);
    }
    mu_raster_destroy(raster);
}
END_TEST

START_TEST(nothing_is_drawn_outside_the_clip) {
    mu_draw_list list = {0};
    mu_raster *raster = mu_raster_create();
    mu_image image = blank(60, 60);
    mu_draw_clip(&list, (mu_box){20, 20, 20, 20});
    const mu_colour black = {0, 0, 0, 255};
    mu_draw_rect(&list, (mu_box){-1000, -1000, 5000, 5000}, black);
    mu_draw_disc(&list, 20, 20, 30, black);
    mu_draw_circle(&list, 30, 30, 45, 6, black);
    mu_draw_segment(&list, black, 5, -500, 20, 900, 41);
    ck_assert(mu_raster_draw(raster, &list, &type, &image));
    for (int y = 0; y < 60; y++) {
        for (int x = 0; x < 60; x++) {
            const bool inside = x >= 20 && x < 40 && y >= 20 && y < 40;
            ck_assert_uint_eq(pixel(&image, x, y), inside ? 0 : 0xffffff);
        }
    }
    mu_draw_free(&list);
    mu_raster_destroy(raster);
    free(image.pixels);
}
END_TEST

/* Rooms, walls and discs in rows; one of them may have moved or be of another colour. */
static void draw_rows(mu_draw_list *list, int moved, double by) {
    mu_draw_clear(list);
    mu_draw_clip(list, (mu_box){5, 5, 290, 190});
    for (int k = 0; k < 40; k++) {
        const double x = 3.3 + k % 8 * 36.7 + (k == moved ? by : 0), y = 4.1 + k / 8 * 37.9;
        const mu_vec ring[4] = {{(float)x, (float)y},
                                {(float)x + 33, (float)y + 2},
                                {(float)x + 30, (float)y + 31},
                                {(float)x - 1, (float)y + 29}};
        mu_draw_polygon(list, (mu_colour){200, (uint8_t)(k * 5), 90, 140}, ring, 4);
        mu_draw_segment(list, (mu_colour){0, 0, 0, 200}, 2.5, x, y, x + 33, y + 2);
        mu_draw_disc(list, x + 15, y + 15, 6.5, (mu_colour){20, 90, 160, 220});
    }
}

/* A change is drawn where it is, and the picture is that of the whole to the pixel. */
START_TEST(a_change_is_drawn_where_it_is) {
    mu_draw_list under = {0}, over = {0};
    mu_canvas kept, fresh;
    ck_assert(mu_canvas_open(&kept, 300, 200));
    draw_rows(&under, 0, 0);
    ck_assert(mu_canvas_paint(&kept, NULL, &under, 1, &over));
    for (uint32_t k = 1; k < 40; k++) {
        mu_box box;
        draw_rows(&under, (int)k, k * 1.37);
        ck_assert(mu_damage_between(&kept.painted, &under, &box));
        ck_assert(box.width > 0 && box.height < 150);
        ck_assert(mu_canvas_paint(&kept, NULL, &under, k + 1, &over));
        ck_assert(mu_canvas_open(&fresh, 300, 200));
        ck_assert(mu_canvas_paint(&fresh, NULL, &under, 1, &over));
        ck_assert_mem_eq(kept.whole.pixels, fresh.whole.pixels, 300 * 200 * sizeof(uint32_t));
        mu_canvas_close(&fresh);
    }
    mu_canvas_close(&kept);
    mu_draw_free(&under);
    mu_draw_free(&over);
}
END_TEST

START_TEST(svg_holds_every_command) {
    FILE *out = tmpfile();
    const mu_draw_list *const lists[] = {&view.under, &view.over};
    ck_assert(mu_draw_svg(lists, 2, 1280, 720, "a <title> & more", "x", out));
    const long bytes = ftell(out);
    rewind(out);
    char *text = calloc((size_t)bytes + 1, 1);
    ck_assert_uint_eq(fread(text, 1, (size_t)bytes, out), (size_t)bytes);
    fclose(out);
    uint32_t texts = 0, opened = 0, closed = 0;
    for (const char *c = text; (c = strstr(c, "<text ")) != NULL; c++) {
        texts++;
    }
    for (const char *c = text; (c = strstr(c, "<g ")) != NULL; c++) {
        opened++;
    }
    for (const char *c = text; (c = strstr(c, "</g>")) != NULL; c++) {
        closed++;
    }
    uint32_t wanted = 0;
    for (int l = 0; l < 2; l++) {
        for (uint32_t i = 0; i < lists[l]->count; i++) {
            wanted += lists[l]->items[i].kind == MU_DRAW_TEXT;
        }
    }
    ck_assert_uint_eq(texts, wanted);
    ck_assert_uint_eq(opened, closed);
    ck_assert_ptr_nonnull(strstr(text, "a &lt;title&gt; &amp; more"));
    free(text);
}
END_TEST

/* WCAG 2.1: text at least 4.5 to 1; what people are told apart by at least 3 to 1 on the plan. */
START_TEST(colours_can_be_read) {
    const mu_theme *t = &mu_theme_light;
    ck_assert_double_ge(mu_contrast(t->ink, t->panel), 7);
    ck_assert_double_ge(mu_contrast(t->soft, t->panel), 7);
    ck_assert_double_ge(mu_contrast(t->on_accent, t->accent), 7);
    ck_assert_double_ge(mu_contrast(t->label, t->way), 4.5);
    ck_assert_double_ge(mu_contrast(t->met, t->panel), 4.5);
    ck_assert_double_ge(mu_contrast(t->late, t->panel), 4.5);
    ck_assert_double_ge(mu_contrast(t->missed, t->panel), 4.5);
    ck_assert_double_ge(mu_contrast(t->doing[MU_DOING_LEAVING], t->room), 4.5);
    ck_assert_double_ge(mu_contrast(t->doing[MU_DOING_USUAL], t->room), 3);
    ck_assert_double_ge(mu_contrast(t->doing[MU_DOING_OUT], t->ground), 2.5);
}
END_TEST

int main(void) {
    TCase *drawing = tcase_create("drawing"), *looking = tcase_create("looking");
    tcase_add_test(drawing, chinese_breaks_between_letters_but_not_before_stops);
    tcase_add_test(drawing, the_raster_fills_holes_and_edges);
    tcase_add_test(drawing, the_raster_conserves_area);
    tcase_add_test(drawing, nothing_is_drawn_outside_the_clip);
    tcase_add_test(drawing, colours_can_be_read);
    tcase_set_timeout(looking, 240);
    tcase_add_unchecked_fixture(looking, open_view, close_view);
    tcase_add_test(looking, mapping_goes_there_and_back);
    tcase_add_test(looking, sheets_do_not_overlap);
    tcase_add_test(looking, zoom_keeps_what_is_under_the_pointer);
    tcase_add_test(looking, a_drag_moves_the_plan_and_chooses_nothing);
    tcase_add_test(looking, a_click_on_a_person_is_about_that_person);
    tcase_add_test(looking, a_click_on_a_door_is_about_that_door);
    tcase_add_test(looking, following_keeps_a_person_in_the_middle);
    tcase_add_test(looking, empty_paper_is_nothing);
    tcase_add_test(looking, the_timeline_maps_times_and_scrubs);
    tcase_add_test(looking, keys_move_through_time);
    tcase_add_test(looking, playing_goes_on_at_its_speed);
    tcase_add_test(looking, keys_change_levels_layers_and_language);
    tcase_add_test(looking, a_frame_is_drawn_the_same_again);
    tcase_add_test(looking, paths_show_what_lies_behind);
    tcase_add_test(looking, a_queue_has_its_number_at_the_door);
    tcase_add_test(looking, layers_are_read_from_words);
    tcase_add_test(looking, resizing_keeps_the_design);
    tcase_add_test(looking, a_change_is_drawn_where_it_is);
    tcase_add_test(looking, svg_holds_every_command);
    Suite *suite = suite_create("render");
    suite_add_tcase(suite, drawing);
    suite_add_tcase(suite, looking);
    return run_suite(suite);
}
