// The untrusted thread: holds Pyodide and runs the user's code. Nothing here is believed by the warden.
import {
  Answer,
  type GuestOrder,
  type GuestReport,
  type Limits,
  Shared,
  type StartOrder,
  type Stream,
} from "./messages.ts";
import { interruptBuffer } from "./interrupts.ts";
import { end, read, request } from "./fetching.ts";
import { Unsavable } from "./emscripten.ts";
import { addedGlobals, confineRealm, trackTimers } from "./realm.ts";
import type { PythonModule } from "./pyodide.ts";
import { RingWriter } from "./ring.ts";
import { Python } from "./python.ts";

declare const self: {
  onmessage: ((event: MessageEvent<StartOrder>) => void) | null;
  addEventListener(type: "unhandledrejection" | "error", listener: (event: Event) => void): void;
};

let interruptFlag: Uint8Array;
let words: Int32Array;
let output: RingWriter;
let answers: SharedArrayBuffer;
/** The runner's functions, as they were before the first run. */
let runner: Record<"start" | "cancel" | "complete" | "renew" | "suspend" | "holder", PythonModule>;
let python: Python;
/** Whether the run's code may change something for later ones, and whether that cannot be undone. */
let mayChange = false;
let isSpent = false;
let report: (report: GuestReport, moved?: Transferable[]) => void;
let limits: Limits;
let running: number | null = null;
/** What was written since the last run, which left its state to the next one. */
let between: { stream: Stream; bytes: Uint8Array }[] | null = null;
let betweenBytes = 0;
let lastRun = 0;
/** Settles when what a run left is gone. */
let cleaned: Promise<void> = Promise.resolve();

const program = Promise.withResolvers<WebAssembly.Module>();
const libraries = Promise.withResolvers<WebAssembly.Module[]>();

// Taken now: code that runs here later may replace the global ones.
const { add, load: get, store, wait } = Atomics;
const { setTimeout } = globalThis;
const encoder = new TextEncoder();
/** How much of what is written between two runs is kept for the next one. */
const BETWEEN_BYTES = 1 << 16;

class Interrupted extends Error {
  override name = "KeyboardInterrupt";
}

const { countTimers } = trackTimers();

// An interrupt that arrives while the event loop runs Python surfaces here too; the run reports it itself.
// So does an error in a callback that the code left there: it is no end, unless Python itself has ended with it.
self.addEventListener(
  "unhandledrejection",
  (event) => outlive(event, (event as PromiseRejectionEvent).reason),
);
self.addEventListener("error", (event) => outlive(event, (event as ErrorEvent).error));

function outlive(event: Event, error: unknown): void {
  event.preventDefault();
  if (isFatal(error)) die(error);
}

function writeBytes(stream: Stream, bytes: Uint8Array): void {
  if (running === null) return keepForNext(stream, bytes);
  if (get(words, Shared.full) !== 0) return;
  output.write(stream, bytes, isInterrupted);
}

/** Keeps what callbacks and tasks write while no run is under way, as long as their state lives on. */
function keepForNext(stream: Stream, bytes: Uint8Array): void {
  if (between === null || betweenBytes + bytes.length > BETWEEN_BYTES) return;
  between.push({ stream, bytes: bytes.slice() });
  betweenBytes += bytes.length;
}

/** The run that goes on begins with what was written before it. */
function writeKept(): void {
  const kept = between ?? [];
  between = null;
  betweenBytes = 0;
  for (const { stream, bytes } of kept) writeBytes(stream, bytes);
}

function write(stream: Stream, text: string): void {
  writeBytes(stream, encoder.encode(text));
}

function isInterrupted(): boolean {
  return interruptFlag[0] !== 0;
}

/** Hands over a PNG in base64. */
function showImage(data: string): void {
  if (running === null) return;
  const sent = String(data).length > limits.imageCharacters ? "" : String(data);
  report({ kind: "image", data: sent });
  // What is written after it is to come after it.
  let outstanding = add(words, Shared.outstanding, 1) + 1;
  while (outstanding > 0 && !isInterrupted()) {
    wait(words, Shared.outstanding, outstanding, 100);
    outstanding = get(words, Shared.outstanding);
  }
}

function writer(stream: Stream): { write(bytes: Uint8Array): number } {
  return {
    write(bytes: Uint8Array): number {
      writeBytes(stream, bytes);
      return bytes.length;
    },
  };
}

/** Sleeps without using the processor; an interrupt ends it early. */
function sleep(milliseconds: number): void {
  if (interruptFlag[0] === 0) wait(words, Shared.sleep, 0, milliseconds);
}

