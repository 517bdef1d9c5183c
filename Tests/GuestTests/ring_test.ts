import { deepStrictEqual, strictEqual, throws } from "node:assert";
import { makeRing, RingReader, RingWriter } from "../../Sources/PythonSandbox/Guest/channel/ring.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (text: string) => new TextEncoder().encode(text);
const never = () => false;

Deno.test("neighbours of one stream are taken as one, in order", () => {
  const memory = makeRing();
  const writer = new RingWriter(memory, () => {});
  writer.write(1, bytes("a"), never);
  writer.write(1, bytes("b"), never);
  writer.write(2, bytes("c"), never);
  writer.write(1, bytes("d"), never);
  const taken = new RingReader(memory).take().map(({ stream, bytes }) => [stream, text(bytes)]);
  deepStrictEqual(taken, [[1, "ab"], [2, "c"], [1, "d"]]);
});

Deno.test("the warden is told once until it has looked", () => {
  const memory = makeRing();
  let told = 0;
  const writer = new RingWriter(memory, () => told++);
  const reader = new RingReader(memory);
  writer.write(1, bytes("a"), never);
  writer.write(1, bytes("b"), never);
  strictEqual(told, 1);
  reader.take();
  writer.write(1, bytes("c"), never);
  strictEqual(told, 2);
});

Deno.test("bytes that pass the ring's end stay whole", () => {
  const memory = makeRing();
  const writer = new RingWriter(memory, () => {});
  const reader = new RingReader(memory);
  for (let round = 0; round < 50; round++) {
    const sent = new Uint8Array(99_991).map((_, index) => index * 7 + round);
    writer.write(1, sent, never);
    deepStrictEqual(reader.take(), [{ stream: 1, bytes: sent }]);
  }
});

Deno.test("a full ring drops what an interrupted writer has left", () => {
  const memory = makeRing();
  const writer = new RingWriter(memory, () => {});
  let asked = 0;
  writer.write(1, new Uint8Array(3 << 20), () => ++asked === 2);
  strictEqual(asked, 2);
  const [{ bytes: taken }] = new RingReader(memory).take();
  strictEqual(taken.length, 3 << 18);
});

Deno.test("words of a guest that make no sense are refused", () => {
  const head = (length: number, stream: number) => [length, length >> 8, length >> 16, stream];
  for (
    const [written, start] of [[1 << 21, []], [8, head(4, 4)], [8, head(5, 1)], [4, head(0, 1)]] as const
  ) {
    const memory = makeRing();
    new Uint8Array(memory, 16).set(start);
    new Int32Array(memory)[0] = written;
    throws(() => new RingReader(memory).take(), /its output cannot be read/);
  }
});

Deno.test("a writer on another thread waits for room and loses nothing", async () => {
  const memory = makeRing();
  const worker = new Worker(new URL("ring_writer.ts", import.meta.url), { type: "module" });
  const reader = new RingReader(memory);
  let sum = 0, length = 0;
  const ended = new Promise<void>((resolve) => {
    worker.onmessage = ({ data }) => {
      for (const { bytes } of reader.take()) {
        for (const byte of bytes) sum += byte;
        length += bytes.length;
      }
      if (data === "ended") resolve();
    };
  });
  worker.postMessage(memory);
  await ended;
  worker.terminate();
  strictEqual(length, 64 * 100_000);
  strictEqual(sum, 100_000 * (63 * 64) / 2);
});
