/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No shell is between us and the browser. It gets a profile of its own, since one that is open
 * already would take the page over and print nothing. */
#include "to_pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool is_there(const char *name) {
    const char *path = getenv("PATH");
    char file[PATH_MAX];
    while (path != NULL && *path != 0) {
        const size_t length = strcspn(path, ":");
        (void)snprintf(file, sizeof file, "%.*s/%s", (int)length, path, name);
        if (access(file, X_OK) == 0) {
            return true;
        }
        path += length + (path[length] == ':');
    }
    return false;
}

static const char *find_browser(void) {
    static const char *const names[] = {"chromium", "chromium-browser", "google-chrome"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (is_there(names[i])) {
            return names[i];
        }
    }
    return NULL;
}

static bool run(const char *const *arguments) {
    pid_t child = 0;
    int status = 0;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const int failed =
        posix_spawnp(&child, arguments[0], &actions, NULL, (char *const *)arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        return false;
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Characters that an address may not have as they are. */
static void put_address(char *out, size_t room, const char *path) {
    size_t at = (size_t)snprintf(out, room, "file://");
    for (const char *c = path; *c != 0 && at + 4 < room; c++) {
        const unsigned char byte = (unsigned char)*c;
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') || strchr("/-_.~", byte) != NULL;
        at += (size_t)snprintf(out + at, room - at, plain ? "%c" : "%%%02X", byte);
    }
}

bool mu_pdf_open(mu_pdf *pdf) {
    *pdf = (mu_pdf){.browser = find_browser(), .profile = "/tmp/muster-print-XXXXXX"};
    return pdf->browser != NULL && mkdtemp(pdf->profile) != NULL;
}

void mu_pdf_close(mu_pdf *pdf) {
    const char *const tidy[] = {"rm", "-rf", "--", pdf->profile, NULL};
    (void)run(tidy);
}

bool mu_pdf_print(const mu_pdf *pdf, const char *html, const char *file) {
    char whole[PATH_MAX], address[3 * PATH_MAX + 16], target[PATH_MAX + 32], own[64];
    struct stat made;
    if (realpath(html, whole) == NULL) {
        return false;
    }
    put_address(address, sizeof address, whole);
    (void)snprintf(target, sizeof target, "--print-to-pdf=%s", file);
    (void)snprintf(own, sizeof own, "--user-data-dir=%s", pdf->profile);
    (void)remove(file);
    const char *const sandboxed[] = {
        pdf->browser, "--headless", "--disable-gpu", own, "--no-pdf-header-footer", target,
        address,      NULL};
    /* As root, and in containers, Chromium's sandbox cannot start; the page is our own. */
    const char *const plain[] = {pdf->browser,    "--headless", "--no-sandbox",
                                 "--disable-gpu", own,          "--no-pdf-header-footer",
                                 target,          address,      NULL};
    bool done = geteuid() != 0 && run(sandboxed) && stat(file, &made) == 0 && made.st_size > 0;
    if (!done) {
        done = run(plain) && stat(file, &made) == 0 && made.st_size > 0;
    }
    return done;
}
