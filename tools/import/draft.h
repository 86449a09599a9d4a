/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft: a floor plan on its way from somebody else's drawing to a site. A reader of one format
 * fills it; repair, joining, stairs, ways out, people, writing and the report work on the draft
 * whatever the format was. Every decision that is not in the data leaves a remark, so that the
 * report can say what was assumed.
 *
 * The command holds one draft, so lack of memory ends the program here (tools may exit). */
#ifndef MU_TOOLS_IMPORT_DRAFT_H
#define MU_TOOLS_IMPORT_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include <geos_c.h>

#include "core/arena.h"
#include "core/given.h"
#include "core/i18n.h"
#include "site/site.h"

#define MU_DRAFT_GRID_M       0.001 /* coordinates are rounded to this */
#define MU_DRAFT_STEPS_PER_M  1000.0
#define MU_DRAFT_TOLERANCE_M  0.01 /* points and spikes closer than this are drawing noise */
#define MU_DRAFT_OVERLAP_M2   0.05 /* two spaces may overlap by less than this */
#define MU_DRAFT_OVERLAP_BIG  1.0  /* m2; overlaps above it are counted apart in the report */
#define MU_DRAFT_NEAR_M       0.35 /* from an opening to the border of a unit that it belongs to */
#define MU_DRAFT_WALL_M       0.6  /* thickest wall between two spaces that a door can cross */
#define MU_DRAFT_EXIT_WIDTH_M 2.0  /* clear width of a proposed exit */
#define MU_DRAFT_STAIR_FACTOR 1.85 /* slope length per metre of rise, 7/11 in stair (SFPE) */

/* The rings of a polygon as plain points, exterior first, without repeated last points. */
typedef struct mu_outline {
    mu_point *points;
    uint32_t *starts; /* ring r is points[starts[r]] up to before points[starts[r + 1]] */
    uint32_t ring_count;
    mu_point low, high;
} mu_outline;

typedef struct mu_draft_building {
    const char *source_id; /* first in every record that is looked up by it */
    const char *id;
    const char *name;
    GEOSGeometry *footprint; /* may be NULL */
    GEOSGeometry *hull;      /* union of the ground level's units, gaps of walls closed, filled */
    uint32_t ground;         /* level; MU_NONE: it has no level of its own here */
    double courtyards_m2;    /* enclosed ones, left out */
    uint32_t courtyard_count;
    bool kept;
} mu_draft_building;

typedef struct mu_draft_level {
    const char *source_id;
    const char *id;
    const char *name;
    const char *short_name;
    int64_t ordinal;
    uint32_t building;
    double elevation_m;
    bool kept;
} mu_draft_level;

/* A unit of the source, or an outdoor space made by the importer (source_id NULL). */
typedef struct mu_draft_unit {
    const char *source_id;
    const char *id;
    const char *name;
    const char *category; /* the occupant's where it says more than the unit's */
    const char *drawn_category;
    uint32_t level;
    mu_use use;
    bool use_unknown; /* the source does not tell: --default-use says what it is taken for */
    bool restricted;
    bool kept;
    bool outdoor;
    const char *why_left_out;
    GEOSGeometry *shape;
    mu_outline outline;
    double area_m2;
    uint32_t component[2]; /* as drawn, and with the overlay */
    bool reaches_out[2];
    uint32_t portals[2]; /* how many it has */
} mu_draft_unit;

/* Ties an occupant to a unit (IMDF). */
typedef struct mu_draft_anchor {
    const char *source_id;
    const char *unit_id;
} mu_draft_anchor;

typedef enum mu_fate {
    MU_FATE_DOOR,
    MU_FATE_EXIT,
    MU_FATE_ABOVE_GROUND, /* leads outdoors, but not on the ground level */
    MU_FATE_NO_UNIT,
    MU_FATE_ONE_UNIT /* no second unit, and not at the outer edge; or no door for another reason */
} mu_fate;

typedef struct mu_draft_opening {
    const char *source_id;
    const char *id;
    uint32_t level;
    mu_point a, b;  /* the same point: where along the border it lies is still to be found */
    double width_m; /* of one drawn as a point */
    bool restricted;
    uint32_t near_count; /* units whose border as drawn is within MU_DRAFT_NEAR_M */
    mu_fate fate;
} mu_draft_opening;

typedef enum mu_origin_of {
    MU_FROM_OPENING,
    MU_FROM_STAIRS,
    MU_FROM_PROPOSAL,
    MU_FROM_OVERLAY
} mu_origin_of;

typedef struct mu_draft_portal {
    const char *source_id; /* of the opening; NULL otherwise */
    const char *id;
    mu_origin_of from;
    mu_portal_kind kind;
    uint32_t between[2]; /* units */
    mu_point line[2], upper_line[2];
    double width_m, length_m;
    bool pass;
} mu_draft_portal;

