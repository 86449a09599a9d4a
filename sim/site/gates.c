/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings portals' lines onto the borders of their spaces. Along a border, edges that lie within 5
 * cm of one straight line make a stretch, so that a needless corner or a small step in the wall
 * does not break a door. Of all stretches near the line, the pair (one of each space, facing each
 * other) that fits best is taken; the gate lies where both are, so that it is equally long on both
 * sides. */
#include "site/gates.h"

#include "core/i18n.h"
#include "site/plane.h"
#include "site/walkable_parts.h"

enum { MOST_STRETCHES = 32 };

static const double MOST_SLANT = 0.342; /* sine of the angle to the wall: 20 degrees */
static const double STAIR_ON_BORDER_M = 0.1;
static const double FREE_ROOM_MOST_M = 20; /* in front of a free-standing line: enough is enough */
/* Slope length of a flight over its rise at the steepest that public stairs may be: risers of
 * 178 mm, treads of 279 mm (International Building Code 1011.5.2). */
static const double SLOPE_PER_RISE = 1.859;

/* A portal's line as an axis: place s is at start + s along. */
typedef struct axis {
    mu_point start, along;
    double length;
    double width; /* wanted */
} axis;

/* A straight stretch of border near an axis: where it is seen from the axis. */
typedef struct stretch {
    mu_point on;        /* a point of it */
    mu_point direction; /* unit; the inside is to the left */
    double low, high;   /* from where to where on the axis */
    double off;         /* metres from the axis */
    bool standing;
} stretch;

typedef struct stretches {
    stretch items[MOST_STRETCHES];
    uint32_t count;
} stretches;

static axis axis_of(const mu_ring *line, double width_m) {
    mu_point start = line->items[0], end = line->items[1];
    double length = mu_plane_distance(start, end);
    return (axis){start, mu_plane_unit(mu_plane_sub(end, start)), length,
                  width_m > 0 ? width_m : length};
}

static double on_axis(const axis *line, mu_point p) {
    return mu_plane_dot(mu_plane_sub(p, line->start), line->along);
}

/* The point of the stretch that is at place s of the axis. */
static mu_point point_of(const axis *line, const stretch *wall, double s) {
    double there = s - on_axis(line, wall->on);
    return mu_plane_along(wall->on, wall->direction,
                          there / mu_plane_dot(wall->direction, line->along));
}

static void widen(const axis *line, stretch *wall, mu_point p) {
    double s = on_axis(line, p);
    wall->low = s < wall->low ? s : wall->low;
    wall->high = s > wall->high ? s : wall->high;
}

/* Takes in the neighbouring edges that go on nearly straight. */
static void extend(const mu_border *border, const axis *line, uint32_t edge, bool forward,
                   stretch *wall) {
    uint32_t next = mu_border_next(border, edge, forward);
    for (uint32_t n = 0; n < border->count && next != edge; n++) {
        mu_point end = forward ? border->items[next].b : border->items[next].a;
        mu_point off = mu_plane_sub(end, wall->on);
        double across = mu_plane_cross(wall->direction, off);
        if (across > MU_FLAT_M || across < -MU_FLAT_M) {
            return;
        }
        widen(line, wall, end);
        next = mu_border_next(border, next, forward);
    }
}

static stretch stretch_from(const mu_border *border, const axis *line, uint32_t edge) {
    const mu_wall *base = &border->items[edge];
    double s = on_axis(line, base->a);
    stretch wall = {.on = base->a,
                    .direction = mu_plane_unit(mu_plane_sub(base->b, base->a)),
                    .low = s,
                    .high = s};
    widen(line, &wall, base->b);
    extend(border, line, edge, true, &wall);
    extend(border, line, edge, false, &wall);
    return wall;
}

/* How much of the wanted width a place from low to high leaves. */
static double room(const axis *line, double low, double high) {
    double from = (line->length - line->width) / 2, to = from + line->width;
    low = low > from ? low : from;
    high = high < to ? high : to;
    return high - low;
}

