/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A project: the files of a scenario while they are edited. Every change is a step that can be
 * taken back; what is wrong is found as one goes; an evacuation can be tried at any time.
 *
 * Places in a file are pointers, "/spaces/lobby/use": a key, or in a list an id or an index. Values
 * are JSON text. */
#ifndef MUSTER_PROJECT_H
#define MUSTER_PROJECT_H

#include <stdbool.h>

#include "muster/diag.h"
#include "muster/scenery.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mu_project mu_project;

typedef enum mu_paper_kind {
    MU_PAPER_SITE,
    MU_PAPER_ROSTER,
    MU_PAPER_INCIDENT,
    MU_PAPER_POLICY,
    MU_PAPER_PLAYBOOK,
    MU_PAPER_OTHER, /* a year, a study, an overlay: of one of the def's further kinds */
    MU_PAPER_KIND_COUNT
} mu_paper_kind;

/* One file of a project. */
typedef struct mu_paper {
    mu_paper_kind kind;
    const char *path;
    bool is_changed;
    bool is_new;        /* there is no file of this name yet */
    uint32_t recovered; /* steps of an earlier session that nobody had saved */
    bool is_aside;      /* there were some that no longer fit: kept beside the file */
    long holder;        /* the process that has it open as well; 0 = none */
} mu_paper;

struct mu_file_kind;

typedef struct mu_project_def {
    const char *path;      /* of a site or an incident; a new site where there is no such file */
    const char *policy;    /* the policy that comes with Muster, as an absolute path */
    const char *playbooks; /* the folder of playbooks that come with it, likewise */
    const struct mu_file_kind *const *kinds; /* of further files, NULL-terminated; may be NULL */
} mu_project_def;

/* NULL on any error: see diags. */
mu_project *mu_project_open(const mu_project_def *def, mu_diags *diags);
/* Lets go of everything. Unsaved changes stay recoverable if `keep`. */
void mu_project_close(mu_project *project, bool keep);

/* One more file, of any kind that is known; its number. MU_NOWHERE: see diags. */
uint32_t mu_project_add_file(mu_project *project, const char *path, mu_diags *diags);

uint32_t mu_project_paper_count(const mu_project *project);
mu_paper mu_project_paper(const mu_project *project, uint32_t paper);
/* The first of a kind; MU_NOWHERE. */
uint32_t mu_project_find_paper(const mu_project *project, mu_paper_kind kind);
/* Gives the site people (one group a use of rooms, by area), an incident, or an own copy of the
 * policy, where there is none; the paper's number. MU_NOWHERE without memory. One step. */
uint32_t mu_project_add_people(mu_project *project);
uint32_t mu_project_add_incident(mu_project *project, const char *kind, const char *space,
                                 mu_point at);
/* Makes the incident one of another kind, at the place where it is: with what that kind cannot be
 * without, and a first playbook where none that is open answers it. One step, but for the file. */
MU_MUST_USE mu_status mu_project_set_kind(mu_project *project, const char *kind,
                                          bool *added_playbook);
bool mu_project_is_changed(const mu_project *project);
/* Writes every file that is changed. One that somebody else has written since is left as it is,
 * with a diagnostic "file.changed", unless `anyway`. */
MU_MUST_USE mu_status mu_project_save(mu_project *project, bool anyway, mu_diags *diags);
/* Has the record of unsaved changes reach the disk; call it every few seconds. */
void mu_project_sync(mu_project *project);

/* Steps. Changes between begin and end are taken back together; they may be nested. */
void mu_project_begin(mu_project *project);
void mu_project_end(mu_project *project);
bool mu_project_undo(mu_project *project);
bool mu_project_redo(mu_project *project);
bool mu_project_can_undo(const mu_project *project);
bool mu_project_can_redo(const mu_project *project);
/* Another number after every change. */
uint64_t mu_project_version(const mu_project *project);

/* Changes: a step each unless within one. MU_ERR_INPUT: nothing was changed. `index` is where in
 * the list the new one stands, from 0, beyond its end at the end; a list that is not there is
 * begun. */
MU_MUST_USE mu_status mu_project_set(mu_project *project, uint32_t paper, const char *pointer,
                                     const char *json);
MU_MUST_USE mu_status mu_project_insert(mu_project *project, uint32_t paper, const char *list,
                                        uint32_t index, const char *json);
MU_MUST_USE mu_status mu_project_remove(mu_project *project, uint32_t paper, const char *pointer);
/* The value as JSON on one line, and a string's text without quotes; the caller frees it. NULL
 * where there is none. */
