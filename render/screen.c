/* SPDX-License-Identifier: GPL-3.0-or-later */
/* State, actions and input of the view. */
#include "render/screen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const int mu_speeds[MU_SPEED_COUNT] = {1, 2, 5, 10, 20, 30, 60, 120, 0};

static const mu_time SHORTEST_LINE = 600 * MU_SECOND; /* of the timeline while the end is unknown */

bool mu_screen_create(const mu_screen_def *def, double width, double height, mu_screen *out) {
    *out = (mu_screen){.def = *def,
                       .scene = mu_session_scene(def->session),
                       .level = MU_NOWHERE,
                       .layers = MU_LAYERS_AT_FIRST,
                       .legend = true,
                       .speed = 0,
                       .x = -1,
                       .y = -1};
    out->pen = (mu_pen){
        .list = &out->over, .theme = def->theme, .type = def->type, .language = def->language};
    if (!mu_art_create(out->scene, &out->art)) {
        return false;
    }
    mu_screen_resize(out, width, height);
    return true;
}

void mu_screen_destroy(mu_screen *view) {
    mu_art_destroy(&view->art);
    mu_wake_free(&view->wake);
    mu_draw_free(&view->under);
    mu_draw_free(&view->over);
}

/* The design is made for 1280 by 720 and grows with the window. */
void mu_screen_resize(mu_screen *view, double width, double height) {
    const bool first = view->camera.sheet_count == 0;
    view->width = fmax(width, 320);
    view->height = fmax(height, 240);
    view->pen.unit = fmin(fmax(fmin(view->width / 1280, view->height / 720), 0.6), 6);
    const mu_camera before = view->camera;
    view->camera.view = mu_screen_plan_box(view);
    view->camera.head = view->plan_only ? 20 * view->pen.unit : 62 * view->pen.unit;
    view->camera.foot = view->plan_only ? 0 : 68 * view->pen.unit; /* the scale, and a pause */
    mu_camera_lay(&view->camera, view->scene, view->level);
    if (!first && before.view.width > 0) {
        /* Keeps what was in the middle, as large in proportion as it was. */
        view->camera.x = before.x;
        view->camera.y = before.y;
        view->camera.scale =
            before.scale * (double)view->camera.view.width / (double)before.view.width;
        if (memcmp(before.sheets, view->camera.sheets, sizeof before.sheets) != 0) {
            mu_camera_fit(&view->camera); /* laid out anew for the new shape */
        }
    }
}

mu_box mu_screen_header_box(const mu_screen *view) {
    return (mu_box){0, 0, (float)view->width, (float)(60 * view->pen.unit)};
}

mu_box mu_screen_footer_box(const mu_screen *view) {
    const double height = 104 * view->pen.unit;
    return (mu_box){0, (float)(view->height - height), (float)view->width, (float)height};
}

mu_box mu_screen_side_box(const mu_screen *view) {
    const mu_box head = mu_screen_header_box(view), foot = mu_screen_footer_box(view);
    const float width = (float)fmin(312 * view->pen.unit, view->width * 0.36);
    const float top = head.height + (float)(view->side_head * view->pen.unit);
    return (mu_box){(float)view->width - width, top, width, foot.y - top};
}

mu_box mu_screen_plan_box(const mu_screen *view) {
    const mu_box side = mu_screen_side_box(view);
    if (view->plan_only) {
        return (mu_box){0, 0, (float)view->width, (float)view->height};
    }
    const mu_box head = mu_screen_header_box(view);
    return (mu_box){0, head.height, side.x, side.y + side.height - head.height};
}

static void show_level(mu_screen *view, uint32_t level) {
    view->level = level;
    mu_camera_lay(&view->camera, view->scene, level);
}

static void change_level(mu_screen *view, int by) {
    const int count = (int)view->scene->level_count;
    const int now = view->level == MU_NOWHERE ? (by > 0 ? -1 : count) : (int)view->level;
    const int next = now + by;
    if (next >= 0 && next < count) {
        show_level(view, (uint32_t)next);
    }
}

static void change_speed(mu_screen *view, int by) {
    const int next = (int)view->speed + by;
    view->speed = (uint32_t)(next < 0 ? 0 : next >= MU_SPEED_COUNT ? MU_SPEED_COUNT - 1 : next);
}

static void want(mu_screen *view, mu_time time) {
    view->wanted = time < 0 ? 0 : time;
    if (mu_session_end_is_known(view->def.session)) {
        const mu_time end = mu_session_known(view->def.session);
        view->wanted = view->wanted > end ? end : view->wanted;
    }
    view->seeking = true;
}

