/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hazard ledger as a workbook. */
#include <stdio.h>

#include "core/i18n.h"
#include "hazop_tell.h"
#include "workbook.h"

#ifdef MU_HAS_XLSX

#include <xlsxwriter.h>

typedef struct sheet {
    lxw_worksheet *at;
    lxw_format *head, *wrap, *band;
    lxw_row_t row;
} sheet;

static const mu_hazop_element *element_of(const mu_hazop_report *r,
                                          const mu_hazop_finding *finding) {
    return &r->hazop->elements.items[r->hazop->deviations.items[finding->deviation].element];
}

static mu_hazop_guide guide_of(const mu_hazop_report *r, const mu_hazop_finding *finding) {
    return r->hazop->deviations.items[finding->deviation].guide;
}

static void put(sheet *s, lxw_col_t column, const char *text) {
    (void)worksheet_write_string(s->at, s->row, column, text, s->wrap);
}

static void put_number(sheet *s, lxw_col_t column, double value) {
    (void)worksheet_write_number(s->at, s->row, column, value, NULL);
}

static void begin(sheet *s, const char *const *headings, const double *widths, lxw_col_t count) {
    (void)worksheet_write_string(s->at, 0, 0,
                                 _("INTERNAL: DO NOT PASS ON – PREDICTED BY SIMULATION"), s->band);
    for (lxw_col_t c = 0; c < count; c++) {
        (void)worksheet_write_string(s->at, 1, c, headings[c], s->head);
        (void)worksheet_set_column(s->at, c, c, widths[c], NULL);
    }
    worksheet_freeze_panes(s->at, 2, 0);
    worksheet_set_landscape(s->at);
    worksheet_set_paper(s->at, 9); /* A4 */
    (void)worksheet_fit_to_pages(s->at, 1, 0);
    s->row = 2;
}

static void put_losses(sheet *s, lxw_col_t column, const mu_hazop_report *r,
                       const mu_hazop_finding *finding) {
    char text[4000] = "";
    size_t length = 0;
    for (uint32_t k = 0; k < finding->losses.count && length + 400 < sizeof text; k++) {
        const mu_hazop_loss *loss = &finding->losses.items[k];
        const mu_results_clause *clause = &r->results->clauses.items[loss->clause];
        length +=
            (size_t)snprintf(text + length, sizeof text - length, "%s%s %.200s: %.0f %% → %.0f %%",
                             k > 0 ? "\n" : "", clause->id, mu_text_in(clause->title, r->language),
                             100 * loss->met_base, 100 * loss->met_now);
    }
    put(s, column, text);
}

static void put_remedy(sheet *s, const mu_hazop_report *r, const mu_hazop_finding *finding) {
    if (finding->remedy == MU_NONE) {
        put(s, 5, mu_hazop_advice(element_of(r, finding)->kind, guide_of(r, finding)));
        put(s, 6, _("not measured"));
        return;
    }
    const mu_lever *lever = &r->catalogue->levers.items[finding->remedy];
    const char *name = mu_text_in(lever->name, r->language);
    put(s, 5, name[0] != '\0' ? name : lever->id);
    put_number(s, 6, finding->back);
    put_number(s, 7, lever->cost);
    char needs[400];
    mu_lever_say_needs(lever, r->language, needs, sizeof needs);
    put(s, 8, needs);
}

/* A band, or left open for whoever knows. */
static void put_band(sheet *s, const mu_hazop_report *r, const mu_hazop_finding *finding) {
    const int band = mu_hazop_band(mu_hazop_likely(r->hazop, finding));
    char text[120] = "";
    if (band > 0) {
        (void)snprintf(text, sizeof text, "%d: %.100s", band, mu_hazop_say_band(band));
    }
    put(s, 9, text);
}

static void write_single(sheet *s, const mu_hazop_report *r) {
    char cost[120];
    mu_levers_say_cost(r->catalogue, r->language, cost, sizeof cost);
    const char *const headings[] = {_("number"),
                                    _("what fails"),
                                    _("kind"),
                                    _("weight"),
                                    _("what is lost"),
                                    _("best remedy"),
                                    _("clauses brought back a run"),
                                    cost,
                                    _("what else it needs"),
                                    _("likelihood, 1 to 5"),
                                    _("who sees to it, until when")};
    const double widths[] = {8, 34, 16, 9, 60, 40, 14, 14, 36, 20, 24};
    uint32_t number = 0;
    begin(s, headings, widths, 11);
    for (uint32_t i = 0; i < r->count; i++) {
        const mu_hazop_finding *finding = &r->findings[i];
        mu_said said;
        char name[16];
        if (!finding->is_single) {
            continue;
        }
        (void)snprintf(name, sizeof name, "S%u", ++number);
        put(s, 0, name);
        put(s, 1, mu_hazop_say(r->hazop, finding->deviation, r->language, said));
        put(s, 2, mu_hazop_say_kind(element_of(r, finding)->kind));
        put_number(s, 3, finding->weight);
        put_losses(s, 4, r, finding);
        put_remedy(s, r, finding);
        put_band(s, r, finding);
        s->row++;
    }
}

static void write_all(sheet *s, const mu_hazop_report *r) {
    const char *const headings[] = {_("what fails"),  _("kind"), _("fewer clauses met a run"),
                                    _("from"),        _("to"),   _("single point"),
                                    _("what is lost")};
    const double widths[] = {40, 18, 14, 10, 10, 12, 70};
    begin(s, headings, widths, 7);
    for (uint32_t i = 0; i < r->count; i++) {
        const mu_hazop_finding *finding = &r->findings[i];
        mu_said said;
        put(s, 0, mu_hazop_say(r->hazop, finding->deviation, r->language, said));
        put(s, 1, mu_hazop_say_kind(element_of(r, finding)->kind));
        put_number(s, 2, finding->fewer);
        put_number(s, 3, finding->low);
        put_number(s, 4, finding->high);
        put(s, 5, finding->is_single ? _("yes") : "");
        put_losses(s, 6, r, finding);
        s->row++;
    }
}

mu_status mu_hazop_xlsx(const mu_hazop_report *report, const char *path, mu_diags *diags) {
    lxw_error error = LXW_ERROR_MEMORY_MALLOC_FAILED;
    mu_file_out file;
    const mu_status status = mu_file_out_open(path, &file, diags);
    if (status != MU_OK) {
        return status;
    }
    lxw_workbook *book = workbook_new(mu_workbook_path(&file));
    if (book != NULL) {
        sheet s = {.head = workbook_add_format(book),
                   .wrap = workbook_add_format(book),
                   .band = workbook_add_format(book)};
        format_set_bold(s.head);
        format_set_bottom(s.head, LXW_BORDER_THIN);
        format_set_text_wrap(s.head);
        format_set_text_wrap(s.wrap);
        format_set_align(s.wrap, LXW_ALIGN_VERTICAL_TOP);
        format_set_bold(s.band);
        s.at = workbook_add_worksheet(book, _("single points"));
        write_single(&s, report);
        s.at = workbook_add_worksheet(book, _("all deviations"));
        write_all(&s, report);
        error = workbook_close(book);
    }
    return mu_workbook_finish(&file, (int)error, diags);
}

#else

mu_status mu_hazop_xlsx(const mu_hazop_report *report, const char *path, mu_diags *diags) {
    (void)report;
    return mu_workbook_failed(path, 0, diags);
}

#endif
