/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The year file as tables of fields. */
#include "readiness/year.h"

#include "core/field.h"
#include "core/i18n.h"
#include "site/site.h"

static const char *const pattern_words[] = {"office", "rota", NULL};
static const char *const period_words[] = {"none", "hour", "day", "week", "month", NULL};
static const char *const does_words[] = {"work",    "look",     "mend",  "teach", "examine",
                                         "exercise", "stock", "score", "rate", "sanction",
                                         "interim", "revise", NULL};

static const mu_field staff_fields[] = {
    {MU_FIELD_AT(mu_staff, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_staff, name), .kind = MU_FIELD_TEXT,
     .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_staff, role), .kind = MU_FIELD_WORD,
     .meaning = N_("Role of the roster whose members and groups they are, for an incident that "
                   "starts from a day of the year")},
    {MU_FIELD_AT(mu_staff, department), .kind = MU_FIELD_WORD,
     .meaning = N_("Department whose score their duties count for")},
    {MU_FIELD_AT(mu_staff, count), .kind = MU_FIELD_INT, .flags = MU_FIELD_REQUIRED, .least = 1,
     .most = 5000, .unit = "persons",
     .meaning = N_("How many there are, every team together")},
    {MU_FIELD_AT(mu_staff, pattern), .kind = MU_FIELD_ENUM, .names = pattern_words,
     .meaning = N_("When they work: in office hours, or round the clock in shifts")},
    {MU_FIELD_AT(mu_staff, teams), .kind = MU_FIELD_INT, .least = 1, .most = 8, .fallback = 3,
     .unit = "1",
     .meaning = N_("Rota: teams that take the shifts in turn")},
    {MU_FIELD_AT(mu_staff, shift_h), .kind = MU_FIELD_REAL, .least = 1, .most = 24, .fallback = 12,
     .unit = "h",
     .meaning = N_("Rota: length of a shift")},
    {MU_FIELD_AT(mu_staff, ill_per_year), .kind = MU_FIELD_REAL, .least = 0, .most = 50,
     .unit = "1",
     .meaning = N_("Spells of illness of one person in a year")},
    {MU_FIELD_AT(mu_staff, ill_d), .kind = MU_FIELD_DIST, .least = 0, .most = 365, .unit = "d",
     .meaning = N_("How long a spell lasts")},
    {MU_FIELD_AT(mu_staff, leave_d), .kind = MU_FIELD_INT, .least = 0, .most = 120, .unit = "d",
     .meaning = N_("Days of leave of one person in a year, taken in blocks of up to ten")},
    {MU_FIELD_AT(mu_staff, leaves_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1",
     .meaning = N_("Share of them that resigns in a year")},
    {MU_FIELD_AT(mu_staff, vacancy_d), .kind = MU_FIELD_DIST, .least = 0, .most = 365, .unit = "d",
     .meaning = N_("Until the place of one who resigned is filled")},
    {MU_FIELD_AT(mu_staff, led_by), .kind = MU_FIELD_REF, .target = MU_ENTITY_STAFF,
     .meaning = N_("Staff whose member on shift answers for what lapses; nobody if left out")},
};

static const mu_record_type staff_type = {
    .name = "staff",
    .meaning = N_("People of one kind who can stand in for each other"),
    .size = sizeof(mu_staff),
    MU_FIELD_ROWS(staff_fields),
    .defines = MU_ENTITY_STAFF,
    MU_FIELD_ORIGIN(mu_staff),
};

static const mu_field station_fields[] = {
    {MU_FIELD_AT(mu_station, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_station, name), .kind = MU_FIELD_TEXT,
     .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_station, staff), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_STAFF,
     .meaning = N_("Who mans it")},
    {MU_FIELD_AT(mu_station, persons), .kind = MU_FIELD_INT, .least = 1, .most = 100,
     .fallback = 1, .unit = "persons",
     .meaning = N_("How many at any hour")},
    {MU_FIELD_AT(mu_station, serves), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_CLAUSE,
     .meaning = N_("Clauses that it is judged under")},
};

static const mu_record_type station_type = {
    .name = "station",
    .meaning = N_("A place that is manned round the clock"),
    .size = sizeof(mu_station),
    MU_FIELD_ROWS(station_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_station),
};

