/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the guide are those of the plan: terms of its clauses, triggers of its steps, and
 * what its steps bring about. A trial loads the plan once more with the clause in it. */
#include "muster/clause_guide.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json_edit.h"
#include "drill/findings.h"
#include "drill/pack/words_watch.h"
#include "drill/plan_inside.h"
#include "drill/report/words.h"
#include "edit/check.h"
#include "edit/guide_kept.h"
#include "response/verb.h"
#include "study/replications.h"

enum { TERMS_MOST = 1200, WORDS_MOST = 400 };

typedef struct term_parts {
    char token[MU_DRAFT_WORD], about[MU_DRAFT_WORD], place[MU_DRAFT_WORD];
} term_parts;

static term_parts split(const char *term) {
    term_parts out = {"", "", ""};
    const size_t token = strcspn(term, ":");
    (void)snprintf(out.token, sizeof out.token, "%.*s", (int)token, term);
    if (term[token] == ':') {
        const char *about = term + token + 1;
        const size_t length = strcspn(about, "@");
        (void)snprintf(out.about, sizeof out.about, "%.*s", (int)length, about);
        if (about[length] == '@') {
            (void)snprintf(out.place, sizeof out.place, "%s", about + length + 1);
        }
    }
    return out;
}

/* --- terms --- */

static void add_term(mu_guide_kept *kept, const char *term) {
    if (term == NULL || kept->term_count == TERMS_MOST || strncmp(term, "measured:", 9) == 0) {
        return; /* numbers have demands of their own kind */
    }
    kept->terms[kept->term_count++] = mu_arena_copy(kept->arena, term);
}

static void add_steps(mu_guide_kept *kept, const mu_plan *plan) {
    for (uint32_t s = 0; s < plan->response.steps.count; s++) {
        const mu_step *step = plan->response.steps.items[s].given;
        for (uint32_t i = 0; i < step->when.all.count; i++) {
            add_term(kept, step->when.all.items[i]);
        }
        for (uint32_t i = 0; i < step->when.any.count; i++) {
            add_term(kept, step->when.any.items[i]);
        }
        if (step->object != NULL && step->object[0] != '@' &&
            mu_plan_word(plan, step->object) != MU_NONE) {
            add_term(kept, mu_arena_print(kept->arena, "%s:%s",
                                          mu_record_token(mu_verb_milestone((mu_verb)step->verb)),
                                          step->object));
        }
    }
}

/* Of the present version; NULL where the incident cannot be played. */
static mu_guide_kept *kept_of(mu_project *project, const mu_plan **plan) {
    *plan = mu_project_checked(project)->incident;
    if (project->guide == NULL) {
        project->guide = calloc(1, sizeof *project->guide);
    }
    mu_guide_kept *kept = project->guide;
    if (kept == NULL || *plan == NULL) {
        return NULL;
    }
    if (kept->version == project->version + 1) {
        return kept;
    }
    mu_arena_destroy(kept->arena);
    *kept = (mu_guide_kept){.arena = mu_arena_create(), .version = project->version + 1};
    kept->terms =
        kept->arena != NULL ? mu_arena_array(kept->arena, TERMS_MOST, sizeof *kept->terms) : NULL;
    if (kept->terms == NULL) {
        kept->version = 0;
        return NULL;
    }
    for (uint32_t c = 0; c < (*plan)->policy.clauses.count; c++) {
        add_term(kept, (*plan)->policy.clauses.items[c].start);
        add_term(kept, (*plan)->policy.clauses.items[c].end);
    }
    add_steps(kept, *plan);
    return kept;
}

void mu_guide_destroy(mu_guide_kept *kept) {
    if (kept != NULL) {
        mu_arena_destroy(kept->arena);
        free(kept);
    }
}

/* --- words --- */

static int by_name(const void *a, const void *b) {
    return strcmp(((const mu_guide_word *)a)->name, ((const mu_guide_word *)b)->name);
}

static bool has(const mu_guide_word *list, uint32_t count, const char *word) {
    for (uint32_t k = 0; k < count; k++) {
        if (strcmp(list[k].word, word) == 0) {
            return true;
        }
    }
    return false;
}

static const char *name_word(const mu_view *view, const char *word) {
    const uint32_t known = mu_plan_word(view->plan, word);
    return known == MU_NONE ? word : mu_say_thing(view, MU_HANDLE(MU_THING_WORD, known));
}

typedef enum part { PART_EVENT, PART_ABOUT, PART_PLACE, PART_ROLE } part;

