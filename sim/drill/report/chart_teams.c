/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The teams' timeline: bars by what their people did, over the levels that were declared, with a
 * numbered tick for each moment of the list below. The hatches are those of the cause chains. */
#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/report/teams.h"
#include "drill/report/words.h"

enum { HEAD = 62, FOOT = 66, BAR = 10, TICK_HALF = 22 };
#define MARK_RADIUS 7.0
#define MARK_ROWS   3

typedef struct sheet {
    mu_page *page;
    const mu_view *view;
    const mu_teams *teams;
    double bottom; /* of the rows */
} sheet;

static bool is_within(const mu_teams *teams, mu_time at_us) {
    return at_us >= teams->from_us && at_us <= teams->to_us;
}

static mu_part part_of(uint32_t activity) {
    static const mu_part parts[MU_ACTIVITY_COUNT] = {
        [MU_ACTIVITY_WAITING] = MU_PART_WAIT, [MU_ACTIVITY_WALKING] = MU_PART_TRAVEL,
        [MU_ACTIVITY_WORKING] = MU_PART_WORK, [MU_ACTIVITY_TALKING] = MU_PART_MESSAGE,
        [MU_ACTIVITY_HOLDING] = MU_PART_NONE,
    };
    return parts[activity];
}

static const char *alert_class(const mu_view *view, const mu_record *record) {
    static const char *const known[] = {"yellow", "orange", "red"};
    static const char *const classes[] = {"alert-yellow", "alert-orange", "alert-red"};
    const char *word = mu_plan_id(view->plan, record->object);
    for (int k = 0; k < 3 && record->kind == MU_RECORD_DECLARED; k++) {
        if (strcmp(word, known[k]) == 0) {
            return classes[k];
        }
    }
    return record->kind == MU_RECORD_DECLARED ? "alert-other" : "alert-over";
}

static const char *say_alert(const mu_view *view, const mu_record *record) {
    return record->kind == MU_RECORD_DECLARED ? mu_say_thing(view, record->object) : _("all-clear");
}

static void draw_alerts(const sheet *s) {
    const mu_timeline *t = s->view->def.timeline;
    for (uint32_t i = 0; i < t->alert_count; i++) {
        const mu_time from = t->alerts[i].time_us;
        const mu_time to = i + 1 < t->alert_count ? t->alerts[i + 1].time_us : t->end_us;
        const double x1 = mu_teams_x(s->teams, from), x2 = mu_teams_x(s->teams, to);
        if (x2 <= x1) {
            continue;
        }
        mu_svg_rect(s->page, alert_class(s->view, &t->alerts[i]), x1, 0, x2 - x1, s->bottom);
        const char *name = say_alert(s->view, &t->alerts[i]);
        if (mu_text_width(name, 10) + 6 < x2 - x1) {
            mu_svg_text(s->page, "team-alert", x1 + 4, 11, "start", name);
        }
    }
}

static void draw_axis(const sheet *s) {
    const double from_s = mu_time_to_s(s->teams->from_us), to_s = mu_time_to_s(s->teams->to_us);
    const double step = mu_svg_time_step(to_s - from_s, 9);
    for (double at = ceil(from_s / step) * step; at <= to_s + 1e-6; at += step) {
        const double x = mu_teams_x(s->teams, mu_time_from_s(at));
        mu_svg_line(s->page, "grid", x, HEAD - 4, x, s->bottom);
        mu_svg_line(s->page, "axis", x, s->bottom, x, s->bottom + 4);
        if (x < MU_SVG_WIDTH - 12) {
            mu_svg_text(s->page, "tick", fmin(x, MU_SVG_WIDTH - TICK_HALF), s->bottom + 16,
                        "middle", mu_say_seconds(s->view, (int64_t)at));
        }
    }
    mu_svg_line(s->page, "axis", MU_TEAMS_LEFT, s->bottom, MU_SVG_WIDTH - MU_TEAMS_RIGHT,
                s->bottom);
}

/* The numbers of moments that follow each other closely stand in up to three rows. */
static void draw_moments(const sheet *s) {
    const mu_timeline *t = s->view->def.timeline;
    double ends[MARK_ROWS] = {0};
    for (uint32_t i = 0; i < t->moment_count; i++) {
        if (!is_within(s->teams, t->moments[i].time_us)) {
            continue;
        }
        const double x = mu_teams_x(s->teams, t->moments[i].time_us);
        int row = 0;
        for (int k = 0; k < MARK_ROWS; k++) {
            row = ends[k] < ends[row] ? k : row;
        }
        for (int k = MARK_ROWS - 1; k >= 0; k--) {
            row = ends[k] <= x - MARK_RADIUS ? k : row;
        }
        const double cx = fmax(x, ends[row] + MARK_RADIUS), cy = 23 + 14.5 * row;
        ends[row] = cx + MARK_RADIUS + 1;
        mu_svg_line(s->page, "team-moment", x, HEAD - 4, x, s->bottom);
        mu_svg_line(s->page, "team-moment", cx, cy, x, HEAD - 4);
        mu_svg_circle(s->page, "team-mark", cx, cy, MARK_RADIUS - 0.4);
        mu_svg_text(s->page, "team-number", cx, cy + 3, "middle", mu_say(s->view, "%u", i + 1));
    }
}

