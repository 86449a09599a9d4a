/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a HAZOP. It lists what must not fail, so it is internal; no point stands there
 * without its remedy. The redacted page says how many there are of which kind and how grave they
 * are, and names nothing. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/redact.h"
#include "drill/report/section.h"
#include "study/hazop.h"

enum { OTHERS_MOST = 40, LOSSES_SHOWN = 4, BANDS = 5 };

typedef struct writing {
    const mu_hazop_report *report;
    mu_page page;
} writing;

static const char style[] =
    ".hazop{table-layout:fixed}.hazop th:nth-child(1){width:5%}.hazop th:nth-child(2){width:25%}"
    ".hazop th:nth-child(3){width:42%}.hazop td{vertical-align:top}.hazop "
    "ul{margin:0;padding-left:16px}\n"
    ".grid td{width:16%;height:44px;text-align:center;font-weight:700}\n"
    ".grid th{font-weight:600}.risk-1{background:#eef4ef}.risk-2{background:#f8f2dc}"
    ".risk-3{background:#f6dfc8}.risk-4{background:#efc4b6}\n";

static void put_element(mu_page *page, const char *tag, const char *text) {
    mu_page_print(page, "<%s>", tag);
    mu_page_text(page, text);
    mu_page_print(page, "</%s>\n", tag);
}

static const char *text_of(mu_text text, const char *language, const char *otherwise) {
    const char *found = mu_text_in(text, language);
    return found[0] != '\0' ? found : otherwise;
}

static const mu_hazop_element *element_of(const mu_hazop_report *r,
                                          const mu_hazop_finding *finding) {
    return &r->hazop->elements.items[r->hazop->deviations.items[finding->deviation].element];
}

static mu_hazop_guide guide_of(const mu_hazop_report *r, const mu_hazop_finding *finding) {
    return r->hazop->deviations.items[finding->deviation].guide;
}

static uint32_t count_single(const mu_hazop_report *r) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        count += r->findings[i].is_single;
    }
    return count;
}

static void write_head(writing *w) {
    const mu_hazop_report *r = w->report;
    mu_page *page = &w->page;
    const char *title = _("What must not fail: HAZOP by simulation");
    /* The paper's running head, too, or a print would lose its marking. */
    const char *band =
        r->redacted ? mu_redact_band() : _("INTERNAL: DO NOT PASS ON – PREDICTED BY SIMULATION");
    mu_report_head_styled(page, r->language, title, band, (const char *const[]){style, NULL});
    mu_page_put(page, "<p class=\"band\">");
    mu_page_text(page, band);
    mu_page_put(page, "</p>\n<p class=\"kicker\">");
    mu_page_text(page, title);
    mu_page_put(page, "</p>\n");
    const mu_incident *incident = &r->hazop->plan->incident;
    put_element(page, "h1",
                r->redacted ? _("An incident of the organisation")
                            : text_of(incident->name, r->language, incident->id));
    mu_page_put(page, "<p class=\"stamp\">");
    mu_page_say(page,
                _("%u deviations, screened with %u runs each; %u confirmed with %u runs each; "
                  "seed %s, muster %s."),
                r->screened, r->screen_reps, r->count, r->reps, r->results->seed, r->version);
    mu_page_put(page, "</p>\n<p class=\"headline\">");
    mu_page_say(page,
                _("%u single points of failure: alone, each of them takes a clause from met "
                  "to not met as demanded."),
                count_single(r));
    mu_page_put(page, "</p>\n");
}

