/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kind of file as JSON Schema, draft 2020-12, from its field tables. Each record type, and each
 * form that values share, is one definition; the schema accepts what the reader accepts, as far as
 * a schema can say: it knows nothing of duplicate keys, dangling references or leap years. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/dist_form.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "core/loader.h"

enum { NAME_ROOM = 96, DESCRIPTION_ROOM = 400 };

#define WORD_PATTERN "^[A-Za-z0-9][A-Za-z0-9._-]*$"
/* Days by the length of their month; the reader also knows in which years there is a 29 February.
 */
#define DATE_PATTERN                                                                               \
    "^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"       \
    "|02-(0[1-9]|[12][0-9]))(T([01][0-9]|2[0-3]):[0-5][0-9])?$"
#define CONTROLS          "[\\u0000-\\u001f\\u007f-\\u009f]"
#define CONTROLS_NOT_LINE "[\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f]"

static void put_limits(mu_json_out *out, mu_field_limits limits) {
    if (isfinite(limits.least)) {
        mu_json_put_real(out, "minimum", limits.least);
    }
    if (isfinite(limits.most)) {
        mu_json_put_real(out, "maximum", limits.most);
    }
}

static void put_item_limits(mu_json_out *out, mu_field_limits limits) {
    mu_json_put_real(out, "minItems", limits.least);
    mu_json_put_real(out, "maxItems", limits.most);
}

/* "#/$defs/" and a name. */
static void put_reference(mu_json_out *out, const char *name) {
    char target[NAME_ROOM + 16];
    snprintf(target, sizeof target, "#/$defs/%s", name);
    mu_json_put_string(out, "$ref", target);
}

static void name_distribution(mu_field_limits limits, char name[NAME_ROOM]) {
    char least[32], most[32];
    mu_json_print_real(limits.least, least);
    mu_json_print_real(limits.most, most);
    snprintf(name, NAME_ROOM, "distribution_%s_%s", least, most);
}

static void put_enum(mu_json_out *out, const char *const *names) {
    mu_json_open_flat(out, "enum", '[');
    for (; *names; names++) {
        mu_json_put_string(out, NULL, *names);
    }
    mu_json_close(out, ']');
}

/* What one value of the field must be, without its description. */
static void put_value(mu_json_out *out, const mu_field *field) {
    char name[NAME_ROOM];
    switch (field->kind) {
    case MU_FIELD_BOOL:
        mu_json_put_string(out, "type", "boolean");
        break;
    case MU_FIELD_INT:
    case MU_FIELD_REAL:
        mu_json_put_string(out, "type", field->kind == MU_FIELD_INT ? "integer" : "number");
        put_limits(out, mu_field_number_limits(field));
        break;
    case MU_FIELD_STRING:
        put_reference(out, "string");
        break;
    case MU_FIELD_WORD:
    case MU_FIELD_ID:
    case MU_FIELD_REF:
        put_reference(out, "word");
        break;
    case MU_FIELD_ENUM:
        put_enum(out, field->names);
        break;
    case MU_FIELD_TEXT:
        put_reference(out, "text");
        break;
    case MU_FIELD_POINT:
        put_reference(out, "point");
        break;
    case MU_FIELD_RING:
        mu_json_put_string(out, "type", "array");
        put_item_limits(out, mu_field_item_limits(field));
        mu_json_open_flat(out, "items", '{');
        put_reference(out, "point");
        mu_json_close(out, '}');
        break;
    case MU_FIELD_DIST:
        name_distribution(mu_field_number_limits(field), name);
        put_reference(out, name);
        break;
    case MU_FIELD_DATE:
        mu_json_put_string(out, "type", "string");
        mu_json_put_string(out, "pattern", DATE_PATTERN);
        break;
    case MU_FIELD_JSON:
        break; /* anything */
    case MU_FIELD_RECORD:
        put_reference(out, field->record->name);
        break;
    }
}

