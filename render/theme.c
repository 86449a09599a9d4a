/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/theme.h"

#include <math.h>

#define RGB(hex)                                                                                   \
    { (hex) >> 16 & 0xff, (hex) >> 8 & 0xff, (hex)&0xff, 255 }

/* Scales of what is measured: the same on light and on dark ground. */
#define SCALES                                                                                     \
    .heat = {RGB(0xfee8c8), RGB(0xfdbb84), RGB(0xfc8d59), RGB(0xd7301f), RGB(0x7f0000)},           \
    .gas = {[MU_GAS_SMELT] = RGB(0xe3eda0),                                                        \
            [MU_GAS_BAND_1] = RGB(0xb9cf3c),                                                       \
            [MU_GAS_BAND_2] = RGB(0x8a9a00),                                                       \
            [MU_GAS_BAND_3] = RGB(0x4f5a00)},                                                      \
    .smoke = {[MU_SMOKE_THIN] = RGB(0xc9c9c9),                                                     \
              [MU_SMOKE_MEDIUM] = RGB(0x8f8f8f),                                                   \
              [MU_SMOKE_THICK] = RGB(0x5a5a5a)}

const mu_theme mu_theme_light = {
    .paper = RGB(0xf6f5f1),
    .panel = RGB(0xffffff),
    .line = RGB(0xd5d8da),
    .ink = RGB(0x18222b),
    .soft = RGB(0x4b5863),
    .accent = RGB(0x0d5966),
    .on_accent = RGB(0xffffff),
    .hover = RGB(0xe6eef0),
    .stop = RGB(0x9c1c12),
    .on_stop = RGB(0xffffff),

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
    .label = RGB(0x46535e),
    .label_halo = RGB(0xffffff),
    .ground_line = RGB(0xb9c0ad),
    .post = RGB(0xffffff),
    .post_ink = RGB(0x2b3640),
    .assembly = RGB(0x005c45),
    .road = RGB(0x33566e),
    .item = RGB(0x9a230f),
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
    .met = RGB(0x005a43),
    .late = RGB(0x8a3b00),
    .missed = RGB(0x98200f),
    .alert = {[MU_ALERT_NONE] = RGB(0x6b7680),
              [MU_ALERT_YELLOW] = RGB(0xf0c419),
              [MU_ALERT_ORANGE] = RGB(0xf0901e),
              [MU_ALERT_RED] = RGB(0xa81e12),
              [MU_ALERT_OTHER] = RGB(0x0d5966),
              [MU_ALERT_OVER] = RGB(0x005540)},
    .alert_ink = {[MU_ALERT_NONE] = RGB(0xffffff),
                  [MU_ALERT_YELLOW] = RGB(0x18222b),
                  [MU_ALERT_ORANGE] = RGB(0x10161c),
                  [MU_ALERT_RED] = RGB(0xffffff),
                  [MU_ALERT_OTHER] = RGB(0xffffff),
                  [MU_ALERT_OVER] = RGB(0xffffff)},
    SCALES,
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

const mu_theme mu_theme_dark = {
    .paper = RGB(0x11171c),
    .panel = RGB(0x182027),
    .line = RGB(0x3a4651),
    .ink = RGB(0xf2f5f7),
    .soft = RGB(0xb9c4cd),
    .accent = RGB(0x7fd0de),
    .on_accent = RGB(0x06242a),
    .hover = RGB(0x26323b),
    .stop = RGB(0x8c1a10),
    .on_stop = RGB(0xffffff),

    .ground = RGB(0x1a221d),
    .parking = RGB(0x20262a),
    .roof = RGB(0x23272a),
    .room = RGB(0x2a343d),
    .way = RGB(0x222c35),
    .stair = RGB(0x323e48),
    .service = RGB(0x24292d),
    .key = RGB(0x223a40),
    .wall = RGB(0xc3ccd4),
    .leaf = RGB(0x93a0ab),
    .exit = RGB(0x3fd0a4),
    .shut = RGB(0xff8a6b),
    .label = RGB(0xd3dbe2),
    .label_halo = RGB(0x182027),
    .ground_line = RGB(0x55624c),
    .post = RGB(0x182027),
    .post_ink = RGB(0xe6ebef),
    .assembly = RGB(0x3fd0a4),
    .road = RGB(0x8fb8d6),
    .item = RGB(0xff8a6b),
    .cordon = RGB(0xc3aef0),

    .doing = {[MU_DOING_USUAL] = RGB(0x98a4ae),
              [MU_DOING_TOLD] = RGB(0xe69f00),
              [MU_DOING_LEAVING] = RGB(0x4aa8e0),
              [MU_DOING_STUCK] = RGB(0xff7a2a),
              [MU_DOING_SHELTERING] = RGB(0x8fd3ff),
              [MU_DOING_REFUGE] = RGB(0x8aa6ff),
              [MU_DOING_HELD] = RGB(0xe0a0c6),
              [MU_DOING_HURT] = RGB(0xff7a2a),
              [MU_DOING_OUT] = RGB(0x2fc79b),
              [MU_DOING_ON_DUTY] = RGB(0xf2f5f7),
              [MU_DOING_ROUTINE] = RGB(0xf2f5f7),
              [MU_DOING_GOING] = RGB(0xf2f5f7),
              [MU_DOING_WORKING] = RGB(0xf2f5f7),
              [MU_DOING_HOLDING] = RGB(0xf2f5f7),
              [MU_DOING_TALKING] = RGB(0xf2f5f7)},
    .unit = RGB(0xc3aef0),
    .met = RGB(0x5fdcb2),
    .late = RGB(0xffb46b),
    .missed = RGB(0xff9a85),
    .alert = {[MU_ALERT_NONE] = RGB(0x3a4651),
              [MU_ALERT_YELLOW] = RGB(0xf0c419),
              [MU_ALERT_ORANGE] = RGB(0xf0901e),
              [MU_ALERT_RED] = RGB(0xff7f6e),
              [MU_ALERT_OTHER] = RGB(0x7fd0de),
              [MU_ALERT_OVER] = RGB(0x5fdcb2)},
    .alert_ink = {[MU_ALERT_NONE] = RGB(0xffffff),
                  [MU_ALERT_YELLOW] = RGB(0x10161c),
                  [MU_ALERT_ORANGE] = RGB(0x10161c),
                  [MU_ALERT_RED] = RGB(0x000000),
                  [MU_ALERT_OTHER] = RGB(0x06242a),
                  [MU_ALERT_OVER] = RGB(0x06241b)},
    SCALES,
    .leak = RGB(0xd2df5a),
    .held = RGB(0xe0a0c6),
    .in_sight = RGB(0x6a4258),
    .tag = {[MU_TAG_UNFOUND] = RGB(0xd55e00),
            [MU_TAG_FOUND] = RGB(0xd55e00),
            [MU_TAG_GREEN] = RGB(0x007f63),
            [MU_TAG_YELLOW] = RGB(0xf0e442),
            [MU_TAG_RED] = RGB(0xcc2211),
            [MU_TAG_BLACK] = RGB(0x000000)},
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
