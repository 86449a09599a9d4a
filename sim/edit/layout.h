/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How JSON is laid out for people: what fits on a line stands on one, else its parts fill lines of
 * at most 100 letters, two blanks deeper. Keys keep their order and numbers their digits. */
#ifndef MU_EDIT_LAYOUT_H
#define MU_EDIT_LAYOUT_H

#include <stdio.h>

#include "core/json_doc.h"

enum { MU_LAYOUT_WIDTH = 100 };

/* Prints a value of a scanned text. `indent`: blanks before the line that it stands on; `column`:
 * letters already on that line; `behind`: letters that will follow it, such as a comma. */
void mu_layout_print(const mu_json_doc *doc, uint32_t node, int indent, int column, int behind,
                     FILE *out);
/* On one line, however long. */
void mu_layout_print_flat(const mu_json_doc *doc, uint32_t node, FILE *out);
/* A text (well formed) laid out as the value at a place; the caller frees it. NULL where it is
 * malformed or there is no memory. */
char *mu_layout_text(const char *text, int indent, int column, int behind);

/* Columns that UTF-8 takes: a Chinese letter is two wide. */
int mu_layout_letters(const char *text, size_t bytes);

#endif