/* The next moment on either side of now. */
static void go_to_moment(mu_screen *view, int by) {
    uint32_t count;
    const mu_moment *moments = mu_session_moments(view->def.session, &count);
    const mu_time now = view->seeking ? view->wanted : mu_session_now(view->def.session);
    view->playing = false;
    if (by > 0) {
        for (uint32_t i = 0; i < count; i++) {
            if (moments[i].time_us > now) {
                want(view, moments[i].time_us);
                return;
            }
        }
    }
    for (uint32_t i = count; by < 0 && i > 0; i--) {
        if (moments[i - 1].time_us < now) {
            want(view, moments[i - 1].time_us);
            return;
        }
    }
}

static void step_time(mu_screen *view, mu_time by) {
    want(view, (view->seeking ? view->wanted : mu_session_now(view->def.session)) + by);
}

static void pan(mu_screen *view, double x, double y) {
    view->following = false;
    mu_camera_pan(&view->camera, x * 60 * view->pen.unit, y * 60 * view->pen.unit);
}

static void zoom(mu_screen *view, double factor) {
    const mu_box plan = view->camera.view;
    const bool over = mu_box_has(plan, view->x, view->y);
    mu_camera_zoom(&view->camera, factor, over ? view->x : (double)plan.x + (double)plan.width / 2,
                   over ? view->y : (double)plan.y + (double)plan.height / 2);
}

static void change_language(mu_screen *view) {
    const char *next = view->pen.language[0] == 'z' ? "en" : "zh";
    if (view->def.choose_language == NULL || view->def.choose_language(next)) {
        view->pen.language = next;
    }
}

static void play(mu_screen *view) {
    const mu_session *session = view->def.session;
    view->playing = !view->playing;
    if (view->playing && mu_session_end_is_known(session) &&
        mu_session_now(session) >= mu_session_known(session)) {
        want(view, 0);
    }
}

static bool do_time(mu_screen *view, mu_action action) {
    switch (action) {
    case MU_ACTION_PLAY:
        play(view);
        return true;
    case MU_ACTION_NEXT:
    case MU_ACTION_PREVIOUS:
        go_to_moment(view, action == MU_ACTION_NEXT ? 1 : -1);
        return true;
    case MU_ACTION_ON:
    case MU_ACTION_BACK:
        step_time(view, (action == MU_ACTION_ON ? 10 : -10) * MU_SECOND);
        return true;
    case MU_ACTION_MINUTE_ON:
    case MU_ACTION_MINUTE_BACK:
        step_time(view, (action == MU_ACTION_MINUTE_ON ? 60 : -60) * MU_SECOND);
        return true;
    case MU_ACTION_FASTER:
    case MU_ACTION_SLOWER:
        change_speed(view, action == MU_ACTION_FASTER ? 1 : -1);
        return true;
    case MU_ACTION_BEGINNING:
        want(view, 0);
        return true;
    case MU_ACTION_END:
        want(view, mu_session_known(view->def.session));
        return true;
    default:
        return false;
    }
}

static bool do_camera(mu_screen *view, mu_action action, int32_t value) {
    switch (action) {
    case MU_ACTION_ALL_LEVELS:
        show_level(view, MU_NOWHERE);
        return true;
    case MU_ACTION_LEVEL_UP:
    case MU_ACTION_LEVEL_DOWN:
        change_level(view, action == MU_ACTION_LEVEL_UP ? 1 : -1);
        return true;
    case MU_ACTION_LEVEL:
        show_level(view, value < 0 ? MU_NOWHERE : (uint32_t)value);
        return true;
    case MU_ACTION_FIT:
    case MU_ACTION_FIT_BUILT:
        view->camera.built = action == MU_ACTION_FIT_BUILT;
        mu_camera_lay(&view->camera, view->scene, view->level);
        view->following = false;
        return true;
    case MU_ACTION_ZOOM_IN:
    case MU_ACTION_ZOOM_OUT:
        zoom(view, action == MU_ACTION_ZOOM_IN ? 1.25 : 0.8);
        return true;
    case MU_ACTION_PAN_LEFT:
    case MU_ACTION_PAN_RIGHT:
        pan(view, action == MU_ACTION_PAN_LEFT ? 1 : -1, 0);
        return true;
    case MU_ACTION_PAN_UP:
    case MU_ACTION_PAN_DOWN:
        pan(view, 0, action == MU_ACTION_PAN_UP ? 1 : -1);
        return true;
    case MU_ACTION_FOLLOW:
        view->following = !view->following && view->chosen.kind == MU_SUBJECT_PERSON;
        return true;
    default:
        return false;
    }
}

