// This is Python with the sandbox's additions: the image, the runner, and its way to the host.
import { SITE, WASM_PAGE } from "../pyodide/compile.ts";
import { limitFiles } from "./files.ts";
import type { HostFiles } from "./hostfiles.ts";
import { mountImage, showFile } from "./imagefs.ts";
import { mountHost } from "./mounts.ts";
import { forgetHandles } from "../pyodide/finalizers.ts";
import { restoreInPlace } from "../state/inplace.ts";
import { Reach } from "../pyodide/reach.ts";
import { countLevels, limitStack, type NestingTypes } from "../pyodide/stack.ts";
import type { Asker } from "../channel/exchange.ts";
import type { StartOrder } from "../channel/messages.ts";
import type { Limits } from "../channel/wire.ts";
import type { FileNode, FileSystem, PythonModule } from "../pyodide/pyodide.ts";
import { restore, type Saved, start, type Started, type StartOptions } from "../state/restore.ts";
import { type Describer, type NamedObjects, takeCheckpoint, takeSnapshot } from "../state/snapshot.ts";
import { SnapshotReader } from "../state/snapshotfile.ts";
import { Undo } from "../state/undo.ts";

// It is taken now, since later there is no Deno in this realm.
const { readDirSync, readTextFileSync } = Deno;

const FOLDER = "/lib/mcp_run_python";
/** The current folder of the code. */
const WORK = "/work";
/** The folder with the modules that every Python has. */
const MODULES = new URL("../python/", import.meta.url);

export class Python {
  private undoing: Undo | null = null;

  private constructor(
    private started: Started,
    private readonly objects: NamedObjects,
    private readonly snapshot: string | undefined,
    private readonly reach: Reach,
    /** The files whose whole content was written since Python was put back. */
    private readonly files: { written: WeakSet<FileNode> },
    /** The state that it went on from. */
    readonly origin: "nothing" | "snapshot" | "checkpoint",
    /** The files below mounts; null without mounts. */
    readonly hostFiles: HostFiles | null,
  ) {}

  /**
   * Starts Python.
   *
   * @param program Pyodide's WebAssembly, compiled
   * @param libraries the snapshot's libraries, compiled
   * @param host the functions of this side that the runner may call
   * @param write takes text that is written to the terminal's device instead of a stream
   * @param confine called before any code of a session runs
   * @param spend called when Python makes a change that cannot be undone
   * @param asker asks the host for files; null without mounts
   */
  static async start(
    order: StartOrder,
    program: Promise<WebAssembly.Module>,
    libraries: Promise<WebAssembly.Module[]>,
    host: Record<string, unknown>,
    confine: () => void,
    write: StartOptions["write"],
    spend: () => void,
    asker: Asker | null,
  ): Promise<Python> {
    const isSavable = order.imports !== undefined || order.isSavable;
    const reach = new Reach(spend);
    const options = { directory: order.pyodide, program, isSavable, confine, reach, showFile, write };
    const functions = Object.entries(host).map(([name, value]) => [`host.${name}`, value]);
    const objects: NamedObjects = { host, ...Object.fromEntries(functions) };
    const files = { written: new WeakSet<FileNode>() };
    const limit = (fs: FileSystem) => limitFiles(fs, order.limits, (node) => files.written.add(node));
    const room = order.limits.memoryPages * WASM_PAGE;
    using snapshot = order.snapshot === undefined ? null : SnapshotReader.open(order.snapshot);
    using checkpoint = order.checkpoint === undefined ? null : SnapshotReader.of(order.checkpoint);
    const saved = choose(snapshot, checkpoint, room);
    const started = saved ? await restore(options, saved, libraries, objects, limit) : await start(options);
    const origin = !saved ? "nothing" : checkpoint ? "checkpoint" : "snapshot";
    const module = started.pyodide._module;
    mountImage(module, order.site, SITE);
    const hostFiles = asker && mountHost(module, order.mounts, asker);
    const python = new Python(started, objects, order.snapshot, reach, files, origin, hostFiles);
    started.finishFiles();
    if (!saved) python.furnish(host);
    countLevels(python.pyodide._module, python.nestingTypes);
    if (!checkpoint) python.goToWork();
    if (!checkpoint) limit(python.pyodide.FS);
    return python;
  }

  /**
   * Goes on from a checkpoint. No user's code may have run yet. When it throws, this Python cannot be used.
   *
   * @param libraries the code of the checkpoint's libraries that the image's snapshot does not have
   * @param limits the limits with which it was started
   */
  restore(checkpoint: Uint8Array<ArrayBuffer>, libraries: WebAssembly.Module[], limits: Limits): void {
    using reader = SnapshotReader.of(checkpoint);
    using snapshot = SnapshotReader.open(this.snapshot!);
    checkRoom(reader, snapshot, limits.memoryPages * WASM_PAGE);
    if (!reader.preface.isDifference) throw new Error("the checkpoint needs no snapshot");
    this.started = restoreInPlace(this.started, snapshot, reader, libraries, this.objects);
  }

