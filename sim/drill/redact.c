/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One walk over the tree of a file with its list of what is kept. */
#include "drill/redact.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/i18n.h"
#include "core/json_out.h"
#include "drill/incident.h"
#include "site/site.h"

#define SOUNDERS "alarm"

enum { PATH_MOST = 200, NEW_NAME_MOST = 60 };

/* An id that has been given a number. */
typedef struct named {
    const char *word; /* of the rule */
    char *was;        /* owned */
    uint32_t number;
} named;

enum { WORDS_MOST = 32 };

struct mu_redactor {
    named *names; /* a table of `room` places, sought from the hash on */
    uint32_t count, room;
    const char *words[WORDS_MOST]; /* of the rules */
    uint32_t given[WORDS_MOST];    /* how many have a number */
    mu_point origin;
    bool has_origin, no_memory;
};

typedef struct walk {
    mu_redactor *redactor;
    const mu_redact_rule *rules;
    mu_json_out out;
    char path[PATH_MOST];
} walk;

const char *mu_redact_band(void) {
    return _("REDACTED: NAMES LEFT OUT – PREDICTED BY SIMULATION");
}

mu_redactor *mu_redactor_create(void) {
    return calloc(1, sizeof(mu_redactor));
}

void mu_redactor_destroy(mu_redactor *redactor) {
    for (uint32_t i = 0; redactor != NULL && i < redactor->room; i++) {
        free(redactor->names[i].was);
    }
    free(redactor != NULL ? redactor->names : NULL);
    free(redactor);
}

static named *place_of(named *names, uint32_t room, const char *word, const char *was) {
    uint32_t at = 2166136261u;
    for (const char *c = was; *c != '\0'; c++) {
        at = (at ^ (unsigned char)*c) * 16777619u;
    }
    for (at %= room; names[at].was != NULL; at = (at + 1) % room) {
        if (strcmp(names[at].was, was) == 0 && strcmp(names[at].word, word) == 0) {
            break;
        }
    }
    return &names[at];
}

static bool make_room(mu_redactor *r) {
    if (2 * (r->count + 1) < r->room) {
        return true;
    }
    const uint32_t room = 2 * r->room + 256;
    named *names = calloc(room, sizeof *names);
    if (names == NULL) {
        r->no_memory = true;
        return false;
    }
    for (uint32_t i = 0; i < r->room; i++) {
        if (r->names[i].was != NULL) {
            *place_of(names, room, r->names[i].word, r->names[i].was) = r->names[i];
        }
    }
    free(r->names);
    r->names = names;
    r->room = room;
    return true;
}

static uint32_t next_number(mu_redactor *r, const char *word) {
    uint32_t k = 0;
    while (k + 1 < WORDS_MOST && r->words[k] != NULL && strcmp(r->words[k], word) != 0) {
        k++;
    }
    r->words[k] = word;
    return ++r->given[k];
}

static uint32_t number_of(mu_redactor *r, const char *word, const char *was) {
    if (!make_room(r)) {
        return 0;
    }
    named *place = place_of(r->names, r->room, word, was);
    if (place->was == NULL) {
        *place = (named){.word = word, .was = strdup(was), .number = next_number(r, word)};
        r->no_memory = r->no_memory || place->was == NULL;
        r->count++;
    }
    return place->number;
}

static void put_name(walk *w, const char *key, const char *word, const cJSON *item) {
    char name[NEW_NAME_MOST];
    if (!cJSON_IsString(item)) {
        mu_json_put_null(&w->out, key);
        return;
    }
    (void)snprintf(name, sizeof name, "%s.%u", word,
                   number_of(w->redactor, word, item->valuestring));
    mu_json_put_string(&w->out, key, name);
}

/* Rooms whose use says where to go are rooms like others. */
static const char *plain_use(const char *use) {
    static const mu_use telling[] = {MU_USE_CONTROL_ROOM, MU_USE_COMMAND, MU_USE_DATA_CENTRE,
                                     MU_USE_ARCHIVE,      MU_USE_PLANT,   MU_USE_STORE};
    for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++) {
        if (strcmp(use, mu_use_words[telling[i]]) == 0) {
            return mu_use_words[MU_USE_OTHER];
        }
    }
    return use;
}

static void put_plain(walk *w, const char *key, const cJSON *item) {
    if (cJSON_IsString(item)) {
        mu_json_put_string(&w->out, key, item->valuestring);
    } else if (cJSON_IsNumber(item)) {
        mu_json_put_real(&w->out, key, item->valuedouble);
    } else if (cJSON_IsBool(item)) {
        mu_json_put_bool(&w->out, key, cJSON_IsTrue(item));
    } else if (cJSON_IsArray(item)) {
        mu_json_open_flat(&w->out, key, '[');
        for (const cJSON *each = item->child; each != NULL; each = each->next) {
            put_plain(w, NULL, each);
        }
        mu_json_close(&w->out, ']');
    } else {
        mu_json_put_null(&w->out, key);
    }
}

