// The plain path to a result, as the original takes it: load Pyodide, load packages, run the code.
// Arguments: the Pyodide distribution's folder, its standard library, packages separated by commas, the code.
import { createRequire } from "node:module";
import process from "node:process";

const [directory, stdLibURL, packages, code] = Deno.args;
Object.assign(globalThis, { require: createRequire(import.meta.url), __dirname: directory, process });
const { loadPyodide } = await import(`${directory}/pyodide.mjs`);
const pyodide = await loadPyodide({ indexURL: `${directory}/`, stdLibURL });
const messageCallback = () => {};
const names = ["micropip", "pydantic", ...packages.split(",").filter(Boolean)];
await pyodide.loadPackage(names, { messageCallback });
await pyodide.runPythonAsync("import micropip, pydantic_core");
console.log(String(await pyodide.runPythonAsync(code)));
Deno.exit(0);
