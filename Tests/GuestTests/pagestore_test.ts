import { deepStrictEqual, strictEqual, throws } from "node:assert";
import { copyRuns, occupiedRuns, PAGE_BYTES } from "../../Sources/PythonSandbox/Guest/state/heap.ts";
import { PageStore } from "../../Sources/PythonSandbox/Guest/state/pagestore.ts";
import { PageSums } from "../../Sources/PythonSandbox/Guest/state/pagesums.ts";
import {
  type Header,
  SnapshotReader,
  writeSnapshot,
} from "../../Sources/PythonSandbox/Guest/state/snapshotfile.ts";

const MEMORY_PAGES = 48;

function memory(): { memory: WebAssembly.Memory; bytes: () => Uint8Array<ArrayBuffer> } {
  const memory = new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: 2 * MEMORY_PAGES });
  return { memory, bytes: () => new Uint8Array(memory.buffer as ArrayBuffer) };
}

/** A file with these pages; between them are others of zeros. */
function snapshotOf(bytes: Uint8Array<ArrayBuffer>) {
  const runs = occupiedRuns(bytes);
  const header = { runs, linkage: { libraries: [] } } as unknown as Header;
  const pieces = writeSnapshot(bytes.length, false, header, [copyRuns(bytes, runs), new Uint8Array(9)]);
  const file = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    file.set(piece, position);
    position += piece.length;
  }
  return { reader: SnapshotReader.of(file), runs };
}

Deno.test("each changed bit is found, and nothing else", () => {
  const { memory: changing, bytes } = memory();
  const sums = new PageSums(changing, MEMORY_PAGES * 16);
  bytes().fill(7, 3 * PAGE_BYTES, 5 * PAGE_BYTES + 1);
  sums.note(0, MEMORY_PAGES * 16);
  deepStrictEqual([...sums.changed(0, MEMORY_PAGES * 16)], []);
  for (const at of [0, 1, 15, 16, 4095, 4096, 20481, 100_000, MEMORY_PAGES * 65536 - 1]) {
    for (const bit of [1, 128]) {
      bytes()[at] ^= bit;
      deepStrictEqual([...sums.changed(0, MEMORY_PAGES * 16)], [Math.floor(at / PAGE_BYTES)]);
      bytes()[at] ^= bit;
    }
  }
  deepStrictEqual([...sums.changed(0, MEMORY_PAGES * 16)], []);
});

Deno.test("words that change places are found", () => {
  const { memory: changing, bytes } = memory();
  const sums = new PageSums(changing, 16);
  bytes().set([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4]);
  sums.note(0, 16);
  for (
    const other of [[2, 0, 0, 0, 1], [3, 0, 0, 0, 2, 0, 0, 0, 1], [1, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 2]]
  ) {
    const before = bytes().slice(0, 16);
    bytes().set(other);
    deepStrictEqual([...sums.changed(0, 16)], [0]);
    bytes().set(before);
  }
});

Deno.test("pages that were not noted count as zeros", () => {
  const { memory: growing, bytes } = memory();
  const sums = new PageSums(growing, 2 * MEMORY_PAGES * 16);
  sums.note(0, MEMORY_PAGES * 16);
  growing.grow(MEMORY_PAGES);
  deepStrictEqual([...sums.changed(0, 2 * MEMORY_PAGES * 16)], []);
  bytes()[(MEMORY_PAGES + 1) * 65536] = 1;
  deepStrictEqual([...sums.changed(0, 2 * MEMORY_PAGES * 16)], [(MEMORY_PAGES + 1) * 16]);
  throws(() => sums.changed(0, 2 * MEMORY_PAGES * 16 + 1), RangeError);
});

for (const hasSnapshot of [false, true]) {
  Deno.test(`a memory is as it was noted (${hasSnapshot ? "with" : "without"} a snapshot)`, () => {
    const { memory: used, bytes } = memory();
    bytes().fill(1, 5 * PAGE_BYTES, 9 * PAGE_BYTES);
    bytes().fill(2, 300 * PAGE_BYTES, 301 * PAGE_BYTES);
    const snapshot = hasSnapshot ? snapshotOf(bytes()) : null;
    // Between the snapshot and the moment that counts.
    bytes()[6 * PAGE_BYTES + 3] = 77;
    bytes().fill(0, 7 * PAGE_BYTES, 8 * PAGE_BYTES);
    bytes()[700 * PAGE_BYTES + 5] = 5;
    const store = new PageStore(used, MEMORY_PAGES * 65536, snapshot);
    const noted = bytes().slice();
    strictEqual(store.restore(), 0);
    for (let round = 0; round < 3; round++) {
      bytes()[5 * PAGE_BYTES] = 9;
      bytes()[7 * PAGE_BYTES] = 9;
      bytes()[300 * PAGE_BYTES + round] ^= 1;
      bytes()[700 * PAGE_BYTES] = 9;
      bytes()[701 * PAGE_BYTES] = 9;
      if (round === 1) used.grow(MEMORY_PAGES);
      if (round > 0) bytes().fill(9, noted.length + 5, noted.length + 6);
      strictEqual(store.restore(), round > 0 ? 6 : 5);
      deepStrictEqual(bytes().subarray(0, noted.length), noted);
      strictEqual(bytes().subarray(noted.length).some((byte) => byte !== 0), false);
    }
  });
}
