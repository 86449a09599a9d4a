/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The case file as tables of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "crowd/crowd.h"
#include "site/lift.h"
#include "verify/case.h"

const char *const mu_case_suites[] = {"imo",     "rimea",  "nist",       "iso",
                                      "fdsevac", "curves", "invariants", NULL};

const char *mu_case_suite_name(int suite) {
    static const char *const names[] = {
        N_("IMO MSC.1/Circ.1533, Annex 3"),
        N_("RiMEA guideline 4.1.1"),
        N_("NIST Technical Note 1822"),
        N_("ISO 20414:2020"),
        N_("FDS+Evac and comparisons between models"),
        N_("Fundamental diagrams, bottlenecks and stairs"),
        N_("Invariants: what must not depend on how it is drawn or reckoned"),
    };
    return names[suite];
}

static const char *const mode_words[] = {"free", "regulatory", NULL};

static const char *const measure_words[] = {
    [MU_CASE_TRAVEL_S] = "travel_s",
    [MU_CASE_TRAVEL_MPS] = "travel_mps",
    [MU_CASE_TRAVEL_ERROR_MPS] = "travel_error_mps",
    [MU_CASE_FLIGHT_S] = "flight_s",
    [MU_CASE_FLIGHT_MPS] = "flight_mps",
    [MU_CASE_FLOW] = "flow",
    [MU_CASE_STEADY_FLOW] = "steady_flow",
    [MU_CASE_CROSSED] = "crossed",
    [MU_CASE_LAST_S] = "last_s",
    [MU_CASE_EMPTY_S] = "empty_s",
    [MU_CASE_OUT_S] = "out_s",
    [MU_CASE_OUT] = "out",
    [MU_CASE_INSIDE] = "inside",
    [MU_CASE_VISITED] = "visited",
    [MU_CASE_DENSITY] = "density",
    [MU_CASE_SPEED] = "speed",
    [MU_CASE_OUTSIDE] = "outside",
    [MU_CASE_OVERLAP] = "overlap",
    [MU_CASE_START_S] = "start_s",
    [MU_CASE_START_ERROR_S] = "start_error_s",
    [MU_CASE_FREE_MPS] = "free_mps",
    [MU_CASE_NOT_CONSERVED] = "not_conserved",
    [MU_CASE_APART_M] = "apart_m",
    [MU_CASE_AREA_FLOW] = "area_flow",
    [MU_CASE_LIFT_TRIPS] = "lift_trips",
    [MU_CASE_LIFT_LOAD] = "lift_load",
    [MU_CASE_DEVIATION] = "deviation",
    [MU_CASE_LARGEST] = "largest",
    [MU_CASE_LARGEST_AT] = "largest_at",
    [MU_CASE_LINEARITY] = "linearity",
    [MU_CASE_MEASURE_COUNT] = NULL,
};

static const char *const statistic_words[] = {
    [MU_CASE_MEAN] = "mean", [MU_CASE_LEAST] = "least",
    [MU_CASE_MOST] = "most", [MU_CASE_SUM] = "sum",
    [MU_CASE_SD] = "sd",     [MU_CASE_QUANTILE] = "quantile",
    [MU_CASE_KS] = "ks",     [MU_CASE_STATISTIC_COUNT] = NULL,
};