char *mu_project_value(const mu_project *project, uint32_t paper, const char *pointer);
char *mu_project_string(const mu_project *project, uint32_t paper, const char *pointer);
/* The whole text; borrowed until the next change. */
const char *mu_project_text(const mu_project *project, uint32_t paper);

/* --- the site as a drawing --- */

/* As far as it can be drawn; borrowed until the next call after a change. */
const mu_scenery *mu_project_scene(mu_project *project);
/* "/spaces/lobby" of something in the scene; false: it is nothing of the site. */
bool mu_project_pointer(mu_project *project, mu_subject subject, char *out, size_t room);
/* The room of the scene that holds a point, one indoors before open ground; MU_NOWHERE. */
uint32_t mu_project_room_at(mu_project *project, uint32_t level, mu_point at);
/* What a pointer of the site leads to; NOTHING where it is not drawn. */
mu_subject mu_project_subject(mu_project *project, const char *pointer);

enum { MU_RING_MOST = 200 };
/* Of a picture of a floor plan that is laid under the drawing. */
enum { MU_PICTURE_BYTES_MOST = 64 * 1024 * 1024, MU_PICTURE_PIXELS_MOST = 100 * 1000 * 1000 };
/* New things; the id that they got goes to `id` (80 bytes, may be NULL). Each is one step. Where
 * nothing else is said, false from here on means: it cannot be there, or there is no memory. */
bool mu_project_add_space(mu_project *project, uint32_t level, const char *use,
                          const mu_point *ring, uint32_t count, char *id);
typedef struct mu_door_place {
    mu_point line[2];
    uint32_t rooms[2]; /* of the scene; the second MU_NOWHERE at the edge of the model */
    bool found;
} mu_door_place;
/* Where a door of this width comes nearest to a point: on a border that two rooms share, or are a
 * wall apart. */
mu_door_place mu_project_find_door(mu_project *project, uint32_t level, mu_point at,
                                   double width_m);
bool mu_project_add_door(mu_project *project, const char *kind, const mu_door_place *place,
                         char *id);
/* A flight from a line on one level to one on a higher one. */
bool mu_project_add_stair(mu_project *project, uint32_t level, const mu_point foot[2],
                          uint32_t upper_level, const mu_point head[2], char *id);
/* Something at a point: list "equipment", "posts", "assembly_points" or "roads"; `kind` NULL where
 * the list has none. */
bool mu_project_add_thing(mu_project *project, const char *list, const char *kind, uint32_t level,
                          mu_point at, char *id);
bool mu_project_add_level(mu_project *project, double rise_m, char *id);

/* All of these things by so much; doors go with the rooms that they join. One step. */
bool mu_project_move(mu_project *project, const mu_subject *subjects, uint32_t count, mu_point by);
/* Brings the edges, or the middles, of all to those of the first. False where some cannot go there;
 * the others went. One step. */
typedef enum mu_aligned {
    MU_ALIGNED_LEFT,
    MU_ALIGNED_RIGHT,
    MU_ALIGNED_TOP,
    MU_ALIGNED_BOTTOM,
    MU_ALIGNED_ACROSS, /* middles one above the other */
    MU_ALIGNED_ALONG,  /* side by side */
    MU_ALIGNED_COUNT
} mu_aligned;
bool mu_project_align(mu_project *project, const mu_subject *subjects, uint32_t count,
                      mu_aligned how);
/* Removes them, and what cannot be without them. */
bool mu_project_delete(mu_project *project, const mu_subject *subjects, uint32_t count);
/* Copies of rooms and things, moved by so much, on a level or (MU_NOWHERE) each on its own. A
 * flight joins what lies at its ends there and above; a lift serves that level, too. What stands
 * nowhere on it is left out. The copies go to `subjects`. */
bool mu_project_copy(mu_project *project, mu_subject *subjects, uint32_t *count, mu_point by,
                     uint32_t level);
/* The same member of each. */
bool mu_project_set_all(mu_project *project, const mu_subject *subjects, uint32_t count,
                        const char *key, const char *json);
/* A room's outline put with its lower left corner there, and stretched to this size. */
bool mu_project_fit_room(mu_project *project, uint32_t room, mu_point low, mu_point size);
/* Square metres of a room. */
double mu_project_area(mu_project *project, uint32_t room);

/* A pillar or a bench in a room. */
bool mu_project_add_hole(mu_project *project, uint32_t room, const mu_point *ring, uint32_t count);
/* The room that a hole (MU_SUBJECT_HOLE) is in, and which of its holes; MU_NOWHERE. */
uint32_t mu_project_hole_room(mu_project *project, uint32_t ring, uint32_t *hole);
bool mu_project_fit_hole(mu_project *project, uint32_t ring, mu_point low, mu_point size);
/* A lift: a car on each of these levels (a bit each) where it borders a room, with a door there,
 * and the rides between them. False: fewer than two levels. */