/**
 * Asks the user for a line and waits for it: null when there is nobody to ask, undefined when the run is
 * interrupted meanwhile.
 *
 * @param hidden the line is not to be shown while it is typed
 */
function ask(prompt: unknown, hidden: unknown): string | null | undefined {
  const state = new Int32Array(answers, 0, 1);
  store(state, 0, Answer.waiting);
  report({ kind: "input", run: running ?? 0, prompt: String(prompt), hidden: hidden === true });
  while (get(state, 0) === Answer.waiting) {
    if (interruptFlag[0] !== 0) {
      interruptFlag[0] = 0;
      return undefined;
    }
    wait(state, 0, Answer.waiting, 1000);
  }
  const length = get(state, 0);
  if (length === Answer.none) return null;
  // A decoder takes no shared memory, so a copy.
  return new TextDecoder().decode(new Uint8Array(answers, Answer.offset, length).slice());
}

/** Does the same, after which Python cannot be put back. */
function reaching<Values extends unknown[], Result>(
  call: (...values: Values) => Result,
): (...values: Values) => Result {
  return (...values) => {
    python.reachOut();
    return call(...values);
  };
}

/** What the runner may ask of this side. It leads to nothing else. */
const host = Object.freeze(Object.assign(Object.create(null), {
  ask,
  sleep,
  display: (text: unknown) => write(3, String(text)),
  image: showImage,
  // A connection is more than Python's memory.
  request: reaching(request),
  read: reaching(read),
  end,
  isLate: () => get(words, Shared.late) !== 0,
  isNew: (path: unknown) => python.isNew(path),
  change: () => void (mayChange = true),
}));

/** Stands still until the next order, so that callbacks and timers cost nothing. */
function hold(): void {
  // What was interrupted has come to its end.
  interruptFlag[0] = 0;
  while (running === null && get(words, Shared.held) !== 0) wait(words, Shared.held, 1);
}

function spend(): void {
  if (!isSpent) report({ kind: "spent" });
  isSpent = true;
}

async function load(order: StartOrder): Promise<void> {
  interruptFlag = new Uint8Array(order.interrupt);
  words = new Int32Array(order.shared);
  answers = order.answers;
  output = new RingWriter(order.output, () => report({ kind: "output" }));
  limits = order.limits;
  const confine = () => confineRealm(write);
  python = await Python.start(order, program.promise, libraries.promise, host, confine, write, spend);
  const { pyodide } = python;
  openInput();
  pyodide.setStdout(writer(1));
  pyodide.setStderr(writer(2));
  pyodide.setInterruptBuffer(interruptBuffer(interruptFlag, pyodide._module));
  if (order.imports) return save(order.imports);
  const { begin, resume } = python.runner;
  const longest = limits.resultCharacters;
  if (python.origin === "checkpoint") resume(longest, true, order.reseed);
  else begin(longest, python.origin === "snapshot", order.isSavable);
  takeRunner();
  // The first run compiles what every run needs: here it delays nobody who waits for a result.
  await runner.start.callPromising("1 + 1", "{}", false, 0, false, 0, "");
  reportReady();
  // In the idle time, if there is any.
  if (order.resets) setTimeout(() => lastRun === 0 && python.note(), 20);
}

/** What was read and not asked for by the code is forgotten. */
function openInput(): void {
  python.pyodide.setStdin({
    stdin: () => {
      const line = ask("", false);
      return typeof line === "string" ? `${line}\n` : null;
    },
  });
}

function takeRunner(): void {
  const { start, cancel, complete, renew, suspend, holder } = python.runner;
  runner = { start, cancel, complete, renew, suspend, holder };
}

function reportReady(): void {
  report({ kind: "ready", python: python.runner.PYTHON_VERSION });
}

/** Goes on from a checkpoint, in place of the Python that was ready. */
function restore({ checkpoint, libraries, reseed }: Extract<GuestOrder, { kind: "restore" }>): void {
  try {
    if (lastRun > 0) throw new Error("it has run code");
    python.restore(checkpoint, libraries, limits);
    python.runner.resume(limits.resultCharacters, false, reseed);
    takeRunner();
    reportReady();
  } catch (error) {
    die(error);
  }
}

function save(imports: string[]): void {
  const failures: string[] = JSON.parse(python.runner.preload(JSON.stringify(imports)));
  if (countTimers() > 0) throw new Unsavable("a package starts a timer when it is imported");
  report({ kind: "saved", pieces: python.save(), failures });
}

/** Whether Pyodide cannot go on after this error. */
function isFatal(error: unknown): boolean {
  return (error as { pyodide_fatal_error?: boolean })?.pyodide_fatal_error === true ||
    (error as { name?: string })?.name === "Exit" || error instanceof WebAssembly.RuntimeError ||
    error instanceof RangeError;
}

