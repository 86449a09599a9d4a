/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Symbols. Occupants are discs, the site's responders diamonds, units from outside hexagons; the
 * colour says what an occupant is doing and the filling what a responder is. */
#include <math.h>

#include "render/pen.h"

static void shape(const mu_pen *pen, mu_vec at, double r, int corners, double turn,
                  mu_colour colour) {
    mu_draw_fill(pen->list, colour);
    mu_draw_ring_start(pen->list);
    for (int i = 0; i < corners; i++) {
        const double angle = turn + 6.283185307179586 * i / corners;
        mu_draw_point(pen->list, (double)at.x + r * cos(angle), (double)at.y + r * sin(angle));
    }
}

/* A nose in the direction of walking. */
static void nose(const mu_pen *pen, mu_vec at, mu_vec heading, double r, mu_colour colour) {
    const double hx = heading.x, hy = heading.y;
    const mu_vec tip[3] = {
        {at.x + (float)(hx * r * 1.75), at.y + (float)(hy * r * 1.75)},
        {at.x + (float)(hx * r * 0.6 - hy * r * 0.8), at.y + (float)(hy * r * 0.6 + hx * r * 0.8)},
        {at.x + (float)(hx * r * 0.6 + hy * r * 0.8), at.y + (float)(hy * r * 0.6 - hx * r * 0.8)}};
    mu_draw_polygon(pen->list, colour, tip, 3);
}

static void cross(const mu_pen *pen, mu_vec at, double r, double width, mu_colour colour) {
    const double x = at.x, y = at.y;
    mu_draw_segment(pen->list, colour, width, x - r, y - r, x + r, y + r);
    mu_draw_segment(pen->list, colour, width, x - r, y + r, x + r, y - r);
}

static void occupant(const mu_pen *pen, mu_vec at, mu_vec heading, double r,
                     const mu_frame_person *person) {
    const mu_theme *t = pen->theme;
    if (person->tag != MU_TAG_NONE && person->doing == MU_DOING_HURT) {
        mu_symbol_casualty(pen, at, r, person);
        return;
    }
    const mu_colour colour = t->doing[person->doing];
    const double edge = fmax(0.9, r * 0.18);
    if (person->walking != 0) {
        nose(pen, at, heading, r + edge / 2, colour);
    }
    mu_draw_disc(pen->list, at.x, at.y, r + edge, t->panel);
    mu_draw_disc(pen->list, at.x, at.y, r, colour);
    switch ((mu_doing)person->doing) {
    case MU_DOING_USUAL: /* hollow: nothing has reached them */
        mu_draw_disc(pen->list, at.x, at.y, r * 0.55, t->panel);
        break;
    case MU_DOING_TOLD:
        mu_draw_disc(pen->list, at.x, at.y, r * 0.32, t->panel);
        break;
    case MU_DOING_STUCK:
    case MU_DOING_HURT:
        cross(pen, at, r * 0.5, fmax(1, r * 0.3), t->panel);
        break;
    case MU_DOING_SHELTERING:
        mu_draw_rect(pen->list,
                     (mu_box){at.x - (float)(r * 0.45), at.y - (float)(r * 0.45), (float)(r * 0.9),
                              (float)(r * 0.9)},
                     t->panel);
        break;
    case MU_DOING_HELD:
        mu_draw_segment(pen->list, t->panel, fmax(1, r * 0.4), (double)at.x - r * 0.6, at.y,
                        (double)at.x + r * 0.6, at.y);
        break;
    default:
        break;
    }
    if (person->wheels != 0) {
        mu_draw_circle(pen->list, at.x, at.y, r * 1.6, fmax(1, r * 0.25), colour);
    }
}

static void responder(const mu_pen *pen, mu_vec at, mu_vec heading, double r,
                      const mu_frame_person *person) {
    const mu_theme *t = pen->theme;
    const bool outside = person->kind == MU_FRAME_UNIT;
    const mu_colour colour = outside ? t->unit : t->doing[person->doing];
    const int corners = outside ? 6 : 4;
    const double big = outside ? r * 1.3 : r * 1.45;
    if (person->walking != 0) {
        nose(pen, at, heading, r * 1.15, colour);
    }
    shape(pen, at, big + fmax(1, r * 0.25), corners, 0, t->panel);
    shape(pen, at, big, corners, 0, colour);
    switch ((mu_doing)person->doing) {
    case MU_DOING_ON_DUTY:
    case MU_DOING_ROUTINE:
        shape(pen, at, big * 0.55, corners, 0, t->panel);
        break;
    case MU_DOING_GOING:
        mu_draw_disc(pen->list, at.x, at.y, big * 0.26, t->panel);
        break;
    case MU_DOING_TALKING:
        mu_draw_segment(pen->list, t->panel, fmax(1, r * 0.35), (double)at.x - big * 0.4, at.y,
                        (double)at.x + big * 0.4, at.y);
        break;
    default: /* works or holds: solid */
        break;
    }
}

void mu_symbol_person(const mu_pen *pen, mu_vec at, mu_vec heading, double r,
                      const mu_frame_person *person) {
    if (person->kind == MU_FRAME_OCCUPANT) {
        occupant(pen, at, heading, r, person);
    } else {
        responder(pen, at, heading, r, person);
    }
}

