/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No shell is between us and ffmpeg: each argument is one element of a list, and the file's name
 * says that it is a file, so that no name can be taken for an option or an address. */
#include "movie.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/i18n.h"

extern char **environ;

static int start(mu_movie *m, const char *size, const char *rate, const char *target) {
    int ends[2];
    if (pipe(ends) != 0) {
        return errno;
    }
    const char *const arguments[] = {
        "ffmpeg",   "-hide_banner", "-loglevel",  "error",   "-nostdin", "-y",   "-f", "rawvideo",
        "-pix_fmt", "bgra",         "-s",         size,      "-r",       rate,   "-i", "pipe:0",
        "-an",      "-c:v",         "libx264",    "-preset", "medium",   "-crf", "20", "-pix_fmt",
        "yuv420p",  "-movflags",    "+faststart", "-f",      "mp4",      target, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    const int failed =
        posix_spawnp(&m->program, "ffmpeg", &actions, NULL, (char *const *)arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    (void)close(ends[0]);
    m->pipe = ends[1];
    if (failed != 0) {
        (void)close(ends[1]);
    }
    return failed;
}

bool mu_movie_open(mu_movie *movie, const char *path, int width, int height, int per_second,
                   char *why, size_t room) {
    char size[32], rate[16], target[1200];
    *movie = (mu_movie){.pipe = -1};
    if (width % 2 != 0 || height % 2 != 0) {
        (void)snprintf(why, room, "%s", _("a film needs an even width and height: see --size"));
        return false;
    }
    if (strlen(path) >= sizeof movie->path) {
        (void)snprintf(why, room, "%s", _("the name of the film is too long"));
        return false;
    }
    (void)snprintf(movie->path, sizeof movie->path, "%s", path);
    (void)snprintf(movie->beside, sizeof movie->beside, "%s.part", path);
    (void)snprintf(size, sizeof size, "%dx%d", width, height);
    (void)snprintf(rate, sizeof rate, "%d", per_second);
    (void)snprintf(target, sizeof target, "file:%s", movie->beside);
    (void)remove(movie->beside); /* a link there would be written through */
    (void)signal(SIGPIPE, SIG_IGN); /* where ffmpeg ends early, writing fails and says so */
    const int failed = start(movie, size, rate, target);
    if (failed == ENOENT) {
        (void)snprintf(why, room, "%s",
                       _("a film needs ffmpeg, which is not there: install it, or write pictures "
                         "with --every"));
    } else if (failed != 0) {
        (void)snprintf(why, room, _("ffmpeg cannot be started: %s"), strerror(failed));
    }
    return failed == 0;
}

bool mu_movie_add(mu_movie *movie, const uint32_t *pixels, size_t count) {
    const char *at = (const char *)pixels;
    size_t left = count * sizeof *pixels;
    while (left > 0) {
        const ssize_t written = write(movie->pipe, at, left);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        at += written;
        left -= (size_t)written;
    }
    return true;
}

bool mu_movie_close(mu_movie *movie, bool good, char *why, size_t room) {
    int status = 0;
    (void)close(movie->pipe);
    while (waitpid(movie->program, &status, 0) < 0 && errno == EINTR) {
    }
    const bool made = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (good && made && rename(movie->beside, movie->path) == 0) {
        return true;
    }
    (void)remove(movie->beside);
    if (good || why[0] == 0) {
        (void)snprintf(why, room, _("ffmpeg could not make %s"), movie->path);
    }
    return false;
}
