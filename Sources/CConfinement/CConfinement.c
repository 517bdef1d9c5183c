// Takes powers away from a process before it becomes the sandbox.
//
// Between fork and exec only C can run safely, and a process cannot take powers from another one. So the
// sandbox is started through this very executable. The parent executes /proc/self/exe with CONFINEMENT_NAME as
// argv[0]. The constructor below sees that before `main`, confines the process and executes the program.
//
// ```
//   argv: CONFINEMENT_NAME, then any of
//     parent=PID            end at once if the parent is already another one
//     data=BYTES            limit of private writable memory
//     network=none|ipv4|any which sockets can be made; nothing can listen in any case
//     read=PATH             may be read; repeatable
//     write=PATH            may be written too; repeatable
//     modes                 modes and times of files may be changed, as unpacking does
//     report                tell on stdout which measures are in force, one a line, and end
//   then `--` and the program with its arguments. It alone can be executed, and only once.
// ```
//
// Each measure that the kernel does not have is left out: the ones before it hold all the same.

#define _GNU_SOURCE

#include "CConfinement.h"

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include "Confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int confinement_is_supported(void) { return 1; }

static int limit(int resource, rlim_t value) {
  struct rlimit limits;
  if (getrlimit(resource, &limits) != 0) return errno;
  if (limits.rlim_max < value) value = limits.rlim_max;
  limits.rlim_cur = limits.rlim_max = value;
  return setrlimit(resource, &limits) == 0 ? 0 : errno;
}

static int limit_resources(rlim_t data) {
  int failure = limit(RLIMIT_CORE, 0);
  if (failure == 0) failure = limit(RLIMIT_NOFILE, 512);
  if (failure == 0) failure = limit(RLIMIT_FSIZE, 256u << 20);
  if (failure == 0 && data > 0) failure = limit(RLIMIT_DATA, data);
  return failure;
}

// Root keeps the two capabilities that let it read a cache which another user owns; Landlock bounds those.
static int drop_capabilities(void) {
  enum { DAC_OVERRIDE = 1, DAC_READ_SEARCH = 2 };
  const uint32_t kept = 1u << DAC_OVERRIDE | 1u << DAC_READ_SEARCH;
  for (int capability = 0; capability < 64; capability++) {
    if (capability == DAC_OVERRIDE || capability == DAC_READ_SEARCH) continue;
    prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  }
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  struct { uint32_t version; int pid; } header = {0x20080522, 0};
  struct { uint32_t effective, permitted, inheritable; } data[2];
  if (syscall(SYS_capget, &header, data) != 0) return errno;
  for (int half = 0; half < 2; half++) {
    uint32_t mask = half == 0 ? kept : 0;
    data[half].effective &= mask;
    data[half].permitted &= mask;
    data[half].inheritable = 0;
  }
  return syscall(SYS_capset, &header, data) == 0 ? 0 : errno;
}

static void tell(int reporting, const char *measure, int failure) {
  if (reporting) printf("%s %s\n", failure == 0 ? "yes" : "no", measure);
}

static const char *value(const char *argument, const char *key) {
  size_t length = strlen(key);
  return strncmp(argument, key, length) == 0 ? argument + length : NULL;
}

static void confine(char **arguments) {
  rlim_t data = 0;
  pid_t parent = 0;
  int reporting = 0, changes_modes = 0;
  enum confinement_network network = CONFINEMENT_NO_NETWORK;
  struct confinement_files files;
  int files_failure = confinement_open_files(&files);

  char **argument = arguments;
  for (; *argument != NULL && strcmp(*argument, "--") != 0; argument++) {
    const char *text;
    if ((text = value(*argument, "parent="))) parent = (pid_t)atol(text);
    else if ((text = value(*argument, "data="))) data = strtoull(text, NULL, 10);
    else if ((text = value(*argument, "network=")))
      network = strcmp(text, "any") == 0    ? CONFINEMENT_ANY_NETWORK
                : strcmp(text, "ipv4") == 0 ? CONFINEMENT_IPV4
                                            : CONFINEMENT_NO_NETWORK;
    else if ((text = value(*argument, "read="))) confinement_allow(&files, text, CONFINEMENT_READ);
    else if ((text = value(*argument, "write="))) confinement_allow(&files, text, CONFINEMENT_WRITE);
    else if (strcmp(*argument, "modes") == 0) changes_modes = 1;
    else if (strcmp(*argument, "report") == 0) reporting = 1;
    else _exit(126);
  }

  const char *program = *argument != NULL && argument[1] != NULL ? confinement_hide(argument[1]) : NULL;
  if (program != NULL) confinement_allow_program(&files, program);

  // A parent that dies by any cause takes this process along. It may have died already.
  int failure = prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 ? 0 : errno;
  if (parent != 0 && getppid() != parent) _exit(126);
  tell(reporting, "ends with its parent", failure);
  tell(reporting, "resource limits", limit_resources(data));
  tell(reporting, "no capabilities", drop_capabilities());
  failure = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : errno;
  tell(reporting, "no new privileges", failure);
  if (files_failure == 0) files_failure = confinement_restrict_files(&files);
  tell(reporting, "Landlock", files_failure);
  tell(reporting, "seccomp", confinement_restrict_calls(network, program, changes_modes));
  if (reporting) {
    fflush(stdout);
    _exit(0);
  }
  if (program == NULL) _exit(126);
  execv(program, argument + 1);
  dprintf(STDERR_FILENO, "%s: %s\n", argument[1], strerror(errno));
  _exit(127);
}

// The arguments come from /proc: not every C library hands them to constructors.
__attribute__((constructor)) static void confine_if_asked(void) {
  static const char name[] = CONFINEMENT_NAME;
  int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  char start[sizeof name];
  ssize_t count = read(file, start, sizeof start);
  if (count < (ssize_t)sizeof start || memcmp(start, name, sizeof name) != 0) {
    close(file);
    return;
  }
  // Exec or the end of the process frees this memory, so nothing here does.
  size_t capacity = 1 << 16, length = 0;
  char *text = malloc(capacity);
  while (text != NULL && (count = read(file, text + length, capacity - length - 1)) > 0) {
    length += (size_t)count;
    if (capacity - length < 2) text = realloc(text, capacity *= 2);
  }
  close(file);
  if (text == NULL) _exit(126);
  size_t arguments = 1;
  for (size_t index = 0; index < length; index++) arguments += text[index] == '\0';
  char **list = calloc(arguments + 1, sizeof *list);
  if (list == NULL) _exit(126);
  size_t position = 0;
  for (size_t start_of = 0; start_of < length; start_of += strlen(text + start_of) + 1) {
    list[position++] = text + start_of;
  }
  confine(list);
}

#else

int confinement_is_supported(void) { return 0; }

#endif
