// What the warden and the guest say to each other. The guest is untrusted: the warden checks all of it.

/** What an interpreter is started with: the first line that the host writes. */
export interface StartMessage {
  /** Opens every frame that the warden writes; the guest never learns it. */
  token: string;
  /** The Pyodide distribution's folder. */
  pyodide: string;
  /** The image's `site` folder. */
  site: string;
  /** `none`, or `inherit` for what the process was granted. */
  network: "none" | "inherit";
}

/** The host's later lines. */
export type HostMessage =
  | { kind: "run"; run: number; code: string; globals: string; keep: boolean }
  | { kind: "interrupt"; run: number }
  | { kind: "answer"; run: number; text: string | null }
  | { kind: "complete"; request: number; text: string };

/** From the warden to the guest. */
export type GuestOrder =
  | { kind: "start"; pyodide: string; site: string; control: SharedArrayBuffer; answers: SharedArrayBuffer }
  | { kind: "run"; run: number; code: string; globals: string; keep: boolean }
  | { kind: "cancel"; run: number }
  | { kind: "complete"; request: number; text: string };

/** From the guest to the warden. `result` is JSON text that the host decodes. */
export type GuestReport =
  | { kind: "ready"; python: string }
  | { kind: "output"; stream: Stream; text: string }
  | { kind: "done"; run: number; result: string }
  | { kind: "input"; run: number; prompt: string }
  | { kind: "completions"; request: number; values: string[] }
  | { kind: "dead"; reason: string };

/** File descriptor of the stream: 1 is stdout, 2 is stderr. */
export type Stream = 1 | 2;

/**
 * The memory that both threads see: byte 0 is Pyodide's interrupt flag (2 asks for KeyboardInterrupt);
 * word 1 counts the characters of output which the guest has posted and the host has not yet taken.
 */
export const CONTROL_BYTES = 8;
export const OUTSTANDING = 1;

/**
 * Where the guest finds the answer to `input()`: word 0 says what is there (`WAITING`, `NO_ANSWER`, or the
 * number of bytes), and the text follows in UTF-8.
 */
export const ANSWER_BYTES = 1 << 20;
export const ANSWER_OFFSET = 4;
export const WAITING = -1;
export const NO_ANSWER = -2;

/** Above this many outstanding characters the guest waits before it prints more. */
export const MAX_OUTSTANDING = 1 << 20;
