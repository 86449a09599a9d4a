/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keys and the mouse do. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

void mu_easel_save(mu_easel *e) {
    mu_diags *diags = mu_diags_create();
    mu_easel_enter_all(e, &e->side);
    mu_easel_enter_all(e, &e->whole);
    const bool anyway = strncmp(e->said, _("Not saved"), strlen(_("Not saved"))) == 0;
    if (diags == NULL || mu_project_save(e->def.project, anyway, diags) != MU_OK) {
        const mu_diag *diag =
            diags != NULL && mu_diags_count(diags, MU_NOTE) > 0 ? mu_diags_get(diags, 0) : NULL;
        mu_easel_say(e, true, "%s: %s%s%s", _("Not saved"), diag != NULL ? diag->text : "",
                     diag != NULL && diag->advice != NULL ? "; " : "",
                     diag != NULL && diag->advice != NULL ? diag->advice : "");
    } else {
        mu_easel_say(e, false, "%s", _("Saved"));
    }
    mu_diags_destroy(diags);
}

void mu_easel_undo(mu_easel *e, bool back) {
    const bool any = back ? mu_project_undo(e->def.project) : mu_project_redo(e->def.project);
    e->chosen_count = 0;
    mu_easel_say(e, false, "%s",
                 any    ? (back ? _("Taken back") : _("Done again"))
                 : back ? _("There is nothing to take back")
                        : _("There is nothing to do again"));
}

static void change_level(mu_easel *e, int by) {
    const mu_scenery *scene = mu_project_scene(e->def.project);
    if ((int)e->level + by >= 0 && e->level + (uint32_t)by < scene->level_count) {
        e->level += (uint32_t)by;
        e->chosen_count = 0;
        mu_easel_lay(e, false);
    }
}

static void choose_all(mu_easel *e) {
    const mu_scenery *scene = mu_project_scene(e->def.project);
    e->chosen_count = 0;
    for (uint32_t r = 0; r < scene->room_count; r++) {
        if (scene->rooms[r].level == e->level) {
            mu_easel_choose(e, (mu_subject){MU_SUBJECT_ROOM, r}, true);
        }
    }
}

void mu_easel_switch_language(mu_easel *e) {
    const char *other = e->pen.language[0] == 'z' ? "en" : "zh";
    (void)mu_project_check(e->def.project,
                           true); /* faults are in the language they were found in */
    if (e->def.choose_language == NULL || e->def.choose_language(other)) {
        e->pen.language = other;
        e->under_version++;
        e->said[0] = '\0';
    }
}

static void quit(mu_easel *e) {
    mu_easel_enter_all(e, &e->side);
    mu_easel_enter_all(e, &e->whole);
    if (mu_project_is_changed(e->def.project) && !e->asked_to_quit) {
        e->asked_to_quit = true;
        mu_easel_say(e, true, "%s",
                     _("There are unsaved changes: Ctrl+S saves, Ctrl+Q once more leaves; they can "
                       "be recovered"));
        return;
    }
    e->wants |= MU_EASEL_WANTS_QUIT;
}

static void copy(mu_easel *e) {
    const mu_point by = {1, -1};
    if (e->chosen_count > 0 && mu_project_copy(e->def.project, e->chosen, e->chosen_count, by)) {
        mu_easel_say(e, false, "%s", _("Copied: drag it into place"));
    }
}

static bool do_ctrl(mu_easel *e, int key) {
    switch (key & ~(MU_KEY_CTRL | MU_KEY_SHIFT)) {
    case 's':
        mu_easel_save(e);
        return true;
    case 'z':
        mu_easel_undo(e, (key & MU_KEY_SHIFT) == 0);
        return true;
    case 'y':
        mu_easel_undo(e, false);
        return true;
    case 'd':
        copy(e);
        return true;
    case 'a':
        choose_all(e);
        return true;
    case 'f':
        e->ui.focus = 1; /* the field of what is sought */
        return true;
    case 'l':
        mu_easel_switch_language(e);
        return true;
    case 'b':
        mu_easel_take_shipped(e);
        return true;
    case 'q':
        quit(e);
        return true;
    default:
        return false;
    }
}

static void nudge(mu_easel *e, double x, double y) {
    if (e->chosen_count > 0) {
        (void)mu_project_move(e->def.project, e->chosen, e->chosen_count, (mu_point){x, y});
    } else {
        mu_camera_pan(&e->camera, -x * 400 * e->pen.unit, y * 400 * e->pen.unit);
    }
}

static void delete_chosen(mu_easel *e) {
    if (e->chosen_count > 0) {
        const uint32_t count = e->chosen_count;
        e->chosen_count = 0;
        if (mu_project_delete(e->def.project, e->chosen, count)) {
            mu_easel_say(e, false, "%s", _("Removed; Ctrl+Z brings it back"));
        }
    }
}

