/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a verification report. Each writes one SVG element and tells whether it had
 * anything to show. */
#ifndef MU_VERIFY_CHART_H
#define MU_VERIFY_CHART_H

#include "drill/report/svg.h"
#include "verify/verification.h"

/* Speed against density: Weidmann's curve, the cases that measure both, the experiments' own
 * points. */
bool mu_chart_fundamental(mu_page *page, const mu_verification *v);
/* Flow against the width of a bottleneck, of the cases that vary it. */
bool mu_chart_bottlenecks(mu_page *page, const mu_verification *v);
/* Share of people across the line against time: measured and model. */
bool mu_chart_passage(mu_page *page, const mu_experiment *experiment);
/* The floor of a case's scene, its doors and where people start. */
bool mu_chart_scene(mu_page *page, const mu_case *given, uint32_t scene);
/* The floor of an experiment, its lines and first places. */
bool mu_chart_experiment(mu_page *page, const mu_experiment *experiment);

/* The style of these pictures, without tags. */
extern const char mu_verify_style[];

#endif
