/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A check works on copies of the texts, on a thread of its own, so that nobody who draws waits for
 * it. It loads a plain evacuation of the site in `flow`, and then the project's own incident with
 * the same walking distances. */
#include "edit/check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json_edit.h"
#include "site/route.h"

enum { COPIES_MOST = MU_PAPERS_MOST + 4, PATH = 4096 };

/* A text by the name that the loader asks for. */
typedef struct text_copy {
    char *path, *text;
    size_t length;
    uint32_t paper; /* MU_NOWHERE: made for the check */
} text_copy;

typedef struct mu_checker {
    pthread_t thread;
    bool runs;
    _Atomic bool is_done;
    uint64_t version; /* that is, or was, checked */
    bool any;         /* a result is there */
    text_copy copies[COPIES_MOST];
    uint32_t copy_count;
    char evacuation[PATH], incident[PATH]; /* names to load */
    bool has_incident, adds_alarm, people_are_guessed;
    bool lacks_memory; /* for a part of what is, or was, checked */
    mu_checked plans;
    mu_diags *diags[2]; /* of the evacuation, and of the incident */
    mu_arena *arena;    /* of the faults */
    mu_fault *faults;
    mu_fault no_memory;
    const char **told; /* of each, as it was said; borrowed of the diagnostics */
    uint32_t fault_count;
} mu_checker;

struct mu_checker *mu_checker_create(void) {
    return calloc(1, sizeof(mu_checker));
}

/* --- texts --- */

static void drop_copies(mu_checker *c) {
    for (uint32_t k = 0; k < c->copy_count; k++) {
        free(c->copies[k].path);
        free(c->copies[k].text);
    }
    c->copy_count = 0;
}

static void drop_plans(mu_checker *c) {
    mu_route_cache_destroy(c->plans.routes);
    mu_plan_destroy(c->plans.incident);
    mu_plan_destroy(c->plans.evacuation);
    c->plans = (mu_checked){0};
}

static void finish(mu_checker *c) {
    if (c->runs) {
        (void)pthread_join(c->thread, NULL);
        c->runs = false;
    }
}

void mu_checker_forget(struct mu_checker *checker) {
    finish(checker);
    checker->any = false;
}

void mu_checker_destroy(struct mu_checker *checker) {
    if (checker != NULL) {
        finish(checker);
        drop_copies(checker);
        drop_plans(checker);
        mu_diags_destroy(checker->diags[0]);
        mu_diags_destroy(checker->diags[1]);
        mu_arena_destroy(checker->arena);
        free(checker);
    }
}

/* `text` NULL: there was no memory for it. */
static void add_copy(mu_checker *c, const char *path, const char *text, uint32_t paper) {
    if (c->copy_count == COPIES_MOST || text == NULL) {
        c->lacks_memory = c->lacks_memory || text == NULL;
        return;
    }
    text_copy *copy = &c->copies[c->copy_count];
    *copy = (text_copy){strdup(path), strdup(text), strlen(text), paper};
    if (copy->path == NULL || copy->text == NULL) {
        free(copy->path);
        free(copy->text);
        c->lacks_memory = true;
        return;
    }
    c->copy_count++;
}

static const char *serve(void *context, const char *file, size_t *length) {
    const mu_checker *c = context;
    for (uint32_t k = 0; k < c->copy_count; k++) {
        if (strcmp(c->copies[k].path, file) == 0) {
            *length = c->copies[k].length;
            return c->copies[k].text;
        }
    }
    return NULL;
}

/* Names that no file has: a planner's own are never taken for them. */
#define EVACUATION_NAME ".muster-preview-incident"
#define PLAYBOOK_NAME   ".muster-preview-playbook"
#define ROSTER_NAME     ".muster-preview-roster"
#define SITE_NAME       ".muster-preview-site"

static const char evacuation_text[] =
    "{\"format\": \"muster.incident\", \"version\": 1, \"id\": \"preview\", \"kind\": "
    "\"evacuation\", \"site\": \"" SITE_NAME "\", \"roster\": \"" ROSTER_NAME
    "\", \"policy\": \"%s\", \"playbooks\": [\"" PLAYBOOK_NAME
    "\"], \"alarm_at_s\": 0, \"horizon_s\": 7200, \"motion\": \"flow\"}";

static const char playbook_text[] =
    "{\"format\": \"muster.playbook\", \"version\": 1, \"id\": \"preview\", \"threat\": "
    "\"evacuation\", \"approved_by\": \"-\", \"effective\": \"2026-01-01\", \"steps\": [{\"id\": "
    "\"alarm\", \"when\": {\"all\": [\"alarm:general\"]}, \"verb\": \"evacuate\", \"object\": "
    "\"site\", \"over\": [\"alarm\"]}]}";