static const mu_field duty_fields[] = {
    {MU_FIELD_AT(mu_duty, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_duty, name), .kind = MU_FIELD_TEXT,
     .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_duty, serves), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_CLAUSE,
     .meaning = N_("Clauses that it is judged under")},
    {MU_FIELD_AT(mu_duty, staff), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_STAFF,
     .meaning = N_("Whose hours it takes")},
    {MU_FIELD_AT(mu_duty, persons), .kind = MU_FIELD_INT, .least = 1, .most = 50, .fallback = 1,
     .unit = "persons",
     .meaning = N_("How many of them at the same time")},
    {MU_FIELD_AT(mu_duty, hours), .kind = MU_FIELD_DIST, .least = 0, .most = 2000, .unit = "h",
     .meaning = N_("How long it takes each of them")},
    {MU_FIELD_AT(mu_duty, every), .kind = MU_FIELD_INT, .least = 0, .most = 10000, .unit = "1",
     .meaning = N_("Falls due once in so many periods of the calendar; 0: it does not")},
    {MU_FIELD_AT(mu_duty, period), .kind = MU_FIELD_ENUM, .names = period_words,
     .meaning = N_("The period: hour, day, week (from Monday) or month")},
    {MU_FIELD_AT(mu_duty, within_d), .kind = MU_FIELD_REAL, .least = 0, .most = 366, .unit = "d",
     .meaning = N_("Has to be done within so many days of the start of the period; 0: by its end")},
    {MU_FIELD_AT(mu_duty, working_days), .kind = MU_FIELD_BOOL,
     .meaning = N_("Falls due and is done in office hours of working days only")},
    {MU_FIELD_AT(mu_duty, after), .kind = MU_FIELD_WORD,
     .meaning = N_("What else calls for it: a duty, an occasion, fault_found, newcomer, "
                   "failed_exam, blamed, low_score, low_again or serious_fault")},
    {MU_FIELD_AT(mu_duty, wait_h), .kind = MU_FIELD_DIST, .least = 0, .most = 100000, .unit = "h",
     .meaning = N_("From that until it falls due")},
    {MU_FIELD_AT(mu_duty, limit_h), .kind = MU_FIELD_REAL, .least = 0, .most = 100000, .unit = "h",
     .meaning = N_("Given up after so many hours; 0: at the end of the period, or never")},
    {MU_FIELD_AT(mu_duty, limit_wd), .kind = MU_FIELD_REAL, .least = 0, .most = 1000, .unit = "d",
     .meaning = N_("Given up after so many working days; 0: as limit_h")},
    {MU_FIELD_AT(mu_duty, demand), .kind = MU_FIELD_WORD,
     .meaning = N_("Which number of those clauses it is measured for; all if left out")},
    {MU_FIELD_AT(mu_duty, share), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .fallback = 1,
     .unit = "1",
     .meaning = N_("Share of what it is about that one time covers")},
    {MU_FIELD_AT(mu_duty, number), .kind = MU_FIELD_REAL, .least = 0, .most = 1000000,
     .meaning = N_("The number for a clause that asks for neither a time nor a share, such "
                   "as a count of grades; of a rating or a sanction: how many grades it has")},
    {MU_FIELD_AT(mu_duty, taken_up), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .fallback = 1,
     .unit = "1",
     .meaning = N_("Share of calls that are followed: whether somebody appeals")},
    {MU_FIELD_AT(mu_duty, does), .kind = MU_FIELD_ENUM, .names = does_words,
     .meaning = N_("What else it brings about")},
    {MU_FIELD_AT(mu_duty, looks_at), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_LIST,
     .names = mu_equipment_words,
     .meaning = N_("Look: kinds of equipment whose faults it can find")},
    {MU_FIELD_AT(mu_duty, finds), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .fallback = 1,
     .unit = "1",
     .meaning = N_("Look: chance that a fault there is found")},
    {MU_FIELD_AT(mu_duty, patrol), .kind = MU_FIELD_REF, .target = MU_ENTITY_PATROL,
     .meaning = N_("Round of the roster that is walked: gives the hours and the spaces")},
    {MU_FIELD_AT(mu_duty, whole_site), .kind = MU_FIELD_BOOL,
     .meaning = N_("Every round of the roster, one after the other")},
    {MU_FIELD_AT(mu_duty, topic), .kind = MU_FIELD_WORD,
     .meaning = N_("Teach, examine: the topic")},
    {MU_FIELD_AT(mu_duty, attends), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_STAFF,
     .meaning = N_("Teach, examine, exercise: who takes part")},
    {MU_FIELD_AT(mu_duty, seats), .kind = MU_FIELD_INT, .least = 0, .most = 5000,
     .unit = "persons",
     .meaning = N_("Of one session; 0: all at once")},
    {MU_FIELD_AT(mu_duty, at_station), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whoever mans a station can do it from there")},
    {MU_FIELD_AT(mu_duty, blamed), .kind = MU_FIELD_BOOL,
     .meaning = N_("If it lapses that is a failing to be put on record")},
    {MU_FIELD_AT(mu_duty, priority), .kind = MU_FIELD_INT, .least = 0, .most = 9, .fallback = 5,
     .unit = "1",
     .meaning = N_("Among what waits for the same people, higher first")},
    {MU_FIELD_AT(mu_duty, cost), .kind = MU_FIELD_REAL, .least = 0, .most = 1000000000.0,
     .meaning = N_("Cost of one time")},
};

