// The trusted thread: it speaks to the host, owns the interrupt flag and watches the guest.
import { Answer, type GuestOrder, type GuestReport, Shared } from "../channel/messages.ts";
import type { Frame, Limits, Mounted, Order, OrderOf, Stream } from "../channel/wire.ts";
import { cut, fewer, joined, MAX_PROMPT, MAX_REASON, pieces } from "./bounds.ts";
import { Answerer, isRequest, makeExchange, MOST } from "../channel/exchange.ts";
import { HostPipe } from "./hostpipe.ts";
import { makeRing, RingReader } from "../channel/ring.ts";
import { compileMore, startGuest } from "./worker.ts";

const interrupt = new SharedArrayBuffer(4);
const interruptFlag = new Uint8Array(interrupt);
const output = makeRing();
const ring = new RingReader(output);
const shared = new SharedArrayBuffer(Shared.bytes);
const words = new Int32Array(shared);
const answers = new SharedArrayBuffer(Answer.bytes);
const answerState = new Int32Array(answers, 0, 1);

/** The bytes of a checkpoint besides Python's memory and its files. */
const MAX_HEADER = 64 << 20;

let token = "";
let limits: Limits;
let port: MessagePort;
let begun: OrderOf<"start">;
let isReady = false;
let currentRun: number | null = null;
let isAsking = false;
/** The completions and checkpoints that the host waits for. No others are handed on. */
const owedCompletions = new Set<number>();
const owedCheckpoints = new Set<number>();
let mounts: Mounted[] = [];
let exchange: Answerer;
/** The request for a file that the host has not answered. */
let openRequest: number | null = null;
/** True when the guest has made a change that cannot be undone. */
let isSpent = false;

// This is output that the pipe has not taken yet. During a write, further output stays in the ring. So the
// host reads once for many lines, and a guest that prints too much waits.
const encoder = new TextEncoder();
let pending: (string | Uint8Array)[] = [];
/** The calls to make when the pipe has taken all that is pending. */
let onTaken: (() => void)[] = [];
let lastOutput: { stream: Stream; parts: string[] } | null = null;
let acknowledged = 0;
let writing = false;
/** True when the output of the guest is not taken any more. */
let isDying = false;
/** The decoders of the current run's streams. */
let decoders = newDecoders();
/** The bytes that the current run has written, and true when it wrote more than it may. */
let outputBytes = 0;
let isOutputDropped = false;
/** The number of images of the current run, and of those that were dropped. */
let images = 0;
let imagesDropped = 0;

function flushOutput(): void {
  if (!lastOutput) return;
  const { stream, parts } = lastOutput;
  lastOutput = null;
  for (const text of pieces(parts.join(""))) {
    pending.push(line({ kind: "output", stream, text }));
  }
}

/** The beginning of `text`, with as much as the run may still write. */
function withinLimit(text: string): string {
  const left = limits.outputBytes - outputBytes;
  const room = new Uint8Array(Math.min(left, text.length * 3));
  const { read, written } = encoder.encodeInto(text, room);
  outputBytes += written;
  if (read === text.length) return text;
  isOutputDropped = true;
  Atomics.store(words, Shared.full, 1);
  return text.slice(0, read);
}

function newDecoders(): Record<Stream, TextDecoder> {
  return { 1: new TextDecoder(), 2: new TextDecoder(), 3: new TextDecoder() };
}

function hasOutput(): boolean {
  return !isDying && ring.hasMore;
}

/** Takes the output that is in the ring. */
function takeOutput(): void {
  if (!hasOutput()) return;
  try {
    for (const { stream, bytes } of ring.take()) {
      writeOutput(stream, decoders[stream].decode(bytes, { stream: true }));
    }
  } catch (error) {
    void die((error as Error).message);
  }
}

/** Takes the rest of the run's output, and characters that it has not finished. */
function endOutput(): void {
  takeOutput();
  for (const stream of [1, 2, 3] as const) writeOutput(stream, decoders[stream].decode());
}

