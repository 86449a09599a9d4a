/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The papers in order, who gets which, and the head that all of them have. */
#include "drill/pack/pack.h"

#include <stdlib.h>

#include "core/i18n.h"
#include "drill/pack/sheet.h"

enum { STYLES_MOST = 8 };

typedef struct paper_row {
    const char *file, *title, *readers; /* title and readers marked with N_() */
    void (*write)(mu_sheet *s);
    bool is_wide; /* printed on its side */
} paper_row;

#define CONTROL   N_("For exercise control and evaluators only. Not for players.")
#define EVERYBODY N_("For everybody who takes part.")

static const paper_row papers[MU_PACK_PAPERS] = {
    [MU_PACK_PLAN] = {"exercise-plan", N_("Exercise plan"), CONTROL, mu_sheet_plan, false},
    [MU_PACK_MANUAL] = {"situation-manual", N_("Situation manual"), EVERYBODY, mu_sheet_manual,
                        false},
    [MU_PACK_INJECTS] = {"inject-list", N_("Master scenario events list"), CONTROL,
                         mu_sheet_injects, true},
    [MU_PACK_EVALUATION] = {"evaluation-sheets", N_("Evaluation sheets"), CONTROL,
                            mu_sheet_evaluation, false},
    [MU_PACK_ROLES] = {"role-cards", N_("Role cards"), N_("One card to each player. Cut them out."),
                       mu_sheet_roles, false},
    [MU_PACK_DECISIONS] = {"decision-log", N_("Decision log"), N_("For whoever keeps the log."),
                           mu_sheet_decisions, true},
    [MU_PACK_ATTENDANCE] = {"sign-in", N_("Sign-in sheet"), N_("For the entrance."),
                            mu_sheet_attendance, false},
    [MU_PACK_ROLL_CALL] = {"roll-call", N_("Roll-call sheets"), N_("One for each assembly point."),
                           mu_sheet_roll_call, false},
    [MU_PACK_SAFETY] = {"safety", N_("Safety page"), EVERYBODY, mu_sheet_safety, false},
    [MU_PACK_FLOORS] = {"floor-plans", N_("Floor plans with routes and cordons"), CONTROL,
                        mu_sheet_floors, false},
    [MU_PACK_GUIDE] = {"facilitator-guide", N_("Facilitator's guide"), CONTROL, mu_sheet_guide,
                       false},
};

const char *mu_pack_file(mu_pack_paper paper) {
    return papers[paper].file;
}

const char *mu_pack_title(mu_pack_paper paper) {
    return _(papers[paper].title);
}

/* On every printed page, in both languages, whatever the pack's own is. */
static const char *running(const mu_sheet *s) {
    return s->view.def.language[0] == 'z' ? "演练 / EXERCISE · 内部资料，不得外传"
                                          : "EXERCISE / 演练 · INTERNAL – DO NOT PASS ON";
}

static void put_head(mu_sheet *s, const char *title, const char *readers, bool is_wide) {
    const char *style[STYLES_MOST] = {NULL};
    size_t count = 0;
    for (; count + 2 < STYLES_MOST && mu_pack_style[count] != NULL; count++) {
        style[count] = mu_pack_style[count];
    }
    style[count] = is_wide ? "@page{size:A4 landscape}\n" : NULL;
    mu_report_head_styled(&s->doc.page, s->view.def.language, title, running(s), style);
    mu_doc_paragraph(&s->doc, "band", running(s));
    mu_doc_paragraph(&s->doc, "kicker", mu_say_text(&s->view, &s->view.plan->incident.name));
    mu_doc_heading(&s->doc, 1, NULL, title);
    mu_doc_paragraph(&s->doc, "place", mu_say_text(&s->view, &s->view.plan->site.name));
    mu_doc_paragraph(&s->doc, "readers", readers);
}

static bool begin(const mu_pack_def *def, mu_sheet *s) {
    *s = (mu_sheet){.watches = def->watches};
    if (mu_view_create(&def->report, &s->view) != MU_OK) {
        return false;
    }
    s->doc = (mu_doc){.face = MU_FACE_HTML, .view = &s->view};
    if (mu_pack_msel(s->view.plan, s->watches, &s->events) != MU_OK) {
        mu_view_destroy(&s->view);
        return false;
    }
    return true;
}

static char *end(mu_sheet *s) {
    mu_page_put(&s->doc.page, "</main>\n</body>\n</html>\n");
    mu_msel_destroy(&s->events);
    s->doc.page.no_memory = s->doc.page.no_memory || mu_arena_lacks_memory(s->view.arena);
    mu_view_destroy(&s->view);
    return mu_page_take(&s->doc.page);
}

char *mu_pack_html(const mu_pack_def *def, mu_pack_paper which) {
    mu_sheet s;
    if (!begin(def, &s)) {
        return NULL;
    }
    put_head(&s, _(papers[which].title), _(papers[which].readers), papers[which].is_wide);
    papers[which].write(&s);
    return end(&s);
}

/* The index. */

static void put_file(mu_sheet *s, const char *file, const char *what, const char *readers) {
    mu_page *page = &s->doc.page;
    mu_page_print(page, "<tr><td><a href=\"%s\">", file);
    mu_page_text(page, what);
    mu_page_put(page, "</a></td><td>");
    mu_page_text(page, readers);
    mu_page_put(page, "</td><td>");
    mu_page_text(page, file);
    mu_page_put(page, "</td></tr>\n");
}

static void put_papers(mu_sheet *s, const char *ending) {
    for (int p = 0; p < MU_PACK_PAPERS; p++) {
        put_file(s, mu_say(&s->view, "%s.%s", papers[p].file, ending), _(papers[p].title),
                 _(papers[p].readers));
    }
}

static void put_lists(mu_sheet *s) {
    put_file(s, "msel.csv", _("Master scenario events list, as a table"), _(CONTROL));
    put_file(s, "times.csv", _("Sheet that observed times are typed into"),
             _("For the lead evaluator: afterwards, muster observe reads it."));
    put_file(s, "pack.json", _("What the pack was made from"), _("For muster observe."));
}

char *mu_pack_index(const mu_pack_def *def, bool has_pdf) {
    mu_sheet s;
    if (!begin(def, &s)) {
        return NULL;
    }
    const mu_column columns[] = {{_("Paper"), NULL}, {_("Who gets it"), "wide"}, {_("File"), NULL}};
    put_head(&s, _("Drill pack"), _(CONTROL), false);
    mu_doc_paragraph(&s.doc, NULL,
                     mu_say(&s.view,
                            P_("Expected times come from %u run of the incident with seed %llu. "
                               "They are predictions, to hold observed times against; they are no "
                               "targets and no player should know them.",
                               "Expected times come from %u runs of the incident with seed %llu. "
                               "They are predictions, to hold observed times against; they are no "
                               "targets and no player should know them.",
                               s.watches->runs),
                            s.watches->runs, (unsigned long long)s.view.findings->seed));
    mu_doc_table(&s.doc, "files", columns, 3);
    put_papers(&s, has_pdf ? "pdf" : "html");
    put_lists(&s);
    mu_doc_table_end(&s.doc);
    mu_doc_paragraph(&s.doc, "small",
                     has_pdf ? _("Each PDF has a page of the same name beside it (.html).")
                             : _("Each page prints on A4 from any browser."));
    mu_doc_paragraph(&s.doc, "small", mu_say(&s.view, "muster %s", s.view.def.version));
    return end(&s);
}
