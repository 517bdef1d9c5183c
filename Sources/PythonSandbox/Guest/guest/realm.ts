// This takes from the guest's JavaScript realm what its Python does not need. Python reaches this realm
// (`import js`), and Deno's permissions hold in any case. Hostile code can try less without Deno, Node,
// workers, caches and the worker's channel, and can keep nothing.
import type { Stream } from "../channel/wire.ts";
import { hideFolders } from "./stacktraces.ts";

/** The global names that stay: ECMAScript, and the part of the web that concerns data, time and the network. */
const KEPT = new Set(
  ("globalThis Infinity NaN undefined eval isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent " +
    "encodeURI encodeURIComponent escape unescape " +
    "Object Function Boolean Symbol Number BigInt Math Date String RegExp Array Map Set WeakMap WeakSet WeakRef " +
    "FinalizationRegistry Promise Proxy Reflect JSON Iterator Atomics Intl WebAssembly Temporal " +
    "ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array " +
    "BigInt64Array BigUint64Array Float16Array Float32Array Float64Array " +
    "Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError " +
    "DisposableStack AsyncDisposableStack " +
    "console setTimeout clearTimeout setInterval clearInterval setImmediate clearImmediate queueMicrotask " +
    "structuredClone performance crypto Crypto CryptoKey SubtleCrypto atob btoa " +
    "fetch Request Response Headers FormData Blob File URL URLSearchParams URLPattern " +
    "WebSocket CloseEvent MessageEvent Event EventTarget CustomEvent ErrorEvent ProgressEvent " +
    "AbortController AbortSignal DOMException " +
    "TextEncoder TextDecoder TextEncoderStream TextDecoderStream CompressionStream DecompressionStream " +
    "ReadableStream ReadableStreamDefaultReader ReadableStreamBYOBReader ReadableStreamBYOBRequest " +
    "ReadableByteStreamController ReadableStreamDefaultController TransformStream " +
    "TransformStreamDefaultController WritableStream WritableStreamDefaultController " +
    "WritableStreamDefaultWriter ByteLengthQueuingStrategy CountQueuingStrategy").split(" "),
);

// deno-lint-ignore no-explicit-any
const realm = globalThis as any;

// deno-lint-ignore no-explicit-any
type Callback = (...values: any[]) => void;
type Timer = ReturnType<typeof setTimeout>;

/** Remembers timers from now on. The result counts those that are still waiting. */
export function trackTimers(): { countTimers(): number } {
  const waiting = new Set<Timer>();
  const { setTimeout, setInterval, clearTimeout } = globalThis;
  const clear = (id: Timer) => {
    waiting.delete(id);
    clearTimeout(id);
  };
  const check = (callback: unknown) => {
    if (typeof callback !== "function") throw new TypeError("a timer takes a function");
  };
  realm.setTimeout = (callback: Callback, delay?: number, ...values: unknown[]) => {
    check(callback);
    const id: Timer = setTimeout(
      (...given) => {
        waiting.delete(id);
        callback(...given);
      },
      delay,
      ...values,
    );
    waiting.add(id);
    return id;
  };
  realm.setInterval = (callback: Callback, delay?: number, ...values: unknown[]) => {
    check(callback);
    const id: Timer = setInterval(callback, delay, ...values);
    waiting.add(id);
    return id;
  };
  realm.clearTimeout = realm.clearInterval = clear;
  return { countTimers: () => waiting.size };
}

/** Removes all other names for good. `write` gets the text that is written to the console. */
export function confineRealm(write: (stream: Stream, text: string) => void): void {
  const say = (stream: Stream) => (...values: unknown[]) =>
    write(stream, values.map(String).join(" ") + "\n");
  const [out, err] = [say(1), say(2)];
  hideFolders();
  demandWholeAddresses();
  const console = { log: out, info: out, debug: out, warn: err, error: err, trace: err };
  let holder = realm;
  while (holder && holder !== EventTarget.prototype && holder !== Object.prototype) {
    const next = Object.getPrototypeOf(holder);
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (name !== "constructor" && (holder !== realm || !KEPT.has(name))) remove(holder, name);
    }
    holder = next;
  }
  define("console", Object.freeze(console));
  for (const name of ["Deno", "process", "postMessage", "close", "caches", "Worker"]) {
    if (realm[name] !== undefined) throw new Error(`${name} cannot be removed`);
  }
  globals = new Set(Object.getOwnPropertyNames(realm));
}

/** An address that is not whole would be completed by this thread's own, which is a path of the host. */
function demandWholeAddresses(): void {
  const { fetch, Request, Response } = globalThis;
  const { apply, construct } = Reflect;
  const { canParse } = URL;
  const { redirect } = Response;
  const addressOf = Object.getOwnPropertyDescriptor(Request.prototype, "url")!.get!;
  const whole = (input: unknown) => {
    try {
      apply(addressOf, input, []);
      return input; // It is a request, whose address is whole.
    } catch {
      const text = `${input}`;
      if (canParse(text)) return text;
      throw new TypeError(`Invalid URL: '${text}'`);
    }
  };
  const checked = new Proxy(Request, {
    construct: (type, [input, ...more], made) => construct(type, [whole(input), ...more], made),
  });
  realm.fetch = async (input: string, ...more: []) => await fetch(whole(input) as string, ...more);
  realm.Request = checked;
  Object.assign(Request.prototype, { constructor: checked });
  Object.assign(Response, {
    redirect: (input: string, ...more: []) => apply(redirect, Response, [whole(input), ...more]),
  });
}

let globals: Set<string>;

/** The global names that were added since `confineRealm`. */
export function addedGlobals(): string[] {
  return Object.getOwnPropertyNames(realm).filter((name) => !globals.has(name));
}

function define(name: string, value: object): void {
  Object.defineProperty(realm, name, { value, writable: false, configurable: false });
}

function remove(holder: object, name: string): void {
  if (!Reflect.deleteProperty(holder, name)) {
    Reflect.defineProperty(holder, name, { value: undefined, writable: false, configurable: false });
  }
}