function writeOutput(stream: Stream, text: string): void {
  if (text === "" || currentRun === null || isOutputDropped) return;
  const kept = withinLimit(text);
  if (kept === "") return;
  if (lastOutput && lastOutput.stream !== stream) flushOutput();
  lastOutput ??= { stream, parts: [] };
  lastOutput.parts.push(kept);
}

function writeImage(data: string, drawing: string): void {
  acknowledged += 1;
  if (currentRun !== null) {
    images += 1;
    const isMissing = data === "" || data.length > limits.imageCharacters || images > limits.images;
    if (isMissing) imagesDropped += 1;
    else if (drawing === "" || drawing.length > limits.drawingCharacters) {
      writeFrame({ kind: "image", run: currentRun, data });
    } else writeFrame({ kind: "image", run: currentRun, data, drawing });
  }
  drain();
}

function line(frame: Frame): string {
  return `${token} ${JSON.stringify(frame)}\n`;
}

/** Writes a frame to the host, and then the bytes that belong to it. */
function writeFrame(frame: Frame, bytes: Uint8Array[] = []): void {
  flushOutput();
  pending.push(line(frame), ...bytes);
  drain();
}

/** Writes a frame at once if the pipe is free, since its guest waits. */
function writeSoon(frame: Frame, bytes: Uint8Array[]): void {
  flushOutput();
  if (writing || pending.length > 0 || acknowledged > 0 || hasOutput()) return writeFrame(frame, bytes);
  for (const piece of joined([line(frame), ...bytes])) {
    for (let offset = 0; offset < piece.length;) offset += Deno.stdout.writeSync(piece.subarray(offset));
  }
}

async function drain(): Promise<void> {
  if (writing) return;
  writing = true;
  while (pending.length > 0 || lastOutput || acknowledged > 0 || hasOutput()) {
    takeOutput();
    flushOutput();
    const taking = pending;
    const taken = acknowledged;
    const told = onTaken;
    pending = [];
    acknowledged = 0;
    onTaken = [];
    for (const bytes of joined(taking)) {
      for (let offset = 0; offset < bytes.length;) offset += await Deno.stdout.write(bytes.subarray(offset));
    }
    Atomics.sub(words, Shared.outstanding, taken);
    Atomics.notify(words, Shared.outstanding);
    for (const tell of told) tell();
  }
  writing = false;
}

/** Writes a frame, and resolves when the pipe has it. The host reads it even if this process ends then. */
function delivered(frame: Frame): Promise<void> {
  return new Promise((resolve) => {
    onTaken.push(resolve);
    writeFrame(frame);
  });
}

async function die(reason: string): Promise<never> {
  currentRun = null;
  isDying = true;
  writeFrame({ kind: "dead", reason: cut(reason, MAX_REASON) });
  while (writing) await new Promise((resolve) => setTimeout(resolve, 1));
  Deno.exit(1);
}

function isReport(data: unknown): data is GuestReport {
  if (typeof data !== "object" || data === null) return false;
  const report = data as Record<string, unknown>;
  switch (report.kind) {
    case "ready":
      return !isReady && typeof report.python === "string" && report.python.length < 100;
    case "image":
      return typeof report.data === "string" && typeof report.drawing === "string";
    case "output":
    case "spent":
      return true;
    case "done":
      return report.run === currentRun && typeof report.result === "string";
    case "input":
      return report.run === currentRun && !isAsking && typeof report.prompt === "string" &&
        typeof report.hidden === "boolean";
    case "completions":
      return owedCompletions.has(report.request as number) && Array.isArray(report.values) &&
        report.values.every((value) => typeof value === "string");
    case "checkpoint":
      return owedCheckpoints.has(report.request as number) && Array.isArray(report.pieces) &&
        report.pieces.length < 1e6 &&
        report.pieces.every((piece) => piece instanceof Uint8Array && piece.buffer instanceof ArrayBuffer);
    case "unsavable":
      return owedCheckpoints.has(report.request as number) && typeof report.reason === "string";
    case "file":
      return openRequest === null && isRequest(report.request, mounts.length);
    case "dead":
      return typeof report.reason === "string";
    default:
      return false;
  }
}

