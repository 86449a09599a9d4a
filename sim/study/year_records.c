/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One walk through the log. */
#include "study/year_records.h"

#include <math.h>
#include <stdlib.h>

#include "core/grow.h"

uint32_t mu_year_mends(const mu_year_plan *plan) {
    for (uint32_t d = 0; d < plan->duties.count; d++) {
        if (plan->duties.items[d].given->does == MU_DOES_MEND) {
            return d;
        }
    }
    return MU_NONE;
}

static uint32_t duty_of(const mu_year_plan *plan, mu_handle object) {
    for (uint32_t d = 0; d < plan->duties.count; d++) {
        if (MU_HANDLE(MU_THING_WORD, plan->duties.items[d].word) == object) {
            return d;
        }
    }
    return MU_NONE;
}

/* The entry of this asset that is still open; NULL. */
static mu_hazard *open_of(mu_year_records *r, uint32_t asset) {
    for (uint32_t h = r->hazards.count; h > 0; h--) {
        mu_hazard *hazard = &r->hazards.items[h - 1];
        if (hazard->asset == asset) {
            return hazard->mended_us == MU_NEVER ? hazard : NULL;
        }
    }
    return NULL;
}

static mu_status open(mu_year_records *r, const mu_record *record) {
    mu_hazard *items = mu_grow(r->hazards.items, r->hazards.count, &r->room, sizeof *items);
    if (items == NULL) {
        return MU_ERR_MEMORY;
    }
    r->hazards.items = items;
    r->hazards.items[r->hazards.count++] =
        (mu_hazard){.asset = record->value,
                    .found_by = record->place == 0 ? MU_NONE : duty_of(r->plan, record->place),
                    .mend = MU_NO_RECORD,
                    .found_us = record->time_us,
                    .safe_us = MU_NEVER,
                    .mended_us = MU_NEVER,
                    .accepted_us = MU_NEVER};
    return MU_OK;
}

/* Something was done that a repair had called for. */
static void accept(mu_year_records *r, const mu_log *log, const mu_record *done) {
    const mu_record *due = done->cause == MU_NO_RECORD ? NULL : mu_log_get(log, done->cause);
    if (due == NULL || due->kind != MU_RECORD_FELL_DUE || due->cause == MU_NO_RECORD) {
        return;
    }
    for (uint32_t h = r->hazards.count; h > 0; h--) {
        mu_hazard *hazard = &r->hazards.items[h - 1];
        if (hazard->mend == due->cause) {
            hazard->accepted_us = done->time_us;
            return;
        }
    }
}

static void rate(mu_year_records *r, const mu_record *record) {
    const uint32_t duty = duty_of(r->plan, record->object);
    const uint32_t person = mu_handle_index(record->subject);
    const mu_duty_plan *plan = &r->plan->duties.items[duty];
    const double points = record->value / 10.0;
    mu_rated *rated = &r->rated[(size_t)person * r->plan->ratings + plan->rating];
    rated->least = rated->count == 0 || points < rated->least ? points : rated->least;
    rated->last = points;
    rated->sum += points;
    rated->count++;
    const uint32_t grade = mu_year_grade(points, (uint32_t)plan->given->number);
    if (grade > 0) {
        r->grades[MU_GRADES_MOST * plan->rating +
                  (grade < MU_GRADES_MOST ? grade : MU_GRADES_MOST) - 1]++;
    }
}

static void sanction(mu_year_records *r, const mu_record *record) {
    mu_person_record *person = &r->persons[mu_handle_index(record->subject)];
    person->sanctions++;
    person->grade = record->value;
    r->sanctions[(record->value < MU_GRADES_MOST ? record->value : MU_GRADES_MOST) - 1]++;
}

static void lapse(mu_year_records *r, const mu_record *record) {
    if (record->value > 0) {
        r->failings++;
        if (mu_handle_thing(record->subject) == MU_THING_PERSON) {
            r->persons[mu_handle_index(record->subject)].failings++;
        }
    }
}

static void asset_changes(mu_year_records *r, const mu_record *record) {
    mu_hazard *hazard = open_of(r, record->value);
    if (hazard != NULL && record->kind == MU_RECORD_INTERIM) {
        hazard->safe_us = record->time_us;
    } else if (hazard != NULL) {
        hazard->mended_us = record->time_us;
        hazard->mend = record->cause;
    }
}

static mu_status take(mu_year_records *r, const mu_log *log, const mu_record *record,
                      mu_handle accepts) {
    switch (record->kind) {
    case MU_RECORD_FAULT_FOUND:
        return open(r, record);
    case MU_RECORD_INTERIM:
    case MU_RECORD_MENDED:
        asset_changes(r, record);
        return MU_OK;
    case MU_RECORD_DONE:
        if (record->object == accepts) {
            accept(r, log, record);
        }
        return MU_OK;
    case MU_RECORD_RATED:
        rate(r, record);
        return MU_OK;
    case MU_RECORD_SANCTIONED:
        sanction(r, record);
        return MU_OK;
    case MU_RECORD_LAPSED:
        lapse(r, record);
        return MU_OK;
    default: /* of the others nothing is kept */
        return MU_OK;
    }
}