/* What is no part of a cause chain is holding. */
static void put_bar(mu_page *page, mu_part part, double x, double y, double width) {
    if (part == MU_PART_NONE) {
        mu_svg_rect(page, "team-hold", x, y, width, BAR);
    } else {
        mu_svg_part(page, part, x, y, width, BAR);
    }
}

static void draw_bar(const sheet *s, mu_part part, mu_time from_us, mu_time to_us, double y) {
    const double x1 = mu_teams_x(s->teams, from_us), x2 = mu_teams_x(s->teams, to_us);
    if (x2 > x1) {
        put_bar(s->page, part, x1, y, fmax(x2 - x1, 1.2));
    }
}

static void draw_cross(mu_page *page, double x, double y) {
    mu_svg_line(page, "team-given-up", x - 4, y, x + 4, y + BAR);
    mu_svg_line(page, "team-given-up", x + 4, y, x - 4, y + BAR);
}

static void draw_item(const sheet *s, const mu_teams_item *item, double y) {
    const mu_timeline *t = s->view->def.timeline;
    for (uint32_t k = 0; item->task != MU_NONE && k < t->stage_count; k++) {
        const mu_stage_time *stage = &t->stages[k];
        if (stage->task == item->task) {
            draw_bar(s, part_of(stage->activity), stage->from_us, stage->to_us, y);
        }
    }
    if (item->unit != MU_NONE) {
        const mu_unit_time *unit = &t->units[item->unit];
        draw_bar(s, MU_PART_DISPATCH, unit->told_us, unit->set_out_us, y);
        draw_bar(s, MU_PART_ROAD, unit->set_out_us, unit->on_site_us, y);
    }
    if (item->task != MU_NONE && t->tasks[item->task].end == MU_TASK_ABANDONED &&
        t->tasks[item->task].to_us <= s->teams->to_us) {
        draw_cross(s->page, mu_teams_x(s->teams, item->to_us), y);
    }
    if (item->label[0] != 0) {
        const double up = item->above ? MU_TEAMS_LANE : 0;
        mu_svg_text(s->page, "team-label", item->label_x, y + BAR - 1.8 - up, item->anchor,
                    item->label);
    }
}

static void draw_rows(const sheet *s, uint32_t first, uint32_t end) {
    double y = HEAD;
    for (uint32_t r = first; r < end; r++) {
        const mu_teams_row *row = &s->teams->rows[r];
        mu_svg_line(s->page, "team-rule", 0, y, MU_SVG_WIDTH - MU_TEAMS_RIGHT, y);
        for (int k = 0; k < 2 && row->lines[k] != NULL; k++) {
            mu_svg_text(s->page, "team-name", 0, y + 12 + 12 * k, "start", row->lines[k]);
        }
        for (uint32_t i = 0; i < s->teams->item_count; i++) {
            const mu_teams_item *item = &s->teams->items[i];
            if (item->row == r) {
                draw_item(s, item, y + 3.5 + MU_TEAMS_LANE * (double)item->lane);
            }
        }
        y += row->height;
    }
}

static void draw_key(const sheet *s) {
    static const struct {
        mu_part part;
        const char *name;
    } entries[] = {
        {MU_PART_WAIT, N_("waiting for people, things or a line")},
        {MU_PART_TRAVEL, N_("walking")},
        {MU_PART_WORK, N_("working")},
        {MU_PART_MESSAGE, N_("talking")},
        {MU_PART_NONE, N_("holding")},
        {MU_PART_DISPATCH, N_("getting ready to set out")},
        {MU_PART_ROAD, N_("on the road")},
    };
    double x = 0, y = s->bottom + 28;
    for (size_t k = 0; k < sizeof entries / sizeof entries[0]; k++) {
        const double width = 24 + mu_text_width(_(entries[k].name), 10) + 12;
        if (x + width > MU_SVG_WIDTH) {
            x = 0;
            y += 16;
        }
        put_bar(s->page, entries[k].part, x, y, 20);
        mu_svg_text(s->page, "team-key", x + 24, y + BAR - 1, "start", _(entries[k].name));
        x += width;
    }
    draw_cross(s->page, x + 10, y);
    mu_svg_text(s->page, "team-key", x + 24, y + BAR - 1, "start", _("given up"));
}

void mu_chart_teams(mu_page *page, const mu_view *view, const mu_teams *teams, uint32_t first_row,
                    uint32_t end_row) {
    sheet s = {.page = page, .view = view, .teams = teams, .bottom = HEAD};
    for (uint32_t r = first_row; r < end_row; r++) {
        s.bottom += teams->rows[r].height;
    }
    mu_svg_open(page, MU_SVG_WIDTH, s.bottom + FOOT, _("Who was on what when"));
    draw_alerts(&s);
    draw_axis(&s);
    draw_moments(&s);
    draw_rows(&s, first_row, end_row);
    draw_key(&s);
    mu_svg_close(page);
}
