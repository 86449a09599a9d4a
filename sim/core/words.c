/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sorted list of strings. Words are few hundreds and are looked up while loading only. */
#include "core/words.h"

#include <stdlib.h>
#include <string.h>

static int compare(const char *a, const char *word, size_t length) {
    const int order = strncmp(a, word, length);
    return order != 0 ? order : (a[length] == 0 ? 0 : 1);
}

static int compare_items(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static uint32_t find_unsorted(const mu_words *words, const char *word, size_t length) {
    for (uint32_t i = 0; i < words->count; i++) {
        if (compare(words->items[i], word, length) == 0) {
            return i;
        }
    }
    return MU_NONE;
}

static int make_room(mu_words *words, mu_arena *arena) {
    if (words->count < words->capacity) {
        return 1;
    }
    const uint32_t capacity = words->capacity == 0 ? 64 : 2 * words->capacity;
    const char **items = mu_arena_array(arena, capacity, sizeof *items);
    if (items == NULL) {
        return 0;
    }
    if (words->count > 0) {
        memcpy(items, words->items, words->count * sizeof *items);
    }
    words->items = items;
    words->capacity = capacity;
    return 1;
}

int mu_words_add(mu_words *words, mu_arena *arena, const char *word, size_t length) {
    if (find_unsorted(words, word, length) != MU_NONE) {
        return 1;
    }
    char *copy = mu_arena_alloc(arena, length + 1);
    if (copy == NULL || !make_room(words, arena)) {
        return 0;
    }
    memcpy(copy, word, length);
    words->items[words->count++] = copy;
    return 1;
}

void mu_words_seal(mu_words *words) {
    if (words->count > 0) {
        qsort(words->items, words->count, sizeof *words->items, compare_items);
    }
    words->sealed = 1;
}

uint32_t mu_words_find(const mu_words *words, const char *word, size_t length) {
    uint32_t low = 0, high = words->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const int order = compare(words->items[middle], word, length);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return MU_NONE;
}
