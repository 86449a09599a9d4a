/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is fuzzed: one row for each reader of files that come from elsewhere. The same rows are
 * built twice: into a libFuzzer program (fuzz.c, clang only) and into one that reads again, in the
 * ordinary test suite, what once was a finding (again.c).
 *
 * A target takes any bytes and returns. Whatever they are, they end as data in order or as faults
 * that say where they are: never in a crash, in undefined behaviour, a leak, or silence. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/field.h"
#include "muster/diag.h"

/* What is mutated: bytes; one JSON text, by the tables of fields (mutate.c); lines of JSON; XML by
 * its elements, attributes and numbers (mutate_xml.c). */
typedef enum fuzz_form { FUZZ_BYTES, FUZZ_JSON, FUZZ_LINES, FUZZ_XML } fuzz_form;

typedef struct fuzz_target {
    const char *name;
    fuzz_form form;
    const char *meaning; /* what is read, and how far it goes */
    void (*run)(const uint8_t *data, size_t size);
} fuzz_target;

/* The target with this name; NULL. */
const fuzz_target *fuzz_find(const char *name);
/* Index < fuzz_count. */
extern const fuzz_target fuzz_targets[];
extern const unsigned fuzz_count;

/* What must hold whatever the bytes are. */
static inline void fuzz_require(bool holds) {
    if (!holds) {
        abort();
    }
}

/* How far inputs came, counted to see whether mutation gets through the checks. */
typedef enum fuzz_stage {
    FUZZ_READ,   /* by a reader, with or without faults */
    FUZZ_PASSED, /* without faults */
    FUZZ_BUILT,  /* all files together, and what is compiled from them */
    FUZZ_PLAYED, /* simulated */
    FUZZ_ENDED,  /* … to its end, and its results worked out */
    FUZZ_STAGES
} fuzz_stage;
extern const char *const fuzz_stage_words[FUZZ_STAGES];
void fuzz_reach(fuzz_stage stage);
uint64_t fuzz_reached(fuzz_stage stage);

/* Every fault has a text, a code and a place, and printing it does not depend on its file. */
void fuzz_check_diags(const mu_diags *diags);

/* A file with these bytes in a folder of memory that is the process's own; the path is good until
 * the program ends. Names are ours, never an input's. */
const char *fuzz_file(const char *name, const uint8_t *data, size_t size);
/* A path in that folder. */
const char *fuzz_path(const char *name);
/* The folder of the product's sources (MUSTER_SOURCE). */
const char *fuzz_source(void);

/* A bundle: {"files": {"site.json": {…}, …}}, or one file's object. Its files are written to the
 * folder, those of the last bundle taken away. False where it is no bundle. */
bool fuzz_unpack(const uint8_t *data, size_t size);

/* What stands before the next `mark`, ended there; `*rest` is behind it, NULL at the end. */
static inline char *fuzz_part(char **rest, char mark) {
    char *part = *rest, *end = part;
    while (end != NULL && *end != '\0' && *end != mark) {
        end++;
    }
    *rest = end != NULL && *end == mark ? end + 1 : NULL;
    if (end != NULL) {
        *end = '\0';
    }
    return part;
}

/* The plan of small.json, which logs and sessions are of. */
const struct mu_plan *fuzz_small(void);

/* The root of the files of a format; NULL. */
const mu_record_type *fuzz_root_of(const char *format);

/* read_json.c */
void fuzz_kinds(const uint8_t *data, size_t size);
void fuzz_document(const uint8_t *data, size_t size);
void fuzz_migrate(const uint8_t *data, size_t size);
void fuzz_experiment(const uint8_t *data, size_t size);
/* read_plan.c */
void fuzz_plan(const uint8_t *data, size_t size);
void fuzz_year(const uint8_t *data, size_t size);
void fuzz_study(const uint8_t *data, size_t size);
void fuzz_redact(const uint8_t *data, size_t size);
/* read_drawing.c */
void fuzz_dxf(const uint8_t *data, size_t size);
void fuzz_vector(const uint8_t *data, size_t size);
void fuzz_imdf(const uint8_t *data, size_t size);
void fuzz_wkt(const uint8_t *data, size_t size);
void fuzz_jupedsim(const uint8_t *data, size_t size);
void fuzz_rooms(const uint8_t *data, size_t size);
/* read_picture.c */
void fuzz_picture(const uint8_t *data, size_t size);
/* read_workbook.c */
void fuzz_workbook(const uint8_t *data, size_t size);
/* read_sheet.c */
void fuzz_sheet(const uint8_t *data, size_t size);
/* Every cell of a sheet asked; true where it was read. */
bool fuzz_read_sheet(const char *path);
void fuzz_policy_sheet(const uint8_t *data, size_t size);
void fuzz_times(const uint8_t *data, size_t size);
void fuzz_fit(const uint8_t *data, size_t size);
void fuzz_options(const uint8_t *data, size_t size);
/* read_results.c */
void fuzz_log(const uint8_t *data, size_t size);
void fuzz_replay(const uint8_t *data, size_t size);
void fuzz_session(const uint8_t *data, size_t size);
void fuzz_results(const uint8_t *data, size_t size);
void fuzz_floor(const uint8_t *data, size_t size);
void fuzz_journal(const uint8_t *data, size_t size);

/* mutate.c: another text of at most `most` bytes in place of the first `size`, by the tables of
 * fields. 0: the text is no JSON. */
size_t fuzz_mutate_json(uint8_t *data, size_t size, size_t most, unsigned seed);
/* The same of one of its lines, or lines taken away, doubled, changed over. */
size_t fuzz_mutate_lines(uint8_t *data, size_t size, size_t most, unsigned seed);
/* A part of the second text in place of one of the first that stands for the same. 0: none. */
size_t fuzz_cross_json(const uint8_t *one, size_t one_size, const uint8_t *two, size_t two_size,
                       uint8_t *out, size_t most, unsigned seed);
/* mutate_xml.c. 0: there are no tags in it, or too many. */
size_t fuzz_mutate_xml(uint8_t *data, size_t size, size_t most, unsigned seed);

/* The next number of a sequence that is all of `*luck`. */
uint64_t fuzz_draw(uint64_t *luck);
/* Puts `length` bytes in place of those from `from` to `to`. 0: they have no room. */
size_t fuzz_splice(uint8_t *data, size_t size, size_t most, size_t from, size_t to,
                   const uint8_t *with, size_t length);

#endif
