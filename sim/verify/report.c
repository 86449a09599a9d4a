/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cover, model, suites one after another, experiments, and how to get it again. */
#include "verify/report.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "crowd/motion.h"
#include "crowd/walk_numbers.h"
#include "drill/report/doc.h"
#include "drill/report/section.h"
#include "verify/chart.h"

typedef struct writing {
    const mu_verify_report_def *def;
    const mu_verification *v;
    mu_doc doc;
    int chapter;
    bool plotted; /* speed against density has its place already */
} writing;

void mu_verify_say_number(double value, char out[32]) {
    if (isnan(value)) {
        (void)snprintf(out, 32, "–");
    } else if (fabs(value - round(value)) < 1e-9 && fabs(value) < 1e9) {
        (void)snprintf(out, 32, "%.0f", round(value));
    } else {
        (void)snprintf(out, 32, fabs(value) >= 100 ? "%.1f" : "%.3f", value);
    }
}

void mu_verify_say_limits(const mu_case_check *check, char *out, size_t room) {
    char least[32], most[32];
    const bool has_least = check->least > -MU_CASE_NO_LIMIT;
    const bool has_most = check->most < MU_CASE_NO_LIMIT;
    const bool bare = check->over != NULL || check->of.count > 0 || check->statistic == MU_CASE_KS;
    const char *unit = bare ? "" : mu_case_unit(check->measure);
    mu_verify_say_number(check->least, least);
    mu_verify_say_number(check->most, most);
    if (has_least && has_most && check->least >= check->most) {
        (void)snprintf(out, room, "= %s %s", least, unit);
    } else if (has_least && has_most) {
        (void)snprintf(out, room, "%s … %s %s", least, most, unit);
    } else if (has_least || has_most) {
        (void)snprintf(out, room, "%s %s %s", has_least ? "≥" : "≤", has_least ? least : most,
                       unit);
    } else {
        out[0] = 0;
    }
}

const char *mu_verify_say_outcome(mu_outcome outcome) {
    switch (outcome) {
    case MU_OUTCOME_PASSED:
        return _("holds");
    case MU_OUTCOME_FAILED:
        return _("does not hold");
    case MU_OUTCOME_NOT_COVERED:
        return _("not covered");
    }
    return "";
}

static const char *say(const writing *w, const mu_text *text) {
    const char *first = w->def->language[0] == 'z' ? text->zh : text->en;
    const char *second = w->def->language[0] == 'z' ? text->en : text->zh;
    return first != NULL ? first : second != NULL ? second : "";
}

static void open_chapter(writing *w, const char *heading) {
    char text[256];
    (void)snprintf(text, sizeof text, "%d. %s", ++w->chapter, heading);
    mu_doc_open(&w->doc, "chapter", NULL);
    mu_doc_heading(&w->doc, 2, NULL, text);
}

static void put_fact(writing *w, const char *name, const char *unit, double value) {
    char text[64];
    (void)snprintf(text, sizeof text, "%.6g%s", value, unit);
    mu_doc_fact(&w->doc, name, text);
}

static void put_tile(writing *w, const char *class_name, unsigned count, const char *text) {
    mu_page_print(&w->doc.page, "<div class=\"tile %s\"><b>%u</b><span>", class_name, count);
    mu_page_text(&w->doc.page, text);
    mu_page_put(&w->doc.page, "</span></div>\n");
}

void mu_verify_count(const mu_verification *v, int suite, unsigned count[3]) {
    count[0] = count[1] = count[2] = 0;
    for (uint32_t i = 0; i < v->count; i++) {
        const mu_verified *item = &v->items[i];
        const bool wanted = suite < 0 ? true : item->given != NULL && item->given->suite == suite;
        count[item->outcome] += wanted;
    }
}

