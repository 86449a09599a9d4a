/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What duties bring about: faults found and mended, people taught and examined, drills, stock,
 * scores. Forgetting is exponential in time with the half-life that a topic gives: Tatel and
 * Ackerman 2025 (Psychological Bulletin, 1,344 effects of 457 reports) find half of a gain lost
 * after 6.5 months for accuracy, 13 for speed and 11 for both. */
#include <math.h>

#include "readiness/year_state.h"

double mu_year_draw(const mu_year_sim *y, const mu_dist *dist, mu_purpose purpose, uint64_t subject,
                    uint32_t occasion) {
    if (dist->kind == MU_DIST_CONSTANT) {
        return dist->a;
    }
    mu_stream stream;
    mu_sim_stream(&y->sim, &stream, purpose, subject, occasion);
    return mu_dist_draw(dist, &stream.rng);
}

double mu_year_hours(const mu_year_sim *y, const mu_year_job *job) {
    const mu_duty_plan *duty = &y->plan->duties.items[job->duty];
    double hours = duty->walk_h + mu_year_draw(y, &duty->given->hours, MU_PURPOSE_YEAR_WORK,
                                               duty->hash, job->came);
    if (duty->given->does == MU_DOES_MEND && job->subject < y->plan->assets.count) {
        const mu_asset *asset = &y->plan->assets.items[job->subject];
        hours += mu_year_draw(y, &y->plan->year.equipment.items[asset->wear].repair_h,
                              MU_PURPOSE_YEAR_REPAIR, asset->hash,
                              2 * mu_year_asset_of(y, job->subject)->faults + 1);
    }
    return hours;
}

/* Looking. */

static bool looks_at(const mu_year_sim *y, const mu_duty *duty, uint32_t asset) {
    const mu_asset *thing = &y->plan->assets.items[asset];
    const mu_wear *wear = &y->plan->year.equipment.items[thing->wear];
    for (uint32_t k = 0; k < duty->looks_at.count; k++) {
        for (uint32_t n = 0; n < wear->kinds.count; n++) {
            if (wear->kinds.items[n] == duty->looks_at.items[k]) {
                return true;
            }
        }
    }
    return duty->looks_at.count == 0;
}

static bool finds(const mu_year_sim *y, const mu_year_job *job, uint32_t asset) {
    const mu_duty_plan *duty = &y->plan->duties.items[job->duty];
    if (duty->given->finds >= 1) {
        return true;
    }
    mu_stream stream;
    mu_sim_stream(&y->sim, &stream, MU_PURPOSE_YEAR_FIND,
                  mu_hash_with(y->plan->assets.items[asset].hash, duty->hash), job->came);
    return mu_stream_uniform(&stream) < duty->given->finds;
}

static void look(mu_year_sim *y, const mu_year_job *job, uint32_t record) {
    const mu_duty_plan *duty = &y->plan->duties.items[job->duty];
    if (mu_year_of(y)->hidden == 0) {
        return;
    }
    const mu_year_job looked = *job; /* finding calls for jobs */
    for (uint32_t a = 0; a < y->plan->assets.count; a++) {
        if (mu_year_asset_of(y, a)->state == MU_ASSET_HIDDEN && looks_at(y, duty->given, a) &&
            finds(y, &looked, a)) {
            mu_year_find(y, a, record, MU_HANDLE(MU_THING_WORD, duty->word));
        }
    }
}

/* Learning. */

static double known_after(const mu_year_sim *y, uint32_t topic, double seconds) {
    return exp2(-seconds / (y->plan->year.topics.items[topic].half_life_d * 86400));
}

double mu_year_knows(const mu_year_sim *y, uint32_t person, uint32_t topic, mu_time at_us) {
    const mu_year_skill *skill = mu_year_skill_of(y, person, topic);
    return skill->knows == 0 ? 0 : known_after(y, topic, mu_time_to_s(at_us - skill->taught_us));
}

static void teach(mu_year_sim *y, uint32_t person, uint32_t topic) {
    mu_year_skill *skill = mu_year_skill_of(y, person, topic);
    const mu_time now_us = mu_sim_now(&y->sim);
    if (skill->knows != 0) {
        const double half_s = y->plan->year.topics.items[topic].half_life_d * 86400;
        const mu_time from_us = skill->taught_us > 0 ? skill->taught_us : 0;
        skill->sum_s += half_s / M_LN2 *
                        (known_after(y, topic, mu_time_to_s(from_us - skill->taught_us)) -
                         known_after(y, topic, mu_time_to_s(now_us - skill->taught_us)));
    }
    skill->taught_us = now_us;
    skill->knows = 1;
}

