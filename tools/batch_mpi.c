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

/* Messages go in pieces that every MPI takes off the sender's hands before they are asked for. */
enum { TAG_TASK = 1, TAG_ROW, AHEAD = 8, PIECE = 2048 };

/* A message on its way: the other rank may be in the midst of a run, and whoever waited for it
 * would turn on the spot until that ends. */
typedef struct letter {
    char *bytes;
    MPI_Request *pieces;
    int count;
} letter;

/* Another rank. Who has AHEAD runs in hand gets no more, so no more messages are on their way. */
typedef struct peer {
    int in_hand; /* one run that it plays and the next */
    uint32_t posts;
    letter sent[AHEAD];
} peer;

struct mu_mpi {
    mu_batch_team team; /* rank 0's */
    int rank, ranks;
    peer *peers; /* [rank] */
};

bool mu_mpi_is_on(void) {
    const char *size = getenv("OMPI_COMM_WORLD_SIZE");
    size = size != NULL ? size : getenv("PMI_SIZE");
    if (size == NULL && getenv("PMIX_RANK") != NULL) {
        size = getenv("SLURM_NTASKS");
    }
    return size != NULL && atoi(size) > 1;
}

/* Until it has arrived: not long, where an answer to it has. */
static void settle(letter *sent) {
    (void)MPI_Waitall(sent->count, sent->pieces, MPI_STATUSES_IGNORE);
    free(sent->pieces);
    free(sent->bytes);
    *sent = (letter){0};
}

static char *give_up(char *bytes) {
    free(bytes);
    (void)MPI_Abort(MPI_COMM_WORLD, MU_EXIT_USAGE);
    return NULL;
}

/* Room for a message; its length stands before it. */
static char *message_of(size_t length) {
    char *bytes = malloc(sizeof length + length);
    if (bytes == NULL) {
        return give_up(NULL);
    }
    memcpy(bytes, &length, sizeof length);
    return bytes;
}

/* Sends what message_of has made, and frees it when it has arrived. */
static bool post(mu_mpi *mpi, char *bytes, int rank, int tag) {
    peer *to = &mpi->peers[rank];
    letter *sent = &to->sent[to->posts++ % AHEAD];
    size_t length;
    memcpy(&length, bytes, sizeof length);
    length += sizeof length;
    settle(sent);
    MPI_Request *pieces = malloc((length / PIECE + 1) * sizeof(MPI_Request));
    if (pieces == NULL) {
        return give_up(bytes) != NULL;
    }
    *sent = (letter){bytes, pieces, 0};
    for (size_t at = 0; at < length; at += PIECE) {
        const size_t left = length - at;
        (void)MPI_Isend(bytes + at, (int)(left < PIECE ? left : PIECE), MPI_BYTE, rank, tag,
                        MPI_COMM_WORLD, &pieces[sent->count++]);
    }
    return true;
}

/* A message that has begun to come from a rank. */
static char *receive(int rank, int tag, size_t *length) {
    char first[PIECE];
    int got = 0;
    MPI_Status from;
    (void)MPI_Recv(first, PIECE, MPI_BYTE, rank, tag, MPI_COMM_WORLD, &from);
    (void)MPI_Get_count(&from, MPI_BYTE, &got);
    memcpy(length, first, sizeof *length);
    char *bytes = malloc(*length + 1);
    if (bytes == NULL) {
        return give_up(NULL);
    }
    size_t there = (size_t)got - sizeof *length;
    memcpy(bytes, first + sizeof *length, there);
    while (there < *length) {
        const size_t left = *length - there, piece = left < PIECE ? left : PIECE;
        (void)MPI_Recv(bytes + there, (int)piece, MPI_BYTE, rank, tag, MPI_COMM_WORLD,
                       MPI_STATUS_IGNORE);
        there += piece;
    }
    return bytes;
}

/* What goes over the wire: cell, replication, clauses, and the list of clauses. */
static bool give(void *context, const mu_batch_task *task) {
    mu_mpi *mpi = context;
    peer *peers = mpi->peers;
    int rank = 1;
    while (rank < mpi->ranks && peers[rank].in_hand >= AHEAD) {
        rank++;
    }
    for (int other = rank; other < mpi->ranks; other++) {
        rank = peers[other].in_hand < peers[rank].in_hand ? other : rank;
    }
    if (rank >= mpi->ranks || task->clauses > MU_CLAUSES_MOST) {
        return false;
    }
    const uint32_t head[3] = {task->cell, task->replication, task->clauses};
    char *bytes = message_of(sizeof head + task->clauses * sizeof *task->map);
    if (bytes == NULL) {
        return false;
    }
    memcpy(bytes + sizeof(size_t), head, sizeof head);
    memcpy(bytes + sizeof(size_t) + sizeof head, task->map, task->clauses * sizeof *task->map);
    peers[rank].in_hand++;
    return post(mpi, bytes, rank, TAG_TASK);
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
    int there = 1;
    size_t length = 0;
    mu_mpi *mpi = context;
    if (wait) {
        wait_for(MPI_ANY_SOURCE, TAG_ROW, &from);
    } else {
        (void)MPI_Iprobe(MPI_ANY_SOURCE, TAG_ROW, MPI_COMM_WORLD, &there, &from);
    }
    if (!there) {
        return false;
    }
    char *bytes = receive(from.MPI_SOURCE, TAG_ROW, &length);
    if (bytes == NULL) {
        return false;
    }
    mpi->peers[from.MPI_SOURCE].in_hand--;
    const bool whole = unpack(bytes, length, row, status);
    free(bytes);
    return whole;
}

