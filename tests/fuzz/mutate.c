/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mutation that knows the files: the tables of fields that read a file say here what could stand in
 * it. Most of what comes out is well-formed and nearly right, so that the checks behind the reader
 * are reached, and often passed; now and then something is plainly wrong. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/dist_form.h"
#include "fuzz.h"

enum { NODES_MOST = 20000, DEPTH_MOST = 6, COPIES_MOST = 40 };

/* A value in the tree, and what the tables say of it. */
typedef struct node {
    cJSON *json, *parent;
    const mu_field *field;        /* NULL: none */
    const mu_record_type *record; /* of an object; NULL */
} node;

typedef struct tree {
    cJSON *root;
    node nodes[NODES_MOST];
    unsigned count;
    uint64_t luck;
} tree;

/* splitmix64. */
uint64_t fuzz_draw(uint64_t *luck) {
    uint64_t z = *luck += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static uint64_t draw(tree *t) {
    return fuzz_draw(&t->luck);
}

static unsigned below(tree *t, unsigned count) {
    return count == 0 ? 0 : (unsigned)(draw(t) % count);
}

static void walk(tree *t, cJSON *json, cJSON *parent, const mu_field *field,
                 const mu_record_type *record);

static const mu_field *field_named(const mu_record_type *record, const char *name) {
    for (uint32_t f = 0; record != NULL && name != NULL && f < record->field_count; f++) {
        if (strcmp(record->fields[f].name, name) == 0) {
            return &record->fields[f];
        }
    }
    return NULL;
}

static const mu_record_type *root_of(const cJSON *object) {
    const cJSON *format = cJSON_GetObjectItemCaseSensitive(object, "format");
    return cJSON_IsString(format) ? fuzz_root_of(format->valuestring) : NULL;
}

static void walk_members(tree *t, cJSON *json, const mu_record_type *record) {
    for (cJSON *member = json->child; member != NULL; member = member->next) {
        const mu_field *field = field_named(record, member->string);
        const bool is_file = record == NULL && cJSON_IsObject(member);
        walk(t, member, json, field,
             is_file                                           ? root_of(member)
             : field != NULL && field->kind == MU_FIELD_RECORD ? field->record
                                                               : NULL);
    }
}

static void walk(tree *t, cJSON *json, cJSON *parent, const mu_field *field,
                 const mu_record_type *record) {
    if (t->count == NODES_MOST) {
        return;
    }
    t->nodes[t->count++] = (node){json, parent, field, cJSON_IsObject(json) ? record : NULL};
    if (cJSON_IsObject(json)) {
        walk_members(t, json, record);
    } else if (cJSON_IsArray(json)) {
        for (cJSON *item = json->child; item != NULL; item = item->next) {
            walk(t, item, json, field, record);
        }
    }
}

static void collect(tree *t) {
    t->count = 0;
    walk(t, t->root, NULL, NULL, root_of(t->root));
}

static bool is_leaf(const node *at) {
    return at->json->child == NULL;
}

/* Some node that is one of the kinds asked for; the root where there is none. */
static node *pick(tree *t, bool (*fits)(const node *)) {
    for (int tries = 0; tries < 30; tries++) {
        node *at = &t->nodes[below(t, t->count)];
        if (at->parent != NULL && (fits == NULL || fits(at))) {
            return at;
        }
    }
    return &t->nodes[0];
}

static bool is_number(const node *at) {
    return cJSON_IsNumber(at->json);
}

static bool is_string(const node *at) {
    return cJSON_IsString(at->json);
}

static bool is_item(const node *at) {
    return cJSON_IsArray(at->parent);
}

static bool is_record(const node *at) {
    return at->record != NULL;
}

static bool is_id(const node *at) {
    return cJSON_IsString(at->json) && at->field != NULL &&
           (at->field->kind == MU_FIELD_ID || at->field->kind == MU_FIELD_WORD);
}

static bool is_array(const node *at) {
    return cJSON_IsArray(at->json) && at->json->child != NULL;
}

/* Takes the place of `at`; the root stays. */
static void replace(node *at, cJSON *with) {
    if (at->parent == NULL || with == NULL) {
        cJSON_Delete(with);
        return;
    }
    if (at->json->string != NULL && with->string == NULL) {
        const size_t size = strlen(at->json->string) + 1;
        with->string = cJSON_malloc(size);
        memcpy(with->string, at->json->string, size);
    }
    cJSON_ReplaceItemViaPointer(at->parent, at->json, with);
    at->json = with;
}

static double edge(tree *t) {
    static const double edges[] = {0,
                                   -0.0,
                                   1,
                                   -1,
                                   0.5,
                                   1e-9,
                                   1e-300,
                                   2,
                                   3,
                                   10,
                                   60,
                                   86400,
                                   1e6,
                                   1e9,
                                   1e15,
                                   9007199254740991.0,
                                   1e300,
                                   -1e9,
                                   255,
                                   256,
                                   65535,
                                   65536,
                                   2147483647.0,
                                   2147483648.0,
                                   4294967295.0,
                                   4294967296.0,
                                   9.3e18,
                                   1.9e19,
                                   0.001,
                                   1e-6};
    return edges[below(t, sizeof edges / sizeof edges[0])];
}

static double fraction(tree *t) {
    return (double)(draw(t) >> 11) / 9007199254740992.0;
}

static double number_for(tree *t, const mu_field *field, double now) {
    const unsigned way = below(t, 10);
    if (field != NULL && way < 5 && field->kind != MU_FIELD_POINT && field->kind != MU_FIELD_RING) {
        const mu_field_limits limits = mu_field_number_limits(field);
        const double low = isfinite(limits.least) ? limits.least : 0;
        const double high = isfinite(limits.most) ? limits.most : 1000;
        const double small = fmin(high, low + 20 * fraction(t));
        const double step = field->kind == MU_FIELD_INT ? 1 : 1e-9;
        const double within = way == 0   ? low
                              : way == 1 ? high
                              : way == 2 ? small
                              : way == 3 ? (below(t, 2) != 0 ? low - step : high + step)
                                         : low + (high - low) * fraction(t);
        return field->kind == MU_FIELD_INT ? floor(within) : within;
    }
    switch (way) {
    case 5:
        return now * 2;
    case 6:
        return now + (below(t, 2) != 0 ? 1 : -1);
    case 7:
        return now / 2;
    case 8:
        return now + 4 * fraction(t) - 2;
    default:
        return edge(t);
    }
}

static cJSON *string_for(tree *t, const mu_field *field) {
    if (field != NULL && field->kind == MU_FIELD_ENUM && field->names != NULL) {
        unsigned count = 0;
        while (field->names[count] != NULL) {
            count++;
        }
        return cJSON_CreateString(field->names[below(t, count)]);
    }
    const node *other = pick(t, field != NULL && field->kind == MU_FIELD_REF ? is_id : is_string);
    return cJSON_CreateString(cJSON_IsString(other->json) ? other->json->valuestring : "a");
}

static cJSON *odd_string(tree *t) {
    static const char *const odd[] = {"",
                                      "a",
                                      "A.b-c_9",
                                      "\xe6\xb1\x89",
                                      "<b>&\"'",
                                      "../../x",
                                      "2026-02-30",
                                      "2026-09-15T24:61",
                                      "\xe2\x80\xae.abc",
                                      "%s%n",
                                      "declared:red",
                                      "step:a+60",
                                      "1e999",
                                      "null",
                                      "all",
                                      "*",
                                      "0000-00-00",
                                      "/dev/stdin",
                                      ".",
                                      "~0~1"};
    const unsigned which = below(t, sizeof odd / sizeof odd[0] + 1);
    if (which < sizeof odd / sizeof odd[0]) {
        return cJSON_CreateString(odd[which]);
    }
    char text[400];
    const unsigned length = below(t, sizeof text);
    for (unsigned i = 0; i < length; i++) {
        text[i] = (char)('a' + below(t, 26));
    }
    text[length] = 0;
    return cJSON_CreateString(text);
}

static cJSON *value_for(tree *t, const mu_field *field, int depth);

static cJSON *record_for(tree *t, const mu_record_type *record, int depth) {
    cJSON *object = cJSON_CreateObject();
    for (uint32_t f = 0; f < record->field_count; f++) {
        const mu_field *field = &record->fields[f];
        const bool wanted = (field->flags & MU_FIELD_REQUIRED) != 0 || below(t, 6) == 0;
        if (wanted && depth < DEPTH_MOST) {
            cJSON_AddItemToObject(object, field->name, value_for(t, field, depth + 1));
        }
    }
    return object;
}

static cJSON *point_for(tree *t) {
    const node *other = pick(t, is_number);
    const double near = cJSON_IsNumber(other->json) ? other->json->valuedouble : 5;
    const double at[2] = {below(t, 2) != 0 ? near : round(60 * fraction(t)) / 2,
                          round(60 * fraction(t)) / 2};
    return cJSON_CreateDoubleArray(at, 2);
}

static cJSON *ring_for(tree *t) {
    cJSON *ring = cJSON_CreateArray();
    const unsigned count = 2 + below(t, 6);
    for (unsigned i = 0; i < count; i++) {
        cJSON_AddItemToArray(ring, point_for(t));
    }
    return ring;
}

static cJSON *dist_for(tree *t, const mu_field *field) {
    const char *const *words = mu_dist_words();
    unsigned count = 0;
    while (words[count] != NULL) {
        count++;
    }
    const unsigned kind = below(t, count);
    const mu_dist_form *form = mu_dist_form_get((mu_dist_kind)kind);
    cJSON *dist = cJSON_CreateObject();
    cJSON_AddStringToObject(dist, "dist", words[kind]);
    double value = 0;
    for (int p = 0; p < MU_DIST_PARAMETERS_MOST && form->parameters[p].name != NULL; p++) {
        value = below(t, 8) == 0 ? number_for(t, field, value) : value + 10 * fraction(t);
        cJSON_AddNumberToObject(dist, form->parameters[p].name, value);
    }
    return dist;
}

static cJSON *one_for(tree *t, const mu_field *field, int depth) {
    switch (field->kind) {
    case MU_FIELD_BOOL:
        return cJSON_CreateBool(below(t, 2) != 0);
    case MU_FIELD_INT:
    case MU_FIELD_REAL:
        return cJSON_CreateNumber(number_for(t, field, 1));
    case MU_FIELD_POINT:
        return point_for(t);
    case MU_FIELD_RING:
        return ring_for(t);
    case MU_FIELD_DIST:
        return below(t, 3) == 0 ? cJSON_CreateNumber(number_for(t, field, 1)) : dist_for(t, field);
    case MU_FIELD_RECORD:
        return record_for(t, field->record, depth);
    case MU_FIELD_DATE:
        return cJSON_CreateString(below(t, 2) != 0 ? "2026-09-15T10:30" : "2024-02-29");
    case MU_FIELD_ID: {
        char id[24];
        snprintf(id, sizeof id, "n%u", below(t, 100000));
        return cJSON_CreateString(id);
    }
    default:
        return string_for(t, field);
    }
}

static cJSON *value_for(tree *t, const mu_field *field, int depth) {
    if ((field->flags & MU_FIELD_LIST) == 0) {
        return one_for(t, field, depth);
    }
    cJSON *list = cJSON_CreateArray();
    for (unsigned count = 1 + below(t, 3); count > 0 && depth < DEPTH_MOST; count--) {
        cJSON_AddItemToArray(list, one_for(t, field, depth));
    }
    return list;
}

/* An id that nobody else has. */
static void rename_id(tree *t, cJSON *object) {
    cJSON *id = cJSON_GetObjectItemCaseSensitive(object, "id");
    char name[100];
    if (cJSON_IsString(id)) {
        snprintf(name, sizeof name, "%.60s-%u", id->valuestring, below(t, 1000));
        cJSON_SetValuestring(id, name);
    }
}

static void double_item(tree *t) {
    node *at = pick(t, is_item);
    if (at->parent == NULL) {
        return;
    }
    const unsigned copies = below(t, 12) == 0 ? below(t, COPIES_MOST) : 1;
    for (unsigned i = 0; i < copies; i++) {
        cJSON *copy = cJSON_Duplicate(at->json, 1);
        if (below(t, 8) != 0) {
            rename_id(t, copy);
        }
        cJSON_AddItemToArray(at->parent, copy);
    }
}

static void remove_node(tree *t) {
    node *at = pick(t, below(t, 3) != 0 ? is_item : NULL);
    if (at->parent != NULL) {
        cJSON_Delete(cJSON_DetachItemViaPointer(at->parent, at->json));
    }
}

static bool is_within(const cJSON *part, const cJSON *whole) {
    for (const cJSON *child = whole->child; child != NULL; child = child->next) {
        if (child == part || is_within(part, child)) {
            return true;
        }
    }
    return part == whole;
}

/* Two places that may hold the same kind of thing change what they hold. */
static void swap(tree *t) {
    node *one = pick(t, NULL);
    for (int tries = 0; tries < 200 && one->field != NULL; tries++) {
        node *two = &t->nodes[below(t, t->count)];
        const bool alike = two->parent != NULL && two->field != NULL &&
                           two->field->kind == one->field->kind &&
                           two->json->type == one->json->type;
        if (alike && !is_within(one->json, two->json) && !is_within(two->json, one->json)) {
            cJSON *copy = cJSON_Duplicate(two->json, 1);
            cJSON *other = cJSON_Duplicate(one->json, 1);
            cJSON_free(copy->string);
            cJSON_free(other->string);
            copy->string = other->string = NULL;
            replace(one, copy);
            replace(two, other);
            return;
        }
    }
}

static void add_field(tree *t) {
    node *at = pick(t, is_record);
    if (at->record == NULL || !cJSON_IsObject(at->json)) {
        return;
    }
    const mu_field *field = &at->record->fields[below(t, at->record->field_count)];
    cJSON *old = cJSON_GetObjectItemCaseSensitive(at->json, field->name);
    cJSON *fresh = value_for(t, field, 0);
    if (old != NULL && (field->flags & MU_FIELD_LIST) != 0 && cJSON_IsArray(old)) {
        while (fresh->child != NULL) {
            cJSON_AddItemToArray(old, cJSON_DetachItemFromArray(fresh, 0));
        }
        cJSON_Delete(fresh);
    } else if (old != NULL) {
        cJSON_ReplaceItemInObjectCaseSensitive(at->json, field->name, fresh);
    } else {
        cJSON_AddItemToObject(at->json, field->name, fresh);
    }
}

static void change_number(tree *t) {
    node *at = pick(t, is_number);
    if (cJSON_IsNumber(at->json)) {
        const node *other = pick(t, is_number);
        const double value = below(t, 4) == 0 && cJSON_IsNumber(other->json)
                                 ? other->json->valuedouble
                                 : number_for(t, at->field, at->json->valuedouble);
        cJSON_SetNumberValue(at->json, value);
    }
}

static void change_string(tree *t) {
    node *at = pick(t, is_string);
    if (cJSON_IsString(at->json)) {
        replace(at, below(t, 5) == 0 ? odd_string(t) : string_for(t, at->field));
    }
}

static void change_type(tree *t) {
    node *at = pick(t, below(t, 2) != 0 ? is_leaf : NULL);
    static const char *const texts[] = {"null", "true", "[]",    "{}",    "\"\"",
                                        "0",    "[[]]", "[0,0]", "[null]"};
    replace(at, cJSON_Parse(texts[below(t, sizeof texts / sizeof texts[0])]));
}

static void turn_list(tree *t) {
    node *at = pick(t, is_array);
    if (cJSON_IsArray(at->json) && at->json->child != NULL) {
        cJSON *first = cJSON_DetachItemFromArray(at->json, 0);
        if (below(t, 4) != 0) {
            cJSON_AddItemToArray(at->json, first);
        } else {
            cJSON_Delete(first);
        }
    }
}

static void renew(tree *t) {
    node *at = pick(t, NULL);
    if (at->field != NULL && at->parent != NULL) {
        replace(at,
                cJSON_IsArray(at->parent) ? one_for(t, at->field, 2) : value_for(t, at->field, 2));
    }
}

static void mutate_once(tree *t) {
    static void (*const ways[])(tree *) = {
        change_number, change_number, change_number, change_number, change_number,
        change_string, change_string, add_field,     add_field,     add_field,
        add_field,     double_item,   remove_node,   swap,          swap,
        swap,          renew,         renew,         turn_list,     change_type};
    ways[below(t, sizeof ways / sizeof ways[0])](t);
    collect(t);
}

static size_t print(const tree *t, uint8_t *out, size_t most) {
    char *text = cJSON_PrintUnformatted(t->root);
    const size_t length = text != NULL ? strlen(text) : 0;
    const bool fits = length > 0 && length <= most;
    if (fits) {
        memcpy(out, text, length);
    }
    cJSON_free(text);
    return fits ? length : 0;
}

size_t fuzz_mutate_json(uint8_t *data, size_t size, size_t most, unsigned seed) {
    static tree t;
    t.luck = seed;
    t.root = cJSON_ParseWithLength((const char *)data, size);
    if (t.root == NULL) {
        return 0;
    }
    collect(&t);
    for (unsigned times = 1 + below(&t, below(&t, 4) == 0 ? 5 : 1); times > 0; times--) {
        mutate_once(&t);
    }
    size_t length = print(&t, data, most);
    for (int tries = 0; length == 0 && tries < 20; tries++) { /* too long */
        remove_node(&t);
        collect(&t);
        length = print(&t, data, most);
    }
    cJSON_Delete(t.root);
    return length;
}

enum { LINES_MOST = 2000 };

/* Lines as places in the text; returns how many. */
static unsigned split(const uint8_t *data, size_t size, size_t starts[LINES_MOST + 1]) {
    unsigned count = 0;
    for (size_t at = 0; at < size && count < LINES_MOST;) {
        starts[count++] = at;
        const uint8_t *end = memchr(data + at, '\n', size - at);
        at = end != NULL ? (size_t)(end - data) + 1 : size;
    }
    starts[count] = size;
    return count;
}

size_t fuzz_splice(uint8_t *data, size_t size, size_t most, size_t from, size_t to,
                   const uint8_t *with, size_t length) {
    const size_t now = size - (to - from) + length;
    if (now > most) {
        return 0;
    }
    memmove(data + from + length, data + to, size - to);
    memcpy(data + from, with, length);
    return now;
}

size_t fuzz_mutate_lines(uint8_t *data, size_t size, size_t most, unsigned seed) {
    static size_t starts[LINES_MOST + 1];
    static uint8_t line[1 << 16];
    static tree luck;
    luck.luck = seed;
    const unsigned count = split(data, size, starts);
    if (count == 0) {
        return 0;
    }
    const unsigned one = below(&luck, count), other = below(&luck, count), way = below(&luck, 8);
    size_t length = starts[one + 1] - starts[one];
    if (length == 0 || length > sizeof line / 2) {
        return 0;
    }
    memcpy(line, data + starts[one], length);
    if (way == 0) { /* taken away */
        return fuzz_splice(data, size, most, starts[one], starts[one + 1], line, 0);
    }
    if (way == 1) { /* doubled elsewhere */
        return fuzz_splice(data, size, most, starts[other], starts[other], line, length);
    }
    if (line[length - 1] == '\n') {
        length--;
    }
    length = fuzz_mutate_json(line, length, sizeof line - 1, (unsigned)draw(&luck));
    line[length++] = '\n';
    return length == 1 ? 0
                       : fuzz_splice(data, size, most, starts[one], starts[one + 1], line, length);
}

size_t fuzz_cross_json(const uint8_t *one, size_t one_size, const uint8_t *two, size_t two_size,
                       uint8_t *out, size_t most, unsigned seed) {
    static tree a, b;
    a.luck = b.luck = seed;
    a.root = cJSON_ParseWithLength((const char *)one, one_size);
    b.root = cJSON_ParseWithLength((const char *)two, two_size);
    size_t length = 0;
    if (a.root != NULL && b.root != NULL) {
        collect(&a);
        collect(&b);
        for (int tries = 0; length == 0 && tries < 40; tries++) {
            node *into = pick(&a, NULL);
            const node *from = pick(&b, NULL);
            if (into->field != NULL && into->field == from->field &&
                into->json->type == from->json->type) {
                cJSON *copy = cJSON_Duplicate(from->json, 1);
                cJSON_free(copy->string);
                copy->string = NULL;
                replace(into, copy);
                length = print(&a, out, most);
                break;
            }
        }
    }
    cJSON_Delete(a.root);
    cJSON_Delete(b.root);
    return length;
}
