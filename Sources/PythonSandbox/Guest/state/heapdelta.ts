// This is the difference of a memory from another one, word by word. In most pages Python changes only a few
// counts of references. `HeapScan.difference` describes the bytes.
import type { ProgramMemory, Span } from "./heap.ts";
import { CHUNK, HeapScan } from "./heapscan.ts";

/**
 * The bytes of the first block, and of each further one. A further one has room for the most that come at
 * once.
 */
const BLOCK = 1 << 18;
const MORE = 4 * CHUNK;

/**
 * Encodes the difference. Free memory is not compared, since its content does not matter.
 *
 * @param occupied the parts of the other memory that are not zero
 * @param fill gives the next bytes of those parts
 * @returns the bytes in pieces
 */
export function encodeDelta(
  { memory, heap }: ProgramMemory,
  occupied: Span[],
  fill: (buffer: Uint8Array<ArrayBuffer>) => void,
): Uint8Array<ArrayBuffer>[] {
  const scan = new HeapScan(memory);
  const free = scan.free(heap());
  const blocks = new Blocks();
  let nextFree = 0;
  /** Compares a chunk with the others, without its free memory. */
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

/** Makes the memory equal to the other one. The parameters are those of `encodeDelta`. */
export function resetTo(
  { memory }: ProgramMemory,
  occupied: Span[],
  fill: (buffer: Uint8Array<ArrayBuffer>) => void,
): void {
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  const scan = new HeapScan(memory);
  eachChunk(memory, occupied, (start, end, isOccupied) => {
    if (isOccupied) fill(bytes.subarray(start, end));
    // Memory that was never written takes no room, and must not begin to.
    else if (scan.difference(start, end, 0).length > 0) bytes.fill(0, start, end);
  });
}

/**
 * Turns the other memory into the one that was encoded.
 *
 * @throws when the bytes are damaged, or reach beyond the memory
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
  occupied: Span[],
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

/** Bytes that are collected in few blocks. */
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
