/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks for translation, as in sim/core/i18n.h, which this room does not see. */
#ifndef MU_RENDER_I18N_H
#define MU_RENDER_I18N_H

#include <libintl.h>

#define N_(text)             text
#define _(text)              dgettext("muster", text)
#define P_(one, many, count) dngettext("muster", one, many, (unsigned long)(count))

#endif
