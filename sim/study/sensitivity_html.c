/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of `muster sensitivity`: which number that nobody knows well matters most. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/i18n.h"
#include "drill/report/doc.h"
#include "study/results_charts.h"
#include "study/study_page.h"

typedef struct writing {
    mu_doc doc;
    const mu_unknowns_report *report;
} writing;

static bool is_morris(const writing *w) {
    return w->report->study->given.design == MU_DESIGN_MORRIS;
}

static const char *text_of(const writing *w, mu_text text, const char *otherwise) {
    const char *found = mu_text_in(text, w->report->language);
    return found[0] != '\0' ? found : otherwise;
}

static const mu_factor *factor_of(const writing *w, const mu_sensitivity *of) {
    return &w->report->study->given.factors.items[of->factor];
}

const char *mu_unknowns_say(const mu_unknowns_report *r, mu_said out) {
    if (r->number < MU_MEASURE_COUNT) {
        const mu_measure_info measure = mu_measure_get(r->number);
        (void)snprintf(out, MU_SAID_ROOM, _("%.300s (unit: %s)"), _(measure.meaning),
                       _(measure.unit));
    } else {
        const mu_results_clause *clause = &r->results->clauses.items[r->number - MU_MEASURE_COUNT];
        (void)snprintf(out, MU_SAID_ROOM, _("Share of runs that meet %s %.300s"), clause->id,
                       mu_text_in(clause->title, r->language));
    }
    return out;
}

static void write_head(writing *w) {
    const mu_unknowns_report *r = w->report;
    const char *title = _("Which unknown matters most");
    const char *band = _("EXERCISE – INTERNAL – PREDICTED BY SIMULATION");
    char line[600];
    mu_said said;
    mu_report_head_styled(&w->doc.page, r->language, title, band,
                          (const char *const[]){MU_FOREST_STYLE, NULL});
    mu_doc_paragraph(&w->doc, "band", band);
    mu_doc_paragraph(&w->doc, "kicker", title);
    mu_doc_heading(&w->doc, 1, NULL, text_of(w, r->results->name, r->results->study));
    (void)snprintf(line, sizeof line, _("What is explained: %.400s"), mu_unknowns_say(r, said));
    mu_doc_paragraph(&w->doc, "place", line);
    (void)snprintf(line, sizeof line, _("%llu runs, seed %s, made by %s, written by muster %s."),
                   (unsigned long long)r->results->runs, r->results->seed, r->results->program,
                   r->version);
    mu_doc_paragraph(&w->doc, "stamp", line);
}

static void write_chart(writing *w, const mu_sensitivity *of, uint32_t count) {
    static const mu_pair_finding number = {.unit = "number"};
    mu_forest_row *rows = calloc((size_t)count + 1, sizeof *rows);
    if (rows == NULL) {
        w->doc.page.no_memory = true;
        return;
    }
    for (uint32_t k = 0; k < count; k++) {
        const mu_factor *factor = factor_of(w, &of[k]);
        rows[k] = (mu_forest_row){.low = fmax(0, of[k].total - of[k].half_width),
                                  .mean = of[k].total,
                                  .high = of[k].total + of[k].half_width};
        (void)snprintf(rows[k].label, sizeof rows[k].label, "%.300s",
                       text_of(w, factor->name, factor->id));
        (void)snprintf(rows[k].value, sizeof rows[k].value, "%.3g", of[k].total);
    }
    if (mu_doc_figure(&w->doc, NULL)) {
        mu_forest_draw(&w->doc.page, rows, count, &number, _("What each unknown does"));
    }
    mu_doc_figure_end(
        &w->doc, is_morris(w)
                     ? _("Mean absolute effect of going through the whole range of each input, "
                         "with 95 % intervals.")
                     : _("Share of the variance that each input explains together with all its "
                         "interactions, with 95 % intervals."));
    free(rows);
}

