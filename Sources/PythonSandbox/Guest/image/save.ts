// This is the third step of an image. It imports the packages in a guest like any other, and saves the heap.
// It runs without network and writes one file.
import { Answer, type GuestReport, Shared } from "../channel/messages.ts";
import { makeRing } from "../channel/ring.ts";
import type { Limits } from "../channel/wire.ts";
import { log, runStep, stepArgument } from "./step.ts";
import { startGuest } from "../warden/worker.ts";

interface Argument {
  pyodide: string;
  site: string;
  /** The file to write. */
  snapshot: string;
  /** The modules to import. */
  imports: string[];
  limits: Limits;
}

type SavedReport = Extract<GuestReport, { kind: "saved" }>;

const { pyodide, site, snapshot, imports, limits } = stepArgument<Argument>();

/** True for a report with the right shape. The guest is untrusted, since it runs the packages' code. */
function isSaved(data: unknown): data is SavedReport {
  const { kind, pieces, failures } = (data ?? {}) as Record<string, unknown>;
  return kind === "saved" && Array.isArray(pieces) && pieces.every((piece) => piece instanceof Uint8Array) &&
    Array.isArray(failures) && failures.every((failure) => typeof failure === "string");
}

function save(): Promise<SavedReport> {
  return new Promise((resolve, reject) => {
    const start = {
      pyodide,
      site,
      imports,
      isSavable: true,
      resets: false,
      reseed: false,
      interrupt: new SharedArrayBuffer(4),
      output: makeRing(),
      shared: new SharedArrayBuffer(Shared.bytes),
      answers: new SharedArrayBuffer(Answer.bytes),
      limits,
      mounts: [],
    };
    const receive = (data: unknown) => {
      if (isSaved(data)) resolve(data);
      const { kind, reason } = data as { kind?: string; reason?: string };
      if (kind === "dead") reject(new Error(reason));
    };
    startGuest(start, "none", receive, (reason) => reject(new Error(reason)));
  });
}

await runStep(async () => {
  const { pieces, failures } = await save();
  for (const failure of failures) log("debug", `Not imported ahead: ${failure}`);
  using file = Deno.openSync(snapshot, { write: true, create: true, truncate: true });
  for (const piece of pieces) {
    for (let position = 0; position < piece.length;) position += file.writeSync(piece.subarray(position));
  }
  return null;
});
Deno.exit(0);
