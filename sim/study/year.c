/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each replication writes into a row of its own; rows are added up in their order, so that nothing
 * depends on how many threads there were. */
#include "study/year.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "policy/measure.h"
#include "study/jobs.h"

/* Numbers of one replication, one after the other: the layout is that of `counts`. */
typedef struct counts {
    uint32_t staff, duties, stations, wears, topics, stores, departments, serves, ratings;
} counts;

enum {
    OF_STAFF = 3,
    OF_DUTY = 4,
    OF_WEAR = 7,
    OF_TOPIC = 2,
    OF_SCORE = 2,
    OF_SERVE = 2,
    OF_LEDGER = 9,
    OF_RATING = 1 + MU_GRADES_MOST,
    OF_RECORD = 1 + MU_GRADES_MOST
};

static counts counts_of(const mu_year_plan *plan) {
    return (counts){plan->staff.count,          plan->duties.count,      plan->year.stations.count,
                    plan->year.equipment.count, plan->year.topics.count, plan->year.stores.count,
                    plan->departments.count,    plan->serves.count,      plan->ratings};
}

static size_t row_length(const counts *n) {
    return (size_t)OF_STAFF * n->staff + OF_DUTY * n->duties + n->stations + OF_WEAR * n->wears +
           OF_TOPIC * n->topics + n->stores + OF_SCORE * n->departments + OF_SERVE * n->serves + 1 +
           OF_LEDGER + OF_RATING * n->ratings + OF_RECORD;
}

typedef struct work {
    const mu_year_plan *plan;
    const mu_audit *audit;
    const mu_year_asked *asked;
    counts n;
    size_t length;
    double *rows;
    mu_judgement *judged; /* reps times clauses */
    uint64_t *hashes, *events;
    mu_status *statuses;
    mu_log *log; /* of the replication asked for */
    mu_year_records records;
} work;

static double *read_staff(const mu_year_sim *y, double *at) {
    for (uint32_t s = 0; s < y->plan->staff.count; s++) {
        const mu_year_staff_now *now = mu_year_staff_of(y, s);
        *at++ = mu_time_to_s(now->duty_us) / 3600;
        *at++ = mu_time_to_s(now->busy_us) / 3600;
        *at++ = mu_time_to_s(now->held_us) / 3600;
    }
    for (uint32_t d = 0; d < y->plan->duties.count; d++) {
        const mu_year_duty *now = mu_year_duty_of(y, d);
        *at++ = now->came;
        *at++ = now->done;
        *at++ = now->lapsed;
        *at++ = now->late;
    }
    for (uint32_t s = 0; s < y->plan->year.stations.count; s++) {
        *at++ = (double)mu_year_station_of(y, s)->manned_us / (double)mu_sim_now(&y->sim);
    }
    return at;
}

/* Time that the assets of one kind were in working order, and how many they are. */
static double up_share(const mu_year_sim *y, uint32_t wear) {
    const double end = (double)mu_sim_now(&y->sim);
    double up = 0, count = 0;
    for (uint32_t a = 0; a < y->plan->assets.count; a++) {
        if (y->plan->assets.items[a].wear == wear) {
            const mu_year_asset *now = mu_year_asset_of(y, a);
            up += (double)now->up_us +
                  (now->state == MU_ASSET_WORKS ? end - (double)now->since_us : 0);
            count++;
        }
    }
    return count > 0 ? up / (count * end) : (double)NAN;
}

static double days(mu_time us, double of) {
    return of > 0 ? mu_time_to_s(us) / 86400 / of : (double)NAN;
}

static double *read_things(const mu_year_sim *y, double *at) {
    const mu_time end_us = mu_sim_now(&y->sim);
    for (uint32_t w = 0; w < y->plan->year.equipment.count; w++) {
        const mu_year_wear_now *now = mu_year_wear_of(y, w);
        const mu_wear *given = &y->plan->year.equipment.items[w];
        const mu_time whole_us =
            now->whole_us + (now->working >= (uint32_t)given->needs ? end_us - now->since_us : 0);
        *at++ = up_share(y, w);
        *at++ = given->needs > 0 ? (double)whole_us / (double)end_us : (double)NAN;
        *at++ = now->faults;
        *at++ = days(now->hidden_us, now->found);
        *at++ = days(now->open_us, now->mended);
        *at++ = days(now->longest_us, 1);
        *at++ = now->found > 0 ? (double)now->told / now->found : (double)NAN;
    }
    return at;
}

