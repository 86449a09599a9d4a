/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report's pictures: each writes one SVG element to the page. */
#ifndef MU_DRILL_REPORT_CHART_H
#define MU_DRILL_REPORT_CHART_H

#include "drill/report/svg.h"
#include "drill/report/view.h"

/* Share of occupants reached and share out of the building against time: mean over runs and the
 * band from 5 % to 95 % of them. */
void mu_chart_curves(mu_page *page, const mu_view *view);
/* Occupants by their state against time, mean over runs. */
void mu_chart_states(mu_page *page, const mu_view *view);
/* Share of casualties found, sorted, treated and taken away against time. */
void mu_chart_care(mu_page *page, const mu_view *view);
/* The parts of a clause's chain one behind the other in time, with the limit as a tick. */
void mu_chart_chain(mu_page *page, const mu_view *view, uint32_t clause);
/* Likelihood of missing against severity, each exercised clause in its cell. */
void mu_chart_matrix(mu_page *page, const mu_view *view);
/* The plan of one level: rooms, walls, doors, stairs, posts, assembly points; the item with its
 * rings. Where the buildings are small on their ground there are several: the ground as a whole,
 * and each building close up. */
typedef enum mu_plan_cut {
    MU_PLAN_GROUND, /* everything, without the names of rooms */
    MU_PLAN_CLOSE   /* buildings, with names; the only one where there is no ground around them */
} mu_plan_cut;
/* `building` is a label that spaces carry; NULL takes all buildings into one picture. */
void mu_chart_plan(mu_page *page, const mu_view *view, uint32_t level, mu_plan_cut cut,
                   const char *building);
/* What is drawn on it. */
typedef enum mu_plan_dress {
    MU_PLAN_REPORT, /* with what the incident brings */
    MU_PLAN_BARE,   /* without: for players of an exercise */
    MU_PLAN_ROUTES  /* with ways out and cordons as well */
} mu_plan_dress;
void mu_chart_plan_dressed(mu_page *page, const mu_view *view, uint32_t level, mu_plan_cut cut,
                           const char *building, mu_plan_dress dress);
/* Is this cut of this level worth a picture? */
bool mu_chart_plan_is_worth(const mu_view *view, uint32_t level, mu_plan_cut cut);
/* The labels of the buildings of a level that are worth a picture each, in the order of the file;
 * none if one picture shows them all well. Returns how many, at most `most`. */
uint32_t mu_chart_plan_buildings(const mu_view *view, uint32_t level, const char **labels,
                                 uint32_t most);

/* Who was on what when in the run whose log is kept, a row to each role: within a window of time,
 * and as tall as a page takes; chart_teams_lay.c. */
typedef struct mu_teams mu_teams;
mu_teams *mu_teams_lay(const mu_view *view, mu_time from_us, mu_time to_us); /* NULL: no memory */
/* The time from which there is something to see, and until which. */
void mu_teams_span(const mu_view *view, mu_time *from_us, mu_time *to_us);
uint32_t mu_teams_rows(const mu_teams *teams);
/* The first row of the page after the one that begins with `row`. */
uint32_t mu_teams_next_page(const mu_teams *teams, uint32_t row);
void mu_chart_teams(mu_page *page, const mu_view *view, const mu_teams *teams, uint32_t first_row,
                    uint32_t end_row);

/* Concentration in each air zone against time. Worth it where there was any gas in one. */
bool mu_chart_air_is_worth(const mu_view *view);
void mu_chart_air(mu_page *page, const mu_view *view);

#endif
