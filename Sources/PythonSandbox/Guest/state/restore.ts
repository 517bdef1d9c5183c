// This starts Pyodide, anew or from a snapshot, and keeps the facts that are needed to save its state.
import { WASM_PAGE } from "../pyodide/compile.ts";
import type { EmscriptenModule, EmscriptenSettings } from "../pyodide/emscripten.ts";
import { compileFactory } from "../pyodide/factory.ts";
import { withForgettable } from "../pyodide/finalizers.ts";
import { checkHeader } from "./headercheck.ts";
import { memoryOf, type ProgramMemory, type Span } from "./heap.ts";
import { applyDelta } from "./heapdelta.ts";
import { linkageAfter, LinkageRecorder, Relinker } from "./linkage.ts";
import { restoreFiles } from "./memoryfiles.ts";
import { withGuardedProgram } from "../pyodide/module.ts";
import { restoreStreams } from "./openfiles.ts";
import { restoreOverlays } from "./overlays.ts";
import type { Stream } from "../channel/wire.ts";
import type { FileSystem, Pyodide, PyodideOptions } from "../pyodide/pyodide.ts";
import type { Reach } from "../pyodide/reach.ts";
import { finderIn, type NamedObjects } from "./snapshot.ts";
import type { Header, SnapshotReader } from "./snapshotfile.ts";

export interface Started {
  pyodide: Pyodide;
  recorder: LinkageRecorder;
  /** The snapshot from which its checkpoints are the difference; null for none. */
  base: Header | null;
  memory: ProgramMemory;
  /** Opens the files that were open. It is called when the image is mounted. */
  finishFiles(): void;
}

export interface StartOptions {
  /** The Pyodide distribution's folder. */
  directory: string;
  /** The distribution's program, compiled. */
  program: Promise<WebAssembly.Module>;
  /** True when the state may be saved. Python then holds JavaScript's global objects by name. */
  isSavable: boolean;
  /** The call before any Python runs. */
  confine(): void;
  reach: Reach;
  /** Gives a file of Python the content of the host's file `source`. */
  showFile(module: EmscriptenModule, source: string, path: string): void;
  /** Takes the text that Python writes to the terminal's device, and not to its streams. */
  write(stream: Stream, text: string): void;
}

/** The work during the start of Pyodide. */
interface Hooks {
  /** Called when the program is there and has not been used. */
  instantiated(module: EmscriptenModule, instance: WebAssembly.Instance): void | Promise<void>;
  /** Called when the file system is there and no Python has run. */
  initialized(module: EmscriptenModule): void;
}

/** Starts Pyodide without a snapshot. */
export async function start(options: StartOptions): Promise<Started> {
  const recorder = new LinkageRecorder();
  let memory: ProgramMemory;
  const pyodide = await load(options, {}, {
    instantiated(_, instance) {
      memory = memoryOf(instance);
      recorder.begin(instance);
    },
    initialized: (module) => recorder.initialized(module),
  });
  return { pyodide, recorder, base: null, memory: memory!, finishFiles: () => {} };
}

/** The saved state that a Python goes on from. */
export interface Saved {
  /** The image's snapshot; null when the checkpoint needs none. */
  snapshot: SnapshotReader | null;
  checkpoint: SnapshotReader | null;
}

/**
 * Starts Pyodide in the state of a snapshot, or of a checkpoint.
 *
 * @param compiling the code of the libraries, in their order
 * @param objects the objects that Python held under these names when it was saved
 * @param prepareFiles called before files are made that do not belong to the image
 */
export async function restore(
  options: StartOptions,
  saved: Saved,
  compiling: Promise<WebAssembly.Module[]>,
  objects: NamedObjects,
  prepareFiles: (fs: FileSystem) => void,
): Promise<Started> {
  const reader = (saved.checkpoint ?? saved.snapshot)!;
  const base = saved.snapshot?.readHeader() ?? null;
  const header = saved.checkpoint ? readCheckpoint(saved.checkpoint, base) : base!;
  const { build, linkage, held } = header;
  const recorder = new LinkageRecorder(linkage);
  let memory: ProgramMemory;
  let libraries: WebAssembly.Module[];
  let relinker: Relinker;
  const snapshot: Partial<PyodideOptions> = {
    // Pyodide reads nothing from this, but does not start Python anew.
    _loadSnapshot: new Uint8Array(),
    _snapshotDeserializer: finderIn(objects),
  };
  const pyodide = await load(options, snapshot, {
    async instantiated(module, instance) {
      libraries = await compiling;
      if (module.API.config.BUILD_ID !== build) throw new Error("the snapshot is of another Pyodide");
      recorder.begin(instance);
      memory = memoryOf(instance);
      const { memory: grown } = memory;
      grown.grow(Math.max(0, (reader.preface.memory - grown.buffer.byteLength) / WASM_PAGE));
      relinker = new Relinker(module, linkage, instance);
    },
    initialized(module) {
      recorder.initialized(module);
      relinker.finish(libraries);
      for (const { memoryBase, memorySize } of linkage.libraries) {
        module.HEAPU8.fill(0, memoryBase, memoryBase + memorySize);
      }
      if (base) fillHeap(module, saved.snapshot!, base.runs);
      if (saved.checkpoint) {
        applyDelta(module.HEAPU8, reader.read(header.delta));
        prepareFiles(module.FS);
      }
      restoreFiles(module.FS, header.files, (bytes) => reader.read(bytes));
      module.API.restoreSnapshot = () => held;
    },
  });
  return {
    pyodide,
    recorder,
    base,
    memory: memory!,
    finishFiles: () => finishFiles(pyodide, header, reader),
  };
}

