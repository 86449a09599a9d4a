/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the file says in words becomes indices, and each number of each clause that a duty serves
 * learns how it is measured. */
#include <string.h>

#include "core/i18n.h"
#include "core/near.h"
#include "core/random.h"
#include "readiness/year_plan.h"

static const struct {
    const char *word;
    mu_call call;
} called[] = {{"fault_found", MU_CALL_FAULT_FOUND},    {"newcomer", MU_CALL_NEWCOMER},
              {"failed_exam", MU_CALL_FAILED_EXAM},    {"blamed", MU_CALL_BLAMED},
              {"low_score", MU_CALL_LOW_SCORE},        {"low_again", MU_CALL_LOW_AGAIN},
              {"serious_fault", MU_CALL_SERIOUS_FAULT}};
enum { CALLED = sizeof called / sizeof called[0] };

static mu_status compile_calendar(mu_year_plan *plan) {
    const mu_year *year = &plan->year;
    const int64_t days = year->days + MU_CALENDAR_AFTER;
    uint8_t *works = mu_arena_array(plan->arena, (size_t)days, 1);
    if (works == NULL) {
        return MU_ERR_MEMORY;
    }
    const int64_t first = mu_date_read(year->from, NULL);
    for (int64_t d = 0; d < days; d++) {
        works[d] = (first + d + 3) % 7 < 5;
    }
    for (uint32_t h = 0; h < year->holidays.count; h++) {
        const int64_t day = mu_date_read(year->holidays.items[h], NULL) - first;
        if (day >= 0 && day < days) {
            works[day] = 0;
        }
    }
    plan->calendar = (mu_calendar){.first_day = first,
                                   .days = year->days,
                                   .opens_us = mu_time_from_s(year->opens_h * 3600),
                                   .closes_us = mu_time_from_s(year->closes_h * 3600),
                                   .works = works};
    return MU_OK;
}

static uint32_t department_of(mu_year_plan *plan, const char *word) {
    for (uint32_t k = 0; word != NULL && k < plan->departments.count; k++) {
        if (strcmp(plan->departments.items[k], word) == 0) {
            return k;
        }
    }
    if (word == NULL) {
        return MU_NONE;
    }
    plan->departments.items[plan->departments.count] = word;
    return plan->departments.count++;
}

static mu_status compile_staff(mu_year_plan *plan) {
    const uint32_t count = plan->year.staff.count;
    plan->staff.items = mu_arena_array(plan->arena, (size_t)count + 1, sizeof *plan->staff.items);
    plan->departments.items =
        mu_arena_array(plan->arena, (size_t)count + 1, sizeof *plan->departments.items);
    if (plan->staff.items == NULL || plan->departments.items == NULL) {
        return MU_ERR_MEMORY;
    }
    plan->staff.count = count;
    for (uint32_t s = 0; s < count; s++) {
        plan->staff.items[s] =
            (mu_staff_plan){.given = &plan->year.staff.items[s], .first = plan->persons};
        plan->persons += (uint32_t)plan->year.staff.items[s].count;
        plan->staff.items[s].department = department_of(plan, plan->year.staff.items[s].department);
    }
    for (uint32_t k = 0; k < plan->year.stations.count; k++) {
        const mu_station *station = &plan->year.stations.items[k];
        plan->staff.items[station->staff.index].stations += (uint32_t)station->persons;
    }
    return MU_OK;
}

static uint32_t find_duty(const mu_year_plan *plan, const char *id) {
    for (uint32_t d = 0; d < plan->year.duties.count; d++) {
        if (strcmp(plan->year.duties.items[d].id, id) == 0) {
            return d;
        }
    }
    return MU_NONE;
}

static uint32_t find_occasion(const mu_year_plan *plan, const char *id) {
    for (uint32_t k = 0; k < plan->year.occasions.count; k++) {
        if (strcmp(plan->year.occasions.items[k].id, id) == 0) {
            return k;
        }
    }
    return MU_NONE;
}

