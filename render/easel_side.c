/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beside the plan: tools on the left; what is chosen, what came of a try and what is wrong on the
 * right. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

static const char *tool_name(mu_easel_tool tool) {
    const char *const names[MU_TOOL_COUNT] = {
        [MU_TOOL_SELECT] = _("Choose"),   [MU_TOOL_ROOM] = _("Rectangle"),
        [MU_TOOL_OUTLINE] = _("Outline"), [MU_TOOL_DOOR] = _("Door"),
        [MU_TOOL_STAIR] = _("Stair"),     [MU_TOOL_THING] = _("Thing"),
        [MU_TOOL_SCALE] = _("Scale"),     [MU_TOOL_MEASURE] = _("Measure")};
    return names[tool];
}

static void title(const mu_easel *e, double x, double y, const char *text) {
    mu_pen_text(&e->pen, x, y, MU_ALIGN_LEFT, 11.5, true, e->pen.theme->soft, text);
}

static double draw_tools(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit, w = (width - 6 * u) / 2;
    title(e, x, y + 12 * u, _("Tools"));
    y += 20 * u;
    for (int k = 0; k < MU_TOOL_COUNT; k++) {
        const mu_box box = {(float)(x + (k % 2) * (w + 6 * u)), (float)(y + (k / 2) * 32 * u),
                            (float)w, (float)(28 * u)};
        if (mu_ui_button(&e->ui, box, tool_name((mu_easel_tool)k),
                         e->tool == (mu_easel_tool)k ? MU_UI_ON : MU_UI_PLAIN)) {
            mu_easel_choose_tool(e, (mu_easel_tool)k);
        }
    }
    return y + (MU_TOOL_COUNT / 2) * 32 * u + 4 * u;
}

/* A list of words, one chosen; two in a row. */
static double draw_words(mu_easel *e, double x, double y, double width, const mu_easel_word *words,
                         uint32_t *chosen) {
    const double u = e->pen.unit, w = (width - 4 * u) / 2, line = 21 * u;
    for (uint32_t k = 0; words[k].label != NULL; k++) {
        const mu_box box = {(float)(x + (k % 2) * (w + 4 * u)), (float)(y + (k / 2) * line),
                            (float)w, (float)(20 * u)};
        if (mu_ui_row(&e->ui, box, *chosen == k)) {
            *chosen = k;
        }
        char shown[60];
        mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 12, *chosen == k), _(words[k].label),
                        w - 10 * u, shown, sizeof shown);
        mu_pen_text(&e->pen, (double)box.x + 7 * u, (double)box.y + 14.5 * u, MU_ALIGN_LEFT, 12,
                    *chosen == k, e->pen.theme->ink, shown);
    }
    return y + (mu_easel_word_count(words) + 1) / 2 * line + 8 * u;
}

static double draw_picture(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit;
    const mu_box path = {(float)x, (float)(y + 18 * u), (float)width, (float)(26 * u)};
    (void)mu_ui_field(&e->ui, 2, path, _("Picture of the plan"), &e->picture_edit);
    if (e->ui.focus == 2 && mu_ui_take_key(&e->ui, MU_KEY_ENTER)) {
        (void)snprintf(e->picture_path, sizeof e->picture_path, "%s", e->picture_edit.text);
        e->wants |= MU_EASEL_WANTS_PICTURE;
        e->ui.focus = 0;
    }
    y += 50 * u;
    if (e->picture.image.pixels == NULL) {
        return y;
    }
    const mu_box distance = {(float)x, (float)(y + 18 * u), (float)width, (float)(26 * u)};
    (void)mu_ui_field(&e->ui, 3, distance, _("Their distance (m)"), &e->distance_edit);
    if (e->ui.focus == 3 && mu_ui_take_key(&e->ui, MU_KEY_ENTER)) {
        e->ui.focus = 0;
        mu_easel_finish(e);
    }
    return y + 50 * u;
}

static double draw_options(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit;
    switch (e->tool) {
    case MU_TOOL_ROOM:
    case MU_TOOL_OUTLINE:
        title(e, x, y + 12 * u, _("It becomes"));
        return draw_words(e, x, y + 18 * u, width, mu_easel_uses, &e->use);
    case MU_TOOL_DOOR: {
        title(e, x, y + 12 * u, _("It becomes"));
        y = draw_words(e, x, y + 18 * u, width, mu_easel_doors, &e->door);
        const mu_box box = {(float)x, (float)(y + 18 * u), (float)width, (float)(26 * u)};
        (void)mu_ui_field(&e->ui, 4, box, _("Clear width (m)"), &e->width_edit);
        return y + 50 * u;
    }
    case MU_TOOL_THING:
        title(e, x, y + 12 * u, _("It becomes"));
        return draw_words(e, x, y + 18 * u, width, mu_easel_things, &e->thing);
    default:
        return y;
    }
}

