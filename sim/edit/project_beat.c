/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounds of guards as the roster has them, by the posts of the scene. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "edit/form.h"
#include "edit/project.h"

/* As in the example of the head office, until the planner types the site's own. */
static const char EVERY_S[] = "1800";
static const char STAYS_S[] = "30";

static uint32_t post_mark(const mu_scenery *scene, const char *id) {
    for (uint32_t m = 0; id != NULL && m < scene->mark_count; m++) {
        if (scene->marks[m].subject.kind == MU_SUBJECT_POST &&
            strcmp(scene->marks[m].id, id) == 0) {
            return m;
        }
    }
    return MU_NOWHERE;
}

static const char *kept(mu_project *project, uint32_t roster, const char *pointer) {
    char *text = mu_project_string(project, roster, pointer);
    const char *out = text != NULL ? mu_arena_copy(project->beats_arena, text) : NULL;
    free(text);
    return out;
}

static void read_beat(mu_project *project, uint32_t roster, uint32_t k, mu_beat *out) {
    const mu_scenery *scene = mu_project_scene(project);
    char pointer[80];
    (void)snprintf(pointer, sizeof pointer, "/patrols/#%u/stops", k);
    const uint32_t stops = mu_document_count(mu_project_document(project, roster), pointer);
    *out = (mu_beat){
        .marks = mu_arena_array(project->beats_arena, (size_t)stops + 1, sizeof *out->marks)};
    for (uint32_t s = 0; out->marks != NULL && s < stops; s++) {
        (void)snprintf(pointer, sizeof pointer, "/patrols/#%u/stops/%u/post", k, s);
        char *post = mu_project_string(project, roster, pointer);
        const uint32_t mark = post_mark(scene, post);
        free(post);
        if (mark != MU_NOWHERE) {
            out->marks[out->count++] = mark;
        }
    }
    (void)snprintf(pointer, sizeof pointer, "/patrols/#%u/id", k);
    out->id = kept(project, roster, pointer);
    out->id = out->id != NULL ? out->id : "";
    (void)snprintf(pointer, sizeof pointer, "/patrols/#%u/name/en", k);
    out->name.en = kept(project, roster, pointer);
    (void)snprintf(pointer, sizeof pointer, "/patrols/#%u/name/zh", k);
    out->name.zh = kept(project, roster, pointer);
    (void)snprintf(pointer, sizeof pointer, "/patrols/#%u/every_s", k);
    char *every = mu_project_value(project, roster, pointer);
    if (every == NULL || !mu_form_number(every, &out->every_s)) {
        out->every_s = 0;
    }
    free(every);
}

const mu_beat *mu_project_beats(mu_project *project, uint32_t *count) {
    if (project->beats_arena != NULL && project->beats_version == project->version) {
        *count = project->beat_count;
        return project->beats;
    }
    mu_arena_destroy(project->beats_arena);
    project->beats_arena = mu_arena_create();
    project->beats_version = project->version;
    project->beat_count = *count = 0;
    const uint32_t roster = mu_project_find_paper(project, MU_PAPER_ROSTER);
    if (roster == MU_NOWHERE || project->beats_arena == NULL) {
        return NULL;
    }
    const uint32_t all = mu_document_count(mu_project_document(project, roster), "/patrols");
    project->beats = mu_arena_array(project->beats_arena, (size_t)all + 1, sizeof *project->beats);
    for (uint32_t k = 0; project->beats != NULL && k < all; k++) {
        read_beat(project, roster, k, &project->beats[k]);
    }
    project->beat_count = *count = project->beats != NULL ? all : 0;
    return project->beats;
}

bool mu_project_add_beat(mu_project *project, const mu_subject *posts, uint32_t count, char *id) {
    const uint32_t roster = mu_project_add_people(project);
    char own[80], pointer[200], *json = NULL;
    size_t length = 0;
    FILE *out = roster != MU_NOWHERE && count > 0 ? open_memstream(&json, &length) : NULL;
    if (out == NULL) {
        return false;
    }
    mu_project_free_id(project, roster, "/patrols", "round", own, sizeof own);
    (void)fprintf(out, "{\"id\": \"%s\", \"every_s\": %s, \"stops\": [", own, EVERY_S);
    for (uint32_t k = 0; k < count; k++) {
        const bool there = mu_project_pointer(project, posts[k], pointer, sizeof pointer);
        (void)fprintf(out, "%s{\"post\": \"%s\", \"stays_s\": %s}", k > 0 ? ", " : "",
                      there ? strrchr(pointer, '/') + 1 : "", STAYS_S);
    }
    (void)fprintf(out, "]}");
    const bool fine = fclose(out) == 0 &&
                      mu_project_insert(project, roster, "/patrols", UINT32_MAX, json) == MU_OK;
    free(json);
    if (id != NULL && fine) {
        (void)snprintf(id, 80, "%s", own);
    }
    return fine;
}
