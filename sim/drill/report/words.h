/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report says in words, in the language in force: plain text, not yet escaped, in the view's
 * arena. Nothing here returns NULL. */
#ifndef MU_DRILL_REPORT_WORDS_H
#define MU_DRILL_REPORT_WORDS_H

#include "drill/report/view.h"

/* printf into the view's arena. */
const char *mu_say(const mu_view *view, const char *format, ...) MU_PRINTF(2, 3);
/* What was said so far and one part more, with the separator between them if anything was. */
const char *mu_say_joined(const mu_view *view, const char *said, const char *separator,
                          const char *part);
/* A text of a file in the report's language, in the other one where it has none. */
const char *mu_say_text(const mu_view *view, const mu_text *text);
/* The name that the site gives to this label of spaces, or the label. */
const char *mu_say_building(const mu_view *view, const char *label);
/* What a handle names, in the report's language. */
const char *mu_say_thing(const mu_view *view, mu_handle handle);

/* Seconds as "7:42" or "1:02:03", rounded up to whole seconds (a clause missed by a little must not
 * look met); below 10 s "4.6 s"; whole hours from one on "24 h"; "never"; "–" for NAN. */
const char *mu_say_time(const mu_view *view, double seconds);
/* A mean of counts: with one decimal below 10, unless it is whole. */
const char *mu_say_mean(const mu_view *view, double number);
const char *mu_say_percent(const mu_view *view, double share);
/* A value of a clause's judgement in its unit (mu_judge_unit). */
const char *mu_say_value(const mu_view *view, uint32_t clause, double value);
/* The clause's first demand: "at most 5:00", "must happen", "10 m". */
const char *mu_say_limit(const mu_view *view, uint32_t clause);
const char *mu_say_demand(const mu_view *view, const mu_demand *demand);
/* "3 of 20 runs" and "15 % (5–36 %)". */
const char *mu_say_runs(const mu_view *view, uint32_t clause);
const char *mu_say_share(const mu_view *view, uint32_t clause);

/* "✓ met", "✕ missed", "? undecided", "– not exercised" */
const char *mu_say_verdict(mu_verdict verdict);
/* Why clauses were not exercised: as a heading, and as a sentence. */
const char *mu_say_reason_title(mu_reason reason);
const char *mu_say_reason(mu_reason reason);
/* HSEEP's words for P, S, M, U and N; in Chinese 优, 良, 中, 差 and 未演练. */
const char *mu_say_rating(char rating);
const char *mu_say_rating_letter(char rating); /* "P" or 优, for narrow columns */
const char *mu_say_basis(mu_basis basis);
/* Where a clause stands in its source document. */
const char *mu_say_source(const mu_view *view, const mu_clause *clause);
const char *mu_source_said(const mu_clause *clause, char *room, size_t size);
const char *mu_say_how(mu_how how);
const char *mu_say_likelihood(int likelihood);
const char *mu_say_risk(int level);
/* Words of files, where the program knows them; else the word itself with blanks for underlines. */
const char *mu_say_role(const mu_view *view, const char *word); /* owners too */
const char *mu_say_capability(const mu_view *view, const char *word);
const char *mu_say_word(const mu_view *view, const char *word); /* units, objects, places */

/* A role, object or place in the language in force; NULL where the program does not know it. */
const char *mu_known_word(const char *word);
/* The same for the names of clauses' numbers. */
const char *mu_known_measure(const char *word);

/* Part k of a clause's chain in whole seconds from the chain's start, rounded up at the joints, so
 * that the parts as printed add up to the whole as printed. k = chain_count: from = the whole. */
int64_t mu_part_from_s(const mu_clause_finding *finding, uint32_t k);
int64_t mu_part_took_s(const mu_clause_finding *finding, uint32_t k);
/* "3:15" from whole seconds, also below 10 s. */
const char *mu_say_seconds(const mu_view *view, int64_t seconds);
/* What part k of a clause's chain was spent on: "police on the road". */
const char *mu_say_part(const mu_view *view, uint32_t clause, uint32_t k);

/* A distribution: "log-normal, median 12 s, sigma 0.4". */
const char *mu_say_dist(const mu_view *view, const mu_dist *dist, const char *unit);

/* Where its numbers come from. */
const char *mu_say_dist_source(const mu_view *view, const mu_dist *dist);

/* "4 × medics + 1 × medical kits": the people and things that a step asks for. */
const char *mu_say_asked(const mu_view *view, uint32_t step);

/* How many missed clauses have no row among the gaps, and why; "" where all have one. */
const char *mu_say_repeats(const mu_view *view);
/* The paragraph that opens the report. */
const char *mu_say_headline(const mu_view *view);
/* "at least 20 persons": the first demand of a clause that is judged on numbers. */
const char *mu_say_bound(const mu_view *view, uint32_t clause);
/* What could be done about the gap's cause is for people to decide; this says what caused it. */
const char *mu_say_cause(const mu_view *view, uint32_t clause);

#endif
