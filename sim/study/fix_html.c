/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of `muster fix`: which change closes how many gaps, at what cost, and what gets worse.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/i18n.h"
#include "drill/report/doc.h"
#include "study/results_charts.h"
#include "study/study_page.h"

enum { CELL_ROOM = 300, SAID_MOST = 12 };

typedef struct writing {
    mu_doc doc;
    const mu_fix_report *report;
    const mu_lever_effect *effect; /* whose findings are being listed */
    int sign;                      /* and of which kind */
    uint32_t said;
} writing;

static const char *name_of(const mu_fix_report *r, uint32_t lever) {
    const mu_lever *given = &r->catalogue->levers.items[lever];
    const char *name = mu_text_in(given->name, r->language);
    return name[0] != '\0' ? name : given->id;
}

static bool is_sure(const mu_lever_effect *effect) {
    return effect->p < 0.05;
}

static bool is_fix(const mu_lever_effect *effect) {
    return is_sure(effect) && effect->closed > 0;
}

static uint32_t count_fixes(const mu_fix_report *r) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        count += is_fix(&r->effects[i]);
    }
    return count;
}

static void write_head(writing *w) {
    const mu_fix_report *r = w->report;
    const char *title = _("Which change is worth it"), *band;
    char line[600];
    band = _("EXERCISE – INTERNAL – PREDICTED BY SIMULATION");
    mu_report_head_styled(
        &w->doc.page, r->language, title, band,
        (const char *const[]){MU_FOREST_STYLE
                              ".levers{table-layout:fixed}.levers th{white-space:normal}"
                              ".levers th:first-child{width:22%}.levers th:last-child{width:21%}"
                              ".levers td.number{white-space:normal}\n",
                              NULL});
    mu_doc_paragraph(&w->doc, "band", band);
    mu_doc_paragraph(&w->doc, "kicker", title);
    const char *name = mu_text_in(r->catalogue->name, r->language);
    mu_doc_heading(&w->doc, 1, NULL, name[0] != '\0' ? name : r->catalogue->id);
    for (uint32_t i = 0; i < r->results->incidents.count; i++) {
        const mu_results_incident *incident = &r->results->incidents.items[i];
        name = mu_text_in(incident->name, r->language);
        mu_doc_paragraph(&w->doc, "place", name[0] != '\0' ? name : incident->id);
    }
    (void)snprintf(line, sizeof line, _("%llu runs of each lever, seed %s, muster %s."),
                   (unsigned long long)r->reps, r->results->seed, r->version);
    mu_doc_paragraph(&w->doc, "stamp", line);
    if (count_fixes(r) == 0) {
        mu_doc_paragraph(&w->doc, "headline", _("No single lever closes a gap for certain."));
        return;
    }
    (void)snprintf(line, sizeof line,
                   P_("%u lever of %u closes gaps for certain. Most by itself: %.200s, %+.2f a run "
                      "(95 %% interval %+.2f to %+.2f).",
                      "%u levers of %u close gaps for certain. Most by itself: %.200s, %+.2f a "
                      "run (95 %% interval %+.2f to %+.2f).",
                      count_fixes(r)),
                   count_fixes(r), r->count, name_of(r, r->effects[0].lever), r->effects[0].closed,
                   r->effects[0].low, r->effects[0].high);
    mu_doc_paragraph(&w->doc, "headline", line);
}

static void write_budget(writing *w) {
    const mu_fix_report *r = w->report;
    char line[500];
    if (!r->has_budget) {
        return;
    }
    mu_doc_open(&w->doc, "chapter", NULL);
    mu_doc_heading(&w->doc, 2, NULL, _("What to do together"));
    if (r->chosen == NULL) {
        mu_doc_paragraph(&w->doc, NULL, _("Nothing within the budget closes a gap for certain."));
        mu_doc_close(&w->doc);
        return;
    }
    (void)snprintf(line, sizeof line,
                   _("The best of %u sets that were played together costs %g "
                     "%.80s and closes %+.2f gaps a run (95 %% interval %+.2f "
                     "to %+.2f):"),
                   r->sets, mu_levers_cost(r->catalogue, r->chosen),
                   mu_levers_unit(r->catalogue, r->language), r->closed, r->low, r->high);
    mu_doc_paragraph(&w->doc, NULL, line);
    mu_doc_list(&w->doc);
    for (uint32_t i = 0; i < r->catalogue->levers.count; i++) {
        if (r->chosen[i]) {
            mu_doc_item(&w->doc, name_of(r, i));
        }
    }
    mu_doc_list_end(&w->doc);
    if (isfinite(r->budget)) {
        (void)snprintf(line, sizeof line, _("The budget given was %g (clause 6.2.1a)."), r->budget);
        mu_doc_paragraph(&w->doc, "small", line);
    }
    (void)snprintf(line, sizeof line,
                   _("It is the best, or within %g clauses a run of the best, in 95 of 100 such "
                     "studies (Kim and Nelson); %llu runs, %u sets were not told apart."),
                   r->indifference, (unsigned long long)r->selected_runs, r->left);
    mu_doc_paragraph(&w->doc, "small", line);
    mu_doc_close(&w->doc);
}