static void draw_levels(mu_easel *e, double x, double bottom, double width) {
    const mu_scenery *scene = mu_project_scene(e->def.project);
    const double u = e->pen.unit, line = 24 * u;
    const uint32_t shown = scene->level_count < 7 ? scene->level_count : 7;
    const uint32_t top = e->level >= shown ? e->level : shown - 1;
    double y = bottom - (shown * 24 + 56) * u;
    title(e, x, y + 12 * u, _("Levels"));
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
    if (e->tool == MU_TOOL_SCALE || e->tool == MU_TOOL_SELECT) {
        (void)draw_picture(e, x, y, width);
    }
    draw_levels(e, x, (double)(box.y + box.height), width);
}

/* --- the right side --- */

/* Typed: what has these letters in its id or name. */
static double draw_find(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit;
    const mu_box box = {(float)x, (float)(y + 18 * u), (float)width, (float)(26 * u)};
    const bool changed = mu_ui_field(&e->ui, 1, box, _("Find a room (Ctrl+F)"), &e->find_edit);
    const bool again = e->ui.focus == 1 && mu_ui_take_key(&e->ui, MU_KEY_ENTER);
    if ((!changed && !again) || e->find_edit.length == 0) {
        return y + 52 * u;
    }
    const mu_scenery *scene = mu_project_scene(e->def.project);
    const uint32_t from = again && e->chosen_count == 1 && e->chosen[0].kind == MU_SUBJECT_ROOM
                              ? e->chosen[0].index + 1
                              : 0;
    for (uint32_t k = 0; k < scene->room_count; k++) {
        const uint32_t r = (from + k) % scene->room_count;
        const mu_scenery_room *room = &scene->rooms[r];
        if (strstr(room->id, e->find_edit.text) != NULL ||
            strstr(mu_text_in(room->name, e->pen.language), e->find_edit.text) != NULL) {
            e->level = room->level;
            mu_easel_lay(e, false);
            e->camera.x = (room->low.x + room->high.x) / 2;
            e->camera.y = (room->low.y + room->high.y) / 2;
            mu_easel_choose(e, (mu_subject){MU_SUBJECT_ROOM, r}, false);
            return y + 52 * u;
        }
    }
    mu_easel_say(e, true, _("Nothing is called '%s'"), e->find_edit.text);
    return y + 52 * u;
}

/* Several at once: what all of them can be given. */
static void draw_many(mu_easel *e, mu_box box) {
    const double u = e->pen.unit;
    char text[120];
    (void)snprintf(text, sizeof text, P_("%u thing chosen", "%u things chosen", e->chosen_count),
                   e->chosen_count);
    mu_pen_text(&e->pen, (double)box.x, (double)box.y + 16 * u, MU_ALIGN_LEFT, 15, true,
                e->pen.theme->ink, text);
    bool rooms = true;
    double area = 0;
    for (uint32_t k = 0; k < e->chosen_count; k++) {
        rooms = rooms && e->chosen[k].kind == MU_SUBJECT_ROOM;
        area += e->chosen[k].kind == MU_SUBJECT_ROOM
                    ? mu_project_area(e->def.project, e->chosen[k].index)
                    : 0;
    }
    if (!rooms) {
        return;
    }
    (void)snprintf(text, sizeof text, "%.1f m²", area);
    mu_pen_text(&e->pen, (double)box.x, (double)box.y + 36 * u, MU_ALIGN_LEFT, 13, false,
                e->pen.theme->soft, text);
    title(e, (double)box.x, (double)box.y + 62 * u, _("All of them become"));
    uint32_t use = MU_NOWHERE;
    (void)draw_words(e, (double)box.x, (double)box.y + 70 * u, (double)box.width, mu_easel_uses,
                     &use);
    if (use != MU_NOWHERE) {
        char json[60];
        (void)snprintf(json, sizeof json, "\"%s\"", mu_easel_uses[use].word);
        if (mu_project_set_all(e->def.project, e->chosen, e->chosen_count, "use", json)) {
            mu_easel_say(e, false, _("%u rooms changed"), e->chosen_count);
        }
    }
}

