/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two curves in one frame, told apart by dash and by a label at their ends rather than by colour.
 */
#include <math.h>

#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/words.h"

enum { TOP = 14, LEFT = 46, BOTTOM = 42, PLOT_HEIGHT = 230, LABEL_ROOM = 150 };

typedef struct frame {
    double right_s; /* time at the right edge */
    double plot_width;
} frame;

static double x_of(const frame *f, double seconds) {
    return LEFT + f->plot_width * seconds / f->right_s;
}

static double y_of(double share) {
    return TOP + PLOT_HEIGHT * (1 - share);
}

/* The time after which neither curve changes any more, and a little more. */
static double last_change(const mu_findings *findings) {
    uint32_t last = findings->curve_count - 1;
    while (last > 1 && fabs(findings->left_low[last - 1] - findings->left_low[last]) < 1e-9 &&
           fabs(findings->left_share[last - 1] - findings->left_share[last]) < 1e-9 &&
           fabs(findings->alerted_share[last - 1] - findings->alerted_share[last]) < 1e-9) {
        last--;
    }
    return findings->curve_s[last] * 1.04;
}

static void draw_axes(mu_page *page, const mu_view *view, const frame *f) {
    for (int quarter = 0; quarter <= 4; quarter++) {
        const double y = y_of(quarter / 4.0);
        mu_svg_line(page, quarter == 0 ? "axis" : "grid", LEFT, y, LEFT + f->plot_width, y);
        mu_svg_text(page, "tick", LEFT - 8, y + 4, "end", mu_say_percent(view, quarter / 4.0));
    }
    const double unit = f->right_s > 7200 ? 3600 : 60;
    const double step = mu_svg_time_step(f->right_s, 9);
    for (int k = 0; step * k <= f->right_s; k++) {
        const double t = step * k;
        mu_svg_line(page, "axis", x_of(f, t), y_of(0), x_of(f, t), y_of(0) + 4);
        mu_svg_text(page, "tick", x_of(f, t), y_of(0) + 18, "middle",
                    mu_say(view, "%d:%02d", (int)(t / unit), (int)(fmod(t, unit) * 60 / unit)));
    }
    mu_svg_text(page, "axis-title", LEFT + f->plot_width / 2, y_of(0) + 36, "middle",
                unit > 60 ? _("time from the start of the incident, h:min")
                          : _("time from the start of the incident, min:s"));
}

/* The band from low to high: forth along one and back along the other. */
static void draw_band(mu_page *page, const mu_view *view, const frame *f, const char *class_name,
                      const double *low, const double *high) {
    const mu_findings *findings = view->findings;
    mu_page_print(page, "<polygon class=\"%s\" points=\"", class_name);
    const uint32_t count = findings->curve_count;
    for (uint32_t i = 0; i < 2 * count; i++) {
        const uint32_t k = i < count ? i : 2 * count - 1 - i;
        if (findings->curve_s[k] <= f->right_s) {
            mu_page_print(page, "%.2f,%.2f ", x_of(f, findings->curve_s[k]),
                          y_of(i < count ? high[k] : low[k]));
        }
    }
    mu_page_put(page, "\"/>\n");
}

static void draw_curve(mu_page *page, const mu_view *view, const frame *f, const char *class_name,
                       const double *share) {
    mu_page_print(page, "<polyline class=\"%s\" points=\"", class_name);
    for (uint32_t k = 0; k < view->findings->curve_count; k++) {
        if (view->findings->curve_s[k] <= f->right_s) {
            mu_page_print(page, "%.2f,%.2f ", x_of(f, view->findings->curve_s[k]), y_of(share[k]));
        }
    }
    mu_page_put(page, "\"/>\n");
}

/* The value of a curve at the right edge of the frame. */
static double at_edge(const mu_findings *findings, const frame *f, const double *share) {
    double value = share[0];
    for (uint32_t k = 0; k < findings->curve_count && findings->curve_s[k] <= f->right_s; k++) {
        value = share[k];
    }
    return value;
}

static void draw_labels(mu_page *page, const mu_view *view, const frame *f) {
    const mu_findings *findings = view->findings;
    double out = y_of(at_edge(findings, f, findings->left_share)) + 4;
    const double told = y_of(at_edge(findings, f, findings->alerted_share)) + 4;
    if (fabs(out - told) < 18) {
        out = told + 18;
    }
    const double x = LEFT + f->plot_width + 8;
    mu_svg_line(page, "curve-told", x, told - 4, x + 22, told - 4);
    mu_svg_text(page, "label", x + 28, told, "start", _("reached"));
    mu_svg_line(page, "curve-out", x, out - 4, x + 22, out - 4);
    mu_svg_text(page, "label", x + 28, out, "start", _("out of the building"));
}

void mu_chart_curves(mu_page *page, const mu_view *view) {
    const mu_findings *findings = view->findings;
    if (findings->curve_count < 2 || findings->curve_s[findings->curve_count - 1] <= 0) {
        return;
    }
    const frame f = {.right_s = last_change(findings),
                     .plot_width = MU_SVG_WIDTH - LEFT - LABEL_ROOM};
    mu_svg_open(page, MU_SVG_WIDTH, TOP + PLOT_HEIGHT + BOTTOM,
                _("Share of occupants reached and out of the building against time"));
    draw_axes(page, view, &f);
    draw_band(page, view, &f, "band-told", findings->alerted_low, findings->alerted_high);
    draw_band(page, view, &f, "band-out", findings->left_low, findings->left_high);
    draw_curve(page, view, &f, "curve-told", findings->alerted_share);
    draw_curve(page, view, &f, "curve-out", findings->left_share);
    draw_labels(page, view, &f);
    mu_svg_close(page);
}
