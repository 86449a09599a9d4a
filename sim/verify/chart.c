/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves in a frame with round steps on its axes. */
#include "verify/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"

enum { TOP = 26, LEFT = 52, BOTTOM = 44, RIGHT = 16, HIGH = 250 };

const char mu_verify_style[] =
    ".given{fill:none;stroke:var(--ink);stroke-width:1.8;stroke-dasharray:6 4}\n"
    ".model{fill:none;stroke:var(--accent);stroke-width:2.4}\n"
    ".given-dot{fill:none;stroke:#8b96a0;stroke-width:1}.model-dot{fill:var(--accent);"
    "fill-opacity:.35}\n"
    ".case-dot{fill:#fff;stroke:var(--accent);stroke-width:2}\n"
    ".case-dot.b{stroke:#7a4b94}.model.b{stroke:#7a4b94}\n"
    ".floor{fill:#f4f6f7;stroke:#2b3640;stroke-width:1.4;fill-rule:evenodd}\n"
    ".hole{fill:#fff;stroke:#2b3640;stroke-width:1}.start{fill:#7a4b94;fill-opacity:.16;"
    "stroke:#7a4b94;stroke-width:.8;stroke-dasharray:3 2}\n"
    ".way-out{stroke:#1f7a43;stroke-width:4}.door{stroke:#fff;stroke-width:4}"
    ".door-line{stroke:#7d8993;stroke-width:1.6}.flight{stroke:#33566e;stroke-width:4;"
    "stroke-dasharray:1.5 1.5}.at{fill:#7a4b94}.line{stroke:var(--bad);stroke-width:1.6}\n"
    ".sketches{display:grid;grid-template-columns:repeat(4,1fr);gap:14px 18px;margin:8px 0 22px}\n"
    ".sketches figure{margin:0;break-inside:avoid}.sketches figcaption{font-size:11.5px}\n"
    ".sketches svg{max-height:150px}\n"
    ".pair{display:grid;grid-template-columns:2.2fr 1fr;gap:20px;align-items:center}\n"
    ".cases{table-layout:fixed}.cases th.what{width:38%}.cases th.result{width:17%}\n"
    ".cases td{padding-top:3px;padding-bottom:3px}.cases td:first-child{padding-left:16px}\n"
    ".cases tr.head td{padding-top:12px;padding-left:0;border-bottom:1px solid var(--soft);"
    "break-after:avoid}\n"
    "td.open{color:var(--soft);font-style:italic}td.good{color:var(--good)}"
    "td.bad{color:var(--bad);font-weight:700}\n"
    "@media screen and (max-width:700px){.sketches{grid-template-columns:repeat(2,1fr)}"
    ".pair{grid-template-columns:1fr}}\n";

typedef struct frame {
    double wide, x_most, y_most;
} frame;

static double x_of(const frame *f, double x) {
    return LEFT + (f->wide - LEFT - RIGHT) * x / f->x_most;
}
static double y_of(const frame *f, double y) {
    return TOP + HIGH * (1 - y / f->y_most);
}

/* 1, 2 or 5 times a power of ten, so that no more than `most` of them make the span. */
static double round_step(double span, int most) {
    const double base = pow(10, floor(log10(span / most)));
    const double times[] = {1, 2, 5, 10};
    for (int i = 0; i < 4; i++) {
        if (span / (base * times[i]) <= most) {
            return base * times[i];
        }
    }
    return base * 10;
}

static void draw_frame(mu_page *page, const frame *f, const char *x_title, const char *y_title) {
    char text[32];
    const double dx = round_step(f->x_most, 8), dy = round_step(f->y_most, 6);
    for (int k = 0; k * dy <= f->y_most * 1.0001; k++) {
        mu_svg_line(page, k == 0 ? "axis" : "grid", LEFT, y_of(f, k * dy), f->wide - RIGHT,
                    y_of(f, k * dy));
        (void)snprintf(text, sizeof text, "%g", k * dy);
        mu_svg_text(page, "tick", LEFT - 8, y_of(f, k * dy) + 4, "end", text);
    }
    for (int k = 0; k * dx <= f->x_most * 1.0001; k++) {
        mu_svg_line(page, "axis", x_of(f, k * dx), y_of(f, 0), x_of(f, k * dx), y_of(f, 0) + 4);
        (void)snprintf(text, sizeof text, "%g", k * dx);
        mu_svg_text(page, "tick", x_of(f, k * dx), y_of(f, 0) + 18, "middle", text);
    }
    mu_svg_text(page, "axis-title", (LEFT + f->wide - RIGHT) / 2, y_of(f, 0) + 38, "middle",
                x_title);
    mu_svg_text(page, "axis-title", LEFT - 40, 11, "start", y_title);
}

static void draw_dot(mu_page *page, const frame *f, const char *class_name, double x, double y,
                     double radius) {
    if (x >= 0 && x <= f->x_most && y >= 0 && y <= f->y_most) {
        mu_svg_circle(page, class_name, x_of(f, x), y_of(f, y), radius);
    }
}

