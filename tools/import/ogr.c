/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that talks to GDAL/OGR about files and features. */
#include "tools/import/ogr.h"

#include <errno.h>
#include <string.h>

#include <cpl_conv.h>
#include <cpl_error.h>

#include "core/file_in.h"
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
    GDALDatasetH data =
        stored ? GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL) : NULL;
    if (data != NULL && GDALDatasetGetLayerCount(data) == 0) {
        GDALClose(data);
        data = NULL;
    }
    if (data == NULL) {
        mu_where where = {path, NULL, 0, 0};
        const char *said = CPLGetLastErrorMsg();
        mu_diags_add(draft->diags, MU_ERROR, "import.unreadable", &where, fix,
                     _("this is no drawing that can be read: %s"),
                     !stored           ? why
                     : said[0] != '\0' ? said
                                       : _("no features found"));
    }
    return data;
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
