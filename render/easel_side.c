/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On the right of the plan: what is chosen, what came of a try and what is wrong. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

/* --- the right side --- */

/* Does it have these letters in its id or its name? */
static bool is_called(const mu_easel *e, const char *id, mu_text name) {
    return strstr(id, e->find_edit.text) != NULL ||
           strstr(mu_text_in(name, e->pen.language), e->find_edit.text) != NULL;
}

/* Rooms, then doors, then what stands at a point: the k-th of all; false behind the last. */
static bool candidate(const mu_easel *e, const mu_scenery *scene, uint32_t k, mu_subject *out,
                      bool *fits) {
    if (k < scene->room_count) {
        *out = (mu_subject){MU_SUBJECT_ROOM, k};
        *fits = is_called(e, scene->rooms[k].id, scene->rooms[k].name);
        return true;
    }
    k -= scene->room_count;
    if (k < scene->portal_count) {
        *out = (mu_subject){MU_SUBJECT_PORTAL, k};
        *fits = scene->portals[k].look != MU_PORTAL_LOOK_RIDE &&
                is_called(e, scene->portals[k].id, scene->portals[k].name);
        return true;
    }
    k -= scene->portal_count;
    if (k < scene->mark_count) {
        *out = scene->marks[k].subject;
        *fits = is_called(e, scene->marks[k].id, scene->marks[k].name);
    }
    return k < scene->mark_count;
}

/* Typed: what has these letters; Enter goes to the next. */
static double draw_find(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit;
    const mu_box box = {(float)x, (float)(y + 18 * u), (float)width, (float)(26 * u)};
    const bool changed =
        mu_ui_field(&e->ui, MU_FOCUS_FIND, box, _("Find anything (Ctrl+F)"), &e->find_edit);
    const bool again = e->ui.focus == MU_FOCUS_FIND && mu_ui_take_key(&e->ui, MU_KEY_ENTER);
    y += 52 * u;
    if ((!changed && !again) || e->find_edit.length == 0) {
        return y;
    }
    const mu_scenery *scene = mu_project_scene(e->def.project);
    mu_subject found = {MU_SUBJECT_NOTHING, 0}, first = found, one = found;
    bool fits = false, passed = !again;
    for (uint32_t k = 0; found.kind == MU_SUBJECT_NOTHING && candidate(e, scene, k, &one, &fits);
         k++) {
        first = fits && first.kind == MU_SUBJECT_NOTHING ? one : first;
        found = fits && passed ? one : found;
        passed = passed || (e->chosen_count == 1 && mu_easel_is_chosen(e, one));
    }
    found = found.kind != MU_SUBJECT_NOTHING ? found : first;
    if (found.kind == MU_SUBJECT_NOTHING) {
        mu_easel_say(e, true, _("Nothing is called '%s'"), e->find_edit.text);
    } else {
        mu_easel_show_subject(e, found);
    }
    return y;
}

/* The form at the side shows another record. */
static void turn_to(mu_easel *e, const char *pointer) {
    const uint32_t site = mu_project_find_paper(e->def.project, MU_PAPER_SITE);
    if (e->side.paper != site || strcmp(e->side.pointer, pointer) != 0) {
        mu_easel_enter_all(e, &e->side);
        mu_easel_show_form(&e->side, site, pointer);
        memset(e->side.rows, 0, sizeof e->side.rows);
        e->ui.focus = e->ui.focus >= 1000 ? 0 : e->ui.focus;
    }
}

