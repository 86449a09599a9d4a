/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trail is complete before a byte is written, so that writing never holds up a step. */
#include "verify/trajectory.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "core/file_out.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "drill/report/page.h"
#include "site/geometry_geos.h"

enum { FRAMES_PER_COMMIT = 200 };

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

static double frame_rate(const mu_trail *trail) {
    return 1 / trail->frame_s;
}

/* Where a person is in a frame; NULL: not here. */
static const mu_trail_point *place_of(const mu_trajectory_def *def, uint32_t person,
                                      uint32_t frame) {
    const mu_trail_point *at = mu_trail_at(def->trail, person, frame);
    return at != NULL && def->one_level && at->level != def->level ? NULL : at;
}

static void write_text(const mu_trajectory_def *def, FILE *out) {
    const mu_trail *trail = def->trail;
    char number[2][32];
    mu_json_print_real(frame_rate(trail), number[0]);
    mu_json_print_real(trail->start_s, number[1]);
    fprintf(out, "#description: %s (%s)\n#framerate: %s\n#start: %s\n#geometry: %s\n", def->title,
            def->program, number[0], number[1], def->wkt);
    fputs("#id frame x/m y/m\n", out);
    for (uint32_t f = 0; f < trail->frames; f++) {
        for (uint32_t p = 0; p < trail->person_count; p++) {
            const mu_trail_point *at = place_of(def, p, f);
            if (at != NULL) {
                fprintf(out, "%u %u %.4f %.4f\n", p + 1, f, at->x, at->y);
            }
        }
    }
}

static mu_status save_text(const mu_trajectory_def *def, const char *file, mu_diags *diags) {
    mu_file_out out;
    const mu_status status = mu_file_out_open(file, &out, diags);
    if (status != MU_OK) {
        return status;
    }
    write_text(def, out.stream);
    return mu_file_out_commit(&out, diags);
}

