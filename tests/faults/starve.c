/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One command of `muster`, played again and again with another request for memory refused each
 * time. It must end as it always does, with the same output, or say that there is no memory, with
 * status 2, no file half written and nothing kept that is not kept otherwise. It may also leave out
 * what it can do without (the pictures of a report), if it says that.
 *
 * usage: starve [--from N] [--to N] [--every N] [--places] [--and-on] [--traces] [--times] --out
 * FOLDER --
 * COMMAND…
 *
 * --places: only the first and the last request from each place in the code (eight calls deep).
 * --traces: who asked for what was not given back is told, too.
 * --times: what is said has measured times in it, which two runs may share by chance: it is not
 * compared.
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
    ended now;
    uint64_t next;  /* of the requests to be refused: its place in the list */
    bool in_middle; /* of a run, which has not been judged yet */
    uint64_t faults, without, refused;
    uint32_t place_count;
    place places[1 << 16];
} shared;

static shared *common; /* with the processes that the command is played in */
static const char *folder;
static ended usual, again;
static int said_in, complained_in, report; /* descriptors */
static bool traces, times;

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
    if (file >= 0 && common->now.file_count < FILES_MOST) {
        written *one = &common->now.files[common->now.file_count++];
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

static void empty(int file) {
    (void)ftruncate(file, 0);
    (void)lseek(file, 0, SEEK_SET);
}

static void note_end(int how) {
    common->now.how = how;
    common->now.said_hash = hash_file(said_in, &common->now.said);
    (void)hash_file(complained_in, &common->now.complained);
    (void)nftw(folder, look_at, 16, FTW_PHYS);
}

/* Plays the command here and now; what came of it is in common->now. Options are put in order where
 * they stand, so the words are copied. */
static void play(int argc, char **argv, uint64_t refuse, bool and_on) {
    char **words = calloc((size_t)argc + 1, sizeof *words);
    if (words == NULL) {
        abort();
    }
    memcpy(words, argv, (size_t)argc * sizeof *words);
    (void)nftw(folder, take_away, 16, FTW_DEPTH | FTW_PHYS);
    memset(&common->told, 0, sizeof common->told);
    memset(&common->now, 0, sizeof common->now);
    empty(said_in);
    empty(complained_in);
    common->in_middle = true;
    (void)alarm(SECONDS_MOST);
    ration_begin(&common->told, refuse, and_on);
    const int status = __real_main(argc, words);
    (void)fflush(NULL);
    clearerr(stdout);
    common->told.returned = true;
    ration_end();
    free(words);
    note_end(status << 8);
    common->in_middle = false;
}

/* Where it crashed, before it does so for good. */
static void tell_crash(int number) {
    void *frames[24];
    (void)dprintf(report, "crash:\n");
    backtrace_symbols_fd(frames, backtrace(frames, 24), report);
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

/* A process in which standard output and error are files; the parent gets its number. */
static pid_t begin_process(void) {
    (void)fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        (void)dup2(said_in, STDOUT_FILENO);
        (void)dup2(complained_in, STDERR_FILENO);
        (void)signal(SIGSEGV, tell_crash);
        (void)signal(SIGABRT, tell_crash);
    }
    return child;
}

/* Plays the command once, with all the memory it wants. */
static ended play_whole(int argc, char **argv) {
    int how;
    const pid_t child = begin_process();
    if (child == 0) {
        play(argc, argv, 0, false);
        _exit(0);
    }
    (void)waitpid(child, &how, 0);
    if (common->in_middle) {
        note_end(how);
    }
    return common->now;
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

/* A file of results is a database that the same command goes on with. */
static bool goes_on(const char *name) {
    return strstr(name, ".sqlite") != NULL && WIFEXITED(common->now.how) &&
           WEXITSTATUS(common->now.how) == STATUS_NO_MEMORY;
}

/* Everything that was written is as it always is. */
static const char *odd_file(void) {
    for (uint32_t i = 0; i < common->now.file_count; i++) {
        const written *one = &common->now.files[i], *ever = find(&usual, one->name);
        if (goes_on(one->name)) {
            continue;
        }
        if (ever == NULL || (is_steady(one->name) && ever->hash != one->hash)) {
            return one->name;
        }
    }
    return NULL;
}

/* NULL: as it should be. */
static const char *judge(uint64_t usually_kept, bool *did_without) {
    static char text[256];
    const int status = WIFEXITED(common->now.how) ? WEXITSTATUS(common->now.how) : -1;
    const char *odd = odd_file();
    *did_without = status == WEXITSTATUS(usual.how);
    const bool leaks = common->told.returned && common->told.kept > usually_kept;
    const bool says_so = common->now.complained > usual.complained;
    if (*did_without && says_so) {
        return leaks ? "leaks" : NULL; /* without something, and said */
    }
    if (status < 0) {
        (void)snprintf(text, sizeof text, "killed by signal %d", WTERMSIG(common->now.how));
    } else if (odd != NULL) {
        (void)snprintf(text, sizeof text, "status %d, but '%s' is half written", status, odd);
    } else if (*did_without && common->now.file_count != usual.file_count) {
        (void)snprintf(text, sizeof text, "status %d, but a file is missing", status);
    } else if (*did_without && !times && usual.said_hash == again.said_hash &&
               common->now.said_hash != usual.said_hash) {
        (void)snprintf(text, sizeof text, "status %d, but other words on standard output", status);
    } else if (!*did_without && status != STATUS_NO_MEMORY) {
        (void)snprintf(text, sizeof text, "status %d", status);
    } else if (!*did_without && common->now.complained == 0) {
        (void)snprintf(text, sizeof text, "status %d without a word", status);
    } else if (leaks) {
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
        if (strcmp(argv[at], "--times") == 0) {
            times = true;
        } else if (strcmp(argv[at], "--traces") == 0) {
            traces = true;
        } else if (strcmp(argv[at], "--places") == 0) {
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
    (void)dprintf(report, "fault: request %lu: %s\n", (unsigned long)n, fault);
    backtrace_symbols_fd(common->told.refused, common->told.depth, report);
    for (int k = 0; k < RATION_KEPT && common->told.kept_by[k][0] != NULL; k++) {
        (void)dprintf(report, "kept:\n");
        backtrace_symbols_fd(common->told.kept_by[k], RATION_FRAMES, report);
    }
}

static void judge_run(uint64_t n, uint64_t kept) {
    bool did_without;
    const char *fault = judge(kept, &did_without);
    common->refused += common->told.has_refused;
    common->without += common->told.has_refused && did_without;
    if (fault != NULL) {
        common->faults++;
        tell_fault(n, fault);
    }
}

/* Refuses one request after the other, many in one process: a run leaves nothing behind that the
 * next could stumble over, or that is a fault. A run that ends its process is judged by the parent,
 * which goes on with another. */
static void refuse_all(const request *asked, const uint64_t *chosen, uint64_t count,
                       uint64_t kept) {
    while (common->next < count) {
        int how;
        const pid_t child = begin_process();
        if (child == 0) {
            if (traces) {
                ration_trace();
            }
            for (; common->next < count; common->next++) {
                play(asked->argc, asked->argv, chosen[common->next], asked->and_on);
                judge_run(chosen[common->next], kept);
            }
            _exit(0);
        }
        (void)waitpid(child, &how, 0);
        if (common->in_middle) {
            note_end(how);
            judge_run(chosen[common->next++], kept);
            common->in_middle = false;
        }
    }
}

static int starve(const request *asked) {
    asked->argv[0] = (char *)"muster";
    if (asked->places) {
        ration_listen(note_place);
    }
    usual = play_whole(asked->argc, asked->argv);
    ration_listen(NULL);
    const uint64_t requests = common->told.requests, kept = common->told.kept;
    again = play_whole(asked->argc, asked->argv);
    if (!WIFEXITED(usual.how) || WEXITSTATUS(usual.how) == STATUS_NO_MEMORY) {
        printf("fault: the command does not work with all the memory it wants (%d)\n", usual.how);
        return EXIT_FAILURE;
    }
    uint64_t count;
    uint64_t *chosen = choose(asked, requests, &count);
    refuse_all(asked, chosen, count, kept);
    free(chosen);
    printf("%lu requests, %lu kept at the end as ever; %lu refused one after the other%s: %lu did "
           "without, %lu faults\n",
           (unsigned long)requests, (unsigned long)kept, (unsigned long)common->refused,
           asked->and_on ? " with all after it" : "", (unsigned long)common->without,
           (unsigned long)common->faults);
    return common->faults == 0 && common->refused > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* In the place of muster's own. */
int __wrap_main(int argc, char **argv) {
    request asked;
    if (!read_words(argc, argv, &asked)) {
        (void)fputs("usage: starve [--from N] [--to N] [--every N] [--places] [--and-on] "
                    "[--traces] --out FOLDER -- COMMAND…\n",
                    stderr);
        return STATUS_NO_MEMORY;
    }
    report = dup(STDOUT_FILENO);
    said_in = memfd_create("said", 0);
    complained_in = memfd_create("complained", 0);
    common = mmap(NULL, sizeof *common, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return common != MAP_FAILED ? starve(&asked) : EXIT_FAILURE;
}
