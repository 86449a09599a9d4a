/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hostage incident as a table of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "threat/hostage.h"

static const char *const ends_words[] = {
    [MU_HOSTAGE_ENDS_NEGOTIATED] = "negotiated",
    [MU_HOSTAGE_ENDS_CONTAINED] = "contained",
    [MU_HOSTAGE_ENDS_CONTAINED + 1] = NULL,
};

static const mu_field let_go_fields[] = {
    {MU_FIELD_AT(mu_let_go, at_s), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 2592000, .unit = "s", .meaning = N_("When, from the start of the incident")},
    {MU_FIELD_AT(mu_let_go, share), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 1, .unit = "1", .meaning = N_("Share of those held then; rounded up to persons")},
};

static const mu_record_type let_go_type = {
    .name = "let_go",
    .meaning = N_("Some of those who are held are let go before the end"),
    .size = sizeof(mu_let_go),
    MU_FIELD_ROWS(let_go_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field hostage_fields[] = {
    {MU_FIELD_AT(mu_hostage_given, space), .kind = MU_FIELD_REF, .flags = MU_FIELD_REQUIRED,
     .target = MU_ENTITY_SPACE, .meaning = N_("Space in which people are held")},
    {MU_FIELD_AT(mu_hostage_given, at), .kind = MU_FIELD_POINT, .flags = MU_FIELD_REQUIRED,
     .unit = "m", .meaning = N_("The point of it from which lines of sight are drawn")},
    {MU_FIELD_AT(mu_hostage_given, seized_at_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("When it begins, from the start of the incident")},
    {MU_FIELD_AT(mu_hostage_given, holds_in), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_SPACE,
     .meaning = N_("Whoever is in these spaces then is held; the space alone if left out")},
    {MU_FIELD_AT(mu_hostage_given, holds), .kind = MU_FIELD_INT, .least = 0, .most = 100000,
     .unit = "persons", .meaning = N_("Only the nearest so many of them; 0 is everyone")},
    {MU_FIELD_AT(mu_hostage_given, holds_responders), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether people on duty who are there are held as well")},
    {MU_FIELD_AT(mu_hostage_given, line_of_sight), .kind = MU_FIELD_REF, .flags = MU_FIELD_LIST,
     .target = MU_ENTITY_SPACE,
     .meaning = N_("Further spaces in sight of it: through glass, for instance. Those that are "
                   "seen through doors and openings are found by themselves")},
    {MU_FIELD_AT(mu_hostage_given, notice_s), .kind = MU_FIELD_DIST, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 86400, .unit = "s",
     .meaning = N_("Of somebody who sees it and is not held: until they run and can tell of it")},
    {MU_FIELD_AT(mu_hostage_given, camera_notice_chance), .kind = MU_FIELD_REAL, .least = 0,
     .most = 1, .unit = "1",
     .meaning = N_("Chance that it is seen over a camera that covers the space")},
    {MU_FIELD_AT(mu_hostage_given, camera_notice_s), .kind = MU_FIELD_DIST, .least = 0,
     .most = 86400, .unit = "s", .meaning = N_("Until it is seen there")},
    {MU_FIELD_AT(mu_hostage_given, button_chance), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1", .meaning = N_("Chance that a duress button in the space is pressed")},
    {MU_FIELD_AT(mu_hostage_given, button_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("Until it is pressed and the alarm is up")},
    {MU_FIELD_AT(mu_hostage_given, call_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400,
     .unit = "s", .meaning = N_("Until a call from inside tells of it; 0 is no call")},
    {MU_FIELD_AT(mu_hostage_given, ends), .kind = MU_FIELD_ENUM, .names = ends_words,
     .meaning =
         N_("What ends it: a negotiation of 'hostage', or the police declaring it contained")},
    {MU_FIELD_AT(mu_hostage_given, agreed_after_s), .kind = MU_FIELD_REAL, .least = 0,
     .most = 604800, .unit = "s",
     .meaning = N_("A long siege: the talks agree on no end before then, from the start of the "
                   "incident; 0: whenever the playbook's step is through")},
    {MU_FIELD_AT(mu_hostage_given, lets_go), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &let_go_type, .meaning = N_("Releases before the end")},
};

const mu_record_type mu_hostage_type = {
    .name = "hostage",
    .meaning = N_("People are held"),
    .size = sizeof(mu_hostage_given),
    MU_FIELD_ROWS(hostage_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};
