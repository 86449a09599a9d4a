/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster batch` under mpirun. Rank 0 keeps the results and plays; the others play what it hands
 * out, the next run to whoever is ready. A rank that dies ends the job, as MPI has it; the same
 * command goes on with what is missing. */
#ifndef MUSTER_TOOLS_BATCH_MPI_H
#define MUSTER_TOOLS_BATCH_MPI_H

#include "study/batch.h"

/* Has this process been started by mpirun, with others, and does this program know MPI? */
bool mu_mpi_is_on(void);
/* Joins the others; without memory the whole job ends. */
typedef struct mu_mpi mu_mpi;
mu_mpi *mu_mpi_begin(void);
/* Rank 0: the others. They themselves: NULL. */
const mu_batch_team *mu_mpi_team(const mu_mpi *mpi);
/* Ranks but 0: plays until there is nothing left. NULL: could not read the study, as rank 0 will
 * have told; waits to be let go. An exit status. */
int mu_mpi_serve(mu_mpi *mpi, const mu_study_plan *study, mu_diags *diags);
/* Rank 0: lets the others go. Both this and serving end the membership. */
void mu_mpi_end(mu_mpi *mpi);

#endif
