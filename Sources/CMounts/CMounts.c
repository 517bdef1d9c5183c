// These system calls open what lies below a folder and nothing else, whoever moves folders about meanwhile.

#define _GNU_SOURCE

#include "CMounts.h"

#include <errno.h>

#if defined(__linux__)

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

// From <linux/openat2.h>, which older systems do not have.
enum { OPENAT2 = 437 };
enum { NO_MAGIC_LINKS = 0x02, NO_LINKS = 0x04, BENEATH = 0x08 };

struct how { uint64_t flags, mode, resolve; };

/// The kernel asks to try again when a folder was moved while it looked at `..`.
enum { ATTEMPTS = 100 };

int mounts_open(int root, const char *path, int flags, unsigned mode, enum mounts_links links) {
  struct how how = {.flags = (uint64_t)(flags | O_CLOEXEC), .resolve = BENEATH | NO_MAGIC_LINKS};
  if (flags & O_CREAT) how.mode = mode;
  if (links != MOUNTS_FOLLOW) how.flags |= O_NOFOLLOW;
  if (links == MOUNTS_KEEP_ALL) how.resolve |= NO_LINKS;
  const char *place = *path == '\0' ? "." : path;
  for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
    long file = syscall(OPENAT2, root, place, &how, sizeof how);
    if (file >= 0) return (int)file;
    if (errno == ENOSYS) return mounts_walk(root, path, flags, mode);
    if (errno != EAGAIN && errno != EINTR) return -errno;
  }
  return -EAGAIN;
}

int mounts_walk(int root, const char *path, int flags, unsigned mode) {
  int folder = root;
  const char *rest = path;
  char name[256];
  for (;;) {
    while (*rest == '/') rest++;
    size_t length = strcspn(rest, "/");
    int failure = length >= sizeof name ? ENAMETOOLONG : 0;
    if (rest == path && *path == '/') failure = EXDEV;
    if (failure == 0) {
      memcpy(name, rest, length);
      name[length] = '\0';
      if (length == 0) memcpy(name, ".", 2);
      if (strcmp(name, "..") == 0) failure = EXDEV;
    }
    rest += length;
    int is_last = rest[strspn(rest, "/")] == '\0';
    int file = -1;
    if (failure == 0) {
      int way = MOUNTS_PATH | O_DIRECTORY;
      file = openat(folder, name, (is_last ? flags : way) | O_NOFOLLOW | O_CLOEXEC, mode);
      if (file < 0) failure = errno;
    }
    if (folder != root) close(folder);
    if (failure != 0) return -failure;
    if (is_last) return file;
    folder = file;
  }
}

struct entry {
  uint64_t number;
  int64_t offset;
  unsigned short length;
  unsigned char kind;
  char name[];
};

long mounts_list(int folder, void *buffer, size_t capacity) {
  _Alignas(struct entry) char raw[MOUNTS_LEAST_ENTRIES];
  char *end = buffer;
  size_t left = capacity;
  // A packed entry takes less room than the kernel's.
  while (left >= sizeof raw) {
    long count = syscall(SYS_getdents64, folder, raw, sizeof raw);
    if (count < 0) return end == (char *)buffer ? -errno : end - (char *)buffer;
    if (count == 0) break;
    for (long place = 0; place < count;) {
      struct entry *entry = (struct entry *)(raw + place);
      place += entry->length;
      if (strcmp(entry->name, ".") == 0 || strcmp(entry->name, "..") == 0) continue;
      size_t length = strlen(entry->name) + 1;
      *end++ = (char)entry->kind;
      memcpy(end, entry->name, length);
      end += length;
      left -= length + 1;
    }
  }
  return end - (char *)buffer;
}

int mounts_is_of_the_kernel(int file) {
  struct statfs status;
  if (fstatfs(file, &status) != 0) return 1;
  switch ((uint32_t)status.f_type) {
    case 0x9fa0: // proc
    case 0x62656572: // sysfs
    case 0x64626720: // debugfs
    case 0x74726163: // tracefs
    case 0x73636673: // securityfs
    case 0x27e0eb: case 0x63677270: // cgroups
    case 0xcafe4a11: // bpf
    case 0x1cd1: // devpts
      return 1;
    default:
      return 0;
  }
}

void mounts_enlarge_pipe(int pipe, int bytes) {
  fcntl(pipe, F_SETPIPE_SZ, bytes);
}

#else

int mounts_open(int root, const char *path, int flags, unsigned mode, enum mounts_links links) {
  (void)root, (void)path, (void)flags, (void)mode, (void)links;
  return -ENOSYS;
}

int mounts_walk(int root, const char *path, int flags, unsigned mode) {
  (void)root, (void)path, (void)flags, (void)mode;
  return -ENOSYS;
}

long mounts_list(int folder, void *buffer, size_t capacity) {
  (void)folder, (void)buffer, (void)capacity;
  return -ENOSYS;
}

int mounts_is_of_the_kernel(int file) {
  (void)file;
  return 1;
}

void mounts_enlarge_pipe(int pipe, int bytes) {
  (void)pipe, (void)bytes;
}

#endif
