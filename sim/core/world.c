/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The block starts with a header that says where each section lies, as offsets, so that the block
 * can be copied anywhere. Sections start on 64-byte boundaries; whatever nobody writes stays zero,
 * so that equal states have equal bytes. */
#include "core/world.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC     UINT64_C(0x3174736D6C726F77) /* "worlmst1" */
#define ALIGNMENT 64U

typedef struct header {
    uint64_t magic;
    uint64_t bytes;
    uint64_t offset[MU_SECTION_COUNT];
    uint32_t size[MU_SECTION_COUNT];
    uint32_t count[MU_SECTION_COUNT];
} header;
_Static_assert(offsetof(header, offset) == MU_WORLD_OFFSETS, "where mu_world_section looks");
_Static_assert(offsetof(header, count) == MU_WORLD_COUNTS, "where mu_world_count looks");

static header *header_of(const mu_world *world) {
    return (header *)(void *)world->block;
}

static uint64_t align(uint64_t offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static header plan_block(const uint32_t size[MU_SECTION_COUNT],
                         const uint32_t count[MU_SECTION_COUNT]) {
    header h = {.magic = MAGIC};
    uint64_t at = align(sizeof h);
    for (int s = 0; s < MU_SECTION_COUNT; s++) {
        h.offset[s] = at;
        h.size[s] = size[s];
        h.count[s] = count[s];
        at = align(at + (uint64_t)size[s] * count[s]);
    }
    h.bytes = at;
    return h;
}

static unsigned char *allocate(uint64_t bytes) {
    unsigned char *block = aligned_alloc(ALIGNMENT, (size_t)bytes);
    if (block != NULL) {
        memset(block, 0, (size_t)bytes);
    }
    return block;
}

void mu_layout_add(mu_layout *layout, mu_section section, size_t size, uint32_t count) {
    layout->size[section] = (uint32_t)size;
    layout->count[section] = count;
}

mu_status mu_world_create(const mu_layout *layout, mu_world *out) {
    mu_layout with_clock = *layout;
    mu_layout_add(&with_clock, MU_SECTION_CLOCK, sizeof(mu_clock), 1);
    const header h = plan_block(with_clock.size, with_clock.count);
    unsigned char *block = allocate(h.bytes);
    if (block == NULL) {
        return MU_ERR_MEMORY;
    }
    memcpy(block, &h, sizeof h);
    out->block = block;
    return MU_OK;
}

void mu_world_destroy(mu_world *world) {
    free(world->block);
    world->block = NULL;
}

mu_status mu_world_grow(mu_world *world, mu_section section, uint32_t count) {
    mu_layout least = {.count = {0}};
    least.count[section] = count;
    return mu_world_grow_all(world, &least);
}

mu_status mu_world_grow_all(mu_world *world, const mu_layout *least) {
    const header *old = header_of(world);
    header grown = *old;
    bool any = false;
    for (int s = 0; s < MU_SECTION_COUNT; s++) {
        if (least->count[s] > old->count[s]) {
            grown.count[s] = least->count[s];
            any = true;
        }
    }
    if (!any) {
        return MU_OK;
    }
    grown = plan_block(grown.size, grown.count);
    unsigned char *block = allocate(grown.bytes);
    if (block == NULL) {
        return MU_ERR_MEMORY;
    }
    memcpy(block, &grown, sizeof grown);
    for (int s = 0; s < MU_SECTION_COUNT; s++) {
        memcpy(block + grown.offset[s], world->block + old->offset[s],
               (size_t)old->size[s] * old->count[s]);
    }
    free(world->block);
    world->block = block;
    return MU_OK;
}

size_t mu_world_bytes(const mu_world *world) {
    return (size_t)header_of(world)->bytes;
}

mu_status mu_world_copy(const mu_world *world, mu_world *out) {
    const size_t bytes = mu_world_bytes(world);
    unsigned char *block = aligned_alloc(ALIGNMENT, bytes);
    if (block == NULL) {
        return MU_ERR_MEMORY;
    }
    memcpy(block, world->block, bytes);
    out->block = block;
    return MU_OK;
}

static int image_is_whole(const mu_world *world, const void *image, size_t bytes) {
    header h;
    if (bytes < sizeof h) {
        return 0;
    }
    memcpy(&h, image, sizeof h);
    const header *own = header_of(world);
    const header expected = plan_block(own->size, h.count);
    return h.magic == MAGIC && h.bytes == bytes && memcmp(&h, &expected, sizeof h) == 0;
}

mu_status mu_world_load(mu_world *world, const void *image, size_t bytes) {
    if (!image_is_whole(world, image, bytes)) {
        return MU_ERR_INPUT;
    }
    unsigned char *block = aligned_alloc(ALIGNMENT, bytes);
    if (block == NULL) {
        return MU_ERR_MEMORY;
    }
    memcpy(block, image, bytes);
    free(world->block);
    world->block = block;
    return MU_OK;
}

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash ^= word * UINT64_C(0xC2B2AE3D27D4EB4F);
    return ((hash << 27) | (hash >> 37)) * UINT64_C(0x9E3779B185EBCA87);
}

uint64_t mu_world_hash(const mu_world *world) {
    /* Bytes in 64-bit words; the block's size is a multiple of 64. Multiply-rotate mixing as in
     * the xxHash family; not cryptographic. Growth room in sections is zero, and counted. In four
     * lanes, since each step of one has to wait for the step before. */
    enum { LANES = 4 };
    const uint64_t *word = (const uint64_t *)(const void *)world->block;
    const size_t words = mu_world_bytes(world) / sizeof *word;
    uint64_t lane[LANES] = {0, 1, 2, 3}, hash = UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = 0; i < words; i += LANES) {
        for (size_t k = 0; k < LANES; k++) {
            lane[k] = mix(lane[k], word[i + k]);
        }
    }
    for (size_t k = 0; k < LANES; k++) {
        hash = mix(hash, lane[k]);
    }
    return hash ^ (hash >> 32);
}