/* The meaning, the unit, and of what a reference gives the id. */
static void put_description(mu_json_out *out, const mu_field *field) {
    char text[DESCRIPTION_ROOM];
    const bool has_unit = field->unit && strcmp(field->unit, "1") != 0;
    const char *meaning = _(field->meaning);
    if (field->kind == MU_FIELD_REF) {
        snprintf(text, sizeof text, _("%s (id of a %s)"), meaning,
                 _(mu_field_entity_name(field->target)));
    } else {
        snprintf(text, sizeof text, has_unit ? _("%s (%s)") : "%s", meaning, field->unit);
    }
    mu_json_put_string(out, "description", text);
}

static void put_default(mu_json_out *out, const mu_field *field) {
    if (field->flags & (MU_FIELD_REQUIRED | MU_FIELD_LIST)) {
        return;
    }
    switch (field->kind) {
    case MU_FIELD_BOOL:
        mu_json_put_bool(out, "default", field->fallback != 0);
        break;
    case MU_FIELD_INT:
    case MU_FIELD_REAL:
    case MU_FIELD_DIST:
        mu_json_put_real(out, "default", field->fallback);
        break;
    case MU_FIELD_ENUM:
        mu_json_put_string(out, "default", field->names[(int)field->fallback]);
        break;
    case MU_FIELD_STRING:
    case MU_FIELD_WORD:
    case MU_FIELD_ID:
    case MU_FIELD_REF:
    case MU_FIELD_TEXT:
    case MU_FIELD_POINT:
    case MU_FIELD_RING:
    case MU_FIELD_DATE:
    case MU_FIELD_JSON:
    case MU_FIELD_RECORD:
        break;
    }
}

static mu_field one_of(const mu_field *list) {
    mu_field one = *list; /* its limits were those of the list */
    one.flags = 0;
    one.least = one.most = 0;
    return one;
}

static void put_list(mu_json_out *out, const mu_field *field) {
    const mu_field one = one_of(field);
    mu_json_put_string(out, "type", "array");
    put_item_limits(out, mu_field_item_limits(field));
    mu_json_open(out, "items", '{');
    put_value(out, &one);
    mu_json_close(out, '}');
}

static void put_field(mu_json_out *out, const mu_field *field) {
    mu_json_open(out, field->name, '{');
    put_description(out, field);
    const bool nullable = (field->flags & MU_FIELD_NULLABLE) != 0;
    const bool or_one = (field->flags & MU_FIELD_OR_ONE) != 0;
    if (nullable || or_one) {
        mu_json_open(out, "anyOf", '[');
        mu_json_open(out, NULL, '{');
    }
    if (field->flags & MU_FIELD_LIST) {
        put_list(out, field);
    } else {
        put_value(out, field);
        put_default(out, field);
    }
    if (or_one) {
        const mu_field one = one_of(field);
        mu_json_close(out, '}');
        mu_json_open(out, NULL, '{');
        put_value(out, &one);
    }
    if (nullable) {
        mu_json_close(out, '}');
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "type", "null");
    }
    if (nullable || or_one) {
        mu_json_close(out, '}');
        mu_json_close(out, ']');
    }
    mu_json_close(out, '}');
}

static void put_required(mu_json_out *out, const mu_record_type *type, bool is_root) {
    mu_json_open_flat(out, "required", '[');
    if (is_root) {
        mu_json_put_string(out, NULL, "format");
        mu_json_put_string(out, NULL, "version");
    }
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (type->fields[i].flags & MU_FIELD_REQUIRED) {
            mu_json_put_string(out, NULL, type->fields[i].name);
        }
    }
    mu_json_close(out, ']');
}

