// The part of the file system that the process keeps: Landlock (Linux 5.13 and later).

#define _GNU_SOURCE

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include "Confinement.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// From <linux/landlock.h>, which older systems do not have, or only in part.
enum {
  EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_DIR = 1 << 3,
  FIRST_VERSION = (1 << 13) - 1, REFER = 1 << 13, TRUNCATE = 1 << 14, IOCTL_DEV = 1 << 15,
};
enum { BIND_TCP = 1 << 0 };
enum { SCOPE_ABSTRACT_SOCKETS = 1 << 0, SCOPE_SIGNALS = 1 << 1 };
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { VERSION_FLAG = 1, PATH_BENEATH = 1 };

struct ruleset { uint64_t files, network, scoped; };
struct path_beneath { uint64_t allowed; int32_t parent; } __attribute__((packed));

int confinement_open_files(struct confinement_files *files) {
  files->ruleset = -1;
  long version = syscall(CREATE_RULESET, NULL, 0, VERSION_FLAG);
  if (version < 1) return version < 0 ? errno : ENOSYS;
  struct ruleset rules = {.files = FIRST_VERSION};
  size_t size = sizeof rules.files;
  if (version >= 2) rules.files |= REFER;
  if (version >= 3) rules.files |= TRUNCATE;
  if (version >= 4) {
    rules.network = BIND_TCP;
    size = offsetof(struct ruleset, scoped);
  }
  if (version >= 5) rules.files |= IOCTL_DEV;
  if (version >= 6) {
    rules.scoped = SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS;
    size = sizeof rules;
  }
  files->handled = rules.files;
  files->ruleset = (int)syscall(CREATE_RULESET, &rules, size, 0);
  return files->ruleset < 0 ? errno : 0;
}

void confinement_allow(struct confinement_files *files, const char *path, enum confinement_access access) {
  if (files->ruleset < 0) return;
  int file = open(path, O_PATH | O_CLOEXEC);
  if (file < 0) return; // What is not there needs no permission.
  struct stat status;
  uint64_t allowed = READ_FILE | READ_DIR;
  if (access == CONFINEMENT_WRITE) allowed = files->handled & ~(uint64_t)EXECUTE;
  if (access == CONFINEMENT_EXECUTE) allowed = EXECUTE | READ_FILE;
  if (fstat(file, &status) == 0 && !S_ISDIR(status.st_mode)) {
    allowed &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV;
  }
  struct path_beneath rule = {.allowed = allowed & files->handled, .parent = file};
  syscall(ADD_RULE, files->ruleset, PATH_BENEATH, &rule, 0);
  close(file);
}

// The path of an ELF file's loader, or of a script's interpreter; 0 where there is none.
static int find_loader(int file, char *path, size_t capacity) {
  union { Elf64_Ehdr elf; char text[256]; } start;
  ssize_t count = pread(file, &start, sizeof start - 1, 0);
  if (count > 2 && memcmp(start.text, "#!", 2) == 0) {
    start.text[count] = '\0';
    const char *name = start.text + 2 + strspn(start.text + 2, " \t");
    size_t length = strcspn(name, " \t\n");
    if (length == 0 || length >= capacity) return 0;
    memcpy(path, name, length);
    path[length] = '\0';
    return 1;
  }
  if (count < (ssize_t)sizeof start.elf || memcmp(start.elf.e_ident, ELFMAG, SELFMAG) != 0) return 0;
  for (int index = 0; index < start.elf.e_phnum; index++) {
    Elf64_Phdr part;
    off_t place = (off_t)(start.elf.e_phoff + (uint64_t)index * start.elf.e_phentsize);
    if (pread(file, &part, sizeof part, place) != sizeof part) return 0;
    if (part.p_type != PT_INTERP) continue;
    if (part.p_filesz == 0 || part.p_filesz >= capacity) return 0;
    if (pread(file, path, part.p_filesz, (off_t)part.p_offset) != (ssize_t)part.p_filesz) return 0;
    path[part.p_filesz] = '\0';
    return 1;
  }
  return 0;
}

void confinement_allow_program(struct confinement_files *files, const char *path) {
  char next[1024], current[1024];
  // A script has an interpreter, which has a loader; a script as interpreter of one is all that there can be more.
  for (int depth = 0; depth < 4; depth++) {
    confinement_allow(files, path, CONFINEMENT_EXECUTE);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    int found = find_loader(file, next, sizeof next);
    close(file);
    if (!found) return;
    memcpy(current, next, sizeof next);
    path = current;
  }
}

int confinement_restrict_files(struct confinement_files *files) {
  int failure = syscall(RESTRICT_SELF, files->ruleset, 0) == 0 ? 0 : errno;
  close(files->ruleset);
  return failure;
}

#endif
