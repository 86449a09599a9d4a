/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor: a site drawn on a plan, and every other file of its scenario as forms. It knows the
 * project and no window: whoever has one feeds it input and shows its two draw lists. */
#ifndef MU_RENDER_EASEL_H
#define MU_RENDER_EASEL_H

#include "muster/clause_guide.h"
#include "muster/frame.h"
#include "muster/happenings.h"
#include "muster/hours.h"
#include "muster/project.h"
#include "render/art.h"
#include "render/backdrop.h"
#include "render/screen.h"
#include "render/ui.h"

enum { MU_KEY_CTRL = 4096, MU_KEY_SHIFT = 8192 }; /* added to a letter or special key */

typedef enum mu_easel_page {
    MU_EASEL_PLAN,
    MU_EASEL_PEOPLE, /* from here on by forms: a mu_paper_kind each */
    MU_EASEL_INCIDENT,
    MU_EASEL_POLICY,
    MU_EASEL_PLAYBOOK,
    MU_EASEL_SITE, /* what of the site is not drawn: channels, lifts, air */
    MU_EASEL_MORE, /* other files that were named: a year, a study */
    MU_EASEL_PAGE_COUNT
} mu_easel_page;

typedef enum mu_easel_tool {
    MU_TOOL_SELECT,
    MU_TOOL_ROOM,    /* a rectangle */
    MU_TOOL_OUTLINE, /* a polygon */
    MU_TOOL_HOLE,    /* a pillar or a bench in a room */
    MU_TOOL_DOOR,
    MU_TOOL_STAIR,
    MU_TOOL_LIFT,
    MU_TOOL_THING,  /* what stands at a point */
    MU_TOOL_CAMERA, /* where it hangs, and where it looks */
    MU_TOOL_ROAD,   /* the middle of a lane */
    MU_TOOL_ROUND,  /* from post to post */
    MU_TOOL_SCALE,  /* two points of the picture, and how far they are apart */
    MU_TOOL_MEASURE,
    MU_TOOL_COUNT
} mu_easel_tool;

/* What the window has to do. */
enum {
    MU_EASEL_WANTS_QUIT = 1,
    MU_EASEL_WANTS_FULL_SCREEN = 2,
    MU_EASEL_WANTS_PICTURE = 4, /* of the floor plan: load `picture_path` */
    MU_EASEL_WANTS_REPORT = 8,
    MU_EASEL_WANTS_PICTURES = 16 /* read those that are kept anew */
};

enum {
    MU_EASEL_CHOSEN_MOST = 4000,
    MU_EASEL_ROWS = 2 * 64, /* fields of one form: two for a text in two languages */
    MU_EASEL_GRIPS = 2 * MU_RING_MOST,
    MU_EASEL_PICTURES = 16,
    MU_EASEL_STOPS = 60,
    MU_EASEL_POINTER = 400
};

/* What of a try lies over the rooms. */
typedef enum mu_easel_heat {
    MU_HEAT_NONE,
    MU_HEAT_LAST,    /* when the last one left the room */
    MU_HEAT_DENSITY, /* at its fullest */
    MU_HEAT_COUNT
} mu_easel_heat;

/* The picture of a level's plan. */
typedef struct mu_easel_picture {
    mu_backdrop backdrop;
    char path[1024];
} mu_easel_picture;

/* Fields of the plan's panels. */
enum {
    MU_FOCUS_FIND = 1,
    MU_FOCUS_PICTURE,
    MU_FOCUS_DISTANCE,
    MU_FOCUS_WIDTH,
    MU_FOCUS_NUMBERS, /* four */
    MU_FOCUS_ANGLE = MU_FOCUS_NUMBERS + 4,
    MU_FOCUS_LANE,
    MU_FOCUS_TURN
};

typedef struct mu_easel_def {
    mu_project *project;
    const mu_type *type;
    const char *language;
    bool (*choose_language)(const char *language);
    bool dark;
} mu_easel_def;

typedef char mu_place_name[200]; /* "/spaces/lobby" */

