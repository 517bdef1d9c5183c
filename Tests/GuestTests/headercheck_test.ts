import { equal, throws } from "node:assert";
import { checkHeader, mayHave } from "../../Sources/PythonSandbox/Guest/state/headercheck.ts";
import type { Header } from "../../Sources/PythonSandbox/Guest/state/snapshotfile.ts";
import { file, library, linkage, preface, right } from "./checkpoint_header.ts";

const check = (header: unknown) => checkHeader(header as Header, preface, 1);

Deno.test("a header of ours passes", () => check(right));

const wrong: [part: string, changes: Record<string, unknown>][] = [
  ["its pages", { delta: -1 }],
  ["its pages", { delta: 1 << 22 }],
  ["its table", { linkage: { ...linkage, tableLength: 1 << 21 } }],
  ["its table", { linkage: { ...linkage, ownEntries: [100] } }],
  ["its table", { linkage: { ...linkage, entries: [[3, 4, "f"]] } }],
  ["its table", { linkage: { ...linkage, got: { f: "3" } } }],
  ["its libraries", { linkage: { ...linkage, libraries: [] } }],
  ["its libraries", { linkage: { ...linkage, libraries: [{ ...library, name: "/site/other.so" }] } }],
  ["its libraries", { linkage: { ...linkage, libraries: [{ ...library, memorySize: 1 << 20 }] } }],
  ["its libraries", { linkage: { ...linkage, libraries: [{ ...library, tableSize: 91 }] } }],
  ["its JavaScript objects", { held: { hiwireKeys: [1], immortalKeys: [] } }],
  ["its JavaScript objects", { held: { hiwireKeys: [{ path: Array(17).fill("a") }], immortalKeys: [] } }],
  ["its JavaScript objects", { held: { hiwireKeys: Array(65537).fill(null), immortalKeys: [] } }],
  ["its JavaScript objects", { held: { hiwireKeys: [{ path: [1] }], immortalKeys: [] } }],
  ["its files", { files: [{ ...file, bytes: -1 }] }],
  ["its files", { files: [{ ...file, link: 3 }] }],
  ["its files", { files: [{ ...file, mode: 0o1000000 }] }],
  ["its files", { folder: 3 }],
  ["its open files", { streams: [{ path: "/tmp/a", flags: -1, position: 0 }] }],
  // Another shape is no error of JavaScript's.
  ["its table", { linkage: null }],
  ["its table", { linkage: { ...linkage, entries: [null] } }],
  ["its table", { linkage: { ...linkage, got: null } }],
  ["its libraries", { linkage: { ...linkage, libraries: [null] } }],
  ["its libraries", {
    linkage: { ...linkage, libraries: [{ ...library, memoryBase: 200, memorySize: -100 }] },
  }],
  ["its JavaScript objects", { held: null }],
  ["its files", { files: [null] }],
  ["its open files", { streams: 3 }],
];

for (const [index, [part, changes]] of wrong.entries()) {
  Deno.test(`${part} are checked (${index})`, () => {
    throws(() => check({ ...right, ...changes }), new RegExp(`damaged: ${part}$`));
  });
}

Deno.test("what is no header at all is refused", () => {
  for (const header of [null, 3, "x", []]) throws(() => check(header), /damaged: its pages$/);
});

Deno.test("a library stands once, and there are not too many", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `/site/${index}.so`);
  equal(mayHave(["/site/a.so", "/site/b.so"], 0), true);
  equal(mayHave(["/site/a.so", "/site/a.so"], 2), false);
  equal(mayHave(many(1010), 10), true);
  equal(mayHave(many(1011), 10), false);
});
