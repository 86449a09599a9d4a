/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of the parts in each language and the frame around them. HSEEP and AQ/T 9009 put the
 * same matter in different orders under different names, so each language has an outline of its
 * own. */
#include "drill/report/report.h"

#include <string.h>

#include "core/i18n.h"
#include "drill/report/section.h"
#include "drill/report/svg.h"
#include "drill/report/words.h"

typedef struct part {
    const char *heading;        /* marked with N_() */
    char kind;                  /* 'c' chapter, 's' section of the chapter before, 'a' annex */
    void (*write)(mu_doc *doc); /* NULL: only holds the sections that follow */
} part;

static const part english[] = {
    {N_("Exercise overview"), 'c', mu_section_overview},
    {N_("Evaluation method"), 'c', mu_section_method},
    {N_("The tabletop"), 'c', mu_section_tabletop},
    {N_("Drill metrics"), 'c', mu_section_metrics},
    {N_("Who did what when"), 'c', mu_section_timeline},
    {N_("Workload of the teams"), 'c', mu_section_workload},
    {N_("Summary of predicted capability performance"), 'c', mu_section_capabilities},
    {N_("Areas for improvement"), 'c', mu_section_gaps},
    {N_("Strengths"), 'c', mu_section_strengths},
    {N_("Clauses without a verdict"), 'c', mu_section_unjudged},
    {N_("Conclusion"), 'c', mu_section_conclusion},
    {N_("Improvement plan"), 'a', mu_section_actions},
    {N_("All clauses"), 'a', mu_section_clauses},
    {N_("Site plans"), 'a', mu_section_plans},
    {N_("The incident in pictures"), 'a', mu_section_pictures},
    {N_("Assumptions and artificialities"), 'a', mu_section_assumptions},
    {N_("How to get this result again"), 'a', mu_section_reproduce},
    {NULL, 0, NULL},
};

static const part chinese[] = {
    {N_("Exercise overview"), 'c', mu_section_overview},
    {N_("Evaluation method"), 'c', mu_section_method},
    {N_("Analysis of the exercise"), 'c', NULL},
    {N_("The tabletop"), 's', mu_section_tabletop},
    {N_("Drill metrics"), 's', mu_section_metrics},
    {N_("Who did what when"), 's', mu_section_timeline},
    {N_("Workload of the teams"), 's', mu_section_workload},
    {N_("Summary of predicted capability performance"), 's', mu_section_capabilities},
    {N_("Areas for improvement"), 's', mu_section_gaps},
    {N_("Strengths"), 's', mu_section_strengths},
    {N_("Clauses without a verdict"), 's', mu_section_unjudged},
    {N_("Improvement plan"), 'c', mu_section_actions},
    {N_("Conclusion"), 'c', mu_section_conclusion},
    {N_("All clauses"), 'a', mu_section_clauses},
    {N_("Site plans"), 'a', mu_section_plans},
    {N_("The incident in pictures"), 'a', mu_section_pictures},
    {N_("Assumptions and artificialities"), 'a', mu_section_assumptions},
    {N_("How to get this result again"), 'a', mu_section_reproduce},
    {NULL, 0, NULL},
};

typedef struct numbering {
    int chapter, section, annex;
} numbering;

static const char *number(const mu_view *view, const part *p, numbering *at) {
    static const char *const digits[] = {"〇", "一", "二", "三", "四", "五",
                                         "六", "七", "八", "九", "十"};
    const bool chinese_numerals = view->def.language[0] == 'z';
    const char *heading = _(p->heading);
    if (p->kind == 'a') {
        at->annex++;
        return chinese_numerals ? mu_say(view, "附件%d　%s", at->annex, heading)
                                : mu_say(view, "Appendix %c: %s", 'A' + at->annex - 1, heading);
    }
    if (p->kind == 's') {
        at->section++;
        return mu_say(view, "（%s）%s", digits[at->section], heading);
    }
    at->section = 0;
    at->chapter++;
    return chinese_numerals ? mu_say(view, "%s、%s", digits[at->chapter], heading)
                            : mu_say(view, "%d. %s", at->chapter, heading);
}