static void write_row(writing *w, const mu_sensitivity *of) {
    const mu_factor *factor = factor_of(w, of);
    char cell[120];
    mu_doc_cell(&w->doc, NULL, text_of(w, factor->name, factor->id));
    (void)snprintf(cell, sizeof cell, _("%g to %g"), factor->least, factor->most);
    mu_doc_cell(&w->doc, "number", cell);
    (void)snprintf(cell, sizeof cell, "%.3g ± %.2g", of->total, of->half_width);
    mu_doc_cell(&w->doc, "number", cell);
    /* Effects that cancel, but for rounding, are none. */
    (void)snprintf(cell, sizeof cell, "%.3g", fabs(of->first) < 1e-9 ? 0 : of->first);
    mu_doc_cell(&w->doc, "number", cell);
    if (is_morris(w)) {
        (void)snprintf(cell, sizeof cell, "%.3g", of->spread);
        mu_doc_cell(&w->doc, "number", cell);
    }
}

static void write_incident(writing *w, uint32_t incident) {
    const mu_unknowns_report *r = w->report;
    const uint32_t count = r->study->given.factors.count;
    const mu_sensitivity *of = r->of + (size_t)incident * count;
    const mu_results_incident *in = &r->results->incidents.items[incident];
    const mu_column columns[] = {
        {_("input"), NULL},
        {_("range"), "number"},
        {is_morris(w) ? _("mean absolute effect") : _("total index"), "number"},
        {is_morris(w) ? _("mean effect") : _("alone"), "number"},
        {_("scatter of effects"), "number"}};
    char line[500];
    mu_doc_open(&w->doc, "chapter", NULL);
    mu_doc_heading(&w->doc, 2, NULL, text_of(w, in->name, in->id));
    if (!(of[0].total > 0)) {
        mu_doc_paragraph(&w->doc, "headline", _("None of these inputs makes a difference here."));
    } else {
        const mu_factor *most = factor_of(w, &of[0]);
        (void)snprintf(line, sizeof line, _("What matters most here is: %.300s."),
                       text_of(w, most->name, most->id));
        mu_doc_paragraph(&w->doc, "headline", line);
    }
    write_chart(w, of, count);
    mu_doc_table(&w->doc, NULL, columns, is_morris(w) ? 5 : 4);
    for (uint32_t k = 0; k < count; k++) {
        write_row(w, &of[k]);
    }
    mu_doc_table_end(&w->doc);
    mu_doc_close(&w->doc);
}

static void write_method(writing *w) {
    const mu_study *study = &w->report->study->given;
    char line[900];
    mu_doc_open(&w->doc, "chapter", NULL);
    mu_doc_heading(&w->doc, 2, NULL, _("How this was found"));
    if (is_morris(w)) {
        (void)snprintf(line, sizeof line,
                       _("Screening after Morris (1991): %lld trajectories over four levels of "
                         "each range, one input changed at a time; %lld runs at each point, all "
                         "with the same luck. The mean absolute effect (Campolongo and others "
                         "2007) says how much going through the whole range changes the result; "
                         "scatter says that the effect depends on the other inputs, or bends."),
                       (long long)study->points, (long long)study->reps);
    } else {
        (void)snprintf(line, sizeof line,
                       _("Sobol's indices from %lld samples (Saltelli and others 2010; Jansen "
                         "1999), %lld runs at each point, all with the same luck. Alone: the share "
                         "of the variance that an input explains by itself; total: with all its "
                         "interactions."),
                       (long long)study->points, (long long)study->reps);
    }
    mu_doc_paragraph(&w->doc, NULL, line);
    mu_doc_paragraph(&w->doc, NULL,
                     _("An input that matters and is not known well is worth measuring before "
                       "anything is bought; one that does not matter may stay a guess."));
    mu_doc_close(&w->doc);
}

char *mu_unknowns_html(const mu_unknowns_report *report) {
    writing w = {.doc = {.face = MU_FACE_HTML}, .report = report};
    write_head(&w);
    for (uint32_t i = 0; i < report->study->incidents.count; i++) {
        write_incident(&w, i);
    }
    write_method(&w);
    mu_page_put(&w.doc.page, "</main>\n</body>\n</html>\n");
    return mu_page_take(&w.doc.page);
}
