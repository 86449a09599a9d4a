/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of a year under way, and what its handlers ask of each other. All of it lies in the
 * world's block, without pointers and without holes. */
#ifndef MU_READINESS_YEAR_STATE_H
#define MU_READINESS_YEAR_STATE_H

#include "core/sim.h"
#include "readiness/year_plan.h"

enum { MU_YEAR_LOTS = 8 }; /* lots that a store is bought in */

typedef struct mu_year_now {
    mu_time end_us;
    double spent;
    uint32_t started;   /* record */
    uint32_t next_job;  /* serial number */
    uint32_t jobs_high; /* slots in use lie below */
    uint32_t hidden;    /* assets whose fault nobody knows */
} mu_year_now;

typedef struct mu_year_staff_now {
    uint32_t waiting;           /* jobs that wait for them */
    uint32_t cursor;            /* who is asked first */
    uint32_t last;              /* record that last took one of them away; MU_NO_RECORD */
    uint32_t blamed;            /* failings on record that nobody in particular answers for */
    mu_time duty_us;            /* person-time on shift and present */
    mu_time busy_us;            /* of it on duties */
    mu_time held_us;            /* of it at stations */
    mu_time since_us;           /* up to when these are added up */
    uint32_t there, busy, held; /* persons now */
    uint32_t padding;
} mu_year_staff_now;

typedef struct mu_year_person {
    uint32_t away;    /* reasons for being away */
    uint32_t gone;    /* 1 = the place is empty */
    uint32_t job;     /* slot + 1; 0 = none */
    uint32_t station; /* + 1; 0 = none */
    uint32_t spells;  /* of illness so far: the stream's occasion */
    uint32_t tenures; /* of this place so far */
} mu_year_person;

typedef struct mu_year_duty {
    int64_t last;    /* period in which it was last done; -1 */
    double week_h;   /* done this week */
    double worked_h; /* person-hours in all */
    uint32_t came;   /* how often it has fallen due */
    uint32_t done, lapsed, late;
    uint32_t booking; /* next of the planner's schedule */
    uint32_t open;    /* jobs under way */
    uint32_t excused; /* periods without a working day since it was last done */
    uint32_t calls;   /* taken up or not */
} mu_year_duty;

typedef struct mu_year_serve {
    double last;      /* as written; */
    uint32_t written; /* 1 = something was */
    uint32_t occasions, met;
    uint32_t padding;
} mu_year_serve;

typedef enum mu_job_state {
    MU_JOB_FREE,
    MU_JOB_PLANNED, /* not due yet */
    MU_JOB_WAITS,   /* for people */
    MU_JOB_RUNS
} mu_job_state;

typedef struct mu_year_job {
    mu_time called_us;
    mu_time due_us;
    mu_time deadline_us; /* MU_NEVER */
    mu_time began_us;
    uint32_t duty;
    uint32_t state;   /* mu_job_state */
    uint32_t serial;  /* an event for an earlier job in this slot is out of date */
    uint32_t subject; /* person, asset or department that it is about; MU_NONE */
    uint32_t cause;   /* record */
    uint32_t first;   /* of the persons that do it */
    uint32_t came;    /* how often the duty had come before: the stream's occasion */
    uint32_t sitting; /* of a course */
} mu_year_job;

typedef struct mu_year_station_now {
    mu_time manned_us; /* time with everybody there */
    mu_time since_us;
    uint32_t there;
    uint32_t gaps; /* times that it was not */
} mu_year_station_now;

typedef enum mu_asset_state {
    MU_ASSET_WORKS,
    MU_ASSET_HIDDEN, /* has failed, and nobody knows */
    MU_ASSET_FOUND
} mu_asset_state;

typedef struct mu_year_asset {
    mu_time since_us; /* in this state */
    mu_time up_us;    /* in working order before */
    mu_time found_us;
    uint32_t state;  /* mu_asset_state */
    uint32_t faults; /* so far */
    uint32_t record; /* of the last change */
    uint32_t padding;
} mu_year_asset;

