// The system calls that the process keeps: a seccomp filter. It refuses what a program that only computes,
// reads and connects never needs: new processes and programs, listening, other socket families.
// It also refuses other owners and modes of files. The calls that most often have been a way into the
// kernel are refused too.

#define _GNU_SOURCE

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include "Confinement.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// Calls that older headers do not name have the same number everywhere.
enum {
  IO_URING_SETUP = 425, OPEN_TREE = 428, MOVE_MOUNT = 429, FSOPEN = 430, FSMOUNT = 432, CLONE3 = 435,
  PIDFD_GETFD = 438, MOUNT_SETATTR = 442, FCHMODAT2 = 452, SETXATTRAT = 463, REMOVEXATTRAT = 466,
};

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
// The upper half of a value of 64 bits; both architectures store the lower one first.
#define LOAD_HIGH(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field) + 4)
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define REFUSE(error) RETURN(SECCOMP_RET_ERRNO | (error))
// Runs the next statement only if the loaded word is `value`.
#define WHEN(value) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1)
#define REFUSE_CALL(number) WHEN(number), REFUSE(EPERM)

const char *confinement_hide(const char *path) {
  size_t length = strlen(path) + 1, page = (size_t)sysconf(_SC_PAGESIZE);
  // Some processors have no more than 39 bits for a process; those with 47 are tried first.
  for (int attempt = 0; attempt < 128; attempt++) {
    uint64_t place;
    if (getrandom(&place, sizeof place, 0) != sizeof place) return NULL;
    size_t offset = (place >> 48) % page;
    place &= (attempt < 64 ? UINT64_C(1) << 47 : UINT64_C(1) << 38) - 1;
    place &= ~((uint64_t)page - 1);
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
    char *pages = mmap((void *)place, offset + length, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (pages == MAP_FAILED) continue;
    return memcpy(pages + offset, path, length);
  }
  return NULL;
}

int confinement_restrict_calls(enum confinement_network network, const char *program, int changes_modes) {
  const unsigned modes = changes_modes ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | EPERM;
  const unsigned ipv4 = network == CONFINEMENT_NO_NETWORK ? SECCOMP_RET_ERRNO | EAFNOSUPPORT : SECCOMP_RET_ALLOW;
  const unsigned ipv6 = network == CONFINEMENT_ANY_NETWORK ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | EAFNOSUPPORT;
  struct sock_filter filter[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
    RETURN(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
#if defined(__x86_64__)
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), // the x32 calls
    REFUSE(ENOSYS),
    REFUSE_CALL(SYS_fork),
    REFUSE_CALL(SYS_vfork),
#endif
    // Threads are made with clone; clone3 hides its flags, and C libraries fall back to clone.
    WHEN(CLONE3), REFUSE(ENOSYS),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4),
    LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1),
    RETURN(SECCOMP_RET_ALLOW),
    REFUSE(EPERM),
    // The new program has its own memory: where the old one had this path nothing is, and nobody knows the place.
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_execve, 0, 6),
    LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(uintptr_t)program, 0, 2),
    LOAD_HIGH(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)((uint64_t)(uintptr_t)program >> 32), 1, 0),
    REFUSE(EPERM),
    RETURN(SECCOMP_RET_ALLOW),
    REFUSE_CALL(SYS_execveat),
    REFUSE_CALL(SYS_memfd_create),
    // Sockets of the file system lead to services that trust this user; name resolution does without.
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 8),
    LOAD(args[0]),
    WHEN(AF_INET), RETURN(ipv4),
    WHEN(AF_INET6), RETURN(ipv6),
    WHEN(AF_NETLINK), RETURN(SECCOMP_RET_ALLOW), // name resolution asks which addresses the machine has
    REFUSE(EAFNOSUPPORT),
    // Landlock bounds who reads and writes files, and not who changes what they are.
#if defined(__x86_64__)
    WHEN(SYS_chmod), RETURN(modes),
    REFUSE_CALL(SYS_chown),
    REFUSE_CALL(SYS_lchown),
    WHEN(SYS_utime), RETURN(modes),
    WHEN(SYS_utimes), RETURN(modes),
    WHEN(SYS_futimesat), RETURN(modes),
#endif
    WHEN(SYS_fchmod), RETURN(modes),
    WHEN(SYS_fchmodat), RETURN(modes),
    WHEN(FCHMODAT2), RETURN(modes),
    REFUSE_CALL(SYS_fchown),
    REFUSE_CALL(SYS_fchownat),
    WHEN(SYS_utimensat), RETURN(modes),
    REFUSE_CALL(SYS_setxattr),
    REFUSE_CALL(SYS_lsetxattr),
    REFUSE_CALL(SYS_fsetxattr),
    REFUSE_CALL(SETXATTRAT),
    REFUSE_CALL(SYS_removexattr),
    REFUSE_CALL(SYS_lremovexattr),
    REFUSE_CALL(SYS_fremovexattr),
    REFUSE_CALL(REMOVEXATTRAT),
    // Memory and messages that other processes of this user could find.
    REFUSE_CALL(SYS_shmget),
    REFUSE_CALL(SYS_shmat),
    REFUSE_CALL(SYS_shmctl),
    REFUSE_CALL(SYS_semget),
    REFUSE_CALL(SYS_semop),
    REFUSE_CALL(SYS_semtimedop),
    REFUSE_CALL(SYS_semctl),
    REFUSE_CALL(SYS_msgget),
    REFUSE_CALL(SYS_msgsnd),
    REFUSE_CALL(SYS_msgrcv),
    REFUSE_CALL(SYS_msgctl),
    REFUSE_CALL(SYS_listen),
    REFUSE_CALL(SYS_ptrace),
    REFUSE_CALL(SYS_process_vm_readv),
    REFUSE_CALL(SYS_process_vm_writev),
    REFUSE_CALL(PIDFD_GETFD),
    REFUSE_CALL(SYS_unshare),
    REFUSE_CALL(SYS_setns),
    REFUSE_CALL(SYS_mount),
    REFUSE_CALL(SYS_umount2),
    REFUSE_CALL(SYS_pivot_root),
    REFUSE_CALL(SYS_chroot),
    REFUSE_CALL(OPEN_TREE),
    REFUSE_CALL(MOVE_MOUNT),
    REFUSE_CALL(FSOPEN),
    REFUSE_CALL(FSMOUNT),
    REFUSE_CALL(MOUNT_SETATTR),
    REFUSE_CALL(SYS_open_by_handle_at),
    REFUSE_CALL(SYS_bpf),
    REFUSE_CALL(SYS_perf_event_open),
    REFUSE_CALL(SYS_userfaultfd),
    REFUSE_CALL(IO_URING_SETUP),
    REFUSE_CALL(SYS_add_key),
    REFUSE_CALL(SYS_request_key),
    REFUSE_CALL(SYS_keyctl),
    REFUSE_CALL(SYS_kexec_load),
    REFUSE_CALL(SYS_init_module),
    REFUSE_CALL(SYS_finit_module),
    REFUSE_CALL(SYS_delete_module),
    REFUSE_CALL(SYS_reboot),
    RETURN(SECCOMP_RET_ALLOW),
  };
  struct sock_fprog rules = {.len = sizeof filter / sizeof *filter, .filter = filter};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &rules, 0, 0) == 0 ? 0 : errno;
}

#endif
