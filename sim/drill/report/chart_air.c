/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Concentration in each air zone against time, on a scale of powers of ten, with the 60-minute
 * guideline levels across it. Zones are told apart by dash and by a label at their ends. */
#include <math.h>

#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/words.h"

enum { TOP = 26, LEFT = 58, BOTTOM = 42, PLOT_HEIGHT = 280, LABEL_ROOM = 215, ZONES_MOST = 6 };
#define LEAST_PPM 0.01
#define LABEL_GAP 15.0

typedef struct frame {
    const mu_gas_finding *gas;
    uint32_t zones[ZONES_MOST]; /* shown, the highest first */
    uint32_t count;
    double right_s, plot_width, decades; /* from LEAST_PPM up */
} frame;

static double time_of(uint32_t step) {
    return mu_time_to_s(MU_GAS_STEP_US) * step;
}

static double x_of(const frame *f, double seconds) {
    return LEFT + f->plot_width * seconds / f->right_s;
}

static double y_of(const frame *f, double ppm) {
    const double up = log10(fmax(ppm, LEAST_PPM) / LEAST_PPM) / f->decades;
    return TOP + PLOT_HEIGHT * (1 - up);
}

/* The zones with the highest peaks that are above the frame's foot. */
static void choose_zones(frame *f, uint32_t zones) {
    for (uint32_t z = 0; z < zones; z++) {
        const double peak = f->gas->zones[z].peak_ppm;
        if (peak <= 2 * LEAST_PPM) {
            continue;
        }
        uint32_t at = f->count < ZONES_MOST ? f->count++ : ZONES_MOST;
        while (at > 0 && f->gas->zones[f->zones[at - 1]].peak_ppm < peak) {
            if (at < ZONES_MOST) {
                f->zones[at] = f->zones[at - 1];
            }
            at--;
        }
        if (at < ZONES_MOST) {
            f->zones[at] = z;
        }
    }
}

/* The time after which nothing shown is above the foot of the frame. */
static double last_gas(const frame *f) {
    uint32_t last = 1;
    for (uint32_t k = 0; k < f->count; k++) {
        for (uint32_t s = last; s < f->gas->steps; s++) {
            last = f->gas->zones[f->zones[k]].ppm[s] > LEAST_PPM ? s : last;
        }
    }
    return time_of(last) * 1.02;
}

static void draw_axes(mu_page *page, const mu_view *view, const frame *f) {
    for (int d = 0; d <= (int)f->decades; d++) {
        const double ppm = LEAST_PPM * pow(10, d), y = y_of(f, ppm);
        mu_svg_line(page, d == 0 ? "axis" : "grid", LEFT, y, LEFT + f->plot_width, y);
        mu_svg_text(page, "tick", LEFT - 8, y + 4, "end", mu_say(view, "%g", ppm));
    }
    mu_svg_text(page, "axis-title", LEFT - 8, TOP - 12, "end", "ppm");
    const double step = mu_svg_time_step(f->right_s, 9);
    for (int k = 0; step * k <= f->right_s; k++) {
        const double x = x_of(f, step * k), foot = TOP + PLOT_HEIGHT;
        mu_svg_line(page, "axis", x, foot, x, foot + 4);
        mu_svg_text(page, "tick", x, foot + 18, "middle",
                    mu_say(view, "%d:%02d", (int)(step * k / 3600), (int)(step * k / 60) % 60));
    }
    mu_svg_text(page, "axis-title", LEFT + f->plot_width / 2, TOP + PLOT_HEIGHT + 36, "middle",
                _("time from the start of the incident, h:min"));
}

static void draw_levels(mu_page *page, const mu_view *view, const frame *f) {
    const mu_aegl *aegl = mu_aegl_of((mu_substance)view->plan->incident.release.substance);
    for (int band = 0; band < MU_AEGL_BANDS; band++) {
        const double ppm = aegl->ppm[band][MU_AEGL_HOUR], y = y_of(f, ppm);
        mu_svg_line(page, "air-level", LEFT, y, LEFT + f->plot_width, y);
        mu_svg_text(page, "air-level-label", LEFT + f->plot_width - 4, y - 4, "end",
                    mu_say(view, "AEGL-%d  %g ppm", band + 1, ppm));
    }
}

static void draw_zone(mu_page *page, const frame *f, uint32_t k) {
    const mu_gas_zone_finding *zone = &f->gas->zones[f->zones[k]];
    uint32_t last = 0; /* on the foot of the frame there is nothing to see */
    for (uint32_t s = 0; s < f->gas->steps; s++) {
        last = zone->ppm[s] > LEAST_PPM ? s : last;
    }
    mu_page_print(page, "<polyline class=\"air-zone air-%u\" points=\"", k);
    for (uint32_t s = 0; s <= last && time_of(s) <= f->right_s; s++) {
        mu_page_print(page, "%.2f,%.2f ", x_of(f, time_of(s)), y_of(f, zone->ppm[s]));
    }
    mu_page_put(page, "\"/>\n");
}

static const char *say_ppm(const mu_view *view, double ppm) {
    return mu_say(view, ppm >= 100 ? "%.0f" : "%.2g", ppm);
}

/* A key in the order of the peaks, beside the plot. */
static void draw_key(mu_page *page, const mu_view *view, const frame *f) {
    const double x = LEFT + f->plot_width + 12;
    for (uint32_t k = 0; k < f->count; k++) {
        const uint32_t z = f->zones[k];
        const double y = TOP + 10 + 2.2 * LABEL_GAP * k;
        mu_page_print(page,
                      "<polyline class=\"air-zone air-%u\" points=\"%.2f,%.2f %.2f,%.2f\"/>\n", k,
                      x, y - 4, x + 26, y - 4);
        mu_svg_text(page, "label", x + 32, y, "start",
                    mu_say_text(view, &view->plan->site.air_zones.items[z].name));
        mu_svg_text(page, "tick", x + 32, y + LABEL_GAP, "start",
                    mu_say(view, _("at most %s ppm"), say_ppm(view, f->gas->zones[z].peak_ppm)));
    }
}

bool mu_chart_air_is_worth(const mu_view *view) {
    for (uint32_t z = 0; z < view->plan->site.air_zones.count && view->findings->gas.is_given;
         z++) {
        if (view->findings->gas.zones[z].peak_ppm > 2 * LEAST_PPM) {
            return true;
        }
    }
    return false;
}

void mu_chart_air(mu_page *page, const mu_view *view) {
    frame f = {.gas = &view->findings->gas, .plot_width = MU_SVG_WIDTH - LEFT - LABEL_ROOM};
    choose_zones(&f, view->plan->site.air_zones.count);
    const mu_aegl *aegl = mu_aegl_of((mu_substance)view->plan->incident.release.substance);
    const double most =
        fmax(f.gas->zones[f.zones[0]].peak_ppm, aegl->ppm[MU_AEGL_BANDS - 1][MU_AEGL_HOUR]);
    f.decades = ceil(log10(most / LEAST_PPM) - 1e-9);
    f.right_s = last_gas(&f);
    mu_svg_open(page, MU_SVG_WIDTH, TOP + PLOT_HEIGHT + BOTTOM,
                _("Concentration in each air zone against time"));
    draw_axes(page, view, &f);
    draw_levels(page, view, &f);
    for (uint32_t k = 0; k < f.count; k++) {
        draw_zone(page, &f, k);
    }
    draw_key(page, view, &f);
    mu_svg_close(page);
}
