/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster export plan`: the plans of an incident's site, to hang up or hand out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file_out.h"
#include "core/i18n.h"
#include "drill/pack/plan_page.h"
#include "language.h"
#include "to_pdf.h"
#include "tools/export/export.h"

typedef struct drawing {
    mu_view view;
    mu_plan_sheet sheets[MU_PLAN_SHEETS_MOST];
    uint32_t count;
    const mu_plan_paper *paper;
    mu_plan_dress dress;
    const char *out;
    mu_diags *diags;
} drawing;

static mu_status complain(const drawing *d, const char *advice, const char *text) {
    const mu_where where = {.file = d->out};
    mu_diags_add(d->diags, MU_ERROR, "export.plan", &where, advice, "%s", text);
    return MU_ERR_INPUT;
}

static mu_status write_text(const drawing *d, const char *path, char *text) {
    const mu_status status =
        text == NULL ? MU_ERR_MEMORY : mu_file_out_write(path, text, strlen(text), d->diags);
    free(text);
    return status;
}

/* "plan.svg", or "plan-1.svg" and so on where there are several. */
static mu_status write_svg(const drawing *d) {
    const int stem = (int)(strlen(d->out) - strlen(".svg"));
    mu_status status = MU_OK;
    for (uint32_t i = 0; i < d->count && status == MU_OK; i++) {
        const char *path = d->count == 1
                               ? d->out
                               : mu_arena_print(d->view.arena, "%.*s-%u.svg", stem, d->out, i + 1);
        status = path == NULL ? MU_ERR_MEMORY
                              : write_text(d, path,
                                           mu_plan_sheet_svg(&d->view, d->sheets, i, d->count,
                                                             d->paper, d->dress));
    }
    return status;
}

static mu_status write_html(const drawing *d, const char *path) {
    return write_text(d, path,
                      mu_plan_sheets_html(&d->view, d->sheets, d->count, d->paper, d->dress));
}

static mu_status write_pdf(const drawing *d) {
    const char *page = mu_arena_print(d->view.arena, "%s.html", d->out);
    mu_pdf pdf;
    if (!mu_pdf_open(&pdf)) {
        return complain(d, _("install chromium, or write .svg or .html and print that"),
                        _("a PDF needs Chromium, which was not found"));
    }
    mu_status status = page == NULL ? MU_ERR_MEMORY : write_html(d, page);
    if (status == MU_OK && !mu_pdf_print(&pdf, page, d->out)) {
        status = complain(d, NULL, _("Chromium printed nothing"));
    }
    (void)remove(page != NULL ? page : "");
    mu_pdf_close(&pdf);
    return status;
}

static bool ends_with(const char *text, const char *ending) {
    const size_t length = strlen(text), tail = strlen(ending);
    return length > tail && strcmp(text + length - tail, ending) == 0;
}

static mu_status write_all(const drawing *d) {
    if (d->count == 0) {
        return complain(d, NULL, _("there is nothing on this level to draw"));
    }
    return ends_with(d->out, ".svg")    ? write_svg(d)
           : ends_with(d->out, ".html") ? write_html(d, d->out)
           : ends_with(d->out, ".pdf")
               ? write_pdf(d)
               : complain(d, NULL, _("the file's name must end with .svg, .pdf or .html"));
}

static bool find_level(const mu_site *site, const char *id, uint32_t *level) {
    *level = MU_NONE;
    for (uint32_t i = 0; id != NULL && i < site->levels.count; i++) {
        *level = strcmp(site->levels.items[i].id, id) == 0 ? i : *level;
    }
    return id == NULL || *level != MU_NONE;
}

mu_status mu_export_plan(const mu_plan *plan, const mu_export_plan_def *def, mu_diags *diags) {
    drawing d = {.view = {.plan = plan, .def = {.language = mu_language(), .version = MU_VERSION}},
                 .paper = def->paper,
                 .dress = def->bare ? MU_PLAN_BARE : MU_PLAN_ROUTES,
                 .out = def->out,
                 .diags = diags};
    uint32_t level;
    if (!find_level(&plan->site, def->level, &level)) {
        return complain(&d, NULL, _("the site has no level of this id"));
    }
    d.view.arena = mu_arena_create();
    if (d.view.arena == NULL) {
        return MU_ERR_MEMORY;
    }
    d.count = mu_plan_sheets(&d.view, level, d.sheets);
    const mu_status status = write_all(&d);
    mu_arena_destroy(d.view.arena);
    return status;
}
