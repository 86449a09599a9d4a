/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The year as its file gives it: who works by which pattern, which duties fall due, what fails and
 * who mends it, what is taught, what is kept in stock, and what the organisation states of itself.
 * Nothing here says how often a duty is missed: that follows from workload against roster. */
#ifndef MU_READINESS_YEAR_H
#define MU_READINESS_YEAR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/dist.h"
#include "core/given.h"
#include "core/loader.h"

typedef enum mu_pattern {
    MU_PATTERN_OFFICE, /* on working days, in office hours */
    MU_PATTERN_ROTA    /* round the clock: teams take shifts in turn */
} mu_pattern;

/* People of one kind, who can stand in for each other. */
typedef struct mu_staff {
    mu_origin origin;
    const char *id;
    mu_text name;
    const char *role;       /* of the roster: whose members and groups they are; NULL = of none */
    const char *department; /* a word; whose score their duties count for; may be NULL */
    int64_t count;          /* all of them, every team together */
    int pattern;            /* mu_pattern */
    int64_t teams;          /* rota */
    double shift_h;         /* rota: length of a shift */
    double ill_per_year;    /* spells of illness of one person */
    mu_dist ill_d;          /* length of a spell */
    int64_t leave_d;        /* days of leave in a year, taken in blocks of up to ten */
    double leaves_share;    /* of them resign in a year */
    mu_dist vacancy_d;      /* until a place is filled again */
    mu_ref led_by;          /* staff who answer for what lapses; none: nobody in particular */
} mu_staff;

/* A place that is manned round the clock. */
typedef struct mu_station {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_ref staff;
    int64_t persons;
    mu_ref_list serves; /* clauses */
} mu_station;

typedef enum mu_period {
    MU_PERIOD_NONE, /* not by the calendar */
    MU_PERIOD_HOUR,
    MU_PERIOD_DAY,
    MU_PERIOD_WEEK,
    MU_PERIOD_MONTH,
    MU_PERIOD_COUNT
} mu_period;

typedef enum mu_does {
    MU_DOES_WORK,     /* nothing but itself: a meeting, a report */
    MU_DOES_LOOK,     /* finds faults: a patrol, an inspection, a test */
    MU_DOES_MEND,     /* repairs what was found */
    MU_DOES_TEACH,    /* a course, until everybody has sat in it */
    MU_DOES_EXAMINE,  /* whoever fails is taught again */
    MU_DOES_EXERCISE, /* a drill; who is there takes part */
    MU_DOES_STOCK,    /* looks through the stores and orders what has expired */
    MU_DOES_SCORE,    /* grades departments */
    MU_DOES_RATE,     /* grades persons by what they have done and failed in */
    MU_DOES_SANCTION, /* decides on a failing: the grade follows from the person's record */
    MU_DOES_INTERIM,  /* makes safe what is broken until it is mended */
    MU_DOES_REVISE    /* whoever was taught the topic before knows it as it was */
} mu_does;

typedef struct mu_duty {
    mu_origin origin;
    const char *id;
    mu_text name;
    mu_ref_list serves; /* clauses that it is judged under */
    mu_ref staff;       /* whose hours it takes */
    int64_t persons;
    mu_dist hours;      /* of each of them */
    int64_t every;      /* periods; 0 = not by the calendar */
    int period;         /* mu_period */
    double within_d;    /* due within so many days of the period's start; 0 = all of it */
    bool working_days;  /* falls due and runs in office hours of working days only */
    const char *after;  /* what else calls for it: a duty, an occasion, or a word of year_plan.h */
    mu_dist wait_h;     /* from that until it falls due */
    double limit_h;     /* after which it is given up; 0 = the period's end, or never */
    double limit_wd;    /* the same in working days */
    const char *demand; /* the number of those clauses that it is measured for; NULL = all */
    double share;       /* of what it is about that each time covers, 0..1 */
    double number;      /* what a clause that asks for neither time nor share gets; of grades that a
                           rating or a sanction has, so many */
    double taken_up;    /* share of calls that are followed, 0..1: whether somebody appeals */
    int does;           /* mu_does */
    MU_LIST_OF(int) looks_at; /* mu_equipment_kind */
    double finds;             /* chance that a fault there is found, 0..1 */
    mu_ref patrol;            /* of the roster: its round gives the hours and the spaces */
    bool whole_site;          /* with patrol: all patrols of the roster, one after the other */
    const char *topic;        /* taught, examined */
    mu_ref_list attends;      /* staff */
    int64_t seats;            /* of one session; 0 = all at once */
    bool at_station;          /* whoever mans a station can do it from there */
    bool blamed;              /* if it lapses that is put on record */
    int64_t priority;         /* among what waits for the same people, higher first */
    double cost;              /* of the budget, each time */
} mu_duty;

