/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GDAL is loaded when a floor plan or a workbook is read, not when the program starts: it brings a
 * hundred libraries, and to load them takes four fifths of the time of a short command. Whoever calls
 * it includes this instead of its headers, and asks first whether it is there. */
#ifndef MU_TOOLS_IMPORT_GDAL_LATER_H
#define MU_TOOLS_IMPORT_GDAL_LATER_H

#include <stdbool.h>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_minixml.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

/* clang-format off */
#define MU_GDAL_CALLS(X) \
    X(CPLDestroyXMLNode) \
    X(CPLErrorReset) \
    X(CPLGetLastErrorMsg) \
    X(CPLGetXMLNode) \
    X(CPLGetXMLValue) \
    X(CPLParseXMLFile) \
    X(CPLPopErrorHandler) \
    X(CPLPushErrorHandler) \
    X(CPLQuietErrorHandler) \
    X(CPLSetErrorHandler) \
    X(CPLSetThreadLocalConfigOption) \
    X(CSLCount) \
    X(CSLDestroy) \
    X(GDALAllRegister) \
    X(GDALClose) \
    X(GDALDatasetGetLayer) \
    X(GDALDatasetGetLayerCount) \
    X(GDALOpenEx) \
    X(GDALVersionInfo) \
    X(OCTDestroyCoordinateTransformation) \
    X(OCTNewCoordinateTransformation) \
    X(OCTTransform) \
    X(OGR_F_Destroy) \
    X(OGR_F_GetFID) \
    X(OGR_F_GetFieldAsInteger64) \
    X(OGR_F_GetFieldAsString) \
    X(OGR_F_GetFieldAsStringList) \
    X(OGR_F_GetFieldCount) \
    X(OGR_F_GetFieldIndex) \
    X(OGR_F_GetGeometryRef) \
    X(OGR_F_IsFieldSetAndNotNull) \
    X(OGR_G_CloseRings) \
    X(OGR_G_DestroyGeometry) \
    X(OGR_G_ExportToWkb) \
    X(OGR_G_FlattenTo2D) \
    X(OGR_G_GetEnvelope) \
    X(OGR_G_GetLinearGeometry) \
    X(OGR_G_IsEmpty) \
    X(OGR_G_WkbSize) \
    X(OGR_L_GetExtent) \
    X(OGR_L_GetNextFeature) \
    X(OGR_L_GetSpatialRef) \
    X(OGR_L_ResetReading) \
    X(OSRDestroySpatialReference) \
    X(OSRGetLinearUnits) \
    X(OSRImportFromEPSG) \
    X(OSRIsGeographic) \
    X(OSRNewSpatialReference) \
    X(OSRSetAxisMappingStrategy) \
    X(OSRSetTM) \
    X(OSRSetWellKnownGeogCS) \
    X(VSIFCloseL) \
    X(VSIFOpenL) \
    X(VSIFReadL) \
    X(VSIReadDirRecursive)

typedef struct mu_gdal {
#define MU_GDAL_CALL(name) __typeof__(name) *name;
    MU_GDAL_CALLS(MU_GDAL_CALL)
#undef MU_GDAL_CALL
    bool there;
    char why[256]; /* it is not */
} mu_gdal;

/* Loads it the first time. Where it is not there, nothing of it may be called. */
const mu_gdal *mu_gdal_get(void);

