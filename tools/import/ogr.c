/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that talks to GDAL/OGR about files and features. */
#include "tools/import/ogr.h"

#include <errno.h>
#include <string.h>

#include <cpl_conv.h>
#include <cpl_error.h>

#include "core/file_in.h"
#include "core/limits.h"
#include "muster/diag.h"

GDALDatasetH mu_ogr_open(mu_draft *draft, const char *path, const char *const *drivers,
                         const char *fix) {
    GDALAllRegister();
    CPLSetErrorHandler(CPLQuietErrorHandler); /* what matters is told as a diagnostic */
    CPLErrorReset();
    /* Editors number what they add downwards from -1, which GDAL's own index does not take. */
    CPLSetThreadLocalConfigOption("OSM_USE_CUSTOM_INDEXING", "NO");
    const bool stored = mu_file_in_is_stored(path);
    const char *why = strerror(errno);
    const mu_where at = {.file = path};
    if (stored &&
        !mu_limit_holds(MU_LIMIT_DRAWING_BYTES, mu_file_in_bytes(path), draft->diags, &at)) {
        return NULL;
    }
    GDALDatasetH data =
        stored ? GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL) : NULL;
    if (data != NULL && GDALDatasetGetLayerCount(data) == 0) {
        GDALClose(data);
        data = NULL;
    }
    if (!stored) {
        mu_diags_add(draft->diags, MU_ERROR, "import.no-file", &at, _("look at the path"),
                     _("the file cannot be opened: %s"), why);
    } else if (data == NULL) {
        const char *said = CPLGetLastErrorMsg();
        mu_diags_add(draft->diags, MU_ERROR, "import.unreadable", &at, fix,
                     _("this is no drawing that can be read: %s"),
                     said[0] != '\0' ? said : _("no features found"));
    }
    return data;
}

OGREnvelope mu_ogr_extent(OGRLayerH layer) {
    OGREnvelope all = {0}, one;
    uint32_t seen = 0, drawn = 0;
    OGR_L_ResetReading(layer);
    for (OGRFeatureH row;
         seen < MU_DRAWING_FEATURES_MOST && (row = OGR_L_GetNextFeature(layer)) != NULL; seen++) {
        OGRGeometryH shape = OGR_F_GetGeometryRef(row);
        if (shape != NULL && OGR_G_IsEmpty(shape) == 0) {
            OGR_G_GetEnvelope(shape, &one);
            all.MinX = drawn == 0 || one.MinX < all.MinX ? one.MinX : all.MinX;
            all.MinY = drawn == 0 || one.MinY < all.MinY ? one.MinY : all.MinY;
            all.MaxX = drawn == 0 || one.MaxX > all.MaxX ? one.MaxX : all.MaxX;
            all.MaxY = drawn == 0 || one.MaxY > all.MaxY ? one.MaxY : all.MaxY;
            drawn++;
        }
        OGR_F_Destroy(row);
    }
    return all;
}

OGRFeatureH mu_ogr_next(mu_draft *draft, const char *path, OGRLayerH layer, uint32_t *seen) {
    const mu_where where = {.file = path};
    OGRFeatureH row = OGR_L_GetNextFeature(layer);
    if (row != NULL && !mu_limit_holds(MU_LIMIT_DRAWING_FEATURES, ++*seen, draft->diags, &where)) {
        OGR_F_Destroy(row);
        return NULL;
    }
    return row;
}

GEOSGeometry *mu_ogr_shape(mu_draft *draft, OGRFeatureH row) {
    OGRGeometryH drawn = OGR_F_GetGeometryRef(row);
    if (drawn == NULL || OGR_G_IsEmpty(drawn) != 0) {
        return NULL;
    }
    OGRGeometryH straight = OGR_G_GetLinearGeometry(drawn, 0, NULL); /* arcs become short lines */
    OGR_G_FlattenTo2D(straight);
    OGR_G_CloseRings(straight);
    size_t size = (size_t)OGR_G_WkbSize(straight);
    unsigned char *bytes = mu_draft_alloc(draft, size, 1);
    OGR_G_ExportToWkb(straight, wkbNDR, bytes);
    OGR_G_DestroyGeometry(straight);
    GEOSWKBReader *reader = GEOSWKBReader_create_r(draft->geos);
    GEOSGeometry *shape = GEOSWKBReader_read_r(draft->geos, reader, bytes, size);
    GEOSWKBReader_destroy_r(draft->geos, reader);
    return shape;
}

const char *mu_ogr_text(mu_draft *draft, OGRFeatureH row, const char *name) {
    int index = OGR_F_GetFieldIndex(row, name);
    if (index < 0 || OGR_F_IsFieldSetAndNotNull(row, index) == 0) {
        return NULL;
    }
    const char *text = OGR_F_GetFieldAsString(row, index);
    return text[0] != '\0' ? mu_draft_print(draft, "%s", text) : NULL;
}