/* Where the plan stands still, what lies behind it is looked at once. */
static void look_back(mu_screen *view) {
    if ((view->layers & MU_LAYER_TRAILS) != 0 && !view->seeking && !view->playing) {
        want(view, mu_session_now(view->def.session));
    }
}

void mu_screen_change(mu_screen *view, mu_session *session) {
    view->def.session = session;
    view->wanted = mu_session_now(session);
    view->seeking = false;
    view->zoomed = false;
    view->frame = NULL;
    mu_wake_forget(&view->wake);
    look_back(view);
}

static bool do_layer(mu_screen *view, mu_action action) {
    static const struct {
        mu_action action;
        uint32_t layer;
    } layers[] = {{MU_ACTION_NAMES, MU_LAYER_NAMES},     {MU_ACTION_ROUTES, MU_LAYER_ROUTES},
                  {MU_ACTION_DENSITY, MU_LAYER_DENSITY}, {MU_ACTION_CORDON, MU_LAYER_CORDON},
                  {MU_ACTION_TEAMS, MU_LAYER_TEAMS},     {MU_ACTION_EQUIPMENT, MU_LAYER_EQUIPMENT},
                  {MU_ACTION_TRAILS, MU_LAYER_TRAILS},   {MU_ACTION_QUEUES, MU_LAYER_QUEUES}};
    for (size_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
        if (layers[i].action == action) {
            view->layers ^= layers[i].layer;
            if (layers[i].layer == MU_LAYER_TRAILS) {
                look_back(view);
            }
            return true;
        }
    }
    return false;
}

void mu_screen_do(mu_screen *view, mu_action action, int32_t value) {
    if (do_time(view, action) || do_camera(view, action, value) || do_layer(view, action)) {
        return;
    }
    switch (action) {
    case MU_ACTION_LET_GO:
        if (view->help) {
            view->help = false;
        } else {
            mu_screen_choose(view, (mu_subject){MU_SUBJECT_NOTHING, 0});
        }
        break;
    case MU_ACTION_LEGEND:
        view->legend = !view->legend;
        break;
    case MU_ACTION_LANGUAGE:
        change_language(view);
        break;
    case MU_ACTION_SCREENSHOT:
        view->wants |= MU_WANTS_SCREENSHOT;
        break;
    case MU_ACTION_FULL_SCREEN:
        view->wants |= MU_WANTS_FULL_SCREEN;
        break;
    case MU_ACTION_HELP:
        view->help = !view->help;
        break;
    case MU_ACTION_QUIT:
        view->wants |= MU_WANTS_QUIT;
        break;
    case MU_ACTION_CLAUSE:
        mu_screen_choose(view, (mu_subject){MU_SUBJECT_CLAUSE, (uint32_t)value});
        break;
    default: /* none, or one of those above */
        break;
    }
}

static mu_action action_of(int key) {
    static const struct {
        int key, other;
        mu_action action;
    } keys[] = {
#define MU_ACTION(NAME, key, other, called, meaning) {key, other, MU_ACTION_##NAME},
#define N_(text)                                     text
#include "render/actions.h"
#undef N_
#undef MU_ACTION
    };
    const int low = key >= 'A' && key <= 'Z' ? key + 'a' - 'A' : key;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i].key == low || (keys[i].other != 0 && keys[i].other == low)) {
            return keys[i].action;
        }
    }
    return MU_ACTION_NONE;
}

static const mu_spot *spot_at(const mu_screen *view, double x, double y) {
    for (uint32_t i = view->spot_count; i > 0; i--) {
        if (mu_box_has(view->spots[i - 1].box, x, y)) {
            return &view->spots[i - 1];
        }
    }
    return NULL;
}

uint32_t mu_screen_chosen_person(const mu_screen *view) {
    for (uint32_t i = 0; view->frame != NULL && view->chosen.kind == MU_SUBJECT_PERSON &&
                         i < view->frame->people_count;
         i++) {
        if (view->frame->people[i].person == view->chosen.index) {
            return i;
        }
    }
    return MU_NOWHERE;
}

mu_subject mu_screen_chosen(const mu_screen *view) {
    if (view->chosen.kind != MU_SUBJECT_PERSON) {
        return view->chosen;
    }
    const uint32_t person = mu_screen_chosen_person(view);
    return (mu_subject){person == MU_NOWHERE ? MU_SUBJECT_NOTHING : MU_SUBJECT_PERSON, person};
}