static void write_forest(writing *w) {
    const mu_fix_report *r = w->report;
    static const mu_pair_finding clauses = {.unit = "number"};
    mu_forest_row *rows = calloc((size_t)r->count + 1, sizeof *rows);
    if (rows == NULL) {
        w->doc.page.no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < r->count; i++) {
        const mu_lever_effect *effect = &r->effects[i];
        rows[i] = (mu_forest_row){.low = effect->low,
                                  .mean = effect->closed,
                                  .high = effect->high,
                                  .sure = is_sure(effect),
                                  .sign = !is_sure(effect)     ? 0
                                          : effect->closed > 0 ? 1
                                                               : -1};
        (void)snprintf(rows[i].label, sizeof rows[i].label, "%.300s", name_of(r, effect->lever));
        mu_said closed;
        mu_results_say_number(effect->closed, true, closed);
        (void)snprintf(rows[i].value, sizeof rows[i].value, "%.30s", closed);
    }
    if (mu_doc_figure(&w->doc, NULL)) {
        mu_forest_draw(&w->doc.page, rows, r->count, &clauses, _("Gaps closed by each lever"));
    }
    mu_doc_figure_end(&w->doc, _("Clauses missed less in a run, all incidents together, by each "
                                 "lever alone, with 95 % intervals. Grey: may be luck."));
    free(rows);
}

static void write_row(writing *w, const mu_lever_effect *effect, bool needs) {
    const mu_fix_report *r = w->report;
    const mu_lever *lever = &r->catalogue->levers.items[effect->lever];
    char cell[CELL_ROOM];
    mu_said said;
    mu_doc_cell(&w->doc, NULL, name_of(r, effect->lever));
    mu_results_say_number(effect->closed, true, said);
    mu_doc_cell(&w->doc, "number", said);
    mu_results_say_range(effect->low, effect->high, said);
    mu_doc_cell(&w->doc, "number", said);
    mu_results_say_p(effect->p, said);
    mu_doc_cell(&w->doc, "number", said);
    (void)snprintf(cell, sizeof cell, "%g", lever->cost);
    mu_doc_cell(&w->doc, "number", cell);
    /* The price of a gap means something only where there is one. */
    (void)snprintf(cell, sizeof cell, "%.3g", lever->cost / effect->closed);
    mu_doc_cell(&w->doc, "number", is_fix(effect) ? cell : "–");
    (void)snprintf(cell, sizeof cell, "%u / %u", effect->better, effect->worse);
    mu_doc_cell(&w->doc, "number", cell);
    if (needs) {
        mu_lever_say_needs(lever, r->language, cell, sizeof cell);
        mu_doc_cell(&w->doc, NULL, cell);
    }
}

/* Does any lever of the table need more than its price? */
static bool needs_anything(const mu_fix_report *r) {
    char cell[CELL_ROOM] = "";
    for (uint32_t i = 0; i < r->count && cell[0] == '\0'; i++) {
        mu_lever_say_needs(&r->catalogue->levers.items[r->effects[i].lever], r->language, cell,
                           sizeof cell);
    }
    return cell[0] != '\0';
}

static void write_table(writing *w) {
    const mu_fix_report *r = w->report;
    char cost[CELL_ROOM], each[CELL_ROOM];
    const bool needs = needs_anything(r);
    mu_levers_say_cost(r->catalogue, r->language, cost, sizeof cost);
    (void)snprintf(each, sizeof each, "%s", _("cost of one gap closed"));
    const mu_column columns[] = {{_("lever"), NULL},
                                 {_("gaps closed a run"), "number"},
                                 {_("95 % interval"), "number"},
                                 {_("p, corrected"), "number"},
                                 {cost, "number"},
                                 {each, "number"},
                                 {_("better / worse"), "number"},
                                 {_("what it needs"), NULL}};
    mu_doc_open(&w->doc, "chapter", NULL);
    mu_doc_heading(&w->doc, 2, NULL, _("Each lever alone"));
    if (r->count > 0) {
        write_forest(w);
    }
    mu_doc_table(&w->doc, "levers", columns, sizeof columns / sizeof *columns - (needs ? 0 : 1));
    for (uint32_t i = 0; i < r->count; i++) {
        write_row(w, &r->effects[i], needs);
    }
    mu_doc_table_end(&w->doc);
    for (uint32_t i = 0; i < r->catalogue->levers.count; i++) {
        if (!r->fits[i]) {
            char line[CELL_ROOM];
            (void)snprintf(line, sizeof line, _("Does not apply to these incidents: %.200s"),
                           name_of(r, i));
            mu_doc_paragraph(&w->doc, "small", line);
        }
    }
    mu_doc_close(&w->doc);
}