/* Place and size in exact numbers: typed, and taken over by Enter. */
static double draw_numbers(mu_easel *e, double x, double y, double width) {
    const char *const labels[] = {"x (m)", "y (m)", _("width"), _("depth")};
    const mu_scenery *scene = mu_project_scene(e->def.project);
    const mu_scenery_room *room = &scene->rooms[e->chosen[0].index];
    const double values[] = {room->low.x, room->low.y, room->high.x - room->low.x,
                             room->high.y - room->low.y};
    const double u = e->pen.unit, w = (width - 18 * u) / 4;
    const bool in_use = e->ui.focus >= 5 && e->ui.focus <= 8;
    bool entered = false;
    for (uint32_t k = 0; k < 4; k++) {
        if (!in_use) {
            char text[40];
            (void)snprintf(text, sizeof text, "%.3f", values[k]);
            for (size_t last = strlen(text);
                 last > 1 && (text[last - 1] == '0' || text[last - 1] == '.');) {
                const bool point = text[--last] == '.';
                text[last] = '\0';
                if (point) {
                    break;
                }
            }
            mu_edit_set(&e->numbers[k], text);
        }
        const mu_box box = {(float)(x + k * (w + 6 * u)), (float)(y + 18 * u), (float)w,
                            (float)(26 * u)};
        (void)mu_ui_field(&e->ui, 5 + k, box, labels[k], &e->numbers[k]);
        entered = entered || (e->ui.focus == 5 + k && mu_ui_take_key(&e->ui, MU_KEY_ENTER));
    }
    if (entered) {
        const mu_point low = {atof(e->numbers[0].text), atof(e->numbers[1].text)};
        const mu_point size = {atof(e->numbers[2].text), atof(e->numbers[3].text)};
        e->ui.focus = 0;
        if (!mu_project_fit_room(e->def.project, e->chosen[0].index, low, size)) {
            mu_easel_say(e, true, "%s", _("Width and depth must be more than 0"));
        }
    }
    return y + 48 * u;
}

static void draw_chosen(mu_easel *e, mu_box box) {
    const double u = e->pen.unit;
    if (e->chosen_count > 1) {
        draw_many(e, box);
        return;
    }
    char pointer[200];
    if (e->chosen_count == 0 ||
        !mu_project_pointer(e->def.project, e->chosen[0], pointer, sizeof pointer)) {
        mu_easel_show_form(&e->side, 0, "-");
        mu_pen_text(&e->pen, (double)box.x, (double)box.y + 16 * u, MU_ALIGN_LEFT, 13, false,
                    e->pen.theme->soft, _("Nothing is chosen"));
        return;
    }
    const uint32_t site = mu_project_find_paper(e->def.project, MU_PAPER_SITE);
    if (e->side.paper != site || strcmp(e->side.pointer, pointer) != 0) {
        mu_easel_enter_all(e, &e->side);
        mu_easel_show_form(&e->side, site, pointer);
        memset(e->side.rows, 0, sizeof e->side.rows);
        e->ui.focus = e->ui.focus >= 1000 ? 0 : e->ui.focus;
    }
    mu_pen_text(&e->pen, (double)box.x, (double)box.y + 16 * u, MU_ALIGN_LEFT, 15, true,
                e->pen.theme->ink, strrchr(pointer, '/') + 1);
    double y = (double)box.y + 26 * u;
    if (e->chosen[0].kind == MU_SUBJECT_ROOM) {
        char text[60];
        (void)snprintf(text, sizeof text, "%.2f m²",
                       mu_project_area(e->def.project, e->chosen[0].index));
        mu_pen_text(&e->pen, (double)(box.x + box.width), (double)box.y + 16 * u, MU_ALIGN_RIGHT,
                    13, false, e->pen.theme->soft, text);
        y = draw_numbers(e, (double)box.x, y, (double)box.width);
    }
    const mu_box form = {box.x, (float)y, box.width, box.y + box.height - (float)y};
    mu_easel_draw_form(e, &e->side, form, 1000);
}

void mu_easel_draw_side(mu_easel *e) {
    const mu_box box = mu_easel_side_box(e);
    const double u = e->pen.unit, x = (double)box.x + 14 * u, width = (double)box.width - 28 * u;
    mu_draw_rect(e->pen.list, box, e->pen.theme->panel);
    mu_draw_rect(e->pen.list, (mu_box){box.x, box.y, (float)u, box.height}, e->pen.theme->line);
    double y = draw_find(e, x, (double)box.y + 6 * u, width);
    y = mu_easel_draw_result(e, x, y, width);
    const double faults = 168 * u, bottom = (double)(box.y + box.height);
    const mu_box middle = {(float)x, (float)y, (float)width, (float)(bottom - faults - y - 8 * u)};
    if ((double)middle.height > 60 * u) {
        draw_chosen(e, middle);
    }
    (void)mu_easel_draw_faults(
        e, (mu_box){(float)x, (float)(bottom - faults), (float)width, (float)faults});
}
