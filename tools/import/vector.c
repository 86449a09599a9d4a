/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polygons with attributes, from files that OGR reads: GeoJSON, OpenStreetMap, GeoPackage,
 * Shapefile. What a feature is, where it is and what it is called is told by its tags. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <ogr_srs_api.h>

#include "core/limits.h"
#include "tools/import/drawing.h"
#include "tools/import/ogr.h"

#define ENTRANCE_WIDTH_M MU_DRAFT_EXIT_WIDTH_M

typedef struct row {
    mu_draft *draft;
    OGRFeatureH feature;
    const char *others; /* OpenStreetMap's tags without a column: "key"=>"value",… */
} row;

/* A tag among the others. GDAL doubles no quotes within, but escapes them. */
static const char *other_tag(const row *from, const char *key) {
    const char *wanted = mu_draft_print(from->draft, "\"%s\"=>\"", key);
    const char *at = from->others != NULL ? strstr(from->others, wanted) : NULL;
    if (at == NULL) {
        return NULL;
    }
    at += strlen(wanted);
    size_t length = 0;
    while (at[length] != '\0' && at[length] != '"') {
        length += at[length] == '\\' && at[length + 1] != '\0' ? 2 : 1;
    }
    return mu_draft_print(from->draft, "%.*s", (int)length, at);
}

static const char *value_of(const void *data, const char *key) {
    const row *from = data;
    const char *column = mu_ogr_text(from->draft, from->feature, key);
    return column != NULL ? column : other_tag(from, key);
}

/* Closed lines are areas where tags say that something is a room. */
static GEOSGeometry *as_area(mu_draft *draft, GEOSGeometry *shape) {
    const bool line = shape != NULL && GEOSGeomTypeId_r(draft->geos, shape) == GEOS_LINESTRING;
    GEOSGeometry *area = line ? mu_area_within(draft, shape) : NULL;
    if (area == NULL) {
        return shape;
    }
    GEOSGeom_destroy_r(draft->geos, shape);
    return area;
}

static bool is_area(const mu_draft *draft, const GEOSGeometry *shape) {
    const int type = shape != NULL ? GEOSGeomTypeId_r(draft->geos, shape) : -1;
    return type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON;
}

static const char *id_of(const row *from, const char *place) {
    static const char *const keys[] = {"id", "osm_id", "osm_way_id", "fid", NULL};
    const char *id = NULL;
    for (const char *const *key = keys; *key != NULL && id == NULL; key++) {
        id = mu_ogr_text(from->draft, from->feature, *key);
    }
    return id != NULL ? mu_draft_print(from->draft, "%s/%s", place, id)
                      : mu_draft_print(from->draft, "%s/%lld", place,
                                       (long long)OGR_F_GetFID(from->feature));
}

static mu_mark_kind mark_kind(mu_tag_kind kind) {
    switch (kind) {
    case MU_TAG_DOOR:
    case MU_TAG_ENTRANCE:
        return MU_MARK_DOOR;
    case MU_TAG_FOOTPRINT:
        return MU_MARK_FOOTPRINT;
    default:
        return MU_MARK_ROOM;
    }
}

/* Of an area the kind has to be told, or `untold` areas count as rooms. */
static bool is_wanted(mu_tag_kind kind, bool area, bool untold) {
    switch (kind) {
    case MU_TAG_NOTHING:
        return area && untold;
    case MU_TAG_ROOM:
    case MU_TAG_FOOTPRINT:
        return area;
    case MU_TAG_DOOR:
    case MU_TAG_ENTRANCE:
        return !area;
    case MU_TAG_WALL: /* beside rooms that are areas, walls say nothing new */
    default:
        return false;
    }
}

static double width_of(const row *from, mu_tag_kind kind) {
    const char *said = value_of(from, "width");
    const double width = said != NULL ? strtod(said, NULL) : 0;
    return width > 0.3 && width < 50 ? width : kind == MU_TAG_ENTRANCE ? ENTRANCE_WIDTH_M : 0;
}

