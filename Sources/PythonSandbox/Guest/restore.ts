// Starts Pyodide, anew or from a snapshot, and keeps what its state can be saved with.
import type { EmscriptenModule, EmscriptenSettings } from "./emscripten.ts";
import { LinkageRecorder, relink } from "./linkage.ts";
import { restoreFiles } from "./memoryfiles.ts";
import { PAGE, withGuardedModule } from "./module.ts";
import { loadPyodide, type Pyodide, type PyodideOptions } from "./pyodide.ts";
import type { NamedObjects, SnapshotReader } from "./snapshot.ts";

export interface Started {
  pyodide: Pyodide;
  recorder: LinkageRecorder;
}

export interface StartOptions {
  /** The Pyodide distribution's folder. */
  directory: string;
  /** The most that Python's memory may have, in pages of 64 KiB. */
  memoryPages: number;
  /** Whether its state may be saved: Python then holds JavaScript's global objects by name. */
  isSavable: boolean;
}

/** Starts Pyodide without a snapshot. */
export async function start(options: StartOptions): Promise<Started> {
  const recorder = new LinkageRecorder();
  const pyodide = await load(options, {}, (module) => recorder.begin(module));
  return { pyodide, recorder };
}

/**
 * Starts Pyodide in the state of a snapshot.
 *
 * @param find gives a library's file on this machine, from its path in Python
 * @param objects what Python held under these names when it was saved
 */
export async function restore(
  options: StartOptions,
  reader: SnapshotReader,
  find: (library: string) => string,
  objects: NamedObjects,
): Promise<Started> {
  const { build, memoryBytes, linkage, held, files } = reader.header;
  const recorder = new LinkageRecorder(linkage.libraries);
  // Other threads compile them, while this one reads on.
  const compiling = Promise.all(linkage.libraries.map(async ({ name }) => {
    return [name, await WebAssembly.compile(Deno.readFileSync(find(name)))] as const;
  }));
  let compiled: Map<string, WebAssembly.Module>;
  const snapshot: Partial<PyodideOptions> = {
    // Nothing to read for Pyodide, but it keeps Python from starting anew.
    _loadSnapshot: (async () => {
      compiled = new Map(await compiling);
      return new Uint8Array();
    })(),
    _snapshotDeserializer: (name) => objects[name as string],
  };
  const pyodide = await load(options, snapshot, (module) => {
    if (module.API.config.BUILD_ID !== build) throw new Error("the snapshot is of another Pyodide");
    recorder.begin(module);
    relink(module, linkage, compiled);
    reader.readHeap(module.HEAPU8);
    restoreFiles(module.FS, files, (bytes) => reader.read(bytes));
    module.API.restoreSnapshot = () => held;
  }, Math.ceil(memoryBytes / PAGE));
  return { pyodide, recorder };
}

/** @param onInitialized called when the main program is there, and has run nothing */
async function load(
  { directory, memoryPages, isSavable }: StartOptions,
  more: Partial<PyodideOptions>,
  onInitialized: (module: EmscriptenModule) => void,
  initialPages = 0,
): Promise<Pyodide> {
  const creating = import(`file://${directory}/pyodide.asm.mjs`);
  return await withGuardedModule(memoryPages, initialPages, () =>
    loadPyodide(directory, {
      // `_` would say in which folder of the host this runs.
      env: { HOME: "/home/pyodide", LANG: "C.UTF-8", _: "python" },
      _makeSnapshot: isSavable,
      createPyodideModule: async (settings: EmscriptenSettings) => {
        settings.onRuntimeInitialized = () => onInitialized(settings as EmscriptenModule);
        return await (await creating).default(settings);
      },
      ...more,
    }));
}
