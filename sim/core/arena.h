/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory for given data (site, roster, policy, playbooks): allocated piece by piece while loading,
 * freed all at once, immutable after loading. */
#ifndef MU_CORE_ARENA_H
#define MU_CORE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct mu_arena mu_arena;

/* Returns NULL only where there is no memory. */
mu_arena *mu_arena_create(void);
void mu_arena_destroy(mu_arena *arena);
/* Has anything been asked for that there was no memory for? For texts made of many pieces, which are
 * not asked one by one whether they were made. */
bool mu_arena_lacks_memory(const mu_arena *arena);

/* `bytes` zeroed bytes, aligned for any type; NULL where there is no memory. */
void *mu_arena_alloc(mu_arena *arena, size_t bytes);
/* `count` zeroed items of `size` bytes; NULL on overflow or where there is no memory. */
void *mu_arena_array(mu_arena *arena, size_t count, size_t size);
char *mu_arena_copy(mu_arena *arena, const char *text);
/* printf into the arena; NULL where there is no memory. */
char *mu_arena_print(mu_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
