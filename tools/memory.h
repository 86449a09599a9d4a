/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Most of the memory that the machine has free, and no more: a program that asks for more is told
 * so and ends with a message, where it would otherwise make the machine swap. */
#ifndef MUSTER_TOOLS_MEMORY_H
#define MUSTER_TOOLS_MEMORY_H

#include <stdint.h>

/* Bytes that the program may have for its data; UINT64_MAX where nothing bounds them. */
uint64_t mu_memory_most(void);
/* Bounds them by a share of what is free now. A lower bound that is set already (`ulimit -d`)
 * stays. */
void mu_memory_bind(void);
/* What is given back stays with the program, up to some megabytes: every run needs the same again,
 * and pages fetched from the system anew are cleared and mapped one by one, by one thread at a time.
 */
void mu_memory_keep(void);
/* Gives back what lies free between what is kept, if that is more than the program may keep. What
 * runs leave to those after them (walking distances) lies scattered among what they give back, so
 * that this grows with the number of runs (in 200 runs of an explosion to 300 MB beside 230 in use)
 * and would not become less by itself. To be called now and then, not after each run. */
void mu_memory_trim(void);

#endif
