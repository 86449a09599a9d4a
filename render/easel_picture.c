/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of floor plans below the drawing: one a level, with its scale, place and turn, kept from
 * one session to the next. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

static const double RADIANS = 0.017453292519943295; /* a degree */
static const double QUARTER = 1.5707963267948966;

mu_easel_picture *mu_easel_picture_now(mu_easel *e) {
    for (uint32_t k = 0; k < e->picture_count; k++) {
        if (e->pictures[k].backdrop.level == e->level) {
            return &e->pictures[k];
        }
    }
    return NULL;
}

void mu_easel_picture_extent(mu_easel *e, mu_point *low, mu_point *high) {
    const mu_easel_picture *p = mu_easel_picture_now(e);
    if (p == NULL) {
        return;
    }
    const mu_backdrop *b = &p->backdrop;
    const double wide = b->image.width * b->metres_per_pixel;
    const double tall = b->image.height * b->metres_per_pixel;
    const double c = cos(b->turned), s = sin(b->turned);
    const mu_point corners[4] = {
        b->corner,
        {b->corner.x + wide * c, b->corner.y + wide * s},
        {b->corner.x + tall * s, b->corner.y - tall * c},
        {b->corner.x + wide * c + tall * s, b->corner.y + wide * s - tall * c}};
    *low = *high = corners[0];
    for (int k = 1; k < 4; k++) {
        *low = (mu_point){fmin(low->x, corners[k].x), fmin(low->y, corners[k].y)};
        *high = (mu_point){fmax(high->x, corners[k].x), fmax(high->y, corners[k].y)};
    }
}

static void keep(mu_easel *e, bool is_step) {
    mu_tracing kept[MU_EASEL_PICTURES];
    for (uint32_t k = 0; k < e->picture_count; k++) {
        const mu_backdrop *b = &e->pictures[k].backdrop;
        kept[k] = (mu_tracing){.file = e->pictures[k].path,
                               .level = b->level,
                               .at = b->corner,
                               .metres_per_pixel = b->metres_per_pixel,
                               .turned_deg = b->turned / RADIANS,
                               .strength = b->strength,
                               .hidden = b->hidden};
    }
    e->under_version++;
    mu_project *p = e->def.project;
    if (!(is_step ? mu_project_change_tracings(p, kept, e->picture_count)
                  : mu_project_keep_tracings(p, kept, e->picture_count))) {
        mu_easel_say(e, true, "%s", _("Where the picture lies cannot be written down"));
    }
}

void mu_easel_change_pictures(mu_easel *e) {
    keep(e, true);
}

void mu_easel_keep_pictures(mu_easel *e) {
    keep(e, false);
}

void mu_easel_drop_pictures(mu_easel *e) {
    while (e->picture_count > 0) {
        mu_backdrop_free(&e->pictures[--e->picture_count].backdrop);
        e->pictures[e->picture_count] = (mu_easel_picture){0};
    }
    e->under_version++;
}

/* The place of the picture of a level: its own, or a new one; NULL where there are too many. */
static mu_easel_picture *place_for(mu_easel *e, uint32_t level) {
    for (uint32_t k = 0; k < e->picture_count; k++) {
        if (e->pictures[k].backdrop.level == level) {
            mu_backdrop_free(&e->pictures[k].backdrop);
            return &e->pictures[k];
        }
    }
    return e->picture_count < MU_EASEL_PICTURES ? &e->pictures[e->picture_count++] : NULL;
}

/* At first as wide as what is in view, in the middle of it. */
static void put_in_view(const mu_easel *e, mu_backdrop *b) {
    const mu_box view = mu_easel_plan_box(e);
    const double wide = (double)view.width / e->camera.scale * 0.9;
    const double tall = (double)view.height / e->camera.scale * 0.9;
    b->metres_per_pixel = fmin(wide / b->image.width, tall / b->image.height);
    b->corner = (mu_point){e->camera.x - b->image.width * b->metres_per_pixel / 2,
                           e->camera.y + b->image.height * b->metres_per_pixel / 2};
}

