/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The `muster` program: one table of subcommands, and what is common to all of them. */
#define _GNU_SOURCE /* program_invocation_name */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/i18n.h"
#include "core/near.h"
#include "diagnose.h"
#include "language.h"
#include "manual.h"
#include "memory.h"
#include "options.h"
#include "streams.h"
#include "table.h"

const mu_command mu_commands[] = {
    {"run", N_("play an incident many times and write the gap report"), mu_run_main},
    {"new", N_("begin a scenario from a template, by a few questions"), mu_new_main},
    {"edit", N_("draw a site, and fill in everything else of a scenario"), mu_edit_main},
    {"show", N_("see one run of an incident in a window, or as pictures"), mu_show_main},
    {"report", N_("report on the session of a tabletop"), mu_report_main},
    {"pack", N_("print everything that a real exercise of an incident needs"), mu_pack_main},
    {"observe", N_("judge what was observed at a real exercise, and hold it against the runs"),
     mu_observe_main},
    {"ledger", N_("follow up what exercises found: who mends what until when"), mu_ledger_main},
    {"why", N_("ask why somebody took the way that they took"), mu_why_main},
    {"diff", N_("say where two runs part, and whom that touches"), mu_diff_main},
    {"batch", N_("play a study: incidents under several policies or settings"), mu_batch_main},
    {"compare", N_("say which arm of a study is better, by how much and how sure"),
     mu_compare_main},
    {"fix", N_("measure which changes would close most gaps, at what cost"), mu_fix_main},
    {"hazop", N_("find what must not fail, and the best remedy for each such point"),
     mu_hazop_main},
    {"sensitivity", N_("say which unknown input matters most"), mu_sensitivity_main},
    {"merge", N_("put the parts of a study together"), mu_merge_main},
    {"check", N_("check files and name every fault in them"), mu_check_main},
    {"migrate", N_("write files of older versions in the newest"), mu_migrate_main},
    {"lint", N_("hold a policy against itself, the site, the roster and published guidance"),
     mu_lint_main},
    {"audit", N_("judge what stands on the site, in the stores, on the roster and on paper"),
     mu_audit_main},
    {"year", N_("simulate a year of duties, faults, training and stock, and judge it"),
     mu_year_main},
    {"easi", N_("score one given path by detection, delay and response"), mu_easi_main},
    {"fit", N_("fit distributions to recorded times, and write them into settings"), mu_fit_main},
    {"clauses", N_("list the clauses of a policy"), mu_clauses_main},
    {"schema", N_("print the JSON Schema of a kind of file, or its reference"), mu_schema_main},
    {"import", N_("make a site file from a floor plan"), mu_import_main},
    {"export", N_("write a site for other programs, or files without names"), mu_export_main},
    {"verify", N_("play verification cases and experiments, and say which hold"), mu_verify_main},
    {"bench", N_("measure how fast the engine is on this machine"), mu_bench_main},
    {"doctor", N_("say what works on this machine, and what to install"), mu_doctor_main},
    {"completion", N_("print what bash or zsh needs to complete commands"), mu_completion_main},
    {NULL, NULL, NULL},
};

static void complain(const char *command, const char *format, va_list arguments) {
    char text[1024];
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): started by the caller */
    (void)vsnprintf(text, sizeof text, format, arguments);
    (void)fprintf(stderr, "muster%s%s: ", command != NULL ? " " : "",
                  command != NULL ? command : "");
    mu_text_print(text, stderr);
    (void)fputc('\n', stderr);
}

int mu_refuse(const char *command, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(command, format, arguments);
    va_end(arguments);
    return MU_EXIT_USAGE;
}

int mu_refuse_usage(const char *command, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(command, format, arguments);
    va_end(arguments);
    (void)fprintf(stderr, _("Try '%s %s%s--help'."), program_invocation_name,
                  command != NULL ? command : "", command != NULL ? " " : "");
    (void)fputc('\n', stderr);
    return MU_EXIT_USAGE;
}