static bool passes(const mu_year_sim *y, uint32_t person, uint32_t topic, const mu_year_job *job) {
    const mu_topic *given = &y->plan->year.topics.items[topic];
    double result = mu_year_knows(y, person, topic, mu_sim_now(&y->sim));
    if (given->spread > 0) {
        mu_stream stream;
        mu_sim_stream(&y->sim, &stream, MU_PURPOSE_YEAR_EXAM,
                      mu_hash_with(mu_year_person_hash(y->plan, person),
                                   y->plan->duties.items[job->duty].hash),
                      job->came);
        const mu_dist about = {.kind = MU_DIST_UNIFORM, .a = 0, .b = 1};
        /* A logistic spread of the given standard deviation, by inversion. */
        const double u = mu_dist_draw(&about, &stream.rng);
        result += given->spread * sqrt(3) / M_PI * log((u + 1e-12) / (1 - u + 1e-12));
    }
    return result >= given->pass;
}

static void examine(mu_year_sim *y, const mu_year_job *job, uint32_t person, uint32_t record) {
    const uint32_t topic = y->plan->duties.items[job->duty].topic;
    const bool passed = passes(y, person, topic, job);
    mu_year_skill *skill = mu_year_skill_of(y, person, topic);
    skill->examined = 1;
    skill->passed = passed;
    if (!passed) {
        mu_year_call(y, MU_CALL_FAILED_EXAM, MU_NONE, person, record);
    }
}

/* Whoever of those who should is not away comes to a sitting, whatever their shift. */
static bool can_come(const mu_year_sim *y, uint32_t person) {
    return mu_year_persons(y)[person].away == 0 && mu_year_persons(y)[person].gone == 0;
}

static void sit_in(mu_year_sim *y, const mu_year_job *job, uint32_t person, uint32_t record) {
    const mu_duty_plan *duty = &y->plan->duties.items[job->duty];
    mu_year_roll_of(y, duty->roll)[person] = 1;
    if (duty->topic == MU_NONE) {
        return;
    }
    if (duty->given->does != MU_DOES_EXAMINE) { /* an exercise refreshes what it is about */
        teach(y, person, duty->topic);
    } else {
        examine(y, job, person, record);
    }
}

static void clear_roll(mu_year_sim *y, uint32_t roll) {
    uint8_t *taken = mu_year_roll_of(y, roll);
    for (uint32_t p = 0; p < y->plan->persons; p++) {
        taken[p] = 0;
    }
}

/* One sitting, and what comes after it for those who should have come and have not yet. */
static mu_goes_on sit(mu_year_sim *y, uint32_t slot, uint32_t record) {
    const mu_year_job job = *mu_year_job_of(y, slot); /* examining calls for jobs */
    const mu_duty_plan *duty = &y->plan->duties.items[job.duty];
    int64_t seats = duty->given->seats > 0 ? duty->given->seats : INT64_MAX;
    bool missing = false, waiting = false;
    if (job.sitting == 0) {
        clear_roll(y, duty->roll);
    }
    for (uint32_t k = 0; k < duty->given->attends.count; k++) {
        const mu_staff_plan *staff = &y->plan->staff.items[duty->given->attends.items[k].index];
        for (uint32_t p = staff->first; p < staff->first + (uint32_t)staff->given->count; p++) {
            if (mu_year_roll_of(y, duty->roll)[p] != 0 || mu_year_persons(y)[p].gone != 0) {
                continue;
            }
            if (seats > 0 && can_come(y, p)) {
                seats--;
                sit_in(y, &job, p, record);
            } else {
                missing = true;
                waiting = waiting || can_come(y, p);
            }
        }
    }
    const bool again = duty->given->does != MU_DOES_EXERCISE || duty->given->seats > 0;
    return !missing || !again ? MU_GOES_NOT_ON : waiting ? MU_GOES_ON_NOW : MU_GOES_ON_LATER;
}

/* Somebody is taught or examined alone: a newcomer, or one who has failed. */
static void sit_alone(mu_year_sim *y, const mu_year_job *job, uint32_t record) {
    const mu_duty_plan *duty = &y->plan->duties.items[job->duty];
    if (duty->topic == MU_NONE || job->subject >= y->plan->persons) {
        return;
    }
    if (duty->given->does == MU_DOES_TEACH) {
        teach(y, job->subject, duty->topic);
    } else {
        examine(y, job, job->subject, record);
    }
}

