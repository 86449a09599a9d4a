/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window as a whole: what stands at its edges, pages, and keys. */
#include "render/easel.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/i18n.h"

/* A try that takes longer is not made again after every change. */
static const double LIVE_MOST_S = 1;
static const double HEAD = 46, FOOT = 28, RAIL = 216, SIDE = 312;

const mu_easel_word mu_easel_uses[] = {{"office", "use", NULL},     {"corridor", "use", NULL},
                                       {"lobby", "use", NULL},      {"stair", "use", NULL},
                                       {"meeting", "use", NULL},    {"classroom", "use", NULL},
                                       {"assembly", "use", NULL},   {"retail", "use", NULL},
                                       {"laboratory", "use", NULL}, {"library", "use", NULL},
                                       {"sanitary", "use", NULL},   {"store", "use", NULL},
                                       {"plant", "use", NULL},      {"control_room", "use", NULL},
                                       {"command", "use", NULL},    {"data_centre", "use", NULL},
                                       {"archive", "use", NULL},    {"lift", "use", NULL},
                                       {"parking", "use", NULL},    {"roof", "use", NULL},
                                       {"outdoor", "use", NULL},    {"other", "use", NULL},
                                       {NULL, NULL, NULL}};

const mu_easel_word mu_easel_doors[] = {{"door", "kind", NULL},
                                        {"opening", "kind", NULL},
                                        {"gate", "kind", NULL},
                                        {"turnstile", "kind", NULL},
                                        {NULL, NULL, NULL}};

const mu_easel_word mu_easel_things[] = {{NULL, "kind", "assembly_points"},
                                         {"guard", "kind", "posts"},
                                         {"key", "kind", "posts"},
                                         {"desk", "kind", "posts"},
                                         {"command", "kind", "posts"},
                                         {"medical", "kind", "posts"},
                                         {"inner_cordon", "kind", "posts"},
                                         {"outer_cordon", "kind", "posts"},
                                         {"negotiation", "kind", "posts"},
                                         {"gas_detector", "kind", "equipment"},
                                         {"blast_blanket", "kind", "equipment"},
                                         {"protective_kit", "kind", "equipment"},
                                         {"medical_kit", "kind", "equipment"},
                                         {"barrier_tape", "kind", "equipment"},
                                         {"duress_button", "kind", "equipment"},
                                         {"stretcher", "kind", "equipment"},
                                         {"evacuation_chair", "kind", "equipment"},
                                         {"infrared", "kind", "equipment"},
                                         {"generator", "kind", "equipment"},
                                         {NULL, NULL, NULL}};

const mu_easel_word mu_easel_cameras[] = {
    {"camera", "kind", NULL}, {"thermal_camera", "kind", NULL}, {NULL, NULL, NULL}};

const char *mu_easel_word_label(const mu_easel_word *word) {
    return word->word != NULL ? mu_project_word(word->key, word->word) : _("Assembly point");
}

uint32_t mu_easel_word_count(const mu_easel_word *words) {
    uint32_t count = 0;
    while (words[count].key != NULL) {
        count++;
    }
    return count;
}

const mu_theme *mu_easel_theme(const mu_easel *e) {
    return e->def.dark ? &mu_theme_dark : &mu_theme_light;
}

/* Rooms let a picture, and the level below, through. */
static void choose_theme(mu_easel *e) {
    const mu_theme *t = mu_easel_theme(e);
    e->pen.theme = t;
    e->tracing = *t;
    mu_colour *const through[] = {&e->tracing.paper, &e->tracing.ground,  &e->tracing.parking,
                                  &e->tracing.roof,  &e->tracing.room,    &e->tracing.way,
                                  &e->tracing.stair, &e->tracing.service, &e->tracing.key};
    for (size_t k = 0; k < sizeof through / sizeof through[0]; k++) {
        through[k]->a = k == 0 ? 0 : e->picture_count > 0 ? 110 : 205;
    }
}

/* The level that lies nearest to the ground. */
static uint32_t ground_level(mu_project *project) {
    const mu_scenery *scene = mu_project_scene(project);
    uint32_t best = 0;
    for (uint32_t l = 1; l < scene->level_count; l++) {
        best =
            fabs(scene->levels[l].elevation_m) < fabs(scene->levels[best].elevation_m) ? l : best;
    }
    return best;
}

