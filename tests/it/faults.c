/*
 * A disk that fails: loaded before the C library, it lets one call that changes files below a folder fail, or end the
 * process. The environment says which.
 *
 *   FAULT_BELOW  the folder
 *   FAULT_AT     the number of the call, from 1
 *   FAULT_HOW    once: that call says EIO; full: that call and all later ones that need room say ENOSPC, and only
 *                those are counted; kill: the process is killed there, in the middle of what it writes
 *   FAULT_FIRED  a file that is made when the call comes
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_int calls;

#define REAL(name, result, ...) ((result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

/* Whether this call must fail; `needs_room` is whether a full disk would refuse it. */
static int is_due(const char *path, int needs_room) {
  const char *below = getenv("FAULT_BELOW"), *how = getenv("FAULT_HOW");
  if (!below || strncmp(path, below, strlen(below)) != 0) return 0;
  int is_full = strcmp(how, "full") == 0;
  if (is_full && !needs_room) return 0;
  int at = atoi(getenv("FAULT_AT")), now = atomic_fetch_add(&calls, 1) + 1;
  if (is_full ? now < at : now != at) return 0;
  close(REAL(open64, int, const char *, int, ...)(getenv("FAULT_FIRED"), O_CREAT | O_WRONLY, 0644));
  errno = is_full ? ENOSPC : EIO;
  return 1;
}

static int is_kill(void) { return strcmp(getenv("FAULT_HOW"), "kill") == 0; }

static int fail(void) {
  if (is_kill()) raise(SIGKILL);
  return -1;
}

/* The path of an open file or folder, and of `name` in it. */
static void path_of(int fd, const char *name, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX);
  path[length < 0 ? 0 : length] = 0;
  if (name) strncat(strcat(path, "/"), name, NAME_MAX);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if ((flags & O_ACCMODE) != O_RDONLY && is_due(path, access(path, F_OK) != 0)) return fail();
  return REAL(open64, int, const char *, int, ...)(path, flags, mode);
}

ssize_t write(int fd, const void *bytes, size_t count) {
  char path[PATH_MAX + NAME_MAX + 2];
  ssize_t (*real)(int, const void *, size_t) = REAL(write, ssize_t, int, const void *, size_t);
  path_of(fd, NULL, path);
  if (!is_due(path, 1)) return real(fd, bytes, count);
  int why = errno;
  real(fd, bytes, count / 2);
  errno = why;
  return fail();
}

int mkdir(const char *path, mode_t mode) {
  /* What exists is found before a disk is asked for room. */
  return access(path, F_OK) != 0 && is_due(path, 1) ? fail() : REAL(mkdir, int, const char *, mode_t)(path, mode);
}

int rename(const char *from, const char *to) {
  return is_due(to, 0) ? fail() : REAL(rename, int, const char *, const char *)(from, to);
}

int unlink(const char *path) { return is_due(path, 0) ? fail() : REAL(unlink, int, const char *)(path); }

int rmdir(const char *path) { return is_due(path, 0) ? fail() : REAL(rmdir, int, const char *)(path); }

int unlinkat(int folder, const char *name, int flags) {
  char path[PATH_MAX + NAME_MAX + 2];
  if (folder == AT_FDCWD)
    snprintf(path, sizeof path, "%s", name);
  else
    path_of(folder, name, path);
  return is_due(path, 0) ? fail() : REAL(unlinkat, int, int, const char *, int)(folder, name, flags);
}

int ftruncate64(int fd, off64_t length) {
  char path[PATH_MAX + NAME_MAX + 2];
  path_of(fd, NULL, path);
  return is_due(path, 0) ? fail() : REAL(ftruncate64, int, int, off64_t)(fd, length);
}
