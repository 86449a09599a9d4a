/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of forms: which list of a file, which record of the list, and its form. A playbook shows
 * who does what after what beside it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

/* In the place of a list: what fills the page beside the lists. */
typedef struct view {
    mu_easel_page page;
    const char *list, *name;
    void (*draw)(mu_easel *e, mu_box box);
} view;

static const view views[] = {
    {MU_EASEL_PEOPLE, "#day", N_("Who is there at which hour"), mu_easel_draw_day},
    {MU_EASEL_PEOPLE, "#duty", N_("Shifts, and what is not covered"), mu_easel_draw_duty},
    {MU_EASEL_INCIDENT, "#times", N_("What happens, where and when"), mu_easel_draw_times},
    {MU_EASEL_POLICY, "#own", N_("A clause of your own"), mu_easel_draw_guide},
    {MU_EASEL_PLAYBOOK, "#chart", N_("Chart: who, when, after what"), mu_easel_draw_chart},
};
enum { VIEWS = sizeof views / sizeof views[0] };

static const view *view_of(const mu_easel *e) {
    for (size_t k = 0; k < VIEWS; k++) {
        if (views[k].page == e->page && strcmp(views[k].list, e->list) == 0) {
            return &views[k];
        }
    }
    return NULL;
}

static mu_paper_kind kind_of(mu_easel_page page) {
    const mu_paper_kind kinds[MU_EASEL_PAGE_COUNT] = {
        [MU_EASEL_PLAN] = MU_PAPER_SITE,         [MU_EASEL_PEOPLE] = MU_PAPER_ROSTER,
        [MU_EASEL_INCIDENT] = MU_PAPER_INCIDENT, [MU_EASEL_POLICY] = MU_PAPER_POLICY,
        [MU_EASEL_PLAYBOOK] = MU_PAPER_PLAYBOOK, [MU_EASEL_SITE] = MU_PAPER_SITE,
        [MU_EASEL_MORE] = MU_PAPER_OTHER};
    return kinds[page];
}

/* The list that a page opens with. */
static const char *first_list(mu_easel_page page) {
    const char *const lists[MU_EASEL_PAGE_COUNT] = {[MU_EASEL_PEOPLE] = "/groups",
                                                    [MU_EASEL_INCIDENT] = "#times",
                                                    [MU_EASEL_POLICY] = "/clauses",
                                                    [MU_EASEL_PLAYBOOK] = "/steps",
                                                    [MU_EASEL_SITE] = "/channels",
                                                    [MU_EASEL_PLAN] = "",
                                                    [MU_EASEL_MORE] = ""};
    return lists[page];
}

static void open_list(mu_easel *e, const char *list) {
    mu_easel_enter_all(e, &e->whole);
    (void)snprintf(e->list, sizeof e->list, "%s", list);
    e->items_scroll = 0;
    e->open_row = MU_NOWHERE;
    if (list[0] == '#') {
        mu_easel_show_form(&e->whole, e->papers[e->page], "-");
    } else if (list[0] == '\0') {
        mu_easel_show_form(&e->whole, e->papers[e->page], "");
    } else {
        char pointer[MU_EASEL_POINTER];
        (void)snprintf(pointer, sizeof pointer, "%.300s/#0", list);
        mu_easel_show_form(&e->whole, e->papers[e->page], pointer);
    }
    memset(e->whole.rows, 0, sizeof e->whole.rows);
    e->ui.focus = 0;
    e->ui.again = true;
}

void mu_easel_open_page(mu_easel *e, mu_easel_page page) {
    mu_easel_enter_all(e, &e->side);
    mu_easel_enter_all(e, &e->whole);
    e->page = page;
    e->ui.again = true;
    e->ui.focus = 0;
    e->tables.is_cell = e->tables.painting = e->tables.dragging = false;
    e->tables.pick[0] = '\0';
    if (page == MU_EASEL_PLAN) {
        return;
    }
    const uint32_t count = mu_project_paper_count(e->def.project);
    if (e->papers[page] >= count ||
        mu_project_paper(e->def.project, e->papers[page]).kind != kind_of(page)) {
        e->papers[page] = mu_project_find_paper(e->def.project, kind_of(page));
    }
    if (e->papers[page] != MU_NOWHERE) {
        open_list(e, first_list(page));
    }
}

