/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook, by GDAL's XLSX driver with headings and types switched off, so that each cell is the
 * text that stands in it. */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <stdio.h>
#include <string.h>

#include "core/field.h"
#include "core/file_in.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "sheet_in.h"

static bool copy_feature(mu_sheet_in *sheet, OGRFeatureH feature, uint32_t number) {
    bool fine = mu_sheet_add_row(sheet, number);
    const int count = OGR_F_GetFieldCount(feature);
    for (int c = 0; fine && c < count; c++) {
        const char *text =
            OGR_F_IsFieldSetAndNotNull(feature, c) != 0 ? OGR_F_GetFieldAsString(feature, c) : "";
        fine = mu_sheet_add_cell(sheet, text, strlen(text));
    }
    return fine;
}

/* A workbook is a zip file. What its head says of the sizes within may be a lie, so they are read
 * once, as far as the limit, before the driver holds them in memory. */
static bool unpacks(const char *path, mu_diags *diags) {
    char chunk[16384], inner[4096];
    (void)snprintf(inner, sizeof inner, "/vsizip/{%s}", path);
    char **names = VSIReadDirRecursive(inner);
    uint64_t bytes = 0;
    for (int i = 0; i < CSLCount(names) && bytes <= MU_SHEET_UNPACKED_MOST; i++) {
        (void)snprintf(inner, sizeof inner, "/vsizip/{%s}/%s", path, names[i]);
        VSILFILE *file = VSIFOpenL(inner, "rb");
        for (size_t got = file != NULL; got > 0 && bytes <= MU_SHEET_UNPACKED_MOST;) {
            got = VSIFReadL(chunk, 1, sizeof chunk, file);
            bytes += got;
        }
        if (file != NULL) {
            (void)VSIFCloseL(file);
        }
    }
    CSLDestroy(names);
    const mu_where where = {.file = path};
    return mu_limit_holds(MU_LIMIT_SHEET_UNPACKED, bytes, diags, &where);
}

mu_status mu_sheet_read_book(const char *path, mu_sheet_in *sheet, mu_diags *diags) {
    const mu_where where = {.file = path};
    if (!mu_limit_holds(MU_LIMIT_FILE_IN_BYTES, mu_file_in_bytes(path), diags, &where) ||
        (mu_file_in_is_stored(path) && !unpacks(path, diags))) {
        return MU_ERR_INPUT;
    }
    GDALAllRegister();
    CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", "DISABLE");
    CPLSetThreadLocalConfigOption("OGR_XLSX_FIELD_TYPES", "STRING");
    const char *const drivers[] = {"XLSX", NULL};
    GDALDatasetH book =
        mu_file_in_is_stored(path) ? GDALOpenEx(path, GDAL_OF_VECTOR, drivers, NULL, NULL) : NULL;
    OGRLayerH layer = book == NULL ? NULL : GDALDatasetGetLayer(book, 0);
    if (layer == NULL) {
        if (book != NULL) {
            GDALClose(book);
        }
        return mu_sheet_complain(path, diags, _("save it as CSV (UTF-8) and give that"),
                                 _("the workbook cannot be read"));
    }
    mu_status status = MU_OK;
    OGR_L_ResetReading(layer);
    for (OGRFeatureH feature; status == MU_OK && (feature = OGR_L_GetNextFeature(layer)) != NULL;) {
        status = !mu_sheet_row_fits(sheet, path, (uint32_t)OGR_F_GetFieldCount(feature), diags)
                     ? MU_ERR_INPUT
                 : copy_feature(sheet, feature, (uint32_t)OGR_F_GetFID(feature)) ? MU_OK
                                                                                 : MU_ERR_MEMORY;
        OGR_F_Destroy(feature);
    }
    GDALClose(book);
    return status;
}
