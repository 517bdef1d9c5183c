// This is the untrusted thread. It holds Pyodide and runs the user's code. The warden believes nothing that
// comes from here.
import { Answer, type GuestOrder, type GuestReport, Shared, type StartOrder } from "../channel/messages.ts";
import type { Limits, Stream } from "../channel/wire.ts";
import { Asker, type FileRequest } from "../channel/exchange.ts";
import { interruptBuffer } from "./interrupts.ts";
import { end, read, request } from "./fetching.ts";
import { Unsavable } from "../pyodide/emscripten.ts";
import { addedGlobals, confineRealm, trackTimers } from "./realm.ts";
import type { PythonModule } from "../pyodide/pyodide.ts";
import { RingWriter } from "../channel/ring.ts";
import { Python } from "./python.ts";

declare const self: {
  onmessage: ((event: MessageEvent<StartOrder>) => void) | null;
  addEventListener(type: "unhandledrejection" | "error", listener: (event: Event) => void): void;
};

let interruptFlag: Uint8Array;
let words: Int32Array;
let output: RingWriter;
let answers: SharedArrayBuffer;
/** The runner's functions, from before the first run. */
let runner: Record<"start" | "cancel" | "complete" | "renew" | "suspend" | "holder", PythonModule>;
let python: Python;
/** True when the run's code may change something for later runs, and true when that cannot be undone. */
let mayChange = false;
let isSpent = false;
/** True from a run's answer until the run is undone. */
let isUndoDue = false;
let report: (report: GuestReport, moved?: Transferable[]) => void;
let limits: Limits;
let running: number | null = null;
/** The output since the last run, whose variables are kept for the next one. */
let between: { stream: Stream; bytes: Uint8Array }[] | null = null;
let betweenBytes = 0;
let lastRun = 0;
/** A promise that settles when the rest of a run is cleaned up. */
let cleaned: Promise<void> = Promise.resolve();

const program = Promise.withResolvers<WebAssembly.Module>();
const libraries = Promise.withResolvers<WebAssembly.Module[]>();

// These are taken now, since code that runs here later may replace the global ones.
const { add, load: get, store, wait } = Atomics;
const { setTimeout } = globalThis;
const encoder = new TextEncoder();
/** The number of bytes between two runs that are kept for the next one. */
const BETWEEN_BYTES = 1 << 16;

/** Code that takes the ways of ordinary runs, and leaves nothing. */
const ORDINARY = ["1 + 1", "import math\nx = math.sqrt(2)\nf'{[n for n in range(3)]} {x}'"];
/** The milliseconds in which an answer has probably reached the client. */
const ANSWER_TIME = 1;
/** The milliseconds after which the next order may be long in coming. */
const IDLE_TIME = 20;

class Interrupted extends Error {
  override name = "KeyboardInterrupt";
}

const { countTimers } = trackTimers();

// An interrupt that arrives while the event loop runs Python surfaces here, too. The run reports it itself.
// An error in a callback of the code also comes here. It matters only if Python itself has ended with it.
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

/** Keeps the output of callbacks and tasks between runs, as long as their variables are kept. */
function keepForNext(stream: Stream, bytes: Uint8Array): void {
  if (between === null || betweenBytes + bytes.length > BETWEEN_BYTES) return;
  between.push({ stream, bytes: bytes.slice() });
  betweenBytes += bytes.length;
}

/** Writes the output that was kept, so that the new run begins with it. */
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

