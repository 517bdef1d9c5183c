// These are Pyodide's extension modules (WebAssembly side modules) beside a saved heap. They are put back at
// their old places. Emscripten's own loader always takes a fresh place, so they are instantiated here.
import {
  type DynamicLibrary,
  type EmscriptenModule,
  type Exports,
  Unsavable,
} from "../pyodide/emscripten.ts";
import { type SignedFunction, wrapFunctions } from "../pyodide/wrappers.ts";

/** A library with its place in memory and in the function table. */
export interface Library {
  name: string;
  memoryBase: number;
  memorySize: number;
  tableBase: number;
  tableSize: number;
  global: boolean;
  needs: string[];
  /** The handles that `dlopen` gave for it. */
  handles: number[];
}

export interface Linkage {
  /** The libraries, in the order in which they were instantiated. */
  libraries: Library[];
  /** The table entries outside the libraries' own: index, library, symbol. */
  entries: [index: number, library: string, symbol: string][];
  /** The entries that Emscripten itself adds at every start. */
  ownEntries: number[];
  tableLength: number;
  got: Record<string, number>;
}

/** The part of `now` that `base` does not have. Entries of `base` neither go nor change place. */
export function linkageSince(base: Linkage, now: Linkage): Linkage {
  if (now === base) return { ...base, libraries: [], entries: [], got: {} };
  const got: Linkage["got"] = {};
  for (const name in now.got) {
    if (base.got[name] !== now.got[name]) got[name] = now.got[name];
  }
  return {
    libraries: now.libraries.slice(base.libraries.length),
    entries: now.entries.slice(base.entries.length),
    ownEntries: base.ownEntries,
    tableLength: now.tableLength,
    got,
  };
}

/** The reverse of `linkageSince`. */
export function linkageAfter(base: Linkage, since: Linkage): Linkage {
  const { libraries, entries, tableLength } = since;
  if (libraries.length === 0 && entries.length === 0 && tableLength === base.tableLength) return base;
  return {
    libraries: [...base.libraries, ...since.libraries],
    entries: [...base.entries, ...since.entries],
    ownEntries: base.ownEntries,
    tableLength: since.tableLength,
    got: { ...base.got, ...since.got },
  };
}

/** The name under which Emscripten keeps the main program. */
const MAIN = "__main__";

// It is taken now, since a recorder notes the uses of the global one.
const { Instance } = WebAssembly;

interface Placed {
  module: WebAssembly.Module;
  memoryBase: number;
  tableBase: number;
  exports: WebAssembly.Exports;
}

/** Notes the places of libraries from now on, so that they can be saved. */
export class LinkageRecorder {
  private readonly placed: Placed[] = [];
  /** The length of the table in the program, and after Emscripten's start. */
  private tableStart = 0;
  private tableBegun = 0;