/* --- where there is no such file yet --- */

static void make_incident(mu_easel *e, const char *kind) {
    mu_project *p = e->def.project;
    const mu_scenery *scene = mu_project_scene(p);
    uint32_t room = e->chosen_count == 1 && e->chosen[0].kind == MU_SUBJECT_ROOM
                        ? e->chosen[0].index
                        : MU_NOWHERE;
    for (uint32_t r = 0; r < scene->room_count && room == MU_NOWHERE; r++) {
        room = scene->rooms[r].look == MU_ROOM_WAY ? r : room;
    }
    for (uint32_t r = 0; r < scene->room_count && room == MU_NOWHERE; r++) {
        room = scene->rooms[r].look != MU_ROOM_OPEN ? r : room;
    }
    if (room == MU_NOWHERE) {
        mu_easel_say(e, true, "%s", _("Draw a room first"));
        return;
    }
    const mu_scenery_room *r = &scene->rooms[room];
    const mu_point middle = {(r->low.x + r->high.x) / 2, (r->low.y + r->high.y) / 2};
    char id[80];
    (void)snprintf(id, sizeof id, "%s", r->id);
    if (mu_project_add_incident(p, kind, id, middle) == MU_NOWHERE) {
        mu_easel_say(e, true, "%s",
                     _("An incident needs a room indoors and open ground with a road in"));
        return;
    }
    mu_easel_say(e, false, _("Made, with what a run needs; the item stands in %s"), id);
    mu_easel_open_page(e, MU_EASEL_INCIDENT);
}

static void draw_missing(mu_easel *e) {
    const mu_pen *pen = &e->pen;
    const double u = pen->unit, x = e->width / 2, y = e->height * 0.38;
    const bool people = e->page == MU_EASEL_PEOPLE;
    mu_pen_text(pen, x, y, MU_ALIGN_MIDDLE, 20, true, pen->theme->ink,
                people ? _("Nobody is here yet") : _("There is no incident yet"));
    (void)mu_pen_paragraph(
        pen, x - 260 * u, y + 16 * u, 520 * u, 13.5, false, pen->theme->soft,
        people ? _("One group is made for each use of rooms, as many people as their area holds by "
                   "the occupant loads of the International Building Code. Change the numbers to "
                   "your own.")
               : _("An incident comes with a policy, a playbook, guards, police and channels, as "
                   "far as they are missing. The item is put into the room that is chosen on the "
                   "plan. All of it can be changed afterwards."),
        4, true);
    const double top = y + 90 * u;
    if (people) {
        const mu_box box = {(float)(x - 110 * u), (float)top, (float)(220 * u), (float)(32 * u)};
        if (mu_ui_button(&e->ui, box, _("Add people by use"), MU_UI_MAIN)) {
            (void)mu_project_add_people(e->def.project);
            mu_easel_open_page(e, MU_EASEL_PEOPLE);
        }
        return;
    }
    const mu_box left = {(float)(x - 230 * u), (float)top, (float)(220 * u), (float)(32 * u)};
    const mu_box right = {(float)(x + 10 * u), (float)top, (float)(220 * u), (float)(32 * u)};
    if (mu_ui_button(&e->ui, left, _("A suspicious package"), MU_UI_MAIN)) {
        make_incident(e, "package");
    }
    if (mu_ui_button(&e->ui, right, _("A plain evacuation"), MU_UI_PLAIN)) {
        make_incident(e, "evacuation");
    }
}

/* --- lists of a file --- */

