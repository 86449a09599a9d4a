/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/theme.h"

#include <math.h>

#define RGB(hex)                                                                                   \
    { (hex) >> 16 & 0xff, (hex) >> 8 & 0xff, (hex)&0xff, 255 }

const mu_theme mu_theme_light = {
    .paper = RGB(0xf6f5f1),
    .panel = RGB(0xffffff),
    .line = RGB(0xd5d8da),
    .ink = RGB(0x18222b),
    .soft = RGB(0x4b5863),
    .accent = RGB(0x0d5966),
    .on_accent = RGB(0xffffff),
    .hover = RGB(0xe6eef0),

    .ground = RGB(0xeef0e6),
    .parking = RGB(0xe7e7e2),
    .roof = RGB(0xeceae4),
    .room = RGB(0xffffff),
    .way = RGB(0xf1f5f8),
    .stair = RGB(0xe6ecf0),
    .service = RGB(0xeeece8),
    .key = RGB(0xe4f1f2),
    .wall = RGB(0x2b3640),
    .leaf = RGB(0x77838d),
    .exit = RGB(0x00795a),
    .shut = RGB(0xb5371b),
    .label = RGB(0x55626d),
    .label_halo = RGB(0xffffff),
    .ground_line = RGB(0xb9c0ad),
    .post = RGB(0xffffff),
    .post_ink = RGB(0x2b3640),
    .assembly = RGB(0x00795a),
    .road = RGB(0x33566e),
    .item = RGB(0xb5371b),
    .cordon = RGB(0x5a3d8a),

    .doing = {[MU_DOING_USUAL] = RGB(0x8a949d),
              [MU_DOING_TOLD] = RGB(0xe69f00),
              [MU_DOING_LEAVING] = RGB(0x0072b2),
              [MU_DOING_STUCK] = RGB(0xd55e00),
              [MU_DOING_SHELTERING] = RGB(0x56b4e9),
              [MU_DOING_REFUGE] = RGB(0x3f6fd8),
              [MU_DOING_HELD] = RGB(0xcc79a7),
              [MU_DOING_HURT] = RGB(0xd55e00),
              [MU_DOING_OUT] = RGB(0x009e73),
              [MU_DOING_ON_DUTY] = RGB(0x18222b),
              [MU_DOING_ROUTINE] = RGB(0x18222b),
              [MU_DOING_GOING] = RGB(0x18222b),
              [MU_DOING_WORKING] = RGB(0x18222b),
              [MU_DOING_HOLDING] = RGB(0x18222b),
              [MU_DOING_TALKING] = RGB(0x18222b)},
    .unit = RGB(0x5a3d8a),
    .met = RGB(0x00684d),
    .late = RGB(0xa34700),
    .missed = RGB(0xa5301a),
    .alert = {[MU_ALERT_NONE] = RGB(0x6b7680),
              [MU_ALERT_YELLOW] = RGB(0xf0c419),
              [MU_ALERT_ORANGE] = RGB(0xe8820c),
              [MU_ALERT_RED] = RGB(0xb5271b),
              [MU_ALERT_OTHER] = RGB(0x0d5966),
              [MU_ALERT_OVER] = RGB(0x00684d)},
    .heat = {RGB(0xfee8c8), RGB(0xfdbb84), RGB(0xfc8d59), RGB(0xd7301f), RGB(0x7f0000)},
    .gas = {[MU_GAS_SMELT] = RGB(0xe3eda0),
            [MU_GAS_BAND_1] = RGB(0xb9cf3c),
            [MU_GAS_BAND_2] = RGB(0x8a9a00),
            [MU_GAS_BAND_3] = RGB(0x4f5a00)},
    .smoke = {[MU_SMOKE_THIN] = RGB(0xc9c9c9),
              [MU_SMOKE_MEDIUM] = RGB(0x8f8f8f),
              [MU_SMOKE_THICK] = RGB(0x5a5a5a)},
    .leak = RGB(0x5a6600),
    .held = RGB(0xcc79a7),
    .in_sight = RGB(0xf3c9df),
    .tag = {[MU_TAG_UNFOUND] = RGB(0xd55e00),
            [MU_TAG_FOUND] = RGB(0xd55e00),
            [MU_TAG_GREEN] = RGB(0x007f63),
            [MU_TAG_YELLOW] = RGB(0xf0e442),
            [MU_TAG_RED] = RGB(0xcc2211),
            [MU_TAG_BLACK] = RGB(0x111111)},
};

static double linear(uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(mu_colour c) {
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

double mu_contrast(mu_colour a, mu_colour b) {
    const double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

mu_colour mu_theme_sight(const mu_theme *theme, uint32_t sight) {
    return sight == MU_SIGHT_HELD ? mu_fade(theme->held, 130) : mu_fade(theme->in_sight, 120);
}

mu_colour mu_theme_gas(const mu_theme *theme, uint32_t level) {
    return mu_fade(theme->gas[level], 140);
}

mu_colour mu_theme_smoke(const mu_theme *theme, uint32_t level) {
    return mu_fade(theme->smoke[level], 150);
}

mu_colour mu_theme_ring(const mu_theme *theme, uint32_t kind) {
    return kind == MU_RING_ISOLATE ? theme->leak : theme->item;
}
