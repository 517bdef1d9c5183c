// These are guards around Pyodide's WebAssembly module while it is instantiated. Code in the guest cannot
// undo them.
import type { Reach } from "./reach.ts";

/** The errno values of Emscripten (WASI numbering). */
const EACCES = 2;
const EPERM = 63;

type Imports = Record<string, Record<string, unknown>>;
type Instantiate = (source: unknown, imports: Imports) => Promise<unknown>;

/**
 * Loads Pyodide with `load`, so that `program` becomes its module. Its imports from JavaScript get guards.
 *
 * @param begin gets the new instance before it is used
 * @param reach sees the calls of the program
 */
export async function withGuardedProgram<T>(
  program: Promise<WebAssembly.Module>,
  begin: (instance: WebAssembly.Instance) => Promise<void>,
  load: () => Promise<T>,
  reach: Reach,
): Promise<T> {
  const { instantiate, instantiateStreaming } = WebAssembly;
  let isGuarded = false;
  const guarded = (original: Instantiate): Instantiate => async (source, imports) => {
    if (imports?.env?._emscripten_system === undefined) return await original(source, imports);
    isGuarded = true;
    guardImports(imports.env);
    reach.guard(imports.env);
    const module = await program;
    const instance = new WebAssembly.Instance(module, imports as WebAssembly.Imports);
    await begin(instance);
    return { instance: { exports: reach.exports(instance.exports) }, module };
  };
  Object.assign(WebAssembly, {
    instantiate: guarded(instantiate as Instantiate),
    instantiateStreaming: guarded(instantiateStreaming as Instantiate),
  });
  try {
    const loaded = await load();
    if (!isGuarded) throw new Error("Pyodide's module was not found");
    return loaded;
  } finally {
    Object.assign(WebAssembly, { instantiate, instantiateStreaming });
  }
}

function guardImports(env: Record<string, unknown>): void {
  env._emscripten_system = () => -EPERM;
  for (const [name, call] of Object.entries(env)) {
    if (name.startsWith("__syscall_") && typeof call === "function") env[name] = refusing(call);
  }
}

/**
 * Gives a call that turns Deno's refusal into an error number. Python then sees PermissionError, and Pyodide
 * does not end.
 */
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