const char *mu_case_measure_name(mu_case_measure measure) {
    static const char *const names[MU_CASE_MEASURE_COUNT] = {
        [MU_CASE_TRAVEL_S] = N_("time between lines"),
        [MU_CASE_TRAVEL_MPS] = N_("speed between lines"),
        [MU_CASE_TRAVEL_ERROR_MPS] = N_("speed less the one given"),
        [MU_CASE_FLIGHT_S] = N_("time on the flight"),
        [MU_CASE_FLIGHT_MPS] = N_("speed on the flight"),
        [MU_CASE_FLOW] = N_("mean flow"),
        [MU_CASE_STEADY_FLOW] = N_("steady flow"),
        [MU_CASE_CROSSED] = N_("persons across the line"),
        [MU_CASE_LAST_S] = N_("last across the line"),
        [MU_CASE_EMPTY_S] = N_("space empty"),
        [MU_CASE_OUT_S] = N_("time of leaving"),
        [MU_CASE_OUT] = N_("persons out"),
        [MU_CASE_INSIDE] = N_("persons still inside"),
        [MU_CASE_VISITED] = N_("persons through the space"),
        [MU_CASE_DENSITY] = N_("density"),
        [MU_CASE_SPEED] = N_("mean speed"),
        [MU_CASE_OUTSIDE] = N_("positions outside the floor"),
        [MU_CASE_OVERLAP] = N_("overlap of bodies, of their depth"),
        [MU_CASE_START_S] = N_("time of setting out"),
        [MU_CASE_START_ERROR_S] = N_("setting out less the time given"),
        [MU_CASE_FREE_MPS] = N_("speeds given"),
        [MU_CASE_NOT_CONSERVED] = N_("steps in which people do not add up"),
        [MU_CASE_APART_M] = N_("distance between the runs"),
        [MU_CASE_AREA_FLOW] = N_("density times speed"),
        [MU_CASE_LIFT_TRIPS] = N_("trips of lifts with somebody in them"),
        [MU_CASE_LIFT_LOAD] = N_("most persons in a lift at a time"),
        [MU_CASE_DEVIATION] = N_("mean deviation"),
        [MU_CASE_LARGEST] = N_("largest"),
        [MU_CASE_LARGEST_AT] = N_("where it is largest"),
        [MU_CASE_LINEARITY] = N_("share explained by a straight line"),
    };
    return names[measure];
}

const char *mu_case_unit(mu_case_measure measure) {
    static const char *const units[MU_CASE_MEASURE_COUNT] = {
        [MU_CASE_TRAVEL_S] = "s",
        [MU_CASE_TRAVEL_MPS] = "m/s",
        [MU_CASE_TRAVEL_ERROR_MPS] = "m/s",
        [MU_CASE_FLIGHT_S] = "s",
        [MU_CASE_FLIGHT_MPS] = "m/s",
        [MU_CASE_FLOW] = "1/s",
        [MU_CASE_STEADY_FLOW] = "1/s",
        [MU_CASE_LAST_S] = "s",
        [MU_CASE_EMPTY_S] = "s",
        [MU_CASE_OUT_S] = "s",
        [MU_CASE_DENSITY] = "1/m²",
        [MU_CASE_SPEED] = "m/s",
        [MU_CASE_START_S] = "s",
        [MU_CASE_START_ERROR_S] = "s",
        [MU_CASE_FREE_MPS] = "m/s",
        [MU_CASE_APART_M] = "m",
        [MU_CASE_AREA_FLOW] = "1/(m s)",
    };
    return units[measure] != NULL ? units[measure] : "";
}

