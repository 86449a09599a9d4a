/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Care over time: the share of casualties who have been found, sorted, treated, taken away. A step
 * line each, told apart by dash and by a label at its end. */
#include <math.h>

#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/words.h"

enum { TOP = 14, LEFT = 46, BOTTOM = 42, PLOT_HEIGHT = 230, LABEL_ROOM = 170, LABEL_APART = 17 };

/* What is drawn: carrying and the hospital's door stand in the table. */
static const struct {
    mu_care_stage stage;
    const char *class_name;
    const char *label;
} lines[] = {
    {MU_CARE_FOUND, "care-found", N_("found")},
    {MU_CARE_TAGGED, "care-tagged", N_("sorted")},
    {MU_CARE_TREATED, "care-treated", N_("treated")},
    {MU_CARE_TAKEN, "care-taken", N_("taken to hospital")},
};
enum { LINES = sizeof lines / sizeof lines[0] };

static double x_of(const mu_care_findings *care, double seconds) {
    const double right_s = care->curve_s[care->curve_count - 1];
    return LEFT + (MU_SVG_WIDTH - LEFT - LABEL_ROOM) * seconds / right_s;
}

static double y_of(double share) {
    return TOP + PLOT_HEIGHT * (1 - share);
}

static const char *say_clock(const mu_view *view, double seconds) {
    const int minutes = (int)(seconds / 60);
    return minutes < 60
               ? mu_say(view, "%d:%02d", minutes, (int)fmod(seconds, 60))
               : mu_say(view, "%d:%02d:%02d", minutes / 60, minutes % 60, (int)fmod(seconds, 60));
}

static void draw_axes(mu_page *page, const mu_view *view) {
    const mu_care_findings *care = &view->findings->care;
    const double right_s = care->curve_s[care->curve_count - 1];
    const double right = x_of(care, right_s);
    for (int quarter = 0; quarter <= 4; quarter++) {
        const double y = y_of(quarter / 4.0);
        mu_svg_line(page, quarter == 0 ? "axis" : "grid", LEFT, y, right, y);
        mu_svg_text(page, "tick", LEFT - 8, y + 4, "end", mu_say_percent(view, quarter / 4.0));
    }
    const double step = mu_svg_time_step(right_s, 8);
    for (int k = 0; step * k <= right_s; k++) {
        const double x = x_of(care, step * k);
        mu_svg_line(page, "axis", x, y_of(0), x, y_of(0) + 4);
        mu_svg_text(page, "tick", x, y_of(0) + 18, "middle", say_clock(view, step * k));
    }
    mu_svg_text(page, "axis-title", (LEFT + right) / 2, y_of(0) + 36, "middle",
                _("time since they were hurt"));
}

static void draw_line(mu_page *page, const mu_care_findings *care, int line) {
    const double *share = care->curves[lines[line].stage];
    mu_page_print(page, "<polyline class=\"%s\" points=\"", lines[line].class_name);
    for (uint32_t t = 0; t < care->curve_count; t++) {
        mu_page_print(page, "%.2f,%.2f ", x_of(care, care->curve_s[t]), y_of(share[t]));
    }
    mu_page_put(page, "\"/>\n");
}

/* Labels at the ends of the lines, pushed apart downwards in the order in which care goes on. */
static void draw_labels(mu_page *page, const mu_care_findings *care) {
    const double x = x_of(care, care->curve_s[care->curve_count - 1]) + 8;
    double lowest = -LABEL_APART;
    for (int line = 0; line < LINES; line++) {
        double y = y_of(care->curves[lines[line].stage][care->curve_count - 1]) + 4;
        y = y < lowest + LABEL_APART ? lowest + LABEL_APART : y;
        lowest = y;
        mu_svg_line(page, lines[line].class_name, x, y - 4, x + 24, y - 4);
        mu_svg_text(page, "label", x + 30, y, "start", _(lines[line].label));
    }
}

void mu_chart_care(mu_page *page, const mu_view *view) {
    const mu_care_findings *care = &view->findings->care;
    if (care->curve_count < 2) {
        return;
    }
    mu_svg_open(page, MU_SVG_WIDTH, TOP + PLOT_HEIGHT + BOTTOM,
                _("Share of casualties found, sorted, treated and taken away against time"));
    draw_axes(page, view);
    for (int line = 0; line < LINES; line++) {
        draw_line(page, care, line);
    }
    draw_labels(page, care);
    mu_svg_close(page);
}
