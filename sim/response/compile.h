/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that compile playbooks share. */
#ifndef MU_RESPONSE_COMPILE_H
#define MU_RESPONSE_COMPILE_H

#include "response/response.h"

typedef struct mu_compiler {
    const mu_response_given *given;
    const mu_words *words;
    mu_arena *arena;
    mu_diags *diags;
    mu_response_plan *plan;
    bool no_memory;
} mu_compiler;

/* A step's place as a word: without the '@' of "@item". NULL stays NULL. */
const char *mu_place_word(const char *place);
/* The kind of post that a word names, or -1. */
int mu_post_kind_find(const char *word);

/* Resolve one step's place, zone and people; faults go to the compiler's diags. */
void mu_compile_place(mu_compiler *c, mu_step_plan *step);
void mu_compile_zone(mu_compiler *c, mu_step_plan *step);
void mu_compile_who(mu_compiler *c, mu_step_plan *step);
/* compile_gas.c: air units, decontamination line, breathing protection. */
void mu_compile_gas(mu_compiler *c, mu_step_plan *step);
/* Leaves only those posts of a kind that are in the zones that the step gives. */
void mu_compile_posts_in(mu_compiler *c, mu_step_plan *step);
/* What an order brings about that leaves out some of its zone, once those whom it concerns are
 * gone: cleared:elsewhere. */
#define MU_ELSEWHERE "elsewhere"
/* Marks the areas of an order's zone, without what it leaves out, and those to keep out of. */
void mu_compile_areas(mu_compiler *c, mu_step_plan *step);
/* The portals that a step closes, and which way is in. */
void mu_compile_cordon(mu_compiler *c, mu_step_plan *step);
/* Does the word name a set of areas? Marks them where `areas` is not NULL. */
bool mu_compile_area_word(const mu_compiler *c, const char *word, bool *areas);
/* The rooms that people can lock themselves into. */
bool mu_compile_rooms(mu_compiler *c);
/* Where an order sends people, and how a step that deals with persons one by one goes about it. */
void mu_compile_care(mu_compiler *c, mu_step_plan *step);
/* Lists what can come about, and marks steps whose trigger never can. */
void mu_compile_reach(mu_compiler *c);

#endif