static void do_plan_key(mu_easel *e, int key) {
    static const char tools[MU_TOOL_COUNT] = {'v', 'r', 'p', 'd', 's', 't', 'i', 'm'};
    const mu_box view = e->camera.view;
    const double x = (double)view.x + (double)view.width / 2;
    const double y = (double)view.y + (double)view.height / 2;
    for (int k = 0; k < MU_TOOL_COUNT; k++) {
        if (key == tools[k]) {
            mu_easel_choose_tool(e, (mu_easel_tool)k);
            return;
        }
    }
    switch (key) {
    case MU_KEY_LEFT:
        nudge(e, -0.1, 0);
        break;
    case MU_KEY_RIGHT:
        nudge(e, 0.1, 0);
        break;
    case MU_KEY_UP:
        nudge(e, 0, 0.1);
        break;
    case MU_KEY_DOWN:
        nudge(e, 0, -0.1);
        break;
    case MU_KEY_PAGE_UP:
        change_level(e, 1);
        break;
    case MU_KEY_PAGE_DOWN:
        change_level(e, -1);
        break;
    case MU_KEY_DELETE:
    case MU_KEY_BACKSPACE:
        if (e->point_count > 0) {
            e->point_count--;
        } else {
            delete_chosen(e);
        }
        break;
    case MU_KEY_ENTER:
        mu_easel_finish(e);
        break;
    case '+':
    case '=':
        mu_camera_zoom(&e->camera, 1.25, x, y);
        break;
    case '-':
        mu_camera_zoom(&e->camera, 0.8, x, y);
        break;
    case '0':
        mu_easel_lay(e, true);
        break;
    case 'b':
        e->picture.hidden = !e->picture.hidden;
        e->under_version++;
        break;
    default:
        break;
    }
}

void mu_easel_do_key(mu_easel *e, int key) {
    switch (key) {
    case MU_KEY_ESCAPE:
        e->tables.pick[0] = '\0';
        mu_easel_cancel(e);
        break;
    case MU_KEY_F1:
        e->help = !e->help;
        break;
    case MU_KEY_F5:
        e->wants_preview = true;
        break;
    case MU_KEY_F9:
        e->wants_run = true;
        break;
    case MU_KEY_F10:
        e->wants |= MU_EASEL_WANTS_REPORT;
        break;
    case MU_KEY_F11:
        e->wants |= MU_EASEL_WANTS_FULL_SCREEN;
        break;
    case MU_KEY_F2:
    case MU_KEY_F3:
    case MU_KEY_F4:
        mu_easel_open_page(e, (mu_easel_page)(key - MU_KEY_F2));
        break;
    case MU_KEY_F6:
    case MU_KEY_F7:
    case MU_KEY_F8:
        mu_easel_open_page(e, (mu_easel_page)(key - MU_KEY_F6 + MU_EASEL_POLICY));
        break;
    default:
        if (e->page == MU_EASEL_PLAN) {
            do_plan_key(e, key);
        }
        break;
    }
}

/* Widgets hear of keys and presses when they are drawn: before the mouse goes on, they do. */
static void flush(mu_easel *e) {
    if (e->ui.key_count > 0 || e->ui.pressed || e->ui.released) {
        mu_easel_draw(e);
    }
}

void mu_easel_input(mu_easel *easel, const mu_input *input) {
    mu_easel *e = easel;
    const mu_box plan = mu_easel_plan_box(e);
    const bool on_plan = e->page == MU_EASEL_PLAN && e->open_row == MU_NOWHERE && !e->help;
    switch (input->kind) {
    case MU_INPUT_KEY:
        if ((input->key & MU_KEY_CTRL) == 0) {
            mu_ui_key(&e->ui, input->key);
        } else {
            flush(e);
            (void)do_ctrl(e, input->key);
        }
        e->asked_to_quit = e->asked_to_quit && input->key == ('q' | MU_KEY_CTRL);
        return;
    case MU_INPUT_MOVE:
        flush(e);
        e->x = input->x;
        e->y = input->y;
        mu_ui_move(&e->ui, input->x, input->y);
        if (on_plan || e->dragging) {
            mu_easel_hover(e);
        }
        return;
    case MU_INPUT_PRESS:
        flush(e);
        e->x = input->x;
        e->y = input->y;
        if (input->button == 1) {
            mu_ui_press(&e->ui, input->x, input->y);
        }
        if (on_plan && mu_box_has(plan, input->x, input->y) && !mu_easel_offers_new(e)) {
            mu_easel_press(e, input->button);
        }
        return;
    case MU_INPUT_RELEASE:
        e->x = input->x;
        e->y = input->y;
        if (input->button == 1) {
            mu_ui_release(&e->ui, input->x, input->y);
        }
        mu_easel_release(e, input->button);
        return;
    case MU_INPUT_WHEEL:
        if (mu_easel_scroll_menu(e, input->wheel)) {
            return;
        }
        if (on_plan && mu_box_has(plan, e->x, e->y)) {
            mu_camera_zoom(&e->camera, pow(1.15, input->wheel), e->x, e->y);
        } else if (e->page == MU_EASEL_PLAN) {
            e->side.scroll = fmax(0, e->side.scroll - 40 * input->wheel);
        } else if (e->list[0] == '#' && e->shift) { /* along the chart */
            e->whole.scroll = fmax(0, e->whole.scroll - 60 * input->wheel);
        } else if (e->list[0] != '#' && e->x > e->width * 0.42) {
            e->whole.scroll = fmax(0, e->whole.scroll - 40 * input->wheel);
        } else {
            e->items_scroll = fmax(0, e->items_scroll - 60 * input->wheel);
        }
        return;
    }
}

void mu_easel_type(mu_easel *easel, const char *text, bool composing) {
    if (composing) {
        mu_ui_compose(&easel->ui, text);
    } else {
        mu_ui_type(&easel->ui, text);
    }
}
