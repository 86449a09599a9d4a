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
    const uint64_t pictures = mu_project_tracings_version(e->def.project);
    const bool any = back ? mu_project_undo(e->def.project) : mu_project_redo(e->def.project);
    e->chosen_count = 0;
    if (pictures != mu_project_tracings_version(e->def.project)) {
        e->wants |= MU_EASEL_WANTS_PICTURES;
    }
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
        mu_project_speak(e->def.project, other);
        e->faults_known = false;
        e->under_version++;
        e->said[0] = '\0';
        if (e->outcome != NULL && e->outcome->version == mu_project_version(e->def.project)) {
            const uint32_t gap = e->gap;
            mu_easel_run(e); /* its sentences, in the other language */
            e->gap = gap;
        }
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

/* Kept by name, since whatever changes renumbers. */
static void take_clips(mu_easel *e) {
    free(e->clips);
    e->clip_count = 0;
    e->clips = calloc((size_t)e->chosen_count + 1, sizeof *e->clips);
    for (uint32_t k = 0; e->clips != NULL && k < e->chosen_count; k++) {
        e->clip_count += mu_project_pointer(e->def.project, e->chosen[k], e->clips[e->clip_count],
                                            sizeof e->clips[0]);
    }
    mu_easel_say(e, false,
                 P_("%u thing taken; Ctrl+V puts it down on the level that is shown",
                    "%u things taken; Ctrl+V puts them down on the level that is shown",
                    e->clip_count),
                 e->clip_count);
}

static void put_clips(mu_easel *e) {
    const mu_scenery *scene = mu_project_scene(e->def.project);
    e->chosen_count = 0;
    bool other_level = false;
    for (uint32_t k = 0; k < e->clip_count; k++) {
        const mu_subject s = mu_project_subject(e->def.project, e->clips[k]);
        mu_easel_choose(e, s, true);
        other_level = other_level ||
                      (s.kind == MU_SUBJECT_ROOM && scene->rooms[s.index].level != e->level) ||
                      (s.kind == MU_SUBJECT_PORTAL && scene->portals[s.index].level != e->level);
        for (uint32_t m = 0; m < scene->mark_count; m++) {
            other_level = other_level || (scene->marks[m].subject.kind == s.kind &&
                                          scene->marks[m].subject.index == s.index &&
                                          scene->marks[m].level != e->level);
        }
    }
    const uint32_t given = e->chosen_count;
    const mu_point by = other_level ? (mu_point){0, 0} : (mu_point){1, -1};
    if (given > 0 && mu_project_copy(e->def.project, e->chosen, &e->chosen_count, by,
                                     other_level ? e->level : MU_NOWHERE)) {
        mu_easel_say(e, e->chosen_count < given,
                     P_("%u thing put down", "%u things put down", e->chosen_count),
                     e->chosen_count);
    }
}

static void copy(mu_easel *e) {
    const mu_point by = {1, -1};
    if (e->chosen_count > 0 &&
        mu_project_copy(e->def.project, e->chosen, &e->chosen_count, by, MU_NOWHERE)) {
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
    case 'c':
        take_clips(e);
        return true;
    case 'v':
        put_clips(e);
        return true;
    case 'e':
        e->live = !e->live;
        e->wants_preview = e->live;
        e->heat = e->live && e->heat == MU_HEAT_NONE ? MU_HEAT_LAST : e->heat;
        mu_easel_say(e, false, "%s",
                     e->live ? _("Tried after every change") : _("Tried when you ask for it"));
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

static void delete_beat(mu_easel *e) {
    uint32_t count;
    const mu_beat *beats = mu_project_beats(e->def.project, &count);
    if (e->beat < count) {
        char pointer[200];
        (void)snprintf(pointer, sizeof pointer, "/patrols/%s", beats[e->beat].id);
        e->beat = MU_NOWHERE;
        if (mu_project_remove(e->def.project,
                              mu_project_find_paper(e->def.project, MU_PAPER_ROSTER),
                              pointer) == MU_OK) {
            mu_easel_say(e, false, "%s", _("Removed; Ctrl+Z brings it back"));
        }
    }
}

/* The last point, a round, a grip, or what is chosen. */
static void take_away(mu_easel *e) {
    if (e->point_count > 0) {
        e->point_count--;
    } else if (e->stop_count > 0) {
        e->stop_count--;
    } else if (e->tool == MU_TOOL_ROUND) {
        delete_beat(e);
    } else if (e->grip != MU_NOWHERE && e->tool == MU_TOOL_SELECT) {
        mu_easel_drop_grip(e);
    } else {
        delete_chosen(e);
    }
}

static void hide_picture(mu_easel *e) {
    mu_easel_picture *p = mu_easel_picture_now(e);
    if (p != NULL) {
        p->backdrop.hidden = !p->backdrop.hidden;
        mu_easel_keep_pictures(e);
    }
}

static void do_plan_key(mu_easel *e, int key) {
    static const char tools[MU_TOOL_COUNT] = {'v', 'r', 'p', 'o', 'd', 's', 'l',
                                              't', 'c', 'w', 'g', 'i', 'm'};
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
        take_away(e);
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
        hide_picture(e);
        break;
    case 'h':
        e->heat = (mu_easel_heat)((e->heat + 1) % MU_HEAT_COUNT);
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