static stretches stretches_near(const mu_border *border, const axis *line) {
    stretches found = {.count = 0};
    for (uint32_t e = 0; e < border->count && found.count < MOST_STRETCHES; e++) {
        mu_point direction = mu_plane_unit(mu_plane_sub(border->items[e].b, border->items[e].a));
        double slant = mu_plane_cross(direction, line->along);
        if (slant > MOST_SLANT || slant < -MOST_SLANT) {
            continue;
        }
        stretch wall = stretch_from(border, line, e);
        double middle = mu_plane_clamp(line->length / 2, wall.low, wall.high);
        mu_point here = mu_plane_along(line->start, line->along, middle);
        wall.off = mu_plane_distance(here, point_of(line, &wall, middle));
        double wanted = line->width < MU_GATE_LEAST_M ? line->width : MU_GATE_LEAST_M;
        if (wall.off <= MU_GATE_OFF_M && room(line, wall.low, wall.high) > 0.5 * wanted) {
            found.items[found.count++] = wall;
        }
    }
    return found;
}

/* Smaller is better: far from the line, or shorter than wanted. */
static double misfit(const axis *line, const stretch *wall, double low, double high) {
    double missing = line->width - room(line, low, high);
    return wall->off + (missing > 0 ? missing / 2 : 0);
}

typedef struct fit {
    const stretch *walls[2];
    double low, high; /* the place on the axis that both leave */
} fit;

static fit best_pair(const axis *line, const stretches *first, const stretches *second) {
    fit best = {.walls = {NULL, NULL}};
    double least = INFINITY;
    for (uint32_t i = 0; i < first->count; i++) {
        for (uint32_t k = 0; k < second->count; k++) {
            const stretch *p = &first->items[i], *q = &second->items[k];
            double low = mu_plane_max(p->low, q->low), high = mu_plane_min(p->high, q->high);
            double cost = misfit(line, p, low, high) + misfit(line, q, low, high);
            if (mu_plane_dot(p->direction, q->direction) < 0 && cost < least) {
                least = cost;
                best = (fit){{p, q}, low, high};
            }
        }
    }
    return best;
}

static const stretch *best_one(const axis *line, const stretches *found) {
    const stretch *best = NULL;
    for (uint32_t i = 0; i < found->count; i++) {
        const stretch *wall = &found->items[i];
        if (!best ||
            misfit(line, wall, wall->low, wall->high) < misfit(line, best, best->low, best->high)) {
            best = wall;
        }
    }
    return best;
}

/* Puts the gate's ends on one side: `width` wide, as near to the line's middle as fits. */
static void put_side(const axis *line, const stretch *wall, double low, double high, double width,
                     int side, mu_gate *gate) {
    double half = width / 2;
    double centre =
        mu_plane_clamp(line->length / 2, low + half, mu_plane_max(low + half, high - half));
    mu_point middle = point_of(line, wall, centre);
    double by = side == 0 ? half : -half; /* on side 1 the inside is to the right of a-b */
    gate->a[side] = mu_plane_along(middle, wall->direction, -by);
    gate->b[side] = mu_plane_along(middle, wall->direction, by);
    gate->inward[side] = mu_plane_left(wall->direction);
    gate->standing[side] = wall->standing;
}

static void tell_no_wall(const mu_portal *portal, const mu_space *space, const mu_border *border,
                         const axis *line, mu_diags *diags) {
    mu_point middle = mu_plane_along(line->start, line->along, line->length / 2);
    double off = mu_border_off(border, middle);
    if (off > MU_GATE_OFF_M) {
        mu_diags_add(diags, MU_ERROR, "site.door-in-no-wall", portal->origin,
                     _("move its line onto the border that the two spaces share"),
                     _("portal '%s' is in no wall of space '%s': its line is %.2f m from the "
                       "border, at most %.2f m will do"),
                     portal->id, space->id, off, MU_GATE_OFF_M);
        return;
    }
    mu_diags_add(diags, MU_ERROR, "site.door-in-no-wall", portal->origin,
                 _("lay its line along the wall that it opens"),
                 _("portal '%s' is in no wall of space '%s': its line is %.2f m from the border, "
                   "but no straight piece of wall runs along it"),
                 portal->id, space->id, off);
}

