// The system calls that the process keeps: a seccomp filter. It refuses what a program that only computes,
// reads and connects never needs: new processes, listening, other socket families, and the calls that most
// often have been a way into the kernel.

#define _GNU_SOURCE

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include "Confinement.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// Calls that older headers do not name have the same number everywhere.
enum {
  IO_URING_SETUP = 425, OPEN_TREE = 428, MOVE_MOUNT = 429, FSOPEN = 430, FSMOUNT = 432, CLONE3 = 435,
  PIDFD_GETFD = 438, MOUNT_SETATTR = 442,
};

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define REFUSE(error) RETURN(SECCOMP_RET_ERRNO | (error))
// Runs the next statement only if the loaded word is `value`.
#define WHEN(value) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1)
#define REFUSE_CALL(number) WHEN(number), REFUSE(EPERM)

int confinement_restrict_calls(enum confinement_network network) {
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
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 10),
    LOAD(args[0]),
    WHEN(AF_INET), RETURN(ipv4),
    WHEN(AF_INET6), RETURN(ipv6),
    WHEN(AF_UNIX), RETURN(SECCOMP_RET_ALLOW),
    WHEN(AF_NETLINK), RETURN(SECCOMP_RET_ALLOW), // name resolution asks which addresses the machine has
    REFUSE(EAFNOSUPPORT),
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
  struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0 ? 0 : errno;
}

#endif
