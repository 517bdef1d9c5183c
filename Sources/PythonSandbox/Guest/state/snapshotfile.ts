// This is the form of a snapshot's file, and of a checkpoint's. A line of JSON (the preface) comes first,
// then the header in JSON. The heap's pages follow, and the contents of the files that Python keeps in
// memory.
import type { HeldObjects } from "../pyodide/emscripten.ts";
import type { Span } from "./heap.ts";
import type { Linkage } from "./linkage.ts";
import type { MemoryFile } from "./memoryfiles.ts";
import type { OpenStream } from "./openfiles.ts";
import type { SavedOverlay } from "./overlays.ts";

// These are taken now, since a running guest has no Deno.
const { openSync, SeekMode } = Deno;

/** The version of the form. It changes with the form of a snapshot. */
const FORMAT = 2;

const CUT_SHORT = "the snapshot is cut short";

/** The most bytes of a preface of ours. */
const MAX_PREFACE = 65536;

/** The facts that must be known early. */
export interface Preface {
  format: number;
  /** The number of bytes in the header. */
  header: number;
  /** The number of bytes in Python's memory. */
  memory: number;
  /** True when the pages are only those that differ from the image's snapshot. */
  isDifference: boolean;
  /** The libraries that are loaded, by their paths in Python. */
  libraries: string[];
}

export interface Header {
  /** The build of Pyodide: another build has its functions at other places. */
  build: string;
  /** The pages of a snapshot. */
  runs: Span[];
  /** The bytes of a checkpoint's difference from the snapshot's pages, see heapdelta.ts. */
  delta: number;
  /** The linkage. In a checkpoint it is the part that the snapshot does not have. */
  linkage: Linkage;
  held: HeldObjects;
  files: MemoryFile[];
  /** The changes of overlays over the host's files. */
  overlays?: SavedOverlay[];
  streams: OpenStream[];
  /** Python's working directory. */
  folder: string;
}

/** Gives the file in pieces. */
export function writeSnapshot(
  memory: number,
  isDifference: boolean,
  header: Header,
  contents: Uint8Array<ArrayBuffer>[],
  libraries = header.linkage.libraries.map((library) => library.name),
): Uint8Array<ArrayBuffer>[] {
  const encoder = new TextEncoder();
  const text = encoder.encode(JSON.stringify(header));
  const preface: Preface = { format: FORMAT, header: text.length, memory, isDifference, libraries };
  return [encoder.encode(`${JSON.stringify(preface)}\n`), text, ...contents];
}

/** A place from which a snapshot is read, from its beginning to its end. */
interface Source {
  /** Reads the next bytes; 0 or null at the end. */
  readSync(buffer: Uint8Array): number | null;
  /** Goes to this byte. */
  seek(position: number): void;
  /** The number of bytes that are still to be read. */
  left(): number;
  close(): void;
}

/** Reads a snapshot from its beginning to its end. */
export class SnapshotReader {
  readonly preface: Preface;
  /** The position at which the header begins. */
  private readonly begin: number;

  private constructor(private readonly source: Source) {
    const start = new Uint8Array(MAX_PREFACE);
    const length = start.subarray(0, source.readSync(start) ?? 0).indexOf(0x0a);
    const preface = length < 0 ? undefined : parsed(start.subarray(0, length));
    if (!isPreface(preface)) throw new Error("it is not a snapshot of this format");
    this.preface = preface;
    this.begin = length + 1;
    source.seek(this.begin);
  }

  /**
   * Opens a file.
   *
   * @throws when it is no snapshot of this form
   */
  static open(path: string): SnapshotReader {
    const file = openSync(path);
    try {
      const size = file.seekSync(0, SeekMode.End);
      let position = file.seekSync(0, SeekMode.Start);
      return new SnapshotReader({
        readSync(buffer) {
          const count = file.readSync(buffer);
          position += count ?? 0;
          return count;
        },
        seek: (target) => void (position = file.seekSync(target, SeekMode.Start)),
        left: () => size - position,
        close: () => file.close(),
      });
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /**
   * Opens bytes in memory.
   *
   * @throws when they are no snapshot of this form
   */
  static of(bytes: Uint8Array<ArrayBuffer>): SnapshotReader {
    let position = 0;
    return new SnapshotReader({
      readSync(buffer) {
        const next = bytes.subarray(position, position + buffer.length);
        buffer.set(next);
        position += next.length;
        return next.length;
      },
      seek: (target) => void (position = target),
      left: () => bytes.length - position,
      close: () => {},
    });
  }

  /** Reads the header, which comes first. */
  readHeader(): Header {
    const header = parsed(this.read(this.preface.header));
    if (header === undefined) throw new Error("the snapshot's header cannot be read");
    return header as Header;
  }

  read(bytes: number): Uint8Array<ArrayBuffer> {
    // Memory is taken for what is there, not for what is said.
    if (bytes > this.source.left()) throw new Error(CUT_SHORT);
    const buffer = new Uint8Array(bytes);
    this.fill(buffer);
    return buffer;
  }

  /** Skips the header, in place of `readHeader`. */
  skipHeader(): void {
    this.source.seek(this.begin + this.preface.header);
  }

  /** Reads the next bytes into `buffer`. */
  fill(buffer: Uint8Array<ArrayBuffer>): void {
    for (let position = 0; position < buffer.length;) {
      const count = this.source.readSync(buffer.subarray(position));
      if (!count) throw new Error(CUT_SHORT);
      position += count;
    }
  }

  /** The bytes of the memory at `address`, if they are in one of the runs; undefined where they are zero. */
  page(runs: Span[], address: number, bytes: number): Uint8Array<ArrayBuffer> | undefined {
    let position = this.begin + this.preface.header;
    for (const [start, end] of runs) {
      if (address < start) return undefined;
      if (address < end) {
        this.source.seek(position + address - start);
        return this.read(bytes);
      }
      position += end - start;
    }
    return undefined;
  }

  [Symbol.dispose](): void {
    this.source.close();
  }
}

/** The value that is written there as JSON; undefined when there is none. */
function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function isPreface(value: unknown): value is Preface {
  if (typeof value !== "object" || value === null) return false;
  const { format, header, memory, isDifference, libraries } = value as Partial<
    Record<keyof Preface, unknown>
  >;
  const isLength = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  return format === FORMAT && isLength(header) && isLength(memory) && typeof isDifference === "boolean" &&
    Array.isArray(libraries) &&
    libraries.every((library) => typeof library === "string");
}