/* A field of a form: what is typed, and whether it still has to be taken over. */
typedef struct mu_easel_row {
    mu_edit edit;
    bool typed;
    bool differs; /* from the policy that comes with Muster */
} mu_easel_row;

/* A form that is being filled in. */
typedef struct mu_easel_form {
    uint32_t paper;
    char pointer[MU_EASEL_POINTER]; /* "" = the file's own members; "-" = none */
    uint64_t version;               /* of the project when the rows were read */
    mu_easel_row rows[MU_EASEL_ROWS];
    double scroll, height; /* units: how far, and of all rows */
    char language[4];
} mu_easel_form;

/* A list of words that is open (easel_menu.c). */
enum { MU_EASEL_MENU_MOST = 400 };
typedef struct mu_easel_menu {
    uint32_t id; /* of its button; 0 = none is open */
    uint32_t count, first;
    const char *words[MU_EASEL_MENU_MOST]; /* borrowed for one drawing */
    mu_box button;
    double wide; /* pixels that the longest word asks for */
    bool is_drawn;
    uint32_t chosen_of, chosen;
} mu_easel_menu;

/* What pages with tables keep: the day and the shifts. */
typedef struct mu_easel_tables {
    bool weekend, by_use;
    uint32_t day;     /* whose hours are painted; MU_DAYS_A_WEEK = all alike */
    uint32_t row, at; /* the cell that is typed into */
    bool is_cell;
    mu_edit cell;
    mu_edit starts;                /* when the incident begins */
    char record[MU_EASEL_POINTER]; /* that is chosen on the timeline */
    bool dragging;                 /* a mark of the timeline */
    double dragged_s;
    char pick[MU_EASEL_POINTER]; /* the record whose place is pointed at on the plan; "" = none */
    uint32_t pick_paper;
    char pick_list[MU_EASEL_POINTER];
    mu_easel_page pick_from;
    uint32_t template; /* that a new site would be drawn from */
    mu_edit floors, persons, site_name;
    bool only_changed; /* clauses of the list */
    mu_clause_draft draft;
    mu_edit limit;
    uint32_t limit_unit; /* of easel_guide.c */
    mu_guide_trial trial;
    uint64_t trial_version; /* of the project, one more; 0 = none */
    bool painting, paints;  /* hours ticked, or cleared, while the button is held */
    uint32_t painted_row, painted_from, painted_to;
} mu_easel_tables;