double mu_year_share(const mu_year_sim *y, uint32_t duty) {
    const mu_duty_plan *plan = &y->plan->duties.items[duty];
    if (plan->roll == MU_NONE) {
        const mu_year_duty *now = mu_year_duty_of(y, duty);
        const uint32_t all = now->done + now->lapsed;
        return plan->walk_h > 0             ? plan->covers
               : plan->given->after != NULL ? (all == 0 ? 1 : (double)now->done / all)
                                            : plan->given->share;
    }
    uint32_t all = 0, have = 0;
    for (uint32_t k = 0; k < plan->given->attends.count; k++) {
        const mu_staff_plan *staff = &y->plan->staff.items[plan->given->attends.items[k].index];
        for (uint32_t p = staff->first; p < staff->first + (uint32_t)staff->given->count; p++) {
            if (mu_year_persons(y)[p].gone == 0) {
                all++;
                have += plan->given->does == MU_DOES_EXAMINE && plan->topic != MU_NONE
                            ? mu_year_skill_of(y, p, plan->topic)->passed
                            : mu_year_roll_of(y, plan->roll)[p];
            }
        }
    }
    return all == 0 ? 1 : (double)have / all;
}

/* When somebody was last taught before the year began: at some time within the interval of the
 * course, for nobody knows better. */
void mu_year_skills_begin(mu_year_sim *y) {
    for (uint32_t t = 0; t < y->plan->year.topics.count; t++) {
        double interval_d = 90;
        for (uint32_t d = 0; d < y->plan->duties.count; d++) {
            const mu_duty_plan *duty = &y->plan->duties.items[d];
            if (duty->topic == t && duty->given->does == MU_DOES_TEACH && duty->given->every > 0) {
                interval_d =
                    mu_time_to_s(mu_calendar_begins(
                        &y->plan->calendar, (mu_period)duty->given->period, duty->given->every)) /
                    86400;
            }
        }
        const mu_dist before = {.kind = MU_DIST_UNIFORM, .a = 0, .b = interval_d};
        for (uint32_t p = 0; p < y->plan->persons; p++) {
            mu_year_skill *skill = mu_year_skill_of(y, p, t);
            skill->knows = skill->passed = skill->examined = 1;
            skill->taught_us = -mu_time_from_s(
                86400 * mu_year_draw(y, &before, MU_PURPOSE_YEAR_EXAM,
                                     mu_hash_with(mu_year_person_hash(y->plan, p), t), 0));
        }
    }
}

static void revise(mu_year_sim *y, uint32_t topic, uint32_t record) {
    if (topic != MU_NONE) {
        mu_year_topic_now *now = mu_year_topic_of(y, topic);
        now->revised_us = mu_sim_now(&y->sim);
        now->revisions++;
        (void)mu_sim_record(&y->sim, MU_RECORD_REVISED, record, 0,
                            mu_year_word(y->plan, y->plan->year.topics.items[topic].id), 0);
    }
}

bool mu_year_is_current(const mu_year_sim *y, uint32_t person, uint32_t topic) {
    const mu_year_skill *skill = mu_year_skill_of(y, person, topic);
    const mu_year_topic_now *now = mu_year_topic_of(y, topic);
    return skill->knows != 0 && (now->revisions == 0 || skill->taught_us >= now->revised_us);
}

/* Scores. */

static int factor_of(const mu_duty_plan *duty) {
    switch ((mu_does)duty->given->does) {
    case MU_DOES_MEND:
        return MU_FACTOR_REMEDIATION;
    case MU_DOES_EXERCISE:
        return MU_FACTOR_DRILLS;
    case MU_DOES_TEACH:
    case MU_DOES_EXAMINE:
        return MU_FACTOR_TRAINING;
    case MU_DOES_WORK:
    case MU_DOES_LOOK:
    case MU_DOES_STOCK:
    case MU_DOES_SCORE:
    case MU_DOES_RATE:
    case MU_DOES_SANCTION:
    case MU_DOES_INTERIM:
    case MU_DOES_REVISE:
        break;
    }
    return duty->call == MU_CALL_OCCASION ? MU_FACTOR_INTELLIGENCE : MU_FACTOR_COUNT;
}

