// These are the messages between the warden and the guest. The guest is untrusted, so the warden checks all
// of them.

/** The first line that the host writes. It says how the interpreter starts. */
export interface StartMessage {
  /** The word that opens every frame of the warden. The guest never learns it. */
  token: string;
  /** The Pyodide distribution's folder. */
  pyodide: string;
  /** The image's `site` folder. */
  site: string;
  /** The image's snapshot to start from. Without it Python starts anew. */
  snapshot?: string;
  /** The network: `none`, or `inherit` for the permissions of the process. */
  network: "none" | "inherit";
  limits: Limits;
  /** True when checkpoints may be taken. */
  savable: boolean;
  /** True when runs will be undone, for which the guest prepares. */
  resets: boolean;
  /** The number of bytes in the checkpoint to go on from, which follow this line; 0 for none. */
  checkpoint: number;
  /** True when random numbers are to differ from those after the checkpoint. */
  reseed: boolean;
}

/** The limits of the code. */
export interface Limits {
  /** Python's memory, in pages of 64 KiB. */
  memoryPages: number;
  /** The output of one run, in bytes of UTF-8; more is dropped. */
  outputBytes: number;
  /** The JSON text of a result, in characters. */
  resultCharacters: number;
  /** The number of a run's images, and the length of one in base64. Others are dropped. */
  images: number;
  imageCharacters: number;
  /** The size of the files that Python has written and not removed, in bytes. */
  fileBytes: number;
  /** The number of files and folders that there may be in memory. */
  files: number;
}

/** The host's order for a run. */
export interface RunOrder {
  kind: "run";
  run: number;
  code: string;
  globals: string;
  keep: boolean;
  /** True when the changes of the run are undone where that is possible. */
  reset: boolean;
  /** The seconds that the run may take; 0 for any time. The host keeps the time. */
  timeout: number;
  /** True when the value of each expression statement is displayed, as at Python's own prompt. */
  interactive: boolean;
  /** The program's name and its arguments, as a JSON array; empty for none. */
  argv: string;
  /** The width of the console that shows the output; 0 for unknown. */
  columns: number;
}

/** The host's later lines. */
export type HostMessage =
  | RunOrder
  | { kind: "interrupt"; run: number; late: boolean }
  | { kind: "answer"; run: number; text: string | null }
  | { kind: "complete"; request: number; text: string }
  | { kind: "checkpoint"; request: number }
  | HoldMessage
  | RestoreMessage;

/** The order to let nothing that earlier runs have left go on until the next order. */
export interface HoldMessage {
  kind: "hold";
  /** True when it is interrupted too, since it did not come to where it can be held. */
  interrupts: boolean;
}

/** The order to go on from a checkpoint, before any code has run. Another `ready` follows. */
export interface RestoreMessage {
  kind: "restore";
  /** The number of bytes in the checkpoint, which follow this line. */
  checkpoint: number;
  /** True when random numbers are to differ from those after the checkpoint. */
  reseed: boolean;
}

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
  // The data is a PNG in base64; it is empty for an image that is missing.
  | { kind: "image"; data: string }
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
  | { kind: "dead"; reason: string };

/** The file descriptor of the stream: 1 is stdout, and 2 is stderr; 3 is for values that are displayed. */
export type Stream = 1 | 2 | 3;

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