static bool is_empty(const mu_doc *doc, const part *p) {
    return ((p->write == mu_section_timeline || p->write == mu_section_pictures) &&
            doc->view->def.timeline == NULL) ||
           (p->write == mu_section_workload &&
            (doc->view->findings->replicates == NULL ||
             doc->view->findings->replicates[0].workload.roles == NULL)) ||
           (p->write == mu_section_tabletop && doc->view->def.tabletop == NULL);
}

static void write_parts(mu_doc *doc) {
    numbering at = {0};
    mu_section_cover(doc);
    for (const part *p = doc->view->def.language[0] == 'z' ? chinese : english; p->heading != NULL;
         p++) {
        if (is_empty(doc, p)) {
            continue;
        }
        mu_doc_open(doc,
                    p->kind == 'a'   ? "chapter annex"
                    : p->kind == 's' ? "section"
                                     : "chapter",
                    NULL);
        mu_doc_heading(doc, 2, NULL, number(doc->view, p, &at));
        if (p->write != NULL) {
            p->write(doc);
        }
        mu_doc_close(doc);
    }
}

static void put_pieces(mu_page *page, const char *const *pieces) {
    for (const char *const *line = pieces; line != NULL && *line != NULL; line++) {
        mu_page_put(page, *line);
    }
}

void mu_report_head(mu_page *page, const char *language, const char *title, const char *running) {
    mu_report_head_styled(page, language, title, running, NULL);
}

void mu_report_head_styled(mu_page *page, const char *language, const char *title,
                           const char *running, const char *const *style) {
    mu_page_print(page, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  language[0] == 'z' ? "zh-CN" : "en");
    mu_page_put(
        page, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    mu_page_text(page, title);
    mu_page_put(page, "</title>\n<style>\n");
    put_pieces(page, mu_report_style);
    put_pieces(page, style);
    /* The running head of every printed page. */
    mu_page_print(page, "@page{@top-center{content:\"%s\"}}\n", running);
    mu_page_put(page, "</style>\n</head>\n<body>\n<main>\n");
    mu_svg_hatches(page);
}

static void write_head(mu_doc *doc) {
    const mu_view *view = doc->view;
    mu_report_head(&doc->page, view->def.language, mu_say_text(view, &view->plan->incident.name),
                   view->def.language[0] == 'z' ? "演练 · 内部 · 仿真预测结果"
                                                : "EXERCISE – INTERNAL – PREDICTED BY SIMULATION");
}

static char *write_document(const mu_report_def *def, mu_face face) {
    mu_view view;
    if (mu_view_create(def, &view) != MU_OK) {
        return NULL;
    }
    mu_doc doc = {.face = face, .view = &view};
    if (face == MU_FACE_HTML) {
        write_head(&doc);
    }
    write_parts(&doc);
    if (face == MU_FACE_HTML) {
        mu_page_put(&doc.page, "</main>\n</body>\n</html>\n");
    }
    doc.page.no_memory = doc.page.no_memory || mu_arena_lacks_memory(view.arena);
    mu_view_destroy(&view);
    return mu_page_take(&doc.page);
}

char *mu_report_html(const mu_report_def *def) {
    return write_document(def, MU_FACE_HTML);
}

char *mu_report_markdown(const mu_report_def *def) {
    return write_document(def, MU_FACE_MARKDOWN);
}

char *mu_report_headline(const mu_report_def *def) {
    mu_view view;
    if (mu_view_create(def, &view) != MU_OK) {
        return NULL;
    }
    const char *said = mu_say_headline(&view);
    char *text = mu_arena_lacks_memory(view.arena) ? NULL : strdup(said);
    mu_view_destroy(&view);
    return text;
}