bool mu_easel_open(const mu_easel_def *def, double width, double height, mu_easel *out) {
    *out = (mu_easel){.def = *def,
                      .grip = MU_NOWHERE,
                      .beat = MU_NOWHERE,
                      .gap = MU_NOWHERE,
                      .lift_levels = UINT64_MAX,
                      .open_row = MU_NOWHERE,
                      .tool = MU_TOOL_SELECT,
                      .tables = {.day = MU_DAYS_A_WEEK}};
    out->pen = (mu_pen){.type = def->type, .language = def->language, .list = &out->over};
    mu_edit_set(&out->width_edit, "1.2");
    mu_edit_set(&out->angle_edit, "60");
    mu_edit_set(&out->lane_edit, "4");
    for (uint32_t k = 0; k < MU_EASEL_PAGE_COUNT; k++) {
        out->papers[k] = MU_NOWHERE;
    }
    mu_easel_show_form(&out->side, 0, "-");
    mu_easel_show_form(&out->whole, 0, "-");
    choose_theme(out);
    mu_project_speak(def->project, def->language);
    out->level = ground_level(def->project);
    mu_easel_resize(out, width, height);
    for (uint32_t k = 0; k < mu_project_paper_count(def->project); k++) {
        const mu_paper paper = mu_project_paper(def->project, k);
        if (paper.holder != 0) {
            const char *slash = strrchr(paper.path, '/');
            mu_easel_say(out, true, _("%s is open in another editor, too (process %ld)"),
                         slash != NULL ? slash + 1 : paper.path, paper.holder);
        } else if (paper.recovered > 0) {
            mu_easel_say(out, false,
                         _("%u changes that had not been saved were recovered; Ctrl+Z goes back"),
                         paper.recovered);
        } else if (paper.is_aside) {
            mu_easel_say(out, true,
                         _("Unsaved changes of an older version of %s are kept beside it"),
                         paper.path);
        }
    }
    return true;
}

void mu_easel_close(mu_easel *easel) {
    mu_art_destroy(&easel->art);
    free(easel->quiet_room);
    for (uint32_t k = 0; k < easel->picture_count; k++) {
        mu_backdrop_free(&easel->pictures[k].backdrop);
    }
    free(easel->clips);
    free(easel->looks);
    free(easel->look_counts);
    mu_draw_free(&easel->under);
    mu_draw_free(&easel->over);
}

void mu_easel_resize(mu_easel *easel, double width, double height) {
    easel->width = width;
    easel->height = height;
    easel->pen.unit = fmax(0.75, fmin(width / 1280, height / 720));
    easel->camera.view = mu_easel_plan_box(easel);
    easel->under_version++;
}

mu_box mu_easel_rail_box(const mu_easel *e) {
    const double u = e->pen.unit;
    return (mu_box){0, (float)(HEAD * u), (float)(RAIL * u),
                    (float)(e->height - (HEAD + FOOT) * u)};
}

mu_box mu_easel_side_box(const mu_easel *e) {
    const double u = e->pen.unit;
    return (mu_box){(float)(e->width - SIDE * u), (float)(HEAD * u), (float)(SIDE * u),
                    (float)(e->height - (HEAD + FOOT) * u)};
}

mu_box mu_easel_plan_box(const mu_easel *e) {
    const double u = e->pen.unit;
    return (mu_box){(float)(RAIL * u), (float)(HEAD * u), (float)(e->width - (RAIL + SIDE) * u),
                    (float)(e->height - (HEAD + FOOT) * u)};
}

void mu_easel_say(mu_easel *easel, bool grave, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(easel->said, sizeof easel->said, format, arguments);
    va_end(arguments);
    easel->grave = grave;
}

bool mu_easel_tick(mu_easel *easel) {
    const bool known = mu_project_check(easel->def.project, false);
    const bool news = known != easel->faults_known;
    easel->faults_known = known;
    if (known && easel->live && !easel->dragging && easel->preview_s < LIVE_MOST_S &&
        easel->tried_version != mu_project_version(easel->def.project)) {
        mu_easel_try(easel);
        return true;
    }
    return news;
}