static mu_guide_words gather(const mu_view *view, const mu_guide_kept *kept, part wanted,
                             const char *event, const char *about) {
    mu_guide_word *list = mu_arena_array(kept->arena, WORDS_MOST, sizeof *list);
    uint32_t count = 0;
    for (uint32_t k = 0; list != NULL && k < kept->term_count && count < WORDS_MOST; k++) {
        const term_parts t = split(kept->terms[k]);
        const bool fits =
            wanted == PART_EVENT ||
            (strcmp(t.token, event) == 0 && (wanted == PART_ABOUT || strcmp(t.about, about) == 0));
        const char *word = wanted == PART_EVENT   ? t.token
                           : wanted == PART_ABOUT ? t.about
                                                  : t.place;
        if (!fits || word[0] == '\0' || strcmp(word, "step") == 0 || has(list, count, word)) {
            continue;
        }
        const char *own = mu_arena_copy(kept->arena, word);
        list[count++] = (mu_guide_word){own, wanted == PART_EVENT ? mu_say_term(view, own)
                                                                  : name_word(view, own)};
    }
    if (count > 0) {
        qsort(list, count, sizeof *list, by_name);
    }
    return (mu_guide_words){list, count};
}

static mu_guide_words gather_roles(const mu_view *view, const mu_guide_kept *kept) {
    const uint32_t count = view->plan->people.roles.count;
    mu_guide_word *list = mu_arena_array(kept->arena, (size_t)count + 1, sizeof *list);
    for (uint32_t k = 0; list != NULL && k < count; k++) {
        const char *role = view->plan->people.roles.items[k];
        list[k] = (mu_guide_word){mu_arena_copy(kept->arena, role), mu_say_role(view, role)};
    }
    return (mu_guide_words){list, list != NULL ? count : 0};
}

/* A list is made once, however often it is drawn. */
static mu_guide_words collect(mu_project *project, part wanted, const char *event,
                              const char *about, const char *language) {
    const mu_plan *plan;
    mu_guide_kept *kept = kept_of(project, &plan);
    char asked[300];
    (void)snprintf(asked, sizeof asked, "%d|%s|%s|%.2s", (int)wanted, event, about, language);
    for (uint32_t k = 0; kept != NULL && k < kept->answer_count; k++) {
        if (strcmp(kept->answers[k].asked, asked) == 0) {
            return kept->answers[k].words;
        }
    }
    if (kept == NULL || kept->answer_count == MU_GUIDE_ANSWERS) {
        return (mu_guide_words){NULL, 0};
    }
    const mu_view view = {.plan = plan, .arena = kept->arena, .def = {.language = language}};
    struct mu_guide_answer *answer = &kept->answers[kept->answer_count++];
    (void)snprintf(answer->asked, sizeof answer->asked, "%s", asked);
    answer->words =
        wanted == PART_ROLE ? gather_roles(&view, kept) : gather(&view, kept, wanted, event, about);
    return answer->words;
}

mu_guide_words mu_guide_events(mu_project *project, const char *language) {
    if (project->guide != NULL && project->guide->answer_count > MU_GUIDE_ANSWERS - 8) {
        project->guide->version = 0; /* whoever draws asks for this first */
    }
    return collect(project, PART_EVENT, "", "", language);
}

mu_guide_words mu_guide_abouts(mu_project *project, const char *event, const char *language) {
    return collect(project, PART_ABOUT, event, "", language);
}

mu_guide_words mu_guide_places(mu_project *project, const char *event, const char *about,
                               const char *language) {
    return collect(project, PART_PLACE, event, about, language);
}

mu_guide_words mu_guide_roles(mu_project *project, const char *language) {
    return collect(project, PART_ROLE, "", "", language);
}

/* --- the sentence --- */

static const char *term_of(mu_arena *arena, const char *token, const char *about,
                           const char *place) {
    return about[0] == '\0'   ? mu_arena_copy(arena, token)
           : place[0] == '\0' ? mu_arena_print(arena, "%s:%s", token, about)
                              : mu_arena_print(arena, "%s:%s@%s", token, about, place);
}

/* Some phrases have no room for what the event is about. */
static const char *say_event(const mu_view *view, const char *token, const char *about,
                             const char *place) {
    const char *said = mu_say_term(view, term_of(view->arena, token, about, place));
    const char *name = about[0] != '\0' ? name_word(view, about) : "";
    const char *where = place[0] != '\0' ? name_word(view, place) : "";
    said = name[0] != '\0' && strstr(said, name) == NULL ? mu_say(view, _("%s (%s)"), said, name)
                                                         : said;
    return where[0] != '\0' && strstr(said, where) == NULL ? mu_say(view, _("%s (%s)"), said, where)
                                                           : said;
}

static const char *say_limit(const mu_view *view, double seconds) {
    return seconds >= 3600 && fmod(seconds, 3600) == 0 ? mu_say(view, _("%.0f h"), seconds / 3600)
           : seconds >= 120 && fmod(seconds, 60) == 0  ? mu_say(view, _("%.0f min"), seconds / 60)
                                                       : mu_say(view, _("%.0f s"), seconds);
}

