// This lets Python change what it sees of a mount, while the host's files stay as they are. Changes lie above: a
// tree of files in memory, in which folders also know the names that are gone from below.
import type { EmscriptenModule } from "../pyodide/emscripten.ts";
import type { FileNode, FileSystem, OpenFile, UpperNode } from "../pyodide/pyodide.ts";
import {
  FILE,
  FOLDER,
  KIND,
  KIND_SHIFT,
  LINK,
  O_ACCMODE,
  O_CREAT,
  O_EXCL,
  O_NOFOLLOW,
  O_TRUNC,
} from "../pyodide/modes.ts";
import type { Layer } from "./crossing.ts";
import { Errno, isMissing } from "./errno.ts";
import type { HostFiles } from "./hostfiles.ts";
import { Attribute, HostLayer, type HostNode, Listing } from "./hostlayer.ts";

const MAKING = O_CREAT | O_EXCL | O_TRUNC | O_NOFOLLOW;
/** The bytes that are copied at once. */
const PIECE = 1 << 20;

type Found<Node> = Node | { again: string };

/** The node above at a path, and true when the host's file may be seen there. */
interface Above {
  upper: UpperNode | null;
  isLowerSeen: boolean;
}

export class OverlayLayer implements Layer {
  readonly root: HostNode;
  /** The changes. */
  readonly upper: UpperNode;
  private readonly fs: FileSystem;
  private readonly lower: HostLayer;
  private readonly openNode: FileSystem["open"];
  private readonly nodeOperations;
  private readonly streamOperations;
  private readonly listing = new Listing();

  constructor(
    module: EmscriptenModule,
    private readonly files: HostFiles,
    private readonly number: number,
    isFile: boolean,
  ) {
    this.fs = module.FS;
    this.openNode = this.fs.open;
    this.lower = new HostLayer(module, files, number, false, isFile);
    this.nodeOperations = this.makeNodeOperations();
    this.streamOperations = this.makeStreamOperations();
    this.upper = this.fs.filesystems.MEMFS.createNode(null, "/", FOLDER | 0o777, 0);
    this.root = isFile ? this.ofLower(this.lower.root) : this.folder("");
  }

  /** Takes the place where it stands. */
  takePlace(): void {
    this.lower.root.mount = this.upper.mount = this.root.mount;
    this.root.mount.isOverlay = true;
  }

  find(path: string, follows: boolean): Found<FileNode> {
    if (path === "") return this.isFile ? this.fileAtRoot() : this.root;
    const parts = path.split("/");
    for (let count = 1; count <= parts.length; count++) {
      const own = parts.slice(0, count).join("/");
      const isLast = count === parts.length;
      const { upper, isLowerSeen } = this.above(own);
      if (!upper) {
        if (!isLowerSeen) return this.files.fail(Errno.ENOENT);
        return this.findBelow(parts, count, follows);
      }
      const kind = upper.mode & KIND;
      if (kind === LINK && (!isLast || follows)) return this.again(parts, count, upper.link!, true);
      if (kind !== FOLDER && !isLast) return this.files.fail(Errno.ENOTDIR);
      if (isLast) return kind === FOLDER ? this.folder(own) : Object.assign(upper, { path: own });
    }
    return this.root;
  }

  /** Finds a file of the host of which nothing lies above. The host follows no link, since its end may lie above. */
  private findBelow(parts: string[], first: number, follows: boolean): Found<FileNode> {
    const path = parts.join("/");
    try {
      const node = this.lower.find(path, false);
      if ((node.mode & KIND) === LINK && follows) {
        return this.again(parts, parts.length, this.targetOf(path), false);
      }
      return (node.mode & KIND) === FOLDER ? this.folder(path, node.attributes) : this.ofLower(node);
    } catch (error) {
      if ((error as { errno?: number }).errno !== Errno.ELOOP) throw error;
    }
    for (let count = first; count < parts.length; count++) {
      const own = parts.slice(0, count).join("/");
      const { mode } = this.lower.find(own, false);
      if ((mode & KIND) === LINK) return this.again(parts, count, this.targetOf(own), false);
    }
    return this.files.fail(Errno.ELOOP);
  }

