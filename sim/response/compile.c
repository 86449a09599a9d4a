/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Playbooks made ready to run: words become numbers, triggers become lists of terms with their
 * listeners, and everything that a step names is looked up once. */
#include "response/compile.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "response/relief.h"

const char *mu_place_word(const char *place) {
    return place != NULL && place[0] == '@' ? place + 1 : place;
}

static uint32_t step_count(const mu_response_given *given) {
    uint32_t count = 0;
    for (uint32_t b = 0; b < given->playbook_count; b++) {
        count += given->playbooks[b].steps.count;
    }
    return count;
}

/* Collecting words. */

static bool add_word(mu_words *words, mu_arena *arena, const char *word) {
    return word == NULL || mu_words_add(words, arena, word, strlen(word));
}

static bool collect_term(const mu_step *step, const char *term, mu_words *words, mu_arena *arena,
                         mu_diags *diags) {
    const char *why;
    if (mu_term_collect(term, words, arena, &why)) {
        return true;
    }
    if (why == NULL) {
        return false;
    }
    mu_diags_add(diags, MU_ERROR, "playbook.bad-term", step->origin,
                 _("write it as milestone, milestone:object or milestone:object@place"),
                 _("step '%s': '%s' is not a trigger: %s"), step->id, term, why);
    return true;
}

static bool collect_terms(const mu_step *step, const mu_string_list *terms, mu_words *words,
                          mu_arena *arena, mu_diags *diags) {
    bool fine = true;
    for (uint32_t i = 0; i < terms->count; i++) {
        fine = collect_term(step, terms->items[i], words, arena, diags) && fine;
    }
    return fine;
}

/* Words of records that no step names. */
static bool collect_own(mu_words *words, mu_arena *arena) {
    static const char *const own[] = {"people", "all", "visitors", "missing", "searchers"};
    bool fine = true;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        fine = fine && add_word(words, arena, own[i]);
    }
    return fine;
}

static bool collect_step(const mu_step *step, mu_words *words, mu_arena *arena, mu_diags *diags) {
    return add_word(words, arena, step->id) &&
           add_word(words, arena, mu_place_word(step->object)) &&
           add_word(words, arena, mu_place_word(step->place)) &&
           add_word(words, arena, step->except.count > 0 ? MU_ELSEWHERE : NULL) &&
           collect_terms(step, &step->when.all, words, arena, diags) &&
           collect_terms(step, &step->when.any, words, arena, diags) &&
           (step->until == NULL || collect_term(step, step->until, words, arena, diags)) &&
           collect_terms(step, &step->unless, words, arena, diags);
}

static bool collect_incident(const mu_response_given *given, mu_words *words, mu_arena *arena) {
    const char *why;
    bool fine = true;
    for (const char *const *term = given->brings; *term != NULL; term++) {
        fine = fine && mu_term_collect(*term, words, arena, &why);
    }
    for (const char *const *word = given->speaks; *word != NULL; word++) {
        fine = fine && add_word(words, arena, *word);
    }
    return fine;
}

mu_status mu_response_collect(const mu_response_given *given, mu_words *words, mu_arena *arena,
                              mu_diags *diags) {
    bool fine = collect_incident(given, words, arena) && collect_own(words, arena);
    for (uint32_t r = 0; r < given->people->roles.count; r++) {
        fine = fine && add_word(words, arena, given->people->roles.items[r]);
    }
    for (uint32_t u = 0; u < given->site->air_units.count; u++) {
        fine = fine && add_word(words, arena, given->site->air_units.items[u].id);
    }
    for (uint32_t b = 0; b < given->playbook_count; b++) {
        for (uint32_t s = 0; s < given->playbooks[b].steps.count; s++) {
            fine = fine && collect_step(&given->playbooks[b].steps.items[s], words, arena, diags);
        }
    }
    return fine ? MU_OK : MU_ERR_MEMORY;
}

/* Compiling. */

static uint32_t word_of(const mu_compiler *c, const char *word) {
    return word == NULL ? MU_NONE : mu_words_find(c->words, word, strlen(word));
}

