// How Python looks for an interrupt.

/**
 * What Pyodide takes for its interrupt buffer. It reads the flag every few bytecodes and always writes 0 after that:
 * with the plain memory an interrupt that comes between the two would be lost.
 */
export function interruptBuffer(flag: Uint8Array): Uint8Array {
  const { load, compareExchange } = Atomics;
  let seen = 0;
  const buffer = {
    get 0() {
      return seen = load(flag, 0);
    },
    set 0(_) {
      if (seen !== 0) compareExchange(flag, 0, seen, 0);
    },
  };
  return buffer as unknown as Uint8Array;
}
