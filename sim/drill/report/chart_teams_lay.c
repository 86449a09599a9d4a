/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bar lies in which row and lane, and where its label stands: beside the bar, where there is
 * room for it, so that nothing is written over anything else. A lane is filled from the left; a bar
 * that finds no lane free opens one. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "drill/report/teams.h"
#include "drill/report/words.h"

#define LABEL_SIZE 9.0 /* px, as style.c */
#define ROW_SIZE   10.5
#define PAGE_MOST  915.0 /* px of rows on one sheet of A4, with head, foot and key */
/* Nothing is to be seen for the minutes before anybody does anything. */
#define LEAD_US (30 * MU_SECOND)

enum { LANES_MOST = 64 };

double mu_teams_x(const mu_teams *teams, mu_time at_us) {
    const double width = MU_SVG_WIDTH - MU_TEAMS_LEFT - MU_TEAMS_RIGHT;
    at_us = at_us < teams->from_us ? teams->from_us : at_us;
    at_us = at_us > teams->to_us ? teams->to_us : at_us;
    return MU_TEAMS_LEFT +
           width * (double)(at_us - teams->from_us) / (double)(teams->to_us - teams->from_us);
}

uint32_t mu_teams_rows(const mu_teams *teams) {
    return teams->row_count;
}

void mu_teams_span(const mu_view *view, mu_time *from_us, mu_time *to_us) {
    const mu_timeline *t = view->def.timeline;
    mu_time first = t->end_us, last = 0;
    for (uint32_t i = 0; i < t->task_count; i++) {
        const mu_task *task = &t->tasks[i];
        first = task->from_us < first ? task->from_us : first;
        last = task->end != MU_TASK_OPEN && task->to_us > last ? task->to_us : last;
        last = task->from_us > last ? task->from_us : last;
    }
    for (uint32_t i = 0; i < t->moment_count; i++) {
        last = t->moments[i].time_us > last ? t->moments[i].time_us : last;
    }
    first = first > LEAD_US ? first - LEAD_US : 0;
    *from_us = first - first % (60 * MU_SECOND);
    *to_us = last > *from_us + 60 * MU_SECOND ? last : *from_us + 60 * MU_SECOND;
}

/* In two lines where one is too wide and there is a blank to break at. */
static void break_name(const mu_view *view, mu_teams_row *row, const char *name) {
    row->lines[0] = name;
    row->lines[1] = NULL;
    if (mu_text_width(name, ROW_SIZE) < MU_TEAMS_LEFT - 10) {
        return;
    }
    const char *at = NULL;
    for (const char *c = strchr(name, ' '); c != NULL; c = strchr(c + 1, ' ')) {
        const char *head = mu_say(view, "%.*s", (int)(c - name), name);
        if (mu_text_width(head, ROW_SIZE) < MU_TEAMS_LEFT - 10) {
            at = c;
        }
    }
    if (at != NULL) {
        row->lines[0] = mu_say(view, "%.*s", (int)(at - name), name);
        row->lines[1] = at + 1;
    }
}

static uint32_t row_of(const mu_view *view, mu_teams *teams, uint32_t role) {
    for (uint32_t r = 0; r < teams->row_count; r++) {
        if (teams->rows[r].role == role) {
            return r;
        }
    }
    mu_teams_row *row = &teams->rows[teams->row_count];
    row->role = role;
    break_name(view, row, mu_say_role(view, view->plan->people.roles.items[role]));
    return teams->row_count++;
}

static void add(const mu_view *view, mu_teams *teams, uint32_t role, mu_teams_item item) {
    if (role == MU_NONE || item.to_us <= teams->from_us || item.from_us >= teams->to_us) {
        return;
    }
    item.row = row_of(view, teams, role);
    item.from_us = item.from_us > teams->from_us ? item.from_us : teams->from_us;
    item.to_us = item.to_us < teams->to_us ? item.to_us : teams->to_us;
    teams->items[teams->item_count++] = item;
}

static const char *label_of(const mu_view *view, const mu_task *task) {
    const char *name = mu_say_thing(view, MU_HANDLE(MU_THING_STEP, task->step));
    return task->persons > 1 ? mu_say(view, "%s ×%u", name, task->persons) : name;
}

