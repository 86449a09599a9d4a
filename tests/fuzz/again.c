/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads again, in any build, what was once found by fuzzing: regress/TARGET/FILE. No libFuzzer is
 * needed, so that sanitizers of any compiler see these files with every run of the tests.
 *
 *     MUSTER_SOURCE=. fuzz_again FOLDER               every file in FOLDER/TARGET
 *     MUSTER_SOURCE=. fuzz_again FILE TARGET …        one file, by each of these
 *     MUSTER_SOURCE=. fuzz_again FILE TARGET --mutate FIRST COUNT
 *                       … and then as changed that often: what passes is changed further
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/file_in.h"
#include "fuzz.h"

static unsigned done;

static int read_one(const fuzz_target *target, const char *path) {
    size_t length = 0;
    char *text = mu_file_in_read(path, MU_FILE_IN_BYTES_MOST, &length);
    if (text == NULL) {
        perror(path);
        return EXIT_FAILURE;
    }
    fprintf(stderr, "%s %s\n", target->name, path);
    target->run((const uint8_t *)text, length);
    free(text);
    done++;
    return EXIT_SUCCESS;
}

static int read_folder(const fuzz_target *target, const char *path) {
    struct dirent **entries;
    int status = EXIT_SUCCESS;
    const int count = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char file[4096];
        snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.' && read_one(target, file) != EXIT_SUCCESS) {
            status = EXIT_FAILURE;
        }
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
    return status;
}

static int read_all(const char *folder) {
    int status = EXIT_SUCCESS;
    for (unsigned t = 0; t < fuzz_count; t++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, fuzz_targets[t].name);
        if (read_folder(&fuzz_targets[t], path) != EXIT_SUCCESS) {
            status = EXIT_FAILURE;
        }
    }
    return status;
}

/* In the words that the sum of all tests reads; what crashes says nothing and is counted as failed.
 */
static int told(unsigned passed) {
    printf("%u passed, %d failed\n", passed, passed == 0);
    return passed == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* A walk through files that pass. The same FIRST gives the same files; a crash is made again by
 * the same numbers. */
static int mutate(const char *path, const fuzz_target *target, unsigned first, unsigned count) {
    enum { ROOM = 1 << 16, TELL_EVERY = 1000 };
    size_t length = 0;
    char *text = mu_file_in_read(path, ROOM, &length);
    uint8_t *now = malloc(ROOM), *next = malloc(ROOM);
    if (text == NULL || now == NULL || next == NULL || target == NULL) {
        perror(path);
        free(text);
        free(now);
        free(next);
        return EXIT_FAILURE;
    }
    memcpy(now, text, length);
    for (unsigned k = first; k < first + count; k++) {
        const bool again = k % 64 == 0;
        const size_t from = again ? strlen(text) : length;
        memcpy(next, again ? (const uint8_t *)text : now, from);
        const size_t made = fuzz_mutate_json(next, from, ROOM, k * 2654435761u);
        const uint64_t before = fuzz_reached(FUZZ_PASSED) + fuzz_reached(FUZZ_BUILT);
        (void)fuzz_file("last.json", next, made); /* stays in the folder where this crashes */
        target->run(next, made);
        if (fuzz_reached(FUZZ_PASSED) + fuzz_reached(FUZZ_BUILT) > before) {
            memcpy(now, next, made);
            length = made;
        }
        if (k % TELL_EVERY == TELL_EVERY - 1) {
            fprintf(stderr, "%u\n", k + 1);
        }
    }
    free(text);
    free(now);
    free(next);
    printf("%u mutations, %lu built, %lu played, %lu to their end\n", count,
           (unsigned long)fuzz_reached(FUZZ_BUILT), (unsigned long)fuzz_reached(FUZZ_PLAYED),
           (unsigned long)fuzz_reached(FUZZ_ENDED));
    return told(fuzz_reached(FUZZ_BUILT) + fuzz_reached(FUZZ_PASSED) > 0 ? 1 : 0);
}

int main(int argc, char **argv) {
    int status = argc < 2 ? EXIT_FAILURE : EXIT_SUCCESS;
    if (argc == 2) {
        status = read_all(argv[1]);
    }
    if (argc == 6 && strcmp(argv[3], "--mutate") == 0) {
        return mutate(argv[1], fuzz_find(argv[2]), (unsigned)strtoul(argv[4], NULL, 10),
                      (unsigned)strtoul(argv[5], NULL, 10));
    }
    for (int i = 2; i < argc; i++) {
        const fuzz_target *target = fuzz_find(argv[i]);
        status = target != NULL ? read_one(target, argv[1]) : EXIT_FAILURE;
    }
    return told(status == EXIT_SUCCESS ? done : 0);
}
