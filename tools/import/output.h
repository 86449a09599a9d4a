/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import writes: JSON values from a draft, and files that appear whole or not at all. */
#ifndef MU_TOOLS_IMPORT_OUTPUT_H
#define MU_TOOLS_IMPORT_OUTPUT_H

#include <stdio.h>

#include <cjson/cJSON.h>

#include "tools/import/draft.h"

/* The JSON documents; each is the caller's. Never NULL. */
cJSON *mu_site_json(mu_draft *draft);
cJSON *mu_roster_json(mu_draft *draft);
cJSON *mu_incident_json(mu_draft *draft);
cJSON *mu_report_json(mu_draft *draft);
/* The same report as Markdown. */
void mu_report_print(mu_draft *draft, FILE *out);

/* A number rounded to `decimals`, as the shortest text that reads back the same. */
void mu_json_number(cJSON *object, const char *name, double value, int decimals);
cJSON *mu_json_point(mu_point at);
/* Units of the draft in the order of their ids, `*count` of them; left-out ones are not among
 * them. */
uint32_t *mu_units_by_id(mu_draft *draft, uint32_t *count);
uint32_t *mu_levels_by_id(mu_draft *draft, uint32_t *count); /* those that were chosen */
uint32_t *mu_portals_by_id(mu_draft *draft);
/* Stair units without a flight, by id. */
uint32_t *mu_loose_stairs(mu_draft *draft, uint32_t *count);
bool mu_portal_is_exit(const mu_draft *draft, const mu_draft_portal *portal);
/* Id of the site, from the options or the venue's name. */
const char *mu_site_id(mu_draft *draft);

/* What the report counts, the same for JSON and Markdown. `when`: 0 as drawn, 1 with the overlay.
 */
typedef struct mu_tally {
    uint32_t units, lifts, out, lost; /* lost: no way out, lifts apart */
    double area_m2, lost_m2;
    uint32_t exits;
} mu_tally;
mu_tally mu_draft_tally(const mu_draft *draft, int when);
/* Persons of the roster in a unit, by its share of its group's area. */
double mu_unit_persons(const mu_draft *draft, uint32_t unit);

#endif
