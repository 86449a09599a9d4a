/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look: colours and sizes, in one place. The colours of people are Okabe and Ito's, which eyes
 * of every kind tell apart; whatever a colour says, a shape or a mark says too. */
#ifndef MU_RENDER_THEME_H
#define MU_RENDER_THEME_H

#include "muster/frame.h"
#include "render/draw.h"

typedef struct mu_theme {
    /* The window around the plan. */
    mu_colour paper, panel, line, ink, soft, accent, on_accent, hover;
    mu_colour stop, on_stop; /* paused for safety */
    mu_colour alert_ink[6];  /* on `alert` */
    /* The plan. */
    mu_colour ground, parking, roof, room, way, stair, service, key;
    mu_colour wall, leaf, exit, shut, label, label_halo, ground_line;
    mu_colour post, post_ink, assembly, road, item, cordon;
    /* People, by what they are doing. */
    mu_colour doing[MU_DOING_COUNT];
    mu_colour unit;
    mu_colour met, late, missed;
    mu_colour alert[6]; /* by mu_alert */
    mu_colour heat[5];  /* density, from little to much */
    /* The air of rooms, laid over them: gas by mu_gas_level, smoke by mu_smoke_level. */
    mu_colour gas[MU_GAS_LEVEL_COUNT], smoke[MU_SMOKE_LEVEL_COUNT];
    mu_colour leak, held, in_sight; /* signs; rooms where people are held, and in sight of them */
    mu_colour tag[MU_TAG_COUNT];    /* of casualties: light and dark differ as well as the hue */
} mu_theme;

extern const mu_theme mu_theme_light, mu_theme_dark;

static inline mu_colour mu_fade(mu_colour colour, int alpha) {
    colour.a = (uint8_t)alpha;
    return colour;
}

/* Contrast of two opaque colours after WCAG 2.1: 1 … 21. */
double mu_contrast(mu_colour a, mu_colour b);

/* Tints of rooms, which let the plan through: by mu_sight, mu_gas_level and mu_smoke_level. */
mu_colour mu_theme_sight(const mu_theme *theme, uint32_t sight);
mu_colour mu_theme_gas(const mu_theme *theme, uint32_t level);
mu_colour mu_theme_smoke(const mu_theme *theme, uint32_t level);
/* Of a distance round a hazard, by mu_ring_kind. */
mu_colour mu_theme_ring(const mu_theme *theme, uint32_t kind);

#endif
