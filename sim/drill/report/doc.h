/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document that is written once and comes out as HTML or as Markdown: headings, paragraphs,
 * facts, tables, figures. All text is escaped here; whoever writes sections never sees markup.
 * Classes are CSS classes and mean nothing to Markdown. */
#ifndef MU_DRILL_REPORT_DOC_H
#define MU_DRILL_REPORT_DOC_H

#include "drill/report/page.h"
#include "drill/report/view.h"

typedef enum mu_face { MU_FACE_HTML, MU_FACE_MARKDOWN } mu_face;

typedef struct mu_doc {
    mu_page page;
    mu_face face;
    const mu_view *view;
    int columns, column; /* of the table being written */
} mu_doc;

typedef struct mu_column {
    const char *heading;    /* already translated */
    const char *class_name; /* "number", "id", "wide", "mark", …; "number" sets flush right */
} mu_column;

/* Opens an HTML document in the style of all reports; `running` stands on every printed page. */
void mu_report_head(mu_page *page, const char *language, const char *title, const char *running);
/* The same with a style sheet of its own behind that of the reports: pieces, NULL at the end. */
void mu_report_head_styled(mu_page *page, const char *language, const char *title,
                           const char *running, const char *const *style);

/* 1 is the title. `anchor` may be NULL. */
void mu_doc_heading(mu_doc *doc, int level, const char *anchor, const char *text);
/* `class_name` NULL = plain. */
void mu_doc_paragraph(mu_doc *doc, const char *class_name, const char *text);
/* A group with a class and an id; `anchor` may be NULL. Markdown shows nothing of it. */
void mu_doc_open(mu_doc *doc, const char *class_name, const char *anchor);
void mu_doc_close(mu_doc *doc);

/* Named values: a grid in HTML, a list in Markdown. */
void mu_doc_facts(mu_doc *doc, int columns); /* 1 or 2 */
void mu_doc_fact(mu_doc *doc, const char *name, const char *value);
void mu_doc_facts_end(mu_doc *doc);

/* Rows open and close by themselves as cells are written. */
void mu_doc_table(mu_doc *doc, const char *class_name, const mu_column *columns, int count);
void mu_doc_cell(mu_doc *doc, const char *class_name, const char *text);
/* A cell that leads to an anchor of the same document. */
void mu_doc_cell_link(mu_doc *doc, const char *class_name, const char *anchor, const char *text);
/* A cell with the number and the hatch of a part of a chain. */
void mu_doc_cell_part(mu_doc *doc, uint32_t number, mu_part part);
void mu_doc_table_end(mu_doc *doc);

void mu_doc_list(mu_doc *doc);
void mu_doc_item(mu_doc *doc, const char *text);
void mu_doc_list_end(mu_doc *doc);

/* Opens a figure and returns true where the face shows pictures; then draw and close it. */
bool mu_doc_figure(mu_doc *doc, const char *class_name);
void mu_doc_figure_end(mu_doc *doc, const char *caption);

/* Text to be typed as it is. */
void mu_doc_code(mu_doc *doc, const char *text);

#endif