  /** @param restored the linkage that a `Relinker` has put back */
  constructor(private restored?: Linkage) {
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

  /** Takes the main program, before anything is added to it. */
  begin(program: WebAssembly.Instance): void {
    this.tableStart = tableOf(program).length;
  }

  /** Called when Emscripten has added its entries of every start. */
  initialized(module: EmscriptenModule): void {
    this.tableBegun = module.wasmTable.length;
  }

  /** Called when `linkMore` has put this linkage back. */
  goOn(restored: Linkage): void {
    this.restored = restored;
  }

  /**
   * All facts that are needed to put the libraries back.
   *
   * @throws `Unsavable` if an entry of the table has no name
   */
  save(module: EmscriptenModule): Linkage {
    const { LDSO, wasmTable } = module;
    const libraries = [
      ...this.restored?.libraries ?? [],
      ...this.placed.map((placed) => describe(placed, module)),
    ];
    const known = new Set(libraries.map((library) => library.name));
    const lost = Object.keys(LDSO.loadedLibsByName).find((name) => name !== MAIN && !known.has(name));
    if (lost) throw new Unsavable(`it is not known where the library ${lost} is in memory`);
    if (this.restored && this.placed.length === 0 && wasmTable.length === this.restored.tableLength) {
      return this.restored;
    }
    const entries = this.restored?.entries.slice() ?? [];
    const ownEntries = this.restored?.ownEntries.slice() ?? [];
    const hasMore = wasmTable.length > (this.restored?.tableLength ?? 0);
    const names = symbolsOf(hasMore ? LDSO.loadedLibsByName : {});
    const placed = Object.entries(module.GOT).map(([name, { value }]) => [name, value]);
    const got: Linkage["got"] = { ...this.restored?.got, ...Object.fromEntries(placed) };
    // The table has JavaScript's functions as other functions that were made from them.
    const made = new Map(Object.entries(got).map(([name, value]) => [value, name]));
    const isFunction = (name: string) => typeof LDSO.loadedLibsByName[MAIN].exports[name] === "function";
    const inLibrary = new Uint8Array(wasmTable.length);
    for (const { tableBase, tableSize } of libraries) inLibrary.fill(1, tableBase, tableBase + tableSize);
    // The entries that were put back are unchanged: Emscripten gives away only those that were added since.
    for (let index = this.restored?.tableLength ?? this.tableStart; index < wasmTable.length; index++) {
      const entry = inLibrary[index] ? null : wasmTable.get(index);
      if (!entry) continue;
      const symbol = made.get(index);
      const name = names.get(entry) ??
        (symbol && isFunction(symbol) ? [MAIN, symbol] as const : undefined);
      if (name) {
        entries.push([index, ...name]);
      } else if (!this.restored && index < this.tableBegun) {
        ownEntries.push(index);
      } else {
        throw new Unsavable(`it has made a C function of Python code`);
      }
    }
    return { libraries, entries, ownEntries, tableLength: wasmTable.length, got };
  }
}

function tableOf(program: WebAssembly.Instance): WebAssembly.Table {
  return program.exports.__indirect_function_table as WebAssembly.Table;
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

/** Puts the libraries back at their places. */
export class Relinker {
  private isStarting = true;

  /**
   * Sets the addresses of symbols. It is called with the new program, before Emscripten looks. Emscripten
   * then leaves them, and the function table, alone.
   */
  constructor(
    private readonly module: EmscriptenModule,
    private readonly linkage: Linkage,
    program: WebAssembly.Instance,
  ) {
    const table = tableOf(program);
    // Entries that Emscripten adds get their old places.
    if (linkage.ownEntries.length > 0) table.grow(linkage.ownEntries[0] - table.length);
    const { GOT } = module;
    const { got } = linkage;
    for (const [name, entry] of Object.entries(GOT)) entry.value = got[name] ?? entry.value;
    // Only Emscripten's start asks for thousands of others. Each is made when other code asks for it.
    const others = new Proxy({}, {
      get: (_, name: string) => {
        if (!Object.hasOwn(got, name)) return undefined;
        return this.isStarting ? { value: got[name] } : GOT[name] = address(got[name]);
      },
    });
    Object.setPrototypeOf(GOT, others);
  }

  /**
   * Instantiates the libraries, which writes their first data. It is called when Emscripten has started,
   * before the heap is filled.
   *
   * @param compiled the libraries' code
   */
  finish(compiled: WebAssembly.Module[]): void {
    const { wasmTable } = this.module;
    const { ownEntries } = this.linkage;
    if (ownEntries.some((index) => !wasmTable.get(index))) {
      throw new Error("Emscripten's own functions are not where they were");
    }
    this.isStarting = false;
    addLibraries(this.module, this.linkage, compiled);
  }
}

/**
 * Puts more libraries into a running program, without their data. It is called before the heap is filled.
 *
 * @param since the further libraries, see `linkageSince`
 * @param compiled the libraries' code
 */
export function linkMore(module: EmscriptenModule, since: Linkage, compiled: WebAssembly.Module[]): void {
  const { GOT } = module;
  for (const [name, value] of Object.entries(since.got)) (GOT[name] ??= address(0)).value = value;
  addLibraries(module, since, compiled);
}

function addLibraries(
  module: EmscriptenModule,
  { libraries, entries, tableLength }: Linkage,
  compiled: WebAssembly.Module[],
): void {
  const { wasmTable, LDSO } = module;
  wasmTable.grow(tableLength - wasmTable.length);
  libraries.forEach((library, index) => instantiate(module, library, compiled[index]));
  const wanted: [index: number, signed: SignedFunction][] = [];
  for (const [index, library, symbol] of entries) {
    const call = LDSO.loadedLibsByName[library].exports[symbol] as CallableFunction;
    if ("sig" in call) wanted.push([index, { call, sig: call.sig as string }]);
    else wasmTable.set(index, call);
  }
  const wrapped = wrapFunctions(wanted.map(([_, signed]) => signed));
  wanted.forEach(([index], position) => wasmTable.set(index, wrapped[position]));
}

function address(value: number): WebAssembly.Global {
  return new WebAssembly.Global({ value: "i32", mutable: true }, value);
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
    get: (_, name: string) => GOT[name] ??= address(0),
  });
  const instance = new Instance(code, {
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
