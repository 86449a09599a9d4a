/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A film by ffmpeg, where there is one: it is given pictures over a pipe and makes the file. */
#ifndef MU_TOOLS_MOVIE_H
#define MU_TOOLS_MOVIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct mu_movie {
    int pipe;
    pid_t program;
    char path[1024], beside[1100];
} mu_movie;

/* Sizes must be even. False with the reason in `why`. */
bool mu_movie_open(mu_movie *movie, const char *path, int width, int height, int per_second,
                   char *why, size_t room);
/* Pixels as 0xffRRGGBB, row by row. */
bool mu_movie_add(mu_movie *movie, const uint32_t *pixels, size_t count);
/* Ends the film; it has its name only where everything went well and `good` is true. */
bool mu_movie_close(mu_movie *movie, bool good, char *why, size_t room);

#endif
