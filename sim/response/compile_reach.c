/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can come about at all: starting from what the incident itself does, steps whose triggers can
 * be met add their milestones until nothing new comes. A step that is never reached is dead or part
 * of a ring, and the planner is told. */
#include <string.h>

#include "core/i18n.h"
#include "response/compile.h"

static uint32_t word_of(const mu_compiler *c, const char *word) {
    return word == NULL ? MU_NONE : mu_words_find(c->words, word, strlen(word));
}

static mu_record as_record(const mu_term *term) {
    return (mu_record){.kind = (uint16_t)term->kind,
                       .object =
                           term->object == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, term->object),
                       .place = term->place == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, term->place)};
}

bool mu_response_can(const mu_response_plan *plan, const mu_term *term) {
    for (uint32_t i = 0; i < plan->producible.count; i++) {
        const mu_record record = as_record(&plan->producible.items[i]);
        if (mu_term_matches(term, &record)) {
            return true;
        }
    }
    return false;
}

/* Does the step bring about what a trigger waits for? */
static bool brings(const mu_step_plan *step, const mu_term *term) {
    const mu_term done[] = {{mu_verb_milestone(step->verb), step->object_word, step->place_word},
                            {MU_RECORD_STEP, step->id_word, step->place_word}};
    const mu_record records[] = {as_record(&done[0]), as_record(&done[1])};
    return mu_term_matches(term, &records[0]) || mu_term_matches(term, &records[1]);
}

/* A ring of steps ends at `depth`. */
static uint32_t short_of(const mu_response_plan *plan, uint32_t s, uint32_t depth) {
    const mu_step_plan *step = &plan->steps.items[s];
    if (step->role != MU_NONE && step->crew > step->holders) {
        return s;
    }
    for (uint32_t i = 0; depth > 0 && i < step->all_count; i++) {
        const mu_term *term = &plan->terms.items[step->all[i]].term;
        for (uint32_t k = 0; k < plan->steps.count; k++) {
            const uint32_t found =
                brings(&plan->steps.items[k], term) ? short_of(plan, k, depth - 1) : MU_NONE;
            if (found != MU_NONE) {
                return found;
            }
        }
    }
    return MU_NONE;
}

uint32_t mu_response_short_of(const mu_response_plan *plan, uint32_t step) {
    enum { STEPS_BACK = 6 };
    return short_of(plan, step, STEPS_BACK);
}

/* Room was made for the most that every step can add. */
static void add(mu_compiler *c, mu_record_kind kind, uint32_t object, uint32_t place) {
    c->plan->producible.items[c->plan->producible.count++] =
        (mu_term){.kind = kind, .object = object, .place = place};
}

/* Somebody may have to wait at a place of refuge; an alarm recalls lifts. */
static void add_movers(mu_compiler *c) {
    const mu_site *site = c->given->site;
    if (site->refuges.count > 0) {
        add(c, MU_RECORD_REFUGE, MU_NONE, MU_NONE);
        add(c, MU_RECORD_HELP_CALLED, MU_NONE, MU_NONE);
    }
    if (site->lifts.count > 0) {
        add(c, MU_RECORD_LIFTS_RECALLED, MU_NONE, MU_NONE);
    }
}

static void add_incident(mu_compiler *c) {
    for (const char *const *text = c->given->brings; *text != NULL; text++) {
        const mu_term term = mu_term_read(*text, c->words);
        add(c, term.kind, term.object, term.place);
    }
}

