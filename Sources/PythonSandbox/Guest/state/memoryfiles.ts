// These are the files that Python keeps in memory. They are outside its heap, and are saved beside it.
import type { FileNode, FileSystem } from "../pyodide/pyodide.ts";

/** A file (with `bytes`), a link (with `link`) or a folder (with neither). */
export interface MemoryFile {
  path: string;
  /** The number of the file. SQLite, for one, knows its files by it. */
  id: number;
  mode: number;
  /** The time of the last change, in milliseconds since 1970. */
  changed: number;
  bytes?: number;
  link?: string;
}

/** The paths that every start makes anew. */
const UNSAVED = /^\/(dev|proc|lib\/python\d+\.zip)$/;

/** All files, with folders before their entries, and the contents one after the other. */
export function saveFiles(fs: FileSystem): { files: MemoryFile[]; contents: Uint8Array<ArrayBuffer>[] } {
  const files: MemoryFile[] = [];
  const contents: Uint8Array<ArrayBuffer>[] = [];
  const walk = (folder: FileNode, path: string) => {
    for (const [name, node] of Object.entries(folder.contents ?? {})) {
      const own = `${path}/${name}`;
      if (node.mounted || UNSAVED.test(own) || isElsewhere(node)) continue;
      const file: MemoryFile = { path: own, id: node.id, mode: node.mode, changed: Number(node.mtime) || 0 };
      files.push(file);
      if (node.link !== undefined) {
        file.link = node.link;
      } else if (node.usedBytes !== undefined) {
        file.bytes = node.usedBytes;
        contents.push(Uint8Array.from(fs.readFile(own)));
      } else {
        walk(node, own);
      }
    }
  };
  walk(fs.root, "");
  return { files, contents };
}

/** True for a device, and for a file of the host. */
function isElsewhere({ contents, link, usedBytes }: FileNode): boolean {
  return contents === undefined && link === undefined && usedBytes === undefined;
}

/** Removes all files. Folders with other entries stay. */
export function removeFiles(fs: FileSystem): void {
  const { files } = saveFiles(fs);
  for (const { path, bytes, link } of files.reverse()) {
    if (bytes !== undefined || link !== undefined) fs.unlink(path);
    else if (Object.keys(fs.analyzePath(path, true).object!.contents!).length === 0) fs.rmdir(path);
  }
}

/** Makes the files that are missing. `read` gives the next `count` bytes of the contents. */
export function restoreFiles(
  fs: FileSystem,
  files: MemoryFile[],
  read: (bytes: number) => Uint8Array<ArrayBuffer>,
): void {
  // Folders get new numbers, which no file may have.
  for (const { id } of files) fs.nextInode = Math.max(fs.nextInode, id + 1);
  for (const { path, id, mode, bytes, link } of files) {
    if (link !== undefined) {
      if (!fs.analyzePath(path, true).exists) fs.symlink(link, path);
      continue;
    }
    if (bytes === undefined) {
      fs.mkdirTree(path);
    } else {
      fs.writeFile(path, read(bytes));
      fs.analyzePath(path, true).object!.id = id;
    }
    fs.chmod(path, mode);
  }
  // The times come last, since a new entry changes those of its folder.
  for (const { path, changed, link } of files) if (link === undefined) fs.utime(path, changed, changed);
}
