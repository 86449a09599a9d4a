/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues: everybody who waits stands on a spot of colour, and beside what they wait for is how many
 * they are. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/art.h"

static const double NEAR = 30; /* in units of the design */

static mu_colour colour_of(const mu_pen *pen) {
    return pen->theme->late;
}

void mu_symbol_waiting(const mu_pen *pen, mu_vec at, double r) {
    mu_draw_disc(pen->list, at.x, at.y, r * 2, mu_fade(colour_of(pen), 120));
}

/* Hollow: counted, and not placed by the model. */
void mu_symbol_token(const mu_pen *pen, mu_vec at, mu_vec along, double r, bool vehicle) {
    const mu_theme *t = pen->theme;
    if (!vehicle) {
        mu_draw_disc(pen->list, at.x, at.y, r, t->panel);
        mu_draw_circle(pen->list, at.x, at.y, r, fmax(1, r * 0.3), colour_of(pen));
        return;
    }
    const double c = (double)along.x,
                 s = (double)along.y; /* a car of 4.5 by 1.8 m, where r is half of that */
    mu_draw_path(pen->list, colour_of(pen), fmax(1, r * 0.25), true);
    for (int k = 0; k < 4; k++) {
        const double far = (k == 0 || k == 3 ? 2.5 : -2.5) * r, wide = (k < 2 ? 1 : -1) * r;
        mu_draw_point(pen->list, (double)at.x + c * far - s * wide,
                      (double)at.y + s * far + c * wide);
    }
}

static void draw_tokens(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame) {
    for (uint32_t i = 0; i < frame->token_count; i++) {
        const mu_frame_token *one = &frame->tokens[i];
        const mu_sheet *sheet = mu_camera_shows(camera, one->level, one->at);
        if (sheet != NULL) { /* the plan's y goes up, the picture's down */
            const mu_vec along = {(float)one->along.x, (float)-one->along.y};
            mu_symbol_token(pen, mu_camera_map(camera, sheet, one->at), along,
                            fmax((one->vehicle != 0 ? 0.9 : 0.25) * camera->scale, 2.2 * pen->unit),
                            one->vehicle != 0);
        }
    }
}

void mu_art_waiting(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame) {
    draw_tokens(pen, camera, frame);
    for (uint32_t p = 0; p < frame->people_count; p++) {
        const mu_frame_person *one = &frame->people[p];
        const mu_sheet *sheet = mu_camera_shows(camera, one->level, one->at);
        if (sheet != NULL && one->waits != 0) {
            mu_symbol_waiting(pen, mu_camera_map(camera, sheet, one->at),
                              mu_art_person_radius(pen, camera, one));
        }
    }
}

static bool overlaps_any(mu_box a, const mu_box *taken, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const mu_box b = taken[i];
        if (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
            b.y < a.y + a.height) {
            return true;
        }
    }
    return false;
}

/* One number of the picture: that of a queue, with those of others so near that nobody could tell
 * them apart at this scale. */
typedef struct said {
    const mu_frame_queue *queue; /* the longest of them */
    uint32_t count;
    mu_vec head;
    mu_box box;
} said;

static bool is_longer(const mu_frame_queue *a, const mu_frame_queue *b) {
    return a->count != b->count ? a->count > b->count : a < b;
}

static uint32_t gather(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame,
                       said *out) {
    uint32_t count = 0;
    for (uint32_t q = 0; q < frame->queue_count; q++) {
        const mu_frame_queue *queue = &frame->queues[q];
        const mu_sheet *sheet = mu_camera_shows(camera, queue->level, queue->at);
        if (sheet == NULL) {
            continue;
        }
        const mu_vec head = mu_camera_map(camera, sheet, queue->at);
        uint32_t near = 0;
        while (near < count && (out[near].queue->level != queue->level ||
                                hypot((double)(out[near].head.x - head.x),
                                      (double)(out[near].head.y - head.y)) > NEAR * pen->unit)) {
            near++;
        }
        if (near == count && count < MU_QUEUES_MOST) {
            out[count++] = (said){queue, queue->count, head, {0, 0, 0, 0}};
        } else if (near < count) {
            out[near].count += queue->count;
            if (is_longer(queue, out[near].queue)) {
                out[near].queue = queue;
                out[near].head = head;
            }
        }
    }
    return count;
}

