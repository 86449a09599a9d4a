/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a site says about lifts and refuges, and what of it cannot be. */
#include "site/lift.h"

#include "core/i18n.h"
#include "site/site.h"
#include "site/walkable_parts.h"

uint32_t mu_lift_of(const mu_site *site, uint32_t space, uint32_t *car) {
    *car = 0;
    for (uint32_t l = 0; l < site->lifts.count; l++) {
        const mu_ref_list *cars = &site->lifts.items[l].cars;
        for (uint32_t c = 0; c < cars->count; c++) {
            if (cars->items[c].index == space) {
                *car = c;
                return l;
            }
        }
    }
    return MU_NONE;
}

static double elevation_of(const mu_site *site, uint32_t space) {
    if (space >= site->spaces.count) {
        return 0;
    }
    const uint32_t level = site->spaces.items[space].level.index;
    return level < site->levels.count ? site->levels.items[level].elevation_m : 0;
}

double mu_lift_rise_m(const mu_site *site, uint32_t lift, uint32_t car) {
    const mu_ref_list *cars = &site->lifts.items[lift].cars;
    return car + 1 < cars->count ? elevation_of(site, cars->items[car + 1].index) -
                                       elevation_of(site, cars->items[car].index)
                                 : 0;
}

/* Does some portal of the level lead between indoors and the open? */
static bool has_exit(const mu_site *site, uint32_t level) {
    for (uint32_t p = 0; p < site->portals.count; p++) {
        const mu_portal *portal = &site->portals.items[p];
        if (portal->between.count == 2 && !mu_portal_is_flight(portal) &&
            mu_site_leads_out(site, p) &&
            site->spaces.items[portal->between.items[0].index].level.index == level &&
            site->spaces.items[portal->between.items[1].index].level.index == level) {
            return true;
        }
    }
    return false;
}

uint32_t mu_lift_recall_car(const mu_site *site, uint32_t lift) {
    const mu_lift *given = &site->lifts.items[lift];
    for (uint32_t c = given->cars.count; given->recall.id != NULL && c-- > 0;) {
        if (given->recall.index == given->cars.items[c].index) {
            return c;
        }
    }
    for (uint32_t c = 0; c < given->cars.count; c++) {
        if (has_exit(site, site->spaces.items[given->cars.items[c].index].level.index)) {
            return c;
        }
    }
    return 0;
}

/* Is there a portal at this car's space that is a ride, or one that is none? */
static bool has_portal(const mu_site *site, uint32_t space, uint32_t to, bool ride) {
    for (uint32_t p = 0; p < site->portals.count; p++) {
        const mu_portal *portal = &site->portals.items[p];
        if ((portal->kind == MU_PORTAL_LIFT) == ride && mu_ref_list_has(&portal->between, space) &&
            (to == MU_NONE || mu_ref_list_has(&portal->between, to))) {
            return true;
        }
    }
    return false;
}

static void check_car(const mu_site *site, uint32_t lift, uint32_t c, mu_diags *diags) {
    const mu_lift *given = &site->lifts.items[lift];
    const uint32_t space = given->cars.items[c].index;
    const mu_space *car = &site->spaces.items[space];
    uint32_t other;
    if (car->use != MU_USE_LIFT) {
        mu_diags_add(diags, MU_ERROR, "site.lift-car", given->origin,
                     _("give the space the use 'lift', or name the one that is the car's"),
                     _("lift '%s': space '%s' is not of use 'lift'"), given->id, car->id);
    }
    if (mu_lift_of(site, space, &other) != lift || other != c) {
        mu_diags_add(diags, MU_ERROR, "site.lift-shared", given->origin,
                     _("give each lift spaces of its own, each once"),
                     _("lift '%s': space '%s' is the car of a lift already"), given->id, car->id);
    }
    if (!has_portal(site, space, MU_NONE, false)) {
        mu_diags_add(diags, MU_WARNING, "site.lift-door", given->origin,
                     _("add the door through which people get in and out"),
                     _("lift '%s' has no door out of '%s': nobody gets in or out there"), given->id,
                     car->id);
    }
}

static void check_ride(const mu_site *site, uint32_t lift, uint32_t c, mu_diags *diags) {
    const mu_lift *given = &site->lifts.items[lift];
    const mu_ref *cars = given->cars.items;
    const char *lower = site->spaces.items[cars[c].index].id;
    const char *upper = site->spaces.items[cars[c + 1].index].id;
    if (!(mu_lift_rise_m(site, lift, c) > 0)) {
        mu_diags_add(diags, MU_ERROR, "site.lift-order", given->origin,
                     _("name its cars from the lowest level up, one on each"),
                     _("lift '%s': '%s' is not above '%s'"), given->id, upper, lower);
    } else if (!has_portal(site, cars[c].index, cars[c + 1].index, true)) {
        mu_diags_add(diags, MU_ERROR, "site.lift-ride", given->origin,
                     _("add a portal of kind 'lift' between them, its line along the car's back "
                       "wall"),
                     _("lift '%s': no portal of kind 'lift' joins '%s' and '%s'"), given->id, lower,
                     upper);
    }
}