/* --- drawing --- */

static const char *page_name(mu_easel_page page) {
    const char *const names[MU_EASEL_PAGE_COUNT] = {
        [MU_EASEL_PLAN] = _("Plan"),         [MU_EASEL_PEOPLE] = _("People"),
        [MU_EASEL_INCIDENT] = _("Incident"), [MU_EASEL_POLICY] = _("Policy"),
        [MU_EASEL_PLAYBOOK] = _("Playbook"), [MU_EASEL_SITE] = _("Site data"),
        [MU_EASEL_MORE] = _("More")};
    return names[page];
}

static bool head_button(mu_easel *e, double *x, const char *text, mu_ui_look look) {
    const double u = e->pen.unit, w = mu_ui_button_width(&e->ui, text) - 4 * u;
    *x -= w;
    const mu_box box = {(float)*x, (float)(9 * u), (float)w, (float)(28 * u)};
    *x -= 6 * u;
    return mu_ui_button(&e->ui, box, text, look);
}

static void draw_head(mu_easel *e) {
    const mu_pen *pen = &e->pen;
    const double u = pen->unit;
    mu_draw_rect(pen->list, (mu_box){0, 0, (float)e->width, (float)(HEAD * u)}, pen->theme->panel);
    mu_draw_rect(pen->list, (mu_box){0, (float)((HEAD - 1) * u), (float)e->width, (float)u},
                 pen->theme->line);
    const char *path = mu_project_paper(e->def.project, 0).path;
    const char *slash = strrchr(path, '/');
    char title[200], shown[200];
    (void)snprintf(title, sizeof title, "%s%s", slash != NULL ? slash + 1 : path,
                   mu_project_is_changed(e->def.project) ? " •" : "");
    mu_type_shorten(pen->type, mu_pen_font(pen, 14, true), title, 150 * u, shown, sizeof shown);
    mu_pen_text(pen, 14 * u, 28 * u, MU_ALIGN_LEFT, 14, true, pen->theme->ink, shown);
    double x = 190 * u;
    for (int page = 0; page < MU_EASEL_PAGE_COUNT; page++) {
        const char *name = page_name((mu_easel_page)page);
        if (page == MU_EASEL_MORE &&
            mu_project_find_paper(e->def.project, MU_PAPER_OTHER) == MU_NOWHERE) {
            continue;
        }
        const double w = mu_ui_button_width(&e->ui, name) - 4 * u;
        const mu_box box = {(float)x, (float)(9 * u), (float)w, (float)(28 * u)};
        if (mu_ui_button(&e->ui, box, name,
                         e->page == (mu_easel_page)page ? MU_UI_ON : MU_UI_PLAIN)) {
            mu_easel_open_page(e, (mu_easel_page)page);
        }
        x += w + 6 * u;
    }
    x = e->width - 10 * u;
    if (head_button(e, &x, e->def.dark ? _("Light") : _("Dark"), MU_UI_PLAIN)) {
        e->def.dark = !e->def.dark;
        choose_theme(e);
    }
    if (head_button(e, &x, e->pen.language[0] == 'z' ? "EN" : "中", MU_UI_PLAIN)) {
        mu_easel_switch_language(e);
    }
    if (head_button(e, &x, _("Save"),
                    mu_project_is_changed(e->def.project) ? MU_UI_PLAIN : MU_UI_OFF)) {
        mu_easel_save(e);
    }
    if (head_button(e, &x, _("Redo"),
                    mu_project_can_redo(e->def.project) ? MU_UI_PLAIN : MU_UI_OFF)) {
        mu_easel_undo(e, false);
    }
    if (head_button(e, &x, _("Undo"),
                    mu_project_can_undo(e->def.project) ? MU_UI_PLAIN : MU_UI_OFF)) {
        mu_easel_undo(e, true);
    }
    if (head_button(e, &x, _("Run (F9)"), MU_UI_MAIN)) {
        e->wants_run = true;
    }
    if (head_button(e, &x, _("Try to leave (F5)"), MU_UI_PLAIN)) {
        e->wants_preview = true;
    }
}

