/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan itself is the report's (chart_plan.c). Its style is written into each file with the
 * colours in place of their names, since what else reads SVG knows no variables of CSS. */
#include "drill/pack/plan_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/pack/sheet.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

#define PIXELS_A_MM (96 / 25.4)

enum { BUILDINGS_MOST = 16, MARGIN = 30, HEAD = 26, BLOCK = 84, ARROW = 74 };

static const mu_plan_paper papers[] = {{"A4", 297, 210}, {"A3", 420, 297}};

const mu_plan_paper *mu_plan_paper_named(const char *word) {
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++) {
        if ((word[0] == 'a' || word[0] == 'A') && strcmp(word + 1, papers[i].name + 1) == 0) {
            return &papers[i];
        }
    }
    return NULL;
}

static void add(const mu_view *view, mu_plan_sheet *out, uint32_t *count, uint32_t level,
                mu_plan_cut cut, const char *building) {
    const bool worth = building != NULL || mu_chart_plan_is_worth(view, level, cut);
    if (worth && *count < MU_PLAN_SHEETS_MOST) {
        out[(*count)++] = (mu_plan_sheet){level, cut, building};
    }
}

uint32_t mu_plan_sheets(const mu_view *view, uint32_t level,
                        mu_plan_sheet out[MU_PLAN_SHEETS_MOST]) {
    uint32_t count = 0;
    for (uint32_t l = 0; l < view->plan->site.levels.count; l++) {
        const char *labels[BUILDINGS_MOST];
        if (level != MU_NONE && level != l) {
            continue;
        }
        const uint32_t buildings = mu_chart_plan_buildings(view, l, labels, BUILDINGS_MOST);
        add(view, out, &count, l, MU_PLAN_GROUND, NULL);
        for (uint32_t i = 0; i < buildings; i++) {
            add(view, out, &count, l, MU_PLAN_CLOSE, labels[i]);
        }
        if (buildings == 0) {
            add(view, out, &count, l, MU_PLAN_CLOSE, NULL);
        }
    }
    return count;
}

/* --- style --- */

static void put_styles(mu_page *page, const char *const *style) {
    static const struct {
        const char *name, *colour;
    } colours[] = {{"var(--ink)", "#1c2630"},    {"var(--soft)", "#56636f"},
                   {"var(--line)", "#d4dae0"},   {"var(--faint)", "#f4f6f7"},
                   {"var(--accent)", "#0d5966"}, {"var(--bad)", "#a5371d"},
                   {"var(--good)", "#2c6a3f"},   {"svg{display:block;width:100%;height:auto}", ""}};
    for (; *style != NULL; style++) {
        for (const char *at = *style; *at != '\0';) {
            size_t taken = 0;
            for (size_t k = 0; k < sizeof colours / sizeof colours[0] && taken == 0; k++) {
                if (strncmp(at, colours[k].name, strlen(colours[k].name)) == 0) {
                    mu_page_put(page, colours[k].colour);
                    taken = strlen(colours[k].name);
                }
            }
            if (taken == 0) {
                mu_page_print(page, "%c", *at);
                taken = 1;
            }
            at += taken;
        }
    }
}

static void put_style(mu_page *page) {
    mu_page_put(page, "<style>\n");
    put_styles(page, mu_report_style);
    put_styles(page, mu_pack_style);
    mu_page_put(page, ".sheet-mark{font-size:13px;font-weight:700;letter-spacing:1px}"
                      ".sheet-name{font-size:17px;font-weight:700}.sheet-text{font-size:12.5px}"
                      ".sheet-small{font-size:10.5px;fill:#56636f}"
                      ".sheet-line{fill:none;stroke:#1c2630;stroke-width:1.2}"
                      ".sheet-ink{fill:#1c2630}\n</style>\n");
}

/* --- one sheet --- */

typedef struct leaf {
    mu_page *page;
    const mu_view *view;
    double width, height; /* pixels */
} leaf;

/* North is up: the y axis of a site. */
static void put_north(const leaf *l, double x, double y) {
    const mu_point left[] = {{x, y - 26}, {x - 9, y + 12}, {x, y + 5}};
    const mu_point right[] = {{x, y - 26}, {x + 9, y + 12}, {x, y + 5}};
    mu_svg_shape(l->page, "sheet-ink", left, 3, true);
    mu_svg_shape(l->page, "sheet-line", right, 3, true);
    mu_svg_text(l->page, "sheet-text", x, y + 28, "middle", _("N"));
}

static void put_blank(const leaf *l, double x, double y, double width, const char *name) {
    const double from = x + mu_text_width(name, 12.5) + 8;
    mu_svg_text(l->page, "sheet-text", x, y, "start", name);
    mu_svg_line(l->page, "sheet-line", from, y + 2, x + width, y + 2);
}

static const char *say_place(const mu_view *view, const mu_plan_sheet *sheet) {
    const char *level = mu_say_text(view, &view->plan->site.levels.items[sheet->level].name);
    return sheet->building == NULL
               ? level
               : mu_say(view, "%s – %s", mu_say_building(view, sheet->building), level);
}

