/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/results_charts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/report/svg.h"

enum {
    ROW = 22,
    LABELS = 330,
    FAR_RIGHT = 150,
    PLOT_HEIGHT = 220,
    LEFT = 52,
    TOP = 26,
    BOTTOM = 46
};

typedef struct scale {
    double from, to;    /* values */
    double left, width; /* pixels */
} scale;

static double x_of(const scale *s, double value) {
    const double share = (value - s->from) / (s->to - s->from);
    return s->left + s->width * fmin(1, fmax(0, share));
}

/* 1, 2 or 5 times a power of ten that cuts the span into at most `most` pieces. */
static double step_of(double span, int most) {
    double step = pow(10, floor(log10(span / most)));
    static const double times[] = {1, 2, 5, 10};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        if (span / (step * times[i]) <= most) {
            return step * times[i];
        }
    }
    return step * 10;
}

/* A forest is narrow: few ticks, so that their labels stand clear of each other. */
static double tick_step(const mu_pair_finding *finding, double span, int most) {
    return strcmp(finding->unit, "s") == 0 ? mu_svg_time_step(span, most) : step_of(span, most);
}

static void say_tick(const mu_pair_finding *like, double value, bool sign, mu_said out) {
    if (sign && strcmp(like->unit, "1") == 0) {
        (void)snprintf(out, MU_SAID_ROOM, "%s%.0f",
                       value < 0   ? "−"
                       : value > 0 ? "+"
                                   : "",
                       100 * fabs(value));
    } else {
        mu_results_say_value(like, value, sign && value != 0, out);
    }
}

static void draw_ticks(mu_page *page, const mu_pair_finding *like, const scale *s, double top,
                       double bottom, bool sign) {
    const double step = tick_step(like, s->to - s->from, sign ? 3 : 6);
    for (double value = ceil(s->from / step) * step; value <= s->to + 1e-9 * step; value += step) {
        mu_said said;
        const double x = x_of(s, value);
        say_tick(like, fabs(value) < 1e-9 * step ? 0 : value, sign, said);
        mu_svg_line(page, "grid", x, top, x, bottom);
        mu_svg_text(page, "tick", x, bottom + 16, "middle", said);
    }
}

static void fit_label(const char *text, mu_said out) {
    (void)snprintf(out, MU_SAID_ROOM, "%s", text);
    size_t length = strlen(out);
    while (length > 8 && mu_text_width(out, 12) > LABELS - 14) {
        do { /* a whole character */
            length--;
        } while (length > 0 && ((unsigned char)out[length] & 0xc0) == 0x80);
        (void)snprintf(out + length, MU_SAID_ROOM - length, "…");
    }
}

static void draw_row(mu_page *page, const mu_forest_row *row, const scale *s, double y) {
    mu_said label;
    const char *colour = row->sign > 0   ? "forest-good"
                         : row->sign < 0 ? "forest-bad"
                                         : "forest-open";
    fit_label(row->label, label);
    mu_svg_text(page, "label", LABELS - 10, y + 4, "end", label);
    mu_svg_line(page, colour, x_of(s, row->low), y, x_of(s, row->high), y);
    mu_svg_circle(page, colour, x_of(s, row->mean), y, 4);
    mu_svg_text(page, "label", s->left + s->width + 12, y + 4, "start", row->value);
}

void mu_forest_draw(mu_page *page, const mu_forest_row *rows, uint32_t count,
                    const mu_pair_finding *like, const char *title) {
    scale s = {.left = LABELS, .width = MU_SVG_WIDTH - LABELS - FAR_RIGHT};
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        any = any || rows[i].sure;
    }
    for (uint32_t i = 0; i < count; i++) { /* a wide guess shall not squeeze what is known */
        if (!any || rows[i].sure) {
            s.from = fmin(s.from, rows[i].low);
            s.to = fmax(s.to, rows[i].high);
        }
    }
    if (s.to <= s.from) { /* nothing differs at all */
        s.to = 1;
    }
    const double span = s.to - s.from;
    s.from -= 0.04 * span;
    s.to += 0.04 * span;
    const double bottom = TOP + ROW * (double)count;
    mu_svg_open(page, MU_SVG_WIDTH, bottom + BOTTOM - 14, title);
    draw_ticks(page, like, &s, TOP - 8, bottom, true);
    mu_svg_line(page, "axis", x_of(&s, 0), TOP - 8, x_of(&s, 0), bottom);
    for (uint32_t i = 0; i < count; i++) {
        draw_row(page, &rows[i], &s, TOP + ROW * (i + 0.5));
    }
    mu_svg_close(page);
}