static void measure(const mu_pen *pen, said *s) {
    char number[24];
    (void)snprintf(number, sizeof number, "%u", s->count);
    s->box.width = (float)(mu_pen_width(pen, 13, true, number) + 30 * pen->unit);
    s->box.height = (float)(20 * pen->unit);
}

/* Beyond what the queue waits for, so that nobody in it is covered, or else to a side. */
static bool place(const mu_pen *pen, const mu_camera *camera, said *s, const mu_box *taken,
                  uint32_t count) {
    static const double turns[] = {0, 0.7, -0.7, 1.5, -1.5};
    const mu_sheet *sheet = mu_camera_sheet(camera, s->queue->level);
    const mu_vec from = mu_camera_map(camera, sheet, s->queue->middle);
    const double angle = atan2((double)(s->head.y - from.y), (double)(s->head.x - from.x) + 1e-9);
    const double wide = s->box.width, high = s->box.height;
    for (int k = 0; k < 5; k++) {
        const double dx = cos(angle + turns[k]), dy = sin(angle + turns[k]);
        const double far = 6 * pen->unit + fabs(dx) * wide / 2 + fabs(dy) * high / 2;
        s->box.x = (float)((double)s->head.x + dx * far - wide / 2);
        s->box.y = (float)((double)s->head.y + dy * far - high / 2);
        if (mu_box_has(camera->view, s->box.x, s->box.y) &&
            mu_box_has(camera->view, (double)s->box.x + wide, (double)s->box.y + high) &&
            !overlaps_any(s->box, taken, count)) {
            return true;
        }
    }
    return false;
}

static int longest_first(const void *a, const void *b) {
    const said *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count) - (x->count > y->count)
                                : (x->queue > y->queue) - (x->queue < y->queue);
}

/* Where nothing is free, the shortest have none. */
static uint32_t lay(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                    const mu_frame *frame, said *out) {
    mu_box taken[MU_SHEETS_MOST + MU_QUEUES_MOST];
    uint32_t count = 0, boxes = 0;
    for (uint32_t s = 0; camera->sheet_count > 1 && s < camera->sheet_count; s++) {
        taken[boxes++] = mu_art_title_box(pen, art, camera, &camera->sheets[s]);
    }
    const uint32_t all = gather(pen, camera, frame, out);
    qsort(out, all, sizeof *out, longest_first);
    for (uint32_t i = 0; i < all; i++) {
        said one = out[i];
        measure(pen, &one);
        if (mu_box_has(camera->view, one.head.x, one.head.y) &&
            place(pen, camera, &one, taken, boxes)) {
            taken[boxes++] = one.box;
            out[count++] = one;
        }
    }
    return count;
}

static void draw_number(const mu_pen *pen, const said *s) {
    const mu_theme *t = pen->theme;
    const mu_box box = s->box;
    const double u = pen->unit, middle = (double)box.y + (double)box.height / 2;
    char number[24];
    (void)snprintf(number, sizeof number, "%u", s->count);
    mu_draw_segment(pen->list, colour_of(pen), 1.2 * u, s->head.x, s->head.y,
                    (double)box.x + (double)box.width / 2, middle);
    mu_draw_round_rect(pen->list, box, 3 * u, t->panel);
    mu_draw_frame(pen->list, box, 1.4 * u, colour_of(pen));
    for (int i = 0; i < 3; i++) { /* three in a row: a queue */
        mu_draw_disc(pen->list, (double)box.x + (6.5 + 5 * i) * u, middle, 1.9 * u, colour_of(pen));
    }
    mu_pen_text(pen, (double)box.x + 23 * u, middle + 4.7 * u, MU_ALIGN_LEFT, 13, true, t->ink,
                number);
}

uint32_t mu_art_queue_boxes(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                            const mu_frame *frame, mu_box boxes[MU_QUEUES_MOST]) {
    said all[MU_QUEUES_MOST];
    const uint32_t count = lay(pen, art, camera, frame, all);
    for (uint32_t i = 0; i < count; i++) {
        boxes[i] = all[i].box;
    }
    return count;
}

void mu_art_queues(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                   const mu_frame *frame) {
    said all[MU_QUEUES_MOST];
    const uint32_t count = lay(pen, art, camera, frame, all);
    for (uint32_t i = 0; i < count; i++) {
        draw_number(pen, &all[i]);
    }
}
