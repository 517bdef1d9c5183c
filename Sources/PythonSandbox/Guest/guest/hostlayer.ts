// This is a folder or a file of the host's machine, as it is. Nothing of it is kept: each call asks the host, which
// alone decides what there is and what may be done.
import type { EmscriptenModule } from "../pyodide/emscripten.ts";
import type { FileNode, FileSystem, OpenFile } from "../pyodide/pyodide.ts";
import {
  FILE,
  FOLDER,
  KIND,
  KIND_SHIFT,
  LINK,
  O_ACCMODE,
  O_APPEND,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOFOLLOW,
  O_TRUNC,
} from "../pyodide/modes.ts";
import type { Layer } from "./crossing.ts";
import { Errno } from "./errno.ts";
import type { HostFile, HostFiles } from "./hostfiles.ts";

/** The flags that the host gets. */
const OPENING = O_ACCMODE | O_CREAT | O_EXCL | O_TRUNC | O_APPEND | O_DIRECTORY | O_NOFOLLOW;
/** The flags that a stream keeps. */
const KEPT = ~(O_EXCL | O_TRUNC | O_NOFOLLOW);

/** The attributes that the host tells. */
export const Attribute = {
  mode: 0,
  size: 1,
  number: 2,
  links: 3,
  blocks: 4,
  read: 5,
  changed: 6,
  attributes: 7,
} as const;

/** A node of a mount. It is made for one call. */
export interface HostNode extends FileNode {
  path: string;
  /** The attributes that were found with it, until they are told. */
  attributes?: number[];
  /** The entries of a folder that is being listed. */
  entries?: Map<string, number>;
}

type HostStream = OpenFile & { node: HostNode; shared: { file?: HostFile }; getdents?: unknown };

/** The folder that was read last: Emscripten asks for each of its entries then. */
export class Listing {
  private last: { path: string; entries: Map<string, number> } | null = null;

  /** The names in a folder, as Emscripten wants them. */
  read(path: string, entries: Map<string, number>): string[] {
    this.last = { path, entries };
    return [".", "..", ...entries.keys()];
  }

  /** Called when Emscripten begins to hand out a folder's entries, which it does with a seek. */
  handOut(node: HostNode): void {
    if (this.last?.path === node.path) node.entries ??= this.last.entries;
  }
}

export class HostLayer implements Layer {
  readonly root: HostNode;
  private readonly fs: FileSystem;
  private readonly nodeOperations;
  private readonly streamOperations;
  private readonly listing = new Listing();

  constructor(
    private readonly module: EmscriptenModule,
    private readonly files: HostFiles,
    private readonly mount: number,
    private readonly isWritable: boolean,
    isFile: boolean,
  ) {
    this.fs = module.FS;
    this.nodeOperations = this.makeNodeOperations();
    this.streamOperations = this.makeStreamOperations();
    this.root = this.node("", isFile ? FILE | 0o644 : FOLDER | 0o755);
  }

  find(path: string, follows: boolean): HostNode {
    if (path === "") return this.root;
    const { mount } = this;
    const { attributes } = this.files.ask({ operation: "stat", mount, path, flags: follows ? 1 : 0 });
    return this.node(path, attributes![Attribute.mode], attributes);
  }

  folder(path: string): HostNode {
    return path === "" ? this.root : this.node(path, FOLDER | 0o755);
  }

  open(path: string, flags: number, mode: number): OpenFile {
    if (flags & (O_ACCMODE | O_CREAT | O_TRUNC)) this.mustBeWritable();
    const { file, attributes } = this.files.open(this.mount, path, flags & OPENING, mode & 0o777);
    const node = this.node(path, attributes[Attribute.mode], file ? undefined : attributes);
    const whole = path === "" ? this.root.mount.mountpoint : `${this.root.mount.mountpoint}/${path}`;
    try {
      const stream = this.fs.createStream({
        node,
        path: whole,
        flags: flags & KEPT,
        position: 0,
        seekable: true,
        stream_ops: this.streamOperations,
        ungotten: [],
        error: false,
      }) as HostStream;
      stream.shared.file = file ?? undefined;
      return stream;
    } catch (error) {
      if (file) this.files.close(file);
      throw error;
    }
  }

