// A stack trace names files without the host's folders, and no function of ours, whatever code does to the realm.
import { hideFolders, withoutFolder } from "../../Sources/PythonSandbox/Guest/guest/stacktraces.ts";

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

Deno.test("only the name of a file is left", () => {
  const file = "file:///a b/(c)/d.ts";
  expect(withoutFolder(`f (${file}:1:2)`, file) === "f (d.ts:1:2)", "in a function");
  expect(withoutFolder(`${file}:1:2`, file) === "d.ts:1:2", "outside of one");
  expect(withoutFolder("f (/a/d.ts:1:2)", "/a/d.ts") === "f (d.ts:1:2)", "a path");
  expect(withoutFolder("wasm://wasm/1:2", "wasm://wasm/1") === "wasm://wasm/1:2", "no file");
  expect(withoutFolder("<anonymous>", undefined) === "<anonymous>", "no place");
});

Deno.test("no trace has a folder, and nobody can change that", () => {
  const folder = new URL(".", import.meta.url).pathname;
  expect(new Error("x").stack!.includes(folder), "a trace has folders before");
  hideFolders();
  const seen: string[] = [];
  const errors = Error as unknown as Record<string, unknown>;
  for (
    const change of [
      () => errors.prepareStackTrace = (_: Error, sites: unknown[]) => seen.push(String(sites[0])),
      () => globalThis.Error = class {} as ErrorConstructor,
      () => Object.defineProperty(errors, "prepareStackTrace", { value: null }),
    ]
  ) {
    try {
      change();
    } catch {
      // Some changes are refused aloud, which is as good.
    }
    const trace = new TypeError("x").stack!;
    expect(!trace.includes(folder), trace);
    expect(trace.startsWith("TypeError: x\n    at stacktraces_test.ts:"), trace);
  }
  expect(seen.length === 0, "nobody else has seen a trace");
  try {
    hideFolders(); // It cannot be done twice.
    throw new Error("it was done twice");
  } catch (error) {
    const { stack } = error as Error;
    expect(!stack!.includes("stacktraces.ts"), `our own function stands in ${stack}`);
    expect(stack!.includes("at stacktraces_test.ts:"), stack!);
  }
});
