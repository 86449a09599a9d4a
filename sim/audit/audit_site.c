/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts that site, roster and playbooks hold: one function each, in one table by their words. */
#include <string.h>

#include "audit/audit.h"
#include "core/i18n.h"

static const mu_site *site_of(const mu_audit *a) {
    return &a->plan->site;
}

static double count_members(const mu_audit *a, const char *role, const char *skill) {
    double count = 0;
    for (uint32_t m = 0; m < a->plan->roster.members.count; m++) {
        const mu_member *member = &a->plan->roster.members.items[m];
        const bool has = (skill == NULL || mu_string_list_has(&member->skills, skill)) &&
                         !member->off_duty && strcmp(member->role, role) == 0;
        count += has ? (double)member->count : 0;
    }
    return count;
}

static double count_occupants(const mu_audit *a) {
    double count = 0;
    for (uint32_t g = 0; g < a->plan->roster.groups.count; g++) {
        count += (double)a->plan->roster.groups.items[g].count;
    }
    return count;
}

static double count_all_members(const mu_audit *a) {
    double count = 0;
    for (uint32_t m = 0; m < a->plan->roster.members.count; m++) {
        const mu_member *member = &a->plan->roster.members.items[m];
        count += member->off_duty ? 0 : (double)member->count;
    }
    return count;
}

static double count_equipment(const mu_audit *a, mu_equipment_kind kind) {
    double count = 0;
    for (uint32_t e = 0; e < site_of(a)->equipment.count; e++) {
        const mu_equipment *thing = &site_of(a)->equipment.items[e];
        count += thing->kind == kind ? (double)thing->count : 0;
    }
    return count;
}

static void wall_height(mu_audit *a, uint32_t clause) {
    if (site_of(a)->wall_height_m > 0) {
        mu_audit_add(
            a, clause, "height", site_of(a)->wall_height_m,
            mu_audit_say(a->plan, _("site: the wall is %g m high"), site_of(a)->wall_height_m));
    }
}

static void wall_top(mu_audit *a, uint32_t clause) {
    if (site_of(a)->wall_height_m > 0) {
        mu_audit_add(a, clause, NULL, site_of(a)->wall_topped ? 1 : 0,
                     site_of(a)->wall_topped ? _("site: the wall's top is secured")
                                             : _("site: nothing on the wall's top"));
    }
}

/* The weakest of the barriers that stop vehicles. */
static void barrier(mu_audit *a, uint32_t clause) {
    const mu_portal *weakest = NULL;
    for (uint32_t p = 0; p < site_of(a)->portals.count; p++) {
        const mu_portal *portal = &site_of(a)->portals.items[p];
        if (portal->stops_t > 0 && (weakest == NULL || portal->stops_t < weakest->stops_t)) {
            weakest = portal;
        }
    }
    if (weakest != NULL) {
        mu_audit_add(a, clause, "mass", weakest->stops_t,
                     mu_audit_say(a->plan, _("site: the weakest barrier, %s, stops %g t"),
                                  weakest->id, weakest->stops_t));
    }
}

static void bollards(mu_audit *a, uint32_t clause) {
    for (uint32_t p = 0; p < site_of(a)->portals.count; p++) {
        const mu_portal *portal = &site_of(a)->portals.items[p];
        if (portal->kind == MU_PORTAL_GATE && portal->zone != NULL &&
            strcmp(portal->zone, "utility") == 0) {
            mu_audit_add(a, clause, NULL, portal->stops_t > 0 ? 1 : 0,
                         mu_audit_say(a->plan,
                                      portal->stops_t > 0 ? _("site: vehicles are stopped at %s")
                                                          : _("site: nothing stops vehicles at %s"),
                                      portal->id));
        }
    }
}

static void two_person(mu_audit *a, uint32_t clause) {
    const mu_portal *weakest = NULL;
    for (uint32_t p = 0; p < site_of(a)->portals.count; p++) {
        const mu_portal *portal = &site_of(a)->portals.items[p];
        if (portal->needs_persons > 1 &&
            (weakest == NULL ||
             portal->needs_persons + portal->locks < weakest->needs_persons + weakest->locks)) {
            weakest = portal;
        }
    }
    if (weakest != NULL) {
        const char *said = mu_audit_say(
            a->plan,
            _("site: %s asks for %d persons and has %d locks; biometrics are not part of "
              "the site file"),
            weakest->id, (int)weakest->needs_persons, (int)weakest->locks);
        mu_audit_add(a, clause, "persons", (double)weakest->needs_persons, said);
        mu_audit_add(a, clause, "locks", (double)weakest->locks, said);
    }
}