static void visit(void *context, const mu_results *results, const mu_comparison *comparison,
                  const mu_compare_given *given) {
    writing *w = context;
    (void)given;
    for (uint32_t i = 0; i < comparison->count; i++) {
        const mu_pair_finding *finding = &comparison->findings[i];
        mu_said said;
        if (mu_finding_sign(finding) != w->sign || w->said++ >= SAID_MOST) {
            continue;
        }
        mu_results_say(results, finding, w->report->language, said);
        mu_doc_item(&w->doc, said);
    }
}

/* What one lever makes better, or worse. */
static mu_status write_findings(writing *w, const mu_lever_effect *effect, int sign,
                                mu_diags *diags) {
    const mu_compare_options options = {.base = 0, .other = effect->arm, .draws = 0};
    w->sign = sign;
    w->said = 0;
    mu_doc_heading(&w->doc, 4, NULL, sign > 0 ? _("Better") : _("Worse"));
    mu_doc_list(&w->doc);
    const mu_status status = mu_results_compare(w->report->results, &options, visit, w, diags);
    if (w->said == 0) {
        mu_doc_item(&w->doc, _("nothing that is more than luck"));
    } else if (w->said > SAID_MOST) {
        char line[CELL_ROOM];
        (void)snprintf(line, sizeof line, P_("and %u more", "and %u more", w->said - SAID_MOST),
                       w->said - SAID_MOST);
        mu_doc_item(&w->doc, line);
    }
    mu_doc_list_end(&w->doc);
    return status;
}

/* Every lever that closes a gap for certain, or makes anything worse. */
static mu_status write_details(writing *w, mu_diags *diags) {
    const mu_fix_report *r = w->report;
    mu_status status = MU_OK;
    mu_doc_open(&w->doc, "chapter", NULL);
    mu_doc_heading(&w->doc, 2, NULL, _("What gets better, and what gets worse"));
    for (uint32_t i = 0; i < r->count && status == MU_OK; i++) {
        if (is_fix(&r->effects[i]) || r->effects[i].worse > 0) {
            mu_doc_heading(&w->doc, 3, NULL, name_of(r, r->effects[i].lever));
            status = write_findings(w, &r->effects[i], 1, diags);
            status = status == MU_OK ? write_findings(w, &r->effects[i], -1, diags) : status;
        }
    }
    mu_doc_close(&w->doc);
    return status;
}

static void write_method(writing *w) {
    mu_doc_open(&w->doc, "chapter", NULL);
    mu_doc_heading(&w->doc, 2, NULL, _("How this was found"));
    mu_doc_paragraph(
        &w->doc, NULL,
        _("Each lever was set in the files and played with the same people and the same luck as "
          "the files as they stand, so what differs is the lever's doing. A gap closed is a clause "
          "that is no longer missed in a run; the intervals are of 95 % over replications, p is "
          "corrected after Holm over all levers, and only what stays below 0.05 is called certain. "
          "Costs are the planner's own numbers. Levers change the organisation's side only; the "
          "incident is given."));
    mu_doc_paragraph(&w->doc, NULL,
                     _("Ratings are predicted by simulation: confirm a change with a fresh study "
                       "under another seed before money is spent, and in an exercise after."));
    mu_doc_close(&w->doc);
}

char *mu_fix_html(const mu_fix_report *report, mu_diags *diags) {
    writing w = {.doc = {.face = MU_FACE_HTML}, .report = report};
    write_head(&w);
    write_budget(&w);
    write_table(&w);
    const mu_status status = write_details(&w, diags);
    write_method(&w);
    mu_page_put(&w.doc.page, "</main>\n</body>\n</html>\n");
    char *text = mu_page_take(&w.doc.page);
    if (status != MU_OK) {
        free(text);
        return NULL;
    }
    return text;
}
