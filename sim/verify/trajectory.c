/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which form a file has, the text form, and floors as well-known text. */
#include "verify/trajectory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file_out.h"
#include "core/json_out.h"
#include "drill/report/page.h"
#include "site/geometry_geos.h"
#include "verify/trajectory_sqlite.h"

static void put_real(mu_page *page, double value) {
    char text[32];
    mu_json_print_real(value, text);
    mu_page_put(page, text);
}

static void put_ring(mu_page *page, const mu_ring *ring) {
    mu_page_put(page, "(");
    for (uint32_t i = 0; i <= ring->count; i++) {
        const mu_point p = ring->items[i % ring->count];
        mu_page_put(page, i > 0 ? ", " : "");
        put_real(page, p.x);
        mu_page_put(page, " ");
        put_real(page, p.y);
    }
    mu_page_put(page, ")");
}

static void put_floor(mu_page *page, const mu_floor *floor) {
    mu_page_put(page, "(");
    put_ring(page, &floor->outline);
    for (uint32_t h = 0; h < floor->holes.count; h++) {
        mu_page_put(page, ", ");
        put_ring(page, &floor->holes.items[h]);
    }
    mu_page_put(page, ")");
}

static char *print_floors(const mu_floor_list *floors) {
    mu_page page = {0};
    mu_page_put(&page, floors->count == 1 ? "POLYGON " : "MULTIPOLYGON (");
    for (uint32_t i = 0; i < floors->count; i++) {
        mu_page_put(&page, i > 0 ? ", " : "");
        put_floor(&page, &floors->items[i]);
    }
    mu_page_put(&page, floors->count == 1 ? "" : ")");
    return mu_page_take(&page);
}

char *mu_trajectory_wkt(const mu_site *site, uint32_t level) {
    mu_arena *arena = mu_arena_create();
    uint32_t rooms = 0, holes = 0, hole_room = 0;
    for (uint32_t s = 0; s < site->spaces.count; s++) {
        hole_room += site->spaces.items[s].holes.count;
    }
    mu_ring *room = calloc((size_t)site->spaces.count + 1, sizeof *room);
    mu_ring *hole = calloc((size_t)hole_room + 1, sizeof *hole);
    mu_floor_list floors = {NULL, 0};
    char *text = NULL;
    if (arena != NULL && room != NULL && hole != NULL) {
        for (uint32_t s = 0; s < site->spaces.count; s++) {
            const mu_space *space = &site->spaces.items[s];
            if (space->level.index == level) {
                room[rooms++] = space->polygon;
                for (uint32_t h = 0; h < space->holes.count; h++) {
                    hole[holes++] = space->holes.items[h];
                }
            }
        }
        if (mu_geometry_cut(arena, room, rooms, hole, holes, &floors) == MU_OK &&
            floors.count > 0) {
            text = print_floors(&floors);
        }
    }
    free(room);
    free(hole);
    mu_arena_destroy(arena);
    return text;
}

struct mu_trajectory {
    mu_trajectory_def def;
    mu_file_out out;          /* text */
    mu_trajectory_sqlite *db; /* or SQLite */
    uint32_t frames;
};

void mu_track_take(const mu_sim *sim, mu_track_place *frame) {
    const mu_body *bodies = mu_bodies(sim);
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        frame[p] = (mu_track_place){.level = MU_NONE};
        if (bodies[p].mode != MU_BODY_ABSENT) {
            const mu_point at = mu_area_on_plan(sim->walkable, bodies[p].area, mu_crowd_at(sim, p),
                                                &frame[p].level);
            frame[p].x = at.x;
            frame[p].y = at.y;
        }
    }
}

static void write_head(const mu_trajectory_def *def, FILE *out) {
    char number[2][32];
    mu_json_print_real(1 / def->frame_s, number[0]);
    mu_json_print_real(def->start_s, number[1]);
    fprintf(out, "#description: %s (%s)\n#framerate: %s\n#start: %s\n#geometry: %s\n", def->title,
            def->program, number[0], number[1], def->wkt);
    fputs("#id frame x/m y/m\n", out);
}

static bool ends_with(const char *text, const char *end) {
    const size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

mu_trajectory *mu_trajectory_open(const mu_trajectory_def *def, const char *file, mu_diags *diags) {
    mu_trajectory *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return NULL;
    }
    made->def = *def;
    bool open;
    if (ends_with(file, ".sqlite") || ends_with(file, ".sqlite3") || ends_with(file, ".db")) {
        made->db = mu_trajectory_sqlite_open(def, file, diags);
        open = made->db != NULL;
    } else {
        open = mu_file_out_open(file, &made->out, diags) == MU_OK;
        if (open) {
            write_head(def, made->out.stream);
        }
    }
    if (!open) {
        free(made);
        return NULL;
    }
    return made;
}

void mu_trajectory_put(mu_trajectory *file, const mu_track_place *frame) {
    if (file->db != NULL) {
        mu_trajectory_sqlite_put(file->db, frame);
        return;
    }
    const uint32_t level = file->def.level;
    for (uint32_t p = 0; p < file->def.persons; p++) {
        if (frame[p].level != MU_NONE && (level == MU_NONE || frame[p].level == level)) {
            fprintf(file->out.stream, "%u %u %.4f %.4f\n", p + 1, file->frames, frame[p].x,
                    frame[p].y);
        }
    }
    file->frames++;
}

mu_status mu_trajectory_close(mu_trajectory *file, mu_diags *diags) {
    const mu_status status = file->db != NULL ? mu_trajectory_sqlite_close(file->db, diags)
                                              : mu_file_out_commit(&file->out, diags);
    free(file);
    return status;
}

void mu_trajectory_abandon(mu_trajectory *file) {
    if (file != NULL && file->db != NULL) {
        mu_trajectory_sqlite_abandon(file->db);
    } else if (file != NULL) {
        mu_file_out_abandon(&file->out);
    }
    free(file);
}

mu_status mu_trajectory_write(const mu_trajectory_def *def, const mu_trail *trail, const char *file,
                              mu_diags *diags) {
    mu_track_place *frame = calloc((size_t)def->persons + 1, sizeof *frame);
    mu_trajectory *out = frame != NULL ? mu_trajectory_open(def, file, diags) : NULL;
    for (uint32_t f = 0; out != NULL && f < trail->frames; f++) {
        for (uint32_t p = 0; p < def->persons; p++) {
            const mu_trail_point *at = mu_trail_at(trail, p, f);
            frame[p] = at != NULL ? (mu_track_place){.x = at->x, .y = at->y, .level = at->level}
                                  : (mu_track_place){.level = MU_NONE};
        }
        mu_trajectory_put(out, frame);
    }
    free(frame);
    return out != NULL ? mu_trajectory_close(out, diags) : MU_ERR_IO;
}
