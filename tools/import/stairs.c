/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stair units that lie over each other on consecutive levels are joined by a flight. The data do
 * not say where a flight begins, so its foot and its head are laid into each unit: near its door,
 * clear of the walls, and apart from each other, so that those who go on down walk only a few
 * steps. */
#include "tools/import/draft.h"

#include <math.h>
#include <string.h>

#define OVER_SHARE    0.5  /* of the smaller unit, that makes two units one staircase */
#define GRID_M        0.25 /* of places tried, */
#define STEPS_MOST    200  /* as far to each side: in a larger well they lie farther apart */
#define PROBE_M       0.1  /* along a line, to see that it is clear */
#define DOOR_OFF_M    1.5  /* wanted from the door to a line */
#define APART_M       1.5  /* wanted between foot and head */
#define WIDTH_LEAST_M 0.6
#define WIDTH_STEP_M  0.1
#define MOST_PLACES   4096

typedef struct place {
    mu_point line[2];
    mu_point middle;
    double off_door; /* badness of its distance from the door */
} place;

typedef struct well {
    const mu_outline *outline;
    mu_point along, across; /* unit vectors of the well's own frame */
    mu_point door;
    double reach; /* half the diagonal of its box */
} well;

static bool is_clear(const mu_outline *outline, const mu_point line[2], double clearance) {
    double length = mu_point_distance(line[0], line[1]);
    int steps = (int)ceil(length / PROBE_M);
    for (int i = 0; i <= steps; i++) {
        mu_point at = mu_point_between(line[0], line[1], (double)i / steps);
        if (!mu_outline_holds(outline, at) || mu_outline_distance(outline, at, NULL) < clearance) {
            return false;
        }
    }
    return true;
}

/* The direction of the longest edge, made to point east, so that it is the same on every level. */
static mu_point direction_of(const mu_outline *outline) {
    mu_point best = {1, 0};
    double longest = 0;
    uint32_t count = outline->starts[1];
    for (uint32_t i = 0; i < count; i++) {
        mu_point a = outline->points[i];
        mu_point b = outline->points[(i + 1) % count];
        double length = mu_point_distance(a, b);
        if (length > longest + MU_DRAFT_TOLERANCE_M) {
            longest = length;
            double sign = b.x < a.x ? -1 : 1;
            best = (mu_point){sign * (b.x - a.x) / length, sign * (b.y - a.y) / length};
        }
    }
    return best;
}

static mu_point door_of(const mu_draft *draft, uint32_t unit) {
    const mu_outline *outline = &draft->units.items[unit].outline;
    mu_point sum = {0, 0};
    uint32_t count = 0;
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        const mu_draft_portal *portal = &draft->portals.items[i];
        bool joins = portal->between[0] == unit || portal->between[1] == unit;
        if (joins && portal->kind != MU_PORTAL_STAIR) {
            mu_point middle = mu_point_between(portal->line[0], portal->line[1], 0.5);
            sum.x += middle.x;
            sum.y += middle.y;
            count++;
        }
    }
    mu_point centre = mu_point_between(outline->low, outline->high, 0.5);
    return count > 0 ? (mu_point){sum.x / count, sum.y / count} : centre;
}

/* All lines of a width that are clear of the walls, lying across or along the well. */
static uint32_t find_places(const well *in, double width, double clearance, place *places) {
    uint32_t count = 0;
    mu_point centre = mu_point_between(in->outline->low, in->outline->high, 0.5);
    double grid = fmax(GRID_M, in->reach / STEPS_MOST);
    int steps = (int)ceil(in->reach / grid);
    for (int turn = 0; turn < 2; turn++) {
        mu_point lay = turn == 0 ? in->across : in->along;
        for (int u = -steps; u <= steps; u++) {
            for (int v = -steps; v <= steps && count < MOST_PLACES; v++) {
                double du = u * grid;
                double dv = v * grid;
                mu_point at = {centre.x + du * in->along.x + dv * in->across.x,
                               centre.y + du * in->along.y + dv * in->across.y};
                place tried = {{{at.x - lay.x * width / 2, at.y - lay.y * width / 2},
                                {at.x + lay.x * width / 2, at.y + lay.y * width / 2}},
                               at,
                               0};
                if (mu_outline_holds(in->outline, at) &&
                    is_clear(in->outline, tried.line, clearance)) {
                    tried.off_door = fabs(mu_point_distance(at, in->door) - DOOR_OFF_M);
                    places[count++] = tried;
                }
            }
        }
    }
    return count;
}

/* The foot goes to the best place; the head to the best of those far enough from it. */
static bool choose_pair(const place *places, uint32_t count, place pair[2]) {
    uint32_t foot = MU_NONE;
    for (uint32_t i = 0; i < count; i++) {
        if (foot == MU_NONE || places[i].off_door < places[foot].off_door - 1e-6) {
            foot = i;
        }
    }
    if (foot == MU_NONE) {
        return false;
    }
    uint32_t head = foot;
    double least = INFINITY;
    for (uint32_t i = 0; i < count; i++) {
        double apart = mu_point_distance(places[i].middle, places[foot].middle);
        double badness = places[i].off_door + 10 * fmax(0, APART_M - apart);
        if (badness < least - 1e-6) {
            least = badness;
            head = i;
        }
    }
    pair[0] = places[foot];
    pair[1] = places[head];
    return true;
}

