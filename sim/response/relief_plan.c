/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of shift as a table of fields, and who relieves whom. */
#include <string.h>

#include "core/field.h"
#include "core/i18n.h"
#include "response/relief.h"

static const mu_field change_fields[] = {
    {MU_FIELD_AT(mu_shift_change, at_s), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 604800, .unit = "s",
     .meaning = N_("When the shift changes, from the start of the incident")},
    {MU_FIELD_AT(mu_shift_change, roles), .kind = MU_FIELD_WORD, .flags = MU_FIELD_LIST,
     .meaning = N_("Roles whose shift it is; all who have a relief if left out")},
    {MU_FIELD_AT(mu_shift_change, gap_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s",
     .meaning =
         N_("Those on duty go at once, but for those who hold a post, and their relief comes "
            "so much later; 0: nobody goes before the relief has taken over")},
};

const mu_record_type mu_shift_change_type = {
    .name = "shift_change",
    .meaning = N_("A change of shift that the roster does not say"),
    .size = sizeof(mu_shift_change),
    MU_FIELD_ROWS(change_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_member *member_of(const mu_people *people, const mu_person *person) {
    return person->kind == MU_PERSON_MEMBER ? &people->roster->members.items[person->from] : NULL;
}

/* Everybody of a record is called like the first, then /2, /3: the same ending is the same number.
 */
static uint32_t namesake(const mu_people *people, const mu_person *person) {
    const mu_member *own = member_of(people, person);
    const mu_member *other = &people->roster->members.items[own->relieves.index];
    const char *ending = person->id + strlen(own->id);
    for (uint32_t p = 0; p < people->list.count; p++) {
        const mu_person *them = &people->list.items[p];
        if (member_of(people, them) == other && strcmp(them->id + strlen(other->id), ending) == 0) {
            return p;
        }
    }
    return MU_NONE;
}

static bool has_relief(const mu_member *member) {
    return member->relieves.id != NULL && member->relieves.index != MU_NONE;
}

static void check(const mu_roster *roster, const mu_member *member, mu_diags *diags) {
    const bool relieves = has_relief(member);
    if ((relieves && member->road.id == NULL) || (member->off_duty && !relieves)) {
        mu_diags_add(diags, MU_ERROR, "roster.relief", member->origin,
                     _("give 'relieves' and 'road' together; 'off_duty' needs both"),
                     _("nothing says whom '%s' relieves, or on which road they come"), member->id);
    } else if (relieves &&
               strcmp(roster->members.items[member->relieves.index].role, member->role) != 0) {
        mu_diags_add(diags, MU_ERROR, "roster.relief-role", member->origin,
                     _("name in 'relieves' a member of the same role"),
                     _("'%s' relieves '%s', who has another role"), member->id,
                     member->relieves.id);
    }
}

mu_status mu_relief_compile(const mu_people *people, mu_arena *arena, mu_diags *diags,
                            uint32_t **out) {
    *out = mu_arena_array(arena, (size_t)people->list.count + 1, sizeof **out);
    if (*out == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < people->roster->members.count; m++) {
        check(people->roster, &people->roster->members.items[m], diags);
    }
    for (uint32_t p = 0; p < people->list.count; p++) {
        const mu_member *member = member_of(people, &people->list.items[p]);
        (*out)[p] = member != NULL && has_relief(member) ? namesake(people, &people->list.items[p])
                                                         : MU_NONE;
    }
    return MU_OK;
}