static void take_evacuation(mu_checker *c, mu_project *project) {
    char folder[PATH / 2], path[PATH], text[PATH];
    mu_project_folder(project, folder, sizeof folder);
    (void)snprintf(c->evacuation, sizeof c->evacuation, "%s" EVACUATION_NAME, folder);
    (void)snprintf(text, sizeof text, evacuation_text, project->policy);
    add_copy(c, c->evacuation, text, MU_NOWHERE);
    (void)snprintf(path, sizeof path, "%s" PLAYBOOK_NAME, folder);
    add_copy(c, path, playbook_text, MU_NOWHERE);
    const uint32_t site = mu_project_find_paper(project, MU_PAPER_SITE);
    (void)snprintf(path, sizeof path, "%s" SITE_NAME, folder);
    add_copy(c, path, mu_project_text(project, site), site);
    const uint32_t roster = mu_project_find_paper(project, MU_PAPER_ROSTER);
    (void)snprintf(path, sizeof path, "%s" ROSTER_NAME, folder);
    c->people_are_guessed = roster == MU_NOWHERE;
    if (roster != MU_NOWHERE) {
        add_copy(c, path, mu_project_text(project, roster), roster);
        return;
    }
    char *guess = mu_people_guess(project);
    add_copy(c, path, guess, MU_NOWHERE);
    free(guess);
}

static void take_texts(mu_checker *c, mu_project *project) {
    drop_copies(c);
    for (uint32_t k = 0; k < project->paper_count; k++) {
        add_copy(c, project->papers[k].document.path, mu_project_text(project, k), k);
    }
    take_evacuation(c, project);
    const uint32_t incident = mu_project_find_paper(project, MU_PAPER_INCIDENT);
    c->has_incident = incident != MU_NOWHERE;
    if (c->has_incident) {
        (void)snprintf(c->incident, sizeof c->incident, "%s",
                       project->papers[incident].document.path);
    }
    c->adds_alarm = mu_document_find(mu_project_site(project), "/channels/alarm") == MU_NONE;
}

/* --- the work --- */

static const char alarm_text[] =
    "{\"id\": \"alarm\", \"kind\": \"alarm\", \"latency_s\": 0, \"delivery_chance\": 1, "
    "\"response_factor\": 1}";

static void *work(void *context) {
    mu_checker *c = context;
    mu_diags *first = mu_diags_create(), *second = mu_diags_create();
    mu_edit alarm = {.format = "muster.site", .pointer = "/channels/-", .value = alarm_text};
    const mu_plan_given evacuation = {.incident = c->evacuation,
                                      .edits = &alarm,
                                      .edit_count = c->adds_alarm,
                                      .server = serve,
                                      .serving = c};
    if (first != NULL && second != NULL) {
        c->plans.evacuation = mu_plan_load_given(&evacuation, first);
    }
    if (c->has_incident && second != NULL) {
        const mu_plan_given incident = {
            .incident = c->incident, .near = c->plans.evacuation, .server = serve, .serving = c};
        c->plans.incident = mu_plan_load_given(&incident, second);
    }
    c->plans.people_are_guessed = c->people_are_guessed;
    c->diags[0] = first;
    c->diags[1] = second;
    c->lacks_memory = c->lacks_memory || first == NULL || second == NULL ||
                      mu_diags_lacks_memory(first) || mu_diags_lacks_memory(second);
    atomic_store(&c->is_done, true);
    return NULL;
}

/* --- results --- */

static uint32_t paper_of(const mu_checker *c, const char *file) {
    for (uint32_t k = 0; file != NULL && k < c->copy_count; k++) {
        if (strcmp(c->copies[k].path, file) == 0) {
            return c->copies[k].paper;
        }
    }
    return MU_NOWHERE;
}

/* "$.spaces[3].polygon[0]" as a pointer, "/spaces/#3/polygon/#0". */
static char *pointer_of(mu_arena *arena, const char *path) {
    char *out = mu_arena_alloc(arena, 2 * strlen(path) + 2);
    size_t length = 0;
    if (out == NULL || path[0] != '$') {
        return NULL;
    }
    for (const char *at = path + 1; *at != '\0'; at++) {
        if (*at == '.' || *at == '[') {
            out[length++] = '/';
            if (*at == '[') {
                out[length++] = '#';
            }
        } else if (*at != ']') {
            out[length++] = *at;
        }
    }
    return length > 0 ? out : NULL;
}

static bool is_told(const mu_checker *c, uint32_t paper, const char *text) {
    for (uint32_t k = 0; k < c->fault_count; k++) {
        if (c->faults[k].paper == paper && strcmp(c->told[k], text) == 0) {
            return true;
        }
    }
    return false;
}

