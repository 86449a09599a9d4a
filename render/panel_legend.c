/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend: every symbol that the picture can hold now, and the page of keys. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/i18n.h"
#include "render/screen.h"

typedef struct entry {
    const char *text;
    enum { PERSON, MARK, HAZARD, DOOR, RING, HEAT, TAG, ROOM, PATH, QUEUE, TOKEN } kind;
    int a, b; /* person: doing and kind; mark and hazard: kind; door: state; ring: kind; heat: step;
                 tag: mu_tag; room: which tint, and its level */
} entry;

enum { OPEN, SHUT, EXIT, LOCKED, LOST, ONE_WAY }; /* doors of the legend */
enum { SEEN, HELD, GAS, SMOKE };                  /* tints of rooms */

static mu_colour tint_of(const mu_theme *t, const entry *e) {
    return e->a == SEEN   ? mu_theme_sight(t, MU_SIGHT_SEEN)
           : e->a == HELD ? mu_theme_sight(t, MU_SIGHT_HELD)
           : e->a == GAS  ? mu_theme_gas(t, (uint32_t)e->b)
                          : mu_theme_smoke(t, (uint32_t)e->b);
}

static void draw_door(const mu_pen *pen, double x, double y, int state) {
    const double r = 8 * pen->unit;
    const mu_theme *t = pen->theme;
    mu_draw_segment(pen->list, t->wall, 2.4 * pen->unit, x - r * 1.2, y, x - r * 0.6, y);
    mu_draw_segment(pen->list, t->wall, 2.4 * pen->unit, x + r * 0.6, y, x + r * 1.2, y);
    if (state == OPEN) {
        mu_draw_segment(pen->list, t->leaf, 1.3 * pen->unit, x - r * 0.6, y, x - r * 0.6, y - r);
        mu_draw_path(pen->list, mu_fade(t->leaf, 150), 0.8 * pen->unit, false);
        for (int i = 0; i <= 6; i++) {
            const double angle = 1.5707963267948966 * i / 6;
            mu_draw_point(pen->list, x - r * 0.6 + r * cos(angle), y - r * sin(angle));
        }
    } else if (state == SHUT) {
        mu_draw_segment(pen->list, t->shut, 3.2 * pen->unit, x - r * 0.6, y, x + r * 0.6, y);
        mu_draw_segment(pen->list, t->shut, 1.5 * pen->unit, x - r * 0.6, y - 4 * pen->unit,
                        x - r * 0.6, y + 4 * pen->unit);
        mu_draw_segment(pen->list, t->shut, 1.5 * pen->unit, x + r * 0.6, y - 4 * pen->unit,
                        x + r * 0.6, y + 4 * pen->unit);
    } else if (state >= LOCKED) {
        const mu_frame_portal like = {.state = state == ONE_WAY ? MU_DOOR_ONE_WAY : MU_DOOR_LOCKED,
                                      .lost = state == LOST,
                                      .out = {0, 1}};
        mu_symbol_door(pen, (mu_vec){(float)(x - r * 0.6), (float)y},
                       (mu_vec){(float)(x + r * 0.6), (float)y}, &like);
    } else {
        mu_draw_segment(pen->list, t->exit, 2.6 * pen->unit, x - r * 0.6, y, x + r * 0.6, y);
    }
}

