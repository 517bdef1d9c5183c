// These are the pages of Python's memory at one moment. Pages of the image's snapshot are read from it when
// they are needed. Only the others take memory.
import { occupiedRuns, PAGE_BYTES, type Span } from "./heap.ts";
import { PageSums } from "./pagesums.ts";
import type { SnapshotReader } from "./snapshotfile.ts";

// It is taken now, since code that runs here later may replace the global one.
const { Memory } = WebAssembly;

/** The number of the snapshot's pages that are compared at once. */
const STEP = 256;

/** The number of the snapshot's pages that are kept once they were read. */
const MOST_KEPT = 4096;

export class PageStore {
  private readonly sums: PageSums;
  private readonly count: number;
  /** The pages that differ from the snapshot's, by their numbers. */
  private readonly own = new Map<number, Uint8Array<ArrayBuffer>>();
  private readonly kept = new Map<number, Uint8Array<ArrayBuffer>>();

  /**
   * Notes the memory.
   *
   * @param growth the number of bytes by which it may grow
   * @param snapshot a snapshot with most of the same pages, if there is one
   */
  constructor(
    private readonly memory: WebAssembly.Memory,
    growth: number,
    private readonly snapshot: { reader: SnapshotReader; runs: Span[] } | null,
  ) {
    const { byteLength } = memory.buffer;
    this.count = byteLength / PAGE_BYTES;
    this.sums = new PageSums(memory, this.count + growth / PAGE_BYTES);
    this.sums.note(0, this.count);
    if (snapshot) this.keepOthers(snapshot.reader, snapshot.runs);
    else this.keepAll();
  }

  /** Restores the memory, and gives the number of pages that had changed. */
  restore(): number {
    const bytes = new Uint8Array(this.memory.buffer as ArrayBuffer);
    const changed = this.sums.changed(0, bytes.length / PAGE_BYTES);
    for (const page of changed) {
      const at = page * PAGE_BYTES;
      const content = this.page(page);
      if (content) bytes.set(content, at);
      else bytes.fill(0, at, at + PAGE_BYTES);
    }
    return changed.length;
  }

  /** The page as it was noted; undefined for a page of zeros. */
  private page(page: number): Uint8Array<ArrayBuffer> | undefined {
    const known = this.own.get(page) ?? this.kept.get(page);
    if (known || !this.snapshot || page >= this.count) return known;
    const content = this.snapshot.reader.page(this.snapshot.runs, page * PAGE_BYTES, PAGE_BYTES);
    if (content && this.kept.size < MOST_KEPT) this.kept.set(page, content);
    return content;
  }

  private keep(page: number): void {
    const at = page * PAGE_BYTES;
    this.own.set(page, new Uint8Array(this.memory.buffer as ArrayBuffer).slice(at, at + PAGE_BYTES));
  }

  private keepAll(): void {
    for (const [start, end] of occupiedRuns(new Uint8Array(this.memory.buffer as ArrayBuffer))) {
      for (let page = start / PAGE_BYTES; page < end / PAGE_BYTES; page++) this.keep(page);
    }
  }

  /** Keeps the pages that differ from the snapshot's. */
  private keepOthers(reader: SnapshotReader, runs: Span[]): void {
    const read = new Memory({ initial: STEP * PAGE_BYTES / 65536 });
    const bytes = new Uint8Array(read.buffer as ArrayBuffer);
    const compare = this.sums.comparing(read);
    const check = (first: number, pages: number) => {
      for (const page of compare(pages, first)) this.keep(first + page);
    };
    reader.skipHeader();
    let next = 0;
    const checkUpTo = (end: number, isRead: boolean) => {
      while (next < end) {
        const pages = Math.min(STEP, end - next);
        if (isRead) reader.fill(bytes.subarray(0, pages * PAGE_BYTES));
        check(next, pages);
        next += pages;
      }
    };
    for (const [start, end] of runs) {
      bytes.fill(0);
      checkUpTo(start / PAGE_BYTES, false);
      checkUpTo(end / PAGE_BYTES, true);
    }
    bytes.fill(0);
    checkUpTo(this.count, false);
  }
}