static void write_cover(writing *w) {
    unsigned count[3];
    mu_verify_count(w->v, -1, count);
    mu_doc_paragraph(&w->doc, "kicker", _("Verification report"));
    mu_doc_heading(&w->doc, 1, NULL, _("How Muster's people move, put to the test"));
    mu_doc_paragraph(&w->doc, "place",
                     _("Published test catalogues, experiments with people, and what must not "
                       "depend on how a scene is drawn"));
    mu_page_put(&w->doc.page, "<div class=\"tiles\">\n");
    put_tile(w, "", w->v->count, _("cases and experiments"));
    put_tile(w, "good", count[MU_OUTCOME_PASSED], _("hold"));
    put_tile(w, count[MU_OUTCOME_FAILED] > 0 ? "bad" : "good", count[MU_OUTCOME_FAILED],
             _("do not hold"));
    put_tile(w, "", count[MU_OUTCOME_NOT_COVERED], _("not covered"));
    mu_page_put(&w->doc.page, "</div>\n");
    mu_doc_facts(&w->doc, 2);
    mu_doc_fact(&w->doc, _("program"), w->v->def.program);
    mu_doc_fact(&w->doc, _("date"), w->def->date != NULL ? w->def->date : "–");
    mu_doc_fact(&w->doc, _("motion model"), mu_motion_walk.name);
    put_fact(w, _("first seed"), "", (double)w->v->def.first_seed);
    mu_doc_facts_end(&w->doc);
}

static void write_model(writing *w) {
    open_chapter(w, _("The model and its modes"));
    mu_doc_paragraph(
        &w->doc, NULL,
        _("Everybody is a disc that goes along the shortest way to its exit, no "
          "faster than the free way ahead allows (the collision-free speed model of "
          "Tordeux, Chraibi and Seyfried 2016), and turns aside in good time for those "
          "whom it would otherwise touch (after Xu, Chraibi and Seyfried 2021)."));
    mu_doc_paragraph(&w->doc, NULL,
                     _("Mode \"free\": bodies alone limit the flow, as in experiments. Mode "
                       "\"regulatory\": no more than 1.33 persons per metre and second pass a door "
                       "(IMO MSC.1/Circ.1533), as regulators reckon. Each case below names its "
                       "mode; no other setting differs between cases."));
    mu_doc_heading(&w->doc, 3, NULL, _("Parameters"));
    mu_doc_facts(&w->doc, 2);
    put_fact(w, _("time step"), " s", MU_WALK_STEP_S);
    put_fact(w, _("neighbours within"), " m", (double)MU_WALK_CUTOFF_M);
    put_fact(w, _("time gap"), " s", (double)MU_WALK_TIME_GAP_S);
    put_fact(w, _("the same out of a queue"), " s", (double)MU_WALK_QUEUE_GAP_S);
    put_fact(w, _("the same on a crowded stair"), " s", (double)MU_WALK_TREAD_GAP_S);
    put_fact(w, _("time to turn"), " s", MU_WALK_REACTION_S);
    put_fact(w, _("foresight"), " s", (double)MU_WALK_FORESIGHT_S);
    put_fact(w, _("strength of avoiding"), "", (double)MU_WALK_AVOID);
    put_fact(w, _("range of avoiding"), " m", (double)MU_WALK_AVOID_M);
    mu_doc_fact(&w->doc, _("radius of a body"), "0.20–0.25 m");
    mu_doc_fact(&w->doc, _("speed, where a case gives none"),
                _("Normal 1.34 / 0.26 m/s, 0.5 to 2.2 (Weidmann 1993)"));
    mu_doc_fact(&w->doc, _("adults of a site"), _("uniform 1.25 ± 0.30 m/s (FDS+Evac)"));
    mu_doc_facts_end(&w->doc);
    mu_doc_heading(&w->doc, 3, NULL, _("In the model's own words"));
    mu_doc_paragraph(&w->doc, "small", _(mu_motion_walk.documentation));
    mu_doc_close(&w->doc);
}

/* Which tests are not played, each with its reason. */
static void write_left_out(writing *w) {
    unsigned count[3];
    mu_verify_count(w->v, -1, count);
    if (count[MU_OUTCOME_NOT_COVERED] == 0) {
        return;
    }
    mu_doc_heading(&w->doc, 3, NULL, _("Left out, and why"));
    mu_doc_list(&w->doc);
    for (uint32_t i = 0; i < w->v->count; i++) {
        const mu_verified *item = &w->v->items[i];
        char text[1200];
        if (item->outcome == MU_OUTCOME_NOT_COVERED) {
            (void)snprintf(text, sizeof text, "%s – %s. %s", item->given->id,
                           say(w, &item->given->title), say(w, &item->given->not_covered));
            mu_doc_item(&w->doc, text);
        }
    }
    mu_doc_list_end(&w->doc);
}

