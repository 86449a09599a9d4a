/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "text_whole.h"

#include <stdbool.h>
#include <stdlib.h>

mu_status mu_text_whole_begin(mu_text_whole *out) {
    *out = (mu_text_whole){.stream = NULL};
    out->stream = open_memstream(&out->text, &out->length);
    return out->stream != NULL ? MU_OK : MU_ERR_MEMORY;
}

mu_status mu_text_whole_finish(mu_text_whole *out, mu_status printed) {
    const bool lacks = ferror(out->stream) != 0;
    const bool closed = fclose(out->stream) == 0;
    const mu_status status = printed == MU_OK && (lacks || !closed) ? MU_ERR_MEMORY : printed;
    out->stream = NULL;
    if (status != MU_OK) {
        free(out->text);
        *out = (mu_text_whole){.stream = NULL};
    }
    return status;
}
