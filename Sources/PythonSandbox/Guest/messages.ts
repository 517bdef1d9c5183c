// What the warden and the guest say to each other. The guest is untrusted: the warden checks all of it.

/** What an interpreter is started with: the first line that the host writes. */
export interface StartMessage {
  /** Opens every frame that the warden writes; the guest never learns it. */
  token: string;
  /** The Pyodide distribution's folder. */
  pyodide: string;
  /** The image's `site` folder. */
  site: string;
  /** The image's snapshot, to start from; without it Python starts anew. */
  snapshot?: string;
  /** `none`, or `inherit` for what the process was granted. */
  network: "none" | "inherit";
  limits: Limits;
  /** Whether checkpoints may be taken. */
  savable: boolean;
  /** Whether runs will be undone: what that takes is prepared ahead. */
  resets: boolean;
  /** Bytes of the checkpoint to go on from, which follow this line; 0 for none. */
  checkpoint: number;
  /** Whether random numbers are to be others than after the checkpoint. */
  reseed: boolean;
}

/** What the code may use. */
export interface Limits {
  /** Python's memory, in pages of 64 KiB. */
  memoryPages: number;
  /** Output of one run, in bytes of UTF-8; more is dropped. */
  outputBytes: number;
  /** A result's JSON text, in characters. */
  resultCharacters: number;
  /** A run's images: how many, and how long one may be in base64; others are dropped. */
  images: number;
  imageCharacters: number;
  /** The files that Python has written and not removed, in bytes. */
  fileBytes: number;
  /** How many files and folders there may be in memory. */
  files: number;
}

/** A run as the host orders it. */
export interface RunOrder {
  kind: "run";
  run: number;
  code: string;
  globals: string;
  keep: boolean;
  /** Whether what it changes is undone, where that can be. */
  reset: boolean;
  /** Seconds that the run may take; the host keeps the time. 0 for any. */
  timeout: number;
  /** Whether all values are displayed, as at Python's own prompt, and not only the last one is given. */
  interactive: boolean;
  /** The program's name and its arguments, as a JSON array; empty for none. */
  argv: string;
  /** How wide the console is that shows what the run prints; 0 for unknown. */
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

/** Let nothing of what earlier runs have left go on until the next order. */
export interface HoldMessage {
  kind: "hold";
  /** Whether it is interrupted too, since it did not come to where it can be held. */
  interrupts: boolean;
}

/** Go on from a checkpoint, if no code has run yet: then there is another `ready`. */
export interface RestoreMessage {
  kind: "restore";
  /** Bytes of the checkpoint, which follow this line. */
  checkpoint: number;
  /** Whether random numbers are to be others than after the checkpoint. */
  reseed: boolean;
}

/** The first message to the guest, on its own channel; all others go over `port`, which only its module knows. */
export interface StartOrder {
  port: MessagePort;
  pyodide: string;
  site: string;
  snapshot?: string;
  /** Set in the step that makes a snapshot: import these, then save Python instead of running code. */
  imports?: string[];
  /** Whether checkpoints may be taken: Python then holds JavaScript's global objects by name. */
  isSavable: boolean;
  /** Whether runs will be undone. */
  resets: boolean;
  /** The checkpoint to go on from, in place of the snapshot alone. */
  checkpoint?: Uint8Array<ArrayBuffer>;
  /** Whether random numbers are to be others than after the checkpoint. */
  reseed: boolean;
  /** Byte 0 is Pyodide's interrupt flag: 2 asks for KeyboardInterrupt. */
  interrupt: SharedArrayBuffer;
  /** What the code writes, see `ring.ts`. */
  output: SharedArrayBuffer;
  /** What both threads count, see `Shared`. */
  shared: SharedArrayBuffer;
  /** Where the guest finds the answer to `input()`, see `Answer`. */
  answers: SharedArrayBuffer;
  limits: Limits;
}

/** From the warden to the guest. */
export type GuestOrder =
  // Pyodide's WebAssembly, with the memory's limit in it.
  | { kind: "program"; compiled: WebAssembly.Module }
  // The code of the snapshot's libraries, in its order.
  | { kind: "libraries"; compiled: WebAssembly.Module[] }
  | RunOrder
  | { kind: "cancel"; run: number }
  | { kind: "complete"; request: number; text: string }
  | { kind: "checkpoint"; request: number }
  | { kind: "hold" }
  // With the code of those of its libraries that the snapshot has not.
  | {
    kind: "restore";
    checkpoint: Uint8Array<ArrayBuffer>;
    libraries: WebAssembly.Module[];
    reseed: boolean;
  };

/** From the guest to the warden. `result` is JSON text that the host decodes. */
export type GuestReport =
  | { kind: "ready"; python: string }
  // There is output in the ring.
  | { kind: "output" }
  // A PNG in base64; nothing for one that is missing.
  | { kind: "image"; data: string }
  // What its code may have left cannot be undone, so that only another interpreter runs as a first one does.
  | { kind: "spent" }
  | { kind: "done"; run: number; result: string }
  // `hidden`: what is typed is not to be shown.
  | { kind: "input"; run: number; prompt: string; hidden: boolean }
  | { kind: "completions"; request: number; values: string[] }
  // The snapshot's file in pieces, and sentences about what could not be imported.
  | { kind: "saved"; pieces: Uint8Array<ArrayBuffer>[]; failures: string[] }
  // A checkpoint in pieces, or why there is none.
  | { kind: "checkpoint"; request: number; pieces: Uint8Array<ArrayBuffer>[] }
  | { kind: "unsavable"; request: number; reason: string }
  | { kind: "dead"; reason: string };

/** File descriptor of the stream: 1 is stdout, 2 is stderr; 3 is for values that are displayed. */
export type Stream = 1 | 2 | 3;

/** The words of the memory that both threads count in. The warden believes none of them. */
export const Shared = {
  /** Nothing is written here: the guest waits on it to sleep. */
  sleep: 0,
  /** Images that the guest has posted and the host has not yet taken. */
  outstanding: 1,
  /** Not 0 when the run's output limit is reached. */
  full: 2,
  /** Not 0 when the interrupt that was sent means that the run's time is over. */
  late: 3,
  /** The run that was interrupted last. */
  interrupted: 4,
  /** Not 0 while nothing is to go on between two runs. */
  held: 5,
  bytes: 24,
} as const;

/**
 * The memory of the answer to `input()`: word 0 says what is there (`waiting`, `none`, or the number of bytes),
 * and the text follows in UTF-8.
 */
export const Answer = { waiting: -1, none: -2, offset: 4, bytes: 1 << 20 } as const;
