/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours of a week as spans: read from a roster, from what somebody types, and from a week's hours
 * that were ticked; printed as either. */
#ifndef MU_EDIT_SHIFTS_H
#define MU_EDIT_SHIFTS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "muster/hours.h"

struct cJSON;

enum { MU_SPANS_MOST = MU_HOURS_A_WEEK };

typedef struct mu_span_of_week {
    uint32_t days;       /* bit 0 = Monday: on which it begins */
    double from_h, to_h; /* not after from_h: on the next day */
} mu_span_of_week;

/* Ticks the hours whose middle it holds. */
void mu_span_mark(const mu_span_of_week *span, bool on[MU_HOURS_A_WEEK]);
/* The spans of a member's "shifts". */
uint32_t mu_spans_of(const struct cJSON *shifts, mu_span_of_week out[MU_SPANS_MOST]);
uint32_t mu_spans_from(const bool on[MU_HOURS_A_WEEK], mu_span_of_week out[MU_SPANS_MOST]);
/* "8-20", "mon-fri 9:30-17, sat 10-14", "周一-周五 9-17"; "always" or nothing: none. False: it
 * cannot be read. */
bool mu_spans_read(const char *text, mu_span_of_week out[MU_SPANS_MOST], uint32_t *count);
/* As it is typed, with the days in the language that people read. */
const char *mu_spans_print(mu_arena *arena, const mu_span_of_week *spans, uint32_t count);
/* The caller frees it. */
char *mu_spans_json(const mu_span_of_week *spans, uint32_t count);

#endif
