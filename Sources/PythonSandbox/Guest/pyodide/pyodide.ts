// This loads Pyodide with Deno as Node, for the steps that make an image. It also describes the part of its
// interface that is used.
import { createRequire } from "node:module";
import process from "node:process";
import type { EmscriptenModule, EmscriptenSettings } from "./emscripten.ts";

// deno-lint-ignore no-explicit-any
type Operations = Record<string, (...values: any[]) => any>;

/** The part of Pyodide's Emscripten file system that is used here. */
export interface FileSystem {
  root: FileNode;
  /** The number that the next file gets. */
  nextInode: number;
  /** The open files, by descriptor. */
  streams: (OpenFile | null)[];
  /** The nodes by a hash of their folder and name. Those of one hash are linked. */
  nameTable: (FileNode | null)[];
  hashAddNode(node: FileNode): void;
  /** The functions of devices, by the devices' numbers. */
  devices: ({ stream_ops: Operations } | undefined)[];
  mkdirTree(path: string): void;
  mount(type: FileSystemType, options: { root?: string }, mountpoint: string): void;
  createNode(parent: FileNode | null, name: string, mode: number, device: number): FileNode;
  writeFile(path: string, data: string | Uint8Array): void;
  readFile(path: string): Uint8Array;
  symlink(target: string, path: string): void;
  chmod(path: string, mode: number): void;
  utime(path: string, read: number, changed: number): void;
  unlink(path: string): void;
  rmdir(path: string): void;
  open(path: string | FileNode, flags: number, mode?: number): OpenFile;
  truncate(path: string | FileNode, size: number): void;
  /** The changes of overlays, by the paths of their mounts. */
  overlays?: Map<string, UpperNode>;
  close(stream: OpenFile): void;
  closeStream(descriptor: number): void;
  dupStream(stream: OpenFile, descriptor: number): OpenFile;
  cwd(): string;
  chdir(path: string): void;
  lookupPath(path: string, options?: LookupOptions): { path: string; node?: FileNode };
  lookupNode(parent: FileNode, name: string): FileNode;
  createStream(stream: Omit<OpenFile, "fd" | "shared"> & Record<string, unknown>): OpenFile;
  /** The prototype of its nodes. */
  FSNode: { prototype: object };
  analyzePath(path: string, isLinkKept: boolean): { exists: boolean; object: FileNode | null };
  ErrnoError: new (errno: number) => Error;
  filesystems: { NODEFS: FileSystemType; MEMFS: MemoryFileSystem };
}

/** The ways of looking up a path. */
export interface LookupOptions {
  /** True for the folder of the path. */
  parent?: boolean;
  /** True when the last link is followed. */
  follow?: boolean;
  follow_mount?: boolean;
  /** True when a missing file is no error. */
  noent_okay?: boolean;
}

/** A kind of file system that can be mounted. */
export interface FileSystemType {
  mount(mount: FileMount): FileNode;
}

interface MemoryFileSystem {
  createNode(...values: unknown[]): FileNode;
  resizeFileStorage(node: FileNode, size: number): void;
  ops_table: { file: { stream: Operations } };
}

/** A file system at its place. */
export interface FileMount {
  opts: { root?: string };
  mountpoint: string;
  mounts: FileMount[];
  root?: FileNode;
  /** True when it is an overlay over files of the host's machine. */
  isOverlay?: boolean;
}

/** A file (with `usedBytes`), a folder (with the other fields) or a link. */
export interface FileNode {
  id: number;
  /** The folder of the node; the root is its own. */
  parent: FileNode;
  name: string;
  /** The next node of the same hash. */
  name_next?: FileNode;
  mode: number;
  rdev: number;
  atime: number | Date;
  mtime: number | Date;
  ctime: number | Date;
  usedBytes: number;
  /** The file system that is mounted there, if any. */
  mounted: FileMount | null;
  /** The file system that it belongs to. */
  mount: FileMount;
  /** True for a file of the host's machine. */
  isOfHost?: boolean;
  node_ops: Operations;
  contents?: Record<string, FileNode>;
  link?: string;
}

/** A file in memory that lies above one of the host's machine. */
export interface UpperNode extends FileNode {
  contents?: Record<string, UpperNode>;
  /** The names of a folder that are gone from below. */
  gone?: Set<string>;
}

/** A stream of Emscripten's. */
export interface OpenFile {
  fd: number;
  path: string;
  node: FileNode;
  /** The object that all duplicates share. */
  shared: object;
  flags: number;
  position: number;
  stream_ops: Operations;
}

export interface PackageEntry {
  name: string;
  version: string;
  file_name: string;
  sha256: string;
  depends: string[];
  imports: string[];
}

/** The content of `pyodide-lock.json`, in Pyodide's form. */
export interface PyodideLock {
  info: { python: string };
  packages: Record<string, PackageEntry>;
}

export interface PyodideOptions {
  indexURL: string;
  /** The address of the archive with the standard library. */
  stdLibURL?: string;
  lockFileContents?: string;
  env?: Record<string, string>;
  stdout?: (line: string) => void;
  stderr?: (line: string) => void;
  /** True when Python holds JavaScript's global objects by name, so that its state can be saved. */
  _makeSnapshot?: boolean;
  _loadSnapshot?: Uint8Array;
  /** Gives the object that was saved in this form. */
  _snapshotDeserializer?: (saved: unknown) => unknown;
  createPyodideModule?: (settings: EmscriptenSettings) => Promise<EmscriptenModule>;
}

/** The part of Pyodide's interface that is used here. */
export interface Pyodide {
  runPython(code: string, options?: { globals?: unknown; filename?: string }): unknown;
  pyimport(module: string): PythonModule;
  loadPackage(names: string[], options: { messageCallback: (line: string) => void }): Promise<unknown>;
  setStdin(options: { stdin: () => string | null }): void;
  setStdout(options: { write(bytes: Uint8Array): number }): void;
  setStderr(options: { write(bytes: Uint8Array): number }): void;
  setInterruptBuffer(buffer: Uint8Array): void;
  registerJsModule(name: string, module: Readonly<Record<string, unknown>>): void;
  FS: FileSystem;
  _api: {
    config: { cdnUrl: string; indexURL: string; packageBaseUrl: string; packageCacheDir: string };
    packageManager: { installBaseUrl: string };
  };
  _module: EmscriptenModule;
}

// deno-lint-ignore no-explicit-any
export type PythonModule = any;

/** Reads the full lock of the distribution in `directory`. */
export function readLock(directory: string): PyodideLock {
  return JSON.parse(Deno.readTextFileSync(`${directory}/pyodide-lock.json`));
}

/** Starts Pyodide from the distribution in `directory`. */
export async function loadPyodide(
  directory: string,
  options: Partial<PyodideOptions> = {},
): Promise<Pyodide> {
  // pyodide.mjs takes Deno for Node, and expects the names that CommonJS modules have.
  Object.assign(globalThis, {
    require: createRequire(import.meta.url),
    __dirname: directory,
    process,
  });
  const module = await import(new URL(`file://${directory}/pyodide.mjs`).href);
  return await module.loadPyodide({ indexURL: `${directory}/`, ...options });
}
