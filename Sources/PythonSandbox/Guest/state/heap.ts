// This describes a WebAssembly memory: the pages that are not all zero, and the part that an allocator has.

/** The number of bytes in a page. */
export const PAGE_BYTES = 4096;

/** The number of zero pages between two others that cost less than another read. */
const NEGLIGIBLE_GAP = 8;

/** The number of bytes that the allocator's blocks are multiples of. */
const ALIGNMENT = 16;

/** The bytes from `start` up to, and without, `end`. */
export type Span = [start: number, end: number];

/** A program's memory. */
export interface ProgramMemory {
  memory: WebAssembly.Memory;
  /** The part that the program's allocator has got so far. */
  heap(): Span;
  /** Gives the allocator this number of bytes, if they can be had. */
  extend(bytes: number): void;
}

/** Python's memory. */
export function memoryOf(program: WebAssembly.Instance): ProgramMemory {
  const { memory, sbrk, __heap_base } = program.exports as {
    memory: WebAssembly.Memory;
    sbrk: (bytes: number) => number;
    __heap_base: WebAssembly.Global;
  };
  const start = Math.ceil(__heap_base.value / ALIGNMENT) * ALIGNMENT;
  return { memory, heap: () => [start, sbrk(0) >>> 0], extend: sbrk };
}

/** The parts of `memory` that are not zero, in whole pages. */
export function occupiedRuns(memory: Uint8Array<ArrayBuffer>): Span[] {
  const words = wordsOf(memory);
  const runs: Span[] = [];
  for (let start = 0; start < memory.length; start += PAGE_BYTES) {
    if (isZero(words, start / 4)) continue;
    const last = runs.at(-1);
    if (last && start - last[1] <= NEGLIGIBLE_GAP * PAGE_BYTES) last[1] = start + PAGE_BYTES;
    else runs.push([start, start + PAGE_BYTES]);
  }
  return runs;
}

/** The same bytes in words of 4. */
function wordsOf(memory: Uint8Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  return new Int32Array(memory.buffer, memory.byteOffset, memory.length / 4);
}

function isZero(words: Int32Array, first: number): boolean {
  for (let index = first; index < first + PAGE_BYTES / 4; index++) {
    if (words[index] !== 0) return false;
  }
  return true;
}

/** Copies of the runs, one after the other. */
export function copyRuns(memory: Uint8Array<ArrayBuffer>, runs: Span[]): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(runs.reduce((sum, [start, end]) => sum + end - start, 0));
  let position = 0;
  for (const [start, end] of runs) {
    copy.set(memory.subarray(start, end), position);
    position += end - start;
  }
  return copy;
}
