// The guest's file system: the image for reading only, and a bound on what Python may keep in memory as files.
import type { Limits } from "./messages.ts";
import type { FileNode, FileSystem } from "./pyodide.ts";

/** Errno values of Emscripten (WASI numbering). */
const EACCES = 2;
const ENOSPC = 51;
const EROFS = 69;

/**
 * Mounts the host folder `root` at `mountpoint`, for reading only, as every other host folder from then on.
 *
 * Deno refuses writes there anyway, but its error inside a file operation would end Pyodide; Python is
 * to see `OSError: [Errno 69] Read-only file system` and live on.
 */
export function mountReadOnly(fs: FileSystem, root: string, mountpoint: string): void {
  const { node_ops, stream_ops } = fs.filesystems.NODEFS;
  const refuse = () => {
    throw new fs.ErrnoError(EROFS);
  };
  for (const operation of ["mknod", "rename", "unlink", "rmdir", "symlink", "setattr"]) {
    node_ops[operation] = refuse;
  }
  const open = stream_ops.open as (stream: { flags: number }) => void;
  const writing = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000; // O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND
  stream_ops.open = (stream: { flags: number }) => stream.flags & writing ? refuse() : open(stream);
  stream_ops.write = refuse;
  stream_ops.setattr = refuse;
  for (const operations of [node_ops, stream_ops]) {
    for (const [name, operation] of Object.entries(operations)) {
      operations[name] = (...values: never[]) => {
        try {
          return operation(...values);
        } catch (error) {
          if ((error as Error)?.name === "NotCapable") throw new fs.ErrnoError(EACCES);
          throw error;
        }
      };
    }
  }
  fs.mkdirTree(mountpoint);
  fs.mount(fs.filesystems.NODEFS, { root }, mountpoint);
}

/** From now on Python's files may take so many bytes, and there may be so many more of them. */
export function limitFiles(fs: FileSystem, limits: Limits): void {
  const memory = fs.filesystems.MEMFS;
  const base = measure(fs.root);
  let bytes = 0;
  let files = 0;
  // What was removed is found out only when it matters.
  const check = (moreBytes: number, moreFiles: number) => {
    const isOver = () => bytes + moreBytes > limits.fileBytes || files + moreFiles > limits.files;
    if (isOver()) {
      const now = measure(fs.root);
      bytes = now.bytes - base.bytes;
      files = now.files - base.files;
      if (isOver()) throw new fs.ErrnoError(ENOSPC);
    }
    bytes += Math.max(0, moreBytes);
    files += moreFiles;
  };
  const { createNode, resizeFileStorage } = memory;
  memory.createNode = (...values) => {
    check(0, 1);
    return createNode(...values);
  };
  memory.resizeFileStorage = (node, size) => {
    check(size - node.usedBytes, 0);
    return resizeFileStorage(node, size);
  };
  const stream = memory.ops_table.file.stream;
  const { write } = stream;
  stream.write = (...values) => {
    const [{ node }, , , length, position] = values;
    check(position + length - node.usedBytes, 0);
    return write(...values);
  };
}

/** What the files below `root` take that are in memory. */
function measure(root: FileNode): { bytes: number; files: number } {
  let [bytes, files] = [0, 0];
  const folders = [root];
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    for (const node of Object.values(folder.contents ?? {})) {
      files += 1;
      if (node.usedBytes !== undefined) bytes += node.usedBytes;
      else if (node.contents && !node.link) folders.push(node);
    }
  }
  return { bytes, files };
}