static const mu_field space_fields[] = {
    {MU_FIELD_AT(mu_case_space, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the space in its scene")},
    {MU_FIELD_AT(mu_case_space, outline), .kind = MU_FIELD_RING, .flags = MU_FIELD_REQUIRED,
     .unit = "m", .meaning = N_("Outline of the floor")},
    {MU_FIELD_AT(mu_case_space, holes), .kind = MU_FIELD_RING, .flags = MU_FIELD_LIST, .unit = "m",
     .meaning = N_("Pillars and walls inside it")},
    {MU_FIELD_AT(mu_case_space, elevation_m), .kind = MU_FIELD_REAL, .least = -1000, .most = 1000,
     .unit = "m", .meaning = N_("Height of the floor; equal heights are one level")},
    {MU_FIELD_AT(mu_case_space, outdoor), .kind = MU_FIELD_BOOL,
     .meaning = N_("Is in the open: whoever is here has left the building")},
    {MU_FIELD_AT(mu_case_space, extinction_per_m), .kind = MU_FIELD_REAL, .least = 0, .most = 100,
     .unit = "1/m", .meaning = N_("Extinction coefficient of the smoke that stands in it")},
};
static const mu_record_type space_type = {
    .name = "case_space",
    .meaning = N_("A space of a scene"),
    .size = sizeof(mu_case_space),
    MU_FIELD_ROWS(space_fields),
    MU_FIELD_ORIGIN(mu_case_space),
};

static const mu_field door_fields[] = {
    {MU_FIELD_AT(mu_case_door, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the door or flight in its scene")},
    {MU_FIELD_AT(mu_case_door, from), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Space on one side; of a flight, the lower one")},
    {MU_FIELD_AT(mu_case_door, to), .kind = MU_FIELD_WORD,
     .meaning = N_("Space on the other side; absent: it leads off the site")},
    {MU_FIELD_AT(mu_case_door, line), .kind = MU_FIELD_RING, .flags = MU_FIELD_REQUIRED, .least = 2,
     .most = 2, .unit = "m",
     .meaning = N_("Ends of the clear width; of a flight, "
                   "its foot")},
    {MU_FIELD_AT(mu_case_door, upper_line), .kind = MU_FIELD_RING, .least = 2, .most = 2,
     .unit = "m", .meaning = N_("Makes it a flight of stairs: its head")},
    {MU_FIELD_AT(mu_case_door, length_m), .kind = MU_FIELD_REAL, .least = 0, .most = 1000,
     .unit = "m", .meaning = N_("Of a flight, along the slope; 0 = as drawn")},
    {MU_FIELD_AT(mu_case_door, closes_at_s), .kind = MU_FIELD_REAL, .least = 0, .most = 1e5,
     .unit = "s", .meaning = N_("Is closed then, and everybody is told; 0 = stays open")},
    {MU_FIELD_AT(mu_case_door, belt_mps), .kind = MU_FIELD_REAL, .least = 0, .most = 2,
     .unit = "m/s", .meaning = N_("Makes a flight an escalator: speed of its belt")},
    {MU_FIELD_AT(mu_case_door, belt_down), .kind = MU_FIELD_BOOL,
     .meaning = N_("Of an escalator: runs down")},
    {MU_FIELD_AT(mu_case_door, belt_walked), .kind = MU_FIELD_BOOL,
     .meaning = N_("Of an escalator: people walk on it while it runs")},
};
static const mu_record_type door_type = {
    .name = "case_door",
    .meaning = N_("A door, an opening or a flight of stairs of a scene"),
    .size = sizeof(mu_case_door),
    MU_FIELD_ROWS(door_fields),
    MU_FIELD_ORIGIN(mu_case_door),
};

static const mu_field lift_fields[] = {
    {MU_FIELD_AT(mu_case_lift, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the lift in its scene")},
    {MU_FIELD_AT(mu_case_lift, cars), .kind = MU_FIELD_WORD,
     .flags = MU_FIELD_REQUIRED | MU_FIELD_LIST, .least = 2, .most = 64,
     .meaning = N_("Its car's space on each level, from the lowest up; a door between two of them "
                   "is where its riders stand")},
    {MU_FIELD_AT(mu_case_lift, capacity), .kind = MU_FIELD_INT, .least = 1, .most = 200,
     .fallback = MU_LIFT_CAPACITY, .meaning = N_("Persons that it takes")},
    {MU_FIELD_AT(mu_case_lift, speed_mps), .kind = MU_FIELD_REAL, .least = 0.1, .most = 20,
     .fallback = MU_LIFT_SPEED_MPS, .unit = "m/s", .meaning = N_("Speed of the car")},
    {MU_FIELD_AT(mu_case_lift, doors_s), .kind = MU_FIELD_REAL, .least = 0, .most = 60,
     .fallback = MU_LIFT_DOORS_S, .unit = "s",
     .meaning = N_("Time that the doors take to open, and to close")},
    {MU_FIELD_AT(mu_case_lift, stays_s), .kind = MU_FIELD_REAL, .least = 0, .most = 600,
     .fallback = MU_LIFT_STAYS_S, .unit = "s",
     .meaning = N_("Time that the doors stay open at least")},
    {MU_FIELD_AT(mu_case_lift, at), .kind = MU_FIELD_WORD,
     .meaning = N_("Where it stands at the start; absent: the lowest")},
};
static const mu_record_type lift_type = {
    .name = "case_lift",
    .meaning = N_("A lift of a scene"),
    .size = sizeof(mu_case_lift),
    MU_FIELD_ROWS(lift_fields),
    MU_FIELD_ORIGIN(mu_case_lift),
};

static const mu_field people_fields[] = {
    {MU_FIELD_AT(mu_case_people, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the group in its scene")},
    {MU_FIELD_AT(mu_case_people, count), .kind = MU_FIELD_INT, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 100000, .meaning = N_("Number of persons")},
    {MU_FIELD_AT(mu_case_people, space), .kind = MU_FIELD_WORD,
     .meaning = N_("Where they start; absent: the first space")},
    {MU_FIELD_AT(mu_case_people, area), .kind = MU_FIELD_RING, .unit = "m",
     .meaning = N_("They are spread evenly over this")},
    {MU_FIELD_AT(mu_case_people, at), .kind = MU_FIELD_RING, .least = 1, .most = 10000, .unit = "m",
     .meaning = N_("Or start exactly here, in turn")},
    {MU_FIELD_AT(mu_case_people, speed_mps), .kind = MU_FIELD_DIST, .least = 0, .most = 10,
     .fallback = 0, .unit = "m/s",
     .meaning = N_("Free speed on the level; 0 = the laboratory's "
                   "population: Normal 1.34 / 0.26 in 0.5 to 2.2")},
    {MU_FIELD_AT(mu_case_people, least_mps), .kind = MU_FIELD_REAL, .least = 0, .most = 10,
     .unit = "m/s", .meaning = N_("Speeds below are drawn again")},
    {MU_FIELD_AT(mu_case_people, most_mps), .kind = MU_FIELD_REAL, .least = 0, .most = 10,
     .unit = "m/s", .meaning = N_("Speeds above are drawn again; 0 = no limits")},
    {MU_FIELD_AT(mu_case_people, radius_m), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "m", .meaning = N_("Of the body; 0 = the model's own")},
    {MU_FIELD_AT(mu_case_people, up_mps), .kind = MU_FIELD_REAL, .least = 0, .most = 10,
     .unit = "m/s", .meaning = N_("Free speed up stairs; 0 = the model's share of the level one")},
    {MU_FIELD_AT(mu_case_people, down_mps), .kind = MU_FIELD_REAL, .least = 0, .most = 10,
     .unit = "m/s", .meaning = N_("Free speed down stairs; 0 = the model's share")},
    {MU_FIELD_AT(mu_case_people, starts_s), .kind = MU_FIELD_DIST, .least = 0, .most = 1e5,
     .unit = "s", .meaning = N_("When they set out")},
    {MU_FIELD_AT(mu_case_people, exit), .kind = MU_FIELD_WORD,
     .meaning = N_("Door off the site that they take; absent: as they choose")},
    {MU_FIELD_AT(mu_case_people, round), .kind = MU_FIELD_RING, .least = 2, .most = 1000,
     .unit = "m", .meaning = N_("They walk from point to point, for ever")},
    {MU_FIELD_AT(mu_case_people, wheelchair), .kind = MU_FIELD_BOOL,
     .meaning = N_("They use a wheelchair")},
    {MU_FIELD_AT(mu_case_people, party), .kind = MU_FIELD_WORD,
     .meaning = N_("All with this word keep together; absent: each goes alone")},
    {MU_FIELD_AT(mu_case_people, came_by), .kind = MU_FIELD_WORD,
     .meaning = N_("Door off the site or to the open that they came in by")},
    {MU_FIELD_AT(mu_case_people, came_by_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1", .meaning = N_("Share who go back that way, whatever is nearer")},
    {MU_FIELD_AT(mu_case_people, follows_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1", .meaning = N_("Share who go where most others go that they see leaving")},
    {MU_FIELD_AT(mu_case_people, alerted), .kind = MU_FIELD_BOOL,
     .meaning = N_("They are alerted then, and set out after a pre-movement time of PD 7974-6")},
};
static const mu_record_type people_type = {
    .name = "case_people",
    .meaning = N_("A group of people alike"),
    .size = sizeof(mu_case_people),
    MU_FIELD_ROWS(people_fields),
    MU_FIELD_ORIGIN(mu_case_people),
};

static const mu_field scene_fields[] = {
    {MU_FIELD_AT(mu_case_scene, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the scene in its case")},
    {MU_FIELD_AT(mu_case_scene, as), .kind = MU_FIELD_WORD,
     .meaning = N_("A scene before it, whose spaces, doors and people it has unless it has its "
                   "own")},
    {MU_FIELD_AT(mu_case_scene, spaces), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &space_type, .meaning = N_("The floor")},
    {MU_FIELD_AT(mu_case_scene, doors), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &door_type, .meaning = N_("Doors, openings and stairs")},
    {MU_FIELD_AT(mu_case_scene, people), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &people_type, .meaning = N_("Who is there")},
    {MU_FIELD_AT(mu_case_scene, lifts), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &lift_type, .meaning = N_("Lifts, which people who leave use as well")},
    {MU_FIELD_AT(mu_case_scene, alarm), .kind = MU_FIELD_BOOL,
     .meaning = N_("Lifts have been recalled and escalators stopped")},
    {MU_FIELD_AT(mu_case_scene, mirror), .kind = MU_FIELD_BOOL,
     .meaning = N_("Everything is mirrored at the y axis")},
    {MU_FIELD_AT(mu_case_scene, turn_deg), .kind = MU_FIELD_REAL, .least = -360, .most = 360,
     .unit = "°", .meaning = N_("Everything is then turned about the origin")},
    {MU_FIELD_AT(mu_case_scene, shift_m), .kind = MU_FIELD_POINT, .unit = "m",
     .meaning = N_("and then shifted")},
    {MU_FIELD_AT(mu_case_scene, step_share), .kind = MU_FIELD_REAL, .least = 0.01, .most = 10,
     .fallback = 1, .unit = "1", .meaning = N_("Time step, as a share of the model's own")},
    {MU_FIELD_AT(mu_case_scene, reversed), .kind = MU_FIELD_BOOL,
     .meaning = N_("People are put in place in the opposite order")},
    {MU_FIELD_AT(mu_case_scene, seed_shift), .kind = MU_FIELD_INT, .least = 0, .most = 1e6,
     .meaning = N_("Added to the seed")},
    {MU_FIELD_AT(mu_case_scene, until_s), .kind = MU_FIELD_REAL, .least = 0.1, .most = 1e5,
     .fallback = 600, .unit = "s", .meaning = N_("The run ends then at the latest")},
    {MU_FIELD_AT(mu_case_scene, motion), .kind = MU_FIELD_ENUM, .names = mu_motion_words,
     .meaning = N_("The motion model that it is played with")},
};
static const mu_record_type scene_type = {
    .name = "case_scene",
    .meaning = N_("A floor and the people on it"),
    .size = sizeof(mu_case_scene),
    MU_FIELD_ROWS(scene_fields),
    MU_FIELD_ORIGIN(mu_case_scene),
};

static const mu_field check_fields[] = {
    {MU_FIELD_AT(mu_case_check, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of what is measured, in results")},
    {MU_FIELD_AT(mu_case_check, shows), .kind = MU_FIELD_TEXT,
     .meaning = N_("What is measured, in words")},
    {MU_FIELD_AT(mu_case_check, measure), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = measure_words, .meaning = N_("What is measured")},
    {MU_FIELD_AT(mu_case_check, scene), .kind = MU_FIELD_WORD,
     .meaning = N_("In which scene; absent: the first")},
    {MU_FIELD_AT(mu_case_check, with), .kind = MU_FIELD_WORD,
     .meaning = N_("apart_m: the scene compared with")},
    {MU_FIELD_AT(mu_case_check, line), .kind = MU_FIELD_RING, .least = 2, .most = 2, .unit = "m",
     .meaning = N_("Line that is crossed")},
    {MU_FIELD_AT(mu_case_check, to), .kind = MU_FIELD_RING, .least = 2, .most = 2, .unit = "m",
     .meaning = N_("travel: the line at its end")},
    {MU_FIELD_AT(mu_case_check, area), .kind = MU_FIELD_RING, .unit = "m",
     .meaning = N_("Measuring area")},
    {MU_FIELD_AT(mu_case_check, space), .kind = MU_FIELD_WORD,
     .meaning = N_("visited, empty_s: the space")},
    {MU_FIELD_AT(mu_case_check, door), .kind = MU_FIELD_WORD,
     .meaning = N_("out: through this door only; flight: the flight")},
    {MU_FIELD_AT(mu_case_check, people), .kind = MU_FIELD_WORD,
     .meaning = N_("Only this group, or this party")},
    {MU_FIELD_AT(mu_case_check, metres), .kind = MU_FIELD_REAL, .least = 0, .most = 1e5,
     .unit = "m", .meaning = N_("Length of the way, for speeds")},
    {MU_FIELD_AT(mu_case_check, per_metre), .kind = MU_FIELD_REAL, .least = 0, .most = 1000,
     .unit = "m", .meaning = N_("Width by which a flow is divided; 0 = it is not")},
    {MU_FIELD_AT(mu_case_check, from_s), .kind = MU_FIELD_REAL, .least = 0, .most = 1e5,
     .unit = "s", .meaning = N_("Samples from then")},
    {MU_FIELD_AT(mu_case_check, to_s), .kind = MU_FIELD_REAL, .least = 0, .most = 1e5, .unit = "s",
     .meaning = N_("to then; 0 = to the end")},
    {MU_FIELD_AT(mu_case_check, statistic), .kind = MU_FIELD_ENUM, .names = statistic_words,
     .meaning = N_("Of the samples: ks is the chance that they follow the distribution given, by "
                   "Kolmogorov and Smirnov")},
    {MU_FIELD_AT(mu_case_check, share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = 0.5, .unit = "1", .meaning = N_("Of a quantile")},
    {MU_FIELD_AT(mu_case_check, pooled), .kind = MU_FIELD_BOOL,
     .meaning = N_("The statistic is over the samples of all seeds; else the mean of each seed's")},
    {MU_FIELD_AT(mu_case_check, median), .kind = MU_FIELD_BOOL,
     .meaning = N_("The median of what the seeds give, in place of the mean: more than half of "
                   "them hold")},
    {MU_FIELD_AT(mu_case_check, of), .kind = MU_FIELD_WORD, .flags = MU_FIELD_LIST,
     .meaning = N_("Checks before it: the mean of what they are off their values (deviation), the "
                   "largest of them, the value of that one (largest_at), or the share of their "
                   "variance that a straight line over their values explains (linearity)")},
    {MU_FIELD_AT(mu_case_check, over), .kind = MU_FIELD_WORD,
     .meaning = N_("Divided by what this check measures")},
    {MU_FIELD_AT(mu_case_check, less), .kind = MU_FIELD_WORD,
     .meaning = N_("Less what this check measures")},
    {MU_FIELD_AT(mu_case_check, value), .kind = MU_FIELD_REAL, .least = -MU_CASE_NO_LIMIT,
     .most = MU_CASE_NO_LIMIT, .fallback = MU_CASE_NO_LIMIT,
     .meaning = N_("What the source expects, to be shown")},
    {MU_FIELD_AT(mu_case_check, least), .kind = MU_FIELD_REAL, .least = -MU_CASE_NO_LIMIT,
     .most = MU_CASE_NO_LIMIT, .fallback = -MU_CASE_NO_LIMIT,
     .meaning = N_("It holds if it is no less")},
    {MU_FIELD_AT(mu_case_check, most), .kind = MU_FIELD_REAL, .least = -MU_CASE_NO_LIMIT,
     .most = MU_CASE_NO_LIMIT, .fallback = MU_CASE_NO_LIMIT,
     .meaning = N_("and no more; without both it is only shown")},
};
static const mu_record_type check_type = {
    .name = "case_check",
    .meaning = N_("One thing that is measured, and what it must be"),
    .size = sizeof(mu_case_check),
    MU_FIELD_ROWS(check_fields),
    MU_FIELD_ORIGIN(mu_case_check),
};

static const mu_field case_fields[] = {
    {MU_FIELD_AT(mu_case, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the case: suite and number")},
    {MU_FIELD_AT(mu_case, suite), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = mu_case_suites, .meaning = N_("Whose tests it belongs to")},
    {MU_FIELD_AT(mu_case, title), .kind = MU_FIELD_TEXT, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("A few words")},
    {MU_FIELD_AT(mu_case, source), .kind = MU_FIELD_TEXT, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Publication and clause")},
    {MU_FIELD_AT(mu_case, shows), .kind = MU_FIELD_TEXT, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("What the case shows")},
    {MU_FIELD_AT(mu_case, choices), .kind = MU_FIELD_TEXT,
     .meaning = N_("What the source leaves open and was chosen here, and why")},
    {MU_FIELD_AT(mu_case, not_covered), .kind = MU_FIELD_TEXT,
     .meaning = N_("Why it cannot be played yet; it then has no scenes")},
    {MU_FIELD_AT(mu_case, mode), .kind = MU_FIELD_ENUM, .names = mode_words,
     .meaning = N_("What limits the flow through doors")},
    {MU_FIELD_AT(mu_case, seeds), .kind = MU_FIELD_INT, .least = 1, .most = 10000, .fallback = 1,
     .meaning = N_("How many times it is played, each with luck of its own")},
    {MU_FIELD_AT(mu_case, holds_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .fallback = 1,
     .unit = "1", .meaning = N_("Share of the checks that must hold")},
    {MU_FIELD_AT(mu_case, scenes), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &scene_type, .meaning = N_("What is played")},
    {MU_FIELD_AT(mu_case, checks), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &check_type, .meaning = N_("What is measured")},
};
static const mu_record_type case_type = {
    .name = "case",
    .meaning = N_("A verification case"),
    .size = sizeof(mu_case),
    MU_FIELD_ROWS(case_fields),
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_case_file = {
    .format = "muster.case",
    .version = 1,
    .root = &case_type,
    .meaning = N_("A verification case: scenes, what is measured in them, what must come out"),
};
