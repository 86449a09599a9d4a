/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Applies an overlay to a draft. Every entry leaves a remark: what it did, or that it fits nothing.
 */
#include "tools/import/overlay.h"

#include <math.h>
#include <string.h>

#include "muster/diag.h"

#define DOOR_OFF_M 3.0 /* farthest that a door's points may be from the unit's border */

mu_status mu_overlay_read(const char *file, mu_arena *arena, mu_diags *diags, mu_overlay *out) {
    mu_loader *loader = mu_loader_create(arena, diags);
    if (loader == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_status status = mu_loader_read(loader, file, &mu_overlay_file, out);
    mu_loader_destroy(loader);
    return status;
}

/* Does an entry speak of a unit on a level that this import was told to leave out? */
static bool is_elsewhere(const mu_draft *draft, const char *subject) {
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        bool chosen = unit->level == MU_NONE || draft->levels.items[unit->level].kept;
        if (!chosen &&
            (strstr(subject, unit->id) != NULL || strcmp(subject, unit->source_id) == 0)) {
            return true;
        }
    }
    return false;
}

static void tell_unfit(mu_draft *draft, const char *subject, const char *why) {
    if (is_elsewhere(draft, subject)) {
        mu_draft_remark(draft, MU_SECTION_OVERLAY, "not-chosen", subject, "%s",
                        _("not used: its level was not chosen for this import"));
        return;
    }
    mu_draft_remark(draft, MU_SECTION_OVERLAY, "unfit", subject, "%s", why)->unfit = true;
    draft->unfit++;
    mu_where where = {draft->options->overlay, NULL, 0, 0};
    mu_diags_add(draft->diags, MU_WARNING, "overlay.unfit", &where,
                 _("the plan has changed, or the name is misspelt: compare with import-report.md"),
                 _("%s: %s"), subject, why);
}

static const char *because(mu_draft *draft, const char *why) {
    return why != NULL ? mu_draft_print(draft, _(" (%s)"), why) : "";
}

/* A unit by any of its names; tells where there is none. */
static uint32_t unit_of(mu_draft *draft, const char *name) {
    uint32_t unit = mu_draft_unit_named(draft, name);
    if (unit == MU_NONE) {
        tell_unfit(draft, name, _("no unit of the plan has this id"));
    }
    return unit;
}

void mu_overlay_apply_units(const mu_overlay *overlay, mu_draft *draft) {
    for (uint32_t i = 0; i < overlay->drops.count; i++) {
        const mu_overlay_drop *drop = &overlay->drops.items[i];
        uint32_t unit = unit_of(draft, drop->unit);
        if (unit != MU_NONE) {
            mu_draft_leave_out(
                draft, unit,
                mu_draft_print(draft, _("the overlay drops it%s"), because(draft, drop->why)));
            mu_draft_remark(draft, MU_SECTION_OVERLAY, "drop", draft->units.items[unit].id,
                            _("dropped%s"), because(draft, drop->why));
        }
    }
    for (uint32_t i = 0; i < overlay->uses.count; i++) {
        const mu_overlay_use *use = &overlay->uses.items[i];
        uint32_t unit = unit_of(draft, use->unit);
        if (unit != MU_NONE) {
            mu_draft_unit *changed = &draft->units.items[unit];
            mu_draft_remark(draft, MU_SECTION_OVERLAY, "use", changed->id,
                            _("use changed from %s to %s%s"), mu_use_label(changed->use),
                            mu_use_label(use->use), because(draft, use->why));
            changed->use = use->use;
            changed->category = mu_use_words[use->use];
        }
    }
}

static void add_door(mu_draft *draft, const char *id, const uint32_t between[2],
                     const mu_point line[2], mu_origin_of from) {
    mu_draft_portal *portal = MU_DRAFT_APPEND(draft, portals);
    portal->id = id;
    portal->from = from;
    portal->kind = MU_PORTAL_DOOR;
    for (uint32_t side = 0; side < 2; side++) {
        portal->between[side] = between[side];
        portal->line[side] = line[side];
    }
    portal->width_m = mu_point_distance(line[0], line[1]);
}

/* Makes what is proposed; false: no flight fits. */
static bool take_up(mu_draft *draft, mu_draft_proposal *proposal) {
    proposal->accepted = true;
    if (proposal->kind != MU_PROPOSAL_STAIR) {
        add_door(draft, proposal->id, proposal->between, proposal->line, MU_FROM_PROPOSAL);
    } else {
        proposal->accepted = mu_draft_link(draft, proposal->between[0], proposal->between[1],
                                           draft->options->stair_width_m, MU_FROM_PROPOSAL);
    }
    if (proposal->accepted) {
        mu_draft_remark(draft, MU_SECTION_OVERLAY, "accept", proposal->id, _("proposal accepted"));
    }
    return proposal->accepted;
}

static void accept(mu_draft *draft, const char *id) {
    mu_draft_proposal *proposal = NULL;
    for (uint32_t i = 0; i < draft->proposals.count && proposal == NULL; i++) {
        bool fits = strcmp(draft->proposals.items[i].id, id) == 0;
        proposal = fits ? &draft->proposals.items[i] : NULL;
    }
    if (proposal == NULL) {
        tell_unfit(draft, id, _("this import proposes nothing of that name"));
    } else if (!proposal->accepted && !take_up(draft, proposal)) {
        tell_unfit(draft, id, _("no flight fits into the two units"));
    }
}

