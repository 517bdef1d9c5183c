// The untrusted thread: holds Pyodide and runs the user's code. Nothing here is believed by the warden.
import {
  ANSWER_OFFSET,
  type GuestOrder,
  type GuestReport,
  MAX_OUTSTANDING,
  NO_ANSWER,
  OUTSTANDING,
  type Stream,
  WAITING,
} from "./messages.ts";
import { loadPyodide, mountReadOnly, type Pyodide, type PythonModule } from "./pyodide.ts";

declare const self: {
  onmessage: (event: MessageEvent<GuestOrder>) => void;
  postMessage(report: GuestReport): void;
  addEventListener(type: "unhandledrejection", listener: (event: Event) => void): void;
};

let interruptFlag: Uint8Array;
let counters: Int32Array;
let answers: SharedArrayBuffer;
let runner: PythonModule;

// An interrupt that arrives while the event loop runs Python surfaces here too; the run reports it itself.
self.addEventListener("unhandledrejection", (event) => event.preventDefault());

function writer(stream: Stream): { write(bytes: Uint8Array): number } {
  const decoder = new TextDecoder();
  return {
    write(bytes: Uint8Array): number {
      // Not shared memory and not a view that grows away: decode at once.
      const text = decoder.decode(bytes, { stream: true });
      if (text === "") return bytes.length;
      self.postMessage({ kind: "output", stream, text });
      let outstanding = Atomics.add(counters, OUTSTANDING, text.length) + text.length;
      while (outstanding > MAX_OUTSTANDING && interruptFlag[0] === 0) {
        Atomics.wait(counters, OUTSTANDING, outstanding, 100);
        outstanding = Atomics.load(counters, OUTSTANDING);
      }
      return bytes.length;
    },
  };
}

/** Sleeps without using the processor; an interrupt ends it early. */
function sleep(milliseconds: number): void {
  if (interruptFlag[0] === 0) Atomics.wait(counters, 0, Atomics.load(counters, 0), milliseconds);
}

/**
 * Asks the user for a line and waits for it: null when there is nobody to ask, undefined when the run is
 * interrupted meanwhile.
 */
function ask(prompt: string): string | null | undefined {
  const state = new Int32Array(answers, 0, 1);
  Atomics.store(state, 0, WAITING);
  self.postMessage({ kind: "input", run: running ?? 0, prompt });
  while (Atomics.load(state, 0) === WAITING) {
    if (interruptFlag[0] !== 0) {
      interruptFlag[0] = 0;
      return undefined;
    }
    Atomics.wait(state, 0, WAITING, 1000);
  }
  const length = Atomics.load(state, 0);
  if (length === NO_ANSWER) return null;
  // A decoder takes no shared memory, so a copy.
  return new TextDecoder().decode(new Uint8Array(answers, ANSWER_OFFSET, length).slice());
}

async function start(order: Extract<GuestOrder, { kind: "start" }>): Promise<void> {
  interruptFlag = new Uint8Array(order.control);
  counters = new Int32Array(order.control);
  answers = order.answers;
  const pyodide: Pyodide = await loadPyodide(order.pyodide, {
    env: { HOME: "/home/pyodide", LANG: "C.UTF-8" },
  });
  pyodide.setStdin({
    stdin: () => {
      const line = ask("");
      return typeof line === "string" ? `${line}\n` : null;
    },
  });
  pyodide.setStdout(writer(1));
  pyodide.setStderr(writer(2));
  mountReadOnly(pyodide.FS, order.site, "/site");
  pyodide.registerJsModule("_mcp_run_python", { ask, sleep });
  const folder = "/lib/mcp_run_python";
  pyodide.FS.mkdirTree(folder);
  const source = Deno.readTextFileSync(new URL("./runner.py", import.meta.url));
  pyodide.FS.writeFile(`${folder}/_runner.py`, source);
  pyodide.runPython(`import sys; sys.path[1:1] = ["/site"]; sys.path.append("${folder}")`);
  runner = pyodide.pyimport("_runner");
  pyodide.setInterruptBuffer(interruptFlag);
  // Code that closes its thread would be waited for in vain: the warden ends the process instead.
  const leave = () => self.postMessage({ kind: "dead", reason: "the code closed its thread" });
  Object.assign(globalThis, { close: leave });
  Object.assign(Deno, { exit: leave });
  self.postMessage({ kind: "ready", python: runner.PYTHON_VERSION });
}

/** Whether Pyodide cannot go on after this error. */
function isFatal(error: unknown): boolean {
  return (error as { pyodide_fatal_error?: boolean })?.pyodide_fatal_error === true ||
    (error as { name?: string })?.name === "Exit" || error instanceof WebAssembly.RuntimeError ||
    error instanceof RangeError;
}

async function run(order: Extract<GuestOrder, { kind: "run" }>): Promise<void> {
  let result: string;
  try {
    const outcome = runner.start(order.code, order.globals, order.keep);
    result = typeof outcome === "string" ? outcome : await outcome;
  } catch (error) {
    if (isFatal(error)) {
      self.postMessage({ kind: "dead", reason: String((error as Error).message ?? error) });
      return;
    }
    // An interrupt that hit the runner itself, before or after the user's code.
    result = JSON.stringify({ status: "run-error", error: `${lastLine(String(error))}\n` });
  }
  self.postMessage({ kind: "done", run: order.run, result });
}

function completions(text: string): string[] {
  try {
    return JSON.parse(runner.complete(text));
  } catch {
    return []; // the user's code broke what is asked
  }
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? text;
}

let running: number | null = null;

self.onmessage = async ({ data }) => {
  switch (data.kind) {
    case "start":
      try {
        await start(data);
      } catch (error) {
        self.postMessage({ kind: "dead", reason: `Python could not be started: ${error}` });
      }
      break;
    case "run":
      running = data.run;
      await run(data);
      running = null;
      break;
    case "complete":
      self.postMessage({ kind: "completions", request: data.request, values: completions(data.text) });
      break;
    case "cancel":
      // That this message is read at all means that the run waits in the event loop: end it from there.
      if (data.run === running) {
        interruptFlag[0] = 0;
        runner.cancel();
      }
  }
};
