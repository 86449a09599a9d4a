/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The risk matrix. A cell's level is said by a word as well as by its tint, and missed clauses
 * carry the cross that they have in the tables. */
#include "core/i18n.h"
#include "drill/report/chart.h"
#include "drill/report/words.h"

enum { CELLS = 5, LEFT = 132, TOP = 8, LINE = 15, PAD = 8, FOOT = 46 };

#define CELL_WIDTH  ((MU_SVG_WIDTH - LEFT - 4) / CELLS)
#define LABEL_WIDTH (CELL_WIDTH / 2 - 4)

static int likelihood_of(const mu_view *view, uint32_t clause) {
    return mu_view_likelihood(mu_view_miss_share(view, clause));
}

static bool is_in_cell(const mu_view *view, uint32_t clause, int likelihood, int severity) {
    return mu_view_finding(view, clause)->runs > 0 &&
           mu_view_clause(view, clause)->severity == severity &&
           likelihood_of(view, clause) == likelihood;
}

static uint32_t count_cell(const mu_view *view, int likelihood, int severity) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < view->plan->policy.clauses.count; i++) {
        count += is_in_cell(view, i, likelihood, severity);
    }
    return count;
}

/* Two clauses a line below the level's word. */
static double row_height(const mu_view *view, int likelihood) {
    uint32_t most = 2;
    for (int severity = 1; severity <= CELLS; severity++) {
        const uint32_t count = count_cell(view, likelihood, severity);
        most = count > most ? count : most;
    }
    const uint32_t lines = 1 + (most + 1) / 2;
    return 2 * PAD + LINE * (double)lines;
}

static void draw_cell(mu_page *page, const mu_view *view, int likelihood, int severity, double y,
                      double height) {
    static const char *const classes[] = {"risk0", "risk1", "risk2", "risk3"};
    const double x = LEFT + CELL_WIDTH * (severity - 1);
    const int level = mu_risk_level(likelihood, severity);
    mu_svg_rect(page, classes[level], x, y, CELL_WIDTH, height);
    mu_svg_text(page, "risk-word", x + CELL_WIDTH - PAD, y + height - PAD + 1, "end",
                mu_say_risk(level));
    uint32_t shown = 0;
    for (uint32_t i = 0; i < view->plan->policy.clauses.count; i++) {
        if (is_in_cell(view, i, likelihood, severity)) {
            const bool missed = mu_view_finding(view, i)->verdict == MU_VERDICT_MISSED;
            const uint32_t line = shown / 2, column = shown % 2;
            mu_svg_text(page, missed ? "risk-missed" : "risk-met", x + PAD + column * LABEL_WIDTH,
                        y + PAD + LINE * (line + 0.7), "start",
                        mu_say(view, "%s%s", mu_view_clause(view, i)->id, missed ? " ✕" : ""));
            shown++;
        }
    }
}

static void draw_row(mu_page *page, const mu_view *view, int likelihood, double y, double height) {
    static const char *const shares[] = {"< 5 %", "5–20 %", "20–50 %", "50–80 %", "≥ 80 %"};
    mu_svg_text(page, "label", LEFT - 10, y + height / 2 - 2, "end",
                mu_say(view, "%d %s", likelihood, mu_say_likelihood(likelihood)));
    mu_svg_text(page, "tick", LEFT - 10, y + height / 2 + 13, "end", shares[likelihood - 1]);
    for (int severity = 1; severity <= CELLS; severity++) {
        draw_cell(page, view, likelihood, severity, y, height);
    }
}

void mu_chart_matrix(mu_page *page, const mu_view *view) {
    static const char *const severities[] = {N_("minor"), N_("limited"), N_("serious"), N_("grave"),
                                             N_("lives at stake")};
    double height = TOP + FOOT;
    for (int likelihood = 1; likelihood <= CELLS; likelihood++) {
        height += row_height(view, likelihood);
    }
    mu_svg_open(page, MU_SVG_WIDTH, height,
                _("Risk matrix: likelihood of missing a clause against its severity"));
    double y = TOP;
    for (int likelihood = CELLS; likelihood >= 1; likelihood--) {
        const double row = row_height(view, likelihood);
        draw_row(page, view, likelihood, y, row);
        y += row;
    }
    for (int severity = 1; severity <= CELLS; severity++) {
        mu_svg_text(page, "label", LEFT + CELL_WIDTH * (severity - 0.5), y + 18, "middle",
                    mu_say(view, "%d %s", severity, _(severities[severity - 1])));
    }
    mu_svg_text(page, "axis-title", LEFT + CELL_WIDTH * CELLS / 2, y + 38, "middle",
                _("severity if missed"));
    mu_svg_text(page, "axis-title", LEFT - 10, y + 18, "end", _("likelihood of missing"));
    mu_svg_close(page);
}
