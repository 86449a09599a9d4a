/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day's wind at a leak: an arrow the way it goes with its speed, and the guidebook's square in
 * which people are protected: its side lies across the wind, with the leak in its middle. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/art.h"
#include "render/i18n.h"

static const double DEGREE = 0.017453292519943295;

/* Unit vector on the plan, y to the north, the way the wind goes. */
static mu_point downwind(const mu_frame_hazard *hazard) {
    return (mu_point){-sin(hazard->wind_from_deg * DEGREE), -cos(hazard->wind_from_deg * DEGREE)};
}

static void draw_zone(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                      const mu_frame_hazard *hazard) {
    const mu_point d = downwind(hazard);
    const double half = hazard->protect_m / 2;
    static const double across[4] = {-1, 1, 1, -1}, along[4] = {0, 0, 2, 2};
    mu_draw_path(pen->list, pen->theme->leak, 1.6 * pen->unit, true);
    mu_draw_dashed(pen->list, 4 * pen->unit, 4 * pen->unit);
    for (int i = 0; i < 4; i++) {
        const mu_point corner = {hazard->at.x + half * (along[i] * d.x - across[i] * d.y),
                                 hazard->at.y + half * (along[i] * d.y + across[i] * d.x)};
        const mu_vec p = mu_camera_map(camera, sheet, corner);
        mu_draw_point(pen->list, (double)p.x, (double)p.y);
    }
}

static void draw_arrow(const mu_pen *pen, double x, double y, double dx, double dy, double length,
                       double extra, mu_colour colour) {
    const double u = pen->unit, s = 6 * u + extra;
    const double tx = x + dx * length, ty = y + dy * length;
    mu_draw_segment(pen->list, colour, 2.4 * u + 2 * extra, x, y, tx, ty);
    const mu_vec tip[3] = {{(float)(tx + dx * 2 * s), (float)(ty + dy * 2 * s)},
                           {(float)(tx - dy * s), (float)(ty + dx * s)},
                           {(float)(tx + dy * s), (float)(ty - dx * s)}};
    mu_draw_polygon(pen->list, colour, tip, 3);
}

void mu_art_wind(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                 const mu_frame_hazard *hazard, bool zone) {
    const mu_point d = downwind(hazard);
    const mu_vec at = mu_camera_map(camera, sheet, hazard->at);
    const double u = pen->unit, from = fmax(0.6 * camera->scale, 12 * u), length = 34 * u;
    const double x = (double)at.x + d.x * from, y = (double)at.y - d.y * from;
    if (zone && hazard->protect_m > 0) {
        draw_zone(pen, camera, sheet, hazard);
    }
    draw_arrow(pen, x, y, d.x, -d.y, length, 1.2 * u, pen->theme->panel);
    draw_arrow(pen, x, y, d.x, -d.y, length, 0, pen->theme->road);
    char said[48];
    (void)snprintf(said, sizeof said, _("wind %.1f m/s"), hazard->wind_mps);
    mu_draw_label(pen->list, x + d.x * (length + 18 * u) + 8 * u,
                  y - d.y * (length + 18 * u) + 4 * u, MU_ALIGN_LEFT, mu_pen_font(pen, 11.5, true),
                  pen->theme->road, pen->theme->panel, said, strlen(said));
}
