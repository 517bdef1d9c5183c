// A snapshot's file: a line of JSON (the preface), the header in JSON, the heap's pages, the contents of the
// files that Python keeps in memory.
import type { HeldObjects } from "./emscripten.ts";
import type { Run } from "./heap.ts";
import type { Linkage } from "./linkage.ts";
import type { MemoryFile } from "./memoryfiles.ts";

/** Changes with what stands in a snapshot. */
const FORMAT = 1;

/** More is no preface of ours. */
const MAX_PREFACE = 65536;

/** What must be known early. */
export interface Preface {
  format: number;
  /** Bytes of the header. */
  header: number;
  /** Bytes of Python's memory. */
  memory: number;
  /** The libraries that are loaded, by their paths in Python. */
  libraries: string[];
}

export interface Header {
  /** Pyodide's build: another one's functions are elsewhere. */
  build: string;
  runs: Run[];
  linkage: Linkage;
  held: HeldObjects;
  files: MemoryFile[];
}

/** The file, in pieces. */
export function writeSnapshot(
  memory: number,
  header: Header,
  contents: Uint8Array<ArrayBuffer>[],
): Uint8Array<ArrayBuffer>[] {
  const encoder = new TextEncoder();
  const text = encoder.encode(JSON.stringify(header));
  const libraries = header.linkage.libraries.map((library) => library.name);
  const preface: Preface = { format: FORMAT, header: text.length, memory, libraries };
  return [encoder.encode(`${JSON.stringify(preface)}\n`), text, ...contents];
}

/** Reads a snapshot's file from its beginning to its end. */
export class SnapshotReader {
  readonly preface: Preface;
  private readonly file: Deno.FsFile;

  /** @throws when it is not a snapshot of this format */
  constructor(path: string) {
    this.file = Deno.openSync(path);
    const start = new Uint8Array(MAX_PREFACE);
    const length = start.subarray(0, this.file.readSync(start) ?? 0).indexOf(0x0a);
    this.preface = length < 0 ? {} : JSON.parse(new TextDecoder().decode(start.subarray(0, length)));
    if (this.preface.format !== FORMAT) throw new Error(`${path} is not a snapshot of this format`);
    this.file.seekSync(length + 1, Deno.SeekMode.Start);
  }

  /** Call first. */
  readHeader(): Header {
    return JSON.parse(new TextDecoder().decode(this.read(this.preface.header)));
  }

  read(bytes: number): Uint8Array<ArrayBuffer> {
    const buffer = new Uint8Array(bytes);
    this.fill(buffer);
    return buffer;
  }

  /** Reads what comes next into `buffer`. */
  fill(buffer: Uint8Array<ArrayBuffer>): void {
    for (let position = 0; position < buffer.length;) {
      const count = this.file.readSync(buffer.subarray(position));
      if (!count) throw new Error("the snapshot is cut short");
      position += count;
    }
  }

  [Symbol.dispose](): void {
    this.file.close();
  }
}
