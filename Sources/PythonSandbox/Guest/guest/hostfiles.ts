// This asks the host for what is below a mount. It waits for each answer, as a system call does.
import { type Asker, type FileReply, type FileRequest, isShort, MOST } from "../channel/exchange.ts";
import { Errno, fromLinux } from "./errno.ts";

/** A request before it gets its number. */
export type Question = Omit<FileRequest, "request" | "bytes" | "closing">;

/** The bytes that are read at once when a file begins to be read in order. They double with each reading. */
const FIRST_WINDOW = 1 << 16;

/** A file that the host has open. */
export class HostFile {
  /** The number of descriptors that share it. */
  users = 1;
  /** The attributes as of the opening, which are told once. */
  first: number[] | null;
  /** The size after our last write; null when it may be another one. */
  written: number | null = null;
  /** Bytes that were read ahead, from `start` to `end`, as long as nothing was written. */
  bytes: Uint8Array = new Uint8Array();
  start = 0;
  end = 0;
  era = 0;
  /** True when the file ended there, which is told once: it may grow. */
  isAtEnd = false;
  /** The place at which a reading in order goes on. */
  next = 0;
  window = 0;

  constructor(readonly mount: number, readonly handle: number, reply: FileReply) {
    this.first = reply.attributes!;
  }
}

export class HostFiles {
  private readonly closing: number[] = [];
  /** The use of an answer for which nobody waits any more. */
  private late: ((reply: FileReply) => void) | null = null;
  /** The reading ahead that the host is at, or has done. */
  private ahead: { file: HostFile; offset: number; length: number; era: number } | null = null;
  /** A count of writes: what was read ahead before one may be wrong. */
  private era = 0;

  constructor(
    private readonly asker: Asker,
    private readonly ErrnoError: new (errno: number) => Error,
  ) {}

  get content(): Uint8Array<SharedArrayBuffer> {
    return this.asker.content;
  }

  fail(errno: number): never {
    throw new this.ErrnoError(errno);
  }

  /** Asks, and gives the answer. Its content stands in the memory until the next request. */
  ask(question: Question, content?: Uint8Array): FileReply {
    this.dropOpen();
    const reply = this.replyTo(question, content);
    if (reply.error !== 0) this.fail(fromLinux(reply.error));
    return reply;
  }

  private replyTo({ path, other, ...rest }: Question, content?: Uint8Array): FileReply {
    for (const text of [path, other]) {
      if (text === undefined) continue;
      if (text.includes("\0")) this.fail(Errno.EINVAL);
      if (!isShort(text) || text.split("/").some((name) => name.length > 255)) this.fail(Errno.ENAMETOOLONG);
    }
    // Names that are no UTF-8 are shown with such a character, and cannot be asked for.
    const isDamaged = [path, other].some((text) =>
      text !== undefined && (!text.isWellFormed() || text.includes("\ufffd"))
    );
    if (isDamaged) this.fail(Errno.EILSEQ);
    if (content) this.content.set(content);
    this.send({ ...rest, path, other, bytes: content?.length ?? 0 });
    const reply = this.asker.reply();
    if (reply) return reply;
    // The host goes on; a file that it opens is closed again.
    this.late = ({ handle }) => {
      if (handle) this.closing.push(handle);
    };
    return this.fail(Errno.EINTR);
  }

  private send(request: Omit<FileRequest, "request">): void {
    const closing = this.closing.pop();
    this.asker.send(closing === undefined ? request : { ...request, closing });
  }

  /** Waits for the answer to a request that is still open, and drops it. */
  private dropOpen(): void {
    if (!this.late && !this.ahead) return;
    const reply = this.asker.reply() ?? this.fail(Errno.EINTR);
    this.late?.(reply);
    this.late = this.ahead = null;
  }

  /** Closes a file, with the next request. */
  close({ handle }: HostFile): void {
    this.closing.push(handle);
    if (this.closing.length > 32) this.flush();
  }

  /** Closes what is to be closed. */
  flush(): void {
    try {
      while (this.closing.length > 0) this.ask({ operation: "close", mount: 0 });
    } catch {
      // An interrupt puts it off.
    }
  }

