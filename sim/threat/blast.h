/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An item that explodes unless it has been made safe before. What follows is what the planner of an
 * exercise writes down: who plays a casualty, who is frightened and who hears it, which spaces fill
 * with smoke, which doors are lost. There is no model of the explosion. */
#ifndef MU_THREAT_BLAST_H
#define MU_THREAT_BLAST_H

#include "policy/term.h"
#include "threat/casualty.h"

typedef struct mu_smoke_given {
    mu_ref space;
    double extinction_per_m;
    double clears_after_s; /* 0 = stays */
} mu_smoke_given;

/* As an incident file gives it, within an item. */
typedef struct mu_explosion_given {
    double at_s;        /* from the start of the incident; 0 = never */
    const char *unless; /* term: has come before, then it does not explode; NULL = always */
    mu_casualties_given casualties;
    double fear_radius_m;  /* who is within it on the same level, or in the same space, flees */
    double heard_radius_m; /* who is within it, on any level, is alerted */
    MU_LIST_OF(mu_smoke_given) smoke;
    mu_ref_list doors_lost; /* portals that nobody passes any more */
} mu_explosion_given;

extern const struct mu_record_type mu_explosion_type;

/* Made ready. */
typedef struct mu_blast_plan {
    const mu_explosion_given *given; /* NULL: it never explodes */
    uint32_t area, level;
    mu_point at;
    uint32_t word;        /* "item", "second_item" */
    uint32_t word_senses; /* "senses": how those who hear it learn of it */
    bool has_unless;
    mu_term unless;
} mu_blast_plan;

enum { MU_BLAST_ITEM, MU_BLAST_SECOND, MU_BLASTS };

void mu_blast_register(const mu_blast_plan *plans, const mu_site *site, mu_layout *layout);
void mu_blast_begin(mu_sim *sim, uint32_t started);

/* Handlers. */
void mu_blast_on_due(mu_sim *sim, const mu_event *event);
void mu_blast_on_smoke_clears(mu_sim *sim, const mu_event *event);

#endif