/* One line of what was asked and answered: "0:02:33 | Guard in the lobby | guard, … | …". */
static void tell(mu_screen *view) {
    mu_answer answer;
    char line[1024], clock[32];
    if (view->def.told == NULL ||
        !mu_session_ask(view->def.session, mu_screen_chosen(view), view->pen.language, &answer)) {
        return;
    }
    mu_clock_text(mu_session_now(view->def.session), clock, sizeof clock);
    int at = snprintf(line, sizeof line, "%s | %s | %s", clock, answer.title, answer.kind);
    for (uint32_t i = 0; i < answer.line_count && at > 0 && (size_t)at < sizeof line; i++) {
        at += snprintf(line + at, sizeof line - (size_t)at, " | %s", answer.lines[i]);
    }
    view->def.told(view->def.with, line);
}

void mu_screen_choose(mu_screen *view, mu_subject subject) {
    view->following = false;
    if (subject.kind == MU_SUBJECT_PERSON && view->frame != NULL &&
        subject.index < view->frame->people_count) {
        subject.index = view->frame->people[subject.index].person;
    }
    view->chosen = subject;
    tell(view);
}

static void press(mu_screen *view, const mu_input *input) {
    const mu_spot *spot = spot_at(view, input->x, input->y);
    view->pressed = input->button == 1 || input->button == 2;
    view->press_x = input->x;
    view->press_y = input->y;
    view->dragging = view->scrubbing = false;
    if (view->help) {
        view->help = false;
        view->pressed = false;
    } else if (spot != NULL && spot->action == MU_ACTION_SCRUB) {
        view->scrubbing = true;
        want(view, mu_screen_timeline_at(view, input->x));
    } else if (spot != NULL) {
        view->pressed = false;
        mu_screen_do(view, spot->action, spot->value);
    } else if (!mu_box_has(view->camera.view, input->x, input->y)) {
        view->pressed = false;
    }
}

static void move(mu_screen *view, const mu_input *input) {
    const double dx = input->x - view->x, dy = input->y - view->y;
    if (view->scrubbing) {
        want(view, mu_screen_timeline_at(view, input->x));
    } else if (view->pressed) {
        const double far = hypot(input->x - view->press_x, input->y - view->press_y);
        view->dragging = view->dragging || far > 4 * view->pen.unit;
        if (view->dragging) {
            view->following = false;
            mu_camera_pan(&view->camera, dx, dy);
        }
    }
    view->x = input->x;
    view->y = input->y;
}

static void release(mu_screen *view, const mu_input *input) {
    const bool click = view->pressed && !view->dragging && !view->scrubbing && input->button == 1;
    view->pressed = view->dragging = view->scrubbing = false;
    if (click && view->frame != NULL) {
        mu_screen_choose(view, mu_art_pick(&view->pen, &view->art, &view->camera, view->frame,
                                           view->layers, input->x, input->y));
    }
}

/* Closer or farther on the timeline, the time under the pointer staying where it is. */
static void zoom_timeline(mu_screen *view, double factor, double x) {
    const mu_time at = mu_screen_timeline_at(view, x);
    const mu_time end = mu_session_known(view->def.session);
    const mu_time most = end > SHORTEST_LINE ? end : SHORTEST_LINE;
    mu_time from = at - (mu_time)((double)(at - view->from_us) / factor);
    mu_time to = at + (mu_time)((double)(view->to_us - at) / factor);
    view->zoomed = to - from < most;
    if (to - from < 30 * MU_SECOND) {
        return;
    }
    view->from_us = from < 0 ? 0 : from;
    view->to_us = to > most ? most : to;
}

void mu_screen_input(mu_screen *view, const mu_input *input) {
    switch (input->kind) {
    case MU_INPUT_KEY:
        mu_screen_do(view, action_of(input->key), 0);
        break;
    case MU_INPUT_PRESS:
        press(view, input);
        view->x = input->x;
        view->y = input->y;
        break;
    case MU_INPUT_MOVE:
        move(view, input);
        break;
    case MU_INPUT_RELEASE:
        release(view, input);
        break;
    case MU_INPUT_WHEEL:
        if (mu_box_has(mu_screen_footer_box(view), view->x, view->y)) {
            zoom_timeline(view, pow(1.25, input->wheel), view->x);
        } else if (mu_box_has(view->camera.view, view->x, view->y)) {
            mu_camera_zoom(&view->camera, pow(1.15, input->wheel), view->x, view->y);
        }
        break;
    }
}