static void draw_symbol(const mu_pen *pen, const entry *e, double x, double y) {
    const mu_vec at = {(float)x, (float)y};
    const double u = pen->unit;
    switch (e->kind) {
    case PERSON: {
        const mu_frame_person like = {.doing = (uint8_t)e->a, .kind = (uint8_t)e->b};
        mu_symbol_person(pen, at, (mu_vec){0, 0}, 4.6 * u, &like);
        break;
    }
    case MARK:
        mu_symbol_mark(pen, at, (e->a == MU_MARK_ASSEMBLY ? 5 : 6.2) * u, (uint32_t)e->a,
                       e->b != 0);
        break;
    case HAZARD: {
        const mu_frame_hazard like = {.kind = (uint32_t)e->a, .noticed = true};
        mu_symbol_hazard(pen, at, (e->a == MU_HAZARD_BLAST ? 4.6 : 5.2) * u, &like);
        break;
    }
    case TAG:
        mu_symbol_tag(pen, at, 5.6 * u, (uint32_t)e->a);
        break;
    case ROOM: {
        const mu_box box = {(float)(x - 8 * u), (float)(y - 5 * u), (float)(16 * u),
                            (float)(10 * u)};
        mu_draw_rect(pen->list, box, tint_of(pen->theme, e));
        mu_draw_frame(pen->list, box, 0.8 * u, mu_fade(pen->theme->wall, 130));
        break;
    }
    case DOOR:
        draw_door(pen, x, y, e->a);
        break;
    case RING:
        mu_draw_segment(pen->list, mu_theme_ring(pen->theme, (uint32_t)e->a), 2 * u, x - 9 * u, y,
                        x + 9 * u, y);
        if (e->a != MU_RING_POLICY) {
            mu_draw_dashed(pen->list, 5 * u, 3 * u);
        }
        break;
    case PATH:
        mu_draw_segment(pen->list, mu_fade(pen->theme->doing[MU_DOING_LEAVING], 80), 1.7 * u,
                        x - 9 * u, y, x, y);
        mu_draw_segment(pen->list, pen->theme->doing[MU_DOING_LEAVING], 1.7 * u, x, y, x + 9 * u,
                        y);
        break;
    case QUEUE: {
        const mu_frame_person like = {.doing = MU_DOING_LEAVING, .kind = MU_FRAME_OCCUPANT};
        mu_symbol_waiting(pen, at, 3.6 * u);
        mu_symbol_person(pen, at, (mu_vec){0, 0}, 3.6 * u, &like);
        break;
    }
    case TOKEN:
        mu_symbol_token(pen, at, (mu_vec){1, 0}, (e->a != 0 ? 2.6 : 3.4) * u, e->a != 0);
        break;
    case HEAT:
        mu_draw_rect(
            pen->list,
            (mu_box){(float)(x - 8 * u), (float)(y - 5 * u), (float)(16 * u), (float)(10 * u)},
            pen->theme->heat[e->a + 1]);
        break;
    }
}

enum { ENTRIES_MOST = 72 };

static uint32_t list_people(entry *out) {
    const entry people[] = {
        {_("not told"), PERSON, MU_DOING_USUAL, MU_FRAME_OCCUPANT},
        {_("told, not set out"), PERSON, MU_DOING_TOLD, MU_FRAME_OCCUPANT},
        {_("leaving"), PERSON, MU_DOING_LEAVING, MU_FRAME_OCCUPANT},
        {_("out"), PERSON, MU_DOING_OUT, MU_FRAME_OCCUPANT},
        {_("knows no way"), PERSON, MU_DOING_STUCK, MU_FRAME_OCCUPANT},
        {_("on duty"), PERSON, MU_DOING_ON_DUTY, MU_FRAME_MEMBER},
        {_("on the way to a step"), PERSON, MU_DOING_GOING, MU_FRAME_MEMBER},
        {_("at work, holds"), PERSON, MU_DOING_WORKING, MU_FRAME_MEMBER},
        {_("help from outside"), PERSON, MU_DOING_WORKING, MU_FRAME_UNIT},
    };
    const uint32_t count = sizeof people / sizeof people[0];
    for (uint32_t i = 0; i < count; i++) {
        out[i] = people[i];
    }
    return count;
}

static bool any_tag(const mu_screen *view, uint32_t tag) {
    for (uint32_t p = 0; p < view->frame->people_count; p++) {
        if (view->frame->people[p].tag == tag) {
            return true;
        }
    }
    return false;
}

/* States that only some incidents know are listed while they occur. */
static uint32_t list_states(const mu_screen *view, entry *out) {
    const mu_frame_counts *c = &view->frame->counts;
    uint32_t count = 0;
    if (c->sheltering > 0) {
        out[count++] = (entry){_("sheltering"), PERSON, MU_DOING_SHELTERING, MU_FRAME_OCCUPANT};
    }
    if (c->refuge > 0) {
        out[count++] = (entry){_("at a refuge"), PERSON, MU_DOING_REFUGE, MU_FRAME_OCCUPANT};
    }
    if (c->held > 0) {
        out[count++] = (entry){_("held"), PERSON, MU_DOING_HELD, MU_FRAME_OCCUPANT};
    }
    if (c->hurt > 0) {
        const entry tags[] = {{_("hurt, not found"), TAG, MU_TAG_UNFOUND, 0},
                              {_("hurt, not sorted"), TAG, MU_TAG_FOUND, 0},
                              {_("tag red: immediate"), TAG, MU_TAG_RED, 0},
                              {_("tag yellow: delayed"), TAG, MU_TAG_YELLOW, 0},
                              {_("tag green: minor"), TAG, MU_TAG_GREEN, 0},
                              {_("tag black"), TAG, MU_TAG_BLACK, 0}};
        for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
            if (any_tag(view, (uint32_t)tags[i].a)) {
                out[count++] = tags[i];
            }
        }
    }
    return count;
}

