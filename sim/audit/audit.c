/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collecting facts and having them judged. */
#include "audit/audit.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "policy/measure.h"

const char *mu_audit_say(const mu_year_plan *plan, const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    const char *kept = mu_arena_copy(plan->arena, text);
    return kept != NULL ? kept : "";
}

mu_status mu_audit_read_playbooks(const mu_year_plan *plan, const char *const *files,
                                  uint32_t count, mu_diags *diags, mu_playbook_list *out) {
    *out = (mu_playbook_list){
        .items = mu_arena_array(plan->arena, (size_t)count + 1, sizeof *out->items),
        .files = mu_arena_array(plan->arena, (size_t)count + 1, sizeof *out->files)};
    mu_status status = out->items == NULL || out->files == NULL ? MU_ERR_MEMORY : MU_OK;
    for (uint32_t i = 0; i < count && status == MU_OK; i++) {
        static const mu_file_kind *const kinds[] = {&mu_playbook_file};
        const mu_file_kind *kind = NULL;
        mu_loader *loader = mu_loader_create(plan->arena, diags);
        if (loader == NULL) {
            return MU_ERR_MEMORY;
        }
        status = mu_loader_identify(loader, files[i], kinds, 1, &kind);
        if (status == MU_OK && kind != NULL) {
            status = mu_loader_read(loader, files[i], kind, &out->items[out->count]);
            out->files[out->count++] = mu_arena_copy(plan->arena, files[i]);
        }
        mu_loader_destroy(loader);
    }
    return status;
}

static uint32_t demand_index(const mu_clause *clause, const char *demand) {
    for (uint32_t d = 0; demand != NULL && d < clause->demands.count; d++) {
        if (strcmp(clause->demands.items[d].name, demand) == 0) {
            return d;
        }
    }
    return 0;
}

static mu_audit_fact *add(mu_audit *audit, uint32_t clause, const char *demand, double value,
                          const char *evidence) {
    if (audit->facts.count == audit->room) {
        const uint32_t room = 2 * audit->room + 64;
        mu_audit_fact *items = mu_arena_array(audit->plan->arena, room, sizeof *items);
        if (items == NULL) {
            audit->no_memory = true;
            return NULL;
        }
        if (audit->facts.count > 0) {
            memcpy(items, audit->facts.items, audit->facts.count * sizeof *items);
        }
        audit->facts.items = items;
        audit->room = room;
    }
    mu_audit_fact *fact = &audit->facts.items[audit->facts.count++];
    const mu_clause *given = &audit->plan->policy.clauses.items[clause];
    *fact = (mu_audit_fact){.clause = clause,
                            .demand = demand_index(given, demand),
                            .value = value,
                            .evidence = evidence};
    return fact;
}

void mu_audit_add(mu_audit *audit, uint32_t clause, const char *demand, double value,
                  const char *evidence) {
    (void)add(audit, clause, demand, value, evidence);
}

static void add_statements(mu_audit *audit, uint32_t clause) {
    const mu_year *year = &audit->plan->year;
    for (uint32_t s = 0; s < year->statements.count; s++) {
        const mu_statement *given = &year->statements.items[s];
        if (given->clause.index != clause) {
            continue;
        }
        const char *said =
            given->dated == NULL
                ? mu_text_in(given->evidence, audit->language)
                : mu_audit_say(audit->plan, _("%s (dated %s)"),
                               mu_text_in(given->evidence, audit->language), given->dated);
        mu_audit_fact *fact = add(audit, clause, given->demand, given->value, said);
        if (fact != NULL) {
            fact->stated = true;
            fact->outdated = given->until != NULL &&
                             mu_date_read(given->until, NULL) < mu_date_read(year->from, NULL);
            if (fact->outdated) {
                fact->evidence = mu_audit_say(audit->plan, _("%s; no longer valid since %s"), said,
                                              given->until);
            }
        }
    }
}