typedef enum mu_proposal_kind {
    MU_PROPOSAL_EXIT,
    MU_PROPOSAL_DOOR,
    MU_PROPOSAL_STAIR
} mu_proposal_kind;

typedef struct mu_draft_proposal {
    const char *source_id; /* unused, NULL */
    const char *id;
    mu_proposal_kind kind;
    uint32_t between[2];
    mu_point line[2];
    double width_m;
    double stretch_m; /* of straight border that it was chosen from */
    const char *reason;
    bool accepted;
} mu_draft_proposal;

typedef struct mu_draft_assembly {
    const char *id;
    uint32_t unit;
    mu_point at;
    double nearest_exit_m; /* negative: no exit */
} mu_draft_assembly;

typedef struct mu_draft_group {
    const char *id;
    uint32_t level;
    uint32_t loading; /* index into the table of occupant loads */
    int64_t count;
    double area_m2;
    MU_LIST_OF(uint32_t) units;
} mu_draft_group;

typedef enum mu_section {
    MU_SECTION_REPAIRED,
    MU_SECTION_JOINED,
    MU_SECTION_LEFT_OUT,
    MU_SECTION_GUESSED,
    MU_SECTION_OVERLAY,
    MU_SECTION_COUNT
} mu_section;

typedef struct mu_remark {
    mu_section section;
    const char *code;    /* stable, untranslated */
    const char *subject; /* an id, or "" */
    const char *text;
    bool unfit; /* an overlay entry that fits nothing */
} mu_remark;

typedef struct mu_draft_file {
    const char *name; /* within the folder */
    uint64_t hash;    /* FNV-1a of its bytes */
    uint32_t features;
    bool used;
} mu_draft_file;

typedef struct mu_draft_stair {
    uint32_t lower, upper;
    double share; /* of the smaller one that lies over the other */
} mu_draft_stair;

typedef enum mu_import_format {
    MU_IMPORT_IMDF,     /* a folder */
    MU_IMPORT_VECTOR,   /* polygons with attributes: GeoJSON, OpenStreetMap, what else OGR reads */
    MU_IMPORT_DXF,      /* lines, or polygons on layers named as JuPedSim does */
    MU_IMPORT_WKT,      /* polygons in metres */
    MU_IMPORT_JUPEDSIM, /* the XML geometry of JuPedSim up to 0.12 */
    MU_IMPORT_ROOMS     /* a table of rooms and doors */
} mu_import_format;

typedef struct mu_import_options {
    mu_import_format format;
    mu_string_list sources;             /* files, or the one folder */
    const char *folder, *overlay, *out; /* folder: the first source */
    double unit_m;      /* metres in the drawing's unit; 0 = find out; negative = degrees */
    double gap_m;       /* ends of lines closer than this are joined */
    mu_use default_use; /* of rooms whose use the drawing does not tell */
    bool accept;        /* all proposals */
    const char *id;     /* of the site; NULL: from the venue's name */
    const char *policy, *playbook; /* files that the incident names */
    mu_string_list levels, buildings;
    mu_string_list layers; /* of a line drawing; none: all that look of use */
    double occupancy, storey_m, stair_width_m;
    double ring_m; /* 0: as the building's people need */
} mu_import_options;

typedef struct mu_unit_index mu_unit_index;

typedef struct mu_draft {
    mu_arena *arena;
    mu_diags *diags;
    GEOSContextHandle_t geos;
    const mu_import_options *options;
    const char *venue;
    mu_text source; /* of the data and its licence, from the overlay */
    double origin_lon, origin_lat;
    bool origin_given;
    bool metric;          /* the drawing is in metres or parts of them, not in degrees */
    double unit_m;        /* then: metres in its unit, */
    const char *unit_why; /* and how that is known */
    mu_point shift_m;     /* what was taken off its coordinates */
    uint32_t unfit;       /* overlay entries that fit nothing */
    mu_point low, high;   /* extent in metres */
    uint32_t buildings_read, levels_read, units_read, openings_read;
    uint32_t overlaps_big; /* pairs above MU_DRAFT_OVERLAP_BIG */
    MU_LIST_OF(mu_draft_file) files;
    MU_LIST_OF(mu_draft_building) buildings;
    MU_LIST_OF(mu_draft_level) levels;
    MU_LIST_OF(mu_draft_unit) units;
    mu_unit_index *index;
    MU_LIST_OF(mu_draft_anchor) anchors;
    MU_LIST_OF(mu_draft_opening) openings;
    MU_LIST_OF(mu_draft_portal) portals;
    MU_LIST_OF(mu_draft_proposal) proposals;
    MU_LIST_OF(mu_draft_assembly) assemblies;
    MU_LIST_OF(mu_draft_group) groups;
    MU_LIST_OF(mu_draft_stair) stairs;
    MU_LIST_OF(mu_remark) remarks;
} mu_draft;

