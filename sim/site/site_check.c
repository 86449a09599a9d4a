/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What no single field of a site can tell to be wrong. Each check looks at one thing, tells all its
 * faults, and leaves what another check has already called wrong alone. */
#include "site/site_check.h"

#include <math.h>
#include <stdlib.h>

#include "core/i18n.h"
#include "site/border.h"
#include "site/geometry_geos.h"
#include "site/plane.h"
#include "site/road.h"

/* What can be wrong with a portal by itself. */
enum {
    FAULT_SIDES = 1,   /* number of spaces */
    FAULT_UNKNOWN = 2, /* a space that is none */
    FAULT_LOOP = 4,    /* leads back into its own space */
    FAULT_LINE = 8,    /* two points, apart */
    FAULT_UPPER = 16,  /* the head's line: stairs, and only they */
    FAULT_LEVELS = 32, /* a door between levels */
    FAULT_RISE = 64,   /* a flight that does not rise */
    FAULT_LENGTH = 128 /* a flight shorter than its rise */
};

static const double OVERLAP_M2 = 0.05;
static const double LEAST_AREA_M2 = 0.01;
static const double MOST_EXTENT_M = 2000; /* of one space */
static const double LINE_LEAST_M = 0.1;
static const double ON_BORDER_M = 0.05; /* still counts as inside */
static const double SAME_SPOT_M = 0.3;

static uint32_t sides_of(mu_portal_kind kind) {
    return kind == MU_PORTAL_OUTDOOR_EDGE ? 1 : 2;
}

static bool is_line(const mu_ring *line) {
    return line->count == 2 && mu_plane_distance(line->items[0], line->items[1]) >= LINE_LEAST_M;
}

static const mu_space *side_of(const mu_site *site, const mu_portal *portal, uint32_t side) {
    return &site->spaces.items[portal->between.items[side].index];
}

static double elevation_of(const mu_site *site, const mu_space *space) {
    uint32_t level = space->level.index;
    return level < site->levels.count ? site->levels.items[level].elevation_m : NAN;
}

/* Of a portal whose two spaces are known and different. */
static unsigned level_faults(const mu_site *site, const mu_portal *portal) {
    const mu_space *from = side_of(site, portal, 0), *to = side_of(site, portal, 1);
    if (!mu_portal_is_flight(portal) && portal->kind != MU_PORTAL_LIFT) {
        return from->level.index != to->level.index ? FAULT_LEVELS : 0;
    }
    double rise = elevation_of(site, to) - elevation_of(site, from);
    if (!(rise > 0)) {
        return FAULT_RISE;
    }
    return portal->length_m > 0 && portal->length_m < rise ? FAULT_LENGTH : 0;
}

static unsigned portal_faults(const mu_site *site, const mu_portal *portal) {
    bool stair = mu_portal_is_flight(portal);
    unsigned faults = is_line(&portal->line) ? 0 : FAULT_LINE;
    if (stair ? !is_line(&portal->upper_line) : portal->upper_line.count > 0) {
        faults |= FAULT_UPPER;
    }
    if (portal->between.count != sides_of(portal->kind)) {
        return faults | FAULT_SIDES;
    }
    for (uint32_t s = 0; s < portal->between.count; s++) {
        if (portal->between.items[s].index >= site->spaces.count) {
            return faults | FAULT_UNKNOWN;
        }
    }
    if (portal->between.count == 1) {
        return faults;
    }
    if (portal->between.items[0].index == portal->between.items[1].index) {
        return faults | FAULT_LOOP;
    }
    return faults | level_faults(site, portal);
}

bool mu_portal_is_whole(const mu_site *site, uint32_t portal) {
    return portal_faults(site, &site->portals.items[portal]) == 0;
}

