/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each person has done and failed in, and what follows from it: stars, appraisals, sanctions.
 * Nobody is given a character: the record of the year decides. How points come about is ours (the
 * policy names the number of grades and no rule), and stands in docs/year.md. */
#include <math.h>

#include "readiness/year_state.h"

/* Points that one failing on record takes. */
#define FAILING_POINTS 20.0

void mu_year_worked(mu_year_sim *y, uint32_t person, bool late) {
    mu_year_conduct *conduct = mu_year_conduct_of(y, person);
    conduct->kept += !late;
    conduct->late += late;
}

void mu_year_course_over(mu_year_sim *y, uint32_t duty) {
    const mu_duty_plan *plan = &y->plan->duties.items[duty];
    if (plan->roll == MU_NONE || plan->given->does == MU_DOES_EXAMINE) {
        return;
    }
    const uint8_t *taken = mu_year_roll_of(y, plan->roll);
    for (uint32_t k = 0; k < plan->given->attends.count; k++) {
        const mu_staff_plan *staff = &y->plan->staff.items[plan->given->attends.items[k].index];
        for (uint32_t p = staff->first; p < staff->first + (uint32_t)staff->given->count; p++) {
            mu_year_conduct_of(y, p)->sat += taken[p];
            mu_year_conduct_of(y, p)->missed += taken[p] == 0 && mu_year_persons(y)[p].gone == 0;
        }
    }
}

/* Whoever it is about; else who leads the shift, present or not: they answer for the roster. */
uint32_t mu_year_answers(const mu_year_sim *y, const mu_year_job *job) {
    const mu_duty_plan *duty = &y->plan->duties.items[job->duty];
    const mu_ref *led_by = &y->plan->staff.items[duty->staff].given->led_by;
    if (duty->about == MU_ABOUT_PERSON && job->subject != MU_NONE) {
        return job->subject;
    }
    if (led_by->id == NULL) {
        return MU_NONE;
    }
    const mu_staff_plan *leaders = &y->plan->staff.items[led_by->index];
    const uint32_t end = leaders->first + (uint32_t)leaders->given->count;
    uint32_t rostered = MU_NONE;
    for (uint32_t p = leaders->first; p < end; p++) {
        if (mu_year_on_shift(y, led_by->index, p)) {
            return p;
        }
        rostered = rostered == MU_NONE && mu_year_has_shift(y, led_by->index, p) ? p : rostered;
    }
    return rostered;
}

/* A share of what applied to this person; the rest does not count. */
typedef struct parts {
    double sum, count;
} parts;

static void add_part(parts *p, uint32_t good, uint32_t bad) {
    if (good + bad > 0) {
        p->sum += (double)good / (good + bad);
        p->count++;
    }
}

static void add_exams(const mu_year_sim *y, uint32_t person, parts *p) {
    const uint32_t staff = mu_year_staff_at(y->plan, person);
    for (uint32_t d = 0; d < y->plan->duties.count; d++) {
        const mu_duty_plan *duty = &y->plan->duties.items[d];
        if (duty->given->does == MU_DOES_EXAMINE && duty->topic != MU_NONE &&
            mu_ref_list_has(&duty->given->attends, staff)) {
            const mu_year_skill *skill = mu_year_skill_of(y, person, duty->topic);
            add_part(p, skill->passed, skill->examined - skill->passed);
        }
    }
}

static double points_of(const mu_year_sim *y, uint32_t person, const mu_year_conduct *before) {
    const mu_year_conduct *now = mu_year_conduct_of(y, person);
    parts p = {0};
    add_part(&p, now->kept - before->kept, now->late - before->late);
    add_part(&p, now->sat - before->sat, now->missed - before->missed);
    add_exams(y, person, &p);
    const double points = p.count > 0 ? 100 * p.sum / p.count : 100;
    return fmax(0, points - FAILING_POINTS * (now->failings - before->failings));
}

uint32_t mu_year_grade(double points, uint32_t grades) {
    return grades == 0 ? 0 : 1 + (uint32_t)floor(points / 100 * (grades - 1) + 1e-9);
}

static void note(mu_year_sim *y, mu_record_kind kind, uint32_t person, const mu_duty_plan *duty,
                 uint32_t value, uint32_t cause) {
    (void)mu_sim_write(&y->sim, (mu_record){.kind = (uint16_t)kind,
                                            .cause = cause,
                                            .subject = MU_HANDLE(MU_THING_PERSON, person),
                                            .object = MU_HANDLE(MU_THING_WORD, duty->word),
                                            .value = value});
}

void mu_year_rate(mu_year_sim *y, uint32_t duty, uint32_t record) {
    const mu_duty_plan *plan = &y->plan->duties.items[duty];
    for (uint32_t k = 0; k < plan->given->attends.count; k++) {
        const mu_staff_plan *staff = &y->plan->staff.items[plan->given->attends.items[k].index];
        for (uint32_t p = staff->first; p < staff->first + (uint32_t)staff->given->count; p++) {
            mu_year_rating *rating = mu_year_rating_of(y, p, plan->rating);
            if (mu_year_persons(y)[p].gone != 0) {
                continue;
            }
            rating->last = points_of(y, p, &rating->before);
            rating->sum += rating->last;
            rating->rated++;
            rating->before = *mu_year_conduct_of(y, p);
            note(y, MU_RECORD_RATED, p, plan, (uint32_t)lround(rating->last * 10), record);
        }
    }
}

/* The next grade each time, and never more than there are. */
void mu_year_sanction(mu_year_sim *y, const mu_year_job *job, uint32_t record) {
    const mu_duty_plan *duty = &y->plan->duties.items[job->duty];
    const uint32_t grades = duty->given->number >= 1 ? (uint32_t)duty->given->number : 4;
    if (duty->about != MU_ABOUT_PERSON || job->subject == MU_NONE) {
        return; /* a failing of nobody in particular */
    }
    mu_year_conduct *conduct = mu_year_conduct_of(y, job->subject);
    conduct->sanctions++;
    note(y, MU_RECORD_SANCTIONED, job->subject, duty,
         conduct->sanctions < grades ? conduct->sanctions : grades, record);
}

void mu_year_conduct_clear(mu_year_sim *y, uint32_t person) {
    *mu_year_conduct_of(y, person) = (mu_year_conduct){0};
    for (uint32_t r = 0; r < y->plan->ratings; r++) {
        mu_year_rating_of(y, person, r)->before = (mu_year_conduct){0};
    }
}
