/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People, an incident and everything that a run of it asks for, where a site has none yet: what is
 * there already stays as it is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "edit/check.h"
#include "edit/layout.h"
#include "edit/project_kind.h"
#include "edit/project_plane.h"
#include "muster/clause_guide.h"

static void beside_site(const mu_project *project, const char *name, char *out, size_t room) {
    char folder[2048];
    mu_project_folder(project, folder, sizeof folder);
    (void)snprintf(out, room, "%s%s", folder, name);
}

/* A file of our own to be. */
typedef struct own_name {
    char name[120], path[4096];
} own_name;

/* By a file, or by a paper that will be one. */
static bool is_taken(const mu_project *project, const char *path) {
    bool taken = access(path, F_OK) == 0;
    for (uint32_t k = 0; k < project->paper_count; k++) {
        taken = taken || strcmp(project->papers[k].document.path, path) == 0;
    }
    return taken;
}

/* "policy.json", or "policy-2.json", …: the first that is free beside the site, with its path. */
static void free_name(const mu_project *project, const char *name, own_name *own) {
    (void)snprintf(own->name, sizeof own->name, "%s", name);
    beside_site(project, own->name, own->path, sizeof own->path);
    for (int k = 2; is_taken(project, own->path); k++) {
        (void)snprintf(own->name, sizeof own->name, "%.*s-%d.json", (int)(strlen(name) - 5), name,
                       k);
        beside_site(project, own->name, own->path, sizeof own->path);
    }
}

/* A new file's text is there from the start: taking the step back would take away a file. */
uint32_t mu_project_add_people(mu_project *project) {
    const uint32_t there = mu_project_find_paper(project, MU_PAPER_ROSTER);
    if (there != MU_NOWHERE) {
        return there;
    }
    own_name own = {0};
    char *guess = mu_people_guess(project);
    free_name(project, "roster.json", &own);
    const uint32_t paper = guess != NULL
                               ? mu_project_take_up(project, MU_PAPER_ROSTER, own.path, guess, NULL)
                               : MU_NOWHERE;
    free(guess);
    return paper;
}

/* --- what a response needs --- */

static bool has(mu_project *project, uint32_t paper, const char *pointer) {
    return mu_document_find(mu_project_document(project, paper), pointer) != MU_NONE;
}

typedef struct needed {
    const char *id, *json;
} needed;

static const needed channels[] = {
    {"pa", "{\"id\": \"pa\", \"name\": {\"en\": \"Public address\", \"zh\": \"应急广播\"}, "
           "\"kind\": \"pa\", \"latency_s\": {\"dist\": \"uniform\", \"low\": 2, \"high\": 5, "
           "\"source\": \"planning assumption\"}, \"delivery_chance\": 0.95, "
           "\"response_factor\": 1}"},
    {"radio", "{\"id\": \"radio\", \"name\": {\"en\": \"Radio\", \"zh\": \"对讲机\"}, \"kind\": "
              "\"radio\", \"latency_s\": {\"dist\": \"uniform\", \"low\": 0.3, \"high\": 1, "
              "\"source\": \"3GPP TS 22.179\"}, \"delivery_chance\": 0.97, \"response_factor\": "
              "1, \"lines\": 1, \"retry_s\": 8}"},
    {"telephone", "{\"id\": \"telephone\", \"name\": {\"en\": \"Telephone\", \"zh\": \"电话\"}, "
                  "\"kind\": \"telephone\", \"latency_s\": {\"dist\": \"lognormal\", \"median\": "
                  "8, \"sigma\": 0.4, \"source\": \"planning assumption: dialled and answered\"}, "
                  "\"delivery_chance\": 0.93, \"response_factor\": 1, \"lines\": 4, \"retry_s\": "
                  "30}"},
    {"in_person", "{\"id\": \"in_person\", \"name\": {\"en\": \"In person\", \"zh\": \"当面\"}, "
                  "\"kind\": \"in_person\", \"latency_s\": 0, \"delivery_chance\": 1, "
                  "\"response_factor\": 1}"},
};

static bool need_channels(mu_project *project) {
    const uint32_t site = mu_project_find_paper(project, MU_PAPER_SITE);
    bool fine = true;
    for (size_t k = 0; k < sizeof channels / sizeof channels[0]; k++) {
        char pointer[60];
        (void)snprintf(pointer, sizeof pointer, "/channels/%s", channels[k].id);
        if (!has(project, site, pointer)) {
            fine = mu_project_insert(project, site, "/channels", UINT32_MAX, channels[k].json) ==
                       MU_OK &&
                   fine;
        }
    }
    return fine;
}

