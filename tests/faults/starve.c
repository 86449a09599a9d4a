/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One command of `muster`, played again and again with another request for memory refused each
 * time. It must end as it always does, with the same output, or say that there is no memory, with
 * status 2, no file half written and nothing kept that is not kept otherwise.
 *
 * usage: starve [--from N] [--to N] [--every N] [--places] [--and-on] --out FOLDER -- COMMAND…
 *
 * --places: only the first and the last request from each place in the code (eight calls deep).
 * --and-on: all requests after the n-th are refused, too. FOLDER is emptied before each run.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ration.h"

int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);

enum { FILES_MOST = 256, STATUS_NO_MEMORY = 2, SECONDS_MOST = 120, REQUESTS_MOST = 1 << 24 };

typedef struct written {
    char name[192]; /* within the folder */
    uint64_t hash;
} written;

typedef struct ended {
    int how;                   /* of waitpid */
    uint64_t said, complained; /* bytes on standard output and error */
    uint64_t said_hash;
    written files[FILES_MOST];
    uint32_t file_count;
} ended;

typedef struct place {
    uint64_t from, first, last;
} place;

typedef struct shared {
    ration_told told;
    uint32_t place_count;
    place places[1 << 16];
} shared;

static shared *common;
static const char *folder;
static ended usual, again, now;

static uint64_t hash_file(int file, uint64_t *length) {
    uint64_t hash = 14695981039346656037u;
    unsigned char bytes[4096];
    ssize_t count;
    *length = 0;
    (void)lseek(file, 0, SEEK_SET);
    while ((count = read(file, bytes, sizeof bytes)) > 0) {
        *length += (uint64_t)count;
        for (ssize_t i = 0; i < count; i++) {
            hash = (hash ^ bytes[i]) * 1099511628211u;
        }
    }
    return hash;
}

static int take_away(const char *path, const struct stat *status, int what, struct FTW *at) {
    (void)status;
    (void)what;
    return at->level > 0 ? remove(path) : 0;
}

static int look_at(const char *path, const struct stat *status, int what, struct FTW *at) {
    (void)at;
    const int file = what == FTW_F && S_ISREG(status->st_mode) ? open(path, O_RDONLY) : -1;
    if (file >= 0 && now.file_count < FILES_MOST) {
        written *one = &now.files[now.file_count++];
        uint64_t length;
        (void)snprintf(one->name, sizeof one->name, "%s", path + strlen(folder));
        one->hash = hash_file(file, &length);
        (void)close(file);
    }
    return 0;
}

static void note_place(uint64_t request, uint64_t from) {
    const uint32_t most = sizeof common->places / sizeof common->places[0];
    uint32_t at = (uint32_t)(from % most);
    while (common->places[at].first != 0 && common->places[at].from != from) {
        at = (at + 1) % most;
    }
    if (common->places[at].first == 0) {
        if (common->place_count + 1 >= most) {
            return;
        }
        common->places[at] = (place){from, request, request};
        common->place_count++;
    }
    common->places[at].last = request;
}

static _Noreturn void play(int argc, char **argv, uint64_t refuse, bool and_on, int out, int err) {
    (void)alarm(SECONDS_MOST);
    (void)dup2(out, STDOUT_FILENO);
    (void)dup2(err, STDERR_FILENO);
    ration_begin(&common->told, refuse, and_on);
    const int status = __real_main(argc, argv);
    (void)fflush(NULL);
    ration_end();
    _exit(status);
}

