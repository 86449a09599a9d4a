/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The import report for people, as Markdown: what was read, what the importer made of it, what it
 * could not know, and what to do next. */
#include <stdlib.h>
#include <string.h>

#include "tools/import/output.h"
#include "tools/language.h"

#define LIST_MOST 40 /* remarks of one section; the JSON form has all */
#define ROWS_MOST 12 /* a larger group of units is told by lists of ids */

static void heading(FILE *out, const char *text) {
    fprintf(out, "\n## %s\n\n", text);
}

static void print_read(const mu_draft *draft, FILE *out) {
    heading(out, _("What was read"));
    fprintf(out, _("Files %u; buildings %u, levels %u, units %u, openings %u.\n\n"),
            (unsigned)draft->files.count, (unsigned)draft->buildings_read,
            (unsigned)draft->levels_read, (unsigned)draft->units_read,
            (unsigned)draft->openings_read);
    fprintf(out, "| %s | %s |\n|---|---|\n", _("file"), _("features"));
    for (uint32_t i = 0; i < draft->files.count; i++) {
        const mu_draft_file *file = &draft->files.items[i];
        if (file->used) {
            fprintf(out, "| %s | %u |\n", file->name, (unsigned)file->features);
        } else {
            fprintf(out, "| %s | %s |\n", file->name, _("not used"));
        }
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < draft->buildings.count; i++) {
        kept += draft->buildings.items[i].kept;
    }
    fprintf(out,
            _("\nBuildings with levels that were chosen: %u. The other buildings have no units; "
              "their footprints only keep the open ground clear.\n"),
            (unsigned)kept);
    if (draft->source.en != NULL) {
        bool chinese = draft->source.zh != NULL && mu_language()[0] == 'z';
        fprintf(out, "\n%s: %s\n", _("Source"), chinese ? draft->source.zh : draft->source.en);
    }
}

static void print_unit(const mu_draft *draft, FILE *out) {
    if (!draft->metric) {
        fprintf(
            out,
            _("Degrees (WGS84) were projected to metres by a transverse Mercator projection of its "
              "own, with its origin at longitude %.3f and latitude %.3f (%s); x points east, y "
              "north.\n\n"),
            draft->origin_lon, draft->origin_lat,
            draft->origin_given ? _("given by the overlay") : _("the centre of the data, rounded"));
        return;
    }
    fprintf(out, _("The drawing's unit is taken as %g m (%s).\n\n"), draft->unit_m,
            draft->unit_why);
    if (draft->shift_m.x != 0 || draft->shift_m.y != 0) {
        fprintf(out,
                _("Its coordinates were far from the origin: x is less by %.0f m and y by "
                  "%.0f m.\n\n"),
                draft->shift_m.x, draft->shift_m.y);
    }
}

static void print_projection(const mu_draft *draft, FILE *out) {
    heading(out, draft->metric ? _("Unit and extent") : _("Projection and extent"));
    print_unit(draft, out);
    fprintf(out,
            _("The units lie within x %.1f to %.1f m and y %.1f to %.1f m: %.0f m by %.0f m. "
              "Coordinates are rounded to 1 mm.\n"),
            draft->low.x, draft->high.x, draft->low.y, draft->high.y, draft->high.x - draft->low.x,
            draft->high.y - draft->low.y);
}

static void print_use_row(const mu_draft *draft, uint32_t level, mu_use use, FILE *out) {
    uint32_t units = 0;
    double area = 0;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->kept && unit->level == level && unit->use == use) {
            units++;
            area += unit->area_m2;
        }
    }
    if (units > 0) {
        fprintf(out, "| %s | %s | %u | %.0f |\n", draft->levels.items[level].id, mu_use_label(use),
                (unsigned)units, area);
    }
}

static void print_uses(mu_draft *draft, FILE *out) {
    heading(out, _("Units by use and area"));
    mu_tally tally = mu_draft_tally(draft, 1);
    fprintf(out, _("Spaces %u (without the outdoor ones), %.0f m2.\n\n"), (unsigned)tally.units,
            tally.area_m2);
    fprintf(out, "| %s | %s | %s | m2 |\n|---|---|---|---|\n", _("level"), _("use"), _("units"));
    uint32_t count;
    const uint32_t *order = mu_levels_by_id(draft, &count);
    for (uint32_t at = 0; at < count; at++) {
        for (int use = 0; use < MU_USE_COUNT; use++) {
            print_use_row(draft, order[at], (mu_use)use, out);
        }
    }
    uint32_t restricted = 0;
    uint32_t renamed = 0;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        restricted += unit->kept && unit->restricted;
        renamed += unit->kept && strcmp(unit->category, unit->drawn_category) != 0;
    }
    fprintf(
        out,
        _("\nTaken by the category of their occupant rather than their own: %u units. Marked as "
          "restricted: %u units; their doors ask for a pass in daily use, and they are filled "
          "like the rest.\n"),
        (unsigned)renamed, (unsigned)restricted);
}