static const mu_record_type duty_type = {
    .name = "duty",
    .meaning = N_("Something that has to be done"),
    .size = sizeof(mu_duty),
    MU_FIELD_ROWS(duty_fields),
    .defines = MU_ENTITY_DUTY,
    MU_FIELD_ORIGIN(mu_duty),
};

static const mu_field wear_fields[] = {
    {MU_FIELD_AT(mu_wear, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_wear, name), .kind = MU_FIELD_TEXT,
     .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_wear, kinds), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_LIST,
     .names = mu_equipment_words,
     .meaning = N_("Kinds of equipment of the site")},
    {MU_FIELD_AT(mu_wear, count), .kind = MU_FIELD_INT, .least = 0, .most = 10000, .unit = "1",
     .meaning = N_("And so many pieces that the site file does not hold")},
    {MU_FIELD_AT(mu_wear, needs), .kind = MU_FIELD_INT, .least = 0, .most = 10000, .unit = "1",
     .meaning = N_("So many of them have to work for the whole to work; 0: each counts by itself")},
    {MU_FIELD_AT(mu_wear, life_d), .kind = MU_FIELD_DIST, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 100000, .unit = "d",
     .meaning = N_("From new or mended to the next fault")},
    {MU_FIELD_AT(mu_wear, repair_h), .kind = MU_FIELD_DIST, .least = 0, .most = 100000,
     .unit = "h",
     .meaning = N_("Work of one technician")},
    {MU_FIELD_AT(mu_wear, parts_h), .kind = MU_FIELD_DIST, .least = 0, .most = 100000, .unit = "h",
     .meaning = N_("Wait for parts before that")},
    {MU_FIELD_AT(mu_wear, serious), .kind = MU_FIELD_BOOL,
     .meaning = N_("Its faults are made safe until they are mended: they call for serious_fault")},
    {MU_FIELD_AT(mu_wear, tells), .kind = MU_FIELD_BOOL,
     .meaning = N_("It diagnoses itself")},
    {MU_FIELD_AT(mu_wear, tells_h), .kind = MU_FIELD_DIST, .least = 0, .most = 100000, .unit = "h",
     .meaning = N_("And tells after this time")},
    {MU_FIELD_AT(mu_wear, serves), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_CLAUSE,
     .meaning = N_("Clauses about finding its faults without being looked at")},
    {MU_FIELD_AT(mu_wear, cost), .kind = MU_FIELD_REAL, .least = 0, .most = 1000000000.0,
     .meaning = N_("Cost of one repair")},
};

static const mu_record_type wear_type = {
    .name = "wear",
    .meaning = N_("What fails, and how it is known and mended"),
    .size = sizeof(mu_wear),
    MU_FIELD_ROWS(wear_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_wear),
};

