/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two halves of forms share. */
#ifndef MU_EDIT_FORM_H
#define MU_EDIT_FORM_H

#include "edit/project.h"

const char *mu_form_title(mu_project *project, mu_arena *arena, uint32_t paper, const char *pointer,
                          const char *language);
/* One row, in the form's arena. */
mu_form_row mu_form_row_of(mu_project *project, uint32_t paper, const char *pointer,
                           const mu_field *field);
/* role_name.c: what the roster calls a role, else what it is usually called, else its word. */
const char *mu_form_role_name(const mu_project *project, mu_arena *arena, const char *role,
                              const char *language);
/* form_enter.c: a finite number, with nothing but blanks around it. */
bool mu_form_number(const char *text, double *out);
/* form_plain.c: numbers, points, sentences and plain values without the marks of JSON: how they are
 * shown (NULL: as they stand in the file), and back. */
const char *mu_form_plain(mu_arena *arena, const mu_field *field, const char *json);
char *mu_form_from_plain(const mu_field *field, const char *text);
/* A copy with commas, semicolons and strokes as the files have them, however they were typed. */
char *mu_form_plain_marks(const char *text);
/* words.c: the file's word for what is typed into a field of one of several words: what people call
 * it, or the word itself. */
extern const char *const mu_truth_words[];
const char *mu_form_word(const mu_field *field, const char *typed);
/* shipped.c: the policy that comes with Muster; NULL where it cannot be read. */
const mu_document *mu_project_shipped(mu_project *project);
/* rename.c: gives a record another id, and all references to it with it. One step. */
mu_status mu_form_rename(mu_project *project, uint32_t paper, const char *record,
                         const mu_record_type *type, const char *id, char *why, size_t room);

#endif
