/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Just the shapes that the charts and plans need, two decimals each. */
#include "drill/report/svg.h"

void mu_svg_open(mu_page *page, double width, double height, const char *title) {
    mu_page_print(page, "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"", width, height);
    mu_page_text(page, title);
    mu_page_put(page, "\">\n");
}

void mu_svg_close(mu_page *page) {
    mu_page_put(page, "</svg>\n");
}

void mu_svg_line(mu_page *page, const char *class_name, double x1, double y1, double x2,
                 double y2) {
    mu_page_print(page, "<line class=\"%s\" x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\"/>\n",
                  class_name, x1, y1, x2, y2);
}

void mu_svg_rect(mu_page *page, const char *class_name, double x, double y, double width,
                 double height) {
    mu_page_print(page,
                  "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>\n",
                  class_name, x, y, width, height);
}

void mu_svg_circle(mu_page *page, const char *class_name, double x, double y, double radius) {
    mu_page_print(page, "<circle class=\"%s\" cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\"/>\n", class_name,
                  x, y, radius);
}

void mu_svg_text(mu_page *page, const char *class_name, double x, double y, const char *anchor,
                 const char *text) {
    mu_page_print(page, "<text class=\"%s\" x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\">", class_name,
                  x, y, anchor);
    mu_page_text(page, text);
    mu_page_put(page, "</text>\n");
}

void mu_svg_shape(mu_page *page, const char *class_name, const mu_point *points, uint32_t count,
                  bool closed) {
    mu_page_print(page, "<%s class=\"%s\" points=\"", closed ? "polygon" : "polyline", class_name);
    for (uint32_t i = 0; i < count; i++) {
        mu_page_print(page, "%s%.2f,%.2f", i > 0 ? " " : "", points[i].x, points[i].y);
    }
    mu_page_put(page, "\"/>\n");
}

typedef struct hatch {
    const char *ground;  /* colour below */
    const char *strokes; /* in an 8 by 8 cell */
} hatch;

static const hatch hatches[MU_PART_COUNT] = {
    [MU_PART_NONE] = {"#ffffff", ""},
    [MU_PART_UNNOTICED] = {"#e3e6e8", "<circle cx='2' cy='2' r='1' fill='#7b858d'/>"
                                      "<circle cx='6' cy='6' r='1' fill='#7b858d'/>"},
    [MU_PART_DECISION] = {"#f4e3c1", "<path d='M0 8L8 0' stroke='#9a6b12'/>"},
    [MU_PART_WAIT] = {"#dd8f7a", "<path d='M0 0L8 8M0 8L8 0' stroke='#7d2f1c'/>"},
    [MU_PART_TRAVEL] = {"#9cc3d9", ""},
    [MU_PART_WORK] = {"#2f7f86", ""},
    [MU_PART_MESSAGE] = {"#e7dcf0", "<path d='M4 0V8' stroke='#6a4a86'/>"},
    [MU_PART_MECHANISM] = {"#c9cdd1", "<path d='M0 4H8M4 0V8' stroke='#4d565e'/>"},
    [MU_PART_PREMOVEMENT] = {"#dcebf3", "<path d='M0 4H8' stroke='#3f7595'/>"},
    [MU_PART_EVACUATION] = {"#9cc3d9", "<path d='M4 0V8' stroke='#1d4f6e'/>"},
    [MU_PART_DISPATCH] = {"#e4e8c9", "<path d='M0 4H8' stroke='#66702a'/>"},
    [MU_PART_ROAD] = {"#234a66", ""},
    [MU_PART_AIR] = {"#dfe9c6", "<path d='M0 6Q2 2 4 6T8 6' stroke='#5d7a2a' fill='none'/>"},
    [MU_PART_SHELTERING] = {"#cfe0c3", "<path d='M0 4H8' stroke='#3f6b2a'/>"},
};

void mu_svg_hatches(mu_page *page) {
    mu_page_put(page,
                "<svg class=\"hidden\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\n");
    for (int part = 0; part < MU_PART_COUNT; part++) {
        mu_page_print(page,
                      "<pattern id=\"part%d\" width=\"8\" height=\"8\" "
                      "patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" "
                      "fill=\"%s\"/>%s</pattern>\n",
                      part, hatches[part].ground, hatches[part].strokes);
    }
    mu_page_put(page, "</defs></svg>\n");
}

void mu_svg_part(mu_page *page, mu_part part, double x, double y, double width, double height) {
    mu_page_print(page,
                  "<rect class=\"part\" fill=\"url(#part%d)\" x=\"%.2f\" y=\"%.2f\" "
                  "width=\"%.2f\" height=\"%.2f\"/>\n",
                  (int)part, x, y, width, height);
}

double mu_svg_time_step(double span_s, int most) {
    static const double steps[] = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (span_s / steps[i] <= most) {
            return steps[i];
        }
    }
    double step = 7200;
    for (int i = 0; span_s / step > most; i++) {
        step *= i % 3 == 1 ? 2.5 : 2;
    }
    return step;
}
