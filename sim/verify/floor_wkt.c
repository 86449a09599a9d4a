/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/floor_wkt.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/read_real.h"

typedef struct reading {
    const char *at;
    mu_arena *arena;
    bool good;
} reading;

static void skip_blanks(reading *r) {
    while (isspace((unsigned char)*r->at)) {
        r->at++;
    }
}

static bool take(reading *r, const char *word) {
    skip_blanks(r);
    const size_t length = strlen(word);
    if (strncmp(r->at, word, length) != 0) {
        return false;
    }
    r->at += length;
    return true;
}

static void require(reading *r, const char *word) {
    r->good = r->good && take(r, word);
}

static double take_number(reading *r) {
    const char *end;
    const double value = mu_read_real(r->at, &end);
    r->good = r->good && end != r->at && isfinite(value);
    r->at = end;
    return value;
}

/* How often a letter stands between here and the bracket that closes this one. */
static uint32_t count_inside(const char *text, char letter, int deep) {
    uint32_t count = 0;
    int level = 1;
    for (; *text != 0 && level > 0; text++) {
        level += (*text == '(') - (*text == ')');
        count += *text == letter && level == deep;
    }
    return count;
}

static mu_ring take_ring(reading *r) {
    mu_ring ring = {NULL, 0};
    require(r, "(");
    const uint32_t most = count_inside(r->at, ',', 1) + 1;
    mu_point *points = mu_arena_array(r->arena, most, sizeof *points);
    ring.items = points;
    for (bool more = r->good && points != NULL; more && ring.count < most; more = take(r, ",")) {
        points[ring.count].x = take_number(r);
        points[ring.count++].y = take_number(r);
    }
    require(r, ")");
    /* Closed, and with a corner at least. */
    r->good = r->good && ring.count > 3 && points[0].x == points[ring.count - 1].x &&
              points[0].y == points[ring.count - 1].y;
    ring.count -= ring.count > 0;
    return ring;
}

static mu_floor take_floor(reading *r) {
    mu_floor floor = {0};
    require(r, "(");
    const uint32_t most = count_inside(r->at, '(', 2);
    mu_ring *holes = mu_arena_array(r->arena, (size_t)most + 1, sizeof *holes);
    floor.holes.items = holes;
    if (r->good && holes != NULL) {
        floor.outline = take_ring(r);
        while (r->good && floor.holes.count < most && take(r, ",")) {
            holes[floor.holes.count++] = take_ring(r);
        }
    }
    require(r, ")");
    return floor;
}

mu_status mu_floor_read_wkt(const char *wkt, mu_arena *arena, mu_floor_list *out) {
    reading r = {.at = wkt, .arena = arena, .good = true};
    const bool many = take(&r, "MULTIPOLYGON");
    *out = (mu_floor_list){NULL, 0};
    if (!many && !take(&r, "POLYGON")) {
        return MU_ERR_INPUT;
    }
    if (take(&r, "EMPTY")) {
        return MU_OK;
    }
    if (many) {
        require(&r, "(");
    }
    const uint32_t most = many ? count_inside(r.at, '(', 2) : 1;
    mu_floor *floors = mu_arena_array(arena, (size_t)most + 1, sizeof *floors);
    if (floors == NULL) {
        return MU_ERR_MEMORY;
    }
    do {
        floors[out->count++] = take_floor(&r);
    } while (r.good && out->count < most && take(&r, ","));
    out->items = floors;
    if (many) {
        require(&r, ")");
    }
    skip_blanks(&r);
    return r.good && *r.at == 0 ? MU_OK : MU_ERR_INPUT;
}
