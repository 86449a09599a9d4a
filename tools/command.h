/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The subcommands of `muster`, and what they share: exit statuses and complaints. */
#ifndef MUSTER_TOOLS_COMMAND_H
#define MUSTER_TOOLS_COMMAND_H

#include "muster/diag.h"

enum {
    MU_EXIT_DONE = 0,
    MU_EXIT_NO = 1,   /* ran, but what was asked does not hold */
    MU_EXIT_USAGE = 2 /* wrong usage, or input that cannot be used */
};

typedef struct mu_command {
    const char *name;
    const char *summary;               /* marked with N_(), without a full stop */
    int (*run)(int argc, char **argv); /* argv[0] is the subcommand; returns an exit status */
} mu_command;

/* One table in muster.c; ends with a NULL name. */
extern const mu_command mu_commands[];

int mu_audit_main(int argc, char **argv);
int mu_batch_main(int argc, char **argv);
int mu_bench_main(int argc, char **argv);
int mu_check_main(int argc, char **argv);
int mu_clauses_main(int argc, char **argv);
int mu_compare_main(int argc, char **argv);
int mu_completion_main(int argc, char **argv);
int mu_diff_main(int argc, char **argv);
int mu_doctor_main(int argc, char **argv);
int mu_easi_main(int argc, char **argv);
int mu_fit_main(int argc, char **argv);
int mu_fix_main(int argc, char **argv);
int mu_hazop_main(int argc, char **argv);
int mu_sensitivity_main(int argc, char **argv);
int mu_import_main(int argc, char **argv);
int mu_export_main(int argc, char **argv);
int mu_lint_main(int argc, char **argv);
int mu_merge_main(int argc, char **argv);
int mu_migrate_main(int argc, char **argv);
int mu_report_main(int argc, char **argv);
int mu_pack_main(int argc, char **argv);
int mu_observe_main(int argc, char **argv);
int mu_ledger_main(int argc, char **argv);
int mu_run_main(int argc, char **argv);
int mu_schema_main(int argc, char **argv);
int mu_edit_main(int argc, char **argv);
int mu_new_main(int argc, char **argv);
int mu_show_main(int argc, char **argv);
int mu_verify_main(int argc, char **argv);
int mu_why_main(int argc, char **argv);
int mu_year_main(int argc, char **argv);

/* Writes "muster COMMAND: …" to standard error and returns MU_EXIT_USAGE. */
int mu_refuse(const char *command, const char *format, ...) MU_PRINTF(2, 3);
/* The same, with a pointer to --help. */
int mu_refuse_usage(const char *command, const char *format, ...) MU_PRINTF(2, 3);

#endif