static bool any_portal(const mu_screen *view, mu_door state, bool lost) {
    for (uint32_t p = 0; p < view->scene->portal_count; p++) {
        const mu_frame_portal *portal = &view->frame->portals[p];
        if ((portal->lost != 0) == lost && (lost || portal->state == state)) {
            return true;
        }
    }
    return false;
}

static uint32_t list_doors(const mu_screen *view, entry *out) {
    uint32_t count = 0;
    if (any_portal(view, MU_DOOR_LOCKED, false)) {
        out[count++] = (entry){_("locked from inside"), DOOR, LOCKED, 0};
    }
    if (any_portal(view, MU_DOOR_OPEN, true)) {
        out[count++] = (entry){_("lost door"), DOOR, LOST, 0};
    }
    if (any_portal(view, MU_DOOR_ONE_WAY, false)) {
        out[count++] = (entry){_("one way"), DOOR, ONE_WAY, 0};
    }
    return count;
}

static bool any_room(const mu_screen *view, const entry *tint) {
    for (uint32_t r = 0; r < view->scene->room_count; r++) {
        const mu_frame_room *room = &view->frame->rooms[r];
        if (tint->a == GAS     ? room->gas == tint->b
            : tint->a == SMOKE ? room->smoke == tint->b
                               : room->sight == (tint->a == HELD ? MU_SIGHT_HELD : MU_SIGHT_SEEN)) {
            return true;
        }
    }
    return false;
}

/* Tints of rooms that are in the picture now. */
static uint32_t list_rooms(const mu_screen *view, entry *out) {
    const entry all[] = {{_("people are held there"), ROOM, HELD, 0},
                         {_("in sight of it"), ROOM, SEEN, 0},
                         {_("gas: can be noticed"), ROOM, GAS, MU_GAS_SMELT},
                         {_("gas: AEGL-1 and more"), ROOM, GAS, MU_GAS_BAND_1},
                         {_("gas: AEGL-2 and more"), ROOM, GAS, MU_GAS_BAND_2},
                         {_("gas: AEGL-3 and more"), ROOM, GAS, MU_GAS_BAND_3},
                         {_("smoke: sight < 30 m"), ROOM, SMOKE, MU_SMOKE_THIN},
                         {_("smoke: sight < 5 m"), ROOM, SMOKE, MU_SMOKE_MEDIUM},
                         {_("smoke: sight < 2 m"), ROOM, SMOKE, MU_SMOKE_THICK}};
    uint32_t count = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (any_room(view, &all[i])) {
            out[count++] = all[i];
        }
    }
    return count;
}

/* What the threat has put on the plan, and its distances. */
static uint32_t list_hazards(const mu_screen *view, entry *out) {
    const entry kinds[MU_HAZARD_KIND_COUNT] = {
        [MU_HAZARD_ITEM] = {_("the item"), HAZARD, MU_HAZARD_ITEM, 0},
        [MU_HAZARD_SECOND] = {_("second item"), HAZARD, MU_HAZARD_SECOND, 0},
        [MU_HAZARD_BLAST] = {_("exploded here"), HAZARD, MU_HAZARD_BLAST, 0},
        [MU_HAZARD_HOSTAGE] = {_("people are held"), HAZARD, MU_HAZARD_HOSTAGE, 0},
        [MU_HAZARD_GAS] = {_("the leak"), HAZARD, MU_HAZARD_GAS, 0},
        [MU_HAZARD_INTRUDER] = {_("the intruder"), HAZARD, MU_HAZARD_INTRUDER, 0}};
    const entry rings[] = {[MU_RING_POLICY] = {_("distance demanded"), RING, MU_RING_POLICY, 0},
                           [MU_RING_CARD] = {_("stand-off card"), RING, MU_RING_CARD, 0},
                           [MU_RING_ISOLATE] = {_("isolation circle"), RING, MU_RING_ISOLATE, 0}};
    uint32_t seen_kinds = 0, seen_rings = 0, count = 0; /* a bit for each: listed once */
    for (uint32_t h = 0; h < view->frame->hazard_count; h++) {
        const mu_frame_hazard *hazard = &view->frame->hazards[h];
        if ((seen_kinds >> hazard->kind & 1U) == 0) {
            out[count++] = kinds[hazard->kind];
        }
        seen_kinds |= 1U << hazard->kind;
        for (uint32_t r = 0; r < hazard->ring_count; r++) {
            const uint32_t kind = hazard->rings[r].kind;
            if ((seen_rings >> kind & 1U) == 0) {
                out[count++] = rings[kind];
            }
            seen_rings |= 1U << kind;
        }
    }
    return count;
}

