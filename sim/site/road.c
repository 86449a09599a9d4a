/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site/road.h"

#include <math.h>

#include "core/i18n.h"
#include "site/plane.h"

double mu_road_off(const mu_road *road, mu_point at) {
    double least = INFINITY;
    for (uint32_t i = 0; i + 1 < road->course.count; i++) {
        least =
            mu_plane_min(least, mu_plane_off(road->course.items[i], road->course.items[i + 1], at));
    }
    return least;
}

static bool is_on_level(const mu_site *site, const mu_road *road, const mu_ref *space) {
    return road->space.index < site->spaces.count && space->index < site->spaces.count &&
           site->spaces.items[road->space.index].level.index ==
               site->spaces.items[space->index].level.index;
}

static void tell_in_lane(const mu_site *site, const mu_road *road, const mu_ref *space, mu_point at,
                         const char *id, mu_diags *diags) {
    if (is_on_level(site, road, space) && mu_road_off(road, at) < road->width_m / 2) {
        mu_diags_add(diags, MU_WARNING, "site.road-obstructed", road->origin,
                     _("move it, or draw the lane beside it"),
                     _("'%s' stands in the fire lane of road '%s'"), id, road->id);
    }
}

/* Pillars and planters: each corner, since they are small beside a lane. */
static void tell_holes(const mu_site *site, const mu_road *road, mu_diags *diags) {
    for (uint32_t s = 0; s < site->spaces.count; s++) {
        const mu_space *space = &site->spaces.items[s];
        const mu_ref in = {.index = s};
        bool met = false;
        for (uint32_t h = 0; h < space->holes.count && is_on_level(site, road, &in); h++) {
            for (uint32_t i = 0; i < space->holes.items[h].count && !met; i++) {
                met = mu_road_off(road, space->holes.items[h].items[i]) < road->width_m / 2;
            }
        }
        if (met) {
            mu_diags_add(diags, MU_WARNING, "site.road-obstructed", road->origin,
                         _("move it, or draw the lane beside it"),
                         _("a hole of space '%s' lies in the fire lane of road '%s'"), space->id,
                         road->id);
        }
    }
}

static void check_lane(const mu_site *site, const mu_road *road, mu_diags *diags) {
    const double away = mu_plane_distance(road->course.items[road->course.count - 1], road->at);
    if (away > road->width_m) {
        mu_diags_add(diags, MU_WARNING, "site.road-end", road->origin,
                     _("draw the lane as far as the place where help enters the model"),
                     _("the fire lane of road '%s' ends %.1f m from its point `at`"), road->id,
                     away);
    }
    if (road->width_m < MU_FIRE_LANE_M) {
        mu_diags_add(diags, MU_WARNING, "site.road-narrow", road->origin,
                     _("widen it, or correct `width_m`"),
                     _("the fire lane of road '%s' is %.2f m wide; GB 50016-2014 (2018), 7.1.8, "
                       "asks for %.1f m"),
                     road->id, road->width_m, MU_FIRE_LANE_M);
    }
    for (uint32_t i = 0; i < site->assembly_points.count; i++) {
        const mu_assembly *a = &site->assembly_points.items[i];
        tell_in_lane(site, road, &a->space, a->at, a->id, diags);
    }
    for (uint32_t i = 0; i < site->posts.count; i++) {
        const mu_post *p = &site->posts.items[i];
        if (p->kind == MU_POST_COMMAND || p->kind == MU_POST_MEDICAL) {
            tell_in_lane(site, road, &p->space, p->at, p->id, diags);
        }
    }
    tell_holes(site, road, diags);
}

void mu_road_check(const mu_site *site, mu_diags *diags) {
    for (uint32_t i = 0; i < site->roads.count; i++) {
        if (site->roads.items[i].course.count > 1) {
            check_lane(site, &site->roads.items[i], diags);
        }
    }
}
