// A saved Python: its heap, its libraries' places, the JavaScript objects it holds, its files in memory. One
// file: a line with the header's length in bytes, the header in JSON, the heap's pages, the files' contents.
import { type EmscriptenModule, type HeldObjects, Unsavable } from "./emscripten.ts";
import { copyRuns, occupiedRuns, type Run } from "./heap.ts";
import type { Linkage, LinkageRecorder } from "./linkage.ts";
import { type MemoryFile, saveFiles } from "./memoryfiles.ts";

/** Changes with what stands in a snapshot. */
const FORMAT = 1;

/** stdin, stdout and stderr: every start opens them anew. */
const STANDARD_STREAMS = 3;

interface Header {
  format: number;
  /** Pyodide's build: another one's functions are elsewhere. */
  build: string;
  memoryBytes: number;
  runs: Run[];
  linkage: Linkage;
  held: HeldObjects;
  files: MemoryFile[];
}

/** Our own objects that Python holds, by name: saved by it, and given back to the restored Python. */
export type NamedObjects = Record<string, unknown>;

/**
 * Saves Python as it is. Call when none runs.
 *
 * @returns the file, in pieces
 * @throws `Unsavable` when there is something that could not be brought back
 */
export function takeSnapshot(
  module: EmscriptenModule,
  recorder: LinkageRecorder,
  objects: NamedObjects,
): Uint8Array<ArrayBuffer>[] {
  const names = new Map(Object.entries(objects).map(([name, object]) => [object, name]));
  const held = module.API.serializeHiwireState((object) => {
    const name = names.get(object);
    if (name === undefined) throw new Unsavable(`Python holds a JavaScript object (${describe(object)})`);
    return name;
  });
  const open = module.FS.streams.slice(STANDARD_STREAMS).find((stream) => stream);
  if (open) throw new Unsavable(`Python has a file open (${open.path})`);
  const { files, contents } = saveFiles(module.FS);
  const runs = occupiedRuns(module.HEAPU8);
  const header: Header = {
    format: FORMAT,
    build: module.API.config.BUILD_ID,
    memoryBytes: module.HEAPU8.length,
    runs,
    linkage: recorder.save(module),
    held,
    files,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const first = new TextEncoder().encode(`${text.length}\n`);
  return [first, text, copyRuns(module.HEAPU8, runs), ...contents];
}

function describe(object: unknown): string {
  const name = (object as { constructor?: { name?: string } })?.constructor?.name ?? typeof object;
  return typeof object === "function" ? `function ${object.name || "without a name"}` : name;
}

/** Reads a snapshot's file from its beginning to its end. */
export class SnapshotReader {
  readonly header: Header;
  private readonly file: Deno.FsFile;

  /** @throws when it is not a snapshot of this format */
  constructor(path: string) {
    this.file = Deno.openSync(path);
    let digits = "";
    for (let digit = this.text(1); digit !== "\n"; digit = this.text(1)) {
      if (!/\d/.test(digit) || digits.length > 8) throw new Error(`${path} is not a snapshot`);
      digits += digit;
    }
    this.header = JSON.parse(this.text(Number(digits)));
    if (this.header.format !== FORMAT) throw new Error(`${path} is a snapshot of another format`);
  }

  /** Fills `memory`, which is as new, with the heap. */
  readHeap(memory: Uint8Array<ArrayBuffer>): void {
    for (const { memoryBase, memorySize } of this.header.linkage.libraries) {
      memory.fill(0, memoryBase, memoryBase + memorySize);
    }
    for (const [start, end] of this.header.runs) this.fill(memory.subarray(start, end));
  }

  read(bytes: number): Uint8Array<ArrayBuffer> {
    const buffer = new Uint8Array(bytes);
    this.fill(buffer);
    return buffer;
  }

  close(): void {
    this.file.close();
  }

  private text(bytes: number): string {
    return new TextDecoder().decode(this.read(bytes));
  }

  private fill(buffer: Uint8Array<ArrayBuffer>): void {
    for (let position = 0; position < buffer.length;) {
      const count = this.file.readSync(buffer.subarray(position));
      if (!count) throw new Error("the snapshot is cut short");
      position += count;
    }
  }
}
