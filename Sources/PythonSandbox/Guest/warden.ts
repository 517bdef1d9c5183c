// The trusted thread: speaks to the host over stdin and stdout, owns the interrupt flag, watches the guest.
import {
  ANSWER_BYTES,
  ANSWER_OFFSET,
  CONTROL_BYTES,
  type GuestOrder,
  type GuestReport,
  type HostMessage,
  NO_ANSWER,
  OUTSTANDING,
  type StartMessage,
  type Stream,
} from "./messages.ts";

const control = new SharedArrayBuffer(CONTROL_BYTES);
const interruptFlag = new Uint8Array(control);
const counters = new Int32Array(control);
const answers = new SharedArrayBuffer(ANSWER_BYTES);
const answerState = new Int32Array(answers, 0, 1);

let token = "";
let guest: Worker;
let currentRun: number | null = null;

// Output that the pipe has not taken yet. While one write is under way, what comes in is joined, so that a
// guest that prints line by line costs the host one read for many lines.
const encoder = new TextEncoder();
let pending: string[] = [];
let lastOutput: { stream: Stream; parts: string[] } | null = null;
let acknowledged = 0;
let writing = false;

function flushOutput(): void {
  if (!lastOutput) return;
  const { stream, parts } = lastOutput;
  lastOutput = null;
  pending.push(`${token} ${JSON.stringify({ kind: "output", stream, text: parts.join("") })}\n`);
}

function writeOutput(stream: Stream, text: string): void {
  if (lastOutput && lastOutput.stream !== stream) flushOutput();
  lastOutput ??= { stream, parts: [] };
  lastOutput.parts.push(text);
  acknowledged += text.length;
  drain();
}

function writeFrame(frame: unknown): void {
  flushOutput();
  pending.push(`${token} ${JSON.stringify(frame)}\n`);
  drain();
}

async function drain(): Promise<void> {
  if (writing) return;
  writing = true;
  while (pending.length > 0 || lastOutput) {
    flushOutput();
    const bytes = encoder.encode(pending.join(""));
    const taken = acknowledged;
    pending = [];
    acknowledged = 0;
    for (let offset = 0; offset < bytes.length;) {
      offset += await Deno.stdout.write(bytes.subarray(offset));
    }
    Atomics.sub(counters, OUTSTANDING, taken);
    Atomics.notify(counters, OUTSTANDING);
  }
  writing = false;
}

async function die(reason: string): Promise<never> {
  writeFrame({ kind: "dead", reason });
  while (writing) await new Promise((resolve) => setTimeout(resolve, 1));
  Deno.exit(1);
}

function isReport(data: unknown): data is GuestReport {
  if (typeof data !== "object" || data === null) return false;
  const report = data as Record<string, unknown>;
  switch (report.kind) {
    case "ready":
      return typeof report.python === "string";
    case "output":
      return (report.stream === 1 || report.stream === 2) && typeof report.text === "string";
    case "done":
      return report.run === currentRun && typeof report.result === "string";
    case "input":
      return report.run === currentRun && typeof report.prompt === "string";
    case "completions":
      return typeof report.request === "number" && Array.isArray(report.values) &&
        report.values.every((value) => typeof value === "string");
    case "dead":
      return typeof report.reason === "string";
    default:
      return false;
  }
}

function receive(data: unknown): void {
  // Code in the guest can post messages of its own; whatever has not the right shape is not for us.
  if (!isReport(data)) return;
  switch (data.kind) {
    case "ready":
      return writeFrame({ kind: "ready", python: data.python });
    case "output":
      return writeOutput(data.stream, data.text);
    case "done":
      currentRun = null;
      Atomics.store(interruptFlag, 0, 0);
      return writeFrame({ kind: "done", run: data.run, result: data.result });
    case "input":
      return writeFrame({ kind: "input", run: data.run, prompt: data.prompt });
    case "completions":
      return writeFrame({ kind: "completions", request: data.request, values: data.values });
    case "dead":
      void die(data.reason);
  }
}

function order(message: GuestOrder): void {
  guest.postMessage(message);
}

function start(message: StartMessage): void {
  token = message.token;
  guest = new Worker(new URL("./guest.ts", import.meta.url), {
    type: "module",
    name: "guest",
    // @ts-ignore: `deno` is there with --unstable-worker-options.
    deno: {
      permissions: {
        read: [new URL(".", import.meta.url).pathname, message.pyodide, message.site],
        net: message.network === "inherit" ? "inherit" : false,
        write: false,
        env: false,
        sys: false,
        run: false,
        ffi: false,
        import: false,
      },
    },
  });
  guest.onmessage = (event) => receive(event.data);
  guest.onerror = (event) => {
    event.preventDefault();
    void die(event.message);
  };
  guest.onmessageerror = () => void die("the guest sent a message that cannot be read");
  order({ kind: "start", pyodide: message.pyodide, site: message.site, control, answers });
}

function obey(message: HostMessage): void {
  if (message.kind === "run") {
    currentRun = message.run;
    return order(message);
  }
  if (message.kind === "complete") return order(message);
  if (message.run !== currentRun) return;
  if (message.kind === "answer") return answer(message.text ?? null);
  Atomics.store(interruptFlag, 0, 2);
  // Wakes a guest that sleeps, and one that waits for the host to take its output.
  Atomics.notify(counters, 0);
  Atomics.notify(answerState, 0);
  Atomics.notify(counters, OUTSTANDING);
  order({ kind: "cancel", run: message.run });
}

/** Gives the guest, which waits in `input()`, what the user said; null when there is nobody to say anything. */
function answer(text: string | null): void {
  let length = NO_ANSWER;
  if (text !== null) {
    const bytes = encoder.encode(text).subarray(0, ANSWER_BYTES - ANSWER_OFFSET);
    new Uint8Array(answers, ANSWER_OFFSET).set(bytes);
    length = bytes.length;
  }
  Atomics.store(answerState, 0, length);
  Atomics.notify(answerState, 0);
}

/** Reads the host's lines. Ends when the host closes its side: an interpreter has no life of its own. */
async function main(): Promise<void> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  for await (const chunk of Deno.stdin.readable) {
    const pieces = decoder.decode(chunk, { stream: true }).split("\n");
    parts.push(pieces[0]);
    for (const piece of pieces.slice(1)) {
      const line = parts.join("");
      parts = [piece];
      if (token === "") start(JSON.parse(line));
      else obey(JSON.parse(line));
    }
  }
  Deno.exit(0);
}

await main();