/* The whole run, or as far as it is known; until then the line grows. */
static void set_timeline(mu_screen *view) {
    if (view->zoomed) {
        return;
    }
    const mu_time known = mu_session_known(view->def.session);
    view->from_us = 0;
    view->to_us = known;
    if (!mu_session_end_is_known(view->def.session) && view->to_us < SHORTEST_LINE) {
        view->to_us = SHORTEST_LINE;
    }
    view->to_us = view->to_us < MU_SECOND ? MU_SECOND : view->to_us;
}

/* Events handled before the clock is asked again. */
enum { EVENTS_AT_ONCE = 4 };
static const mu_time FASTEST_TICK =
    20 * MU_SECOND; /* so that one sees something even at full speed */

static bool seek(mu_screen *view, mu_time time, uint32_t events) {
    mu_session *session = view->def.session;
    return (view->layers & MU_LAYER_TRAILS) != 0
               ? mu_wake_seek(&view->wake, session, view->pen.language, time, events)
               : mu_session_seek(session, time, events);
}

static void play_on(mu_screen *view, double elapsed_s, bool (*more)(void *), void *with) {
    mu_session *session = view->def.session;
    const mu_time now = mu_session_now(session);
    const int speed = mu_speeds[view->speed];
    const mu_time to =
        speed > 0 ? now + (mu_time)(elapsed_s * speed * (double)MU_SECOND) : now + FASTEST_TICK;
    bool there = false;
    do {
        there = seek(view, to, EVENTS_AT_ONCE);
    } while (!there && more(with));
    view->wanted = mu_session_now(session); /* what could not be done in time is not caught up */
    if (mu_session_end_is_known(session) && view->wanted >= mu_session_known(session)) {
        want(view, mu_session_known(session));
        view->playing = false;
    }
}

void mu_screen_tick(mu_screen *view, double elapsed_s, bool (*more)(void *), void *with) {
    mu_session *session = view->def.session;
    if (view->seeking) {
        do {
            view->seeking = !seek(view, view->wanted, EVENTS_AT_ONCE);
        } while (view->seeking && more(with));
    } else if (view->playing) {
        play_on(view, elapsed_s, more, with);
    }
    while (!mu_session_end_is_known(session) && more(with)) {
        (void)mu_session_look_ahead(session, EVENTS_AT_ONCE);
    }
}

void mu_screen_go(mu_screen *view, mu_time time) {
    (void)seek(view, time, 0);
    view->wanted = time;
    view->seeking = false;
}

static void follow(mu_screen *view) {
    const uint32_t person = mu_screen_chosen_person(view);
    if (!view->following || person == MU_NOWHERE) {
        return;
    }
    const mu_frame_person *one = &view->frame->people[person];
    if (!mu_camera_centre(&view->camera, one->level, one->at)) {
        const double scale = view->camera.scale; /* gone to another level: go along */
        show_level(view, one->level);
        view->camera.scale = scale;
        (void)mu_camera_centre(&view->camera, one->level, one->at);
    }
}

static void draw_under(mu_screen *view) {
    mu_under_key key;
    memset(&key, 0, sizeof key);
    key.camera = view->camera;
    key.layers = view->layers & MU_LAYER_NAMES;
    key.theme = view->pen.theme;
    (void)snprintf(key.language, sizeof key.language, "%s", view->pen.language);
    if (view->under.count > 0 && !view->under.no_memory &&
        memcmp(&key, &view->under_key, sizeof key) == 0) {
        return;
    }
    view->under_key = key;
    view->under_version++;
    mu_draw_clear(&view->under);
    mu_pen pen = view->pen;
    pen.list = &view->under;
    mu_art_under(&pen, &view->art, &view->camera, view->layers);
}

static void draw_panels(mu_screen *view) {
    mu_panel_tools(view);
    mu_draw_clip(&view->over, (mu_box){0, 0, (float)view->width, (float)view->height});
    if (!view->side_taken) {
        mu_panel_side(view);
    }
    mu_panel_header(view);
    mu_panel_footer(view);
    if (view->help) {
        mu_panel_help(view);
    }
}

void mu_screen_draw(mu_screen *view) {
    view->pen.list = &view->over;
    view->frame = mu_session_frame(view->def.session, view->pen.language);
    view->spot_count = 0;
    mu_draw_clear(&view->over);
    if (view->frame == NULL) {
        view->over.no_memory = true;
        return;
    }
    follow(view);
    set_timeline(view);
    draw_under(view);
    mu_screen_draw_plan(view);
    (view->plan_only ? mu_panel_scale : draw_panels)(view);
    view->over.no_memory |= mu_session_lacks_words(view->def.session);
}
