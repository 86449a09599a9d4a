/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules in the order in which a medic goes through them; the first that applies decides. */
#include "hazard/start.h"

/* The card's two limits: more than 30 breaths a minute, more than 2 s of capillary refill. */
#define BREATHS_MOST   30U
#define REFILL_MOST_MS 2000U

const char *const mu_start_tag_words[] = {
    [MU_START_GREEN] = "green", [MU_START_YELLOW] = "yellow", [MU_START_RED] = "red",
    [MU_START_BLACK] = "black", [MU_START_TAG_COUNT] = NULL,
};

const char *mu_start_tag_word(mu_start_tag tag) {
    return mu_start_tag_words[tag];
}

mu_start_tag mu_start_of(const mu_start_findings *findings) {
    if (findings->walks != 0) {
        return MU_START_GREEN;
    }
    if (findings->breathes == 0) {
        return findings->breathes_after_airway != 0 ? MU_START_RED : MU_START_BLACK;
    }
    if (findings->breaths_per_min > BREATHS_MOST || findings->radial_pulse == 0 ||
        findings->refill_ms > REFILL_MOST_MS || findings->obeys == 0) {
        return MU_START_RED;
    }
    return MU_START_YELLOW;
}

/* The signs of an immediate patient, one of them each; all are equally common among role-players,
 * who are dealt cards. */
static void play_red(mu_start_findings *findings, mu_stream *stream) {
    switch ((int)(5 * mu_stream_uniform(stream))) {
    case 0:
        findings->breathes = 0;
        findings->breathes_after_airway = 1;
        break;
    case 1:
        findings->breaths_per_min = 36;
        break;
    case 2:
        findings->radial_pulse = 0;
        break;
    case 3:
        findings->refill_ms = 3000;
        break;
    default:
        findings->obeys = 0;
        break;
    }
}

mu_start_findings mu_start_play(mu_start_tag tag, mu_stream *stream) {
    mu_start_findings findings = {
        .breathes = 1, .breaths_per_min = 20, .radial_pulse = 1, .refill_ms = 1500, .obeys = 1};
    switch (tag) {
    case MU_START_GREEN:
        findings.walks = 1;
        break;
    case MU_START_YELLOW:
    case MU_START_TAG_COUNT:
        break;
    case MU_START_RED:
        play_red(&findings, stream);
        break;
    case MU_START_BLACK:
        findings = (mu_start_findings){.refill_ms = 5000};
        break;
    }
    return findings;
}
