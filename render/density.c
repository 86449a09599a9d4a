/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How crowded it is: every person is spread over a cone of 1.5 m radius that holds one person, the
 * cones are summed on a grid of one metre, and what is above Fruin's bounds gets a colour. */
#include <math.h>
#include <stdlib.h>

#include "render/art.h"

/* Levels of service C, D, E and F of walkways (Fruin 1971): from 0.43, 0.72, 1.08 and 2.17 persons
 * a square metre. */
const double mu_heat_from[MU_HEAT_STEPS] = {0.43, 0.72, 1.08, 2.17};

static const double SPREAD_M = 1.5;
enum { CELLS_MOST = 600 * 600 };

typedef struct grid {
    mu_point low;
    int columns, rows;
    double cell_m;
    float *of;
} grid;

static bool make_grid(const mu_scenery_level *level, grid *out) {
    const double wide = level->high.x - level->low.x, high = level->high.y - level->low.y;
    out->low = level->low;
    out->cell_m = fmax(1, sqrt(wide * high / CELLS_MOST));
    out->columns = (int)ceil(wide / out->cell_m) + 1;
    out->rows = (int)ceil(high / out->cell_m) + 1;
    out->of = calloc((size_t)out->columns * (size_t)out->rows, sizeof *out->of);
    return out->of != NULL;
}

static void spread(grid *g, mu_point at) {
    const double peak = 3 / (3.141592653589793 * SPREAD_M * SPREAD_M);
    const int left = (int)floor((at.x - SPREAD_M - g->low.x) / g->cell_m);
    const int right = (int)ceil((at.x + SPREAD_M - g->low.x) / g->cell_m);
    const int bottom = (int)floor((at.y - SPREAD_M - g->low.y) / g->cell_m);
    const int top = (int)ceil((at.y + SPREAD_M - g->low.y) / g->cell_m);
    for (int row = bottom; row <= top; row++) {
        for (int column = left; column <= right; column++) {
            const double dx = g->low.x + (column + 0.5) * g->cell_m - at.x;
            const double dy = g->low.y + (row + 0.5) * g->cell_m - at.y;
            const double share = 1 - sqrt(dx * dx + dy * dy) / SPREAD_M;
            if (share > 0 && row >= 0 && column >= 0 && row < g->rows && column < g->columns) {
                g->of[row * g->columns + column] += (float)(peak * share);
            }
        }
    }
}

static int step_of(double density) {
    int step = -1;
    while (step + 1 < MU_HEAT_STEPS && density >= mu_heat_from[step + 1]) {
        step++;
    }
    return step;
}

static void paint(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                  const grid *g) {
    mu_draw_clip(pen->list, mu_camera_clip(camera, sheet));
    for (int i = 0; i < g->columns * g->rows; i++) {
        const int step = step_of((double)g->of[i]);
        if (step < 0) {
            continue;
        }
        const mu_point low = {g->low.x + i % g->columns * g->cell_m,
                              g->low.y + (i / g->columns + 1) * g->cell_m};
        const mu_vec corner = mu_camera_map(camera, sheet, low);
        const float size = (float)(g->cell_m * camera->scale);
        mu_draw_rect(pen->list, (mu_box){corner.x, corner.y, size, size},
                     mu_fade(pen->theme->heat[step + 1], 150));
    }
    mu_draw_clip(pen->list, camera->view);
}

void mu_art_density(const mu_pen *pen, const mu_camera *camera, const mu_scenery *scene,
                    const mu_frame *frame) {
    for (uint32_t i = 0; i < camera->sheet_count; i++) {
        grid g;
        if (!make_grid(&scene->levels[camera->sheets[i].level], &g)) {
            continue;
        }
        for (uint32_t p = 0; p < frame->people_count; p++) {
            if (frame->people[p].level == camera->sheets[i].level) {
                spread(&g, frame->people[p].at);
            }
        }
        paint(pen, camera, &camera->sheets[i], &g);
        free(g.of);
    }
}
