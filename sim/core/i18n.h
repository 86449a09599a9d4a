/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks for translation. N_() marks a string in a table; _() translates where it is shown; P_()
 * chooses the form that goes with a count. */
#ifndef MU_CORE_I18N_H
#define MU_CORE_I18N_H

#include <libintl.h>

#define MU_TEXT_DOMAIN "muster"
#define N_(text)       text
#define _(text)        dgettext(MU_TEXT_DOMAIN, text)
#define P_(one, many, count)                                                                       \
    dngettext(MU_TEXT_DOMAIN, one, many, (unsigned long)(count))

#endif