static void complain_of_call(const mu_year_plan *plan, const mu_duty *duty, mu_diags *diags) {
    char advice[256];
    mu_near near = mu_near_start(duty->after);
    for (uint32_t d = 0; d < plan->year.duties.count; d++) {
        mu_near_offer(&near, plan->year.duties.items[d].id);
    }
    for (uint32_t k = 0; k < plan->year.occasions.count; k++) {
        mu_near_offer(&near, plan->year.occasions.items[k].id);
    }
    for (size_t k = 0; k < CALLED; k++) {
        mu_near_offer(&near, called[k].word);
    }
    const bool found = mu_near_advise(&near, advice, sizeof advice);
    mu_diags_add(diags, MU_ERROR, "year.no-call", duty->origin, found ? advice : NULL,
                 _("duty '%s' comes after '%s', which is no duty, occasion or other call"),
                 duty->id, duty->after);
}

static void compile_call(mu_year_plan *plan, mu_duty_plan *duty, mu_diags *diags) {
    const char *after = duty->given->after;
    duty->called_by = MU_NONE;
    if (after == NULL) {
        return;
    }
    for (size_t k = 0; k < CALLED; k++) {
        if (strcmp(called[k].word, after) == 0) {
            duty->call = called[k].call;
            return;
        }
    }
    duty->called_by = find_duty(plan, after);
    if (duty->called_by != MU_NONE) {
        duty->call = MU_CALL_DUTY;
        plan->duties.items[duty->called_by].calls = true;
        return;
    }
    duty->called_by = find_occasion(plan, after);
    if (duty->called_by == MU_NONE) {
        complain_of_call(plan, duty->given, diags);
    }
    duty->call = MU_CALL_OCCASION;
}

static uint32_t find_topic(const mu_year_plan *plan, const char *id) {
    for (uint32_t k = 0; k < plan->year.topics.count; k++) {
        if (strcmp(plan->year.topics.items[k].id, id) == 0) {
            return k;
        }
    }
    return MU_NONE;
}

static bool keeps_roll(const mu_duty *duty) {
    return (duty->does == MU_DOES_TEACH || duty->does == MU_DOES_EXAMINE ||
            duty->does == MU_DOES_EXERCISE) &&
           duty->attends.count > 0;
}

static void check_duty(const mu_year_plan *plan, const mu_duty_plan *duty, mu_diags *diags) {
    const mu_duty *given = duty->given;
    if (given->every > 0 && given->period == MU_PERIOD_NONE) {
        mu_diags_add(diags, MU_ERROR, "year.no-period", given->origin,
                     _("give \"period\": hour, day, week or month"),
                     _("duty '%s' falls due every %d of no period"), given->id, (int)given->every);
    }
    if (given->topic != NULL && duty->topic == MU_NONE) {
        mu_diags_add(diags, MU_ERROR, "year.no-topic", given->origin, NULL,
                     _("duty '%s' is about '%s', which is no topic"), given->id, given->topic);
    }
    if (given->every == 0 && given->after == NULL && !duty->booked) {
        mu_diags_add(diags, MU_WARNING, "year.never", given->origin,
                     _("give it \"every\" and \"period\", \"after\", or a place in the schedule"),
                     _("nothing ever calls for duty '%s'"), given->id);
    }
    if (given->persons > plan->staff.items[duty->staff].given->count) {
        mu_diags_add(diags, MU_WARNING, "year.too-few", given->origin, NULL,
                     _("duty '%s' takes %d people at a time and there are %d"), given->id,
                     (int)given->persons, (int)plan->staff.items[duty->staff].given->count);
    }
}

static bool is_booked(const mu_year_plan *plan, uint32_t duty) {
    for (uint32_t b = 0; b < plan->year.schedule.count; b++) {
        if (plan->year.schedule.items[b].duty.index == duty) {
            return true;
        }
    }
    return false;
}

