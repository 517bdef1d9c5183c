import { strictEqual, throws } from "node:assert";
import { compileLibraries, compileProgram } from "../../Sources/PythonSandbox/Guest/pyodide/compile.ts";

/** Compiles a module that exports a memory of 1 to 256 pages, with another maximum. */
function compiled(pages: number, flags = 1): WebAssembly.Memory {
  const folder = Deno.makeTempDirSync();
  try {
    const limits = flags === 1 ? [5, 5, 1, 1, 1, 0x80, 2] : [5, 3, 1, 0, 1];
    const bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...limits, 7, 5, 1, 1, 0x6d, 2, 0];
    Deno.writeFileSync(`${folder}/pyodide.asm.wasm`, new Uint8Array(bytes));
    return new WebAssembly.Instance(compileProgram(folder, pages)).exports.m as WebAssembly.Memory;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("the engine holds the memory to its maximum", () => {
  const memory = compiled(3);
  strictEqual(memory.grow(2), 1);
  throws(() => memory.grow(1), RangeError);
});

Deno.test("a memory that cannot be limited is refused", () => {
  throws(() => compiled(3, 0), /cannot be limited/);
  throws(() => compiled(1 << 14), /cannot be limited/);
});

Deno.test("a library outside the image is refused before it is read", () => {
  for (const path of ["/etc/passwd", "/site/../etc/passwd", "/sitex/a.so"]) {
    throws(() => compileLibraries([path], "/nowhere"), /is not in the image/);
  }
});
