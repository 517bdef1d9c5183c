#ifndef CMOUNTS_H
#define CMOUNTS_H

#include <fcntl.h>
#include <stddef.h>

/// The flag of `open` for a file that is only named, and not read.
#if defined(__linux__)
static const int MOUNTS_PATH = 010000000;
#else
static const int MOUNTS_PATH = O_RDONLY;
#endif

/// The way in which links to a file are treated.
enum mounts_links {
  /// All are followed, as long as they stay below the root.
  MOUNTS_FOLLOW = 0,
  /// The last one is not followed.
  MOUNTS_KEEP_LAST = 1,
  /// None is followed; one on the way is an error (`ELOOP`).
  MOUNTS_KEEP_ALL = 2,
};

/// Opens a file below the folder `root`. A path that leads out of it is an error (`EXDEV`).
///
/// The result is a descriptor, or a negative number: the system's error.
int mounts_open(int root, const char *_Nonnull path, int flags, unsigned mode, enum mounts_links links);

/// Does the same on a kernel without `openat2`, where no link at all is followed.
int mounts_walk(int root, const char *_Nonnull path, int flags, unsigned mode);

/// Takes the next entries of an open folder: a byte for the kind (`DT_REG` and so on), the name, and a zero each.
///
/// The result is the number of bytes, 0 at the end, or a negative number: the system's error. The capacity must
/// be at least `MOUNTS_LEAST_ENTRIES`.
long mounts_list(int folder, void *_Nonnull buffer, size_t capacity);

enum { MOUNTS_LEAST_ENTRIES = 1 << 15 };

/// Gives 1 for a file system whose files are the kernel's words about processes and devices; 0 for others.
int mounts_is_of_the_kernel(int file);

/// Makes the pipe as large as this, if the system allows it.
void mounts_enlarge_pipe(int pipe, int bytes);

#endif
