/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's contents: what is looked at and how, what keys and the mouse do to that, and the two
 * draw lists that come of it. It knows the session and no window: whoever has one feeds it input
 * and time and shows its lists. */
#ifndef MU_RENDER_SCREEN_H
#define MU_RENDER_SCREEN_H

#include "muster/session.h"
#include "render/art.h"
#include "render/clocks.h"
#include "render/widget.h"

enum {
    MU_KEY_LEFT = 256, /* below: the letter that the key writes */
    MU_KEY_RIGHT,
    MU_KEY_UP,
    MU_KEY_DOWN,
    MU_KEY_PAGE_UP,
    MU_KEY_PAGE_DOWN,
    MU_KEY_HOME,
    MU_KEY_END,
    MU_KEY_ESCAPE,
    MU_KEY_F1,
    MU_KEY_F2,
    MU_KEY_F3,
    MU_KEY_F4,
    MU_KEY_F5,
    MU_KEY_F6,
    MU_KEY_F7,
    MU_KEY_F8,
    MU_KEY_F9,
    MU_KEY_F10,
    MU_KEY_F11,
    MU_KEY_F12,
    MU_KEY_BACKSPACE,
    MU_KEY_DELETE,
    MU_KEY_BACK_TAB,
    MU_KEY_ENTER
};

typedef enum mu_input_kind {
    MU_INPUT_KEY,
    MU_INPUT_PRESS,
    MU_INPUT_RELEASE,
    MU_INPUT_MOVE,
    MU_INPUT_WHEEL
} mu_input_kind;

typedef struct mu_input {
    mu_input_kind kind;
    int key;
    int button; /* 1 left, 2 middle, 3 right */
    double x, y;
    double wheel; /* > 0: away from the user */
} mu_input;

typedef enum mu_action {
    MU_ACTION_NONE,
#define MU_ACTION(NAME, key, other, called, meaning) MU_ACTION_##NAME,
#include "render/actions.h"
#undef MU_ACTION
    /* Only under the mouse: */
    MU_ACTION_SCRUB,
    MU_ACTION_LEVEL, /* value: the level, -1 all */
    MU_ACTION_CLAUSE,
    MU_ACTION_COUNT
} mu_action;

/* A place in the window that does something when pressed. */
typedef struct mu_spot {
    mu_box box;
    mu_action action;
    int32_t value;
} mu_spot;
enum { MU_SPOTS_MOST = 512 };

/* What the window has to do for the view. */
enum { MU_WANTS_SCREENSHOT = 1, MU_WANTS_FULL_SCREEN = 2, MU_WANTS_QUIT = 4 };

typedef struct mu_screen_def {
    mu_session *session;
    const mu_type *type;
    const mu_theme *theme;
    const char *language;                          /* "zh" or "en" */
    bool (*choose_language)(const char *language); /* of gettext; may be NULL */
    uint64_t seed;                                 /* to print */
    uint32_t replication;
    /* Told each answer to a click, in one line; may be NULL. */
    void (*told)(void *with, const char *line);
    void *with;
} mu_screen_def;

/* Everything that the picture below the moving things depends on. */
typedef struct mu_under_key {
    mu_camera camera;
    uint32_t layers;
    char language[4];
    const mu_theme *theme;
} mu_under_key;

typedef struct mu_screen {
    mu_screen_def def;
    mu_pen pen;
    mu_art art;
    mu_camera camera;
    const mu_scenery *scene;
    const mu_frame *frame;
    double width, height; /* of the window, in pixels */
    uint32_t level;       /* MU_NOWHERE = all */
    uint32_t layers;
    mu_wake wake; /* filled while paths are shown */
    bool legend, help;
    bool plan_only;   /* no panels: for pictures in a page */
    double side_head; /* height, in units, that somebody else draws on at the top of the side */
    bool side_taken;  /* or all of the side */
    /* Time. */
    bool playing;
    int film;       /* the speed of a film, which the controls say; 0 = none is made */
    uint32_t speed; /* index into mu_speeds */
    mu_time wanted; /* where the session is to go; it may take several ticks */
    bool seeking;
    mu_time from_us, to_us; /* of the timeline */
    bool zoomed;            /* the timeline shows a part chosen by the user */
    /* What is pointed out. */
    mu_subject chosen; /* a person by the plan's index, for frames come and go */
    bool following;
    /* The mouse. */
    double x, y;
    bool pressed, dragging, scrubbing;
    double press_x, press_y;
    mu_spot spots[MU_SPOTS_MOST];
    uint32_t spot_count;
    uint32_t wants;
    /* What comes of it. */
    mu_draw_list under, over;
    mu_under_key under_key;
    uint32_t under_version; /* changes whenever `under` does */
} mu_screen;