/* Terms are numbered by what they say, so that the order of files and lists does not matter. */
static int compare_terms(const mu_term *a, const mu_term *b) {
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->object != b->object) {
        return a->object < b->object ? -1 : 1;
    }
    return (a->place > b->place) - (a->place < b->place);
}

static int by_meaning(const void *a, const void *b) {
    return compare_terms(&((const mu_trigger_term *)a)->term, &((const mu_trigger_term *)b)->term);
}

static uint32_t find_term(const mu_response_plan *plan, const mu_term *term) {
    for (uint32_t t = 0; t < plan->terms.count; t++) {
        if (compare_terms(&plan->terms.items[t].term, term) == 0) {
            return t;
        }
    }
    return MU_NONE;
}

static void add_term(mu_compiler *c, const char *text) {
    const mu_term term = mu_term_read(text, c->words);
    if (find_term(c->plan, &term) == MU_NONE) {
        c->plan->terms.items[c->plan->terms.count++] = (mu_trigger_term){.term = term};
    }
}

static uint32_t trigger_text_count(const mu_response_plan *plan) {
    uint32_t count = 0;
    for (uint32_t s = 0; s < plan->steps.count; s++) {
        const mu_step *given = plan->steps.items[s].given;
        count += given->when.all.count + given->when.any.count + given->unless.count + 1;
    }
    return count;
}

static bool list_terms(mu_compiler *c) {
    mu_response_plan *plan = c->plan;
    const uint32_t most = trigger_text_count(plan);
    plan->terms.items = mu_arena_array(c->arena, (size_t)most + 1, sizeof *plan->terms.items);
    if (plan->terms.items == NULL) {
        return false;
    }
    for (uint32_t s = 0; s < plan->steps.count; s++) {
        const mu_step *given = plan->steps.items[s].given;
        for (uint32_t i = 0; i < given->when.all.count; i++) {
            add_term(c, given->when.all.items[i]);
        }
        for (uint32_t i = 0; i < given->when.any.count; i++) {
            add_term(c, given->when.any.items[i]);
        }
        if (given->until != NULL) {
            add_term(c, given->until);
        }
        for (uint32_t i = 0; i < given->unless.count; i++) {
            add_term(c, given->unless.items[i]);
        }
    }
    qsort(plan->terms.items, plan->terms.count, sizeof *plan->terms.items, by_meaning);
    return true;
}

static uint32_t term_index(const mu_compiler *c, const char *text) {
    const mu_term term = mu_term_read(text, c->words);
    return find_term(c->plan, &term);
}

static uint32_t *term_list(mu_compiler *c, const mu_string_list *texts) {
    uint32_t *list = mu_arena_array(c->arena, texts->count + 1, sizeof *list);
    if (list == NULL) {
        c->no_memory = true;
        return NULL;
    }
    for (uint32_t i = 0; i < texts->count; i++) {
        list[i] = term_index(c, texts->items[i]);
    }
    return list;
}

static void compile_trigger(mu_compiler *c, mu_step_plan *step) {
    const mu_trigger *when = &step->given->when;
    step->all = term_list(c, &when->all);
    step->any = term_list(c, &when->any);
    step->all_count = when->all.count;
    step->any_count = when->any.count;
    step->until = step->given->until == NULL ? MU_NONE : term_index(c, step->given->until);
    step->unless = term_list(c, &step->given->unless);
    step->unless_count = step->given->unless.count;
    if (when->all.count + when->any.count == 0) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-trigger", step->given->origin,
                     _("give it 'all' or 'any' in 'when'"), _("step '%s' has no trigger"),
                     step->given->id);
    }
}

static void check_level(mu_compiler *c, const mu_step_plan *step) {
    const char *level = step->given->object;
    const bool known = level != NULL && (strcmp(level, "yellow") == 0 ||
                                         strcmp(level, "orange") == 0 || strcmp(level, "red") == 0);
    if (mu_verb_object(step->verb) == MU_OBJECT_LEVEL && !known) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-level", step->given->origin,
                     _("use yellow, orange or red"), _("step '%s' declares no alert level"),
                     step->given->id);
    }
}