static void put_header_fields(mu_json_out *out, const mu_file_kind *kind) {
    mu_json_open_flat(out, "$schema", '{');
    mu_json_put_string(out, "type", "string");
    mu_json_close(out, '}');
    mu_json_open_flat(out, "format", '{');
    mu_json_put_string(out, "const", kind->format);
    mu_json_close(out, '}');
    mu_json_open_flat(out, "version", '{');
    mu_json_put_int(out, "const", kind->version);
    mu_json_close(out, '}');
}

/* The keywords of an object made of this record's fields; `kind` is given for the root. */
static void put_record(mu_json_out *out, const mu_record_type *type, const mu_file_kind *kind) {
    mu_json_put_string(out, "type", "object");
    put_required(out, type, kind != NULL);
    mu_json_open(out, "properties", '{');
    if (kind) {
        put_header_fields(out, kind);
    }
    for (uint32_t i = 0; i < type->field_count; i++) {
        put_field(out, &type->fields[i]);
    }
    mu_json_close(out, '}');
    mu_json_put_bool(out, "additionalProperties", false);
}

static void put_string_definition(mu_json_out *out, const char *name, const char *controls) {
    mu_json_open(out, name, '{');
    mu_json_put_string(out, "type", "string");
    mu_json_put_int(out, "minLength", 1);
    mu_json_put_int(out, "maxLength", MU_FIELD_STRING_MOST);
    mu_json_open_flat(out, "not", '{');
    mu_json_put_string(out, "pattern", controls);
    mu_json_close(out, '}');
    mu_json_close(out, '}');
}

static void put_referring(mu_json_out *out, const char *key, const char *name) {
    mu_json_open_flat(out, key, '{');
    put_reference(out, name);
    mu_json_close(out, '}');
}

static void put_text_definition(mu_json_out *out) {
    mu_json_open(out, "text", '{');
    mu_json_put_string(out, "description", _("A text, or one for each language"));
    mu_json_open(out, "oneOf", '[');
    put_referring(out, NULL, "prose");
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "type", "object");
    mu_json_put_int(out, "minProperties", 1);
    mu_json_open(out, "properties", '{');
    put_referring(out, "en", "prose");
    put_referring(out, "zh", "prose");
    mu_json_close(out, '}');
    mu_json_put_bool(out, "additionalProperties", false);
    mu_json_close(out, '}');
    mu_json_close(out, ']');
    mu_json_close(out, '}');
}

static void put_word_definition(mu_json_out *out) {
    mu_json_open(out, "word", '{');
    mu_json_put_string(out, "type", "string");
    mu_json_put_string(out, "pattern", WORD_PATTERN);
    mu_json_put_int(out, "maxLength", MU_FIELD_WORD_MOST);
    mu_json_close(out, '}');
}

static void put_point_definition(mu_json_out *out) {
    static const mu_field point = {.kind = MU_FIELD_POINT};
    mu_json_open(out, "point", '{');
    mu_json_put_string(out, "description", _("[x, y] in metres, x to the east, y to the north"));
    mu_json_put_string(out, "type", "array");
    put_item_limits(out, (mu_field_limits){2, 2});
    mu_json_open_flat(out, "items", '{');
    mu_json_put_string(out, "type", "number");
    put_limits(out, mu_field_number_limits(&point));
    mu_json_close(out, '}');
    mu_json_close(out, '}');
}

static void put_parameter(mu_json_out *out, const mu_dist_parameter *parameter,
                          mu_field_limits limits) {
    const mu_dist_bounds bounds = mu_dist_form_bounds(parameter->rule, limits.least, limits.most);
    mu_json_open_flat(out, parameter->name, '{');
    mu_json_put_string(out, "type", "number");
    mu_json_put_real(out, bounds.above_least ? "exclusiveMinimum" : "minimum", bounds.least);
    mu_json_put_real(out, "maximum", bounds.most);
    mu_json_close(out, '}');
}