static void print_openings(const mu_draft *draft, FILE *out) {
    uint32_t near[3] = {0, 0, 0};
    uint32_t fates[MU_FATE_ONE_UNIT + 1] = {0};
    for (uint32_t i = 0; i < draft->openings.count; i++) {
        const mu_draft_opening *opening = &draft->openings.items[i];
        if (draft->levels.items[opening->level].kept) {
            near[opening->near_count == 1 ? 0 : opening->near_count == 2 ? 1 : 2]++;
            fates[opening->fate]++;
        }
    }
    fprintf(
        out,
        _("Openings whose middle lies within %.2f m of the borders of two units as drawn: %u; of "
          "one: %u; of another number: %u. After overlaps were cut: joining two units %u, "
          "leading outdoors %u, set aside %u.\n\n"),
        MU_DRAFT_NEAR_M, (unsigned)near[1], (unsigned)near[0], (unsigned)near[2],
        (unsigned)fates[MU_FATE_DOOR], (unsigned)fates[MU_FATE_EXIT],
        (unsigned)(fates[MU_FATE_ABOVE_GROUND] + fates[MU_FATE_NO_UNIT] + fates[MU_FATE_ONE_UNIT]));
}

static void print_remarks(const mu_draft *draft, mu_section section, const char *title, FILE *out) {
    fprintf(out, "### %s\n\n", title);
    uint32_t count = 0;
    for (uint32_t i = 0; i < draft->remarks.count; i++) {
        const mu_remark *remark = &draft->remarks.items[i];
        if (remark->section != section) {
            continue;
        }
        if (count++ < LIST_MOST) {
            fprintf(out, "- %s%s%s%s\n", remark->unfit ? _("**fits nothing**: ") : "",
                    remark->subject, remark->subject[0] != '\0' ? ": " : "", remark->text);
        }
    }
    if (count > LIST_MOST) {
        fprintf(out, _("- and %u more in import-report.json\n"), (unsigned)(count - LIST_MOST));
    }
    fprintf(out, "%s", count == 0 ? _("Nothing.\n\n") : "\n");
}

static void print_decisions(const mu_draft *draft, FILE *out) {
    heading(out, _("Joined, repaired, left out, guessed"));
    print_openings(draft, out);
    print_remarks(draft, MU_SECTION_JOINED, _("Joined"), out);
    print_remarks(draft, MU_SECTION_REPAIRED, _("Repaired"), out);
    print_remarks(draft, MU_SECTION_LEFT_OUT, _("Left out"), out);
    print_remarks(draft, MU_SECTION_GUESSED, _("Guessed"), out);
    fprintf(out,
            _("For every building: storey height %.2f m; flights %.1f m wide where they fit, their "
              "slope length %.2f times the rise (stair 7/11 in, SFPE Handbook, recalled); doors as "
              "wide as drawn.\n"),
            draft->options->storey_m, draft->options->stair_width_m, MU_DRAFT_STAIR_FACTOR);
}

static void print_stairs(mu_draft *draft, FILE *out) {
    heading(out, _("Stairs"));
    uint32_t linked = 0;
    double narrowest = 1e9;
    const uint32_t *order = mu_portals_by_id(draft);
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        const mu_draft_portal *portal = &draft->portals.items[i];
        if (portal->kind == MU_PORTAL_STAIR) {
            linked++;
            narrowest = portal->width_m < narrowest ? portal->width_m : narrowest;
        }
    }
    fprintf(out,
            _("Flights between stair units of consecutive levels that lie over each other (more "
              "than half of the smaller): %u.\n\n"),
            (unsigned)linked);
    if (linked > 0) {
        fprintf(out, "| %s | %s | %s | %s |\n|---|---|---|---|\n", _("from"), _("to"),
                _("width, m"), _("length, m"));
    }
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        const mu_draft_portal *portal = &draft->portals.items[order[i]];
        if (portal->kind == MU_PORTAL_STAIR) {
            fprintf(out, "| %s | %s | %.2f | %.2f |\n", draft->units.items[portal->between[0]].id,
                    draft->units.items[portal->between[1]].id, portal->width_m, portal->length_m);
        }
    }
    uint32_t count;
    const uint32_t *loose = mu_loose_stairs(draft, &count);
    fprintf(out, _("\nStair units without a flight: %u\n\n"), (unsigned)count);
    for (uint32_t i = 0; i < count; i++) {
        fprintf(out, "- %s (%.1f m2)\n", draft->units.items[loose[i]].id,
                draft->units.items[loose[i]].area_m2);
    }
}

