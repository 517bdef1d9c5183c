// This shows the image and the standard library as a part of Python's file system. Only this code reads them
// through Deno, and Python cannot reach that. They never change, so the names in a folder are read once.
import { O_ACCMODE, O_APPEND, O_CREAT, O_TRUNC } from "../pyodide/modes.ts";
import type { EmscriptenModule } from "../pyodide/emscripten.ts";
import type { FileNode, FileSystemType, OpenFile } from "../pyodide/pyodide.ts";

// These are taken now, since later there is no Deno in this realm.
const { openSync, readDirSync, SeekMode, errors } = Deno;

/** The errno values of Emscripten (WASI numbering). */
const Errno = { EACCES: 2, EINVAL: 28, EIO: 29, ENOENT: 44, EROFS: 69 } as const;

const FOLDER = 0o40755;
const FILE = 0o100644;
/** The date of every file: the oldest that a wheel can hold. */
const DATE = new Date("1980-01-01T00:00:00Z");
const TIMES = { atime: DATE, mtime: DATE, ctime: DATE };
const WRITING = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;

interface ImageNode extends FileNode {
  /** The names in a folder, with true for folders, once they were read. */
  names?: Map<string, boolean>;
  /** The number of bytes in a file, once it was read. */
  size?: number;
}

type ImageFile = OpenFile & {
  node: ImageNode;
  file: Deno.FsFile;
  /** The object that all descriptors of one opening share. */
  shared: { users?: number };
};

/** Puts private fields on an object that was made elsewhere. */
class Adopting {
  constructor(object: object) {
    return object;
  }
}

/** The place of a node's file on the host. Code that runs in this realm sees the node, but not its place. */
class Place extends Adopting {
  readonly #path: string;

  constructor(node: FileNode, path: string) {
    super(node);
    this.#path = path;
  }

  static of(node: ImageNode): string {
    return (node as unknown as Place).#path;
  }
}

/** Mounts the host folder `root` at `mountpoint`, for reading. */
export function mountImage(module: EmscriptenModule, root: string, mountpoint: string): void {
  const { FS } = module;
  const { createNode } = operationsOn(module);
  const type: FileSystemType = { mount: () => createNode(null, "/", root, true) };
  FS.mkdirTree(mountpoint);
  FS.mount(type, {}, mountpoint);
}

/** Gives the file at `path` the content of the host's file `source`, for reading. */
export function showFile(module: EmscriptenModule, source: string, path: string): void {
  const node = module.FS.analyzePath(path, true).object!;
  const { node_ops, stream_ops } = operationsOn(module);
  // It is no file in memory any more.
  for (const field of ["contents", "usedBytes"]) Reflect.deleteProperty(node, field);
  new Place(node, source);
  Object.assign(node, { node_ops, stream_ops, mode: FILE });
}

/** The operations on files of the host that Emscripten's file system calls. */
function operationsOn(module: EmscriptenModule) {
  const { FS } = module;

  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new FS.ErrnoError(errno(error));
    }
  };
  const refuse = () => {
    throw new FS.ErrnoError(Errno.EROFS);
  };

  const createNode = (parent: ImageNode | null, name: string, path: string, isFolder: boolean): ImageNode => {
    const node = FS.createNode(parent, name, isFolder ? FOLDER : FILE, 0) as ImageNode;
    new Place(node, path);
    return Object.assign(node, { node_ops, stream_ops });
  };
  const names = (folder: ImageNode) =>
    folder.names ??= attempt(() => {
      return new Map(
        Array.from(readDirSync(Place.of(folder)), ({ name, isDirectory }) => [name, isDirectory]),
      );
    });
  const sizeOf = (node: ImageNode) =>
    node.size ??= node.mode === FOLDER ? 4096 : attempt(() => measure(node));

  const node_ops = {
    lookup(folder: ImageNode, name: string): ImageNode {
      const isFolder = names(folder).get(name);
      if (isFolder === undefined) throw new FS.ErrnoError(Errno.ENOENT);
      return createNode(folder, name, `${Place.of(folder)}/${name}`, isFolder);
    },
    readdir: (folder: ImageNode) => [".", "..", ...names(folder).keys()],
    getattr(node: ImageNode) {
      const { id: ino, mode } = node;
      const size = sizeOf(node);
      const blocks = Math.ceil(size / 512);
      return { dev: 1, ino, mode, nlink: 1, uid: 0, gid: 0, rdev: 0, size, ...TIMES, blksize: 4096, blocks };
    },
    setattr: refuse,
    mknod: refuse,
    rename: refuse,
    unlink: refuse,
    rmdir: refuse,
    symlink: refuse,
    readlink() {
      throw new FS.ErrnoError(Errno.EINVAL);
    },
  };

  const stream_ops = {
    open(stream: ImageFile) {
      try {
        if (stream.flags & WRITING) refuse();
        if (stream.node.mode === FOLDER) return;
        stream.file = attempt(() => openSync(Place.of(stream.node)));
      } catch (error) {
        // Emscripten has already given the stream a descriptor.
        FS.closeStream(stream.fd);
        throw error;
      }
      stream.shared.users = 1;
    },
    dup(stream: ImageFile) {
      stream.shared.users! += 1;
    },
    close(stream: ImageFile) {
      if (stream.file && --stream.shared.users! === 0) stream.file.close();
    },
    read(stream: ImageFile, buffer: Int8Array, offset: number, length: number, position: number): number {
      return attempt(() => {
        stream.file.seekSync(position, SeekMode.Start);
        const bytes = new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset + offset, length);
        return stream.file.readSync(bytes) ?? 0;
      });
    },
    llseek(stream: ImageFile, offset: number, whence: number): number {
      const base = whence === 1 ? stream.position : whence === 2 ? sizeOf(stream.node) : 0;
      if (base + offset < 0) throw new FS.ErrnoError(Errno.EINVAL);
      return base + offset;
    },
    mmap(stream: ImageFile, length: number, position: number) {
      const ptr = module.mmapAlloc(length);
      this.read(stream, module.HEAP8, ptr, length, position);
      return { ptr, allocated: true };
    },
    msync: () => 0,
    write: refuse,
  };

  return { createNode, node_ops, stream_ops };
}

function measure(node: ImageNode): number {
  using file = openSync(Place.of(node));
  return file.seekSync(0, SeekMode.End);
}

function errno(error: unknown): number {
  if (error instanceof errors.NotFound) return Errno.ENOENT;
  if (error instanceof errors.NotCapable || error instanceof errors.PermissionDenied) return Errno.EACCES;
  return Errno.EIO;
}
