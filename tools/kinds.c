/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of file in the order in which a planner meets them. */
#include "kinds.h"

#include "audit/easi.h"
#include "crowd/roster.h"
#include "drill/incident.h"
#include "drill/metrics_json.h"
#include "drill/pack/pack_file.h"
#include "edit/tracing.h"
#include "policy/policy.h"
#include "readiness/year.h"
#include "response/playbook.h"
#include "site/site.h"
#include "study/levers.h"
#include "study/study.h"
#include "study/year.h"
#include "verify/case.h"

/* Declared here, since the importer's headers have names of their own for their drafts. */
extern const mu_file_kind mu_overlay_file;

mu_kind mu_kind_get(int k) {
    const mu_kind kinds[MU_KIND_COUNT] = {
        {"site", &mu_site_file, true},
        {"roster", &mu_roster_file, true},
        {"policy", &mu_policy_file, true},
        {"playbook", &mu_playbook_file, true},
        {"incident", &mu_incident_file, true},
        {"overlay", &mu_overlay_file, true},
        {"metrics", &mu_metrics_file, false},
        {"case", &mu_case_file, true},
        {"study", &mu_study_file, true},
        {"levers", &mu_levers_file, true},
        {"year", &mu_year_file, true},
        {"easi", &mu_easi_file, true},
        {"year-results", &mu_year_results_file, false},
        {"pack", &mu_pack_kind, true},
        {"tracing", &mu_tracing_file, true},
    };
    return kinds[k];
}
