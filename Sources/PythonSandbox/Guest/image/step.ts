// This is shared by the steps that make an image: their one argument, and their messages to the host.

/** The levels of MCP logging that the steps use. */
export type Level = "debug" | "info" | "error";

/** The step's argument, from the JSON of the first command-line argument. */
export function stepArgument<T>(): T {
  return JSON.parse(Deno.args[0]);
}

const encoder = new TextEncoder();

/** Writes one line of JSON to the host. */
function tell(message: unknown): void {
  Deno.stdout.writeSync(encoder.encode(JSON.stringify(message) + "\n"));
}

export function log(level: Level, text: string): void {
  tell({ kind: "log", level, text });
}

/** Runs the step and tells the host of its end. `work` gives the facts that the host gets after a success. */
export async function runStep(work: () => Promise<unknown>): Promise<void> {
  try {
    tell({ kind: "success", detail: await work() });
  } catch (error) {
    tell({ kind: "failure", reason: reason(error) });
    Deno.exit(1);
  }
}

/** Python's own message without the traceback through Pyodide. */
function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const own = "\n_transaction.InstallError: ";
  const last = text.lastIndexOf(own);
  return (last < 0 ? text : text.slice(last + own.length)).trim();
}
