import { deepStrictEqual, strictEqual } from "node:assert";
import { HostPipe } from "../../Sources/PythonSandbox/Guest/warden/hostpipe.ts";

/** A pipe that gives these pieces, one a read. */
function pipe(...pieces: (string | Uint8Array)[]): HostPipe {
  const rest = pieces.map((piece) => typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
  return new HostPipe((buffer) => {
    const next = rest.shift();
    if (!next) return Promise.resolve(null);
    const count = Math.min(next.length, buffer.length);
    buffer.set(next.subarray(0, count));
    if (count < next.length) rest.unshift(next.subarray(count));
    return Promise.resolve(count);
  });
}

Deno.test("lines come whole however they were cut", async () => {
  const host = pipe("one\ntw", "o\n", "\nthree");
  deepStrictEqual([await host.line(), await host.line(), await host.line()], ["one", "two", ""]);
  strictEqual(await host.line(), null, "a line without an end is none");
});

Deno.test("a character may be cut in the middle", async () => {
  const [first, second] = [new Uint8Array([0xf0, 0x9f]), new Uint8Array([0x90, 0x8d, 0x0a])];
  strictEqual(await pipe(first, second).line(), "🐍");
});

Deno.test("bytes follow a line, and a line follows bytes", async () => {
  const host = pipe("head\nab", "cdef\n");
  strictEqual(await host.line(), "head");
  deepStrictEqual(await host.bytes(5), new TextEncoder().encode("abcde"));
  strictEqual(await host.line(), "f");
});

Deno.test("too few bytes are none", async () => {
  strictEqual(await pipe("abc").bytes(4), null);
  deepStrictEqual(await pipe("abc").bytes(0), new Uint8Array());
});

Deno.test("a long line is read in pieces", async () => {
  const long = "x".repeat(300_000);
  strictEqual(await pipe(`${long}\n`).line(), long);
});