static void tell_form(const mu_portal *portal, unsigned faults, mu_diags *diags) {
    if (faults & FAULT_SIDES) {
        mu_diags_add(diags, MU_ERROR, "site.portal-sides", portal->origin,
                     _("name the two spaces it joins; only an outdoor edge names just one"),
                     _("portal '%s' names %u spaces, but its kind joins %u"), portal->id,
                     portal->between.count, sides_of(portal->kind));
    }
    if (faults & FAULT_UNKNOWN) {
        mu_diags_add(diags, MU_ERROR, "site.portal-nowhere", portal->origin, NULL,
                     _("portal '%s' leads to a space that does not exist"), portal->id);
    }
    if (faults & FAULT_LINE) {
        mu_diags_add(diags, MU_ERROR, "site.portal-line", portal->origin,
                     _("give its line as two points, the ends of the opening"),
                     _("the line of portal '%s' is not two points at least %.1f m apart"),
                     portal->id, LINE_LEAST_M);
    }
    if ((faults & FAULT_UPPER) && mu_portal_is_flight(portal)) {
        mu_diags_add(diags, MU_ERROR, "site.portal-line", portal->origin,
                     _("give upper_line as two points, the ends of the flight's head"),
                     _("the upper line of stair '%s' is not two points at least %.1f m apart"),
                     portal->id, LINE_LEAST_M);
    } else if (faults & FAULT_UPPER) {
        mu_diags_add(diags, MU_ERROR, "site.portal-line", portal->origin,
                     _("leave upper_line out, or make the portal a stair"),
                     _("portal '%s' is no stair, but has an upper line"), portal->id);
    }
}

static void tell_places(const mu_site *site, const mu_portal *portal, unsigned faults,
                        mu_diags *diags) {
    if (!(faults & (FAULT_LOOP | FAULT_LEVELS | FAULT_RISE | FAULT_LENGTH))) {
        return;
    }
    const mu_space *from = side_of(site, portal, 0), *to = side_of(site, portal, 1);
    double rise = elevation_of(site, to) - elevation_of(site, from);
    if (faults & FAULT_LOOP) {
        mu_diags_add(diags, MU_ERROR, "site.portal-loop", portal->origin,
                     _("name the space on the other side of it"),
                     _("portal '%s' leads from space '%s' back into itself"), portal->id, from->id);
    }
    if (faults & FAULT_LEVELS) {
        mu_diags_add(
            diags, MU_ERROR, "site.portal-levels", portal->origin,
            _("only a stair, an escalator or a lift joins two levels: make it one, or name spaces "
              "of one level"),
            _("portal '%s' joins '%s' and '%s', which are on different levels"), portal->id,
            from->id, to->id);
    }
    if (faults & FAULT_RISE) {
        mu_diags_add(diags, MU_ERROR, "site.stair-rise", portal->origin,
                     _("name the lower space first, and check the elevations of the levels"),
                     _("portal '%s' does not go up: '%s' is %.2f m above '%s'"), portal->id, to->id,
                     rise, from->id);
    }
    if (faults & FAULT_LENGTH) {
        mu_diags_add(diags, MU_ERROR, "site.stair-length", portal->origin,
                     _("give the length along the slope, or leave it out to have it estimated"),
                     _("stair '%s' is %.2f m long, but rises %.2f m"), portal->id, portal->length_m,
                     rise);
    }
}

static mu_point middle_of(const mu_ring *line) {
    return mu_plane_scale(mu_plane_add(line->items[0], line->items[1]), 0.5);
}

static bool is_same_spot(const mu_portal *p, const mu_portal *q) {
    if (p->kind != q->kind || p->between.count != q->between.count ||
        mu_plane_distance(middle_of(&p->line), middle_of(&q->line)) > SAME_SPOT_M) {
        return false;
    }
    uint32_t p0 = p->between.items[0].index, q0 = q->between.items[0].index;
    if (p->between.count == 1) {
        return p0 == q0;
    }
    uint32_t p1 = p->between.items[1].index, q1 = q->between.items[1].index;
    return (p0 == q0 && p1 == q1) || (p0 == q1 && p1 == q0);
}

