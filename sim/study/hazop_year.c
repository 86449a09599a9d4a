/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How likely things are to fail: on which share of days of the year an incident would find them so.
 * It is the state from which `run --from-year` starts, looked at on many days. */
#include <math.h>
#include <string.h>

#include "readiness/year_run.h"
#include "study/hazop.h"
#include "study/year_start_inside.h"

/* Days of one year are alike, as repairs take days: many years, and few days of each. */
enum { YEARS = 40, EACH = 10 };

typedef struct sampling {
    mu_hazop *hazop;
    const mu_year_plan *year;
    const mu_year_moment *moment;
    uint32_t *taken, *times; /* per member of the roster; per deviation */
    uint32_t days;
} sampling;

static bool is_radio_of_a_member(const mu_year_plan *year) {
    bool found = false;
    for (uint32_t a = 0; a < year->assets.count; a++) {
        const mu_asset *asset = &year->assets.items[a];
        found = found || (asset->equipment == MU_NONE &&
                          mu_wear_is_radio(&year->year.equipment.items[asset->wear]));
    }
    return found;
}

static bool wears_out(const mu_year_plan *year, const char *id) {
    bool found = false;
    for (uint32_t a = 0; a < year->assets.count; a++) {
        const uint32_t e = year->assets.items[a].equipment;
        found = found || (e != MU_NONE && strcmp(year->site.equipment.items[e].id, id) == 0);
    }
    for (uint32_t s = 0; s < year->year.stores.count; s++) {
        const mu_ref_list *equipment = &year->year.stores.items[s].equipment;
        for (uint32_t k = 0; k < equipment->count; k++) {
            found = found || strcmp(equipment->items[k].id, id) == 0;
        }
    }
    return found;
}

/* Does the year say anything of it? */
static bool is_known(const sampling *s, const mu_deviation *what) {
    const mu_hazop_element *element = &s->hazop->elements.items[what->element];
    if (element->kind == MU_HAZOP_EQUIPMENT) {
        return what->guide == MU_HAZOP_LOST && wears_out(s->year, element->id);
    }
    if (element->kind != MU_HAZOP_MEMBER) {
        return false;
    }
    const mu_member *member = &s->hazop->plan->roster.members.items[element->index];
    bool staffed = false;
    for (uint32_t k = 0; k < s->year->staff.count; k++) {
        const char *own = s->year->staff.items[k].given->role;
        staffed = staffed || (own != NULL && strcmp(own, member->role) == 0);
    }
    /* Of several a year says how many radios are dead, not how often all are. */
    return what->guide == MU_HAZOP_LOST   ? staffed
           : what->guide == MU_HAZOP_WEAK ? member->count == 1 && is_radio_of_a_member(s->year)
                                          : false;
}

/* The deviation that a change of a file amounts to; MU_NONE. */
static uint32_t deviation_of(const sampling *s, const mu_edit *edit) {
    static const char things[] = "/equipment/", members[] = "/members/";
    const bool thing = strncmp(edit->pointer, things, sizeof things - 1) == 0;
    const bool member = strncmp(edit->pointer, members, sizeof members - 1) == 0;
    if (!thing && !member) {
        return MU_NONE;
    }
    const char *id = edit->pointer + (thing ? sizeof things : sizeof members) - 1;
    const size_t length = strcspn(id, "/");
    const char *field = id + length;
    const mu_hazop_guide guide = strncmp(field, "/radio", 6) == 0 ? MU_HAZOP_WEAK : MU_HAZOP_LOST;
    if ((thing && field[0] != '\0') || strncmp(field, "/radios_", 8) == 0) {
        return MU_NONE; /* fewer of them, but some */
    }
    for (uint32_t k = 0; k < s->hazop->deviations.count; k++) {
        const mu_deviation *what = &s->hazop->deviations.items[k];
        const mu_hazop_element *element = &s->hazop->elements.items[what->element];
        if (element->kind == (thing ? MU_HAZOP_EQUIPMENT : MU_HAZOP_MEMBER) &&
            what->guide == guide && strncmp(element->id, id, length) == 0 &&
            element->id[length] == '\0') {
            return k;
        }
    }
    return MU_NONE;
}

static bool look(sampling *s, const mu_year_sim *y) {
    mu_year_start start = {0};
    memset(s->taken, 0, s->year->roster.members.count * sizeof *s->taken);
    mu_start_state(y, s->moment, s->taken, &start);
    for (uint32_t k = 0; k < start.edits.count; k++) {
        const uint32_t deviation = deviation_of(s, &start.edits.items[k]);
        if (deviation != MU_NONE) {
            s->times[deviation]++;
        }
    }
    s->days++;
    return !start.no_memory;
}

static mu_status sample_year(sampling *s, uint32_t replication) {
    const mu_calendar *calendar = &s->year->calendar;
    mu_log *log = mu_log_create();
    mu_year_sim y = {0};
    mu_status status =
        log == NULL ? MU_ERR_MEMORY : mu_year_begin(s->year, s->moment->seed, replication, log, &y);
    uint32_t working = 0;
    for (uint32_t day = 0; day < (uint32_t)calendar->days && status == MU_OK; day++) {
        /* Years are shifted against each other, so that no day of the week counts more. */
        if (!mu_calendar_works(calendar, day) || working++ % EACH != replication % EACH) {
            continue;
        }
        const mu_time at_us = day * MU_DAY + mu_time_from_s(s->moment->hour * 3600);
        status = mu_year_play(&y, at_us);
        mu_world_clock(&y.sim.world)->now_us = at_us;
        if (status == MU_OK && !look(s, &y)) {
            status = MU_ERR_MEMORY;
        }
    }
    mu_year_destroy(&y);
    mu_log_destroy(log);
    return status;
}

mu_status mu_hazop_likelihood(mu_hazop *hazop, const mu_year_plan *year, double hour, uint64_t seed,
                              mu_arena *arena) {
    const mu_year_moment moment = {.seed = seed, .hour = hour, .language = "en"};
    const size_t deviations = (size_t)hazop->deviations.count + 1;
    sampling s = {
        .hazop = hazop,
        .year = year,
        .moment = &moment,
        .taken = mu_arena_array(arena, (size_t)year->roster.members.count + 1, sizeof *s.taken),
        .times = mu_arena_array(arena, deviations, sizeof *s.times)};
    hazop->likely = mu_arena_array(arena, deviations, sizeof *hazop->likely);
    mu_status status =
        s.taken != NULL && s.times != NULL && hazop->likely != NULL ? MU_OK : MU_ERR_MEMORY;
    for (uint32_t k = 0; k < YEARS && status == MU_OK; k++) {
        status = sample_year(&s, k);
    }
    for (uint32_t k = 0; k < hazop->deviations.count && status == MU_OK; k++) {
        const bool known = s.days > 0 && is_known(&s, &hazop->deviations.items[k]);
        hazop->likely[k] = known ? (double)s.times[k] / s.days : (double)NAN;
    }
    hazop->likely_days = s.days;
    hazop->likely_years = YEARS;
    return status;
}

int mu_hazop_band(double likely) {
    static const double bounds[MU_HAZOP_BANDS - 1] = {0.001, 0.01, 0.05, 0.2};
    int band = 1;
    for (int k = 0; k < MU_HAZOP_BANDS - 1; k++) {
        band += likely >= bounds[k];
    }
    return isnan(likely) ? 0 : band;
}