static void add_step(mu_compiler *c, const mu_step_plan *step) {
    add(c, mu_verb_milestone(step->verb), step->object_word, step->place_word);
    add(c, MU_RECORD_STEP, step->id_word, step->place_word);
    if (step->roll == MU_ROLL_COMPARE) {
        add(c, MU_RECORD_MISSING, c->plan->word_people, MU_NONE);
        add(c, MU_RECORD_ACCOUNTED, c->plan->word_all, MU_NONE);
        add(c, MU_RECORD_REGISTERED, c->plan->word_visitors, MU_NONE);
    }
    const mu_term second = {MU_RECORD_FOUND, word_of(c, "second_item"), MU_NONE};
    if (step->verb == MU_VERB_SEARCH && mu_response_can(c->plan, &second)) {
        add(c, MU_RECORD_FOUND, second.object, step->place_word);
    }
    if (step->verb == MU_VERB_SEARCH && step->rounds) {
        add(c, MU_RECORD_FOUND, c->plan->word_missing, MU_NONE);
    }
    if (step->brings_down) {
        add(c, MU_RECORD_BROUGHT_DOWN, MU_NONE, MU_NONE);
    }
    if (step->verb == MU_VERB_TRANSPORT && step->rounds) {
        add(c, MU_RECORD_TAKEN, word_of(c, "casualty"), MU_NONE);
    }
    if (step->verb == MU_VERB_SWITCH_CHANNEL) {
        add(c, MU_RECORD_BACK, step->object_word, MU_NONE);
    }
    if (step->verb == MU_VERB_EVACUATE) {
        add(c, MU_RECORD_CLEARED, step->object_word, step->place_word);
        if (step->whole != NULL) {
            add(c, MU_RECORD_CLEARED, step->elsewhere_word, step->place_word);
        }
    }
    if (step->verb == MU_VERB_SHELTER || step->verb == MU_VERB_LOCK_DOWN) {
        add(c, MU_RECORD_SECURED, step->object_word, step->place_word);
    }
    const bool is_short = step->role != MU_NONE && step->crew > step->holders;
    if (step->given->chance < 1 || is_short) {
        add(c, MU_RECORD_ABANDONED, step->object_word, step->place_word);
    }
    if (is_short) {
        add(c, MU_RECORD_SHORT_OF, word_of(c, c->given->people->roles.items[step->role]), MU_NONE);
    }
    if (step->role != MU_NONE && step->place_word != MU_NONE) {
        add(c, MU_RECORD_ARRIVED, word_of(c, c->given->people->roles.items[step->role]),
            step->place_word);
    }
    if (step->receiver != MU_NONE) {
        const uint32_t role = word_of(c, c->given->people->roles.items[step->receiver]);
        add(c, MU_RECORD_DISPATCHED, role, MU_NONE);
        add(c, MU_RECORD_ON_SITE, role, MU_NONE);
    }
}

static bool can_start(const mu_compiler *c, const mu_step_plan *step) {
    for (uint32_t i = 0; i < step->all_count; i++) {
        if (!mu_response_can(c->plan, &c->plan->terms.items[step->all[i]].term)) {
            return false;
        }
    }
    bool any = step->any_count == 0;
    for (uint32_t i = 0; i < step->any_count; i++) {
        any = any || mu_response_can(c->plan, &c->plan->terms.items[step->any[i]].term);
    }
    return any;
}

void mu_compile_reach(mu_compiler *c) {
    mu_response_plan *plan = c->plan;
    size_t most = 16 * (size_t)plan->steps.count + 3;
    for (const char *const *text = c->given->brings; *text != NULL; text++) {
        most++;
    }
    plan->producible.items = mu_arena_array(c->arena, most + 1, sizeof(mu_term));
    if (plan->producible.items == NULL) {
        c->no_memory = true;
        return;
    }
    add_incident(c);
    add_movers(c);
    for (bool more = true; more;) {
        more = false;
        for (uint32_t s = 0; s < plan->steps.count; s++) {
            mu_step_plan *step = &plan->steps.items[s];
            if (!step->can_start && can_start(c, step)) {
                step->can_start = true;
                add_step(c, step);
                more = true;
            }
        }
    }
    for (uint32_t s = 0; s < plan->steps.count; s++) {
        const mu_step *given = plan->steps.items[s].given;
        if (!plan->steps.items[s].can_start) {
            mu_diags_add(c->diags, MU_WARNING, "playbook.dead-step", given->origin,
                         _("check its trigger: nothing in this incident brings it about"),
                         _("step '%s' can never start"), given->id);
        }
    }
}