static void print_exits(mu_draft *draft, FILE *out) {
    heading(out, _("Exits and assembly points"));
    static const char *const from[] = {[MU_FROM_OPENING] = N_("drawn"),
                                       [MU_FROM_STAIRS] = N_("drawn"),
                                       [MU_FROM_PROPOSAL] = N_("accepted proposal"),
                                       [MU_FROM_OVERLAY] = N_("overlay")};
    uint32_t count = 0;
    const uint32_t *order = mu_portals_by_id(draft);
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        const mu_draft_portal *portal = &draft->portals.items[order[i]];
        if (mu_portal_is_exit(draft, portal)) {
            mu_point at = mu_point_between(portal->line[0], portal->line[1], 0.5);
            fprintf(out, _("- %s: from %s, %.2f m wide at (%.1f, %.1f); %s\n"), portal->id,
                    draft->units.items[portal->between[0]].id, portal->width_m, at.x, at.y,
                    _(from[portal->from]));
            count++;
        }
    }
    if (count == 0) {
        fprintf(out, "%s", _("No door leads outdoors.\n"));
    }
    for (uint32_t i = 0; i < draft->assemblies.count; i++) {
        const mu_draft_assembly *point = &draft->assemblies.items[i];
        fprintf(out, "- %s: (%.1f, %.1f)", point->id, point->at.x, point->at.y);
        if (point->nearest_exit_m >= 0) {
            fprintf(out, _(", %.1f m from the nearest exit"), point->nearest_exit_m);
        }
        fprintf(out, "\n");
    }
}

typedef struct lost_group {
    const uint32_t *units; /* all lost ones by id */
    uint32_t count;
    uint32_t component;
} lost_group;

static bool is_of(const mu_draft *draft, const lost_group *group, uint32_t i) {
    return draft->units.items[group->units[i]].component[1] == group->component;
}

/* A row for each unit, with its own reason. */
static void print_group_rows(mu_draft *draft, const lost_group *group, FILE *out) {
    fprintf(out, "| %s | %s | m2 | %s |\n|---|---|---|---|\n", _("unit of the plan"), _("use"),
            _("why"));
    for (uint32_t i = 0; i < group->count; i++) {
        const mu_draft_unit *unit = &draft->units.items[group->units[i]];
        if (is_of(draft, group, i)) {
            fprintf(out, "| %s | %s | %.1f | %s |\n", unit->id, mu_use_label(unit->use),
                    unit->area_m2, mu_draft_why_no_way_out(draft, group->units[i], 1, NULL));
        }
    }
}

/* Many units share one reason: a list for each level. */
static void print_group_lists(mu_draft *draft, const lost_group *group, FILE *out) {
    uint32_t levels;
    const uint32_t *order = mu_levels_by_id(draft, &levels);
    fprintf(out, "%s\n", _("They lead to each other, and none of them leads outdoors."));
    for (uint32_t at = 0; at < levels; at++) {
        uint32_t units = 0;
        for (uint32_t i = 0; i < group->count; i++) {
            const mu_draft_unit *unit = &draft->units.items[group->units[i]];
            if (is_of(draft, group, i) && unit->level == order[at]) {
                const char *id = draft->levels.items[order[at]].id;
                const char *tail =
                    unit->id + (strncmp(unit->id, id, strlen(id)) == 0 ? strlen(id) + 1 : 0);
                fprintf(out, units == 0 ? "\n- %s: %s" : "%s%s", units == 0 ? id : ", ", tail);
                units++;
            }
        }
    }
    fprintf(out, "\n");
}

static void print_group(mu_draft *draft, const lost_group *group, FILE *out) {
    uint32_t units = 0;
    double area = 0;
    double persons = 0;
    for (uint32_t i = 0; i < group->count; i++) {
        bool counts = is_of(draft, group, i);
        units += counts;
        area += counts ? draft->units.items[group->units[i]].area_m2 : 0;
        persons += counts ? mu_unit_persons(draft, group->units[i]) : 0;
    }
    fprintf(out, _("\n**Group %u**: units %u, %.0f m2, persons about %.0f\n\n"),
            (unsigned)group->component + 1, (unsigned)units, area, persons);
    if (units <= ROWS_MOST) {
        print_group_rows(draft, group, out);
    } else {
        print_group_lists(draft, group, out);
    }
}

