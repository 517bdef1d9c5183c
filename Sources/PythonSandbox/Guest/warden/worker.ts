// This starts the guest's thread, with no more permissions than it needs.
import { compileLibraries, compileProgram } from "../pyodide/compile.ts";
import { mayHave } from "../state/headercheck.ts";
import type { GuestOrder, StartOrder } from "../channel/messages.ts";
import { SnapshotReader } from "../state/snapshotfile.ts";

/** The guest's first message without the channel to it. */
export type GuestStart = Omit<StartOrder, "port">;

/**
 * Starts the guest and gives the channel to it.
 *
 * @param network `inherit` for the permissions of the process
 * @param onMessage gets the guest's messages, which must be checked
 * @param onEnd gets the reason why the guest cannot go on
 */
export function startGuest(
  start: GuestStart,
  network: "none" | "inherit",
  onMessage: (data: unknown) => void,
  onEnd: (reason: string) => void,
): MessagePort {
  const read = [new URL("..", import.meta.url).pathname, start.pyodide, start.site];
  if (start.snapshot !== undefined) read.push(start.snapshot);
  const guest = new Worker(new URL("../guest/guest.ts", import.meta.url), {
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
  // Only the guest's module knows the end of the channel: other code in the guest cannot read or write there.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => onMessage(event.data);
  port1.onmessageerror = () => onEnd("the guest sent a message that cannot be read");
  const libraries = librariesOf(start);
  const moved = start.checkpoint ? [start.checkpoint.buffer] : [];
  guest.postMessage({ ...start, port: port2 } satisfies StartOrder, [port2, ...moved]);
  const order = (order: GuestOrder) => port1.postMessage(order);
  // Meanwhile the guest's thread is made, and loads other code that it needs.
  order({ kind: "program", compiled: compileProgram(start.pyodide, start.limits.memoryPages) });
  if (libraries) order({ kind: "libraries", compiled: compiledLibraries(libraries, start.site) });
  return port1;
}

/** The libraries of the snapshot or checkpoint, by their paths in Python; undefined without one. */
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
    return mayHave(libraries, known) ? libraries : []; // The guest refuses the checkpoint, as below.
  } catch {
    return []; // The guest finds out, too, that the file cannot be used, and says so.
  }
}

/** The code of the checkpoint's libraries that the image's snapshot does not have. */
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
    return []; // The guest finds the same error, and says so.
  }
}