/* The room where those on duty sit: a control room, else a lobby, else any room indoors. */
static uint32_t duty_room(const mu_project *project) {
    static const mu_use wanted[] = {MU_USE_CONTROL_ROOM, MU_USE_LOBBY, MU_USE_OFFICE};
    for (size_t k = 0; k < sizeof wanted / sizeof wanted[0]; k++) {
        for (uint32_t s = 0; s < project->site.spaces.count; s++) {
            if (project->site.spaces.items[s].use == wanted[k]) {
                return s;
            }
        }
    }
    for (uint32_t s = 0; s < project->site.spaces.count; s++) {
        const mu_use use = project->site.spaces.items[s].use;
        if (use != MU_USE_OUTDOOR && use != MU_USE_STAIR && use != MU_USE_LIFT) {
            return s;
        }
    }
    return MU_NOWHERE;
}

static bool need_road(mu_project *project, char road[80]) {
    const uint32_t site = mu_project_find_paper(project, MU_PAPER_SITE);
    char *id = mu_project_string(project, site, "/roads/0/id");
    if (id != NULL) {
        (void)snprintf(road, 80, "%s", id);
        free(id);
        return true;
    }
    for (uint32_t s = 0; s < project->site.spaces.count; s++) {
        if (project->site.spaces.items[s].use == MU_USE_OUTDOOR) {
            const mu_point at = mu_room_point(&project->scene, &project->scene.rooms[s]);
            return mu_project_add_thing(project, "roads", NULL, project->scene.rooms[s].level, at,
                                        road);
        }
    }
    return false;
}

/* A round through lobbies and corridors, or the room of those on duty: where a guard may come upon
 * something. */
static bool need_round(mu_project *project, uint32_t roster) {
    enum { STOPS_MOST = 8 };
    if (has(project, roster, "/patrols/0")) {
        return true;
    }
    char posts[STOPS_MOST][80];
    uint32_t count = 0;
    const uint32_t duty = duty_room(project);
    for (uint32_t s = 0; s < project->site.spaces.count && count < STOPS_MOST; s++) {
        const mu_use use = project->site.spaces.items[s].use;
        if (use == MU_USE_CORRIDOR || use == MU_USE_LOBBY || s == duty) {
            const mu_point at = mu_room_point(&project->scene, &project->scene.rooms[s]);
            const uint32_t level = project->scene.rooms[s].level;
            if (!mu_project_add_thing(project, "posts", "guard", level, at, posts[count++]) ||
                !mu_project_has_scene(project)) {
                return false;
            }
        }
    }
    char json[STOPS_MOST * 120 + 200] =
        "{\"id\": \"round\", \"name\": {\"en\": \"Round\", \"zh\": \"巡逻\"}, \"every_s\": 600, "
        "\"stops\": [";
    for (uint32_t k = 0; k < count; k++) {
        const size_t length = strlen(json);
        (void)snprintf(json + length, sizeof json - length, "%s{\"post\": \"%s\", \"stays_s\": 30}",
                       k > 0 ? ", " : "", posts[k]);
    }
    (void)snprintf(json + strlen(json), sizeof json - strlen(json), "]}");
    return mu_project_insert(project, roster, "/patrols", UINT32_MAX, json) == MU_OK;
}

/* Role, names, count, and what else is said. */
static const char *const members[][5] = {
    {"operator", "Operator", "监控值班员", "1", ""},
    {"guard", "Guard on the round", "巡逻保安", "1", ", \"patrol\": \"round\""},
    {"guard", "Guards", "保安", "2", ""},
    {"security_head", "Head of security", "安保负责人", "1", ""},
};

static bool need_members(mu_project *project, uint32_t roster) {
    const uint32_t room = duty_room(project);
    if (room == MU_NOWHERE) {
        return false;
    }
    bool fine = true;
    char *text = mu_project_value(project, roster, "/members");
    if (text == NULL && has(project, roster, "/members")) {
        return false; /* no memory */
    }
    for (size_t k = 0; k < sizeof members / sizeof members[0]; k++) {
        char role[60], json[500], id[80];
        (void)snprintf(role, sizeof role, "\"role\": \"%s\"", members[k][0]);
        if (text != NULL && strstr(text, role) != NULL) {
            continue;
        }
        mu_project_free_id(project, roster, "/members", members[k][0], id, sizeof id);
        (void)snprintf(json, sizeof json,
                       "{\"id\": \"%s\", \"name\": {\"en\": \"%s\", \"zh\": \"%s\"}, %s, "
                       "\"count\": %s, \"space\": \"%s\", \"radio\": true, \"phone\": true%s}",
                       id, members[k][1], members[k][2], role, members[k][3],
                       project->scene.rooms[room].id, members[k][4]);
        fine = mu_project_insert(project, roster, "/members", UINT32_MAX, json) == MU_OK && fine;
    }
    free(text);
    return fine;
}

