/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everyone in a plan, one entry each: occupants made from groups, members on duty, persons of units
 * from outside. Given data, sorted by id; a person's index is their place here. */
#ifndef MU_CROWD_PEOPLE_H
#define MU_CROWD_PEOPLE_H

#include "core/loader.h"
#include "crowd/roster.h"
#include "site/walkable.h"

typedef enum mu_person_kind { MU_PERSON_OCCUPANT, MU_PERSON_MEMBER, MU_PERSON_UNIT } mu_person_kind;

typedef struct mu_person {
    const char *id;   /* "staff-l1/017", "guard-2", "guard-2/3", "police/3" */
    mu_text name;     /* to print: of the member or unit, numbered if several; occupants: the id */
    uint64_t hash;    /* mu_name_hash(id): the subject of this person's streams */
    uint8_t kind;     /* mu_person_kind */
    uint8_t mobility; /* mu_mobility */
    uint8_t phone_given; /* members: carries a phone */
    uint8_t radio;
    uint32_t from;  /* index of the group, member or unit */
    uint32_t role;  /* index into people->roles */
    uint32_t space; /* where they are at the start; MU_NONE for units */
    uint32_t post;  /* members: their post; MU_NONE = none */
} mu_person;

typedef struct mu_people {
    const mu_roster *roster;
    MU_LIST_OF(mu_person) list;
    mu_string_list roles; /* sorted, distinct */
    uint32_t occupants;   /* how many are of kind MU_PERSON_OCCUPANT */
} mu_people;

/* Expands the roster (refs resolved) into people; a group's count is spread over its spaces by area
 * (largest remainders, ties by id), mobility shares over its members in the same way. Faults (too
 * many, an empty group of spaces) go to `diags`. */
MU_MUST_USE mu_status mu_people_create(const mu_site *site, const mu_walkable *walkable,
                                       const mu_roster *roster, mu_arena *arena, mu_diags *diags,
                                       mu_people *out);
/* The index of a role word, or MU_NONE. */
uint32_t mu_people_role(const mu_people *people, const char *role);
mu_text mu_person_name(const mu_people *people, uint32_t person);

#endif