function receive(data: unknown): void {
  // A message of the wrong shape does not come from our code.
  if (!isReport(data)) return;
  switch (data.kind) {
    case "ready":
      isReady = true;
      return writeFrame({ kind: "ready", python: data.python });
    case "output":
      ring.heard();
      return void drain();
    case "image":
      takeOutput();
      return writeImage(data.data, data.drawing);
    case "spent":
      isSpent = true;
      return;
    case "done":
      if (data.result.length > limits.resultCharacters) return void die("its result is too large");
      endOutput();
      currentRun = null;
      Atomics.store(interruptFlag, 0, 0);
      return writeFrame({
        kind: "done",
        run: data.run,
        result: data.result.toWellFormed(),
        dropped: isOutputDropped,
        imagesDropped,
        spent: isSpent,
      });
    case "input":
      isAsking = true;
      takeOutput();
      return writeFrame({
        kind: "input",
        run: data.run,
        prompt: cut(data.prompt, MAX_PROMPT),
        hidden: data.hidden,
      });
    case "completions": {
      owedCompletions.delete(data.request);
      return writeFrame({ kind: "completions", request: data.request, values: fewer(data.values) });
    }
    case "checkpoint": {
      owedCheckpoints.delete(data.request);
      const bytes = data.pieces.reduce((sum, piece) => sum + piece.length, 0);
      if (bytes > longestCheckpoint()) {
        return unsavable(data.request, "it is larger than an interpreter may be");
      }
      return writeFrame({ kind: "checkpoint", request: data.request, bytes }, data.pieces);
    }
    case "unsavable":
      owedCheckpoints.delete(data.request);
      return unsavable(data.request, data.reason);
    case "file": {
      const { request, ...rest } = data.request;
      openRequest = request;
      const content = rest.bytes > 0 ? [exchange.content.subarray(0, rest.bytes)] : [];
      return writeSoon({ kind: "file", request, ...rest }, content);
    }
    case "dead":
      void die(data.reason);
  }
}

function unsavable(request: number, reason: string): void {
  writeFrame({ kind: "unsavable", request, reason: cut(reason, MAX_REASON) });
}

function longestCheckpoint(): number {
  return limits.memoryPages * 65536 + limits.fileBytes + MAX_HEADER;
}

function order(message: GuestOrder, moved: Transferable[] = []): void {
  port.postMessage(message, moved);
}

async function start(message: OrderOf<"start">, pipe: HostPipe): Promise<void> {
  token = message.token;
  limits = message.limits;
  begun = message;
  const { pyodide, site, snapshot, savable: isSavable, resets, reseed } = message;
  mounts = message.mounts === "" ? [] : JSON.parse(message.mounts);
  const files = mounts.length > 0 ? makeExchange() : undefined;
  if (files) exchange = new Answerer(files);
  const checkpoint = message.checkpoint > 0 ? await takeCheckpoint(message.checkpoint, pipe) : undefined;
  const first = {
    pyodide,
    site,
    snapshot,
    isSavable,
    resets,
    checkpoint,
    reseed,
    interrupt,
    output,
    shared,
    answers,
    limits,
    mounts,
    files,
  };
  port = startGuest(first, message.network, receive, (reason) => void die(reason));
}

async function takeCheckpoint(bytes: number, pipe: HostPipe): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (bytes > longestCheckpoint()) await die("the checkpoint is larger than the limits allow");
  return await pipe.bytes(bytes) ?? undefined;
}

