/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everyone in a plan, one entry each: occupants made from groups, members on duty, persons of units
 * from outside. Given data, sorted by id; a person's index is their place here. */
#ifndef MU_CROWD_PEOPLE_H
#define MU_CROWD_PEOPLE_H

#include "core/loader.h"
#include "crowd/roster.h"
#include "site/walkable.h"

typedef enum mu_person_kind { MU_PERSON_OCCUPANT, MU_PERSON_MEMBER, MU_PERSON_UNIT } mu_person_kind;

typedef enum mu_radio {
    MU_RADIO_NONE,
    MU_RADIO_WORKS,
    MU_RADIO_DEAD /* is carried, and nobody knows that it does not work */
} mu_radio;

typedef struct mu_person {
    const char *id;   /* "staff-l1/017", "guard-2", "guard-2/3", "police/3" */
    mu_text name;     /* to print: of the member or unit, numbered if several; occupants: the id */
    uint64_t hash;    /* mu_name_hash(id): the subject of this person's streams */
    uint8_t kind;     /* mu_person_kind */
    uint8_t mobility; /* mu_mobility */
    uint8_t phone_given; /* members: carries a phone */
    uint8_t radio; /* mu_radio */
    uint8_t later; /* occupants: not on the site at first */
    uint32_t from;  /* index of the group, member or unit */
    uint32_t role;  /* index into people->roles */
    uint32_t space; /* where they are at the start; MU_NONE for units */
    uint32_t post;  /* members: their post; MU_NONE = none */
    uint32_t party; /* index into people->parties; MU_NONE */
} mu_person;

/* Occupants who keep together. */
typedef struct mu_party {
    const uint32_t *members; /* persons, ascending */
    uint32_t count;
    double waits_s;
} mu_party;

typedef struct mu_people {
    const mu_roster *roster;
    MU_LIST_OF(mu_person) list;
    mu_string_list roles; /* sorted, distinct */
    uint32_t occupants;   /* how many are of kind MU_PERSON_OCCUPANT: the first */
    MU_LIST_OF(mu_party) parties;
} mu_people;

/* Expands the roster (refs resolved) into people; a group's count is spread over its spaces by area
 * (largest remainders, ties by id), mobility shares over its members in the same way. Faults (too
 * many, an empty group of spaces) go to `diags`. */
MU_MUST_USE mu_status mu_people_create(const mu_site *site, const mu_walkable *walkable,
                                       const mu_roster *roster, mu_arena *arena, mu_diags *diags,
                                       mu_people *out);
/* Makes the parties of people whose `party` holds any numbers (equal: together; MU_NONE: alone),
 * and renumbers those by their first members. False without memory. */
bool mu_people_make_parties(mu_people *people, mu_arena *arena);
/* The index of a role word, or MU_NONE. */
uint32_t mu_people_role(const mu_people *people, const char *role);
/* Of a member or a unit; a NULL skill is everybody's. */
bool mu_person_has_skill(const mu_people *people, uint32_t person, const char *skill);
mu_text mu_person_name(const mu_people *people, uint32_t person);

#endif
