/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader makes of a drawing that knows no units and levels as IMDF does: marks. Rooms may be
 * drawn as polygons, or only as the lines that enclose them; doors as lines or points; columns as
 * polygons that are to be cut out. From the marks come levels, units and openings of a draft. */
#ifndef MU_TOOLS_IMPORT_DRAWING_H
#define MU_TOOLS_IMPORT_DRAWING_H

#include "tools/import/draft.h"

typedef enum mu_mark_kind {
    MU_MARK_ROOM,      /* a polygon that people walk in */
    MU_MARK_WALL,      /* a line; rooms are what such lines enclose */
    MU_MARK_DOOR,      /* a line or a point where one can pass; a line also encloses */
    MU_MARK_OBSTACLE,  /* a polygon, or lines that close to one, where nobody walks */
    MU_MARK_EXIT_AREA, /* a polygon: who is in it is out; its part of the border is a door */
    MU_MARK_LABEL,     /* a point: the name of the room that it stands in */
    MU_MARK_FOOTPRINT  /* a polygon: another building */
} mu_mark_kind;

typedef struct mu_mark {
    const char *source_id; /* unique within the drawing and kind */
    mu_mark_kind kind;
    int64_t ordinals[8]; /* of the levels that it is on */
    uint32_t ordinal_count;
    bool level_guessed;
    const char *name;     /* may be NULL */
    const char *category; /* IMDF's; NULL: the drawing does not tell */
    const char *layer; /* of lines: a room is named after the layer that most of its border is on */
    double width_m;    /* of a door drawn as a point; 0: usual for its kind */
    GEOSGeometry *shape;
} mu_mark;

typedef struct mu_drawing {
    mu_draft *draft;
    double scale; /* from its unit to metres; 1 where it is in degrees */
    uint64_t shapes; /* offered: more than the limit are not kept, and the drawing is refused */
    MU_LIST_OF(mu_mark) marks;
} mu_drawing;

/* The returned mark is good until the next one. `shape` is the drawing's from then on, and is
 * scaled here. NULL where there is no shape, or more than the limit of marks. */
mu_mark *mu_drawing_mark(mu_drawing *drawing, mu_mark_kind kind, GEOSGeometry *shape,
                         const char *source_id);
void mu_mark_put_on(mu_mark *mark, int64_t ordinal);
/* Takes a drawing's unit from what its file says (`said_m`, 0 = nothing), the command line, and its
 * extent in its own unit. */
void mu_drawing_set_unit(mu_drawing *drawing, double said_m, double across);

/* lines.c ------------------------------------------------------------------------------------- */
typedef struct mu_drawn_line {
    mu_point a, b;
    uint32_t mark; /* that it is a piece of */
} mu_drawn_line;
typedef MU_LIST_OF(mu_drawn_line) mu_drawn_lines;
/* Takes the straight pieces of a line or a border apart. */
void mu_lines_add(mu_draft *draft, mu_drawn_lines *lines, const GEOSGeometry *shape, uint32_t mark);
/* The areas that lines enclose, ends closer than `gap_m` joined; a collection of polygons, owned by
 * the caller, NULL where there is none. The lines are changed. `*loose`: ends that meet nothing. */
GEOSGeometry *mu_lines_enclose(mu_draft *draft, mu_drawn_lines *lines, double gap_m,
                               uint32_t *loose);
/* Rooms from what walls and doors enclose, as further marks; the doors stay. */
void mu_drawing_close_lines(mu_drawing *drawing);

/* The readers; each leaves marks or diagnostics. `path` is one of the sources. */
MU_MUST_USE mu_status mu_vector_read(mu_drawing *drawing, const char *path);   /* vector.c */
MU_MUST_USE mu_status mu_dxf_read(mu_drawing *drawing, const char *path);      /* dxf.c */
MU_MUST_USE mu_status mu_wkt_read(mu_drawing *drawing, const char *path);      /* wkt.c */
MU_MUST_USE mu_status mu_jupedsim_read(mu_drawing *drawing, const char *path); /* jupedsim.c */
MU_MUST_USE mu_status mu_rooms_read(mu_drawing *drawing, const char *path);    /* rooms_csv.c */

/* tags.c -------------------------------------------------------------------------------------- */
/* How a reader gives the value of a key; NULL: there is none. */
typedef const char *mu_tag_value(const void *from, const char *key);
typedef enum mu_tag_kind {
    MU_TAG_NOTHING, /* says nothing about what it is */
    MU_TAG_ROOM,
    MU_TAG_DOOR,
    MU_TAG_ENTRANCE,
    MU_TAG_WALL,
    MU_TAG_FOOTPRINT,
    MU_TAG_OUTLINE /* of a level: no room */
} mu_tag_kind;
/* What a thing is by its attributes; `*category` is IMDF's word for a room, NULL where not told. */
mu_tag_kind mu_tags_kind(mu_tag_value *value, const void *from, const char **category);
const char *mu_tags_name(mu_tag_value *value, const void *from);
/* The levels of a thing: "0", "0;1", "-1-2". Where there are none, from words of `place` such as
 * "R3-2F" or "B1"; and where those say nothing, 0, marked as guessed. */
void mu_tags_levels(mu_tag_value *value, const void *from, const char *place, mu_mark *mark);
/* An IMDF category from one word in English, German or Chinese; NULL. */
const char *mu_tags_category_of(const char *word);

#endif
