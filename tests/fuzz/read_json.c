/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON files one by one: each kind that has a table of fields, files of older versions,
 * experiments, and a file as the editor has it. */
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "audit/easi.h"
#include "core/loader.h"
#include "core/migrate.h"
#include "edit/document.h"
#include "fuzz.h"
#include "tools/kinds.h"
#include "verify/case.h"
#include "verify/experiment.h"

/* What comes behind the reader of a kind, where that needs no other file. */
static void use(const mu_file_kind *kind, const void *out, mu_diags *diags) {
    if (kind == &mu_case_file) {
        mu_case_check_file(out, "fuzz", diags);
    } else if (kind == &mu_easi_file) {
        mu_easi_card card;
        mu_easi_score(out, &card);
        fuzz_require(card.interrupted >= 0 && card.interrupted <= 1 + 1e-9);
        fuzz_require(mu_easi_play(out, 1, 20, &card) == MU_OK);
    }
}

static void read_as(const mu_file_kind *kind, const uint8_t *data, size_t size) {
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    mu_loader *loader = mu_loader_create(arena, diags);
    void *out = mu_arena_alloc(arena, kind->root->size);
    const mu_status status =
        mu_loader_read_text(loader, "fuzz", (const char *)data, size, kind, out);
    fuzz_require(status == MU_OK || status == MU_ERR_INPUT);
    fuzz_require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_reach(FUZZ_READ);
    if (status == MU_OK) {
        const mu_status resolved = mu_loader_resolve(loader);
        fuzz_require((resolved == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
        fuzz_reach(resolved == MU_OK ? FUZZ_BUILT : FUZZ_PASSED);
        if (resolved == MU_OK) {
            use(kind, out, diags);
        }
    }
    fuzz_check_diags(diags);
    mu_loader_destroy(loader);
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
}

/* The kind that a text says it is, however malformed it is otherwise; the site where it does not.
 */
static const mu_file_kind *kind_of(const uint8_t *data, size_t size) {
    const mu_file_kind *found = NULL;
    char head[200];
    const size_t length = size < sizeof head - 1 ? size : sizeof head - 1;
    memcpy(head, data, length);
    head[length] = '\0';
    for (int k = 0; k < MU_KIND_COUNT && found == NULL; k++) {
        char quoted[64];
        snprintf(quoted, sizeof quoted, "\"%s\"", mu_kind_get(k).file->format);
        found = strstr(head, quoted) != NULL ? mu_kind_get(k).file : NULL;
    }
    return found != NULL ? found : mu_kind_get(0).file;
}

void fuzz_kinds(const uint8_t *data, size_t size) {
    read_as(kind_of(data, size), data, size);
}

void fuzz_migrate(const uint8_t *data, size_t size) {
    const mu_file_kind *kind = kind_of(data, size);
    char *newer = NULL;
    size_t length = 0;
    int from = 0;
    const mu_status status = mu_migrate(kind, (const char *)data, size, &newer, &length, &from);
    fuzz_require(status == MU_OK);
    fuzz_reach(FUZZ_READ);
    if (newer != NULL) {
        fuzz_require(strlen(newer) == length);
        read_as(kind, (const uint8_t *)newer, length);
    }
    free(newer);
}

void fuzz_experiment(const uint8_t *data, size_t size) {
    const char *path = fuzz_file("experiment.json", data, size);
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    mu_loader *loader = mu_loader_create(arena, diags);
    mu_experiment experiment;
    const mu_status status = mu_experiment_read(loader, path, diags, &experiment);
    fuzz_require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_check_diags(diags);
    fuzz_reach(status == MU_OK ? FUZZ_PASSED : FUZZ_READ);
    const bool small = experiment.agents.count <= 40 && experiment.end_s - experiment.start_s < 60;
    if (status == MU_OK && small) {
        const mu_experiment_def def = {.seed = size, .step_us = 50000};
        mu_experiment_run run = {0};
        if (mu_experiment_play(&experiment, &def, diags, &run) == MU_OK) {
            fuzz_require(mu_experiment_measure(&experiment, run.trail));
            (void)mu_experiment_holds(&experiment);
            mu_trail_destroy(run.trail);
            free(run.wkt);
            fuzz_reach(FUZZ_PLAYED);
        }
    }
    mu_loader_destroy(loader);
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
}

/* A place in the text as a pointer, led by the bytes of `luck`. */
static void lead(const cJSON *at, uint64_t luck, char *pointer, size_t room) {
    size_t length = 0;
    pointer[0] = '\0';
    while (at->child != NULL && length + 80 < room && luck % 5 != 0) {
        const int index = (int)(luck % (uint64_t)cJSON_GetArraySize(at));
        luck /= 3;
        const cJSON *child = cJSON_GetArrayItem(at, index);
        length += (size_t)(cJSON_IsObject(at)
                               ? snprintf(pointer + length, room - length, "/%.60s", child->string)
                               : snprintf(pointer + length, room - length, "/%d", index));
        at = child;
    }
}

static void change(mu_document *document, const cJSON *json, uint64_t luck) {
    static const char *const values[] = {"1",
                                         "\"a\"",
                                         "{\"id\": \"x\", \"at\": [1, 2]}",
                                         "[[0,0],[1,1]]",
                                         "null",
                                         "nonsense",
                                         "\"\xe6\xb1\x89\"",
                                         "[]"};
    char pointer[400];
    lead(json, luck, pointer, sizeof pointer);
    const char *value = values[luck / 7 % 8];
    document->step++;
    switch (luck / 11 % 4) {
    case 0:
        (void)!mu_document_set(document, pointer, value, NULL);
        break;
    case 1:
        (void)!mu_document_remove(document, pointer);
        break;
    case 2:
        (void)!mu_document_insert(document, pointer, (uint32_t)(luck % 3), value);
        break;
    default:
        strncat(pointer, "/fresh", sizeof pointer - strlen(pointer) - 1);
        (void)!mu_document_set(document, pointer, value, NULL);
        break;
    }
    free(mu_document_value(document, pointer));
    free(mu_document_string(document, pointer));
    (void)mu_document_count(document, pointer);
}

/* Changed a few times and back: every byte is as before. */
static void change_and_back(mu_document *document, const cJSON *json, uint64_t luck) {
    size_t length, back_length;
    const char *text = mu_document_text(document, &length);
    char *before = strndup(text, length);
    for (int k = 0; k < 6; k++) {
        change(document, json, luck = luck * 6364136223846793005u + 1442695040888963407u);
    }
    while (mu_document_undo_step(document) != 0) {
        fuzz_require(mu_document_undo(document, mu_document_undo_step(document)));
    }
    const char *after = mu_document_text(document, &back_length);
    fuzz_require(length == back_length && memcmp(before, after, length) == 0);
    while (mu_document_redo_step(document) != 0) {
        fuzz_require(mu_document_redo(document, mu_document_redo_step(document)));
    }
    free(before);
}

void fuzz_document(const uint8_t *data, size_t size) {
    const char *path = fuzz_file("document.json", data, size);
    mu_diags *diags = mu_diags_create();
    mu_document document = {0};
    const mu_status status = mu_document_open(path, &document, diags);
    fuzz_check_diags(diags);
    fuzz_reach(status == MU_OK ? FUZZ_PASSED : FUZZ_READ);
    cJSON *json = status == MU_OK ? cJSON_ParseWithLength((const char *)data, size) : NULL;
    if (json != NULL) {
        uint64_t luck = 14695981039346656037u;
        for (size_t i = 0; i < size; i++) {
            luck = (luck ^ data[i]) * 1099511628211u;
        }
        change_and_back(&document, json, luck >> 8);
    }
    cJSON_Delete(json);
    if (status == MU_OK) {
        mu_document_close(&document);
    } else {
        fuzz_require(mu_diags_count(diags, MU_ERROR) > 0);
    }
    mu_diags_destroy(diags);
}