/* The one file that fills the table wants the names for itself. */
#ifndef MU_GDAL_TABLE
#define CPLDestroyXMLNode (mu_gdal_get()->CPLDestroyXMLNode)
#define CPLErrorReset (mu_gdal_get()->CPLErrorReset)
#define CPLGetLastErrorMsg (mu_gdal_get()->CPLGetLastErrorMsg)
#define CPLGetXMLNode (mu_gdal_get()->CPLGetXMLNode)
#define CPLGetXMLValue (mu_gdal_get()->CPLGetXMLValue)
#define CPLParseXMLFile (mu_gdal_get()->CPLParseXMLFile)
#define CPLPopErrorHandler (mu_gdal_get()->CPLPopErrorHandler)
#define CPLPushErrorHandler (mu_gdal_get()->CPLPushErrorHandler)
#define CPLQuietErrorHandler (mu_gdal_get()->CPLQuietErrorHandler)
#define CPLSetErrorHandler (mu_gdal_get()->CPLSetErrorHandler)
#define CPLSetThreadLocalConfigOption (mu_gdal_get()->CPLSetThreadLocalConfigOption)
#define CSLCount (mu_gdal_get()->CSLCount)
#define CSLDestroy (mu_gdal_get()->CSLDestroy)
#define GDALAllRegister (mu_gdal_get()->GDALAllRegister)
#define GDALClose (mu_gdal_get()->GDALClose)
#define GDALDatasetGetLayer (mu_gdal_get()->GDALDatasetGetLayer)
#define GDALDatasetGetLayerCount (mu_gdal_get()->GDALDatasetGetLayerCount)
#define GDALOpenEx (mu_gdal_get()->GDALOpenEx)
#define GDALVersionInfo (mu_gdal_get()->GDALVersionInfo)
#define OCTDestroyCoordinateTransformation (mu_gdal_get()->OCTDestroyCoordinateTransformation)
#define OCTNewCoordinateTransformation (mu_gdal_get()->OCTNewCoordinateTransformation)
#define OCTTransform (mu_gdal_get()->OCTTransform)
#define OGR_F_Destroy (mu_gdal_get()->OGR_F_Destroy)
#define OGR_F_GetFID (mu_gdal_get()->OGR_F_GetFID)
#define OGR_F_GetFieldAsInteger64 (mu_gdal_get()->OGR_F_GetFieldAsInteger64)
#define OGR_F_GetFieldAsString (mu_gdal_get()->OGR_F_GetFieldAsString)
#define OGR_F_GetFieldAsStringList (mu_gdal_get()->OGR_F_GetFieldAsStringList)
#define OGR_F_GetFieldCount (mu_gdal_get()->OGR_F_GetFieldCount)
#define OGR_F_GetFieldIndex (mu_gdal_get()->OGR_F_GetFieldIndex)
#define OGR_F_GetGeometryRef (mu_gdal_get()->OGR_F_GetGeometryRef)
#define OGR_F_IsFieldSetAndNotNull (mu_gdal_get()->OGR_F_IsFieldSetAndNotNull)
#define OGR_G_CloseRings (mu_gdal_get()->OGR_G_CloseRings)
#define OGR_G_DestroyGeometry (mu_gdal_get()->OGR_G_DestroyGeometry)
#define OGR_G_ExportToWkb (mu_gdal_get()->OGR_G_ExportToWkb)
#define OGR_G_FlattenTo2D (mu_gdal_get()->OGR_G_FlattenTo2D)
#define OGR_G_GetEnvelope (mu_gdal_get()->OGR_G_GetEnvelope)
#define OGR_G_GetLinearGeometry (mu_gdal_get()->OGR_G_GetLinearGeometry)
#define OGR_G_IsEmpty (mu_gdal_get()->OGR_G_IsEmpty)
#define OGR_G_WkbSize (mu_gdal_get()->OGR_G_WkbSize)
#define OGR_L_GetExtent (mu_gdal_get()->OGR_L_GetExtent)
#define OGR_L_GetNextFeature (mu_gdal_get()->OGR_L_GetNextFeature)
#define OGR_L_GetSpatialRef (mu_gdal_get()->OGR_L_GetSpatialRef)
#define OGR_L_ResetReading (mu_gdal_get()->OGR_L_ResetReading)
#define OSRDestroySpatialReference (mu_gdal_get()->OSRDestroySpatialReference)
#define OSRGetLinearUnits (mu_gdal_get()->OSRGetLinearUnits)
#define OSRImportFromEPSG (mu_gdal_get()->OSRImportFromEPSG)
#define OSRIsGeographic (mu_gdal_get()->OSRIsGeographic)
#define OSRNewSpatialReference (mu_gdal_get()->OSRNewSpatialReference)
#define OSRSetAxisMappingStrategy (mu_gdal_get()->OSRSetAxisMappingStrategy)
#define OSRSetTM (mu_gdal_get()->OSRSetTM)
#define OSRSetWellKnownGeogCS (mu_gdal_get()->OSRSetWellKnownGeogCS)
#define VSIFCloseL (mu_gdal_get()->VSIFCloseL)
#define VSIFOpenL (mu_gdal_get()->VSIFOpenL)
#define VSIFReadL (mu_gdal_get()->VSIFReadL)
#define VSIReadDirRecursive (mu_gdal_get()->VSIReadDirRecursive)
#endif
/* clang-format on */

#endif
