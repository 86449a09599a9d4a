/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture of a site shows and no run changes: levels, rooms, portals, marks. Plain data with
 * strings borrowed from the plan, so that whoever draws needs nothing of the engine; an editor can
 * make one of a site that is not finished yet. */
#ifndef MUSTER_SCENERY_H
#define MUSTER_SCENERY_H

#include <stdbool.h>
#include <stdint.h>

#include "muster/point.h"
#include "muster/text.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MU_NOWHERE UINT32_MAX /* an index that points nowhere */

/* What one can ask about. */
typedef enum mu_subject_kind {
    MU_SUBJECT_NOTHING,
    MU_SUBJECT_PERSON, /* index into frame.people */
    MU_SUBJECT_ROOM,   /* scene.rooms */
    MU_SUBJECT_PORTAL, /* scene.portals */
    MU_SUBJECT_POST,   /* this and the next four: `subject` of a mark */
    MU_SUBJECT_EQUIPMENT,
    MU_SUBJECT_ASSEMBLY,
    MU_SUBJECT_ROAD,
    MU_SUBJECT_REFUGE,
    MU_SUBJECT_HAZARD, /* frame.hazards */
    MU_SUBJECT_CLAUSE, /* of the policy */
    MU_SUBJECT_MOMENT, /* of mu_session_moments */
    MU_SUBJECT_HOLE,   /* of a room: scene.rings */
    MU_SUBJECT_LANE,   /* this and the next: `subject` of a mark, too */
    MU_SUBJECT_WASH
} mu_subject_kind;

typedef struct mu_subject {
    uint32_t kind; /* mu_subject_kind */
    uint32_t index;
} mu_subject;

/* A stretch of one of the scene's lists. */
typedef struct mu_span {
    uint32_t first, count;
} mu_span;

typedef struct mu_scenery_level {
    const char *id;
    mu_text name;
    double elevation_m;
    mu_point low, high;             /* of everything on it */
    mu_point built_low, built_high; /* of what is indoors; low above high where nothing is */
} mu_scenery_level;

/* How a room is drawn. */
typedef enum mu_room_look {
    MU_ROOM_OPEN, /* in the open */
    MU_ROOM_PARKING,
    MU_ROOM_ROOF,
    MU_ROOM_PLAIN,
    MU_ROOM_WAY, /* corridor, lobby */
    MU_ROOM_STAIR,
    MU_ROOM_SERVICE, /* plant, store, lift */
    MU_ROOM_KEY,     /* control room, command room */
    MU_ROOM_LOOK_COUNT
} mu_room_look;

typedef struct mu_scenery_room {
    const char *id;
    mu_text name;
    uint32_t level;
    uint32_t look; /* mu_room_look */
    mu_span rings; /* into scene.rings: the outline, then holes */
    mu_point low, high;
    uint32_t lift; /* whose car it is: into scene.lifts; MU_NOWHERE */
} mu_scenery_room;

typedef struct mu_scenery_lift {
    const char *id;
    mu_text name;
    mu_span cars; /* into scene.refs: rooms, from the lowest */
} mu_scenery_lift;

/* What a camera or a sensor takes in. */
typedef struct mu_scenery_view {
    uint32_t mark;      /* of the scene */
    mu_span covers;     /* into scene.refs: rooms */
    double faces, wide; /* radians, from the x axis to the left; `wide` 0: no picture is given */
    double reach_m;
} mu_scenery_view;

/* The strip of a road in: the middle of its lane. */
typedef struct mu_scenery_strip {
    uint32_t mark; /* of the scene */
    mu_span points;
    double width_m;
} mu_scenery_strip;

typedef enum mu_portal_look {
    MU_PORTAL_LOOK_DOOR,
    MU_PORTAL_LOOK_EXIT, /* from a building into the open */
    MU_PORTAL_LOOK_GATE,
    MU_PORTAL_LOOK_OPENING,
    MU_PORTAL_LOOK_STAIR,
    MU_PORTAL_LOOK_EDGE, /* of the model */
    MU_PORTAL_LOOK_LIFT, /* a lift's doors */
    MU_PORTAL_LOOK_RIDE, /* from car to car: nothing to be seen */
    MU_PORTAL_LOOK_COUNT
} mu_portal_look;

typedef struct mu_scenery_portal {
    const char *id;
    mu_text name;
    uint32_t look;               /* mu_portal_look */
    uint32_t level, upper_level; /* the same unless it is a stair */
    uint32_t outdoors;           /* 1 = open ground on both sides */
    mu_point line[2];
    mu_point upper[2]; /* stairs: the head, in the upper level; else as `line` */
} mu_scenery_portal;

typedef enum mu_mark_kind {
    MU_MARK_GUARD_POST,
    MU_MARK_KEY_POST,
    MU_MARK_OUTER_CORDON,
    MU_MARK_INNER_CORDON,
    MU_MARK_COMMAND,
    MU_MARK_MEDICAL,
    MU_MARK_DESK,
    MU_MARK_ASSEMBLY,
    MU_MARK_ROAD,
    MU_MARK_CAMERA,
    MU_MARK_EQUIPMENT,
    MU_MARK_REFUGE,
    MU_MARK_LANE, /* people or vehicles are checked here */
    MU_MARK_WASH, /* a decontamination line */
    MU_MARK_KIND_COUNT
} mu_mark_kind;

/* Something that stands at a point. */
typedef struct mu_scenery_mark {
    mu_subject subject;
    uint32_t kind;    /* mu_mark_kind */
    const char *word; /* of the file for its kind: "stretcher"; NULL where its list has none */
    const char *id;
    mu_text name;
    uint32_t level;
    mu_point at;
} mu_scenery_mark;

typedef struct mu_scenery {
    mu_text incident, site;
    const char *starts_at;          /* date and time of day, "2026-09-15T10:00"; may be NULL */
    const mu_scenery_level *levels; /* from the lowest to the highest */
    const mu_scenery_room *rooms;
    const mu_scenery_portal *portals;
    const mu_scenery_mark *marks;
    const mu_span *rings; /* into points */
    const mu_point *points;
    const mu_scenery_lift *lifts;
    const mu_scenery_view *views;
    const mu_scenery_strip *strips;
    const uint32_t *refs; /* of rooms */
    uint32_t level_count, room_count, portal_count, mark_count, lift_count, view_count, strip_count;
} mu_scenery;

/* Does a point lie in a room, holes left out? */
bool mu_scenery_holds(const mu_scenery *scene, const mu_scenery_room *room, mu_point p);

/* The outline of what is seen of a level from a point with this picture, clipped by walls, every
 * door open: the point itself first. Returns how many points, at most `most` (3 and more). */
enum { MU_VIEW_POINTS = 256 };
uint32_t mu_scenery_look(const mu_scenery *scene, uint32_t level, mu_point from, double faces,
                         double wide, double reach_m, mu_point *out, uint32_t most);

#ifdef __cplusplus
}
#endif
#endif