typedef struct mu_easel {
    mu_easel_def def;
    mu_ui ui;
    mu_pen pen;
    mu_theme tracing; /* the theme with what is drawn over a picture let through */
    double width, height;
    mu_easel_page page;
    uint32_t wants;
    char said[400]; /* the last message */
    bool grave, help;
    bool asked_to_quit;
    /* The plan. */
    mu_art art;
    uint64_t art_version; /* of the project */
    mu_frame quiet;       /* nothing has happened: doors as they are given, nobody at the posts */
    void *quiet_room;
    mu_camera camera;
    bool laid;
    uint32_t level;
    mu_easel_tool tool;
    uint32_t use, thing, door, camera_kind; /* chosen of the lists below */
    mu_subject chosen[MU_EASEL_CHOSEN_MOST];
    uint32_t chosen_count;
    mu_subject hover;
    /* What is being drawn: points in metres. */
    mu_point points[MU_RING_MOST];
    uint32_t point_count, stair_level;
    mu_point cursor; /* snapped */
    bool snapped_x, snapped_y;
    mu_point guide; /* what it is aligned with */
    mu_door_place door_place;
    /* The mouse. */
    double x, y, press_x, press_y;
    mu_point press_at;
    bool pressed, dragging, panning, framing, moving;
    bool shift; /* is held: told by whoever has the window */
    /* Grips of the one thing that is chosen. */
    mu_grip grips[MU_EASEL_GRIPS];
    uint32_t grip_count, grip; /* MU_NOWHERE: none is near, or drawn */
    mu_subject gripped;        /* what they are of, */
    uint64_t grips_version;    /* and of which version of the project */
    bool gripping;
    /* Pictures of floor plans below. */
    mu_easel_picture pictures[MU_EASEL_PICTURES];
    uint32_t picture_count;
    char picture_path[1024];
    mu_edit picture_edit, distance_edit, width_edit, find_edit, angle_edit, lane_edit, turn_edit;
    uint64_t lift_levels;             /* a bit each */
    mu_subject stops[MU_EASEL_STOPS]; /* posts of a round that is being made */
    uint32_t stop_count;
    uint32_t beat;        /* that is pointed out; MU_NOWHERE */
    mu_place_name *clips; /* what was copied: places in the site's file; owned */
    uint32_t clip_count;
    /* What cameras see, by the scene's views. */
    mu_point (*looks)[MU_VIEW_POINTS];
    uint32_t *look_counts;
    /* The way out from where the pointer rests. */
    mu_way way;
    bool way_known;
    mu_point way_from;
    uint64_t way_version;
    mu_edit numbers[4]; /* place and size of the room that is chosen */

    /* Tried and played. */
    const mu_preview *preview;
    const mu_outcome *outcome;
    double preview_s; /* that it took, wall time */
    bool wants_preview, wants_run;
    bool live; /* tried again after every change */
    uint64_t tried_version;
    mu_easel_heat heat;
    uint32_t gap; /* that is read; MU_NOWHERE */
    /* Faults. */
    double faults_scroll;
    bool faults_known;
    /* Forms. */
    mu_easel_form side, whole;
    char list[MU_EASEL_POINTER]; /* of the page: "/groups" */
    double items_scroll;
    uint32_t papers[MU_EASEL_PAGE_COUNT]; /* which paper each page shows */
    uint32_t open_row;                    /* whose choices are shown; MU_NOWHERE */
    mu_box choices_box;
    uint32_t choice_at, choices_shown;
    double choices_x, choices_y, choices_width;
    char choices_text[200];
    const char *hint; /* of the field in use */
    mu_easel_menu menu;
    mu_easel_tables tables;
    /* What comes of it. */
    mu_draw_list under, over;
    uint32_t under_version;
    mu_camera under_camera;
    uint64_t under_of;
    uint32_t under_level;
    bool under_dark;
    mu_easel_heat under_heat;
    const mu_preview_room *under_rooms;
    char under_language[4];
} mu_easel;

/* Rooms' uses, kinds of doors, and what stands at a point, as the tools offer them. */
typedef struct mu_easel_word {
    const char *word; /* of the file */
    const char *key;  /* of the member that holds it */
    const char *list; /* things: where it is kept; kind = word unless that is NULL */
} mu_easel_word;
extern const mu_easel_word mu_easel_uses[], mu_easel_doors[], mu_easel_things[], mu_easel_cameras[];
uint32_t mu_easel_word_count(const mu_easel_word *words);
const char *mu_easel_word_label(const mu_easel_word *word);

/* False without memory. The easel must not move. */
bool mu_easel_open(const mu_easel_def *def, double width, double height, mu_easel *out);
void mu_easel_close(mu_easel *easel);
void mu_easel_resize(mu_easel *easel, double width, double height);

void mu_easel_input(mu_easel *easel, const mu_input *input);
void mu_easel_type(mu_easel *easel, const char *text, bool composing);
/* Lets time pass: takes up the check's result. True where it is to be drawn anew. */
bool mu_easel_tick(mu_easel *easel);
void mu_easel_draw(mu_easel *easel);
/* Puts a picture below the plan of the level that is shown; takes over the pixels. `tracing`: as it
 * was kept; NULL: it still has to get its scale. */
void mu_easel_take_picture(mu_easel *easel, mu_image image, const char *path,
                           const mu_tracing *tracing);
/* The picture of the level that is shown; NULL. */
mu_easel_picture *mu_easel_picture_now(mu_easel *easel);
void mu_easel_say(mu_easel *easel, bool grave, const char *format, ...) MU_PRINTF(3, 4);

/* --- between the files of the easel --- */