  private targetOf(path: string): string {
    return this.lower.root.node_ops.readlink(this.lower.folder(path)) as string;
  }

  /** The path to which a link leads. Links of the host lead nowhere else than into its mount. */
  private again(parts: string[], count: number, target: string, isOurs: boolean): { again: string } {
    const { mountpoint } = this.root.mount;
    const rest = parts.slice(count);
    if (target.startsWith("/")) {
      if (!isOurs) this.files.fail(Errno.ENOENT);
      return { again: [target, ...rest].join("/") };
    }
    let depth = count - 1;
    for (const part of target.split("/")) {
      if (part === "..") depth -= 1;
      else if (part !== "" && part !== ".") depth += 1;
      if (depth < 0 && !isOurs) this.files.fail(Errno.ENOENT);
    }
    return { again: [mountpoint, ...parts.slice(0, count - 1), target, ...rest].join("/") };
  }

  folder(path: string, attributes?: number[]): HostNode {
    const node = this.lower.node(path, FOLDER | 0o755, attributes);
    const parent = this.root ?? node;
    const { nodeOperations: node_ops, streamOperations: stream_ops } = this;
    return Object.assign(node, { parent, mount: this.root?.mount, node_ops, stream_ops });
  }

  open(path: string, flags: number, mode: number): Found<OpenFile> {
    let node: Found<FileNode>;
    try {
      node = this.find(path, (flags & O_NOFOLLOW) === 0);
    } catch (error) {
      if (!isMissing(error) || !(flags & O_CREAT)) throw error;
      const folder = this.find(folderOf(path), true);
      if ("again" in folder) return { again: `${folder.again}/${nameOf(path)}` };
      const made = this.nodeOperations.mknod(folder as HostNode, nameOf(path), FILE | mode & 0o777, 0);
      return this.openUpper(made, path, flags);
    }
    if ("again" in node) return node;
    if (flags & O_CREAT && flags & O_EXCL) return this.files.fail(Errno.EEXIST);
    const kind = node.mode & KIND;
    if (kind === LINK) return this.files.fail(Errno.ELOOP);
    if (kind === FOLDER && flags & (O_ACCMODE | O_CREAT | O_TRUNC)) return this.files.fail(Errno.EISDIR);
    const changes = flags & (O_ACCMODE | O_TRUNC);
    if (kind !== FOLDER && node.isOfHost && changes) {
      return this.openUpper(this.copyFile(path, (flags & O_TRUNC) === 0), path, flags);
    }
    if (!node.isOfHost) return this.openUpper(node, path, flags);
    if (kind === FOLDER) return this.openFolder(node as HostNode, flags);
    return this.lower.open(path, flags & ~(O_CREAT | O_EXCL), mode);
  }

  private openUpper(node: FileNode, path: string, flags: number): OpenFile {
    if (flags & O_TRUNC) this.fs.truncate(node, 0);
    const stream = this.openNode.call(this.fs, node, flags & ~MAKING);
    stream.path = this.shown(path);
    return stream;
  }

  private openFolder(node: HostNode, flags: number): OpenFile {
    return this.fs.createStream({
      node,
      path: this.shown(node.path),
      flags: flags & ~MAKING,
      position: 0,
      seekable: true,
      stream_ops: this.streamOperations,
      ungotten: [],
      error: false,
    });
  }

  private shown(path: string): string {
    const { mountpoint } = this.root.mount;
    return path === "" ? mountpoint : `${mountpoint}/${path}`;
  }

  /** A single file lies above under a name that no file has. */
  private get isFile(): boolean {
    return (this.lower.root.mode & KIND) === FILE;
  }

  private fileAtRoot(): FileNode {
    return this.upper.contents![""] ?? this.root;
  }