/* The share known by one person over the year, on average. */
static double known_by(const mu_year_sim *y, uint32_t person, uint32_t topic) {
    const mu_year_skill *skill = mu_year_skill_of(y, person, topic);
    const mu_time end_us = mu_sim_now(&y->sim);
    const double half_s = y->plan->year.topics.items[topic].half_life_d * 86400;
    const mu_time from_us = skill->taught_us > 0 ? skill->taught_us : 0;
    double sum_s = skill->sum_s;
    if (skill->knows != 0) {
        sum_s +=
            half_s / M_LN2 *
            (mu_year_knows(y, person, topic, from_us) - mu_year_knows(y, person, topic, end_us));
    }
    return sum_s / mu_time_to_s(end_us);
}

static double *read_topics(const mu_year_sim *y, double *at) {
    for (uint32_t t = 0; t < y->plan->year.topics.count; t++) {
        double sum = 0, now = 0, count = 0;
        for (uint32_t d = 0; d < y->plan->duties.count; d++) {
            const mu_duty_plan *duty = &y->plan->duties.items[d];
            for (uint32_t k = 0; duty->topic == t && k < duty->given->attends.count; k++) {
                const mu_staff_plan *staff =
                    &y->plan->staff.items[duty->given->attends.items[k].index];
                for (uint32_t p = staff->first; p < staff->first + (uint32_t)staff->given->count;
                     p++) {
                    sum += known_by(y, p, t);
                    now += mu_year_knows(y, p, t, mu_sim_now(&y->sim));
                    count++;
                }
            }
        }
        *at++ = count > 0 ? sum / count : (double)NAN;
        *at++ = count > 0 ? now / count : (double)NAN;
    }
    return at;
}

static double *read_rest(const mu_year_sim *y, double *at) {
    const double end = (double)mu_sim_now(&y->sim);
    for (uint32_t s = 0; s < y->plan->year.stores.count; s++) {
        double good = 0;
        for (uint32_t k = 0; k < MU_YEAR_LOTS; k++) {
            const mu_year_lot *lot = mu_year_lot_of(y, s * MU_YEAR_LOTS + k);
            good += (double)lot->good_us + (lot->good != 0 ? end - (double)lot->since_us : 0);
        }
        *at++ = good / (MU_YEAR_LOTS * end);
    }
    for (uint32_t d = 0; d < y->plan->departments.count; d++) {
        const mu_year_score *score = mu_year_score_of(y, d);
        *at++ = score->scores > 0 ? score->sum / score->scores : (double)NAN;
        *at++ = score->low;
    }
    for (uint32_t s = 0; s < y->plan->serves.count; s++) {
        *at++ = mu_year_serve_of(y, s)->occasions;
        *at++ = mu_year_serve_of(y, s)->met;
    }
    *at++ = mu_year_of(y)->spent;
    return at;
}

static double *read_ledger(const mu_year_records *records, double *at) {
    const mu_ledger_sums sums = mu_year_ledger(records);
    const double row[OF_LEDGER] = {sums.opened, sums.open_at_end, sums.overdue,
                                   sums.age_d,  sums.longest_d,   sums.serious,
                                   sums.unsafe, sums.safe_h,      sums.accepted};
    memcpy(at, row, sizeof row);
    return at + OF_LEDGER;
}

