/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame is written once the next one is known, since people face where they are next. So many
 * frames are one transaction: a commit for each would cost more than the rows. */
#include "verify/trajectory_sqlite.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "core/i18n.h"
#include "core/json_out.h"

enum { FRAMES_PER_COMMIT = 200, HELD = 3 };

struct mu_trajectory_sqlite {
    mu_trajectory_def def;
    char *file, *beside;
    sqlite3 *db;
    sqlite3_stmt *put, *put_frame;
    mu_track_place *frames; /* the last HELD that came: number f is at f % HELD */
    uint32_t count;         /* that came */
    int64_t geometry;
    mu_point low, high; /* of everyone who was written */
    bool failed;
};

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

static bool put_geometry(mu_trajectory_sqlite *out) {
    sqlite3_stmt *put = NULL;
    const bool drawn = sqlite3_prepare_v2(out->db, "INSERT INTO geometry VALUES (?, ?)", -1, &put,
                                          NULL) == SQLITE_OK &&
                       sqlite3_bind_int64(put, 1, out->geometry) == SQLITE_OK &&
                       sqlite3_bind_text(put, 2, out->def.wkt, -1, SQLITE_STATIC) == SQLITE_OK &&
                       step(put);
    return sqlite3_finalize(put) == SQLITE_OK && drawn;
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
    for (uint32_t p = 0; done && p < def->persons; p++) {
        done = sqlite3_bind_int64(put, 1, (int64_t)p + 1) == SQLITE_OK &&
               sqlite3_bind_text(put, 2, def->names[p], -1, SQLITE_STATIC) == SQLITE_OK &&
               step(put);
    }
    (void)sqlite3_finalize(put);
    return run_sql(db, "COMMIT") && done;
}

static void tell(const mu_trajectory_sqlite *out, const char *why, mu_diags *diags) {
    const mu_where where = {.file = out->file};
    mu_diags_add(diags, MU_ERROR, "io.write", &where, NULL, _("cannot be written: %s"), why);
}

void mu_trajectory_sqlite_abandon(mu_trajectory_sqlite *out) {
    (void)sqlite3_finalize(out->put);
    (void)sqlite3_finalize(out->put_frame);
    (void)sqlite3_close(out->db);
    if (out->beside != NULL) {
        (void)unlink(out->beside);
    }
    free(out->file);
    free(out->beside);
    free(out->frames);
    free(out);
}

