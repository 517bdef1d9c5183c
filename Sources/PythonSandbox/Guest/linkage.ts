// Pyodide's extension modules (WebAssembly side modules) beside a saved heap: where they were, and how to put
// them there again. Emscripten's own loader always takes a fresh place, so they are instantiated here.
import { type DynamicLibrary, type EmscriptenModule, type Exports, Unsavable } from "./emscripten.ts";

/** A library as it stood in memory and in the function table. */
export interface Library {
  name: string;
  memoryBase: number;
  memorySize: number;
  tableBase: number;
  tableSize: number;
  global: boolean;
  needs: string[];
  /** What `dlopen` gave for it. */
  handles: number[];
}

export interface Linkage {
  /** In the order in which they were instantiated. */
  libraries: Library[];
  /** Table entries outside the libraries' own: index, library, symbol. */
  entries: [index: number, library: string, symbol: string][];
  tableLength: number;
  got: Record<string, number>;
}

/** The name under which Emscripten keeps the main program. */
const MAIN = "__main__";

interface Placed {
  module: WebAssembly.Module;
  memoryBase: number;
  tableBase: number;
  exports: WebAssembly.Exports;
}

/** Notes where libraries are put from now on, so that it can be saved. */
export class LinkageRecorder {
  private readonly placed: Placed[] = [];
  private readonly restored: Library[];
  /** Length of the table before any library was there. */
  private tableStart = 0;

  /** @param restored what was put there by `relink` */
  constructor(restored: Library[] = []) {
    this.restored = restored;
    const Original = WebAssembly.Instance;
    const note = (module: WebAssembly.Module, imports: WebAssembly.Imports, made: WebAssembly.Instance) => {
      const env = imports?.env as Record<string, unknown> | undefined;
      const [memoryBase, tableBase] = [env?.__memory_base, env?.__table_base];
      if (typeof memoryBase !== "number" || typeof tableBase !== "number") return;
      this.placed.push({ module, memoryBase, tableBase, exports: made.exports });
    };
    WebAssembly.Instance = new Proxy(Original, {
      construct(target, [module, imports]) {
        const made = new target(module, imports);
        note(module, imports, made);
        return made;
      },
    });
  }

  /** Call when the main program is there and no Python has run. */
  begin(module: EmscriptenModule): void {
    this.tableStart = module.wasmTable.length;
  }

  /** Everything that `relink` needs. Throws `Unsavable` if something is in the table that has no name. */
  save(module: EmscriptenModule): Linkage {
    const { LDSO, wasmTable } = module;
    const libraries = [...this.restored, ...this.placed.map((placed) => describe(placed, module))];
    const known = new Set(libraries.map((library) => library.name));
    const lost = Object.keys(LDSO.loadedLibsByName).find((name) => name !== MAIN && !known.has(name));
    if (lost) throw new Unsavable(`it is not known where the library ${lost} is in memory`);
    const entries: Linkage["entries"] = [];
    const names = symbolsOf(LDSO.loadedLibsByName);
    const inLibrary = new Uint8Array(wasmTable.length);
    for (const { tableBase, tableSize } of libraries) inLibrary.fill(1, tableBase, tableBase + tableSize);
    for (let index = this.tableStart; index < wasmTable.length; index++) {
      const entry = inLibrary[index] ? null : wasmTable.get(index);
      if (!entry) continue;
      const name = names.get(entry);
      if (!name) throw new Unsavable(`the function table has an entry without a name (${entry.name})`);
      entries.push([index, ...name]);
    }
    const got = Object.fromEntries(Object.entries(module.GOT).map(([name, { value }]) => [name, value]));
    return { libraries, entries, tableLength: wasmTable.length, got };
  }
}

