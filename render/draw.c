/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list is four growing arrays; clearing it keeps their memory, so that a picture drawn sixty
 * times a second allocates nothing. */
#include "render/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Room for one more item of `size` bytes in an array; false without memory. */
static bool grow(mu_draw_list *list, void **items, uint32_t *capacity, size_t wanted, size_t size) {
    if (wanted <= *capacity) {
        return true;
    }
    size_t more = *capacity == 0 ? 256 : *capacity;
    while (more < wanted) {
        more *= 2;
    }
    void *grown = more > UINT32_MAX / 2 ? NULL : realloc(*items, more * size);
    if (grown == NULL) {
        list->no_memory = true;
        return false;
    }
    *items = grown;
    *capacity = (uint32_t)more;
    return true;
}

void mu_draw_clear(mu_draw_list *list) {
    list->count = list->point_count = list->ring_count = list->text_count = 0;
    list->no_memory = false;
}

void mu_draw_free(mu_draw_list *list) {
    free(list->items);
    free(list->points);
    free(list->rings);
    free(list->text);
    *list = (mu_draw_list){0};
}

static void add(mu_draw_list *list, mu_draw command) {
    void *items = list->items;
    if (grow(list, &items, &list->capacity, (size_t)list->count + 1, sizeof command)) {
        list->items = items;
        list->items[list->count++] = command;
    }
}

void mu_draw_clip(mu_draw_list *list, mu_box box) {
    add(list, (mu_draw){.kind = MU_DRAW_CLIP,
                        .x = box.x,
                        .y = box.y,
                        .width = box.width,
                        .height = box.height});
}

void mu_draw_fill(mu_draw_list *list, mu_colour colour) {
    add(list, (mu_draw){.kind = MU_DRAW_FILL, .colour = colour, .part = {list->ring_count, 0}});
}

void mu_draw_ring_start(mu_draw_list *list) {
    void *rings = list->rings;
    if (grow(list, &rings, &list->ring_capacity, (size_t)list->ring_count + 1, sizeof(mu_span))) {
        list->rings = rings;
        list->rings[list->ring_count++] = (mu_span){list->point_count, 0};
        if (list->count > 0) { /* not where there was no memory for any */
            list->items[list->count - 1].part.count++;
        }
    }
}

void mu_draw_point(mu_draw_list *list, double x, double y) {
    void *points = list->points;
    if (!grow(list, &points, &list->point_capacity, (size_t)list->point_count + 1,
              sizeof(mu_vec))) {
        return;
    }
    list->points = points;
    list->points[list->point_count++] = (mu_vec){(float)x, (float)y};
    if (list->count > 0 && list->items[list->count - 1].kind == MU_DRAW_LINE) {
        list->items[list->count - 1].part.count++;
    } else if (list->ring_count > 0) {
        list->rings[list->ring_count - 1].count++;
    }
}

void mu_draw_polygon(mu_draw_list *list, mu_colour colour, const mu_vec *points, uint32_t count) {
    mu_draw_fill(list, colour);
    mu_draw_ring_start(list);
    for (uint32_t i = 0; i < count; i++) {
        mu_draw_point(list, (double)points[i].x, (double)points[i].y);
    }
}

void mu_draw_rect(mu_draw_list *list, mu_box box, mu_colour colour) {
    const float right = box.x + box.width, bottom = box.y + box.height;
    const mu_vec corners[] = {{box.x, box.y}, {right, box.y}, {right, bottom}, {box.x, bottom}};
    mu_draw_polygon(list, colour, corners, 4);
}

void mu_draw_round_rect(mu_draw_list *list, mu_box box, double radius, mu_colour colour) {
    enum { STEPS = 5 };
    static const double quarter = 1.5707963267948966;
    const double x[4] = {box.x + box.width - radius, box.x + radius, box.x + radius,
                         box.x + box.width - radius};
    const double y[4] = {box.y + box.height - radius, box.y + box.height - radius, box.y + radius,
                         box.y + radius};
    mu_draw_fill(list, colour);
    mu_draw_ring_start(list);
    for (int corner = 0; corner < 4; corner++) {
        for (int i = 0; i <= STEPS; i++) {
            const double angle = quarter * (corner + (double)i / STEPS);
            mu_draw_point(list, x[corner] + radius * cos(angle), y[corner] + radius * sin(angle));
        }
    }
}

void mu_draw_path(mu_draw_list *list, mu_colour colour, double width, bool closed) {
    add(list, (mu_draw){.kind = MU_DRAW_LINE,
                        .colour = colour,
                        .width = (float)width,
                        .closed = closed,
                        .part = {list->point_count, 0}});
}

void mu_draw_dashed(mu_draw_list *list, double dash, double gap) {
    if (list->count > 0) {
        list->items[list->count - 1].dash = (float)dash;
        list->items[list->count - 1].gap = (float)gap;
    }
}

void mu_draw_segment(mu_draw_list *list, mu_colour colour, double width, double x0, double y0,
                     double x1, double y1) {
    mu_draw_path(list, colour, width, false);
    mu_draw_point(list, x0, y0);
    mu_draw_point(list, x1, y1);
}

void mu_draw_frame(mu_draw_list *list, mu_box box, double width, mu_colour colour) {
    mu_draw_path(list, colour, width, true);
    mu_draw_point(list, box.x, box.y);
    mu_draw_point(list, box.x + box.width, box.y);
    mu_draw_point(list, box.x + box.width, box.y + box.height);
    mu_draw_point(list, box.x, box.y + box.height);
}

void mu_draw_disc(mu_draw_list *list, double x, double y, double radius, mu_colour colour) {
    add(list, (mu_draw){.kind = MU_DRAW_DISC,
                        .colour = colour,
                        .x = (float)x,
                        .y = (float)y,
                        .radius = (float)radius});
}

void mu_draw_circle(mu_draw_list *list, double x, double y, double radius, double width,
                    mu_colour colour) {
    add(list, (mu_draw){.kind = MU_DRAW_RING,
                        .colour = colour,
                        .x = (float)x,
                        .y = (float)y,
                        .radius = (float)radius,
                        .width = (float)width});
}

static void add_text(mu_draw_list *list, double x, double y, mu_align align, mu_font font,
                     mu_colour colour, double outline, const char *text, size_t bytes) {
    void *kept = list->text;
    if (bytes == 0 ||
        !grow(list, &kept, &list->text_capacity, (size_t)list->text_count + bytes, 1)) {
        return;
    }
    list->text = kept;
    memcpy(list->text + list->text_count, text, bytes);
    add(list, (mu_draw){.kind = MU_DRAW_TEXT,
                        .align = (uint8_t)align,
                        .bold = font.bold,
                        .colour = colour,
                        .x = (float)x,
                        .y = (float)y,
                        .width = (float)outline,
                        .size = font.size,
                        .part = {list->text_count, (uint32_t)bytes}});
    list->text_count += (uint32_t)bytes;
}

void mu_draw_text(mu_draw_list *list, double x, double y, mu_align align, mu_font font,
                  mu_colour colour, const char *text, size_t bytes) {
    add_text(list, x, y, align, font, colour, 0, text, bytes);
}

void mu_draw_label(mu_draw_list *list, double x, double y, mu_align align, mu_font font,
                   mu_colour colour, mu_colour halo, const char *text, size_t bytes) {
    const double outline = font.size > 20 ? 3 : 2;
    add_text(list, x, y, align, font, halo, outline, text, bytes);
    add_text(list, x, y, align, font, colour, 0, text, bytes);
}
