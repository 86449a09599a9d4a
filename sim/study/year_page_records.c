/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hazard ledger and the records of persons, in the report of a year. */
#include <math.h>
#include <stdlib.h>

#include "core/i18n.h"
#include "study/year_page.h"

enum { ENTRIES_MOST = 10, PERSONS_MOST = 12 };

static const char *say_day(const mu_year_plan *plan, mu_time at_us) {
    int64_t year;
    int month, day;
    if (at_us == MU_NEVER) {
        return "–";
    }
    mu_date_of(plan->calendar.first_day + at_us / MU_DAY, &year, &month, &day);
    return mu_audit_say(plan, "%04d-%02d-%02d", (int)year, month, day);
}

static void put_sums(mu_year_page *p) {
    const mu_year_plan *plan = p->r->plan;
    const mu_year_ledger_row *row = &p->r->ledger;
    const uint32_t mends = mu_year_mends(plan);
    mu_doc_facts(&p->doc, 2);
    mu_doc_fact(&p->doc, _("Entries a year"), mu_year_say_number(plan, row->opened.mean));
    mu_doc_fact(&p->doc, _("Still open when the year ends"),
                mu_year_say_number(plan, row->open_at_end.mean));
    mu_doc_fact(&p->doc, _("Days open, mean and longest"),
                mu_audit_say(plan, "%s / %s", mu_year_say_number(plan, row->age_d.mean),
                             mu_year_say_number(plan, row->longest_d.mean)));
    mu_doc_fact(&p->doc, _("Open for longer than allowed"),
                mu_year_say_number(plan, row->overdue.mean));
    mu_doc_fact(&p->doc, _("Serious, and of them without an interim measure"),
                mu_audit_say(plan, "%s / %s", mu_year_say_number(plan, row->serious.mean),
                             mu_year_say_number(plan, row->unsafe.mean)));
    mu_doc_fact(&p->doc, _("Hours until an interim measure holds"),
                mu_year_say_number(plan, row->safe_h.mean));
    mu_doc_fact(
        &p->doc, _("Owner"),
        mends == MU_NONE
            ? "–"
            : mu_year_text(p, plan->staff.items[plan->duties.items[mends].staff].given->name));
    mu_doc_fact(&p->doc, _("Repairs that were accepted"),
                mu_year_say_share(plan, row->accepted.mean));
    mu_doc_facts_end(&p->doc);
}

/* The entry that was open longest and is not shown yet; MU_NONE. */
static uint32_t oldest(const mu_year_records *records, const uint8_t *shown) {
    uint32_t best = MU_NONE;
    for (uint32_t h = 0; h < records->hazards.count; h++) {
        const mu_hazard *hazard = &records->hazards.items[h];
        if (shown[h] == 0 &&
            (best == MU_NONE || mu_hazard_age_d(records, hazard) >
                                    mu_hazard_age_d(records, &records->hazards.items[best]))) {
            best = h;
        }
    }
    return best;
}

static void put_entry(mu_year_page *p, const mu_hazard *hazard) {
    const mu_year_plan *plan = p->r->plan;
    const mu_asset *asset = &plan->assets.items[hazard->asset];
    const char *where =
        asset->equipment == MU_NONE ? "" : plan->site.equipment.items[asset->equipment].id;
    mu_doc_cell(&p->doc, NULL,
                mu_audit_say(plan, "%s %s",
                             mu_year_text(p, plan->year.equipment.items[asset->wear].name), where));
    mu_doc_cell(&p->doc, "mark", say_day(plan, hazard->found_us));
    mu_doc_cell(&p->doc, NULL,
                hazard->found_by == MU_NONE
                    ? _("told of itself")
                    : mu_year_text(p, plan->duties.items[hazard->found_by].given->name));
    mu_doc_cell(&p->doc, "mark",
                mu_hazard_is_serious(&p->r->records, hazard) ? say_day(plan, hazard->safe_us)
                                                             : "–");
    mu_doc_cell(&p->doc, "mark", say_day(plan, hazard->mended_us));
    mu_doc_cell(&p->doc, "mark", say_day(plan, hazard->accepted_us));
    mu_doc_cell(&p->doc, "number",
                mu_year_say_number(plan, mu_hazard_age_d(&p->r->records, hazard)));
}

