/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People by the use of rooms: so many square metres each, after the occupant load factors of the
 * International Building Code 2021, table 1004.5 (gross and net floor area alike), converted from
 * square feet. A first guess for a plan that has no roster; a planner puts real numbers in. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "edit/check.h"

double mu_use_metres_each(mu_use use) {
    switch (use) {
    case MU_USE_OFFICE: /* business areas, 150 ft² */
    case MU_USE_LABORATORY:
    case MU_USE_CONTROL_ROOM:
    case MU_USE_COMMAND:
        return 13.9;
    case MU_USE_CLASSROOM: /* 20 ft² */
        return 1.86;
    case MU_USE_MEETING: /* assembly with tables and chairs, 15 ft² */
    case MU_USE_ASSEMBLY:
        return 1.39;
    case MU_USE_RETAIL: /* mercantile, 60 ft² */
        return 5.57;
    case MU_USE_LIBRARY: /* reading rooms, 50 ft² */
        return 4.65;
    case MU_USE_PLANT: /* 300 ft² */
    case MU_USE_STORE:
    case MU_USE_DATA_CENTRE:
    case MU_USE_ARCHIVE:
        return 27.9;
    default: /* where people pass, and the open ground */
        return 0;
    }
}

double mu_project_metres_each(mu_project *project, uint32_t room) {
    (void)mu_project_scene(project);
    return room < project->site.spaces.count
               ? mu_use_metres_each(project->site.spaces.items[room].use)
               : 0;
}

/* How many there are in all rooms of a use. */
static uint32_t persons_in(mu_project *project, mu_use use) {
    double persons = 0;
    for (uint32_t s = 0; s < project->site.spaces.count; s++) {
        if (project->site.spaces.items[s].use == use) {
            persons += floor(mu_project_area(project, s) / mu_use_metres_each(use));
        }
    }
    return (uint32_t)fmin(persons, 20000);
}

static void print_group(mu_project *project, mu_use use, uint32_t persons, bool first, FILE *out) {
    const char *word = mu_use_words[use];
    const bool visitors = use == MU_USE_RETAIL || use == MU_USE_ASSEMBLY || use == MU_USE_LIBRARY;
    (void)fprintf(out,
                  "%s\n    {\n      \"id\": \"people.%s\", \"role\": \"%s\", \"count\": %u, "
                  "\"familiar\": %s, \"training\": \"M2\",\n      \"phone_share\": 0.95,\n"
                  "      \"in\": [",
                  first ? "" : ",", word, visitors ? "visitor" : "staff", persons,
                  visitors ? "false" : "true");
    const char *between = "";
    for (uint32_t s = 0; s < project->site.spaces.count; s++) {
        if (project->site.spaces.items[s].use == use) {
            (void)fprintf(out, "%s\"%s\"", between, project->site.spaces.items[s].id);
            between = ", ";
        }
    }
    (void)fprintf(out, "]\n    }");
}

char *mu_people_guess(mu_project *project) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL) {
        return NULL;
    }
    const bool has_scene = mu_project_has_scene(project);
    uint32_t groups = 0;
    (void)fprintf(out, "{\n  \"format\": \"muster.roster\",\n  \"version\": 2,\n  \"id\": "
                       "\"people\",\n  \"groups\": [");
    for (int use = 0; use < MU_USE_COUNT; use++) {
        const uint32_t persons =
            mu_use_metres_each((mu_use)use) > 0 ? persons_in(project, (mu_use)use) : 0;
        if (persons > 0) {
            print_group(project, (mu_use)use, persons, groups++ == 0, out);
        }
    }
    (void)fputs(groups > 0 ? "\n  ]\n}\n" : "]\n}\n", out);
    if (fclose(out) != 0 || !has_scene) {
        free(text);
        return NULL;
    }
    return text;
}