static const mu_field occasion_fields[] = {
    {MU_FIELD_AT(mu_occasion, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_occasion, name), .kind = MU_FIELD_TEXT,
     .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_occasion, per_year), .kind = MU_FIELD_REAL, .least = 0, .most = 100000,
     .unit = "1",
     .meaning = N_("How often in a year, at random")},
    {MU_FIELD_AT(mu_occasion, dates), .kind = MU_FIELD_DATE, .flags = MU_FIELD_LIST,
     .meaning = N_("Days on which it comes")},
};

static const mu_record_type occasion_type = {
    .name = "occasion",
    .meaning = N_("What comes up at no fixed time"),
    .size = sizeof(mu_occasion),
    MU_FIELD_ROWS(occasion_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_occasion),
};

static const mu_field topic_fields[] = {
    {MU_FIELD_AT(mu_topic, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_topic, name), .kind = MU_FIELD_TEXT,
     .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_topic, half_life_d), .kind = MU_FIELD_REAL, .least = 0.1, .most = 100000,
     .fallback = 198, .unit = "d",
     .meaning = N_("Time in which half of what was learned is forgotten")},
    {MU_FIELD_AT(mu_topic, pass), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .fallback = 0.6,
     .unit = "1",
     .meaning = N_("Share of it that an examination asks for")},
    {MU_FIELD_AT(mu_topic, spread), .kind = MU_FIELD_REAL, .least = 0, .most = 1, .unit = "1",
     .meaning = N_("Standard deviation of one result about the share still known")},
    {MU_FIELD_AT(mu_topic, skill), .kind = MU_FIELD_WORD,
     .meaning = N_("Skill of the roster that only those hold who would pass")},
    {MU_FIELD_AT(mu_topic, source), .kind = MU_FIELD_STRING,
     .meaning = N_("Where the numbers come from")},
};

