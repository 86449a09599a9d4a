/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.json: what a pack was made from, and what each box of its sheets stands for, so that times
 * that are typed in later can be judged. */
#ifndef MU_DRILL_PACK_PACK_FILE_H
#define MU_DRILL_PACK_PACK_FILE_H

#include "core/loader.h"
#include "drill/pack/pack.h"

/* A box, as the file gives it. */
typedef struct mu_pack_box {
    const char *code; /* "P07" */
    int what;         /* mu_watch_what */
    const char *term; /* "declared:red"; of a step "step:verify"; of people "alerted" */
} mu_pack_box;

typedef struct mu_pack_input {
    const char *name; /* last part of a file's name */
    const char *hash;
} mu_pack_input;

typedef struct mu_pack_given {
    const char *id;       /* of the incident */
    const char *incident; /* file, relative to the pack */
    const char *policy;   /* the same, where one was given in place of the incident's; NULL */
    const char *program;
    int64_t seed, reps;
    int motion, motion_mode; /* words given in place of the incident's; 0 = its own */
    MU_LIST_OF(mu_pack_input) inputs;
    MU_LIST_OF(mu_pack_box) boxes;
} mu_pack_given;

/* The file kind "muster.pack"; its root struct is mu_pack_given. */
extern const mu_file_kind mu_pack_kind;

/* `incident` and `policy` (NULL) as they are to stand in the file. */
MU_MUST_USE mu_status mu_pack_write(const mu_pack_def *def, const char *incident,
                                    const char *policy, const char *path, mu_diags *diags);

#endif
