// Python with what the sandbox adds to it: the image, the runner, its way to the host.
import { PAGE } from "./compile.ts";
import { mountImage } from "./imagefs.ts";
import type { StartOrder } from "./messages.ts";
import type { PythonModule } from "./pyodide.ts";
import { restore, start, type Started } from "./restore.ts";
import { type NamedObjects, takeSnapshot } from "./snapshot.ts";
import { SnapshotReader } from "./snapshotfile.ts";

// Taken now: later there is no Deno in this realm.
const { readTextFileSync } = Deno;

const SITE = "/site";
const FOLDER = "/lib/mcp_run_python";

export class Python {
  private constructor(
    private readonly started: Started,
    private readonly objects: NamedObjects,
    /** Whether it goes on from a snapshot. */
    readonly isRestored: boolean,
  ) {}

  /**
   * @param program Pyodide's WebAssembly, compiled
   * @param libraries the snapshot's libraries, compiled
   * @param host what the runner may ask of this side
   */
  static async start(
    order: StartOrder,
    program: Promise<WebAssembly.Module>,
    libraries: Promise<WebAssembly.Module[]>,
    host: Record<string, unknown>,
  ): Promise<Python> {
    const isSavable = order.imports !== undefined;
    const options = { directory: order.pyodide, program, isSavable };
    const functions = Object.entries(host).map(([name, value]) => [`host.${name}`, value]);
    const objects: NamedObjects = { host, ...Object.fromEntries(functions) };
    using reader = order.snapshot === undefined ? null : new SnapshotReader(order.snapshot);
    const isRestored = reader !== null && reader.preface.memory <= order.limits.memoryPages * PAGE;
    if (reader && !isRestored) {
      console.warn("The image's snapshot is larger than the memory limit, so Python starts without it.");
    }
    const started = isRestored ? await restore(options, reader, libraries, objects) : await start(options);
    const python = new Python(started, objects, isRestored);
    mountImage(python.pyodide._module, order.site, SITE);
    if (!isRestored) python.furnish(host);
    return python;
  }

  get pyodide() {
    return this.started.pyodide;
  }

  get runner(): PythonModule {
    return this.pyodide.pyimport("_runner");
  }

  /** Saves its state: a snapshot's file, in pieces. */
  save(): Uint8Array<ArrayBuffer>[] {
    return takeSnapshot(this.pyodide._module, this.started.recorder, this.objects);
  }

  private furnish(host: Record<string, unknown>): void {
    const { pyodide } = this;
    pyodide.registerJsModule("_mcp_run_python", host);
    pyodide.FS.mkdirTree(FOLDER);
    for (const name of ["runner", "reset", "preload", "images", "figures", "columns", "imports"]) {
      const source = readTextFileSync(new URL(`./${name}.py`, import.meta.url));
      pyodide.FS.writeFile(`${FOLDER}/_${name}.py`, source);
    }
    pyodide.runPython(`import sys; sys.path[1:1] = ["${SITE}"]; sys.path.append("${FOLDER}")`);
    pyodide.pyimport("_runner");
  }
}