static bool is_known(const mu_site *site, const mu_lift *lift) {
    for (uint32_t c = 0; c < lift->cars.count; c++) {
        if (lift->cars.items[c].index >= site->spaces.count) {
            return false;
        }
    }
    return true;
}

static void check_lift(const mu_site *site, uint32_t lift, mu_diags *diags) {
    const mu_lift *given = &site->lifts.items[lift];
    uint32_t car;
    if (!is_known(site, given)) {
        return; /* told already */
    }
    if (given->cars.count < 2) {
        mu_diags_add(diags, MU_ERROR, "site.lift-levels", given->origin,
                     _("name its space on each level that it serves"),
                     _("lift '%s' serves one level only"), given->id);
    }
    for (uint32_t c = 0; c < given->cars.count; c++) {
        check_car(site, lift, c, diags);
        if (c + 1 < given->cars.count) {
            check_ride(site, lift, c, diags);
        }
    }
    if (given->recall.id != NULL && given->recall.index < site->spaces.count &&
        mu_lift_of(site, given->recall.index, &car) != lift) {
        mu_diags_add(diags, MU_ERROR, "site.lift-recall", given->origin, _("name one of its cars"),
                     _("lift '%s' is recalled to '%s', which is none "
                       "of its cars"),
                     given->id, given->recall.id);
    }
}

static void check_portal(const mu_site *site, const mu_portal *portal, mu_diags *diags) {
    uint32_t lower_car, upper_car;
    if (portal->kind != MU_PORTAL_LIFT || portal->between.count != 2) {
        return;
    }
    const uint32_t lower = mu_lift_of(site, portal->between.items[0].index, &lower_car);
    const uint32_t upper = mu_lift_of(site, portal->between.items[1].index, &upper_car);
    if (lower == MU_NONE || lower != upper || upper_car != lower_car + 1) {
        mu_diags_add(diags, MU_ERROR, "site.ride-nowhere", portal->origin,
                     _("name two spaces that follow each other in the 'cars' of a lift"),
                     _("portal '%s' is of kind 'lift', but no lift goes from the one of its "
                       "spaces to the other"),
                     portal->id);
    }
}

static void check_refuge(const mu_site *site, const mu_refuge *refuge, mu_diags *diags) {
    if (refuge->space.index >= site->spaces.count) {
        return;
    }
    const mu_space *in = &site->spaces.items[refuge->space.index];
    if (in->use == MU_USE_OUTDOOR) {
        mu_diags_add(diags, MU_WARNING, "site.refuge-outdoors", refuge->origin,
                     _("a place of refuge is indoors, near a stair; leave this one out"),
                     _("place of refuge '%s' is in the open, where nobody has to wait"),
                     refuge->id);
    }
    if (refuge->calls.id == NULL) {
        mu_diags_add(diags, MU_NOTE, "site.refuge-mute", refuge->origin,
                     _("name the channel of its call point in 'calls'"),
                     _("place of refuge '%s' has no call point: who has no telephone is not "
                       "heard"),
                     refuge->id);
    }
}

void mu_lift_check(const mu_site *site, mu_diags *diags) {
    for (uint32_t l = 0; l < site->lifts.count; l++) {
        check_lift(site, l, diags);
    }
    for (uint32_t p = 0; p < site->portals.count; p++) {
        check_portal(site, &site->portals.items[p], diags);
    }
    for (uint32_t r = 0; r < site->refuges.count; r++) {
        check_refuge(site, &site->refuges.items[r], diags);
    }
}

/* Does anything but a flight lead there? */
static bool is_on_the_level(const mu_walkable *walkable, uint32_t area) {
    for (uint32_t k = 0; k < walkable->areas[area].gate_count; k++) {
        int side;
        const mu_gate *gate = &walkable->gates[mu_area_gate(walkable, area, k, &side)];
        const uint32_t from = gate->area[1 - side];
        if (from != MU_NONE && walkable->areas[from].space != MU_NONE &&
            walkable->areas[from].lift == MU_NONE) {
            return true;
        }
    }
    return false;
}

void mu_refuge_check(const mu_walkable *walkable, mu_diags *diags) {
    const mu_site *site = walkable->site;
    for (uint32_t r = 0; r < site->refuges.count; r++) {
        const mu_refuge *refuge = &site->refuges.items[r];
        if (!is_on_the_level(walkable, refuge->space.index)) {
            mu_diags_add(diags, MU_WARNING, "site.refuge-unreachable", refuge->origin,
                         _("add the door to it, or put it where a wheelchair gets to"),
                         _("place of refuge '%s' is reached by stairs only"), refuge->id);
        }
    }
}
