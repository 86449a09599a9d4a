/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over a log; who is helped is looked up by going back to when they came to the refuge. */
#include "drill/assisted.h"

#include <math.h>

#include "drill/findings.h"

const char *mu_burden_word(mu_burden burden) {
    static const char *const words[MU_BURDEN_COUNT] = {"none", "stretcher", "evacuation_chair",
                                                       "carry_chair", "by_hand"};
    return words[burden < MU_BURDEN_COUNT ? burden : MU_BURDEN_NONE];
}

/* Seconds since the subject of a record came to a refuge, before it. */
static double since_reached(const mu_log *log, uint32_t id) {
    const mu_record *record = mu_log_get(log, id);
    for (uint32_t before = id; before-- > 0;) {
        const mu_record *other = mu_log_get(log, before);
        if (other->kind == MU_RECORD_REFUGE && other->subject == record->subject) {
            return mu_time_to_s(record->time_us - other->time_us);
        }
    }
    return 0;
}

void mu_assisted_read(const mu_log *log, mu_assisted *out) {
    *out = (mu_assisted){.last_us = MU_NEVER};
    const uint32_t count = mu_log_count(log);
    for (uint32_t id = 0; id < count; id++) {
        const mu_record *record = mu_log_get(log, id);
        const uint16_t kind = record->kind;
        out->reached += kind == MU_RECORD_REFUGE;
        out->called += kind == MU_RECORD_HELP_CALLED;
        out->entered += kind == MU_RECORD_ENTERED_LIFT;
        out->recalled |= kind == MU_RECORD_LIFTS_RECALLED;
        if (kind == MU_RECORD_HELPED && record->value < MU_BURDEN_COUNT) {
            out->with[record->value]++;
            out->waited_s += since_reached(log, id);
        } else if (kind == MU_RECORD_BROUGHT_DOWN) {
            out->brought++;
            out->out_s += since_reached(log, id);
            out->last_us = record->time_us;
        }
    }
}

void mu_findings_sum_assisted(mu_findings *findings) {
    mu_assisted_finding *sum = &findings->assisted;
    double helped = 0, brought = 0, last_s = 0, waited_s = 0, out_s = 0;
    uint32_t with_last = 0;
    *sum = (mu_assisted_finding){0};
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_assisted *one = &findings->replicates[i].assisted;
        sum->runs += one->reached > 0;
        sum->recalled_runs += one->recalled;
        sum->reached += one->reached;
        sum->called += one->called;
        brought += one->brought;
        waited_s += one->waited_s;
        out_s += one->out_s;
        sum->entered += (double)one->entered / findings->reps;
        for (int b = 0; b < MU_BURDEN_COUNT; b++) {
            sum->with[b] += one->with[b];
            helped += one->with[b];
        }
        if (one->last_us != MU_NEVER) {
            last_s += mu_time_to_s(one->last_us);
            with_last++;
        }
    }
    const double runs = sum->runs > 0 ? sum->runs : 1;
    sum->reached /= runs;
    sum->called /= runs;
    sum->brought = brought / runs;
    for (int b = 0; b < MU_BURDEN_COUNT; b++) {
        sum->with[b] /= runs;
    }
    sum->waited_s = helped > 0 ? waited_s / helped : (double)NAN;
    sum->out_s = brought > 0 ? out_s / brought : (double)NAN;
    sum->last_s = with_last > 0 ? last_s / with_last : (double)NAN;
}
