// This is the part of Emscripten's module object (Pyodide's `_module`) that saving and restoring a heap
// needs.
import type { FileSystem, Pyodide } from "./pyodide.ts";

/** The exports of a library: its functions, and the addresses of its data. */
export type Exports = Record<string, WebAssembly.Global | CallableFunction>;

/** A dynamic library that is loaded (`dso` in Emscripten's dynlink). */
export interface DynamicLibrary {
  name: string;
  refcount: number;
  /** True when other libraries find its symbols without naming it. */
  global: boolean;
  exports: Exports;
}

export interface EmscriptenModule {
  HEAP8: Int8Array<ArrayBuffer>;
  HEAPU8: Uint8Array<ArrayBuffer>;
  FS: FileSystem;
  wasmTable: WebAssembly.Table;
  LDSO: {
    loadedLibsByName: Record<string, DynamicLibrary>;
    loadedLibsByHandle: Record<string, DynamicLibrary>;
  };
  /** The global offset table, with the symbols that a library reaches by address. */
  GOT: Record<string, WebAssembly.Global>;
  mmapAlloc(bytes: number): number;
  newDSO(name: string, handle: number | undefined, exports: Exports): DynamicLibrary;
  relocateExports(exports: WebAssembly.Exports, memoryBase: number): Exports;
  mergeLibSymbols(exports: Exports, name: string): void;
  /** Makes the objects that JavaScript keeps for Python as long as Python lives. */
  _jslib_init(): number;
  /** The JavaScript objects that Python holds, by their numbers. It throws beyond the last number. */
  __hiwire_get(number: number): unknown;
  /** Sets an object; the result is less than 0 when that is not possible. */
  __hiwire_set(number: number, object: unknown): number;
  _emscripten_stack_get_base(): number;
  _emscripten_stack_get_current(): number;
  /** The address of the current thread state; 0 for none. */
  _PyThreadState_GetUnchecked(): number;
  getDylinkMetadata(module: WebAssembly.Module): DylinkMetadata;
  API: PyodideInternals;
}

/** The custom section `dylink.0` of WebAssembly's dynamic linking conventions. */
export interface DylinkMetadata {
  memorySize: number;
  tableSize: number;
  neededDynlibs: string[];
  weakImports: Set<string>;
}

/** The JavaScript objects that Python holds, in Pyodide's form beside a heap. */
export interface HeldObjects {
  hiwireKeys: unknown[];
  immortalKeys: unknown[];
}

/** Pyodide's own side of a heap snapshot. */
export interface PyodideInternals {
  config: { BUILD_ID: string; jsglobals: object };
  /** Calls a function later, at the wish of Python's event loop. */
  scheduleCallback(callback: () => void, milliseconds: number): void;
  serializeHiwireState(serialize: (object: unknown) => unknown): HeldObjects;
  restoreSnapshot(bytes: Uint8Array): HeldObjects;
  /** Makes the interface to the Python in the heap, and gives Python the objects that it held. */
  finalizeBootstrap(held: HeldObjects, deserialize: (name: unknown) => unknown): Pyodide;
}

/** The settings that Pyodide hands to Emscripten. They become the module object. */
export type EmscriptenSettings = Partial<EmscriptenModule> & {
  API: PyodideInternals;
  onRuntimeInitialized?: () => void;
};

/** The reason why a heap cannot be saved, in words that follow "because". */
export class Unsavable extends Error {}