static void print_help(FILE *out) {
    (void)fprintf(
        out, "%s\n\n%s\n\n%s\n", _("Usage: muster COMMAND [OPTION]… [ARGUMENT]…"),
        _("Muster plays the response to an incident many times and tells which clauses of a "
          "policy would be missed, and why."),
        _("Commands:"));
    mu_table *table = mu_table_create(2);
    char name[32];
    for (const mu_command *command = mu_commands; command->name != NULL; command++) {
        (void)snprintf(name, sizeof name, "  %s", command->name);
        mu_table_add(table, name, _(command->summary));
    }
    mu_table_print(table, out);
    mu_table_destroy(table);
    (void)fprintf(out, "\n%s\n", _("Options:"));
    table = mu_table_create(2);
    mu_table_add(table, "  --lang zh|en", _("language of everything that is printed or written"));
    mu_table_add(table, "  --verbose", _("print notes, too: what was assumed, and why"));
    mu_table_add(table, "  --version", _("show the version and licence"));
    mu_table_add(table, "  -h, --help", _("show this help; after a command, that command's"));
    mu_table_add(table, "  --help=all", _("show the help of every command"));
    mu_table_print(table, out);
    mu_table_destroy(table);
    (void)fprintf(
        out, "\n%s\n",
        _("Exit status: 0 done; 1 ran, but what was asked does not hold; 2 wrong usage, or "
          "input that cannot be used."));
}

static void print_version(void) {
    printf("muster %s\n%s\n", MU_VERSION,
           _("Licence GPLv3+: GNU GPL version 3 or later <https://gnu.org/licenses/gpl.html>\n"
             "This is free software: you are free to change and redistribute it.\n"
             "There is NO WARRANTY, to the extent permitted by law."));
}

static int run_command(int argc, char **argv) {
    for (const mu_command *command = mu_commands; command->name != NULL; command++) {
        if (strcmp(command->name, argv[0]) == 0) {
            return command->run(argc, argv);
        }
    }
    char advice[256];
    mu_near near = mu_near_start(argv[0]);
    for (const mu_command *command = mu_commands; command->name != NULL; command++) {
        mu_near_offer(&near, command->name);
    }
    if (mu_near_advise(&near, advice, sizeof advice)) {
        return mu_refuse_usage(NULL, _("there is no command '%s'; %s"), argv[0], advice);
    }
    return mu_refuse_usage(NULL, _("there is no command '%s'"), argv[0]);
}

/* What "muster COMMAND --help" prints, for every command. */
static int print_all_helps(void) {
    for (const mu_command *command = mu_commands; command->name != NULL; command++) {
        char name[32], help[] = "--help";
        (void)snprintf(name, sizeof name, "%s", command->name);
        const int status = command->run(2, (char *[]){name, help, NULL});
        if (status != MU_EXIT_DONE) {
            return status;
        }
        (void)fputc('\n', stdout);
    }
    return MU_EXIT_DONE;
}

/* "muster help [COMMAND]" is what many people type first. */
static int help_on(int argc, char **argv) {
    if (argc == 0) {
        print_help(stdout);
        return MU_EXIT_DONE;
    }
    char help[] = "--help";
    return run_command(2, (char *[]){argv[0], help, NULL});
}

static int dispatch(int argc, char **argv) {
    const char *first = argc > 1 ? argv[1] : NULL;
    if (first == NULL) {
        print_help(stderr);
        return MU_EXIT_USAGE;
    }
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0) {
        print_help(stdout);
        return MU_EXIT_DONE;
    }
    if (strcmp(first, "--help=all") == 0) {
        return print_all_helps();
    }
    if (strcmp(first, "--help=man") == 0) {
        mu_manual_overview(stdout);
        return MU_EXIT_DONE;
    }
    if (strcmp(first, "--help=bash") == 0) {
        mu_manual_commands(stdout);
        return MU_EXIT_DONE;
    }
    if (strcmp(first, "--version") == 0) {
        print_version();
        return MU_EXIT_DONE;
    }
    if (first[0] == '-' && strcmp(first, "--") != 0) {
        return mu_refuse_usage(NULL, _("unknown option %s"), first);
    }
    if (strcmp(first, "help") == 0) {
        return help_on(argc - 2, argv + 2);
    }
    const int skip = strcmp(first, "--") == 0 ? 2 : 1;
    if (argc <= skip) {
        return mu_refuse_usage(NULL, _("no command given"));
    }
    return run_command(argc - skip, argv + skip);
}

int main(int argc, char **argv) {
    mu_streams_begin();
    mu_memory_bind();
    mu_memory_keep();
    const char *language = mu_options_take_language(&argc, argv);
    if (!mu_language_choose(language)) {
        return mu_refuse_usage(NULL, _("--lang must be zh or en, not '%s'"), language);
    }
    if (mu_options_take_flag(&argc, argv, "--verbose") && setenv(MU_VERBOSE, "1", 1) != 0) {
        return mu_refuse(NULL, _("there is not enough memory"));
    }
    const int status = dispatch(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        return mu_refuse(NULL, _("standard output could not be written"));
    }
    return status;
}
