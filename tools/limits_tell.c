/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "limits_tell.h"

#include "core/i18n.h"
#include "core/json_out.h"
#include "core/limits.h"
#include "table.h"

void mu_limits_print_text(FILE *out) {
    mu_table *table = mu_table_create(3);
    for (int k = 0; k < MU_LIMIT_COUNT; k++) {
        char most[MU_LIMIT_ROOM];
        const mu_limit *limit = mu_limit_get((mu_limit_kind)k);
        mu_table_add(table, limit->word, mu_limit_say(limit->most, limit->unit, most),
                     _(limit->what));
    }
    mu_table_print(table, out);
    mu_table_destroy(table);
}

void mu_limits_print_json(FILE *out) {
    mu_json_out json = {.stream = out};
    mu_json_open(&json, NULL, '{');
    mu_json_open(&json, "limits", '[');
    for (int k = 0; k < MU_LIMIT_COUNT; k++) {
        const mu_limit *limit = mu_limit_get((mu_limit_kind)k);
        mu_json_open(&json, NULL, '{');
        mu_json_put_string(&json, "limit", limit->word);
        mu_json_put_int(&json, "most", (int64_t)limit->most);
        mu_json_put_string(&json, "unit", limit->unit);
        mu_json_put_string(&json, "of", _(limit->what));
        mu_json_put_string(&json, "why", _(limit->why));
        mu_json_put_string(&json, "advice", _(limit->advice));
        mu_json_close(&json, '}');
    }
    mu_json_close(&json, ']');
    mu_json_close(&json, '}');
    (void)fputc('\n', out);
}

void mu_limits_print_page(FILE *out) {
    (void)fprintf(out, "# %s\n\n%s\n\n| %s | %s | %s | %s |\n|---|---|---|---|\n", _("Limits"),
                  _("What is larger ends in a message with the file, the place and what to do, and "
                    "nothing is written. What a single field may hold is told by `muster schema "
                    "KIND --doc`. This page is `muster doctor --limits --doc`."),
                  _("limit"), _("most"), _("because"), _("what to do"));
    for (int k = 0; k < MU_LIMIT_COUNT; k++) {
        char most[MU_LIMIT_ROOM];
        const mu_limit *limit = mu_limit_get((mu_limit_kind)k);
        (void)fprintf(out, "| `%s`: %s | %s | %s | %s |\n", limit->word, _(limit->what),
                      mu_limit_say(limit->most, limit->unit, most), _(limit->why),
                      _(limit->advice));
    }
}
