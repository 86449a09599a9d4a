/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An overlay: what a planner adds to an imported plan. It stands beside the data and is applied at
 * every import, so that a new export of the plan does not undo it. Entries name units by stable id
 * or by source id; one that fits nothing any more is reported, never dropped in silence. */
#ifndef MU_TOOLS_IMPORT_OVERLAY_H
#define MU_TOOLS_IMPORT_OVERLAY_H

#include "core/loader.h"
#include "tools/import/draft.h"

typedef struct mu_overlay_door {
    const char *id; /* of the door that is made */
    const char *unit;
    const char *to; /* the other unit; NULL = outdoors */
    mu_ring line;   /* two points; or */
    mu_ring at;     /* one point near the unit's border, and a width */
    double width_m;
    const char *why;
} mu_overlay_door;

typedef struct mu_overlay_stair {
    const char *lower, *upper; /* units */
    double width_m;            /* 0 = the importer's */
    const char *why;
} mu_overlay_stair;

typedef struct mu_overlay_use {
    const char *unit;
    mu_use use;
    const char *why;
} mu_overlay_use;

typedef struct mu_overlay_drop {
    const char *unit;
    const char *why;
} mu_overlay_drop;

typedef struct mu_overlay {
    const char *id;
    mu_text name;
    mu_text story;
    mu_text source;    /* of the data, and its licence: goes into the site file */
    double origin_lon; /* pins the frame that its coordinates are in; beyond 180: not given */
    double origin_lat;
    mu_string_list accept; /* proposals by id */
    MU_LIST_OF(mu_overlay_door) doors;
    MU_LIST_OF(mu_overlay_stair) stairs;
    MU_LIST_OF(mu_overlay_use) uses;
    MU_LIST_OF(mu_overlay_drop) drops;
} mu_overlay;

/* The file kind "muster.overlay"; its root struct is mu_overlay. */
extern const mu_file_kind mu_overlay_file;

MU_MUST_USE mu_status mu_overlay_read(const char *file, mu_arena *arena, mu_diags *diags,
                                      mu_overlay *out);
/* Drops and uses: before anything is joined. */
void mu_overlay_apply_units(const mu_overlay *overlay, mu_draft *draft);
/* Accepted proposals, doors and stairs: after everything is joined and proposed. */
void mu_overlay_apply_ways(const mu_overlay *overlay, mu_draft *draft);
/* Accepts every proposal that no overlay speaks of, for a first look at a plan. */
void mu_overlay_accept_all(mu_draft *draft);

#endif
