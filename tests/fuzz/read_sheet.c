/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spreadsheets that people fill in, and the words of a command line. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "fuzz.h"
#include "tools/command.h"
#include "tools/options.h"
#include "tools/policy_sheet.h"
#include "tools/sheet_in.h"
#include "tools/times_read.h"

bool fuzz_read_sheet(const char *path) {
    mu_diags *diags = mu_diags_create();
    mu_sheet_in sheet;
    const mu_status status = mu_sheet_read(path, &sheet, diags);
    fuzz_require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_check_diags(diags);
    fuzz_reach(status == MU_OK ? FUZZ_PASSED : FUZZ_READ);
    for (uint32_t r = 0; status == MU_OK && r < sheet.count; r++) {
        char name[16];
        for (uint32_t c = 0; c <= sheet.rows[r].count; c++) {
            fuzz_require(mu_sheet_cell(&sheet.rows[r], c) != NULL);
            mu_sheet_name(&sheet.rows[r], c, name);
        }
    }
    if (status == MU_OK) {
        mu_sheet_destroy(&sheet);
    }
    mu_diags_destroy(diags);
    return status == MU_OK;
}

void fuzz_sheet(const uint8_t *data, size_t size) {
    (void)fuzz_read_sheet(fuzz_file("sheet.csv", data, size));
}

void fuzz_policy_sheet(const uint8_t *data, size_t size) {
    const char *path = fuzz_file("policy.csv", data, size);
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    const char *out = fuzz_path("policy-out.json");
    mu_status status = mu_policy_sheet_read(path, NULL, out, arena, diags);
    fuzz_require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_check_diags(diags);
    fuzz_reach(FUZZ_READ);
    if (status == MU_OK) { /* and back: what was read can be written, and read as the same */
        fuzz_reach(FUZZ_PASSED);
        const char *back = fuzz_path("policy-back.csv");
        fuzz_require(mu_policy_sheet_write(out, back, arena, diags) == MU_OK);
        status = mu_policy_sheet_read(back, NULL, fuzz_path("policy-again.json"), arena, diags);
        fuzz_require(status == MU_OK);
        fuzz_reach(FUZZ_ENDED);
    }
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
}

/* Boxes as those of a pack; the first bytes of the seeds name them. */
static const mu_pack_box boxes[] = {
    {"P01", 0, "declared:red"}, {"P02", 0, "step:verify"}, {"P03", 0, "alerted"}};

void fuzz_times(const uint8_t *data, size_t size) {
    const char *path = fuzz_file("times.csv", data, size);
    const mu_pack_given pack = {.id = "fuzz", .boxes = {(mu_pack_box *)boxes, 3}};
    mu_diags *diags = mu_diags_create();
    mu_times times;
    const mu_status status = mu_times_read(path, &pack, &times, diags);
    fuzz_require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_check_diags(diags);
    fuzz_reach(status == MU_OK ? FUZZ_PASSED : FUZZ_READ);
    if (status == MU_OK) {
        mu_times_destroy(&times);
    }
    mu_diags_destroy(diags);
}

/* muster.c has these beside its main: here there are no commands, and complaints are for nobody. */
const mu_command mu_commands[] = {{NULL, NULL, NULL}};

static void drop_complaint(const char *format, va_list arguments) {
    char text[2000];
    fuzz_require(vsnprintf(text, sizeof text, format, arguments) >= 0);
}

int mu_refuse(const char *command, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    drop_complaint(format, arguments);
    va_end(arguments);
    return command != NULL ? MU_EXIT_USAGE : MU_EXIT_NO;
}

int mu_refuse_usage(const char *command, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    drop_complaint(format, arguments);
    va_end(arguments);
    return command != NULL ? MU_EXIT_USAGE : MU_EXIT_NO;
}

static const mu_option fuzzed_options[] = {
    {'o', "output", N_("FILE"), N_("write it here")},
    {'q', "quiet", NULL, N_("say nothing")},
    {0, "seed", N_("N"), N_("of the draws")},
    {0, "seconds", N_("S"), N_("how long")},
    {0, NULL, NULL, NULL},
};

/* Standard output, and what is complained of, for nobody. */
static FILE *hush(void) {
    static bool silent;
    if (!silent) {
        silent = freopen("/dev/null", "w", stdout) != NULL;
    }
    FILE *kept = stderr;
    stderr = stdout;
    return kept;
}

/* Observed values, as `muster fit` takes them. */
void fuzz_fit(const uint8_t *data, size_t size) {
    char name[] = "fit", path[200];
    snprintf(path, sizeof path, "%s", fuzz_file("values.csv", data, size));
    char *words[] = {name, path, NULL};
    FILE *kept = hush();
    const int status = mu_fit_main(2, words);
    stderr = kept;
    fuzz_reach(status == MU_EXIT_DONE ? FUZZ_PASSED : FUZZ_READ);
}

/* Words end with a line; nothing is printed that anybody sees. */
void fuzz_options(const uint8_t *data, size_t size) {
    static const mu_usage usage = {.command = "fuzz",
                                   .synopsis = "FILE",
                                   .summary = N_("Reads words."),
                                   .options = fuzzed_options};
    enum { WORDS_MOST = 30 };
    char *text = strndup((const char *)data, size), *rest = text, *words[WORDS_MOST + 2] = {"fuzz"};
    int count = 1;
    for (char *word; count <= WORDS_MOST && (word = fuzz_part(&rest, '\n')) != NULL;) {
        words[count++] = word;
    }
    words[count] = NULL;
    (void)mu_options_take_flag(&count, words, "--verbose");
    (void)mu_options_take_language(&count, words);
    mu_given_options given;
    int status = 0;
    uint64_t number = 0;
    FILE *kept = hush();
    if (mu_options_read(&usage, count, words, &given, &status)) {
        for (int i = 0; i < given.operand_count; i++) {
            fuzz_require(given.operands[i] != NULL);
        }
        (void)mu_option_number("fuzz", "seed", given.value[2], 0, UINT64_MAX, &number);
        fuzz_reach(FUZZ_PASSED);
    }
    stderr = kept;
    free(text);
}