typedef struct mu_year_wear_now {
    mu_time whole_us; /* time with enough of them working */
    mu_time since_us;
    mu_time hidden_us; /* summed over faults: until found */
    mu_time open_us;   /* from found to mended */
    mu_time longest_us;
    uint32_t working;
    uint32_t faults, found, told, mended;
    uint32_t padding;
} mu_year_wear_now;

typedef struct mu_year_skill {
    mu_time taught_us; /* may lie before the year */
    double sum_s;      /* of the share known, before taught_us */
    uint32_t knows;    /* 1 = was ever taught */
    uint32_t passed;   /* 1 = has passed the last examination */
    uint32_t examined; /* 1 = has sat in one, here or before the year */
    uint32_t padding;
} mu_year_skill;

typedef struct mu_year_lot {
    uint32_t good; /* 1 = on the shelf and not expired */
    uint32_t orders;
    mu_time since_us;
    mu_time good_us;
} mu_year_lot;

/* Parts of a department's score, in the order of clause 5.2.1a. */
typedef enum mu_score_part {
    MU_FACTOR_REMEDIATION,
    MU_FACTOR_DRILLS,
    MU_FACTOR_TRAINING,
    MU_FACTOR_INTELLIGENCE,
    MU_FACTOR_COUNT
} mu_score_part;

typedef struct mu_year_score {
    double last; /* 0..100 */
    double sum;
    uint32_t due[MU_FACTOR_COUNT], good[MU_FACTOR_COUNT]; /* since the last score */
    uint32_t scores, low;
    uint32_t low_in_row;
    uint32_t padding;
} mu_year_score;

/* What one person has done and failed in since they joined. */
typedef struct mu_year_conduct {
    uint32_t kept, late;  /* duties by their own hands */
    uint32_t sat, missed; /* courses and exercises that they should have been in */
    uint32_t failings;    /* put on record */
    uint32_t sanctions;   /* the n-th has grade n, as far as grades go */
} mu_year_conduct;

typedef struct mu_year_rating {
    mu_year_conduct before; /* as it stood at the last rating */
    double last, sum;       /* points, 0..100 */
    uint32_t rated;
    uint32_t padding;
} mu_year_rating;

typedef struct mu_year_topic_now {
    mu_time revised_us; /* what was taught before then is old */
    uint32_t revisions;
    uint32_t padding;
} mu_year_topic_now;

/* A year being simulated: the sim first, so that handlers of events find the rest behind it. */
typedef struct mu_year_sim {
    mu_sim sim;
    const mu_year_plan *plan;
} mu_year_sim;

static inline mu_year_now *mu_year_of(const mu_year_sim *y) {
    return mu_world_section(&y->sim.world, MU_SECTION_YEAR);
}
static inline mu_year_staff_now *mu_year_staff_of(const mu_year_sim *y, uint32_t staff) {
    return (mu_year_staff_now *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_STAFF) + staff;
}
static inline mu_year_person *mu_year_persons(const mu_year_sim *y) {
    return mu_world_section(&y->sim.world, MU_SECTION_YEAR_PERSON);
}
static inline mu_year_duty *mu_year_duty_of(const mu_year_sim *y, uint32_t duty) {
    return (mu_year_duty *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_DUTY) + duty;
}
static inline mu_year_serve *mu_year_serve_of(const mu_year_sim *y, uint32_t serve) {
    return (mu_year_serve *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_SERVE) + serve;
}
static inline mu_year_job *mu_year_job_of(const mu_year_sim *y, uint32_t job) {
    return (mu_year_job *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_JOB) + job;
}
static inline mu_year_station_now *mu_year_station_of(const mu_year_sim *y, uint32_t station) {
    return (mu_year_station_now *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_STATION) +
           station;
}
static inline mu_year_asset *mu_year_asset_of(const mu_year_sim *y, uint32_t asset) {
    return (mu_year_asset *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_ASSET) + asset;
}
static inline mu_year_wear_now *mu_year_wear_of(const mu_year_sim *y, uint32_t wear) {
    return (mu_year_wear_now *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_WEAR) + wear;
}
static inline mu_year_skill *mu_year_skill_of(const mu_year_sim *y, uint32_t person,
                                              uint32_t topic) {
    return (mu_year_skill *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_SKILL) +
           (size_t)person * y->plan->year.topics.count + topic;
}
static inline uint8_t *mu_year_roll_of(const mu_year_sim *y, uint32_t roll) {
    return (uint8_t *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_ROLL) +
           (size_t)roll * y->plan->persons;
}
static inline mu_year_lot *mu_year_lot_of(const mu_year_sim *y, uint32_t lot) {
    return (mu_year_lot *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_LOT) + lot;
}
static inline mu_year_score *mu_year_score_of(const mu_year_sim *y, uint32_t department) {
    return (mu_year_score *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_SCORE) + department;
}

