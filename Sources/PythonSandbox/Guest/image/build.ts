// This is the second step of an image. It unpacks the wheels into `site/` and byte-compiles them. It runs
// without network.
import { loadPyodide, type PyodideLock } from "../pyodide/pyodide.ts";
import { log, runStep, stepArgument } from "./step.ts";

interface Argument {
  pyodide: string;
  image: string;
}

const argument = stepArgument<Argument>();

await runStep(async () => {
  const lock: PyodideLock = JSON.parse(Deno.readTextFileSync(`${argument.image}/pyodide-lock.json`));
  const pyodide = await loadPyodide(argument.pyodide, {
    stdout: (line) => log("debug", line),
    stderr: (line) => log("error", line),
  });
  const { FS } = pyodide;
  for (const [root, mountpoint] of [[argument.image, "/image"], [argument.pyodide, "/distribution"]]) {
    FS.mkdirTree(mountpoint);
    FS.mount(FS.filesystems.NODEFS, { root }, mountpoint);
  }
  pyodide.registerJsModule("_mcp_run_python", { log });
  const source = Deno.readTextFileSync(new URL("./build.py", import.meta.url));
  FS.writeFile("/lib/_build.py", source);
  pyodide.runPython(`import sys; sys.path.append("/lib")`);
  pyodide.pyimport("_build").build(JSON.stringify(Object.values(lock.packages)));
  Deno.removeSync(`${argument.image}/wheels`, { recursive: true });
  return null;
});