static void put_points(walk *w, const char *key, const cJSON *item) {
    if (cJSON_IsArray(item) && cJSON_IsNumber(item->child)) {
        const double x = item->child->valuedouble - w->redactor->origin.x,
                     y = item->child->next->valuedouble - w->redactor->origin.y;
        mu_json_open_flat(&w->out, key, '[');
        mu_json_put_real(&w->out, NULL, round(x * 1000) / 1000);
        mu_json_put_real(&w->out, NULL, round(y * 1000) / 1000);
        mu_json_close(&w->out, ']');
        return;
    }
    mu_json_open_flat(&w->out, key, '[');
    for (const cJSON *each = item->child; each != NULL; each = each->next) {
        put_points(w, NULL, each);
    }
    mu_json_close(&w->out, ']');
}

static void put_names(walk *w, const char *key, const char *word, const cJSON *item) {
    if (!cJSON_IsArray(item)) {
        put_name(w, key, word, item);
        return;
    }
    mu_json_open_flat(&w->out, key, '[');
    for (const cJSON *each = item->child; each != NULL; each = each->next) {
        put_name(w, NULL, word, each);
    }
    mu_json_close(&w->out, ']');
}

static void put_by(walk *w, const mu_redact_rule *rule, const char *key, const cJSON *item) {
    switch (rule->how) {
    case MU_REDACT_KEEP:
        put_plain(w, key, item);
        break;
    case MU_REDACT_USE:
        mu_json_put_string(&w->out, key, plain_use(item->valuestring));
        break;
    case MU_REDACT_NAME:
        put_names(w, key, rule->word, item);
        break;
    case MU_REDACT_MOVE:
        put_points(w, key, item);
        break;
    case MU_REDACT_EMPTY:
        if (cJSON_IsArray(item)) {
            mu_json_open_flat(&w->out, key, '[');
            mu_json_close(&w->out, ']');
        } else {
            mu_json_put_null(&w->out, key);
        }
        break;
    }
}

/* The rule of a path; with `*below` set, whether any leads further down instead. */
static const mu_redact_rule *rule_of(const walk *w, bool *below) {
    const size_t length = strlen(w->path);
    *below = false;
    for (const mu_redact_rule *rule = w->rules; rule->path != NULL; rule++) {
        if (strcmp(rule->path, w->path) == 0) {
            return rule;
        }
        *below = *below || (strncmp(rule->path, w->path, length) == 0 && rule->path[length] == '.');
    }
    return NULL;
}

static void walk_object(walk *w, const char *key, const cJSON *object);

static void walk_item(walk *w, const cJSON *item) {
    bool below;
    const mu_redact_rule *rule = rule_of(w, &below);
    if (rule != NULL) {
        put_by(w, rule, item->string, item);
    } else if (below && cJSON_IsObject(item)) {
        walk_object(w, item->string, item);
    } else if (below && cJSON_IsArray(item)) {
        mu_json_open(&w->out, item->string, '[');
        for (const cJSON *each = item->child; each != NULL; each = each->next) {
            walk_object(w, NULL, each);
        }
        mu_json_close(&w->out, ']');
    } else if (below) {
        mu_json_put_null(&w->out, item->string);
    }
}

static void walk_members(walk *w, const cJSON *object) {
    const size_t length = strlen(w->path);
    for (const cJSON *item = object->child; item != NULL; item = item->next) {
        const int fits = snprintf(w->path + length, sizeof w->path - length, "%s%s",
                                  length > 0 ? "." : "", item->string);
        if (fits >= 0 && (size_t)fits < sizeof w->path - length) {
            walk_item(w, item);
        }
        w->path[length] = '\0';
    }
}

static void walk_object(walk *w, const char *key, const cJSON *object) {
    mu_json_open(&w->out, key, '{');
    walk_members(w, object);
    mu_json_close(&w->out, '}');
}

/* Sounders that everybody hears, so that the site can be emptied without its own channels. */
static void put_sounders(walk *w) {
    mu_json_open(&w->out, "channels", '[');
    mu_json_open_flat(&w->out, NULL, '{');
    mu_json_put_string(&w->out, "id", SOUNDERS);
    mu_json_put_string(&w->out, "kind", "alarm");
    mu_json_close(&w->out, '}');
    mu_json_close(&w->out, ']');
}