/* The duty that comes after the repair: acceptance. */
static mu_handle accepting(const mu_year_plan *plan) {
    for (uint32_t d = 0; d < plan->duties.count; d++) {
        const mu_duty_plan *duty = &plan->duties.items[d];
        if (duty->call == MU_CALL_DUTY &&
            plan->duties.items[duty->called_by].given->does == MU_DOES_MEND) {
            return MU_HANDLE(MU_THING_WORD, duty->word);
        }
    }
    return 0;
}

mu_status mu_year_records_read(const mu_year_plan *plan, const mu_log *log, mu_year_records *out) {
    *out = (mu_year_records){.plan = plan};
    out->persons = calloc((size_t)plan->persons + 1, sizeof *out->persons);
    out->rated = calloc((size_t)plan->persons * plan->ratings + 1, sizeof *out->rated);
    out->grades = calloc((size_t)MU_GRADES_MOST * plan->ratings + 1, sizeof *out->grades);
    mu_status status =
        out->persons == NULL || out->rated == NULL || out->grades == NULL ? MU_ERR_MEMORY : MU_OK;
    const uint32_t count = mu_log_count(log);
    const mu_handle accepts = accepting(plan);
    for (uint32_t id = 0; id < count && status == MU_OK; id++) {
        status = take(out, log, mu_log_get(log, id), accepts);
    }
    out->end_us = count > 0 ? mu_log_get(log, count - 1)->time_us : 0;
    if (status != MU_OK) {
        mu_year_records_destroy(out);
    }
    return status;
}

void mu_year_records_destroy(mu_year_records *records) {
    free(records->hazards.items);
    free(records->persons);
    free(records->rated);
    free(records->grades);
    *records = (mu_year_records){0};
}

bool mu_year_has_record(const mu_year_records *records, uint32_t person) {
    bool has = records->persons[person].failings > 0 || records->persons[person].sanctions > 0;
    for (uint32_t r = 0; r < records->plan->ratings; r++) {
        has = has || records->rated[(size_t)person * records->plan->ratings + r].count > 0;
    }
    return has;
}

static mu_time until(const mu_year_records *records, const mu_hazard *hazard) {
    return hazard->mended_us == MU_NEVER ? records->end_us : hazard->mended_us;
}

double mu_hazard_age_d(const mu_year_records *records, const mu_hazard *hazard) {
    return mu_time_to_s(until(records, hazard) - hazard->found_us) / 86400;
}

bool mu_hazard_is_serious(const mu_year_records *records, const mu_hazard *hazard) {
    const mu_year_plan *plan = records->plan;
    return plan->year.equipment.items[plan->assets.items[hazard->asset].wear].serious;
}

bool mu_hazard_is_overdue(const mu_year_records *records, const mu_hazard *hazard) {
    const uint32_t mends = mu_year_mends(records->plan);
    if (mends == MU_NONE) {
        return false;
    }
    const mu_duty *duty = records->plan->duties.items[mends].given;
    if (duty->limit_wd > 0) {
        return mu_calendar_working_days(&records->plan->calendar, hazard->found_us,
                                        until(records, hazard)) > duty->limit_wd;
    }
    return duty->limit_h > 0 && mu_hazard_age_d(records, hazard) * 24 > duty->limit_h;
}

mu_ledger_sums mu_year_ledger(const mu_year_records *records) {
    mu_ledger_sums sums = {.longest_d = records->hazards.count > 0 ? 0 : (double)NAN};
    double age_d = 0, safe_h = 0, safe = 0, mended = 0, accepted = 0;
    for (uint32_t h = 0; h < records->hazards.count; h++) {
        const mu_hazard *hazard = &records->hazards.items[h];
        const double age = mu_hazard_age_d(records, hazard);
        sums.opened++;
        sums.open_at_end += hazard->mended_us == MU_NEVER;
        sums.overdue += mu_hazard_is_overdue(records, hazard);
        sums.longest_d = fmax(sums.longest_d, age);
        age_d += age;
        mended += hazard->mended_us != MU_NEVER;
        accepted += hazard->accepted_us != MU_NEVER;
        if (mu_hazard_is_serious(records, hazard)) {
            sums.serious++;
            sums.unsafe += hazard->safe_us == MU_NEVER;
        }
        if (hazard->safe_us != MU_NEVER) {
            safe++;
            safe_h += mu_time_to_s(hazard->safe_us - hazard->found_us) / 3600;
        }
    }
    sums.age_d = sums.opened > 0 ? age_d / sums.opened : (double)NAN;
    sums.safe_h = safe > 0 ? safe_h / safe : (double)NAN;
    sums.accepted = mended > 0 ? accepted / mended : (double)NAN;
    return sums;
}