static const char *letter_of(uint32_t kind) {
    static const char *const letters[MU_MARK_KIND_COUNT] = {
        [MU_MARK_GUARD_POST] = "G",   [MU_MARK_KEY_POST] = "K", [MU_MARK_OUTER_CORDON] = "O",
        [MU_MARK_INNER_CORDON] = "I", [MU_MARK_COMMAND] = "C",  [MU_MARK_MEDICAL] = "+",
        [MU_MARK_DESK] = "D",         [MU_MARK_ASSEMBLY] = "A", [MU_MARK_ROAD] = "",
        [MU_MARK_CAMERA] = "",        [MU_MARK_EQUIPMENT] = "", [MU_MARK_REFUGE] = "R",
        [MU_MARK_LANE] = "S",         [MU_MARK_WASH] = "W"};
    return letters[kind];
}

void mu_symbol_letter(const mu_pen *pen, mu_vec at, double r, mu_colour colour, const char *said) {
    mu_pen_text(pen, at.x, (double)at.y + r * 0.49, MU_ALIGN_MIDDLE, r * 1.35 / pen->unit, true,
                colour, said);
}

static void post(const mu_pen *pen, mu_vec at, double r, uint32_t kind, bool manned) {
    const mu_theme *t = pen->theme;
    const bool cordon = kind == MU_MARK_OUTER_CORDON || kind == MU_MARK_INNER_CORDON;
    const mu_colour ink = cordon ? t->cordon : t->post_ink;
    mu_draw_disc(pen->list, at.x, at.y, r + 1.2, t->panel);
    mu_draw_disc(pen->list, at.x, at.y, r, manned ? ink : t->panel);
    mu_draw_circle(pen->list, at.x, at.y, r, fmax(1, r * 0.16), manned ? ink : mu_fade(ink, 170));
    mu_symbol_letter(pen, at, r, manned ? t->panel : ink, letter_of(kind));
}

static void camera(const mu_pen *pen, mu_vec at, double r) {
    const mu_colour ink = mu_fade(pen->theme->leaf, 210);
    const float s = (float)r;
    mu_draw_rect(pen->list, (mu_box){at.x - s, at.y - s * 0.5F, s * 1.3F, s}, ink);
    const mu_vec lens[3] = {
        {at.x + s * 0.2F, at.y}, {at.x + s, at.y - s * 0.6F}, {at.x + s, at.y + s * 0.6F}};
    mu_draw_polygon(pen->list, ink, lens, 3);
}

void mu_symbol_mark(const mu_pen *pen, mu_vec at, double r, uint32_t kind, bool manned) {
    const mu_theme *t = pen->theme;
    const float s = (float)r;
    switch ((mu_mark_kind)kind) {
    case MU_MARK_ASSEMBLY:
        mu_draw_round_rect(pen->list,
                           (mu_box){at.x - s * 1.3F, at.y - s * 1.3F, s * 2.6F, s * 2.6F}, r * 0.35,
                           t->assembly);
        mu_symbol_letter(pen, at, r * 1.35, t->panel, letter_of(kind));
        break;
    case MU_MARK_REFUGE:
        mu_draw_round_rect(pen->list, (mu_box){at.x - s, at.y - s, s * 2, s * 2}, r * 0.35,
                           t->doing[MU_DOING_REFUGE]);
        mu_symbol_letter(pen, at, r, t->panel, letter_of(kind));
        break;
    case MU_MARK_LANE:
    case MU_MARK_WASH: {
        const mu_box box = {at.x - s, at.y - s, s * 2, s * 2};
        const mu_colour ink = t->post_ink;
        mu_draw_round_rect(pen->list, box, r * 0.35, manned ? ink : t->panel);
        mu_draw_frame(pen->list, box, fmax(1, r * 0.16), manned ? ink : mu_fade(ink, 170));
        mu_symbol_letter(pen, at, r, manned ? t->panel : ink, letter_of(kind));
        break;
    }
    case MU_MARK_ROAD: {
        const mu_vec arrow[3] = {
            {at.x, at.y - s * 1.1F}, {at.x + s * 1.1F, at.y + s}, {at.x - s * 1.1F, at.y + s}};
        mu_draw_polygon(pen->list, t->road, arrow, 3);
        break;
    }
    case MU_MARK_CAMERA:
        camera(pen, at, r * 0.8);
        break;
    case MU_MARK_EQUIPMENT:
        mu_draw_rect(pen->list, (mu_box){at.x - s * 0.6F, at.y - s * 0.6F, s * 1.2F, s * 1.2F},
                     t->panel);
        mu_draw_frame(pen->list, (mu_box){at.x - s * 0.6F, at.y - s * 0.6F, s * 1.2F, s * 1.2F},
                      fmax(1, r * 0.2), t->leaf);
        break;
    default:
        post(pen, at, r, kind, manned);
    }
}

void mu_symbol_item(const mu_pen *pen, mu_vec at, double r, bool noticed) {
    const mu_theme *t = pen->theme;
    mu_draw_disc(pen->list, at.x, at.y, r * 1.25, t->panel);
    mu_draw_disc(pen->list, at.x, at.y, r, noticed ? t->item : t->panel);
    if (!noticed) {
        mu_draw_circle(pen->list, at.x, at.y, r, fmax(1.5, r * 0.2), t->item);
    }
    cross(pen, at, r * 0.45, fmax(1.5, r * 0.26), noticed ? t->panel : t->item);
}
