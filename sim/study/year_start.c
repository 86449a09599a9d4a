/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the state of a year to changes of files. Which of several alike is the one that is away or
 * broken is decided by the order of the file: they are alike. */
#include <math.h>
#include <string.h>

#include "audit/audit.h"
#include "core/i18n.h"
#include "study/year_start_inside.h"

static void *grow(const mu_year_plan *plan, const void *items, uint32_t count, uint32_t *room,
                  size_t size) {
    if (count < *room) {
        return NULL;
    }
    *room = 2 * *room + 32;
    void *larger = mu_arena_array(plan->arena, *room, size);
    if (larger != NULL && count > 0) {
        memcpy(larger, items, count * size);
    }
    return larger;
}

void mu_start_change(const mu_year_plan *plan, mu_year_start *out, mu_edit edit) {
    if (out->edits.count == out->room) {
        mu_edit *larger =
            grow(plan, out->edits.items, out->edits.count, &out->room, sizeof *larger);
        if (larger == NULL) {
            out->no_memory = true;
            return;
        }
        out->edits.items = larger;
    }
    out->edits.items[out->edits.count++] = edit;
}

static void change(const mu_year_plan *plan, mu_year_start *out, const char *format,
                   const char *pointer, const char *value) {
    mu_start_change(plan, out, (mu_edit){.format = format, .pointer = pointer, .value = value});
}

void mu_start_tell(const mu_year_plan *plan, mu_year_start *out, const char *line) {
    if (out->said.count == out->said_room) {
        const char **larger =
            grow(plan, out->said.items, out->said.count, &out->said_room, sizeof *larger);
        if (larger == NULL) {
            out->no_memory = true;
            return;
        }
        out->said.items = larger;
    }
    out->said.items[out->said.count++] = line;
}

const char *mu_start_name(const mu_text *name, const char *id, const char *language) {
    const char *text = mu_text_in(*name, language);
    return text[0] != 0 ? text : id;
}

/* Equipment. */

static void take_broken(const mu_year_sim *y, const char *language, mu_year_start *out) {
    const mu_year_plan *plan = y->plan;
    for (uint32_t a = 0; a < plan->assets.count; a++) {
        const mu_asset *asset = &plan->assets.items[a];
        const uint32_t state = mu_year_asset_of(y, a)->state;
        if (asset->equipment == MU_NONE || state == MU_ASSET_WORKS) {
            continue;
        }
        const mu_equipment *thing = &plan->site.equipment.items[asset->equipment];
        change(plan, out, "muster.site", mu_audit_say(plan, "/equipment/%s", thing->id), "null");
        mu_start_tell(plan, out,
                      mu_audit_say(plan,
                                   state == MU_ASSET_HIDDEN
                                       ? _("%s does not work, and nobody knows")
                                       : _("%s does not work; its repair is under way"),
                                   mu_start_name(&thing->name, thing->id, language)));
    }
}

bool mu_wear_is_radio(const mu_wear *wear) {
    for (uint32_t k = 0; k < wear->kinds.count; k++) {
        if (wear->kinds.items[k] == MU_EQUIPMENT_RADIO) {
            return true;
        }
    }
    return false;
}

/* Steps through so many that come to each of them once. */
static uint32_t stride_for(uint32_t count) {
    static const uint32_t primes[] = {7, 11, 13};
    for (size_t k = 0; k < sizeof primes / sizeof primes[0]; k++) {
        if (count % primes[k] != 0) {
            return primes[k];
        }
    }
    return 1;
}

/* Of each member of the roster: how many of them have no radio, and whose is dead. */
typedef struct radios {
    uint32_t away, dead;
} radios;

static uint32_t carriers_in(const mu_member *member) {
    return member->radio ? (uint32_t)member->count : 0;
}

/* The member of the roster to whom the k-th of all who carry a radio belongs. */
static uint32_t carrier_at(const mu_year_plan *plan, uint32_t k) {
    uint32_t m = 0;
    while (k >= carriers_in(&plan->roster.members.items[m])) {
        k -= carriers_in(&plan->roster.members.items[m++]);
    }
    return m;
}

