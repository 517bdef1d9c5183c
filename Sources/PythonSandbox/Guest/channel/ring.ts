// This is the way of the code's output from the guest to the warden: a ring of bytes in memory that both
// have. A message for each line would cost more than the line.
import type { Stream } from "./wire.ts";

// These are taken now, since code that runs here later may replace the global ones.
const { exchange, load, notify, store, wait } = Atomics;

/** The words at the beginning of the memory. Both counts wrap at 2³². */
const Word = {
  /** The number of bytes that the guest has written so far. */
  written: 0,
  /** The number of bytes that the warden has taken so far. */
  taken: 1,
  /** The word is not 0 when the warden was told of new bytes, and has not looked since. */
  told: 2,
} as const;
const START = 16;
const CAPACITY = 1 << 20;

/** The bytes before a piece: its length and, in the uppermost byte, its stream. */
const HEAD = 4;
const LONGEST = CAPACITY / 4;

export function makeRing(): SharedArrayBuffer {
  return new SharedArrayBuffer(START + CAPACITY);
}

/** Copies bytes into a ring and out of it. The place after the last byte is the first one. */
abstract class RingEnd {
  protected readonly words: Int32Array;
  private readonly ring: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.words = new Int32Array(memory, 0, START / 4);
    this.ring = new Uint8Array(memory, START, CAPACITY);
  }

  protected set(position: number, bytes: Uint8Array): void {
    const offset = position & CAPACITY - 1;
    const first = Math.min(bytes.length, CAPACITY - offset);
    this.ring.set(first === bytes.length ? bytes : bytes.subarray(0, first), offset);
    if (first < bytes.length) this.ring.set(bytes.subarray(first));
  }

  protected get(position: number, length: number): Uint8Array<ArrayBuffer> {
    const offset = position & CAPACITY - 1;
    const bytes = new Uint8Array(length);
    const first = this.ring.subarray(offset, offset + length);
    bytes.set(first);
    if (first.length < length) bytes.set(this.ring.subarray(0, length - first.length), first.length);
    return bytes;
  }
}

/** The guest's end. */
export class RingWriter extends RingEnd {
  private readonly head = new Uint8Array(HEAD);

  /** @param tell tells the warden that there are new bytes */
  constructor(memory: SharedArrayBuffer, private readonly tell: () => void) {
    super(memory);
  }

  /**
   * Writes bytes, and waits while there is no room.
   *
   * @param isInterrupted ends the wait when it is true; bytes without room are lost then
   */
  write(stream: Stream, bytes: Uint8Array, isInterrupted: () => boolean): void {
    const { words, head } = this;
    let written = load(words, Word.written);
    for (let rest = bytes; rest.length > 0;) {
      const piece = rest.length > LONGEST ? rest.subarray(0, LONGEST) : rest;
      let taken = load(words, Word.taken);
      while (CAPACITY - (written - taken >>> 0) < HEAD + piece.length) {
        if (isInterrupted()) return;
        wait(words, Word.taken, taken, 100);
        taken = load(words, Word.taken);
      }
      head[0] = piece.length;
      head[1] = piece.length >> 8;
      head[2] = piece.length >> 16;
      head[3] = stream;
      this.set(written, head);
      this.set(written + HEAD, piece);
      written = written + HEAD + piece.length | 0;
      store(words, Word.written, written);
      if (exchange(words, Word.told, 1) === 0) this.tell();
      rest = rest.subarray(piece.length);
    }
  }
}

/** The warden's end. The guest is untrusted, and so are its words about its bytes. */
export class RingReader extends RingEnd {
  private taken = 0;

  /** Notes that the guest has told of new bytes, so that it tells again. */
  heard(): void {
    store(this.words, Word.told, 0);
  }

  /** Wakes a guest that waits for room, so that it sees an interrupt. */
  wake(): void {
    notify(this.words, Word.taken);
  }

  /** True when there are bytes to take. */
  get hasMore(): boolean {
    return load(this.words, Word.written) !== this.taken;
  }

  /**
   * Gives all bytes that are there, in order. Neighbours of the same stream become one piece.
   *
   * @throws when the guest's words make no sense
   */
  take(): { stream: Stream; bytes: Uint8Array<ArrayBuffer> }[] {
    this.heard();
    const count = load(this.words, Word.written) - this.taken >>> 0;
    if (count > CAPACITY) throw new Error("its output cannot be read");
    const all = this.get(this.taken, count);
    const pieces: { stream: Stream; start: number; end: number }[] = [];
    // The heads are taken out, so that the bytes of one stream stand together.
    let end = 0;
    for (let position = 0; position < count;) {
      const stream = all[position + 3];
      const length = all[position] | all[position + 1] << 8 | all[position + 2] << 16;
      position += HEAD;
      if (!(stream === 1 || stream === 2 || stream === 3) || length === 0 || position + length > count) {
        throw new Error("its output cannot be read");
      }
      all.copyWithin(end, position, position + length);
      position += length;
      const last = pieces.at(-1);
      if (last?.stream === stream) last.end += length;
      else pieces.push({ stream, start: end, end: end + length });
      end += length;
    }
    this.taken = this.taken + count | 0;
    store(this.words, Word.taken, this.taken);
    notify(this.words, Word.taken);
    return pieces.map(({ stream, start, end }) => ({ stream, bytes: all.subarray(start, end) }));
  }
}
