/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that a planner lays under the plan: what their first bytes say, and what a library makes
 * of the rest. The file is called what no kind of picture is called: what counts is what it holds.
 */
#include "fuzz.h"
#include "render/picture_sdl.h"

enum { PIXELS_MOST = 1000 * 1000 }; /* that are made here; more would only take time */

void fuzz_picture(const uint8_t *data, size_t size) {
    const char *path = fuzz_file("picture.tga", data, size);
    mu_picture_head head;
    if (!mu_picture_head_read(path, &head)) {
        return;
    }
    fuzz_reach(FUZZ_READ);
    const uint64_t promised = (uint64_t)head.width * head.height;
    if (promised > PIXELS_MOST) {
        return;
    }
    mu_image image;
    const mu_picture_state state = mu_picture_load(path, &head, &image);
    fuzz_require((state == MU_PICTURE_LOADED) == (image.pixels != NULL));
    if (state == MU_PICTURE_LOADED) {
        fuzz_reach(FUZZ_PASSED);
        fuzz_require((uint64_t)image.width * (uint64_t)image.height <= promised);
    }
    free(image.pixels);
}