static void tell_narrow(const mu_portal *portal, double width, mu_diags *diags) {
    mu_diags_add(diags, MU_ERROR, "site.door-narrow", portal->origin,
                 _("give its clear width, or move its line to where both sides are open"),
                 _("portal '%s' is %.2f m wide; a body needs at least %.2f m"), portal->id,
                 width > 0 ? width : 0, MU_GATE_LEAST_M);
}

static const mu_space *space_of(const mu_site *site, const mu_portal *portal, uint32_t side) {
    return &site->spaces.items[portal->between.items[side].index];
}

/* The width that a door gets where it fits best; 0: nowhere. */
static double width_of(const axis *line, const fit *found) {
    const double width = mu_plane_min(line->width, found->high - found->low);
    const double clear = room(line, found->low, found->high);
    return clear < width / 2 || width < MU_GATE_LEAST_M ? 0 : width;
}

bool mu_door_fits(const mu_border *one, const mu_border *other, const mu_ring *line,
                  double width_m) {
    const axis along = axis_of(line, width_m);
    const stretches first = stretches_near(one, &along), second = stretches_near(other, &along);
    const fit found = best_pair(&along, &first, &second);
    return found.walls[0] != NULL && width_of(&along, &found) > 0;
}

static mu_passage make_door(const mu_site *site, const mu_border *borders, uint32_t index,
                            mu_diags *diags) {
    const mu_portal *portal = &site->portals.items[index];
    axis line = axis_of(&portal->line, portal->width_m);
    mu_passage made = {.count = 1}, none = {.count = 0};
    mu_gate *gate = &made.gates[0];
    stretches near[2];
    for (uint32_t s = 0; s < 2; s++) {
        gate->area[s] = portal->between.items[s].index;
        near[s] = stretches_near(&borders[gate->area[s]], &line);
        if (near[s].count == 0) {
            tell_no_wall(portal, space_of(site, portal, s), &borders[gate->area[s]], &line, diags);
            return none;
        }
    }
    fit found = best_pair(&line, &near[0], &near[1]);
    if (!found.walls[0]) {
        mu_diags_add(diags, MU_ERROR, "site.door-in-no-wall", portal->origin,
                     _("move its line onto the border that the two spaces share"),
                     _("spaces '%s' and '%s' are not on opposite sides of portal '%s'"),
                     space_of(site, portal, 0)->id, space_of(site, portal, 1)->id, portal->id);
        return none;
    }
    gate->portal = index;
    gate->width_m = width_of(&line, &found);
    if (gate->width_m == 0) {
        tell_narrow(portal, mu_plane_min(line.width, room(&line, found.low, found.high)), diags);
        return none;
    }
    put_side(&line, found.walls[0], found.low, found.high, gate->width_m, 0, gate);
    put_side(&line, found.walls[1], found.low, found.high, gate->width_m, 1, gate);
    return made;
}

static mu_passage make_edge(const mu_site *site, const mu_border *borders, uint32_t index,
                            mu_diags *diags) {
    const mu_portal *portal = &site->portals.items[index];
    axis line = axis_of(&portal->line, portal->width_m);
    uint32_t space = portal->between.items[0].index;
    stretches near = stretches_near(&borders[space], &line);
    const stretch *wall = best_one(&line, &near);
    if (!wall) {
        tell_no_wall(portal, space_of(site, portal, 0), &borders[space], &line, diags);
        return (mu_passage){.count = 0};
    }
    double width = mu_plane_min(line.width, room(&line, wall->low, wall->high));
    if (width < MU_GATE_LEAST_M) {
        tell_narrow(portal, width, diags);
        return (mu_passage){.count = 0};
    }
    mu_passage made = {.count = 1};
    mu_gate *gate = &made.gates[0];
    gate->portal = index;
    gate->area[0] = space;
    gate->area[1] = MU_NONE;
    gate->width_m = width;
    put_side(&line, wall, wall->low, wall->high, width, 0, gate);
    gate->a[1] = gate->a[0]; /* beyond, the frame goes on as it is */
    gate->b[1] = gate->b[0];
    gate->inward[1] = mu_plane_scale(gate->inward[0], -1);
    return made;
}

