/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doors that are drawn as points are laid onto the nearest border, as wide as they are said to be
 * or as the piece of wall allows. */
#include "tools/import/draft.h"

#include <math.h>

#define NEAR_MOST_M   1.5 /* from a point to the wall that its door is in */
#define JAMB_M        0.05
#define WIDTH_LEAST_M 0.6 /* of anything that people pass */

typedef struct edge {
    mu_point a, b;
    double away;
} edge;

static void nearest_edge_of(const mu_draft_unit *unit, mu_point at, double least_m, edge *best) {
    const mu_outline *outline = &unit->outline;
    for (uint32_t ring = 0; ring < outline->ring_count; ring++) {
        const uint32_t first = outline->starts[ring];
        const uint32_t count = outline->starts[ring + 1] - first;
        for (uint32_t i = 0; i < count; i++) {
            const mu_point a = outline->points[first + i];
            const mu_point b = outline->points[first + (i + 1) % count];
            const double length = mu_point_distance(a, b);
            if (length < least_m) {
                continue; /* no door fits into it */
            }
            const double share =
                ((at.x - a.x) * (b.x - a.x) + (at.y - a.y) * (b.y - a.y)) / (length * length);
            const double away =
                mu_point_distance(at, mu_point_between(a, b, fmin(1, fmax(0, share))));
            if (away < best->away) {
                *best = (edge){a, b, away};
            }
        }
    }
}

static bool lay(mu_draft *draft, mu_draft_opening *opening) {
    edge best = {.away = NEAR_MOST_M};
    const mu_point at = opening->a;
    bool found = false;
    /* The whole width if some wall near by has room for it, else what there is. */
    const double wanted = fmax(opening->width_m, WIDTH_LEAST_M);
    for (double least = wanted + 2 * JAMB_M; !found && least > WIDTH_LEAST_M; least *= 0.7) {
        for (uint32_t u = 0; u < draft->units.count; u++) {
            const mu_draft_unit *unit = &draft->units.items[u];
            if (unit->kept && !unit->outdoor && unit->level == opening->level &&
                mu_outline_may_reach(&unit->outline, at, best.away)) {
                nearest_edge_of(unit, at, least, &best);
            }
        }
        found = best.away < NEAR_MOST_M;
    }
    if (!found) {
        return false;
    }
    const double length = mu_point_distance(best.a, best.b);
    const double width = fmin(wanted, length - 2 * JAMB_M);
    const double half = width / 2 / length;
    const double room = half + JAMB_M / length;
    double share =
        ((at.x - best.a.x) * (best.b.x - best.a.x) + (at.y - best.a.y) * (best.b.y - best.a.y)) /
        (length * length);
    share = fmin(1 - room, fmax(room, share));
    opening->a = mu_point_round(mu_point_between(best.a, best.b, share - half));
    opening->b = mu_point_round(mu_point_between(best.a, best.b, share + half));
    return true;
}

void mu_draft_lay_points(mu_draft *draft) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < draft->openings.count; i++) {
        mu_draft_opening *opening = &draft->openings.items[i];
        const bool is_point =
            opening->a.x == opening->b.x && opening->a.y == opening->b.y && opening->width_m > 0;
        if (!is_point || lay(draft, opening)) {
            if (is_point) {
                mu_draft_remark(draft, MU_SECTION_GUESSED, "point-door", opening->id,
                                _("drawn as a point: laid onto the nearest border, %.2f m wide"),
                                mu_point_distance(opening->a, opening->b));
            }
            draft->openings.items[kept++] = *opening;
        } else {
            mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "opening", opening->id,
                            _("drawn as a point farther than %.1f m from any border"), NEAR_MOST_M);
        }
    }
    draft->openings.count = kept;
}
