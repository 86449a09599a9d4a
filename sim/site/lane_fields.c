/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Screening lanes and vehicle checks as tables of fields. */
#include "core/field.h"
#include "core/i18n.h"
#include "site/lane.h"

static const mu_field arrivals_fields[] = {
    {MU_FIELD_AT(mu_arrivals, from_h), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 24, .unit = "h", .meaning = N_("From this hour of the day")},
    {MU_FIELD_AT(mu_arrivals, to_h), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED, .least = 0,
     .most = 24, .unit = "h", .meaning = N_("To this one")},
    {MU_FIELD_AT(mu_arrivals, per_h), .kind = MU_FIELD_REAL, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 3600, .unit = "1/h", .meaning = N_("How many come in an hour")},
};

static const mu_record_type arrivals_type = {
    .name = "arrivals",
    .meaning = N_("How many come in an hour between two times of day"),
    .size = sizeof(mu_arrivals),
    MU_FIELD_ROWS(arrivals_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static const mu_field lane_fields[] = {
    {MU_FIELD_AT(mu_lane, id), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_lane, name), .kind = MU_FIELD_TEXT, .meaning = N_("Name that people read")},
    {MU_FIELD_AT(mu_lane, of), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Who is checked: visitors, vehicles; a word for triggers and clauses")},
    {MU_FIELD_AT(mu_lane, lanes), .kind = MU_FIELD_INT, .least = 1, .most = 64, .fallback = 1,
     .unit = "1", .meaning = N_("Lanes that work at the same time")},
    {MU_FIELD_AT(mu_lane, service_s), .kind = MU_FIELD_DIST, .flags = MU_FIELD_REQUIRED,
     .least = 0, .most = 3600, .unit = "s", .meaning = N_("How long one check takes")},
    {MU_FIELD_AT(mu_lane, orange_only), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether checks begin only when orange is declared")},
    {MU_FIELD_AT(mu_lane, orange_factor), .kind = MU_FIELD_REAL, .least = 0.1, .most = 20,
     .fallback = 1, .unit = "1",
     .meaning = N_("Factor on the time of a check from then on: a closer look")},
    {MU_FIELD_AT(mu_lane, arrivals), .kind = MU_FIELD_RECORD, .flags = MU_FIELD_LIST,
     .record = &arrivals_type, .meaning = N_("Who comes when")},
    {MU_FIELD_AT(mu_lane, building), .kind = MU_FIELD_STRING,
     .meaning = N_("Building that they come into, by the label of its spaces")},
    {MU_FIELD_AT(mu_lane, inside_most), .kind = MU_FIELD_INT, .least = 0, .most = 1000000,
     .unit = "persons", .meaning = N_("Persons allowed in it at once; 0 is not given")},
    {MU_FIELD_AT(mu_lane, one_way_share), .kind = MU_FIELD_REAL, .least = 0, .most = 1,
     .unit = "1",
     .meaning = N_("Share of them above which circulation is to be one-way; 0 is no such rule")},
    {MU_FIELD_AT(mu_lane, stays_s), .kind = MU_FIELD_DIST, .least = 0, .most = 86400, .unit = "s",
     .meaning = N_("How long one stays before leaving again; 0 is for good")},
    {MU_FIELD_AT(mu_lane, metered), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether nobody more is let in once it is full")},
    {MU_FIELD_AT(mu_lane, gate), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether a walk-through gate stands there")},
    {MU_FIELD_AT(mu_lane, scanner), .kind = MU_FIELD_BOOL,
     .meaning = N_("Whether a body scanner stands there")},
    {MU_FIELD_AT(mu_lane, space), .kind = MU_FIELD_REF, .target = MU_ENTITY_SPACE,
     .meaning = N_("Space in which it is; left out: it has no place on the plan, and is counted "
                   "all the same")},
    {MU_FIELD_AT(mu_lane, at), .kind = MU_FIELD_POINT, .unit = "m",
     .meaning = N_("Where in that space the checks are made")},
    {MU_FIELD_AT(mu_lane, queue), .kind = MU_FIELD_RING, .least = 1, .most = 64, .unit = "m",
     .meaning = N_("Points along which the queue is drawn, from the check back; nobody bumps into "
                   "it")},
};

const mu_record_type mu_lane_type = {
    .name = "lane",
    .meaning = N_("Where people or vehicles are checked one by one"),
    .size = sizeof(mu_lane),
    MU_FIELD_ROWS(lane_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_ORIGIN(mu_lane),
};
