/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors are values. A function that can fail returns a mu_status and explains itself in a
 * mu_diags list (diag.h); on failure its outputs are unchanged. Nothing in libmuster prints or
 * exits. */
#ifndef MUSTER_STATUS_H
#define MUSTER_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define MU_MUST_USE                  __attribute__((warn_unused_result))
#define MU_PRINTF(text_at, first_at) __attribute__((format(printf, text_at, first_at)))
#else
#define MU_MUST_USE
#define MU_PRINTF(text_at, first_at)
#endif

typedef enum mu_status {
    MU_OK = 0,
    MU_ERR_INPUT,  /* a file says something that cannot be; the diagnostics say where and what */
    MU_ERR_IO,     /* a file could not be read or written */
    MU_ERR_MEMORY, /* no memory */
    MU_ERR_LIMIT,  /* a documented limit would be exceeded */
    MU_ERR_RUN     /* the run cannot go on; the world's status says why */
} mu_status;

#ifdef __cplusplus
}
#endif
#endif
