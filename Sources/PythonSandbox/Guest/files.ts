// A bound on what Python may keep in memory as files.
import type { Limits } from "./messages.ts";
import type { FileNode, FileSystem } from "./pyodide.ts";

/** Errno of Emscripten (WASI numbering): no space left on device. */
const ENOSPC = 51;

/**
 * From now on Python's files may take so many bytes, and there may be so many more of them.
 *
 * @param onEmpty gets each file that begins empty, or is made so
 */
export function limitFiles(fs: FileSystem, limits: Limits, onEmpty: (node: FileNode) => void): void {
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
    const node = createNode(...values);
    onEmpty(node);
    return node;
  };
  memory.resizeFileStorage = (node, size) => {
    check(size - node.usedBytes, 0);
    if (size === 0) onEmpty(node);
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
