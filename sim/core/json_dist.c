/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a distribution: a number, or an object whose "dist" says which form (dist_form.h) it takes
 * its parameters from. */
#include <math.h>
#include <string.h>

#include "core/dist_form.h"
#include "core/i18n.h"
#include "core/json_read.h"

enum { NAMES_MOST = MU_DIST_PARAMETERS_MOST + 2 };

typedef struct dist_reading {
    mu_json_reader *reader;
    const mu_field *field;
    mu_field_limits limits;
    const mu_dist_form *form;
    double values[MU_DIST_PARAMETERS_MOST];
    unsigned seen; /* one bit a parameter */
    bool good;
} dist_reading;

static void read_parameter(dist_reading *r, uint32_t at, mu_json_item item) {
    const mu_dist_parameter *parameter = &r->form->parameters[at];
    const mu_dist_bounds bounds =
        mu_dist_form_bounds(parameter->rule, r->limits.least, r->limits.most);
    const bool takes_unit = parameter->rule <= MU_DIST_SPREAD;
    const mu_field bare = {.kind = MU_FIELD_DIST, .unit = takes_unit ? r->field->unit : NULL};
    r->seen |= 1u << at;
    if (!mu_json_check_number(r->reader, &bare, item,
                              (mu_field_limits){bounds.least, bounds.most})) {
        r->good = false;
        return;
    }
    r->values[at] = item.json->valuedouble + 0.0;
    if (bounds.above_least && r->values[at] <= bounds.least) {
        mu_json_complain(r->reader, item, "json.range", NULL, _("\"%s\" must be above %.15g"),
                         parameter->name, bounds.least);
        r->good = false;
    }
}

static uint32_t parameter_count(const mu_dist_form *form) {
    uint32_t count = 0;
    while (count < MU_DIST_PARAMETERS_MOST && form->parameters[count].name) {
        count++;
    }
    return count;
}

static void read_member(dist_reading *r, mu_json_item member, mu_dist *out) {
    const char *key = member.json->string;
    const char *names[NAMES_MOST] = {"dist", "source"};
    const uint32_t count = parameter_count(r->form);
    if (strcmp(key, "dist") == 0) {
        return;
    }
    if (strcmp(key, "source") == 0) {
        out->source = mu_json_read_string(r->reader, member, false);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        names[i + 2] = r->form->parameters[i].name;
        if (strcmp(key, names[i + 2]) == 0) {
            if (!(r->seen >> i & 1)) {
                read_parameter(r, i, member);
            }
            return;
        }
    }
    mu_json_complain_key(r->reader, member, names, count + 2);
    r->good = false;
}

static void check_order(dist_reading *r, mu_json_item item) {
    const uint32_t count = parameter_count(r->form);
    for (uint32_t i = 1; i < count && r->form->parameters[i].rule == MU_DIST_VALUE; i++) {
        if (r->values[i - 1] > r->values[i]) {
            mu_json_complain(r->reader, item, "json.range", NULL,
                             _("\"%s\" %.15g is above \"%s\" %.15g"),
                             r->form->parameters[i - 1].name, r->values[i - 1],
                             r->form->parameters[i].name, r->values[i]);
            r->good = false;
        }
    }
}

static void check_all(dist_reading *r, mu_json_item item) {
    const uint32_t count = parameter_count(r->form);
    for (uint32_t i = 0; i < count; i++) {
        if (!(r->seen >> i & 1)) {
            mu_json_complain(r->reader, item, "json.missing-key", _(r->form->meaning),
                             _("the distribution \"%s\" needs \"%s\""), r->form->word,
                             r->form->parameters[i].name);
            r->good = false;
        }
    }
    if (r->good) {
        check_order(r, item);
    }
}

/* The member "dist"; none where it is missing. */
static mu_json_item find_kind(const mu_json_reader *reader, mu_json_item item) {
    mu_json_item member = mu_json_first(item);
    while (member.json && strcmp(member.json->string, "dist") != 0) {
        member = mu_json_next(reader, member);
    }
    return member;
}

static void read_object(dist_reading *r, mu_json_item item, mu_dist *out) {
    const mu_json_item word = find_kind(r->reader, item);
    if (!word.json) {
        mu_json_complain(r->reader, item, "json.missing-key",
                         _("such as {\"dist\": \"lognormal\", \"median\": 30, \"sigma\": 0.5}"),
                         _("a distribution needs \"dist\""));
        return;
    }
    const int kind = mu_json_read_keyword(r->reader, word, mu_dist_words());
    if (kind < 0) {
        return;
    }
    r->form = mu_dist_form_get((mu_dist_kind)kind);
    for (mu_json_item member = mu_json_first(item); member.json;
         member = mu_json_next(r->reader, member)) {
        read_member(r, member, out);
    }
    check_all(r, item);
    if (r->good) {
        *out = (mu_dist){(mu_dist_kind)kind, r->values[0], r->values[1], r->values[2], out->source};
    }
}

void mu_json_read_dist(mu_json_reader *reader, const mu_field *field, mu_json_item item,
                       mu_dist *out) {
    dist_reading r = {
        .reader = reader, .field = field, .limits = mu_field_number_limits(field), .good = true};
    if (cJSON_IsObject(item.json)) {
        read_object(&r, item, out);
    } else if (!cJSON_IsNumber(item.json)) {
        mu_json_complain_type(reader, item, _("a number or a distribution {\"dist\": ...}"));
    } else if (mu_json_check_number(reader, field, item, r.limits)) {
        *out = (mu_dist){.kind = MU_DIST_CONSTANT, .a = item.json->valuedouble + 0.0};
    }
}