mu_trajectory_sqlite *mu_trajectory_sqlite_open(const mu_trajectory_def *def, const char *file,
                                                mu_diags *diags) {
    mu_trajectory_sqlite *out = calloc(1, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    const size_t room = strlen(file) + 8;
    *out = (mu_trajectory_sqlite){.def = *def,
                                  .file = strdup(file),
                                  .beside = malloc(room),
                                  .geometry = (int64_t)(mu_name_hash(def->wkt) >> 1),
                                  .low = {INFINITY, INFINITY},
                                  .high = {-INFINITY, -INFINITY}};
    out->frames = calloc(HELD * (size_t)def->persons + 1, sizeof *out->frames);
    if (out->file == NULL || out->beside == NULL || out->frames == NULL) {
        mu_trajectory_sqlite_abandon(out);
        return NULL;
    }
    (void)snprintf(out->beside, room, "%s.new", file);
    (void)unlink(out->beside);
    const bool done =
        sqlite3_open(out->beside, &out->db) == SQLITE_OK && make_tables(out->db) &&
        put_geometry(out) && put_names(out->db, def) &&
        sqlite3_prepare_v2(out->db, "INSERT INTO trajectory_data VALUES (?, ?, ?, ?, ?, ?)", -1,
                           &out->put, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(out->db, "INSERT INTO frame_data VALUES (?, ?)", -1, &out->put_frame,
                           NULL) == SQLITE_OK &&
        run_sql(out->db, "BEGIN");
    if (!done) {
        tell(out, sqlite3_errmsg(out->db), diags);
        mu_trajectory_sqlite_abandon(out);
        return NULL;
    }
    return out;
}

/* Where a person was in a frame that is still held; NULL: nowhere. */
static const mu_track_place *place_at(const mu_trajectory_sqlite *out, uint32_t frame,
                                      uint32_t person) {
    const mu_track_place *at = &out->frames[(size_t)(frame % HELD) * out->def.persons + person];
    return frame < out->count && at->level != MU_NONE ? at : NULL;
}

/* The way that somebody faces: on to where they are next; at the end, as they came. */
static mu_point facing(const mu_trajectory_sqlite *out, uint32_t frame, uint32_t person) {
    const mu_track_place *now = place_at(out, frame, person);
    const mu_track_place *next = place_at(out, frame + 1, person);
    const mu_track_place *last = frame > 0 ? place_at(out, frame - 1, person) : NULL;
    const mu_track_place *from = next != NULL ? now : last, *to = next != NULL ? next : now;
    const double x = from != NULL ? to->x - from->x : 0, y = from != NULL ? to->y - from->y : 0;
    const double length = sqrt(x * x + y * y);
    return length > 0 ? (mu_point){x / length, y / length} : (mu_point){1, 0};
}

static bool put_person(mu_trajectory_sqlite *out, uint32_t frame, uint32_t person) {
    const mu_track_place *at = place_at(out, frame, person);
    if (at == NULL || (out->def.level != MU_NONE && at->level != out->def.level)) {
        return true;
    }
    const mu_point face = facing(out, frame, person);
    out->low = (mu_point){fmin(out->low.x, at->x), fmin(out->low.y, at->y)};
    out->high = (mu_point){fmax(out->high.x, at->x), fmax(out->high.y, at->y)};
    return sqlite3_bind_int64(out->put, 1, frame) == SQLITE_OK &&
           sqlite3_bind_int64(out->put, 2, (int64_t)person + 1) == SQLITE_OK &&
           sqlite3_bind_double(out->put, 3, at->x) == SQLITE_OK &&
           sqlite3_bind_double(out->put, 4, at->y) == SQLITE_OK &&
           sqlite3_bind_double(out->put, 5, face.x) == SQLITE_OK &&
           sqlite3_bind_double(out->put, 6, face.y) == SQLITE_OK && step(out->put);
}

static bool put_frame(mu_trajectory_sqlite *out, uint32_t frame) {
    bool done = frame == 0 || frame % FRAMES_PER_COMMIT != 0 ||
                (run_sql(out->db, "COMMIT") && run_sql(out->db, "BEGIN"));
    done = done && sqlite3_bind_int64(out->put_frame, 1, frame) == SQLITE_OK &&
           sqlite3_bind_int64(out->put_frame, 2, out->geometry) == SQLITE_OK &&
           step(out->put_frame);
    for (uint32_t p = 0; done && p < out->def.persons; p++) {
        done = put_person(out, frame, p);
    }
    return done;
}

void mu_trajectory_sqlite_put(mu_trajectory_sqlite *out, const mu_track_place *frame) {
    memcpy(&out->frames[(size_t)(out->count % HELD) * out->def.persons], frame,
           out->def.persons * sizeof *frame);
    out->count++;
    if (!out->failed && out->count > 1) {
        out->failed = !put_frame(out, out->count - 2);
    }
}

static bool put_box(mu_trajectory_sqlite *out) {
    const bool any = out->low.x <= out->high.x;
    return put_meta(out->db, "version", 2) && put_meta(out->db, "fps", 1 / out->def.frame_s) &&
           put_meta(out->db, "xmin", any ? out->low.x : 0) &&
           put_meta(out->db, "xmax", any ? out->high.x : 0) &&
           put_meta(out->db, "ymin", any ? out->low.y : 0) &&
           put_meta(out->db, "ymax", any ? out->high.y : 0);
}

mu_status mu_trajectory_sqlite_close(mu_trajectory_sqlite *out, mu_diags *diags) {
    bool done = !out->failed && (out->count == 0 || put_frame(out, out->count - 1)) &&
                put_box(out) && run_sql(out->db, "COMMIT");
    if (!done) {
        tell(out, sqlite3_errmsg(out->db), diags);
    }
    (void)sqlite3_finalize(out->put);
    (void)sqlite3_finalize(out->put_frame);
    done = sqlite3_close(out->db) == SQLITE_OK && done;
    out->put = out->put_frame = NULL;
    out->db = NULL;
    if (done && rename(out->beside, out->file) != 0) {
        done = false;
        tell(out, strerror(errno), diags);
    }
    if (done) {
        free(out->beside);
        out->beside = NULL;
    }
    mu_trajectory_sqlite_abandon(out);
    return done ? MU_OK : MU_ERR_IO;
}