static void collect(const mu_view *view, mu_teams *teams) {
    const mu_timeline *t = view->def.timeline;
    for (uint32_t i = 0; i < t->task_count; i++) {
        const mu_task *task = &t->tasks[i];
        add(view, teams, task->role,
            (mu_teams_item){.task = i,
                            .unit = MU_NONE,
                            .from_us = task->from_us,
                            .to_us = task->to_us,
                            .label = label_of(view, task)});
    }
    for (uint32_t u = 0; u < view->plan->roster.units.count; u++) {
        const mu_unit *unit = &view->plan->roster.units.items[u];
        const mu_unit_time *time = &t->units[u];
        if (time->set_out_us != MU_NEVER) {
            add(view, teams, mu_people_role(&view->plan->people, unit->role),
                (mu_teams_item){.task = MU_NONE,
                                .unit = u,
                                .from_us = time->told_us,
                                .to_us =
                                    time->on_site_us < t->end_us ? time->on_site_us : t->end_us,
                                .label = mu_say_thing(view, MU_HANDLE(MU_THING_UNIT, u))});
        }
    }
}

static int by_row_then_time(const void *a, const void *b) {
    const mu_teams_item *x = a, *y = b;
    if (x->row != y->row) {
        return x->row < y->row ? -1 : 1;
    }
    if (x->from_us != y->from_us) {
        return x->from_us < y->from_us ? -1 : 1;
    }
    /* Units come after tasks, whose number MU_NONE is the greatest. */
    const uint32_t p = x->task != y->task ? x->task : x->unit;
    const uint32_t q = x->task != y->task ? y->task : y->unit;
    return (p > q) - (p < q);
}

/* Where the last stage that is not holding ends: a label may stand on the pale bar of holding. */
static mu_time busy_until(const mu_view *view, const mu_teams_item *item) {
    const mu_timeline *t = view->def.timeline;
    mu_time until = item->from_us;
    for (uint32_t s = 0; s < t->stage_count; s++) {
        const mu_stage_time *stage = &t->stages[s];
        if (stage->task == item->task && stage->activity != MU_ACTIVITY_HOLDING &&
            stage->to_us > until) {
            until = stage->to_us;
        }
    }
    return item->task == MU_NONE || until > item->to_us ? item->to_us : until;
}

/* Sets the label beside the bar and says what both take up. */
static void place_label(const mu_view *view, const mu_teams *teams, mu_teams_item *item,
                        double *low, double *high) {
    const double x1 = mu_teams_x(teams, item->from_us), x2 = mu_teams_x(teams, item->to_us);
    const double width = mu_text_width(item->label, LABEL_SIZE);
    const double right = MU_SVG_WIDTH - MU_TEAMS_RIGHT;
    item->anchor = "start";
    item->label_x = mu_teams_x(teams, busy_until(view, item)) + 4;
    if (item->label_x + width > right) {
        const bool before = x1 - 4 - width >= MU_TEAMS_LEFT;
        item->anchor = before ? "end" : "start";
        item->label_x = before ? x1 - 4 : right - width;
        item->above = !before && x2 - x1 > 2;
    }
    const bool at_end = item->anchor[0] == 'e';
    *low = at_end || item->above ? fmin(item->label_x - (at_end ? width : 0), x1) : x1;
    *high = at_end || item->label_x + width < x2 ? x2 : item->label_x + width;
}

/* A step that is done again stays in its lane and is named once. */
static bool is_repeat(const mu_view *view, const mu_teams_item *item, const mu_teams_item *before) {
    const mu_task *tasks = view->def.timeline->tasks;
    return before != NULL && item->task != MU_NONE && before->task != MU_NONE &&
           before->row == item->row && tasks[item->task].step == tasks[before->task].step &&
           tasks[item->task].answers == tasks[before->task].answers;
}

/* The first lane that is free from `low` on; with `above`, so is the one over it. */
static uint32_t find_lane(const double *ends, uint32_t lanes, double low, bool above) {
    uint32_t lane = above ? 1 : 0;
    while (lane < LANES_MOST - 1 && ((lane < lanes && ends[lane] > low) ||
                                     (above && lane <= lanes && ends[lane - 1] > low))) {
        lane++;
    }
    return lane;
}