static void write_summary(writing *w) {
    open_chapter(w, _("Summary by suite"));
    const mu_column columns[] = {{_("suite"), NULL},           {_("tests"), "number"},
                                 {_("covered"), "number"},     {_("hold"), "number"},
                                 {_("do not hold"), "number"}, {_("left out"), "number"}};
    mu_doc_table(&w->doc, NULL, columns, 6);
    for (int s = 0; mu_case_suites[s] != NULL; s++) {
        unsigned count[3];
        char text[16];
        mu_verify_count(w->v, s, count);
        if (count[0] + count[1] + count[2] == 0) {
            continue;
        }
        const unsigned numbers[] = {count[0] + count[1] + count[2], count[0] + count[1], count[0],
                                    count[1], count[2]};
        mu_doc_cell(&w->doc, NULL, _(mu_case_suite_name(s)));
        for (int o = 0; o < 5; o++) {
            (void)snprintf(text, sizeof text, "%u", numbers[o]);
            mu_doc_cell(&w->doc, o == 3 && numbers[o] > 0 ? "number bad" : "number", text);
        }
    }
    mu_doc_table_end(&w->doc);
    write_left_out(w);
    mu_doc_close(&w->doc);
}

static void write_check(writing *w, const mu_verified *item, uint32_t c) {
    const mu_case_check *check = &item->given->checks.items[c];
    const mu_case_result *result = &item->results[c];
    char name[256], expected[96], measured[32];
    mu_verify_say_limits(check, expected, sizeof expected);
    mu_verify_say_number(result->measured, measured);
    (void)snprintf(name, sizeof name, _("%s: %s"), check->id,
                   _(mu_case_measure_name(check->measure)));
    mu_doc_cell(&w->doc, NULL, name);
    mu_doc_cell(&w->doc, "number", expected);
    mu_doc_cell(&w->doc, "number", measured);
    mu_doc_cell(&w->doc,
                !result->judged ? "open"
                : result->holds ? "good"
                                : "bad",
                !result->judged ? ""
                : result->holds ? _("holds")
                                : _("no"));
}

/* A line over the whole table: what the case is, and its verdict. */
static void write_case_head(writing *w, const mu_verified *item) {
    mu_page *page = &w->doc.page;
    mu_page_put(page, "<tr class=\"head\"><td colspan=\"3\"><b>");
    mu_page_text(page, item->given->id);
    mu_page_put(page, "</b> ");
    mu_page_text(page, say(w, &item->given->shows));
    mu_page_print(page, "</td><td class=\"%s\">",
                  item->outcome == MU_OUTCOME_PASSED   ? "good"
                  : item->outcome == MU_OUTCOME_FAILED ? "bad"
                                                       : "open");
    mu_page_text(page, mu_verify_say_outcome(item->outcome));
    mu_page_put(page, "</td></tr>\n");
}

static void write_case(writing *w, const mu_verified *item) {
    write_case_head(w, item);
    for (uint32_t c = 0; item->results != NULL && c < item->given->checks.count; c++) {
        write_check(w, item, c);
    }
}

static void write_notes(writing *w, int suite) {
    mu_doc_heading(&w->doc, 3, NULL, _("Sources, modes and choices"));
    mu_doc_list(&w->doc);
    for (uint32_t i = 0; i < w->v->count; i++) {
        const mu_case *given = w->v->items[i].given;
        char text[1600], seeds[64], mode[64];
        if (given == NULL || given->suite != suite) {
            continue;
        }
        if (given->not_covered.en != NULL) {
            (void)snprintf(text, sizeof text, _("%s – %s. %s"), given->id, say(w, &given->source),
                           say(w, &given->not_covered));
        } else {
            (void)snprintf(seeds, sizeof seeds, P_("%u seed", "%u seeds", w->v->items[i].seeds),
                           w->v->items[i].seeds);
            (void)snprintf(mode, sizeof mode, _("mode \"%s\""),
                           mu_motion_mode_name((mu_motion_mode)given->mode));
            (void)snprintf(text, sizeof text, _("%s – %s. %s, %s. %s"), given->id,
                           say(w, &given->source), mode, seeds, say(w, &given->choices));
        }
        mu_doc_item(&w->doc, text);
    }
    mu_doc_list_end(&w->doc);
}

static void write_sketches(writing *w, int suite) {
    mu_page_put(&w->doc.page, "<div class=\"sketches\">\n");
    for (uint32_t i = 0; i < w->v->count; i++) {
        const mu_case *given = w->v->items[i].given;
        if (given != NULL && given->suite == suite && given->scenes.count > 0 &&
            mu_doc_figure(&w->doc, NULL)) {
            (void)mu_chart_scene(&w->doc.page, given, 0);
            mu_doc_figure_end(&w->doc, given->id);
        }
    }
    mu_page_put(&w->doc.page, "</div>\n");
}

