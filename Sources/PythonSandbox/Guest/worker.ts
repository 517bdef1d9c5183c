// Starts the guest's thread, with no more permissions than it needs.
import { compileLibraries, compileProgram } from "./compile.ts";
import { mayHave } from "./headercheck.ts";
import type { GuestOrder, StartOrder } from "./messages.ts";
import { SnapshotReader } from "./snapshotfile.ts";

/** What the guest is started with, but for the channel to it. */
export type GuestStart = Omit<StartOrder, "port">;

/**
 * @param network `inherit` for what the process was granted
 * @param onMessage gets whatever the guest sends; what it is must be checked
 * @param onEnd gets why the guest cannot go on
 */
export function startGuest(
  start: GuestStart,
  network: "none" | "inherit",
  onMessage: (data: unknown) => void,
  onEnd: (reason: string) => void,
): MessagePort {
  const read = [new URL(".", import.meta.url).pathname, start.pyodide, start.site];
  if (start.snapshot !== undefined) read.push(start.snapshot);
  const guest = new Worker(new URL("./guest.ts", import.meta.url), {
    type: "module",
    name: "guest",
    // @ts-ignore: `deno` is there with --unstable-worker-options.
    deno: {
      permissions: {
        read,
        net: network === "inherit" ? "inherit" : false,
        write: false,
        env: false,
        sys: false,
        run: false,
        ffi: false,
        import: false,
      },
    },
  });
  guest.onerror = (event) => {
    event.preventDefault();
    onEnd(event.message);
  };
  // The channel's end is known to the guest's module alone: code in the guest cannot read or write there.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => onMessage(event.data);
  port1.onmessageerror = () => onEnd("the guest sent a message that cannot be read");
  const libraries = librariesOf(start);
  const moved = start.checkpoint ? [start.checkpoint.buffer] : [];
  guest.postMessage({ ...start, port: port2 } satisfies StartOrder, [port2, ...moved]);
  const order = (order: GuestOrder) => port1.postMessage(order);
  // The guest's thread is being made meanwhile, and loads what else it needs.
  order({ kind: "program", compiled: compileProgram(start.pyodide, start.limits.memoryPages) });
  if (libraries) order({ kind: "libraries", compiled: compiledLibraries(libraries, start.site) });
  return port1;
}

/** The libraries of what Python goes on from, by their paths in Python; undefined when that is nothing. */
function librariesOf(
  { snapshot, checkpoint }: Pick<GuestStart, "snapshot" | "checkpoint">,
): string[] | undefined {
  if (!checkpoint && snapshot === undefined) return undefined;
  try {
    if (!checkpoint) {
      using reader = SnapshotReader.open(snapshot!);
      return reader.preface.libraries;
    }
    using reader = SnapshotReader.of(checkpoint);
    const { libraries } = reader.preface;
    const known = librariesOf({ snapshot })?.length ?? 0;
    return mayHave(libraries, known) ? libraries : []; // The guest refuses it, as below.
  } catch {
    return []; // What cannot be used: the guest finds that out, too, and says so.
  }
}

/** The code of those of a checkpoint's libraries that the image's snapshot has not. */
export function compileMore(
  checkpoint: Uint8Array<ArrayBuffer>,
  { snapshot, site }: Pick<GuestStart, "snapshot" | "site">,
): WebAssembly.Module[] {
  const known = librariesOf({ snapshot }) ?? [];
  return compiledLibraries((librariesOf({ snapshot, checkpoint }) ?? []).slice(known.length), site);
}

function compiledLibraries(libraries: string[], site: string): WebAssembly.Module[] {
  try {
    return compileLibraries(libraries, site);
  } catch {
    return []; // As above.
  }
}
