/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Write, flush, fsync, rename: after a crash at any moment there is the old file or the new one. */
#define _DEFAULT_SOURCE /* flock, realpath */
#include "core/file_out.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/i18n.h"

#define NAMES_TRIED 1000
#define FORSAKEN_S  60

/* Notes why `path` could not be written. */
static mu_status fail(const char *path, int error, mu_diags *diags) {
    const mu_where where = {.file = path};
    mu_diags_add(diags, MU_ERROR, "file.write", &where,
                 error == ENOENT ? _("create the folder first") : NULL,
                 _("the file cannot be written: %s"), strerror(error));
    return MU_ERR_IO;
}

static mu_status fail_link(const char *path, mu_diags *diags) {
    const mu_where where = {.file = path};
    mu_diags_add(diags, MU_ERROR, "file.link", &where,
                 _("name the file that it leads to, or take the link away"),
                 _("the file is not written: it is a link that leads out of its folder"));
    return MU_ERR_IO;
}

static mu_status fail_memory(const char *path, mu_diags *diags) {
    const mu_where where = {.file = path};
    mu_diags_add(diags, MU_ERROR, "memory", &where, NULL, _("there is not enough memory"));
    return MU_ERR_MEMORY;
}

/* The folder that a path's last name stands in; the caller frees. NULL without memory. */
static char *folder_of(const char *path) {
    char *folder = strdup(path);
    char *slash = folder != NULL ? strrchr(folder, '/') : NULL;
    if (slash != NULL) {
        slash[slash == folder ? 1 : 0] = 0;
        return folder;
    }
    free(folder);
    return strdup(".");
}

/* The same with links resolved. */
static char *real_folder_of(const char *path) {
    char *folder = folder_of(path);
    char *real = folder != NULL ? realpath(folder, NULL) : NULL;
    free(folder);
    return real;
}

/* A folder of results that came from elsewhere may hold a link to something precious. Links of the
 * system's own, /dev/stdout among them, are meant. */
static bool leads_out(const char *path, const char *real) {
    struct stat link, status;
    if (lstat(path, &link) != 0 || !S_ISLNK(link.st_mode) || stat(real, &status) != 0 ||
        !S_ISREG(status.st_mode) || strncmp(path, "/dev/", 5) == 0 ||
        strncmp(path, "/proc/", 6) == 0) {
        return false;
    }
    char *named = real_folder_of(path), *meant = real_folder_of(real);
    const bool out = named == NULL || meant == NULL || strcmp(named, meant) != 0;
    free(named);
    free(meant);
    return out;
}

/* The file behind a symbolic link is replaced, not the link. */
static char *resolve(const char *path) {
    char *real = realpath(path, NULL);
    return real != NULL ? real : strdup(path);
}

/* Whether an entry of the folder is what a writer of the file `name` writes to, and whose. */
static bool is_beside(const char *entry, const char *name, pid_t *writer) {
    const size_t length = strlen(name);
    long process, n;
    int end = 0;
    if (strncmp(entry, name, length) != 0 || entry[length] != '.' ||
        sscanf(entry + length + 1, "%ld-%ld.part%n", &process, &n, &end) != 2 || end == 0 ||
        entry[length + 1 + (size_t)end] != 0) {
        return false;
    }
    *writer = (pid_t)process;
    return process > 0;
}

/* A writer holds a lock for as long as it lives; it lacks it for a moment after it has made the
 * file. Where folders are shared its number may be that of a process elsewhere, or of ours. */
static bool is_forsaken(int folder, const char *entry, pid_t writer) {
    struct stat status;
    const int file = openat(folder, entry, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    const bool gone = kill(writer, 0) != 0 && errno == ESRCH;
    const bool idle = fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
                      (gone || time(NULL) - status.st_mtime > FORSAKEN_S);
    const bool forsaken = idle && flock(file, LOCK_EX | LOCK_NB) == 0;
    (void)close(file);
    return forsaken;
}

/* What writers of this file left who were killed. Nothing depends on it: faults are passed over. */
static void clear_beside(const char *path) {
    const char *slash = strrchr(path, '/');
    char *name = folder_of(path);
    DIR *folder = name != NULL ? opendir(name) : NULL;
    free(name);
    if (folder == NULL) {
        return;
    }
    pid_t writer;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (is_beside(entry->d_name, slash != NULL ? slash + 1 : path, &writer) &&
            is_forsaken(dirfd(folder), entry->d_name, writer)) {
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
        }
    }
    (void)closedir(folder);
}

