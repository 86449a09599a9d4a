/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An arena is a list of blocks; the newest is filled from its front. Whatever is too large for a
 * common block gets one of its own, put behind the newest so that the room left there is kept. */
#include "core/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 64 * 1024 };

typedef struct block {
    struct block *next;
    size_t used, room; /* of `bytes` */
    _Alignas(max_align_t) unsigned char bytes[];
} block;

struct mu_arena {
    block *newest;
    bool lacks_memory;
};

static block *create_block(size_t room) {
    if (room > SIZE_MAX - sizeof(block)) {
        return NULL;
    }
    block *made = calloc(1, sizeof(block) + room);
    if (made) {
        made->room = room;
    }
    return made;
}

/* A block with at least `bytes` free, linked in; NULL where there is no memory. */
static block *block_with_room(mu_arena *arena, size_t bytes) {
    block *newest = arena->newest;
    if (newest && bytes <= newest->room - newest->used) {
        return newest;
    }
    bool alone = bytes > BLOCK_BYTES / 4;
    block *made = create_block(alone ? bytes : BLOCK_BYTES);
    if (!made) {
        return NULL;
    }
    if (alone && newest) {
        made->next = newest->next;
        newest->next = made;
    } else {
        made->next = newest;
        arena->newest = made;
    }
    return made;
}

mu_arena *mu_arena_create(void) {
    return calloc(1, sizeof(mu_arena));
}

void mu_arena_destroy(mu_arena *arena) {
    block *next = arena ? arena->newest : NULL;
    while (next) {
        block *gone = next;
        next = gone->next;
        free(gone);
    }
    free(arena);
}

bool mu_arena_lacks_memory(const mu_arena *arena) {
    return arena->lacks_memory;
}

void *mu_arena_alloc(mu_arena *arena, size_t bytes) {
    const size_t step = _Alignof(max_align_t);
    if (bytes > SIZE_MAX - step) {
        return NULL;
    }
    bytes = (bytes + step - 1) / step * step;
    block *from = block_with_room(arena, bytes);
    if (!from) {
        arena->lacks_memory = true;
        return NULL;
    }
    void *memory = from->bytes + from->used;
    from->used += bytes;
    return memory;
}

void *mu_arena_array(mu_arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) {
        return NULL;
    }
    return mu_arena_alloc(arena, count * size);
}

char *mu_arena_copy(mu_arena *arena, const char *text) {
    size_t bytes = strlen(text) + 1;
    char *copy = mu_arena_alloc(arena, bytes);
    if (copy) {
        memcpy(copy, text, bytes);
    }
    return copy;
}

static char *print(mu_arena *arena, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : mu_arena_alloc(arena, (size_t)length + 1);
    if (text) {
        vsnprintf(text, (size_t)length + 1, format, arguments);
    }
    return text;
}

char *mu_arena_print(mu_arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = print(arena, format, arguments);
    va_end(arguments);
    return text;
}