function describe(placed: Placed, module: EmscriptenModule): Library {
  const { loadedLibsByName, loadedLibsByHandle } = module.LDSO;
  const functions = Object.entries(placed.exports).filter(([_, value]) => typeof value === "function");
  const owns = (library: DynamicLibrary) =>
    functions.some(([name, value]) => library.exports?.[name] === value);
  const library = Object.values(loadedLibsByName).find((library) => library.name !== MAIN && owns(library));
  if (!library) throw new Unsavable("a library was loaded that has no name");
  if (functions.some(([name]) => name.startsWith("__em_js__")) || "__start_em_asm" in placed.exports) {
    throw new Unsavable(`${library.name} brings JavaScript along`);
  }
  const { memorySize, tableSize, neededDynlibs } = module.getDylinkMetadata(placed.module);
  const handles = Object.keys(loadedLibsByHandle).filter((handle) => loadedLibsByHandle[handle] === library);
  return {
    name: library.name,
    memoryBase: placed.memoryBase,
    memorySize,
    tableBase: placed.tableBase,
    tableSize,
    global: library.global,
    needs: neededDynlibs,
    handles: handles.map(Number),
  };
}

function symbolsOf(libraries: Record<string, DynamicLibrary>): Map<unknown, [string, string]> {
  const names = new Map<unknown, [string, string]>();
  for (const [library, { exports }] of Object.entries(libraries)) {
    for (const [symbol, value] of Object.entries(exports)) {
      if (typeof value === "function" && !names.has(value)) names.set(value, [library, symbol]);
    }
  }
  return names;
}

/**
 * Puts the libraries back where they were. Call before the heap is filled: instantiating writes their first
 * data.
 *
 * @param compiled the libraries' code, by name
 */
export function relink(
  module: EmscriptenModule,
  linkage: Linkage,
  compiled: Map<string, WebAssembly.Module>,
): void {
  const { wasmTable, GOT, LDSO } = module;
  if (wasmTable.length < linkage.tableLength) wasmTable.grow(linkage.tableLength - wasmTable.length);
  for (const [name, value] of Object.entries(linkage.got)) {
    GOT[name] ??= new WebAssembly.Global({ value: "i32", mutable: true });
    GOT[name].value = value;
  }
  for (const library of linkage.libraries) instantiate(module, library, compiled.get(library.name)!);
  for (const [index, library, symbol] of linkage.entries) {
    const entry = LDSO.loadedLibsByName[library].exports[symbol] as CallableFunction;
    module.setWasmTableEntry(index, entry);
  }
}

function instantiate(module: EmscriptenModule, library: Library, code: WebAssembly.Module): void {
  const { LDSO, GOT } = module;
  const main = LDSO.loadedLibsByName[MAIN].exports;
  const isReal = (value: unknown) => value !== undefined && !(value as { stub?: boolean }).stub;
  const needed = Object.values(LDSO.loadedLibsByName).filter((other) =>
    library.needs.some((name) => other.name.endsWith(`/${name}`) || other.name === name)
  );
  let own: Exports = {};
  const resolve = (name: string): Exports[string] | undefined => {
    if (isReal(main[name])) return main[name];
    return needed.find((other) => name in other.exports)?.exports[name] ?? own[name];
  };
  const stubs: Record<string, CallableFunction> = {};
  const stub = (name: string) => {
    let target: CallableFunction | undefined;
    return (...values: unknown[]) => {
      target ??= resolve(name) as CallableFunction;
      if (!target) throw new Error(`Dynamic linking error: cannot resolve symbol ${name}`);
      return target(...values);
    };
  };
  const env = new Proxy({}, {
    get(_, name: string) {
      if (name === "__memory_base") return library.memoryBase;
      if (name === "__table_base") return library.tableBase;
      return resolve(name) ?? (stubs[name] ??= stub(name));
    },
  });
  const got = new Proxy({}, {
    get: (_, name: string) => GOT[name] ??= new WebAssembly.Global({ value: "i32", mutable: true }, 0),
  });
  const instance = new WebAssembly.Instance(code, {
    env,
    wasi_snapshot_preview1: env,
    "GOT.mem": got,
    "GOT.func": got,
  });
  own = module.relocateExports(instance.exports, library.memoryBase);
  const loaded = module.newDSO(library.name, undefined, own);
  loaded.global = library.global;
  for (const handle of library.handles) LDSO.loadedLibsByHandle[handle] = loaded;
  if (library.global) module.mergeLibSymbols(own, library.name);
}