static double draw_views(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit;
    for (size_t k = 0; k < VIEWS; k++) {
        if (views[k].page != e->page) {
            continue;
        }
        const bool on = strcmp(e->list, views[k].list) == 0;
        const mu_box box = {(float)x, (float)y, (float)width, (float)(24 * u)};
        if (mu_ui_row(&e->ui, box, on)) {
            mu_easel_enter_all(e, &e->whole);
            (void)snprintf(e->list, sizeof e->list, "%s", views[k].list);
            mu_easel_show_form(&e->whole, e->papers[e->page], "-");
            e->items_scroll = 0;
            e->tables.is_cell = false;
        }
        char shown[120];
        mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 13, on), _(views[k].name), width - 16 * u,
                        shown, sizeof shown);
        mu_pen_text(&e->pen, x + 8 * u, y + 16.5 * u, MU_ALIGN_LEFT, 13, on, e->pen.theme->accent,
                    shown);
        y += 26 * u;
    }
    return y;
}

static double draw_lists(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit;
    const uint32_t paper = e->papers[e->page];
    const mu_form *form = mu_project_form(e->def.project, paper, "", e->pen.language);
    const mu_box general = {(float)x, (float)y, (float)width, (float)(24 * u)};
    if (mu_ui_row(&e->ui, general, e->list[0] == '\0')) {
        open_list(e, "");
        return y;
    }
    mu_pen_text(&e->pen, x + 8 * u, y + 16.5 * u, MU_ALIGN_LEFT, 13, e->list[0] == '\0',
                e->pen.theme->ink, _("In general"));
    y += 26 * u;
    y = draw_views(e, x, y, width);
    for (uint32_t k = 0; form != NULL && k < form->row_count; k++) {
        const mu_form_row *row = &form->rows[k];
        if (row->kind != MU_FORM_RECORDS) {
            continue;
        }
        char list[100], count[20], shown[120];
        (void)snprintf(list, sizeof list, "/%s", row->key);
        (void)snprintf(count, sizeof count, "%u", row->count);
        const bool on = strcmp(e->list, list) == 0;
        const mu_box box = {(float)x, (float)y, (float)width, (float)(24 * u)};
        const bool clicked = mu_ui_row(&e->ui, box, on);
        mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 13, on), row->meaning, width - 50 * u,
                        shown, sizeof shown);
        mu_pen_text(&e->pen, x + 8 * u, y + 16.5 * u, MU_ALIGN_LEFT, 13, on, e->pen.theme->ink,
                    shown);
        mu_pen_text(&e->pen, x + width - 8 * u, y + 16.5 * u, MU_ALIGN_RIGHT, 12, false,
                    e->pen.theme->soft, count);
        if (clicked) {
            open_list(e, list);
            return y;
        }
        y += 26 * u;
    }
    return y;
}

/* Whoever changes the policy that comes with Muster changes it for every scenario. */
static void offer_own(mu_easel *e, double x, double bottom, double width) {
    const double u = e->pen.unit;
    const uint32_t paper = e->papers[e->page];
    if (e->page != MU_EASEL_POLICY || !mu_project_is_shipped(e->def.project, paper)) {
        return;
    }
    (void)mu_pen_paragraph(
        &e->pen, x, bottom - 96 * u, width, 11.5, false, e->pen.theme->late,
        _("This is the policy that comes with Muster; other scenarios read it, too."), 3, true);
    const mu_box box = {(float)x, (float)(bottom - 40 * u), (float)width, (float)(28 * u)};
    if (!mu_ui_button(&e->ui, box, _("Make a copy of our own"), MU_UI_PLAIN)) {
        return;
    }
    if (mu_project_own_policy(e->def.project, paper) == MU_OK) {
        mu_easel_say(e, false, "%s", _("The incident goes by its own policy now"));
        open_list(e, first_list(e->page));
    } else {
        mu_easel_say(e, true, "%s",
                     _("There must be an incident, and no change to the policy that is not saved"));
    }
}

