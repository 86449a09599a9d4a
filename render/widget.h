/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs that stand for what a button does or how a clock stands. */
#ifndef MU_RENDER_WIDGET_H
#define MU_RENDER_WIDGET_H

#include "render/pen.h"

typedef enum mu_icon {
    MU_ICON_PLAY,
    MU_ICON_PAUSE,
    MU_ICON_NEXT,
    MU_ICON_PREVIOUS,
    MU_ICON_PLUS,
    MU_ICON_MINUS,
    MU_ICON_FIT,
    MU_ICON_FULL_SCREEN,
    MU_ICON_CHECK,
    MU_ICON_CROSS,
    MU_ICON_WARNING
} mu_icon;
void mu_widget_icon(const mu_pen *pen, mu_icon icon, double x, double y, double size,
                    mu_colour colour);

#endif
