/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures below the drawing, in a file of their own: reading, and writing in its order. */
#include "edit/tracing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/field.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "edit/project.h"

static const mu_field picture_fields[] = {
    {MU_FIELD_AT(mu_tracing_given, level), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Level of the site that it shows")},
    {MU_FIELD_AT(mu_tracing_given, file), .kind = MU_FIELD_STRING, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("PNG or JPEG, from the folder of this file")},
    {MU_FIELD_AT(mu_tracing_given, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED,
     .unit = "m", .meaning = N_("Where its upper left corner lies on the plan")},
    {MU_FIELD_AT(mu_tracing_given, metres_per_pixel), .kind = MU_FIELD_REAL,
     .flags = MU_FIELD_REQUIRED, .least = 0.00001, .most = 100, .unit = "m",
     .meaning = N_("Size of one of its pixels")},
    {MU_FIELD_AT(mu_tracing_given, turned_deg), .kind = MU_FIELD_REAL, .least = -360, .most = 360,
     .unit = "°", .meaning = N_("How far it is turned about that corner, to the left")},
    {MU_FIELD_AT(mu_tracing_given, strength), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .fallback = 0.75, .unit = "1", .meaning = N_("How strongly it shows")},
    {MU_FIELD_AT(mu_tracing_given, hidden), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether it is put out of sight")},
};

static const mu_record_type picture_type = {
    .name = "tracing_picture",
    .meaning = N_("A picture of a floor plan"),
    .size = sizeof(mu_tracing_given),
    MU_FIELD_ROWS(picture_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_tracing_given),
};

static const mu_field tracing_fields[] = {
    {MU_FIELD_AT(mu_tracings_given, pictures), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &picture_type, .meaning = N_("Pictures, at most one a level")},
};

static const mu_record_type tracing_type = {
    .name = "tracing",
    .meaning = N_("Pictures of floor plans that a site is traced from"),
    .size = sizeof(mu_tracings_given),
    MU_FIELD_ROWS(tracing_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

const mu_file_kind mu_tracing_file = {
    .format = "muster.tracing",
    .version = 1,
    .root = &tracing_type,
    .meaning =
        N_("Pictures of floor plans that a site is traced from. The editor keeps them beside "
           "the site's file, which stays as it is; nothing else reads them"),
};

/* --- names --- */

void mu_tracing_path(mu_project *project, char *out, size_t room) {
    const char *path = mu_project_site(project)->path;
    const size_t length = strlen(path);
    const bool json = length > 5 && strcmp(path + length - 5, ".json") == 0;
    (void)snprintf(out, room, "%.*s.tracing.json", (int)(json ? length - 5 : length), path);
}

static void folder_of(const char *path, char *out, size_t room) {
    const char *slash = strrchr(path, '/');
    (void)snprintf(out, room, "%.*s", slash != NULL ? (int)(slash - path) + 1 : 0, path);
}

/* The path of a picture from the folder of the file; where it lies elsewhere, from the root. The
 * caller frees it. */
static char *from_folder(const char *folder, const char *file) {
    char *base = realpath(folder[0] != '\0' ? folder : ".", NULL);
    char *whole = realpath(file, NULL);
    const size_t length = base != NULL ? strlen(base) : 0;
    const bool beside =
        whole != NULL && length > 0 && strncmp(whole, base, length) == 0 && whole[length] == '/';
    char *out = strdup(beside ? whole + length + 1 : whole != NULL ? whole : file);
    free(base);
    free(whole);
    return out;
}

/* --- reading --- */

static uint32_t level_of(const mu_scenery *scene, const char *id) {
    for (uint32_t l = 0; l < scene->level_count; l++) {
        if (strcmp(scene->levels[l].id, id) == 0) {
            return l;
        }
    }
    return MU_NOWHERE;
}

static const char *found_at(mu_arena *arena, const char *folder, const char *file) {
    const size_t room = strlen(folder) + strlen(file) + 1;
    char *out = mu_arena_array(arena, room, 1);
    if (out != NULL) {
        (void)snprintf(out, room, "%s%s", file[0] == '/' ? "" : folder, file);
    }
    return out;
}

static uint32_t take(mu_project *project, const mu_tracings_given *given, const char *path) {
    const mu_scenery *scene = mu_project_scene(project);
    char folder[4096];
    folder_of(path, folder, sizeof folder);
    mu_tracing *out =
        mu_arena_array(project->tracings_arena, (size_t)given->pictures.count + 1, sizeof *out);
    uint32_t count = 0;
    for (uint32_t k = 0; out != NULL && k < given->pictures.count; k++) {
        const mu_tracing_given *g = &given->pictures.items[k];
        const uint32_t level = level_of(scene, g->level);
        const char *file = found_at(project->tracings_arena, folder, g->file);
        if (level != MU_NOWHERE && file != NULL) {
            out[count++] = (mu_tracing){file,          level,       g->at,    g->metres_per_pixel,
                                        g->turned_deg, g->strength, g->hidden};
        }
    }
    project->tracings = out;
    return count;
}

const mu_tracing *mu_project_tracings(mu_project *project, uint32_t *count, mu_diags *diags) {
    char path[4200];
    mu_tracings_given given = {0};
    *count = 0;
    mu_tracing_path(project, path, sizeof path);
    mu_arena_destroy(project->tracings_arena);
    project->tracings_arena = mu_arena_create();
    project->tracings = NULL;
    if (project->tracings_arena == NULL || access(path, F_OK) != 0) {
        return NULL;
    }
    mu_loader *loader = mu_loader_create(project->tracings_arena, diags);
    if (loader != NULL && mu_loader_read(loader, path, &mu_tracing_file, &given) == MU_OK) {
        *count = take(project, &given, path);
    }
    mu_loader_destroy(loader);
    return project->tracings;
}

/* --- writing --- */

static void put_picture(mu_json_out *out, const mu_scenery *scene, const char *folder,
                        const mu_tracing *t) {
    char *file = from_folder(folder, t->file);
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "level", scene->levels[t->level].id);
    mu_json_put_string(out, "file", file != NULL ? file : t->file);
    free(file);
    mu_json_open_flat(out, "at", '[');
    mu_json_put_real(out, NULL, t->at.x);
    mu_json_put_real(out, NULL, t->at.y);
    mu_json_close(out, ']');
    mu_json_put_real(out, "metres_per_pixel", t->metres_per_pixel);
    mu_json_put_real(out, "turned_deg", t->turned_deg);
    mu_json_put_real(out, "strength", t->strength);
    mu_json_put_bool(out, "hidden", t->hidden);
    mu_json_close(out, '}');
}

bool mu_project_keep_tracings(mu_project *project, const mu_tracing *tracings, uint32_t count) {
    const mu_scenery *scene = mu_project_scene(project);
    char path[4200], folder[4200], *text = NULL;
    size_t length = 0;
    mu_tracing_path(project, path, sizeof path);
    folder_of(path, folder, sizeof folder);
    if (count == 0) {
        return access(path, F_OK) != 0 || unlink(path) == 0;
    }
    mu_json_out out = {.stream = open_memstream(&text, &length)};
    if (out.stream == NULL) {
        return false;
    }
    mu_json_open(&out, NULL, '{');
    mu_json_put_string(&out, "format", mu_tracing_file.format);
    mu_json_put_int(&out, "version", mu_tracing_file.version);
    mu_json_open(&out, "pictures", '[');
    for (uint32_t k = 0; k < count; k++) {
        if (tracings[k].level < scene->level_count) {
            put_picture(&out, scene, folder, &tracings[k]);
        }
    }
    mu_json_close(&out, ']');
    mu_json_close(&out, '}');
    (void)fputc('\n', out.stream);
    const bool made = fclose(out.stream) == 0;
    const bool fine = made && mu_file_out_write(path, text, length, NULL) == MU_OK;
    free(text);
    return fine;
}