/* A duty after another is about the same; one that is its own cause is about nothing. */
static mu_about about_of(const mu_year_plan *plan, uint32_t duty) {
    for (uint32_t steps = 0; steps < plan->duties.count; steps++) {
        switch (plan->duties.items[duty].call) {
        case MU_CALL_DUTY:
            duty = plan->duties.items[duty].called_by;
            break;
        case MU_CALL_NEWCOMER:
        case MU_CALL_FAILED_EXAM:
        case MU_CALL_BLAMED:
            return MU_ABOUT_PERSON;
        case MU_CALL_FAULT_FOUND:
        case MU_CALL_SERIOUS_FAULT:
            return MU_ABOUT_ASSET;
        case MU_CALL_NONE:
        case MU_CALL_OCCASION:
        case MU_CALL_LOW_SCORE:
        case MU_CALL_LOW_AGAIN:
            return MU_ABOUT_NOTHING;
        }
    }
    return MU_ABOUT_NOTHING;
}

static mu_status compile_duties(mu_year_plan *plan, mu_diags *diags) {
    const uint32_t count = plan->year.duties.count;
    plan->duties.items = mu_arena_array(plan->arena, (size_t)count + 1, sizeof *plan->duties.items);
    if (plan->duties.items == NULL) {
        return MU_ERR_MEMORY;
    }
    plan->duties.count = count;
    for (uint32_t d = 0; d < count; d++) {
        const mu_duty *given = &plan->year.duties.items[d];
        mu_duty_plan *duty = &plan->duties.items[d];
        duty->given = given;
        duty->hash = mu_name_hash(given->id);
        duty->word = mu_handle_index(mu_year_word(plan, given->id));
        duty->staff = given->staff.index;
        duty->topic = given->topic == NULL ? MU_NONE : find_topic(plan, given->topic);
        duty->roll = keeps_roll(given) ? plan->rolls++ : MU_NONE;
        duty->rating = given->does == MU_DOES_RATE ? plan->ratings++ : MU_NONE;
        duty->booked = is_booked(plan, d);
        compile_call(plan, duty, diags);
        check_duty(plan, duty, diags);
    }
    for (uint32_t d = 0; d < count; d++) {
        plan->duties.items[d].about = about_of(plan, d);
    }
    return MU_OK;
}

static bool is_called(const mu_duty *duty) {
    return duty->after != NULL;
}

/* How one number of a clause is measured of a duty; false: it is not. */
static bool ask(const mu_duty_plan *duty, const mu_demand *demand, mu_serve *out) {
    const double unit_s = mu_calendar_unit_s(demand->unit);
    const mu_duty *given = duty->given;
    out->unit_s = unit_s;
    out->working = strcmp(demand->unit, "working_days") == 0;
    if (strcmp(demand->name, "interval") == 0 && unit_s > 0) {
        out->asked = is_called(given) && given->every == 0 && !duty->booked ? MU_ASKED_RESPONSE
                                                                            : MU_ASKED_INTERVAL;
    } else if (strcmp(demand->unit, "per_year") == 0) {
        out->asked = MU_ASKED_COUNT;
    } else if (strcmp(demand->unit, "hours_per_week") == 0) {
        out->asked = MU_ASKED_HOURS;
    } else if (unit_s > 0) {
        out->asked = is_called(given) ? MU_ASKED_RESPONSE : MU_ASKED_LENGTH;
    } else if (strcmp(demand->name, "coverage") == 0 || strcmp(demand->name, "share") == 0 ||
               strcmp(demand->name, "pass") == 0) {
        out->asked = MU_ASKED_SHARE;
    } else if (strcmp(demand->name, "required") == 0) {
        out->asked = MU_ASKED_DONE;
    } else {
        out->asked = MU_ASKED_NUMBER;
        return given->number > 0;
    }
    return true;
}

static uint32_t count_serves(const mu_year_plan *plan) {
    uint32_t count = 0;
    for (uint32_t d = 0; d < plan->duties.count; d++) {
        const mu_ref_list *serves = &plan->duties.items[d].given->serves;
        for (uint32_t k = 0; k < serves->count; k++) {
            count += plan->policy.clauses.items[serves->items[k].index].demands.count;
        }
    }
    return count;
}

