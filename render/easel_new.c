/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing is drawn yet: a few questions, and there is something to change. Whoever takes up a tool
 * or a picture draws instead. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "muster/template.h"
#include "render/easel.h"
#include "render/i18n.h"

enum { NAME_ID = 4400, FLOORS_ID, PERSONS_ID };

static bool has_picture(const mu_easel *e) {
    bool any = false;
    for (uint32_t k = 0; k < MU_EASEL_PICTURES; k++) {
        any = any || e->pictures[k].backdrop.image.pixels != NULL;
    }
    return any;
}

bool mu_easel_offers_new(const mu_easel *e) {
    return e->page == MU_EASEL_PLAN && e->tool == MU_TOOL_SELECT && !has_picture(e) &&
           mu_project_paper_count(e->def.project) == 1 &&
           mu_project_paper(e->def.project, 0).is_new &&
           mu_project_scene(e->def.project)->room_count == 0;
}

static const char *name_of(const char *word) {
    static const char *const names[][2] = {
        {"office", N_("Office building")},  {"mall", N_("Shopping mall")},
        {"school", N_("School")},           {"hospital", N_("Hospital")},
        {"data-centre", N_("Data centre")}, {"transport", N_("Transport hall")}};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        if (strcmp(names[k][0], word) == 0) {
            return _(names[k][1]);
        }
    }
    return word;
}

static void choose(mu_easel *e, uint32_t kind) {
    char text[20];
    e->tables.template = kind;
    (void)snprintf(text, sizeof text, "%u", mu_templates[kind].floors);
    mu_edit_set(&e->tables.floors, text);
    (void)snprintf(text, sizeof text, "%u", mu_templates[kind].persons);
    mu_edit_set(&e->tables.persons, text);
    e->ui.again = true;
}

/* A whole number within its bounds; 0: it is none. */
static uint32_t number(const mu_edit *edit, uint32_t most) {
    char *end = NULL;
    const unsigned long value = strtoul(edit->text, &end, 10);
    return end != edit->text && *end == '\0' && value >= 1 && value <= most ? (uint32_t)value : 0;
}

static void draw_it(mu_easel *e) {
    const mu_easel_tables *t = &e->tables;
    const mu_template_given given = {.word = mu_templates[t->template].word,
                                     .name = t->site_name.length > 0
                                                 ? t->site_name.text
                                                 : name_of(mu_templates[t->template].word),
                                     .floors = number(&t->floors, MU_TEMPLATE_FLOORS_MOST),
                                     .persons = number(&t->persons, MU_TEMPLATE_PERSONS_MOST)};
    if (given.floors == 0 || given.persons == 0) {
        mu_easel_say(e, true, _("Storeys from 1 to %d, people from 1 to %d"),
                     MU_TEMPLATE_FLOORS_MOST, MU_TEMPLATE_PERSONS_MOST);
        return;
    }
    if (!mu_template_draw(e->def.project, &given)) {
        mu_easel_say(e, true, "%s", _("the scenario could not be made"));
        return;
    }
    mu_easel_lay(e, true);
    mu_easel_say(e, false, "%s",
                 _("Drawn, with people and a suspicious item; change what you like, F9 plays it"));
    e->ui.focus = 0;
    e->ui.again = true;
}

static void draw_kinds(mu_easel *e, mu_box card) {
    const double u = e->pen.unit, w = ((double)card.width - 48 * u) / 3;
    for (uint32_t k = 0; mu_templates[k].word != NULL; k++) {
        const mu_box box = {(float)((double)card.x + 20 * u + (k % 3) * (w + 4 * u)),
                            (float)((double)card.y + 78 * u + (k / 3) * 36 * u), (float)w,
                            (float)(30 * u)};
        if (mu_ui_button(&e->ui, box, name_of(mu_templates[k].word),
                         e->tables.template == k ? MU_UI_ON : MU_UI_PLAIN)) {
            choose(e, k);
        }
    }
}

void mu_easel_draw_new(mu_easel *e) {
    if (!mu_easel_offers_new(e)) {
        return;
    }
    if (e->tables.floors.length == 0 && e->ui.focus != FLOORS_ID && e->tables.persons.length == 0) {
        choose(e, e->tables.template);
    }
    const mu_pen *pen = &e->pen;
    const double u = pen->unit;
    const mu_box plan = mu_easel_plan_box(e);
    const mu_box card = {plan.x + plan.width / 2 - (float)(270 * u),
                         plan.y + plan.height / 2 - (float)(170 * u), (float)(540 * u),
                         (float)(310 * u)};
    mu_draw_round_rect(pen->list, card, 8 * u, pen->theme->line);
    mu_draw_round_rect(pen->list,
                       (mu_box){card.x + (float)u, card.y + (float)u, card.width - (float)(2 * u),
                                card.height - (float)(2 * u)},
                       7 * u, pen->theme->panel);
    const double x = (double)card.x + 20 * u, y = card.y;
    mu_pen_text(pen, x, y + 34 * u, MU_ALIGN_LEFT, 18, true, pen->theme->ink,
                _("Nothing is drawn yet"));
    mu_pen_text(pen, x, y + 58 * u, MU_ALIGN_LEFT, 12.5, false, pen->theme->soft,
                _("Begin from a template; or drop a picture of a plan here, or take up a tool."));
    draw_kinds(e, card);
    mu_pen_text(pen, x, y + 168 * u, MU_ALIGN_LEFT, 12.5, false, pen->theme->soft,
                _(mu_templates[e->tables.template].meaning));
    const float row = (float)(y + 204 * u), tall = (float)(28 * u);
    (void)mu_ui_field(&e->ui, NAME_ID, (mu_box){(float)x, row, (float)(236 * u), tall},
                      _("What is it called"), &e->tables.site_name);
    (void)mu_ui_field(&e->ui, FLOORS_ID,
                      (mu_box){(float)(x + 248 * u), row, (float)(120 * u), tall},
                      _("How many storeys"), &e->tables.floors);
    (void)mu_ui_field(&e->ui, PERSONS_ID,
                      (mu_box){(float)(x + 380 * u), row, (float)(120 * u), tall},
                      _("How many people"), &e->tables.persons);
    const bool entered =
        e->ui.focus >= NAME_ID && e->ui.focus <= PERSONS_ID && mu_ui_take_key(&e->ui, MU_KEY_ENTER);
    const mu_box go = {(float)x, (float)(y + 252 * u), (float)(500 * u), (float)(34 * u)};
    if (mu_ui_button(&e->ui, go, _("Draw it"), MU_UI_MAIN) || entered) {
        draw_it(e);
    }
}