/* A line of the wanted width on the unit's border, about the border's nearest point. */
static void lay_about(const mu_draft_unit *unit, mu_point at, double width, mu_point line[2]) {
    const mu_outline *outline = &unit->outline;
    double least = INFINITY;
    for (uint32_t ring = 0; ring < outline->ring_count; ring++) {
        uint32_t first = outline->starts[ring];
        uint32_t count = outline->starts[ring + 1] - first;
        for (uint32_t i = 0; i < count; i++) {
            mu_point a = outline->points[first + i];
            mu_point b = outline->points[first + (i + 1) % count];
            double length = mu_point_distance(a, b);
            double share =
                ((at.x - a.x) * (b.x - a.x) + (at.y - a.y) * (b.y - a.y)) / (length * length);
            double room = fmin(0.5, width / 2 / length); /* keep the whole door on this edge */
            share = fmin(1 - room, fmax(room, share));
            double away = mu_point_distance(mu_point_between(a, b, share), at);
            if (away < least) {
                least = away;
                line[0] = mu_point_round(mu_point_between(a, b, share - room));
                line[1] = mu_point_round(mu_point_between(a, b, share + room));
            }
        }
    }
}

static void apply_door(mu_draft *draft, const mu_overlay_door *door) {
    uint32_t between[2] = {unit_of(draft, door->unit), MU_NONE};
    mu_point line[2] = {{0, 0}, {0, 0}};
    if (between[0] == MU_NONE) {
        return;
    }
    const mu_draft_unit *unit = &draft->units.items[between[0]];
    if (door->line.count == 2) {
        mu_draft_lay_line(unit, door->line.items, line);
    } else if (door->at.count == 1) {
        lay_about(unit, door->at.items[0], door->width_m, line);
    } else {
        tell_unfit(draft, door->id, _("it has neither a line nor a point"));
        return;
    }
    mu_point middle = mu_point_between(line[0], line[1], 0.5);
    mu_point given = door->line.count == 2
                         ? mu_point_between(door->line.items[0], door->line.items[1], 0.5)
                         : door->at.items[0];
    if (mu_outline_distance(&unit->outline, given, NULL) > DOOR_OFF_M) {
        tell_unfit(draft, door->id,
                   mu_draft_print(draft, _("it is more than %.0f m from the border of %s"),
                                  DOOR_OFF_M, unit->id));
        return;
    }
    between[1] = door->to != NULL ? unit_of(draft, door->to)
                                  : mu_draft_outdoor_near(draft, unit->level, middle);
    if (between[1] == MU_NONE && door->to != NULL) {
        return; /* told */
    }
    const mu_draft_unit *other = between[1] != MU_NONE ? &draft->units.items[between[1]] : NULL;
    if (other == NULL || other->level != unit->level ||
        mu_outline_distance(&other->outline, middle, NULL) > MU_DRAFT_WALL_M) {
        tell_unfit(draft, door->id,
                   mu_draft_print(draft, _("there is no space on its other side within %.1f m"),
                                  MU_DRAFT_WALL_M));
        return;
    }
    add_door(draft, door->id, between, line, MU_FROM_OVERLAY);
    mu_draft_remark(draft, MU_SECTION_OVERLAY, "door", door->id, _("joins %s and %s%s"),
                    draft->units.items[between[0]].id, draft->units.items[between[1]].id,
                    because(draft, door->why));
}

/* A flight that the importer found is replaced by the overlay's. */
static void remove_link(mu_draft *draft, uint32_t lower, uint32_t upper) {
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        mu_draft_portal *portal = &draft->portals.items[i];
        if (portal->kind == MU_PORTAL_STAIR && portal->between[0] == lower &&
            portal->between[1] == upper) {
            draft->portals.count--;
            memmove(portal, portal + 1, (draft->portals.count - i) * sizeof *portal);
            return;
        }
    }
}

static void apply_stair(mu_draft *draft, const mu_overlay_stair *stair) {
    uint32_t lower = unit_of(draft, stair->lower);
    uint32_t upper = unit_of(draft, stair->upper);
    if (lower == MU_NONE || upper == MU_NONE) {
        return;
    }
    const mu_draft_unit *below = &draft->units.items[lower];
    const mu_draft_unit *above = &draft->units.items[upper];
    double width = stair->width_m > 0 ? stair->width_m : draft->options->stair_width_m;
    const char *name = mu_draft_print(draft, "%s - %s", below->id, above->id);
    if (draft->levels.items[above->level].elevation_m <=
        draft->levels.items[below->level].elevation_m) {
        tell_unfit(draft, name, _("the upper unit is not above the lower one"));
        return;
    }
    remove_link(draft, lower, upper);
    if (mu_draft_link(draft, lower, upper, width, MU_FROM_OVERLAY)) {
        mu_draft_remark(draft, MU_SECTION_OVERLAY, "stairs", name, _("linked%s"),
                        because(draft, stair->why));
    } else {
        tell_unfit(draft, name, _("no flight fits into the two units"));
    }
}

void mu_overlay_apply_ways(const mu_overlay *overlay, mu_draft *draft) {
    for (uint32_t i = 0; i < overlay->accept.count; i++) {
        accept(draft, overlay->accept.items[i]);
    }
    for (uint32_t i = 0; i < overlay->doors.count; i++) {
        apply_door(draft, &overlay->doors.items[i]);
    }
    for (uint32_t i = 0; i < overlay->stairs.count; i++) {
        apply_stair(draft, &overlay->stairs.items[i]);
    }
}

void mu_overlay_accept_all(mu_draft *draft) {
    for (uint32_t i = 0; i < draft->proposals.count; i++) {
        mu_draft_proposal *proposal = &draft->proposals.items[i];
        if (!proposal->accepted && !take_up(draft, proposal)) {
            mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "proposal", proposal->id, "%s",
                            _("no flight fits into the two units"));
        }
    }
}