static double *read_ratings(const mu_year_records *records, double *at) {
    const mu_year_plan *plan = records->plan;
    for (uint32_t r = 0; r < plan->ratings; r++) {
        double sum = 0, count = 0;
        for (uint32_t p = 0; p < plan->persons; p++) {
            sum += records->rated[(size_t)p * plan->ratings + r].sum;
            count += records->rated[(size_t)p * plan->ratings + r].count;
        }
        *at++ = count > 0 ? sum / count : (double)NAN;
        for (uint32_t g = 0; g < MU_GRADES_MOST; g++) {
            *at++ = count > 0 ? records->grades[MU_GRADES_MOST * r + g] / count : (double)NAN;
        }
    }
    *at++ = records->failings;
    memcpy(at, records->sanctions, sizeof records->sanctions);
    return at + MU_GRADES_MOST;
}

/* What the log says of hazards and persons; of the replication whose log is kept it is kept, too.
 */
static mu_status read_records(work *w, uint32_t replication, const mu_log *log, double *at) {
    mu_year_records records;
    const mu_status status = mu_year_records_read(w->plan, log, &records);
    if (status != MU_OK) {
        return status;
    }
    (void)read_ratings(&records, read_ledger(&records, at));
    if (replication == w->asked->log_replication) {
        w->records = records;
    } else {
        mu_year_records_destroy(&records);
    }
    return MU_OK;
}

static mu_status play(work *w, uint32_t replication, mu_log *log) {
    mu_year_sim y = {0};
    mu_status status = w->audit != NULL ? mu_audit_write(w->audit, log) : MU_OK;
    if (status == MU_OK) {
        status = mu_year_run(w->plan, w->asked->seed, replication, log, &y);
    }
    if (status == MU_OK) {
        double *at = w->rows + w->length * replication;
        at = read_staff(&y, at);
        at = read_things(&y, at);
        at = read_topics(&y, at);
        at = read_rest(&y, at);
        status = read_records(w, replication, log, at);
    }
    if (status == MU_OK) {
        status = mu_year_judge(w->plan, log,
                               w->judged + (size_t)replication * w->plan->policy.clauses.count);
        w->hashes[replication] = mu_world_hash(&y.sim.world);
        w->events[replication] = mu_world_clock(&y.sim.world)->dispatched;
    }
    mu_year_destroy(&y);
    return status;
}

static void play_one(void *with, uint32_t replication) {
    work *w = with;
    mu_log *log = mu_log_create();
    w->statuses[replication] = log == NULL ? MU_ERR_MEMORY : play(w, replication, log);
    if (replication == w->asked->log_replication && w->statuses[replication] == MU_OK) {
        w->log = log;
    } else {
        mu_log_destroy(log);
    }
}

/* Putting together. */

static mu_year_mean mean_of(const work *w, size_t at) {
    double sum = 0, squares = 0;
    uint32_t count = 0;
    for (uint32_t r = 0; r < w->asked->reps; r++) {
        const double value = w->rows[w->length * r + at];
        if (isfinite(value)) {
            sum += value;
            count++;
        }
    }
    const double mean = count > 0 ? sum / count : (double)NAN;
    for (uint32_t r = 0; r < w->asked->reps; r++) {
        const double value = w->rows[w->length * r + at];
        squares += isfinite(value) ? (value - mean) * (value - mean) : 0;
    }
    return (mu_year_mean){mean, count > 1 ? sqrt(squares / (count - 1)) : (double)NAN};
}

static uint32_t rating_duty(const mu_year_plan *plan, uint32_t rating) {
    for (uint32_t d = 0; d < plan->duties.count; d++) {
        if (plan->duties.items[d].rating == rating) {
            return d;
        }
    }
    return MU_NONE;
}

static void put_records(const work *w, size_t at, mu_year_results *out) {
    mu_year_mean *const ledger[OF_LEDGER] = {
        &out->ledger.opened, &out->ledger.open_at_end, &out->ledger.overdue,
        &out->ledger.age_d,  &out->ledger.longest_d,   &out->ledger.serious,
        &out->ledger.unsafe, &out->ledger.safe_h,      &out->ledger.accepted};
    for (int k = 0; k < OF_LEDGER; k++) {
        *ledger[k] = mean_of(w, at++);
    }
    for (uint32_t r = 0; r < w->n.ratings; r++) {
        out->ratings[r].duty = rating_duty(w->plan, r);
        out->ratings[r].points = mean_of(w, at++);
        for (int g = 0; g < MU_GRADES_MOST; g++) {
            out->ratings[r].share[g] = mean_of(w, at++).mean;
        }
    }
    out->failings = mean_of(w, at++);
    for (int g = 0; g < MU_GRADES_MOST; g++) {
        out->sanctions[g] = mean_of(w, at++).mean;
    }
}

