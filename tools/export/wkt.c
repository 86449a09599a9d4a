/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walkable area of one level as well-known text. Rooms do not touch where a wall is thick, so a
 * door is given the depth of the wall before everything is joined. */
#include <math.h>
#include <stdlib.h>

#include <geos_c.h>

#include "tools/export/export.h"

#define DOOR_DEPTH_M                                                                               \
    0.35 /* to each side of the line: half of the thickest wall and a little more */
#define GRID_M   0.001
#define DECIMALS 3

static GEOSGeometry *ring_of(GEOSContextHandle_t geos, const mu_ring *ring) {
    GEOSCoordSequence *points = GEOSCoordSeq_create_r(geos, ring->count + 1, 2);
    for (uint32_t i = 0; i <= ring->count; i++) {
        const mu_point at = ring->items[i % ring->count];
        GEOSCoordSeq_setXY_r(geos, points, i, at.x, at.y);
    }
    return GEOSGeom_createLinearRing_r(geos, points);
}

static GEOSGeometry *area_of(GEOSContextHandle_t geos, const mu_space *space) {
    GEOSGeometry **holes =
        space->holes.count > 0 ? calloc(space->holes.count, sizeof(GEOSGeometry *)) : NULL;
    for (uint32_t i = 0; holes != NULL && i < space->holes.count; i++) {
        holes[i] = ring_of(geos, &space->holes.items[i]);
    }
    GEOSGeometry *area = GEOSGeom_createPolygon_r(geos, ring_of(geos, &space->polygon), holes,
                                                  holes != NULL ? space->holes.count : 0);
    free(holes);
    return area;
}

/* The way through the wall; NULL for what leads to another level, or off the model. */
static GEOSGeometry *passage_of(GEOSContextHandle_t geos, const mu_site *site,
                                const mu_portal *portal) {
    const bool flat = portal->line.count == 2 && portal->between.count == 2 &&
                      !mu_portal_is_flight(portal) && portal->kind != MU_PORTAL_LIFT;
    if (!flat || site->spaces.items[portal->between.items[0].index].level.index !=
                     site->spaces.items[portal->between.items[1].index].level.index) {
        return NULL;
    }
    GEOSCoordSequence *ends = GEOSCoordSeq_create_r(geos, 2, 2);
    for (uint32_t i = 0; i < 2; i++) {
        GEOSCoordSeq_setXY_r(geos, ends, i, portal->line.items[i].x, portal->line.items[i].y);
    }
    GEOSGeometry *line = GEOSGeom_createLineString_r(geos, ends);
    GEOSGeometry *passage =
        GEOSBufferWithStyle_r(geos, line, DOOR_DEPTH_M, 1, GEOSBUF_CAP_FLAT, GEOSBUF_JOIN_MITRE, 2);
    GEOSGeom_destroy_r(geos, line);
    return passage;
}

/* All parts as one area. */
static GEOSGeometry *joined(GEOSContextHandle_t geos, GEOSGeometry **parts, unsigned count) {
    GEOSGeometry *all = GEOSGeom_createCollection_r(geos, GEOS_GEOMETRYCOLLECTION, parts, count);
    GEOSGeometry *area = all != NULL ? GEOSUnaryUnionPrec_r(geos, all, GRID_M) : NULL;
    GEOSGeom_destroy_r(geos, all);
    return area;
}

static bool is_on(const mu_site *site, const mu_portal *portal, uint32_t level) {
    return site->spaces.items[portal->between.items[0].index].level.index == level;
}

static mu_status print_area(GEOSContextHandle_t geos, const GEOSGeometry *area, FILE *out) {
    GEOSWKTWriter *writer = GEOSWKTWriter_create_r(geos);
    GEOSWKTWriter_setTrim_r(geos, writer, 1);
    GEOSWKTWriter_setRoundingPrecision_r(geos, writer, DECIMALS);
    char *text = GEOSWKTWriter_write_r(geos, writer, area);
    if (text != NULL) {
        (void)fprintf(out, "%s\n", text); /* a failed write sticks to the stream */
    }
    const mu_status status = text != NULL ? MU_OK : MU_ERR_MEMORY;
    GEOSFree_r(geos, text);
    GEOSWKTWriter_destroy_r(geos, writer);
    return status;
}

mu_status mu_export_wkt(const mu_site *site, uint32_t level, FILE *out) {
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSGeometry **parts =
        calloc((size_t)site->spaces.count + site->portals.count + 1, sizeof(GEOSGeometry *));
    unsigned count = 0;
    if (geos == NULL || parts == NULL) {
        free(parts);
        return MU_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < site->spaces.count; i++) {
        if (site->spaces.items[i].level.index == level) {
            parts[count++] = area_of(geos, &site->spaces.items[i]);
        }
    }
    for (uint32_t i = 0; i < site->portals.count; i++) {
        GEOSGeometry *passage = is_on(site, &site->portals.items[i], level)
                                    ? passage_of(geos, site, &site->portals.items[i])
                                    : NULL;
        if (passage != NULL) {
            parts[count++] = passage;
        }
    }
    GEOSGeometry *area = joined(geos, parts, count);
    const mu_status status = area != NULL ? print_area(geos, area, out) : MU_ERR_RUN;
    GEOSGeom_destroy_r(geos, area);
    free(parts);
    GEOS_finish_r(geos);
    return status;
}