static void write_losses(writing *w, const mu_hazop_finding *finding) {
    const mu_hazop_report *r = w->report;
    mu_page_put(&w->page, "<ul>\n");
    for (uint32_t k = 0; k < finding->losses.count && k < LOSSES_SHOWN; k++) {
        const mu_hazop_loss *loss = &finding->losses.items[k];
        const mu_results_clause *clause = &r->results->clauses.items[loss->clause];
        mu_page_put(&w->page, "<li>");
        mu_page_say(&w->page, _("%s %s: met in %.0f %% of runs, then %.0f %%"), clause->id,
                    mu_text_in(clause->title, r->language), 100 * loss->met_base,
                    100 * loss->met_now);
        if (loss->silent > loss->missed) {
            mu_page_put(&w->page, _("; "));
            mu_page_text(&w->page, _("never comes about"));
        }
        mu_page_put(&w->page, "</li>\n");
    }
    if (finding->losses.count > LOSSES_SHOWN) {
        mu_page_put(&w->page, "<li>");
        mu_page_say(&w->page, _("and %u clauses more"), finding->losses.count - LOSSES_SHOWN);
        mu_page_put(&w->page, "</li>\n");
    }
    mu_page_put(&w->page, "</ul>\n");
}

static void write_remedy(writing *w, const mu_hazop_finding *finding) {
    const mu_hazop_report *r = w->report;
    if (finding->remedy == MU_NONE) {
        mu_page_say(&w->page,
                    finding->tried
                        ? _("No lever of the catalogue helps. In general, not measured: %s.")
                        : _("In general, not measured: %s."),
                    mu_hazop_advice(element_of(r, finding)->kind, guide_of(r, finding)));
        return;
    }
    const mu_lever *lever = &r->catalogue->levers.items[finding->remedy];
    if (!r->redacted) {
        mu_page_put(&w->page, "<b>");
        mu_page_text(&w->page, text_of(lever->name, r->language, lever->id));
        mu_page_put(&w->page, "</b><br>\n");
    }
    mu_page_say(&w->page, _("brings back %.1f of them a run (95 %% interval %.1f to %.1f)"),
                finding->back, finding->back_low, finding->back_high);
    mu_page_put(&w->page, "<br>\n");
    mu_page_say(&w->page, _("needs: %g %s"), lever->cost,
                mu_levers_unit(r->catalogue, r->language));
    char needs[400];
    mu_lever_say_needs(lever, r->language, needs, sizeof needs);
    if (needs[0] != '\0' && !r->redacted) {
        mu_page_put(&w->page, "<br>\n");
        mu_page_text(&w->page, needs);
    }
}

static void write_row(writing *w, const mu_hazop_finding *finding, uint32_t number) {
    const mu_hazop_report *r = w->report;
    mu_page *page = &w->page;
    mu_said said;
    mu_page_print(page, "<tr><td>%s%u</td><td>", finding->is_single ? "S" : "", number);
    if (r->redacted) {
        mu_page_say(page, _("%s: %s"), mu_hazop_say_kind(element_of(r, finding)->kind),
                    mu_hazop_say_guide(guide_of(r, finding)));
    } else {
        mu_page_put(page, "<b>");
        mu_page_text(page, mu_hazop_say(r->hazop, finding->deviation, r->language, said));
        mu_page_put(page, "</b><br>\n");
        mu_page_text(page, mu_hazop_say_kind(element_of(r, finding)->kind));
    }
    if (r->hazop->likely != NULL) {
        mu_page_put(page, "<br>\n<span class=\"small\">");
        mu_page_text(page, mu_hazop_say_band(mu_hazop_band(mu_hazop_likely(r->hazop, finding))));
        mu_page_put(page, "</span>");
    }
    mu_page_put(page, "</td><td>");
    mu_page_say(page, _("%.1f fewer clauses met a run (%.1f to %.1f)"), finding->fewer,
                finding->low, finding->high);
    if (r->redacted) {
        mu_page_put(page, _("; "));
        mu_page_say(page, _("%u clauses concerned"), finding->losses.count);
    } else {
        write_losses(w, finding);
    }
    mu_page_put(page, "</td><td>");
    write_remedy(w, finding);
    mu_page_put(page, "</td></tr>\n");
}

static void open_table(mu_page *page, bool remedies) {
    mu_page_put(page, "<table class=\"hazop\">\n<thead><tr><th></th>");
    put_element(page, "th", _("what fails"));
    put_element(page, "th", _("what is lost"));
    put_element(page, "th", remedies ? _("best remedy, and what it needs") : _("in general"));
    mu_page_put(page, "</tr></thead>\n<tbody>\n");
}