static void put_block(const leaf *l, const mu_plan_sheet *sheet, uint32_t number, uint32_t count,
                      const mu_plan_paper *paper, mu_plan_dress dress) {
    const double top = l->height - MARGIN - BLOCK, right = l->width - MARGIN - ARROW;
    const double middle = MARGIN + (right - MARGIN) * 0.5;
    const mu_plan *plan = l->view->plan;
    mu_svg_rect(l->page, "sheet-line", MARGIN, top, l->width - 2 * MARGIN, BLOCK);
    mu_svg_line(l->page, "sheet-line", middle, top, middle, top + BLOCK);
    mu_svg_line(l->page, "sheet-line", right, top, right, top + BLOCK);
    mu_svg_text(l->page, "sheet-name", MARGIN + 12, top + 25, "start", say_place(l->view, sheet));
    mu_svg_text(l->page, "sheet-text", MARGIN + 12, top + 46, "start",
                mu_say_text(l->view, &plan->site.name));
    mu_svg_text(l->page, "sheet-small", MARGIN + 12, top + 68, "start",
                mu_say(l->view, _("Sheet %u of %u · %s · muster %s"), number + 1, count,
                       paper->name, l->view->def.version));
    mu_svg_text(l->page, "sheet-text", middle + 12, top + 25, "start",
                dress == MU_PLAN_BARE ? _("Plan for everybody who takes part")
                                      : mu_say_text(l->view, &plan->incident.name));
    put_blank(l, middle + 12, top + 48, right - middle - 24, _("Drawn up by, date"));
    put_blank(l, middle + 12, top + 72, right - middle - 24, _("Approved by, date"));
    put_north(l, right + ARROW / 2.0, top + 44);
}

/* The plan's own drawing, fitted in between. */
static void put_plan(const leaf *l, const mu_plan_sheet *sheet, mu_plan_dress dress) {
    mu_page inner = {0};
    mu_chart_plan_dressed(&inner, l->view, sheet->level, sheet->cut, sheet->building, dress);
    char *text = mu_page_take(&inner);
    const char *tag = text != NULL ? strstr(text, "<svg ") : NULL;
    if (tag != NULL) {
        mu_page_print(l->page, "<svg x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%.1f\" ", MARGIN,
                      MARGIN + HEAD, l->width - 2 * MARGIN,
                      l->height - 2 * MARGIN - HEAD - BLOCK - 12);
        mu_page_put(l->page, tag + strlen("<svg "));
    }
    free(text);
}

static const char *marking(const mu_view *view) {
    return view->def.language[0] == 'z' ? "演练 / EXERCISE · 内部资料，不得外传"
                                        : "EXERCISE / 演练 · INTERNAL – DO NOT PASS ON";
}

static void put_sheet(mu_page *page, const mu_view *view, const mu_plan_sheet *sheets,
                      uint32_t number, uint32_t count, const mu_plan_paper *paper,
                      mu_plan_dress dress, bool alone) {
    const leaf l = {page, view, round(paper->width * PIXELS_A_MM),
                    round(paper->height * PIXELS_A_MM)};
    mu_page_print(page,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"leaf\" width=\"%.0fmm\" "
                  "height=\"%.0fmm\" viewBox=\"0 0 %.0f %.0f\" font-family=\"'Noto Sans',Arial,"
                  "'Noto Sans CJK SC','Microsoft YaHei',sans-serif\">\n",
                  paper->width, paper->height, l.width, l.height);
    if (alone) {
        put_style(page);
        mu_page_print(page, "<rect width=\"%.0f\" height=\"%.0f\" fill=\"#fff\"/>\n", l.width,
                      l.height);
    }
    mu_svg_text(page, "sheet-mark", l.width / 2, MARGIN + 8, "middle", marking(view));
    put_plan(&l, &sheets[number], dress);
    put_block(&l, &sheets[number], number, count, paper, dress);
    mu_svg_close(page);
}

char *mu_plan_sheet_svg(const mu_view *view, const mu_plan_sheet *sheets, uint32_t number,
                        uint32_t count, const mu_plan_paper *paper, mu_plan_dress dress) {
    mu_page page = {0};
    mu_page_put(&page, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    put_sheet(&page, view, sheets, number, count, paper, dress, true);
    return mu_page_take(&page);
}

char *mu_plan_sheets_html(const mu_view *view, const mu_plan_sheet *sheets, uint32_t count,
                          const mu_plan_paper *paper, mu_plan_dress dress) {
    mu_page page = {0};
    mu_page_print(&page, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  view->def.language);
    mu_page_put(&page, "<title>");
    mu_page_text(&page, mu_say_text(view, &view->plan->site.name));
    mu_page_put(&page, "</title>\n");
    put_style(&page);
    mu_page_print(
        &page,
        "<style>@page{size:%s landscape;margin:0;@top-center{content:none}"
        "@bottom-center{content:none}}svg.leaf{display:block;width:%.0fmm;height:%.1fmm;"
        "break-after:page}svg.leaf:last-child{break-after:auto}</style>\n</head>\n<body>\n",
        paper->name, paper->width, paper->height - 0.5);
    for (uint32_t i = 0; i < count; i++) {
        put_sheet(&page, view, sheets, i, count, paper, dress, false);
    }
    mu_page_put(&page, "</body>\n</html>\n");
    return mu_page_take(&page);
}