void mu_year_count_factor(mu_year_sim *y, uint32_t duty, bool good) {
    const mu_duty_plan *plan = &y->plan->duties.items[duty];
    const uint32_t department = y->plan->staff.items[plan->staff].department;
    const int factor = factor_of(plan);
    if (department != MU_NONE && factor != MU_FACTOR_COUNT) {
        mu_year_score_of(y, department)->due[factor]++;
        mu_year_score_of(y, department)->good[factor] += good;
    }
}

/* The weights that the clause gives; those of clause 5.2.1a where none is served. */
static double weight_of(const mu_year_sim *y, const mu_duty_plan *duty, int factor) {
    static const char *const names[MU_FACTOR_COUNT] = {
        "remediation", "drill_pass", "training_coverage", "intelligence_timeliness"};
    static const double usual[MU_FACTOR_COUNT] = {0.4, 0.3, 0.2, 0.1};
    for (uint32_t k = 0; k < duty->given->serves.count; k++) {
        const mu_clause *clause =
            &y->plan->policy.clauses.items[duty->given->serves.items[k].index];
        for (uint32_t n = 0; n < clause->demands.count; n++) {
            if (mu_year_word(y->plan, clause->demands.items[n].name) ==
                mu_year_word(y->plan, names[factor])) {
                return clause->demands.items[n].value;
            }
        }
    }
    return usual[factor];
}

static void score_one(mu_year_sim *y, const mu_duty_plan *duty, uint32_t department,
                      uint32_t cause) {
    mu_year_score *score = mu_year_score_of(y, department);
    double sum = 0, weights = 0;
    for (int f = 0; f < MU_FACTOR_COUNT; f++) {
        if (score->due[f] > 0) { /* what a department had nothing to do with does not count */
            const double weight = weight_of(y, duty, f);
            sum += weight * score->good[f] / score->due[f];
            weights += weight;
        }
        score->due[f] = score->good[f] = 0;
    }
    if (weights <= 0) {
        return;
    }
    score->last = 100 * sum / weights;
    score->sum += score->last;
    score->scores++;
    const uint32_t record = mu_sim_write(
        &y->sim,
        (mu_record){.kind = MU_RECORD_SCORED,
                    .cause = cause,
                    .object = mu_year_word(y->plan, y->plan->departments.items[department]),
                    .value = (uint32_t)lround(score->last * 10)});
    const bool low = score->last < y->plan->year.pass_score;
    score->low += low;
    score->low_in_row = low ? score->low_in_row + 1 : 0;
    if (low) {
        mu_year_call(y, MU_CALL_LOW_SCORE, MU_NONE, department, record);
    }
    if (score->low_in_row == 2) {
        score->low_in_row = 0;
        mu_year_call(y, MU_CALL_LOW_AGAIN, MU_NONE, department, record);
    }
}

mu_goes_on mu_year_effect(mu_year_sim *y, uint32_t slot, uint32_t record) {
    const mu_year_job job = *mu_year_job_of(y, slot);
    const mu_duty_plan *duty = &y->plan->duties.items[job.duty];
    switch ((mu_does)duty->given->does) {
    case MU_DOES_WORK:
        break;
    case MU_DOES_LOOK:
        look(y, &job, record);
        break;
    case MU_DOES_MEND:
        if (job.subject < y->plan->assets.count) {
            mu_year_mend(y, job.subject, record);
        }
        break;
    case MU_DOES_TEACH:
    case MU_DOES_EXAMINE:
    case MU_DOES_EXERCISE:
        if (duty->roll != MU_NONE) {
            return sit(y, slot, record);
        }
        sit_alone(y, &job, record);
        break;
    case MU_DOES_STOCK:
        mu_year_order(y, record);
        break;
    case MU_DOES_RATE:
        mu_year_rate(y, job.duty, record);
        break;
    case MU_DOES_SANCTION:
        mu_year_sanction(y, &job, record);
        break;
    case MU_DOES_INTERIM:
        if (job.subject < y->plan->assets.count) {
            mu_year_make_safe(y, job.subject, record);
        }
        break;
    case MU_DOES_REVISE:
        revise(y, duty->topic, record);
        break;
    case MU_DOES_SCORE:
        for (uint32_t d = 0; d < y->plan->departments.count; d++) {
            score_one(y, duty, d, record);
        }
        break;
    }
    return MU_GOES_NOT_ON;
}
