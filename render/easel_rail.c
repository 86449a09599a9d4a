/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On the left of the plan: tools, what each of them makes, and levels. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

static const char *tool_name(mu_easel_tool tool) {
    const char *const names[MU_TOOL_COUNT] = {
        [MU_TOOL_SELECT] = _("Choose"),   [MU_TOOL_ROOM] = _("Room"),
        [MU_TOOL_OUTLINE] = _("Outline"), [MU_TOOL_HOLE] = _("Pillar"),
        [MU_TOOL_DOOR] = _("Door"),       [MU_TOOL_STAIR] = _("Stair"),
        [MU_TOOL_LIFT] = _("Lift"),       [MU_TOOL_THING] = _("Thing"),
        [MU_TOOL_CAMERA] = _("Camera"),   [MU_TOOL_ROAD] = _("Lane"),
        [MU_TOOL_ROUND] = _("Round"),     [MU_TOOL_SCALE] = _("Picture"),
        [MU_TOOL_MEASURE] = _("Measure")};
    return names[tool];
}

void mu_easel_title(const mu_easel *e, double x, double y, const char *text) {
    mu_pen_text(&e->pen, x, y, MU_ALIGN_LEFT, 11.5, true, e->pen.theme->soft, text);
}

bool mu_easel_number(const mu_edit *edit, double *out) {
    char *end = NULL;
    const double value = strtod(edit->text, &end);
    if (end == edit->text || end[strspn(end, " ")] != '\0' || !isfinite(value)) {
        return false;
    }
    *out = value;
    return true;
}

double mu_easel_typed(const mu_edit *edit, double otherwise) {
    double value;
    return mu_easel_number(edit, &value) && value > 0 ? value : otherwise;
}

static double draw_tools(mu_easel *e, double x, double y, double width) {
    enum { ACROSS = 3, DOWN = (MU_TOOL_COUNT + ACROSS - 1) / ACROSS };
    const double u = e->pen.unit, gap = 4 * u, w = (width - (ACROSS - 1) * gap) / ACROSS;
    const double pitch = 128 * u / DOWN;
    mu_easel_title(e, x, y + 12 * u, _("Tools"));
    y += 20 * u;
    for (int k = 0; k < MU_TOOL_COUNT; k++) {
        const mu_box box = {(float)(x + (k % ACROSS) * (w + gap)),
                            (float)(y + (k / ACROSS) * pitch), (float)w, (float)(pitch - 3 * u)};
        if (mu_ui_button(&e->ui, box, tool_name((mu_easel_tool)k),
                         e->tool == (mu_easel_tool)k ? MU_UI_ON : MU_UI_PLAIN)) {
            mu_easel_choose_tool(e, (mu_easel_tool)k);
        }
    }
    return y + 132 * u;
}

double mu_easel_draw_words(mu_easel *e, double x, double y, double width,
                           const mu_easel_word *words, uint32_t *chosen) {
    const double u = e->pen.unit, w = (width - 4 * u) / 2, line = 21 * u;
    for (uint32_t k = 0; words[k].key != NULL; k++) {
        const mu_box box = {(float)(x + (k % 2) * (w + 4 * u)), (float)(y + (k / 2) * line),
                            (float)w, (float)(20 * u)};
        if (mu_ui_row(&e->ui, box, *chosen == k)) {
            *chosen = k;
        }
        char shown[60];
        mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 12, *chosen == k),
                        mu_easel_word_label(&words[k]), w - 10 * u, shown, sizeof shown);
        mu_pen_text(&e->pen, (double)box.x + 7 * u, (double)box.y + 14.5 * u, MU_ALIGN_LEFT, 12,
                    *chosen == k, e->pen.theme->ink, shown);
    }
    return y + (mu_easel_word_count(words) + 1) / 2 * line + 8 * u;
}

/* --- what a tool asks for --- */

static double field(mu_easel *e, uint32_t id, double x, double y, double width, const char *label,
                    mu_edit *edit) {
    const double u = e->pen.unit;
    const mu_box box = {(float)x, (float)(y + 18 * u), (float)width, (float)(26 * u)};
    (void)mu_ui_field(&e->ui, id, box, label, edit);
    if (e->ui.focus == id && mu_ui_take_key(&e->ui, MU_KEY_ENTER)) {
        e->ui.focus = 0;
    }
    return y + 50 * u;
}