static void write_plots(writing *w) {
    mu_page plot = {0};
    w->plotted = true;
    const bool diagram = mu_chart_fundamental(&plot, w->v);
    if (diagram && mu_doc_figure(&w->doc, NULL)) {
        (void)mu_chart_fundamental(&w->doc.page, w->v);
        mu_doc_figure_end(&w->doc, _("Speed against density: rings are cases; small circles are "
                                     "people in experiments (grey) and the model (filled), by "
                                     "method B."));
    }
    const bool flows = mu_chart_bottlenecks(&plot, w->v);
    if (flows && mu_doc_figure(&w->doc, NULL)) {
        (void)mu_chart_bottlenecks(&w->doc.page, w->v);
        mu_doc_figure_end(&w->doc, _("Flow through bottlenecks of several widths."));
    }
    char *text = mu_page_take(&plot);
    free(text);
}

static void write_suite(writing *w, int suite) {
    unsigned count[3];
    mu_verify_count(w->v, suite, count);
    if (count[0] + count[1] + count[2] == 0) {
        return;
    }
    open_chapter(w, _(mu_case_suite_name(suite)));
    if (strcmp(mu_case_suites[suite], "curves") == 0) {
        write_plots(w);
    }
    const mu_column columns[] = {{_("measure"), "what"},
                                 {_("expected"), "number"},
                                 {_("measured"), "number"},
                                 {_("result"), "result"}};
    mu_doc_table(&w->doc, "cases", columns, 4);
    for (uint32_t i = 0; i < w->v->count; i++) {
        if (w->v->items[i].given != NULL && w->v->items[i].given->suite == suite) {
            write_case(w, &w->v->items[i]);
        }
    }
    mu_doc_table_end(&w->doc);
    write_sketches(w, suite);
    write_notes(w, suite);
    mu_doc_close(&w->doc);
}

static void write_figures(writing *w, const mu_figure *group, const char *before) {
    for (uint32_t i = 0; i < group->parts.count; i++) {
        const mu_figure *part = &group->parts.items[i];
        char name[256], cell[3][32], off[32] = "";
        (void)snprintf(name, sizeof name, "%s%s%s", before, part->name,
                       part->shape == MU_FIGURE_GROUP ? "." : "");
        write_figures(w, part, name);
        if (part->shape != MU_FIGURE_NUMBER || part->meaning.quantity == MU_QUANTITY_GIVEN ||
            part->meaning.quantity == MU_QUANTITY_AT_SHARE) {
            continue;
        }
        const double deviation = mu_figure_deviation(part);
        mu_verify_say_number(part->given, cell[0]);
        mu_verify_say_number(mu_figure_mean(part), cell[1]);
        mu_verify_say_number(mu_figure_spread(part), cell[2]);
        if (!isnan(deviation)) {
            (void)snprintf(off, sizeof off, "%+.1f %%", 100 * deviation);
        }
        mu_doc_cell(&w->doc, NULL, name);
        for (int k = 0; k < 3; k++) {
            mu_doc_cell(&w->doc, "number", cell[k]);
        }
        mu_doc_cell(&w->doc,
                    !part->judged                                ? "number"
                    : fabs(deviation) <= MU_EXPERIMENT_TOLERANCE ? "number good"
                                                                 : "number bad",
                    off);
    }
}

void mu_verify_say_trial(const mu_trial *trial, char out[MU_TRIAL_ROOM]) {
    (void)snprintf(out, MU_TRIAL_ROOM,
                   _("Mean of %u runs, mode %s. Moved off walls at first: %.1f persons, at most "
                     "%.2f m. Place taken, came in later: %.1f persons, by %.2f s on average, at "
                     "most %.2f s. Still inside at the end: %.1f."),
                   trial->seeds, mu_motion_mode_name(trial->mode), trial->clamped,
                   trial->clamped_most_m, trial->delayed, trial->delayed_mean_s,
                   trial->delayed_most_s, trial->inside);
}

