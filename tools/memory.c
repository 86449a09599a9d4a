/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RLIMIT_DATA counts what is written to and private, so files mapped for reading and address space
 * that is only kept do not count. Free is what the kernel calls available, or what is left of a
 * control group's share where that is less. */
#include "memory.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/resource.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "core/limits.h"

enum { KEPT_BLOCK = 16 << 20, KEPT_MOST = 64 << 20 };

/* The first number in a file of which a line has this form; 0: there is none. */
static uint64_t number_in(const char *path, const char *format) {
    char line[200];
    uint64_t value = 0;
    FILE *file = fopen(path, "r");
    while (file != NULL && value == 0 && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, format, &value) != 1) {
            value = 0;
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return value;
}

static uint64_t free_bytes(void) {
    const uint64_t machine = 1024 * number_in("/proc/meminfo", "MemAvailable: %" SCNu64);
    const uint64_t group = number_in("/sys/fs/cgroup/memory.max", "%" SCNu64);
    const uint64_t used = number_in("/sys/fs/cgroup/memory.current", "%" SCNu64);
    const uint64_t left = group > used ? group - used : 0;
    return left > 0 && left < machine ? left : machine;
}

uint64_t mu_memory_most(void) {
    struct rlimit bound;
    return getrlimit(RLIMIT_DATA, &bound) == 0 && bound.rlim_cur != RLIM_INFINITY ? bound.rlim_cur
                                                                                  : UINT64_MAX;
}

/* The sanitizers keep terabytes for themselves. */
static bool is_sanitized(void) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
    return true;
#else
    return false;
#endif
#else
    return false;
#endif
}

void mu_memory_keep(void) {
#ifdef __GLIBC__
    (void)mallopt(M_MMAP_THRESHOLD, KEPT_BLOCK);
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_MOST);
#endif
}

void mu_memory_trim(void) {
#ifdef __GLIBC__
    if (mallinfo2().fordblks > KEPT_MOST) {
        (void)malloc_trim(KEPT_MOST);
    }
#endif
}

void mu_memory_bind(void) {
    struct rlimit bound;
    const uint64_t most = free_bytes() / 100 * MU_MEMORY_SHARE_MOST;
    if (most > 0 && !is_sanitized() && getrlimit(RLIMIT_DATA, &bound) == 0 &&
        most < bound.rlim_cur) {
        bound.rlim_cur = most;
        (void)setrlimit(RLIMIT_DATA, &bound);
    }
}