static bool any_mark(const mu_screen *view, uint32_t kind) {
    for (uint32_t m = 0; m < view->scene->mark_count; m++) {
        if (view->scene->marks[m].kind == kind) {
            return true;
        }
    }
    return false;
}

static uint32_t list_marks(const mu_screen *view, entry *out) {
    const entry all[] = {
        {_("open"), DOOR, OPEN, 0},
        {_("closed"), DOOR, SHUT, 0},
        {_("way into the open"), DOOR, EXIT, 0},
        {_("assembly point"), MARK, MU_MARK_ASSEMBLY, 0},
        {_("place of refuge"), MARK, MU_MARK_REFUGE, 0},
        {_("guard post"), MARK, MU_MARK_GUARD_POST, 0},
        {_("key post"), MARK, MU_MARK_KEY_POST, 0},
        {_("inner cordon"), MARK, MU_MARK_INNER_CORDON, 0},
        {_("outer cordon"), MARK, MU_MARK_OUTER_CORDON, 0},
        {_("post that is manned"), MARK, MU_MARK_KEY_POST, 1},
        {_("command post"), MARK, MU_MARK_COMMAND, 0},
        {_("medical"), MARK, MU_MARK_MEDICAL, 0},
        {_("check (screening)"), MARK, MU_MARK_LANE, 0},
        {_("decontamination"), MARK, MU_MARK_WASH, 0},
    };
    uint32_t count = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        const uint32_t mark = all[i].kind == MARK ? (uint32_t)all[i].a : MU_MARK_ASSEMBLY;
        const bool rare = mark == MU_MARK_REFUGE || mark == MU_MARK_LANE || mark == MU_MARK_WASH;
        const mu_scenery_mark like = {.kind = mark};
        if ((!rare || any_mark(view, mark)) && mu_art_shows_mark(&like, view->layers)) {
            out[count++] = all[i];
        }
    }
    return count;
}

static bool any_token(const mu_screen *view, int vehicle) {
    for (uint32_t i = 0; i < view->frame->token_count; i++) {
        if ((int)view->frame->tokens[i].vehicle == vehicle) {
            return true;
        }
    }
    return false;
}

static uint32_t list_ways(const mu_screen *view, entry *out) {
    uint32_t count = 0;
    if ((view->layers & MU_LAYER_TRAILS) != 0) {
        out[count++] = (entry){mu_art_trails_are_thinned(view->frame) ? _("path of 30 s, 1 in 3")
                                                                      : _("path of 30 s"),
                               PATH, 0, 0};
    }
    if ((view->layers & MU_LAYER_QUEUES) != 0 && !view->frame->recorded) {
        out[count++] = (entry){_("waits in a queue"), QUEUE, 0, 0};
    }
    for (int vehicle = 0; vehicle < 2 && (view->layers & MU_LAYER_QUEUES) != 0; vehicle++) {
        if (any_token(view, vehicle)) {
            out[count++] = (entry){vehicle ? _("vehicle at a check") : _("visitor at a check"),
                                   TOKEN, vehicle, 0};
        }
    }
    return count;
}

static uint32_t list_heat(const mu_screen *view, entry *out, char texts[MU_HEAT_STEPS][32]) {
    if ((view->layers & MU_LAYER_DENSITY) == 0) {
        return 0;
    }
    for (int i = 0; i < MU_HEAT_STEPS; i++) {
        (void)snprintf(texts[i], sizeof texts[i], _("from %g per m²"), mu_heat_from[i]);
        out[i] = (entry){texts[i], HEAT, i, 0};
    }
    return MU_HEAT_STEPS;
}