double mu_easel_draw_served(mu_easel *e, double x, double y, double width, uint64_t *levels) {
    const mu_scenery *scene = mu_project_scene(e->def.project);
    const double u = e->pen.unit, w = (width - 4 * u) / 2, line = 21 * u;
    mu_easel_title(e, x, y + 12 * u, _("Levels that it serves"));
    y += 18 * u;
    const uint32_t shown = scene->level_count < 24 ? scene->level_count : 24;
    for (uint32_t l = 0; l < shown; l++) {
        const mu_box box = {(float)(x + (l % 2) * (w + 4 * u)), (float)(y + (l / 2) * line),
                            (float)w, (float)(20 * u)};
        const bool on = (*levels >> l & 1) != 0;
        if (mu_ui_row(&e->ui, box, on)) {
            *levels ^= 1ULL << l;
        }
        char text[60], shown_text[60];
        const char *name = mu_text_in(scene->levels[l].name, e->pen.language);
        (void)snprintf(text, sizeof text, "%s %s", on ? "✓" : "–",
                       name[0] != '\0' ? name : scene->levels[l].id);
        mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 12, on), text, w - 10 * u, shown_text,
                        sizeof shown_text);
        mu_pen_text(&e->pen, (double)box.x + 7 * u, (double)box.y + 14.5 * u, MU_ALIGN_LEFT, 12, on,
                    on ? e->pen.theme->ink : e->pen.theme->soft, shown_text);
    }
    return y + (shown + 1) / 2 * line + 8 * u;
}

/* The rounds that there are; the one that is pointed out can be taken away. */
static double draw_beats(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit;
    uint32_t count;
    const mu_beat *beats = mu_project_beats(e->def.project, &count);
    mu_easel_title(e, x, y + 12 * u, _("Rounds"));
    y += 18 * u;
    if (count == 0) {
        return y + mu_pen_paragraph(&e->pen, x, y, width, 12, false, e->pen.theme->soft,
                                    _("None yet: click posts one after the other, then Enter"), 3,
                                    true);
    }
    e->beat = e->beat < count ? e->beat : MU_NOWHERE;
    for (uint32_t k = 0; k < count && k < 10; k++) {
        const mu_box box = {(float)x, (float)y, (float)width, (float)(20 * u)};
        if (mu_ui_row(&e->ui, box, e->beat == k)) {
            e->beat = e->beat == k ? MU_NOWHERE : k;
        }
        char text[160], shown[160];
        const char *name = mu_text_in(beats[k].name, e->pen.language);
        (void)snprintf(text, sizeof text, _("%s · %u posts · every %.0f min"),
                       name[0] != '\0' ? name : beats[k].id, beats[k].count, beats[k].every_s / 60);
        mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 12, e->beat == k), text, width - 12 * u,
                        shown, sizeof shown);
        mu_pen_text(&e->pen, x + 7 * u, y + 14.5 * u, MU_ALIGN_LEFT, 12, e->beat == k,
                    e->pen.theme->ink, shown);
        y += 21 * u;
    }
    return y + 8 * u;
}

/* What the tool makes; below it. */
static double draw_kinds(mu_easel *e, double x, double y, double width, const mu_easel_word *words,
                         uint32_t *chosen) {
    const double u = e->pen.unit;
    mu_easel_title(e, x, y + 12 * u, _("It becomes"));
    return mu_easel_draw_words(e, x, y + 18 * u, width, words, chosen);
}

