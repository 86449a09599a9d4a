/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of a try and of a run, and what is wrong. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "render/easel.h"
#include "render/i18n.h"

static double seconds(void) {
    struct timespec now;
    (void)timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void say_why_not(mu_easel *e) {
    uint32_t count;
    const mu_fault *faults = mu_project_faults(e->def.project, &count);
    mu_easel_say(e, true, "%s%s%s", _("It cannot be played yet"), count > 0 ? ": " : "",
                 count > 0 ? faults[0].text : "");
}

void mu_easel_try(mu_easel *e) {
    const double began = seconds();
    e->preview = mu_project_preview(e->def.project);
    e->preview_s = seconds() - began;
    e->tried_version = mu_project_version(e->def.project);
    e->outcome = NULL;
    e->faults_known = true;
    if (e->preview == NULL) {
        say_why_not(e);
    } else {
        mu_easel_say(e, false, _("Tried in %.3f s"), e->preview_s);
    }
}

/* An incident where there is none yet: a suitcase in what is chosen, or in the first lobby or
 * corridor. */
static bool have_incident(mu_easel *e) {
    mu_project *p = e->def.project;
    if (mu_project_find_paper(p, MU_PAPER_INCIDENT) != MU_NOWHERE) {
        return true;
    }
    mu_easel_say(e, true, "%s", _("There is no incident yet: make one on the page Incident (F4)"));
    return false;
}

void mu_easel_run(mu_easel *e) {
    enum { RUNS = 5 };
    if (!have_incident(e)) {
        return;
    }
    const double began = seconds();
    e->gap = MU_NOWHERE;
    e->outcome = mu_project_run(e->def.project, RUNS, e->pen.language);
    e->faults_known = true;
    if (e->outcome == NULL) {
        say_why_not(e);
    } else {
        e->page = MU_EASEL_PLAN;
        mu_easel_say(e, false, _("Played %u times in %.2f s; F10 writes the report"),
                     e->outcome->reps, seconds() - began);
    }
}

/* --- on the right side --- */

static double row(const mu_easel *e, double x, double y, double width, const char *name,
                  const char *value, bool bad) {
    const double u = e->pen.unit;
    char shown[200];
    mu_type_shorten(e->pen.type, mu_pen_font(&e->pen, 12.5, false), name,
                    width - mu_pen_width(&e->pen, 12.5, true, value) - 12 * u, shown, sizeof shown);
    mu_pen_text(&e->pen, x, y + 13 * u, MU_ALIGN_LEFT, 12.5, false, e->pen.theme->ink, shown);
    mu_pen_text(&e->pen, x + width, y + 13 * u, MU_ALIGN_RIGHT, 12.5, true,
                bad ? e->pen.theme->missed : e->pen.theme->ink, value);
    return y + 19 * u;
}

static double head(const mu_easel *e, double x, double y, double width, const char *text,
                   bool stale) {
    const double u = e->pen.unit;
    mu_pen_text(&e->pen, x, y + 14 * u, MU_ALIGN_LEFT, 13.5, true,
                stale ? e->pen.theme->soft : e->pen.theme->ink, text);
    if (stale) {
        mu_pen_text(&e->pen, x + width, y + 14 * u, MU_ALIGN_RIGHT, 11.5, true, e->pen.theme->late,
                    _("of an earlier state"));
    }
    return y + 22 * u;
}

/* What of the try lies over the plan, and whether it is made again as one draws. */
static double draw_heat_choice(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit, w = (width - 12 * u) / 3;
    const struct {
        const char *name;
        bool on;
    } choices[] = {{_("Last out"), e->heat == MU_HEAT_LAST},
                   {_("Fullest"), e->heat == MU_HEAT_DENSITY},
                   {_("As I draw"), e->live}};
    for (uint32_t k = 0; k < 3; k++) {
        const mu_box box = {(float)(x + k * (w + 6 * u)), (float)(y + 4 * u), (float)w,
                            (float)(24 * u)};
        if (!mu_ui_button(&e->ui, box, choices[k].name, choices[k].on ? MU_UI_ON : MU_UI_PLAIN)) {
            continue;
        }
        if (k == 2) {
            e->live = !e->live;
            e->heat = e->live && e->heat == MU_HEAT_NONE ? MU_HEAT_LAST : e->heat;
        } else {
            e->heat = choices[k].on ? MU_HEAT_NONE : k == 0 ? MU_HEAT_LAST : MU_HEAT_DENSITY;
        }
    }
    return y + 34 * u;
}

/* A door or a flight with what came of it; a click shows it on the plan. */
static double portal_row(mu_easel *e, double x, double y, double width, uint32_t portal,
                         const char *value, bool bad) {
    const double u = e->pen.unit;
    const mu_subject subject = {MU_SUBJECT_PORTAL, portal};
    const mu_box box = {(float)(x - 4 * u), (float)y, (float)(width + 8 * u), (float)(18.5 * u)};
    char name[200];
    if (mu_ui_row(&e->ui, box, false)) {
        mu_easel_show_subject(e, subject);
    }
    mu_project_call(e->def.project, subject, e->pen.language, name, sizeof name);
    return row(e, x, y, width, name, value, bad);
}

static double draw_preview(mu_easel *e, double x, double y, double width) {
    const mu_preview *p = e->preview;
    const mu_scenery *scene = mu_project_scene(e->def.project);
    const bool stale = p->version != mu_project_version(e->def.project);
    char value[60];
    y = head(e, x, y, width, _("Everybody leaves"), stale);
    (void)snprintf(value, sizeof value, "%u / %u", p->left, p->persons);
    y = row(e, x, y, width, p->people_are_guessed ? _("People, guessed by use") : _("People out"),
            value, p->left < p->persons);
    (void)snprintf(value, sizeof value, "%.0f · %.0f s", p->mean_s, p->p95_s);
    y = row(e, x, y, width, _("On average · 95 in 100 by"), value, false);
    (void)snprintf(value, sizeof value, "%.0f s", p->last_s);
    y = row(e, x, y, width, _("The last one"), value, false);
    y = draw_heat_choice(e, x, y, width);
    for (uint32_t k = 0; !stale && k < p->exit_count && k < 3; k++) {
        if (p->exits[k].portal < scene->portal_count) {
            (void)snprintf(value, sizeof value, _("%u out"), p->exits[k].persons);
            y = portal_row(e, x, y, width, p->exits[k].portal, value, false);
        }
    }
    for (uint32_t k = 0; !stale && k < p->queue_count && k < 2; k++) {
        if (p->queues[k].portal < scene->portal_count && p->queues[k].most > 1) {
            (void)snprintf(value, sizeof value, _("%u wait"), p->queues[k].most);
            y = portal_row(e, x, y, width, p->queues[k].portal, value, true);
        }
    }
    return y + 8 * e->pen.unit;
}

/* The clauses missed, each with the number of its mark on the plan. */
static double draw_gap_rows(mu_easel *e, double x, double y, double width) {
    const mu_outcome *o = e->outcome;
    const double u = e->pen.unit;
    const uint32_t most = e->chosen_count == 0 ? 13 : 5;
    for (uint32_t k = 0; k < o->gap_count; k++) {
        const mu_outcome_gap *gap = &o->gaps[k];
        char name[400], value[60];
        if (k == most) {
            (void)snprintf(value, sizeof value, _("and %u more"), o->gap_count - k);
            return row(e, x, y, width, value, "", false);
        }
        const mu_box one = {(float)(x - 4 * u), (float)y, (float)(width + 8 * u),
                            (float)(18.5 * u)};
        if (mu_ui_row(&e->ui, one, false)) {
            mu_easel_show_gap(e, k);
        }
        (void)snprintf(name, sizeof name, "%u · %s %s", k + 1, gap->clause,
                       mu_text_in(gap->text, e->pen.language));
        (void)snprintf(value, sizeof value, "%.0f %%", isfinite(gap->share) ? gap->share * 100 : 0);
        y = row(e, x, y, width, name, value, true);
    }
    return y;
}

static double draw_outcome(mu_easel *e, double x, double y, double width) {
    const mu_outcome *o = e->outcome;
    const double u = e->pen.unit;
    const bool stale = o->version != mu_project_version(e->def.project);
    char value[120];
    y = head(e, x, y, width, _("The incident, predicted"), stale);
    (void)snprintf(value, sizeof value, _("%u met · %u missed"), o->met, o->missed);
    y = row(e, x, y, width, _("Clauses"), value, o->missed > 0);
    if (isfinite(o->p95_s)) {
        (void)snprintf(value, sizeof value, "%.0f s", o->p95_s);
        y = row(e, x, y, width, _("95 in 100 are out by"), value, false);
    }
    if (e->gap < o->gap_count) {
        y = mu_easel_draw_gap(e, x, y + 4 * u, width);
    } else {
        y = draw_gap_rows(e, x, y, width);
    }
    if (e->gap < o->gap_count) {
        return y;
    }
    const mu_box report = {(float)x, (float)(y + 4 * u), (float)width, (float)(28 * u)};
    if (mu_ui_button(&e->ui, report, _("Write and open the report (F10)"), MU_UI_MAIN)) {
        e->wants |= MU_EASEL_WANTS_REPORT;
    }
    return y + 42 * u;
}

double mu_easel_draw_result(mu_easel *e, double x, double y, double width) {
    if (e->outcome != NULL) {
        return draw_outcome(e, x, y, width);
    }
    return e->preview != NULL ? draw_preview(e, x, y, width) : y;
}

/* --- faults --- */

/* Where something is drawn; false where it is not. */
static bool place_of(const mu_scenery *scene, mu_subject subject, uint32_t *level, mu_point *at) {
    if (subject.kind == MU_SUBJECT_ROOM) {
        const mu_scenery_room *room = &scene->rooms[subject.index];
        *level = room->level;
        *at = (mu_point){(room->low.x + room->high.x) / 2, (room->low.y + room->high.y) / 2};
        return true;
    }
    if (subject.kind == MU_SUBJECT_PORTAL) {
        *level = scene->portals[subject.index].level;
        *at = scene->portals[subject.index].line[0];
        return true;
    }
    for (uint32_t m = 0; m < scene->mark_count; m++) {
        if (scene->marks[m].subject.kind == subject.kind &&
            scene->marks[m].subject.index == subject.index) {
            *level = scene->marks[m].level;
            *at = scene->marks[m].at;
            return true;
        }
    }
    return false;
}

void mu_easel_show_subject(mu_easel *e, mu_subject subject) {
    uint32_t level = e->level;
    mu_point at = {e->camera.x, e->camera.y};
    e->page = MU_EASEL_PLAN;
    if (place_of(mu_project_scene(e->def.project), subject, &level, &at)) {
        mu_easel_look_at(e, level, at);
    }
    mu_easel_choose(e, subject, false);
}

void mu_easel_go_to(mu_easel *e, const mu_fault *fault) {
    if (fault->subject.kind != MU_SUBJECT_NOTHING) {
        mu_easel_show_subject(e, fault->subject);
    } else if (fault->paper != MU_NOWHERE && fault->pointer != NULL) {
        static const mu_easel_page pages[MU_PAPER_KIND_COUNT] = {
            [MU_PAPER_SITE] = MU_EASEL_SITE,         [MU_PAPER_ROSTER] = MU_EASEL_PEOPLE,
            [MU_PAPER_INCIDENT] = MU_EASEL_INCIDENT, [MU_PAPER_POLICY] = MU_EASEL_POLICY,
            [MU_PAPER_PLAYBOOK] = MU_EASEL_PLAYBOOK, [MU_PAPER_OTHER] = MU_EASEL_MORE};
        char pointer[MU_EASEL_POINTER];
        const mu_easel_page page = pages[mu_project_paper(e->def.project, fault->paper).kind];
        (void)snprintf(pointer, sizeof pointer, "%s", fault->pointer);
        e->papers[page] = fault->paper;
        mu_easel_open_page(e, page);
        /* up to the record that the fault is in */
        for (char *slash = strrchr(pointer, '/');
             slash != NULL &&
             mu_project_form(e->def.project, fault->paper, pointer, e->pen.language) == NULL;
             slash = strrchr(pointer, '/')) {
            *slash = '\0';
        }
        mu_easel_show_form(&e->whole, fault->paper, pointer);
    }
}

static mu_colour severity_colour(const mu_easel *e, mu_severity severity) {
    return severity == MU_ERROR     ? e->pen.theme->missed
           : severity == MU_WARNING ? e->pen.theme->late
                                    : e->pen.theme->soft;
}

double mu_easel_draw_faults(mu_easel *e, mu_box box) {
    const mu_pen *pen = &e->pen;
    const double u = pen->unit, bottom = (double)(box.y + box.height) - 6 * u;
    uint32_t count;
    const mu_fault *faults = mu_project_faults(e->def.project, &count);
    const bool empty = mu_project_scene(e->def.project)->room_count == 0;
    count = empty ? 0 : count; /* that nothing is there is no fault yet */
    mu_draw_rect(pen->list, (mu_box){box.x, box.y, box.width, (float)u}, pen->theme->line);
    char text[160];
    if (!e->faults_known) {
        (void)snprintf(text, sizeof text, "%s", _("Checking …"));
    } else if (count == 0) {
        (void)snprintf(text, sizeof text, "%s",
                       empty ? _("Nothing is drawn yet") : _("Nothing is wrong"));
    } else {
        (void)snprintf(text, sizeof text, P_("%u thing to look at", "%u things to look at", count),
                       count);
    }
    mu_pen_text(pen, (double)box.x, (double)box.y + 20 * u, MU_ALIGN_LEFT, 13, true,
                e->faults_known && count == 0 && !empty ? pen->theme->met : pen->theme->ink, text);
    double y = (double)box.y + 28 * u;
    for (uint32_t k = 0; e->faults_known && k < count; k++) {
        const double height = mu_pen_paragraph(pen, 0, 0, (double)box.width - 18 * u, 12, false,
                                               pen->theme->ink, faults[k].text, 2, false) +
                              6 * u;
        if (y + height > bottom) {
            (void)snprintf(text, sizeof text, _("and %u more"), count - k);
            mu_pen_text(pen, (double)box.x + 14 * u, y + 10 * u, MU_ALIGN_LEFT, 11.5, true,
                        pen->theme->soft, text);
            break;
        }
        const mu_box one = {box.x - (float)(4 * u), (float)y, box.width + (float)(8 * u),
                            (float)height};
        const bool clicked = mu_ui_row(&e->ui, one, false);
        if (mu_ui_over(&e->ui, one) && faults[k].advice != NULL) {
            e->hint = faults[k].advice;
        }
        mu_draw_disc(pen->list, (double)box.x + 4 * u, y + 10 * u, 3.5 * u,
                     severity_colour(e, faults[k].severity));
        (void)mu_pen_paragraph(pen, (double)box.x + 14 * u, y + 2 * u, (double)box.width - 18 * u,
                               12, false, pen->theme->ink, faults[k].text, 2, true);
        y += height;
        if (clicked) {
            mu_easel_go_to(e, &faults[k]);
            break;
        }
    }
    return y;
}
