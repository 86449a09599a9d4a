/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one file that speaks to GEOS, through its reentrant interface: no global state, and nothing
 * printed, since a context starts without message handlers. */
#include "site/geometry_geos.h"

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct mu_geometry {
    GEOSContextHandle_t geos;
    uint32_t count;
    GEOSGeometry **polygons; /* NULL where the points make none */
};

static GEOSGeometry *make_ring(GEOSContextHandle_t geos, const mu_ring *ring) {
    GEOSCoordSequence *points =
        ring->count < 3 ? NULL : GEOSCoordSeq_create_r(geos, ring->count + 1, 2);
    if (!points) {
        return NULL;
    }
    for (uint32_t i = 0; i <= ring->count; i++) {
        mu_point p = ring->items[i % ring->count];
        if (!isfinite(p.x) || !isfinite(p.y) || !GEOSCoordSeq_setXY_r(geos, points, i, p.x, p.y)) {
            GEOSCoordSeq_destroy_r(geos, points);
            return NULL;
        }
    }
    return GEOSGeom_createLinearRing_r(geos, points); /* takes the points */
}

/* False without memory. *polygon is NULL where the room has no outline to speak of. */
static bool make_polygon(GEOSContextHandle_t geos, const mu_space *space, GEOSGeometry **polygon) {
    uint32_t count = space->holes.count;
    GEOSGeometry **holes = calloc(count + 1U, sizeof(GEOSGeometry *));
    if (!holes) {
        return false;
    }
    GEOSGeometry *shell = make_ring(geos, &space->polygon);
    bool whole = shell != NULL;
    for (uint32_t h = 0; whole && h < count; h++) {
        holes[h] = make_ring(geos, &space->holes.items[h]);
        whole = holes[h] != NULL;
    }
    if (whole) {
        *polygon = GEOSGeom_createPolygon_r(geos, shell, holes, count); /* takes the rings */
    } else {
        for (uint32_t h = 0; h < count; h++) {
            GEOSGeom_destroy_r(geos, holes[h]);
        }
        GEOSGeom_destroy_r(geos, shell);
    }
    free(holes);
    return true;
}

mu_geometry *mu_geometry_create(const mu_site *site) {
    mu_geometry *made = calloc(1, sizeof *made);
    if (!made) {
        return NULL;
    }
    made->geos = GEOS_init_r();
    made->polygons = calloc(site->spaces.count + 1U, sizeof(GEOSGeometry *));
    if (!made->geos || !made->polygons) {
        mu_geometry_destroy(made);
        return NULL;
    }
    made->count = site->spaces.count;
    for (uint32_t s = 0; s < made->count; s++) {
        if (!make_polygon(made->geos, &site->spaces.items[s], &made->polygons[s])) {
            mu_geometry_destroy(made);
            return NULL;
        }
    }
    return made;
}

void mu_geometry_destroy(mu_geometry *geometry) {
    if (!geometry) {
        return;
    }
    for (uint32_t s = 0; s < geometry->count; s++) {
        GEOSGeom_destroy_r(geometry->geos, geometry->polygons[s]);
    }
    free(geometry->polygons);
    if (geometry->geos) {
        GEOS_finish_r(geometry->geos);
    }
    free(geometry);
}

/* The first point of any geometry that GEOS gives; it goes away. */
static void take_point(GEOSContextHandle_t geos, GEOSGeometry *from, mu_point *at) {
    if (from) {
        GEOSGeomGetX_r(geos, from, &at->x);
        GEOSGeomGetY_r(geos, from, &at->y);
        GEOSGeom_destroy_r(geos, from);
    }
}

mu_outline mu_geometry_outline(mu_geometry *geometry, uint32_t space, mu_point *at) {
    const GEOSGeometry *polygon = geometry->polygons[space];
    char *reason = NULL;
    GEOSGeometry *place = NULL;
    if (!polygon) {
        return MU_OUTLINE_EMPTY;
    }
    if (GEOSisValidDetail_r(geometry->geos, polygon, 0, &reason, &place) == 1) {
        return MU_OUTLINE_PROPER;
    }
    take_point(geometry->geos, place, at);
    mu_outline found = MU_OUTLINE_CROSSES;
    if (reason && (strstr(reason, "Hole") || strstr(reason, "Interior"))) {
        found = MU_OUTLINE_HOLE;
    } else if (reason && (strstr(reason, "Too few") || strstr(reason, "Coordinate"))) {
        found = MU_OUTLINE_EMPTY;
    }
    GEOSFree_r(geometry->geos, reason);
    return found;
}

