// These are numbers of files, as Linux and Emscripten have them.

/** The part of a mode that tells the kind of a file, and the kinds. */
export const KIND = 0o170000;
export const [PIPE, DEVICE, FOLDER, FILE, LINK, SOCKET] = [
  0o010000,
  0o020000,
  0o040000,
  0o100000,
  0o120000,
  0o140000,
];
/** A folder tells the kinds of its entries (`DT_DIR` and so on) as modes without these bits. */
export const KIND_SHIFT = 12;

/** The flags of `open`. The first has reading and writing in it; the last does not follow a last link. */
export const [O_ACCMODE, O_CREAT, O_EXCL, O_TRUNC, O_APPEND] = [0o3, 0o100, 0o200, 0o1000, 0o2000];
export const [O_DIRECTORY, O_NOFOLLOW] = [0o200000, 0o400000];
