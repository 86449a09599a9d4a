/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/camera.h"

#include <math.h>

static const double MARGIN = 0.06;  /* of the picture, round what is looked at */
static const double APART = 0.09;   /* between sheets, of the highest one: room for a name */
static const double CROP_M = 4;     /* round what is built, where sheets are cut to that */
static const double CLOSEST = 160;  /* pixels a metre */
static const double FARTHEST = 0.2; /* of the scale at which everything fits */

/* What of a level is shown. */
typedef struct cut {
    mu_point low, high;
} cut;

static cut cut_of(const mu_camera *camera, const mu_scenery *scene, uint32_t level) {
    const mu_scenery_level *l = &scene->levels[level];
    if (!camera->built || !(l->built_low.x < l->built_high.x)) {
        return (cut){l->low, l->high};
    }
    return (cut){
        {fmax(l->built_low.x - CROP_M, l->low.x), fmax(l->built_low.y - CROP_M, l->low.y)},
        {fmin(l->built_high.x + CROP_M, l->high.x), fmin(l->built_high.y + CROP_M, l->high.y)}};
}

/* Column and row of the k-th sheet: the highest level stands in the upper left. */
typedef struct table {
    uint32_t levels[MU_SHEETS_MOST];
    cut cuts[MU_SHEETS_MOST];
    uint32_t count, columns;
    double widths[MU_SHEETS_MOST], heights[MU_SHEETS_MOST]; /* of columns and rows */
    double apart;
    double width, height;
} table;

static double wide(const cut *c) {
    return fmax(c->high.x - c->low.x, 1);
}

static double tall(const cut *c) {
    return fmax(c->high.y - c->low.y, 1);
}

static void measure(table *t, uint32_t columns) {
    t->columns = columns;
    t->width = t->height = 0;
    const uint32_t rows = (t->count + columns - 1) / columns;
    for (uint32_t c = 0; c < columns; c++) {
        t->widths[c] = 0;
        for (uint32_t k = c; k < t->count; k += columns) {
            t->widths[c] = fmax(t->widths[c], wide(&t->cuts[k]));
        }
        t->width += t->widths[c] + (c > 0 ? t->apart : 0);
    }
    for (uint32_t r = 0; r < rows; r++) {
        t->heights[r] = 0;
        for (uint32_t k = r * columns; k < t->count && k < (r + 1) * columns; k++) {
            t->heights[r] = fmax(t->heights[r], tall(&t->cuts[k]));
        }
        t->height += t->heights[r] + (r > 0 ? t->apart : 0);
    }
}

static double scale_for(const mu_camera *camera, double width, double height) {
    const double share = 1 - MARGIN, free_height = (double)camera->view.height - camera->head;
    return fmin(share * (double)camera->view.width / width, share * fmax(free_height, 1) / height);
}

static void choose_columns(table *t, const mu_camera *camera) {
    uint32_t best = 1;
    double best_scale = 0;
    for (uint32_t columns = 1; columns <= t->count; columns++) {
        measure(t, columns);
        const double scale = scale_for(camera, t->width, t->height);
        if (scale > best_scale * 1.001) {
            best = columns;
            best_scale = scale;
        }
    }
    measure(t, best);
}

/* Sheets of one column share their middle, so that stairs stand above each other. */
static void place(mu_camera *camera, const table *t) {
    double top = 0;
    for (uint32_t k = 0; k < t->count; k++) {
        const uint32_t column = k % t->columns, row = k / t->columns;
        if (column == 0 && row > 0) {
            top -= t->heights[row - 1] + t->apart;
        }
        double left = 0;
        for (uint32_t c = 0; c < column; c++) {
            left += t->widths[c] + t->apart;
        }
        const cut *c = &t->cuts[k];
        const mu_point low = {left + (t->widths[column] - wide(c)) / 2,
                              top - (t->heights[row] + tall(c)) / 2};
        camera->sheets[k] = (mu_sheet){.level = t->levels[k],
                                       .offset = {low.x - c->low.x, low.y - c->low.y},
                                       .low = low,
                                       .high = {low.x + wide(c), low.y + tall(c)}};
    }
    camera->sheet_count = t->count;
}

void mu_camera_lay(mu_camera *camera, const mu_scenery *scene, uint32_t level) {
    table t = {.count = 0};
    for (uint32_t k = scene->level_count; k > 0 && t.count < MU_SHEETS_MOST; k--) {
        if (level == MU_NOWHERE || level == k - 1) {
            t.levels[t.count++] = k - 1;
        }
    }
    for (uint32_t k = 0; k < t.count; k++) {
        t.cuts[k] = cut_of(camera, scene, t.levels[k]);
        t.apart = fmax(t.apart, fmax(camera->apart, APART) * tall(&t.cuts[k]));
    }
    if (t.count > 0) {
        choose_columns(&t, camera);
        place(camera, &t);
    }
    mu_camera_fit(camera);
}

