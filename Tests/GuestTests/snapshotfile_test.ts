import { deepStrictEqual, strictEqual, throws } from "node:assert";
import {
  type Header,
  SnapshotReader,
  writeSnapshot,
} from "../../Sources/PythonSandbox/Guest/state/snapshotfile.ts";

const header = { build: "ours", runs: [[0, 4096]], delta: 0 } as unknown as Header;
const contents = [new Uint8Array([1, 2, 3]), new Uint8Array([4])];

function file(libraries = ["/site/a.so"]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    writeSnapshot(65536, false, header, contents, libraries).flatMap((piece) => [...piece]),
  );
}

Deno.test("what was written is read, from memory and from a file", () => {
  const path = Deno.makeTempFileSync();
  Deno.writeFileSync(path, file());
  for (const open of [() => SnapshotReader.of(file()), () => SnapshotReader.open(path)]) {
    using reader = open();
    deepStrictEqual(reader.preface.libraries, ["/site/a.so"]);
    strictEqual(reader.preface.memory, 65536);
    deepStrictEqual(reader.readHeader(), header);
    deepStrictEqual(reader.read(4), new Uint8Array([1, 2, 3, 4]));
  }
  Deno.removeSync(path);
});

Deno.test("the header can be left out", () => {
  using reader = SnapshotReader.of(file());
  reader.skipHeader();
  deepStrictEqual(reader.read(2), new Uint8Array([1, 2]));
});

Deno.test("a file that is cut short says so", () => {
  using reader = SnapshotReader.of(file());
  reader.skipHeader();
  throws(() => reader.read(5), /cut short/);
});

Deno.test("memory is taken for what is there, not for what is said", () => {
  const path = Deno.makeTempFileSync();
  Deno.writeFileSync(path, file());
  for (const open of [() => SnapshotReader.of(file()), () => SnapshotReader.open(path)]) {
    using reader = open();
    reader.skipHeader();
    for (const bytes of [5, 2 ** 40, Number.MAX_SAFE_INTEGER]) throws(() => reader.read(bytes), /cut short/);
    deepStrictEqual(reader.read(4), new Uint8Array([1, 2, 3, 4]));
  }
  Deno.removeSync(path);
});

Deno.test("a header that is not JSON says so", () => {
  const preface = { format: 2, header: 2, memory: 1, isDifference: true, libraries: [] };
  using reader = SnapshotReader.of(new TextEncoder().encode(`${JSON.stringify(preface)}\n{{`));
  throws(() => reader.readHeader(), /header cannot be read/);
});

Deno.test("what is no snapshot is refused", () => {
  const line = (preface: unknown) => new TextEncoder().encode(`${JSON.stringify(preface)}\n`);
  const right = { format: 2, header: 1, memory: 1, isDifference: true, libraries: [] };
  SnapshotReader.of(line(right))[Symbol.dispose]();
  const wrong = [
    new Uint8Array(),
    new TextEncoder().encode("{}"),
    line({ ...right, format: 1 }),
    line({ ...right, header: -1 }),
    line({ ...right, memory: 0.5 }),
    line({ ...right, isDifference: 1 }),
    line({ ...right, libraries: [1] }),
    line({ ...right, libraries: ["x".repeat(70_000)] }),
    line(null),
    line(3),
    new TextEncoder().encode("{\n"),
  ];
  for (const bytes of wrong) throws(() => SnapshotReader.of(bytes), /not a snapshot of this format/);
});
