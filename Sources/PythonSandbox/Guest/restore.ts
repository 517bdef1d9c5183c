// Starts Pyodide, anew or from a snapshot, and keeps what its state can be saved with.
import { PAGE } from "./compile.ts";
import type { EmscriptenModule, EmscriptenSettings } from "./emscripten.ts";
import { LinkageRecorder, Relinker } from "./linkage.ts";
import { restoreFiles } from "./memoryfiles.ts";
import { withGuardedProgram } from "./module.ts";
import type { Pyodide, PyodideOptions } from "./pyodide.ts";
import type { NamedObjects } from "./snapshot.ts";
import type { SnapshotReader } from "./snapshotfile.ts";

export interface Started {
  pyodide: Pyodide;
  recorder: LinkageRecorder;
}

export interface StartOptions {
  /** The Pyodide distribution's folder. */
  directory: string;
  /** Its program, compiled. */
  program: Promise<WebAssembly.Module>;
  /** Whether its state may be saved: Python then holds JavaScript's global objects by name. */
  isSavable: boolean;
}

/** What is to be done on the way of Pyodide's start. */
interface Hooks {
  /** The program is there, and nothing has been done with it. */
  instantiated(module: EmscriptenModule, instance: WebAssembly.Instance): void | Promise<void>;
  /** The file system is there, and no Python has run. */
  initialized(module: EmscriptenModule): void;
}

/** Starts Pyodide without a snapshot. */
export async function start(options: StartOptions): Promise<Started> {
  const recorder = new LinkageRecorder();
  const pyodide = await load(options, {}, {
    instantiated: (_, instance) => recorder.begin(instance),
    initialized: (module) => recorder.initialized(module),
  });
  return { pyodide, recorder };
}

/**
 * Starts Pyodide in the state of a snapshot.
 *
 * @param compiling its libraries' code, in their order
 * @param objects what Python held under these names when it was saved
 */
export async function restore(
  options: StartOptions,
  reader: SnapshotReader,
  compiling: Promise<WebAssembly.Module[]>,
  objects: NamedObjects,
): Promise<Started> {
  const { build, runs, linkage, held, files } = reader.readHeader();
  const recorder = new LinkageRecorder(linkage);
  let libraries: WebAssembly.Module[];
  let relinker: Relinker;
  const snapshot: Partial<PyodideOptions> = {
    // Nothing to read for Pyodide, but it keeps Python from starting anew.
    _loadSnapshot: new Uint8Array(),
    _snapshotDeserializer: (name) => objects[name as string],
  };
  const pyodide = await load(options, snapshot, {
    async instantiated(module, instance) {
      libraries = await compiling;
      if (module.API.config.BUILD_ID !== build) throw new Error("the snapshot is of another Pyodide");
      recorder.begin(instance);
      const memory = instance.exports.memory as WebAssembly.Memory;
      memory.grow(Math.max(0, (reader.preface.memory - memory.buffer.byteLength) / PAGE));
      relinker = new Relinker(module, linkage, instance);
    },
    initialized(module) {
      recorder.initialized(module);
      relinker.finish(libraries);
      for (const { memoryBase, memorySize } of linkage.libraries) {
        module.HEAPU8.fill(0, memoryBase, memoryBase + memorySize);
      }
      for (const [start, end] of runs) reader.fill(module.HEAPU8.subarray(start, end));
      restoreFiles(module.FS, files, (bytes) => reader.read(bytes));
      module.API.restoreSnapshot = () => held;
    },
  });
  return { pyodide, recorder };
}

/**
 * Pyodide looks at its surroundings when it is imported. It is to find a web worker and not Deno as Node: that takes
 * longer to start than Python, and reaches further.
 */
async function importPyodide(directory: string) {
  for (const name of ["Deno", "process", "Buffer", "global"]) Reflect.deleteProperty(globalThis, name);
  return await import(`file://${directory}/pyodide.mjs`);
}

async function load(
  { directory, program, isSavable }: StartOptions,
  more: Partial<PyodideOptions>,
  hooks: Hooks,
): Promise<Pyodide> {
  const { loadPyodide } = await importPyodide(directory);
  const creating = import(`file://${directory}/pyodide.asm.mjs`);
  let module: EmscriptenModule;
  let failure: unknown;
  // Pyodide and Emscripten call these where nobody sees what they throw.
  const begin = async (instance: WebAssembly.Instance) => {
    try {
      await hooks.instantiated(module, instance);
    } catch (error) {
      failure = error;
    }
  };
  const initialized = () => {
    try {
      if (!failure) hooks.initialized(module);
    } catch (error) {
      failure = error;
    }
  };
  return await withGuardedProgram(program, begin, () =>
    loadPyodide({
      indexURL: `file://${directory}/`,
      // `_` would say in which folder of the host this runs.
      env: { HOME: "/home/pyodide", LANG: "C.UTF-8", _: "python" },
      _makeSnapshot: isSavable,
      createPyodideModule: async (settings: EmscriptenSettings) => {
        module = settings as EmscriptenModule;
        settings.onRuntimeInitialized = initialized;
        const created = await (await creating).default(settings);
        if (failure) throw failure;
        return created;
      },
      ...more,
    }));
}