static void add_fault(mu_checker *c, mu_project *project, const mu_diag *diag) {
    const uint32_t paper = paper_of(c, diag->where.file);
    if ((paper == MU_NOWHERE && diag->severity != MU_ERROR) || is_told(c, paper, diag->text)) {
        return;
    }
    char *names = mu_project_with_names(project, diag->text, project->language);
    const char *text = names != NULL ? mu_arena_copy(c->arena, names) : NULL;
    free(names);
    const char *pointer = diag->where.path != NULL ? pointer_of(c->arena, diag->where.path) : NULL;
    const bool drawn =
        paper != MU_NOWHERE && pointer != NULL && project->papers[paper].kind == MU_PAPER_SITE;
    c->told[c->fault_count] = diag->text;
    c->faults[c->fault_count++] =
        (mu_fault){.severity = diag->severity,
                   .text = text != NULL ? text : diag->text,
                   .advice = diag->advice,
                   .paper = paper,
                   .pointer = pointer,
                   .subject = drawn ? mu_project_subject(project, pointer) : (mu_subject){0, 0}};
}

/* A check that had no memory says nothing of the files. */
static void tell_no_memory(mu_checker *c) {
    drop_plans(c);
    c->no_memory = (mu_fault){
        .severity = MU_ERROR, .text = _("there is not enough memory"), .paper = MU_NOWHERE};
    c->faults = &c->no_memory;
    c->fault_count = 1;
}

/* The gravest first; what both plans complain of, once. */
static void collect(mu_checker *c, mu_project *project) {
    size_t counts[2], all = 1;
    for (int d = 0; d < 2; d++) {
        counts[d] = c->diags[d] != NULL ? mu_diags_count(c->diags[d], MU_NOTE) : 0;
        all += counts[d];
    }
    mu_arena_destroy(c->arena);
    c->arena = mu_arena_create();
    c->faults = c->arena != NULL ? mu_arena_array(c->arena, all, sizeof *c->faults) : NULL;
    c->told = c->arena != NULL ? mu_arena_array(c->arena, all, sizeof *c->told) : NULL;
    c->fault_count = 0;
    if (c->lacks_memory || c->faults == NULL || c->told == NULL) {
        tell_no_memory(c);
        return;
    }
    for (int severity = MU_ERROR; severity >= MU_NOTE; severity--) {
        for (int d = 0; d < 2; d++) {
            for (size_t k = 0; k < counts[d]; k++) {
                const mu_diag *diag = mu_diags_get(c->diags[d], k);
                if ((int)diag->severity == severity) {
                    add_fault(c, project, diag);
                }
            }
        }
    }
}

static void start(mu_checker *c, mu_project *project) {
    c->lacks_memory = false;
    take_texts(c, project);
    drop_plans(c);
    mu_diags_destroy(c->diags[0]);
    mu_diags_destroy(c->diags[1]);
    c->diags[0] = c->diags[1] = NULL;
    c->fault_count = 0;
    c->version = project->version;
    atomic_store(&c->is_done, false);
    c->runs = pthread_create(&c->thread, NULL, work, c) == 0;
    if (!c->runs) {
        (void)work(c);
    }
}

bool mu_project_check(mu_project *project, bool wait) {
    mu_checker *c = project->checker;
    for (;;) {
        if (c->runs && (wait || atomic_load(&c->is_done))) {
            finish(c);
            c->any = true;
            if (c->version == project->version) {
                collect(c, project);
            }
        }
        if (c->runs) {
            return false;
        }
        if (c->any && c->version == project->version) {
            return true;
        }
        start(c, project);
        if (!c->runs) {
            c->any = true;
            collect(c, project);
        }
    }
}

const mu_fault *mu_project_faults(const mu_project *project, uint32_t *count) {
    *count = project->checker->fault_count;
    return project->checker->faults;
}

mu_checked *mu_project_checked_now(mu_project *project) {
    mu_checker *c = project->checker;
    return !c->runs && c->any && c->version == project->version ? &c->plans : NULL;
}

const mu_checked *mu_project_checked(mu_project *project) {
    (void)mu_project_check(project, true);
    return &project->checker->plans;
}

mu_plan *mu_project_load_with(mu_project *project, struct mu_edit *edits, uint32_t count,
                              mu_diags *diags) {
    const mu_checked *checked = mu_project_checked(project);
    mu_checker *c = project->checker;
    const mu_plan_given given = {.incident = c->incident,
                                 .edits = edits,
                                 .edit_count = count,
                                 .near = checked->evacuation,
                                 .server = serve,
                                 .serving = c};
    return checked->incident != NULL ? mu_plan_load_given(&given, diags) : NULL;
}