/* Plays the command in a process of its own; what came of it is in `now`. */
static void try(int argc, char **argv, uint64_t refuse, bool and_on) {
    (void)nftw(folder, take_away, 16, FTW_DEPTH | FTW_PHYS);
    memset(&common->told, 0, sizeof common->told);
    memset(&now, 0, sizeof now);
    const int out = memfd_create("out", 0), err = memfd_create("err", 0);
    const pid_t child = fork();
    if (child == 0) {
        play(argc, argv, refuse, and_on, out, err);
    }
    (void)waitpid(child, &now.how, 0);
    now.said_hash = hash_file(out, &now.said);
    (void)hash_file(err, &now.complained);
    if (getenv("STARVE_SHOWS") != NULL) {
        (void)lseek(err, 0, SEEK_SET);
        char text[4096];
        ssize_t count;
        while ((count = read(err, text, sizeof text)) > 0) {
            (void)fwrite(text, 1, (size_t)count, stderr);
        }
    }
    (void)close(out);
    (void)close(err);
    (void)nftw(folder, look_at, 16, FTW_PHYS);
}

static const written *find(const ended *in, const char *name) {
    for (uint32_t i = 0; i < in->file_count; i++) {
        if (strcmp(in->files[i].name, name) == 0) {
            return &in->files[i];
        }
    }
    return NULL;
}

/* What differs between two runs with all the memory they want (a date) is not compared. */
static bool is_steady(const char *name) {
    const written *a = find(&usual, name), *b = find(&again, name);
    return a != NULL && b != NULL && a->hash == b->hash;
}

/* Everything that was written is as it always is. */
static const char *odd_file(void) {
    for (uint32_t i = 0; i < now.file_count; i++) {
        const written *one = &now.files[i], *ever = find(&usual, one->name);
        if (ever == NULL || (is_steady(one->name) && ever->hash != one->hash)) {
            return one->name;
        }
    }
    return NULL;
}

/* NULL: as it should be. */
static const char *judge(uint64_t usually_kept, bool *did_without) {
    static char text[256];
    const int status = WIFEXITED(now.how) ? WEXITSTATUS(now.how) : -1;
    const char *odd = odd_file();
    *did_without = status == WEXITSTATUS(usual.how);
    if (status < 0) {
        (void)snprintf(text, sizeof text, "killed by signal %d", WTERMSIG(now.how));
    } else if (odd != NULL) {
        (void)snprintf(text, sizeof text, "status %d, but '%s' is half written", status, odd);
    } else if (*did_without && now.file_count != usual.file_count) {
        (void)snprintf(text, sizeof text, "status %d, but a file is missing", status);
    } else if (*did_without && usual.said_hash == again.said_hash &&
               now.said_hash != usual.said_hash) {
        (void)snprintf(text, sizeof text, "status %d, but other words on standard output", status);
    } else if (!*did_without && status != STATUS_NO_MEMORY) {
        (void)snprintf(text, sizeof text, "status %d", status);
    } else if (!*did_without && now.complained == 0) {
        (void)snprintf(text, sizeof text, "status %d without a word", status);
    } else if (common->told.kept > usually_kept) {
        (void)snprintf(text, sizeof text, "status %d, %lu kept", status,
                       (unsigned long)(common->told.kept - usually_kept));
    } else {
        return NULL;
    }
    return text;
}

typedef struct request {
    uint64_t from, to, every;
    bool places, and_on;
    int argc;
    char **argv;
} request;

static bool read_words(int argc, char **argv, request *out) {
    *out = (request){.from = 1, .to = UINT64_MAX, .every = 1};
    int at = 1;
    for (; at < argc && strcmp(argv[at], "--") != 0; at++) {
        const bool more = at + 1 < argc;
        if (strcmp(argv[at], "--places") == 0) {
            out->places = true;
        } else if (strcmp(argv[at], "--and-on") == 0) {
            out->and_on = true;
        } else if (strcmp(argv[at], "--out") == 0 && more) {
            folder = argv[++at];
        } else if (strcmp(argv[at], "--from") == 0 && more) {
            out->from = strtoull(argv[++at], NULL, 10);
        } else if (strcmp(argv[at], "--to") == 0 && more) {
            out->to = strtoull(argv[++at], NULL, 10);
        } else if (strcmp(argv[at], "--every") == 0 && more) {
            out->every = strtoull(argv[++at], NULL, 10);
        } else {
            return false;
        }
    }
    /* The command's own words, its name in front: "muster" is what argv[0] would be. */
    out->argv = argv + at;
    out->argc = argc - at;
    return folder != NULL && out->argc > 1 && out->every > 0;
}