static void draw_key(mu_page *page, const frame *f, int row, const char *class_name, bool dot,
                     const char *text) {
    const double x = f->wide - RIGHT - 230, y = TOP + 14 + 18 * row;
    if (dot) {
        mu_svg_circle(page, class_name, x + 11, y - 4, 4);
    } else {
        mu_svg_line(page, class_name, x, y - 4, x + 22, y - 4);
    }
    mu_svg_text(page, "label", x + 30, y, "start", text);
}

/* Weidmann 1993. */
static double weidmann(double density) {
    return 1.34 * (1 - exp(-1.913 * (1 / density - 1 / 5.4)));
}

/* Density and speed of a scene that has both a speed and an area flow checked. */
static bool find_pair(const mu_verified *item, uint32_t speed_check, mu_point *out) {
    const mu_case *given = item->given;
    const mu_case_check *speed = &given->checks.items[speed_check];
    for (uint32_t c = 0; c < given->checks.count; c++) {
        const mu_case_check *flow = &given->checks.items[c];
        if (flow->measure == MU_CASE_AREA_FLOW && flow->over == NULL && flow->scene != NULL &&
            speed->scene != NULL && strcmp(flow->scene, speed->scene) == 0) {
            out->y = item->results[speed_check].measured;
            out->x = item->results[c].measured / out->y;
            return isfinite(out->x) && isfinite(out->y);
        }
    }
    return false;
}

static int draw_case_points(mu_page *page, const frame *f, const mu_verified *item,
                            const char *class_name) {
    int drawn = 0;
    for (uint32_t c = 0; item->results != NULL && c < item->given->checks.count; c++) {
        mu_point at;
        const mu_case_check *check = &item->given->checks.items[c];
        if (check->measure == MU_CASE_SPEED && check->less == NULL && check->over == NULL &&
            find_pair(item, c, &at)) {
            draw_dot(page, f, class_name, at.x, at.y, 4.5);
            drawn++;
        }
    }
    return drawn;
}

/* Densities and speeds of single people. */
static bool is_cloud(const mu_figure *figure) {
    return figure->shape == MU_FIGURE_LIST && figure->meaning.quantity == MU_QUANTITY_METHOD_B;
}

static void draw_experiment_points(mu_page *page, const frame *f, const mu_figure *group) {
    for (uint32_t i = 0; i < group->parts.count; i++) {
        const mu_figure *part = &group->parts.items[i];
        if (is_cloud(part)) {
            for (uint32_t k = 0; k < part->pairs.count; k++) {
                draw_dot(page, f, "given-dot", part->pairs.items[k].x, part->pairs.items[k].y, 2.5);
            }
            for (uint32_t k = 0; k < part->found_count; k++) {
                draw_dot(page, f, "model-dot", part->found[k].x, part->found[k].y, 2.5);
            }
        }
    }
}

static bool experiment_has_points(const mu_figure *group) {
    for (uint32_t i = 0; i < group->parts.count; i++) {
        const mu_figure *part = &group->parts.items[i];
        if (is_cloud(part) && part->pairs.count + part->found_count > 0) {
            return true;
        }
    }
    return false;
}

static bool has_points(const mu_verification *v) {
    for (uint32_t i = 0; i < v->count; i++) {
        const mu_trial *trial = v->items[i].trial;
        if (trial != NULL && experiment_has_points(&trial->experiment.measured)) {
            return true;
        }
        mu_point at;
        for (uint32_t c = 0; v->items[i].results != NULL && c < v->items[i].given->checks.count;
             c++) {
            if (v->items[i].given->checks.items[c].measure == MU_CASE_SPEED &&
                find_pair(&v->items[i], c, &at)) {
                return true;
            }
        }
    }
    return false;
}

bool mu_chart_fundamental(mu_page *page, const mu_verification *v) {
    if (!has_points(v)) {
        return false;
    }
    const frame f = {.wide = MU_SVG_WIDTH, .x_most = 6, .y_most = 1.8};
    mu_svg_open(page, MU_SVG_WIDTH, TOP + HIGH + BOTTOM, _("Speed against density"));
    draw_frame(page, &f, _("density, persons per m²"), _("speed, m/s"));
    mu_page_put(page, "<polyline class=\"given\" points=\"");
    for (int k = 1; k <= 53; k++) {
        mu_page_print(page, "%.2f,%.2f ", x_of(&f, k * 0.1), y_of(&f, weidmann(k * 0.1)));
    }
    mu_page_put(page, "\"/>\n");
    draw_key(page, &f, 0, "given", false, _("Weidmann 1993"));
    int row = 1;
    for (uint32_t i = 0; i < v->count; i++) {
        const mu_verified *item = &v->items[i];
        const char *class_name = row % 2 == 1 ? "case-dot" : "case-dot b";
        if (item->trial != NULL) {
            draw_experiment_points(page, &f, &item->trial->experiment.measured);
        } else if (draw_case_points(page, &f, item, class_name) > 2) {
            draw_key(page, &f, row++, class_name, true, item->given->id);
        }
    }
    mu_svg_close(page);
    return true;
}

