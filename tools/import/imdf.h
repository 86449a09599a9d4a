/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Features of an IMDF file as GDAL/OGR gives them; shared by the files that read IMDF. */
#ifndef MU_TOOLS_IMPORT_IMDF_H
#define MU_TOOLS_IMPORT_IMDF_H

#include "tools/import/draft.h"

typedef struct mu_feature mu_feature;
typedef void mu_take_feature(mu_feature *from);

const char *mu_feature_id(const mu_feature *from);
mu_draft *mu_feature_draft(const mu_feature *from);
/* The feature's shape in degrees, which the caller owns from then on; NULL where it has none. */
GEOSGeometry *mu_feature_shape(mu_feature *from);
/* A property as text; NULL where it is absent or null. In the draft's arena, as the next two. */
const char *mu_feature_text(const mu_feature *from, const char *name);
int64_t mu_feature_integer(const mu_feature *from, const char *name);
/* The first item of a list of ids. */
const char *mu_feature_first(const mu_feature *from, const char *name);
/* A label in English, else transliterated from the first language there is; NULL if empty. */
const char *mu_feature_label(const mu_feature *from, const char *name);

/* Hands every feature of FOLDER/kind.geojson that has an id to `take`. A missing file is an error
 * only where it is required. */
MU_MUST_USE mu_status mu_imdf_read_kind(mu_draft *draft, const char *kind, bool required,
                                        mu_take_feature *take);

#endif
