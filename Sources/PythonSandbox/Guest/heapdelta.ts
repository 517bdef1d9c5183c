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
  /** Compares a chunk with the others, but for what is free in it. */
  const compare = (start: number, end: number) => {
    for (let at = start; at < end;) {
      while (nextFree < free.length && free[nextFree][1] <= at) nextFree += 1;
      const [freeStart, freeEnd] = free[nextFree] ?? [end, end];
      const stop = Math.min(end, freeStart);
      if (at < stop) blocks.add(scan.difference(at, stop, at - start));
      at = Math.max(at, Math.min(end, freeEnd));
    }
  };
  eachChunk(memory, occupied, (start, end, isOccupied) => {
    const others = scan.others.subarray(0, end - start);
    if (isOccupied) fill(others);
    else others.fill(0);
    compare(start, end);
  });
  return blocks.end();
}

/** Makes the memory what the other one is; the parameters are those of `encodeDelta`. */
export function resetTo(
  { memory }: ProgramMemory,
  occupied: Run[],
  fill: (buffer: Uint8Array<ArrayBuffer>) => void,
): void {
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  const scan = new HeapScan(memory);
  eachChunk(memory, occupied, (start, end, isOccupied) => {
    if (isOccupied) fill(bytes.subarray(start, end));
    // What was never written takes no memory, and is to take none.
    else if (scan.difference(start, end, 0).length > 0) bytes.fill(0, start, end);
  });
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

/** Calls `work` for all of the memory, in pieces of at most `CHUNK` bytes. */
function eachChunk(
  memory: WebAssembly.Memory,
  occupied: Run[],
  work: (start: number, end: number, isOccupied: boolean) => void,
): void {
  const split = (start: number, end: number, isOccupied: boolean) => {
    for (let at = start; at < end; at += CHUNK) work(at, Math.min(at + CHUNK, end), isOccupied);
  };
  let position = 0;
  for (const [start, end] of occupied) {
    split(position, start, false);
    split(start, end, true);
    position = end;
  }
  split(position, memory.buffer.byteLength, false);
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
