/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walked paths: a line behind everybody who has moved within the last half minute, fainter the
 * longer ago it was. */
#include <math.h>

#include "render/art.h"

/* Setting: nobody walks as far in a second; the line is broken where somebody rode or was moved. */
static const double FARTHEST_M = 6;
/* In units of the design: shorter steps are drawn as one, and a path shorter than that is none. */
static const double STEP_LEAST = 2.5, LENGTH_LEAST = 5;
static const int FAINTEST = 40, STRONGEST = 200;
static const double STRAIGHT = 0.8; /* a line may pass so far from a step that it stands for */

/* How fine paths are: with thousands of people what nobody could tell apart costs the picture its
 * pace. */
typedef struct grain {
    uint32_t every_s; /* one look in so many seconds is used */
    uint32_t shade_s; /* so long a path keeps one shade */
    uint32_t one_in;  /* so many people has a path */
} grain;

static grain grain_for(uint32_t people) {
    return people <= 500    ? (grain){1, 2, 1}
           : people <= 2000 ? (grain){1, 5, 1}
                            : (grain){3, 15, MU_TRAILS_ONE_IN};
}

bool mu_art_trails_are_thinned(const mu_frame *frame) {
    return grain_for(frame->people_count).one_in > 1;
}

typedef struct trail {
    mu_vec points[MU_WAKE_SECONDS + 2]; /* the oldest first */
    uint32_t ages[MU_WAKE_SECONDS + 2]; /* in seconds */
    bool breaks[MU_WAKE_SECONDS + 2];   /* nothing leads here from the one before */
    uint32_t count;
    mu_point last; /* in metres, on `level` */
    uint32_t level;
    double farthest_m; /* from one look to the next */
    bool begun, broken;
} trail;

static void add(trail *t, const mu_pen *pen, const mu_camera *camera, uint32_t level, mu_point at,
                uint32_t age) {
    const mu_sheet *sheet = mu_camera_shows(camera, level, at);
    const bool leads =
        t->begun && level == t->level && hypot(at.x - t->last.x, at.y - t->last.y) <= t->farthest_m;
    t->broken = t->broken || !leads || sheet == NULL;
    t->begun = true;
    t->last = at;
    t->level = level;
    if (sheet == NULL) {
        return;
    }
    const mu_vec p = mu_camera_map(camera, sheet, at);
    const mu_vec *before = t->count > 0 ? &t->points[t->count - 1] : NULL;
    if (before != NULL && !t->broken && age > 0 &&
        hypot((double)(p.x - before->x), (double)(p.y - before->y)) < STEP_LEAST * pen->unit) {
        return;
    }
    t->points[t->count] = p;
    t->ages[t->count] = age;
    t->breaks[t->count++] = t->broken;
    t->broken = false;
}

static double length_of(const trail *t) {
    double length = 0;
    for (uint32_t i = 1; i < t->count; i++) {
        length += t->breaks[i] ? 0
                               : hypot((double)(t->points[i].x - t->points[i - 1].x),
                                       (double)(t->points[i].y - t->points[i - 1].y));
    }
    return length;
}

/* Whether one line from a point to another passes close by all between them. */
static bool is_straight(const trail *t, uint32_t from, uint32_t to, double most) {
    const mu_vec a = t->points[from], b = t->points[to];
    const double dx = (double)(b.x - a.x), dy = (double)(b.y - a.y);
    const double most_cross = most * hypot(dx, dy);
    bool straight = true;
    for (uint32_t i = from + 1; i < to && straight; i++) {
        straight = fabs((double)(t->points[i].x - a.x) * dy -
                        (double)(t->points[i].y - a.y) * dx) <= most_cross;
    }
    return straight;
}

static void draw_trail(const mu_pen *pen, const trail *t, mu_colour colour, uint32_t shade_s) {
    if (length_of(t) < LENGTH_LEAST * pen->unit) {
        return;
    }
    for (uint32_t i = 1, end; i < t->count; i = end + 1) {
        end = i;
        if (t->breaks[i]) {
            continue;
        }
        while (end + 1 < t->count && !t->breaks[end + 1] &&
               t->ages[end + 1] / shade_s == t->ages[i] / shade_s &&
               is_straight(t, i - 1, end + 1, STRAIGHT * pen->unit)) {
            end++;
        }
        const int old = (int)t->ages[end] * (STRONGEST - FAINTEST) / MU_WAKE_SECONDS;
        mu_draw_segment(pen->list, mu_fade(colour, STRONGEST - old), 1.7 * pen->unit,
                        t->points[i - 1].x, t->points[i - 1].y, t->points[end].x, t->points[end].y);
    }
}

/* The looks that paths of a moment are made of, the oldest first, each with a place to read on. */
typedef struct reading {
    const mu_wake_look *looks[MU_WAKE_SECONDS + 1];
    uint32_t at[MU_WAKE_SECONDS + 1], ages[MU_WAKE_SECONDS + 1];
    uint32_t count;
} reading;

static reading open_looks(const mu_wake *wake, mu_time now, uint32_t every_s) {
    reading out = {.count = 0};
    for (mu_time age = MU_WAKE_SECONDS; age >= 0; age--) {
        const mu_time second = now / MU_SECOND - age;
        const mu_wake_look *look =
            second % every_s == 0 ? mu_wake_at(wake, second * MU_SECOND) : NULL;
        if (look != NULL) {
            out.ages[out.count] = (uint32_t)age;
            out.looks[out.count++] = look;
        }
    }
    return out;
}

void mu_art_trails(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame,
                   const mu_wake *wake) {
    const grain fine = grain_for(frame->people_count);
    reading r = open_looks(wake, frame->time_us, fine.every_s);
    for (uint32_t p = 0; p < frame->people_count; p++) {
        const mu_frame_person *one = &frame->people[p];
        if (one->person % fine.one_in != 0) {
            continue;
        }
        trail t;
        t.count = 0;
        t.begun = t.broken = false;
        t.farthest_m = FARTHEST_M * fine.every_s;
        for (uint32_t k = 0; k < r.count; k++) {
            const mu_wake_look *look = r.looks[k];
            while (r.at[k] < look->count && look->spots[r.at[k]].person < one->person) {
                r.at[k]++;
            }
            const mu_wake_spot *spot = &look->spots[r.at[k]];
            if (r.at[k] < look->count && spot->person == one->person) {
                add(&t, pen, camera, spot->level, (mu_point){(double)spot->x, (double)spot->y},
                    r.ages[k]);
            } else {
                t.broken = true;
            }
        }
        add(&t, pen, camera, one->level, one->at, 0);
        draw_trail(pen, &t,
                   one->kind == MU_FRAME_UNIT ? pen->theme->unit : pen->theme->doing[one->doing],
                   fine.shade_s);
    }
}
