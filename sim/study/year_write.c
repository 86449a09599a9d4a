/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json and log.jsonl of a year. */
#include <math.h>

#include "core/file_out.h"
#include "core/json_out.h"
#include "drill/log_names.h"
#include "study/year.h"

static void put_mean(mu_json_out *out, const char *key, const mu_year_mean *mean) {
    mu_json_open_flat(out, key, '{');
    mu_json_put_real(out, "mean", mean->mean);
    mu_json_put_real(out, "sd", mean->sd);
    mu_json_close(out, '}');
}

static void put_head(mu_json_out *out, const mu_year_results *r, const char *version,
                     const char *format) {
    char text[64];
    (void)snprintf(text, sizeof text, "muster %s", version);
    mu_json_put_string(out, "format", format);
    mu_json_put_int(out, "version", 1);
    mu_json_put_string(out, "program", text);
    mu_json_put_count(out, "seed", r->seed);
    mu_json_put_string(out, "year", r->plan->year.id);
    mu_json_open(out, "inputs", '[');
    for (uint32_t i = 0; i < r->plan->files.count; i++) {
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "name", r->plan->files.items[i].name);
        mu_json_put_hash(out, "hash", r->plan->files.items[i].hash);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_clause(mu_json_out *out, const mu_year_results *r, uint32_t c) {
    const mu_clause *given = &r->plan->policy.clauses.items[c];
    const mu_year_clause *clause = &r->clauses[c];
    const char rating[2] = {clause->rating, 0};
    mu_json_open_flat(out, NULL, '{');
    mu_json_put_string(out, "id", given->id);
    mu_json_put_text(out, "title", &given->title);
    mu_json_put_string(out, "how", mu_how_name(clause->how));
    mu_json_put_bool(out, "off", given->off);
    mu_json_put_string(out, "verdict", mu_verdict_name(clause->verdict));
    mu_json_put_string(out, "rating", rating);
    mu_json_put_count(out, "runs", clause->runs);
    mu_json_put_count(out, "met", clause->met);
    mu_json_put_real(out, "share", clause->share);
    mu_json_put_real(out, "ci_low", clause->ci_low);
    mu_json_put_real(out, "ci_high", clause->ci_high);
    mu_json_put_real(out, "median", clause->median);
    mu_json_put_real(out, "worst", clause->worst);
    mu_json_put_real(out, "limit",
                     given->demands.count > 0 ? given->demands.items[0].value : (double)NAN);
    mu_json_put_string(out, "unit",
                       clause->incident != NULL   ? mu_judge_unit(given)
                       : given->demands.count > 0 ? given->demands.items[0].unit
                                                  : NULL);
    mu_json_put_real(out, "occasions", clause->occasions);
    mu_json_put_real(out, "kept", clause->kept);
    mu_json_put_string(out, "incident", clause->incident);
    mu_json_close(out, '}');
}

static void put_staff(mu_json_out *out, const mu_year_results *r) {
    mu_json_open(out, "staff", '[');
    for (uint32_t s = 0; s < r->plan->staff.count; s++) {
        mu_json_open(out, NULL, '{');
        mu_json_put_string(out, "id", r->plan->staff.items[s].given->id);
        put_mean(out, "present_h", &r->staff[s].present_h);
        put_mean(out, "duties_h", &r->staff[s].busy_h);
        put_mean(out, "stations_h", &r->staff[s].held_h);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
    mu_json_open(out, "stations", '[');
    for (uint32_t s = 0; s < r->plan->year.stations.count; s++) {
        mu_json_open(out, NULL, '{');
        mu_json_put_string(out, "id", r->plan->year.stations.items[s].id);
        put_mean(out, "manned", &r->stations[s]);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
    mu_json_open(out, "duties", '[');
    for (uint32_t d = 0; d < r->plan->duties.count; d++) {
        mu_json_open(out, NULL, '{');
        mu_json_put_string(out, "id", r->plan->duties.items[d].given->id);
        put_mean(out, "due", &r->duties[d].came);
        put_mean(out, "done", &r->duties[d].done);
        put_mean(out, "lapsed", &r->duties[d].lapsed);
        put_mean(out, "late", &r->duties[d].late);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_things(mu_json_out *out, const mu_year_results *r) {
    mu_json_open(out, "equipment", '[');
    for (uint32_t w = 0; w < r->plan->year.equipment.count; w++) {
        const mu_year_wear_row *row = &r->wears[w];
        mu_json_open(out, NULL, '{');
        mu_json_put_string(out, "id", r->plan->year.equipment.items[w].id);
        put_mean(out, "available", &row->available);
        put_mean(out, "whole", &row->whole);
        put_mean(out, "faults", &row->faults);
        put_mean(out, "hidden_d", &row->hidden_d);
        put_mean(out, "open_d", &row->open_d);
        put_mean(out, "longest_d", &row->longest_d);
        mu_json_put_real(out, "told", row->told);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
    mu_json_open(out, "topics", '[');
    for (uint32_t t = 0; t < r->plan->year.topics.count; t++) {
        mu_json_open(out, NULL, '{');
        mu_json_put_string(out, "id", r->plan->year.topics.items[t].id);
        put_mean(out, "known", &r->topics[t].known);
        put_mean(out, "at_end", &r->topics[t].at_end);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
    mu_json_open(out, "stores", '[');
    for (uint32_t s = 0; s < r->plan->year.stores.count; s++) {
        mu_json_open(out, NULL, '{');
        mu_json_put_string(out, "id", r->plan->year.stores.items[s].id);
        put_mean(out, "usable", &r->stores[s]);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
    mu_json_open(out, "departments", '[');
    for (uint32_t d = 0; d < r->plan->departments.count; d++) {
        mu_json_open(out, NULL, '{');
        mu_json_put_string(out, "id", r->plan->departments.items[d]);
        put_mean(out, "score", &r->scores[d]);
        mu_json_put_real(out, "low", r->low_scores[d]);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_ledger(mu_json_out *out, const mu_year_results *r) {
    const mu_year_ledger_row *row = &r->ledger;
    mu_json_open(out, "ledger", '{');
    put_mean(out, "opened", &row->opened);
    put_mean(out, "open_at_end", &row->open_at_end);
    put_mean(out, "overdue", &row->overdue);
    put_mean(out, "age_d", &row->age_d);
    put_mean(out, "longest_d", &row->longest_d);
    put_mean(out, "serious", &row->serious);
    put_mean(out, "unsafe", &row->unsafe);
    put_mean(out, "safe_h", &row->safe_h);
    put_mean(out, "accepted", &row->accepted);
    mu_json_close(out, '}');
}

static void put_ratings(mu_json_out *out, const mu_year_results *r) {
    mu_json_open(out, "ratings", '[');
    for (uint32_t k = 0; k < r->plan->ratings; k++) {
        const mu_duty *duty = r->plan->duties.items[r->ratings[k].duty].given;
        mu_json_open(out, NULL, '{');
        mu_json_put_string(out, "duty", duty->id);
        put_mean(out, "points", &r->ratings[k].points);
        mu_json_open_flat(out, "shares", '[');
        for (int g = 0; g < MU_GRADES_MOST && duty->number >= 1; g++) {
            mu_json_put_real(out, NULL, r->ratings[k].share[g]);
        }
        mu_json_close(out, ']');
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
    put_mean(out, "failings", &r->failings);
    mu_json_open_flat(out, "sanctions", '[');
    for (int g = 0; g < MU_GRADES_MOST; g++) {
        mu_json_put_real(out, NULL, r->sanctions[g]);
    }
    mu_json_close(out, ']');
}

static double day_of(mu_time at_us) {
    return at_us == MU_NEVER ? (double)NAN : mu_time_to_s(at_us) / 86400;
}

static void put_hazard(mu_json_out *out, const mu_year_results *r, const mu_hazard *hazard) {
    const mu_asset *asset = &r->plan->assets.items[hazard->asset];
    mu_json_open_flat(out, NULL, '{');
    mu_json_put_string(out, "what", r->plan->year.equipment.items[asset->wear].id);
    mu_json_put_string(
        out, "equipment",
        asset->equipment == MU_NONE ? NULL : r->plan->site.equipment.items[asset->equipment].id);
    mu_json_put_string(
        out, "found_by",
        hazard->found_by == MU_NONE ? NULL : r->plan->duties.items[hazard->found_by].given->id);
    mu_json_put_real(out, "found_d", day_of(hazard->found_us));
    mu_json_put_real(out, "safe_d", day_of(hazard->safe_us));
    mu_json_put_real(out, "mended_d", day_of(hazard->mended_us));
    mu_json_put_real(out, "accepted_d", day_of(hazard->accepted_us));
    mu_json_put_real(out, "age_d", mu_hazard_age_d(&r->records, hazard));
    mu_json_put_bool(out, "serious", mu_hazard_is_serious(&r->records, hazard));
    mu_json_put_bool(out, "overdue", mu_hazard_is_overdue(&r->records, hazard));
    mu_json_close(out, '}');
}

static void put_rated(mu_json_out *out, const mu_year_results *r, uint32_t person) {
    mu_json_open(out, "ratings", '[');
    for (uint32_t k = 0; k < r->plan->ratings; k++) {
        const mu_rated *rated = &r->records.rated[(size_t)person * r->plan->ratings + k];
        const mu_duty *duty = r->plan->duties.items[r->ratings[k].duty].given;
        if (rated->count == 0) {
            continue;
        }
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "duty", duty->id);
        mu_json_put_count(out, "times", rated->count);
        mu_json_put_real(out, "mean", rated->sum / rated->count);
        mu_json_put_real(out, "least", rated->least);
        mu_json_put_real(out, "last", rated->last);
        if (duty->number >= 1) {
            mu_json_put_count(out, "grade", mu_year_grade(rated->last, (uint32_t)duty->number));
        } else {
            mu_json_put_null(out, "grade");
        }
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_person(mu_json_out *out, const mu_year_results *r, uint32_t person) {
    const mu_staff_plan *staff = &r->plan->staff.items[mu_year_staff_at(r->plan, person)];
    const mu_person_record *record = &r->records.persons[person];
    char id[160];
    (void)snprintf(id, sizeof id, "%s/%u", staff->given->id, person - staff->first + 1);
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "id", id);
    mu_json_put_count(out, "failings", record->failings);
    mu_json_put_count(out, "sanctions", record->sanctions);
    mu_json_put_count(out, "grade", record->grade);
    put_rated(out, r, person);
    mu_json_close(out, '}');
}

/* The year whose log was kept. */
static void put_logged(mu_json_out *out, const mu_year_results *r) {
    mu_json_open(out, "logged", '{');
    mu_json_put_count(out, "replication", r->log_replication);
    mu_json_open(out, "ledger", '[');
    for (uint32_t h = 0; h < r->records.hazards.count; h++) {
        put_hazard(out, r, &r->records.hazards.items[h]);
    }
    mu_json_close(out, ']');
    mu_json_open(out, "persons", '[');
    for (uint32_t p = 0; p < r->plan->persons; p++) {
        if (mu_year_has_record(&r->records, p)) {
            put_person(out, r, p);
        }
    }
    mu_json_close(out, ']');
    mu_json_close(out, '}');
}

mu_status mu_year_write(const mu_year_results *r, const char *version, const char *path,
                        mu_diags *diags) {
    mu_file_out file;
    const mu_status status = mu_file_out_open(path, &file, diags);
    if (status != MU_OK) {
        return status;
    }
    mu_json_out out = {.stream = file.stream};
    mu_json_open(&out, NULL, '{');
    put_head(&out, r, version, "muster.year-results");
    mu_json_put_count(&out, "reps", r->reps);
    mu_json_put_hash(&out, "state_hash", r->state_hash);
    mu_json_put_count(&out, "events", r->events);
    mu_json_open(&out, "clauses", '[');
    for (uint32_t c = 0; c < r->plan->policy.clauses.count; c++) {
        put_clause(&out, r, c);
    }
    mu_json_close(&out, ']');
    put_staff(&out, r);
    put_things(&out, r);
    put_ledger(&out, r);
    put_ratings(&out, r);
    put_mean(&out, "spent", &r->spent);
    mu_json_put_real(&out, "budget", r->plan->year.budget);
    put_logged(&out, r);
    mu_json_close(&out, '}');
    return mu_file_out_commit(&file, diags);
}

static const char *thing_of(const mu_year_results *r, mu_handle handle, char *room, size_t size) {
    const uint32_t index = mu_handle_index(handle);
    if (mu_handle_thing(handle) == MU_THING_WORD) {
        return r->plan->words.items[index];
    }
    if (mu_handle_thing(handle) == MU_THING_EQUIPMENT) {
        (void)snprintf(room, size, "equipment:%s", r->plan->site.equipment.items[index].id);
        return room;
    }
    if (mu_handle_thing(handle) == MU_THING_PERSON) {
        const mu_staff_plan *staff = &r->plan->staff.items[mu_year_staff_at(r->plan, index)];
        (void)snprintf(room, size, "person:%s/%u", staff->given->id, index - staff->first + 1);
        return room;
    }
    return NULL;
}

static void put_thing(mu_json_out *out, const char *key, const mu_year_results *r,
                      mu_handle handle) {
    char room[256];
    const char *thing = handle == 0 ? NULL : thing_of(r, handle, room, sizeof room);
    if (thing != NULL) {
        mu_json_put_string(out, key, thing);
    }
}

static void put_record(mu_json_out *out, const mu_year_results *r, uint32_t id) {
    const mu_record *record = mu_log_get(r->log, id);
    mu_json_open(out, NULL, '{');
    mu_log_put_head(out, id, record);
    put_thing(out, "subject", r, record->subject);
    put_thing(out, "object", r, record->object);
    put_thing(out, "place", r, record->place);
    if (record->value != 0) {
        mu_json_put_count(out, "value", record->value);
    }
    mu_json_close(out, '}');
}

mu_status mu_year_write_log(const mu_year_results *r, const char *version, const char *path,
                            mu_diags *diags) {
    mu_file_out file;
    const mu_status status = mu_file_out_open(path, &file, diags);
    if (status != MU_OK) {
        return status;
    }
    mu_json_out out = {.stream = file.stream, .compact = true};
    mu_json_open(&out, NULL, '{');
    put_head(&out, r, version, "muster.year-log");
    mu_json_put_count(&out, "replication", r->log_replication);
    mu_json_close(&out, '}');
    for (uint32_t id = 0; r->log != NULL && id < mu_log_count(r->log); id++) {
        put_record(&out, r, id);
    }
    return mu_file_out_commit(&file, diags);
}