/* draft.c ---------------------------------------------------------------------------------- */
mu_draft *mu_draft_create(mu_arena *arena, mu_diags *diags, const mu_import_options *options);
void mu_draft_destroy(mu_draft *draft);
/* Zeroed memory from the draft's arena; never NULL. */
void *mu_draft_alloc(mu_draft *draft, size_t count, size_t size);
/* Text from the draft's arena; never NULL. */
const char *mu_draft_print(mu_draft *draft, const char *format, ...) MU_PRINTF(2, 3);
/* Adds a zeroed item to a list of items of `size` bytes. Earlier item pointers become stale. */
void *mu_draft_append(mu_draft *draft, void *list, size_t size);
#define MU_DRAFT_APPEND(draft, list)                                                               \
    mu_draft_append((draft), &(draft)->list, sizeof *(draft)->list.items)
/* Sorts records by their first member, the source id; and finds one (MU_NONE: there is none). */
void mu_draft_sort(void *items, uint32_t count, size_t size);
uint32_t mu_draft_find(const void *items, uint32_t count, size_t size, const char *source_id);
/* A kept unit by stable id or by source id; MU_NONE where none fits. */
uint32_t mu_draft_unit_named(const mu_draft *draft, const char *name);
/* The returned remark is good until the next one. */
mu_remark *mu_draft_remark(mu_draft *draft, mu_section section, const char *code,
                           const char *subject, const char *format, ...) MU_PRINTF(5, 6);
/* By section, then by subject: the order of the report. */
void mu_draft_sort_remarks(mu_draft *draft);
/* FNV-1a, 64 bit; begins with MU_HASH_START, and goes on with what it returned. */
#define MU_HASH_START 0xcbf29ce484222325U
uint64_t mu_hash_bytes(uint64_t hash, const void *bytes, size_t count);
/* Notes a file of the source, with the hash of its bytes. */
void mu_draft_note_file(mu_draft *draft, const char *name, const char *path, uint32_t features);
/* A path without its folder; and without its ending as well. */
const char *mu_file_name(const char *path);
const char *mu_file_stem(mu_draft *draft, const char *path);
void mu_draft_leave_out(mu_draft *draft, uint32_t unit, const char *why);
/* Replaces a unit's shape (owned by the draft from then on) and all that is derived from it. */
void mu_draft_shape(mu_draft *draft, uint32_t unit, GEOSGeometry *shape);

/* outline.c -------------------------------------------------------------------------------- */
mu_outline mu_outline_make(mu_draft *draft, const GEOSGeometry *polygon);
bool mu_outline_holds(const mu_outline *outline, mu_point at);
/* False only where the border is farther off than `reach`: much cheaper than the distance. */
bool mu_outline_may_reach(const mu_outline *outline, mu_point at, double reach);
/* Distance to the border, and the nearest point of it. */
double mu_outline_distance(const mu_outline *outline, mu_point at, mu_point *nearest);
/* Positive: counter-clockwise. */
double mu_ring_area(const mu_point *points, uint32_t count);
double mu_point_distance(mu_point a, mu_point b);
mu_point mu_point_round(mu_point at);
mu_point mu_point_between(mu_point a, mu_point b, double share);
/* A closed polygon from a ring of points; NULL where GEOS refuses. */
GEOSGeometry *mu_polygon_make(mu_draft *draft, const mu_point *points, uint32_t count);
GEOSGeometry *mu_line_make(const mu_draft *draft, mu_point a, mu_point b);
/* What a closed line encloses, made valid; a polygon as it is; NULL for anything else. */
GEOSGeometry *mu_area_within(mu_draft *draft, const GEOSGeometry *shape);
GEOSGeometry *mu_point_make(mu_draft *draft, mu_point at);
/* The polygons of any geometry, biggest first, as new geometries in `parts` (at most `most`). */
uint32_t mu_polygon_parts(mu_draft *draft, const GEOSGeometry *geometry, GEOSGeometry **parts,
                          uint32_t most);

/* text.c ----------------------------------------------------------------------------------- */
/* Trimmed, Cyrillic letters transliterated (BGN/PCGN, without its apostrophes). */
const char *mu_text_latin(mu_draft *draft, const char *text);
/* Lower-case ASCII words joined by '-', at most `most` bytes, cut between words. */
const char *mu_text_slug(mu_draft *draft, const char *text, size_t most);
/* A short tag from a source id: of a UUID its first digits, else, or where those do not tell things
 * apart (`longer`), digits of its hash. */
