// This is the way in which Python looks for an interrupt.
import type { EmscriptenModule } from "../pyodide/emscripten.ts";

/** The place of `eval_breaker` in a thread state of CPython 3.14, and the bit there that means a signal. */
const EVAL_BREAKER = 12;
const SIGNAL_PENDING = 1 << 1;

/**
 * The object that Pyodide takes for its interrupt buffer.
 *
 * Pyodide reads the flag every few bytecodes, and always writes 0 after that. With plain memory an interrupt
 * that comes between the two would be lost.
 *
 * Python's first thread state gets the signal. While its stack waits in the event loop, a task runs on
 * another one, which must get it, too.
 */
export function interruptBuffer(flag: Uint8Array, module: EmscriptenModule): Uint8Array {
  const { load, compareExchange } = Atomics;
  let seen = 0;
  const buffer = {
    get 0() {
      return seen = load(flag, 0);
    },
    set 0(_) {
      if (seen === 0) return;
      compareExchange(flag, 0, seen, 0);
      const state = module._PyThreadState_GetUnchecked();
      if (state !== 0) module.HEAPU8[state + EVAL_BREAKER] |= SIGNAL_PENDING;
    },
  };
  return buffer as unknown as Uint8Array;
}
