/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A walk over the given structs by their field tables: the tables know where a distribution is, so
 * that one added to a file kind appears in the report by itself. */
#include "drill/report/settings.h"

#include <string.h>

#include "crowd/roster.h"
#include "response/playbook.h"
#include "site/site.h"

typedef struct walk {
    mu_setting *out; /* NULL: only counts */
    uint32_t count;
} walk;

/* Whom a distribution belongs to. */
typedef struct holder {
    const char *record, *id;
    mu_text name;
} holder;

static bool is_weak(const char *source) {
    static const char *const words[] = {"assum", "Assum", "estimat", "Estimat",
                                        "假定",  "估计",  "假设"};
    if (source == NULL) {
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strstr(source, words[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static void add(walk *now, const holder *of, const mu_field *field, const mu_dist *dist) {
    if (dist->source == NULL && dist->kind == MU_DIST_CONSTANT && dist->a == 0) {
        return;
    }
    if (now->out != NULL) {
        now->out[now->count] = (mu_setting){.record = of->record,
                                            .id = of->id,
                                            .name = of->name,
                                            .field = field,
                                            .dist = dist,
                                            .weak = is_weak(dist->source)};
    }
    now->count++;
}

/* The record's own id and name, where it has them; else those of the record around it. */
static holder holder_of(const mu_record_type *type, const char *record, const holder *around) {
    holder of = *around;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const mu_field *field = &type->fields[i];
        if (field->kind == MU_FIELD_ID) {
            of.record = type->name;
            of.id = *(const char *const *)(const void *)(record + field->offset);
            of.name = (mu_text){0};
        } else if (field->kind == MU_FIELD_TEXT && strcmp(field->name, "name") == 0) {
            of.name = *(const mu_text *)(const void *)(record + field->offset);
        }
    }
    return of;
}

/* Tables nest no deeper than a file's records do, so this ends. */
static void visit(walk *now, const mu_record_type *type, const char *record, const holder *around) {
    const holder of = holder_of(type, record, around);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const mu_field *field = &type->fields[i];
        const char *member = record + field->offset;
        const bool is_list = (field->flags & MU_FIELD_LIST) != 0;
        const mu_list *list = is_list ? (const mu_list *)(const void *)member : NULL;
        if (field->kind == MU_FIELD_DIST && !is_list) {
            add(now, &of, field, (const mu_dist *)(const void *)member);
        } else if (field->kind == MU_FIELD_RECORD && !is_list) {
            visit(now, field->record, member, &of);
        } else if (field->kind == MU_FIELD_RECORD) {
            for (uint32_t k = 0; k < list->count; k++) {
                visit(now, field->record, (const char *)list->items + k * field->record->size, &of);
            }
        }
    }
}

static void visit_plan(walk *now, const mu_plan *plan) {
    const holder nobody = {0};
    visit(now, mu_site_file.root, (const char *)&plan->site, &nobody);
    visit(now, mu_roster_file.root, (const char *)&plan->roster, &nobody);
    for (uint32_t i = 0; i < plan->playbooks.count; i++) {
        visit(now, mu_playbook_file.root, (const char *)&plan->playbooks.items[i], &nobody);
    }
    visit(now, mu_incident_file.root, (const char *)&plan->incident, &nobody);
}

mu_setting_list mu_settings_list(const mu_view *view) {
    walk now = {0};
    visit_plan(&now, view->plan);
    mu_setting *items = mu_arena_array(view->arena, now.count + 1, sizeof *items);
    if (items == NULL) {
        return (mu_setting_list){0};
    }
    now = (walk){.out = items};
    visit_plan(&now, view->plan);
    return (mu_setting_list){.items = items, .count = now.count};
}
