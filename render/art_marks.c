/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on the plan: posts, assembly points, roads in, equipment; the hazard with its
 * distances; and what teams are doing, in words beside them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/art.h"
#include "render/i18n.h"

bool mu_art_shows_mark(const mu_scenery_mark *mark, uint32_t layers) {
    switch ((mu_mark_kind)mark->kind) {
    case MU_MARK_CAMERA:
    case MU_MARK_EQUIPMENT:
        return (layers & MU_LAYER_EQUIPMENT) != 0;
    case MU_MARK_ASSEMBLY:
    case MU_MARK_ROAD:
    case MU_MARK_REFUGE:
        return true;
    case MU_MARK_LANE:
    case MU_MARK_WASH:
        return (layers & (MU_LAYER_CORDON | MU_LAYER_QUEUES)) != 0;
    default:
        return (layers & MU_LAYER_CORDON) != 0;
    }
}

double mu_art_mark_radius(const mu_pen *pen, const mu_camera *camera) {
    return fmin(fmax(0.42 * camera->scale, 5 * pen->unit), 11 * pen->unit);
}

void mu_art_marks(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                  const mu_frame *frame, uint32_t layers) {
    for (uint32_t m = 0; m < art->scene->mark_count; m++) {
        const mu_scenery_mark *mark = &art->scene->marks[m];
        const mu_sheet *sheet = mu_camera_shows(camera, mark->level, mark->at);
        if (sheet == NULL || !mu_art_shows_mark(mark, layers)) {
            continue;
        }
        const mu_vec at = mu_camera_map(camera, sheet, mark->at);
        const double r = mu_art_mark_radius(pen, camera);
        mu_symbol_mark(pen, at, r, mark->kind, frame->manned[m] != 0);
    }
}

/* How many are at an assembly point, and where that stands; false where nothing is to be said. */
static bool say_gathered(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                         const mu_frame *frame, uint32_t m, char said[24], mu_box *box) {
    const mu_scenery_mark *mark = &art->scene->marks[m];
    const mu_sheet *sheet = mu_camera_shows(camera, mark->level, mark->at);
    if (sheet == NULL || mark->kind != MU_MARK_ASSEMBLY || frame->gathered[m] == 0) {
        return false;
    }
    const mu_vec at = mu_camera_map(camera, sheet, mark->at);
    const double r = mu_art_mark_radius(pen, camera);
    (void)snprintf(said, 24, "%u", frame->gathered[m]);
    const double wide = mu_pen_width(pen, 15, true, said) + 14 * pen->unit;
    const float edge = camera->view.x + camera->view.width; /* beyond which nobody sees it */
    const bool left = at.x + (float)(r * 1.1 + wide) > edge;
    *box = (mu_box){left ? at.x - (float)(r * 1.1 + wide) : at.x + (float)(r * 1.1),
                    at.y - (float)(11 * pen->unit), (float)wide, (float)(22 * pen->unit)};
    return true;
}

void mu_art_gathered(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                     const mu_frame *frame) {
    for (uint32_t m = 0; m < art->scene->mark_count; m++) {
        const mu_scenery_mark *mark = &art->scene->marks[m];
        char said[24];
        mu_box box;
        if (!say_gathered(pen, art, camera, frame, m, said, &box)) {
            continue;
        }
        const mu_vec at =
            mu_camera_map(camera, mu_camera_shows(camera, mark->level, mark->at), mark->at);
        mu_draw_round_rect(pen->list, box, 3 * pen->unit, mu_fade(pen->theme->panel, 235));
        mu_symbol_mark(pen, at, mu_art_mark_radius(pen, camera), mark->kind, false);
        mu_pen_text(pen, (double)(box.x + box.width / 2), (double)at.y + 5.5 * pen->unit,
                    MU_ALIGN_MIDDLE, 15, true, pen->theme->assembly, said);
    }
}

