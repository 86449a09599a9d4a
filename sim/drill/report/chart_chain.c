/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cause chain as a bar: time runs to the right, each part has its hatch and the number of its row
 * in the table below, and the limit cuts across. */
#include <math.h>

#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/words.h"

enum { SIDE = 26, BAR_TOP = 22, BAR_HEIGHT = 30, AXIS = BAR_TOP + BAR_HEIGHT + 6, HEIGHT = 84 };

typedef struct span {
    double from_s, length_s; /* what the whole width stands for, from the chain's start */
    double chain_s;          /* of the chain */
} span;

static double x_of(const span *s, double seconds) {
    return SIDE + (MU_SVG_WIDTH - 2 * SIDE) * seconds / s->length_s;
}

/* The limit in seconds where it is a time; NAN otherwise. */
static double limit_s(const mu_view *view, uint32_t clause) {
    const mu_clause *given = mu_view_clause(view, clause);
    const bool timed = given->kind == MU_CLAUSE_DEADLINE || given->kind == MU_CLAUSE_RATE;
    const char *unit = mu_judge_unit(given);
    const double scale = unit[0] == 's' ? 1 : unit[0] == 'm' ? 60 : unit[0] == 'h' ? 3600 : 0;
    return timed && scale > 0 ? mu_view_finding(view, clause)->limit * scale : (double)NAN;
}

static void draw_parts(mu_page *page, const mu_view *view, uint32_t clause, const span *s) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    for (uint32_t k = 0; k < finding->chain_count; k++) {
        const mu_chain_part *part = &finding->chain[k];
        const double x = x_of(s, mu_time_to_s(part->from_us) - s->from_s);
        const double width = x_of(s, mu_time_to_s(part->to_us) - s->from_s) - x;
        mu_svg_part(page, part->part, x, BAR_TOP, width, BAR_HEIGHT);
        if (width >= 14) {
            mu_svg_text(page, "part-number", x + width / 2, BAR_TOP + BAR_HEIGHT / 2.0 + 4.5,
                        "middle", mu_say(view, "%u", k + 1));
        }
    }
}

static void draw_axis(mu_page *page, const mu_view *view, const span *s) {
    mu_svg_line(page, "axis", SIDE, AXIS, MU_SVG_WIDTH - SIDE, AXIS);
    const double step = mu_svg_time_step(s->length_s, 10);
    for (int k = 0; step * k <= s->length_s + 1e-9; k++) {
        const double t = step * k;
        mu_svg_line(page, "axis", x_of(s, t), AXIS, x_of(s, t), AXIS + 4);
        mu_svg_text(page, "tick", x_of(s, t), AXIS + 17, "middle",
                    mu_say(view, "%d:%02d", (int)(t / 60), (int)fmod(t, 60)));
    }
}

/* The limit's label stands beside its line, on the side with more room. */
static void draw_limit(mu_page *page, const mu_view *view, const span *s, double seconds) {
    const double x = x_of(s, seconds);
    const bool left = x > MU_SVG_WIDTH / 2;
    mu_svg_line(page, "limit", x, BAR_TOP - 16, x, AXIS);
    mu_svg_text(page, "limit-label", left ? x - 5 : x + 5, BAR_TOP - 7, left ? "end" : "start",
                mu_say(view, _("limit %s"), mu_say_time(view, seconds)));
}

void mu_chart_chain(mu_page *page, const mu_view *view, uint32_t clause) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    if (finding->chain_count == 0) {
        return;
    }
    const double limit = limit_s(view, clause);
    span s = {.from_s = mu_time_to_s(finding->chain[0].from_us)};
    s.chain_s = mu_time_to_s(finding->chain[finding->chain_count - 1].to_us) - s.from_s;
    const bool shown = !isnan(limit) && limit < 4 * s.chain_s; /* else the bar would vanish */
    s.length_s = shown && limit > s.chain_s ? limit : s.chain_s;
    mu_svg_open(page, MU_SVG_WIDTH, HEIGHT,
                mu_say(view, _("Where the time went: %s"),
                       mu_say_text(view, &mu_view_clause(view, clause)->title)));
    draw_parts(page, view, clause, &s);
    draw_axis(page, view, &s);
    if (shown) {
        draw_limit(page, view, &s, limit);
    }
    mu_svg_close(page);
}