static inline mu_year_conduct *mu_year_conduct_of(const mu_year_sim *y, uint32_t person) {
    return (mu_year_conduct *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_CONDUCT) + person;
}
static inline mu_year_rating *mu_year_rating_of(const mu_year_sim *y, uint32_t person,
                                                uint32_t rating) {
    return (mu_year_rating *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_RATING) +
           (size_t)person * y->plan->ratings + rating;
}
static inline mu_year_topic_now *mu_year_topic_of(const mu_year_sim *y, uint32_t topic) {
    return (mu_year_topic_now *)mu_world_section(&y->sim.world, MU_SECTION_YEAR_TOPIC) + topic;
}

/* One draw of a distribution; a constant costs nothing. */
double mu_year_draw(const mu_year_sim *y, const mu_dist *dist, mu_purpose purpose, uint64_t subject,
                    uint32_t occasion);

/* year_people.c: who is there. */
/* Schedules what comes before the year is over. */
void mu_year_later(mu_year_sim *y, mu_time wait_us, mu_event_kind kind, uint32_t subject,
                   uint32_t cause, uint64_t argument);
void mu_year_people_begin(mu_year_sim *y);
uint32_t mu_year_staff_at(const mu_year_plan *plan, uint32_t person);
uint64_t mu_year_person_hash(const mu_year_plan *plan, uint32_t person);
/* On shift and not away; may be at work on something. */
bool mu_year_on_shift(const mu_year_sim *y, uint32_t staff, uint32_t person);
/* Is it this person's shift, there or not? */
bool mu_year_has_shift(const mu_year_sim *y, uint32_t staff, uint32_t person);
/* The next of this staff who is there and free for a duty, from number *cursor on; MU_NONE. With
 * `at_station` whoever mans a station is, too. */
uint32_t mu_year_find_free(const mu_year_sim *y, uint32_t staff, bool at_station, uint32_t *cursor);
/* Adds up what this staff has worked so far; before the counts change. */
void mu_year_add_up(mu_year_sim *y, uint32_t staff);
/* … and counts anew who is there, and mans the stations. */
void mu_year_staff_look(mu_year_sim *y, uint32_t staff);
void mu_year_on_shift_begins(mu_year_sim *y, const mu_event *event);
void mu_year_on_ill(mu_year_sim *y, const mu_event *event);
void mu_year_on_leave(mu_year_sim *y, const mu_event *event);
void mu_year_on_back(mu_year_sim *y, const mu_event *event);
void mu_year_on_resigns(mu_year_sim *y, const mu_event *event);
void mu_year_on_joins(mu_year_sim *y, const mu_event *event);

