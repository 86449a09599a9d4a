/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is offered in fields that could hold any word: roles and skills of the roster, and the
 * events that steps and clauses wait for, by the names that people give them. The lists are those
 * of the last plan that could be loaded, so that a field does not lose them while a change is
 * checked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/i18n.h"
#include "drill/pack/words_watch.h"
#include "drill/plan_inside.h"
#include "drill/report/words.h"
#include "edit/check.h"
#include "edit/offered.h"

enum { WORDS_MOST = 1200 };

typedef enum offer {
    OFFER_ROLES,
    OFFER_ACTORS,
    OFFER_OWNERS,
    OFFER_SKILLS,
    OFFER_CAPABILITIES,
    OFFER_TERMS,
    OFFER_COUNT
} offer;

typedef struct offered_list {
    const char **words, **names; /* NULL-terminated */
    uint32_t count;
} offered_list;

struct mu_offered {
    mu_arena *arena;
    uint64_t version; /* one more than the project's */
    char language[4];
    offered_list lists[OFFER_COUNT];
};

void mu_offered_destroy(struct mu_offered *offered) {
    if (offered != NULL) {
        mu_arena_destroy(offered->arena);
        free(offered);
    }
}

/* --- gathered --- */

static void add(offered_list *list, mu_arena *arena, const char *word) {
    bool is_new = word != NULL && word[0] != '\0' && list->count < WORDS_MOST;
    for (uint32_t k = 0; is_new && k < list->count; k++) {
        is_new = strcmp(list->words[k], word) != 0;
    }
    if (is_new && (list->words[list->count] = mu_arena_copy(arena, word)) != NULL) {
        list->count++;
    }
}

static void add_strings(offered_list *list, mu_arena *arena, const mu_string_list *strings) {
    for (uint32_t k = 0; k < strings->count; k++) {
        add(list, arena, strings->items[k]);
    }
}

static void gather(struct mu_offered *o, const mu_plan *plan) {
    add_strings(&o->lists[OFFER_ROLES], o->arena, &plan->people.roles);
    add_strings(&o->lists[OFFER_ACTORS], o->arena, &plan->people.roles);
    add(&o->lists[OFFER_ACTORS], o->arena, "@actor");
    add_strings(&o->lists[OFFER_OWNERS], o->arena, &plan->people.roles);
    for (uint32_t k = 0; k < plan->roster.members.count; k++) {
        add_strings(&o->lists[OFFER_SKILLS], o->arena, &plan->roster.members.items[k].skills);
    }
    for (uint32_t k = 0; k < plan->roster.units.count; k++) {
        add_strings(&o->lists[OFFER_SKILLS], o->arena, &plan->roster.units.items[k].skills);
    }
    for (uint32_t s = 0; s < plan->response.steps.count; s++) {
        const mu_step *step = plan->response.steps.items[s].given;
        add(&o->lists[OFFER_TERMS], o->arena, mu_arena_print(o->arena, "step:%s", step->id));
        add_strings(&o->lists[OFFER_TERMS], o->arena, &step->when.all);
        add_strings(&o->lists[OFFER_TERMS], o->arena, &step->when.any);
    }
    for (uint32_t c = 0; c < plan->policy.clauses.count; c++) {
        add(&o->lists[OFFER_TERMS], o->arena, plan->policy.clauses.items[c].start);
        add(&o->lists[OFFER_TERMS], o->arena, plan->policy.clauses.items[c].end);
        add(&o->lists[OFFER_OWNERS], o->arena, plan->policy.clauses.items[c].owner);
        add(&o->lists[OFFER_CAPABILITIES], o->arena, plan->policy.clauses.items[c].capability);
    }
}

static const char *name_of(const mu_view *view, offer kind, const char *word) {
    const char *name = NULL;
    switch (kind) {
    case OFFER_ROLES:
    case OFFER_ACTORS:
    case OFFER_OWNERS:
        name = strcmp(word, "@actor") == 0 ? _("whoever it concerns") : mu_say_role(view, word);
        break;
    case OFFER_SKILLS:
        name = mu_known_word(word);
        break;
    case OFFER_CAPABILITIES:
        name = mu_say_capability(view, word);
        break;
    case OFFER_TERMS:
        name = mu_say_term(view, word);
        break;
    case OFFER_COUNT:
        break;
    }
    return name;
}

static bool has_wide_mark(const char *name) {
    return strstr(name, "，") != NULL || strstr(name, "、") != NULL || strstr(name, "；") != NULL ||
           strstr(name, "｜") != NULL;
}

/* A name stands for its word only where it leads back to it, from within a list, too. */
static void name_all(const mu_view *view, offer kind, offered_list *list) {
    for (uint32_t k = 0; k < list->count; k++) {
        const char *name = name_of(view, kind, list->words[k]);
        bool is_fit =
            name != NULL && name[0] != '\0' && strpbrk(name, ",;|") == NULL && !has_wide_mark(name);
        for (uint32_t i = 0; is_fit && i < list->count; i++) {
            is_fit = (i == k || strcasecmp(name, list->words[i]) != 0) &&
                     (i >= k || strcasecmp(name, list->names[i]) != 0);
        }
        list->names[k] = is_fit ? name : list->words[k];
    }
}

