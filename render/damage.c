/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two lists are compared command by command. Where something was put in or taken away the places
 * of all others shift, and nothing is said: that is a picture drawn whole, as it always was. */
#include "render/damage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- what a command touches --- */

typedef struct reach {
    float left, top, right, bottom;
} reach;

static void take_point(reach *r, float x, float y) {
    r->left = fminf(r->left, x);
    r->top = fminf(r->top, y);
    r->right = fmaxf(r->right, x);
    r->bottom = fmaxf(r->bottom, y);
}

static void take_points(reach *r, const mu_draw_list *list, mu_span points) {
    for (uint32_t i = 0; i < points.count; i++) {
        take_point(r, list->points[points.first + i].x, list->points[points.first + i].y);
    }
}

mu_box mu_damage_reach(const mu_draw_list *list, const mu_draw *command) {
    const mu_draw *d = command;
    reach r = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    float more = 2; /* the smooth edge */
    switch ((mu_draw_kind)d->kind) {
    case MU_DRAW_CLIP:
        return (mu_box){d->x, d->y, d->width, d->height};
    case MU_DRAW_FILL:
        for (uint32_t k = 0; k < d->part.count; k++) {
            take_points(&r, list, list->rings[d->part.first + k]);
        }
        break;
    case MU_DRAW_LINE:
        take_points(&r, list, d->part);
        more += 4 * d->width; /* pointed corners */
        break;
    case MU_DRAW_DISC:
    case MU_DRAW_RING:
        take_point(&r, d->x, d->y);
        more += d->radius + d->width;
        break;
    case MU_DRAW_TEXT: /* no letter is wider than it is high, and a half */
        take_point(&r, d->x, d->y);
        more += d->width + 1.5F * d->size * (float)(d->part.count + 1);
        break;
    }
    if (r.left > r.right) {
        return (mu_box){0};
    }
    return (mu_box){r.left - more, r.top - more, r.right - r.left + 2 * more,
                    r.bottom - r.top + 2 * more};
}

/* --- comparing --- */

static bool same_points(const mu_draw_list *a, mu_span p, const mu_draw_list *b, mu_span q) {
    return p.count == q.count && (p.count == 0 || memcmp(a->points + p.first, b->points + q.first,
                                                         p.count * sizeof *a->points) == 0);
}

static bool same_part(const mu_draw_list *a, const mu_draw *c, const mu_draw_list *b,
                      const mu_draw *d) {
    switch ((mu_draw_kind)c->kind) {
    case MU_DRAW_CLIP:
    case MU_DRAW_DISC:
    case MU_DRAW_RING:
        return true;
    case MU_DRAW_LINE:
        return same_points(a, c->part, b, d->part);
    case MU_DRAW_TEXT:
        return c->part.count == d->part.count &&
               memcmp(a->text + c->part.first, b->text + d->part.first, c->part.count) == 0;
    case MU_DRAW_FILL:
        break;
    }
    bool same = c->part.count == d->part.count;
    for (uint32_t k = 0; same && k < c->part.count; k++) {
        same = same_points(a, a->rings[c->part.first + k], b, b->rings[d->part.first + k]);
    }
    return same;
}

static bool is_same(const mu_draw_list *a, const mu_draw *c, const mu_draw_list *b,
                    const mu_draw *d) {
    mu_draw one = *c, other = *d;
    one.part = other.part = (mu_span){0, 0};
    return memcmp(&one, &other, sizeof one) == 0 && same_part(a, c, b, d);
}

static void join(mu_box *all, mu_box one) {
    if (!(one.width > 0)) {
        return;
    }
    if (!(all->width > 0)) {
        *all = one;
        return;
    }
    const float right = fmaxf(all->x + all->width, one.x + one.width);
    const float bottom = fmaxf(all->y + all->height, one.y + one.height);
    all->x = fminf(all->x, one.x);
    all->y = fminf(all->y, one.y);
    all->width = right - all->x;
    all->height = bottom - all->y;
}

bool mu_damage_between(const mu_draw_list *before, const mu_draw_list *after, mu_box *out) {
    *out = (mu_box){0};
    if (before->count != after->count || before->no_memory || after->no_memory) {
        return false;
    }
    for (uint32_t k = 0; k < after->count; k++) {
        const mu_draw *c = &before->items[k], *d = &after->items[k];
        if (is_same(before, c, after, d)) {
            continue;
        }
        if (c->kind == MU_DRAW_CLIP || d->kind == MU_DRAW_CLIP) {
            return false;
        }
        join(out, mu_damage_reach(before, c));
        join(out, mu_damage_reach(after, d));
    }
    return true;
}

/* --- keeping --- */

static bool copy(void **to, uint32_t *capacity, const void *from, uint32_t count, size_t size) {
    if (*capacity < count) {
        void *grown = realloc(*to, (size_t)count * size);
        if (grown == NULL) {
            return false;
        }
        *to = grown;
        *capacity = count;
    }
    if (count > 0) {
        memcpy(*to, from, (size_t)count * size);
    }
    return true;
}

bool mu_damage_keep(const mu_draw_list *from, mu_draw_list *to) {
    void *items = to->items, *points = to->points, *rings = to->rings, *text = to->text;
    const bool fine =
        copy(&items, &to->capacity, from->items, from->count, sizeof *to->items) &&
        copy(&points, &to->point_capacity, from->points, from->point_count, sizeof *to->points) &&
        copy(&rings, &to->ring_capacity, from->rings, from->ring_count, sizeof *to->rings) &&
        copy(&text, &to->text_capacity, from->text, from->text_count, 1);
    to->items = items;
    to->points = points;
    to->rings = rings;
    to->text = text;
    to->count = fine ? from->count : 0;
    to->point_count = from->point_count;
    to->ring_count = from->ring_count;
    to->text_count = from->text_count;
    to->no_memory = !fine || from->no_memory;
    return fine;
}