  private mustBeWritable(): void {
    if (!this.isWritable) this.files.fail(Errno.EROFS);
  }

  node(path: string, mode: number, attributes?: number[]): HostNode {
    const { fs, root, nodeOperations: node_ops, streamOperations: stream_ops } = this;
    const node = Object.create(fs.FSNode.prototype);
    // No other node has this number, so that none is found below it.
    return Object.assign(node, {
      id: -1,
      parent: root ?? node,
      mount: root?.mount,
      mounted: null,
      name: path,
      path,
      mode,
      rdev: 0,
      attributes,
      isOfHost: true,
      node_ops,
      stream_ops,
      readMode: 0o555,
      writeMode: 0o222,
    });
  }

  private makeNodeOperations() {
    const { files, mount } = this;
    const child = ({ path }: HostNode, name: string) => {
      if (name === "" || name === "." || name === "..") files.fail(Errno.EINVAL);
      return path === "" ? name : `${path}/${name}`;
    };
    const change = (question: Omit<Parameters<HostFiles["ask"]>[0], "mount">) => {
      this.mustBeWritable();
      files.change();
      return files.ask({ ...question, mount });
    };
    return {
      lookup: (folder: HostNode, name: string) => {
        const kind = folder.entries?.get(name);
        if (kind !== undefined) return this.node(child(folder, name), kind << KIND_SHIFT);
        return this.find(child(folder, name), false);
      },
      readdir: ({ path }: HostNode) => {
        return this.listing.read(path, files.list(mount, path));
      },
      getattr: (node: HostNode) => {
        const attributes = node.attributes ??
          files.ask({ operation: "stat", mount, path: node.path, flags: 1 }).attributes!;
        node.attributes = undefined;
        return told(attributes, mount);
      },
      setattr: ({ path }: HostNode, values: Changes) => {
        this.mustBeWritable();
        const changes = changed(values);
        const flags = values.dontFollow ? 0 : 1;
        if (changes) change({ operation: "change", path, flags, ...changes });
      },
      mknod: (folder: HostNode, name: string, mode: number) => {
        const path = child(folder, name);
        if ((mode & KIND) === FOLDER) {
          change({ operation: "make", path, mode: mode & 0o777 });
        } else if ((mode & KIND) === FILE) {
          const { handle } = change({
            operation: "open",
            path,
            flags: 0o1 | O_CREAT | O_EXCL,
            mode: mode & 0o777,
          });
          files.ask({ operation: "close", mount, handle });
        } else {
          files.fail(Errno.EPERM);
        }
        return this.node(path, mode);
      },
      rename: (old: HostNode, folder: HostNode, name: string) => {
        const other = child(folder, name);
        change({ operation: "rename", path: old.path, other });
        old.path = old.name = other;
      },
      unlink: (folder: HostNode, name: string) => {
        change({ operation: "remove", path: child(folder, name), flags: 0 });
      },
      rmdir: (folder: HostNode, name: string) => {
        change({ operation: "remove", path: child(folder, name), flags: 1 });
      },
      symlink: (folder: HostNode, name: string, target: string) => {
        const path = child(folder, name);
        change({ operation: "link", path, other: target });
        return this.node(path, LINK | 0o777);
      },
      readlink: ({ path }: HostNode) => {
        const { bytes } = files.ask({ operation: "target", mount, path });
        return new TextDecoder().decode(files.content.slice(0, bytes));
      },
    };
  }

