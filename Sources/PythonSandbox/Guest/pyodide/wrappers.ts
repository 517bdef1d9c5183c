// This makes functions of WebAssembly from JavaScript's, since a function table can hold no others.

const TYPES: Record<string, number> = { i: 0x7f, p: 0x7f, j: 0x7e, f: 0x7d, d: 0x7c, e: 0x6f };

/**
 * A JavaScript function with its type in Emscripten's letters: first the result's (`v` for none), then the
 * values'.
 */
export type SignedFunction = CallableFunction & { sig: string };

/** Gives all functions as those of one module. Emscripten makes a module for each, which takes longer. */
export function wrapFunctions(functions: SignedFunction[]): CallableFunction[] {
  const signatures = [...new Set(functions.map(({ sig }) => sig))];
  const types = signatures.map((signature) => {
    const [result, ...values] = signature;
    const results = result === "v" ? [] : [TYPES[result]];
    return [0x60, ...vector(values.map((value) => [TYPES[value]])), ...vector(results.map((type) => [type]))];
  });
  const imports = functions.map(({ sig }, index) => {
    return [...text("e"), ...text(String(index)), 0, ...number(signatures.indexOf(sig))];
  });
  const exports = functions.map((_, index) => [...text(String(index)), 0, ...number(index)]);
  const bytes = Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, imports),
    ...section(7, exports),
  ]);
  const imported = Object.fromEntries(functions.map((call, index) => [String(index), call]));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    e: imported as unknown as WebAssembly.ModuleImports,
  });
  return functions.map((_, index) => instance.exports[String(index)] as CallableFunction);
}

/** The bytes of a number in unsigned LEB128. */
function number(value: number): number[] {
  return value < 0x80 ? [value] : [value & 0x7f | 0x80, ...number(value >>> 7)];
}

function text(value: string): number[] {
  return [...number(value.length), ...new TextEncoder().encode(value)];
}

function vector(items: number[][]): number[] {
  return [...number(items.length), ...items.flat()];
}

function section(id: number, items: number[][]): number[] {
  const content = vector(items);
  return [id, ...number(content.length), ...content];
}