/* Foot and head in one unit, as wide as wanted or as fits. */
static double lay_lines(mu_draft *draft, uint32_t unit, double wanted, place pair[2]) {
    static const double clearances_m[] = {0.5, 0.35, 0.2, 0.1};
    const mu_outline *outline = &draft->units.items[unit].outline;
    mu_point along = direction_of(outline);
    well in = {outline,
               along,
               {-along.y, along.x},
               door_of(draft, unit),
               mu_point_distance(outline->low, outline->high) / 2};
    place *places = mu_draft_alloc(draft, MOST_PLACES, sizeof *places);
    int steps = (int)floor((wanted - WIDTH_LEAST_M) / WIDTH_STEP_M + 1e-9);
    for (int step = 0; step <= steps; step++) {
        double width = wanted - step * WIDTH_STEP_M;
        for (uint32_t i = 0; i < sizeof clearances_m / sizeof clearances_m[0]; i++) {
            uint32_t count = find_places(&in, width, clearances_m[i], places);
            if (choose_pair(places, count, pair)) {
                return width;
            }
        }
    }
    return 0;
}

bool mu_draft_link(mu_draft *draft, uint32_t lower, uint32_t upper, double width_m,
                   mu_origin_of from) {
    place below[2] = {0};
    place above[2] = {0};
    double width_below = lay_lines(draft, lower, width_m, below);
    double width_above = lay_lines(draft, upper, width_m, above);
    if (width_below <= 0 || width_above <= 0) {
        return false;
    }
    const mu_draft_unit *foot = &draft->units.items[lower];
    const mu_draft_unit *head = &draft->units.items[upper];
    const char *tag = strrchr(head->id, '-');
    double rise =
        draft->levels.items[head->level].elevation_m - draft->levels.items[foot->level].elevation_m;
    mu_draft_portal *portal = MU_DRAFT_APPEND(draft, portals);
    portal->id = mu_draft_print(draft, "%s-up%s", foot->id, tag != NULL ? tag : "");
    portal->from = from;
    portal->kind = MU_PORTAL_STAIR;
    portal->between[0] = lower;
    portal->between[1] = upper;
    portal->width_m = fmin(width_below, width_above);
    portal->length_m = rise * MU_DRAFT_STAIR_FACTOR;
    for (uint32_t end = 0; end < 2; end++) {
        portal->line[end] = mu_point_round(below[0].line[end]);
        portal->upper_line[end] = mu_point_round(above[1].line[end]);
    }
    return true;
}

bool mu_draft_has_flight(const mu_draft *draft, uint32_t unit) {
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        const mu_draft_portal *portal = &draft->portals.items[i];
        if (portal->kind == MU_PORTAL_STAIR &&
            (portal->between[0] == unit || portal->between[1] == unit)) {
            return true;
        }
    }
    return false;
}

bool mu_draft_is_next_level(const mu_draft *draft, uint32_t lower, uint32_t upper) {
    const mu_draft_level *below = &draft->levels.items[lower];
    const mu_draft_level *above = &draft->levels.items[upper];
    if (below->building != above->building || above->ordinal <= below->ordinal) {
        return false;
    }
    for (uint32_t i = 0; i < draft->levels.count; i++) {
        const mu_draft_level *between = &draft->levels.items[i];
        if (between->building == below->building && between->ordinal > below->ordinal &&
            between->ordinal < above->ordinal) {
            return false;
        }
    }
    return true;
}

static void try_pair(mu_draft *draft, uint32_t lower, uint32_t upper) {
    const mu_draft_unit *below = &draft->units.items[lower];
    const mu_draft_unit *above = &draft->units.items[upper];
    if (!above->kept || above->use != MU_USE_STAIR ||
        !mu_draft_is_next_level(draft, below->level, above->level)) {
        return;
    }
    double share = mu_draft_shared_m2(draft, below, above) / fmin(below->area_m2, above->area_m2);
    if (share <= OVER_SHARE) {
        return;
    }
    if (mu_draft_link(draft, lower, upper, draft->options->stair_width_m, MU_FROM_STAIRS)) {
        mu_draft_stair *stair = MU_DRAFT_APPEND(draft, stairs);
        *stair = (mu_draft_stair){lower, upper, share};
    } else {
        mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "stairs", below->id,
                        _("it lies under %s, but a flight of %.1f m does not fit into both"),
                        above->id, WIDTH_LEAST_M);
    }
}

void mu_draft_link_stairs(mu_draft *draft) {
    for (uint32_t lower = 0; lower < draft->units.count; lower++) {
        const mu_draft_unit *unit = &draft->units.items[lower];
        for (uint32_t upper = 0;
             unit->kept && unit->use == MU_USE_STAIR && upper < draft->units.count; upper++) {
            try_pair(draft, lower, upper);
        }
    }
}