static void put_means(const work *w, mu_year_results *out) {
    size_t at = 0;
    for (uint32_t s = 0; s < w->n.staff; s++, at += OF_STAFF) {
        out->staff[s] = (mu_year_staff_row){mean_of(w, at), mean_of(w, at + 1), mean_of(w, at + 2)};
    }
    for (uint32_t d = 0; d < w->n.duties; d++, at += OF_DUTY) {
        out->duties[d] = (mu_year_duty_row){mean_of(w, at), mean_of(w, at + 1), mean_of(w, at + 2),
                                            mean_of(w, at + 3)};
    }
    for (uint32_t s = 0; s < w->n.stations; s++) {
        out->stations[s] = mean_of(w, at++);
    }
    for (uint32_t k = 0; k < w->n.wears; k++, at += OF_WEAR) {
        out->wears[k] = (mu_year_wear_row){
            mean_of(w, at),     mean_of(w, at + 1), mean_of(w, at + 2),     mean_of(w, at + 3),
            mean_of(w, at + 4), mean_of(w, at + 5), mean_of(w, at + 6).mean};
    }
    for (uint32_t t = 0; t < w->n.topics; t++, at += OF_TOPIC) {
        out->topics[t] = (mu_year_topic_row){mean_of(w, at), mean_of(w, at + 1)};
    }
    for (uint32_t s = 0; s < w->n.stores; s++) {
        out->stores[s] = mean_of(w, at++);
    }
    for (uint32_t d = 0; d < w->n.departments; d++, at += OF_SCORE) {
        out->scores[d] = mean_of(w, at);
        out->low_scores[d] = mean_of(w, at + 1).mean;
    }
    for (uint32_t s = 0; s < w->n.serves; s++, at += OF_SERVE) {
        mu_year_clause *clause = &out->clauses[w->plan->serves.items[s].clause];
        clause->occasions += mean_of(w, at).mean;
        clause->kept += mean_of(w, at + 1).mean;
    }
    out->spent = mean_of(w, at++);
    put_records(w, at, out);
}