static void add_serves(mu_year_plan *plan, uint32_t duty, uint32_t clause) {
    const mu_clause *given = &plan->policy.clauses.items[clause];
    for (uint32_t n = 0; n < given->demands.count && n < MU_DEMANDS_MOST; n++) {
        mu_serve serve = {.duty = duty,
                          .clause = clause,
                          .demand = n,
                          .object = mu_year_clause_word(plan, clause),
                          .place = mu_year_word(plan, given->demands.items[n].name)};
        const char *only = plan->duties.items[duty].given->demand;
        if ((only == NULL || strcmp(only, given->demands.items[n].name) == 0) &&
            ask(&plan->duties.items[duty], &given->demands.items[n], &serve)) {
            plan->serves.items[plan->serves.count++] = serve;
            plan->duties.items[duty].serve_count++;
        }
    }
}

static mu_status compile_serves(mu_year_plan *plan) {
    plan->serves.items =
        mu_arena_array(plan->arena, (size_t)count_serves(plan) + 1, sizeof *plan->serves.items);
    if (plan->serves.items == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t d = 0; d < plan->duties.count; d++) {
        plan->duties.items[d].serve_first = plan->serves.count;
        const mu_ref_list *serves = &plan->duties.items[d].given->serves;
        for (uint32_t k = 0; k < serves->count; k++) {
            add_serves(plan, d, serves->items[k].index);
        }
    }
    return MU_OK;
}

static bool wears(const mu_wear *wear, int kind) {
    for (uint32_t k = 0; k < wear->kinds.count; k++) {
        if (wear->kinds.items[k] == kind) {
            return true;
        }
    }
    return false;
}

static uint32_t count_assets(const mu_year_plan *plan, const mu_wear *wear) {
    uint32_t count = (uint32_t)wear->count;
    for (uint32_t e = 0; e < plan->site.equipment.count; e++) {
        count += wears(wear, (int)plan->site.equipment.items[e].kind);
    }
    return count;
}

static void add_assets(mu_year_plan *plan, uint32_t w) {
    const mu_wear *wear = &plan->year.equipment.items[w];
    for (uint32_t e = 0; e < plan->site.equipment.count; e++) {
        if (wears(wear, (int)plan->site.equipment.items[e].kind)) {
            plan->assets.items[plan->assets.count++] =
                (mu_asset){w, e, mu_name_hash(plan->site.equipment.items[e].id)};
        }
    }
    for (uint32_t k = 0; k < (uint32_t)wear->count; k++) {
        plan->assets.items[plan->assets.count++] =
            (mu_asset){w, MU_NONE, mu_hash_with(mu_name_hash(wear->id), k)};
    }
}

static mu_status compile_assets(mu_year_plan *plan, mu_diags *diags) {
    size_t count = 0;
    for (uint32_t w = 0; w < plan->year.equipment.count; w++) {
        const uint32_t own = count_assets(plan, &plan->year.equipment.items[w]);
        count += own;
        if (own == 0) {
            mu_diags_add(diags, MU_WARNING, "year.no-equipment",
                         plan->year.equipment.items[w].origin, NULL,
                         _("the site has no equipment of the kinds of '%s'"),
                         plan->year.equipment.items[w].id);
        }
    }
    plan->assets.items = mu_arena_array(plan->arena, count + 1, sizeof *plan->assets.items);
    if (plan->assets.items == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t w = 0; w < plan->year.equipment.count; w++) {
        add_assets(plan, w);
    }
    return MU_OK;
}

mu_status mu_year_compile(mu_year_plan *plan, mu_diags *diags) {
    if (plan->year.closes_h <= plan->year.opens_h) {
        mu_diags_add(diags, MU_ERROR, "year.no-hours", NULL, NULL,
                     _("the offices close (closes_h) before they open (opens_h)"));
        return MU_ERR_INPUT;
    }
    if (compile_calendar(plan) != MU_OK || compile_staff(plan) != MU_OK ||
        compile_duties(plan, diags) != MU_OK || compile_serves(plan) != MU_OK ||
        compile_assets(plan, diags) != MU_OK) {
        return MU_ERR_MEMORY;
    }
    return mu_year_rounds(plan, diags);
}
