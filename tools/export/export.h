/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sites and replays in other programs' formats. Coordinates are the site's own metres. */
#ifndef MU_TOOLS_EXPORT_EXPORT_H
#define MU_TOOLS_EXPORT_EXPORT_H

#include <stdio.h>

#include "drill/pack/plan_page.h"
#include "drill/plan.h"

/* GeoJSON: spaces as polygons, portals as lines, equipment, posts and assembly points as points,
 * with OpenStreetMap's indoor tags, so that `muster import vector --unit m` reads it back. `level`:
 * MU_NONE = all. MU_ERR_MEMORY. */
MU_MUST_USE mu_status mu_export_geojson(const mu_site *site, uint32_t level, FILE *out);
/* Well-known text: where one can walk on one level, as JuPedSim's tools read it: spaces and the
 * doors through their walls as one area, the open ground included. MU_ERR_MEMORY, MU_ERR_RUN. */
MU_MUST_USE mu_status mu_export_wkt(const mu_site *site, uint32_t level, FILE *out);

/* The XML geometry of JuPedSim's tools up to version 0.12, of one level. MU_ERR_MEMORY. */
MU_MUST_USE mu_status mu_export_jupedsim(const mu_site *site, uint32_t level, FILE *out);

/* A replay (verify/replay.h) as trajectory files, whose form the name's ending says; of one level,
 * or of each, with the level's name before the ending. */
MU_MUST_USE mu_status mu_export_replay(const char *source, const char *level, const char *file,
                                       mu_arena *arena, mu_diags *diags);

/* A file without names, posts and places of equipment (drill/redact.h): a site, a roster or
 * metrics.json to `out` (NULL: standard output; results to an .html file come as a page), an
 * incident into the folder `out`. */
MU_MUST_USE mu_status mu_export_redacted(const char *path, const char *out, mu_arena *arena,
                                         mu_diags *diags);

/* The plans of an incident's site, a sheet of paper each, to an .svg, .pdf or .html file. */
typedef struct mu_export_plan_def {
    const char *out;
    const char *level; /* id; NULL = all */
    const mu_plan_paper *paper;
    bool bare; /* without what the incident brings, cordons and ways out */
} mu_export_plan_def;
MU_MUST_USE mu_status mu_export_plan(const mu_plan *plan, const mu_export_plan_def *def,
                                     mu_diags *diags);

#endif
