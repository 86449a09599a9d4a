/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two faces side by side in each function, so that neither is forgotten. */
#include "drill/report/doc.h"

#include <string.h>

#include "core/i18n.h"
#include "drill/report/svg.h"

static bool is_html(const mu_doc *doc) {
    return doc->face == MU_FACE_HTML;
}

static void put_class(mu_doc *doc, const char *class_name) {
    if (class_name != NULL) {
        mu_page_print(&doc->page, " class=\"%s\"", class_name);
    }
}

static void put_anchor(mu_doc *doc, const char *anchor) {
    if (anchor != NULL) {
        mu_page_put(&doc->page, " id=\"");
        mu_page_text(&doc->page, anchor);
        mu_page_put(&doc->page, "\"");
    }
}

void mu_doc_heading(mu_doc *doc, int level, const char *anchor, const char *text) {
    if (is_html(doc)) {
        mu_page_print(&doc->page, "<h%d", level);
        put_anchor(doc, anchor);
        mu_page_put(&doc->page, ">");
        mu_page_text(&doc->page, text);
        mu_page_print(&doc->page, "</h%d>\n", level);
    } else {
        static const char hashes[] = "######";
        mu_page_put(&doc->page, &hashes[6 - level]);
        mu_page_put(&doc->page, " ");
        mu_page_mark(&doc->page, text);
        mu_page_put(&doc->page, "\n\n");
    }
}

void mu_doc_paragraph(mu_doc *doc, const char *class_name, const char *text) {
    if (text[0] == 0) {
        return;
    }
    if (is_html(doc)) {
        mu_page_put(&doc->page, "<p");
        put_class(doc, class_name);
        mu_page_put(&doc->page, ">");
        mu_page_text(&doc->page, text);
        mu_page_put(&doc->page, "</p>\n");
    } else {
        mu_page_mark(&doc->page, text);
        mu_page_put(&doc->page, "\n\n");
    }
}

void mu_doc_open(mu_doc *doc, const char *class_name, const char *anchor) {
    if (is_html(doc)) {
        mu_page_put(&doc->page, "<section");
        put_class(doc, class_name);
        put_anchor(doc, anchor);
        mu_page_put(&doc->page, ">\n");
    }
}

void mu_doc_close(mu_doc *doc) {
    if (is_html(doc)) {
        mu_page_put(&doc->page, "</section>\n");
    }
}

void mu_doc_facts(mu_doc *doc, int columns) {
    if (is_html(doc)) {
        mu_page_put(&doc->page,
                    columns == 1 ? "<dl class=\"facts one\">\n" : "<dl class=\"facts\">\n");
    }
}

void mu_doc_fact(mu_doc *doc, const char *name, const char *value) {
    mu_page_put(&doc->page, is_html(doc) ? "<div><dt>" : "- ");
    if (is_html(doc)) {
        mu_page_text(&doc->page, name);
        mu_page_put(&doc->page, "</dt><dd>");
        mu_page_text(&doc->page, value);
        mu_page_put(&doc->page, "</dd></div>\n");
    } else {
        mu_page_mark(&doc->page, name);
        mu_page_put(&doc->page, _(": "));
        mu_page_mark(&doc->page, value);
        mu_page_put(&doc->page, "\n");
    }
}

void mu_doc_facts_end(mu_doc *doc) {
    mu_page_put(&doc->page, is_html(doc) ? "</dl>\n" : "\n");
}

static bool is_number(const char *class_name) {
    return class_name != NULL && class_name[0] == 'n';
}

static void mark_headings(mu_doc *doc, const mu_column *columns, int count) {
    for (int i = 0; i < count; i++) {
        mu_page_put(&doc->page, "| ");
        mu_page_mark(&doc->page, columns[i].heading);
        mu_page_put(&doc->page, " ");
    }
    mu_page_put(&doc->page, "|\n");
    for (int i = 0; i < count; i++) {
        mu_page_put(&doc->page, is_number(columns[i].class_name) ? "|---:" : "|---");
    }
    mu_page_put(&doc->page, "|\n");
}

void mu_doc_table(mu_doc *doc, const char *class_name, const mu_column *columns, int count) {
    doc->columns = count;
    doc->column = 0;
    if (!is_html(doc)) {
        mark_headings(doc, columns, count);
        return;
    }
    mu_page_put(&doc->page, "<table");
    put_class(doc, class_name);
    mu_page_put(&doc->page, "><thead><tr>");
    for (int i = 0; i < count; i++) {
        mu_page_put(&doc->page, "<th");
        put_class(doc, columns[i].class_name);
        mu_page_put(&doc->page, ">");
        mu_page_text(&doc->page, columns[i].heading);
        mu_page_put(&doc->page, "</th>");
    }
    mu_page_put(&doc->page, "</tr></thead><tbody>\n");
}