/* Times real time; 0 = as fast as it goes. */
enum { MU_SPEED_COUNT = 9 };
extern const int mu_speeds[MU_SPEED_COUNT];

/* False without memory. */
bool mu_screen_create(const mu_screen_def *def, double width, double height, mu_screen *out);
void mu_screen_destroy(mu_screen *view);
void mu_screen_resize(mu_screen *view, double width, double height);

void mu_screen_input(mu_screen *view, const mu_input *input);
void mu_screen_do(mu_screen *view, mu_action action, int32_t value);
/* Lets `elapsed_s` of wall time pass, working only as long as `more` says there is time: first
 * towards what is shown, then on the look-ahead. */
void mu_screen_tick(mu_screen *view, double elapsed_s, bool (*more)(void *), void *with);
/* Goes to a time at once, whatever it takes. */
void mu_screen_go(mu_screen *view, mu_time time);
/* Another session is shown from now on. */
void mu_screen_change(mu_screen *view, mu_session *session);
/* Makes `under` and `over` anew. */
void mu_screen_draw(mu_screen *view);

/* The index into frame.people of the chosen person; MU_NOWHERE. */
uint32_t mu_screen_chosen_person(const mu_screen *view);
mu_subject mu_screen_chosen(const mu_screen *view); /* as the frame indexes it */
void mu_screen_choose(mu_screen *view, mu_subject subject);

/* Parts of the window. */
mu_box mu_screen_plan_box(const mu_screen *view);
mu_box mu_screen_side_box(const mu_screen *view);
mu_box mu_screen_header_box(const mu_screen *view);
mu_box mu_screen_footer_box(const mu_screen *view);
mu_box mu_screen_timeline_box(const mu_screen *view);
double mu_screen_timeline_x(const mu_screen *view, mu_time time);
mu_time mu_screen_timeline_at(const mu_screen *view, double x);
/* Between marks of an axis: 1, 2, 5, 10, 15, 30 s, 1, 2, 5 … min, 1, 2 … h, at most so many. */
mu_time mu_timeline_step(mu_time span, double most);

/* Drawing of the parts, into `over`. */
void mu_screen_draw_plan(mu_screen *view);
void mu_panel_header(mu_screen *view);
void mu_panel_tools(mu_screen *view); /* over the plan: tabs, zoom, scale, north */
void mu_panel_scale(mu_screen *view);
void mu_panel_footer(mu_screen *view);
void mu_panel_timeline(mu_screen *view, mu_box box);
void mu_panel_side(mu_screen *view);
void mu_panel_help(mu_screen *view);
/* Height used below y; draws nothing unless `draw`. */
double mu_panel_legend(mu_screen *view, double x, double y, double width, bool draw);
double mu_panel_answer(mu_screen *view, double x, double y, double width, double most);
void mu_panel_clauses(mu_screen *view, mu_box box);

/* Widgets. */
void mu_widget_spot(mu_screen *view, mu_box box, mu_action action, int32_t value);
bool mu_widget_hover(const mu_screen *view, mu_box box);
/* A button with text; `on` is a state that shows. Returns its width. */
double mu_widget_chip(mu_screen *view, double x, double y, double height, const char *text, bool on,
                      mu_action action, int32_t value);
void mu_widget_button(mu_screen *view, mu_box box, mu_icon icon, mu_action action);

#endif
