/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of the run whose log is kept, for the report. */
#ifndef MU_TOOLS_REPORT_FRAMES_H
#define MU_TOOLS_REPORT_FRAMES_H

#include "drill/played.h"
#include "drill/report/report.h"
#include "muster/session.h"

enum { MU_REPORT_FRAMES_MOST = 8 };

/* Returns how many were drawn: none in a build without the window, or where there is no font. */
uint32_t mu_report_frames(const mu_findings *findings, const mu_timeline *timeline,
                          const mu_played *played, const char *language, mu_report_picture *out,
                          char **animation);
/* The same of a session that shows the run. */
uint32_t mu_report_frames_of(const mu_findings *findings, const mu_timeline *timeline,
                             mu_session *session, const char *language, mu_report_picture *out);
/* The evacuation as a moving picture; the caller frees it; NULL where nobody left. */
char *mu_report_animation_of(const mu_findings *findings, const mu_timeline *timeline,
                             mu_session *session, const char *language);
void mu_report_frames_free(mu_report_picture *pictures, uint32_t count);

#endif