const char *mu_guide_sentence(mu_project *project, const mu_clause_draft *draft,
                              const char *language) {
    const mu_plan *plan;
    mu_guide_kept *kept = kept_of(project, &plan);
    if (kept == NULL || draft->start[0] == '\0' || draft->end[0] == '\0' || !(draft->limit_s > 0)) {
        return "";
    }
    if (kept->sentence != NULL && memcmp(&kept->draft, draft, sizeof *draft) == 0 &&
        strncmp(kept->language, language, 2) == 0) {
        return kept->sentence;
    }
    const mu_view view = {.plan = plan, .arena = kept->arena, .def = {.language = language}};
    const char *start = say_event(&view, draft->start, draft->start_about, "");
    const char *end = say_event(&view, draft->end, draft->actor, draft->place);
    kept->draft = *draft;
    (void)snprintf(kept->language, sizeof kept->language, "%.3s", language);
    kept->sentence = mu_say(&view, _("Within %s of \"%s\": \"%s\"."),
                            say_limit(&view, draft->limit_s), start, end);
    return kept->sentence;
}

/* --- as a clause --- */

static void print_quoted(const char *text, FILE *out) {
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            fputc('\\', out);
        }
        fputc(*text, out);
    }
    fputc('"', out);
}

static char *json_of(mu_project *project, const mu_clause_draft *draft, const char *id,
                     const char *language) {
    char *text = NULL;
    size_t length = 0;
    const char *said = mu_guide_sentence(project, draft, language);
    FILE *out = said[0] != '\0' ? open_memstream(&text, &length) : NULL;
    if (out == NULL) {
        return NULL;
    }
    mu_arena *arena = project->guide->arena;
    (void)fprintf(out, "{\"id\": \"%s\", \"source\": ", id);
    print_quoted(_("our own"), out);
    (void)fprintf(out, ", \"kind\": \"deadline\", \"basis\": \"stated\"");
    if (draft->owner[0] != '\0') {
        (void)fprintf(out, ", \"owner\": \"%s\"", draft->owner);
    }
    (void)fprintf(out, ", \"title\": {\"%.2s\": ", language);
    print_quoted(said, out);
    (void)fprintf(out, "}, \"text\": {\"%.2s\": ", language);
    print_quoted(said, out);
    (void)fprintf(out,
                  "}, \"demands\": [{\"name\": \"limit\", \"value\": %.0f, \"unit\": \"s\"}], "
                  "\"start\": \"%s\", \"end\": \"%s\", \"judged_by\": [\"simulated\"]}",
                  draft->limit_s, term_of(arena, draft->start, draft->start_about, ""),
                  term_of(arena, draft->end, draft->actor, draft->place));
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

mu_status mu_guide_add(mu_project *project, const mu_clause_draft *draft, const char *language,
                       char *out, size_t room) {
    const uint32_t paper = mu_project_find_paper(project, MU_PAPER_POLICY);
    char id[80];
    if (paper == MU_NOWHERE) {
        return MU_ERR_INPUT;
    }
    mu_project_free_id(project, paper, "/clauses", "own", id, sizeof id);
    char *json = json_of(project, draft, id, language);
    const mu_status status = json != NULL
                                 ? mu_project_insert(project, paper, "/clauses", UINT32_MAX, json)
                                 : MU_ERR_INPUT;
    free(json);
    (void)snprintf(out, room, "/clauses/%s", id);
    return status;
}

/* --- the trial --- */

#define TRIAL_ID "muster-trial"

static void read_trial(const mu_findings *findings, mu_guide_trial *out) {
    for (uint32_t c = 0; c < findings->plan->policy.clauses.count; c++) {
        const mu_clause *clause = &findings->plan->policy.clauses.items[c];
        const mu_clause_finding *found = &findings->clauses[c];
        if (strcmp(clause->id, TRIAL_ID) == 0) {
            out->decided = found->runs;
            out->met = found->met;
            out->undecided = found->undecided;
            out->not_exercised = found->not_exercised;
            out->median_s = found->runs > 0 ? found->median : (double)NAN;
            out->never_starts = found->reason == MU_REASON_NO_START;
        }
    }
}

mu_status mu_guide_try(mu_project *project, const mu_clause_draft *draft, uint32_t reps,
                       mu_guide_trial *out) {
    *out = (mu_guide_trial){.reps = reps, .median_s = (double)NAN};
    char *json = json_of(project, draft, TRIAL_ID, "en");
    mu_diags *diags = mu_diags_create();
    mu_edit edit = {.format = "muster.policy", .pointer = "/clauses/-", .value = json};
    mu_plan *plan =
        json != NULL && diags != NULL ? mu_project_load_with(project, &edit, 1, diags) : NULL;
    mu_findings *findings = NULL;
    mu_status status = plan != NULL ? MU_OK : MU_ERR_INPUT;
    if (plan != NULL) {
        plan->incident.motion = MU_MOTION_FLOW;
        status = mu_study_run(plan, (uint64_t)plan->incident.seed, reps, 0, NULL, &findings, diags);
    }
    if (status == MU_OK) {
        read_trial(findings, out);
        mu_findings_destroy(findings);
    }
    mu_plan_destroy(plan);
    mu_diags_destroy(diags);
    free(json);
    return status;
}
