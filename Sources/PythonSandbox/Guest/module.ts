// Guards put around Pyodide's WebAssembly module while it is instantiated; code in the guest cannot undo them.

/** Errno values of Emscripten (WASI numbering). */
const EACCES = 2;
const EPERM = 63;

/** Bytes of a page of WebAssembly's memory. */
export const PAGE = 65536;

const MEMORY_SECTION = 5;

type Imports = Record<string, Record<string, unknown>>;

/**
 * Loads Pyodide with `load` so that its memory can never have more than `most` pages: the engine enforces the
 * module's own maximum, and Python sees a MemoryError. It starts with `least` pages or more.
 */
export async function withGuardedModule<T>(most: number, least: number, load: () => Promise<T>): Promise<T> {
  const original = WebAssembly.instantiate;
  let isGuarded = false;
  // deno-lint-ignore no-explicit-any
  (WebAssembly as any).instantiate = async (source: BufferSource, imports: Imports) => {
    if (imports?.env?._emscripten_system === undefined) {
      return await original(source, imports as WebAssembly.Imports);
    }
    isGuarded = true;
    guardImports(imports.env);
    const made = await original(withMaximum(source, most), imports as WebAssembly.Imports);
    const memory = made.instance.exports.memory as WebAssembly.Memory;
    const present = memory.buffer.byteLength / PAGE;
    if (present < least) memory.grow(least - present);
    return made;
  };
  try {
    const loaded = await load();
    if (!isGuarded) throw new Error("Pyodide's module was not found");
    return loaded;
  } finally {
    WebAssembly.instantiate = original;
  }
}

function guardImports(env: Record<string, unknown>): void {
  env._emscripten_system = () => -EPERM;
  for (const [name, call] of Object.entries(env)) {
    if (name.startsWith("__syscall_") && typeof call === "function") env[name] = refusing(call);
  }
}

/** Deno's refusal inside a system call would end Pyodide: Python is to see PermissionError. */
// deno-lint-ignore ban-types
function refusing(call: Function): Function {
  return (...values: unknown[]) => {
    try {
      return call(...values);
    } catch (error) {
      if ((error as Error)?.name === "NotCapable") return -EACCES;
      throw error;
    }
  };
}

/** The module with another maximum of its memory, written over the old one in the same number of bytes. */
function withMaximum(source: BufferSource, pages: number): Uint8Array<ArrayBuffer> {
  const view = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  const bytes = new Uint8Array(view);
  let position = 8; // after the magic number and the version
  const read = (): number => {
    let value = 0;
    for (let shift = 0;; shift += 7) {
      const byte = bytes[position++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  };
  while (position < bytes.length) {
    const section = bytes[position++];
    const size = read();
    if (section !== MEMORY_SECTION) {
      position += size;
      continue;
    }
    const count = read();
    const hasMaximum = read() === 1;
    const initial = read();
    const start = position;
    read();
    const length = position - start;
    if (count !== 1 || !hasMaximum || pages >= 1 << (7 * length)) break;
    const maximum = Math.max(pages, initial);
    for (let index = 0; index < length; index++) {
      bytes[start + index] = (maximum >> (7 * index)) & 0x7f | (index < length - 1 ? 0x80 : 0);
    }
    return bytes;
  }
  throw new Error("the memory of Pyodide's module cannot be limited");
}
