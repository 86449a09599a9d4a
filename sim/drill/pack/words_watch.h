/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What evaluators watch for, and when, in words. */
#ifndef MU_DRILL_PACK_WORDS_WATCH_H
#define MU_DRILL_PACK_WORDS_WATCH_H

#include "drill/pack/watch.h"
#include "drill/report/words.h"

/* "Operator calls the police: done", "On the site: police", the title of a number's clause. */
const char *mu_say_watch(const mu_view *view, const mu_watch *watch);
/* A milestone as a trigger names it: "declared:red" as "Level declared: red". */
const char *mu_say_term(const mu_view *view, const char *text);
/* The clauses that it starts or ends: "3.6.3b, 4.2.3b"; "" where there are none. */
const char *mu_say_watch_clauses(const mu_view *view, const mu_watch *watch);

/* Seconds since the start of the run as time of day where the incident says when it starts:
 * "10:12:35", "10:12:35 +1 d"; else "T+12:35". "–" for NAN. */
const char *mu_say_day_time(const mu_view *view, double seconds);
/* "4:10 (3:50–5:30)": after the incident became known, typical, and nine of ten runs between. */
/* What the runs predict for a number, with the unit in which it is typed in; a share as both. */
const char *mu_say_number(const mu_view *view, const mu_watch *watch);
const char *mu_say_expected(const mu_view *view, const mu_watch *watch);

#endif
