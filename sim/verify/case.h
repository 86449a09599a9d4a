/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A verification case, as its file gives it: scenes (floor, people), what is measured in them, and
 * what is to come out. The file is data alone: whoever doubts a case changes it. */
#ifndef MU_VERIFY_CASE_H
#define MU_VERIFY_CASE_H

#include "core/dist.h"
#include "core/loader.h"

typedef struct mu_case_space {
    mu_origin origin;
    const char *id;
    double elevation_m;
    mu_ring outline;
    MU_LIST_OF(mu_ring) holes;
    bool outdoor;
    double extinction_per_m; /* of the smoke that stands in it */
} mu_case_space;

typedef struct mu_case_door {
    mu_origin origin;
    const char *id;
    const char *from, *to;    /* spaces; `to` NULL: off the site */
    mu_ring line, upper_line; /* of a stair: foot and head */
    double length_m;
    double closes_at_s; /* 0 = stays open; everybody is told */
    double belt_mps;    /* of an escalator; 0 = it is a stair */
    bool belt_down;     /* runs from the head to the foot */
    bool belt_walked;
} mu_case_door;

/* A lift: a door between two of its cars is a ride. */
typedef struct mu_case_lift {
    mu_origin origin;
    const char *id;
    mu_string_list cars; /* spaces, from the lowest up */
    int64_t capacity;
    double speed_mps, doors_s, stays_s;
    const char *at; /* the car's space at the start; NULL: the first */
} mu_case_lift;

typedef struct mu_case_people {
    mu_origin origin;
    const char *id;
    int64_t count;
    const char *space; /* the first one, where none is named */
    mu_ring area;      /* spread over this; or */
    mu_ring at;        /* exactly there, in turn */
    mu_dist speed_mps;
    double least_mps, most_mps; /* drawn again until within; both 0 = no limits */
    double radius_m;            /* 0 = the model's own */
    double up_mps, down_mps;    /* 0 = the model's own share of the level speed */
    mu_dist starts_s;
    const char *exit; /* door off the site that they take; NULL: as they choose */
    mu_ring round;    /* walks from point to point for ever */
    bool wheelchair;
    const char *party;   /* those of one name keep together; NULL = each alone */
    const char *came_by; /* door that they came in by */
    double came_by_share, follows_share;
    bool alerted; /* set out after a pre-movement time that the crowd draws, in place of at once */
} mu_case_people;

typedef struct mu_case_scene {
    mu_origin origin;
    const char *id;
    const char *as; /* another scene, whose floor and people it has where it has none */
    MU_LIST_OF(mu_case_space) spaces;
    MU_LIST_OF(mu_case_door) doors;
    MU_LIST_OF(mu_case_people) people;
    MU_LIST_OF(mu_case_lift) lifts;
    bool alarm; /* lifts have been recalled, belts stand */
    double turn_deg;
    bool mirror; /* at the y axis, before turning */
    mu_point shift_m;
    double step_share; /* of the model's own time step */
    bool reversed;     /* people in the opposite order */
    int64_t seed_shift;
    double until_s;
    int motion; /* mu_motion_kind */
} mu_case_scene;

typedef enum mu_case_measure {
    MU_CASE_TRAVEL_S,
    MU_CASE_TRAVEL_MPS,
    MU_CASE_TRAVEL_ERROR_MPS,
    MU_CASE_FLIGHT_S,
    MU_CASE_FLIGHT_MPS,
    MU_CASE_FLOW,
    MU_CASE_STEADY_FLOW,
    MU_CASE_CROSSED,
    MU_CASE_LAST_S,
    MU_CASE_EMPTY_S,
    MU_CASE_OUT_S,
    MU_CASE_OUT,
    MU_CASE_INSIDE,
    MU_CASE_VISITED,
    MU_CASE_DENSITY,
    MU_CASE_SPEED,
    MU_CASE_OUTSIDE,
    MU_CASE_OVERLAP,
    MU_CASE_START_S,
    MU_CASE_START_ERROR_S,
    MU_CASE_FREE_MPS,
    MU_CASE_NOT_CONSERVED,
    MU_CASE_APART_M,
    MU_CASE_AREA_FLOW,
    MU_CASE_LIFT_TRIPS,
    MU_CASE_LIFT_LOAD,
    /* Of other checks. */
    MU_CASE_DEVIATION,
    MU_CASE_LARGEST,
    MU_CASE_LARGEST_AT,
    MU_CASE_LINEARITY,
    MU_CASE_MEASURE_COUNT
} mu_case_measure;

typedef enum mu_case_statistic {
    MU_CASE_MEAN,
    MU_CASE_LEAST,
    MU_CASE_MOST,
    MU_CASE_SUM,
    MU_CASE_SD,
    MU_CASE_QUANTILE,
    MU_CASE_KS,
    MU_CASE_STATISTIC_COUNT
} mu_case_statistic;

typedef struct mu_case_check {
    mu_origin origin;
    const char *id;
    mu_text shows;
    mu_case_measure measure;
    const char *scene; /* the first, where none is named */
    const char *with;  /* MU_CASE_APART_M: the scene compared with */
    mu_ring line, to, area;
    const char *space, *door, *people;
    double metres, per_metre;
    double from_s, to_s;
    mu_case_statistic statistic;
    double share;      /* of MU_CASE_QUANTILE */
    bool pooled;       /* over the samples of all seeds together */
    bool median;       /* over the seeds, in place of the mean */
    mu_string_list of; /* checks before it that MU_CASE_DEVIATION … MU_CASE_LINEARITY is about */
    const char *over, *less; /* a check whose value this one's is divided by; that is taken away */
    double value;            /* nominal */
    double least, most;
} mu_case_check;

typedef struct mu_case {
    const char *id;
    int suite; /* index into mu_case_suites */
    mu_text title, source, shows, choices;
    mu_text not_covered; /* why; else .en is NULL */
    int mode;            /* mu_motion_mode */
    int64_t seeds;
    double holds_share; /* of the checks that must hold */
    MU_LIST_OF(mu_case_scene) scenes;
    MU_LIST_OF(mu_case_check) checks;
} mu_case;

/* NULL-terminated words, and their names for people (marked with N_()). */
extern const char *const mu_case_suites[];
const char *mu_case_suite_name(int suite);
/* What a measure is called (marked with N_()). */
const char *mu_case_measure_name(mu_case_measure measure);
/* The unit of a measure: "s", "m/s", "1/s"; "" where it has none. */
const char *mu_case_unit(mu_case_measure measure);

/* The file kind "muster.case"; its root struct is mu_case. */
extern const mu_file_kind mu_case_file;
/* No limit in this direction. */
#define MU_CASE_NO_LIMIT 1e9

/* Checks what no single field can: names that lead nowhere, what a measure needs. */
void mu_case_check_file(const mu_case *given, const char *file, mu_diags *diags);

/* Index of a scene, check or group of people by its name; MU_NONE. A NULL name is the first. */
uint32_t mu_case_find_scene(const mu_case *given, const char *id);
uint32_t mu_case_find_check(const mu_case *given, const char *id);

#endif