static bool overlaps(mu_box a, mu_box b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

static bool overlaps_any(mu_box a, const mu_box *taken, uint32_t count) {
    bool any = false;
    for (uint32_t i = 0; i < count && !any; i++) {
        any = overlaps(a, taken[i]);
    }
    return any;
}

/* The place that a ring's number takes, whatever the number. */
static mu_box number_box(const mu_pen *pen, mu_vec number) {
    const float wide = (float)(22 * pen->unit), high = (float)(9 * pen->unit);
    return (mu_box){number.x - wide, number.y - high, 2 * wide, 2 * high};
}

/* Where a ring's number stands: on the ring, at the first angle at which it is in the picture and
 * on no room's name, or in the picture at least. */
static bool find_number(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                        const mu_sheet *sheet, mu_vec at, double r, mu_vec *out) {
    const mu_box clip = mu_camera_clip(camera, sheet);
    const mu_box inside = {clip.x + 30, clip.y + 20, clip.width - 60, clip.height - 40};
    bool found = false;
    for (int k = 0; k < 24; k++) {
        const int turn = (k + 1) / 2 * (k % 2 == 0 ? 1 : -1);
        const double angle = turn * 0.2617993877991494;
        const mu_vec try = {(float)((double)at.x + r * sin(angle)),
                            (float)((double)at.y - r * cos(angle))};
        const bool shown = mu_box_has(inside, try.x, try.y);
        const bool clear =
            shown && !overlaps_any(number_box(pen, try), art->names, art->room_count);
        if (clear || (shown && !found)) {
            *out = try;
        }
        found = found || shown;
        if (clear) {
            return true;
        }
    }
    return found;
}

static void draw_ring(const mu_pen *pen, const mu_camera *camera, mu_vec at,
                      const mu_frame_ring *ring) {
    const mu_colour colour = mu_theme_ring(pen->theme, ring->kind);
    const double r = ring->radius_m * camera->scale;
    if (ring->kind == MU_RING_POLICY) {
        mu_draw_disc(pen->list, at.x, at.y, r, mu_fade(colour, 22));
    }
    mu_draw_circle(pen->list, at.x, at.y, r, 2 * pen->unit, colour);
    if (ring->kind != MU_RING_POLICY) {
        mu_draw_dashed(pen->list, 9 * pen->unit, 6 * pen->unit);
    }
}

void mu_art_ring_numbers(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                         const mu_frame *frame) {
    for (uint32_t h = 0; h < frame->hazard_count; h++) {
        const mu_frame_hazard *hazard = &frame->hazards[h];
        const mu_sheet *sheet = mu_camera_sheet(camera, hazard->level);
        for (uint32_t r = 0; sheet != NULL && r < hazard->ring_count; r++) {
            const mu_frame_ring *ring = &hazard->rings[r];
            char said[32];
            mu_vec number;
            (void)snprintf(said, sizeof said, _("%g m"), ring->radius_m);
            if (find_number(pen, art, camera, sheet, mu_camera_map(camera, sheet, hazard->at),
                            ring->radius_m * camera->scale, &number)) {
                mu_draw_label(pen->list, number.x, (double)number.y + 4 * pen->unit,
                              MU_ALIGN_MIDDLE, mu_pen_font(pen, 12, true),
                              mu_theme_ring(pen->theme, ring->kind), pen->theme->panel, said,
                              strlen(said));
            }
        }
    }
}

void mu_art_hazards(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame,
                    uint32_t layers) {
    for (uint32_t h = 0; h < frame->hazard_count; h++) {
        const mu_frame_hazard *hazard = &frame->hazards[h];
        const mu_sheet *sheet = mu_camera_sheet(camera, hazard->level);
        if (sheet == NULL) {
            continue;
        }
        const mu_vec at = mu_camera_map(camera, sheet, hazard->at);
        mu_draw_clip(pen->list, mu_camera_clip(camera, sheet));
        for (uint32_t r = 0; r < hazard->ring_count && (layers & MU_LAYER_CORDON) != 0; r++) {
            draw_ring(pen, camera, at, &hazard->rings[r]);
        }
        if (hazard->windy && !hazard->over) {
            mu_art_wind(pen, camera, sheet, hazard, (layers & MU_LAYER_CORDON) != 0);
        }
        mu_symbol_hazard(pen, at, fmax(0.4 * camera->scale, 7 * pen->unit), hazard);
        mu_draw_clip(pen->list, camera->view);
    }
}

enum {
    HAZARDS_MOST = 8,
    TAGS_MOST = 48,
    GATHERED_MOST = 32,
    KEPT_FREE = HAZARDS_MOST * (1 + MU_RINGS_MOST) + MU_SHEETS_MOST + GATHERED_MOST + MU_QUEUES_MOST
};

/* The first of eight places round a point that is free and in the picture, if possible one where it
 * lies on no room's name either. */
static bool find_place(const mu_pen *pen, const mu_art *art, const mu_camera *camera, mu_vec at,
                       mu_box *tag, const mu_box *taken, uint32_t count) {
    static const double dx[] = {0.1, -1.1, 0.1, -1.1, -0.5, -0.5, 0.2, -1.2};
    static const double dy[] = {-1.7, -1.7, 0.8, 0.8, -2.2, 1.4, -0.5, -0.5};
    const float margin = (float)(4 * pen->unit);
    for (int k = 0; k < 16; k++) {
        const bool names = k < 8;
        tag->x = at.x + (float)dx[k % 8] * tag->width;
        tag->y = at.y + (float)dy[k % 8] * tag->height;
        const bool inside = tag->x > camera->view.x + margin &&
                            tag->y > camera->view.y + 10 * margin &&
                            tag->x + tag->width < camera->view.x + camera->view.width - margin &&
                            tag->y + tag->height < camera->view.y + camera->view.height - margin;
        if (inside && !overlaps_any(*tag, taken, count) &&
            !(names && overlaps_any(*tag, art->names, art->room_count))) {
            return true;
        }
    }
    return false;
}

/* From here on what a team does is said beside its name. */
static const double TASK_FROM = 11; /* pixels of the design a metre */

typedef struct tag {
    char who[160], does[256];
    bool has_task;
    mu_box box;
} tag;

static tag make_tag(const mu_pen *pen, const mu_camera *camera, const mu_frame_crew *crew) {
    char name[200];
    tag out = {.has_task = camera->scale >= TASK_FROM * pen->unit};
    const double most = 200 * pen->unit;
    (void)snprintf(name, sizeof name, crew->count > 1 ? "%s × %u" : "%s", crew->name, crew->count);
    name[0] = (char)(name[0] >= 'a' && name[0] <= 'z' ? name[0] - 'a' + 'A' : name[0]);
    mu_type_shorten(pen->type, mu_pen_font(pen, 10.5, true), name, most, out.who, sizeof out.who);
    mu_type_shorten(pen->type, mu_pen_font(pen, 10.5, false), crew->does, most, out.does,
                    sizeof out.does);
    const double wide = fmax(mu_pen_width(pen, 10.5, true, out.who),
                             out.has_task ? mu_pen_width(pen, 10.5, false, out.does) : 0);
    out.box.width = (float)(wide + 14 * pen->unit);
    out.box.height = (float)((out.has_task ? 32 : 18) * pen->unit);
    return out;
}

static void draw_tag(const mu_pen *pen, const mu_frame *frame, const mu_frame_crew *crew, mu_vec at,
                     const tag *one) {
    const mu_theme *t = pen->theme;
    const mu_box box = one->box;
    const mu_colour ink = frame->teams[crew->team].kind == MU_FRAME_UNIT ? t->unit : t->ink;
    const double x = fmin(fmax(at.x, box.x), box.x + box.width);
    const double y = fmin(fmax(at.y, box.y), box.y + box.height);
    mu_draw_segment(pen->list, ink, pen->unit, at.x, at.y, x, y);
    mu_draw_round_rect(pen->list, box, 3 * pen->unit, mu_fade(t->panel, 228));
    mu_draw_rect(pen->list, (mu_box){box.x, box.y, (float)(2.5 * pen->unit), box.height}, ink);
    mu_pen_text(pen, (double)box.x + 8 * pen->unit, (double)box.y + 13 * pen->unit, MU_ALIGN_LEFT,
                10.5, true, ink, one->who);
    if (one->has_task) {
        mu_pen_text(pen, (double)box.x + 8 * pen->unit, (double)box.y + 26 * pen->unit,
                    MU_ALIGN_LEFT, 10.5, false, t->soft, one->does);
    }
}

static uint32_t keep_numbers_free(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                                  const mu_sheet *sheet, const mu_frame_hazard *hazard,
                                  mu_box *taken) {
    const mu_vec at = mu_camera_map(camera, sheet, hazard->at);
    uint32_t count = 0;
    for (uint32_t k = 0; k < hazard->ring_count; k++) {
        mu_vec number;
        const double r = hazard->rings[k].radius_m * camera->scale;
        if (find_number(pen, art, camera, sheet, at, r, &number)) {
            taken[count++] = number_box(pen, number);
        }
    }
    return count;
}

/* No label lies on a hazard or the number of its ring, nor on those who are hurt at it. */
static uint32_t keep_hazards_free(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                                  const mu_frame *frame, mu_box *taken) {
    uint32_t count = 0;
    for (uint32_t h = 0; h < frame->hazard_count && h < HAZARDS_MOST; h++) {
        const mu_frame_hazard *hazard = &frame->hazards[h];
        const mu_sheet *sheet = mu_camera_shows(camera, hazard->level, hazard->at);
        if (sheet != NULL) {
            const mu_vec at = mu_camera_map(camera, sheet, hazard->at);
            const double metres = hazard->kind == MU_HAZARD_BLAST ? 9 : 1;
            const double r = fmax(metres * camera->scale, 12 * pen->unit);
            taken[count++] =
                (mu_box){at.x - (float)r, at.y - (float)r, (float)(2 * r), (float)(2 * r)};
            count += keep_numbers_free(pen, art, camera, sheet, hazard, taken + count);
        }
    }
    return count;
}

void mu_art_crews(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                  const mu_frame *frame, uint32_t layers) {
    mu_box taken[TAGS_MOST + KEPT_FREE];
    uint32_t count = keep_hazards_free(pen, art, camera, frame, taken);
    for (uint32_t s = 0; camera->sheet_count > 1 && s < camera->sheet_count; s++) {
        taken[count++] = mu_art_title_box(pen, art, camera, &camera->sheets[s]);
    }
    for (uint32_t m = 0, said = 0; m < art->scene->mark_count && said < GATHERED_MOST; m++) {
        char number[24];
        if (say_gathered(pen, art, camera, frame, m, number, &taken[count])) {
            count++;
            said++;
        }
    }
    if ((layers & MU_LAYER_QUEUES) != 0) {
        count += mu_art_queue_boxes(pen, art, camera, frame, taken + count);
    }
    for (uint32_t c = 0; c < frame->crew_count && count < TAGS_MOST + KEPT_FREE; c++) {
        const mu_frame_crew *crew = &frame->crews[c];
        const mu_sheet *sheet = mu_camera_shows(camera, crew->level, crew->at);
        if (sheet == NULL) {
            continue;
        }
        const mu_vec at = mu_camera_map(camera, sheet, crew->at);
        tag one = make_tag(pen, camera, crew);
        if (mu_box_has(camera->view, at.x, at.y) &&
            find_place(pen, art, camera, at, &one.box, taken, count)) {
            draw_tag(pen, frame, crew, at, &one);
            taken[count++] = one.box;
        }
    }
}