static void check_twice(const mu_site *site, uint32_t index, mu_diags *diags) {
    const mu_portal *portal = &site->portals.items[index];
    for (uint32_t k = 0; k < index; k++) {
        const mu_portal *other = &site->portals.items[k];
        if (is_same_spot(portal, other) && mu_portal_is_whole(site, k)) {
            mu_diags_add(diags, MU_WARNING, "site.portal-twice", portal->origin,
                         _("leave one of them out: as it is, two streams pass one door"),
                         _("portals '%s' and '%s' join the same spaces at the same place"),
                         other->id, portal->id);
            return;
        }
    }
}

/* Which other space of the level holds the point: a hint for the advice. */
static uint32_t space_at(const mu_site *site, const mu_border *borders, uint32_t level,
                         mu_point at) {
    for (uint32_t s = 0; s < site->spaces.count; s++) {
        if (site->spaces.items[s].level.index == level && mu_border_contains(&borders[s], at)) {
            return s;
        }
    }
    return MU_NONE;
}

typedef struct point_check {
    const mu_site *site;
    const mu_border *borders;
    mu_diags *diags;
} point_check;

/* A thing that people go to (`visited`) or that just is there, at a point of a space. */
static void check_point(const point_check *check, const char *what, const char *id,
                        mu_origin origin, uint32_t space, mu_point at, bool visited) {
    const mu_site *site = check->site;
    if (space >= site->spaces.count) {
        return;
    }
    const mu_space *in = &site->spaces.items[space];
    const mu_border *border = &check->borders[space];
    if (visited && in->use == MU_USE_LIFT) { /* also where a lift carries people */
        mu_diags_add(check->diags, MU_ERROR, "site.point-unreachable", origin,
                     _("put it where people can walk"), _("%s '%s' is in lift '%s'"), what, id,
                     in->id);
    }
    if (mu_border_contains(border, at) || mu_border_off(border, at) <= ON_BORDER_M) {
        return;
    }
    uint32_t other = space_at(site, check->borders, in->level.index, at);
    if (other != MU_NONE) {
        mu_diags_add(check->diags, MU_ERROR, "site.point-outside", origin,
                     _("move it, or name the space that it is in"),
                     _("%s '%s' at (%.2f, %.2f) is %.2f m outside its space '%s'; it is in '%s'"),
                     what, id, at.x, at.y, mu_border_off(border, at), in->id,
                     site->spaces.items[other].id);
        return;
    }
    mu_diags_add(check->diags, MU_ERROR, "site.point-outside", origin,
                 _("move it, or name the space that it is in"),
                 _("%s '%s' at (%.2f, %.2f) is %.2f m outside its space '%s'"), what, id, at.x,
                 at.y, mu_border_off(border, at), in->id);
}

static void check_points(const point_check *check) {
    const mu_site *site = check->site;
    for (uint32_t i = 0; i < site->equipment.count; i++) {
        const mu_equipment *e = &site->equipment.items[i];
        check_point(check, _("equipment"), e->id, e->origin, e->space.index, e->at, false);
    }
    for (uint32_t i = 0; i < site->posts.count; i++) {
        const mu_post *p = &site->posts.items[i];
        check_point(check, _("post"), p->id, p->origin, p->space.index, p->at, true);
    }
    for (uint32_t i = 0; i < site->assembly_points.count; i++) {
        const mu_assembly *a = &site->assembly_points.items[i];
        check_point(check, _("assembly point"), a->id, a->origin, a->space.index, a->at, true);
    }
    for (uint32_t i = 0; i < site->roads.count; i++) {
        const mu_road *r = &site->roads.items[i];
        check_point(check, _("road"), r->id, r->origin, r->space.index, r->at, true);
    }
    for (uint32_t i = 0; i < site->signs.count; i++) {
        const mu_sign *s = &site->signs.items[i];
        check_point(check, _("sign"), s->id, s->origin, s->space.index, s->at, false);
        if (s->to.index < site->portals.count && !mu_site_leads_out(site, s->to.index)) {
            mu_diags_add(check->diags, MU_ERROR, "site.sign-nowhere", s->origin,
                         _("name in `to` the last door of the way out"),
                         _("sign '%s' points to '%s', which does not lead to the open"), s->id,
                         s->to.id);
        }
    }
    for (uint32_t i = 0; i < site->refuges.count; i++) {
        const mu_refuge *r = &site->refuges.items[i];
        check_point(check, _("place of refuge"), r->id, r->origin, r->space.index, r->at, true);
    }
    for (uint32_t i = 0; i < site->lanes.count; i++) {
        const mu_lane *l = &site->lanes.items[i];
        if (mu_lane_is_placed(l)) {
            check_point(check, _("lane"), l->id, l->origin, l->space.index, l->at, false);
        }
    }
    for (uint32_t i = 0; i < site->decontamination.count; i++) {
        const mu_wash *w = &site->decontamination.items[i];
        check_point(check, _("decontamination line"), w->id, w->origin, w->space.index, w->at,
                    true);
    }
}