static double draw_options(mu_easel *e, double x, double y, double width) {
    switch (e->tool) {
    case MU_TOOL_ROOM:
    case MU_TOOL_OUTLINE:
        return draw_kinds(e, x, y, width, mu_easel_uses, &e->use);
    case MU_TOOL_DOOR:
        y = draw_kinds(e, x, y, width, mu_easel_doors, &e->door);
        return field(e, MU_FOCUS_WIDTH, x, y, width, _("Clear width (m)"), &e->width_edit);
    case MU_TOOL_THING:
        return draw_kinds(e, x, y, width, mu_easel_things, &e->thing);
    case MU_TOOL_CAMERA:
        y = draw_kinds(e, x, y, width, mu_easel_cameras, &e->camera_kind);
        return field(e, MU_FOCUS_ANGLE, x, y, width, _("Angle of view (°)"), &e->angle_edit);
    case MU_TOOL_ROAD:
        return field(e, MU_FOCUS_LANE, x, y, width, _("Width of the lane (m)"), &e->lane_edit);
    case MU_TOOL_LIFT:
        return mu_easel_draw_served(e, x, y, width, &e->lift_levels);
    case MU_TOOL_ROUND:
        return draw_beats(e, x, y, width);
    case MU_TOOL_SCALE:
    case MU_TOOL_SELECT:
        return mu_easel_draw_picture(e, x, y, width);
    case MU_TOOL_HOLE:
    case MU_TOOL_STAIR:
    case MU_TOOL_MEASURE:
    case MU_TOOL_COUNT:
        break;
    }
    return y;
}

/* --- levels --- */

static void draw_levels(mu_easel *e, double x, double top_y, double bottom, double width) {
    const mu_scenery *scene = mu_project_scene(e->def.project);
    const double u = e->pen.unit, line = 24 * u;
    const double room = floor((bottom - top_y - 56 * u) / line);
    const uint32_t most = room < 1 ? 1 : room > 7 ? 7 : (uint32_t)room;
    const uint32_t shown = scene->level_count < most ? scene->level_count : most;
    const uint32_t top = e->level >= shown ? e->level : shown - 1;
    double y = bottom - (shown * 24 + 56) * u;
    mu_easel_title(e, x, y + 12 * u, _("Levels"));
    y += 18 * u;
    for (uint32_t k = 0; k < shown; k++) {
        const uint32_t level = top - k;
        const mu_box box = {(float)x, (float)(y + k * line), (float)width, (float)(22 * u)};
        if (mu_ui_row(&e->ui, box, level == e->level)) {
            e->level = level;
            e->chosen_count = 0;
            mu_easel_lay(e, false);
        }
        const char *name = mu_text_in(scene->levels[level].name, e->pen.language);
        char text[120];
        (void)snprintf(text, sizeof text, "%s  %+.1f m",
                       name[0] != '\0' ? name : scene->levels[level].id,
                       scene->levels[level].elevation_m);
        mu_pen_text(&e->pen, x + 8 * u, (double)box.y + 15.5 * u, MU_ALIGN_LEFT, 12.5,
                    level == e->level, e->pen.theme->ink, text);
        const uint32_t gaps = mu_easel_gaps_on(e, level);
        if (gaps > 0) {
            (void)snprintf(text, sizeof text, "%u", gaps);
            const double cx = x + width - 14 * u, cy = (double)box.y + 11 * u;
            mu_draw_disc(e->pen.list, cx, cy, 8 * u, e->pen.theme->missed);
            mu_pen_text(&e->pen, cx, cy + 4 * u, MU_ALIGN_MIDDLE, 11, true, e->pen.theme->panel,
                        text);
        }
    }
    const mu_box add = {(float)x, (float)(y + shown * line + 4 * u), (float)width, (float)(26 * u)};
    if (mu_ui_button(&e->ui, add, _("Add a level"), MU_UI_PLAIN) &&
        mu_project_add_level(e->def.project, 4, NULL)) {
        e->level = mu_project_scene(e->def.project)->level_count - 1;
        mu_easel_lay(e, false);
    }
}

void mu_easel_draw_rail(mu_easel *e) {
    const mu_box box = mu_easel_rail_box(e);
    const double u = e->pen.unit, x = (double)box.x + 10 * u, width = (double)box.width - 20 * u;
    mu_draw_rect(e->pen.list, box, e->pen.theme->panel);
    mu_draw_rect(e->pen.list, (mu_box){box.x + box.width - (float)u, box.y, (float)u, box.height},
                 e->pen.theme->line);
    double y = draw_tools(e, x, (double)box.y + 6 * u, width);
    y = draw_options(e, x, y, width);
    draw_levels(e, x, y, (double)(box.y + box.height), width);
}
