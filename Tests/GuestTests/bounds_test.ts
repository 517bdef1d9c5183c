// The host gets no longer text than it takes, and can read all of it.
import { cut, fewer, joined, pieces } from "../../Sources/PythonSandbox/Guest/warden/bounds.ts";

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

Deno.test("a text is cut between characters", () => {
  expect(cut("abc", 2) === "ab", "plain");
  expect(cut("a😀", 2) === "a\ufffd", "within a pair");
  expect(cut("\ud800", 5) === "\ufffd", "half a character that was there before");
});

Deno.test("output goes in pieces that make the same text", () => {
  for (const text of ["", "a", "a".repeat(1 << 16), "a".repeat((1 << 17) + 1), "a" + "😀".repeat(1 << 16)]) {
    const all = [...pieces(text)];
    expect(all.join("") === text, `the text of ${text.length}`);
    expect(all.every((piece) => piece.length <= 1 << 16 && piece.isWellFormed()), `pieces of ${text.length}`);
  }
});

Deno.test("completions are bounded together", () => {
  expect(fewer(["a", "\udc00"]).join() === "a,\ufffd", "few");
  expect(fewer(Array(5000).fill("a")).length === 1000, "many");
  const long = fewer(Array(50).fill("a".repeat(20_000)));
  expect(long.length === 10 && long.every((value) => value.length === 10_000), "long");
});

Deno.test("pieces are joined without a change of their bytes", () => {
  const bytes = new Uint8Array([1, 2]);
  const all = joined(["a", "é", bytes, bytes, "😀", ""]);
  expect(all.length === 4 && all[1] === bytes && all[2] === bytes, "bytes stay apart, and are not copied");
  expect(
    new TextDecoder().decode(all[0]) === "aé" && new TextDecoder().decode(all[3]) === "😀",
    "texts become one",
  );
  expect(joined([]).length === 0, "nothing");
});