/* Borders of all spaces; empty where a ring has too few points. NULL without memory. */
static mu_border *make_borders(const mu_site *site, mu_arena *arena) {
    mu_border *borders = mu_arena_array(arena, site->spaces.count + 1U, sizeof *borders);
    for (uint32_t s = 0; borders && s < site->spaces.count; s++) {
        if (!mu_border_make(&site->spaces.items[s], arena, &borders[s])) {
            return NULL;
        }
    }
    return borders;
}

uint32_t mu_site_beyond(const mu_site *site, uint32_t portal, uint32_t space) {
    const mu_ref_list *between = &site->portals.items[portal].between;
    if (between->count != 2) {
        return MU_NONE;
    }
    uint32_t first = between->items[0].index, second = between->items[1].index;
    return first == space ? second : second == space ? first : MU_NONE;
}

static bool is_outdoors(const mu_site *site, uint32_t space) {
    return space < site->spaces.count && site->spaces.items[space].use == MU_USE_OUTDOOR;
}

bool mu_site_leads_out(const mu_site *site, uint32_t portal) {
    const mu_ref_list *between = &site->portals.items[portal].between;
    if (between->count == 0) {
        return false;
    }
    const bool from = is_outdoors(site, between->items[0].index);
    return between->count == 1 ? !from : from != is_outdoors(site, between->items[1].index);
}

void mu_site_check(const mu_site *site, mu_diags *diags) {
    for (uint32_t p = 0; p < site->portals.count; p++) {
        const mu_portal *portal = &site->portals.items[p];
        unsigned faults = portal_faults(site, portal);
        tell_form(portal, faults, diags);
        tell_places(site, portal, faults, diags);
        if (!faults) {
            check_twice(site, p, diags);
        }
    }
    mu_ventilation_check(site, diags);
    mu_lift_check(site, diags);
    mu_road_check(site, diags);
    mu_arena *arena = mu_arena_create();
    mu_border *borders = arena ? make_borders(site, arena) : NULL;
    if (borders) {
        check_points(&(point_check){site, borders, diags});
    } else {
        mu_diags_add(diags, MU_ERROR, "memory", NULL, NULL, _("there is not enough memory"));
    }
    mu_arena_destroy(arena);
}

static void tell_outline(const mu_space *space, mu_outline outline, mu_point at, mu_diags *diags) {
    switch (outline) {
    case MU_OUTLINE_PROPER:
        return;
    case MU_OUTLINE_CROSSES:
        mu_diags_add(diags, MU_ERROR, "site.ring-crosses", space->origin,
                     _("put its corners in order, each once"),
                     _("the outline of space '%s' crosses or touches itself at (%.2f, %.2f)"),
                     space->id, at.x, at.y);
        return;
    case MU_OUTLINE_HOLE:
        mu_diags_add(diags, MU_ERROR, "site.hole", space->origin,
                     _("keep each hole inside the outline and apart from the others"),
                     _("a hole of space '%s' is not inside it, or cuts it in two, at (%.2f, %.2f)"),
                     space->id, at.x, at.y);
        return;
    case MU_OUTLINE_EMPTY:
        mu_diags_add(diags, MU_ERROR, "site.no-area", space->origin,
                     _("give at least three corners that are not in one line"),
                     _("space '%s' has no area"), space->id);
        return;
    }
}

