/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox4x32-10 and its dress as a GSL generator. The counter's words are: draw block, replication
 * and the subject's hash mixed with purpose and occasion; the key is the study's seed. */
#include "core/random.h"

#include <string.h>

static const uint32_t multiplier0 = 0xD2511F53U, multiplier1 = 0xCD9E8D57U;
static const uint32_t weyl0 = 0x9E3779B9U, weyl1 = 0xBB67AE85U;

void mu_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        const uint64_t p0 = (uint64_t)multiplier0 * c0, p1 = (uint64_t)multiplier1 * c2;
        const uint32_t high0 = (uint32_t)(p0 >> 32), high1 = (uint32_t)(p1 >> 32);
        c0 = high1 ^ c1 ^ k0;
        c2 = high0 ^ c3 ^ k1;
        c1 = (uint32_t)p1;
        c3 = (uint32_t)p0;
        k0 += weyl0;
        k1 += weyl1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

static uint64_t mix(uint64_t x) {
    /* Finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

uint64_t mu_name_hash(const char *name) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (const unsigned char *c = (const unsigned char *)name; *c != 0; c++) {
        hash = (hash ^ *c) * UINT64_C(0x100000001B3);
    }
    return mix(hash);
}

uint64_t mu_hash_with(uint64_t hash, uint64_t number) {
    return mix(hash + UINT64_C(0x9E3779B97F4A7C15) * (number + 1));
}

static void stream_seed(void *state, unsigned long seed) {
    mu_stream_state *s = state;
    memset(s, 0, sizeof *s);
    s->key[0] = (uint32_t)seed;
    s->key[1] = (uint32_t)((uint64_t)seed >> 32);
    s->used = 4;
}

static uint32_t stream_next(mu_stream_state *s) {
    if (s->used == 4) {
        mu_philox(s->counter, s->key, s->out);
        s->counter[0]++;
        s->used = 0;
    }
    return s->out[s->used++];
}

static unsigned long stream_get(void *state) {
    return stream_next(state);
}

static double stream_get_double(void *state) {
    /* 53 bits: GSL's distributions see no lattice at 2^-32. */
    const uint64_t high = stream_next(state) >> 5, low = stream_next(state) >> 6;
    return (double)((high << 26) | low) * 0x1p-53;
}

static const gsl_rng_type philox_type = {
    .name = "philox4x32-10",
    .max = 0xFFFFFFFFUL,
    .min = 0,
    .size = sizeof(mu_stream_state),
    .set = stream_seed,
    .get = stream_get,
    .get_double = stream_get_double,
};
const gsl_rng_type *const mu_rng_philox = &philox_type;

void mu_stream_open(mu_stream *stream, uint64_t seed, uint32_t replication, mu_purpose purpose,
                    uint64_t subject, uint32_t occasion) {
    const uint64_t who = mu_hash_with(mu_hash_with(subject, (uint64_t)purpose), (uint64_t)occasion);
    stream->state = (mu_stream_state){
        .counter = {0, replication, (uint32_t)who, (uint32_t)(who >> 32)},
        .key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
        .used = 4,
    };
    stream->rng = (gsl_rng){.type = mu_rng_philox, .state = &stream->state};
}

double mu_stream_uniform(mu_stream *stream) {
    return stream_get_double(&stream->state);
}