static const mu_record_type topic_type = {
    .name = "topic",
    .meaning = N_("What is taught and forgotten"),
    .size = sizeof(mu_topic),
    MU_FIELD_ROWS(topic_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field store_fields[] = {
    {MU_FIELD_AT(mu_store, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_store, name), .kind = MU_FIELD_TEXT,
     .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_store, count), .kind = MU_FIELD_INT, .flags = MU_FIELD_REQUIRED, .least = 1,
     .most = 1000000, .unit = "1",
     .meaning = N_("Pieces that should be there")},
    {MU_FIELD_AT(mu_store, equipment), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_EQUIPMENT,
     .meaning = N_("Equipment of the site of which it is the stock: an incident that starts from a "
                   "day has what is usable then")},
    {MU_FIELD_AT(mu_store, keeps_d), .kind = MU_FIELD_DIST, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 100000, .unit = "d",
     .meaning = N_("From delivery to expiry")},
    {MU_FIELD_AT(mu_store, order_d), .kind = MU_FIELD_DIST, .least = 0, .most = 100000,
     .unit = "d",
     .meaning = N_("From order to delivery")},
    {MU_FIELD_AT(mu_store, cost), .kind = MU_FIELD_REAL, .least = 0, .most = 1000000000.0,
     .meaning = N_("Cost of one piece")},
};

static const mu_record_type store_type = {
    .name = "store",
    .meaning = N_("What is kept in stock and expires"),
    .size = sizeof(mu_store),
    MU_FIELD_ROWS(store_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field booking_fields[] = {
    {MU_FIELD_AT(mu_booking, duty), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_DUTY,
     .meaning = N_("The duty")},
    {MU_FIELD_AT(mu_booking, at), .kind = MU_FIELD_DATE, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Day and hour for which it is planned")},
};

static const mu_record_type booking_type = {
    .name = "booking",
    .meaning = N_("An entry of a planner's own schedule, which holds instead of the calendar"),
    .size = sizeof(mu_booking),
    MU_FIELD_ROWS(booking_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_booking),
};

static const mu_field statement_fields[] = {
    {MU_FIELD_AT(mu_statement, clause), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_CLAUSE,
     .meaning = N_("Clause that it answers")},
    {MU_FIELD_AT(mu_statement, demand), .kind = MU_FIELD_WORD,
     .meaning = N_("Which number of the clause; the first if left out")},
    {MU_FIELD_AT(mu_statement, value), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 1000000000.0,
     .meaning = N_("The number; 1 for yes, 0 for no")},
    {MU_FIELD_AT(mu_statement, evidence), .kind = MU_FIELD_TEXT, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Document that shows it, and who keeps it")},
    {MU_FIELD_AT(mu_statement, dated), .kind = MU_FIELD_DATE,
     .meaning = N_("Date of the document")},
    {MU_FIELD_AT(mu_statement, until), .kind = MU_FIELD_DATE,
     .meaning = N_("Valid until")},
};

static const mu_record_type statement_type = {
    .name = "statement",
    .meaning = N_("What the organisation states of itself, with the paper that shows it"),
    .size = sizeof(mu_statement),
    MU_FIELD_ROWS(statement_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_statement),
};

static const mu_field year_fields[] = {
    {MU_FIELD_AT(mu_year, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name of the year in results")},
    {MU_FIELD_AT(mu_year, name), .kind = MU_FIELD_TEXT,
     .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_year, story), .kind = MU_FIELD_TEXT,
     .meaning = N_("What this file is about, in a few sentences")},
    {MU_FIELD_AT(mu_year, from), .kind = MU_FIELD_DATE, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("First day")},
    {MU_FIELD_AT(mu_year, days), .kind = MU_FIELD_INT, .least = 1, .most = 3660, .fallback = 365,
     .unit = "d",
     .meaning = N_("Length")},
    {MU_FIELD_AT(mu_year, holidays), .kind = MU_FIELD_DATE, .flags = MU_FIELD_LIST,
     .meaning = N_("Days from Monday to Friday on which nobody works in the offices")},
    {MU_FIELD_AT(mu_year, opens_h), .kind = MU_FIELD_REAL, .least = 0, .most = 24, .fallback = 9,
     .unit = "h",
     .meaning = N_("Office hours begin")},
    {MU_FIELD_AT(mu_year, closes_h), .kind = MU_FIELD_REAL, .least = 0, .most = 24, .fallback = 17,
     .unit = "h",
     .meaning = N_("Office hours end")},
    {MU_FIELD_AT(mu_year, budget), .kind = MU_FIELD_REAL, .least = 0, .most = 1000000000000.0,
     .meaning = N_("What may be spent in the year; 0: not given")},
    {MU_FIELD_AT(mu_year, pass_score), .kind = MU_FIELD_REAL, .least = 0, .most = 100,
     .fallback = 60, .unit = "1",
     .meaning = N_("Score that a department has to reach")},
    {MU_FIELD_AT(mu_year, staff), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &staff_type,
     .meaning = N_("Who works here")},
    {MU_FIELD_AT(mu_year, stations), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &station_type,
     .meaning = N_("Places that are manned round the clock")},
    {MU_FIELD_AT(mu_year, duties), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &duty_type,
     .meaning = N_("What has to be done")},
    {MU_FIELD_AT(mu_year, equipment), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &wear_type,
     .meaning = N_("What fails")},
    {MU_FIELD_AT(mu_year, occasions), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &occasion_type,
     .meaning = N_("What comes up")},
    {MU_FIELD_AT(mu_year, topics), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &topic_type,
     .meaning = N_("What is taught")},
    {MU_FIELD_AT(mu_year, stores), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &store_type,
     .meaning = N_("What is kept in stock")},
    {MU_FIELD_AT(mu_year, schedule), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &booking_type,
     .meaning = N_("A planner's own schedule")},
    {MU_FIELD_AT(mu_year, statements), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &statement_type,
     .meaning = N_("What the organisation states of itself")},
};

static const mu_record_type year_type = {
    .name = "year",
    .meaning = N_("A year of an organisation"),
    .size = sizeof(mu_year),
    MU_FIELD_ROWS(year_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_year_file = {
    .format = "muster.year",
    .version = 1,
    .root = &year_type,
    .meaning = N_("The year: staff, duties, equipment, training, stock and what is stated on paper"),
};

const char *mu_period_name(mu_period period) {
    return period_words[period];
}