/* Metres from p in a direction to the border. */
static double free_room(const mu_border *border, mu_point p, mu_point direction) {
    double least = FREE_ROOM_MOST_M;
    for (uint32_t e = 0; e < border->count; e++) {
        mu_point a = mu_plane_sub(border->items[e].a, p), b = mu_plane_sub(border->items[e].b, p);
        double at_a = mu_plane_cross(direction, a), at_b = mu_plane_cross(direction, b);
        if ((at_a < 0) == (at_b < 0)) {
            continue;
        }
        double t = at_a / (at_a - at_b);
        double there = mu_plane_dot(direction, a) * (1 - t) + mu_plane_dot(direction, b) * t;
        least = there > 0 && there < least ? there : least;
    }
    return least;
}

/* A line that stands free: the part of it around its middle that is inside the space. */
static stretch stand(const mu_border *border, const axis *line) {
    mu_point middle = mu_plane_along(line->start, line->along, line->length / 2);
    mu_point back = mu_plane_scale(line->along, -1), left = mu_plane_left(line->along);
    double ahead = free_room(border, middle, line->along);
    double behind = free_room(border, middle, back), on_left = 0, on_right = 0;
    for (int i = -1; i <= 1; i++) {
        double step = i < 0 ? -0.25 * mu_plane_min(behind, line->width)
                            : 0.25 * mu_plane_min(ahead, line->width);
        mu_point p = mu_plane_along(middle, line->along, i == 0 ? 0 : step);
        on_left += free_room(border, p, left);
        on_right += free_room(border, p, mu_plane_scale(left, -1));
    }
    double half = line->length / 2;
    return (stretch){.on = middle,
                     .direction = on_left >= on_right ? line->along : back,
                     .low = half - behind,
                     .high = half + ahead,
                     .standing = true};
}

/* Where one end of a flight meets its space; false if nowhere. */
static bool meet(const mu_border *border, const axis *line, stretch *out) {
    stretches near = stretches_near(border, line);
    const stretch *wall = best_one(line, &near);
    mu_point middle = mu_plane_along(line->start, line->along, line->length / 2);
    if (mu_border_contains(border, middle) && (!wall || wall->off > STAIR_ON_BORDER_M)) {
        *out = stand(border, line);
        return true;
    }
    if (wall) {
        *out = *wall;
    }
    return wall != NULL;
}

static double flight_length(const mu_site *site, const mu_portal *portal) {
    if (portal->length_m > 0) {
        return portal->length_m;
    }
    const mu_level *levels = site->levels.items;
    double rise = levels[space_of(site, portal, 1)->level.index].elevation_m -
                  levels[space_of(site, portal, 0)->level.index].elevation_m;
    mu_point foot = mu_plane_add(portal->line.items[0], portal->line.items[1]);
    mu_point head = mu_plane_add(portal->upper_line.items[0], portal->upper_line.items[1]);
    double run = mu_plane_distance(foot, head) / 2;
    return mu_plane_max(sqrt(run * run + rise * rise), SLOPE_PER_RISE * rise);
}

/* The end of a flight in the flight's own frame, where up is +y and a is at x = width. */
static void put_flight_side(double width, double y, int side, mu_gate *gate) {
    gate->a[side] = (mu_point){width, y};
    gate->b[side] = (mu_point){0, y};
    gate->inward[side] = (mu_point){0, side == 1 ? 1 : -1};
}