static void persons_per_pass(mu_audit *a, uint32_t clause) {
    for (uint32_t p = 0; p < site_of(a)->portals.count; p++) {
        if (site_of(a)->portals.items[p].one_per_pass) {
            mu_audit_add(a, clause, "persons", 1,
                         mu_audit_say(a->plan, _("site: %s lets one person through a pass"),
                                      site_of(a)->portals.items[p].id));
        }
    }
}

static void screening(mu_audit *a, uint32_t clause) {
    for (uint32_t l = 0; l < site_of(a)->lanes.count; l++) {
        const mu_lane *lane = &site_of(a)->lanes.items[l];
        if (strcmp(lane->of, "visitors") == 0) {
            mu_audit_add(a, clause, NULL, lane->gate && lane->scanner ? 1 : 0,
                         mu_audit_say(a->plan, _("site: %s has %s and %s"), lane->id,
                                      lane->gate ? _("a gate") : _("no gate"),
                                      lane->scanner ? _("a body scanner") : _("no body scanner")));
        }
    }
}

static void protective_ratio(mu_audit *a, uint32_t clause) {
    const double wear = count_members(a, "guard", NULL) + count_members(a, "ert", NULL);
    const double kits = count_equipment(a, MU_EQUIPMENT_PROTECTIVE_KIT);
    if (wear > 0) {
        mu_audit_add(a, clause, "ratio", kits / wear,
                     mu_audit_say(a->plan,
                                  _("site and roster: %g kits for %g guards and members of the "
                                    "response team on duty"),
                                  kits, wear));
    }
}

static void provisions(mu_audit *a, uint32_t clause) {
    double person_days = 0;
    for (uint32_t e = 0; e < site_of(a)->equipment.count; e++) {
        person_days += site_of(a)->equipment.items[e].person_days;
    }
    const double eat = count_occupants(a) + count_all_members(a);
    if (eat > 0 && person_days > 0) {
        mu_audit_add(a, clause, "duration", person_days / eat,
                     mu_audit_say(a->plan, _("site and roster: %g person-days for %g people"),
                                  person_days, eat));
    }
}

static void team(mu_audit *a, uint32_t clause) {
    static const char *const skills[] = {"eod", "medic", "negotiator"};
    const double total = count_members(a, "ert", NULL);
    if (total <= 0) {
        return;
    }
    mu_audit_add(a, clause, "total", total,
                 mu_audit_say(a->plan, _("roster: %g in the response team"), total));
    for (size_t k = 0; k < sizeof skills / sizeof skills[0]; k++) {
        const double with = count_members(a, "ert", skills[k]);
        mu_audit_add(
            a, clause, skills[k], with,
            mu_audit_say(a->plan, _("roster: %g of them with the skill %s"), with, skills[k]));
    }
}

static void radio_coverage(mu_audit *a, uint32_t clause) {
    double all = 0, dead = 0;
    const mu_channel *radio = NULL;
    for (uint32_t c = 0; c < site_of(a)->channels.count; c++) {
        if (site_of(a)->channels.items[c].kind == MU_CHANNEL_RADIO) {
            radio = &site_of(a)->channels.items[c];
        }
    }
    for (uint32_t s = 0; radio != NULL && s < site_of(a)->spaces.count; s++) {
        if (site_of(a)->spaces.items[s].use != MU_USE_LIFT) {
            all++;
            dead += mu_ref_list_has(&radio->dead_spaces, s);
        }
    }
    if (radio != NULL && all > 0) {
        mu_audit_add(a, clause, "coverage", (all - dead) / all,
                     mu_audit_say(a->plan, _("site: %g of %g spaces are dead spots of %s"), dead,
                                  all, radio->id));
    }
}