void mu_results_forest(mu_page *page, const mu_results *results,
                       const mu_pair_finding *const *findings, uint32_t count,
                       const char *language) {
    mu_forest_row *rows = calloc((size_t)count + 1, sizeof *rows);
    if (rows == NULL) {
        page->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const mu_pair_finding *finding = findings[i];
        rows[i] = (mu_forest_row){.low = finding->pair.low,
                                  .mean = finding->pair.mean,
                                  .high = finding->pair.high,
                                  .sign = mu_finding_sign(finding),
                                  .sure = mu_finding_survives(finding)};
        mu_results_say_name(results, finding, language, rows[i].label);
        mu_results_say_value(finding, finding->pair.mean, true, rows[i].value);
    }
    mu_forest_draw(page, rows, count, findings[0], _("Differences with their intervals"));
    free(rows);
}

static double y_of(double share) {
    return TOP + PLOT_HEIGHT * (1 - share);
}

static void draw_frame(mu_page *page, const scale *s, const mu_pair_finding *like,
                       const char *across) {
    draw_ticks(page, like, s, TOP, y_of(0), false);
    for (int quarter = 0; quarter <= 4; quarter++) {
        char text[16];
        (void)snprintf(text, sizeof text, "%d %%", 25 * quarter);
        mu_svg_line(page, quarter == 0 ? "axis" : "grid", s->left, y_of(quarter / 4.0),
                    s->left + s->width, y_of(quarter / 4.0));
        mu_svg_text(page, "tick", s->left - 8, y_of(quarter / 4.0) + 4, "end", text);
    }
    mu_svg_text(page, "axis-title", s->left + s->width / 2, y_of(0) + 36, "middle", across);
}

static void draw_key(mu_page *page, const scale *s, const mu_arm_names *names) {
    mu_svg_line(page, "arm-x", s->left, 10, s->left + 24, 10);
    mu_svg_text(page, "label", s->left + 30, 14, "start", names->x);
    const double next = s->left + 60 + mu_text_width(names->x, 12);
    mu_svg_line(page, "arm-y", next, 10, next + 24, 10);
    mu_svg_text(page, "label", next + 30, 14, "start", names->y);
}

