// This compiles the JavaScript of Pyodide's Emscripten. As a module it would be parsed twice: by Deno, which
// looks for imports, and by the engine.
import type { EmscriptenModule, EmscriptenSettings } from "./emscripten.ts";

/** Makes and starts Emscripten's module object. */
type Factory = (settings: EmscriptenSettings) => Promise<EmscriptenModule>;

type Evaluate = (code: string, name: string) => [value: unknown, failure: { thrown: unknown } | null];

// They are taken now, because the guest loses `Deno`.
const { evalContext } = Reflect.get(Deno, Reflect.get(Deno, "internal")).core as { evalContext: Evaluate };
const { readTextFileSync } = Deno;

/** The line behind the one function of the module. */
const EXPORT = "export default _createPyodideModule;";

/** @param directory the Pyodide distribution's folder */
export function compileFactory(directory: string): Factory {
  const name = `file://${directory}/pyodide.asm.mjs`;
  const text = readTextFileSync(`${directory}/pyodide.asm.mjs`);
  const end = text.lastIndexOf(EXPORT);
  if (end < 0) throw new Error("Pyodide's module is not as expected");
  const code = text.slice(0, end).replaceAll("import.meta.url", JSON.stringify(name));
  // A module is strict. The engine compiles a function in brackets at once, and does not go through it before.
  const [factory, failure] = evalContext(`"use strict"; (${code})`, name);
  if (failure) throw failure.thrown;
  return factory as Factory;
}