static void draw_papers(mu_easel *e, double x, double bottom, double width) {
    const double u = e->pen.unit;
    uint32_t count = 0;
    for (uint32_t k = 0; k < mu_project_paper_count(e->def.project); k++) {
        count += mu_project_paper(e->def.project, k).kind == kind_of(e->page);
    }
    double y = bottom - (count * 24 + 30) * u;
    offer_own(e, x, y, width);
    mu_pen_text(&e->pen, x, y + 12 * u, MU_ALIGN_LEFT, 11.5, true, e->pen.theme->soft, _("File"));
    y += 18 * u;
    for (uint32_t k = 0; k < mu_project_paper_count(e->def.project); k++) {
        const mu_paper paper = mu_project_paper(e->def.project, k);
        if (paper.kind != kind_of(e->page)) {
            continue;
        }
        const char *slash = strrchr(paper.path, '/');
        char text[200];
        (void)snprintf(text, sizeof text, "%s%s", slash != NULL ? slash + 1 : paper.path,
                       paper.is_changed ? " •" : "");
        const mu_box box = {(float)x, (float)y, (float)width, (float)(22 * u)};
        if (mu_ui_row(&e->ui, box, e->papers[e->page] == k)) {
            e->papers[e->page] = k;
            open_list(e, first_list(e->page));
        }
        mu_pen_text(&e->pen, x + 8 * u, y + 15.5 * u, MU_ALIGN_LEFT, 12.5, false, e->pen.theme->ink,
                    text);
        y += 24 * u;
    }
}

/* --- the records of a list --- */

/* A clause is also found by what is in it, in both languages. */
static bool has_within(const mu_easel *e, const mu_form_item *item, const char *sought) {
    char *text = e->page == MU_EASEL_POLICY
                     ? mu_project_value(e->def.project, e->papers[e->page], item->pointer)
                     : NULL;
    const bool found = text != NULL && strstr(text, sought) != NULL;
    free(text);
    return found;
}

static bool matches(const mu_easel *e, const mu_form_item *item) {
    const char *sought = e->find_edit.text;
    if (e->page == MU_EASEL_POLICY && e->tables.only_changed && !item->differs) {
        return false;
    }
    return sought[0] == '\0' || strstr(item->title, sought) != NULL ||
           strstr(item->detail, sought) != NULL || strstr(item->pointer, sought) != NULL ||
           has_within(e, item, sought);
}

static void change_items(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit, w = (width - 6 * u) / 2;
    const uint32_t paper = e->papers[e->page];
    const mu_box add = {(float)x, (float)y, (float)w, (float)(28 * u)};
    const mu_box away = {(float)(x + w + 6 * u), (float)y, (float)w, (float)(28 * u)};
    char pointer[MU_EASEL_POINTER];
    if (mu_ui_button(&e->ui, add, _("Add"), MU_UI_PLAIN)) {
        if (mu_project_add_record(e->def.project, paper, e->list, pointer, sizeof pointer) ==
            MU_OK) {
            mu_easel_show_form(&e->whole, paper, pointer);
            e->items_scroll = 1e9;
        } else {
            mu_easel_say(e, true, "%s", _("It cannot be added"));
        }
    }
    const bool is_item = strncmp(e->whole.pointer, e->list, strlen(e->list)) == 0 &&
                         strlen(e->whole.pointer) > strlen(e->list);
    if (mu_ui_button(&e->ui, away, _("Remove"), is_item ? MU_UI_PLAIN : MU_UI_OFF) &&
        mu_project_remove(e->def.project, paper, e->whole.pointer) == MU_OK) {
        mu_easel_say(e, false, "%s", _("Removed; Ctrl+Z brings it back"));
        mu_easel_show_form(&e->whole, paper, "-");
    }
}

