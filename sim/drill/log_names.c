/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sorted list of (kind, id) for the whole plan. */
#include "drill/log_names.h"

#include <stdlib.h>
#include <string.h>

#define THING_COUNT (MU_THING_GROUP + 1)

typedef struct entry {
    const char *id;
    mu_handle handle;
} entry;

struct mu_log_names {
    entry *entries; /* by kind, then id */
    uint32_t count;
};

const char *mu_log_thing(mu_thing thing) {
    static const char *const kinds[THING_COUNT] = {
        [MU_THING_NOTHING] = "",
        [MU_THING_PERSON] = "person",
        [MU_THING_STEP] = "step",
        [MU_THING_WORD] = "",
        [MU_THING_SPACE] = "space",
        [MU_THING_PORTAL] = "portal",
        [MU_THING_EQUIPMENT] = "equipment",
        [MU_THING_POST] = "post",
        [MU_THING_CHANNEL] = "channel",
        [MU_THING_UNIT] = "unit",
        [MU_THING_HOSPITAL] = "hospital",
        [MU_THING_GROUP] = "group",
    };
    return kinds[thing];
}

static uint32_t count_of(const mu_plan *plan, mu_thing thing) {
    switch (thing) {
    case MU_THING_NOTHING:
        return 0;
    case MU_THING_PERSON:
        return plan->people.list.count;
    case MU_THING_STEP:
        return plan->response.steps.count;
    case MU_THING_WORD:
        return plan->words.count;
    case MU_THING_SPACE:
        return plan->site.spaces.count;
    case MU_THING_PORTAL:
        return plan->site.portals.count;
    case MU_THING_EQUIPMENT:
        return plan->site.equipment.count;
    case MU_THING_POST:
        return plan->site.posts.count;
    case MU_THING_CHANNEL:
        return plan->site.channels.count;
    case MU_THING_UNIT:
        return plan->roster.units.count;
    case MU_THING_HOSPITAL:
        return plan->roster.hospitals.count;
    case MU_THING_GROUP:
        return plan->roster.groups.count;
    }
    return 0;
}

static int compare_entries(const void *a, const void *b) {
    const entry *left = a, *right = b;
    const mu_thing left_thing = mu_handle_thing(left->handle);
    const mu_thing right_thing = mu_handle_thing(right->handle);
    if (left_thing != right_thing) {
        return left_thing < right_thing ? -1 : 1;
    }
    const int order = strcmp(left->id, right->id);
    return order != 0 ? order : (left->handle > right->handle) - (left->handle < right->handle);
}

mu_log_names *mu_log_names_create(const mu_plan *plan) {
    size_t count = 0;
    for (int thing = 0; thing < THING_COUNT; thing++) {
        count += count_of(plan, (mu_thing)thing);
    }
    mu_log_names *names = calloc(1, sizeof *names);
    entry *entries = calloc(count + 1, sizeof *entries);
    if (names == NULL || entries == NULL) {
        free(names);
        free(entries);
        return NULL;
    }
    names->entries = entries;
    for (int thing = 0; thing < THING_COUNT; thing++) {
        for (uint32_t i = 0; i < count_of(plan, (mu_thing)thing); i++) {
            const mu_handle handle = MU_HANDLE(thing, i);
            entries[names->count++] = (entry){mu_plan_id(plan, handle), handle};
        }
    }
    qsort(entries, names->count, sizeof *entries, compare_entries);
    return names;
}

void mu_log_names_destroy(mu_log_names *names) {
    if (names != NULL) {
        free(names->entries);
        free(names);
    }
}

static mu_handle find(const mu_log_names *names, mu_thing thing, const char *id) {
    const entry wanted = {id, MU_HANDLE(thing, 0)};
    uint32_t low = 0, high = names->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (compare_entries(&names->entries[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const bool found = low < names->count && mu_handle_thing(names->entries[low].handle) == thing &&
                       strcmp(names->entries[low].id, id) == 0;
    return found ? names->entries[low].handle : 0;
}

/* A thing is its kind, a colon and its id. A word that has a colon itself has one more before it,
 * so that it is never taken for a thing: what a step is about may be any text. Logs were once
 * written without, so what names no thing is looked for as it stands, too. */
mu_handle mu_log_names_find(const mu_log_names *names, const char *text) {
    const mu_handle word = text[0] == ':' ? find(names, MU_THING_WORD, text + 1) : 0;
    if (word != 0) {
        return word;
    }
    const char *colon = strchr(text, ':');
    const size_t length = colon != NULL ? (size_t)(colon - text) : 0;
    mu_handle found = 0;
    for (int thing = 0; colon != NULL && thing < THING_COUNT; thing++) {
        const char *kind = mu_log_thing((mu_thing)thing);
        if (kind[0] != 0 && strlen(kind) == length && memcmp(kind, text, length) == 0) {
            found = find(names, (mu_thing)thing, colon + 1);
        }
    }
    return found != 0 ? found : find(names, MU_THING_WORD, text);
}

mu_handle mu_log_names_step(const mu_log_names *names, const char *id) {
    return find(names, MU_THING_STEP, id);
}

void mu_log_put_head(mu_json_out *out, uint32_t id, const mu_record *record) {
    mu_json_put_count(out, "id", id);
    mu_json_put_int(out, "t_us", record->time_us);
    mu_json_put_string(out, "kind", mu_record_token((mu_record_kind)record->kind));
    if (record->cause != MU_NO_RECORD) {
        mu_json_put_count(out, "cause", record->cause);
    }
}

void mu_log_put_handle(mu_json_out *out, const char *key, const mu_plan *plan, mu_handle handle) {
    if (handle == 0) {
        return;
    }
    const char *kind = mu_log_thing(mu_handle_thing(handle));
    const char *id = mu_plan_id(plan, handle);
    char text[512];
    if (kind[0] != 0 || strchr(id, ':') != NULL) {
        (void)snprintf(text, sizeof text, "%s:%s", kind, id);
        id = text;
    }
    mu_json_put_string(out, key, id);
}
