/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Obstacles may lie across the border of the walkable polygon: what is left is found with GEOS. */
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
#include <math.h>

#include "core/i18n.h"
#include "verify/experiment_parts.h"

static GEOSGeometry *polygon_of(GEOSContextHandle_t geos, const mu_ring *ring) {
    GEOSCoordSequence *points = GEOSCoordSeq_create_r(geos, ring->count + 1, 2);
    for (uint32_t i = 0; points != NULL && i <= ring->count; i++) {
        const mu_point p = ring->items[i % ring->count];
        (void)GEOSCoordSeq_setXY_r(geos, points, i, p.x, p.y);
    }
    GEOSGeometry *shell = points != NULL ? GEOSGeom_createLinearRing_r(geos, points) : NULL;
    return shell != NULL ? GEOSGeom_createPolygon_r(geos, shell, NULL, 0) : NULL;
}

static mu_ring ring_from(GEOSContextHandle_t geos, mu_arena *arena, const GEOSGeometry *from) {
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(geos, from);
    unsigned int count = 0;
    mu_ring ring = {NULL, 0};
    if (points == NULL || !GEOSCoordSeq_getSize_r(geos, points, &count) || count < 4) {
        return ring;
    }
    ring.items = mu_arena_array(arena, count, sizeof *ring.items);
    for (unsigned int i = 0; ring.items != NULL && i + 1 < count; i++) {
        mu_point *p = &ring.items[ring.count++];
        (void)GEOSCoordSeq_getXY_r(geos, points, i, &p->x, &p->y);
    }
    return ring;
}

static uint32_t agents_in(GEOSContextHandle_t geos, const mu_experiment *e,
                          const GEOSGeometry *part) {
    uint32_t inside = 0;
    for (uint32_t k = 0; k < e->agent_count; k++) {
        GEOSGeometry *point =
            GEOSGeom_createPointFromXY_r(geos, e->agents[k].at.x, e->agents[k].at.y);
        inside += point != NULL && GEOSIntersects_r(geos, part, point) == 1;
        GEOSGeom_destroy_r(geos, point);
    }
    return inside;
}

static bool take(GEOSContextHandle_t geos, mu_experiment *e, const GEOSGeometry *part) {
    e->border = ring_from(geos, e->arena, GEOSGetExteriorRing_r(geos, part));
    const int holes = GEOSGetNumInteriorRings_r(geos, part);
    e->holes.items =
        mu_arena_array(e->arena, (size_t)(holes > 0 ? holes : 0) + 1, sizeof *e->holes.items);
    for (int h = 0; e->holes.items != NULL && h < holes; h++) {
        const mu_ring hole = ring_from(geos, e->arena, GEOSGetInteriorRingN_r(geos, part, h));
        if (hole.count > 2) {
            e->holes.items[e->holes.count++] = hole;
        }
    }
    return e->border.count > 2 && e->holes.items != NULL;
}

bool mu_experiment_cut(mu_experiment *e, const mu_ring *walkable, const mu_ring *obstacles,
                       uint32_t obstacle_count, mu_diags *diags) {
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSGeometry *left = polygon_of(geos, walkable);
    for (uint32_t k = 0; left != NULL && k < obstacle_count; k++) {
        GEOSGeometry *obstacle = polygon_of(geos, &obstacles[k]);
        GEOSGeometry *less = obstacle != NULL ? GEOSDifference_r(geos, left, obstacle) : NULL;
        GEOSGeom_destroy_r(geos, obstacle);
        GEOSGeom_destroy_r(geos, left);
        left = less;
    }
    const GEOSGeometry *best = NULL;
    uint32_t most = 0;
    const int parts = left != NULL ? GEOSGetNumGeometries_r(geos, left) : 0;
    for (int k = 0; k < parts; k++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos, left, k);
        const uint32_t inside = agents_in(geos, e, part);
        if (best == NULL || inside > most) {
            best = part;
            most = inside;
        }
    }
    const bool done = best != NULL && take(geos, e, best);
    GEOSGeom_destroy_r(geos, left);
    GEOS_finish_r(geos);
    if (!done) {
        mu_diags_add(diags, MU_ERROR, "experiment.area", NULL, NULL,
                     _("the obstacles leave nothing of the walkable area"));
    }
    return done;
}
