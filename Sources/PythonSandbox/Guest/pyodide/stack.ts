// This lets Python notice the end of its stack before the engine's stack ends, with which Python ends, too.
//
// Python measures the stack that it has in its memory, where only variables with an address are. The engine
// keeps everything else on a stack of its own, which Python cannot see. Some functions, as the one that frees a
// list, are called once for each level of a nested value. They take much of that stack, and nothing of this.
import type { EmscriptenModule } from "./emscripten.ts";
import { type SignedFunction, wrapFunctions } from "./wrappers.ts";

/** The words of a thread state of CPython 3.14 with the top of its stack and its two limits. */
const TOP = 177;
const SOFT_LIMIT = 178;
const HARD_LIMIT = 179;
/** The bytes below the top that Python may use: what the engine's stack is good for in the worst case. */
const ROOM = 1_500_000;
/** The further bytes in which Python raises its error. */
const RESERVE = 8192;

/** The functions of a type that are called for each level of a nested value, by their places in it. */
const OF_EACH_LEVEL: [place: number, sig: string][] = [
  [24, "vi"], // tp_dealloc
  [44, "ii"], // tp_repr
  [100, "iiii"], // tp_richcompare
];
/** The bytes of Python's stack that a call of such a function takes. The engine needs at most twice as many. */
const LEVEL = 128;

/** The place of `tp_call`, and its type. */
const CALL: [place: number, sig: string] = [64, "iiii"];
/**
 * The bytes that a call takes which goes through all levels by itself. Of what is left a level takes 16, where the
 * engine needs 200.
 */
const ALL_LEVELS = 1_100_000;

/**
 * Gives Python's first thread a stack that ends before the engine's.
 *
 * @throws when the thread's state has another form
 */
export function limitStack(module: EmscriptenModule): void {
  const words = new Uint32Array(module.HEAPU8.buffer, module._PyThreadState_GetUnchecked(), HARD_LIMIT + 1);
  const [top, soft, hard] = words.subarray(TOP);
  if (top !== module._emscripten_stack_get_base() || !(hard < soft && soft < top - ROOM)) {
    throw new Error("Python's thread has no stack where it is looked for");
  }
  words.set([top - ROOM, top - ROOM - RESERVE], SOFT_LIMIT);
}

/** The addresses of types whose values are nested, or are made of text that is. */
export interface NestingTypes {
  values: number[];
  readers: number[];
}

/** Makes Python count the levels of nested values. */
export function countLevels(module: EmscriptenModule, types: NestingTypes): void {
  const { wasmTable, HEAPU8 } = module;
  const words = new Uint32Array(HEAPU8.buffer);
  const found = new Map<number, SignedFunction>();
  const count = (type: number, [place, sig]: [number, string], stack: number) => {
    const index = words[(type + place) / 4];
    const call = found.has(index) ? null : wasmTable.get(index);
    if (call) found.set(index, { call, sig, stack });
  };
  for (const kind of OF_EACH_LEVEL) {
    for (const type of types.values) count(type, kind, LEVEL);
  }
  for (const type of types.readers) count(type, CALL, ALL_LEVELS);
  const pointer = module.LDSO.loadedLibsByName.__main__.exports.__stack_pointer as WebAssembly.Global;
  const wrapped = wrapFunctions([...found.values()], pointer);
  [...found.keys()].forEach((index, position) => wasmTable.set(index, wrapped[position]));
}
