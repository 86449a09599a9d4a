/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drill/gas_findings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is followed while a log is read. */
typedef struct follower {
    const mu_plan *plan;
    mu_gas_reading *out;
    uint32_t *band, *level; /* per person */
    mu_time *since_us;      /* of the level */
    mu_time *queued_us;     /* per person */
    mu_time *unit_us;       /* per unit: shut since; MU_NEVER: runs */
    uint32_t *zone_of;      /* per space */
} follower;

static void *array(size_t count, size_t size) {
    return calloc(count + 1, size);
}

static uint32_t person_of(const mu_record *record) {
    return mu_handle_thing(record->subject) == MU_THING_PERSON ? mu_handle_index(record->subject)
                                                               : MU_NONE;
}

static void pass_level(follower *f, uint32_t person, mu_time until_us) {
    for (uint32_t k = 0; k < f->level[person] && k < MU_AEGL_BANDS; k++) {
        f->out->above_s[k] += mu_time_to_s(until_us - f->since_us[person]);
    }
    f->since_us[person] = until_us;
}

static void read_concentration(follower *f, const mu_record *record) {
    mu_gas_reading *out = f->out;
    const uint32_t space = mu_handle_index(record->place);
    const uint32_t zone = space < f->plan->site.spaces.count ? f->zone_of[space] : MU_NONE;
    const uint32_t step = (uint32_t)(record->time_us / MU_GAS_STEP_US);
    if (zone == MU_NONE || step >= out->steps) {
        return;
    }
    uint32_t *at = &out->ppb[(size_t)zone * out->steps + step];
    *at = record->value > *at ? record->value : *at;
    if (record->value > out->peak_ppb[zone]) {
        out->peak_ppb[zone] = record->value;
        out->peak_us[zone] = record->time_us;
    }
}

static uint32_t unit_of(const mu_plan *plan, mu_handle word) {
    for (uint32_t u = 0; u < plan->site.air_units.count; u++) {
        if (mu_handle_thing(word) == MU_THING_WORD &&
            strcmp(plan->words.items[mu_handle_index(word)], plan->site.air_units.items[u].id) ==
                0) {
            return u;
        }
    }
    return MU_NONE;
}

static void end_shut(follower *f, uint32_t unit, mu_time until_us) {
    const mu_time from_us = f->unit_us[unit], leaks_us = f->out->leaks_us;
    if (from_us != MU_NEVER && leaks_us != MU_NEVER && until_us > leaks_us) {
        f->out->shut_for_us[unit] += until_us - (from_us > leaks_us ? from_us : leaks_us);
    }
    f->unit_us[unit] = MU_NEVER;
}

static void read_unit(follower *f, const mu_record *record) {
    const uint32_t unit = unit_of(f->plan, record->object);
    if (unit == MU_NONE) {
        return;
    }
    if (record->value == MU_AIR_UNIT_RUNNING) {
        end_shut(f, unit, record->time_us);
    } else if (f->unit_us[unit] == MU_NEVER) {
        f->unit_us[unit] = record->time_us;
        if (f->out->shut_us[unit] == MU_NEVER) {
            f->out->shut_us[unit] = record->time_us;
        }
    }
}

static void read_person(follower *f, const mu_record *record, uint32_t person) {
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_BAND:
        f->band[person] = record->value;
        break;
    case MU_RECORD_BREATHES:
        pass_level(f, person, record->time_us);
        f->level[person] = record->value;
        break;
    case MU_RECORD_QUEUES:
        f->out->queued++;
        f->queued_us[person] = record->time_us;
        break;
    case MU_RECORD_ENTERS_LINE:
        f->out->entered++;
        f->out->wait_us += record->time_us - f->queued_us[person];
        break;
    case MU_RECORD_LEAVES_LINE:
        f->out->processed++;
        break;
    default: /* other records say nothing of a person and gas */
        break;
    }
}

static void read_record(follower *f, const mu_record *record) {
    const uint32_t person = person_of(record);
    if (record->kind == MU_RECORD_LEAKS) {
        f->out->leaks_us = record->time_us;
    } else if (record->kind == MU_RECORD_DISPERSED) {
        f->out->gone_us = record->time_us;
    } else if (record->kind == MU_RECORD_CONCENTRATION) {
        read_concentration(f, record);
    } else if (record->kind == MU_RECORD_AIR_UNIT) {
        read_unit(f, record);
    } else if (person != MU_NONE) {
        read_person(f, record, person);
    }
}

