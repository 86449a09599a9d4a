/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads again, in any build, what was once found by fuzzing: regress/TARGET/FILE. No libFuzzer is
 * needed, so that sanitizers of any compiler see these files with every run of the tests.
 *
 *     MUSTER_SOURCE=. fuzz_again FOLDER|FILE TARGET …
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

int main(int argc, char **argv) {
    int status = argc < 2 ? EXIT_FAILURE : EXIT_SUCCESS;
    if (argc == 2) {
        status = read_all(argv[1]);
    }
    for (int i = 2; i < argc; i++) {
        const fuzz_target *target = fuzz_find(argv[i]);
        status = target != NULL ? read_one(target, argv[1]) : EXIT_FAILURE;
    }
    printf("%u files read again\n", done);
    return done == 0 ? EXIT_FAILURE : status;
}
