// How Python looks for an interrupt.
import type { EmscriptenModule } from "./emscripten.ts";

/** Where a thread state of CPython 3.14 has its `eval_breaker`, and the bit there that means a signal. */
const EVAL_BREAKER = 12;
const SIGNAL_PENDING = 1 << 1;

/**
 * What Pyodide takes for its interrupt buffer. It reads the flag every few bytecodes and always writes 0 after that:
 * with the plain memory an interrupt that comes between the two would be lost.
 *
 * A signal is told to Python's first thread state. While that one's stack waits in the event loop, a task runs on
 * another, which has to be told, too.
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