mu_mpi *mu_mpi_begin(void) {
    (void)MPI_Init(NULL, NULL);
    mu_mpi *mpi = calloc(1, sizeof *mpi);
    if (mpi != NULL) {
        (void)MPI_Comm_rank(MPI_COMM_WORLD, &mpi->rank);
        (void)MPI_Comm_size(MPI_COMM_WORLD, &mpi->ranks);
        mpi->team = (mu_batch_team){.context = mpi, .give = give, .take = take};
        mpi->peers = calloc((size_t)mpi->ranks + 1, sizeof *mpi->peers);
    }
    if (mpi == NULL || mpi->peers == NULL) {
        (void)MPI_Abort(MPI_COMM_WORLD, MU_EXIT_USAGE);
    }
    return mpi;
}

const mu_batch_team *mu_mpi_team(const mu_mpi *mpi) {
    return mpi->rank == 0 ? &mpi->team : NULL;
}

static bool send_row(mu_mpi *mpi, const mu_run_row *row, mu_status status) {
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
    char *bytes = message_of(sizeof head + head.letters + (size_t)head.values * sizeof(double));
    if (bytes == NULL) {
        return false;
    }
    char *at = bytes + sizeof(size_t);
    memcpy(at, &head, sizeof head);
    at += sizeof head;
    if (status == MU_OK) {
        memcpy(at, row->verdicts, head.letters);
        memcpy(at + head.letters, row->values, head.values * sizeof(double));
    }
    return post(mpi, bytes, 0, TAG_ROW);
}

/* Plays one run; false where there is nothing left. */
static bool serve_one(mu_mpi *mpi, mu_batch_player *player) {
    uint32_t map[MU_CLAUSES_MOST];
    MPI_Status from;
    wait_for(0, TAG_TASK, &from);
    size_t length = 0;
    uint32_t head[3] = {MU_NONE, 0, 0};
    char *bytes = receive(0, TAG_TASK, &length);
    if (bytes == NULL) {
        return false;
    }
    memcpy(head, bytes, sizeof head);
    memcpy(map, bytes + sizeof head, length - sizeof head);
    free(bytes);
    const mu_batch_task task = {head[0], head[1], head[2], map};
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
    (void)send_row(mpi, &row, status);
    mu_run_row_free(&row);
    return true;
}

/* When all messages have arrived. */
static void part(mu_mpi *mpi) {
    for (int rank = 0; rank < mpi->ranks; rank++) {
        for (int k = 0; k < AHEAD; k++) {
            settle(&mpi->peers[rank].sent[k]);
        }
    }
    free(mpi->peers);
    free(mpi);
    (void)MPI_Finalize();
}

int mu_mpi_serve(mu_mpi *mpi, const mu_study_plan *study, mu_diags *diags) {
    mu_batch_player *player = study != NULL ? mu_batch_player_create(study, diags) : NULL;
    if (player != NULL) {
        mu_batch_player_warm(player);
    }
    while (serve_one(mpi, player)) {
    }
    mu_batch_player_destroy(player);
    part(mpi);
    return MU_EXIT_DONE;
}

void mu_mpi_end(mu_mpi *mpi) {
    const uint32_t none[3] = {MU_NONE, 0, 0};
    for (int rank = 1; rank < mpi->ranks; rank++) {
        char *bytes = message_of(sizeof none);
        if (bytes != NULL) {
            memcpy(bytes + sizeof(size_t), none, sizeof none);
            (void)post(mpi, bytes, rank, TAG_TASK);
        }
    }
    part(mpi);
}

#else

bool mu_mpi_is_on(void) {
    return false;
}

mu_mpi *mu_mpi_begin(void) {
    return NULL;
}

const mu_batch_team *mu_mpi_team(const mu_mpi *mpi) {
    (void)mpi;
    return NULL;
}

int mu_mpi_serve(mu_mpi *mpi, const mu_study_plan *study, mu_diags *diags) {
    (void)mpi;
    (void)study;
    (void)diags;
    return 0;
}

void mu_mpi_end(mu_mpi *mpi) {
    (void)mpi;
}

#endif