static void print_lost(mu_draft *draft, FILE *out) {
    heading(out, _("Units without a way out"));
    mu_tally drawn = mu_draft_tally(draft, 0);
    mu_tally now = mu_draft_tally(draft, 1);
    fprintf(out,
            _("As drawn: %u units reach the outdoors and %u do not. With the overlay: %u reach it "
              "and %u (%.0f m2) do not. Lifts (%u) carry nobody in an evacuation and are not "
              "counted.\n"),
            (unsigned)drawn.out, (unsigned)drawn.lost, (unsigned)now.out, (unsigned)now.lost,
            now.lost_m2, (unsigned)now.lifts);
    uint32_t count;
    uint32_t *order = mu_units_by_id(draft, &count);
    uint32_t lost = 0;
    for (uint32_t i = 0; i < count; i++) {
        const mu_draft_unit *unit = &draft->units.items[order[i]];
        if (!unit->reaches_out[1] && unit->use != MU_USE_LIFT) {
            order[lost++] = order[i];
        }
    }
    bool *done = mu_draft_alloc(draft, draft->units.count, sizeof *done);
    for (uint32_t i = 0; i < lost; i++) {
        uint32_t component = draft->units.items[order[i]].component[1];
        if (!done[component]) {
            done[component] = true;
            const lost_group group = {order, lost, component};
            print_group(draft, &group, out);
        }
    }
}

static void print_proposals(const mu_draft *draft, FILE *out) {
    heading(out, _("Proposals"));
    if (draft->proposals.count == 0) {
        fprintf(out, "%s", _("Nothing.\n"));
        return;
    }
    fprintf(out, "| %s | %s | %s | %s |\n|---|---|---|---|\n", _("proposal"), _("ends, m"),
            _("why"), _("accepted"));
    for (uint32_t i = 0; i < draft->proposals.count; i++) {
        const mu_draft_proposal *proposal = &draft->proposals.items[i];
        const mu_point *line = proposal->line;
        fprintf(out, "| %s | ", proposal->id);
        if (proposal->kind != MU_PROPOSAL_STAIR) {
            fprintf(out, "(%.1f, %.1f) - (%.1f, %.1f)", line[0].x, line[0].y, line[1].x, line[1].y);
        }
        fprintf(out, " | %s | %s |\n", proposal->reason, proposal->accepted ? _("yes") : "");
    }
}

static void print_people(const mu_draft *draft, FILE *out) {
    heading(out, _("People"));
    uint32_t kinds;
    const mu_loading *loads = mu_loadings(&kinds);
    int64_t total = 0;
    for (uint32_t i = 0; i < draft->groups.count; i++) {
        total += draft->groups.items[i].count;
    }
    fprintf(
        out,
        _("Persons %lld: area divided by an occupant load factor, times an occupancy of %g. The "
          "factors are those of IBC table 1004.5 and NFPA 101 table 7.3.1.2 as commonly "
          "tabulated, recalled and not read in the standards (confidence C).\n\n"),
        (long long)total, draft->options->occupancy);
    fprintf(out, "| %s | %s | m2 | %s | %s |\n|---|---|---|---|---|\n", _("group"), _("persons"),
            _("m2 per person"), _("factor"));
    for (uint32_t i = 0; i < draft->groups.count; i++) {
        const mu_draft_group *group = &draft->groups.items[i];
        const mu_loading *load = &loads[group->loading];
        fprintf(out, "| %s | %lld | %.0f | %.1f | %s |\n", group->id, (long long)group->count,
                group->area_m2, load->m2_per_person, _(load->source));
    }
}

static void print_next(const mu_draft *draft, FILE *out) {
    heading(out, _("What to do next"));
    mu_tally now = mu_draft_tally(draft, 1);
    if (now.lost > 0) {
        fprintf(out, "%s",
                _("- Look at the proposals on the plan, put those that are true into the "
                  "`accept` list of an overlay file, and import again with --overlay.\n"));
    }
    if (draft->unfit > 0) {
        fprintf(out, _("- Mend the %u entries of the overlay that fit nothing.\n"),
                (unsigned)draft->unfit);
    }
    fprintf(out, "%s",
            _("- Compare the stairs, their widths and the storey height with the "
              "building.\n"
              "- Replace the assumed numbers of people in roster.json by counted ones.\n"
              "- Then: muster run evacuation.json -o DIR\n"));
}

void mu_report_print(mu_draft *draft, FILE *out) {
    fprintf(out, "# %s: %s\n", _("Import report"), mu_site_id(draft));
    fprintf(out, "\n%s %s\n", "Muster", MU_VERSION);
    print_read(draft, out);
    print_projection(draft, out);
    print_uses(draft, out);
    print_decisions(draft, out);
    print_stairs(draft, out);
    print_exits(draft, out);
    print_lost(draft, out);
    print_proposals(draft, out);
    if (draft->options->overlay != NULL) {
        heading(out, _("Overlay"));
        print_remarks(draft, MU_SECTION_OVERLAY, _("What it did"), out);
    }
    print_people(draft, out);
    fprintf(out, "\n%s\n",
            _("Ids and what they stand for in the source: `ids` in "
              "import-report.json."));
    print_next(draft, out);
}
