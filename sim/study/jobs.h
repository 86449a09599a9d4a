/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many pieces of work that know nothing of each other, on many threads. */
#ifndef MU_STUDY_JOBS_H
#define MU_STUDY_JOBS_H

#include <stdint.h>

/* The number of threads that `jobs` = 0 stands for: one per processor; 1 without OpenMP. */
uint32_t mu_study_jobs(void);

/* One piece of work; it writes into a place of its own. */
typedef void mu_study_work(void *with, uint32_t index);
/* Does `count` pieces, each taken by the next thread that is free, on at most `jobs` threads. */
void mu_study_each(uint32_t count, uint32_t jobs, mu_study_work *work, void *with);

#endif