double mu_panel_legend(mu_screen *view, double x, double y, double width, bool draw) {
    const mu_pen *pen = &view->pen;
    entry entries[ENTRIES_MOST];
    char heat[MU_HEAT_STEPS][32];
    uint32_t count = 0;
    if (view->frame->recorded) {
        entries[count++] = (entry){_("walks"), PERSON, MU_DOING_LEAVING, MU_FRAME_OCCUPANT};
        entries[count++] = (entry){_("stands still"), PERSON, MU_DOING_USUAL, MU_FRAME_OCCUPANT};
    } else {
        count += list_people(entries);
        count += list_states(view, entries + count);
        count += list_marks(view, entries + count);
        count += list_doors(view, entries + count);
        count += list_hazards(view, entries + count);
        count += list_rooms(view, entries + count);
    }
    count += list_ways(view, entries + count);
    count += list_heat(view, entries + count, heat);
    const double row = 18.5 * pen->unit;
    const uint32_t rows = (count + 1) / 2;
    for (uint32_t i = 0; draw && i < count; i++) {
        const double left = x + (i / rows == 0 ? 0 : width * 0.5);
        const double middle = y + row * (i % rows) + row / 2;
        char text[96];
        mu_type_shorten(pen->type, mu_pen_font(pen, 11, false), entries[i].text,
                        width * 0.5 - 26 * pen->unit, text, sizeof text);
        draw_symbol(pen, &entries[i], left + 10 * pen->unit, middle);
        mu_pen_text(pen, left + 25 * pen->unit, middle + 4 * pen->unit, MU_ALIGN_LEFT, 11, false,
                    pen->theme->ink, text);
    }
    return row * rows;
}

/* Letters and function keys are called the same everywhere, and the catalogue may know a letter as
 * something else. */
static const char *called(const char *key) {
    return strlen(key) > 3 ? _(key) : key;
}

typedef struct key_line {
    const char *called, *meaning;
} key_line;

void mu_panel_help(mu_screen *view) {
    static const key_line keys[] = {
#define MU_ACTION(NAME, key, other, called, meaning) {called, meaning},
#include "render/actions.h"
#undef MU_ACTION
        {N_("Click"), N_("ask what something is")},
        {N_("Drag"), N_("move the plan")},
        {N_("Wheel"), N_("closer or farther; on the timeline: a shorter span")},
        {N_("Timeline"), N_("press or drag to go to a time")},
    };
    static const key_line of_desk[] = {
        {"F2", N_("what everybody may see, in this window")},
        {"F3", N_("the same in a window of its own")},
        {"Shift+L", N_("the audience's language")},
        {"F4", N_("pause for safety")},
        {"F5", N_("type a decision")},
        {"F6", N_("send another inject")},
        {"F7", N_("type a note")},
        {"F8", N_("begin a branch here")},
        {"F9", N_("two branches side by side")},
        {"F10", N_("light, dark")},
    };
    enum { COUNT = sizeof keys / sizeof keys[0], DESK = sizeof of_desk / sizeof of_desk[0] };
    const int desk = view->side_head > 0 ? DESK : 0, count = COUNT + desk, rows = (count + 1) / 2;
    const mu_pen *pen = &view->pen;
    const double u = pen->unit, row = 22 * u, width = 860 * u, height = rows * row + 84 * u;
    const double x = (view->width - width) / 2, y = (view->height - height) / 2;
    mu_draw_rect(pen->list, (mu_box){0, 0, (float)view->width, (float)view->height},
                 (mu_colour){0, 0, 0, 150});
    mu_draw_round_rect(pen->list, (mu_box){(float)x, (float)y, (float)width, (float)height}, 8 * u,
                       pen->theme->panel);
    mu_pen_text(pen, x + 32 * u, y + 40 * u, MU_ALIGN_LEFT, 18, true, pen->theme->ink,
                _("Keys and mouse"));
    for (int i = 0; i < count; i++) {
        const key_line *line = i < desk ? &of_desk[i] : &keys[i - desk];
        const double left = x + 32 * u + (i / rows == 0 ? 0 : width / 2 - 10 * u);
        const double base = y + 74 * u + row * (i % rows);
        mu_pen_text(pen, left, base, MU_ALIGN_LEFT, 12.5, true, pen->theme->accent,
                    called(line->called));
        char text[160];
        mu_type_shorten(pen->type, mu_pen_font(pen, 12.5, false), _(line->meaning),
                        width / 2 - 120 * u, text, sizeof text);
        mu_pen_text(pen, left + 86 * u, base, MU_ALIGN_LEFT, 12.5, false, pen->theme->ink, text);
    }
}