const char *mu_text_tag(mu_draft *draft, const char *source_id, bool longer);
bool mu_text_is_category(const char *category, const char *word);

/* category.c ------------------------------------------------------------------------------- */
typedef struct mu_category {
    const char *name;
    mu_use use;
    bool solid; /* a wall, a void: not a space */
} mu_category;
/* The row of an IMDF category, or of its part before the first dot; NULL: not known. */
const mu_category *mu_category_find(const char *name);
/* For a person, translated. */
const char *mu_use_label(mu_use use);
bool mu_use_is_circulation(mu_use use);

typedef struct mu_loading {
    const char *word;  /* in ids of groups */
    const char *label; /* marked with N_(); also the group's name in English */
    const char *zh;
    const char *role;
    bool familiar;
    double m2_per_person; /* 0 = none are placed here */
    const char *source;
} mu_loading;
const mu_loading *mu_loadings(uint32_t *count);
/* Index into mu_loadings, by category first and by use where the category says nothing. */
uint32_t mu_loading_of(const char *category, mu_use use);

/* The steps, in their order. Each returns MU_OK or leaves diagnostics. */
MU_MUST_USE mu_status mu_imdf_read(mu_draft *draft);           /* imdf_read.c */
MU_MUST_USE mu_status mu_drawing_read(mu_draft *draft);        /* drawing.c: the other formats */
MU_MUST_USE mu_status mu_draft_project(mu_draft *draft);       /* project.c */
MU_MUST_USE mu_status mu_draft_name(mu_draft *draft);          /* name.c: ids, what is kept */
MU_MUST_USE mu_status mu_draft_clean(mu_draft *draft);         /* repair.c */
void mu_draft_cut_overlaps(mu_draft *draft);                   /* overlap.c */
MU_MUST_USE mu_status mu_draft_make_outdoors(mu_draft *draft); /* outdoor.c */
void mu_draft_lay_points(mu_draft *draft);                     /* point_doors.c */
void mu_draft_join(mu_draft *draft);                           /* join.c */
void mu_draft_link_stairs(mu_draft *draft);                    /* stairs.c */
void mu_draft_trace(mu_draft *draft, int with_overlay);        /* ways_out.c */
void mu_draft_propose(mu_draft *draft);                        /* propose.c */
void mu_draft_place_assemblies(mu_draft *draft);               /* outdoor.c */
void mu_draft_fill(mu_draft *draft);                           /* people.c */
/* Expected persons in a building; people.c. */
double mu_draft_persons(const mu_draft *draft, uint32_t building);
MU_MUST_USE mu_status mu_draft_write(mu_draft *draft); /* write.c */

/* stairs.c: joins two stair units by a flight; false where no line fits in one of them. */
bool mu_draft_link(mu_draft *draft, uint32_t lower, uint32_t upper, double width_m,
                   mu_origin_of from);
/* stairs.c: the same building, with no level of it between the two. */
/* Square metres of the plan that two units have in common, on whatever levels: overlap.c. */
double mu_draft_shared_m2(const mu_draft *draft, const mu_draft_unit *a, const mu_draft_unit *b);
/* Does a flight lead to or from a unit? */
bool mu_draft_has_flight(const mu_draft *draft, uint32_t unit);
bool mu_draft_is_next_level(const mu_draft *draft, uint32_t lower, uint32_t upper);
/* repair.c: gives a unit the biggest part of a geometry as its shape; further parts become units of
 * their own. False where nothing with an area is left. */
bool mu_draft_set_parts(mu_draft *draft, uint32_t unit, const GEOSGeometry *geometry);
/* join.c: counts the borders near each opening, before overlaps are cut. */
void mu_draft_measure_openings(mu_draft *draft);
/* join.c: is there room for a body right before the middle of a door's line, in both units? */
bool mu_draft_has_room(const mu_draft *draft, const uint32_t sides[2], const mu_point line[2]);
/* join.c: a line laid onto the border of a unit; as it was where that would shorten it much. */
void mu_draft_lay_line(const mu_draft_unit *unit, const mu_point from[2], mu_point line[2]);
/* find_unit.c: once all units have the shape that they keep. */
void mu_draft_index_units(mu_draft *draft);
/* find_unit.c: the unit on `level` that holds a point; MU_NONE. Outdoor spaces included. */
uint32_t mu_draft_unit_at(const mu_draft *draft, uint32_t level, mu_point at);
/* outdoor.c: the outdoor space near a point at the edge of a ground level; MU_NONE. */
uint32_t mu_draft_outdoor_near(const mu_draft *draft, uint32_t level, mu_point at);
/* ways_out.c: why a unit has no way out, in a sentence. `code` may be NULL. */
const char *mu_draft_why_no_way_out(mu_draft *draft, uint32_t unit, int with_overlay,
                                    const char **code);

#endif
