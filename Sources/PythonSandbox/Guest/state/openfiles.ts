// These are the files that Python has open. Emscripten keeps them outside Python's heap.
import { DEVICE, FILE, FOLDER, KIND, O_CREAT, O_EXCL, O_TRUNC, PIPE, SOCKET } from "../pyodide/modes.ts";
import { Unsavable } from "../pyodide/emscripten.ts";
import type { FileSystem, OpenFile } from "../pyodide/pyodide.ts";

/** The number of standard streams, which every start opens anew. */
const STANDARD_STREAMS = 3;

/** The number that is above all of Python's descriptors. */
const MOST_DESCRIPTORS = 4096;

/** The flags of `open` (Linux) that say how a file is made, and not how it is used. */
const MAKING = O_CREAT | O_EXCL | O_TRUNC;

/** The errno of Emscripten (WASI numbering) for a file that was lost. */
const ESTALE = 72;

/** An open file. */
export interface OpenStream {
  descriptor: number;
  /** The other descriptor that this one duplicates. */
  same?: number;
  path: string;
  flags: number;
  position: number;
  /**
   * The number of bytes in a file that is open but was removed. They stand behind those of the other files.
   */
  removed?: number;
  /** True for a file of the host's machine, which is opened again if it is still there. */
  isOfHost?: boolean;
}

/** All open files but the standard ones, and the contents of those that have no name any more. */
export function saveStreams(fs: FileSystem): { streams: OpenStream[]; contents: Uint8Array<ArrayBuffer>[] } {
  const streams: OpenStream[] = [];
  const contents: Uint8Array<ArrayBuffer>[] = [];
  const known = new Map<object, number>();
  fs.streams.forEach((stream, descriptor) => {
    if (!stream) return;
    if (descriptor < STANDARD_STREAMS) {
      const standard = ["stdin", "stdout", "stderr"][descriptor];
      if (!stream.path.endsWith(`/${standard}`)) {
        throw new Unsavable(`${standard} is another file (${stream.path})`);
      }
      return;
    }
    const { path, node, flags, position, shared } = stream;
    const same = known.get(shared);
    known.set(shared, same ?? descriptor);
    const saved: OpenStream = { descriptor, path, flags: flags & ~MAKING, position: position || 0 };
    if (same !== undefined) {
      saved.same = same;
    } else if (node.isOfHost) {
      saved.isOfHost = true;
    } else if (nodeAt(fs, path) !== node) {
      if ((node.mode & KIND) !== FILE || !(node.usedBytes >= 0)) throw new Unsavable(notAFile(stream));
      saved.removed = node.usedBytes;
      contents.push(Uint8Array.from((node.contents as unknown as Uint8Array).subarray(0, node.usedBytes)));
    } else if (![FILE, FOLDER, DEVICE].includes(node.mode & KIND)) {
      throw new Unsavable(notAFile(stream));
    }
    streams.push(saved);
  });
  return { streams, contents };
}

/** Opens the files again. `read` gives the next `count` bytes of the contents. */
export function restoreStreams(
  fs: FileSystem,
  streams: OpenStream[],
  read: (bytes: number) => Uint8Array<ArrayBuffer>,
): void {
  for (const { descriptor, same, path, flags, position, removed, isOfHost } of streams) {
    if (!(descriptor >= STANDARD_STREAMS && descriptor < MOST_DESCRIPTORS)) {
      throw new Error("no such descriptor");
    }
    if (same !== undefined) {
      fs.dupStream(fs.streams[same]!, descriptor);
      continue;
    }
    const open = () => removed === undefined ? fs.open(path, flags) : openRemoved(fs, flags, read(removed));
    const stream = isOfHost ? openIfThere(fs, path, flags) : open();
    fs.streams[stream.fd] = null;
    stream.fd = descriptor;
    stream.position = position;
    fs.streams[descriptor] = stream;
  }
}

/** Opens a file of the host; one that is gone, or forbidden now, fails when it is used. */
function openIfThere(fs: FileSystem, path: string, flags: number): OpenFile {
  try {
    return fs.open(path, flags);
  } catch {
    const fail = () => {
      throw new fs.ErrnoError(ESTALE);
    };
    const node = fs.createNode(null, "", FILE, 0);
    const stream_ops = { getattr: fail, setattr: fail, read: fail, write: fail, llseek: fail, mmap: fail };
    return fs.createStream({ node, path, flags, position: 0, seekable: true, stream_ops, ungotten: [] });
  }
}

function openRemoved(fs: FileSystem, flags: number, bytes: Uint8Array<ArrayBuffer>): OpenFile {
  const path = `/tmp/.removed-${crypto.randomUUID()}`;
  fs.writeFile(path, bytes);
  const stream = fs.open(path, flags);
  fs.unlink(path);
  return stream;
}

function nodeAt(fs: FileSystem, path: string): unknown {
  return fs.analyzePath(path, true).object ?? null;
}

function notAFile({ path, node }: OpenFile): string {
  const kind = { [PIPE]: "a pipe", [SOCKET]: "a socket" }[node.mode & KIND] ?? `a file open (${path})`;
  return kind.startsWith("a file") ? `Python has ${kind}` : `Python has ${kind} open`;
}
