// Starts the guest's thread, with no more permissions than it needs.
import type { StartOrder } from "./messages.ts";

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
  const order: StartOrder = { ...start, port: port2 };
  guest.postMessage(order, [port2]);
  return port1;
}
