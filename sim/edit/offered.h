/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of words that only a scenario knows: what there is to choose from. */
#ifndef MU_EDIT_OFFERED_H
#define MU_EDIT_OFFERED_H

#include "edit/form.h"

/* Gives a row its choices and what its value is called, where there is such a list for its field.
 */
void mu_form_offer(mu_project *project, const mu_field *field, const char *language,
                   mu_form_row *row);
/* The word that goes by a name; what was typed where there is none. */
const char *mu_form_offered(const mu_project *project, const mu_field *field, const char *typed);
struct mu_offered;
void mu_offered_destroy(struct mu_offered *offered);

#endif