static const char *const units[][5] = {
    {"police", "Police patrol", "公安出警力量", "6", "1500"},
    {"police_eod", "Police bomb disposal", "公安排爆队", "4", "12000"},
};

static bool need_units(mu_project *project, uint32_t roster, const char *road) {
    bool fine = true;
    char *text = mu_project_value(project, roster, "/units");
    if (text == NULL && has(project, roster, "/units")) {
        return false;
    }
    for (size_t k = 0; k < sizeof units / sizeof units[0]; k++) {
        char role[60], json[900];
        (void)snprintf(role, sizeof role, "\"role\": \"%s\"", units[k][0]);
        if (text != NULL && strstr(text, role) != NULL) {
            continue;
        }
        (void)snprintf(json, sizeof json,
                       "{\"id\": \"%s.1\", \"name\": {\"en\": \"%s\", \"zh\": \"%s\"}, %s, "
                       "\"count\": %s, \"road\": \"%s\", \"dispatched_in_s\": {\"dist\": "
                       "\"lognormal\", \"median\": %s, \"sigma\": 0.5, \"source\": \"planning "
                       "assumption\"}, \"distance_m\": %s, \"speed_mps\": {\"dist\": "
                       "\"lognormal\", \"median\": 9, \"sigma\": 0.25, \"source\": \"planning "
                       "assumption: urban emergency driving\"}}",
                       units[k][0], units[k][1], units[k][2], role, units[k][3], road,
                       k == 0 ? "30" : "300", units[k][4]);
        fine = mu_project_insert(project, roster, "/units", UINT32_MAX, json) == MU_OK && fine;
    }
    free(text);
    return fine;
}

/* --- the files of an incident --- */

static char *whole_file(const char *path) {
    mu_diags *diags = mu_diags_create();
    mu_document d;
    char *text = NULL;
    if (diags != NULL && mu_document_open(path, &d, diags) == MU_OK) {
        text = strdup(mu_document_text(&d, NULL));
        mu_document_close(&d);
    }
    mu_diags_destroy(diags);
    return text;
}

/* A copy, beside the site, of a file that comes with Muster. */
static bool copy_paper(mu_project *project, mu_paper_kind kind, const char *from, const char *name,
                       own_name *own) {
    char *text = whole_file(from);
    free_name(project, name, own);
    const bool fine =
        text != NULL && mu_project_take_up(project, kind, own->path, text, NULL) != MU_NOWHERE;
    free(text);
    return fine;
}

static bool need_papers(mu_project *project, const char *playbook) {
    char from[4096];
    own_name own = {0};
    (void)snprintf(from, sizeof from, "%s/%s", project->playbooks, playbook);
    const bool has_policy = mu_project_find_paper(project, MU_PAPER_POLICY) != MU_NOWHERE;
    const bool has_playbook = mu_project_find_paper(project, MU_PAPER_PLAYBOOK) != MU_NOWHERE;
    return (has_policy ||
            copy_paper(project, MU_PAPER_POLICY, project->policy, "policy.json", &own)) &&
           (has_playbook || copy_paper(project, MU_PAPER_PLAYBOOK, from, "playbook.json", &own));
}

/* How an incident beside the site names a paper of a kind. */
static const char *name_of_paper(const mu_project *project, mu_paper_kind kind) {
    return mu_path_name(project->papers[mu_project_find_paper(project, kind)].document.path);
}