/* What fails, and how it is known and mended. */
typedef struct mu_wear {
    mu_origin origin;
    const char *id;
    mu_text name;
    MU_LIST_OF(int) kinds; /* mu_equipment_kind: those of the site; */
    int64_t count;         /* and so many that the site file does not hold */
    int64_t needs;         /* of them so many have to work for the whole; 0 = each by itself */
    mu_dist life_d;        /* in working order */
    mu_dist repair_h;      /* of one technician */
    mu_dist parts_h;       /* waited for first */
    bool serious;          /* its faults are made safe at once (MU_DOES_INTERIM) */
    bool tells;            /* diagnoses itself */
    mu_dist tells_h;
    mu_ref_list serves; /* clauses about finding its faults without being looked at */
    double cost;        /* of one repair */
} mu_wear;

/* What comes up at no fixed time. */
typedef struct mu_occasion {
    mu_origin origin;
    const char *id;
    mu_text name;
    double per_year;      /* at random, evenly; or */
    mu_string_list dates; /* on these days */
} mu_occasion;

typedef struct mu_topic {
    const char *id;
    mu_text name;
    double half_life_d; /* of what was gained by being taught */
    double pass;        /* share of it that an examination asks for */
    double spread;      /* standard deviation of a result about that share */
    const char *skill;  /* of the roster, which is held by whoever would pass; may be NULL */
    const char *source;
} mu_topic;

typedef struct mu_store {
    const char *id;
    mu_text name;
    int64_t count;
    mu_ref_list equipment; /* of the site: of which it is the stock */
    mu_dist keeps_d;       /* from delivery to expiry */
    mu_dist order_d;       /* from order to delivery */
    double cost;           /* of one piece */
} mu_store;

/* What the organisation states of itself, and the paper that shows it. */
typedef struct mu_statement {
    mu_origin origin;
    mu_ref clause;
    const char *demand; /* name of the clause's number; NULL = the first */
    double value;
    mu_text evidence; /* document, place, who keeps it */
    const char *dated;
    const char *until; /* valid until; NULL = no end */
} mu_statement;

/* Who did what when, where a planner has a schedule: holds instead of the calendar. */
typedef struct mu_booking {
    mu_origin origin;
    mu_ref duty;
    const char *at; /* "2026-03-02T09:00" */
} mu_booking;

typedef struct mu_year {
    const char *id;
    mu_text name;
    mu_text story;
    const char *from; /* first day */
    int64_t days;
    mu_string_list holidays;  /* working days that are none */
    double opens_h, closes_h; /* office hours */
    double budget;            /* of the year, for all of it; 0 = not given */
    double pass_score;        /* of a department, 0..100 */
    MU_LIST_OF(mu_staff) staff;
    MU_LIST_OF(mu_station) stations;
    MU_LIST_OF(mu_duty) duties;
    MU_LIST_OF(mu_wear) equipment;
    MU_LIST_OF(mu_occasion) occasions;
    MU_LIST_OF(mu_topic) topics;
    MU_LIST_OF(mu_store) stores;
    MU_LIST_OF(mu_booking) schedule;
    MU_LIST_OF(mu_statement) statements;
} mu_year;

/* The file kind "muster.year"; its root struct is mu_year. */
extern const mu_file_kind mu_year_file;

#endif
