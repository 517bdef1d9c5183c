// These are the requests of Python's `http.client`, by the realm's `fetch`. They reach the hosts that
// `--network` allows. Python holds only their numbers and no object, so that it can be saved at any time.

// These are taken now, since code that runs here later may replace the global ones.
const { fetch, setTimeout, clearTimeout, AbortController } = globalThis;

interface Exchange {
  abort: AbortController;
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
}

/** The answer to a request up to its body, or the reason why there is none. */
type Head =
  | { status: number; reason: string; headers: [string, string][] }
  | Failure;
interface Failure {
  failure: "refused" | "timeout" | "other";
  text: string;
}

const exchanges = new Map<number, Exchange>();

/**
 * Sends a request, and follows no redirect.
 *
 * @param id the number by which the caller knows it
 * @param headers pairs of a name and a value, as JSON
 * @param seconds the time that each step may take; 0 for any time
 * @returns a `Head` as JSON
 */
export async function request(
  id: number,
  method: string,
  url: string,
  headers: string,
  body: Uint8Array<ArrayBuffer> | undefined,
  seconds: number,
): Promise<string> {
  const abort = new AbortController();
  exchanges.set(id, { abort, reader: undefined });
  const head: Head = await within(seconds, abort, async () => {
    const response = await fetch(url, {
      method,
      headers: JSON.parse(headers),
      body,
      redirect: "manual",
      signal: abort.signal,
    });
    exchanges.set(id, { abort, reader: response.body?.getReader() });
    return { status: response.status, reason: response.statusText, headers: [...response.headers] };
  });
  if ("failure" in head) end(id);
  return JSON.stringify(head);
}

/**
 * Gives the next piece of a body. It is undefined at the end, and a `Failure` as JSON when it does not come.
 */
export async function read(id: number, seconds: number): Promise<Uint8Array | string | undefined> {
  const exchange = exchanges.get(id);
  if (!exchange) return JSON.stringify({ failure: "other", text: "the connection is closed" });
  const { abort, reader } = exchange;
  const piece = await within(seconds, abort, async () => (await reader?.read())?.value);
  if (piece instanceof Uint8Array) return piece;
  end(id);
  return piece && JSON.stringify(piece);
}

/** Closes the connection, also when more would come. */
export function end(id: number): void {
  exchanges.get(id)?.abort.abort();
  exchanges.delete(id);
}

async function within<Value>(
  seconds: number,
  abort: AbortController,
  work: () => Promise<Value>,
): Promise<Value | Failure> {
  let isLate = false;
  const timer = seconds > 0
    ? setTimeout(() => {
      isLate = true;
      abort.abort();
    }, seconds * 1000)
    : undefined;
  try {
    return await work();
  } catch (error) {
    return isLate ? { failure: "timeout", text: "timed out" } : failure(error);
  } finally {
    clearTimeout(timer);
  }
}

function failure(error: unknown): Failure {
  const { name, message, cause } = (error ?? {}) as Error;
  const text = [message, (cause as Error)?.message].filter((part) => part).join(": ");
  // Deno gives this error for an address that was not granted, or for a name that led to one.
  const isRefused = name === "NotCapable" || text.includes("Requires net access");
  return { failure: isRefused ? "refused" : "other", text };
}