/* A name that is free, and the open file. -1: errno says why. */
static int open_beside(const char *path, char *name, size_t room) {
    for (int n = 0; n < NAMES_TRIED; n++) {
        (void)snprintf(name, room, "%s.%ld-%d.part", path, (long)getpid(), n);
        const int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0) {
            (void)flock(file, LOCK_EX | LOCK_NB); /* where there are no locks, nobody clears */
        }
        if (file >= 0 || errno != EEXIST) {
            return file;
        }
    }
    errno = EEXIST;
    return -1;
}

static void forget(mu_file_out *out) {
    free(out->path);
    free(out->beside);
    *out = (mu_file_out){.stream = NULL};
}

/* A terminal, pipe or device has no contents to replace. */
static bool is_written_directly(const char *path, int *error) {
    struct stat status;
    *error = 0;
    if (stat(path, &status) != 0) {
        return false;
    }
    if (S_ISDIR(status.st_mode)) {
        *error = EISDIR;
    }
    return !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

static int open_either(mu_file_out *out) {
    int error;
    const bool direct = is_written_directly(out->path, &error);
    if (error != 0) {
        errno = error;
        return -1;
    }
    if (direct) {
        free(out->beside);
        out->beside = NULL;
        return open(out->path, O_WRONLY | O_CLOEXEC);
    }
    clear_beside(out->path);
    return open_beside(out->path, out->beside, strlen(out->path) + 48);
}

mu_status mu_file_out_open(const char *path, mu_file_out *out, mu_diags *diags) {
    mu_file_out file = {.path = resolve(path)};
    file.beside = file.path != NULL ? malloc(strlen(file.path) + 48) : NULL;
    if (file.beside == NULL) {
        forget(&file);
        return fail_memory(path, diags);
    }
    if (leads_out(path, file.path)) {
        forget(&file);
        return fail_link(path, diags);
    }
    const int descriptor = open_either(&file);
    if (descriptor < 0) {
        const int error = errno;
        forget(&file);
        return fail(path, error, diags);
    }
    file.stream = fdopen(descriptor, "w");
    if (file.stream == NULL) {
        (void)close(descriptor);
        if (file.beside != NULL) {
            (void)unlink(file.beside);
        }
        forget(&file);
        return fail_memory(path, diags);
    }
    *out = file;
    return MU_OK;
}

/* Makes the rename itself outlast a crash. Some file systems cannot; the file is whole all the
 * same.
 */
static void sync_folder(const char *path) {
    char *folder = folder_of(path);
    const int descriptor = folder != NULL ? open(folder, O_RDONLY | O_CLOEXEC) : -1;
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        (void)close(descriptor);
    }
    free(folder);
}

/* Why a write to the stream failed, which has been forgotten since: the disk is asked once more, by
 * a file that goes. */
static int error_of(FILE *stream) {
    static const char nothing[4096] = {0};
    for (int k = 0; k < 2; k++) { /* the rest of a block may still take the first */
        if (write(fileno(stream), nothing, sizeof nothing) < 0) {
            return errno;
        }
    }
    return EIO;
}

/* 0, or the error of the first step that failed. */
static int finish(mu_file_out *out) {
    int error = 0;
    errno = EIO;
    if (ferror(out->stream) != 0) {
        error = out->beside != NULL ? error_of(out->stream) : EIO;
    } else if (fflush(out->stream) != 0 ||
               (out->beside != NULL && fsync(fileno(out->stream)) != 0)) {
        error = errno;
    }
    if (fclose(out->stream) != 0 && error == 0) {
        error = errno;
    }
    out->stream = NULL;
    if (error == 0 && out->beside != NULL && rename(out->beside, out->path) != 0) {
        error = errno;
    }
    return error;
}

mu_status mu_file_out_commit(mu_file_out *out, mu_diags *diags) {
    const int error = finish(out);
    mu_status status = MU_OK;
    if (error != 0) {
        if (out->beside != NULL) {
            (void)unlink(out->beside);
        }
        status = fail(out->path, error, diags);
    } else if (out->beside != NULL) {
        sync_folder(out->path);
    }
    forget(out);
    return status;
}

void mu_file_out_abandon(mu_file_out *out) {
    if (out->stream != NULL) {
        (void)fclose(out->stream);
    }
    if (out->beside != NULL) {
        (void)unlink(out->beside);
    }
    forget(out);
}

mu_status mu_file_out_write(const char *path, const char *text, size_t length, mu_diags *diags) {
    mu_file_out out;
    const mu_status status = mu_file_out_open(path, &out, diags);
    if (status != MU_OK) {
        return status;
    }
    (void)fwrite(text, 1, length, out.stream); /* an error sticks to the stream */
    return mu_file_out_commit(&out, diags);
}