double mu_geometry_overlap(mu_geometry *geometry, uint32_t first, uint32_t second, mu_point *at) {
    const GEOSGeometry *p = geometry->polygons[first], *q = geometry->polygons[second];
    GEOSGeometry *shared = p && q ? GEOSIntersection_r(geometry->geos, p, q) : NULL;
    double area = 0;
    if (!shared || !GEOSArea_r(geometry->geos, shared, &area)) {
        area = 0;
    } else if (area > 0) {
        take_point(geometry->geos, GEOSPointOnSurface_r(geometry->geos, shared), at);
    }
    GEOSGeom_destroy_r(geometry->geos, shared);
    return area;
}

/* `onto` with a ring added or taken away; `onto` goes. NULL on failure. */
static GEOSGeometry *change(GEOSContextHandle_t geos, GEOSGeometry *onto, const mu_ring *ring,
                            bool add) {
    GEOSGeometry *line = make_ring(geos, ring), *changed = NULL;
    GEOSGeometry *polygon = line ? GEOSGeom_createPolygon_r(geos, line, NULL, 0) : NULL;
    if (onto && polygon && GEOSisValid_r(geos, polygon) == 1) {
        changed = add ? GEOSUnion_r(geos, onto, polygon) : GEOSDifference_r(geos, onto, polygon);
    }
    GEOSGeom_destroy_r(geos, polygon);
    GEOSGeom_destroy_r(geos, onto);
    return changed;
}

/* The points of a closed line, less the last. */
static bool take_ring(GEOSContextHandle_t geos, mu_arena *arena, const GEOSGeometry *line,
                      mu_ring *out) {
    const GEOSCoordSequence *points = line ? GEOSGeom_getCoordSeq_r(geos, line) : NULL;
    unsigned count = 0;
    if (!points || !GEOSCoordSeq_getSize_r(geos, points, &count) || count < 4) {
        return false;
    }
    out->items = mu_arena_array(arena, count, sizeof *out->items);
    out->count = out->items ? count - 1 : 0;
    for (unsigned i = 0; i < out->count; i++) {
        GEOSCoordSeq_getXY_r(geos, points, i, &out->items[i].x, &out->items[i].y);
    }
    return out->items != NULL;
}

static bool take_floor(GEOSContextHandle_t geos, mu_arena *arena, const GEOSGeometry *polygon,
                       mu_floor *out) {
    const int holes = GEOSGetNumInteriorRings_r(geos, polygon);
    if (holes < 0 || !take_ring(geos, arena, GEOSGetExteriorRing_r(geos, polygon), &out->outline)) {
        return false;
    }
    out->holes.items = mu_arena_array(arena, (size_t)holes + 1, sizeof *out->holes.items);
    bool whole = out->holes.items != NULL;
    for (int h = 0; whole && h < holes; h++) {
        whole =
            take_ring(geos, arena, GEOSGetInteriorRingN_r(geos, polygon, h), &out->holes.items[h]);
        out->holes.count += whole;
    }
    return whole;
}

mu_status mu_geometry_cut(mu_arena *arena, const mu_ring *covered, uint32_t covered_count,
                          const mu_ring *cut, uint32_t cut_count, mu_floor_list *out) {
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSGeometry *made = geos ? GEOSGeom_createEmptyPolygon_r(geos) : NULL;
    for (uint32_t i = 0; i < covered_count; i++) {
        made = change(geos, made, &covered[i], true);
    }
    for (uint32_t i = 0; i < cut_count; i++) {
        made = change(geos, made, &cut[i], false);
    }
    mu_status status = made ? MU_OK : MU_ERR_INPUT;
    const int pieces = made ? GEOSGetNumGeometries_r(geos, made) : 0;
    *out = (mu_floor_list){mu_arena_array(arena, (size_t)pieces + 1, sizeof *out->items), 0};
    for (int i = 0; status == MU_OK && i < pieces; i++) {
        const GEOSGeometry *piece = GEOSGetGeometryN_r(geos, made, i);
        if (out->items == NULL) {
            status = MU_ERR_MEMORY;
        } else if (GEOSGeomTypeId_r(geos, piece) == GEOS_POLYGON && !GEOSisEmpty_r(geos, piece)) {
            status =
                take_floor(geos, arena, piece, &out->items[out->count]) ? MU_OK : MU_ERR_MEMORY;
            out->count += status == MU_OK;
        }
    }
    if (geos) {
        GEOSGeom_destroy_r(geos, made);
        GEOS_finish_r(geos);
    }
    return status;
}
