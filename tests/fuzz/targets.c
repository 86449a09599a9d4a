/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of targets, and what they share. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "core/file_in.h"
#include "core/loader.h"
#include "drill/plan.h"
#include "fuzz.h"
#include "tools/kinds.h"

const fuzz_target fuzz_targets[] = {
    {"plan", FUZZ_JSON,
     "a bundle of incident, site, roster, policy, playbooks: loaded, played for a while",
     fuzz_plan},
    {"year", FUZZ_JSON, "a bundle of a year and its files: compiled, some weeks played", fuzz_year},
    {"study", FUZZ_JSON, "a bundle of a study and its files: laid out, its arms loaded",
     fuzz_study},
    {"kinds", FUZZ_JSON, "one file of any kind that has a table of fields", fuzz_kinds},
    {"redact", FUZZ_JSON, "one file, redacted, and what is left read again", fuzz_redact},
    {"document", FUZZ_JSON, "one file as the editor has it: changed, taken back", fuzz_document},
    {"migrate", FUZZ_JSON, "one file of an older version", fuzz_migrate},
    {"experiment", FUZZ_JSON, "an experiment with real people: floor, persons, figures",
     fuzz_experiment},
    {"session", FUZZ_LINES, "the file of a tabletop session, played again", fuzz_session},
    {"log", FUZZ_LINES, "log.jsonl of a run", fuzz_log},
    {"replay", FUZZ_BYTES, "a replay, and each of its frames", fuzz_replay},
    {"results", FUZZ_BYTES, "a results file (SQLite): values in its tables changed", fuzz_results},
    {"journal", FUZZ_BYTES, "unsaved changes that the editor left behind", fuzz_journal},
    {"floor", FUZZ_BYTES, "the floor of a replay as well-known text", fuzz_floor},
    {"wkt", FUZZ_BYTES, "well-known text, imported", fuzz_wkt},
    {"rooms", FUZZ_BYTES, "a table of rooms and doors, imported", fuzz_rooms},
    {"jupedsim", FUZZ_XML, "JuPedSim's XML, imported", fuzz_jupedsim},
    {"vector", FUZZ_JSON, "GeoJSON or OpenStreetMap, imported", fuzz_vector},
    {"imdf", FUZZ_JSON, "IMDF as one bundle of its GeoJSON files, imported", fuzz_imdf},
    {"dxf", FUZZ_BYTES, "a DXF drawing, imported", fuzz_dxf},
    {"sheet", FUZZ_BYTES, "CSV, cell by cell", fuzz_sheet},
    {"workbook", FUZZ_XML, "an Excel workbook: the XML of its parts, zipped here", fuzz_workbook},
    {"policy-sheet", FUZZ_BYTES, "a policy as a spreadsheet", fuzz_policy_sheet},
    {"times", FUZZ_BYTES, "observed times of an exercise, as a spreadsheet", fuzz_times},
    {"fit", FUZZ_BYTES, "observed values, for a distribution to be fitted", fuzz_fit},
    {"options", FUZZ_BYTES, "words of a command line", fuzz_options},
#ifdef MU_HAVE_SHOW
    {"picture", FUZZ_BYTES, "a picture to be laid under the plan", fuzz_picture},
#endif
};
const unsigned fuzz_count = sizeof fuzz_targets / sizeof fuzz_targets[0];

const fuzz_target *fuzz_find(const char *name) {
    for (unsigned i = 0; i < fuzz_count; i++) {
        if (strcmp(fuzz_targets[i].name, name) == 0) {
            return &fuzz_targets[i];
        }
    }
    return NULL;
}

const char *const fuzz_stage_words[FUZZ_STAGES] = {"read", "passed", "built", "played", "ended"};
static uint64_t reached[FUZZ_STAGES];

void fuzz_reach(fuzz_stage stage) {
    reached[stage]++;
}

uint64_t fuzz_reached(fuzz_stage stage) {
    return reached[stage];
}

