/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PNG: ISO/IEC 15948, IHDR is the first chunk. JPEG: ITU-T T.81, B.2.2, the frame header among the
 * segments. BMP: BITMAPCOREHEADER and the longer ones. TIFF 6.0, tags 256 and 257 of the first
 * directory. What the library that makes the pixels could read in another way than it is read here
 * is refused; and so is GIF: that library (SDL_image 2.6) writes past the end of what it makes of
 * one that is damaged. */
#include "render/picture_head.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "muster/project.h"

static uint32_t big(const unsigned char *at, int bytes) {
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++) {
        value = value << 8 | at[i];
    }
    return value;
}

static uint32_t little(const unsigned char *at, int bytes) {
    uint32_t value = 0;
    for (int i = bytes; i > 0; i--) {
        value = value << 8 | at[i - 1];
    }
    return value;
}

/* Markers without a length behind them (TEM, RST, SOI, EOI) have no place before the frame. */
static bool stands_alone(unsigned char marker) {
    return marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd9);
}

/* From segment to segment to the first frame header: C0 to CF without C4, C8 and CC. */
static bool read_jpeg(FILE *file, mu_picture_head *out) {
    unsigned char at[9];
    long where = 2;
    for (int segments = 0; segments < 1000; segments++) {
        if (fseek(file, where, SEEK_SET) != 0 || fread(at, 1, sizeof at, file) != sizeof at ||
            at[0] != 0xff || stands_alone(at[1])) {
            return false;
        }
        const bool frame =
            at[1] >= 0xc0 && at[1] <= 0xcf && at[1] != 0xc4 && at[1] != 0xc8 && at[1] != 0xcc;
        if (frame) {
            out->height = big(at + 5, 2);
            out->width = big(at + 7, 2);
            return true;
        }
        where += at[1] == 0xff ? 1 : 2 + (long)big(at + 2, 2); /* 0xff may be repeated to fill up */
    }
    return false;
}

enum { TIFF_SHORT = 3, TIFF_LONG = 4 };

static bool read_tiff(FILE *file, const unsigned char *head, mu_picture_head *out) {
    uint32_t (*const number)(const unsigned char *, int) = head[0] == 'I' ? little : big;
    unsigned char count[2], entry[12];
    if (fseek(file, (long)number(head + 4, 4), SEEK_SET) != 0 ||
        fread(count, 1, sizeof count, file) != sizeof count) {
        return false;
    }
    for (uint32_t left = number(count, 2); left > 0; left--) {
        if (fread(entry, 1, sizeof entry, file) != sizeof entry) {
            return false;
        }
        const uint32_t tag = number(entry, 2), type = number(entry + 2, 2);
        uint32_t *side = tag == 256 ? &out->width : tag == 257 ? &out->height : NULL;
        if (side != NULL && (*side != 0 || (type != TIFF_SHORT && type != TIFF_LONG) ||
                             number(entry + 4, 4) != 1)) {
            return false;
        }
        if (side != NULL) {
            *side = number(entry + 8, type == TIFF_SHORT ? 2 : 4);
        }
    }
    return true;
}

/* Whole, chunk by chunk to the last. At the end of a file that was cut off the library would read
 * the same chunk again for ever: it is told of no end. */
static bool is_whole_png(FILE *file, uint64_t bytes) {
    unsigned char chunk[8];
    uint64_t at = 8;
    while (fseek(file, (long)at, SEEK_SET) == 0 &&
           fread(chunk, 1, sizeof chunk, file) == sizeof chunk) {
        at += 12 + (uint64_t)big(chunk, 4);
        if (at > bytes || memcmp(chunk + 4, "IEND", 4) == 0) {
            return at <= bytes;
        }
    }
    return false;
}

static bool read_head(FILE *file, mu_picture_head *out) {
    unsigned char head[32] = {0};
    if (fread(head, 1, sizeof head, file) < 10) {
        return false;
    }
    if (memcmp(head, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) == 0) {
        out->width = big(head + 16, 4);
        out->height = big(head + 20, 4);
        return is_whole_png(file, out->bytes);
    }
    if (memcmp(head, "BM", 2) == 0) {
        const int wide = little(head + 14, 4) == 12 ? 2 : 4;
        const uint32_t height = little(head + 18 + wide, wide);
        out->width = little(head + 18, wide);
        out->height = height > INT32_MAX ? 0 - height : height; /* below 0: from top to bottom */
        return true;
    }
    if (memcmp(head, "II*\0", 4) == 0 || memcmp(head, "MM\0*", 4) == 0) {
        return read_tiff(file, head, out);
    }
    return memcmp(head, "\xff\xd8\xff", 3) == 0 && read_jpeg(file, out);
}

bool mu_picture_head_read(const char *path, mu_picture_head *out) {
    struct stat status;
    *out = (mu_picture_head){0};
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
        return false; /* opening a pipe would wait for its writer */
    }
    out->bytes = (uint64_t)status.st_size;
    FILE *file = fopen(path, "rb");
    const bool read = file != NULL && read_head(file, out);
    if (file != NULL) {
        (void)fclose(file);
    }
    return read && out->width > 0 && out->height > 0;
}

bool mu_picture_head_fits(const mu_picture_head *head) {
    return head->bytes <= MU_PICTURE_BYTES_MOST &&
           (uint64_t)head->width * head->height <= MU_PICTURE_PIXELS_MOST;
}
