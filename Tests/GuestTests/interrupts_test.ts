import { strictEqual } from "node:assert";
import type { EmscriptenModule } from "../../Sources/PythonSandbox/Guest/pyodide/emscripten.ts";
import { interruptBuffer } from "../../Sources/PythonSandbox/Guest/guest/interrupts.ts";

/** The thread state that Python runs on; 0 while it runs nothing. */
const STATE = 64;

function make(state: number): { flag: Uint8Array; buffer: Uint8Array; heap: Uint8Array } {
  const flag = new Uint8Array(new SharedArrayBuffer(1));
  const heap = new Uint8Array(256);
  const module = { HEAPU8: heap, _PyThreadState_GetUnchecked: () => state } as unknown as EmscriptenModule;
  return { flag, buffer: interruptBuffer(flag, module), heap };
}

Deno.test("Python sees an interrupt once", () => {
  const { flag, buffer } = make(0);
  flag[0] = 2;
  strictEqual(buffer[0], 2);
  buffer[0] = 0;
  strictEqual(flag[0], 0);
  strictEqual(buffer[0], 0);
});

Deno.test("an interrupt between Python's look and its reset is kept", () => {
  const { flag, buffer } = make(0);
  strictEqual(buffer[0], 0);
  flag[0] = 2;
  buffer[0] = 0;
  strictEqual(buffer[0], 2);
});

Deno.test("the thread state that runs is told of an interrupt, and of nothing else", () => {
  const { flag, buffer, heap } = make(STATE);
  strictEqual(buffer[0], 0);
  buffer[0] = 0;
  strictEqual(heap.some((byte) => byte !== 0), false);
  flag[0] = 2;
  strictEqual(buffer[0], 2);
  buffer[0] = 0;
  strictEqual(heap.some((byte, index) => byte !== 0 && index > STATE), true);
  strictEqual(heap.subarray(0, STATE).some((byte) => byte !== 0), false);
});
