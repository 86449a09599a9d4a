/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json of a year as tables of fields, from which its schema and reference come. */
#include "core/field_told.h"
#include "core/i18n.h"
#include "study/year.h"

static const char *const how_words[] = {"simulated", "scheduled", "declared", NULL};
static const char *const verdict_words[] = {"not_exercised", "met", "missed", "undecided", NULL};
static const char *const rating_words[] = {"P", "S", "M", "U", "N", NULL};

#define MEAN(id, what) INSIDE(id, ALWAYS, mean, what)

static const mu_field mean_rows[] = {
    REAL("mean", OR_NULL, NULL, N_("Mean over the years; null where none has the number")),
    REAL("sd", OR_NULL, NULL, N_("Standard deviation between years; null with fewer than two")),
};
TABLE(mean, mean_rows, N_("A number of each year, over all years"));

static const mu_field input_rows[] = {
    STRING("name", ALWAYS, N_("The file as it was named")),
    STRING("hash", ALWAYS, N_("64-bit hash of its bytes, 16 hexadecimal digits")),
};
TABLE(input, input_rows, N_("A file that was read"));

static const mu_field clause_rows[] = {
    STRING("id", ALWAYS, N_("Id of the clause")),
    TEXT("title", N_("Its title")),
    WORDS("how", ALWAYS, how_words, N_("How it was judged")),
    { .name = "off", .kind = MU_FIELD_BOOL, .flags = ALWAYS,
      .meaning = N_("Switched off in the policy") },
    WORDS("verdict", ALWAYS, verdict_words, N_("The verdict")),
    WORDS("rating", ALWAYS, rating_words,
          N_("Predicted rating: performed without challenges, some, major, unable, not exercised")),
    COUNT("runs", N_("Years, or runs of the incident, that decide it")),
    COUNT("met", N_("Of them, those that meet it")),
    SHARE("share", OR_NULL, N_("Share that meets it")),
    SHARE("ci_low", OR_NULL, N_("Lower end of its 95 % interval (Wilson)")),
    SHARE("ci_high", OR_NULL, N_("Upper end")),
    REAL("median", OR_NULL, NULL, N_("Median of the number that was judged, in `unit`")),
    REAL("worst", OR_NULL, NULL, N_("The same in the year that misses most; null of an incident")),
    REAL("limit", OR_NULL, NULL, N_("The first number that the clause demands")),
    STRING("unit", OR_NULL, N_("Its unit")),
    REAL("occasions", ALWAYS, "1",
         N_("How often a year it was to be kept; 0 where that is not counted")),
    REAL("kept", ALWAYS, "1", N_("And how often it was")),
    STRING("incident", OR_NULL,
           N_("Incident played along that the verdict comes from; null: the year or the audit")),
};
TABLE(clause, clause_rows, N_("One clause of the policy"));

static const mu_field staff_rows[] = {
    STRING("id", ALWAYS, N_("Id of the staff")),
    MEAN("present_h", N_("Person-hours on shift and present")),
    MEAN("duties_h", N_("Of them on duties")),
    MEAN("stations_h", N_("Of them at stations")),
};
TABLE(staff, staff_rows, N_("People of one kind"));

static const mu_field station_rows[] = {
    STRING("id", ALWAYS, N_("Id of the station")),
    MEAN("manned", N_("Share of time with everybody there")),
};
TABLE(station, station_rows, N_("A place that is manned round the clock"));

static const mu_field duty_rows[] = {
    STRING("id", ALWAYS, N_("Id of the duty")),
    MEAN("due", N_("How often it fell due")),
    MEAN("done", N_("How often it was done")),
    MEAN("lapsed", N_("How often nobody was free in time")),
    MEAN("late", N_("How often it ended after its deadline")),
};
TABLE(duty, duty_rows, N_("Something that has to be done"));

static const mu_field wear_rows[] = {
    STRING("id", ALWAYS, N_("Id in the year file")),
    MEAN("available", N_("Share of time that one piece works")),
    MEAN("whole", N_("Share of time that enough of them work")),
    MEAN("faults", N_("Faults a year")),
    MEAN("hidden_d", N_("Days from a fault until it is found")),
    MEAN("open_d", N_("Days from then until it is mended")),
    MEAN("longest_d", N_("The longest of these")),
    SHARE("told", OR_NULL, N_("Share of faults that told of themselves")),
};
TABLE(wear, wear_rows, N_("Equipment of one kind"));

static const mu_field topic_rows[] = {
    STRING("id", ALWAYS, N_("Id of the topic")),
    MEAN("known", N_("Share still known, over those who are taught and over time")),
    MEAN("at_end", N_("The same on the last day")),
};
TABLE(topic, topic_rows, N_("What is taught and forgotten"));

static const mu_field store_rows[] = {
    STRING("id", ALWAYS, N_("Id of the store")),
    MEAN("usable", N_("Share of it that is there and not expired, over time")),
};
TABLE(store, store_rows, N_("What is kept in stock"));

static const mu_field department_rows[] = {
    STRING("id", ALWAYS, N_("Word of the department")),
    MEAN("score", N_("Mean of its scores, 0 to 100")),
    REAL("low", ALWAYS, "1", N_("Scores below the pass mark, a year")),
};
TABLE(department, department_rows, N_("A department that is scored"));

