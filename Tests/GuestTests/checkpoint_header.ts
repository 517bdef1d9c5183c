// A header as a checkpoint of ours has it, for tests that change it.
import type { Preface } from "../../Sources/PythonSandbox/Guest/state/snapshotfile.ts";

export const preface: Preface = {
  format: 2,
  header: 1,
  memory: 1 << 20,
  isDifference: true,
  libraries: ["/site/known.so", "/site/more.so"],
};
export const library = {
  name: "/site/more.so",
  memoryBase: 4096,
  memorySize: 100,
  tableBase: 10,
  tableSize: 5,
  handles: [1],
  needs: ["libc"],
};
export const linkage = {
  libraries: [library],
  entries: [[3, "lib", "f"]],
  ownEntries: [4],
  tableLength: 100,
  got: { f: 3 },
};
export const file = { path: "/tmp/a", id: 3, mode: 0o100644, changed: 1, bytes: 5 };
export const right = {
  build: "b",
  runs: [],
  delta: 100,
  linkage,
  held: { hiwireKeys: [null, { path: ["a"] }], immortalKeys: ["b"] },
  files: [file],
  streams: [{ path: "/tmp/a", flags: 0, position: 0 }],
  folder: "/tmp",
};