/* The least coordinates of the rooms. */
static void find_origin(mu_redactor *r, const cJSON *root) {
    const cJSON *space;
    cJSON_ArrayForEach(space, cJSON_GetObjectItemCaseSensitive(root, "spaces")) {
        const cJSON *point;
        cJSON_ArrayForEach(point, cJSON_GetObjectItemCaseSensitive(space, "polygon")) {
            const double x = point->child->valuedouble, y = point->child->next->valuedouble;
            r->origin.x = r->has_origin ? fmin(r->origin.x, x) : x;
            r->origin.y = r->has_origin ? fmin(r->origin.y, y) : y;
            r->has_origin = true;
        }
    }
}

/* Closes a memory stream; its text in *out, or NULL. */
static mu_status take_text(FILE *stream, char **text, char **out) {
    const bool failed = ferror(stream) != 0;
    if (fclose(stream) != 0 || failed || *text == NULL) {
        free(*text);
        return MU_ERR_MEMORY;
    }
    *out = *text;
    return MU_OK;
}

mu_status mu_redact(mu_redactor *redactor, const mu_file_kind *kind, const char *text,
                    size_t length, char **out) {
    *out = NULL;
    walk w = {.redactor = redactor, .rules = mu_redact_rules(kind)};
    cJSON *root = w.rules != NULL ? cJSON_ParseWithLength(text, length) : NULL;
    char *written = NULL;
    size_t size = 0;
    if (root == NULL) {
        return MU_ERR_INPUT;
    }
    w.out.stream = open_memstream(&written, &size);
    if (w.out.stream == NULL) {
        cJSON_Delete(root);
        return MU_ERR_MEMORY;
    }
    if (kind == &mu_site_file) {
        find_origin(redactor, root);
    }
    mu_json_open(&w.out, NULL, '{');
    walk_members(&w, root);
    if (kind == &mu_site_file) {
        put_sounders(&w);
    }
    mu_json_close(&w.out, '}');
    cJSON_Delete(root);
    mu_status status = take_text(w.out.stream, &written, out);
    if (status == MU_OK && redactor->no_memory) {
        free(*out);
        *out = NULL;
        status = MU_ERR_MEMORY;
    }
    return status;
}

const char *mu_redact_policy(void) {
    return "{\"format\": \"muster.policy\", \"version\": 1, \"id\": \"policy.1\", "
           "\"clauses\": []}\n";
}

const char *mu_redact_playbook(void) {
    return "{\"format\": \"muster.playbook\", \"version\": 1, \"id\": \"playbook.1\", "
           "\"threat\": \"evacuation\",\n"
           "  \"steps\": [{\"id\": \"step.1\", \"when\": {\"all\": [\"alarm:general\"]}, "
           "\"verb\": \"evacuate\", \"object\": \"site\",\n"
           "    \"over\": [\"" SOUNDERS "\"]}]}\n";
}

mu_status mu_redact_incident(const char *text, size_t length, char **out) {
    static const char *const played[] = {"horizon_s", "incremental_premovement",
                                         "premovement_factor", "motion", "motion_mode"};
    *out = NULL;
    cJSON *root = cJSON_ParseWithLength(text, length);
    char *written = NULL;
    size_t size = 0;
    walk w = {.out = {.stream = root != NULL ? open_memstream(&written, &size) : NULL}};
    if (w.out.stream == NULL) {
        cJSON_Delete(root);
        return root == NULL ? MU_ERR_INPUT : MU_ERR_MEMORY;
    }
    mu_json_open(&w.out, NULL, '{');
    mu_json_put_string(&w.out, "format", mu_incident_file.format);
    mu_json_put_int(&w.out, "version", mu_incident_file.version);
    mu_json_put_string(&w.out, "id", "incident.1");
    mu_json_put_string(&w.out, "story", mu_redact_band());
    mu_json_put_string(&w.out, "kind", mu_incident_kind_words[MU_INCIDENT_EVACUATION]);
    mu_json_put_string(&w.out, "site", "site.json");
    mu_json_put_string(&w.out, "roster", "roster.json");
    mu_json_put_string(&w.out, "policy", "policy.json");
    mu_json_open_flat(&w.out, "playbooks", '[');
    mu_json_put_string(&w.out, NULL, "playbook.json");
    mu_json_close(&w.out, ']');
    mu_json_put_int(&w.out, "alarm_at_s", 0);
    for (size_t i = 0; i < sizeof played / sizeof played[0]; i++) {
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(root, played[i]);
        if (value != NULL) {
            put_plain(&w, played[i], value);
        }
    }
    mu_json_close(&w.out, '}');
    cJSON_Delete(root);
    return take_text(w.out.stream, &written, out);
}