static void draw_items(mu_easel *e, mu_box box) {
    const double u = e->pen.unit, line = 38 * u;
    const uint32_t paper = e->papers[e->page];
    mu_box find = {box.x, box.y + (float)(18 * u), box.width, (float)(26 * u)};
    if (e->page == MU_EASEL_POLICY) {
        const float width = (float)(mu_ui_button_width(&e->ui, _("Changed")) - 6 * u);
        find.width -= width + (float)(6 * u);
        const mu_box only = {find.x + find.width + (float)(6 * u), find.y, width, find.height};
        if (mu_ui_button(&e->ui, only, _("Changed"),
                         e->tables.only_changed ? MU_UI_ON : MU_UI_PLAIN)) {
            e->tables.only_changed = !e->tables.only_changed;
        }
    }
    (void)mu_ui_field(&e->ui, 1, find, _("Find (Ctrl+F)"), &e->find_edit);
    const double top = (double)box.y + 54 * u, bottom = (double)(box.y + box.height) - 40 * u;
    uint32_t count, shown = 0;
    const mu_form_item *items =
        mu_project_items(e->def.project, paper, e->list, e->pen.language, &count);
    for (uint32_t k = 0; k < count; k++) {
        shown += matches(e, &items[k]);
    }
    e->items_scroll = fmin(e->items_scroll, fmax(0, shown * 38.0 - (bottom - top) / u));
    mu_draw_clip(e->pen.list, (mu_box){box.x, (float)top, box.width, (float)(bottom - top)});
    double y = top - e->items_scroll * u;
    for (uint32_t k = 0; k < count; k++) {
        if (!matches(e, &items[k])) {
            continue;
        }
        const mu_box row = {box.x, (float)y, box.width, (float)(line - 2 * u)};
        const size_t length = strlen(items[k].pointer);
        const bool on = strncmp(e->whole.pointer, items[k].pointer, length) == 0 &&
                        (e->whole.pointer[length] == '\0' || e->whole.pointer[length] == '/');
        if (y + line > top && y < bottom) {
            const bool inside = e->ui.y >= top && e->ui.y < bottom;
            if (inside && mu_ui_row(&e->ui, row, on)) {
                mu_easel_enter_all(e, &e->whole);
                mu_easel_show_form(&e->whole, paper, items[k].pointer);
                memset(e->whole.rows, 0, sizeof e->whole.rows);
                e->ui.focus = 0;
                break;
            }
            if (!inside && on) {
                mu_draw_round_rect(e->pen.list, row, 4 * u, e->pen.theme->hover);
            }
            char text[200];
            mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 13, on), items[k].title,
                            (double)box.width - 20 * u, text, sizeof text);
            mu_pen_text(&e->pen, (double)box.x + 10 * u, y + 16 * u, MU_ALIGN_LEFT, 13, on,
                        e->pen.theme->ink, text);
            if (items[k].differs) {
                mu_pen_text(&e->pen, (double)(box.x + box.width) - 8 * u, y + 30 * u,
                            MU_ALIGN_RIGHT, 11, true, e->pen.theme->late, _("changed"));
            }
            mu_pen_text(&e->pen, (double)box.x + 10 * u, y + 30 * u, MU_ALIGN_LEFT, 11, false,
                        e->pen.theme->soft, items[k].detail);
        }
        y += line;
    }
    mu_draw_clip(e->pen.list, (mu_box){0, 0, (float)e->width, (float)e->height});
    change_items(e, (double)box.x, bottom + 8 * u, (double)box.width);
}

/* --- the form, and the records inside its record --- */

/* A list by what it holds, a record by its name, as far as there is room. */
static void name_part(const mu_easel *e, const char *part, char *out, size_t room) {
    char title[300];
    const char *meaning = mu_project_meaning(e->def.project, e->whole.paper, part);
    if (meaning[0] == '\0') {
        mu_project_title(e->def.project, e->whole.paper, part, e->pen.language, title,
                         sizeof title);
        meaning = title[0] == '#' ? strrchr(part, '/') + 1 : title;
    }
    if (meaning[0] == '#') { /* people count from 1 */
        (void)snprintf(title, sizeof title, "%d", atoi(meaning + 1) + 1);
        meaning = title;
    }
    mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 12.5, true), meaning, 190 * e->pen.unit, out,
                    room);
}

