/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "track_ring.h"

#include <pthread.h>
#include <stdlib.h>

struct mu_track_ring {
    mu_track_place *frames;
    uint32_t persons;
    uint32_t first, count; /* of those that wait to be written */
    uint32_t waits;
    bool over;
    mu_track_write *write;
    void *with;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

static mu_track_place *place_of(const mu_track_ring *ring, uint32_t number) {
    return &ring->frames[(size_t)(number % MU_TRACK_RING) * ring->persons];
}

/* A frame stays in the ring while it is written, so nobody lays another over it. */
static void *work(void *with) {
    mu_track_ring *ring = with;
    (void)pthread_mutex_lock(&ring->lock);
    while (ring->count > 0 || !ring->over) {
        if (ring->count == 0) {
            (void)pthread_cond_wait(&ring->changed, &ring->lock);
            continue;
        }
        const mu_track_place *frame = place_of(ring, ring->first);
        (void)pthread_mutex_unlock(&ring->lock);
        ring->write(ring->with, frame);
        (void)pthread_mutex_lock(&ring->lock);
        ring->first = (ring->first + 1) % MU_TRACK_RING;
        ring->count--;
        (void)pthread_cond_broadcast(&ring->changed);
    }
    (void)pthread_mutex_unlock(&ring->lock);
    return NULL;
}

mu_track_ring *mu_track_ring_start(uint32_t persons, mu_track_write *write, void *with) {
    mu_track_ring *ring = calloc(1, sizeof *ring);
    if (ring == NULL) {
        return NULL;
    }
    ring->persons = persons;
    ring->write = write;
    ring->with = with;
    ring->frames = calloc(MU_TRACK_RING * (size_t)persons + 1, sizeof *ring->frames);
    (void)pthread_mutex_init(&ring->lock, NULL);
    (void)pthread_cond_init(&ring->changed, NULL);
    if (ring->frames == NULL || pthread_create(&ring->thread, NULL, work, ring) != 0) {
        free(ring->frames);
        free(ring);
        return NULL;
    }
    return ring;
}

mu_track_place *mu_track_ring_next(mu_track_ring *ring) {
    (void)pthread_mutex_lock(&ring->lock);
    ring->waits += ring->count == MU_TRACK_RING;
    while (ring->count == MU_TRACK_RING) {
        (void)pthread_cond_wait(&ring->changed, &ring->lock);
    }
    mu_track_place *free_place = place_of(ring, ring->first + ring->count);
    (void)pthread_mutex_unlock(&ring->lock);
    return free_place;
}

void mu_track_ring_push(mu_track_ring *ring) {
    (void)pthread_mutex_lock(&ring->lock);
    ring->count++;
    (void)pthread_cond_broadcast(&ring->changed);
    (void)pthread_mutex_unlock(&ring->lock);
}

uint32_t mu_track_ring_finish(mu_track_ring *ring) {
    (void)pthread_mutex_lock(&ring->lock);
    ring->over = true;
    (void)pthread_cond_broadcast(&ring->changed);
    (void)pthread_mutex_unlock(&ring->lock);
    (void)pthread_join(ring->thread, NULL);
    const uint32_t waits = ring->waits;
    (void)pthread_cond_destroy(&ring->changed);
    (void)pthread_mutex_destroy(&ring->lock);
    free(ring->frames);
    free(ring);
    return waits;
}