/* Radios that the site file does not hold are those that members carry. One that a test has found
 * dead is away to be mended; of one that nobody has tested since nobody knows. They are given one
 * by one along a stride over all carriers, until each has been asked. */
static void give_dead_radios(const mu_year_sim *y, radios *out) {
    const mu_year_plan *plan = y->plan;
    uint32_t carriers = 0, at = 0;
    for (uint32_t m = 0; m < plan->roster.members.count; m++) {
        carriers += carriers_in(&plan->roster.members.items[m]);
    }
    const uint32_t stride = stride_for(carriers);
    for (uint32_t a = 0; a < plan->assets.count && at < carriers; a++) {
        const mu_asset *asset = &plan->assets.items[a];
        const uint32_t state = mu_year_asset_of(y, a)->state;
        if (asset->equipment == MU_NONE && state != MU_ASSET_WORKS &&
            mu_wear_is_radio(&plan->year.equipment.items[asset->wear])) {
            const uint32_t k = (uint32_t)((uint64_t)at++ * stride % carriers);
            radios *one = &out[carrier_at(plan, k)];
            one->away += state == MU_ASSET_FOUND;
            one->dead += state != MU_ASSET_FOUND;
        }
    }
}

/* Of one person, or of some of several. */
static void tell_radios(const mu_year_plan *plan, const mu_member *member, uint32_t count,
                        bool known, const char *language, mu_year_start *out) {
    const char *name = mu_start_name(&member->name, member->id, language);
    const uint32_t all = (uint32_t)member->count;
    const char *alone = known ? _("%s has no radio: a test found it dead")
                              : _("the radio of %s is dead, and nobody has tested it");
    const char *some = known ? P_("%s: %u of %u has no radio: a test found it dead",
                                  "%s: %u of %u have no radio: tests found them dead", count)
                             : P_("%s: the radio of %u of %u is dead, and nobody has tested it",
                                  "%s: the radios of %u of %u are dead, and nobody has tested "
                                  "them",
                                  count);
    if (all == 1) {
        change(
            plan, out, "muster.roster",
            mu_audit_say(plan, known ? "/members/%s/radio" : "/members/%s/radio_works", member->id),
            "false");
        mu_start_tell(plan, out, mu_audit_say(plan, alone, name));
        return;
    }
    change(plan, out, "muster.roster",
           mu_audit_say(plan, known ? "/members/%s/radios_away" : "/members/%s/radios_dead",
                        member->id),
           mu_audit_say(plan, "%u", count));
    mu_start_tell(plan, out, mu_audit_say(plan, some, name, count, all));
}

static void take_radios(const mu_year_sim *y, const char *language, mu_year_start *out) {
    const mu_year_plan *plan = y->plan;
    const uint32_t members = plan->roster.members.count;
    radios *given = mu_arena_array(plan->arena, (size_t)members + 1, sizeof *given);
    if (given == NULL) {
        out->no_memory = true;
        return;
    }
    give_dead_radios(y, given);
    for (uint32_t m = 0; m < members; m++) {
        const mu_member *member = &plan->roster.members.items[m];
        if (given[m].away > 0) {
            tell_radios(plan, member, given[m].away, true, language, out);
        }
        if (given[m].dead > 0) {
            tell_radios(plan, member, given[m].dead, false, language, out);
        }
    }
}

/* People. */

/* How many of those on the roster with this role are away, if they are so as often as those whose
 * shift it is; somebody always stands in. */
static uint32_t count_away(const mu_year_sim *y, uint32_t staff, uint32_t listed) {
    const mu_staff_plan *plan = &y->plan->staff.items[staff];
    uint32_t away = 0, shift = 0;
    for (uint32_t k = 0; k < (uint32_t)plan->given->count; k++) {
        const mu_year_person *p = &mu_year_persons(y)[plan->first + k];
        if (mu_year_has_shift(y, staff, plan->first + k)) {
            shift++;
            away += p->away != 0 || p->gone != 0;
        }
    }
    const uint32_t gone = shift == 0 ? 0 : (uint32_t)((uint64_t)away * listed / shift);
    return listed > 0 && gone >= listed ? listed - 1 : gone;
}