  /** Looks for a path in the tree of changes. */
  private above(path: string): Above {
    if (path === "" && this.isFile) {
      return { upper: this.upper.contents![""] ?? null, isLowerSeen: true };
    }
    let upper: UpperNode | null = this.upper;
    let isLowerSeen = true;
    for (const name of path === "" ? [] : path.split("/")) {
      if (!upper) break;
      if (upper.gone?.has(name)) isLowerSeen = false;
      if ((upper.mode & KIND) !== FOLDER) return { upper: null, isLowerSeen: false };
      const { contents }: UpperNode = upper;
      upper = contents && Object.hasOwn(contents, name) ? contents[name] : null;
    }
    return { upper, isLowerSeen };
  }

  /** A file or link of the host, which is copied before it is changed. */
  private ofLower(node: HostNode): HostNode {
    const { lower } = this;
    const node_ops = {
      getattr: lower.root.node_ops.getattr,
      readlink: lower.root.node_ops.readlink,
      setattr: (own: HostNode, values: object) => {
        const copy = this.copyFile(own.path, true);
        copy.node_ops.setattr(copy, values);
      },
    };
    return Object.assign(node, { parent: this.root ?? node, mount: this.root?.mount, node_ops });
  }

  /** The folder above at a path; it is made where there is none. */
  private copyFolder(path: string): UpperNode {
    const { upper, isLowerSeen } = this.above(path);
    if (upper) return (upper.mode & KIND) === FOLDER ? upper : this.files.fail(Errno.ENOTDIR);
    if (!isLowerSeen) return this.files.fail(Errno.ENOENT);
    const parent = this.copyFolder(folderOf(path));
    const { mode, attributes } = this.lower.find(path, false);
    if ((mode & KIND) !== FOLDER) return this.files.fail(Errno.ENOTDIR);
    return this.make(parent, nameOf(path), attributes!);
  }

  private make(parent: UpperNode, name: string, attributes: number[]): UpperNode {
    const node = parent.node_ops.mknod(parent, name, attributes[Attribute.mode], 0) as UpperNode;
    node.mtime = attributes[Attribute.changed];
    return node;
  }

  /** Copies a file of the host, with its content or empty. */
  private copyFile(path: string, isWhole: boolean): FileNode {
    const parent = this.isFile ? this.upper : this.copyFolder(folderOf(path));
    const name = this.isFile ? "" : nameOf(path);
    const { file, attributes } = this.files.open(this.number, path, 0, 0);
    if (!file) return this.files.fail(Errno.EISDIR);
    try {
      const node = this.make(parent, name, attributes);
      try {
        if (isWhole) this.copyContent(node, file, attributes[Attribute.size]);
        node.mtime = attributes[Attribute.changed];
        return node;
      } catch (error) {
        delete parent.contents![name];
        throw error;
      }
    } finally {
      this.files.close(file);
    }
  }

  private copyContent(node: FileNode, file: Parameters<HostFiles["read"]>[0], size: number): void {
    // A file for which there is no room is refused before it is read.
    this.fs.truncate(node, size);
    const stream = this.openNode.call(this.fs, node, 0o1);
    try {
      const piece = new Uint8Array(Math.min(PIECE, size));
      for (let position = 0; position < size;) {
        const count = this.files.read(file, piece, position);
        if (count === 0) break;
        stream.stream_ops.write(stream, piece, 0, count, position);
        position += count;
      }
    } finally {
      this.fs.close(stream);
    }
  }

  private childOf({ path }: HostNode, name: string): string {
    if (name === "" || name === "." || name === "..") this.files.fail(Errno.EINVAL);
    return path === "" ? name : `${path}/${name}`;
  }

  /** The names in a folder with their kinds. */
  private entriesOf(path: string): Map<string, number> {
    const { upper, isLowerSeen } = this.above(path);
    let entries = new Map<string, number>();
    try {
      if (isLowerSeen) entries = this.files.list(this.number, path);
    } catch (error) {
      if (!upper || !isMissing(error)) throw error;
    }
    for (const name of upper?.gone ?? []) entries.delete(name);
    for (const [name, { mode }] of Object.entries(upper?.contents ?? {})) {
      entries.set(name, (mode & KIND) >> KIND_SHIFT);
    }
    return entries;
  }

