/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues: everybody who waits stands on a spot of colour, and beside what they wait for is how many
 * they are. */
#include <math.h>
#include <stdio.h>

#include "render/art.h"

static mu_colour colour_of(const mu_pen *pen) {
    return pen->theme->late;
}

void mu_symbol_waiting(const mu_pen *pen, mu_vec at, double r) {
    mu_draw_disc(pen->list, at.x, at.y, r * 1.9, mu_fade(colour_of(pen), 70));
    mu_draw_circle(pen->list, at.x, at.y, r * 1.9, pen->unit, mu_fade(colour_of(pen), 190));
}

void mu_art_waiting(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame) {
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

/* On the far side of what the queue waits for, so that nobody in it is covered; a little farther
 * where another number is. */
static bool place(const mu_pen *pen, const mu_camera *camera, const mu_frame_queue *queue,
                  mu_vec *head, mu_box *taken, uint32_t count) {
    const mu_sheet *sheet = mu_camera_shows(camera, queue->level, queue->at);
    if (sheet == NULL) {
        return false;
    }
    char said[24];
    (void)snprintf(said, sizeof said, "%u", queue->count);
    const double wide = mu_pen_width(pen, 13, true, said) + 30 * pen->unit, high = 20 * pen->unit;
    const mu_vec from = mu_camera_map(camera, sheet, queue->middle);
    *head = mu_camera_map(camera, sheet, queue->at);
    double dx = (double)(head->x - from.x), dy = (double)(head->y - from.y);
    const double length = hypot(dx, dy);
    dx = length > 0.5 ? dx / length : 0;
    dy = length > 0.5 ? dy / length : -1;
    const double clear = 6 * pen->unit + fabs(dx) * wide / 2 + fabs(dy) * high / 2;
    for (int k = 0; k < 5; k++) {
        const double far = clear + k * (high + 3 * pen->unit);
        taken[count] =
            (mu_box){(float)((double)head->x + dx * far - wide / 2),
                     (float)((double)head->y + dy * far - high / 2), (float)wide, (float)high};
        if (!overlaps_any(taken[count], taken, count)) {
            return mu_box_has(camera->view, head->x, head->y);
        }
    }
    return false;
}

static void draw_number(const mu_pen *pen, const mu_frame_queue *queue, mu_vec head, mu_box box) {
    const mu_theme *t = pen->theme;
    const double u = pen->unit, middle = (double)box.y + (double)box.height / 2;
    char said[24];
    (void)snprintf(said, sizeof said, "%u", queue->count);
    mu_draw_segment(pen->list, colour_of(pen), 1.2 * u, head.x, head.y,
                    (double)box.x + (double)box.width / 2, middle);
    mu_draw_round_rect(pen->list, box, 3 * u, t->panel);
    mu_draw_frame(pen->list, box, 1.4 * u, colour_of(pen));
    for (int i = 0; i < 3; i++) { /* three in a row: a queue */
        mu_draw_disc(pen->list, (double)box.x + (6.5 + 5 * i) * u, middle, 1.9 * u, colour_of(pen));
    }
    mu_pen_text(pen, (double)box.x + 23 * u, middle + 4.7 * u, MU_ALIGN_LEFT, 13, true, t->ink,
                said);
}

uint32_t mu_art_queue_boxes(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame,
                            mu_box *boxes, uint32_t most) {
    uint32_t count = 0;
    mu_vec head;
    for (uint32_t q = 0; q < frame->queue_count && count < most; q++) {
        count += place(pen, camera, &frame->queues[q], &head, boxes, count);
    }
    return count;
}

void mu_art_queues(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame) {
    mu_box boxes[MU_QUEUES_MOST];
    uint32_t count = 0;
    mu_vec head;
    for (uint32_t q = 0; q < frame->queue_count && count < MU_QUEUES_MOST; q++) {
        if (place(pen, camera, &frame->queues[q], &head, boxes, count)) {
            draw_number(pen, &frame->queues[q], head, boxes[count++]);
        }
    }
}
