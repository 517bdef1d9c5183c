import { deepStrictEqual, strictEqual, throws } from "node:assert";
import { type ProgramMemory, type Span } from "../../Sources/PythonSandbox/Guest/state/heap.ts";
import { copyRuns, occupiedRuns } from "../../Sources/PythonSandbox/Guest/state/heap.ts";
import { applyDelta, encodeDelta, resetTo } from "../../Sources/PythonSandbox/Guest/state/heapdelta.ts";

const PAGES = 40;

/** A memory whose allocator has nothing, so that all of it is compared. */
function program(): { program: ProgramMemory; bytes: Uint8Array<ArrayBuffer> } {
  const memory = new WebAssembly.Memory({ initial: PAGES });
  const heap = (): Span => [0, 0];
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  return { program: { memory, heap, extend: () => {} }, bytes };
}

/** Numbers that look random, the same each time. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed;;) yield state = Math.imul(state, 1103515245) + 12345 >>> 0;
}

function scribble(bytes: Uint8Array, seed: number, count: number): void {
  const random = numbers(seed);
  for (let index = 0; index < count; index++) {
    const start = random.next().value % bytes.length;
    bytes.fill(random.next().value >>> 16, start, Math.min(bytes.length, start + random.next().value % 5000));
  }
}

/** Gives the bytes of the runs one after the other. */
function reader(bytes: Uint8Array<ArrayBuffer>, runs: Span[]): (buffer: Uint8Array<ArrayBuffer>) => void {
  const all = copyRuns(bytes, runs);
  let position = 0;
  return (buffer) => {
    buffer.set(all.subarray(position, position + buffer.length));
    position += buffer.length;
  };
}

function joined(pieces: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    all.set(piece, position);
    position += piece.length;
  }
  return all;
}

for (const seed of [1, 2, 3, 4, 5]) {
  Deno.test(`a difference makes one memory of the other (${seed})`, () => {
    const [old, now] = [program(), program()];
    scribble(old.bytes, seed, 40);
    now.bytes.set(old.bytes);
    scribble(now.bytes, seed + 100, 30);
    const runs = occupiedRuns(old.bytes);
    const delta = joined(encodeDelta(now.program, runs, reader(old.bytes, runs)));
    const again = old.bytes.slice();
    applyDelta(again, delta);
    deepStrictEqual(again, now.bytes.slice());
  });

  Deno.test(`a memory goes back to what it was (${seed})`, () => {
    const [old, now] = [program(), program()];
    scribble(old.bytes, seed, 40);
    scribble(now.bytes, seed + 200, 60);
    const runs = occupiedRuns(old.bytes);
    resetTo(now.program, runs, reader(old.bytes, runs));
    deepStrictEqual(now.bytes.slice(), old.bytes.slice());
  });
}

Deno.test("equal memories differ by nothing", () => {
  const { program: same, bytes } = program();
  scribble(bytes, 9, 40);
  const runs = occupiedRuns(bytes);
  strictEqual(joined(encodeDelta(same, runs, reader(bytes, runs))).length, 0);
});

Deno.test("a difference that reaches beyond its memory is refused", () => {
  const memory = new Uint8Array(64);
  throws(() => applyDelta(memory, new Uint8Array([16, 1, 1, 2, 3, 4])), /beyond its memory/);
  throws(() => applyDelta(memory, new Uint8Array([0, 2, 1, 2, 3, 4])), /beyond its memory/);
  throws(() => applyDelta(memory, new Uint8Array(20).fill(0xff)), /cannot be read/);
});
