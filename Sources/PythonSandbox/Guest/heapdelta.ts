// What of a memory is not as in another one, word by word: most of what Python changes in a page is a few counts of
// references. For the bytes see `HeapScan.difference`.
import type { ProgramMemory, Run } from "./heap.ts";
import { CHUNK, HeapScan } from "./heapscan.ts";

/** Bytes of the first block, and of each that follows: the most that come at once fit in. */
const BLOCK = 1 << 18;
const MORE = 4 * CHUNK;

/**
 * What is free is not compared: it is of no use.
 *
 * @param occupied what is not zero in the other memory
 * @param fill gives the next bytes of those runs
 * @returns the bytes in pieces
 */
export function encodeDelta(
  { memory, heap }: ProgramMemory,
  occupied: Run[],
  fill: (buffer: Uint8Array<ArrayBuffer>) => void,
): Uint8Array<ArrayBuffer>[] {
  const scan = new HeapScan(memory);
  const free = scan.free(heap());
  const blocks = new Blocks();
  let nextFree = 0;
  /** Compares these bytes, whose others begin at `chunk`, but for what is free. */
  const compare = (start: number, end: number, chunk: number) => {
    while (start < end) {
      while (nextFree < free.length && free[nextFree][1] <= start) nextFree += 1;
      const [freeStart, freeEnd] = free[nextFree] ?? [end, end];
      const stop = Math.min(end, freeStart);
      if (start < stop) blocks.add(scan.difference(start, stop, start - chunk));
      start = Math.max(start, Math.min(end, freeEnd));
    }
  };
  const compareRun = (start: number, end: number, next: (buffer: Uint8Array<ArrayBuffer>) => void) => {
    for (let chunk = start; chunk < end; chunk += CHUNK) {
      const size = Math.min(CHUNK, end - chunk);
      next(scan.others.subarray(0, size));
      compare(chunk, chunk + size, chunk);
    }
  };
  let position = 0;
  for (const [start, end] of occupied) {
    compareRun(position, start, (buffer) => buffer.fill(0));
    compareRun(start, end, fill);
    position = end;
  }
  compareRun(position, memory.buffer.byteLength, (buffer) => buffer.fill(0));
  return blocks.end();
}

/**
 * Makes of the other memory the one that was encoded.
 *
 * @throws when the bytes are not such, or reach beyond the memory
 */
export function applyDelta(memory: Uint8Array<ArrayBuffer>, delta: Uint8Array<ArrayBuffer>): void {
  let [from, to] = [0, 0];
  const number = () => {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = delta[from++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      if (!(scale < 2 ** 32)) throw new Error("the checkpoint's pages cannot be read");
    }
  };
  while (from < delta.length) {
    to += number() * 4;
    const size = number() * 4;
    if (!(from + size <= delta.length && to + size <= memory.length)) {
      throw new Error("the checkpoint's pages reach beyond its memory");
    }
    memory.set(delta.subarray(from, from + size), to);
    from += size;
    to += size;
  }
}

/** Collects bytes in few blocks. */
class Blocks {
  readonly blocks: Uint8Array<ArrayBuffer>[] = [];
  private last = new Uint8Array(BLOCK);
  private length = 0;

  add(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.length + bytes.length > this.last.length) {
      this.end();
      this.last = new Uint8Array(MORE);
      this.length = 0;
    }
    this.last.set(bytes, this.length);
    this.length += bytes.length;
  }

  end(): Uint8Array<ArrayBuffer>[] {
    if (this.length > 0) this.blocks.push(this.last.subarray(0, this.length));
    return this.blocks;
  }
}
