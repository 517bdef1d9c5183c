import { deepStrictEqual, strictEqual, throws } from "node:assert";
import type { EmscriptenModule } from "../../Sources/PythonSandbox/Guest/pyodide/emscripten.ts";
import { limitStack } from "../../Sources/PythonSandbox/Guest/pyodide/stack.ts";
import { wrapFunctions } from "../../Sources/PythonSandbox/Guest/pyodide/wrappers.ts";

function stackPointer(): WebAssembly.Global {
  return new WebAssembly.Global({ value: "i32", mutable: true }, 1 << 20);
}

for (const bytes of [8, 63, 64, 128, 8191, 8192, 1_000_000]) {
  Deno.test(`a function takes ${bytes} bytes of the stack while it runs`, () => {
    const pointer = stackPointer();
    const seen: number[][] = [];
    const call = (...values: number[]) => {
      seen.push([pointer.value, ...values]);
      return 7;
    };
    const [sum, free] = wrapFunctions([{ call, sig: "iiii", stack: bytes }, {
      call,
      sig: "vi",
      stack: bytes,
    }], pointer);
    strictEqual(sum(1, -2, 3), 7);
    strictEqual(free(4), undefined);
    deepStrictEqual(seen, [[(1 << 20) - bytes, 1, -2, 3], [(1 << 20) - bytes, 4]]);
    strictEqual(pointer.value, 1 << 20);
  });
}

Deno.test("a function inside of a function takes a further piece", () => {
  const pointer = stackPointer();
  let least = 0;
  const call = (levels: number) => {
    least = pointer.value;
    if (levels > 0) nested(levels - 1);
  };
  const [nested] = wrapFunctions([{ call, sig: "vi", stack: 128 }], pointer);
  nested(99);
  strictEqual(least, (1 << 20) - 100 * 128);
});

/** A module whose thread has these three words where its stack should be. */
function moduleWith(words: number[]): EmscriptenModule {
  const heap = new Uint32Array(256);
  heap.set(words, 177);
  return {
    HEAPU8: new Uint8Array(heap.buffer),
    _PyThreadState_GetUnchecked: () => 0,
    _emscripten_stack_get_base: () => 14_000_000,
  } as unknown as EmscriptenModule;
}

Deno.test("the stack's limits move up, and its top stays", () => {
  const module = moduleWith([14_000_000, 4_000_000, 3_990_000]);
  limitStack(module);
  const words = new Uint32Array(module.HEAPU8.buffer).subarray(177, 180);
  deepStrictEqual([...words], [14_000_000, 12_500_000, 12_500_000 - 8192]);
});

for (const words of [[14_000_001, 4_000_000, 3_990_000], [14_000_000, 3_990_000, 4_000_000], [0, 0, 0]]) {
  Deno.test(`a thread's state with ${words} is not taken for one with a stack`, () => {
    throws(() => limitStack(moduleWith(words)), /no stack where it is looked for/);
  });
}