  open(
    mount: number,
    path: string,
    flags: number,
    mode: number,
  ): { file: HostFile | null; attributes: number[] } {
    const reply = this.ask({ operation: "open", mount, path, flags, mode });
    const attributes = reply.attributes!;
    if (!reply.handle) return { file: null, attributes };
    const file = new HostFile(mount, reply.handle, reply);
    if (!(flags & 3)) {
      file.bytes = this.content.slice(0, reply.bytes);
      file.era = this.era;
      file.end = file.next = reply.bytes;
      file.isAtEnd = reply.bytes < FIRST_WINDOW;
    }
    return { file, attributes };
  }

  /** Reads into `target`; gives 0 at the end. */
  read(file: HostFile, target: Uint8Array, position: number): number {
    const { start, end } = file;
    if (file.era === this.era) {
      if (position >= start && position < end) {
        const count = Math.min(target.length, end - position);
        target.set(file.bytes.subarray(position - start, position - start + count));
        return count;
      }
      if (position === end && file.isAtEnd) {
        file.isAtEnd = false;
        return 0;
      }
    }
    const isInOrder = position === file.next;
    file.window = isInOrder ? Math.min(Math.max(2 * file.window, FIRST_WINDOW), MOST) : 0;
    const length = Math.min(Math.max(target.length, file.window), MOST);
    const { bytes } = this.take(file, position, length);
    const count = Math.min(bytes, target.length);
    target.set(this.content.subarray(0, count));
    if (bytes > count) {
      if (file.bytes.length < bytes - count) file.bytes = new Uint8Array(length);
      file.bytes.set(this.content.subarray(count, bytes));
    }
    file.start = position + count;
    file.end = file.next = position + bytes;
    file.era = this.era;
    file.isAtEnd = bytes < length && count > 0;
    if (bytes === length && file.window === MOST) this.readAhead(file, file.end, length);
    return count;
  }

  /** Reads from the host, or takes what was read ahead. */
  private take(file: HostFile, offset: number, length: number): FileReply {
    const { ahead } = this;
    const { mount, handle } = file;
    const isThere = ahead?.file === file && ahead.offset === offset && ahead.length === length &&
      ahead.era === this.era;
    if (!isThere) return this.ask({ operation: "read", mount, handle, offset, length });
    const reply = this.asker.reply() ?? this.fail(Errno.EINTR);
    this.ahead = null;
    if (reply.error !== 0) this.fail(fromLinux(reply.error));
    return reply;
  }

  /** Lets the host read while Python works on what it has. */
  private readAhead(file: HostFile, offset: number, length: number): void {
    const { mount, handle } = file;
    this.send({ operation: "read", mount, handle, offset, length, bytes: 0 });
    this.ahead = { file, offset, length, era: this.era };
  }

  /** Writes as much as goes; an error comes only when nothing was written. */
  write(file: HostFile, source: Uint8Array, position: number): number {
    const { mount, handle } = file;
    this.change();
    let written = 0;
    while (written < source.length) {
      const piece = source.subarray(written, written + MOST);
      try {
        const { count } = this.ask({ operation: "write", mount, handle, offset: position + written }, piece);
        written += count!;
        if (count! < piece.length) break;
      } catch (error) {
        if (written === 0) throw error;
        break;
      }
    }
    file.written = position + written;
    return written;
  }

  /** Notes that something is written, so that nothing read before counts. */
  change(): void {
    this.era += 1;
  }

  /** The names in a folder with their kinds (`DT_REG` and so on). */
  list(mount: number, path: string): Map<string, number> {
    const names = new Map<string, number>();
    const decoder = new TextDecoder();
    let question: Question = { operation: "list", mount, path };
    for (;;) {
      const { bytes, handle } = this.ask(question);
      const content = this.content.slice(0, bytes);
      for (let place = 0; place < bytes;) {
        const end = content.indexOf(0, place + 1);
        names.set(decoder.decode(content.subarray(place + 1, end)), content[place]);
        place = end + 1;
      }
      if (!handle) return names;
      question = { operation: "list", mount, handle };
    }
  }
}