static void begin_cell(mu_doc *doc, const char *class_name) {
    if (!is_html(doc)) {
        mu_page_put(&doc->page, "| ");
        return;
    }
    mu_page_put(&doc->page, doc->column == 0 ? "<tr><td" : "<td");
    put_class(doc, class_name);
    mu_page_put(&doc->page, ">");
}

static void end_cell(mu_doc *doc) {
    doc->column = (doc->column + 1) % doc->columns;
    if (is_html(doc)) {
        mu_page_put(&doc->page, doc->column == 0 ? "</td></tr>\n" : "</td>");
    } else {
        mu_page_put(&doc->page, doc->column == 0 ? " |\n" : " ");
    }
}

void mu_doc_cell(mu_doc *doc, const char *class_name, const char *text) {
    begin_cell(doc, class_name);
    if (is_html(doc)) {
        mu_page_text(&doc->page, text);
    } else {
        mu_page_mark(&doc->page, text);
    }
    end_cell(doc);
}

void mu_doc_cell_link(mu_doc *doc, const char *class_name, const char *anchor, const char *text) {
    if (!is_html(doc)) {
        mu_doc_cell(doc, class_name, text);
        return;
    }
    begin_cell(doc, class_name);
    mu_page_put(&doc->page, "<a href=\"#");
    mu_page_text(&doc->page, anchor);
    mu_page_put(&doc->page, "\">");
    mu_page_text(&doc->page, text);
    mu_page_put(&doc->page, "</a>");
    end_cell(doc);
}

void mu_doc_cell_part(mu_doc *doc, uint32_t number, mu_part part) {
    begin_cell(doc, "part-key");
    if (is_html(doc)) {
        mu_page_put(&doc->page,
                    "<svg class=\"swatch\" viewBox=\"0 0 26 16\" aria-hidden=\"true\">");
        mu_svg_part(&doc->page, part, 0.5, 0.5, 25, 15);
        mu_page_put(&doc->page, "</svg>");
    }
    mu_page_print(&doc->page, "%u", number);
    end_cell(doc);
}

void mu_doc_table_end(mu_doc *doc) {
    mu_page_put(&doc->page, is_html(doc) ? "</tbody></table>\n" : "\n");
}

void mu_doc_list(mu_doc *doc) {
    mu_page_put(&doc->page, is_html(doc) ? "<ul>\n" : "");
}

void mu_doc_item(mu_doc *doc, const char *text) {
    mu_page_put(&doc->page, is_html(doc) ? "<li>" : "- ");
    if (is_html(doc)) {
        mu_page_text(&doc->page, text);
        mu_page_put(&doc->page, "</li>\n");
    } else {
        mu_page_mark(&doc->page, text);
        mu_page_put(&doc->page, "\n");
    }
}

void mu_doc_list_end(mu_doc *doc) {
    mu_page_put(&doc->page, is_html(doc) ? "</ul>\n" : "\n");
}

bool mu_doc_figure(mu_doc *doc, const char *class_name) {
    if (is_html(doc)) {
        mu_page_put(&doc->page, "<figure");
        put_class(doc, class_name);
        mu_page_put(&doc->page, ">\n");
    }
    return is_html(doc);
}

void mu_doc_figure_end(mu_doc *doc, const char *caption) {
    if (!is_html(doc)) {
        return;
    }
    if (caption != NULL && caption[0] != 0) {
        mu_page_put(&doc->page, "<figcaption>");
        mu_page_text(&doc->page, caption);
        mu_page_put(&doc->page, "</figcaption>");
    }
    mu_page_put(&doc->page, "</figure>\n");
}

/* A line may end at a blank, but not behind the hyphen of an option. */
static void put_command_line(mu_page *page, const char *text) {
    bool inside = false;
    mu_page_put(page, "<pre><code>");
    for (const char *c = text; *c != 0;) {
        char one[5] = "";
        long character;
        const size_t length = mu_utf8_next(c, &character);
        if (inside && *c == ' ') {
            mu_page_put(page, "</span>");
            inside = false;
        }
        if (*c == '-' && c > text && c[-1] == ' ') {
            mu_page_put(page, "<span class=\"option\">");
            inside = true;
        }
        memcpy(one, c, length);
        mu_page_text(page, one);
        c += length;
    }
    mu_page_put(page, inside ? "</span></code></pre>\n" : "</code></pre>\n");
}

/* An indented code block of one line needs no escapes in Markdown. */
void mu_doc_code(mu_doc *doc, const char *text) {
    if (is_html(doc)) {
        put_command_line(&doc->page, text);
        return;
    }
    mu_page_put(&doc->page, "    ");
    for (const char *c = text; *c != 0; c++) {
        const char one[2] = {*c == '\n' || *c == '\r' ? ' ' : *c, 0};
        mu_page_put(&doc->page, one);
    }
    mu_page_put(&doc->page, "\n\n");
}
