/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inline SVG for the report: shapes with CSS classes (style.c gives them their looks), coordinates
 * in CSS pixels, y down. */
#ifndef MU_DRILL_REPORT_SVG_H
#define MU_DRILL_REPORT_SVG_H

#include "core/given.h"
#include "drill/report/page.h"
#include "muster/log.h"

#define MU_SVG_WIDTH 760.0 /* of a full-width picture; the page scales it */

/* Opens a picture; `title` is read out by screen readers. */
void mu_svg_open(mu_page *page, double width, double height, const char *title);
void mu_svg_close(mu_page *page);
void mu_svg_line(mu_page *page, const char *class_name, double x1, double y1, double x2, double y2);
void mu_svg_rect(mu_page *page, const char *class_name, double x, double y, double width,
                 double height);
void mu_svg_circle(mu_page *page, const char *class_name, double x, double y, double radius);
/* `anchor` is "start", "middle" or "end". */
void mu_svg_text(mu_page *page, const char *class_name, double x, double y, const char *anchor,
                 const char *text);
/* A polygon or, unless closed, a polyline through `count` points. */
void mu_svg_shape(mu_page *page, const char *class_name, const mu_point *points, uint32_t count,
                  bool closed);

/* The hatches by which a part of a chain is known even in black and white, once per page. */
void mu_svg_hatches(mu_page *page);
/* A rectangle filled with the hatch of a part. */
void mu_svg_part(mu_page *page, mu_part part, double x, double y, double width, double height);

/* A step of 1, 2, 5, 10, 15, 30 s, 1, 2, 5, 10, 15, 30 min, 1, 2, 5, 10 … h that divides `span`
 * seconds into at most `most` pieces. */
double mu_svg_time_step(double span_s, int most);

#endif
