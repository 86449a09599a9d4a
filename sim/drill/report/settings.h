/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every distribution that a plan's files give, with its source: what the run's times rest on. */
#ifndef MU_DRILL_REPORT_SETTINGS_H
#define MU_DRILL_REPORT_SETTINGS_H

#include "core/field.h"
#include "drill/report/view.h"

typedef struct mu_setting {
    const char *record; /* kind of record that holds it: "channel" */
    const char *id;     /* of the nearest record with an id; NULL */
    mu_text name;       /* of that record */
    const mu_field *field;
    const mu_dist *dist;
    bool weak; /* no source is given, or it says that it is an assumption or an estimate */
} mu_setting;

typedef MU_LIST_OF(mu_setting) mu_setting_list;

/* All of site, roster, playbooks and incident in the order of the files; those left at 0 are not
 * listed. In the view's arena; empty where there is no memory. */
mu_setting_list mu_settings_list(const mu_view *view);

#endif
