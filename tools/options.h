/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command-line options after the GNU conventions. One table per subcommand drives both reading and
 * --help. */
#ifndef MUSTER_TOOLS_OPTIONS_H
#define MUSTER_TOOLS_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct mu_option {
    char letter;          /* 0 = none */
    const char *name;     /* long name, without the dashes */
    const char *argument; /* "DIR", marked with N_(); NULL = takes none */
    const char *meaning;  /* marked with N_(), without a full stop */
} mu_option;

enum { MU_OPTIONS_MOST = 24 };

typedef struct mu_usage {
    const char *command;
    const char *synopsis;     /* what follows the command's name: "INCIDENT [OPTION]… -o DIR" */
    const char *summary;      /* one or more sentences, marked with N_() */
    const char *details;      /* printed after the options, marked with N_(); may be NULL */
    const mu_option *options; /* ends with a NULL name; at most MU_OPTIONS_MOST */
} mu_usage;

typedef struct mu_given_options {
    const char *value[MU_OPTIONS_MOST]; /* as the table: NULL = absent; "" for a bare flag */
    char **operands;                    /* NULL-terminated, in order; borrowed from argv */
    int operand_count;
} mu_given_options;

/* Reads argv (argv[0] is the subcommand), reordering it. Long options may be shortened as long as
 * that is unambiguous, and take their value after '=' or as the next word; "--" ends options.
 * Returns true to go on; false when the command is over, with its exit status in *status: --help
 * has been printed, or a complaint has. */
bool mu_options_read(const mu_usage *usage, int argc, char **argv, mu_given_options *out,
                     int *status);

/* Whole number of option `name` within least..most. False: a complaint has been printed. An absent
 * value (NULL) leaves *out as it is. */
bool mu_option_number(const char *command, const char *name, const char *value, uint64_t least,
                      uint64_t most, uint64_t *out);

/* The place of a word in a list that ends with NULL; -1. */
int mu_option_place(const char *word, const char *const *words);
/* The place in a list of two words, ended by NULL, of option `name`; else as mu_option_number. */
bool mu_option_word(const char *command, const char *name, const char *value,
                    const char *const *words, int *out);

/* Takes a flag that every command has ("--verbose") out of argv where it stands before a "--". */
bool mu_options_take_flag(int *argc, char **argv, const char *flag);

/* Takes "--lang X" and "--lang=X" out of argv wherever they stand before a "--". Returns the last
 * X, NULL if there was none, or "" if the value is missing. */
const char *mu_options_take_language(int *argc, char **argv);

#endif
