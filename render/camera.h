/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From metres on a level to pixels in the window. Levels lie as sheets on one table, side by side
 * or one alone, and the camera looks down on the table: whoever draws maps a point of a level onto
 * its sheet first. */
#ifndef MU_RENDER_CAMERA_H
#define MU_RENDER_CAMERA_H

#include "render/draw.h"

enum { MU_SHEETS_MOST = 64 };

typedef struct mu_sheet {
    uint32_t level;
    mu_point offset;    /* added to the level's own metres */
    mu_point low, high; /* on the table */
} mu_sheet;

typedef struct mu_camera {
    mu_sheet sheets[MU_SHEETS_MOST];
    uint32_t sheet_count;
    mu_box view;  /* in the window */
    double head;  /* pixels kept free at its upper edge when everything is to be in view */
    double foot;  /* and at its lower one, where that costs no size */
    double apart; /* between sheets, in parts of the highest one; 0 = as a desk needs it */
    bool built;   /* several sheets are cut to what is indoors */
    double x, y;  /* of the table, in the middle of the view */
    double scale; /* pixels a metre */
} mu_camera;

/* Lays out one level, or with MU_NOWHERE all of them, in columns such that they fill the view best;
 * keeps the view and looks at everything. */
void mu_camera_lay(mu_camera *camera, const mu_scenery *scene, uint32_t level);
/* Looks at all sheets as they were laid. */
void mu_camera_fit(mu_camera *camera);
void mu_camera_pan(mu_camera *camera, double dx, double dy); /* pixels */
/* The point under (x, y) stays under it. */
void mu_camera_zoom(mu_camera *camera, double factor, double x, double y);
/* Brings a point of a level to the middle; false if that level has no sheet. */
bool mu_camera_centre(mu_camera *camera, uint32_t level, mu_point at);

/* The sheet of a level; NULL if it is not shown. */
const mu_sheet *mu_camera_sheet(const mu_camera *camera, uint32_t level);
/* The sheet that shows a point of a level; NULL if none does. */
const mu_sheet *mu_camera_shows(const mu_camera *camera, uint32_t level, mu_point at);
/* Where a sheet may be drawn on: itself, or the whole view where it is the only one. */
mu_box mu_camera_clip(const mu_camera *camera, const mu_sheet *sheet);
mu_vec mu_camera_map(const mu_camera *camera, const mu_sheet *sheet, mu_point at);
/* The level and point under a pixel; false if no sheet lies there. */
bool mu_camera_at(const mu_camera *camera, double x, double y, uint32_t *level, mu_point *at);

#endif