/* Where one is: each part leads back there. */
static void draw_path(mu_easel *e, double x, double y) {
    const double u = e->pen.unit;
    char part[MU_EASEL_POINTER];
    size_t at = 0;
    const char *pointer = e->whole.pointer;
    const size_t whole = strlen(pointer);
    while (at < whole) {
        const size_t next = at + 1 + strcspn(pointer + at + 1, "/");
        (void)snprintf(part, sizeof part, "%.*s", (int)next, pointer);
        char name[120];
        name_part(e, part, name, sizeof name);
        const double w = mu_pen_width(&e->pen, 12.5, false, name) + 12 * u;
        const mu_box box = {(float)x, (float)y, (float)w, (float)(22 * u)};
        const bool last = next == whole;
        if (!last && mu_ui_row(&e->ui, box, false)) {
            mu_easel_show_form(&e->whole, e->whole.paper, part);
            memset(e->whole.rows, 0, sizeof e->whole.rows);
            return;
        }
        mu_pen_text(&e->pen, x + 6 * u, y + 15.5 * u, MU_ALIGN_LEFT, 12.5, last,
                    last ? e->pen.theme->ink : e->pen.theme->accent, name);
        x += w;
        if (!last) {
            mu_pen_text(&e->pen, x, y + 15.5 * u, MU_ALIGN_LEFT, 12.5, false, e->pen.theme->soft,
                        "›");
            x += 10 * u;
        }
        at = next;
    }
}

static bool ends_in_number(const char *pointer) {
    const char *slash = strrchr(pointer, '/');
    if (slash == NULL) {
        return false;
    }
    const char *digits = slash + 1 + (slash[1] == '#');
    return *digits >= '0' && *digits <= '9' && digits[strspn(digits, "0123456789")] == '\0';
}

/* A list inside a record: its items as buttons. */
static void draw_inner_list(mu_easel *e, mu_box box) {
    const double u = e->pen.unit;
    uint32_t count;
    char list[MU_EASEL_POINTER], pointer[MU_EASEL_POINTER];
    (void)snprintf(list, sizeof list, "%s", e->whole.pointer);
    const mu_form_item *items =
        mu_project_items(e->def.project, e->whole.paper, list, e->pen.language, &count);
    double y = (double)box.y + 6 * u;
    for (uint32_t k = 0; k < count && y < (double)(box.y + box.height) - 40 * u; k++) {
        char text[260];
        (void)snprintf(text, sizeof text, "%s%s%s", items[k].title,
                       items[k].detail[0] != '\0' ? " · " : "", items[k].detail);
        const mu_box one = {box.x, (float)y, box.width, (float)(28 * u)};
        if (mu_ui_button(&e->ui, one, text, MU_UI_PLAIN)) {
            mu_easel_show_form(&e->whole, e->whole.paper, items[k].pointer);
            memset(e->whole.rows, 0, sizeof e->whole.rows);
            return;
        }
        y += 34 * u;
    }
    const mu_box add = {box.x, (float)y, (float)(120 * u), (float)(28 * u)};
    if (mu_ui_button(&e->ui, add, _("Add"), MU_UI_MAIN) &&
        mu_project_add_record(e->def.project, e->whole.paper, list, pointer, sizeof pointer) ==
            MU_OK) {
        mu_easel_show_form(&e->whole, e->whole.paper, pointer);
        memset(e->whole.rows, 0, sizeof e->whole.rows);
    }
}