static uint64_t stocked(const mu_compiler *c, int kind) {
    uint64_t count = 0;
    for (uint32_t e = 0; e < c->given->site->equipment.count; e++) {
        const mu_equipment *thing = &c->given->site->equipment.items[e];
        count += (int)thing->kind == kind ? (uint64_t)thing->count : 0;
    }
    return count;
}

static void check_needs(mu_compiler *c, const mu_step_plan *step) {
    const mu_step *given = step->given;
    if (given->needs.count > MU_STEP_NEEDS_MOST) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.too-many-needs", given->origin,
                     _("split the step"), _("step '%s' needs more than %d kinds of equipment"),
                     given->id, MU_STEP_NEEDS_MOST);
    }
    for (uint32_t n = 0; n < given->needs.count; n++) {
        if (stocked(c, given->needs.items[n].equipment) < (uint64_t)given->needs.items[n].count) {
            mu_diags_add(c->diags, MU_WARNING, "playbook.not-in-stock", given->origin,
                         _("add it to the site's equipment, or the step will wait for ever"),
                         _("step '%s' needs equipment that the site does not have"), given->id);
        }
    }
}

static void compile_step(mu_compiler *c, mu_step_plan *step) {
    step->verb = (mu_verb)step->given->verb;
    step->hash = mu_name_hash(step->given->id);
    step->id_word = word_of(c, step->given->id);
    step->object_word = word_of(c, mu_place_word(step->given->object));
    step->place_word = word_of(c, mu_place_word(step->given->place));
    compile_trigger(c, step);
    mu_compile_place(c, step);
    mu_compile_posts_in(c, step);
    mu_compile_zone(c, step);
    mu_compile_areas(c, step);
    mu_compile_cordon(c, step);
    mu_compile_who(c, step);
    mu_compile_care(c, step);
    mu_compile_gas(c, step);
    check_level(c, step);
    check_needs(c, step);
}

static int by_id(const void *a, const void *b) {
    return strcmp(((const mu_step_plan *)a)->given->id, ((const mu_step_plan *)b)->given->id);
}

static bool list_steps(mu_compiler *c) {
    const uint32_t count = step_count(c->given);
    mu_step_plan *steps = mu_arena_array(c->arena, count + 1, sizeof *steps);
    if (steps == NULL) {
        return false;
    }
    uint32_t at = 0;
    for (uint32_t b = 0; b < c->given->playbook_count; b++) {
        for (uint32_t s = 0; s < c->given->playbooks[b].steps.count; s++) {
            steps[at++] =
                (mu_step_plan){.given = &c->given->playbooks[b].steps.items[s], .playbook = b};
        }
    }
    qsort(steps, count, sizeof *steps, by_id);
    c->plan->steps.items = steps;
    c->plan->steps.count = count;
    return true;
}

bool mu_step_is_off_at(const mu_step_plan *step, uint32_t term) {
    bool off = false;
    for (uint32_t i = 0; i < step->unless_count; i++) {
        off = off || step->unless[i] == term;
    }
    return off;
}

static bool listens(const mu_step_plan *step, uint32_t term) {
    bool does = step->until == term || mu_step_is_off_at(step, term);
    for (uint32_t i = 0; i < step->all_count; i++) {
        does = does || step->all[i] == term;
    }
    for (uint32_t i = 0; i < step->any_count; i++) {
        does = does || step->any[i] == term;
    }
    return does;
}

static bool list_listeners(mu_compiler *c) {
    mu_response_plan *plan = c->plan;
    for (uint32_t t = 0; t < plan->terms.count; t++) {
        uint32_t *steps = mu_arena_array(c->arena, plan->steps.count, sizeof *steps);
        if (steps == NULL) {
            return false;
        }
        uint32_t count = 0;
        for (uint32_t s = 0; s < plan->steps.count; s++) {
            if (listens(&plan->steps.items[s], t)) {
                steps[count++] = s;
            }
        }
        plan->terms.items[t].steps.items = steps;
        plan->terms.items[t].steps.count = count;
    }
    return true;
}

