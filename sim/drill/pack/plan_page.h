/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans to be printed by themselves: each on a sheet of paper with its marking, a north arrow and a
 * title block. A sheet is one SVG, alone in a file or one of a page's. */
#ifndef MU_DRILL_PACK_PLAN_PAGE_H
#define MU_DRILL_PACK_PLAN_PAGE_H

#include "drill/report/chart.h"

enum { MU_PLAN_SHEETS_MOST = 64 };

typedef struct mu_plan_sheet {
    uint32_t level;
    mu_plan_cut cut;
    const char *building; /* NULL = all of the level */
} mu_plan_sheet;

typedef struct mu_plan_paper {
    const char *name;     /* "A4" */
    double width, height; /* on its side, mm */
} mu_plan_paper;

/* A4 and A3; NULL for another word. */
const mu_plan_paper *mu_plan_paper_named(const char *word);

/* What is worth a sheet: of one level, or (MU_NONE) of all. Returns how many. */
uint32_t mu_plan_sheets(const mu_view *view, uint32_t level,
                        mu_plan_sheet out[MU_PLAN_SHEETS_MOST]);

/* One sheet as an SVG file; `number` of `count`, from 0. NULL where there is no memory. A view
 * needs a plan, an arena and a language for it, no findings. */
char *mu_plan_sheet_svg(const mu_view *view, const mu_plan_sheet *sheets, uint32_t number,
                        uint32_t count, const mu_plan_paper *paper, mu_plan_dress dress);
/* All of them as a page of HTML that prints one to a sheet. */
char *mu_plan_sheets_html(const mu_view *view, const mu_plan_sheet *sheets, uint32_t count,
                          const mu_plan_paper *paper, mu_plan_dress dress);

#endif