bool mu_project_add_lift(mu_project *project, mu_point low, mu_point high, uint64_t levels,
                         char *id);
/* Which levels the lift serves that a room is a car of, a bit each; 0 where it is none. */
uint64_t mu_project_lift_levels(mu_project *project, uint32_t car);
/* Has it serve these: cars, doors and rides come and go. False: fewer than two, or one where
 * nothing borders on the shaft; nothing was changed. */
bool mu_project_set_lift_levels(mu_project *project, uint32_t car, uint64_t levels);
/* A road in, along the middle of its lane; it enters the model at the last point. */
bool mu_project_add_road(mu_project *project, uint32_t level, const mu_point *course,
                         uint32_t count, double width_m, char *id);
/* A camera with a picture, and the spaces of which it sees a square metre or more. */
bool mu_project_add_camera(mu_project *project, const char *kind, uint32_t level, mu_point at,
                           double faces, double wide, double reach_m, char *id);
/* Turns it; radians. What it covers is found anew. */
bool mu_project_aim(mu_project *project, mu_subject camera, double faces, double wide,
                    double reach_m);

/* --- rounds of guards: of the roster --- */

typedef struct mu_beat {
    const char *id;
    mu_text name;
    uint32_t *marks; /* of the scene: posts, in order */
    uint32_t count;
    double every_s;
} mu_beat;
/* Borrowed until the next call after a change. */
const mu_beat *mu_project_beats(mu_project *project, uint32_t *count);
/* A round by these posts. Begins a roster where there is none. */
bool mu_project_add_beat(mu_project *project, const mu_subject *posts, uint32_t count, char *id);

/* --- grips: points by which what is drawn is changed --- */

typedef enum mu_grip_kind {
    MU_GRIP_POINT,   /* of an outline, a hole, a door's line, a lane */
    MU_GRIP_BETWEEN, /* of an outline or a lane: becomes a point when it is drawn away */
    MU_GRIP_AIM,     /* the far end of a camera's picture */
    MU_GRIP_SIDE     /* the edge of that picture: how wide it is */
} mu_grip_kind;

typedef struct mu_grip {
    mu_grip_kind kind;
    mu_point at;
    uint32_t level;
    char member[24]; /* of the record: "polygon/3" */
} mu_grip;
/* How many, at most `most`. */
uint32_t mu_project_grips(mu_project *project, mu_subject subject, mu_grip *out, uint32_t most);
/* Where it goes when it is drawn to a point: a door's end stays on its wall. */
mu_point mu_project_grip_to(mu_project *project, mu_subject subject, const mu_grip *grip,
                            mu_point to);
bool mu_project_move_grip(mu_project *project, mu_subject subject, const mu_grip *grip,
                          mu_point to);
/* Takes a point away, where what is left still has a shape. */
bool mu_project_drop_grip(mu_project *project, mu_subject subject, const mu_grip *grip);

/* --- pictures of floor plans below the drawing --- */

/* One picture. They are kept in a file of their own beside the site's, "floor.tracing.json" beside
 * "floor.json": the site's file is what others read, and stays as it is whoever traces it from what
 * picture on which machine. */
typedef struct mu_tracing {
    const char *file; /* of the picture, as it can be opened from here */
    uint32_t level;   /* of the scene */
    mu_point at;      /* of its upper left corner */
    double metres_per_pixel;
    double turned_deg; /* about that corner, to the left */
    double strength;   /* 0 … 1 */
    bool hidden;
} mu_tracing;
/* Those that were kept; borrowed until the next call. Faults of their file go to `diags`. */
const mu_tracing *mu_project_tracings(mu_project *project, uint32_t *count, mu_diags *diags);
/* Keeps these from now on; none: the file goes. A step that can be taken back, or (keep) none, for
 * how they are looked at. */
bool mu_project_change_tracings(mu_project *project, const mu_tracing *tracings, uint32_t count);
bool mu_project_keep_tracings(mu_project *project, const mu_tracing *tracings, uint32_t count);
/* Another number after a step of theirs was taken back or done again. */
uint64_t mu_project_tracings_version(const mu_project *project);

/* --- what is wrong --- */

typedef struct mu_fault {
    mu_severity severity;
    const char *text, *advice; /* advice may be NULL */
    uint32_t paper;            /* MU_NOWHERE: of no file that is open */
    const char *pointer;       /* NULL: of the whole file */
    mu_subject subject;        /* of the scene, where it is something that is drawn */
} mu_fault;

