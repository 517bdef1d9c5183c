// The files that Python keeps in memory: they are outside its heap, and are saved beside it.
import type { FileNode, FileSystem } from "./pyodide.ts";

/** A file (`bytes`), a link (`link`) or a folder (neither). */
export interface MemoryFile {
  path: string;
  /** A file's number, by which SQLite for one knows its files. */
  id: number;
  mode: number;
  /** When it was changed: milliseconds since 1970. */
  changed: number;
  bytes?: number;
  link?: string;
}

/** Made anew by every start. */
const UNSAVED = /^\/(dev|proc|lib\/python\d+\.zip)$/;

/** All of them, folders before what is in them, and the contents one after the other. */
export function saveFiles(fs: FileSystem): { files: MemoryFile[]; contents: Uint8Array<ArrayBuffer>[] } {
  const files: MemoryFile[] = [];
  const contents: Uint8Array<ArrayBuffer>[] = [];
  const walk = (folder: FileNode, path: string) => {
    for (const [name, node] of Object.entries(folder.contents ?? {})) {
      const own = `${path}/${name}`;
      if (node.mounted || UNSAVED.test(own)) continue;
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

/** Removes all of them, but for the folders in which there is something else. */
export function removeFiles(fs: FileSystem): void {
  const { files } = saveFiles(fs);
  for (const { path, bytes, link } of files.reverse()) {
    if (bytes !== undefined || link !== undefined) fs.unlink(path);
    else if (Object.keys(fs.analyzePath(path, true).object!.contents!).length === 0) fs.rmdir(path);
  }
}

/** Makes those that are not there; `read` gives the next so many bytes of the contents. */
export function restoreFiles(
  fs: FileSystem,
  files: MemoryFile[],
  read: (bytes: number) => Uint8Array<ArrayBuffer>,
): void {
  // Folders get other numbers, which no file has.
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
  // Last, since what is made in a folder changes it.
  for (const { path, changed, link } of files) if (link === undefined) fs.utime(path, changed, changed);
}