static uint32_t start_incident(mu_project *project, const mu_kind_given *given, const char *what) {
    const char *kind = given->kind;
    char text[4600];
    const uint32_t site = mu_project_find_paper(project, MU_PAPER_SITE);
    char *id = mu_project_string(project, site, "/id");
    if (id == NULL && has(project, site, "/id")) {
        return MU_NOWHERE; /* no memory */
    }
    (void)snprintf(text, sizeof text,
                   "{\n  \"format\": \"muster.incident\",\n  \"version\": 1,\n"
                   "  \"id\": \"%.60s-%s\",\n  \"name\": {\"en\": \"%s\", \"zh\": \"%s\"},\n"
                   "  \"story\": {\n"
                   "    \"en\": \"A first draft: say here what participants are told at the start, "
                   "and what is tried.\",\n"
                   "    \"zh\": \"初稿：请在此写明开始时告知参演人员的情况和本次要检验的内容。\"\n"
                   "  },\n"
                   "  \"kind\": \"%s\",\n  \"site\": \"%s\",\n"
                   "  \"roster\": \"%s\",\n  \"policy\": \"%s\",\n"
                   "  \"playbooks\": [\"%s\"],\n"
                   "  \"starts_at\": \"2026-09-15T10:00\",\n%s  \"horizon_s\": 14400,\n"
                   "  \"motion\": \"flow\",\n  \"seed\": 1\n}\n",
                   id != NULL ? id : "site", kind, given->en, given->zh, kind,
                   name_of_paper(project, MU_PAPER_SITE), name_of_paper(project, MU_PAPER_ROSTER),
                   name_of_paper(project, MU_PAPER_POLICY),
                   name_of_paper(project, MU_PAPER_PLAYBOOK), what);
    free(id);
    char name[80];
    own_name own = {0};
    (void)snprintf(name, sizeof name, "%s.json", kind);
    free_name(project, name, &own);
    return mu_project_take_up(project, MU_PAPER_INCIDENT, own.path, text, NULL);
}

bool mu_project_add_playbook(mu_project *project, const char *name) {
    char from[4096], json[140];
    own_name own = {0};
    const uint32_t incident = mu_project_find_paper(project, MU_PAPER_INCIDENT);
    (void)snprintf(from, sizeof from, "%s/%s", project->playbooks, name);
    if (!copy_paper(project, MU_PAPER_PLAYBOOK, from, name, &own)) {
        return false;
    }
    (void)snprintf(json, sizeof json, "[\"%s\"]", own.name);
    return mu_project_set(project, incident, "/playbooks", json) == MU_OK;
}

uint32_t mu_project_add_incident(mu_project *project, const char *kind, const char *space,
                                 mu_point at) {
    const uint32_t there = mu_project_find_paper(project, MU_PAPER_INCIDENT);
    const mu_kind_given *given = mu_kind_given_of(kind);
    if (there != MU_NOWHERE || given == NULL || mu_project_add_people(project) == MU_NOWHERE) {
        return there;
    }
    if (!mu_project_has_scene(project)) {
        return MU_NOWHERE;
    }
    const uint32_t roster = mu_project_find_paper(project, MU_PAPER_ROSTER);
    const bool responds = given->record != NULL;
    char road[80], what[2100] = "  \"alarm_at_s\": 60,\n";
    mu_project_begin(project);
    bool fine =
        !responds || (need_road(project, road) && need_channels(project) &&
                      need_round(project, roster) && need_members(project, roster) &&
                      need_units(project, roster, road) && mu_kind_need(project, given, space, at));
    mu_project_end(project);
    (void)mu_project_scene(project);
    if (responds) {
        char *record = mu_kind_record(project, given, space, at);
        fine = fine && record != NULL;
        char *laid =
            record != NULL ? mu_layout_text(record, 2, 6 + (int)strlen(given->key), 1) : NULL;
        fine = fine && laid != NULL;
        (void)snprintf(what, sizeof what, "  \"%s\": %s,\n", given->key,
                       laid != NULL ? laid : "{}");
        free(record);
        free(laid);
    }
    fine = fine && need_papers(project, given->playbook);
    return fine ? start_incident(project, given, what) : MU_NOWHERE;
}

bool mu_project_is_shipped(const mu_project *project, uint32_t paper) {
    char *own = realpath(project->papers[paper].document.path, NULL);
    char *shipped = realpath(project->policy, NULL);
    const bool same = own != NULL && shipped != NULL && strcmp(own, shipped) == 0;
    free(own);
    free(shipped);
    return same;
}

/* The paper goes on as another file: what was not saved yet is saved there. */
mu_status mu_project_own_policy(mu_project *project, uint32_t paper) {
    own_name own = {0};
    char json[140];
    const uint32_t incident = mu_project_find_paper(project, MU_PAPER_INCIDENT);
    mu_sheet_of_paper *p = &project->papers[paper];
    if (incident == MU_NOWHERE || p->kind != MU_PAPER_POLICY || p->document.done > 0) {
        return MU_ERR_INPUT;
    }
    free_name(project, "policy.json", &own);
    mu_document copy;
    if (mu_document_start(own.path, mu_document_text(&p->document, NULL), &copy) != MU_OK) {
        return MU_ERR_MEMORY;
    }
    mu_journal_close(&p->document, false);
    mu_document_close(&p->document);
    p->document = copy;
    p->state = mu_journal_open(&p->document, &p->recovered, &p->holder);
    (void)snprintf(json, sizeof json, "\"%s\"", own.name);
    return mu_project_set(project, incident, "/policy", json);
}