static int by_value(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Was any number of the clause written by the year itself? */
static bool is_scheduled(const mu_year_plan *plan, uint32_t clause) {
    for (uint32_t s = 0; s < plan->serves.count; s++) {
        if (plan->serves.items[s].clause == clause) {
            return true;
        }
    }
    for (uint32_t s = 0; s < plan->year.stations.count; s++) {
        if (mu_ref_list_has(&plan->year.stations.items[s].serves, clause)) {
            return true;
        }
    }
    for (uint32_t k = 0; k < plan->year.equipment.count; k++) {
        if (mu_ref_list_has(&plan->year.equipment.items[k].serves, clause)) {
            return true;
        }
    }
    return false;
}

static void sum_clause(const work *w, uint32_t clause, double *values, mu_year_clause *out) {
    const mu_clause *given = &w->plan->policy.clauses.items[clause];
    out->how = is_scheduled(w->plan, clause) ? MU_HOW_SCHEDULED : MU_HOW_DECLARED;
    for (uint32_t r = 0; r < w->asked->reps; r++) {
        const mu_judgement *j = &w->judged[(size_t)r * w->plan->policy.clauses.count + clause];
        if (j->verdict == MU_VERDICT_NOT_EXERCISED || j->verdict == MU_VERDICT_UNDECIDED) {
            out->not_exercised++;
            out->reason = j->reason;
            continue;
        }
        out->met += j->verdict == MU_VERDICT_MET;
        values[out->runs++] = j->value;
    }
    out->rating = mu_rate(out->met, out->runs, w->plan->policy.required_share);
    out->share = out->ci_low = out->ci_high = out->median = out->worst = (double)NAN;
    if (out->runs == 0) {
        out->how = mu_clause_mode(given);
        out->verdict = MU_VERDICT_NOT_EXERCISED;
        return;
    }
    qsort(values, out->runs, sizeof *values, by_value);
    out->median = values[mu_percentile_rank(50, out->runs) - 1];
    out->worst =
        given->demands.count > 0 && mu_demand_is_most(given, 0) ? values[out->runs - 1] : values[0];
    out->share = (double)out->met / out->runs;
    mu_wilson(out->met, out->runs, &out->ci_low, &out->ci_high);
    out->verdict =
        out->share >= w->plan->policy.required_share ? MU_VERDICT_MET : MU_VERDICT_MISSED;
}

static uint64_t hash_all(const work *w) {
    uint64_t hash = 0;
    for (uint32_t r = 0; r < w->asked->reps; r++) {
        hash = mu_hash_with(hash ^ w->hashes[r], r);
    }
    return hash;
}

static bool make_rows(const work *w, mu_year_results *out) {
    const size_t clauses = (size_t)w->plan->policy.clauses.count + 1;
    out->clauses = calloc(clauses, sizeof *out->clauses);
    out->staff = calloc((size_t)w->n.staff + 1, sizeof *out->staff);
    out->duties = calloc((size_t)w->n.duties + 1, sizeof *out->duties);
    out->stations = calloc((size_t)w->n.stations + 1, sizeof *out->stations);
    out->wears = calloc((size_t)w->n.wears + 1, sizeof *out->wears);
    out->topics = calloc((size_t)w->n.topics + 1, sizeof *out->topics);
    out->stores = calloc((size_t)w->n.stores + 1, sizeof *out->stores);
    out->scores = calloc((size_t)w->n.departments + 1, sizeof *out->scores);
    out->low_scores = calloc((size_t)w->n.departments + 1, sizeof *out->low_scores);
    out->ratings = calloc((size_t)w->n.ratings + 1, sizeof *out->ratings);
    return out->ratings != NULL && out->clauses != NULL && out->staff != NULL &&
           out->duties != NULL && out->stations != NULL && out->wears != NULL &&
           out->topics != NULL && out->stores != NULL && out->scores != NULL &&
           out->low_scores != NULL;
}

static mu_status put_together(work *w, mu_year_results *out, mu_diags *diags) {
    for (uint32_t r = 0; r < w->asked->reps; r++) {
        if (w->statuses[r] != MU_OK) {
            mu_diags_add(diags, MU_ERROR, "year.stopped", NULL, NULL,
                         w->statuses[r] == MU_ERR_LIMIT
                             ? _("year %u could not go on: a documented limit was exceeded")
                             : _("year %u could not go on"),
                         r);
            return w->statuses[r];
        }
    }
    double *values = calloc(w->asked->reps, sizeof *values);
    if (values == NULL || !make_rows(w, out)) {
        free(values);
        return MU_ERR_MEMORY;
    }
    put_means(w, out);
    for (uint32_t c = 0; c < w->plan->policy.clauses.count; c++) {
        sum_clause(w, c, values, &out->clauses[c]);
    }
    for (uint32_t r = 0; r < w->asked->reps; r++) {
        out->events += w->events[r];
    }
    out->state_hash = hash_all(w);
    free(values);
    return MU_OK;
}

mu_status mu_year_study(const mu_year_plan *plan, const mu_audit *audit, const mu_year_asked *asked,
                        mu_diags *diags, mu_year_results *out) {
    work w = {.plan = plan, .audit = audit, .asked = asked, .n = counts_of(plan)};
    w.length = row_length(&w.n);
    w.rows = calloc(w.length * asked->reps, sizeof *w.rows);
    w.judged = calloc((size_t)asked->reps * plan->policy.clauses.count + 1, sizeof *w.judged);
    w.hashes = calloc(asked->reps, sizeof *w.hashes);
    w.events = calloc(asked->reps, sizeof *w.events);
    w.statuses = calloc(asked->reps, sizeof *w.statuses);
    *out = (mu_year_results){.plan = plan,
                             .audit = audit,
                             .seed = asked->seed,
                             .reps = asked->reps,
                             .log_replication = asked->log_replication};
    mu_status status = MU_ERR_MEMORY;
    if (w.rows != NULL && w.judged != NULL && w.hashes != NULL && w.events != NULL &&
        w.statuses != NULL) {
        mu_study_each(asked->reps, asked->jobs > 0 ? asked->jobs : mu_study_jobs(), play_one, &w);
        status = put_together(&w, out, diags);
    }
    out->log = w.log;
    out->records = w.records;
    free(w.rows);
    free(w.judged);
    free(w.hashes);
    free(w.events);
    free(w.statuses);
    if (status != MU_OK) {
        mu_year_results_destroy(out);
    }
    return status;
}

void mu_year_results_destroy(mu_year_results *results) {
    free(results->clauses);
    free(results->staff);
    free(results->duties);
    free(results->stations);
    free(results->wears);
    free(results->topics);
    free(results->stores);
    free(results->scores);
    free(results->low_scores);
    free(results->ratings);
    mu_year_records_destroy(&results->records);
    mu_log_destroy(results->log);
    *results = (mu_year_results){0};
}

/* How much a verdict weighs against another: what is decided more than what is not, and a miss
 * more than anything. */
static int weight(mu_verdict verdict) {
    switch (verdict) {
    case MU_VERDICT_MISSED:
        return 3;
    case MU_VERDICT_MET:
        return 2;
    case MU_VERDICT_UNDECIDED:
        return 1;
    case MU_VERDICT_NOT_EXERCISED:
        break;
    }
    return 0;
}

/* Among equals what was played counts before what was declared, and the one that is met in fewer
 * runs. */
static bool is_worse(const mu_clause_finding *found, const mu_year_clause *than) {
    if (weight(found->verdict) != weight(than->verdict)) {
        return weight(found->verdict) > weight(than->verdict);
    }
    return than->incident == NULL || found->share < than->share;
}

static uint32_t find_clause(const mu_policy *policy, const char *id) {
    for (uint32_t i = 0; i < policy->clauses.count; i++) {
        if (strcmp(policy->clauses.items[i].id, id) == 0) {
            return i;
        }
    }
    return MU_NONE;
}

void mu_year_take_incident(mu_year_results *results, const mu_findings *findings,
                           const char *incident) {
    const mu_policy *policy = &findings->plan->policy;
    for (uint32_t i = 0; i < policy->clauses.count; i++) {
        const mu_clause_finding *found = &findings->clauses[i];
        const uint32_t at = find_clause(&results->plan->policy, policy->clauses.items[i].id);
        if (at == MU_NONE || found->verdict == MU_VERDICT_NOT_EXERCISED) {
            continue;
        }
        mu_year_clause *clause = &results->clauses[at];
        if (is_worse(found, clause)) {
            *clause = (mu_year_clause){.how = MU_HOW_SIMULATED,
                                       .verdict = found->verdict,
                                       .rating = found->rating,
                                       .runs = found->runs,
                                       .met = found->met,
                                       .share = found->share,
                                       .ci_low = found->ci_low,
                                       .ci_high = found->ci_high,
                                       .median = found->median,
                                       .worst = (double)NAN,
                                       .incident = incident};
        }
    }
}

uint32_t mu_year_count(const mu_year_results *results, mu_verdict verdict, uint32_t how) {
    uint32_t count = 0;
    for (uint32_t c = 0; c < results->plan->policy.clauses.count; c++) {
        count += results->clauses[c].verdict == verdict &&
                 (how == MU_NONE || results->clauses[c].how == (mu_how)how) &&
                 !results->plan->policy.clauses.items[c].off;
    }
    return count;
}
