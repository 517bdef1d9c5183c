// These are the system's errors. The host tells them in the numbers of Linux, and Emscripten has those of WASI.

export const Errno = {
  EACCES: 2,
  EBADF: 8,
  EBUSY: 10,
  EEXIST: 20,
  EILSEQ: 25,
  EINTR: 27,
  EINVAL: 28,
  EIO: 29,
  EISDIR: 31,
  ELOOP: 32,
  ENAMETOOLONG: 37,
  ENOENT: 44,
  ENOSPC: 51,
  ENOTDIR: 54,
  ENOTEMPTY: 55,
  EPERM: 63,
  EROFS: 69,
  ESTALE: 72,
  EXDEV: 75,
} as const;

/** The numbers of WASI, each at the place of its number on Linux. */
const OF_LINUX: Record<number, number> = {
  1: 63, // EPERM
  2: Errno.ENOENT,
  4: Errno.EINTR,
  5: Errno.EIO,
  6: 60, // ENXIO
  7: 1, // E2BIG
  9: Errno.EBADF,
  11: 6, // EAGAIN
  12: 48, // ENOMEM
  13: Errno.EACCES,
  16: Errno.EBUSY,
  17: Errno.EEXIST,
  18: Errno.EXDEV,
  19: 43, // ENODEV
  20: Errno.ENOTDIR,
  21: Errno.EISDIR,
  22: Errno.EINVAL,
  23: 41, // ENFILE
  24: 33, // EMFILE
  25: 59, // ENOTTY
  26: 74, // ETXTBSY
  27: 22, // EFBIG
  28: Errno.ENOSPC,
  29: 70, // ESPIPE
  30: Errno.EROFS,
  31: 34, // EMLINK
  36: Errno.ENAMETOOLONG,
  38: 52, // ENOSYS
  39: Errno.ENOTEMPTY,
  40: Errno.ELOOP,
  75: 61, // EOVERFLOW
  84: Errno.EILSEQ,
  95: 138, // EOPNOTSUPP
  110: 73, // ETIMEDOUT
  116: Errno.ESTALE,
  122: 19, // EDQUOT
};

/** The number that Emscripten has for an error of Linux. */
export function fromLinux(number: number): number {
  return OF_LINUX[number] ?? Errno.EIO;
}

/** True for the error of a file that is not there. */
export function isMissing(error: unknown): boolean {
  return (error as { errno?: number }).errno === Errno.ENOENT;
}
