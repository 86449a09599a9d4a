/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the table of limits, and the one sentence that is said where one is exceeded. */
#include "core/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "muster/project.h"
#include "muster/tabletop.h"
#include "muster/template.h"

static const mu_limit limits[MU_LIMIT_COUNT] = {
#define MU_LIMIT(NAME, value, word, unit, what, why, advice)                                       \
    [MU_LIMIT_##NAME] = {word, unit, (value), what, why, advice},
#define MU_LIMIT_OF MU_LIMIT
#include "core/limit_list.h"
#undef MU_LIMIT
#undef MU_LIMIT_OF
};

const mu_limit *mu_limit_get(mu_limit_kind kind) {
    return &limits[kind];
}

/* Digits in groups of three. */
static void group(uint64_t value, char *out, size_t room) {
    char digits[24];
    const int count = snprintf(digits, sizeof digits, "%" PRIu64, value);
    size_t at = 0;
    for (int i = 0; i < count && at + 2 < room; i++) {
        if (i > 0 && (count - i) % 3 == 0) {
            out[at++] = ',';
        }
        out[at++] = digits[i];
    }
    out[at] = 0;
}

const char *mu_limit_say(uint64_t value, const char *unit, char out[MU_LIMIT_ROOM]) {
    enum { KIB = 1024, MIB = 1024 * 1024 };
    char number[MU_LIMIT_ROOM - 8];
    const bool bytes = strcmp(unit, "B") == 0;
    const uint64_t per = !bytes ? 1 : value % MIB == 0 ? MIB : value % KIB == 0 ? KIB : 1;
    group(value / per, number, sizeof number);
    (void)snprintf(out, MU_LIMIT_ROOM, "%s%s%s", number, strcmp(unit, "1") == 0 ? "" : " ",
                   per == MIB                ? "MiB"
                   : per == KIB              ? "KiB"
                   : strcmp(unit, "1") == 0 ? ""
                                             : unit);
    return out;
}

bool mu_limit_holds(mu_limit_kind kind, uint64_t value, mu_diags *diags,
                    const mu_where *where) {
    const mu_limit *limit = &limits[kind];
    if (value <= limit->most) {
        return true;
    }
    char found[MU_LIMIT_ROOM], most[MU_LIMIT_ROOM];
    mu_diags_add(diags, MU_ERROR, "limit", where, _(limit->advice),
                 _("%s: %s, and at most %s can be (limit '%s')"), _(limit->what),
                 mu_limit_say(value, limit->unit, found),
                 mu_limit_say(limit->most, limit->unit, most), limit->word);
    return false;
}