/* By the edges of the one that was chosen first. */
static double draw_align(mu_easel *e, double x, double y, double width) {
    const char *const names[MU_ALIGNED_COUNT] = {
        [MU_ALIGNED_LEFT] = _("Left"),       [MU_ALIGNED_RIGHT] = _("Right"),
        [MU_ALIGNED_TOP] = _("Top"),         [MU_ALIGNED_BOTTOM] = _("Bottom"),
        [MU_ALIGNED_ACROSS] = _("Middle ↔"), [MU_ALIGNED_ALONG] = _("Middle ↕")};
    const double u = e->pen.unit, w = (width - 8 * u) / 3;
    mu_easel_title(e, x, y + 12 * u, _("Align with the first one chosen"));
    y += 18 * u;
    for (int k = 0; k < MU_ALIGNED_COUNT; k++) {
        const mu_box box = {(float)(x + (k % 3) * (w + 4 * u)), (float)(y + (k / 3) * 27 * u),
                            (float)w, (float)(24 * u)};
        if (mu_ui_button(&e->ui, box, names[k], MU_UI_PLAIN)) {
            if (mu_project_align(e->def.project, e->chosen, e->chosen_count, (mu_aligned)k)) {
                mu_easel_say(e, false, "%s", _("Aligned"));
            } else {
                mu_easel_say(e, true, "%s", _("Some cannot go there"));
            }
        }
    }
    return y + 60 * u;
}

/* Several of one list: a form of the first, whose changes go to all. */
static void draw_alike(mu_easel *e, mu_box box, double y) {
    const double u = e->pen.unit;
    char pointer[200];
    for (uint32_t k = 1; k < e->chosen_count; k++) {
        if (e->chosen[k].kind != e->chosen[0].kind || e->chosen[k].kind == MU_SUBJECT_HOLE) {
            return;
        }
    }
    if (!mu_project_pointer(e->def.project, e->chosen[0], pointer, sizeof pointer)) {
        return;
    }
    mu_easel_title(e, (double)box.x, y + 12 * u, _("What is changed here is changed in all"));
    turn_to(e, pointer);
    y += 18 * u;
    mu_easel_draw_form(e, &e->side,
                       (mu_box){box.x, (float)y, box.width, box.y + box.height - (float)y}, 1000);
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
    double y = draw_align(e, (double)box.x, (double)box.y + 26 * u, (double)box.width);
    if (!rooms) {
        draw_alike(e, box, y);
        return;
    }
    (void)snprintf(text, sizeof text, "%.1f m²", area);
    mu_pen_text(&e->pen, (double)(box.x + box.width), (double)box.y + 16 * u, MU_ALIGN_RIGHT, 13,
                false, e->pen.theme->soft, text);
    mu_easel_title(e, (double)box.x, y + 12 * u, _("All of them become"));
    uint32_t use = MU_NOWHERE;
    (void)mu_easel_draw_words(e, (double)box.x, y + 20 * u, (double)box.width, mu_easel_uses, &use);
    if (use != MU_NOWHERE) {
        char json[60];
        (void)snprintf(json, sizeof json, "\"%s\"", mu_easel_uses[use].word);
        if (mu_project_set_all(e->def.project, e->chosen, e->chosen_count, "use", json)) {
            mu_easel_say(e, false, _("%u rooms changed"), e->chosen_count);
        }
    }
}

/* The box round a room or a hole. */
static void extent(const mu_scenery *scene, mu_subject subject, mu_point *low, mu_point *high) {
    if (subject.kind == MU_SUBJECT_ROOM) {
        *low = scene->rooms[subject.index].low;
        *high = scene->rooms[subject.index].high;
        return;
    }
    const mu_span ring = scene->rings[subject.index];
    *low = *high = scene->points[ring.first];
    for (uint32_t i = 1; i < ring.count; i++) {
        const mu_point p = scene->points[ring.first + i];
        *low = (mu_point){fmin(low->x, p.x), fmin(low->y, p.y)};
        *high = (mu_point){fmax(high->x, p.x), fmax(high->y, p.y)};
    }
}