static void guard_ratio(mu_audit *a, uint32_t clause) {
    const double guards = count_members(a, "guard", NULL), people = count_occupants(a);
    if (people > 0) {
        mu_audit_add(a, clause, "ratio", guards / people,
                     mu_audit_say(a->plan, _("roster: %g guards on this shift for %g people"),
                                  guards, people));
    }
}

static void plant_sensors(mu_audit *a, uint32_t clause) {
    for (uint32_t e = 0; e < site_of(a)->equipment.count; e++) {
        const mu_equipment *thing = &site_of(a)->equipment.items[e];
        if (thing->guards != NULL && strcmp(thing->guards, "plant") == 0) {
            mu_audit_add(a, clause, NULL, 1,
                         mu_audit_say(a->plan, _("site: %s guards the plant"), thing->id));
            return;
        }
    }
}

static void thermal_cameras(mu_audit *a, uint32_t clause) {
    const double count = count_equipment(a, MU_EQUIPMENT_THERMAL_CAMERA);
    mu_audit_add(a, clause, NULL, count > 0 ? 1 : 0,
                 mu_audit_say(a->plan, _("site: %g thermal cameras"), count));
}

static void rescue_tools(mu_audit *a, uint32_t clause) {
    const double stretchers = count_equipment(a, MU_EQUIPMENT_STRETCHER);
    const double kits = count_equipment(a, MU_EQUIPMENT_MEDICAL_KIT);
    mu_audit_add(a, clause, NULL, stretchers > 0 && kits > 0 ? 1 : 0,
                 mu_audit_say(a->plan,
                              _("site: %g stretchers and %g first-aid kits; breaching tools are "
                                "not part of the site file"),
                              stretchers, kits));
}

/* Playbooks. */

static void plan_threats(mu_audit *a, uint32_t clause) {
    static const char *const threats[] = {"bombing", "hostage", "chemical"};
    double covered = 0;
    const char *said = "";
    for (size_t t = 0; a->playbooks != NULL && t < sizeof threats / sizeof threats[0]; t++) {
        const char *file = NULL;
        for (uint32_t p = 0; p < a->playbooks->count && file == NULL; p++) {
            const mu_playbook *book = &a->playbooks->items[p];
            file = book->threat != NULL && strcmp(book->threat, threats[t]) == 0
                       ? a->playbooks->files[p]
                       : NULL;
        }
        covered += file != NULL;
        said = mu_audit_say(a->plan, _("%s%s%s: %s"), said, said[0] != 0 ? _("; ") : "", threats[t],
                            file != NULL ? file : _("no playbook"));
    }
    if (a->playbooks != NULL) {
        mu_audit_add(a, clause, "threats", covered, said);
    }
}

static const char *lacks(const mu_playbook *book) {
    return book->approved_by.en == NULL && book->approved_by.zh == NULL
               ? _("who approved it is missing")
           : book->effective == NULL    ? _("its date is missing")
           : book->revisions.count == 0 ? _("the record of revisions is missing")
                                        : NULL;
}

static void plan_header(mu_audit *a, uint32_t clause) {
    uint32_t lacking = 0;
    for (uint32_t p = 0; a->playbooks != NULL && p < a->playbooks->count; p++) {
        const char *what = lacks(&a->playbooks->items[p]);
        if (what != NULL) {
            lacking++;
            mu_audit_add(a, clause, NULL, 0,
                         mu_audit_say(a->plan, _("%s: %s"), a->playbooks->files[p], what));
        }
    }
    if (a->playbooks != NULL && a->playbooks->count > 0 && lacking == 0) {
        mu_audit_add(a, clause, NULL, 1,
                     mu_audit_say(a->plan,
                                  _("all %u playbooks name who approved them, their date and "
                                    "their revisions"),
                                  a->playbooks->count));
    }
}

static bool reviewed(const mu_playbook *book, const char *const words[3]) {
    for (uint32_t r = 0; r < book->reviewed_by.count; r++) {
        for (int w = 0; w < 3; w++) {
            if (strstr(book->reviewed_by.items[r], words[w]) != NULL) {
                return true;
            }
        }
    }
    return false;
}

