// This bounds the files that Python keeps in memory.
import type { Limits } from "../channel/wire.ts";
import type { FileNode, FileSystem } from "../pyodide/pyodide.ts";

/** The errno of Emscripten (WASI numbering) for no space left on device. */
const ENOSPC = 51;

/**
 * Limits the bytes of Python's files, and the number of further files, from now on.
 *
 * @param onEmpty gets each file that begins empty, or is emptied
 */
export function limitFiles(fs: FileSystem, limits: Limits, onEmpty: (node: FileNode) => void): void {
  const memory = fs.filesystems.MEMFS;
  const measured = () => measure([fs.root, ...(fs.overlays?.values() ?? [])]);
  const base = measured();
  let bytes = 0;
  let files = 0;
  // Removed files are counted only when the limit would be passed.
  const check = (moreBytes: number, moreFiles: number) => {
    const isOver = () => bytes + moreBytes > limits.fileBytes || files + moreFiles > limits.files;
    if (isOver()) {
      const now = measured();
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

/** The bytes and the number of the files below these folders that are in memory. */
function measure(roots: FileNode[]): { bytes: number; files: number } {
  let [bytes, files] = [0, 0];
  const folders = [...roots];
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    for (const node of Object.values(folder.contents ?? {})) {
      files += 1;
      if (node.usedBytes !== undefined) bytes += node.usedBytes;
      else if (node.contents && !node.link) folders.push(node);
    }
  }
  return { bytes, files };
}