void fuzz_check_diags(const mu_diags *diags) {
    for (size_t i = 0; i < mu_diags_count(diags, MU_NOTE); i++) {
        const mu_diag *diag = mu_diags_get(diags, i);
        fuzz_require(diag->text != NULL && diag->text[0] != '\0' && diag->code != NULL);
    }
}

const mu_record_type *fuzz_root_of(const char *format) {
    for (int k = 0; k < MU_KIND_COUNT; k++) {
        const mu_file_kind *kind = mu_kind_get(k).file;
        if (strcmp(kind->format, format) == 0) {
            return kind->root;
        }
    }
    return NULL;
}

const char *fuzz_source(void) {
    const char *source = getenv("MUSTER_SOURCE");
    fuzz_require(source != NULL);
    return source;
}

/* The folder, and what a bundle has put into it. */
enum { FILES_MOST = 16, NAME_MOST = 64 };
static char folder[64];
static char unpacked[FILES_MOST][NAME_MOST];
static int unpacked_count;

static void remove_folder(void) {
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    fuzz_require(system(command) == 0);
}

static const char *the_folder(void) {
    if (folder[0] == '\0') {
        const bool memory = access("/dev/shm", W_OK) == 0;
        snprintf(folder, sizeof folder, "%s/muster-fuzz-XXXXXX", memory ? "/dev/shm" : "/tmp");
        fuzz_require(mkdtemp(folder) != NULL);
        (void)atexit(remove_folder);
    }
    return folder;
}

const char *fuzz_path(const char *name) {
    enum { TURNS = 4 };
    static char paths[TURNS][160];
    static int turn;
    char *path = paths[turn = (turn + 1) % TURNS];
    snprintf(path, sizeof paths[0], "%s/%s", the_folder(), name);
    return path;
}

const char *fuzz_file(const char *name, const uint8_t *data, size_t size) {
    const char *path = fuzz_path(name);
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    fuzz_require(file >= 0 && write(file, data, size) == (ssize_t)size && close(file) == 0);
    return path;
}

static bool is_name(const char *name) {
    const size_t length = strlen(name);
    return length > 0 && length < NAME_MOST && name[0] != '.' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == length;
}

static void unpack_one(const char *name, const cJSON *json) {
    char *text = cJSON_PrintUnformatted(json);
    if (text != NULL) {
        (void)fuzz_file(name, (const uint8_t *)text, strlen(text));
        snprintf(unpacked[unpacked_count++], NAME_MOST, "%s", name);
    }
    cJSON_free(text);
}

bool fuzz_unpack(const uint8_t *data, size_t size) {
    while (unpacked_count > 0) {
        (void)unlink(fuzz_path(unpacked[--unpacked_count]));
    }
    cJSON *json = cJSON_ParseWithLength((const char *)data, size);
    const cJSON *files = cJSON_GetObjectItemCaseSensitive(json, "files");
    for (const cJSON *file = files != NULL ? files->child : NULL; file != NULL; file = file->next) {
        if (file->string != NULL && is_name(file->string) && unpacked_count < FILES_MOST) {
            unpack_one(file->string, file);
        }
    }
    cJSON_Delete(json);
    return unpacked_count > 0;
}

/* It stays until the program ends. */
static mu_plan *small;

static void drop_small(void) {
    mu_plan_destroy(small);
}

const mu_plan *fuzz_small(void) {
    if (small == NULL) {
        char path[4096];
        size_t length;
        snprintf(path, sizeof path, "%s/tests/fuzz/small.json", fuzz_source());
        char *text = mu_file_in_read(path, MU_FILE_IN_BYTES_MOST, &length);
        mu_diags *diags = mu_diags_create();
        fuzz_require(text != NULL && fuzz_unpack((const uint8_t *)text, length));
        small = mu_plan_load(fuzz_path("incident.json"), NULL, diags);
        fuzz_require(small != NULL);
        mu_diags_destroy(diags);
        free(text);
        (void)atexit(drop_small);
    }
    return small;
}
