// This is the memory through which the guest asks for files below a mount, and waits for the answer. One request
// is open at a time.
import type { FrameOf, OrderOf } from "./wire.ts";

// These are taken now, since code that runs here later may replace the global ones.
const { load, notify, store, wait } = Atomics;

/** The most bytes that one request reads or writes. */
export const MOST = 1 << 20;
/** The most bytes of a path, with a zero at its end. */
export const LONGEST_PATH = 4096;

/** A request without the number of its content's bytes, which stand in the memory. */
export type FileRequest = Omit<FrameOf<"file">, "kind">;
/** An answer without its content, which stands in the memory. */
export type FileReply = Pick<OrderOf<"file">, "error" | "handle" | "count" | "attributes" | "bytes">;

/** The words at the beginning of the memory. */
const Word = {
  /** The number of the request that was answered last. */
  answered: 0,
  error: 1,
  bytes: 2,
} as const;
/** The numbers behind the words: the handle, the count, and the attributes. */
const NUMBERS = 16;
const ATTRIBUTES = 8;
const CONTENT = 128;

export function makeExchange(): SharedArrayBuffer {
  return new SharedArrayBuffer(CONTENT + MOST);
}

abstract class ExchangeEnd {
  protected readonly words: Int32Array;
  protected readonly numbers: Float64Array;
  readonly content: Uint8Array<SharedArrayBuffer>;

  constructor(memory: SharedArrayBuffer) {
    this.words = new Int32Array(memory, 0, NUMBERS / 4);
    this.numbers = new Float64Array(memory, NUMBERS, 2 + ATTRIBUTES);
    this.content = new Uint8Array(memory, CONTENT);
  }
}

/** The guest's end. */
export class Asker extends ExchangeEnd {
  private last = 0;

  /**
   * @param ask hands a request to the warden
   * @param isInterrupted ends a wait when it is true
   */
  constructor(
    memory: SharedArrayBuffer,
    private readonly ask: (request: FileRequest) => void,
    private readonly isInterrupted: () => boolean,
  ) {
    super(memory);
  }

  /** True while the last request has no answer. */
  get isOpen(): boolean {
    return load(this.words, Word.answered) !== this.last;
  }

  /** Sends a request. The last one must have its answer. */
  send(request: Omit<FileRequest, "request">): void {
    this.last = this.last + 1 | 0;
    this.ask({ request: this.last, ...request });
  }

  /** Waits for the answer to the last request; null when an interrupt comes first. */
  reply(): FileReply | null {
    while (this.isOpen) {
      if (this.isInterrupted()) return null;
      wait(this.words, Word.answered, load(this.words, Word.answered), 100);
    }
    const { words, numbers } = this;
    return {
      error: words[Word.error],
      bytes: words[Word.bytes],
      handle: numbers[0],
      count: numbers[1],
      attributes: Array.from(numbers.subarray(2)),
    };
  }
}

/** The warden's end. It puts the content there before. */
export class Answerer extends ExchangeEnd {
  answer(request: number, { error, bytes, handle, count, attributes }: FileReply): void {
    this.words[Word.error] = error;
    this.words[Word.bytes] = bytes;
    this.numbers[0] = handle ?? 0;
    this.numbers[1] = count ?? 0;
    for (let index = 0; index < ATTRIBUTES; index++) this.numbers[2 + index] = attributes?.[index] ?? 0;
    store(this.words, Word.answered, request);
    notify(this.words, Word.answered);
  }

  /** Wakes a guest that waits, so that it sees an interrupt. */
  wake(): void {
    notify(this.words, Word.answered);
  }
}

/** True for a request within its bounds. The host refuses others, and ends the interpreter. */
export function isRequest(value: unknown, mounts: number): value is FileRequest {
  if (typeof value !== "object" || value === null) return false;
  const {
    request,
    operation,
    mount,
    path,
    other,
    handle,
    offset,
    length,
    flags,
    mode,
    read,
    changed,
    closing,
    bytes,
  } = value as Record<string, unknown>;
  const isNumber = (number: unknown, most: number) =>
    number === undefined ||
    Number.isSafeInteger(number) && (number as number) >= 0 && (number as number) <= most;
  const isText = (text: unknown) =>
    text === undefined ||
    typeof text === "string" && text.isWellFormed() && !text.includes("\0") && isShort(text);
  const isTime = (time: unknown) =>
    time === undefined || Number.isFinite(time) && Math.abs(time as number) < 1e15;
  return Number.isSafeInteger(request) && OPERATIONS.has(operation as string) && mount !== undefined &&
    isNumber(mount, mounts - 1) && isText(path) && !(path as string | undefined)?.startsWith("/") &&
    isText(other) &&
    isNumber(handle, 2 ** 31) && isNumber(offset, 2 ** 53 - 1) &&
    isNumber(length, operation === "change" ? 2 ** 53 - 1 : MOST) && isNumber(flags, 0o7777777) &&
    isNumber(mode, 0o7777) && isTime(read) && isTime(changed) && isNumber(closing, 2 ** 31) &&
    bytes !== undefined &&
    isNumber(bytes, operation === "write" ? MOST : 0);
}

const OPERATIONS = new Set(
  "stat open read write list make remove rename link target change sync close".split(" "),
);

/** True for a text of fewer bytes than a path may have. */
export function isShort(text: string): boolean {
  if (text.length * 3 < LONGEST_PATH) return true;
  return text.length < LONGEST_PATH && new TextEncoder().encode(text).length < LONGEST_PATH;
}
