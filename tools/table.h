/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of text for a terminal: columns as wide as their widest cell, Chinese characters counted
 * as the two columns that they take. */
#ifndef MUSTER_TOOLS_TABLE_H
#define MUSTER_TOOLS_TABLE_H

#include <stdio.h>

#include "muster/status.h"

enum { MU_TABLE_COLUMNS_MOST = 8 };

typedef struct mu_table mu_table;

/* `columns` at most MU_TABLE_COLUMNS_MOST. NULL where there is no memory; the other functions
 * accept that, and printing says what is missing. */
mu_table *mu_table_create(int columns);
void mu_table_destroy(mu_table *table);
/* Adds a row of as many strings as the table has columns; they are copied. */
void mu_table_add(mu_table *table, ...);
void mu_table_print(const mu_table *table, FILE *out);

/* Columns that a text takes on a terminal. */
int mu_text_columns(const char *text);
/* Prints a text without what could steer a terminal: control and bidirectional characters and bytes
 * that are not UTF-8 come out as '?'. */
void mu_text_print(const char *text, FILE *out);
/* The same with the end of a line. */
void mu_text_print_line(const char *text, FILE *out);
/* Prints like printf, line by line in that way. */
void mu_text_printf(FILE *out, const char *format, ...) MU_PRINTF(2, 3);

#endif
