/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "ration.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <execinfo.h>
#include <malloc.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *memory, size_t bytes);
void *__real_aligned_alloc(size_t alignment, size_t bytes);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t most);
char *__real_realpath(const char *path, char *out);
FILE *__real_open_memstream(char **text, size_t *length);
FILE *__real_fopen(const char *path, const char *mode);
FILE *__real_fdopen(int file, const char *mode);
void __real_free(void *memory);

void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *memory, size_t bytes);
void *__wrap_aligned_alloc(size_t alignment, size_t bytes);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t most);
char *__wrap_realpath(const char *path, char *out);
FILE *__wrap_open_memstream(char **text, size_t *length);
FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_fdopen(int file, const char *mode);
void __wrap_free(void *memory);

typedef struct given {
    void *memory; /* NULL: free; GONE: was given back */
    void *frames[RATION_FRAMES];
} given;

static char gone;
#define GONE ((void *)&gone)

/* One ration a process. */
static struct {
    pthread_mutex_t lock;
    ration_told *told; /* NULL: nothing is counted */
    bool and_on;
    uint64_t refuse;
    given *table; /* open addressing; its size is a power of two */
    size_t room, used;
    ration_listener *listener;
    bool traces; /* who asked for what is kept, too */
} ration = {.lock = PTHREAD_MUTEX_INITIALIZER};