/** Opens the files that were open. It is called when all files are there. */
export function finishFiles(
  { FS }: Pyodide,
  { overlays, streams, folder }: Header,
  reader: SnapshotReader,
): void {
  restoreOverlays(FS, overlays ?? [], (bytes) => reader.read(bytes));
  restoreStreams(FS, streams, (bytes) => reader.read(bytes));
  try {
    FS.chdir(folder);
  } catch (error) {
    // A folder of the host's machine may be gone.
    if (!(error instanceof FS.ErrnoError)) throw error;
    FS.chdir("/");
  }
}

/**
 * Reads the header of a checkpoint, with all of its linkage.
 *
 * @throws when no guest can have written it
 */
export function readCheckpoint(checkpoint: SnapshotReader, base: Header | null): Header {
  const header = checkpoint.readHeader();
  checkHeader(header, checkpoint.preface, base?.linkage.libraries.length ?? 0);
  if (base) header.linkage = linkageAfter(base.linkage, header.linkage);
  return header;
}

function fillHeap({ HEAPU8 }: EmscriptenModule, reader: SnapshotReader, runs: Span[]): void {
  for (const [start, end] of runs) reader.fill(HEAPU8.subarray(start, end));
}

/**
 * Imports Pyodide, which then looks at its surroundings. It must find a web worker, and not Deno as Node.
 * With Node the start takes longer than Python's, and reaches further.
 */
async function importPyodide(directory: string) {
  for (const name of ["Deno", "process", "Buffer", "global"]) Reflect.deleteProperty(globalThis, name);
  return await import(`file://${directory}/pyodide.mjs`);
}

async function load(
  { directory, program, isSavable, confine, reach, showFile, write }: StartOptions,
  more: Partial<PyodideOptions>,
  hooks: Hooks,
): Promise<Pyodide> {
  const { loadPyodide } = await importPyodide(directory);
  const create = compileFactory(directory);
  let module: EmscriptenModule;
  let failure: unknown;
  // Pyodide and Emscripten call these in places where errors are lost.
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
      showFile(module, `${directory}/python_stdlib.zip`, libraryIn(module));
      confine();
    } catch (error) {
      failure = error;
    }
  };
  const start = () =>
    loadPyodide({
      indexURL: `file://${directory}/`,
      // Pyodide would keep the whole archive in memory.
      stdLibURL: "data:,",
      // The variable `_` would show the folder of the host in which this runs.
      stdout: (line: string) => write(1, `${line}\n`),
      stderr: (line: string) => write(2, `${line}\n`),
      env: { HOME: "/home/pyodide", LANG: "en_US.UTF-8", _: "python" },
      _makeSnapshot: isSavable,
      createPyodideModule: async (settings: EmscriptenSettings) => {
        module = settings as EmscriptenModule;
        settings.onRuntimeInitialized = initialized;
        const created = await create(settings);
        if (failure) throw failure;
        return created;
      },
      ...more,
    });
  const pyodide: Pyodide = await withForgettable(() => withGuardedProgram(program, begin, start, reach));
  forgetFolder(pyodide);
  return pyodide;
}

/** The path of the archive with the standard library. It has Python's version in its name. */
function libraryIn({ FS }: EmscriptenModule): string {
  const names = Object.keys(FS.analyzePath("/lib", true).object!.contents!);
  return `/lib/${names.find((name) => /^python\d+\.zip$/.test(name))}`;
}

/** All is loaded: nobody is to learn in which folder of the host it was. */
function forgetFolder({ _api: { config, packageManager } }: Pyodide): void {
  config.indexURL =
    config.packageBaseUrl =
    config.packageCacheDir =
    packageManager.installBaseUrl =
      "";
}