static void write_single(writing *w) {
    const mu_hazop_report *r = w->report;
    uint32_t number = 0;
    put_element(&w->page, "h2", _("Single points of failure, each with its remedy"));
    if (count_single(r) == 0) {
        put_element(&w->page, "p", _("None was found."));
        return;
    }
    open_table(&w->page, true);
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->findings[i].is_single) {
            write_row(w, &r->findings[i], ++number);
        }
    }
    mu_page_put(&w->page, "</tbody>\n</table>\n");
}

/* Where a point stands: how grave the worst clause is that it loses against how likely it is to
 * fail or, where no year was looked at, how often the clause is lost if it fails. */
static void place_of(const mu_hazop_report *r, const mu_hazop_finding *finding, int64_t *severity,
                     int *band) {
    double lost;
    *severity = mu_hazop_severity(r->results, finding, &lost);
    *band = r->hazop->likely != NULL ? mu_hazop_band(mu_hazop_likely(r->hazop, finding))
            : lost * BANDS >= BANDS  ? BANDS
                                     : (int)(lost * BANDS) + 1;
}

static void write_cell(writing *w, int64_t severity, int band) {
    const mu_hazop_report *r = w->report;
    uint32_t number = 0;
    bool any = false;
    if (band == 0) {
        mu_page_put(&w->page, "<td>");
    } else {
        mu_page_print(&w->page, "<td class=\"risk-%d\">", mu_risk_level(band, severity) + 1);
    }
    for (uint32_t i = 0; i < r->count; i++) {
        int64_t own;
        int at;
        number += r->findings[i].is_single;
        place_of(r, &r->findings[i], &own, &at);
        if (r->findings[i].is_single && own == severity && at == band) {
            mu_page_print(&w->page, "%sS%u", any ? " " : "", number);
            any = true;
        }
    }
    mu_page_put(&w->page, "</td>");
}

static void write_band(writing *w, int band) {
    mu_page *page = &w->page;
    mu_page_put(page, "<tr><th>");
    if (w->report->hazop->likely != NULL) {
        mu_page_text(page, mu_hazop_say_band(band));
    } else {
        mu_page_say(page, _("lost in %d–%d %% of runs"), 100 * (band - 1) / BANDS,
                    100 * band / BANDS);
    }
    mu_page_put(page, "</th>");
    for (int64_t severity = 1; severity <= BANDS; severity++) {
        write_cell(w, severity, band);
    }
    mu_page_put(page, "</tr>\n");
}

static void write_matrix(writing *w) {
    const mu_hazop *hazop = w->report->hazop;
    mu_page *page = &w->page;
    put_element(page, "h2", _("Risk matrix"));
    mu_page_put(page, "<p>");
    if (hazop->likely != NULL) {
        mu_page_say(page,
                    _("Columns: how grave the worst clause is that is lost. Rows: on which share "
                      "of days the thing would be found so at this hour, over %u working days of "
                      "%u simulated years with their faults, repairs, leave and illness. Of steps "
                      "and channels the year says nothing."),
                    hazop->likely_days, hazop->likely_years);
    } else {
        mu_page_text(page, _("Columns: how grave the worst clause is that is lost. Rows: in how "
                             "many runs it is lost if the thing fails. How likely the thing is to "
                             "fail is not assessed: give a year file (--year)."));
    }
    mu_page_put(page, "</p>\n<table class=\"grid\">\n<thead><tr><th></th>");
    for (int severity = 1; severity <= BANDS; severity++) {
        mu_page_put(page, "<th>");
        mu_page_say(page, _("severity %d"), severity);
        mu_page_put(page, "</th>");
    }
    mu_page_put(page, "</tr></thead>\n<tbody>\n");
    for (int band = BANDS; band >= (hazop->likely != NULL ? 0 : 1); band--) {
        write_band(w, band);
    }
    mu_page_put(page, "</tbody>\n</table>\n");
}