  private makeStreamOperations() {
    const { files, mount, module } = this;
    const fileOf = ({ shared }: HostStream) => shared.file ?? files.fail(Errno.EISDIR);
    const attributesOf = (stream: HostStream): number[] => {
      const { file } = stream.shared;
      if (!file) return files.ask({ operation: "stat", mount, path: stream.node.path, flags: 1 }).attributes!;
      const attributes = file.first ??
        files.ask({ operation: "stat", mount, handle: file.handle }).attributes!;
      file.first = null;
      return attributes;
    };
    const bytes = (buffer: Int8Array, offset: number, length: number) =>
      new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length);
    const moving =
      (move: "read" | "write") =>
      (stream: HostStream, buffer: Int8Array, offset: number, length: number, position: number): number =>
        length === 0 ? 0 : files[move](fileOf(stream), bytes(buffer, offset, length), position);
    const operations = {
      dup: ({ shared: { file } }: HostStream) => {
        if (file) file.users += 1;
      },
      close: ({ shared: { file } }: HostStream) => {
        if (file && --file.users === 0) files.close(file);
      },
      read: moving("read"),
      write: moving("write"),
      llseek: (stream: HostStream, offset: number, whence: number): number => {
        const { node, shared: { file } } = stream;
        if (!file && whence === 1) this.listing.handOut(node);
        let base = 0;
        if (whence === 1) base = stream.position;
        if (whence === 2) base = file?.written ?? attributesOf(stream)[Attribute.size];
        if (base + offset < 0) files.fail(Errno.EINVAL);
        return base + offset;
      },
      mmap: (stream: HostStream, length: number, position: number) => {
        const ptr = module.mmapAlloc(length);
        if (!ptr) files.fail(48); // ENOMEM
        const file = fileOf(stream);
        for (let done = 0; done < length;) {
          const count = files.read(file, bytes(module.HEAP8, ptr + done, length - done), position + done);
          if (count === 0) break;
          done += count;
        }
        return { ptr, allocated: true };
      },
      msync: (stream: HostStream, buffer: Int8Array, offset: number, length: number) => {
        operations.write(stream, buffer, 0, length, offset);
        return 0;
      },
      fsync: ({ shared: { file } }: HostStream) => {
        if (file && this.isWritable) files.ask({ operation: "sync", mount, handle: file.handle });
        return 0;
      },
      getattr: (stream: HostStream) => told(attributesOf(stream), mount),
      setattr: (stream: HostStream, values: Changes) => {
        this.mustBeWritable();
        const changes = changed(values);
        const { file } = stream.shared;
        if (!changes) return;
        files.change();
        const place = file ? { handle: file.handle } : { path: stream.node.path, flags: 1 };
        if (file) file.first = file.written = null;
        files.ask({ operation: "change", mount, ...place, ...changes });
      },
    };
    return operations;
  }
}

/** The changes that Emscripten asks for. */
interface Changes {
  mode?: number;
  size?: number;
  atime?: number | null;
  mtime?: number | null;
  dontFollow?: boolean;
}

/** The changes as the host gets them; null for none. */
function changed({ mode, size, atime, mtime }: Changes) {
  const changes = {
    mode: mode === undefined ? undefined : mode & 0o777,
    length: size,
    read: atime ?? undefined,
    changed: mtime ?? undefined,
  };
  return Object.values(changes).some((value) => value !== undefined) ? changes : null;
}

/** The attributes in Emscripten's form. */
function told(attributes: number[], mount: number) {
  const date = (index: number) => new Date(attributes[index]);
  return {
    dev: 1000 + mount,
    ino: attributes[Attribute.number],
    mode: attributes[Attribute.mode],
    nlink: attributes[Attribute.links],
    uid: 0,
    gid: 0,
    rdev: 0,
    size: attributes[Attribute.size],
    blksize: 4096,
    blocks: Math.min(attributes[Attribute.blocks], 0x7fffffff),
    atime: date(Attribute.read),
    mtime: date(Attribute.changed),
    ctime: date(Attribute.attributes),
  };
}
