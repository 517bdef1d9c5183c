// This makes functions of WebAssembly that call others. A function table can hold no functions of JavaScript.

const TYPES: Record<string, number> = { i: 0x7f, p: 0x7f, j: 0x7e, f: 0x7d, d: 0x7c, e: 0x6f };

/** The instructions of WebAssembly that are used here. */
const END = 0x0b;
const CALL = 0x10;
const LOCAL_GET = 0x20;
const LOCAL_TEE = 0x22;
const GLOBAL_GET = 0x23;
const GLOBAL_SET = 0x24;
const I32_CONST = 0x41;
const I32_SUB = 0x6b;

/**
 * A function with its type in Emscripten's letters: first the result's (`v` for none), then the values'.
 */
export interface SignedFunction {
  call: CallableFunction;
  sig: string;
  /** The bytes that a call takes of the stack in the program's memory, beyond what it takes by itself. */
  stack?: number;
}

/**
 * Gives all functions as those of one module. Emscripten makes a module for each, which takes longer.
 *
 * @param pointer the address of the stack's end, which goes down; not needed when no function takes of it
 */
export function wrapFunctions(
  functions: SignedFunction[],
  pointer?: WebAssembly.Global,
): CallableFunction[] {
  const signatures = [...new Set(functions.map(({ sig }) => sig))];
  const kinds = functions.map(({ sig }) => number(signatures.indexOf(sig)));
  const types = signatures.map((signature) => {
    const [result, ...values] = signature;
    const results = result === "v" ? [] : [TYPES[result]];
    return [0x60, ...vector(values.map((value) => [TYPES[value]])), ...vector(results.map((type) => [type]))];
  });
  const imports = functions.map((_, index) => [...text("e"), ...text(String(index)), 0, ...kinds[index]]);
  const imported: Record<string, unknown> = {};
  functions.forEach(({ call }, index) => imported[String(index)] = call);
  if (pointer) {
    imports.push([...text("e"), ...text("stack"), 3, TYPES.i, 1]);
    imported.stack = pointer;
  }
  // The module's own functions have the numbers after those that it imports.
  const first = pointer ? functions.length : 0;
  const exports = functions.map((_, index) => [...text(String(index)), 0, ...number(first + index)]);
  const bodies = pointer ? functions.map(body) : [];
  const bytes = Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, imports),
    ...section(3, pointer ? kinds : []),
    ...section(7, exports),
    ...section(10, bodies),
  ]);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    e: imported as unknown as WebAssembly.ModuleImports,
  });
  return functions.map((_, index) => instance.exports[String(index)] as CallableFunction);
}

/** The body of a function that takes a piece of the stack, and calls another one with its own values. */
function body({ sig, stack = 0 }: SignedFunction, callee: number): number[] {
  const values = sig.length - 1;
  const end = number(values);
  const code = [
    ...[GLOBAL_GET, 0, LOCAL_TEE, ...end, I32_CONST, ...signed(stack), I32_SUB, GLOBAL_SET, 0],
    ...Array.from({ length: values }, (_, value) => [LOCAL_GET, ...number(value)]).flat(),
    ...[CALL, ...number(callee), LOCAL_GET, ...end, GLOBAL_SET, 0, END],
  ];
  const locals = [1, 1, TYPES.i];
  return [...number(locals.length + code.length), ...locals, ...code];
}

/** The bytes of a number in unsigned LEB128. */
function number(value: number): number[] {
  return value < 0x80 ? [value] : [value & 0x7f | 0x80, ...number(value >>> 7)];
}

/** The bytes of a number that is not negative in signed LEB128. */
function signed(value: number): number[] {
  return value < 0x40 ? [value] : [value & 0x7f | 0x80, ...signed(value >>> 7)];
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
