/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People who could not use stairs, and lifts, in metrics.json. */
#include "drill/metrics_json.h"

void mu_metrics_put_assisted(mu_json_out *out, const mu_findings *findings) {
    const mu_assisted_finding *sum = &findings->assisted;
    mu_json_open(out, "assisted", '{');
    mu_json_put_count(out, "runs", sum->runs);
    mu_json_put_real(out, "reached", sum->reached);
    mu_json_put_real(out, "called", sum->called);
    mu_json_put_real(out, "brought", sum->brought);
    mu_json_open_flat(out, "with", '{');
    for (int b = MU_BURDEN_NONE + 1; b < MU_BURDEN_COUNT; b++) {
        mu_json_put_real(out, mu_burden_word((mu_burden)b), sum->with[b]);
    }
    mu_json_close(out, '}');
    mu_json_put_real(out, "waited_s", sum->waited_s);
    mu_json_put_real(out, "out_s", sum->out_s);
    mu_json_put_real(out, "last_s", sum->last_s);
    mu_json_put_count(out, "lifts_recalled_runs", sum->recalled_runs);
    mu_json_put_real(out, "lift_rides", sum->entered);
    mu_json_close(out, '}');
}
