/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clocks of clauses as people read them: in words, as a colour and as a sign. */
#ifndef MU_RENDER_CLOCKS_H
#define MU_RENDER_CLOCKS_H

#include "render/pen.h"

/* "6:05", "1:02:03", "-0:30"; whole seconds, rounded down. */
void mu_clock_text(mu_time time, char *out, size_t room);
/* Time of day, where the incident says when it starts: "2026-09-15T10:00". */
bool mu_time_of_day(const char *starts_at, mu_time now, char *out, size_t room);
/* What is left, or by how much it is over, or how long it took. */
void mu_clock_say(const mu_frame_clock *clock, char *out, size_t room);
mu_colour mu_clock_colour(const mu_theme *theme, uint32_t state);
/* Met, late, missed or running, as a sign of a size in pixels. */
void mu_clock_sign(const mu_pen *pen, double x, double y, double size, uint32_t state);
/* The most urgent first, those that ended not long ago last; returns how many, at most `most`. */
uint32_t mu_clocks_by_urgency(const mu_frame *frame, const mu_frame_clock **rows, uint32_t most);

#endif