/** Hands over a PNG in base64, and a drawing of it for cells, in JSON; "" for none. */
function showImage(data: string, drawing: string): void {
  if (running === null) return;
  const sent = String(data).length > limits.imageCharacters ? "" : String(data);
  report({ kind: "image", data: sent, drawing: String(drawing) });
  // Output that is written after the image must come after it.
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

/** Sleeps without using the processor. An interrupt ends the sleep early. */
function sleep(milliseconds: number): void {
  if (interruptFlag[0] === 0) wait(words, Shared.sleep, 0, milliseconds);
}

/**
 * Asks the user for a line and waits for it.
 *
 * @param hidden true when the line must not be shown while it is typed
 * @returns null when no user can be asked, undefined when the run is interrupted meanwhile
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
  // A decoder takes no shared memory, so the bytes are copied.
  return new TextDecoder().decode(new Uint8Array(answers, Answer.offset, length).slice());
}

/** Gives a function that does the same, and notes that Python cannot be put back afterwards. */
function reaching<Values extends unknown[], Result>(
  call: (...values: Values) => Result,
): (...values: Values) => Result {
  return (...values) => {
    python.reachOut();
    return call(...values);
  };
}

/** The functions of this side that the runner may call. The object leads to no others. */
const host = Object.freeze(Object.assign(Object.create(null), {
  ask,
  sleep,
  display: (text: unknown) => write(3, String(text)),
  image: showImage,
  // A connection is a state outside Python's memory.
  request: reaching(request),
  read: reaching(read),
  end,
  isLate: () => get(words, Shared.late) !== 0,
  isNew: (path: unknown) => python.isNew(path),
  change: () => void (mayChange = true),
}));

/** Stands still until the next order, so that callbacks and timers cost nothing. */
function hold(): void {
  // The code that was interrupted has come to its end.
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
  const ask = (request: FileRequest) => report({ kind: "file", request });
  const asker = order.files ? new Asker(order.files, ask, isInterrupted) : null;
  python = await Python.start(order, program.promise, libraries.promise, host, confine, write, spend, asker);
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
  // The first run compiles the code that every run needs. At this time no client waits for a result.
  await warmUp(ORDINARY[0]);
  reportReady();
  // The note is taken in the idle time, if there is any.
  if (order.resets) setTimeout(() => lastRun === 0 && python.note(), IDLE_TIME);
}

/** Runs this code, so that a client's run finds ready what every run needs. */
async function warmUp(code: string): Promise<void> {
  await runner.start.callPromising(code, "{}", false, 0, false, "", "");
}

/** Opens stdin anew, without input that the code has not read. */
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

/** True when Pyodide cannot go on after this error. */
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
    // Work of an earlier run has kept this thread busy until the interrupt, so the code does not begin.
    if (get(words, Shared.interrupted) === order.run) throw new Interrupted();
    const { code, globals, keep, timeout, interactive, console, argv } = order;
    if (keep) writeKept();
    // This entry lets Python switch stacks. Only so can it wait in the event loop at any depth, and only so
    // is its stack deep.
    const outcome = await runner.start.callPromising(
      code,
      globals,
      keep,
      timeout,
      interactive,
      console,
      argv,
    );
    if (typeof outcome !== "string") throw new TypeError("the code has replaced what runs it");
    result = outcome;
  } catch (error) {
    if (isFatal(error)) return die(error);
    // The interrupt hit the runner itself, or came before the user's code or after it.
    const time = `${order.timeout} second${order.timeout === 1 ? "" : "s"}`;
    const late = `TimeoutError: the code ran longer than ${time}`;
    const reason = host.isLate() ? late : lastLine(String(error));
    result = JSON.stringify({ status: "run-error", error: `${reason}\n` });
  }
  if (mayChange && order.reset && !isSpent) await python.stop();
  const isUndone = mayChange && order.reset && !isSpent && python.abandon();
  if (mayChange && !isUndone) spend();
  python.hostFiles?.flush();
  running = null;
  between = order.keep ? [] : null;
  report({ kind: "done", run: order.run, result });
  if (!isUndone) return;
  // The undoing comes after the answer, so that it costs the client no time. No Python runs until then.
  isUndoDue = true;
  setTimeout(undo, ANSWER_TIME);
}

/** Puts Python back if that is due, so that no change of the last run is left. */
function undo(): void {
  if (!isUndoDue) return;
  isUndoDue = false;
  const run = lastRun;
  try {
    python.undo();
    openInput();
    runner.renew();
  } catch (error) {
    return die(error);
  }
  setTimeout(() => lastRun === run && (cleaned = cleaned.then(fetchIntoCaches).catch(die)), IDLE_TIME);
}

/** Brings what every run needs back into the processor's caches. The undoing has read all memory. */
async function fetchIntoCaches(): Promise<void> {
  for (const code of ORDINARY) await warmUp(code);
}

/**
 * Saves Python between two runs. If that is not possible, the reason is told, and the state has not changed.
 */
async function checkpoint(request: number): Promise<void> {
  const run = lastRun;
  try {
    // Callbacks of the last run that are due come first.
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
    return []; // The user's code broke the objects that were asked.
  }
}

function obey(order: GuestOrder): void {
  undo();
  switch (order.kind) {
    case "program":
      program.resolve(order.compiled);
      break;
    case "libraries":
      libraries.resolve(order.compiled);
      break;
    case "run":
      // The work that a destructor waits for is done before the next run begins.
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
      // This message is read while the run waits in the event loop, so it can be ended from here.
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