/* A record or a value inside another that is not there (any more): undone, or removed elsewhere. */
static bool is_gone(mu_easel *e, const char *pointer) {
    char *value = mu_project_value(e->def.project, e->whole.paper, pointer);
    const char *slash = strrchr(pointer, '/');
    free(value);
    if (value != NULL || slash == NULL || slash == pointer) {
        return false;
    }
    char holder[MU_EASEL_POINTER];
    (void)snprintf(holder, sizeof holder, "%.*s", (int)(slash - pointer), pointer);
    const mu_form *form = mu_project_form(e->def.project, e->whole.paper, holder, e->pen.language);
    for (uint32_t k = 0; form != NULL && k < form->row_count; k++) {
        if (strcmp(form->rows[k].key, slash + 1) == 0) {
            return form->rows[k].kind != MU_FORM_RECORDS;
        }
    }
    return false;
}

static void draw_record(mu_easel *e, mu_box box) {
    const double u = e->pen.unit;
    if (e->whole.pointer[0] == '-') {
        return;
    }
    while (is_gone(e, e->whole.pointer)) { /* back to what it was in */
        *strrchr(e->whole.pointer, '/') = '\0';
        memset(e->whole.rows, 0, sizeof e->whole.rows);
        e->whole.version = 0;
    }
    draw_path(e, (double)box.x, (double)box.y);
    const bool nested = e->list[0] != '\0' && strcmp(e->whole.pointer, e->list) != 0 &&
                        !ends_in_number(e->whole.pointer);
    const mu_form *form =
        mu_project_form(e->def.project, e->whole.paper, e->whole.pointer, e->pen.language);
    char *value = mu_project_value(e->def.project, e->whole.paper, e->whole.pointer);
    const bool is_list = (value != NULL && value[0] == '[') ||
                         (value == NULL && e->whole.pointer[0] != '\0' && nested);
    free(value);
    const mu_box inner = {box.x, box.y + (float)(28 * u), box.width, box.height - (float)(28 * u)};
    if (is_list) {
        draw_inner_list(e, inner);
        return;
    }
    if (form == NULL) {
        mu_pen_text(&e->pen, (double)box.x, (double)box.y + 50 * u, MU_ALIGN_LEFT, 13, false,
                    e->pen.theme->soft, _("There is nothing in this list yet"));
        return;
    }
    mu_easel_draw_form(e, &e->whole, inner, 2000);
}

void mu_easel_draw_page(mu_easel *e) {
    const double u = e->pen.unit, top = 46 * u, bottom = e->height - 28 * u;
    mu_draw_rect(e->pen.list, (mu_box){0, (float)top, (float)e->width, (float)(bottom - top)},
                 e->pen.theme->paper);
    if (e->papers[e->page] == MU_NOWHERE) {
        draw_missing(e);
        return;
    }
    const view *whole = view_of(e);
    const double list_width = 230 * u;
    const double items_width = e->list[0] != '\0' && whole == NULL ? 330 * u : 0;
    mu_draw_rect(e->pen.list, (mu_box){0, (float)top, (float)list_width, (float)(bottom - top)},
                 e->pen.theme->panel);
    mu_draw_rect(
        e->pen.list,
        (mu_box){(float)(list_width + items_width), (float)top, (float)u, (float)(bottom - top)},
        e->pen.theme->line);
    (void)draw_lists(e, 10 * u, top + 12 * u, list_width - 20 * u);
    draw_papers(e, 10 * u, bottom, list_width - 20 * u);
    if (whole != NULL) {
        whole->draw(e, (mu_box){(float)(list_width + 10 * u), (float)(top + 8 * u),
                                (float)(e->width - list_width - 20 * u),
                                (float)(bottom - top - 16 * u)});
        return;
    }
    if (e->list[0] != '\0') {
        draw_items(e, (mu_box){(float)(list_width + 12 * u), (float)(top + 6 * u),
                               (float)(items_width - 24 * u), (float)(bottom - top - 12 * u)});
    }
    const double x = list_width + items_width + 18 * u;
    const double width = fmin(e->width - x - 20 * u, 640 * u);
    draw_record(
        e, (mu_box){(float)x, (float)(top + 10 * u), (float)width, (float)(bottom - top - 16 * u)});
}
