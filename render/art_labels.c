/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of rooms: set inside the room where they fit, left out where they do not (a click tells
 * them). Where there is room is found once, in metres; what fits is a matter of the scale. */
#include <math.h>
#include <string.h>

#include "render/art.h"

static const double half_heights[MU_LABEL_BOXES] = {0.35, 0.9, 1.6};
enum { GRID = 11 };

/* How far from p to the nearest wall along x, both ways; negative outside the room. */
static double reach(const mu_scenery *scene, const mu_scenery_room *room, mu_point p) {
    double left = INFINITY, right = INFINITY;
    uint32_t crossings = 0;
    for (uint32_t r = 0; r < room->rings.count; r++) {
        const mu_span ring = scene->rings[room->rings.first + r];
        for (uint32_t i = 0, j = ring.count - 1; i < ring.count; j = i++) {
            const mu_point a = scene->points[ring.first + j], b = scene->points[ring.first + i];
            if ((a.y > p.y) == (b.y > p.y)) {
                continue;
            }
            const double x = a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y);
            crossings += x > p.x;
            left = x <= p.x ? fmin(left, p.x - x) : left;
            right = x > p.x ? fmin(right, x - p.x) : right;
        }
    }
    return crossings % 2 == 0 ? -1 : fmin(left, right);
}

static double half_width_at(const mu_scenery *scene, const mu_scenery_room *room, mu_point p,
                            double half_height) {
    double least = INFINITY;
    for (int line = -2; line <= 2 && least > 0; line++) {
        least = fmin(least, reach(scene, room, (mu_point){p.x, p.y + line * half_height / 2}));
    }
    return least;
}

/* No wider room than this makes a place better. */
#define WIDE_M 5.0

/* What stands in a room, which a name had better not be written over. */
enum { MARKS_MOST = 16 };
typedef struct standing {
    mu_point at[MARKS_MOST];
    uint32_t count;
} standing;

static standing stands_in(const mu_scenery *scene, const mu_scenery_room *room) {
    standing out = {.count = 0};
    for (uint32_t m = 0; m < scene->mark_count && out.count < MARKS_MOST; m++) {
        const mu_scenery_mark *mark = &scene->marks[m];
        if (mark->level == room->level && mark->at.x >= room->low.x && mark->at.x <= room->high.x &&
            mark->at.y >= room->low.y && mark->at.y <= room->high.y) {
            out.at[out.count++] = mark->at;
        }
    }
    return out;
}

/* Setting: a name is about so wide, and a mark so high. */
static const double NAME_HALF_M = 7, MARK_HALF_M = 0.8;

static bool is_on_a_mark(const standing *marks, mu_point p, double half_width, double half_height) {
    for (uint32_t m = 0; m < marks->count; m++) {
        if (fabs(marks->at[m].x - p.x) < fmin(half_width, NAME_HALF_M) &&
            fabs(marks->at[m].y - p.y) < half_height + MARK_HALF_M) {
            return true;
        }
    }
    return false;
}

static void find(const mu_scenery *scene, const mu_scenery_room *room, const standing *marks,
                 mu_label_box *out, double half_height) {
    double best = -INFINITY;
    *out = (mu_label_box){.half_height = half_height};
    for (int i = 0; i < GRID * GRID; i++) {
        const int column = i % GRID, row = i / GRID;
        const mu_point p = {room->low.x + (room->high.x - room->low.x) * (column + 1) / (GRID + 1),
                            room->low.y + (room->high.y - room->low.y) * (row + 1) / (GRID + 1)};
        const double off = fabs(column - (GRID - 1) / 2.0) + fabs(row - (GRID - 1) / 2.0);
        if (WIDE_M - 0.12 * off <= best) {
            continue; /* too far off the middle, however wide */
        }
        const double half = half_width_at(scene, room, p, half_height);
        const double score =
            fmin(half, WIDE_M) - 0.12 * off - (is_on_a_mark(marks, p, half, half_height) ? 1 : 0);
        if (half > 0 && score > best) {
            best = score;
            out->at = p;
            out->half_width = half;
        }
    }
}

void mu_art_find_label(mu_art *art, uint32_t room) {
    const standing marks = stands_in(art->scene, &art->scene->rooms[room]);
    for (int k = 0; k < MU_LABEL_BOXES; k++) {
        find(art->scene, &art->scene->rooms[room], &marks, &art->labels[room][k], half_heights[k]);
    }
}

/* Sets a name into the first box that takes it and says where; false if none does. */
static bool set(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                const mu_label_box *boxes, const char *name, double size, mu_box *where) {
    const mu_font font = mu_pen_font(pen, size, false);
    const double leading = size * 1.2 * pen->unit;
    for (int k = 0; k < MU_LABEL_BOXES; k++) {
        const double width = 2 * boxes[k].half_width * camera->scale - 8 * pen->unit;
        const double height = 2 * boxes[k].half_height * camera->scale;
        const uint32_t room = (uint32_t)fmin(fmax((height + 4 * pen->unit) / leading, 0), 3);
        mu_text_line lines[3];
        if (room == 0 || width < 2 * size * pen->unit) {
            continue;
        }
        const uint32_t count = mu_type_wrap(pen->type, font, name, width, lines, 3);
        bool fits = count <= room;
        for (uint32_t i = 0; fits && i < count; i++) {
            fits = pen->type->width(pen->type->with, font, lines[i].text, lines[i].bytes) <= width;
            /* A word that had to be cut looks worse than no name. */
            fits = fits && (i + 1 == count || lines[i].text[lines[i].bytes] == ' ' ||
                            (unsigned char)lines[i].text[lines[i].bytes] >= 0x80);
        }
        const mu_point right = {boxes[k].at.x + boxes[k].half_width, boxes[k].at.y};
        const mu_point left = {boxes[k].at.x - boxes[k].half_width, boxes[k].at.y};
        if (!fits || mu_camera_shows(camera, sheet->level, right) == NULL ||
            mu_camera_shows(camera, sheet->level, left) == NULL) {
            continue;
        }
        const mu_vec p = mu_camera_map(camera, sheet, boxes[k].at);
        double y = (double)p.y - leading * (count - 1) / 2 + size * 0.36 * pen->unit, most = 0;
        for (uint32_t i = 0; i < count; i++) {
            most =
                fmax(most, pen->type->width(pen->type->with, font, lines[i].text, lines[i].bytes));
        }
        *where = (mu_box){p.x - (float)(most / 2), p.y - (float)(leading * count / 2), (float)most,
                          (float)(leading * count)};
        for (uint32_t i = 0; i < count; i++, y += leading) {
            mu_draw_label(pen->list, p.x, y, MU_ALIGN_MIDDLE, font, pen->theme->label,
                          mu_fade(pen->theme->label_halo, 200), lines[i].text, lines[i].bytes);
        }
        return true;
    }
    return false;
}

void mu_art_labels(const mu_pen *pen, const mu_art *art, const mu_camera *camera, bool shown) {
    memset(art->names, 0, art->room_count * sizeof *art->names);
    for (uint32_t r = 0; shown && r < art->scene->room_count; r++) {
        const mu_scenery_room *room = &art->scene->rooms[r];
        const mu_sheet *sheet = mu_camera_shows(camera, room->level, art->labels[r][0].at);
        const char *name = mu_text_in(room->name, pen->language);
        if (sheet == NULL || name[0] == 0) {
            continue;
        }
        if (!set(pen, camera, sheet, art->labels[r], name, 11.5, &art->names[r])) {
            (void)set(pen, camera, sheet, art->labels[r], name, 10, &art->names[r]);
        }
    }
}