async function run(order: Extract<GuestOrder, { kind: "run" }>): Promise<void> {
  let result: string;
  running = lastRun = order.run;
  mayChange = false;
  try {
    if (order.reset) python.note();
    // What an earlier run left kept this thread busy until the interrupt: the code does not begin.
    if (get(words, Shared.interrupted) === order.run) throw new Interrupted();
    const { code, globals, keep, timeout, interactive, columns, argv } = order;
    if (keep) writeKept();
    // Entered so that Python may switch stacks: only then can it wait in the event loop wherever it stands, and
    // only then has it a stack that is deep.
    const outcome = await runner.start.callPromising(
      code,
      globals,
      keep,
      timeout,
      interactive,
      columns,
      argv,
    );
    if (typeof outcome !== "string") throw new TypeError("the code has replaced what runs it");
    result = outcome;
  } catch (error) {
    if (isFatal(error)) return die(error);
    // An interrupt that hit the runner itself, before or after the user's code, or came before.
    const time = `${order.timeout} second${order.timeout === 1 ? "" : "s"}`;
    const late = `TimeoutError: the code ran longer than ${time}`;
    const reason = host.isLate() ? late : lastLine(String(error));
    result = JSON.stringify({ status: "run-error", error: `${reason}\n` });
  }
  if (mayChange && order.reset && !isSpent) await python.stop();
  const isUndone = mayChange && order.reset && !isSpent && python.isUndoable;
  if (mayChange && !isUndone) spend();
  running = null;
  between = order.keep ? [] : null;
  report({ kind: "done", run: order.run, result });
  // After the answer, so that it costs the client no time.
  if (isUndone) undo();
}

/** Nothing of what has run is there any more. */
function undo(): void {
  try {
    python.undo();
    openInput();
    runner.renew();
  } catch (error) {
    die(error);
  }
}

/** Saves Python as it is between two runs. What cannot be saved is told, and nothing has changed. */
async function checkpoint(request: number): Promise<void> {
  const run = lastRun;
  try {
    // What the last run left to be done at once is done first.
    await new Promise<void>((resolve) => setTimeout(resolve));
    if (lastRun !== run) throw new Unsavable("code is running");
    const pieces = saveSession();
    report({ kind: "checkpoint", request, pieces }, pieces.map((piece) => piece.buffer));
  } catch (error) {
    if (isFatal(error)) return die(error);
    report({ kind: "unsavable", request, reason: lastLine(String((error as Error)?.message ?? error)) });
  }
}

function saveSession(): Uint8Array<ArrayBuffer>[] {
  if (running !== null) throw new Unsavable("code is running");
  const [added] = addedGlobals();
  if (added !== undefined) throw new Unsavable(`JavaScript has a new global name (${added})`);
  const reason = runner.suspend(countTimers());
  if (reason) throw new Unsavable(reason);
  return python.saveDifference((object) => runner.holder(object));
}

function die(error: unknown): void {
  report({ kind: "dead", reason: String((error as Error)?.message ?? error) });
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? text;
}

function completions(text: string): string[] {
  try {
    return JSON.parse(runner.complete(text));
  } catch {
    return []; // the user's code broke what is asked
  }
}

function obey(order: GuestOrder): void {
  switch (order.kind) {
    case "program":
      program.resolve(order.compiled);
      break;
    case "libraries":
      libraries.resolve(order.compiled);
      break;
    case "run":
      // What a destructor waits for is done before the next run begins.
      cleaned = cleaned.then(() => run(order));
      break;
    case "complete":
      report({ kind: "completions", request: order.request, values: completions(order.text) });
      break;
    case "checkpoint":
      void checkpoint(order.request);
      break;
    case "restore":
      restore(order);
      break;
    case "hold":
      hold();
      break;
    case "cancel":
      // That this message is read at all means that the run waits in the event loop: end it from there.
      if (order.run !== running) return;
      interruptFlag[0] = 0;
      runner.cancel();
  }
}

self.onmessage = async ({ data }) => {
  self.onmessage = null;
  const { port } = data;
  const post = port.postMessage.bind(port);
  report = (report, moved = []) => post(report, moved);
  port.onmessage = (event: MessageEvent<GuestOrder>) => obey(event.data);
  try {
    await load(data);
  } catch (error) {
    const { errno } = (error ?? {}) as { errno?: number };
    const reason = errno === undefined ? error : `a file could not be made or opened (errno ${errno})`;
    report({ kind: "dead", reason: `Python could not be started: ${reason}` });
  }
};