/* Makes the lists anew where there is a plan of the present version; they stay as they were where
 * there is none. */
static struct mu_offered *refresh(mu_project *project, const char *language) {
    const mu_checked *checked = mu_project_checked_now(project);
    struct mu_offered *o = project->offered;
    const mu_plan *plan = checked != NULL ? checked->incident : NULL;
    if (plan == NULL || (o != NULL && o->version == project->version + 1 &&
                         strncmp(o->language, language, 2) == 0)) {
        return o;
    }
    mu_offered_destroy(o);
    o = project->offered = calloc(1, sizeof *o);
    if (o == NULL || (o->arena = mu_arena_create()) == NULL) {
        return NULL;
    }
    for (int k = 0; k < OFFER_COUNT; k++) {
        o->lists[k].words = mu_arena_array(o->arena, WORDS_MOST + 1, sizeof(char *));
        o->lists[k].names = mu_arena_array(o->arena, WORDS_MOST + 1, sizeof(char *));
        if (o->lists[k].words == NULL || o->lists[k].names == NULL) {
            return NULL;
        }
    }
    const mu_view view = {.plan = plan, .arena = o->arena, .def = {.language = language}};
    gather(o, plan);
    for (int k = 0; k < OFFER_COUNT; k++) {
        name_all(&view, (offer)k, &o->lists[k]);
    }
    o->version = project->version + 1;
    (void)snprintf(o->language, sizeof o->language, "%.2s", language);
    return o;
}

/* --- fields --- */

static offer offer_of(const mu_field *field) {
    static const struct {
        const char *key;
        offer offered;
    } keys[] = {{"role", OFFER_ROLES},      {"roles", OFFER_ROLES},
                {"owner", OFFER_OWNERS},    {"capability", OFFER_CAPABILITIES},
                {"issued_by", OFFER_ROLES}, {"challenged_by", OFFER_ROLES},
                {"skill", OFFER_SKILLS},    {"skills", OFFER_SKILLS},
                {"all", OFFER_TERMS},       {"any", OFFER_TERMS},
                {"start", OFFER_TERMS},     {"end", OFFER_TERMS}};
    offer found = OFFER_COUNT;
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        found = strcmp(keys[k].key, field->name) == 0 ? keys[k].offered : found;
    }
    const bool is_word = field->kind == MU_FIELD_WORD ||
                         (field->kind == MU_FIELD_STRING && field->target == MU_ENTITY_NONE);
    if (field->kind == MU_FIELD_STRING &&
        (found == OFFER_ROLES || strcmp(field->name, "to") == 0)) {
        found = OFFER_ACTORS; /* of a step: who does it, whom it tells */
    }
    return is_word ? found : OFFER_COUNT;
}

static const char *name_in(const offered_list *list, const char *word) {
    for (uint32_t k = 0; k < list->count; k++) {
        if (strcmp(list->words[k], word) == 0) {
            return list->names[k];
        }
    }
    return word;
}

static const char *say_all(mu_arena *arena, const offered_list *list, const char *value) {
    char one[200];
    const char *out = "";
    for (const char *at = value; *at != '\0' && out != NULL; at += strspn(at, ", ")) {
        const size_t length = strcspn(at, ",");
        (void)snprintf(one, sizeof one, "%.*s", (int)length, at);
        out = mu_arena_print(arena, "%s%s%s", out, out[0] != '\0' ? ", " : "", name_in(list, one));
        at += length;
    }
    return out;
}

void mu_form_offer(mu_project *project, const mu_field *field, const char *language,
                   mu_form_row *row) {
    const offer kind = offer_of(field);
    struct mu_offered *o = kind != OFFER_COUNT ? refresh(project, language) : NULL;
    if (o == NULL || o->lists[kind].names == NULL || o->lists[kind].count == 0) {
        return;
    }
    const offered_list *list = &o->lists[kind];
    row->choices = list->words;
    row->labels = list->names;
    if (row->value != NULL) {
        row->shown = row->kind == MU_FORM_WORDS
                         ? say_all(project->form_arena, list, row->value)
                         : mu_arena_copy(project->form_arena, name_in(list, row->value));
    }
}

const char *mu_form_offered(const mu_project *project, const mu_field *field, const char *typed) {
    const offer kind = offer_of(field);
    const struct mu_offered *o = kind != OFFER_COUNT ? project->offered : NULL;
    for (uint32_t k = 0; o != NULL && k < o->lists[kind].count; k++) {
        if (strcasecmp(o->lists[kind].names[k], typed) == 0) {
            return o->lists[kind].words[k];
        }
    }
    return typed;
}