static const mu_field ledger_rows[] = {
    MEAN("opened", N_("Entries a year")),
    MEAN("open_at_end", N_("Of them not mended when the year ends")),
    MEAN("overdue", N_("Of them open for longer than whoever mends them has")),
    MEAN("age_d", N_("Days from being found to being mended, or to the end of the year")),
    MEAN("longest_d", N_("The longest of these")),
    MEAN("serious", N_("Entries about equipment that is marked as serious")),
    MEAN("unsafe", N_("Of them without an interim measure")),
    MEAN("safe_h", N_("Hours until an interim measure was in place")),
    MEAN("accepted", N_("Share of the mended that was accepted")),
};
TABLE(ledger, ledger_rows, N_("The hazard ledger, a year"));

static const mu_field rating_rows[] = {
    STRING("duty", ALWAYS, N_("The duty that rates")),
    MEAN("points", N_("Points of all persons and ratings, 0 to 100")),
    { .name = "shares", .kind = MU_FIELD_REAL, .flags = LIST, .least = 0, .most = 5, .unit = "1",
      .meaning = N_("Share of ratings by grade, the least first; empty where it has no grades") },
};
TABLE(rating, rating_rows, N_("A rating of persons"));

static const mu_field hazard_rows[] = {
    STRING("what", ALWAYS, N_("Kind of equipment in the year file")),
    STRING("equipment", OR_NULL, N_("Id in the site file; null where it is not in it")),
    STRING("found_by", OR_NULL, N_("Duty that found it; null: it told of itself")),
    REAL("found_d", ALWAYS, "d", N_("Day of the year, with parts of a day, on which it was found")),
    REAL("safe_d", OR_NULL, "d", N_("Day from which an interim measure held")),
    REAL("mended_d", OR_NULL, "d", N_("Day on which it was mended")),
    REAL("accepted_d", OR_NULL, "d", N_("Day on which the repair was accepted")),
    REAL("age_d", ALWAYS, "d", N_("Days open")),
    { .name = "serious", .kind = MU_FIELD_BOOL, .flags = ALWAYS,
      .meaning = N_("Whether it is made safe at once") },
    { .name = "overdue", .kind = MU_FIELD_BOOL, .flags = ALWAYS,
      .meaning = N_("Open for longer than whoever mends it has") },
};
TABLE(hazard, hazard_rows, N_("An entry of the hazard ledger"));

static const mu_field person_rating_rows[] = {
    STRING("duty", ALWAYS, N_("The duty that rates")),
    COUNT("times", N_("How often the person was rated")),
    REAL("mean", ALWAYS, "1", N_("Mean of the points, 0 to 100")),
    REAL("least", ALWAYS, "1", N_("The least of them")),
    REAL("last", ALWAYS, "1", N_("The last of them")),
    { .name = "grade", .kind = MU_FIELD_INT, .flags = OR_NULL, .most = 100,
      .meaning = N_("The last one as a grade: stars; null where it has no grades") },
};
TABLE(person_rating, person_rating_rows, N_("What one person was rated"));

static const mu_field person_rows[] = {
    STRING("id", ALWAYS, N_("Staff and number")),
    COUNT("failings", N_("Failings on record")),
    COUNT("sanctions", N_("Of them decided on")),
    COUNT("grade", N_("Grade of the last sanction; 0: none")),
    LIST_OF("ratings", person_rating, N_("Ratings")),
};
TABLE(person, person_rows, N_("The record of one person who was rated or failed"));

static const mu_field logged_rows[] = {
    COUNT("replication", N_("Which year, counted from 0: the one of log.jsonl")),
    LIST_OF("ledger", hazard, N_("The hazard ledger, in the order in which hazards were found")),
    LIST_OF("persons", person, N_("Persons")),
};
TABLE(logged, logged_rows, N_("One year in detail"));

static const mu_field results_rows[] = {
    STRING("program", ALWAYS, N_("Program that wrote it")),
    COUNT("seed", N_("Seed of all luck")),
    STRING("year", ALWAYS, N_("Id of the year")),
    LIST_OF("inputs", input, N_("Files that were read")),
    COUNT("reps", N_("How many years were simulated")),
    STRING("state_hash", ALWAYS, N_("Hash of all final states, 16 hexadecimal digits")),
    COUNT("events", N_("Events handled in all years")),
    LIST_OF("clauses", clause, N_("Every clause of the policy, in its order")),
    LIST_OF("staff", staff, N_("Hours of staff")),
    LIST_OF("stations", station, N_("Stations")),
    LIST_OF("duties", duty, N_("Duties")),
    LIST_OF("equipment", wear, N_("Equipment")),
    LIST_OF("topics", topic, N_("Training")),
    LIST_OF("stores", store, N_("Stock")),
    LIST_OF("departments", department, N_("Department scores")),
    INSIDE("ledger", ALWAYS, ledger, N_("The hazard ledger, a year")),
    LIST_OF("ratings", rating, N_("Ratings of persons")),
    MEAN("failings", N_("Failings put on record, a year")),
    { .name = "sanctions", .kind = MU_FIELD_REAL, .flags = LIST, .most = 5, .unit = "1",
      .meaning = N_("Sanctions a year by grade, the first first") },
    MEAN("spent", N_("What was spent")),
    REAL("budget", ALWAYS, NULL, N_("What may be spent; 0: not given")),
    INSIDE("logged", ALWAYS, logged, N_("The year whose log was kept")),
};
TABLE(results, results_rows, N_("What many years say"));

const mu_file_kind mu_year_results_file = {
    .format = "muster.year-results",
    .version = 1,
    .root = &results,
    .meaning = N_("Results of a year, as `muster year` writes them"),
};
