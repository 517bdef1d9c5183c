// This puts a checkpoint in the place of a Python that has run no user's code. Its program is loaded and its
// functions are compiled, so this takes a tenth of a start.
import type { EmscriptenModule, HeldObjects } from "../pyodide/emscripten.ts";
import { forgetHandles } from "../pyodide/finalizers.ts";
import type { ProgramMemory } from "./heap.ts";
import { applyDelta, resetTo } from "./heapdelta.ts";
import { linkageSince, linkMore } from "./linkage.ts";
import { removeFiles, restoreFiles } from "./memoryfiles.ts";
import { finishFiles, readCheckpoint, type Started } from "./restore.ts";
import { finderIn, type NamedObjects } from "./snapshot.ts";
import type { SnapshotReader } from "./snapshotfile.ts";

/**
 * Restores a checkpoint in place.
 *
 * @param started a Python that was started from `snapshot`; it cannot be used when this throws
 * @param libraries the code of the checkpoint's libraries that the snapshot does not have
 * @param objects the objects that Python held under these names when it was saved
 */
export function restoreInPlace(
  { pyodide, recorder, base, memory }: Started,
  snapshot: SnapshotReader,
  checkpoint: SnapshotReader,
  libraries: WebAssembly.Module[],
  objects: NamedObjects,
): Started {
  const module = pyodide._module;
  const { FS } = module;
  if (base === null || recorder.save(module) !== base.linkage) throw new Error("it is not as it was started");
  const header = readCheckpoint(checkpoint, base);
  const known = module.API.serializeHiwireState(() => "").immortalKeys;
  grow(memory, checkpoint.preface.memory);
  linkMore(module, linkageSince(base.linkage, header.linkage), libraries);
  recorder.goOn(header.linkage);
  forgetHandles();
  snapshot.skipHeader();
  resetTo(memory, base.runs, (buffer) => snapshot.fill(buffer));
  applyDelta(module.HEAPU8, checkpoint.read(header.delta));
  FS.chdir("/");
  removeFiles(FS);
  restoreFiles(FS, header.files, (bytes) => checkpoint.read(bytes));
  const python = bootstrap(module, header.held, known, objects);
  finishFiles(python, header, checkpoint);
  return { pyodide: python, recorder, base, memory, finishFiles: () => {} };
}

/**
 * Lets the memory grow to this number of bytes. Emscripten sees only its own growth, so its allocator asks
 * for them. The old heap is forgotten afterwards.
 */
function grow({ memory, heap, extend }: ProgramMemory, bytes: number): void {
  if (memory.buffer.byteLength >= bytes) return;
  extend(bytes - heap()[1]);
  if (memory.buffer.byteLength < bytes) throw new Error("there is not enough memory");
}

/**
 * Lets Pyodide find its own objects in the new heap, and Python find JavaScript's.
 *
 * @param known the strings that JavaScript keeps for Python already
 */
function bootstrap(
  module: EmscriptenModule,
  { hiwireKeys, immortalKeys }: HeldObjects,
  known: unknown[],
  objects: NamedObjects,
) {
  const { API } = module;
  if (!known.every((key, index) => key === immortalKeys[index])) {
    throw new Error("it has strings that the checkpoint has not");
  }
  // The objects that this would make are there, and the new heap knows their places.
  module._jslib_init = () => 0;
  API.config.jsglobals = globalThis;
  return API.finalizeBootstrap(
    { hiwireKeys, immortalKeys: immortalKeys.slice(known.length) },
    finderIn(objects),
  );
}