  /**
   * Notes Python once, so that it can be put back. No Python may run, and no user's code may have changed it.
   */
  note(): void {
    if (this.undoing) return;
    const { pyodide, base, memory } = this.started;
    try {
      const reader = base && SnapshotReader.open(this.snapshot!);
      const snapshot = reader && { reader, runs: base!.runs };
      this.undoing = new Undo(pyodide._module, memory.memory, this.reach, snapshot, WORK);
    } catch {
      return; // Without the note this Python gets one run only.
    }
    this.reach.watch(this.objects.host as object, pyodide._module);
  }

  /** Stops callbacks and tasks. It is called at the end of a run that is to be undone. */
  async stop(): Promise<void> {
    await this.reach.stop();
  }

  /** Gives Python up until `undo` is called. It does nothing and gives false when that is not possible. */
  abandon(): boolean {
    if (!this.undoing?.isPossible) return false;
    forgetHandles();
    return true;
  }

  undo(): void {
    this.undoing?.putBack();
    this.files.written = new WeakSet();
  }

  /** Notes that Python has made a change that cannot be undone. */
  reachOut(): void {
    this.reach.exceed();
  }

  /** True when no other run has made the file, where that matters. */
  isNew(path: unknown): boolean {
    if (!this.undoing) return true;
    const node = this.pyodide.FS.analyzePath(String(path), false).object;
    return node !== null && this.files.written.has(node);
  }

  get pyodide() {
    return this.started.pyodide;
  }

  get runner(): PythonModule {
    return this.pyodide.pyimport("_runner");
  }

  /** Saves the state for an image, as a snapshot's file in pieces. */
  save(): Uint8Array<ArrayBuffer>[] {
    return takeSnapshot(this.pyodide._module, this.started.recorder, this.objects);
  }

  /** Saves the state as the difference from the snapshot that it started from, if there is one. */
  saveDifference(whose: Describer): Uint8Array<ArrayBuffer>[] {
    const { pyodide, memory, recorder, base } = this.started;
    using reader = base && SnapshotReader.open(this.snapshot!);
    reader?.skipHeader();
    const compared = base && { ...base, fill: (buffer: Uint8Array<ArrayBuffer>) => reader!.fill(buffer) };
    return takeCheckpoint(pyodide._module, memory, recorder, this.objects, compared, whose);
  }

  private goToWork(): void {
    const { FS } = this.pyodide;
    FS.mkdirTree(WORK);
    FS.chdir(WORK);
  }

  private furnish(host: Record<string, unknown>): void {
    const { pyodide } = this;
    pyodide.registerJsModule("_mcp_run_python", host);
    pyodide.FS.mkdirTree(FOLDER);
    // The system lists them in any order; the same image should come of them wherever it is made.
    for (const file of Array.from(readDirSync(MODULES), ({ name }) => name).sort()) {
      pyodide.FS.writeFile(`${FOLDER}/_${file}`, readTextFileSync(new URL(file, MODULES)));
    }
    pyodide.runPython(`import sys; sys.path[1:1] = ["${SITE}"]; sys.path.append("${FOLDER}")`);
    pyodide.pyimport("_runner");
    limitStack(pyodide._module);
  }

  private get nestingTypes(): NestingTypes {
    return JSON.parse(String(this.runner.NESTING_TYPES));
  }
}

/** The state that Python goes on from; null for a new Python. */
function choose(
  snapshot: SnapshotReader | null,
  checkpoint: SnapshotReader | null,
  room: number,
): Saved | null {
  if (checkpoint) {
    checkRoom(checkpoint, snapshot, room);
    if (!checkpoint.preface.isDifference) return { snapshot: null, checkpoint };
    if (!snapshot) throw new Error("the checkpoint needs the image's snapshot");
  }
  if (!snapshot) return null;
  if (checkpoint || snapshot.preface.memory <= room) return { snapshot, checkpoint };
  console.warn("The image's snapshot is larger than the memory limit, so Python starts without it.");
  return null;
}

function checkRoom(checkpoint: SnapshotReader, snapshot: SnapshotReader | null, room: number): void {
  if (Math.max(checkpoint.preface.memory, snapshot?.preface.memory ?? 0) > room) {
    throw new Error("the checkpoint is larger than the memory limit");
  }
}