static uint32_t count_listed(const mu_year_plan *plan, const char *role) {
    uint32_t count = 0;
    for (uint32_t m = 0; m < plan->roster.members.count && role != NULL; m++) {
        const mu_member *member = &plan->roster.members.items[m];
        count += strcmp(member->role, role) == 0 && !member->off_duty ? (uint32_t)member->count : 0;
    }
    return count;
}

static void take_member(const mu_year_plan *plan, const mu_member *member, uint32_t away,
                        const char *language, mu_year_start *out) {
    if ((int64_t)away >= member->count) {
        change(plan, out, "muster.roster", mu_audit_say(plan, "/members/%s", member->id), "null");
    } else {
        change(plan, out, "muster.roster", mu_audit_say(plan, "/members/%s/count", member->id),
               mu_audit_say(plan, "%d", (int)(member->count - away)));
    }
    mu_start_tell(plan, out,
                  mu_audit_say(plan, P_("%s: %u is away", "%s: %u are away", away),
                               mu_start_name(&member->name, member->id, language), away));
}

/* Somebody who relieves another, or is relieved, is part of a change of shift that the roster plans
 * by name: they stay. */
static bool is_bound(const mu_year_plan *plan, uint32_t member) {
    const mu_member *given = &plan->roster.members.items[member];
    bool bound = given->off_duty || given->relieves.id != NULL;
    for (uint32_t m = 0; m < plan->roster.members.count; m++) {
        const mu_ref *relieves = &plan->roster.members.items[m].relieves;
        bound = bound || (relieves->id != NULL && relieves->index == member);
    }
    return bound;
}

/* The line of the roster with this role that still has most people; MU_NONE. */
static uint32_t fullest(const mu_year_plan *plan, const char *role, const uint32_t *taken) {
    uint32_t best = MU_NONE;
    int64_t most = 0;
    for (uint32_t m = 0; m < plan->roster.members.count; m++) {
        const mu_member *member = &plan->roster.members.items[m];
        const int64_t left = member->count - taken[m];
        if (strcmp(member->role, role) == 0 && left > most && !is_bound(plan, m)) {
            best = m;
            most = left;
        }
    }
    return best;
}

/* One after the other from the line that has most: reserves before posts, and no skill is gone
 * before the others are thin. */
static void take_away(const mu_year_sim *y, uint32_t staff, const char *language, uint32_t *taken,
                      mu_year_start *out) {
    const mu_year_plan *plan = y->plan;
    const char *role = plan->staff.items[staff].given->role;
    uint32_t left = count_away(y, staff, count_listed(plan, role));
    for (; left > 0; left--) {
        const uint32_t member = fullest(plan, role, taken);
        if (member == MU_NONE) {
            break;
        }
        taken[member]++;
    }
    for (uint32_t m = 0; m < plan->roster.members.count && role != NULL; m++) {
        if (taken[m] > 0 && strcmp(plan->roster.members.items[m].role, role) == 0) {
            take_member(plan, &plan->roster.members.items[m], taken[m], language, out);
        }
    }
    if (left > 0) {
        mu_start_tell(
            plan, out,
            mu_audit_say(plan, _("%u more of %s are away; they stay, for the roster names them"),
                         left, role));
    }
}

/* The share of a topic that this staff still knows, on average over topics that it is taught; NAN:
 * none is. */
static double known_by(const mu_year_sim *y, uint32_t staff) {
    const mu_staff_plan *plan = &y->plan->staff.items[staff];
    double sum = 0, count = 0;
    for (uint32_t d = 0; d < y->plan->duties.count; d++) {
        const mu_duty_plan *duty = &y->plan->duties.items[d];
        if (duty->topic == MU_NONE || duty->given->does != MU_DOES_TEACH ||
            !mu_ref_list_has(&duty->given->attends, staff)) {
            continue;
        }
        for (uint32_t k = 0; k < (uint32_t)plan->given->count; k++) {
            sum += mu_year_knows(y, plan->first + k, duty->topic, mu_sim_now(&y->sim));
            count++;
        }
    }
    return count > 0 ? sum / count : (double)NAN;
}

