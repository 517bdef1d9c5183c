// What of a memory is not as in another one, word by word: most of what Python changes in a page is a few counts of
// references. The bytes are, until they end: how many words to skip, how many words follow (both in LEB128), and
// those words.
import { CHUNK, Comparer } from "./comparer.ts";
import { type Run, wordsOf } from "./heap.ts";

/** Bytes of a page. */
const PAGE = 4096;

/** So many equal words between two others cost no more than what says that they are skipped. */
const NEGLIGIBLE_GAP = 1;

/**
 * @param occupied what is not zero in the other memory
 * @param fill gives the next bytes of those runs
 */
export function encodeDelta(
  memory: WebAssembly.Memory,
  occupied: Run[],
  fill: (buffer: Uint8Array<ArrayBuffer>) => void,
): Uint8Array<ArrayBuffer> {
  const comparer = new Comparer(memory);
  const { others } = comparer;
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  const writer = new DeltaWriter(wordsOf(bytes), wordsOf(others));
  const compare = (start: number, end: number, next: (buffer: Uint8Array<ArrayBuffer>) => void) => {
    for (let chunk = start; chunk < end; chunk += CHUNK) {
      const size = Math.min(CHUNK, end - chunk);
      next(others.subarray(0, size));
      for (let at = chunk;; at += PAGE) {
        at = comparer.firstDifference(at, at - chunk, chunk + size);
        if (at === chunk + size) break;
        at -= at % PAGE;
        writer.compare(at / 4, (at - chunk) / 4);
      }
    }
  };
  let position = 0;
  for (const [start, end] of occupied) {
    compare(position, start, (buffer) => buffer.fill(0));
    compare(start, end, fill);
    position = end;
  }
  compare(position, bytes.length, (buffer) => buffer.fill(0));
  return writer.finish();
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

class DeltaWriter {
  private bytes = new Uint8Array(1 << 20);
  private length = 0;
  /** The words that differ and are not written yet, and where the last that were written end. */
  private start = 0;
  private end = 0;
  private written = 0;

  constructor(private readonly words: Int32Array, private readonly others: Int32Array) {}

  /** Writes what differs in the page that begins at the word `first`, and at `otherFirst` in the others. */
  compare(first: number, otherFirst: number): void {
    const { words, others } = this;
    for (let index = 0; index < PAGE / 4; index++) {
      if (words[first + index] !== others[otherFirst + index]) this.add(first + index);
    }
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.flush();
    return this.bytes.slice(0, this.length);
  }

  private add(index: number): void {
    if (index - this.end > NEGLIGIBLE_GAP) {
      this.flush();
      this.start = index;
    }
    this.end = index + 1;
  }

  private flush(): void {
    const { words, start, end, written } = this;
    if (end === start) return;
    this.reserve(20 + (end - start) * 4);
    this.number(start - written);
    this.number(end - start);
    this.bytes.set(
      new Uint8Array(words.buffer, words.byteOffset + start * 4, (end - start) * 4),
      this.length,
    );
    this.length += (end - start) * 4;
    this.written = end;
  }

  private number(value: number): void {
    for (; value >= 0x80; value = Math.floor(value / 128)) this.bytes[this.length++] = value % 128 | 0x80;
    this.bytes[this.length++] = value;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + bytes));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}