  /** Takes a name out of a folder. */
  private remove(folder: HostNode, name: string): void {
    const path = this.childOf(folder, name);
    const parent = this.copyFolder(folder.path);
    if (this.above(path).isLowerSeen) (parent.gone ??= new Set()).add(name);
    delete parent.contents![name];
    parent.mtime = parent.ctime = Date.now();
  }

  private makeNodeOperations() {
    return {
      lookup: (folder: HostNode, name: string): FileNode => {
        const path = this.childOf(folder, name);
        const kind = folder.entries?.get(name);
        if (kind !== undefined) return this.lower.node(path, kind << KIND_SHIFT);
        return this.find(path, false) as FileNode;
      },
      readdir: ({ path }: HostNode) => {
        return this.listing.read(path, this.entriesOf(path));
      },
      getattr: (node: HostNode) => {
        const { upper } = this.above(node.path);
        return upper && node.path !== ""
          ? upper.node_ops.getattr(upper)
          : this.lower.root.node_ops.getattr(node);
      },
      setattr: ({ path }: HostNode, values: object) => {
        const folder = this.copyFolder(path);
        folder.node_ops.setattr(folder, values);
      },
      mknod: (folder: HostNode, name: string, mode: number, device: number): FileNode => {
        if (![FILE, FOLDER].includes(mode & KIND)) this.files.fail(Errno.EPERM);
        const path = this.childOf(folder, name);
        const parent = this.copyFolder(folder.path);
        const node = parent.node_ops.mknod(parent, name, mode & ~0o6000, device) as FileNode;
        return (mode & KIND) === FOLDER ? this.folder(path) : node;
      },
      symlink: (folder: HostNode, name: string, target: string): FileNode => {
        this.childOf(folder, name);
        const parent = this.copyFolder(folder.path);
        return parent.node_ops.symlink(parent, name, target) as FileNode;
      },
      unlink: (folder: HostNode, name: string) => this.remove(folder, name),
      rmdir: (folder: HostNode, name: string) => {
        if (this.entriesOf(this.childOf(folder, name)).size > 0) this.files.fail(Errno.ENOTEMPTY);
        this.remove(folder, name);
      },
      rename: (old: HostNode, folder: HostNode, name: string) => {
        const from = old.path;
        const to = this.childOf(folder, name);
        const isFolder = (old.mode & KIND) === FOLDER;
        let { upper } = this.above(from);
        // A folder of the host's would have to be copied whole, which those do who rename across devices.
        if (isFolder && (!upper || this.isBelow(from))) this.files.fail(Errno.EXDEV);
        if (isFolder && this.isThere(to) && this.entriesOf(to).size > 0) this.files.fail(Errno.ENOTEMPTY);
        upper ??= this.copyFile(from, true) as UpperNode;
        const parent = this.copyFolder(folder.path);
        this.remove(this.folder(folderOf(from)), nameOf(from));
        if (isFolder) (parent.gone ??= new Set()).add(name);
        parent.contents![name] = upper;
        upper.name = name;
        upper.parent = parent;
      },
    };
  }

  /** True when the host has something at a path that can be seen. */
  private isBelow(path: string): boolean {
    if (!this.above(path).isLowerSeen) return false;
    try {
      return this.lower.find(path, false) !== null;
    } catch {
      return false;
    }
  }

  private isThere(path: string): boolean {
    try {
      return this.find(path, false) !== null;
    } catch {
      return false;
    }
  }

  private makeStreamOperations() {
    return {
      dup: () => {},
      close: () => {},
      llseek: (stream: OpenFile & { node: HostNode }, offset: number, whence: number): number => {
        if (whence === 1) this.listing.handOut(stream.node);
        return (whence === 1 ? stream.position : 0) + offset;
      },
    };
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
