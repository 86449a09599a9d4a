/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Casualties and the roll-call in metrics.json. */
#include <math.h>

#include "drill/metrics_json.h"

static void put_stages(mu_json_out *out, const mu_care_findings *care) {
    mu_json_open(out, "stages", '[');
    for (int stage = 0; stage < MU_CARE_STAGE_COUNT; stage++) {
        const mu_care_sum *sum = &care->stages[stage];
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "stage", mu_care_stage_word((mu_care_stage)stage));
        mu_json_put_real(out, "share", sum->share);
        mu_json_put_real(out, "t50_s", sum->t50_s);
        mu_json_put_count(out, "t50_never", sum->t50_never);
        mu_json_put_real(out, "t95_s", sum->t95_s);
        mu_json_put_count(out, "t95_never", sum->t95_never);
        mu_json_put_real(out, "last_s", sum->last_s);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_curve(mu_json_out *out, const mu_care_findings *care) {
    mu_json_open(out, "curve", '[');
    for (uint32_t t = 0; t < care->curve_count; t++) {
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_real(out, "t_s", care->curve_s[t]);
        for (int stage = 0; stage < MU_CARE_STAGE_COUNT; stage++) {
            mu_json_put_real(out, mu_care_stage_word((mu_care_stage)stage), care->curves[stage][t]);
        }
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static const char *const stage_fields[MU_CARE_STAGE_COUNT] = {
    "found_s", "tagged_s", "treated_s", "gathered_s", "taken_s", "admitted_s"};

static void put_hospitals(mu_json_out *out, const mu_findings *findings) {
    mu_json_open(out, "hospitals", '[');
    for (uint32_t h = 0; h < findings->plan->roster.hospitals.count; h++) {
        const mu_hospital_sum *sum = &findings->care.hospitals[h];
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "id", findings->plan->roster.hospitals.items[h].id);
        mu_json_put_real(out, "patients", sum->patients);
        for (int tag = 0; tag < MU_START_TAG_COUNT; tag++) {
            mu_json_put_real(out, mu_start_tag_word((mu_start_tag)tag), sum->by_tag[tag]);
        }
        mu_json_put_real(out, "sent_on", sum->sent_on);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

/* One patient a line, of the first run that has any. */
static void put_patients(mu_json_out *out, const mu_findings *findings) {
    mu_json_open(out, "patients", '[');
    const mu_care_result *care = NULL;
    for (uint32_t i = findings->reps; i > 0; i--) {
        if (findings->replicates[i - 1].care.count > 0) {
            care = &findings->replicates[i - 1].care;
        }
    }
    for (uint32_t i = 0; care != NULL && i < care->count; i++) {
        const mu_care_case *one = &care->cases[i];
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "id", findings->plan->people.list.items[one->person].id);
        mu_json_put_string(out, "plays", mu_start_tag_word((mu_start_tag)one->plays));
        mu_json_put_string(out, "tag",
                           one->tag < MU_START_TAG_COUNT ? mu_start_tag_word((mu_start_tag)one->tag)
                                                         : NULL);
        mu_json_put_real(out, "hurt_s", mu_time_to_s(one->injured_us));
        for (int stage = 0; stage < MU_CARE_STAGE_COUNT; stage++) {
            mu_json_put_real(out, stage_fields[stage],
                             one->at_us[stage] == MU_NEVER ? (double)NAN
                                                           : mu_time_to_s(one->at_us[stage]));
        }
        mu_json_put_string(out, "hospital",
                           one->hospital == MU_NONE
                               ? NULL
                               : findings->plan->roster.hospitals.items[one->hospital].id);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_roll(mu_json_out *out, const mu_care_findings *care) {
    mu_json_open(out, "roll_call", '{');
    mu_json_put_count(out, "runs", care->roll_runs);
    mu_json_put_real(out, "compared_s", care->roll_compared_s);
    mu_json_put_real(out, "expected", care->roll_present + care->roll_known + care->roll_missing);
    mu_json_put_real(out, "present", care->roll_present);
    mu_json_put_real(out, "known", care->roll_known);
    mu_json_put_real(out, "missing", care->roll_missing);
    mu_json_put_real(out, "found", care->roll_found);
    mu_json_put_real(out, "unlisted", care->roll_unlisted);
    mu_json_put_count(out, "closed_runs", care->roll_closed_runs);
    mu_json_put_real(out, "closed_s", care->roll_closed_s);
    mu_json_close(out, '}');
}

void mu_metrics_put_care(mu_json_out *out, const mu_findings *findings) {
    const mu_care_findings *care = &findings->care;
    mu_json_open(out, "casualties", '{');
    mu_json_put_count(out, "runs", care->runs);
    mu_json_put_real(out, "count", care->count);
    mu_json_open(out, "by_tag", '{');
    for (int tag = 0; tag < MU_START_TAG_COUNT; tag++) {
        mu_json_put_real(out, mu_start_tag_word((mu_start_tag)tag), care->by_tag[tag]);
    }
    mu_json_close(out, '}');
    put_stages(out, care);
    put_curve(out, care);
    put_hospitals(out, findings);
    put_patients(out, findings);
    mu_json_close(out, '}');
    put_roll(out, care);
}