static const char *tool_hint(const mu_easel *e) {
    if (e->tables.pick[0] != '\0') {
        return _("Click where it is; Escape leaves it where it was");
    }
    switch (e->tool) {
    case MU_TOOL_SELECT:
        return _("Click chooses, Shift adds, drag moves; grips change the shape, Del removes");
    case MU_TOOL_ROOM:
        return _("Drag a rectangle; it keeps to corners and lines that are near");
    case MU_TOOL_OUTLINE:
        return _("Click corner by corner; Enter closes, Backspace takes one back");
    case MU_TOOL_HOLE:
        return _("Drag a rectangle in a room: nobody walks there");
    case MU_TOOL_DOOR:
        return _("Point at a border that two rooms share, and click");
    case MU_TOOL_STAIR:
        return e->point_count < 2
                   ? _("Click the two ends of the foot; then change to the level above")
                   : _("Page up, then click the two ends of the head");
    case MU_TOOL_LIFT:
        return _("Drag the shaft: a car on each level, with doors and rides");
    case MU_TOOL_THING:
        return _("Click where it stands");
    case MU_TOOL_CAMERA:
        return _("Press where it hangs, drag to where it looks");
    case MU_TOOL_ROAD:
        return _("Click along the middle of the lane, to where help arrives; Enter ends it");
    case MU_TOOL_ROUND:
        return _("Click posts in the order of the round; Enter ends it");
    case MU_TOOL_SCALE:
        return _("Click two points whose distance you know; drag moves the picture");
    case MU_TOOL_MEASURE:
        return _("Drag from one point to another");
    case MU_TOOL_COUNT:
        break;
    }
    return "";
}

static void draw_foot(mu_easel *e) {
    const mu_pen *pen = &e->pen;
    const double u = pen->unit, top = e->height - FOOT * u;
    mu_draw_rect(pen->list, (mu_box){0, (float)top, (float)e->width, (float)(FOOT * u)},
                 pen->theme->panel);
    mu_draw_rect(pen->list, (mu_box){0, (float)top, (float)e->width, (float)u}, pen->theme->line);
    const double y = top + 18.5 * u;
    double x = 14 * u;
    if (e->page == MU_EASEL_PLAN) {
        char place[80];
        (void)snprintf(place, sizeof place, "x %.2f  y %.2f m", e->cursor.x, e->cursor.y);
        mu_pen_text(pen, x, y, MU_ALIGN_LEFT, 12, false, pen->theme->ink, place);
        x = 216 * u;
    }
    const char *hint = e->hint != NULL && (e->ui.typing || e->page != MU_EASEL_PLAN) ? e->hint
                       : e->page == MU_EASEL_PLAN
                           ? tool_hint(e)
                           : _("Tab goes from field to field; Enter takes over");
    char shown[400];
    const bool speaks = e->said[0] != '\0';
    mu_type_shorten(pen->type, mu_pen_font(pen, 12, false), hint,
                    speaks ? (e->width - x) * 0.5 : e->width - x - 14 * u, shown, sizeof shown);
    mu_pen_text(pen, x, y, MU_ALIGN_LEFT, 12, false, pen->theme->soft, shown);
    if (speaks) {
        mu_type_shorten(pen->type, mu_pen_font(pen, 12, true), e->said, (e->width - x) * 0.48,
                        shown, sizeof shown);
        mu_pen_text(pen, e->width - 14 * u, y, MU_ALIGN_RIGHT, 12, true,
                    e->grave ? pen->theme->missed : pen->theme->met, shown);
    }
}

