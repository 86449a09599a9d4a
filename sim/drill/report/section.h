/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a report. Each writes what stands under its heading; report.c gives the headings and
 * the order, which differ between the two languages. */
#ifndef MU_DRILL_REPORT_SECTION_H
#define MU_DRILL_REPORT_SECTION_H

#include "drill/report/doc.h"

void mu_section_cover(mu_doc *doc);
void mu_section_overview(mu_doc *doc);     /* what, where, who */
void mu_section_method(mu_doc *doc);       /* how it was played and judged */
void mu_section_capabilities(mu_doc *doc); /* HSEEP's table 1 */
void mu_section_conclusion(mu_doc *doc);
void mu_section_metrics(mu_doc *doc);
void mu_section_remaining(mu_doc *doc); /* who was still inside, under the metrics */
void mu_section_siege(mu_doc *doc);     /* lockdown, shelter, people held, under the metrics */
void mu_section_assisted(mu_doc *doc);  /* refuges and lifts, under the metrics */
void mu_section_care(mu_doc *doc);      /* casualties and roll-call, under the metrics */
void mu_section_timeline(mu_doc *doc);  /* of the run whose log is kept */
void mu_section_workload(mu_doc *doc);  /* of the teams; nothing where runs keep none */
void mu_section_tabletop(mu_doc *doc);  /* of a tabletop: what the table did */
void mu_section_pictures(mu_doc *doc);  /* the plan at chosen moments of that run */
void mu_section_gaps(mu_doc *doc);
void mu_section_strengths(mu_doc *doc);
void mu_section_unjudged(mu_doc *doc); /* undecided, not exercised, and why */
void mu_section_actions(mu_doc *doc);  /* the improvement plan, to be filled in */
void mu_section_clauses(mu_doc *doc);
void mu_section_plans(mu_doc *doc);
void mu_section_assumptions(mu_doc *doc);
void mu_section_settings(mu_doc *doc); /* under the assumptions */
void mu_section_reproduce(mu_doc *doc);

/* The style sheet, without its tags. */
extern const char *const mu_report_style[];
/* The anchor of a clause's block: "c-3.6.3c". */
const char *mu_clause_anchor(const mu_view *view, uint32_t clause);
/* section_gaps.c: five cells of a row about a gap: its clause, demand, limit, typical value, and in
 * how many runs it is met. */
void mu_put_gap_cells(mu_doc *doc, uint32_t clause);

/* section_gas.c: part of the drill metrics; nothing where no gas is released. */
void mu_section_gas(mu_doc *doc);

#endif
