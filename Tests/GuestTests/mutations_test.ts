// Anything that foreign bytes say is refused with a sentence of ours, or can be used. `run DENO mutations_test.ts -- SEED`
// repeats a failure.
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { checkHeader } from "../../Sources/PythonSandbox/Guest/state/headercheck.ts";
import { applyDelta } from "../../Sources/PythonSandbox/Guest/state/heapdelta.ts";
import { HostPipe } from "../../Sources/PythonSandbox/Guest/warden/hostpipe.ts";
import { makeRing, RingReader, RingWriter } from "../../Sources/PythonSandbox/Guest/channel/ring.ts";
import {
  type Header,
  SnapshotReader,
  writeSnapshot,
} from "../../Sources/PythonSandbox/Guest/state/snapshotfile.ts";
import { preface, right } from "./checkpoint_header.ts";
import { rounds } from "./mutations.ts";

/** The result of the work; undefined where it is refused with such a sentence. */
function unlessRefused<T>(sentence: RegExp, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    match(String(error), sentence);
  }
}

Deno.test("a distorted header is refused, or has nothing but whole numbers", () =>
  rounds(500, (chance) => {
    const header = chance.distorted(right) as Header;
    const passes = unlessRefused(/^Error: the checkpoint is damaged: its [A-Za-z ]+$/, () => {
      checkHeader(header, preface, 1);
      return true;
    });
    if (!passes) return;
    ok(Number.isSafeInteger(header.delta) && header.delta >= 0);
    const { libraries, tableLength, ownEntries } = header.linkage;
    for (const index of ownEntries) ok(index >= 0 && index < tableLength);
    for (const { memoryBase, memorySize } of libraries) ok(memoryBase + memorySize <= preface.memory);
    for (const { bytes = 0 } of header.files) ok(Number.isSafeInteger(bytes) && bytes >= 0);
  }));

const contents = [new Uint8Array([1, 2, 3, 4])];
const refusal =
  /^Error: (it is not a snapshot of this format|the snapshot is cut short|the snapshot's header .*)$/;

function readWhole(bytes: Uint8Array<ArrayBuffer>): void {
  using reader = SnapshotReader.of(bytes);
  reader.readHeader();
  reader.read(4);
}

Deno.test("a snapshot of other bytes is refused, or read", () =>
  rounds(500, (chance) => {
    const pieces = writeSnapshot(65536, true, right as unknown as Header, contents, ["/site/a.so"]);
    const bytes = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
    // Most of the bytes are the header's, but the first line decides most.
    const begin = Uint8Array.from([...chance.changed(bytes.subarray(0, 100)), ...bytes.subarray(100)]);
    unlessRefused(refusal, () => readWhole(begin));
    unlessRefused(refusal, () => readWhole(chance.changed(bytes)));
  }));

Deno.test("a snapshot with another first line is refused, or read", () =>
  rounds(500, (chance) => {
    const line = JSON.stringify(chance.distorted({ ...preface, header: 2 })) ?? "";
    unlessRefused(refusal, () => readWhole(new TextEncoder().encode(`${line}\n{}1234`)));
  }));

Deno.test("pages of other bytes stay within the memory", () =>
  rounds(500, (chance) => {
    const memory = new Uint8Array(64);
    const delta = chance.changed(new Uint8Array([1, 1, 9, 9, 9, 9, 2, 0, 0x80, 1]));
    unlessRefused(/^Error: the checkpoint's pages /, () => applyDelta(memory, delta));
    strictEqual(memory.length, 64);
  }));

Deno.test("what a guest does to its ring is refused, or taken once", () =>
  rounds(200, (chance) => {
    const memory = makeRing();
    const writer = new RingWriter(memory, () => {});
    const reader = new RingReader(memory);
    for (let count = chance.below(5); count > 0; count--) {
      writer.write(chance.of([1, 2, 3] as const), chance.bytes(chance.below(50)), () => false);
    }
    const words = new Int32Array(memory, 0, 4), bytes = new Uint8Array(memory, 16);
    for (let count = chance.below(4); count > 0; count--) bytes[chance.below(200)] = chance.below(256);
    if (chance.below(2) > 0) words[0] += chance.below(20) - 10;
    if (chance.below(4) === 0) words[chance.below(4)] = chance.below(2 ** 32);
    const written = Atomics.load(words, 0) >>> 0;
    const taken = unlessRefused(/^Error: its output cannot be read$/, () => reader.take());
    if (!taken) return;
    ok(taken.every(({ bytes }) => bytes.length > 0));
    ok(taken.reduce((sum, { bytes }) => sum + 4 + bytes.length, 0) <= written);
    strictEqual(reader.hasMore, false);
  }));

/** A pipe that gives the bytes in pieces of such lengths. */
function cut(bytes: Uint8Array, length: () => number): HostPipe {
  let rest = bytes;
  return new HostPipe((buffer) => {
    if (rest.length === 0) return Promise.resolve(null);
    const count = Math.min(length(), rest.length, buffer.length);
    buffer.set(rest.subarray(0, count));
    rest = rest.subarray(count);
    return Promise.resolve(count);
  });
}

Deno.test("the host's lines and bytes do not depend on the pieces", () =>
  rounds(300, async (chance) => {
    const text = '{}\n{"é":"🐍"}\n\nabc\ndefg\n';
    const bytes = chance.changed(new TextEncoder().encode(text));
    const count = chance.below(6);
    const read = async (pipe: HostPipe) => [await pipe.line(), await pipe.bytes(count), await pipe.line()];
    deepStrictEqual(
      await read(cut(bytes, () => 1 + chance.below(9))),
      await read(cut(bytes, () => bytes.length)),
    );
  }));
