/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging a policy against a log: one verdict a clause, and the chain of causes behind each judged
 * time. The log may come from a batch run, a tabletop or typed-in times. */
#ifndef MU_POLICY_JUDGE_H
#define MU_POLICY_JUDGE_H

#include "core/limits.h"
#include "core/log.h"
#include "core/words.h"
#include "muster/time.h"
#include "policy/policy.h"
#include "policy/term.h"

typedef enum mu_verdict {
    MU_VERDICT_NOT_EXERCISED, /* nothing in this log starts it, or this part cannot judge it */
    MU_VERDICT_MET,
    MU_VERDICT_MISSED,
    MU_VERDICT_UNDECIDED /* the run ended before the limit */
} mu_verdict;
/* The word that result files use: "not_exercised", "met", "missed", "undecided". */
const char *mu_verdict_name(mu_verdict verdict);

/* Why a clause was not exercised. Where several runs differ, the greatest one tells most. */
typedef enum mu_reason {
    MU_REASON_NONE,
    MU_REASON_OFF,        /* switched off in the policy */
    MU_REASON_NOT_HERE,   /* no incident can judge it: it is for the year or the audit */
    MU_REASON_NO_MEASURE, /* what it measures is not simulated yet */
    MU_REASON_NO_START,   /* its start did not happen in this run */
    MU_REASON_NO_STEP, /* it started, and no playbook of this plan has a step that would end it */
    MU_REASON_COUNT
} mu_reason;
/* The word that result files use: "off", "not_here", …; "none". */
const char *mu_reason_name(mu_reason reason);

/* A clause made ready for judging. */
typedef struct mu_judged_clause {
    const mu_clause *clause;
    mu_term start, end;
    bool has_start, has_end;
    bool can_end;     /* some step, unit or part of the world can bring its end about; a clause that
                         has started, has not ended and cannot end is not exercised: the plan lacks
                         the step */
    uint32_t same_as; /* index of the clause that is judged instead; MU_NONE */
    uint32_t demand_word[MU_DEMANDS_MOST]; /* the names of its demands; MU_NONE: not in the words */
} mu_judged_clause;

/* What is known of a run beside its log. */
typedef struct mu_run_facts {
    mu_time end_us; /* when the run ended */
    bool quiet;     /* nothing was left to happen then, so what has not come will never come; else
                       it was stopped at its horizon */
    uint32_t occupants;        /* length of the two lists: */
    const mu_time *alerted_us; /* when each was first reached by an alarm or message; MU_NEVER */
    const mu_time *left_us;    /* when each left the building; MU_NEVER */
} mu_run_facts;

typedef struct mu_judgement {
    mu_verdict verdict;
    mu_reason reason;    /* of MU_VERDICT_NOT_EXERCISED; else MU_REASON_NONE */
    mu_time value_us;    /* the time that was judged; MU_NEVER = it did not end */
    double value;        /* the same in the unit of mu_judge_unit, INFINITY for never; coverage: the
                            share. 0 where nothing was judged */
    uint32_t start, end; /* records; MU_NO_RECORD */
} mu_judgement;

/* One with no records and no value. */
mu_judgement mu_judgement_of(mu_verdict verdict, mu_reason reason);

/* Verdicts of one log, one per clause, in the policy's order.
 *
 * An end belongs to a start if it comes at the same time or later; its time is then the difference.
 * A value equal to the limit meets it. Without an end a clause is missed once its limit has passed
 * or once the run is quiet, else undecided.
 *
 *  deadline   the statistic says what is judged: `first` the first end after the first start;
 * `each` the slowest of all starts with the first end after each; `mean` their mean (start and end
 * are then those of the slowest). process, physical, stock, distance met once the end has come,
 * however late; the value is the time it took. rate       from the first start on, no interval
 * without an end may be longer than the demand's, up to the first all-clear, else the end of the
 * run; undecided if that came before any end did or was due. The value is the longest interval,
 * MU_NEVER if the end that was due last did not come. coverage   of alerting, recognised by a
 * demand named "coverage" and a start: the share, among the occupants that had not left at the
 * start, of those that an alarm or message reached in this run. Judged once it is reached, or the
 * run quiet. value_us runs to the last one reached. others     not measured.
 *
 * A clause with an end but no start is met if the end comes and else not exercised: nothing says
 * when it was due. (To demand it in every incident, give it the start "started".)
 *
 * Whoever is there already need not come again: where an end "arrived" or "on_site" came before the
 * start and none comes after it, the value is 0. The same holds of "closed", unless it was opened
 * again in between. */
void mu_judge(const mu_judged_clause *clauses, uint32_t count, const mu_log *log,
              const mu_run_facts *facts, mu_judgement *out);

/* Is the clause about a number that is no time, "measured:…"? */
bool mu_judge_is_number(const mu_clause *clause);
/* The unit of a judgement's value: a number's as the demand has it, a deadline's or rate's own unit of time, "1" for a coverage, "s"
 * for the rest. */
const char *mu_judge_unit(const mu_clause *clause);
/* Seconds in a unit of time; 0 where it is none of fixed length. */
double mu_judge_seconds(const char *unit);

/* One part of the time between a clause's start and its end. */
typedef struct mu_chain_part {
    mu_time from_us, to_us;
    mu_part part;
    uint32_t record; /* that ended the part: says who, which step, who held what was waited for */
} mu_chain_part;

/* Walks the causes back from `end` and writes the parts in the order of time, from the time of
 * `start` (MU_NO_RECORD: from 0) to that of `end`: they leave no gap and do not overlap, and add up
 * to the whole in microseconds. Returns their number.
 *
 * Each record on the way ends the part that began with its cause; a part that began before `start`
 * is cut off there. Parts of no length are left out. The kind of the record says what the time was
 * spent on. Some kinds take no time of their own (MU_PART_NONE): what passed before such a record
 * is time spent on the way to the next record that does say what it waited for, and belongs to that
 * one's part. Only where none follows does it belong to the part before. A log that tells of no
 * part at all (times typed in without causes) gives one part, MU_PART_WAIT.
 *
 * At most `most` (> 0) parts are written; the earliest are merged into one if there are more, which
 * takes the name of the longest among them. */
uint32_t mu_chain(const mu_log *log, uint32_t start, uint32_t end, mu_chain_part *out,
                  uint32_t most);

#endif
