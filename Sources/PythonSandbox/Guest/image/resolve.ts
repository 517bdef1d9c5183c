// This is the first step of an image. micropip resolves the dependencies, and downloads packages that are not
// in the distribution. It runs with network and with write access to the new image's folder, and executes no
// downloaded code.
import { loadPyodide, type PackageEntry, type PyodideLock, readLock } from "../pyodide/pyodide.ts";
import { log, runStep, stepArgument } from "./step.ts";

interface Argument {
  pyodide: string;
  image: string;
  dependencies: string[];
  offline: boolean;
  /** The address of another package index than the default one. */
  indexURL: string | null;
}

const argument = stepArgument<Argument>();
const full = readLock(argument.pyodide);

function isLocal(entry: PackageEntry): boolean {
  try {
    return Deno.statSync(`${argument.pyodide}/${entry.file_name}`).isFile;
  } catch {
    return false;
  }
}

/** The lock without packages whose files are elsewhere, so that micropip asks the package index for them. */
function localLock(): PyodideLock {
  const local = Object.entries(full.packages).filter(([_, entry]) => isLocal(entry));
  const packages = local.map(([name, entry]) => [
    name,
    { ...entry, file_name: `${argument.pyodide}/${entry.file_name}` },
  ]);
  return { ...full, packages: Object.fromEntries(packages) };
}

/** Downloads a package that only Pyodide's own distribution server has. */
async function download(entry: PackageEntry, base: string): Promise<Uint8Array<ArrayBuffer>> {
  log("debug", `Downloading ${entry.file_name} from Pyodide's distribution`);
  const response = await fetch(base + entry.file_name).catch((error) => {
    throw new Error(error.cause?.message ?? error.message);
  });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (digest.toHex() !== entry.sha256) throw new Error("the file's sha256 is not the one in Pyodide's lock");
  return bytes;
}

await runStep(async () => {
  Deno.mkdirSync(`${argument.image}/wheels`, { recursive: true });
  log("debug", `Loading Pyodide to resolve ${argument.dependencies.join(", ") || "the base packages"}`);
  const pyodide = await loadPyodide(argument.pyodide, {
    lockFileContents: JSON.stringify(localLock()),
    stdout: (line) => log("debug", line),
    stderr: (line) => log("debug", line),
  });
  await pyodide.loadPackage(["micropip"], { messageCallback: (line) => log("debug", line) });
  const downloaded = new Set<string>();
  pyodide.registerJsModule("_mcp_run_python", {
    log,
    entry: (name: string): string => JSON.stringify(full.packages[name] ?? null),
    /** Gives a package of Pyodide's list. It is put into the image's folder if it is not on this machine. */
    download: async (name: string): Promise<Uint8Array> => {
      const entry = full.packages[name];
      if (isLocal(entry)) return Deno.readFileSync(`${argument.pyodide}/${entry.file_name}`);
      const file = `${argument.image}/wheels/${entry.file_name}`;
      if (!downloaded.has(file)) {
        Deno.writeFileSync(file, await download(entry, pyodide._api.config.cdnUrl));
        downloaded.add(file);
      }
      return Deno.readFileSync(file);
    },
    save: (name: string, bytes: Uint8Array) => Deno.writeFileSync(`${argument.image}/wheels/${name}`, bytes),
  });
  for (const path of ["./needs.py", "./transaction.py", "./resolve.py"]) {
    const source = Deno.readTextFileSync(new URL(path, import.meta.url));
    pyodide.FS.writeFile(path.replace("./", "/lib/_"), source);
  }
  pyodide.runPython(`import sys; sys.path.append("/lib")`);
  const found: { packages: Record<string, PackageEntry>; requested: string[] } = JSON.parse(
    await pyodide.pyimport("_resolve").resolve(
      JSON.stringify(argument.dependencies),
      argument.indexURL ?? undefined,
      argument.offline,
    ),
  );
  const text = JSON.stringify({ info: full.info, ...found }, null, 2);
  Deno.writeTextFileSync(`${argument.image}/pyodide-lock.json`, text);
  return null;
});