static int compare_reals(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The clause's values in order; never comes last. The caller frees them. */
static double *values_of(const mu_series *series, uint32_t clause, uint32_t *count) {
    double *values = malloc(((size_t)series->count + 1) * sizeof *values);
    *count = 0;
    for (uint32_t run = 0; values != NULL && run < series->count; run++) {
        const double value = mu_series_value(series, run, clause);
        if (!isnan(value)) {
            values[(*count)++] = value;
        }
    }
    if (values != NULL) {
        qsort(values, *count, sizeof *values, compare_reals);
    }
    return values;
}

/* Stairs, thinned out so that a page of many runs stays small. */
static void draw_stairs(mu_page *page, const char *class_name, const scale *s, const double *values,
                        uint32_t count) {
    const uint32_t each = count / 400 + 1;
    double share = 0;
    mu_page_print(page, "<polyline class=\"%s\" points=\"%.2f,%.2f ", class_name, s->left, y_of(0));
    for (uint32_t i = each - 1; i < count && values[i] <= s->to; i += each) {
        mu_page_print(page, "%.2f,%.2f ", x_of(s, values[i]), y_of(share));
        share = (double)(i + 1) / count;
        mu_page_print(page, "%.2f,%.2f ", x_of(s, values[i]), y_of(share));
    }
    mu_page_print(page, "%.2f,%.2f\"/>\n", s->left + s->width, y_of(share));
}

static void draw_limit(mu_page *page, const scale *s, double limit, double y, const char *text) {
    if (limit <= s->to) {
        mu_svg_line(page, "limit", x_of(s, limit), TOP, x_of(s, limit), y_of(0));
        const bool right = x_of(s, limit) > s->left + s->width - 120;
        mu_svg_text(page, "limit-label", x_of(s, limit) + (right ? -6 : 6), y,
                    right ? "end" : "start", text);
    }
}

/* What most runs need, and the limits. */
static double reach(const double *values, uint32_t count, double horizon_s) {
    uint32_t finite = 0;
    while (finite < count && values[finite] < horizon_s) {
        finite++;
    }
    return finite == 0 ? 0 : values[(uint32_t)(0.99 * (finite - 1))];
}

void mu_results_distribution(mu_page *page, const mu_compare_given *given,
                             const mu_pair_finding *finding, const mu_arm_names *names) {
    uint32_t count_x, count_y;
    double *x = values_of(given->x, finding->number, &count_x);
    double *y = values_of(given->y, finding->number, &count_y);
    if (x == NULL || y == NULL) {
        page->no_memory = true;
    } else {
        scale s = {.left = LEFT, .width = MU_SVG_WIDTH - LEFT - 30};
        s.to = fmax(reach(x, count_x, given->horizon_s), reach(y, count_y, given->horizon_s));
        s.to = fmax(s.to, fmax(0, isnan(finding->limit_x) ? 0 : fmin(finding->limit_x, 4 * s.to)));
        s.to = s.to > 0 ? 1.05 * s.to : 1;
        mu_svg_open(page, MU_SVG_WIDTH, TOP + PLOT_HEIGHT + BOTTOM,
                    _("Share of runs in which it had been done against time"));
        draw_frame(page, &s, finding, _("time since what starts the clause"));
        draw_stairs(page, "arm-x", &s, x, count_x);
        draw_stairs(page, "arm-y", &s, y, count_y);
        const bool same = finding->limit_x == finding->limit_y || isnan(finding->limit_y);
        draw_limit(page, &s, finding->limit_x, TOP + 14, same ? _("limit") : _("limit before"));
        if (!same) {
            draw_limit(page, &s, finding->limit_y, TOP + 30, _("limit after"));
        }
        draw_key(page, &s, names);
        mu_svg_close(page);
    }
    free(x);
    free(y);
}

typedef struct band {
    double low[MU_CURVE_POINTS], middle[MU_CURVE_POINTS], high[MU_CURVE_POINTS];
} band;

static bool find_band(mu_page *page, const mu_series *series, band *out) {
    double *values = malloc(((size_t)series->count + 1) * sizeof *values);
    bool any = false;
    page->no_memory = page->no_memory || values == NULL;
    for (uint32_t k = 0; k < MU_CURVE_POINTS; k++) {
        uint32_t count = 0;
        for (uint32_t run = 0; values != NULL && run < series->count; run++) {
            if (!isnan(series->curves[run][k])) {
                values[count++] = series->curves[run][k];
            }
        }
        out->low[k] = out->middle[k] = out->high[k] = (double)INFINITY;
        if (count > 0) {
            qsort(values, count, sizeof *values, compare_reals);
            out->low[k] = values[mu_stat_rank(0.05, count) - 1];
            out->middle[k] = values[mu_stat_rank(0.5, count) - 1];
            out->high[k] = values[mu_stat_rank(0.95, count) - 1];
            any = any || isfinite(out->middle[k]);
        }
    }
    free(values);
    return any;
}

static double last_of(const double *times) {
    double last = 0;
    for (uint32_t k = 0; k < MU_CURVE_POINTS; k++) {
        last = isfinite(times[k]) && times[k] > last ? times[k] : last;
    }
    return last;
}

static double share_at(uint32_t k) {
    return (double)(k + 1) / MU_CURVE_POINTS;
}

/* Forth along the early edge and back along the late one; what never comes is at the far right. */
static void draw_band(mu_page *page, const char *class_name, const scale *s, const band *b) {
    mu_page_print(page, "<polygon class=\"%s\" points=\"", class_name);
    for (uint32_t k = 0; k < MU_CURVE_POINTS && isfinite(b->low[k]); k++) {
        mu_page_print(page, "%.2f,%.2f ", x_of(s, b->low[k]), y_of(share_at(k)));
    }
    for (uint32_t k = MU_CURVE_POINTS; k-- > 0;) {
        if (isfinite(b->low[k])) {
            mu_page_print(page, "%.2f,%.2f ", x_of(s, fmin(b->high[k], s->to)), y_of(share_at(k)));
        }
    }
    mu_page_put(page, "\"/>\n");
}

static void draw_middle(mu_page *page, const char *class_name, const scale *s, const band *b) {
    mu_page_print(page, "<polyline class=\"%s\" points=\"", class_name);
    for (uint32_t k = 0; k < MU_CURVE_POINTS && isfinite(b->middle[k]); k++) {
        mu_page_print(page, "%.2f,%.2f ", x_of(s, b->middle[k]), y_of(share_at(k)));
    }
    mu_page_put(page, "\"/>\n");
}

bool mu_results_bands(mu_page *page, const mu_compare_given *given, const mu_arm_names *names) {
    static const mu_pair_finding seconds = {.unit = "s"};
    band x, y;
    const bool any_x = find_band(page, given->x, &x);
    const bool any_y = find_band(page, given->y, &y);
    if (!any_x && !any_y) {
        return false;
    }
    scale s = {.left = LEFT, .width = MU_SVG_WIDTH - LEFT - 30};
    s.to = 1.04 * fmax(fmax(last_of(x.middle), last_of(y.middle)),
                       fmin(fmax(last_of(x.high), last_of(y.high)),
                            2 * fmax(last_of(x.middle), last_of(y.middle))));
    mu_svg_open(page, MU_SVG_WIDTH, TOP + PLOT_HEIGHT + BOTTOM,
                _("Share of those indoors who have left against time"));
    draw_frame(page, &s, &seconds, _("time from the start of the incident"));
    draw_band(page, "arm-band-x", &s, &x);
    draw_band(page, "arm-band-y", &s, &y);
    draw_middle(page, "arm-x", &s, &x);
    draw_middle(page, "arm-y", &s, &y);
    draw_key(page, &s, names);
    mu_svg_close(page);
    return true;
}
