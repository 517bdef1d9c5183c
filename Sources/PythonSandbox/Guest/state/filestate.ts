// This is the state of Python's file system at one moment, without the files below one folder: those live on.
// The nodes themselves are put back, since code may have changed them in any way.
import type { FileNode, FileSystem, OpenFile } from "../pyodide/pyodide.ts";

/** The devices in which a terminal keeps a line that has not ended. */
const TERMINALS = ["/dev/tty", "/dev/tty1"];

interface NodeState {
  node: FileNode;
  fields: Pick<FileNode, "parent" | "name" | "mode" | "rdev" | "atime" | "mtime" | "ctime" | "link">;
  /** The entries of a folder. */
  entries?: [string, FileNode][];
  /** The content of a file. */
  bytes?: Uint8Array<ArrayBuffer>;
}

interface StreamState {
  stream: OpenFile;
  fields: Pick<OpenFile, "fd" | "node" | "path" | "shared">;
  shared: Record<string, unknown>;
}

export class FileState {
  private readonly nodes: NodeState[] = [];
  private readonly streams: (StreamState | null)[];
  /** The nodes that are found at each hash, in their order. */
  private readonly found: FileNode[][];
  private readonly nextInode: number;
  private readonly terminals: FileNode[];

  /** @param living the folder whose files are left alone, if there is one */
  constructor(
    private readonly fs: FileSystem,
    private readonly living: FileNode | null,
    private readonly folder: string,
  ) {
    this.note(fs.root, new Set());
    this.streams = Array.from(fs.streams, (stream) => {
      if (!stream) return null;
      const { fd, node, path, shared } = stream;
      return { stream, fields: { fd, node, path, shared }, shared: { ...shared } };
    });
    this.found = Array.from(fs.nameTable, (first) => chain(first));
    this.nextInode = fs.nextInode;
    this.terminals = TERMINALS.flatMap((path) => fs.analyzePath(path, true).object ?? []);
  }

  /** Restores the state. */
  restore(): void {
    const { fs } = this;
    this.closeOthers();
    this.takeBack();
    for (const { node, fields, entries, bytes } of this.nodes) {
      Object.assign(node, fields);
      if (fields.link === undefined) delete node.link;
      if (entries && node !== this.living) node.contents = folder(entries);
      if (bytes) restoreContent(node, bytes);
    }
    this.found.forEach((nodes, hash) => fs.nameTable[hash] = linked(nodes));
    fs.nextInode = this.nextInode;
    for (const root of fs.overlays?.values() ?? []) this.pass(root);
    for (const node of this.terminals) this.forgetLine(node);
    const { living } = this;
    if (living) {
      const entries = Object.entries(living.contents!);
      living.contents = folder(entries);
      for (const [name, node] of entries) this.keep(node, name, living);
    }
    fs.chdir(this.folder);
  }

  private note(node: FileNode, seen: Set<FileNode>): void {
    if (seen.has(node)) return;
    seen.add(node);
    const { parent, name, mode, rdev, atime, mtime, ctime, link, contents } = node;
    const state: NodeState = { node, fields: { parent, name, mode, rdev, atime, mtime, ctime, link } };
    this.nodes.push(state);
    if (node.usedBytes !== undefined) {
      state.bytes = (contents as unknown as Uint8Array<ArrayBuffer>).slice(0, node.usedBytes);
    } else if (contents && link === undefined) {
      state.entries = Object.entries(contents);
      if (node === this.living) return;
      for (const [, child] of state.entries) this.note(child, seen);
    }
  }

  private closeOthers(): void {
    const { fs } = this;
    const known = new Set(this.streams.map((state) => state?.stream));
    for (const stream of [...fs.streams]) {
      if (!stream || known.has(stream)) continue;
      try {
        fs.close(stream);
      } catch {
        fs.closeStream(stream.fd); // The device may refuse to close it.
      }
    }
    fs.streams.length = 0;
    this.streams.forEach((state, descriptor) => {
      fs.streams[descriptor] = state && Object.assign(state.stream, state.fields);
      if (state) Object.assign(state.fields.shared, state.shared);
    });
  }

  private forgetLine(node: FileNode): void {
    const stream: { node: FileNode; tty?: { input: unknown[]; output: unknown[] } } = { node };
    this.fs.devices[node.rdev]?.stream_ops.open(stream);
    if (stream.tty) Object.assign(stream.tty, { input: [], output: [] });
  }

  /** Takes nodes of other folders out of the folder whose files live on. */
  private takeBack(): void {
    const { living } = this;
    if (!living) return;
    const known = new Set(this.nodes.map(({ node }) => node));
    const clean = (node: FileNode) => {
      for (const [name, child] of Object.entries(node.contents ?? {})) {
        if (known.has(child)) delete node.contents![name];
        else if (isFolder(child)) clean(child);
      }
    };
    clean(living);
  }

  /** Lets no other file get the number of one that lives on. */
  private pass(node: FileNode): void {
    this.fs.nextInode = Math.max(this.fs.nextInode, node.id + 1);
    if (isFolder(node)) { for (const child of Object.values(node.contents!)) this.pass(child); }
  }

  private keep(node: FileNode, name: string, parent: FileNode): void {
    const { fs } = this;
    Object.assign(node, { name, parent });
    fs.hashAddNode(node);
    fs.nextInode = Math.max(fs.nextInode, node.id + 1);
    if (!isFolder(node)) return;
    const entries = Object.entries(node.contents!);
    node.contents = folder(entries);
    for (const [own, child] of entries) this.keep(child, own, node);
  }
}

function isFolder(node: FileNode): boolean {
  return node.usedBytes === undefined && node.link === undefined && node.contents !== undefined;
}

function folder(entries: [string, FileNode][]): Record<string, FileNode> {
  return Object.fromEntries(entries);
}

function restoreContent(node: FileNode, bytes: Uint8Array<ArrayBuffer>): void {
  const content = node.contents as unknown as Uint8Array<ArrayBuffer> | undefined;
  if (content?.length === bytes.length) content.set(bytes);
  else node.contents = bytes.slice() as unknown as FileNode["contents"];
  node.usedBytes = bytes.length;
}

function chain(first: FileNode | null | undefined): FileNode[] {
  const nodes: FileNode[] = [];
  for (let node = first; node; node = node.name_next) nodes.push(node);
  return nodes;
}

function linked(nodes: FileNode[]): FileNode | null {
  nodes.forEach((node, index) => node.name_next = nodes[index + 1]);
  return nodes[0] ?? null;
}