typedef struct box {
    mu_point low, high;
} box;

static box box_of(const mu_border *border) {
    box found = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    for (uint32_t e = 0; e < border->count; e++) {
        mu_point p = border->items[e].a;
        found.low = (mu_point){mu_plane_min(found.low.x, p.x), mu_plane_min(found.low.y, p.y)};
        found.high = (mu_point){mu_plane_max(found.high.x, p.x), mu_plane_max(found.high.y, p.y)};
    }
    return found;
}

static bool check_extent(const mu_space *space, const mu_border *border, mu_diags *diags) {
    box extent = box_of(border);
    if (mu_border_area(border) < LEAST_AREA_M2) {
        tell_outline(space, MU_OUTLINE_EMPTY, (mu_point){0, 0}, diags);
        return false;
    }
    double across = mu_plane_max(extent.high.x - extent.low.x, extent.high.y - extent.low.y);
    if (!(across <= MOST_EXTENT_M)) {
        mu_diags_add(diags, MU_ERROR, "site.too-large", space->origin,
                     _("coordinates are metres; divide what is really that large into parts"),
                     _("space '%s' is %.0f m across; at most %.0f m can be walked"), space->id,
                     across, MOST_EXTENT_M);
        return false;
    }
    return true;
}

static void check_overlaps(const mu_site *site, mu_geometry *geometry, const box *boxes,
                           const bool *sound, mu_diags *diags) {
    for (uint32_t s = 0; s < site->spaces.count; s++) {
        const mu_space *space = &site->spaces.items[s];
        for (uint32_t k = 0; k < s; k++) {
            const mu_space *other = &site->spaces.items[k];
            if (!sound[s] || !sound[k] || other->level.index != space->level.index ||
                boxes[s].low.x >= boxes[k].high.x || boxes[k].low.x >= boxes[s].high.x ||
                boxes[s].low.y >= boxes[k].high.y || boxes[k].low.y >= boxes[s].high.y) {
                continue;
            }
            mu_point at = {0, 0};
            double shared = mu_geometry_overlap(geometry, s, k, &at);
            if (shared > OVERLAP_M2) {
                mu_diags_add(diags, MU_ERROR, "site.overlap", space->origin,
                             _("move the border of one, or cut the smaller out of the larger"),
                             _("spaces '%s' and '%s' overlap by %.2f m² around (%.2f, %.2f)"),
                             other->id, space->id, shared, at.x, at.y);
            }
        }
    }
}

static bool check_outlines(const mu_site *site, mu_geometry *geometry, mu_arena *arena, bool *sound,
                           mu_diags *diags) {
    mu_border *borders = make_borders(site, arena);
    box *boxes = mu_arena_array(arena, site->spaces.count + 1U, sizeof *boxes);
    if (!borders || !boxes) {
        return false;
    }
    for (uint32_t s = 0; s < site->spaces.count; s++) {
        const mu_space *space = &site->spaces.items[s];
        mu_point at = {0, 0};
        mu_outline outline = mu_geometry_outline(geometry, s, &at);
        if (borders[s].count < 3) {
            outline = MU_OUTLINE_EMPTY; /* nothing but a line */
        }
        tell_outline(space, outline, at, diags);
        boxes[s] = box_of(&borders[s]);
        sound[s] = outline == MU_OUTLINE_PROPER && check_extent(space, &borders[s], diags);
    }
    check_overlaps(site, geometry, boxes, sound, diags);
    return true;
}

bool mu_site_check_outlines(const mu_site *site, bool *sound, mu_diags *diags) {
    mu_geometry *geometry = mu_geometry_create(site);
    mu_arena *arena = mu_arena_create();
    bool done = geometry && arena && check_outlines(site, geometry, arena, sound, diags);
    mu_geometry_destroy(geometry);
    mu_arena_destroy(arena);
    return done;
}