static void draw_help(mu_easel *e) {
    static const char *const lines[][2] = {
        {"V R P O D S L", N_("choose, room, outline, pillar, door, stair, lift")},
        {"T C W G", N_("thing, camera, road, round of a guard")},
        {"I M B H", N_("picture, measure, hide the picture, heat of a try")},
        {"Ctrl+Z  Ctrl+Y", N_("take back, do again")},
        {"Ctrl+S  Ctrl+Q", N_("save, leave")},
        {"Ctrl+D  Del", N_("copy, remove")},
        {"Ctrl+C  Ctrl+V", N_("copy, put down on the level that is shown")},
        {"Ctrl+A  Ctrl+F", N_("choose all of the level, find")},
        {"←↑→↓", N_("move what is chosen by 0.1 m, or the view")},
        {"+ −  0", N_("closer, farther, everything in view")},
        {"PgUp PgDn", N_("the level above, below")},
        {"F2 F3 F4 F6 F7 F8", N_("plan, people, incident, policy, playbook, site data")},
        {"F5  Ctrl+E", N_("try: everybody leaves; try after every change")},
        {"F9  F10", N_("play the incident; write its report and open it")},
        {"Ctrl+L  F11", N_("Chinese or English; full screen")},
    };
    const mu_pen *pen = &e->pen;
    const double u = pen->unit, w = 620 * u,
                 h = (60 + 24 * (double)(sizeof lines / sizeof lines[0])) * u;
    const mu_box box = {(float)((e->width - w) / 2), (float)((e->height - h) / 2), (float)w,
                        (float)h};
    mu_draw_rect(pen->list, (mu_box){0, 0, (float)e->width, (float)e->height},
                 mu_fade((mu_colour){0, 0, 0, 255}, 90));
    mu_draw_round_rect(pen->list, box, 8 * u, pen->theme->panel);
    mu_pen_text(pen, (double)box.x + 24 * u, (double)box.y + 34 * u, MU_ALIGN_LEFT, 16, true,
                pen->theme->ink, _("Keys"));
    for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++) {
        const double y = (double)box.y + (64 + 24 * (double)k) * u;
        mu_pen_text(pen, (double)box.x + 24 * u, y, MU_ALIGN_LEFT, 13, true, pen->theme->accent,
                    lines[k][0]);
        mu_pen_text(pen, (double)box.x + 210 * u, y, MU_ALIGN_LEFT, 13, false, pen->theme->ink,
                    _(lines[k][1]));
    }
}

static void draw_all(mu_easel *e) {
    mu_draw_clear(&e->over);
    e->pen.list = &e->over;
    mu_ui_begin(&e->ui, &e->pen);
    e->hint = NULL;
    if (mu_easel_take_menu(e) || mu_easel_take_choice(e)) {
        e->ui.pressed = e->ui.released = false;
    }
    if (e->page == MU_EASEL_PLAN) {
        mu_easel_draw_plan(e);
        mu_draw_clip(&e->over, (mu_box){0, 0, (float)e->width, (float)e->height});
        mu_easel_draw_rail(e);
        mu_easel_draw_side(e);
        mu_easel_draw_new(e);
    } else {
        mu_easel_draw_page(e);
    }
    draw_head(e);
    draw_foot(e);
    mu_easel_draw_choices(e);
    mu_easel_draw_menu(e);
    if (e->help) {
        draw_help(e);
    }
    while (!e->ui.typing && e->ui.key_count > 0) {
        const int key = e->ui.keys[0];
        (void)mu_ui_take_key(&e->ui, key);
        mu_easel_do_key(e, key);
        e->ui.again = true;
    }
    if (e->ui.typing) { /* function keys and Escape work while one types, too */
        for (uint32_t k = 0; k < e->ui.key_count; k++) {
            const int key = e->ui.keys[k];
            if ((key >= MU_KEY_F1 && key <= MU_KEY_F12) || key == MU_KEY_ESCAPE) {
                mu_easel_do_key(e, key);
                e->ui.again = true;
            }
        }
    }
    mu_ui_end(&e->ui);
}

void mu_easel_draw(mu_easel *easel) {
    for (int n = 0; n < 4; n++) { /* what was pressed may change what is to be seen */
        draw_all(easel);
        if (easel->wants_preview || easel->wants_run) {
            const bool runs = easel->wants_run;
            easel->wants_preview = easel->wants_run = false;
            mu_easel_enter_all(easel, &easel->side);
            mu_easel_enter_all(easel, &easel->whole);
            if (runs) {
                mu_easel_run(easel);
            } else {
                mu_easel_try(easel);
            }
            continue;
        }
        if (!easel->ui.again) {
            break;
        }
    }
}