static void put_entries(mu_year_page *p) {
    const mu_column columns[] = {{_("What"), NULL},         {_("Found"), "mark"},
                                 {_("How"), NULL},          {_("Made safe"), "mark"},
                                 {_("Mended"), "mark"},     {_("Accepted"), "mark"},
                                 {_("Days open"), "number"}};
    const mu_year_records *records = &p->r->records;
    uint8_t *shown = calloc((size_t)records->hazards.count + 1, 1);
    if (shown == NULL) {
        p->doc.page.no_memory = true;
        return;
    }
    mu_doc_heading(
        &p->doc, 3, NULL,
        mu_audit_say(p->r->plan, _("Open longest in year %u of the log"), p->r->log_replication));
    mu_doc_table(&p->doc, NULL, columns, 7);
    for (int k = 0; k < ENTRIES_MOST; k++) {
        const uint32_t h = oldest(records, shown);
        if (h == MU_NONE) {
            break;
        }
        shown[h] = 1;
        put_entry(p, &records->hazards.items[h]);
    }
    mu_doc_table_end(&p->doc);
    free(shown);
}

void mu_year_page_ledger(mu_year_page *p) {
    if (p->r->plan->year.equipment.count > 0) {
        mu_doc_heading(&p->doc, 3, NULL, _("Hazard ledger"));
        put_sums(p);
        if (p->r->records.hazards.count > 0) {
            put_entries(p);
        }
    }
}

/* Persons. */

static const char *say_stars(uint32_t grade) {
    static const char *const stars[MU_GRADES_MOST + 1] = {"–", "★", "★★", "★★★", "★★★★", "★★★★★"};
    return stars[grade < MU_GRADES_MOST ? grade : MU_GRADES_MOST];
}

static void put_ratings(mu_year_page *p) {
    const mu_year_plan *plan = p->r->plan;
    const mu_column columns[] = {{_("Rating"), NULL}, {_("Points"), "number"}, {"★", "number"},
                                 {"★★", "number"},    {"★★★", "number"},       {"★★★★", "number"},
                                 {"★★★★★", "number"}};
    mu_doc_table(&p->doc, NULL, columns, 7);
    for (uint32_t r = 0; r < plan->ratings; r++) {
        const mu_year_rating_row *row = &p->r->ratings[r];
        const mu_duty *duty = plan->duties.items[row->duty].given;
        mu_doc_cell(&p->doc, NULL, mu_year_text(p, duty->name));
        mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->points.mean));
        for (int g = 0; g < MU_GRADES_MOST; g++) {
            mu_doc_cell(&p->doc, "number",
                        mu_year_say_share(plan, duty->number > g ? row->share[g] : (double)NAN));
        }
    }
    mu_doc_table_end(&p->doc);
    mu_doc_paragraph(
        &p->doc, "small",
        _("Points: the mean of duties done in time, courses and exercises attended, and "
          "examinations passed, less 20 for each failing on record since the last rating. The "
          "policy gives the number of grades; how points come about is a planning assumption."));
}

static void put_failings(mu_year_page *p) {
    const mu_year_plan *plan = p->r->plan;
    mu_doc_facts(&p->doc, 2);
    mu_doc_fact(&p->doc, _("Failings put on record, a year"),
                mu_year_say_number(plan, p->r->failings.mean));
    mu_doc_fact(&p->doc, _("Sanctions a year, grade 1 / 2 / 3 / 4"),
                mu_audit_say(plan, "%.2g / %.2g / %.2g / %.2g", p->r->sanctions[0],
                             p->r->sanctions[1], p->r->sanctions[2], p->r->sanctions[3]));
    mu_doc_facts_end(&p->doc);
}