static void put_form(mu_json_out *out, const mu_dist_form *form, mu_field_limits limits) {
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "description", _(form->meaning));
    mu_json_put_string(out, "type", "object");
    mu_json_open_flat(out, "required", '[');
    mu_json_put_string(out, NULL, "dist");
    for (int i = 0; i < MU_DIST_PARAMETERS_MOST && form->parameters[i].name; i++) {
        mu_json_put_string(out, NULL, form->parameters[i].name);
    }
    mu_json_close(out, ']');
    mu_json_open(out, "properties", '{');
    mu_json_open_flat(out, "dist", '{');
    mu_json_put_string(out, "const", form->word);
    mu_json_close(out, '}');
    for (int i = 0; i < MU_DIST_PARAMETERS_MOST && form->parameters[i].name; i++) {
        put_parameter(out, &form->parameters[i], limits);
    }
    put_referring(out, "source", "string");
    mu_json_close(out, '}');
    mu_json_put_bool(out, "additionalProperties", false);
    mu_json_close(out, '}');
}

static void put_distribution(mu_json_out *out, const char *name, mu_field_limits limits) {
    mu_json_open(out, name, '{');
    mu_json_put_string(out, "description", _("A number, or a distribution of numbers"));
    mu_json_open(out, "oneOf", '[');
    mu_json_open_flat(out, NULL, '{');
    mu_json_put_string(out, "type", "number");
    put_limits(out, limits);
    mu_json_close(out, '}');
    for (int kind = 0; kind < MU_DIST_KIND_COUNT; kind++) {
        put_form(out, mu_dist_form_get((mu_dist_kind)kind), limits);
    }
    mu_json_close(out, ']');
    mu_json_close(out, '}');
}

/* Every pair of limits that a distribution of the file has, once. */
static void put_distributions(mu_json_out *out, const mu_record_type *const *types,
                              uint32_t type_count) {
    char names[MU_FIELD_TYPES_MOST][NAME_ROOM];
    uint32_t count = 0;
    for (uint32_t i = 0; i < type_count; i++) {
        for (uint32_t j = 0; j < types[i]->field_count; j++) {
            const mu_field *field = &types[i]->fields[j];
            if (field->kind != MU_FIELD_DIST || count == MU_FIELD_TYPES_MOST) {
                continue;
            }
            uint32_t at = 0;
            name_distribution(mu_field_number_limits(field), names[count]);
            while (strcmp(names[at], names[count]) != 0) {
                at++;
            }
            if (at == count) {
                put_distribution(out, names[count++], mu_field_number_limits(field));
            }
        }
    }
}

static void put_definitions(mu_json_out *out, const mu_record_type *root) {
    const mu_record_type *types[MU_FIELD_TYPES_MOST];
    const uint32_t count = mu_field_collect_types(root, types);
    mu_json_open(out, "$defs", '{');
    put_word_definition(out);
    put_string_definition(out, "string", CONTROLS);
    put_string_definition(out, "prose", CONTROLS_NOT_LINE);
    put_text_definition(out);
    put_point_definition(out);
    put_distributions(out, types, count);
    for (uint32_t i = 1; i < count; i++) {
        mu_json_open(out, types[i]->name, '{');
        mu_json_put_string(out, "description", _(types[i]->meaning));
        put_record(out, types[i], NULL);
        mu_json_close(out, '}');
    }
    mu_json_close(out, '}');
}

char *mu_schema_print(const mu_file_kind *kind) {
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (!stream) {
        return NULL;
    }
    mu_json_out out = {.stream = stream};
    mu_json_open(&out, NULL, '{');
    mu_json_put_string(&out, "$schema", "https://json-schema.org/draft/2020-12/schema");
    mu_json_put_string(&out, "title", kind->format);
    mu_json_put_string(&out, "description", _(kind->meaning));
    put_record(&out, kind->root, kind);
    put_definitions(&out, kind->root);
    mu_json_close(&out, '}');
    const int failed = ferror(stream);
    if (fclose(stream) != 0 || failed) {
        free(text);
        return NULL;
    }
    return text;
}
