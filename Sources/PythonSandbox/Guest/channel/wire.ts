// These are the messages between the host and the warden, as `Wire/wire.json` describes them.

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
  drawingCharacters: number;
  /** The size of the files that Python has written and not removed, in bytes. */
  fileBytes: number;
  /** The number of files and folders that there may be in memory. */
  files: number;
}

/** A line that the host writes. */
export type Order =
  // The first line says how the interpreter starts.
  | {
    kind: "start";
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
    /** The mounts as a JSON array of `Mounted`; empty for none. */
    mounts: string;
  }
  // Python goes on from a checkpoint, before any code has run. Another `ready` follows.
  | {
    kind: "restore";
    /** The number of bytes in the checkpoint, which follow this line. */
    checkpoint: number;
    /** True when random numbers are to differ from those after the checkpoint. */
    reseed: boolean;
  }
  | {
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
    /** The variables that tell of the console which shows the output, as a JSON object; empty for none. */
    console: string;
  }
  // It is late when the run's time is over.
  | { kind: "interrupt"; run: number; late: boolean }
  // Without a text there is no user who could be asked.
  | { kind: "answer"; run: number; text?: string }
  // Nothing that earlier runs have left goes on until the next order.
  | {
    kind: "hold";
    /** True when it is interrupted too, since it did not come to where it can be held. */
    interrupts: boolean;
  }
  | { kind: "complete"; request: number; text: string }
  | { kind: "checkpoint"; request: number }
  // The answer to a request for a file.
  | {
    kind: "file";
    request: number;
    /** The system's error in the numbers of Linux; 0 for none. */
    error: number;
    handle?: number;
    /** The number of bytes that were written, and 1 at the end of a list. */
    count?: number;
    /** The mode, size, number, links, blocks, and the times of reading, change and change of the attributes. */
    attributes?: number[];
    /** So many bytes follow the line. */
    bytes: number;
  };

/** The orders of a kind. */
export type OrderOf<Kind extends Order["kind"]> = Extract<Order, { kind: Kind }>;

export type RunOrder = OrderOf<"run">;

/** The frames of a kind. */
export type FrameOf<Kind extends Frame["kind"]> = Extract<Frame, { kind: Kind }>;

/** A folder or file of the host's machine that Python finds. */
export interface Mounted {
  at: string;
  access: "ro" | "rw" | "overlay";
  isFile: boolean;
}

/** The file descriptor of the stream: 1 is stdout, and 2 is stderr; 3 is for values that are displayed. */
export type Stream = 1 | 2 | 3;

/** A line that the warden writes, behind its token. The kind stands first in it: it says how long the line may be. */
export type Frame =
  | { kind: "ready"; python: string }
  // The run's code is handed to Python next. Without this frame none of the code has run.
  | { kind: "begun"; run: number }
  | { kind: "output"; stream: Stream; text: string }
  // The data is a PNG in base64. The drawing, in the form of `cells.py`, is for the cells of a terminal.
  | { kind: "image"; run: number; data: string; drawing?: string }
  | {
    kind: "done";
    run: number;
    /** The result as JSON, in the form of `runner.py`. */
    result: string;
    /** True when the code wrote more output than a run may, and the rest was dropped. */
    dropped?: boolean;
    /** The number of images that were not handed on. */
    imagesDropped?: number;
    /** True when only a new interpreter can run code as the first time. */
    spent?: boolean;
  }
  // With `hidden` the answer must not be shown while it is typed.
  | { kind: "input"; run: number; prompt: string; hidden?: boolean }
  | { kind: "completions"; request: number; values: string[] }
  // So many bytes follow the line.
  | { kind: "checkpoint"; request: number; bytes: number }
  // The guest asks for what is below a mount; one request is open at a time.
  | {
    kind: "file";
    request: number;
    operation:
      | "stat"
      | "open"
      | "read"
      | "write"
      | "list"
      | "make"
      | "remove"
      | "rename"
      | "link"
      | "target"
      | "change"
      | "sync"
      | "close";
    mount: number;
    /** A path below the mount, relative to it. */
    path?: string;
    /** The other path of a rename, and the target of a link. */
    other?: string;
    handle?: number;
    offset?: number;
    length?: number;
    /** The flags of `open`; 1 follows a link, and removes a folder. */
    flags?: number;
    mode?: number;
    /** The times of the last reading and the last change, in milliseconds. */
    read?: number;
    changed?: number;
    /** A handle that is closed first. */
    closing?: number;
    /** So many bytes follow the line. */
    bytes: number;
  }
  | { kind: "unsavable"; request: number; reason: string }
  | { kind: "dead"; reason: string };
