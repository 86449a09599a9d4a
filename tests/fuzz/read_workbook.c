/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An Excel workbook is XML in a zip file. Mutated as a zip it would never be opened, so what is
 * mutated are its parts as one text, each behind a line "--- NAME"; they are put into a zip here,
 * stored, not packed. */
#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "fuzz.h"
#include "tools/policy_sheet.h"

enum { PARTS_MOST = 12, NAME_MOST = 60, LOCAL_BYTES = 30, CENTRAL_BYTES = 46, END_BYTES = 22 };

typedef struct part {
    const char *name, *text;
    size_t name_length, length, offset;
    uint32_t check;
} part;

/* CRC-32 of ISO 3309, bit by bit. */
static uint32_t check_of(const char *text, size_t length) {
    uint32_t check = UINT32_MAX;
    for (size_t i = 0; i < length; i++) {
        check ^= (uint8_t)text[i];
        for (int bit = 0; bit < 8; bit++) {
            check = check >> 1 ^ (0xedb88320u & (0u - (check & 1)));
        }
    }
    return ~check;
}

static unsigned take_apart(const char *text, part parts[PARTS_MOST]) {
    static const char mark[] = "--- ";
    unsigned count = 0;
    const char *at = strstr(text, mark);
    while (at != NULL && count < PARTS_MOST) {
        const char *name = at + strlen(mark), *line = strchr(name, '\n');
        if (line == NULL) {
            break;
        }
        char next[] = "\n--- ";
        const char *end = strstr(line, next);
        const size_t length = end != NULL ? (size_t)(end - line - (end > line)) : strlen(line + 1);
        if (line - name < NAME_MOST) {
            parts[count++] = (part){.name = name,
                                    .name_length = (size_t)(line - name),
                                    .text = line + 1,
                                    .length = length,
                                    .check = check_of(line + 1, length)};
        }
        at = end != NULL ? end + 1 : NULL;
    }
    return count;
}

static uint8_t *put(uint8_t *at, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++) {
        *at++ = (uint8_t)(value >> 8 * i);
    }
    return at;
}

/* What local and central heads have in common (APPNOTE.TXT, 4.3.7 and 4.3.12). */
static uint8_t *put_common(uint8_t *at, const part *of) {
    at = put(at, 20, 2);      /* version needed */
    at = put(at, 0, 4);       /* flags; stored */
    at = put(at, 1 << 21, 4); /* the first of January 1980 */
    at = put(at, of->check, 4);
    at = put(at, (uint32_t)of->length, 4);
    at = put(at, (uint32_t)of->length, 4);
    at = put(at, (uint32_t)of->name_length, 2);
    return put(at, 0, 2); /* nothing extra */
}

static uint8_t *put_text(uint8_t *at, const char *text, size_t length) {
    memcpy(at, text, length);
    return at + length;
}

static size_t zip(part *parts, unsigned count, uint8_t *out) {
    uint8_t *at = out;
    for (unsigned i = 0; i < count; i++) {
        parts[i].offset = (size_t)(at - out);
        at = put_common(put(at, 0x04034b50, 4), &parts[i]);
        at = put_text(at, parts[i].name, parts[i].name_length);
        at = put_text(at, parts[i].text, parts[i].length);
    }
    const size_t central = (size_t)(at - out);
    for (unsigned i = 0; i < count; i++) {
        at = put_common(put(put(at, 0x02014b50, 4), 20, 2), &parts[i]);
        at = put(put(put(put(at, 0, 2), 0, 2), 0, 2), 0, 4); /* comment, disk, attributes */
        at = put(at, (uint32_t)parts[i].offset, 4);
        at = put_text(at, parts[i].name, parts[i].name_length);
    }
    const size_t end = (size_t)(at - out);
    at = put(put(at, 0x06054b50, 4), 0, 4);
    at = put(put(at, count, 2), count, 2);
    at = put(put(at, (uint32_t)(end - central), 4), (uint32_t)central, 4);
    return (size_t)(put(at, 0, 2) - out);
}

/* As `muster import policy` takes it. */
static void read_policy(const char *path) {
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    const mu_status status =
        mu_policy_sheet_read(path, NULL, fuzz_path("policy-out.json"), arena, diags);
    fuzz_require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_check_diags(diags);
    if (status == MU_OK) {
        fuzz_reach(FUZZ_BUILT);
    }
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
}

void fuzz_workbook(const uint8_t *data, size_t size) {
    char *text = strndup((const char *)data, size);
    part parts[PARTS_MOST];
    fuzz_require(text != NULL);
    const unsigned count = take_apart(text, parts);
    size_t room = END_BYTES;
    for (unsigned i = 0; i < count; i++) {
        room += LOCAL_BYTES + CENTRAL_BYTES + 2 * parts[i].name_length + parts[i].length;
    }
    uint8_t *packed = malloc(room);
    fuzz_require(packed != NULL);
    const size_t length = zip(parts, count, packed);
    fuzz_require(length == room);
    const char *path =
        count > 0 ? fuzz_file("sheet.xlsx", packed, length) : fuzz_file("sheet.xlsx", data, size);
    if (fuzz_read_sheet(path)) {
        read_policy(path);
    }
    free(packed);
    free(text);
}