static bool list_staff(mu_compiler *c) {
    const mu_people *people = c->given->people;
    uint32_t *staff = mu_arena_array(c->arena, people->list.count + 1, sizeof *staff);
    uint32_t *posted = mu_arena_array(c->arena, people->list.count + 1, sizeof *posted);
    if (staff == NULL || posted == NULL) {
        return false;
    }
    c->plan->staff.items = staff;
    c->plan->posted.items = posted;
    for (uint32_t p = 0; p < people->list.count; p++) {
        if (people->list.items[p].kind == MU_PERSON_OCCUPANT) {
            continue;
        }
        staff[c->plan->staff.count++] = p;
        if (people->list.items[p].post != MU_NONE) {
            posted[c->plan->posted.count++] = p;
        }
    }
    return true;
}

/* Steps that records are told to, of all that there are: those of rounds, and those that order
 * people out of a zone or into shelter that is not looked at by the clock. */
static bool list_hearers(mu_compiler *c) {
    mu_response_plan *plan = c->plan;
    uint32_t *rounds = mu_arena_array(c->arena, plan->steps.count + 1, sizeof *rounds);
    uint32_t *clears = mu_arena_array(c->arena, plan->steps.count + 1, sizeof *clears);
    if (rounds == NULL || clears == NULL) {
        return false;
    }
    plan->of_rounds.items = rounds;
    plan->clears.items = clears;
    for (uint32_t s = 0; s < plan->steps.count; s++) {
        const mu_step_plan *step = &plan->steps.items[s];
        if (step->rounds) {
            rounds[plan->of_rounds.count++] = s;
        }
        if ((step->verb == MU_VERB_EVACUATE || mu_step_shelters(step)) &&
            !mu_step_is_watched(step)) {
            clears[plan->clears.count++] = s;
        }
    }
    return true;
}

static bool list_roles(mu_compiler *c) {
    const mu_people *people = c->given->people;
    uint32_t *first = mu_arena_array(c->arena, people->roles.count + 2, sizeof *first);
    uint32_t *persons = mu_arena_array(c->arena, people->list.count + 1, sizeof *persons);
    if (first == NULL || persons == NULL) {
        return false;
    }
    uint32_t at = 0;
    for (uint32_t r = 0; r < people->roles.count; r++) {
        first[r] = at;
        for (uint32_t p = 0; p < people->list.count; p++) {
            const mu_person *person = &people->list.items[p];
            if (person->role == r && person->kind != MU_PERSON_OCCUPANT) {
                persons[at++] = p;
            }
        }
    }
    first[people->roles.count] = at;
    c->plan->by_role = persons;
    c->plan->role_first = first;
    return true;
}

mu_status mu_response_compile(const mu_response_given *given, const mu_words *words,
                              mu_arena *arena, mu_diags *diags, mu_response_plan *out) {
    mu_compiler c = {.given = given, .words = words, .arena = arena, .diags = diags, .plan = out};
    *out = (mu_response_plan){.words = words,
                              .word_people = word_of(&c, "people"),
                              .word_all = word_of(&c, "all"),
                              .word_visitors = word_of(&c, "visitors"),
                              .word_missing = word_of(&c, "missing"),
                              .word_searchers = word_of(&c, "searchers")};
    if (step_count(given) > MU_STEPS_MOST) {
        mu_diags_add(diags, MU_ERROR, "playbook.too-many-steps", NULL,
                     _("split the incident's playbooks"),
                     _("the playbooks have more than %d steps together"), MU_STEPS_MOST);
        return MU_ERR_LIMIT;
    }
    if (!list_staff(&c) || !list_roles(&c) || !list_steps(&c) || !list_terms(&c) ||
        !mu_compile_rooms(&c) ||
        mu_relief_compile(given->people, arena, diags, &out->relieves) != MU_OK) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t s = 0; s < out->steps.count; s++) {
        compile_step(&c, &out->steps.items[s]);
    }
    if (c.no_memory || !list_listeners(&c) || !list_hearers(&c)) {
        return MU_ERR_MEMORY;
    }
    mu_compile_reach(&c);
    return c.no_memory ? MU_ERR_MEMORY
                       : (mu_diags_count(diags, MU_ERROR) > 0 ? MU_ERR_INPUT : MU_OK);
}