/* Place and size in exact numbers: typed, and taken over by Enter. */
static double draw_numbers(mu_easel *e, double x, double y, double width) {
    const char *const labels[] = {"x (m)", "y (m)", _("width"), _("depth")};
    const mu_scenery *scene = mu_project_scene(e->def.project);
    mu_point corner, far;
    extent(scene, e->chosen[0], &corner, &far);
    const double values[] = {corner.x, corner.y, far.x - corner.x, far.y - corner.y};
    const double u = e->pen.unit, w = (width - 18 * u) / 4;
    const bool in_use = e->ui.focus >= MU_FOCUS_NUMBERS && e->ui.focus < MU_FOCUS_NUMBERS + 4;
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
        (void)mu_ui_field(&e->ui, MU_FOCUS_NUMBERS + k, box, labels[k], &e->numbers[k]);
        entered = entered ||
                  (e->ui.focus == MU_FOCUS_NUMBERS + k && mu_ui_take_key(&e->ui, MU_KEY_ENTER));
    }
    if (entered) {
        double typed[4];
        e->ui.focus = 0;
        for (int k = 0; k < 4; k++) {
            if (!mu_easel_number(&e->numbers[k], &typed[k])) {
                mu_easel_say(e, true, _("'%s' is no number that can be"), e->numbers[k].text);
                return y + 48 * u;
            }
        }
        const mu_point low = {typed[0], typed[1]}, size = {typed[2], typed[3]};
        const bool fits = e->chosen[0].kind == MU_SUBJECT_HOLE
                              ? mu_project_fit_hole(e->def.project, e->chosen[0].index, low, size)
                              : mu_project_fit_room(e->def.project, e->chosen[0].index, low, size);
        if (!fits) {
            mu_easel_say(e, true, "%s", _("Width and depth must be more than 0"));
        }
    }
    return y + 48 * u;
}

static void draw_hole(mu_easel *e, mu_box box) {
    const double u = e->pen.unit;
    uint32_t hole;
    const uint32_t room = mu_project_hole_room(e->def.project, e->chosen[0].index, &hole);
    mu_easel_show_form(&e->side, 0, "-");
    if (room == MU_NOWHERE) {
        return;
    }
    char text[300], name[200];
    mu_project_call(e->def.project, (mu_subject){MU_SUBJECT_ROOM, room}, e->pen.language, name,
                    sizeof name);
    (void)snprintf(text, sizeof text, _("Pillar or bench in %s"), name);
    mu_pen_text(&e->pen, (double)box.x, (double)box.y + 16 * u, MU_ALIGN_LEFT, 15, true,
                e->pen.theme->ink, text);
    (void)draw_numbers(e, (double)box.x, (double)box.y + 26 * u, (double)box.width);
}

/* A car of a lift: which levels it serves, to be changed by a click. */
static double draw_lift(mu_easel *e, const char *pointer, double x, double y, double width) {
    const uint64_t before = mu_project_lift_levels(e->def.project, e->chosen[0].index);
    uint64_t levels = before;
    if (before == 0) {
        return y;
    }
    y = mu_easel_draw_served(e, x, y, width, &levels);
    if (levels != before) {
        if (mu_project_set_lift_levels(e->def.project, e->chosen[0].index, levels)) {
            mu_easel_say(e, false, "%s", _("The lift serves other levels; Ctrl+Z takes it back"));
        } else {
            mu_easel_say(e, true, "%s",
                         _("A lift needs two levels, and a room that its car borders on"));
        }
        mu_easel_choose(e, mu_project_subject(e->def.project, pointer), false);
        e->ui.again = true;
    }
    return y;
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
    if (e->chosen[0].kind == MU_SUBJECT_HOLE) {
        draw_hole(e, box);
        return;
    }
    turn_to(e, pointer);
    char name[200], text[60], shown[200];
    mu_project_call(e->def.project, e->chosen[0], e->pen.language, name, sizeof name);
    mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 15, true), name, (double)box.width - 75 * u,
                    shown, sizeof shown);
    mu_pen_text(&e->pen, (double)box.x, (double)box.y + 16 * u, MU_ALIGN_LEFT, 15, true,
                e->pen.theme->ink, shown);
    double y = (double)box.y + 26 * u;
    if (e->chosen[0].kind == MU_SUBJECT_ROOM) {
        (void)snprintf(text, sizeof text, "%.2f m²",
                       mu_project_area(e->def.project, e->chosen[0].index));
        mu_pen_text(&e->pen, (double)(box.x + box.width), (double)box.y + 16 * u, MU_ALIGN_RIGHT,
                    13, false, e->pen.theme->soft, text);
        y = draw_numbers(e, (double)box.x, y, (double)box.width);
        y = draw_lift(e, pointer, (double)box.x, y, (double)box.width);
        if (e->chosen_count == 0) {
            return;
        }
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