/* Levers against all the points together, and what they take (3.1.3a). */
static void write_remedies(writing *w) {
    const mu_hazop_report *r = w->report;
    mu_page *page = &w->page;
    mu_hazop_remedy *ranked = calloc((size_t)r->catalogue->levers.count + 1, sizeof *ranked);
    const uint32_t count =
        ranked == NULL ? 0 : mu_hazop_rank(r->catalogue, r->findings, r->count, ranked);
    w->page.no_memory = w->page.no_memory || ranked == NULL;
    if (count > 0) {
        put_element(page, "h2", _("Remedies in order, and the resources that they need"));
        mu_page_put(page, "<table>\n<thead><tr><th></th>");
        put_element(page, "th", _("lever"));
        put_element(page, "th", _("points that it helps against"));
        put_element(page, "th", _("clauses brought back a run, all of these together"));
        char cost[120];
        mu_levers_say_cost(r->catalogue, r->language, cost, sizeof cost);
        put_element(page, "th", cost);
        put_element(page, "th", _("what else it needs"));
        mu_page_put(page, "</tr></thead>\n<tbody>\n");
    }
    for (uint32_t k = 0; k < count; k++) {
        const mu_lever *lever = &r->catalogue->levers.items[ranked[k].lever];
        char needs[400];
        mu_lever_say_needs(lever, r->language, needs, sizeof needs);
        mu_page_print(page, "<tr><td>R%u</td><td>", k + 1);
        mu_page_text(page, text_of(lever->name, r->language, lever->id));
        mu_page_print(page, "</td><td class=\"number\">%u</td><td class=\"number\">%.1f</td>",
                      ranked[k].points, ranked[k].back);
        mu_page_print(page, "<td class=\"number\">%g</td><td>", lever->cost);
        mu_page_text(page, needs[0] != '\0' ? needs : _("not stated"));
        mu_page_put(page, "</td></tr>\n");
    }
    mu_page_put(page, count > 0 ? "</tbody>\n</table>\n" : "");
    free(ranked);
}

/* What hurts and is no single point: no remedies were measured, so in general only. */
static void write_others(writing *w) {
    const mu_hazop_report *r = w->report;
    uint32_t number = 0;
    put_element(&w->page, "h2", _("What else is felt"));
    for (uint32_t i = 0; i < r->count && number < OTHERS_MOST; i++) {
        if (r->findings[i].is_single || r->findings[i].losses.count == 0) {
            continue;
        }
        if (number == 0) {
            open_table(&w->page, false);
        }
        write_row(w, &r->findings[i], ++number);
    }
    if (number == 0) {
        put_element(&w->page, "p", _("Nothing."));
    } else {
        mu_page_put(&w->page, "</tbody>\n</table>\n");
    }
}

static void write_method(writing *w) {
    const mu_hazop_report *r = w->report;
    mu_page *page = &w->page;
    uint32_t left_out = 0;
    for (uint32_t k = 0; k < r->hazop->deviations.count; k++) {
        left_out += !r->fits[k];
    }
    put_element(page, "h2", _("How this was found"));
    put_element(
        page, "p",
        _("Every step, person on duty, channel and piece of equipment that runs of the plan "
          "as it stands use was lost, late or weaker, one at a time, with the same people "
          "and the same luck. What was felt in the screening runs was played more often. A "
          "clause that was met and then never comes about counts as lost; that a step takes "
          "the clauses with it that it serves itself makes it no single point. Differences "
          "are tested after McNemar, all together corrected after Holm; only what stays "
          "below 0.05 is told."));
    put_element(
        page, "p",
        _("Late: decided, or delivered, that much later without scatter of its own. Weaker: "
          "half the chance; a person: without a radio. The incident itself is given and is "
          "not varied."));
    if (left_out > 0) {
        mu_page_put(page, "<p>");
        mu_page_say(page, _("%u deviations could not be set in the files and were not tried."),
                    left_out);
        mu_page_put(page, "</p>\n");
    }
}

char *mu_hazop_html(const mu_hazop_report *report) {
    writing w = {.report = report};
    write_head(&w);
    write_single(&w);
    write_matrix(&w);
    if (!report->redacted) {
        write_remedies(&w);
        write_others(&w);
    }
    write_method(&w);
    mu_page_put(&w.page, "</main>\n</body>\n</html>\n");
    return mu_page_take(&w.page);
}