async function restore(message: OrderOf<"restore">, pipe: HostPipe): Promise<void> {
  const checkpoint = await takeCheckpoint(message.checkpoint, pipe);
  if (!checkpoint) return;
  isReady = false;
  const libraries = compileMore(checkpoint, begun);
  order({ kind: "restore", checkpoint, libraries, reseed: message.reseed }, [checkpoint.buffer]);
}

/** Hands the host's answer to the guest. */
async function answerFile(message: OrderOf<"file">, pipe: HostPipe): Promise<void> {
  const { request, bytes } = message;
  if (request !== openRequest || bytes > MOST) return void await die("the host answered what nobody asked");
  if (!await pipe.fill(exchange.content.subarray(0, bytes))) return;
  openRequest = null;
  exchange.answer(request, message);
}

/** Lets the guest's event loop stand still, between two runs, until the next order. */
function hold({ interrupts }: OrderOf<"hold">): void {
  if (currentRun !== null) return;
  Atomics.store(words, Shared.held, 1);
  if (interrupts) wakeWithInterrupt();
  order({ kind: "hold" });
}

function release(): void {
  Atomics.store(words, Shared.held, 0);
  Atomics.notify(words, Shared.held);
}

/** Interrupts Python wherever it is, also where it sleeps, or waits for the host to take its output. */
function wakeWithInterrupt(): void {
  Atomics.store(interruptFlag, 0, 2);
  Atomics.notify(words, Shared.sleep);
  Atomics.notify(answerState, 0);
  exchange?.wake();
  Atomics.notify(words, Shared.outstanding);
  ring.wake();
}

async function obey(message: Exclude<Order, { kind: "start" | "restore" | "file" }>): Promise<void> {
  if (message.kind === "hold") return hold(message);
  if (message.kind === "run") {
    // Without this frame the host believes that none of the code has run, and runs it in another process.
    await delivered({ kind: "begun", run: message.run });
    takeOutput(); // This output belongs to no run.
    currentRun = message.run;
    decoders = newDecoders();
    outputBytes = 0;
    isOutputDropped = false;
    images = 0;
    imagesDropped = 0;
    isAsking = false;
    Atomics.store(words, Shared.full, 0);
    Atomics.store(words, Shared.late, 0);
    Atomics.store(interruptFlag, 0, 0);
    release();
    return order(message);
  }
  if (message.kind === "complete" || message.kind === "checkpoint") {
    const owed = message.kind === "complete" ? owedCompletions : owedCheckpoints;
    owed.add(message.request);
    release();
    return order(message);
  }
  if (message.run !== currentRun) return;
  isAsking = false;
  if (message.kind === "answer") return answer(message.text ?? null);
  Atomics.store(words, Shared.late, message.late ? 1 : 0);
  Atomics.store(words, Shared.interrupted, message.run);
  wakeWithInterrupt();
  order({ kind: "cancel", run: message.run });
}

/** Gives the user's answer to a guest in `input()`. It is null when no user can be asked. */
function answer(text: string | null): void {
  let length: number = Answer.none;
  if (text !== null) {
    const bytes = encoder.encode(text).subarray(0, Answer.bytes - Answer.offset);
    new Uint8Array(answers, Answer.offset).set(bytes);
    length = bytes.length;
  }
  Atomics.store(answerState, 0, length);
  Atomics.notify(answerState, 0);
}

/** Reads the host's lines until the host closes its side: an interpreter must not outlive it. */
async function main(): Promise<void> {
  const pipe = new HostPipe((buffer) => Deno.stdin.read(buffer));
  for (let line = await pipe.line(); line !== null; line = await pipe.line()) {
    const message: Order = JSON.parse(line);
    if (message.kind === "start") await start(message, pipe);
    else if (message.kind === "file") await answerFile(message, pipe);
    else if (message.kind === "restore") await restore(message, pipe);
    else await obey(message);
  }
  Deno.exit(0);
}

await main();