static void extent(const mu_camera *camera, mu_point *low, mu_point *high) {
    *low = (mu_point){INFINITY, INFINITY};
    *high = (mu_point){-INFINITY, -INFINITY};
    for (uint32_t i = 0; i < camera->sheet_count; i++) {
        *low = (mu_point){fmin(low->x, camera->sheets[i].low.x),
                          fmin(low->y, camera->sheets[i].low.y)};
        *high = (mu_point){fmax(high->x, camera->sheets[i].high.x),
                           fmax(high->y, camera->sheets[i].high.y)};
    }
}

void mu_camera_fit(mu_camera *camera) {
    mu_point low, high;
    if (camera->sheet_count == 0) {
        return;
    }
    extent(camera, &low, &high);
    camera->scale = scale_for(camera, fmax(high.x - low.x, 1), fmax(high.y - low.y, 1));
    camera->x = (low.x + high.x) / 2;
    const double spare =
        (double)camera->view.height - camera->head - camera->scale * (high.y - low.y);
    const double foot = fmin(camera->foot, fmax(spare, 0));
    camera->y = (low.y + high.y) / 2 + (camera->head - foot) / 2 / camera->scale;
}

void mu_camera_pan(mu_camera *camera, double dx, double dy) {
    camera->x -= dx / camera->scale;
    camera->y += dy / camera->scale;
}

static mu_point table_at(const mu_camera *camera, double x, double y) {
    const double middle_x = (double)camera->view.x + (double)camera->view.width / 2;
    const double middle_y = (double)camera->view.y + (double)camera->view.height / 2;
    return (mu_point){camera->x + (x - middle_x) / camera->scale,
                      camera->y - (y - middle_y) / camera->scale};
}

void mu_camera_zoom(mu_camera *camera, double factor, double x, double y) {
    mu_point low, high;
    extent(camera, &low, &high);
    const double all = scale_for(camera, fmax(high.x - low.x, 1), fmax(high.y - low.y, 1));
    const mu_point under = table_at(camera, x, y);
    camera->scale = fmin(fmax(camera->scale * factor, all * FARTHEST), CLOSEST);
    const mu_point now = table_at(camera, x, y);
    camera->x += under.x - now.x;
    camera->y += under.y - now.y;
}

bool mu_camera_centre(mu_camera *camera, uint32_t level, mu_point at) {
    const mu_sheet *sheet = mu_camera_sheet(camera, level);
    if (sheet != NULL) {
        camera->x = at.x + sheet->offset.x;
        camera->y = at.y + sheet->offset.y;
    }
    return sheet != NULL;
}

const mu_sheet *mu_camera_sheet(const mu_camera *camera, uint32_t level) {
    for (uint32_t i = 0; i < camera->sheet_count; i++) {
        if (camera->sheets[i].level == level) {
            return &camera->sheets[i];
        }
    }
    return NULL;
}

static bool holds(const mu_sheet *sheet, mu_point p) {
    return p.x >= sheet->low.x && p.x <= sheet->high.x && p.y >= sheet->low.y &&
           p.y <= sheet->high.y;
}

const mu_sheet *mu_camera_shows(const mu_camera *camera, uint32_t level, mu_point at) {
    const mu_sheet *sheet = mu_camera_sheet(camera, level);
    const bool shown =
        sheet != NULL && (camera->sheet_count == 1 ||
                          holds(sheet, (mu_point){at.x + sheet->offset.x, at.y + sheet->offset.y}));
    return shown ? sheet : NULL;
}

mu_vec mu_camera_map(const mu_camera *camera, const mu_sheet *sheet, mu_point at) {
    const double x = at.x + sheet->offset.x - camera->x, y = at.y + sheet->offset.y - camera->y;
    return (mu_vec){camera->view.x + camera->view.width / 2 + (float)(x * camera->scale),
                    camera->view.y + camera->view.height / 2 - (float)(y * camera->scale)};
}

mu_box mu_camera_clip(const mu_camera *camera, const mu_sheet *sheet) {
    if (camera->sheet_count == 1) {
        return camera->view;
    }
    const mu_sheet flat = {.offset = {0, 0}};
    const mu_vec a = mu_camera_map(camera, &flat, (mu_point){sheet->low.x, sheet->high.y});
    const mu_vec b = mu_camera_map(camera, &flat, (mu_point){sheet->high.x, sheet->low.y});
    const float edge = 2; /* walls at the edge show in full */
    const float left = fmaxf(a.x - edge, camera->view.x), top = fmaxf(a.y - edge, camera->view.y);
    const float right = fminf(b.x + edge, camera->view.x + camera->view.width);
    const float bottom = fminf(b.y + edge, camera->view.y + camera->view.height);
    return (mu_box){left, top, fmaxf(right - left, 0), fmaxf(bottom - top, 0)};
}

bool mu_camera_at(const mu_camera *camera, double x, double y, uint32_t *level, mu_point *at) {
    const mu_point p = table_at(camera, x, y);
    for (uint32_t i = 0; i < camera->sheet_count; i++) {
        const mu_sheet *sheet = &camera->sheets[i];
        if (camera->sheet_count == 1 || holds(sheet, p)) {
            *level = sheet->level;
            *at = (mu_point){p.x - sheet->offset.x, p.y - sheet->offset.y};
            return true;
        }
    }
    return false;
}