static bool run_sql(sqlite3 *db, const char *sql) {
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static bool make_tables(sqlite3 *db) {
    return run_sql(db, "PRAGMA synchronous=OFF") && run_sql(db, "PRAGMA journal_mode=MEMORY") &&
           run_sql(db, "BEGIN") &&
           run_sql(db, "CREATE TABLE trajectory_data (frame INTEGER NOT NULL, id INTEGER NOT NULL, "
                       "pos_x REAL NOT NULL, pos_y REAL NOT NULL, ori_x REAL NOT NULL, "
                       "ori_y REAL NOT NULL)") &&
           run_sql(db, "CREATE TABLE metadata (key TEXT NOT NULL UNIQUE PRIMARY KEY, "
                       "value TEXT NOT NULL)") &&
           run_sql(db, "CREATE TABLE geometry (hash INTEGER NOT NULL, wkt TEXT NOT NULL)") &&
           run_sql(db, "CREATE UNIQUE INDEX geometry_hash ON geometry (hash)") &&
           run_sql(db, "CREATE TABLE frame_data (frame INTEGER NOT NULL, "
                       "geometry_hash INTEGER NOT NULL)") &&
           run_sql(db, "CREATE INDEX frame_id_idx ON trajectory_data (frame, id)") &&
           run_sql(db, "COMMIT");
}

/* Runs a statement with its values bound and makes it ready for the next. */
static bool step(sqlite3_stmt *statement) {
    const bool done = sqlite3_step(statement) == SQLITE_DONE;
    return sqlite3_reset(statement) == SQLITE_OK && done;
}

static bool put_meta(sqlite3 *db, const char *key, double value) {
    sqlite3_stmt *put = NULL;
    char text[32];
    mu_json_print_real(value, text);
    const bool done =
        sqlite3_prepare_v2(db, "INSERT INTO metadata VALUES (?, ?)", -1, &put, NULL) == SQLITE_OK &&
        sqlite3_bind_text(put, 1, key, -1, SQLITE_STATIC) == SQLITE_OK &&
        sqlite3_bind_text(put, 2, text, -1, SQLITE_TRANSIENT) == SQLITE_OK && step(put);
    return sqlite3_finalize(put) == SQLITE_OK && done;
}

static int64_t hash_of(const char *text) {
    return (int64_t)(mu_name_hash(text) >> 1);
}

static bool put_head(sqlite3 *db, const mu_trajectory_def *def) {
    const mu_trail *trail = def->trail;
    double low_x = INFINITY, low_y = INFINITY, high_x = -INFINITY, high_y = -INFINITY;
    for (uint32_t p = 0; p < trail->person_count; p++) {
        for (uint32_t k = 0; k < trail->persons[p].count; k++) {
            const mu_trail_point *at = &trail->persons[p].at[k];
            low_x = fmin(low_x, at->x);
            low_y = fmin(low_y, at->y);
            high_x = fmax(high_x, at->x);
            high_y = fmax(high_y, at->y);
        }
    }
    sqlite3_stmt *put = NULL;
    const bool drawn =
        sqlite3_prepare_v2(db, "INSERT INTO geometry VALUES (?, ?)", -1, &put, NULL) == SQLITE_OK &&
        sqlite3_bind_int64(put, 1, hash_of(def->wkt)) == SQLITE_OK &&
        sqlite3_bind_text(put, 2, def->wkt, -1, SQLITE_STATIC) == SQLITE_OK && step(put);
    return sqlite3_finalize(put) == SQLITE_OK && drawn && put_meta(db, "version", 2) &&
           put_meta(db, "fps", frame_rate(trail)) && put_meta(db, "xmin", low_x) &&
           put_meta(db, "xmax", high_x) && put_meta(db, "ymin", low_y) &&
           put_meta(db, "ymax", high_y);
}

/* The way that somebody faces: on to where they are next. */
static mu_point facing(const mu_trail *trail, uint32_t person, uint32_t frame) {
    const mu_trail_point *now = mu_trail_at(trail, person, frame);
    const mu_trail_point *next = mu_trail_at(trail, person, frame + 1);
    const mu_trail_point *last = frame > 0 ? mu_trail_at(trail, person, frame - 1) : NULL;
    const mu_trail_point *from = next != NULL ? now : last, *to = next != NULL ? next : now;
    const double x = from != NULL ? to->x - from->x : 0, y = from != NULL ? to->y - from->y : 0;
    const double length = sqrt(x * x + y * y);
    return length > 0 ? (mu_point){x / length, y / length} : (mu_point){1, 0};
}

static bool put_person(sqlite3_stmt *put, const mu_trajectory_def *def, uint32_t person,
                       uint32_t frame) {
    const mu_trail_point *at = place_of(def, person, frame);
    if (at == NULL) {
        return true;
    }
    const mu_point face = facing(def->trail, person, frame);
    return sqlite3_bind_int64(put, 1, frame) == SQLITE_OK &&
           sqlite3_bind_int64(put, 2, (int64_t)person + 1) == SQLITE_OK &&
           sqlite3_bind_double(put, 3, at->x) == SQLITE_OK &&
           sqlite3_bind_double(put, 4, at->y) == SQLITE_OK &&
           sqlite3_bind_double(put, 5, face.x) == SQLITE_OK &&
           sqlite3_bind_double(put, 6, face.y) == SQLITE_OK && step(put);
}

static bool put_frames(sqlite3 *db, const mu_trajectory_def *def) {
    const mu_trail *trail = def->trail;
    const int64_t hash = hash_of(def->wkt);
    sqlite3_stmt *put = NULL, *frame = NULL;
    bool done = sqlite3_prepare_v2(db, "INSERT INTO trajectory_data VALUES (?, ?, ?, ?, ?, ?)", -1,
                                   &put, NULL) == SQLITE_OK &&
                sqlite3_prepare_v2(db, "INSERT INTO frame_data VALUES (?, ?)", -1, &frame, NULL) ==
                    SQLITE_OK &&
                run_sql(db, "BEGIN");
    for (uint32_t f = 0; done && f < trail->frames; f++) {
        if (f > 0 && f % FRAMES_PER_COMMIT == 0) {
            done = run_sql(db, "COMMIT") && run_sql(db, "BEGIN");
        }
        done = done && sqlite3_bind_int64(frame, 1, f) == SQLITE_OK &&
               sqlite3_bind_int64(frame, 2, hash) == SQLITE_OK && step(frame);
        for (uint32_t p = 0; done && p < trail->person_count; p++) {
            done = put_person(put, def, p, f);
        }
    }
    done = done && run_sql(db, "COMMIT");
    (void)sqlite3_finalize(put);
    (void)sqlite3_finalize(frame);
    return done;
}

static bool put_names(sqlite3 *db, const mu_trajectory_def *def) {
    if (def->names == NULL) {
        return true;
    }
    sqlite3_stmt *put = NULL;
    bool done =
        run_sql(db, "BEGIN") &&
        run_sql(db, "CREATE TABLE persons (id INTEGER PRIMARY KEY, name TEXT NOT NULL)") &&
        sqlite3_prepare_v2(db, "INSERT INTO persons VALUES (?, ?)", -1, &put, NULL) == SQLITE_OK;
    for (uint32_t p = 0; done && p < def->trail->person_count; p++) {
        done = sqlite3_bind_int64(put, 1, (int64_t)p + 1) == SQLITE_OK &&
               sqlite3_bind_text(put, 2, def->names[p], -1, SQLITE_STATIC) == SQLITE_OK &&
               step(put);
    }
    (void)sqlite3_finalize(put);
    return run_sql(db, "COMMIT") && done;
}

/* Into a file beside the one asked for, which then takes its name. */
static mu_status save_sqlite(const mu_trajectory_def *def, const char *file, mu_diags *diags) {
    const mu_where where = {.file = file};
    const size_t room = strlen(file) + 8;
    char *beside = malloc(room);
    sqlite3 *db = NULL;
    if (beside == NULL) {
        return MU_ERR_MEMORY;
    }
    (void)snprintf(beside, room, "%s.new", file);
    (void)unlink(beside);
    bool done = sqlite3_open(beside, &db) == SQLITE_OK && make_tables(db) && put_head(db, def) &&
                put_names(db, def) && put_frames(db, def);
    if (!done) {
        mu_diags_add(diags, MU_ERROR, "io.write", &where, NULL, _("cannot be written: %s"),
                     sqlite3_errmsg(db));
    }
    done = sqlite3_close(db) == SQLITE_OK && done;
    if (done && rename(beside, file) != 0) {
        done = false;
        mu_diags_add(diags, MU_ERROR, "io.write", &where, NULL, _("cannot be written: %s"),
                     strerror(errno));
    }
    if (!done) {
        (void)unlink(beside);
    }
    free(beside);
    return done ? MU_OK : MU_ERR_IO;
}

static bool ends_with(const char *text, const char *end) {
    const size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

mu_status mu_trajectory_write(const mu_trajectory_def *def, const char *file, mu_diags *diags) {
    if (ends_with(file, ".sqlite") || ends_with(file, ".sqlite3") || ends_with(file, ".db")) {
        return save_sqlite(def, file, diags);
    }
    return save_text(def, file, diags);
}
