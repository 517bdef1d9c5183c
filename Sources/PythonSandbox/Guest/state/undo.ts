// This puts Python back to its state at one moment: its memory, the JavaScript objects that it holds, and its
// files. The code since then may be any, as long as it has not reached JavaScript.
import type { EmscriptenModule } from "../pyodide/emscripten.ts";
import { FileState } from "./filestate.ts";
import type { Span } from "./heap.ts";
import { PageStore } from "./pagestore.ts";
import type { Reach } from "../pyodide/reach.ts";
import type { SnapshotReader } from "./snapshotfile.ts";

/** The most bytes by which the memory may have grown, since it cannot be made smaller again. */
const MOST_GROWTH = 64 << 20;

export class Undo {
  private readonly pages: PageStore;
  private readonly files: FileState;
  private readonly objects: unknown[];
  private readonly numbers: [unknown, unknown][];
  private readonly marks: number[];
  private readonly most: number;

  /**
   * Notes the state of Python. No Python may run then.
   *
   * @param snapshot a snapshot with most of the same memory, if Python started from one
   * @param living the folder whose files live on
   */
  constructor(
    private readonly module: EmscriptenModule,
    private readonly memory: WebAssembly.Memory,
    private readonly reach: Reach,
    snapshot: { reader: SnapshotReader; runs: Span[] } | null,
    living: string,
  ) {
    this.most = memory.buffer.byteLength + MOST_GROWTH;
    this.pages = new PageStore(memory, MOST_GROWTH, snapshot);
    this.files = new FileState(module.FS, module.FS.analyzePath(living, true).object, living);
    this.objects = heldBy(module);
    this.numbers = reach.heldNumbers;
    this.marks = marksOf(module);
  }

  /** True when Python can be put back now. */
  get isPossible(): boolean {
    return !this.reach.isAtWork && this.memory.buffer.byteLength <= this.most &&
      marksOf(this.module).every((mark, index) => mark === this.marks[index]);
  }

  /**
   * Puts Python back. `isPossible` must have been true. No Python may have run since, so that callbacks are
   * stopped, and handles forgotten.
   */
  putBack(): void {
    this.files.restore();
    this.pages.restore();
    this.reach.forget(this.numbers);
    const { module, objects } = this;
    const count = Math.max(objects.length, heldBy(module).length);
    for (let number = 0; number < count; number++) {
      if (module.__hiwire_set(number, objects[number] ?? null) < 0) {
        throw new Error("an object cannot be held");
      }
    }
  }
}

function heldBy(module: EmscriptenModule): unknown[] {
  const objects: unknown[] = [];
  for (;;) {
    try {
      objects.push(module.__hiwire_get(objects.length));
    } catch {
      return objects;
    }
  }
}

/** The values that change only when code brings functions along, or leaves a stack behind. */
function marksOf(module: EmscriptenModule): number[] {
  return [module.wasmTable.length, module._emscripten_stack_get_current()];
}