mu_box mu_easel_plan_box(const mu_easel *e);
mu_box mu_easel_side_box(const mu_easel *e);
mu_box mu_easel_rail_box(const mu_easel *e);
const mu_theme *mu_easel_theme(const mu_easel *e);
/* easel_keys.c */
void mu_easel_save(mu_easel *e);
void mu_easel_undo(mu_easel *e, bool back);
void mu_easel_switch_language(mu_easel *e);
void mu_easel_do_key(mu_easel *e, int key);
/* easel_picture.c */
void mu_easel_keep_pictures(mu_easel *e);   /* how they are looked at */
void mu_easel_change_pictures(mu_easel *e); /* how they lie: a step */
void mu_easel_drop_pictures(mu_easel *e);   /* before they are read anew */
/* The corners of the level's picture; nothing is changed where it has none. */
void mu_easel_picture_extent(mu_easel *e, mu_point *low, mu_point *high);
void mu_easel_drop_picture(mu_easel *e);
void mu_easel_turn_picture(mu_easel *e, double degrees);
/* So that the line between the two points lies along an axis. */
void mu_easel_level_picture(mu_easel *e);
double mu_easel_draw_picture(mu_easel *e, double x, double y, double width);
/* easel_grips.c */
void mu_easel_find_grips(mu_easel *e);
bool mu_easel_take_grip(mu_easel *e); /* the one under the pointer */
void mu_easel_drop_grip(mu_easel *e);
void mu_easel_let_grip(mu_easel *e);
void mu_easel_draw_grips(const mu_easel *e);
/* easel_shapes.c: what the tools of holes, lifts, cameras, roads and rounds draw and make. */
void mu_easel_draw_shapes(const mu_easel *e);
void mu_easel_draw_looks(const mu_easel *e, const mu_pen *pen);
void mu_easel_draw_marks(const mu_easel *e, const mu_pen *pen); /* their names, seen closely */
void mu_easel_draw_beats(const mu_easel *e, const mu_pen *pen);
bool mu_easel_find_looks(mu_easel *e);
void mu_easel_make_shape(mu_easel *e);   /* a drag has ended */
void mu_easel_finish_shape(mu_easel *e); /* Enter */
void mu_easel_add_stop(mu_easel *e);
/* easel_facts.c */
/* What stands there, in a word; the file's own where the tools do not offer it, NULL without. */
const char *mu_easel_label_of(const mu_scenery_mark *mark);
void mu_easel_draw_tip(mu_easel *e);
/* easel_gaps.c */
void mu_easel_draw_heat(const mu_easel *e, const mu_pen *pen);
void mu_easel_draw_gaps(const mu_easel *e);
uint32_t mu_easel_gaps_on(const mu_easel *e, uint32_t level);
bool mu_easel_take_gap(mu_easel *e); /* the mark under the pointer */
void mu_easel_show_gap(mu_easel *e, uint32_t gap);
double mu_easel_draw_gap(mu_easel *e, double x, double y, double width);
/* easel_plan.c */
void mu_easel_draw_plan(mu_easel *e);
void mu_easel_look_at(mu_easel *e, uint32_t level, mu_point at);
void mu_easel_outline(const mu_easel *e, const mu_point *points, uint32_t count, bool closed,
                      mu_point by, mu_colour colour, double width);
void mu_easel_label_at(const mu_easel *e, mu_point at, double up, const char *text);
void mu_easel_length(const mu_easel *e, mu_point a, mu_point b);
void mu_easel_lay(mu_easel *e, bool fit);
mu_vec mu_easel_map(const mu_easel *e, mu_point at);
mu_point mu_easel_unmap(const mu_easel *e, double x, double y);
/* easel_tools.c */
void mu_easel_choose_tool(mu_easel *e, mu_easel_tool tool);
void mu_easel_press(mu_easel *e, int button);
void mu_easel_release(mu_easel *e, int button);
void mu_easel_hover(mu_easel *e);
void mu_easel_finish(mu_easel *e); /* Enter: the outline is closed */
void mu_easel_cancel(mu_easel *e);
void mu_easel_choose(mu_easel *e, mu_subject subject, bool more);
bool mu_easel_is_chosen(const mu_easel *e, mu_subject subject);
/* easel_snap.c: the point near a pixel that people mean. */
void mu_easel_snap(mu_easel *e);
/* easel_rail.c */
void mu_easel_draw_rail(mu_easel *e);
double mu_easel_draw_words(mu_easel *e, double x, double y, double width,
                           const mu_easel_word *words, uint32_t *chosen);
