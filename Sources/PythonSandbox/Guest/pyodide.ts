// Loads Pyodide under Deno. Shared by the guest and by the two steps that make an image.
import { createRequire } from "node:module";
import process from "node:process";

/** The part of Pyodide's Emscripten file system that is used here. */
export interface FileSystem {
  mkdirTree(path: string): void;
  mount(type: NodeFileSystem, options: { root: string }, mountpoint: string): void;
  writeFile(path: string, data: string | Uint8Array): void;
  readFile(path: string): Uint8Array;
  ErrnoError: new (errno: number) => Error;
  filesystems: { NODEFS: NodeFileSystem };
}

interface NodeFileSystem {
  node_ops: Record<string, (...args: never[]) => unknown>;
  stream_ops: Record<string, (...args: never[]) => unknown>;
}

export interface PackageEntry {
  name: string;
  version: string;
  file_name: string;
  sha256: string;
  depends: string[];
  imports: string[];
}

/** `pyodide-lock.json`, as Pyodide defines it. */
export interface PyodideLock {
  info: { python: string };
  packages: Record<string, PackageEntry>;
}

export interface PyodideOptions {
  indexURL: string;
  lockFileContents?: string;
  env?: Record<string, string>;
  stdout?: (line: string) => void;
  stderr?: (line: string) => void;
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
  registerJsModule(name: string, module: Record<string, unknown>): void;
  FS: FileSystem;
  _api: { config: { cdnUrl: string } };
}

// deno-lint-ignore no-explicit-any
export type PythonModule = any;

/** Errno values of Emscripten (WASI numbering). */
const EROFS = 69;

/** Reads the full lock of the distribution in `directory`. */
export function readLock(directory: string): PyodideLock {
  return JSON.parse(Deno.readTextFileSync(`${directory}/pyodide-lock.json`));
}

/** Starts Pyodide from the distribution in `directory`. */
export async function loadPyodide(
  directory: string,
  options: Partial<PyodideOptions> = {},
): Promise<Pyodide> {
  // pyodide.mjs takes Deno for Node and expects what CommonJS modules have.
  Object.assign(globalThis, {
    require: createRequire(import.meta.url),
    __dirname: directory,
    process,
  });
  const module = await import(new URL(`file://${directory}/pyodide.mjs`).href);
  return await module.loadPyodide({ indexURL: `${directory}/`, ...options });
}

/**
 * Mounts the host folder `root` at `mountpoint`, for reading only.
 *
 * Deno refuses writes there anyway, but its error inside a file operation would end Pyodide; Python is
 * to see `OSError: [Errno 69] Read-only file system` and live on.
 */
export function mountReadOnly(fs: FileSystem, root: string, mountpoint: string): void {
  const { node_ops, stream_ops } = fs.filesystems.NODEFS;
  const refuse = () => {
    throw new fs.ErrnoError(EROFS);
  };
  for (const operation of ["mknod", "rename", "unlink", "rmdir", "symlink", "setattr"]) {
    node_ops[operation] = refuse;
  }
  const open = stream_ops.open as (stream: { flags: number }) => void;
  const writing = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000; // O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND
  stream_ops.open = (stream: { flags: number }) => stream.flags & writing ? refuse() : open(stream);
  stream_ops.write = refuse;
  stream_ops.setattr = refuse;
  fs.mkdirTree(mountpoint);
  fs.mount(fs.filesystems.NODEFS, { root }, mountpoint);
}
