/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/clocks.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "render/widget.h"

static const mu_time KEPT_US = 300 * MU_SECOND; /* an ended clock stays in the list so long */

static bool is_running(const mu_frame_clock *clock) {
    return clock->state == MU_CLOCK_RUNNING || clock->state == MU_CLOCK_LATE;
}

/* The most urgent first: what runs, by what is left; then what has ended, the latest first. */
static bool comes_before(const mu_frame_clock *a, const mu_frame_clock *b) {
    if (is_running(a) != is_running(b)) {
        return is_running(a);
    }
    return is_running(a) ? a->limit_us - a->took_us < b->limit_us - b->took_us
                         : a->started_us + a->took_us > b->started_us + b->took_us;
}

uint32_t mu_clocks_by_urgency(const mu_frame *frame, const mu_frame_clock **rows, uint32_t most) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < frame->clock_count; i++) {
        const mu_frame_clock *clock = &frame->clocks[i];
        const mu_time ended_us = clock->started_us + clock->took_us;
        if (!is_running(clock) && ended_us + KEPT_US < frame->time_us) {
            continue;
        }
        uint32_t at = count;
        for (; at > 0 && comes_before(clock, rows[at - 1]); at--) {
            if (at < most) {
                rows[at] = rows[at - 1];
            }
        }
        if (at < most) {
            rows[at] = clock;
            count = count < most ? count + 1 : most;
        }
    }
    return count;
}

mu_colour mu_clock_colour(const mu_theme *t, uint32_t state) {
    switch ((mu_clock_state)state) {
    case MU_CLOCK_MET:
        return t->met;
    case MU_CLOCK_LATE:
        return t->late;
    case MU_CLOCK_MISSED:
        return t->missed;
    case MU_CLOCK_RUNNING:
        break;
    }
    return t->accent;
}

void mu_clock_sign(const mu_pen *pen, double x, double y, double size, uint32_t state) {
    const mu_colour colour = mu_clock_colour(pen->theme, state);
    switch ((mu_clock_state)state) {
    case MU_CLOCK_MET:
        mu_widget_icon(pen, MU_ICON_CHECK, x, y, size, colour);
        break;
    case MU_CLOCK_LATE:
        mu_widget_icon(pen, MU_ICON_WARNING, x, y, size, colour);
        break;
    case MU_CLOCK_MISSED:
        mu_widget_icon(pen, MU_ICON_CROSS, x, y, size, colour);
        break;
    case MU_CLOCK_RUNNING:
        mu_draw_circle(pen->list, x, y, size * 0.42, size * 0.16, colour);
        break;
    }
}

/* What is left, or by how much it is over, or how long it took. */
void mu_clock_say(const mu_frame_clock *clock, char *out, size_t room) {
    char time[32];
    if (is_running(clock)) {
        const mu_time left = clock->limit_us - clock->took_us;
        /* Rounded so that 0:00 is never shown while there is time left. */
        mu_clock_text(left >= 0 ? left + MU_SECOND - 1 : -left, time, sizeof time);
        (void)snprintf(out, room, left >= 0 ? "%s" : "+%s", time);
    } else {
        mu_clock_text(clock->took_us + MU_SECOND - 1, time, sizeof time);
        (void)snprintf(out, room, "%s", time);
    }
}

bool mu_time_of_day(const char *starts_at, mu_time now, char *out, size_t room) {
    int hour = 0, minute = 0;
    const char *t = starts_at;
    while (t != NULL && *t != 0 && *t != 'T') {
        t++;
    }
    if (t == NULL || *t == 0 || sscanf(t + 1, "%2d:%2d", &hour, &minute) != 2) {
        return false;
    }
    const long long s = (hour * 60LL + minute) * 60 + now / MU_SECOND;
    (void)snprintf(out, room, "%02lld:%02lld:%02lld", s / 3600 % 24, s / 60 % 60, s % 60);
    return true;
}

void mu_clock_text(mu_time time, char *out, size_t room) {
    const char *sign = time < 0 ? "-" : "";
    const int64_t s = (time < 0 ? -time : time) / MU_SECOND;
    if (s >= 3600) {
        (void)snprintf(out, room, "%s%" PRId64 ":%02" PRId64 ":%02" PRId64, sign, s / 3600,
                       s / 60 % 60, s % 60);
    } else {
        (void)snprintf(out, room, "%s%" PRId64 ":%02" PRId64, sign, s / 60, s % 60);
    }
}
