// Python with what the sandbox adds to it: the image, the runner, its way to the host.
import { mountReadOnly } from "./files.ts";
import type { StartOrder } from "./messages.ts";
import type { PythonModule } from "./pyodide.ts";
import { PAGE } from "./module.ts";
import { restore, start, type Started } from "./restore.ts";
import { type NamedObjects, SnapshotReader, takeSnapshot } from "./snapshot.ts";

const SITE = "/site";
const FOLDER = "/lib/mcp_run_python";

export class Python {
  private constructor(
    private readonly started: Started,
    private readonly objects: NamedObjects,
    /** Whether it goes on from a snapshot. */
    readonly isRestored: boolean,
  ) {}

  /** @param host what the runner may ask of this side */
  static async start(order: StartOrder, host: Record<string, unknown>): Promise<Python> {
    const options = {
      directory: order.pyodide,
      memoryPages: order.limits.memoryPages,
      isSavable: order.imports !== undefined,
    };
    const functions = Object.entries(host).map(([name, value]) => [`host.${name}`, value]);
    const objects: NamedObjects = { host, ...Object.fromEntries(functions) };
    const reader = order.snapshot === undefined ? null : new SnapshotReader(order.snapshot);
    if (reader && reader.header.memoryBytes > options.memoryPages * PAGE) {
      console.warn("The image's snapshot is larger than the memory limit, so Python starts without it.");
    } else if (reader) {
      const find = (library: string) => order.site + library.slice(SITE.length);
      const python = new Python(await restore(options, reader, find, objects), objects, true);
      reader.close();
      mountReadOnly(python.pyodide.FS, order.site, SITE);
      return python;
    }
    const python = new Python(await start(options), objects, false);
    mountReadOnly(python.pyodide.FS, order.site, SITE);
    python.furnish(host);
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
    for (const name of ["runner", "reset", "preload"]) {
      const source = Deno.readTextFileSync(new URL(`./${name}.py`, import.meta.url));
      pyodide.FS.writeFile(`${FOLDER}/_${name}.py`, source);
    }
    pyodide.runPython(`import sys; sys.path[1:1] = ["${SITE}"]; sys.path.append("${FOLDER}")`);
    pyodide.pyimport("_runner");
  }
}