static size_t slot_of(const void *memory) {
    return (size_t)(((uintptr_t)memory >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 20) &
           (ration.room - 1);
}

static void put(given what) {
    size_t at = slot_of(what.memory);
    while (ration.table[at].memory != NULL) {
        at = (at + 1) & (ration.room - 1);
    }
    ration.table[at] = what;
    ration.used++;
}

static void make_table(void) {
    const size_t old_room = ration.room;
    given *old = ration.table;
    ration.room = old_room == 0 ? 1024 : (size_t)(4 * (ration.told->kept + 512));
    while ((ration.room & (ration.room - 1)) != 0) {
        ration.room &= ration.room - 1;
    }
    ration.table = __real_calloc(ration.room, sizeof *ration.table);
    if (ration.table == NULL) {
        abort();
    }
    ration.used = 0;
    for (size_t i = 0; i < old_room; i++) {
        if (old[i].memory != NULL && old[i].memory != GONE) {
            put(old[i]);
        }
    }
    __real_free(old);
}

static void *keep(void *memory) {
    if (memory == NULL || ration.told == NULL) {
        return memory;
    }
    given what = {.memory = memory};
    if (ration.traces) {
        (void)backtrace(what.frames, RATION_FRAMES);
    }
    (void)pthread_mutex_lock(&ration.lock);
    if (2 * ration.used >= ration.room) {
        make_table();
    }
    put(what);
    ration.told->kept++;
    (void)pthread_mutex_unlock(&ration.lock);
    return memory;
}

static void give_back(void *memory) {
    if (ration.told == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&ration.lock);
    for (size_t at = ration.room != 0 ? slot_of(memory) : 0;
         memory != NULL && ration.room != 0 && ration.table[at].memory != NULL;
         at = (at + 1) & (ration.room - 1)) {
        if (ration.table[at].memory == memory) {
            ration.table[at].memory = GONE;
            ration.told->kept--;
            break;
        }
    }
    (void)pthread_mutex_unlock(&ration.lock);
}

static uint64_t came_from(void) {
    void *frames[RATION_FRAMES + 2];
    const int depth = backtrace(frames, RATION_FRAMES + 2);
    uint64_t hash = 14695981039346656037u;
    for (int i = 2; i < depth; i++) {
        hash = (hash ^ (uint64_t)(uintptr_t)frames[i]) * 1099511628211u;
    }
    return hash;
}

/* One request: is it granted? */
static bool grant(void) {
    if (ration.told == NULL) {
        return true;
    }
    const uint64_t request = __atomic_add_fetch(&ration.told->requests, 1, __ATOMIC_RELAXED);
    if (ration.listener != NULL) {
        ration.listener(request, came_from());
    }
    const bool refused = ration.refuse != 0 &&
                         (request == ration.refuse || (ration.and_on && request > ration.refuse));
    if (refused) {
        if (!ration.told->has_refused) {
            ration.told->depth = backtrace(ration.told->refused, RATION_FRAMES);
        }
        ration.told->has_refused = true;
        errno = ENOMEM;
    }
    return !refused;
}

void *__wrap_malloc(size_t bytes) {
    return grant() ? keep(__real_malloc(bytes)) : NULL;
}

void *__wrap_calloc(size_t count, size_t bytes) {
    return grant() ? keep(__real_calloc(count, bytes)) : NULL;
}

void *__wrap_aligned_alloc(size_t alignment, size_t bytes) {
    return grant() ? keep(__real_aligned_alloc(alignment, bytes)) : NULL;
}

void *__wrap_realloc(void *memory, size_t bytes) {
    if (!grant()) {
        return NULL;
    }
    give_back(memory);
    void *made = __real_realloc(memory, bytes);
    return keep(made);
}

char *__wrap_strdup(const char *text) {
    return grant() ? keep(__real_strdup(text)) : NULL;
}

char *__wrap_strndup(const char *text, size_t most) {
    return grant() ? keep(__real_strndup(text, most)) : NULL;
}

char *__wrap_realpath(const char *path, char *out) {
    return grant() ? out != NULL ? __real_realpath(path, out) : keep(__real_realpath(path, out))
                   : NULL;
}

/* What a stream of memory grows to is the C library's; that it can be opened is asked here. */
FILE *__wrap_open_memstream(char **text, size_t *length) {
    return grant() ? __real_open_memstream(text, length) : NULL;
}

FILE *__wrap_fopen(const char *path, const char *mode) {
    return grant() ? __real_fopen(path, mode) : NULL;
}

FILE *__wrap_fdopen(int file, const char *mode) {
    return grant() ? __real_fdopen(file, mode) : NULL;
}

void __wrap_free(void *memory) {
    give_back(memory);
    __real_free(memory);
}

static void *sqlite_malloc(int bytes) {
    return grant() ? __real_malloc((size_t)bytes) : NULL;
}

static void *sqlite_realloc(void *memory, int bytes) {
    return grant() ? __real_realloc(memory, (size_t)bytes) : NULL;
}

static int sqlite_size(void *memory) {
    return (int)malloc_usable_size(memory);
}

static int sqlite_round(int bytes) {
    return (bytes + 7) / 8 * 8;
}

static int sqlite_init(void *nothing) {
    (void)nothing;
    return SQLITE_OK;
}

static void sqlite_shutdown(void *nothing) {
    (void)nothing;
}

void ration_begin(ration_told *told, uint64_t refuse, bool and_all_after) {
    static const sqlite3_mem_methods methods = {sqlite_malloc,   __real_free,  sqlite_realloc,
                                                sqlite_size,     sqlite_round, sqlite_init,
                                                sqlite_shutdown, NULL};
    (void)sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    /* cJSON's memory is freed by our code, too, so that it is kept count of as ours is. */
    cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = __wrap_malloc, .free_fn = __wrap_free});
    if (ration.table != NULL) {
        memset(ration.table, 0, ration.room * sizeof *ration.table);
        ration.used = 0;
    }
    ration.refuse = refuse;
    ration.and_on = and_all_after;
    ration.told = told;
}

void ration_end(void) {
    unsigned looked = 0;
    ration_told *told = ration.told;
    ration.refuse = 0;
    ration.told = NULL;
    for (size_t i = 0; i < ration.room && looked < RATION_KEPT; i++) {
        if (ration.table[i].memory != NULL && ration.table[i].memory != GONE) {
            memcpy(told->kept_by[looked++], ration.table[i].frames, sizeof ration.table[i].frames);
        }
    }
}

void ration_trace(void) {
    ration.traces = true;
}

void ration_listen(ration_listener *listener) {
    ration.listener = listener;
}