static void begin(follower *f) {
    const mu_plan *plan = f->plan;
    f->out->leaks_us = f->out->gone_us = MU_NEVER;
    for (uint32_t s = 0; s < plan->site.spaces.count; s++) {
        f->zone_of[s] = mu_airspace_of(&plan->site, s);
    }
    for (uint32_t u = 0; u < plan->site.air_units.count; u++) {
        const bool shut = plan->site.air_units.items[u].state == MU_AIR_UNIT_SHUT;
        f->unit_us[u] = shut ? 0 : MU_NEVER;
        f->out->shut_us[u] = shut ? 0 : MU_NEVER;
    }
}

static void end(follower *f, mu_time end_us) {
    for (uint32_t p = 0; p < f->plan->people.list.count; p++) {
        pass_level(f, p, end_us);
        const uint32_t band = f->band[p] < MU_GAS_BANDS ? f->band[p] : MU_AEGL_BANDS;
        if (f->plan->people.list.items[p].kind == MU_PERSON_OCCUPANT) {
            f->out->occupants[band]++;
        } else {
            f->out->responders[band]++;
        }
    }
    for (uint32_t u = 0; u < f->plan->site.air_units.count; u++) {
        end_shut(f, u, end_us);
    }
}

static bool allocate(follower *f) {
    const mu_plan *plan = f->plan;
    const size_t people = plan->people.list.count, zones = plan->site.air_zones.count;
    const size_t units = plan->site.air_units.count;
    mu_gas_reading *out = f->out;
    f->band = array(people, sizeof *f->band);
    f->level = array(people, sizeof *f->level);
    f->since_us = array(people, sizeof *f->since_us);
    f->queued_us = array(people, sizeof *f->queued_us);
    f->unit_us = array(units, sizeof *f->unit_us);
    f->zone_of = array(plan->site.spaces.count, sizeof *f->zone_of);
    out->ppb = array(zones * out->steps, sizeof *out->ppb);
    out->peak_ppb = array(zones, sizeof *out->peak_ppb);
    out->peak_us = array(zones, sizeof *out->peak_us);
    out->shut_us = array(units, sizeof *out->shut_us);
    out->shut_for_us = array(units, sizeof *out->shut_for_us);
    return f->band != NULL && f->level != NULL && f->since_us != NULL && f->queued_us != NULL &&
           f->unit_us != NULL && f->zone_of != NULL && out->ppb != NULL && out->peak_ppb != NULL &&
           out->peak_us != NULL && out->shut_us != NULL && out->shut_for_us != NULL;
}

mu_status mu_gas_read(const mu_plan *plan, const mu_log *log, mu_time end_us, mu_gas_reading *out) {
    *out = (mu_gas_reading){.is_given = plan->incident.kind == MU_INCIDENT_CHEMICAL,
                            .leaks_us = MU_NEVER,
                            .gone_us = MU_NEVER};
    if (!out->is_given) {
        return MU_OK;
    }
    out->steps = (uint32_t)(end_us / MU_GAS_STEP_US) + 1;
    follower f = {.plan = plan, .out = out};
    const bool done = allocate(&f);
    if (done) {
        begin(&f);
        for (uint32_t id = 0; id < mu_log_count(log); id++) {
            read_record(&f, mu_log_get(log, id));
        }
        end(&f, end_us);
    }
    free(f.band);
    free(f.level);
    free(f.since_us);
    free(f.queued_us);
    free(f.unit_us);
    free(f.zone_of);
    if (!done) {
        mu_gas_reading_destroy(out);
    }
    return done ? MU_OK : MU_ERR_MEMORY;
}

void mu_gas_reading_destroy(mu_gas_reading *reading) {
    free(reading->ppb);
    free(reading->peak_ppb);
    free(reading->peak_us);
    free(reading->shut_us);
    free(reading->shut_for_us);
    *reading = (mu_gas_reading){0};
}

/* Over all runs. */

