/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What evaluators watch for: every milestone that starts or ends a clause and that this plan can
 * bring about, and when each step begins and is done, with the times that the runs predict. A watch
 * is one box to write a time (or a number) into; typed in again, it becomes a record of a log. */
#ifndef MU_DRILL_PACK_WATCH_H
#define MU_DRILL_PACK_WATCH_H

#include "drill/plan.h"
#include "drill/run.h"

typedef enum mu_watch_what {
    MU_WATCH_TIME,   /* a milestone */
    MU_WATCH_NUMBER, /* "measured:…": a number, and when it was taken */
    MU_WATCH_PEOPLE, /* a head count: kind ORDERED, of those there; ALERTED, of those told */
    MU_WATCH_BEGAN,  /* a step */
    MU_WATCH_DONE
} mu_watch_what;

typedef struct mu_watch {
    uint32_t what;       /* mu_watch_what */
    uint32_t kind;       /* mu_record_kind */
    mu_handle object;    /* a word; 0 */
    mu_handle place;     /* a word; 0 */
    uint32_t step;       /* BEGAN, DONE: of the response; else the one that brings it about, or
                            MU_NONE */
    uint32_t seen;       /* runs in which it came */
    uint32_t most;       /* times that it came in one run, at most */
    double from_start_s; /* typical: from the start of the run; NAN where it never came */
    double low_s, typical_s, high_s; /* after the incident became known: 10, 50 and 90 % of those
                                        runs */
    double order_s;                  /* by which the list is sorted; INFINITY where it never came */
    double value;                    /* NUMBER, PEOPLE: typical */
    char code[16]; /* "P07"; a number "N02", people "C1"; a step "S03a" and "S03b" */
} mu_watch;

typedef struct mu_watch_list {
    mu_watch *items; /* milestones in the order of time, then numbers, then steps; owned */
    uint32_t count;
    uint32_t runs;
    double known_s; /* when the incident becomes known: typical, from the start; NAN = never */
} mu_watch_list;

/* What is kept of one run's log until all are there. */
typedef struct mu_watched_run {
    mu_record *records; /* owned: those that a watch could be of */
    uint32_t count, room;
    mu_time known_us; /* MU_NEVER */
    mu_time end_us;
    /* People: who was there when the order came that a clause about reaching everybody counts
     * from, how many of them had been told in the end, and when the last was. */
    uint32_t present, reached;
    mu_time ordered_us, reached_us; /* MU_NEVER: no such order */
} mu_watched_run;

/* Keeps what a watch could be of. MU_ERR_MEMORY leaves nothing. */
MU_MUST_USE mu_status mu_watch_hear(const mu_plan *plan, const mu_log *log, const mu_run_end *end,
                                    mu_watched_run *out);
void mu_watched_run_destroy(mu_watched_run *run);

/* Makes the list from all runs. */
MU_MUST_USE mu_status mu_watch_make(const mu_plan *plan, const mu_watched_run *runs, uint32_t count,
                                    mu_watch_list *out);
void mu_watch_list_destroy(mu_watch_list *list);

/* Does the watch speak of this record? */
bool mu_watch_is(const mu_watch *watch, const mu_record *record);
/* Is it what starts this clause, or ends it? */
bool mu_watch_starts(const mu_plan *plan, const mu_watch *watch, uint32_t clause);
bool mu_watch_ends(const mu_plan *plan, const mu_watch *watch, uint32_t clause);
/* The clause that judges a number; MU_NONE. */
uint32_t mu_watch_judged(const mu_plan *plan, const mu_watch *watch);
/* What counts of the numbers of a run, as that clause is judged: the first, the least, the most or
 * the mean of those from its start on. NAN: there are none. */
double mu_watch_counts(const mu_plan *plan, const mu_watched_run *run, const mu_watch *watch);
/* The first watch of the list that starts or ends it; MU_NONE. */
uint32_t mu_watch_find_start(const mu_plan *plan, const mu_watch_list *list, uint32_t clause);
uint32_t mu_watch_find_end(const mu_plan *plan, const mu_watch_list *list, uint32_t clause);
/* The term that a milestone is: "declared:red"; `out` has room for 256 bytes. */
void mu_watch_term(const mu_plan *plan, const mu_watch *watch, char out[256]);

#endif
