// This saves Python's state: its heap, its libraries' places, the JavaScript objects that it holds, and its
// files. The same code saves an image's snapshot and a session's checkpoint.
import { type EmscriptenModule, Unsavable } from "../pyodide/emscripten.ts";
import { copyRuns, occupiedRuns, type ProgramMemory, type Span } from "./heap.ts";
import { encodeDelta } from "./heapdelta.ts";
import { type Linkage, type LinkageRecorder, linkageSince } from "./linkage.ts";
import { saveFiles } from "./memoryfiles.ts";
import { saveOverlays } from "./overlays.ts";
import { saveStreams } from "./openfiles.ts";
import { type Header, writeSnapshot } from "./snapshotfile.ts";

/**
 * The objects of ours that Python holds, by name. They are saved by it, and given back to the restored
 * Python.
 */
export type NamedObjects = Record<string, unknown>;

/** Gives Python back the object that it held under a name. */
export function finderIn(objects: NamedObjects): (name: unknown) => unknown {
  return (name) => Object.hasOwn(objects, name as string) ? objects[name as string] : null;
}

/** Names the variable that holds an object, if it can be found. */
export type Describer = (object: unknown) => string | undefined;

/** The snapshot from which a checkpoint is the difference. */
export interface Base {
  runs: Span[];
  linkage: Linkage;
  /** Gives the next bytes of the runs. */
  fill(buffer: Uint8Array<ArrayBuffer>): void;
}

/**
 * Saves Python for an image. No Python may run.
 *
 * @returns the snapshot's file, in pieces
 * @throws `Unsavable` when something could not be brought back
 */
export function takeSnapshot(
  module: EmscriptenModule,
  recorder: LinkageRecorder,
  objects: NamedObjects,
): Uint8Array<ArrayBuffer>[] {
  const { HEAPU8 } = module;
  const { contents, ...state } = collect(module, recorder, objects, () => undefined);
  const [open] = state.streams;
  if (open) throw new Unsavable(`Python has a file open (${open.path})`);
  const runs = occupiedRuns(HEAPU8);
  const header = { ...state, runs, delta: 0 };
  return writeSnapshot(HEAPU8.length, false, header, [copyRuns(HEAPU8, runs), ...contents]);
}

/**
 * Saves Python for a session. No Python may run.
 *
 * @param base the snapshot from which it started; null when it started from none
 * @param whose names the variable of an object that cannot be saved
 * @returns the checkpoint's file, in pieces
 * @throws `Unsavable` when something could not be brought back
 */
export function takeCheckpoint(
  module: EmscriptenModule,
  memory: ProgramMemory,
  recorder: LinkageRecorder,
  objects: NamedObjects,
  base: Base | null,
  whose: Describer,
): Uint8Array<ArrayBuffer>[] {
  const { contents, linkage, ...state } = collect(module, recorder, objects, whose);
  const delta = encodeDelta(memory, base?.runs ?? [], (buffer) => base!.fill(buffer));
  const since = base ? linkageSince(base.linkage, linkage) : linkage;
  const libraries = linkage.libraries.map((library) => library.name);
  const bytes = delta.reduce((sum, piece) => sum + piece.length, 0);
  const header = { ...state, linkage: since, runs: [], delta: bytes };
  return writeSnapshot(
    memory.memory.buffer.byteLength,
    base !== null,
    header,
    [...delta, ...contents],
    libraries,
  );
}

/** Collects all parts but the heap. */
function collect(
  module: EmscriptenModule,
  recorder: LinkageRecorder,
  objects: NamedObjects,
  whose: Describer,
): Omit<Header, "runs" | "delta"> & { contents: Uint8Array<ArrayBuffer>[] } {
  const { API, FS } = module;
  const names = new Map(Object.entries(objects).map(([name, object]) => [object, name]));
  const held = attempt(() =>
    API.serializeHiwireState((object) => {
      const name = names.get(object);
      if (name !== undefined) return name;
      throw new Unsavable(`Python holds a JavaScript object (${describe(object, whose)})`);
    })
  );
  for (const key of held.hiwireKeys) checkPath(key);
  const { files, contents } = saveFiles(FS);
  const { overlays, contents: changed } = saveOverlays(FS);
  const open = saveStreams(FS);
  return {
    build: API.config.BUILD_ID,
    linkage: recorder.save(module),
    held,
    files,
    overlays,
    streams: open.streams,
    folder: FS.cwd(),
    contents: [...contents, ...changed, ...open.contents],
  };
}

/** Throws for a path that cannot be followed again, since it leads over a prototype or a missing object. */
function checkPath(key: unknown): void {
  const { path } = (key ?? {}) as { path?: string[] };
  // deno-lint-ignore no-explicit-any
  const found: any = path?.reduce((holder: any, name) => holder?.[name], globalThis);
  if (path && (found === null || !["object", "function"].includes(typeof found))) {
    throw new Unsavable(`Python holds a JavaScript object (${["js", ...path].join(".")})`);
  }
}

/** Turns Pyodide's own refusals into ours. */
function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unsavable) throw error;
    throw new Unsavable(`what Python holds of JavaScript cannot be saved (${(error as Error)?.message})`);
  }
}

function describe(object: unknown, whose: Describer): string {
  const name = (object as { constructor?: { name?: string } })?.constructor?.name ?? typeof object;
  const kind = typeof object === "function" ? `function ${object.name || "without a name"}` : name;
  const holder = whose(object);
  return holder === undefined ? kind : `${kind}, ${holder}`;
}
