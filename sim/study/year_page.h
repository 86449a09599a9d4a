/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a year's report share. */
#ifndef MU_STUDY_YEAR_PAGE_H
#define MU_STUDY_YEAR_PAGE_H

#include "drill/report/doc.h"
#include "study/year.h"

typedef struct mu_year_page {
    mu_doc doc;
    const mu_year_report_def *def;
    const mu_year_results *r;
    int chapter;
} mu_year_page;

/* A text of a file in the report's language. */
const char *mu_year_text(const mu_year_page *p, mu_text given);
/* In the plan's arena: "97.3 %"; "12.4"; a dash for none. */
const char *mu_year_say_share(const mu_year_plan *plan, double share);
const char *mu_year_say_number(const mu_year_plan *plan, double number);

/* year_page_records.c */
void mu_year_page_ledger(mu_year_page *p);
void mu_year_page_records(mu_year_page *p);

#endif