/* Widths and flows of a case that asks for a straight line over them. */
static const mu_case_check *find_line(const mu_verified *item) {
    for (uint32_t c = 0; item->results != NULL && c < item->given->checks.count; c++) {
        if (item->given->checks.items[c].measure == MU_CASE_LINEARITY) {
            return &item->given->checks.items[c];
        }
    }
    return NULL;
}

static void draw_flows(mu_page *page, const frame *f, const mu_verified *item,
                       const mu_case_check *line, const char *curve, const char *dot) {
    mu_page_print(page, "<polyline class=\"%s\" points=\"", curve);
    for (uint32_t k = 0; k < line->of.count; k++) {
        const uint32_t c = mu_case_find_check(item->given, line->of.items[k]);
        mu_page_print(page, "%.2f,%.2f ", x_of(f, item->given->checks.items[c].value),
                      y_of(f, item->results[c].measured));
    }
    mu_page_put(page, "\"/>\n");
    for (uint32_t k = 0; k < line->of.count; k++) {
        const uint32_t c = mu_case_find_check(item->given, line->of.items[k]);
        draw_dot(page, f, dot, item->given->checks.items[c].value, item->results[c].measured, 4.5);
    }
}

bool mu_chart_bottlenecks(mu_page *page, const mu_verification *v) {
    const frame f = {.wide = MU_SVG_WIDTH, .x_most = 3, .y_most = 6};
    int row = 1;
    for (uint32_t i = 0; i < v->count; i++) {
        const mu_case_check *line = v->items[i].given != NULL ? find_line(&v->items[i]) : NULL;
        if (line == NULL) {
            continue;
        }
        if (row == 1) {
            mu_svg_open(page, MU_SVG_WIDTH, TOP + HIGH + BOTTOM, _("Flow against width"));
            draw_frame(page, &f, _("width of the bottleneck, m"), _("flow, persons per second"));
            mu_svg_line(page, "given", x_of(&f, 0), y_of(&f, 0), x_of(&f, 3), y_of(&f, 5.7));
            draw_key(page, &f, 0, "given", false, _("1.9 per metre: Seyfried 2009"));
        }
        draw_flows(page, &f, &v->items[i], line, row % 2 == 1 ? "model" : "model b",
                   row % 2 == 1 ? "case-dot" : "case-dot b");
        draw_key(page, &f, row, row % 2 == 1 ? "case-dot" : "case-dot b", true,
                 v->items[i].given->id);
        row++;
    }
    if (row > 1) {
        mu_svg_close(page);
    }
    return row > 1;
}

/* The group of times at which shares had crossed: the first there is. */
static const mu_figure *find_shares(const mu_figure *group) {
    for (uint32_t i = 0; i < group->parts.count; i++) {
        const mu_figure *part = &group->parts.items[i];
        if (part->shape == MU_FIGURE_NUMBER && part->meaning.quantity == MU_QUANTITY_AT_SHARE) {
            return group;
        }
        const mu_figure *found = find_shares(part);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

static void draw_shares(mu_page *page, const frame *f, const mu_figure *shares, bool given) {
    mu_page_print(page, "<polyline class=\"%s\" points=\"", given ? "given" : "model");
    for (uint32_t i = 0; i < shares->parts.count; i++) {
        const mu_figure *part = &shares->parts.items[i];
        const double time = given ? part->given : mu_figure_mean(part);
        if (!isnan(time)) {
            mu_page_print(page, "%.2f,%.2f ", x_of(f, time), y_of(f, 100 * part->meaning.share));
        }
    }
    mu_page_put(page, "\"/>\n");
}

bool mu_chart_passage(mu_page *page, const mu_experiment *experiment) {
    const mu_figure *shares = find_shares(&experiment->measured);
    frame f = {.wide = 520, .x_most = 1, .y_most = 100};
    if (shares == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < shares->parts.count; i++) {
        f.x_most = fmax(f.x_most, shares->parts.items[i].given);
        f.x_most = fmax(f.x_most, mu_figure_mean(&shares->parts.items[i]));
    }
    f.x_most *= 1.05;
    mu_svg_open(page, f.wide, TOP + HIGH + BOTTOM, _("People past the line against time"));
    draw_frame(page, &f, _("time, s"), _("past the line, %"));
    draw_shares(page, &f, shares, true);
    draw_shares(page, &f, shares, false);
    const double x = f.wide - RIGHT - 130, y = y_of(&f, 0) - 34;
    mu_svg_line(page, "given", x, y - 4, x + 22, y - 4);
    mu_svg_text(page, "label", x + 30, y, "start", _("people"));
    mu_svg_line(page, "model", x, y + 14, x + 22, y + 14);
    mu_svg_text(page, "label", x + 30, y + 18, "start", _("model"));
    mu_svg_close(page);
    return true;
}
