/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames on their way from a run to a file. The run lays a frame into a ring and goes on; a thread
 * of its own takes them out and writes them, many to a transaction. Only where the ring is full, so
 * where the disk is slower than the run for as long as all of it lasts, does the run wait for a
 * place: memory is what the ring holds, however long the run. */
#ifndef MU_TOOLS_TRACK_RING_H
#define MU_TOOLS_TRACK_RING_H

#include <stdbool.h>

#include "verify/trajectory.h"

#define MU_TRACK_RING 32U /* frames */

typedef struct mu_track_ring mu_track_ring;

/* Writes one frame; called by the ring's thread only. */
typedef void mu_track_write(void *with, const mu_track_place *frame);

/* NULL without memory or a thread. */
mu_track_ring *mu_track_ring_start(uint32_t persons, mu_track_write *write, void *with);
/* The place to lay the next frame into; waits for one. */
mu_track_place *mu_track_ring_next(mu_track_ring *ring);
/* It is laid. */
void mu_track_ring_push(mu_track_ring *ring);
/* Waits until all is written, and ends the thread. Returns how often the run had to wait. */
uint32_t mu_track_ring_finish(mu_track_ring *ring);

#endif
