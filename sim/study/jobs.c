/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/jobs.h"

#ifdef _OPENMP
#include <omp.h>
#endif

uint32_t mu_study_jobs(void) {
#ifdef _OPENMP
    return (uint32_t)omp_get_num_procs();
#else
    return 1;
#endif
}

void mu_study_each(uint32_t count, uint32_t jobs, mu_study_work *work, void *with) {
    const uint32_t wanted = jobs == 0 ? mu_study_jobs() : jobs;
    const int threads = (int)(wanted < count ? wanted : count);
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads > 0 ? threads : 1)
#endif
    for (uint32_t i = 0; i < count; i++) {
        work(with, i);
    }
    (void)threads;
}
