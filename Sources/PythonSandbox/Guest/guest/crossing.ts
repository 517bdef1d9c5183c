// This lets paths of Python cross into the mounts. Emscripten goes from folder to folder, and keeps each that it
// has found; a mount gets the rest of a path at once, since its files may be others at any time.
import type { FileNode, FileSystem, LookupOptions, OpenFile } from "../pyodide/pyodide.ts";
import { KIND, LINK, O_NOFOLLOW } from "../pyodide/modes.ts";
import { Errno, isMissing } from "./errno.ts";

const MOST_LINKS = 40;

/** An object that answers for the files of one mount. Paths are relative to it, without `.` and `..`. */
export interface Layer {
  root: FileNode;
  /** The node of a path; another path of Python to go on with when it is a link to be followed here. */
  find(path: string, follows: boolean): FileNode | { again: string };
  /** The node of a folder, which need not be there. */
  folder(path: string): FileNode | { again: string };
  /** Opens a file; another path as above. */
  open(path: string, flags: number, mode: number): OpenFile | { again: string };
}

/** The place in a mount to which a path leads. */
interface Place {
  layer: Layer;
  path: string;
}

/** Makes paths cross into these mounts, and keeps their nodes out of the table of all nodes. */
export function crossInto(fs: FileSystem, layers: Map<FileNode, Layer>): void {
  const { lookupPath, lookupNode, open, hashAddNode } = fs;

  /** Goes along a path until a mount begins; null for one that leads into none. */
  const crossing = (path: string, options: LookupOptions): Place | null => {
    let whole = path.startsWith("/") ? path : `${fs.cwd()}/${path}`;
    links: for (let count = 0; count < MOST_LINKS; count++) {
      const parts = whole.split("/").filter((part) => part !== "");
      let [current, currentPath] = [fs.root, ""];
      for (const [index, part] of parts.entries()) {
        const isLast = index === parts.length - 1;
        if (isLast && options.parent) return null;
        if (part === ".") continue;
        if (part === "..") {
          currentPath = currentPath.slice(0, Math.max(0, currentPath.lastIndexOf("/")));
          if (current === current.parent) {
            whole = `${currentPath}/${parts.slice(index + 1).join("/")}`;
            count -= 1;
            continue links;
          }
          current = current.parent;
          continue;
        }
        currentPath += `/${part}`;
        current = fs.lookupNode(current, part);
        if (current.mounted && (!isLast || (options.follow_mount ?? true))) current = current.mounted.root!;
        const layer = layers.get(current);
        if (layer) {
          const rest = within(parts.slice(index + 1));
          if (typeof rest === "string") return { layer, path: rest };
          // The path leads out of the mount again.
          whole = [currentPath.slice(0, currentPath.lastIndexOf("/")), ...rest].join("/") || "/";
          count -= 1;
          continue links;
        }
        if ((current.mode & KIND) === LINK && (!isLast || options.follow)) {
          const folder = currentPath.slice(0, currentPath.lastIndexOf("/"));
          const target = current.link ?? "";
          whole = `${target.startsWith("/") ? target : `${folder}/${target}`}/${
            parts.slice(index + 1).join("/")
          }`;
          continue links;
        }
      }
      return null;
    }
    return null;
  };

  /** The place of a path, if it is in a mount. */
  const placeOf = (path: string, options: LookupOptions): Place | null => {
    try {
      return crossing(path, options);
    } catch {
      return null; // Emscripten finds the same error.
    }
  };

  fs.lookupPath = (path, options = {}) => {
    let at = path;
    for (let count = 0; count < MOST_LINKS; count++) {
      const place = path ? placeOf(at, options) : null;
      if (!place) return lookupPath.call(fs, at, options);
      const { layer } = place;
      const shown = (own: string) =>
        own === "" ? layer.root.mount.mountpoint : `${layer.root.mount.mountpoint}/${own}`;
      if (options.parent && place.path !== "") {
        const folder = place.path.slice(0, Math.max(0, place.path.lastIndexOf("/")));
        const node = layer.folder(folder);
        if (!("again" in node)) return { path: shown(folder), node };
        at = `${node.again}/${place.path.slice(place.path.lastIndexOf("/") + 1)}`;
        continue;
      }
      try {
        const node = layer.find(place.path, options.follow === true);
        if (!("again" in node)) return { path: shown(place.path), node };
        at = node.again;
      } catch (error) {
        if (options.noent_okay && isMissing(error)) return { path: shown(place.path) };
        throw error;
      }
    }
    throw new fs.ErrnoError(Errno.ELOOP);
  };

  fs.open = (path, flags, mode = 0o666) => {
    if (typeof path !== "string" || typeof flags !== "number") return open.call(fs, path, flags, mode);
    let at = path;
    for (let count = 0; count < MOST_LINKS; count++) {
      const place = placeOf(at, { follow: (flags & O_NOFOLLOW) === 0 });
      if (!place) return open.call(fs, at, flags, mode);
      const opened = place.layer.open(place.path, flags, mode);
      if (!("again" in opened)) return opened;
      at = opened.again;
    }
    throw new fs.ErrnoError(Errno.ELOOP);
  };

  fs.hashAddNode = (node) => {
    if (!node.isOfHost && !node.parent.isOfHost && !node.mount?.isOverlay) hashAddNode.call(fs, node);
  };

  fs.lookupNode = (parent, name) =>
    parent.isOfHost ? parent.node_ops.lookup(parent, name) : lookupNode.call(fs, parent, name);
}

/** A path without `.` and `..`; the parts that remain when it leads out of where it begins. */
function within(parts: string[]): string | string[] {
  const kept: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (part === ".") continue;
    if (part !== "..") kept.push(part);
    else if (kept.pop() === undefined) return parts.slice(index + 1);
  }
  return kept.join("/");
}
