// This shows folders and files of the host's machine as a part of Python's file system.
import type { Asker } from "../channel/exchange.ts";
import type { Mounted } from "../channel/wire.ts";
import type { EmscriptenModule } from "../pyodide/emscripten.ts";
import type { FileMount, FileNode, FileSystem } from "../pyodide/pyodide.ts";
import { crossInto, type Layer } from "./crossing.ts";
import { HostFiles } from "./hostfiles.ts";
import { HostLayer } from "./hostlayer.ts";
import { OverlayLayer } from "./overlay.ts";

/** Puts the mounts where Python finds them. */
export function mountHost(module: EmscriptenModule, mounts: Mounted[], asker: Asker): HostFiles {
  const fs = module.FS;
  const files = new HostFiles(asker, fs.ErrnoError);
  const layers = new Map<FileNode, Layer>();
  mounts.forEach(({ at, access, isFile }, index) => {
    const isOverlay = access === "overlay";
    const layer = isOverlay
      ? new OverlayLayer(module, files, index, isFile)
      : new HostLayer(module, files, index, access === "rw", isFile);
    place(fs, at, layer.root, isFile);
    if (layer instanceof OverlayLayer) {
      layer.takePlace();
      (fs.overlays ??= new Map()).set(at, layer.upper);
    }
    layers.set(layer.root, layer);
  });
  crossInto(fs, layers);
  return files;
}

/** Lets a node stand at a path. */
function place(fs: FileSystem, at: string, root: FileNode, isFile: boolean): void {
  fs.mkdirTree(isFile ? at.slice(0, at.lastIndexOf("/")) : at);
  if (!isFile) return void fs.mount({ mount: () => root }, {}, at);
  // Emscripten mounts at folders only.
  fs.writeFile(at, "");
  const mount: FileMount = { opts: {}, mountpoint: at, mounts: [], root };
  root.mount = mount;
  fs.analyzePath(at, true).object!.mounted = mount;
}