static void sum_people(const mu_gas_reading *const *readings, uint32_t reps, mu_gas_finding *out) {
    uint32_t entered = 0;
    double wait_s = 0;
    out->gone_s = 0;
    for (uint32_t r = 0; r < reps; r++) {
        const mu_gas_reading *one = readings[r];
        for (int b = 0; b < MU_GAS_BANDS; b++) {
            out->occupants[b] += (double)one->occupants[b] / reps;
            out->responders[b] += (double)one->responders[b] / reps;
        }
        for (int b = 0; b < MU_AEGL_BANDS; b++) {
            out->above_min[b] += one->above_s[b] / 60 / reps;
        }
        if (one->gone_us != MU_NEVER) {
            out->gone_runs++;
            out->gone_s += mu_time_to_s(one->gone_us - one->leaks_us);
        }
        out->queued += (double)one->queued / reps;
        out->processed += (double)one->processed / reps;
        entered += one->entered;
        wait_s += mu_time_to_s(one->wait_us);
        out->steps = one->steps > out->steps ? one->steps : out->steps;
    }
    out->gone_s = out->gone_runs > 0 ? out->gone_s / out->gone_runs : (double)NAN;
    out->wait_s = entered > 0 ? wait_s / entered : (double)NAN;
}

/* Over the runs in which there is still gas then, or was until they were stopped. */
static double mean_at(const mu_gas_reading *const *readings, uint32_t reps, uint32_t zone,
                      uint32_t step) {
    double sum = 0;
    uint32_t count = 0;
    for (uint32_t r = 0; r < reps; r++) {
        const mu_gas_reading *one = readings[r];
        const bool over = one->gone_us != MU_NEVER && MU_GAS_STEP_US * (step + 1) > one->gone_us;
        if (step < one->steps && !over) {
            sum += one->ppb[(size_t)zone * one->steps + step] / 1000.0;
            count++;
        }
    }
    return count > 0 ? sum / count : 0;
}

static mu_status sum_zone(const mu_gas_reading *const *readings, uint32_t reps, uint32_t zone,
                          uint32_t steps, mu_gas_zone_finding *out) {
    uint32_t reached = 0;
    out->ppm = array(steps, sizeof *out->ppm);
    if (out->ppm == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t r = 0; r < reps; r++) {
        const mu_gas_reading *one = readings[r];
        out->peak_ppm += one->peak_ppb[zone] / 1000.0 / reps;
        if (one->peak_ppb[zone] > 0) {
            reached++;
            out->peak_s += mu_time_to_s(one->peak_us[zone] - one->leaks_us);
        }
    }
    for (uint32_t s = 0; s < steps; s++) {
        out->ppm[s] = mean_at(readings, reps, zone, s);
    }
    out->peak_s = reached > 0 ? out->peak_s / reached : (double)NAN;
    return MU_OK;
}

static void sum_unit(const mu_gas_reading *const *readings, uint32_t reps, uint32_t unit,
                     mu_gas_unit_finding *out) {
    out->after_s = 0;
    for (uint32_t r = 0; r < reps; r++) {
        const mu_gas_reading *one = readings[r];
        if (one->shut_us[unit] != MU_NEVER) {
            out->runs++;
            out->after_s += fmax(0, mu_time_to_s(one->shut_us[unit] - one->leaks_us));
        }
        out->shut_s += mu_time_to_s(one->shut_for_us[unit]) / reps;
    }
    out->after_s = out->runs > 0 ? out->after_s / out->runs : (double)NAN;
}

mu_status mu_gas_sum(const mu_plan *plan, const mu_gas_reading *const *readings, uint32_t reps,
                     mu_gas_finding *out) {
    *out = (mu_gas_finding){.is_given = reps > 0 && readings[0]->is_given};
    if (!out->is_given) {
        return MU_OK;
    }
    sum_people(readings, reps, out);
    out->zones = array(plan->site.air_zones.count, sizeof *out->zones);
    out->units = array(plan->site.air_units.count, sizeof *out->units);
    mu_status status = out->zones != NULL && out->units != NULL ? MU_OK : MU_ERR_MEMORY;
    for (uint32_t z = 0; z < plan->site.air_zones.count && status == MU_OK; z++) {
        status = sum_zone(readings, reps, z, out->steps, &out->zones[z]);
    }
    for (uint32_t u = 0; u < plan->site.air_units.count && status == MU_OK; u++) {
        sum_unit(readings, reps, u, &out->units[u]);
    }
    if (status != MU_OK) {
        mu_gas_finding_destroy(out, plan);
    }
    return status;
}

void mu_gas_finding_destroy(mu_gas_finding *finding, const mu_plan *plan) {
    for (uint32_t z = 0; finding->zones != NULL && z < plan->site.air_zones.count; z++) {
        free(finding->zones[z].ppm);
    }
    free(finding->zones);
    free(finding->units);
    *finding = (mu_gas_finding){0};
}
