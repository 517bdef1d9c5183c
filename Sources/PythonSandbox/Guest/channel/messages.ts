// These are the messages between the warden and the guest. The guest is untrusted, so the warden checks all
// of them.
import type { FileRequest } from "./exchange.ts";
import type { Limits, Mounted, RunOrder } from "./wire.ts";

/**
 * The first message to the guest, on its own channel. All others go over `port`, which only its module knows.
 */
export interface StartOrder {
  port: MessagePort;
  pyodide: string;
  site: string;
  snapshot?: string;
  /** The modules to import in the step that makes a snapshot. Python is then saved, and runs no code. */
  imports?: string[];
  /** True when checkpoints may be taken. Python then holds JavaScript's global objects by name. */
  isSavable: boolean;
  /** True when runs will be undone. */
  resets: boolean;
  /** The checkpoint to go on from, in place of the snapshot alone. */
  checkpoint?: Uint8Array<ArrayBuffer>;
  /** True when random numbers are to differ from those after the checkpoint. */
  reseed: boolean;
  /** The memory of Pyodide's interrupt flag: 2 in byte 0 asks for KeyboardInterrupt. */
  interrupt: SharedArrayBuffer;
  /** The memory of the code's output, see `ring.ts`. */
  output: SharedArrayBuffer;
  /** The memory in which both threads count, see `Shared`. */
  shared: SharedArrayBuffer;
  /** The memory of the answer to `input()`, see `Answer`. */
  answers: SharedArrayBuffer;
  limits: Limits;
  /** The mounts, and the memory of the exchange about their files, see `exchange.ts`; neither without mounts. */
  mounts: Mounted[];
  files?: SharedArrayBuffer;
}

/** An order of the warden to the guest. */
export type GuestOrder =
  // The program is Pyodide's WebAssembly, with the memory's limit in it.
  | { kind: "program"; compiled: WebAssembly.Module }
  // The libraries are those of the snapshot, in its order.
  | { kind: "libraries"; compiled: WebAssembly.Module[] }
  | RunOrder
  | { kind: "cancel"; run: number }
  | { kind: "complete"; request: number; text: string }
  | { kind: "checkpoint"; request: number }
  | { kind: "hold" }
  // The libraries are those of the checkpoint that the snapshot does not have.
  | {
    kind: "restore";
    checkpoint: Uint8Array<ArrayBuffer>;
    libraries: WebAssembly.Module[];
    reseed: boolean;
  };

/** A report of the guest to the warden. `result` is JSON text that the host decodes. */
export type GuestReport =
  | { kind: "ready"; python: string }
  // This report tells that there is output in the ring.
  | { kind: "output" }
  // The data is a PNG in base64; it is empty for an image that is missing. The drawing for cells may be empty too.
  | { kind: "image"; data: string; drawing: string }
  // The code may have left changes that cannot be undone. Only another interpreter runs code as the first
  // time.
  | { kind: "spent" }
  | { kind: "done"; run: number; result: string }
  // With `hidden` the answer must not be shown while it is typed.
  | { kind: "input"; run: number; prompt: string; hidden: boolean }
  | { kind: "completions"; request: number; values: string[] }
  // The report has the snapshot's file in pieces, and sentences about modules that could not be imported.
  | { kind: "saved"; pieces: Uint8Array<ArrayBuffer>[]; failures: string[] }
  // The answer to a checkpoint's order has its pieces, or the reason why there is none.
  | { kind: "checkpoint"; request: number; pieces: Uint8Array<ArrayBuffer>[] }
  | { kind: "unsavable"; request: number; reason: string }
  // The guest asks for a file below a mount. The content of a request stands in the memory of the exchange.
  | { kind: "file"; request: FileRequest }
  | { kind: "dead"; reason: string };

/** The words of the memory in which both threads count. The warden believes none of them. */
export const Shared = {
  /** The word on which the guest waits to sleep. It is never written. */
  sleep: 0,
  /** The number of images that the guest has posted and the host has not yet taken. */
  outstanding: 1,
  /** The word is not 0 when the run's output limit is reached. */
  full: 2,
  /** The word is not 0 when the interrupt means that the run's time is over. */
  late: 3,
  /** The number of the run that was interrupted last. */
  interrupted: 4,
  /** The word is not 0 while nothing may go on between two runs. */
  held: 5,
  bytes: 24,
} as const;

/**
 * The memory of the answer to `input()`.
 *
 * Word 0 says what is there: `waiting`, `none`, or the number of bytes. The text follows in UTF-8.
 */
export const Answer = { waiting: -1, none: -2, offset: 4, bytes: 1 << 20 } as const;
