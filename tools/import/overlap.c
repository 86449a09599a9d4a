/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two spaces cannot be in one place. Where units of a level overlap, the smaller one stays as it is
 * drawn and is cut out of the larger: in real plans that is a room drawn over the corridor or hall
 * that it was taken from. */
#include "tools/import/draft.h"

#include <math.h>

#define SAME_SHARE 0.9 /* of both: the same unit drawn twice */

static bool boxes_meet(const mu_outline *a, const mu_outline *b) {
    return a->low.x < b->high.x && b->low.x < a->high.x && a->low.y < b->high.y &&
           b->low.y < a->high.y;
}

double mu_draft_shared_m2(const mu_draft *draft, const mu_draft_unit *a, const mu_draft_unit *b) {
    GEOSGeometry *common = GEOSIntersectionPrec_r(draft->geos, a->shape, b->shape, MU_DRAFT_GRID_M);
    double area = 0;
    if (common != NULL) {
        GEOSArea_r(draft->geos, common, &area);
        GEOSGeom_destroy_r(draft->geos, common);
    }
    return area;
}

static void cut(mu_draft *draft, uint32_t from, uint32_t out, double area) {
    const mu_draft_unit *larger = &draft->units.items[from];
    const mu_draft_unit *smaller = &draft->units.items[out];
    GEOSGeometry *rest =
        GEOSDifferencePrec_r(draft->geos, larger->shape, smaller->shape, MU_DRAFT_GRID_M);
    const char *larger_id = larger->id;
    const char *smaller_id = smaller->id;
    if (rest == NULL) {
        return;
    }
    mu_draft_remark(draft, MU_SECTION_REPAIRED, "overlap", larger_id,
                    _("%.2f m2 of it lie under %s, the smaller of the two, and were cut off"), area,
                    smaller_id);
    if (!mu_draft_set_parts(draft, from, rest)) {
        mu_draft_leave_out(draft, from,
                           mu_draft_print(draft, _("it lies wholly under %s"), smaller_id));
    }
    GEOSGeom_destroy_r(draft->geos, rest);
}

static void settle(mu_draft *draft, uint32_t a, uint32_t b) {
    const mu_draft_unit *first = &draft->units.items[a];
    const mu_draft_unit *second = &draft->units.items[b];
    if (!first->kept || !second->kept || first->level != second->level ||
        !boxes_meet(&first->outline, &second->outline)) {
        return;
    }
    double area = mu_draft_shared_m2(draft, first, second);
    if (area <= MU_DRAFT_OVERLAP_M2) {
        return;
    }
    draft->overlaps_big += area > MU_DRAFT_OVERLAP_BIG;
    if (area > SAME_SHARE * fmax(first->area_m2, second->area_m2)) {
        bool second_is_less =
            mu_use_is_circulation(second->use) || !mu_use_is_circulation(first->use);
        mu_draft_leave_out(draft, second_is_less ? b : a,
                           mu_draft_print(draft, _("it is drawn a second time as %s"),
                                          second_is_less ? first->id : second->id));
    } else if (first->area_m2 > second->area_m2) {
        cut(draft, a, b, area);
    } else {
        cut(draft, b, a, area);
    }
}

void mu_draft_cut_overlaps(mu_draft *draft) {
    for (uint32_t a = 0; a < draft->units.count; a++) {
        for (uint32_t b = a + 1; b < draft->units.count; b++) {
            settle(draft, a, b);
        }
    }
}