/* The levels that a lift serves, a bit each to be taken or left. */
double mu_easel_draw_served(mu_easel *e, double x, double y, double width, uint64_t *levels);
void mu_easel_title(const mu_easel *e, double x, double y, const char *text);
/* The number that was typed; false and nothing written where it is none, or without end. */
bool mu_easel_number(const mu_edit *edit, double *out);
/* The same, where only one above 0 can be meant. */
double mu_easel_typed(const mu_edit *edit, double otherwise);
/* easel_side.c */
void mu_easel_draw_side(mu_easel *e);
/* easel_form.c */
void mu_easel_draw_form(mu_easel *e, mu_easel_form *form, mu_box box, uint32_t first_id);
const mu_form *mu_easel_form_rows(mu_easel *e, const mu_easel_form *form);
/* Takes over what is typed into a row. */
void mu_easel_enter(mu_easel *e, mu_easel_form *form, const mu_form_row *row, uint32_t k);
/* easel_choices.c */
void mu_easel_draw_choices(mu_easel *e);
bool mu_easel_take_choice(mu_easel *e);
/* Of a field with the keyboard that has choices: the list is drawn after everything else. */
void mu_easel_open_choices(mu_easel *e, uint32_t id, mu_box box, const char *typed, bool all);
void mu_easel_choose_word(mu_easel *e, uint32_t wanted);
/* easel_form.c again: takes over what is typed and not yet entered. */
void mu_easel_enter_all(mu_easel *e, mu_easel_form *form);
void mu_easel_show_form(mu_easel_form *form, uint32_t paper, const char *pointer);
/* easel_chart.c */
void mu_easel_draw_chart(mu_easel *e, mu_box box);
/* easel_pages.c */
void mu_easel_draw_page(mu_easel *e);
void mu_easel_open_page(mu_easel *e, mu_easel_page page);
/* easel_menu.c: a button that opens a list of words; which was chosen, MU_NOWHERE until then. */
uint32_t mu_easel_pick(mu_easel *e, uint32_t id, mu_box box, const char *text,
                       const char *const *words, uint32_t count);
void mu_easel_draw_menu(mu_easel *e);
/* Before anything else is drawn: a press into the open list is for nothing below it. */
bool mu_easel_take_menu(mu_easel *e);
bool mu_easel_scroll_menu(mu_easel *e, double wheel);
/* easel_day.c, easel_duty.c: tables of people over the hours. */
void mu_easel_draw_day(mu_easel *e, mu_box box);
void mu_easel_draw_duty(mu_easel *e, mu_box box);
/* easel_times.c: the incident's kind, place and times. */
void mu_easel_draw_times(mu_easel *e, mu_box box);
/* easel_place.c: the place of a record is pointed at on the plan. */
void mu_easel_pick_place(mu_easel *e, uint32_t paper, const char *record);
bool mu_easel_take_place(mu_easel *e);
/* easel_new.c: a site that has nothing yet is begun from a template. */
bool mu_easel_offers_new(const mu_easel *e);
void mu_easel_draw_new(mu_easel *e);
/* easel_guide.c: a clause of one's own. */
void mu_easel_draw_guide(mu_easel *e, mu_box box);
/* Back to what the policy that comes with Muster has: the field in use, else the whole record. */
void mu_easel_take_shipped(mu_easel *e);
/* easel_result.c */
double mu_easel_draw_result(mu_easel *e, double x, double y, double width);
double mu_easel_draw_faults(mu_easel *e, mu_box box);
void mu_easel_try(mu_easel *e);
void mu_easel_run(mu_easel *e);
void mu_easel_go_to(mu_easel *e, const mu_fault *fault);
/* Chooses it and brings it to the middle. */
void mu_easel_show_subject(mu_easel *e, mu_subject subject);

#endif