/* Checks what has changed, on a thread of its own. `wait`: until the result is there. True where
 * faults are those of the present version. */
bool mu_project_check(mu_project *project, bool wait);
const mu_fault *mu_project_faults(const mu_project *project, uint32_t *count);
/* The language ("zh") of names in faults; after another was chosen for everything else, faults are
 * found anew. */
void mu_project_speak(mu_project *project, const char *language);
/* What people call something that is drawn: its name, else what it is, with the number in its id; a
 * door by the rooms that it joins. "" where it is nothing. */
void mu_project_call(mu_project *project, mu_subject subject, const char *language, char *out,
                     size_t room);

/* --- facts, of the version that was checked last --- */

enum { MU_WAY_POINTS = 400 };
typedef struct mu_way {
    bool is_there;           /* there is a way out */
    uint32_t exit;           /* portal of the scene by which it leaves the building; MU_NOWHERE */
    double straight_m;       /* to that door as the crow flies; NAN from another level */
    double level_m, stair_m; /* along the way */
    double walk_s;           /* that it takes with nobody in the way */
    mu_point points[MU_WAY_POINTS];
    uint32_t levels[MU_WAY_POINTS]; /* of the scene */
    uint32_t count;
} mu_way;
/* The nearest way out of the building from a point for somebody who may use every door that opens
 * in an evacuation. False while the present version is not checked, or has no plan. */
bool mu_project_way_out(mu_project *project, uint32_t level, mu_point at, mu_way *out);
/* Persons a second through a door or a flight, in the mode of the project's incident, and its clear
 * width. */
double mu_project_flow(mu_project *project, uint32_t portal, double *width_m, bool *regulatory);
/* Square metres a person in a room of this use (International Building Code 2021, table 1004.5);
 * 0 = nobody is counted there. */
double mu_project_metres_each(mu_project *project, uint32_t room);

/* --- an evacuation tried --- */

typedef struct mu_preview_exit {
    uint32_t portal; /* of the scene */
    uint32_t persons;
    double last_s;
} mu_preview_exit;

typedef struct mu_preview_queue {
    uint32_t portal;
    uint32_t most;   /* persons who waited at the same time */
    double person_s; /* waited by all */
} mu_preview_queue;

/* One room while everybody leaves. */
typedef struct mu_preview_room {
    double last_s; /* when the last one was in it; 0: nobody was */
    double most_per_m2;
} mu_preview_room;

typedef struct mu_preview {
    uint64_t version;       /* of the project */
    uint32_t persons, left; /* indoors at the start, and out at the end */
    double mean_s, p95_s, last_s;
    bool people_are_guessed;      /* there is no roster: people by the rooms' use and area */
    const mu_preview_exit *exits; /* those used, the busiest first */
    uint32_t exit_count;
    const mu_preview_queue *queues; /* the longest waits first */
    uint32_t queue_count;
    const mu_preview_room *rooms; /* per room of the scene of that version; NULL without memory */
    uint32_t room_count;
    double took_s; /* processor time of playing it */
} mu_preview;
/* Plays a plain alarm in `flow`. NULL where the site has faults that keep it from being played. */
const mu_preview *mu_project_preview(mu_project *project);

/* --- the incident played --- */

typedef struct mu_outcome_gap {
    const char *clause; /* id */
    mu_text text;
    double share;             /* of the runs that decide in which it was met; NAN */
    double median_s, limit_s; /* NAN where it is no time */
    uint32_t runs;
    const char *cause; /* in the language in force when it was played */
    const char *value; /* "7:42", what came of it in the typical run; "" */
    const char *limit; /* "at most 5:00" */
    uint32_t level;    /* of the scene: where it happened; MU_NOWHERE: nowhere in particular */
    mu_point at;
    const char *place;   /* id of what stands there; "" */
    mu_text place_name;  /* may be empty */
    bool place_is_known; /* from the log; else it is where the incident is */
} mu_outcome_gap;

typedef struct mu_outcome {
    uint64_t version;
    uint32_t reps, met, missed, undecided, not_exercised;
    double p95_s, left_share;   /* of the evacuation; NAN */
    const mu_outcome_gap *gaps; /* clauses missed, the surest first */
    uint32_t gap_count;
} mu_outcome;
/* Plays the project's incident so many times in `flow`; `language`: of names in what it says. NULL
 * where it cannot be. */
const mu_outcome *mu_project_run(mu_project *project, uint32_t reps, const char *language);

/* --- a playbook as a chart: who, when, after what --- */