static int compare(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The requests to be refused one after the other; the caller frees. */
static uint64_t *choose(const request *asked, uint64_t requests, uint64_t *count) {
    uint64_t *chosen = calloc(requests + 2 * (size_t)common->place_count + 1, sizeof *chosen);
    *count = 0;
    if (chosen == NULL) {
        abort();
    }
    if (!asked->places) {
        for (uint64_t n = asked->from; n <= requests && n <= asked->to; n += asked->every) {
            chosen[(*count)++] = n;
        }
        return chosen;
    }
    uint64_t found = 0;
    for (size_t i = 0; i < sizeof common->places / sizeof common->places[0]; i++) {
        const place *one = &common->places[i];
        for (int last = 0; one->first != 0 && last < (one->last > one->first ? 2 : 1); last++) {
            chosen[found++] = last ? one->last : one->first;
        }
    }
    qsort(chosen, found, sizeof *chosen, compare);
    for (uint64_t i = 0; i < found; i += asked->every) {
        if (chosen[i] >= asked->from && chosen[i] <= asked->to) {
            chosen[(*count)++] = chosen[i];
        }
    }
    return chosen;
}

static void tell_fault(uint64_t n, const char *fault) {
    printf("fault: request %lu: %s\n", (unsigned long)n, fault);
    (void)fflush(stdout);
    backtrace_symbols_fd(common->told.refused, common->told.depth, STDOUT_FILENO);
    for (int k = 0; k < RATION_KEPT && common->told.kept_by[k][0] != NULL; k++) {
        printf("kept:\n");
        (void)fflush(stdout);
        backtrace_symbols_fd(common->told.kept_by[k], RATION_FRAMES, STDOUT_FILENO);
    }
}

static int starve(const request *asked) {
    char **argv = asked->argv;
    argv[0] = (char *)"muster";
    if (asked->places) {
        ration_listen(note_place);
    }
    try(asked->argc, argv, 0, false);
    ration_listen(NULL);
    usual = now;
    const uint64_t requests = common->told.requests, kept = common->told.kept;
    try(asked->argc, argv, 0, false);
    again = now;
    if (!WIFEXITED(usual.how) || WEXITSTATUS(usual.how) == STATUS_NO_MEMORY) {
        printf("fault: the command does not work with all the memory it wants (%d)\n", usual.how);
        return EXIT_FAILURE;
    }
    if (getenv("STARVE_TRACES") != NULL) {
        ration_trace();
    }
    uint64_t count, faults = 0, without = 0, refused = 0;
    uint64_t *chosen = choose(asked, requests, &count);
    for (uint64_t i = 0; i < count; i++) {
        bool did_without;
        try(asked->argc, argv, chosen[i], asked->and_on);
        const char *fault = judge(kept, &did_without);
        refused += common->told.has_refused;
        without += common->told.has_refused && did_without;
        if (fault != NULL) {
            faults++;
            tell_fault(chosen[i], fault);
        }
    }
    free(chosen);
    printf("%lu requests, %lu kept at the end as ever; %lu refused one after the other%s: %lu did "
           "without, %lu faults\n",
           (unsigned long)requests, (unsigned long)kept, (unsigned long)refused,
           asked->and_on ? " with all after it" : "", (unsigned long)without,
           (unsigned long)faults);
    return faults == 0 && refused > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* In the place of muster's own. */
int __wrap_main(int argc, char **argv) {
    request asked;
    if (!read_words(argc, argv, &asked)) {
        (void)fputs("usage: starve [--from N] [--to N] [--every N] [--places] [--and-on] --out "
                    "FOLDER -- COMMAND…\n",
                    stderr);
        return STATUS_NO_MEMORY;
    }
    common = mmap(NULL, sizeof *common, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return common != MAP_FAILED ? starve(&asked) : EXIT_FAILURE;
}