void mu_easel_take_picture(mu_easel *e, mu_image image, const char *path,
                           const mu_tracing *tracing) {
    mu_easel_picture *p = place_for(e, tracing != NULL ? tracing->level : e->level);
    if (p == NULL) {
        free(image.pixels);
        mu_easel_say(e, true, "%s", _("There are too many pictures"));
        return;
    }
    mu_backdrop *b = &p->backdrop;
    *b = (mu_backdrop){.image = image, .level = e->level, .strength = 0.75};
    (void)snprintf(p->path, sizeof p->path, "%s", path);
    e->under_version++;
    if (tracing != NULL) {
        b->level = tracing->level;
        b->corner = tracing->at;
        b->metres_per_pixel = tracing->metres_per_pixel;
        b->turned = tracing->turned_deg * RADIANS;
        b->strength = tracing->strength;
        b->hidden = tracing->hidden;
        return;
    }
    put_in_view(e, b);
    mu_easel_change_pictures(e);
    mu_easel_choose_tool(e, MU_TOOL_SCALE);
    mu_easel_say(e, false,
                 _("Click two points of the picture whose distance you know, and type it"));
}

void mu_easel_drop_picture(mu_easel *e) {
    mu_easel_picture *p = mu_easel_picture_now(e);
    if (p != NULL) {
        mu_backdrop_free(&p->backdrop);
        *p = e->pictures[--e->picture_count];
        e->pictures[e->picture_count] = (mu_easel_picture){0};
        mu_easel_change_pictures(e);
    }
}

void mu_easel_turn_picture(mu_easel *e, double degrees) {
    mu_easel_picture *p = mu_easel_picture_now(e);
    if (p == NULL) {
        return;
    }
    /* about its middle, so that it stays in view */
    mu_backdrop *b = &p->backdrop;
    const double wide = b->image.width * b->metres_per_pixel / 2;
    const double tall = b->image.height * b->metres_per_pixel / 2;
    const double c = cos(b->turned), s = sin(b->turned);
    const mu_point middle = {b->corner.x + wide * c + tall * s, b->corner.y + wide * s - tall * c};
    b->turned = remainder(degrees * RADIANS, 4 * QUARTER);
    const double to_c = cos(b->turned), to_s = sin(b->turned);
    b->corner =
        (mu_point){middle.x - wide * to_c - tall * to_s, middle.y - wide * to_s + tall * to_c};
    mu_easel_change_pictures(e);
}

void mu_easel_level_picture(mu_easel *e) {
    mu_easel_picture *p = mu_easel_picture_now(e);
    if (p != NULL && e->point_count == 2) {
        const double now = atan2(e->points[1].y - e->points[0].y, e->points[1].x - e->points[0].x);
        const double off = remainder(now, QUARTER);
        e->point_count = 0;
        mu_easel_turn_picture(e, (p->backdrop.turned - off) / RADIANS);
        mu_easel_say(e, false, _("Turned by %.2f°"), -off / RADIANS);
    }
}

/* --- on the left --- */

static bool small_button(mu_easel *e, double x, double y, double width, const char *text) {
    const double u = e->pen.unit;
    const mu_box box = {(float)x, (float)y, (float)width, (float)(24 * u)};
    return mu_ui_button(&e->ui, box, text, MU_UI_PLAIN);
}

static double draw_strength(mu_easel *e, mu_backdrop *b, double x, double y, double width) {
    const double u = e->pen.unit, w = 30 * u;
    char text[60];
    (void)snprintf(text, sizeof text, _("Strength %.0f %%"), b->strength * 100);
    mu_pen_text(&e->pen, x, y + 16 * u, MU_ALIGN_LEFT, 12, false, e->pen.theme->ink, text);
    const double before = b->strength;
    if (small_button(e, x + width - 2 * w - 4 * u, y, w, "−")) {
        b->strength = fmax(b->strength - 0.1, 0.1);
    }
    if (small_button(e, x + width - w, y, w, "+")) {
        b->strength = fmin(b->strength + 0.1, 1);
    }
    if (fabs(b->strength - before) > 0) {
        mu_easel_keep_pictures(e);
    }
    return y + 30 * u;
}

