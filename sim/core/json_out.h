/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON, piece by piece, so that a log of a million records needs no tree. The same calls
 * give the same bytes whatever the locale: a number is written with the fewest digits that read
 * back as itself, and what JSON has no number for (infinite, missing) is null. */
#ifndef MU_CORE_JSON_OUT_H
#define MU_CORE_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/given.h"

enum { MU_JSON_OUT_DEPTH_MOST = 16 };

typedef struct mu_json_out {
    FILE *stream; /* errors stick to it */
    bool compact; /* all on one line; else indented by two blanks, short lists on one line */
    int depth;
    bool filled[MU_JSON_OUT_DEPTH_MOST]; /* something stands in the list or object already */
    int flat; /* depth from which on everything stands on one line; 0 = none */
} mu_json_out;

/* `key` is NULL in a list and at the top; keys are plain words. */
void mu_json_open(mu_json_out *out, const char *key, char bracket); /* '{' or '[' */
void mu_json_close(mu_json_out *out, char bracket);                 /* '}' or ']' */
/* Opens what will stand on one line up to its end. */
void mu_json_open_flat(mu_json_out *out, const char *key, char bracket);

void mu_json_put_null(mu_json_out *out, const char *key);
void mu_json_put_bool(mu_json_out *out, const char *key, bool value);
void mu_json_put_int(mu_json_out *out, const char *key, int64_t value);
void mu_json_put_count(mu_json_out *out, const char *key, uint64_t value);
/* null unless finite. */
void mu_json_put_real(mu_json_out *out, const char *key, double value);
/* null where `text` is NULL. Bytes that are not UTF-8 come out as U+FFFD. */
void mu_json_put_string(mu_json_out *out, const char *key, const char *text);
/* 16 hexadecimal digits, as a string: JSON's numbers are exact to 53 bits only. */
void mu_json_put_hash(mu_json_out *out, const char *key, uint64_t hash);
/* {"en": …, "zh": …}; null where neither is given, the one for the other where one is missing. */
void mu_json_put_text(mu_json_out *out, const char *key, const mu_text *text);

/* The shortest decimal that reads back as `value` (finite), independent of the locale; at most 31
 * bytes and a 0. */
void mu_json_print_real(double value, char out[32]);

#endif