/* year_jobs.c: what falls due and gets people. */
void mu_year_jobs_begin(mu_year_sim *y);
/* Calls for every duty that this brings about. */
void mu_year_call(mu_year_sim *y, mu_call call, uint32_t by, uint32_t subject, uint32_t cause);
/* Somebody of this staff may be free: what waits for them begins. */
void mu_year_hand_out(mu_year_sim *y, uint32_t staff);
void mu_year_on_comes(mu_year_sim *y, const mu_event *event);
void mu_year_on_due(mu_year_sim *y, const mu_event *event);
void mu_year_on_lapses(mu_year_sim *y, const mu_event *event);
void mu_year_on_done(mu_year_sim *y, const mu_event *event);
void mu_year_on_week(mu_year_sim *y, const mu_event *event);

/* year_effects.c: what duties bring about besides themselves. */
/* How long it takes those who do it, in hours. */
double mu_year_hours(const mu_year_sim *y, const mu_year_job *job);
/* Has a course to go on, since not everybody has sat in it? */
typedef enum mu_goes_on {
    MU_GOES_NOT_ON,
    MU_GOES_ON_NOW,  /* more people than seats */
    MU_GOES_ON_LATER /* some were away: in a week */
} mu_goes_on;
mu_goes_on mu_year_effect(mu_year_sim *y, uint32_t slot, uint32_t record);
/* Share of those who should take part that has; of the rest that the duty covers. */
double mu_year_share(const mu_year_sim *y, uint32_t duty);
double mu_year_knows(const mu_year_sim *y, uint32_t person, uint32_t topic, mu_time at_us);
/* Adds to its department's next score. */
void mu_year_count_factor(mu_year_sim *y, uint32_t duty, bool good);
void mu_year_skills_begin(mu_year_sim *y);
/* Has this person been taught the topic as it is since its last revision? */
bool mu_year_is_current(const mu_year_sim *y, uint32_t person, uint32_t topic);

/* year_conduct.c: what each person is rated and sanctioned by. */
void mu_year_worked(mu_year_sim *y, uint32_t person, bool late);
/* A course or an exercise is over: who was in it, who was not. */
void mu_year_course_over(mu_year_sim *y, uint32_t duty);
/* Whoever answers for a lapse; MU_NONE. */
uint32_t mu_year_answers(const mu_year_sim *y, const mu_year_job *job);
void mu_year_rate(mu_year_sim *y, uint32_t duty, uint32_t record);
void mu_year_sanction(mu_year_sim *y, const mu_year_job *job, uint32_t record);
/* Somebody else has the place. */
void mu_year_conduct_clear(mu_year_sim *y, uint32_t person);
/* Points of a rating as a grade, 1 for the least. */
uint32_t mu_year_grade(double points, uint32_t grades);

/* year_things.c: what fails and what expires. */
void mu_year_things_begin(mu_year_sim *y);
void mu_year_find(mu_year_sim *y, uint32_t asset, uint32_t cause, mu_handle by);
void mu_year_make_safe(mu_year_sim *y, uint32_t asset, uint32_t cause);
void mu_year_mend(mu_year_sim *y, uint32_t asset, uint32_t cause);
void mu_year_order(mu_year_sim *y, uint32_t cause);
void mu_year_on_fails(mu_year_sim *y, const mu_event *event);
void mu_year_on_tells(mu_year_sim *y, const mu_event *event);
void mu_year_on_occurs(mu_year_sim *y, const mu_event *event);
void mu_year_on_expires(mu_year_sim *y, const mu_event *event);
void mu_year_on_stocked(mu_year_sim *y, const mu_event *event);

/* year_numbers.c: the numbers that clauses are judged on. */
void mu_year_number(mu_year_sim *y, uint32_t serve, double value, uint32_t cause);
void mu_year_numbers_done(mu_year_sim *y, uint32_t slot, uint32_t record);
void mu_year_numbers_lapsed(mu_year_sim *y, uint32_t slot, uint32_t record);
void mu_year_numbers_week(mu_year_sim *y);
/* Writes `value` for each clause of the list, under its first number. */
void mu_year_numbers_for(mu_year_sim *y, const mu_ref_list *clauses, double value, uint32_t cause);
/* The year is over: what was still open counts up to now. */
void mu_year_numbers_end(mu_year_sim *y);

#endif