static mu_passage make_stair(const mu_site *site, const mu_border *borders, uint32_t index,
                             uint32_t flight, mu_diags *diags) {
    const mu_portal *portal = &site->portals.items[index];
    axis lines[2] = {axis_of(&portal->line, portal->width_m),
                     axis_of(&portal->upper_line, portal->width_m)};
    stretch ends[2];
    double width = INFINITY;
    bool met = true;
    for (uint32_t s = 0; s < 2; s++) {
        uint32_t space = portal->between.items[s].index;
        if (!meet(&borders[space], &lines[s], &ends[s])) {
            tell_no_wall(portal, space_of(site, portal, s), &borders[space], &lines[s], diags);
            met = false;
            continue;
        }
        width = mu_plane_min(
            width, mu_plane_min(lines[s].width, room(&lines[s], ends[s].low, ends[s].high)));
    }
    if (!met) {
        return (mu_passage){.count = 0};
    }
    if (width < MU_GATE_LEAST_M) {
        tell_narrow(portal, width, diags);
        return (mu_passage){.count = 0};
    }
    mu_passage made = {.count = 2, .flight_length_m = flight_length(site, portal)};
    for (int s = 0; s < 2; s++) { /* the foot's side 0 is below, the head's side 1 above */
        mu_gate *gate = &made.gates[s];
        gate->portal = index;
        gate->width_m = width;
        gate->area[s] = portal->between.items[s].index;
        gate->area[1 - s] = flight;
        put_side(&lines[s], &ends[s], ends[s].low, ends[s].high, width, s, gate);
        put_flight_side(width, s == 0 ? 0 : made.flight_length_m, 1 - s, gate);
    }
    return made;
}

/* Where the riders of two cars, one above the other, stand. Nobody walks through it. */
static mu_passage make_ride(const mu_site *site, const mu_border *borders, uint32_t index,
                            mu_diags *diags) {
    const mu_portal *portal = &site->portals.items[index];
    const axis line = axis_of(&portal->line, portal->width_m);
    mu_passage made = {.count = 1};
    mu_gate *gate = &made.gates[0];
    gate->portal = index;
    gate->width_m = INFINITY;
    stretch ends[2];
    for (uint32_t s = 0; s < 2; s++) {
        const uint32_t space = portal->between.items[s].index;
        gate->area[s] = space;
        if (!meet(&borders[space], &line, &ends[s])) {
            tell_no_wall(portal, space_of(site, portal, s), &borders[space], &line, diags);
            return (mu_passage){.count = 0};
        }
        gate->width_m = mu_plane_min(
            gate->width_m, mu_plane_min(line.width, room(&line, ends[s].low, ends[s].high)));
    }
    if (gate->width_m < MU_GATE_LEAST_M) {
        tell_narrow(portal, gate->width_m, diags);
        return (mu_passage){.count = 0};
    }
    for (int s = 0; s < 2; s++) {
        put_side(&line, &ends[s], ends[s].low, ends[s].high, gate->width_m, s, gate);
    }
    return made;
}

mu_passage mu_passage_make(const mu_site *site, const mu_border *borders, uint32_t portal,
                           uint32_t flight, mu_diags *diags) {
    const mu_portal *from = &site->portals.items[portal];
    for (uint32_t s = 0; s < from->between.count; s++) {
        uint32_t car;
        if (space_of(site, from, s)->use == MU_USE_LIFT &&
            mu_lift_of(site, from->between.items[s].index, &car) == MU_NONE) {
            return (mu_passage){.count = 0};
        }
    }
    switch (from->kind) {
    case MU_PORTAL_DOOR:
    case MU_PORTAL_GATE:
    case MU_PORTAL_OPENING:
    case MU_PORTAL_TURNSTILE:
        return make_door(site, borders, portal, diags);
    case MU_PORTAL_STAIR:
    case MU_PORTAL_ESCALATOR:
        return make_stair(site, borders, portal, flight, diags);
    case MU_PORTAL_OUTDOOR_EDGE:
        return make_edge(site, borders, portal, diags);
    case MU_PORTAL_LIFT:
        return make_ride(site, borders, portal, diags);
    }
    return (mu_passage){.count = 0};
}
