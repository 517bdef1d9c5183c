// This saves what Python has changed in overlays over the host's files. The files below stay on the host.
import type { FileSystem, UpperNode } from "../pyodide/pyodide.ts";
import type { MemoryFile } from "./memoryfiles.ts";

/** The changes of one overlay. Their paths begin at its mount. */
export interface SavedOverlay {
  /** The path of the mount. */
  at: string;
  files: MemoryFile[];
  /** The paths that are gone from below. */
  gone: string[];
}

type Bytes = Uint8Array<ArrayBuffer>;

/** All changes, and the contents of the files one after the other. Overlays without changes are left out. */
export function saveOverlays(fs: FileSystem): { overlays: SavedOverlay[]; contents: Bytes[] } {
  const contents: Bytes[] = [];
  const overlays = Array.from(fs.overlays ?? [], ([at, root]) => {
    const saved: SavedOverlay = { at, files: [], gone: [] };
    const walk = (folder: UpperNode, path: string) => {
      for (const name of folder.gone ?? []) saved.gone.push(`${path}/${name}`);
      for (const [name, node] of Object.entries(folder.contents ?? {})) {
        const own = `${path}/${name}`;
        const file: MemoryFile = {
          path: own,
          id: node.id,
          mode: node.mode,
          changed: Number(node.mtime) || 0,
        };
        saved.files.push(file);
        if (node.link !== undefined) {
          file.link = node.link;
        } else if (node.usedBytes !== undefined) {
          file.bytes = node.usedBytes;
          contents.push(Uint8Array.from((node.contents as unknown as Bytes).subarray(0, node.usedBytes)));
        } else {
          walk(node, own);
        }
      }
    };
    walk(root, "");
    return saved;
  });
  return { overlays: overlays.filter(({ files, gone }) => files.length + gone.length > 0), contents };
}

/**
 * Makes the changes again. `read` gives the next `count` bytes of the contents.
 *
 * @throws when there is no overlay at one of the paths
 */
export function restoreOverlays(
  fs: FileSystem,
  overlays: SavedOverlay[],
  read: (bytes: number) => Bytes,
): void {
  for (const { at, files, gone } of overlays) {
    const root = fs.overlays?.get(at);
    if (!root) throw new Error(`the checkpoint has changes of an overlay at ${at}, which is not there`);
    for (const { path, id, mode, changed, bytes, link } of files) {
      const [folder, name] = placeOf(root, path);
      fs.nextInode = Math.max(fs.nextInode, id + 1);
      const node: UpperNode = link === undefined
        ? folder.node_ops.mknod(folder, name, mode, 0)
        : folder.node_ops.symlink(folder, name, link);
      if (bytes !== undefined) {
        fs.truncate(node, bytes);
        node.contents = read(bytes) as unknown as UpperNode["contents"];
      }
      Object.assign(node, { id, mtime: changed });
    }
    for (const path of gone) {
      const [folder, name] = placeOf(root, path);
      (folder.gone ??= new Set()).add(name);
    }
  }
}

function placeOf(root: UpperNode, path: string): [UpperNode, string] {
  const names = path.split("/").slice(1);
  const name = names.pop();
  let folder: UpperNode | undefined = root;
  for (const own of names) {
    folder = folder?.contents && Object.hasOwn(folder.contents, own) ? folder.contents[own] : undefined;
  }
  const isFolder = folder?.contents && folder.usedBytes === undefined && folder.link === undefined;
  if (!folder || !isFolder || name === undefined) throw new Error("the checkpoint is damaged: its overlays");
  return [folder, name];
}
