// This compiles WebAssembly on the trusted thread, while the guest's thread is still being made.
/** The number of bytes in a page of WebAssembly's memory. */
export const WASM_PAGE = 65536;

/** The folder in which Python has the image. */
export const SITE = "/site";

const MEMORY_SECTION = 5;

/**
 * Compiles Pyodide's module so that its memory can never have more than `pages` pages.
 *
 * The engine enforces the module's own maximum, and Python sees a MemoryError.
 *
 * @param directory the Pyodide distribution's folder
 */
export function compileProgram(directory: string, pages: number): WebAssembly.Module {
  const bytes = Deno.readFileSync(`${directory}/pyodide.asm.wasm`);
  setMaximum(bytes, pages);
  return compile(bytes);
}

/**
 * Compiles a snapshot's libraries.
 *
 * @param paths the paths in Python; those of a checkpoint may come from anywhere
 * @param site the folder that Python has as `/site`
 */
export function compileLibraries(paths: string[], site: string): WebAssembly.Module[] {
  return paths.map((path) => {
    if (!path.startsWith(`${SITE}/`) || path.split("/").includes("..")) {
      throw new Error(`${path} is not in the image`);
    }
    return compile(Deno.readFileSync(site + path.slice(SITE.length)));
  });
}

/**
 * Compiles a module. The engine keeps its own copy of the bytes, so ours, which may be 10 MB, are freed at
 * once.
 */
function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  const module = new WebAssembly.Module(bytes);
  bytes.buffer.transfer(0);
  return module;
}

/** Writes another maximum of the module's memory over the old one, in the same number of bytes. */
function setMaximum(bytes: Uint8Array<ArrayBuffer>, pages: number): void {
  let position = 8; // The magic number and the version come before.
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
    return;
  }
  throw new Error("the memory of Pyodide's module cannot be limited");
}