static void plan_review(mu_audit *a, uint32_t clause) {
    static const char *const fire[3] = {"ire", "消防", "rescue"};
    static const char *const medical[3] = {"edical", "ospital", "医"};
    uint32_t lacking = 0;
    for (uint32_t p = 0; a->playbooks != NULL && p < a->playbooks->count; p++) {
        const mu_playbook *book = &a->playbooks->items[p];
        const bool by_fire = reviewed(book, fire), by_medical = reviewed(book, medical);
        if (!by_fire || !by_medical) {
            lacking++;
            mu_audit_add(a, clause, NULL, 0,
                         mu_audit_say(a->plan, _("%s: %s"), a->playbooks->files[p],
                                      !by_fire && !by_medical
                                          ? _("reviewed neither by fire nor by medical experts")
                                      : by_fire ? _("not reviewed by medical experts")
                                                : _("not reviewed by fire experts")));
        }
    }
    if (a->playbooks != NULL && a->playbooks->count > 0 && lacking == 0) {
        mu_audit_add(a, clause, NULL, 1,
                     mu_audit_say(a->plan,
                                  _("all %u playbooks were reviewed by fire and medical experts"),
                                  a->playbooks->count));
    }
}

/* Months from the last revision of the oldest plan to the first day of the year. */
static void plan_age(mu_audit *a, uint32_t clause) {
    double most = -1;
    const char *file = "", *date = "";
    for (uint32_t p = 0; a->plan->has_year && a->playbooks != NULL && p < a->playbooks->count;
         p++) {
        const mu_playbook *book = &a->playbooks->items[p];
        const char *last = book->effective;
        for (uint32_t r = 0; r < book->revisions.count; r++) {
            const char *revised = book->revisions.items[r].date;
            last = revised != NULL && (last == NULL || strcmp(revised, last) > 0) ? revised : last;
        }
        const double days =
            last == NULL
                ? 0
                : (double)(mu_date_read(a->plan->year.from, NULL) - mu_date_read(last, NULL));
        if (last != NULL && days > most) {
            most = days > 0 ? days : 0;
            file = a->playbooks->files[p];
            date = last;
        }
    }
    if (most >= 0) {
        mu_audit_add(a, clause, "interval", most * 86400 / mu_calendar_unit_s("months"),
                     mu_audit_say(a->plan, _("%s was last revised on %s"), file, date));
    }
}

static void staffing(mu_audit *a, uint32_t clause) {
    const char *role = site_of(a)->alarm_desk.role;
    if (role != NULL && a->plan->has_roster) {
        const double count = count_members(a, role, NULL);
        mu_audit_add(a, clause, "persons", count,
                     mu_audit_say(a->plan, _("roster: %g at the alarm desk on this shift"), count));
    }
}

static const struct {
    const char *word;
    void (*add)(mu_audit *a, uint32_t clause);
    bool needs_roster;
} facts[] = {
    {"wall_height", wall_height, false},
    {"wall_top", wall_top, false},
    {"barrier", barrier, false},
    {"bollards", bollards, false},
    {"two_person", two_person, false},
    {"persons_per_pass", persons_per_pass, false},
    {"screening_equipment", screening, false},
    {"protective_ratio", protective_ratio, true},
    {"provisions", provisions, true},
    {"team", team, true},
    {"staffing", staffing, true},
    {"radio_coverage", radio_coverage, false},
    {"guard_ratio", guard_ratio, true},
    {"plant_sensors", plant_sensors, false},
    {"thermal_cameras", thermal_cameras, false},
    {"rescue_tools", rescue_tools, false},
    {"plan_threats", plan_threats, false},
    {"plan_header", plan_header, false},
    {"plan_review", plan_review, false},
    {"plan_age", plan_age, false},
};

bool mu_audit_has(const char *word) {
    bool has = false;
    for (size_t k = 0; k < sizeof facts / sizeof facts[0]; k++) {
        has = has || strcmp(facts[k].word, word) == 0;
    }
    return has;
}

void mu_audit_named(mu_audit *audit, uint32_t clause, const char *word) {
    for (size_t k = 0; k < sizeof facts / sizeof facts[0]; k++) {
        if (strcmp(facts[k].word, word) == 0 &&
            (!facts[k].needs_roster || audit->plan->has_roster)) {
            facts[k].add(audit, clause);
        }
    }
}
