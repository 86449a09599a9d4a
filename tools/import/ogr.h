/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every reader that goes through GDAL/OGR needs: a file opened quietly, a feature's shape, and
 * a file's bytes told by their hash. */
#ifndef MU_TOOLS_IMPORT_OGR_H
#define MU_TOOLS_IMPORT_OGR_H

#include <gdal.h>
#include <ogr_api.h>

#include "tools/import/draft.h"

/* NULL: it cannot be read, which has been told with `fix` as the way out. `drivers` ends in NULL;
 * NULL itself lets every vector driver try. */
GDALDatasetH mu_ogr_open(mu_draft *draft, const char *path, const char *const *drivers,
                         const char *fix);
/* The box around all features, as far as the limit of them goes. */
OGREnvelope mu_ogr_extent(OGRLayerH layer);
/* The next feature, counted in `seen`; NULL: no more, or more than can be looked at, which has been
 * told. */
OGRFeatureH mu_ogr_next(mu_draft *draft, const char *path, OGRLayerH layer, uint32_t *seen);
/* The feature's shape in the file's own coordinates, flat and with closed rings, owned by the
 * caller; NULL where it has none. */
GEOSGeometry *mu_ogr_shape(mu_draft *draft, OGRFeatureH row);
/* An attribute as text in the draft's arena; NULL where it is absent, null or empty. */
const char *mu_ogr_text(mu_draft *draft, OGRFeatureH row, const char *name);

#endif