/* What a clause wants looked up. */
const char *mu_audit_wanted(const mu_clause *clause) {
    static const char measured[] = "measured:";
    const bool number =
        clause->end != NULL && strncmp(clause->end, measured, sizeof measured - 1) == 0;
    const char *word = clause->audit != NULL ? clause->audit
                       : number              ? clause->end + sizeof measured - 1
                                             : NULL;
    return word != NULL && mu_audit_has(word) ? word : NULL;
}

mu_status mu_audit_collect(const mu_year_plan *plan, const mu_playbook_list *playbooks,
                           const char *language, mu_audit *out) {
    *out = (mu_audit){.plan = plan, .playbooks = playbooks, .language = language};
    for (uint32_t c = 0; c < plan->policy.clauses.count; c++) {
        const mu_clause *clause = &plan->policy.clauses.items[c];
        if (clause->off || clause->demands.count == 0) {
            continue;
        }
        if (mu_clause_judged_by(clause, MU_HOW_DECLARED) && mu_audit_wanted(clause) != NULL) {
            mu_audit_named(out, c, mu_audit_wanted(clause));
        }
        if (plan->has_year) {
            add_statements(out, c);
        }
    }
    return out->no_memory || mu_arena_lacks_memory(plan->arena) ? MU_ERR_MEMORY : MU_OK;
}

bool mu_audit_lists(const mu_audit *audit, uint32_t clause) {
    const mu_clause *given = &audit->plan->policy.clauses.items[clause];
    bool listed = !given->off && mu_clause_judged_by(given, MU_HOW_DECLARED);
    for (uint32_t f = 0; f < audit->facts.count && !listed; f++) {
        listed = audit->facts.items[f].clause == clause;
    }
    return listed;
}

mu_status mu_audit_write(const mu_audit *audit, mu_log *log) {
    const mu_year_plan *plan = audit->plan;
    for (uint32_t f = 0; f < audit->facts.count; f++) {
        const mu_audit_fact *fact = &audit->facts.items[f];
        const mu_clause *clause = &plan->policy.clauses.items[fact->clause];
        const double value = fact->outdated ? 0 : fact->value;
        const mu_record record = {
            .kind = MU_RECORD_MEASURED,
            .cause = MU_NO_RECORD,
            .object = mu_year_clause_word(plan, fact->clause),
            .place = mu_year_word(plan, clause->demands.items[fact->demand].name),
            .value = value * MU_MEASURE_PARTS < 4e9 ? (uint32_t)(value * MU_MEASURE_PARTS + 1e-6)
                                                    : UINT32_MAX};
        if (mu_log_append(log, &record) == MU_NO_RECORD) {
            return MU_ERR_MEMORY;
        }
    }
    return MU_OK;
}

/* A year's log holds more than a hundred thousand records, a few hundred of them numbers, and each
 * clause reads it anew: so the evaluator gets the numbers alone. */
mu_status mu_year_judge(const mu_year_plan *plan, const mu_log *log, mu_judgement *out) {
    const uint32_t count = mu_log_count(log);
    const mu_run_facts facts = {.end_us = count > 0 ? mu_log_get(log, count - 1)->time_us : 0,
                                .quiet = true};
    mu_log *numbers = mu_log_create();
    bool fine = numbers != NULL;
    for (uint32_t id = 0; id < count && fine; id++) {
        const mu_record *record = mu_log_get(log, id);
        fine = record->kind != MU_RECORD_MEASURED || mu_log_append(numbers, record) != MU_NO_RECORD;
    }
    if (fine) {
        mu_judge(plan->clauses, plan->policy.clauses.count, numbers, &facts, out);
    }
    mu_log_destroy(numbers);
    return fine ? MU_OK : MU_ERR_MEMORY;
}

mu_status mu_audit_judge(const mu_audit *audit, mu_judgement *out) {
    mu_log *log = mu_log_create();
    mu_status status = log == NULL ? MU_ERR_MEMORY : mu_audit_write(audit, log);
    if (status == MU_OK) {
        status = mu_year_judge(audit->plan, log, out);
    }
    mu_log_destroy(log);
    return status;
}