/* Whoever knows less than half of what they were taught reacts like people who are not drilled. */
static void dull_groups(const mu_year_sim *y, uint32_t staff, const char *language,
                        mu_year_start *out) {
    const mu_year_plan *plan = y->plan;
    const char *role = plan->staff.items[staff].given->role;
    const double known = known_by(y, staff);
    for (uint32_t g = 0; g < plan->roster.groups.count && role != NULL && known < 0.5; g++) {
        const mu_group *group = &plan->roster.groups.items[g];
        if (strcmp(group->role, role) == 0 && group->training == MU_TRAINING_M1) {
            change(plan, out, "muster.roster", mu_audit_say(plan, "/groups/%s/training", group->id),
                   "\"M2\"");
            mu_start_tell(
                plan, out,
                mu_audit_say(plan, _("%s know %.0f %% of what they were taught: rated M2"),
                             mu_start_name(&group->name, group->id, language), 100 * known));
        }
    }
}

static uint32_t choose_day(const mu_year_plan *plan, uint64_t seed) {
    mu_stream stream;
    mu_stream_open(&stream, seed, 0, MU_PURPOSE_YEAR_MOMENT, mu_name_hash(plan->year.id), 0);
    for (int tries = 0; tries < 1000; tries++) {
        const uint32_t day = (uint32_t)(mu_stream_uniform(&stream) * (double)plan->calendar.days);
        if (mu_calendar_works(&plan->calendar, day)) {
            return day;
        }
    }
    return 0;
}

static const char *say_date(const mu_year_plan *plan, uint32_t day, double hour) {
    int64_t year;
    int month, of_month;
    mu_date_of(plan->calendar.first_day + day, &year, &month, &of_month);
    return mu_audit_say(plan, "%04d-%02d-%02dT%02d:%02d", (int)year, month, of_month, (int)hour,
                        (int)(hour * 60) % 60);
}

void mu_start_state(const mu_year_sim *y, const mu_year_moment *moment, uint32_t *taken,
                    mu_year_start *out) {
    take_broken(y, moment->language, out);
    take_radios(y, moment->language, out);
    mu_start_stock(y, moment, out);
    for (uint32_t s = 0; s < y->plan->staff.count; s++) {
        take_away(y, s, moment->language, taken, out);
    }
}

static void say_all(const mu_year_sim *y, const mu_year_moment *moment, mu_year_start *out) {
    const mu_year_plan *plan = y->plan;
    uint32_t *taken =
        mu_arena_array(plan->arena, (size_t)plan->roster.members.count + 1, sizeof *taken);
    if (taken == NULL) {
        out->no_memory = true;
        return;
    }
    mu_start_state(y, moment, taken, out);
    for (uint32_t s = 0; s < plan->staff.count; s++) {
        dull_groups(y, s, moment->language, out);
    }
    mu_start_skills(y, moment, taken, out);
    mu_start_plans(y, moment, out);
}

mu_status mu_year_sample(const mu_year_plan *plan, const mu_year_moment *moment,
                         mu_year_start *out) {
    *out = (mu_year_start){0};
    const uint32_t on = moment->day == MU_NONE ? choose_day(plan, moment->seed) : moment->day;
    if (on >= plan->calendar.days) {
        return MU_ERR_INPUT;
    }
    mu_log *log = mu_log_create();
    mu_year_sim y = {0};
    mu_status status = log == NULL ? MU_ERR_MEMORY : mu_year_begin(plan, moment->seed, 0, log, &y);
    if (status == MU_OK) {
        const mu_time at_us = on * MU_DAY + mu_time_from_s(moment->hour * 3600);
        status = mu_year_play(&y, at_us);
        mu_world_clock(&y.sim.world)->now_us = at_us;
    }
    if (status == MU_OK) {
        out->date = say_date(plan, on, moment->hour);
        say_all(&y, moment, out);
        status = out->no_memory ? MU_ERR_MEMORY : MU_OK;
    }
    mu_year_destroy(&y);
    mu_log_destroy(log);
    return status;
}