static void write_trial(writing *w, const mu_trial *trial) {
    const mu_experiment *e = &trial->experiment;
    char text[MU_TRIAL_ROOM];
    mu_doc_open(&w->doc, "section", NULL);
    mu_doc_heading(&w->doc, 3, NULL, e->id != NULL ? e->id : "");
    mu_doc_paragraph(&w->doc, NULL, e->description != NULL ? e->description : "");
    mu_page_put(&w->doc.page, "<div class=\"pair\"><div>\n");
    (void)mu_chart_passage(&w->doc.page, e);
    mu_page_put(&w->doc.page, "</div><div>\n");
    (void)mu_chart_experiment(&w->doc.page, e);
    mu_page_put(&w->doc.page, "</div></div>\n");
    const mu_column columns[] = {{_("figure"), NULL},
                                 {_("people"), "number"},
                                 {_("model"), "number"},
                                 {_("between runs"), "number"},
                                 {_("difference"), "number"}};
    mu_doc_table(&w->doc, NULL, columns, 5);
    write_figures(w, &e->measured, "");
    mu_doc_table_end(&w->doc);
    mu_verify_say_trial(trial, text);
    mu_doc_paragraph(&w->doc, "small", text);
    mu_doc_paragraph(&w->doc, "small", e->reference != NULL ? e->reference : "");
    mu_doc_close(&w->doc);
}

static void write_experiments(writing *w) {
    bool open = false;
    for (uint32_t i = 0; i < w->v->count; i++) {
        if (w->v->items[i].trial == NULL) {
            continue;
        }
        if (!open) {
            open_chapter(w, _("Experiments with people"));
            mu_doc_paragraph(
                &w->doc, NULL,
                _("Each run begins as the recording does: everybody comes in when, "
                  "where and as fast as they were first seen. Steady flow, mean speed "
                  "and density are judged: they are to be no more than a fifth off what was "
                  "measured."));
            open = true;
            if (!w->plotted) { /* no chapter on curves */
                write_plots(w);
            }
        }
        write_trial(w, w->v->items[i].trial);
    }
    if (open) {
        mu_doc_close(&w->doc);
    }
}

static void write_reproduction(writing *w) {
    open_chapter(w, _("How to get this result again"));
    mu_doc_paragraph(&w->doc, NULL,
                     _("The same program with the same files and seeds gives the same numbers to "
                       "the last digit. Seeds are counted on from the first."));
    const mu_column columns[] = {{_("file"), NULL}, {_("hash"), "hash"}, {_("seeds"), "number"}};
    mu_doc_table(&w->doc, "clauses", columns, 3);
    for (uint32_t i = 0; i < w->v->count; i++) {
        const mu_verified *item = &w->v->items[i];
        const char *slash = strrchr(item->file, '/');
        char hash[24], seeds[16];
        (void)snprintf(hash, sizeof hash, "%016" PRIx64, item->hash);
        (void)snprintf(seeds, sizeof seeds, "%u", item->seeds);
        mu_doc_cell(&w->doc, NULL, slash != NULL ? slash + 1 : item->file);
        mu_doc_cell(&w->doc, "hash", hash);
        mu_doc_cell(&w->doc, "number", item->outcome == MU_OUTCOME_NOT_COVERED ? "" : seeds);
    }
    mu_doc_table_end(&w->doc);
    mu_doc_close(&w->doc);
}

static void write_head(writing *w) {
    const bool zh = w->def->language[0] == 'z';
    mu_page *page = &w->doc.page;
    mu_page_print(page, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  zh ? "zh-CN" : "en");
    mu_page_put(page, "<meta name=\"viewport\" content=\"width=device-width, "
                      "initial-scale=1\">\n<title>");
    mu_page_text(page, _("Verification report"));
    mu_page_put(page, "</title>\n<style>\n");
    for (const char *const *line = mu_report_style; *line != NULL; line++) {
        mu_page_put(page, *line);
    }
    mu_page_put(page, mu_verify_style);
    mu_page_put(page, "@page{@top-center{content:\"");
    mu_page_text(page, _("Muster: verification report"));
    mu_page_put(page, "\"}}\n</style>\n</head>\n<body>\n<main>\n");
}

char *mu_verify_report(const mu_verify_report_def *def) {
    writing w = {.def = def, .v = def->verification, .doc = {.face = MU_FACE_HTML}};
    write_head(&w);
    write_cover(&w);
    write_model(&w);
    write_summary(&w);
    for (int s = 0; mu_case_suites[s] != NULL; s++) {
        write_suite(&w, s);
    }
    write_experiments(&w);
    write_reproduction(&w);
    mu_page_put(&w.doc.page, "</main>\n</body>\n</html>\n");
    return mu_page_take(&w.doc.page);
}