/* The least points that a person was given, less for each failing: who is shown first. */
static double standing(const mu_year_records *records, uint32_t person) {
    double least = 100;
    for (uint32_t r = 0; r < records->plan->ratings; r++) {
        const mu_rated *rated = &records->rated[(size_t)person * records->plan->ratings + r];
        least = rated->count > 0 ? fmin(least, rated->sum / rated->count) : least;
    }
    return least - 100.0 * records->persons[person].failings;
}

static void put_person(mu_year_page *p, uint32_t person) {
    const mu_year_plan *plan = p->r->plan;
    const mu_staff_plan *staff = &plan->staff.items[mu_year_staff_at(plan, person)];
    const mu_person_record *record = &p->r->records.persons[person];
    mu_doc_cell(&p->doc, NULL,
                mu_audit_say(plan, "%s %u", mu_year_text(p, staff->given->name),
                             person - staff->first + 1));
    for (uint32_t r = 0; r < plan->ratings; r++) {
        const mu_rated *rated = &p->r->records.rated[(size_t)person * plan->ratings + r];
        const uint32_t grades = (uint32_t)plan->duties.items[p->r->ratings[r].duty].given->number;
        mu_doc_cell(&p->doc, "number",
                    rated->count == 0 ? "–"
                    : grades > 0      ? mu_audit_say(plan, "%s (%.0f)",
                                                     say_stars(mu_year_grade(rated->last, grades)),
                                                     rated->sum / rated->count)
                                      : mu_year_say_number(plan, rated->sum / rated->count));
    }
    mu_doc_cell(&p->doc, "number", mu_audit_say(plan, "%u", record->failings));
    mu_doc_cell(&p->doc, "number",
                record->sanctions == 0 ? "–" : mu_audit_say(plan, "%u", record->grade));
}

/* Whoever stands worst and is not shown yet; MU_NONE: nobody stands below the full mark. */
static uint32_t worst(const mu_year_records *records, const uint8_t *shown) {
    uint32_t person = MU_NONE;
    double least = 100;
    for (uint32_t k = 0; k < records->plan->persons; k++) {
        const double points = shown[k] == 0 ? standing(records, k) : 100;
        if (points < least) {
            least = points;
            person = k;
        }
    }
    return person;
}

enum { RATINGS_SHOWN_MOST = 4 };

static void open_persons(mu_year_page *p) {
    const mu_year_plan *plan = p->r->plan;
    mu_column columns[RATINGS_SHOWN_MOST + 3] = {{_("Person"), NULL}};
    int count = 1;
    for (uint32_t r = 0; r < plan->ratings; r++) {
        columns[count++] = (mu_column){
            mu_year_text(p, plan->duties.items[p->r->ratings[r].duty].given->name), "number"};
    }
    columns[count++] = (mu_column){_("Failings"), "number"};
    columns[count++] = (mu_column){_("Grade of sanction"), "number"};
    mu_doc_heading(
        &p->doc, 3, NULL,
        mu_audit_say(plan, _("Records to look at in year %u of the log"), p->r->log_replication));
    mu_doc_table(&p->doc, NULL, columns, count);
}

static void put_persons(mu_year_page *p) {
    const mu_year_records *records = &p->r->records;
    uint8_t *shown = calloc((size_t)p->r->plan->persons + 1, 1);
    if (shown == NULL) {
        p->doc.page.no_memory = true;
        return;
    }
    uint32_t person = worst(records, shown);
    if (person != MU_NONE) {
        open_persons(p);
        for (int k = 0; k < PERSONS_MOST && person != MU_NONE; k++) {
            shown[person] = 1;
            put_person(p, person);
            person = worst(records, shown);
        }
        mu_doc_table_end(&p->doc);
    }
    free(shown);
}

void mu_year_page_records(mu_year_page *p) {
    const uint32_t ratings = p->r->plan->ratings;
    mu_doc_heading(&p->doc, 3, NULL, _("Personal records"));
    if (ratings > 0 && ratings <= RATINGS_SHOWN_MOST) {
        put_ratings(p);
    }
    put_failings(p);
    if (ratings <= RATINGS_SHOWN_MOST && p->r->records.persons != NULL) {
        put_persons(p);
    }
}
