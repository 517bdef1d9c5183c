// Saves Python's state: its heap, its libraries' places, the JavaScript objects it holds, its files in memory.
import { type EmscriptenModule, Unsavable } from "./emscripten.ts";
import { copyRuns, occupiedRuns } from "./heap.ts";
import type { LinkageRecorder } from "./linkage.ts";
import { saveFiles } from "./memoryfiles.ts";
import { writeSnapshot } from "./snapshotfile.ts";

/** stdin, stdout and stderr: every start opens them anew. */
const STANDARD_STREAMS = 3;

/** Our own objects that Python holds, by name: saved by it, and given back to the restored Python. */
export type NamedObjects = Record<string, unknown>;

/**
 * Saves Python as it is. Call when none runs.
 *
 * @returns the snapshot's file, in pieces
 * @throws `Unsavable` when there is something that could not be brought back
 */
export function takeSnapshot(
  module: EmscriptenModule,
  recorder: LinkageRecorder,
  objects: NamedObjects,
): Uint8Array<ArrayBuffer>[] {
  const { API, FS, HEAPU8 } = module;
  const names = new Map(Object.entries(objects).map(([name, object]) => [object, name]));
  const held = API.serializeHiwireState((object) => {
    const name = names.get(object);
    if (name === undefined) throw new Unsavable(`Python holds a JavaScript object (${describe(object)})`);
    return name;
  });
  const open = FS.streams.slice(STANDARD_STREAMS).find((stream) => stream);
  if (open) throw new Unsavable(`Python has a file open (${open.path})`);
  const { files, contents } = saveFiles(FS);
  const runs = occupiedRuns(HEAPU8);
  const header = { build: API.config.BUILD_ID, runs, linkage: recorder.save(module), held, files };
  return writeSnapshot(HEAPU8.length, header, [copyRuns(HEAPU8, runs), ...contents]);
}

function describe(object: unknown): string {
  const name = (object as { constructor?: { name?: string } })?.constructor?.name ?? typeof object;
  return typeof object === "function" ? `function ${object.name || "without a name"}` : name;
}
