/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario drawn in the editor without its window: rooms and doors, people, an incident; a step
 * taken back and done again; checked, tried, played and saved. For starve in the place of `muster`:
 * whatever cannot be done ends it with status 2 and a message, as the window says it. Two programs
 * with the same memory print the same.
 *
 * usage: edit FOLDER POLICY PLAYBOOKS */
#include <stdio.h>
#include <stdlib.h>

#include "muster/project.h"

enum { ROOMS = 4, DOORS = 3, STATUS_NO = 2 };

static bool draw(mu_project *p) {
    static const struct {
        const char *use;
        double x, y, w, h;
    } rooms[ROOMS] = {{"office", 0, 2.2, 8, 6},
                      {"office", 8.2, 2.2, 8, 6},
                      {"corridor", 0, 0, 16.2, 2},
                      {"outdoor", -6, -12, 30, 11.8}};
    static const mu_point doors[DOORS] = {{4, 2.1}, {12, 2.1}, {8, -0.1}};
    bool fine = true;
    for (int r = 0; r < ROOMS && fine; r++) {
        const double x = rooms[r].x, y = rooms[r].y, w = rooms[r].w, h = rooms[r].h;
        const mu_point ring[4] = {{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
        fine = mu_project_add_space(p, 0, rooms[r].use, ring, 4, NULL);
    }
    for (int d = 0; d < DOORS && fine; d++) {
        const mu_door_place place = mu_project_find_door(p, 0, doors[d], 1.2);
        fine = place.found && mu_project_add_door(p, "door", &place, NULL);
    }
    return fine && mu_project_add_thing(p, "assembly_points", NULL, 0, (mu_point){20, -8}, NULL);
}

/* A door taken away and back, and away and back by hand. */
static bool change_mind(mu_project *p) {
    const mu_subject door = mu_project_subject(p, "/portals/door.1");
    return door.kind == MU_SUBJECT_PORTAL && mu_project_delete(p, &door, 1) && mu_project_undo(p) &&
           mu_project_redo(p) && mu_project_undo(p);
}

static bool look(mu_project *p) {
    uint32_t count = 0;
    if (!mu_project_check(p, true)) {
        return false;
    }
    const mu_fault *faults = mu_project_faults(p, &count);
    for (uint32_t k = 0; k < count; k++) {
        if (faults[k].severity == MU_ERROR) {
            return false;
        }
    }
    printf("%u faults\n", count);
    const mu_preview *preview = mu_project_preview(p);
    if (preview == NULL) {
        return false;
    }
    printf("%u of %u out\n", preview->left, preview->persons);
    return true;
}

static bool play(mu_project *p) {
    if (mu_project_add_people(p) == MU_NOWHERE ||
        mu_project_add_incident(p, "package", "corridor.1", (mu_point){8, 1}) == MU_NOWHERE) {
        return false;
    }
    const mu_outcome *outcome = mu_project_run(p, 1, "en");
    if (outcome != NULL) {
        printf("%u met, %u missed\n", outcome->met, outcome->missed);
    }
    return outcome != NULL;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        (void)fputs("usage: edit FOLDER POLICY PLAYBOOKS\n", stderr);
        return STATUS_NO;
    }
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/floor.json", argv[1]);
    mu_diags *diags = mu_diags_create();
    const mu_project_def def = {.path = path, .policy = argv[2], .playbooks = argv[3]};
    mu_project *p = diags != NULL ? mu_project_open(&def, diags) : NULL;
    const bool fine = p != NULL && draw(p) && change_mind(p) && look(p) && play(p) &&
                      mu_project_save(p, false, diags) == MU_OK;
    if (p != NULL) {
        mu_project_close(p, false);
    }
    mu_diags_destroy(diags);
    if (!fine) {
        (void)fputs("it could not be done\n", stderr);
    }
    return fine ? EXIT_SUCCESS : STATUS_NO;
}
