/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends for memory that will soon be asked for. A hint and no more; but of a function that does
 * nothing else gcc finds that it has no effect, and leaves out its calls without a word. The empty
 * statement stands for an effect. */
#ifndef MU_CORE_FETCH_H
#define MU_CORE_FETCH_H

static inline void mu_fetch(const void *memory) {
    __builtin_prefetch(memory);
    __asm__ volatile("");
}

#endif
