/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch_mpi.h"

#ifdef MU_HAS_MPI

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command.h"
#include "core/limits.h"

enum { TAG_TASK = 1, TAG_ROW, AHEAD = 2 };

/* Runs that a rank has in hand: one that it plays and the next. */
static int *in_hand;
static int ranks;

bool mu_mpi_is_on(void) {
    const char *size = getenv("OMPI_COMM_WORLD_SIZE");
    size = size != NULL ? size : getenv("PMI_SIZE");
    if (size == NULL && getenv("PMIX_RANK") != NULL) {
        size = getenv("SLURM_NTASKS");
    }
    return size != NULL && atoi(size) > 1;
}

/* What goes over the wire: cell, replication, clauses, and the list of clauses. */
static bool give(void *context, const mu_batch_task *task) {
    static uint32_t message[3 + MU_CLAUSES_MOST];
    (void)context;
    int rank = 1;
    while (rank < ranks && in_hand[rank] >= AHEAD) {
        rank++;
    }
    for (int other = rank; other < ranks; other++) {
        rank = in_hand[other] < in_hand[rank] ? other : rank;
    }
    if (rank >= ranks || task->clauses > MU_CLAUSES_MOST) {
        return false;
    }
    message[0] = task->cell;
    message[1] = task->replication;
    message[2] = task->clauses;
    memcpy(message + 3, task->map, task->clauses * sizeof *message);
    (void)MPI_Send(message, 3 + (int)task->clauses, MPI_UINT32_T, rank, TAG_TASK, MPI_COMM_WORLD);
    in_hand[rank]++;
    return true;
}

/* The part of a row that has always the same length; letters and values follow it. */
typedef struct row_head {
    uint32_t cell, replication, status, letters, values, quiet;
    uint64_t state_hash;
    double end_s;
    double measures[MU_MEASURE_COUNT];
    double curve[MU_CURVE_POINTS];
} row_head;

static bool unpack(const char *bytes, size_t length, mu_run_row *row, mu_status *status) {
    row_head head;
    if (length < sizeof head) {
        return false;
    }
    memcpy(&head, bytes, sizeof head);
    if (length != sizeof head + head.letters + head.values * sizeof(double)) {
        return false;
    }
    *row = (mu_run_row){.cell = head.cell,
                        .replication = head.replication,
                        .state_hash = head.state_hash,
                        .end_s = head.end_s,
                        .quiet = head.quiet != 0,
                        .value_count = head.values,
                        .verdicts = malloc((size_t)head.letters + 1),
                        .values = malloc(head.values * sizeof(double) + 1)};
    memcpy(row->measures, head.measures, sizeof row->measures);
    memcpy(row->curve, head.curve, sizeof row->curve);
    *status = (mu_status)head.status;
    if (row->verdicts == NULL || row->values == NULL) {
        *status = MU_ERR_MEMORY;
        return true;
    }
    memcpy(row->verdicts, bytes + sizeof head, head.letters);
    row->verdicts[head.letters] = 0;
    memcpy(row->values, bytes + sizeof head + head.letters, head.values * sizeof(double));
    return true;
}

/* Looks now and then: MPI's own waiting would burn a processor that another rank, or another's job,
 * could use. */
static void wait_for(int source, int tag, MPI_Status *from) {
    static const struct timespec pause = {.tv_nsec = 200000};
    int there = 0;
    (void)MPI_Iprobe(source, tag, MPI_COMM_WORLD, &there, from);
    while (!there) {
        (void)nanosleep(&pause, NULL);
        (void)MPI_Iprobe(source, tag, MPI_COMM_WORLD, &there, from);
    }
}

static bool take(void *context, bool wait, mu_run_row *row, mu_status *status) {
    MPI_Status from;
    int there = 1, length = 0;
    (void)context;
    if (wait) {
        wait_for(MPI_ANY_SOURCE, TAG_ROW, &from);
    } else {
        (void)MPI_Iprobe(MPI_ANY_SOURCE, TAG_ROW, MPI_COMM_WORLD, &there, &from);
    }
    if (!there) {
        return false;
    }
    (void)MPI_Get_count(&from, MPI_BYTE, &length);
    char *bytes = malloc((size_t)length + 1);
    if (bytes == NULL) {
        (void)MPI_Abort(MPI_COMM_WORLD, MU_EXIT_USAGE);
        return false;
    }
    (void)MPI_Recv(bytes, length, MPI_BYTE, from.MPI_SOURCE, TAG_ROW, MPI_COMM_WORLD,
                   MPI_STATUS_IGNORE);
    in_hand[from.MPI_SOURCE]--;
    const bool whole = unpack(bytes, (size_t)length, row, status);
    free(bytes);
    return whole;
}

