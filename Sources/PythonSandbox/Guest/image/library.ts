// This adds bytecode to Python's standard library, once for a runtime. The archive comes without it, so that
// each start of Python would compile what it imports.
import { loadPyodide } from "../pyodide/pyodide.ts";
import { log, runStep, stepArgument } from "./step.ts";

interface Argument {
  /** The Pyodide distribution's folder, which is written. */
  pyodide: string;
}

const ARCHIVE = "python_stdlib.zip";

const { pyodide: directory } = stepArgument<Argument>();

await runStep(async () => {
  const pyodide = await loadPyodide(directory, {
    stdout: (line) => log("debug", line),
    stderr: (line) => log("error", line),
  });
  const { FS } = pyodide;
  FS.mkdirTree("/distribution");
  FS.mount(FS.filesystems.NODEFS, { root: directory }, "/distribution");
  FS.writeFile("/lib/_library.py", Deno.readTextFileSync(new URL("./library.py", import.meta.url)));
  pyodide.runPython(`import sys; sys.path.append("/lib")`);
  const made = `${ARCHIVE}.compiled`;
  pyodide.pyimport("_library").add_bytecode(`/distribution/${ARCHIVE}`, `/distribution/${made}`);
  Deno.renameSync(`${directory}/${made}`, `${directory}/${ARCHIVE}`);
  return null;
});
