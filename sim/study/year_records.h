/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a year's log says of hazards and of persons: the ledger of everything found broken, with its
 * age, interim measure and acceptance, and the record of each person. Read from the log alone, so
 * that a report, a result file and a test count the same. */
#ifndef MU_STUDY_YEAR_RECORDS_H
#define MU_STUDY_YEAR_RECORDS_H

#include "readiness/year_run.h"

/* One entry of the hazard ledger; MU_NEVER where it has not come to that. */
typedef struct mu_hazard {
    uint32_t asset;
    uint32_t found_by; /* duty; MU_NONE: it told of itself */
    uint32_t mend;     /* record of the repair; MU_NO_RECORD */
    mu_time found_us, safe_us, mended_us, accepted_us;
} mu_hazard;

typedef struct mu_person_record {
    uint32_t failings;
    uint32_t grade; /* of the last sanction; 0 */
    uint32_t sanctions;
} mu_person_record;

typedef struct mu_rated {
    double sum, last, least;
    uint32_t count;
} mu_rated;

enum { MU_GRADES_MOST = 5 }; /* that are counted apart */

typedef struct mu_year_records {
    const mu_year_plan *plan;
    MU_LIST_OF(mu_hazard) hazards; /* in the order in which they were found */
    uint32_t room;
    mu_person_record *persons; /* one per person */
    mu_rated *rated;           /* one per person and duty that rates */
    double *grades;            /* MU_GRADES_MOST per duty that rates: how often each was given */
    double sanctions[MU_GRADES_MOST];
    double failings; /* of nobody in particular, too */
    mu_time end_us;
} mu_year_records;

/* MU_ERR_MEMORY leaves nothing to destroy. */
MU_MUST_USE mu_status mu_year_records_read(const mu_year_plan *plan, const mu_log *log,
                                           mu_year_records *out);
void mu_year_records_destroy(mu_year_records *records);

/* Was this person rated, or did they fail? */
bool mu_year_has_record(const mu_year_records *records, uint32_t person);

/* Days from being found to being mended, or to the end of the year. */
double mu_hazard_age_d(const mu_year_records *records, const mu_hazard *hazard);
bool mu_hazard_is_serious(const mu_year_records *records, const mu_hazard *hazard);
/* Open for longer than whoever mends it has; false where there is no limit. */
bool mu_hazard_is_overdue(const mu_year_records *records, const mu_hazard *hazard);
/* The duty that mends, and so whose staff owns an entry; MU_NONE. */
uint32_t mu_year_mends(const mu_year_plan *plan);

/* The ledger in numbers: NAN where there is nothing to take a mean of. */
typedef struct mu_ledger_sums {
    double opened, open_at_end, overdue, age_d, longest_d;
    double serious,
        unsafe;      /* of the serious ones: mended, or still open, without having been safe */
    double safe_h;   /* from being found to being safe */
    double accepted; /* share of the mended that was accepted */
} mu_ledger_sums;
mu_ledger_sums mu_year_ledger(const mu_year_records *records);

#endif