static const mu_batch_team leader = {.give = give, .take = take};

void mu_mpi_begin(const mu_batch_team **team) {
    int rank = 0;
    (void)MPI_Init(NULL, NULL);
    (void)MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    (void)MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    in_hand = calloc((size_t)ranks + 1, sizeof *in_hand);
    if (in_hand == NULL) {
        (void)MPI_Abort(MPI_COMM_WORLD, MU_EXIT_USAGE);
    }
    *team = rank == 0 ? &leader : NULL;
}

static bool send_row(const mu_run_row *row, mu_status status) {
    row_head head;
    memset(&head, 0, sizeof head);
    head.cell = row->cell;
    head.replication = row->replication;
    head.status = (uint32_t)status;
    head.letters = status == MU_OK ? (uint32_t)strlen(row->verdicts) : 0;
    head.values = status == MU_OK ? row->value_count : 0;
    head.quiet = row->quiet;
    head.state_hash = row->state_hash;
    head.end_s = row->end_s;
    memcpy(head.measures, row->measures, sizeof head.measures);
    memcpy(head.curve, row->curve, sizeof head.curve);
    const size_t length = sizeof head + head.letters + head.values * sizeof(double);
    char *bytes = malloc(length);
    if (bytes == NULL) {
        return false;
    }
    memcpy(bytes, &head, sizeof head);
    if (status == MU_OK) {
        memcpy(bytes + sizeof head, row->verdicts, head.letters);
        memcpy(bytes + sizeof head + head.letters, row->values, head.values * sizeof(double));
    }
    (void)MPI_Send(bytes, (int)length, MPI_BYTE, 0, TAG_ROW, MPI_COMM_WORLD);
    free(bytes);
    return true;
}

/* Plays one run; false where there is nothing left. */
static bool serve_one(mu_batch_player *player) {
    static uint32_t message[3 + MU_CLAUSES_MOST];
    MPI_Status from;
    wait_for(0, TAG_TASK, &from);
    (void)MPI_Recv(message, 3 + MU_CLAUSES_MOST, MPI_UINT32_T, 0, TAG_TASK, MPI_COMM_WORLD,
                   MPI_STATUS_IGNORE);
    const mu_batch_task task = {message[0], message[1], message[2], message + 3};
    if (task.cell == MU_NONE) {
        return false;
    }
    if (player == NULL) {
        (void)MPI_Abort(MPI_COMM_WORLD, MU_EXIT_USAGE);
    }
    mu_run_row row = {.cell = task.cell, .replication = task.replication};
    const mu_status status = mu_batch_player_play(player, &task, &row);
    row.cell = task.cell;
    row.replication = task.replication;
    if (!send_row(&row, status)) {
        (void)MPI_Abort(MPI_COMM_WORLD, MU_EXIT_USAGE);
    }
    mu_run_row_free(&row);
    return true;
}

int mu_mpi_serve(const mu_study_plan *study, mu_diags *diags) {
    mu_batch_player *player = study != NULL ? mu_batch_player_create(study, diags) : NULL;
    if (player != NULL) {
        mu_batch_player_warm(player);
    }
    while (serve_one(player)) {
    }
    mu_batch_player_destroy(player);
    free(in_hand);
    (void)MPI_Finalize();
    return MU_EXIT_DONE;
}

void mu_mpi_end(void) {
    uint32_t none[3] = {MU_NONE, 0, 0};
    for (int rank = 1; rank < ranks; rank++) {
        (void)MPI_Send(none, 3, MPI_UINT32_T, rank, TAG_TASK, MPI_COMM_WORLD);
    }
    free(in_hand);
    in_hand = NULL;
    (void)MPI_Finalize();
}

#else

bool mu_mpi_is_on(void) {
    return false;
}

void mu_mpi_begin(const mu_batch_team **team) {
    *team = NULL;
}

int mu_mpi_serve(const mu_study_plan *study, mu_diags *diags) {
    (void)study;
    (void)diags;
    return 0;
}

void mu_mpi_end(void) {
}

#endif
