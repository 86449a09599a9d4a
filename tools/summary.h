/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `muster run` prints when it is done. */
#ifndef MUSTER_TOOLS_SUMMARY_H
#define MUSTER_TOOLS_SUMMARY_H

#include "drill/report/view.h"

/* The headline, the worst gaps as a table, and where the files are. */
void mu_summary_print(const mu_view *view, const char *folder, bool has_report);
void mu_summary_print_json(const mu_view *view, const char *folder, bool has_report);
/* One clause: how it came out, and where the time went, part by part. */
void mu_summary_print_why(const mu_view *view, uint32_t clause);

#endif
