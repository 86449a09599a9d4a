/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout of the teams' timeline, between chart_teams_lay.c, which makes it, and chart_teams.c,
 * which draws it. */
#ifndef MU_DRILL_REPORT_TEAMS_H
#define MU_DRILL_REPORT_TEAMS_H

#include "drill/report/chart.h"

enum { MU_TEAMS_LEFT = 132, MU_TEAMS_RIGHT = 8, MU_TEAMS_LANE = 15, MU_TEAMS_ROW_LEAST = 18 };

/* A task, or a unit on its way to the site. */
typedef struct mu_teams_item {
    uint32_t task, unit; /* one of them; the other is MU_NONE */
    uint32_t row, lane;
    mu_time from_us, to_us; /* cut to the window */
    const char *label;      /* "" where the one before it says the same */
    double label_x;
    bool above; /* the label has no room beside the bar and stands in the lane over it */
    const char *anchor;
} mu_teams_item;

typedef struct mu_teams_row {
    uint32_t role;
    uint32_t lanes;
    const char *lines[2]; /* of its name */
    double height;
} mu_teams_row;

struct mu_teams {
    mu_time from_us, to_us;
    mu_teams_item *items; /* by row, then by time */
    uint32_t item_count;
    mu_teams_row *rows; /* in the order in which they had something to do */
    uint32_t row_count;
};

/* A moment before the window or after it lies at its edge. */
double mu_teams_x(const mu_teams *teams, mu_time at_us);

#endif
