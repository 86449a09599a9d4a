/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large a picture is, from the first bytes of its file: asked before a library makes pixels of
 * it, since a few kilobytes can stand for more of them than there is memory for. */
#ifndef MU_RENDER_PICTURE_HEAD_H
#define MU_RENDER_PICTURE_HEAD_H

#include <stdbool.h>
#include <stdint.h>

typedef struct mu_picture_head {
    uint64_t bytes; /* of the file */
    uint32_t width, height;
} mu_picture_head;

/* False where it is no file that can be read, or no PNG, JPEG, BMP or TIFF. */
bool mu_picture_head_read(const char *path, mu_picture_head *out);
bool mu_picture_head_fits(const mu_picture_head *head);

#endif
