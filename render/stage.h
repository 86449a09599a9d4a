/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A view and the pixels that come of it: what the window and the pictures in files stand on. */
#ifndef MU_RENDER_STAGE_H
#define MU_RENDER_STAGE_H

#include "muster/status.h"
#include "render/audience.h"
#include "render/canvas.h"
#include "render/screen.h"
#include "render/show.h"

typedef bool (*mu_png_writer)(const mu_image *image, const char *path);

typedef struct mu_stage {
    const mu_show_def *def;
    mu_type type;
    mu_png_writer write_png;
    mu_canvas canvas;
    mu_screen view;
    mu_audience audience; /* of def->audience, without a window */
} mu_stage;

/* False without memory; mu_stage_close is to be called in either case. The stage must not move. */
bool mu_stage_open(mu_stage *stage, const mu_show_def *def, const mu_type *type,
                   mu_png_writer write_png);
void mu_stage_close(mu_stage *stage);
bool mu_stage_resize(mu_stage *stage, int width, int height);
/* Makes the whole picture; what lies under everything only where it has changed. */
bool mu_stage_paint(mu_stage *stage);

/* To the end of the run, which the timeline shows; the plan alone and the audience need none. */
void mu_stage_look_ahead(mu_stage *stage);
/* Goes there and draws; only the lists, unless `painted`. */
bool mu_stage_draw_at(mu_stage *stage, double at_s, bool painted, char *why, size_t room);
bool mu_stage_pictures(mu_stage *stage, const double *times, uint32_t count, bool svg, char *why,
                       size_t room);
/* To be freed by the caller; NULL where it failed. */
char *mu_stage_svg(mu_stage *stage, double at_s, const char *id, char *why, size_t room);
/* "muster-0-12-34.png", with a number behind it if there is one already. */
void mu_stage_screenshot(mu_stage *stage);
void mu_stage_tell(const mu_stage *stage, const char *format, ...) MU_PRINTF(2, 3);

#endif