/* The lane of the last time that this was done, if it is over; MU_NONE. */
static uint32_t lane_of_repeat(const mu_view *view, const mu_teams *teams,
                               const mu_teams_item *item, mu_teams_item *const *before) {
    for (uint32_t l = 0; l < teams->rows[item->row].lanes; l++) {
        if (is_repeat(view, item, before[l]) && before[l]->to_us <= item->from_us) {
            return l;
        }
    }
    return MU_NONE;
}

/* The name stands where it stood if the bar leaves it room; else it moves behind the last bar. */
static void name_repeat(const mu_view *view, const mu_teams *teams, mu_teams_item *item,
                        mu_teams_item *before, double *end) {
    const double x2 = mu_teams_x(teams, item->to_us);
    if (mu_teams_x(teams, item->from_us) >= *end) {
        item->label = "";
        *end = x2 + 5;
        return;
    }
    double low = 0, high = 0;
    place_label(view, teams, item, &low, &high);
    const bool hides = item->anchor[0] == 'e' && low < mu_teams_x(teams, before->to_us);
    *(hides ? &item->label : &before->label) = "";
    item->above = false;
    *end = hides ? fmax(*end, x2 + 5) : high + 5;
}

static void fill_lanes(const mu_view *view, mu_teams *teams) {
    double ends[LANES_MOST] = {0};
    mu_teams_item *before[LANES_MOST] = {NULL};
    uint32_t row = MU_NONE;
    for (uint32_t i = 0; i < teams->item_count; i++) {
        mu_teams_item *item = &teams->items[i];
        if (item->row != row) {
            row = item->row;
            memset(ends, 0, sizeof ends);
        }
        item->lane = lane_of_repeat(view, teams, item, before);
        if (item->lane != MU_NONE) {
            name_repeat(view, teams, item, before[item->lane], &ends[item->lane]);
        } else {
            double low = 0, high = 0;
            place_label(view, teams, item, &low, &high);
            item->lane = find_lane(ends, teams->rows[row].lanes, low, item->above);
            ends[item->lane] = high + 5;
            ends[item->lane - (item->above ? 1 : 0)] = high + 5;
        }
        mu_teams_row *own = &teams->rows[row];
        own->lanes = item->lane + 1 > own->lanes ? item->lane + 1 : own->lanes;
        before[item->lane] = item;
    }
}

mu_teams *mu_teams_lay(const mu_view *view, mu_time from_us, mu_time to_us) {
    const uint32_t items = view->def.timeline->task_count + view->plan->roster.units.count;
    const uint32_t roles = view->plan->people.roles.count;
    mu_teams *teams = mu_arena_array(view->arena, 1, sizeof *teams);
    mu_teams_item *room = mu_arena_array(view->arena, (size_t)items + 1, sizeof *room);
    mu_teams_row *rows = mu_arena_array(view->arena, (size_t)roles + 1, sizeof *rows);
    if (teams == NULL || room == NULL || rows == NULL) {
        return NULL;
    }
    *teams = (mu_teams){.from_us = from_us, .to_us = to_us, .items = room, .rows = rows};
    collect(view, teams);
    qsort(teams->items, teams->item_count, sizeof *teams->items, by_row_then_time);
    fill_lanes(view, teams);
    for (uint32_t r = 0; r < teams->row_count; r++) {
        mu_teams_row *row = &rows[r];
        const double least = row->lines[1] != NULL ? 28 : MU_TEAMS_ROW_LEAST;
        const double lanes = row->lanes * (double)MU_TEAMS_LANE + 4;
        row->height = lanes > least ? lanes : least;
    }
    return teams;
}

uint32_t mu_teams_next_page(const mu_teams *teams, uint32_t row) {
    double height = 0;
    uint32_t next = row;
    while (next < teams->row_count &&
           (next == row || height + teams->rows[next].height <= PAGE_MOST)) {
        height += teams->rows[next++].height;
    }
    return next;
}