/* Only once there is one: how it lies. */
static double draw_place(mu_easel *e, mu_easel_picture *p, double x, double y, double width) {
    const double u = e->pen.unit, half = (width - 6 * u) / 2;
    if (e->ui.focus != MU_FOCUS_TURN) {
        char text[40];
        (void)snprintf(text, sizeof text, "%.2f", p->backdrop.turned / RADIANS + 0.0);
        mu_edit_set(&e->turn_edit, text);
    }
    const mu_box turn = {(float)x, (float)(y + 18 * u), (float)half, (float)(26 * u)};
    (void)mu_ui_field(&e->ui, MU_FOCUS_TURN, turn, _("Turned (°)"), &e->turn_edit);
    if (e->ui.focus == MU_FOCUS_TURN && mu_ui_take_key(&e->ui, MU_KEY_ENTER)) {
        e->ui.focus = 0;
        double degrees;
        if (mu_easel_number(&e->turn_edit, &degrees)) {
            mu_easel_turn_picture(e, degrees);
        } else {
            mu_easel_say(e, true, _("'%s' is no number that can be"), e->turn_edit.text);
        }
    }
    const mu_box level = {(float)(x + half + 6 * u), (float)(y + 18 * u), (float)half,
                          (float)(26 * u)};
    if (mu_ui_button(&e->ui, level, _("Straighten"),
                     e->point_count == 2 ? MU_UI_PLAIN : MU_UI_OFF)) {
        mu_easel_level_picture(e);
    }
    y = draw_strength(e, &p->backdrop, x, y + 52 * u, width);
    if (small_button(e, x, y, half, p->backdrop.hidden ? _("Show (B)") : _("Hide (B)"))) {
        p->backdrop.hidden = !p->backdrop.hidden;
        mu_easel_keep_pictures(e);
    }
    if (small_button(e, x + half + 6 * u, y, half, _("Remove"))) {
        mu_easel_drop_picture(e);
    }
    return y + 32 * u;
}

double mu_easel_draw_picture(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit;
    mu_easel_picture *p = mu_easel_picture_now(e);
    if (e->ui.focus != MU_FOCUS_PICTURE) {
        mu_edit_set(&e->picture_edit, p != NULL ? p->path : "");
    }
    const mu_box path = {(float)x, (float)(y + 18 * u), (float)width, (float)(26 * u)};
    (void)mu_ui_field(&e->ui, MU_FOCUS_PICTURE, path, _("Picture of the plan"), &e->picture_edit);
    if (e->ui.focus == MU_FOCUS_PICTURE && mu_ui_take_key(&e->ui, MU_KEY_ENTER)) {
        (void)snprintf(e->picture_path, sizeof e->picture_path, "%s", e->picture_edit.text);
        e->wants |= MU_EASEL_WANTS_PICTURE;
        e->ui.focus = 0;
    }
    y += 50 * u;
    if (p == NULL || e->tool != MU_TOOL_SCALE) {
        return y;
    }
    const mu_box distance = {(float)x, (float)(y + 18 * u), (float)width, (float)(26 * u)};
    (void)mu_ui_field(&e->ui, MU_FOCUS_DISTANCE, distance, _("Their distance (m)"),
                      &e->distance_edit);
    if (e->ui.focus == MU_FOCUS_DISTANCE && mu_ui_take_key(&e->ui, MU_KEY_ENTER)) {
        e->ui.focus = 0;
        mu_easel_finish(e);
    }
    return draw_place(e, p, x, y + 50 * u, width);
}
