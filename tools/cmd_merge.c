/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster merge`: the parts of a study that several machines played. */
#include <stdio.h>

#include "command.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "options.h"
#include "study/merge.h"

enum { OPTION_OUTPUT };

static const mu_option options[] = {
    {'o', "output", N_("FILE"), N_("results file of the whole study (needed)")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "merge",
    .synopsis = N_("PART… -o FILE"),
    .summary =
        N_("Puts the results of 'muster batch --shard 1/N' to 'N/N' together. The file is the "
           "one that the study played in one piece would have given, row for row."),
    .details = N_("Exit status: 0 done; 2 wrong usage, or parts that do not belong together."),
    .options = options,
};

int mu_merge_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count == 0) {
        return mu_refuse_usage(usage.command, _("no part given"));
    }
    if (given.value[OPTION_OUTPUT] == NULL || given.value[OPTION_OUTPUT][0] == 0) {
        return mu_refuse_usage(usage.command, _("-o is missing: which file the results go to"));
    }
    mu_diags *diags = mu_diags_create();
    if (diags == NULL) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    const mu_status merged =
        mu_results_merge((const char *const *)given.operands, (uint32_t)given.operand_count,
                         given.value[OPTION_OUTPUT], diags);
    if (merged != MU_OK) {
        status = mu_refuse_status(usage.command, MU_ERR_MEMORY, diags);
    }
    mu_diags_print(diags, 0, MU_ERROR, stderr);
    mu_diags_destroy(diags);
    return status;
}
