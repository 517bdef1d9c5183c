import { deepStrictEqual, strictEqual } from "node:assert";
import { type Linkage, linkageAfter, linkageSince } from "../../Sources/PythonSandbox/Guest/state/linkage.ts";

const library = (name: string) => ({ name } as Linkage["libraries"][number]);
const base: Linkage = {
  libraries: [library("a")],
  entries: [[1, "a", "f"]],
  ownEntries: [0],
  tableLength: 2,
  got: { x: 1, y: 2 },
};
const now: Linkage = {
  libraries: [library("a"), library("b")],
  entries: [[1, "a", "f"], [3, "b", "g"]],
  ownEntries: [0],
  tableLength: 4,
  got: { x: 1, y: 5, z: 3 },
};

Deno.test("what has come since is all that is new, and leads back", () => {
  const since = linkageSince(base, now);
  deepStrictEqual(since.libraries, [library("b")]);
  deepStrictEqual(since.entries, [[3, "b", "g"]]);
  deepStrictEqual(since.got, { y: 5, z: 3 });
  deepStrictEqual(linkageAfter(base, since), now);
});

Deno.test("without anything new the linkage stays the same object", () => {
  strictEqual(linkageAfter(base, linkageSince(base, base)), base);
});
