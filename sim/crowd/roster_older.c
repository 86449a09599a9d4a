/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rosters of older versions. In version 1 the levels of training were written "m1", "m2" and "m3";
 * PD 7974-6 has them in capitals, and so have files since. */
#include "crowd/roster.h"

#include "core/i18n.h"
#include "core/json_scan.h"

static mu_status write_training_large(const mu_json_doc *doc, char *text, char **out,
                                      size_t *out_length) {
    (void)out;
    (void)out_length;
    const uint32_t groups = mu_json_member(doc, 0, "groups");
    if (groups == 0 || doc->text[doc->values[groups].at] != '[') {
        return MU_OK;
    }
    for (uint32_t g = groups + 1; g < doc->values[groups].end; g = doc->values[g].end) {
        const uint32_t training =
            doc->text[doc->values[g].at] == '{' ? mu_json_member(doc, g, "training") : 0;
        char *word = training != 0 ? text + doc->values[training].at : NULL;
        if (word != NULL && word[0] == '"' && word[1] == 'm' && word[2] >= '1' && word[2] <= '3' &&
            word[3] == '"') {
            word[1] = 'M';
        }
    }
    return MU_OK;
}

const mu_migration mu_roster_older[] = {
    {write_training_large, N_("levels of training are written M1, M2, M3")},
    {NULL, NULL},
};