typedef struct mu_chart_step {
    const char *pointer, *title, *role, *verb;
    uint32_t column;       /* how many steps come before it at the least, one after the other */
    uint32_t lane;         /* of `roles` */
    uint32_t first, count; /* of `before`: steps that bring about what it waits for */
    bool is_dead;          /* it waits for something that no step brings about */
    bool is_in_loop;       /* it waits, by others, for itself */
} mu_chart_step;

typedef struct mu_chart {
    const mu_chart_step *steps;
    const uint32_t *before; /* indices of steps */
    const char *const *roles;
    const char *const *role_names; /* as people say them; "" = the plan itself */
    const bool *held;              /* per role: somebody on the roster has it */
    uint32_t step_count, role_count, column_count;
    uint32_t dead, loops, unheld;
} mu_chart;
/* Of a playbook; borrowed until the next call. NULL without memory. */
const mu_chart *mu_project_chart(mu_project *project, uint32_t paper, const char *language);

/* --- forms: any record as rows, from the same tables that read it --- */

typedef enum mu_form_kind {
    MU_FORM_STRING,
    MU_FORM_NUMBER,
    MU_FORM_SWITCH,  /* "true" or "false" */
    MU_FORM_CHOICE,  /* one of `choices` */
    MU_FORM_REF,     /* the id of something; `choices` are those that there are */
    MU_FORM_TEXT,    /* in both languages */
    MU_FORM_SPREAD,  /* a number; or, where `shown` is given, a distribution: a form of its own below
                        this one, which mu_project_spread makes of a number or of nothing */
    MU_FORM_POINTS,  /* a point or a ring: "0, 0; 4, 0; 4, 4" */
    MU_FORM_NUMBERS, /* a list of numbers, with commas between */
    MU_FORM_WORDS,   /* a list of words or ids, with commas between */
    MU_FORM_RECORD,  /* a form of its own below this one */
    MU_FORM_RECORDS, /* a list of those */
    MU_FORM_JSON
} mu_form_kind;

typedef struct mu_form_row {
    const char *key;
    const char *meaning; /* translated */
    const char *unit;    /* NULL = none */
    mu_form_kind kind;
    bool is_given, is_required;
    const char *value;          /* as it is typed; the fallback where it is not given */
    const char *other;          /* TEXT: the Chinese; `value` is the English */
    uint32_t count;             /* RECORDS */
    const char *const *choices; /* NULL-terminated */
    /* As people say it, in the language in force: `value`, where it is another; else NULL. */
    const char *shown;
    const char *const *labels; /* of the choices; NULL: they are ids, */
    uint32_t of_paper;         /* of records of this list there; MU_NOWHERE */
    const char *of_list;
} mu_form_row;

typedef struct mu_form {
    const char *type; /* of the record: "space" */
    const char *title;
    const mu_form_row *rows;
    uint32_t row_count;
} mu_form;

typedef struct mu_form_item {
    const char *pointer;
    const char *title, *detail;
    bool differs; /* of a policy: from the clause of the policy that comes with Muster, or is new */
} mu_form_item;

/* What people call a word of the files ("control_room") that stands in a member of this name
 * ("use"); the word itself where it has no other name. */
const char *mu_project_word(const char *key, const char *word);
/* What a record is called in a language: its name, else its id. */
void mu_project_title(mu_project *project, uint32_t paper, const char *pointer,
                      const char *language, char *out, size_t room);

/* What a member of a record means, translated; "" where the pointer leads to no member. */
const char *mu_project_meaning(const mu_project *project, uint32_t paper, const char *pointer);

/* All are borrowed until the next call of the same function. */
const mu_form *mu_project_form(mu_project *project, uint32_t paper, const char *pointer,
                               const char *language);
const mu_form_item *mu_project_items(mu_project *project, uint32_t paper, const char *list,
                                     const char *language, uint32_t *count);
/* So that a form of the value can be opened: where nothing is given, the least that may be. */
MU_MUST_USE mu_status mu_project_spread(mu_project *project, uint32_t paper, const char *pointer);
/* Takes over what was typed into a row; an empty text takes the member away. `other`: the Chinese
 * of a text, else NULL. MU_ERR_INPUT, with the reason in `why`: nothing was changed. */
MU_MUST_USE mu_status mu_project_enter(mu_project *project, uint32_t paper, const char *pointer,
                                       const char *key, const char *text, const char *other,
                                       char *why, size_t room);
/* A new record at the end of a list, with what it cannot be without; its pointer goes to `out`. */
MU_MUST_USE mu_status mu_project_add_record(mu_project *project, uint32_t paper, const char *list,
                                            char *out, size_t room);

#ifdef __cplusplus
}
#endif
#endif