static bool take(mu_drawing *drawing, const row *from, const char *place, bool untold) {
    mu_draft *draft = drawing->draft;
    const char *category;
    const mu_tag_kind kind = mu_tags_kind(value_of, from, &category);
    GEOSGeometry *shape = as_area(draft, mu_ogr_shape(draft, from->feature));
    if (shape == NULL || !is_wanted(kind, is_area(draft, shape), untold)) {
        GEOSGeom_destroy_r(draft->geos, shape);
        return false;
    }
    mu_mark *mark = mu_drawing_mark(drawing, mark_kind(kind), shape, id_of(from, place));
    if (mark != NULL) {
        mark->category = category;
        const char *name = mu_tags_name(value_of, from);
        mark->name = name != NULL ? mu_text_latin(draft, name) : NULL;
        mark->width_m = width_of(from, kind);
        mu_tags_levels(value_of, from, place, mark);
    }
    return true;
}

/* Does any feature of the layer carry tags that tell rooms? */
static bool tells_rooms(mu_draft *draft, OGRLayerH layer) {
    bool tells = false;
    OGR_L_ResetReading(layer);
    for (OGRFeatureH feature = OGR_L_GetNextFeature(layer); feature != NULL;
         feature = OGR_L_GetNextFeature(layer)) {
        const row from = {draft, feature, mu_ogr_text(draft, feature, "other_tags")};
        const char *category;
        tells = tells || mu_tags_kind(value_of, &from, &category) == MU_TAG_ROOM;
        OGR_F_Destroy(feature);
    }
    return tells;
}

/* Metres in the layer's unit; -1: degrees; 0: it does not say. `*across`: the greater side. */
static double unit_of(OGRLayerH layer, double *across) {
    OGREnvelope box;
    *across = 0;
    if (OGR_L_GetExtent(layer, &box, 1) == OGRERR_NONE) {
        *across = fmax(box.MaxX - box.MinX, box.MaxY - box.MinY);
    }
    OGRSpatialReferenceH system = OGR_L_GetSpatialRef(layer);
    if (system == NULL) {
        return 0;
    }
    char *name = NULL;
    return OSRIsGeographic(system) != 0 ? -1 : OSRGetLinearUnits(system, &name);
}

/* Not every driver of OGR: some follow what a file names to other files, services and addresses
 * (VRT, OAPIF, WFS, GML with its schemas). */
static const char *const drivers[] = {"GeoJSON",    "OSM",          "GPKG",     "ESRI Shapefile",
                                      "FlatGeobuf", "MapInfo File", "TopoJSON", NULL};

mu_status mu_vector_read(mu_drawing *drawing, const char *path) {
    mu_draft *draft = drawing->draft;
    GDALDatasetH data = mu_ogr_open(
        draft, path, drivers,
        _("give a GeoJSON, OpenStreetMap, GeoPackage or Shapefile drawing of the plan"));
    if (data == NULL) {
        return MU_ERR_INPUT;
    }
    const char *place = mu_file_stem(draft, path);
    bool told = false;
    for (int l = 0; l < GDALDatasetGetLayerCount(data); l++) {
        told = tells_rooms(draft, GDALDatasetGetLayer(data, l)) || told;
    }
    uint32_t features = 0;
    uint32_t unused = 0;
    for (int l = 0; l < GDALDatasetGetLayerCount(data); l++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, l);
        double across;
        const double unit = unit_of(layer, &across);
        if (drawing->marks.count == 0) {
            mu_drawing_set_unit(drawing, unit, across);
        }
        OGR_L_ResetReading(layer);
        for (OGRFeatureH feature; (feature = mu_ogr_next(draft, path, layer, &features)) != NULL;) {
            const row from = {draft, feature, mu_ogr_text(draft, feature, "other_tags")};
            unused += !take(drawing, &from, place, !told);
            OGR_F_Destroy(feature);
        }
    }
    GDALClose(data);
    if (features > MU_DRAWING_FEATURES_MOST) {
        return MU_ERR_INPUT;
    }
    mu_draft_note_file(draft, mu_file_name(path), path, features);
    if (unused > 0) {
        mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "features", place,
                        _("features that are neither room, door nor building: %u"),
                        (unsigned)unused);
    }
    return MU_OK;
}
