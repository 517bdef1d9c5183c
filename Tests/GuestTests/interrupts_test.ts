import { strictEqual } from "node:assert";
import { interruptBuffer } from "../../Sources/PythonSandbox/Guest/interrupts.ts";

function make(): { flag: Uint8Array; buffer: Uint8Array } {
  const flag = new Uint8Array(new SharedArrayBuffer(1));
  return { flag, buffer: interruptBuffer(flag) };
}

Deno.test("Python sees an interrupt once", () => {
  const { flag, buffer } = make();
  flag[0] = 2;
  strictEqual(buffer[0], 2);
  buffer[0] = 0;
  strictEqual(flag[0], 0);
  strictEqual(buffer[0], 0);
});

Deno.test("an interrupt between Python's look and its reset is kept", () => {
  const { flag, buffer } = make();
  strictEqual(buffer[0], 0);
  flag[0] = 2;
  buffer[0] = 0;
  strictEqual(buffer[0], 2);
});
