/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set is an element of MU_SECTION_BELIEF: one bit per portal. New ones are rare (somebody learns
 * something that nobody with the same knowledge has learned before), so a linear search serves. */
#include "crowd/beliefs.h"

#include <string.h>

#include "crowd/crowd.h"

static uint32_t words_of(const mu_site *site) {
    const uint32_t words = mu_belief_words(site->portals.count);
    return words > 0 ? words : 1;
}

static uint64_t *set_at(const mu_sim *sim, uint32_t index) {
    uint64_t *sets = mu_world_section(&sim->world, MU_SECTION_BELIEF);
    return sets + (size_t)index * words_of(sim->site);
}

void mu_belief_register(const mu_site *site, mu_layout *layout) {
    /* Those that are usual as well: when a world grows all of it is copied. */
    mu_layout_add(layout, MU_SECTION_BELIEF, words_of(site) * sizeof(uint64_t),
                  1 + 2 * MU_BELIEFS_SPARE);
}

void mu_belief_begin(mu_sim *sim) {
    uint64_t *known = set_at(sim, 0);
    memset(known, 0, words_of(sim->site) * sizeof *known);
    for (uint32_t p = 0; p < sim->site->portals.count; p++) {
        if (sim->site->portals.items[p].state == MU_PORTAL_CLOSED) {
            known[p / 64] |= UINT64_C(1) << (p % 64);
        }
    }
    mu_crowd(sim)->beliefs = 1;
}

mu_belief mu_belief_of(const mu_sim *sim, uint32_t index) {
    return set_at(sim, index);
}

static uint32_t bits_of(uint64_t word) {
    uint32_t bits = 0;
    for (; word != 0; word &= word - 1) {
        bits++;
    }
    return bits;
}

/* In how many portals two sets differ, apart from `portal`; UINT32_MAX if they differ there. */
static uint32_t difference(const uint64_t *a, const uint64_t *b, uint32_t words, uint32_t portal) {
    if (((a[portal / 64] ^ b[portal / 64]) >> (portal % 64)) & 1) {
        return UINT32_MAX;
    }
    uint32_t bits = 0;
    for (uint32_t w = 0; w < words; w++) {
        bits += bits_of(a[w] ^ b[w]);
    }
    return bits;
}

uint32_t mu_belief_with(mu_sim *sim, uint32_t index, uint32_t portal, bool closed) {
    mu_crowd_now *now = mu_crowd(sim);
    const uint32_t words = words_of(sim->site);
    uint64_t *own = set_at(sim, index);
    const uint64_t bit = UINT64_C(1) << (portal % 64);
    if (((own[portal / 64] & bit) != 0) == closed) {
        return index;
    }
    own[portal / 64] ^= bit; /* the set that is wanted, put back below */
    uint32_t best = index, least = UINT32_MAX;
    for (uint32_t s = 0; s < now->beliefs && least > 0; s++) {
        const uint32_t bits =
            s == index ? UINT32_MAX : difference(set_at(sim, s), own, words, portal);
        if (bits < least) {
            least = bits;
            best = s;
        }
    }
    if (least > 0 && now->beliefs < mu_world_count(&sim->world, MU_SECTION_BELIEF)) {
        best = now->beliefs++;
        memcpy(set_at(sim, best), own, words * sizeof *own);
    } else if (least > 0) {
        now->rounded++;
    }
    own[portal / 64] ^= bit;
    return best;
}

static bool is_wanted(const uint64_t *set, const uint64_t *own, mu_belief portals, bool closed,
                      uint32_t words) {
    for (uint32_t w = 0; w < words; w++) {
        if (set[w] != (closed ? own[w] | portals[w] : own[w] & ~portals[w])) {
            return false;
        }
    }
    return true;
}

uint32_t mu_belief_with_all(mu_sim *sim, uint32_t index, mu_belief portals, bool closed) {
    mu_crowd_now *now = mu_crowd(sim);
    const uint32_t words = words_of(sim->site);
    const uint64_t *own = set_at(sim, index);
    for (uint32_t s = 0; s < now->beliefs; s++) {
        if (is_wanted(set_at(sim, s), own, portals, closed, words)) {
            return s;
        }
    }
    if (now->beliefs >= mu_world_count(&sim->world, MU_SECTION_BELIEF)) {
        now->rounded++;
        return index;
    }
    uint64_t *set = set_at(sim, now->beliefs);
    for (uint32_t w = 0; w < words; w++) {
        set[w] = closed ? own[w] | portals[w] : own[w] & ~portals[w];
    }
    return now->beliefs++;
}

mu_status mu_belief_reserve(mu_sim *sim) {
    const uint32_t wanted = mu_crowd(sim)->beliefs + MU_BELIEFS_SPARE;
    const uint32_t room = mu_world_count(&sim->world, MU_SECTION_BELIEF);
    if (wanted <= room || room >= MU_BELIEFS_MOST) {
        return MU_OK;
    }
    const uint32_t doubled = room * 2 > wanted ? room * 2 : wanted;
    return mu_world_grow(&sim->world, MU_SECTION_BELIEF,
                         doubled < MU_BELIEFS_MOST ? doubled : MU_BELIEFS_MOST);
}
