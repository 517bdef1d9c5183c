// Plain Pyodide: runs programs by `runPythonAsync`, as the original does, and nothing of the product has a part in it.
// Arguments: the Pyodide distribution's folder, packages separated by commas. Each line of stdin is a program as JSON,
// each line of stdout what came of it.
import {
  loadPyodide,
  type Pyodide,
  type PythonModule,
} from "../../../Sources/PythonSandbox/Guest/pyodide/pyodide.ts";

interface Plain extends Pyodide {
  globals: PythonModule;
  runPythonAsync(code: string, options: { filename: string }): Promise<unknown>;
}

interface Program {
  code: string;
  /** The way to run it: by `runPythonAsync`, or statement by statement as at Python's own prompt. */
  way: "tool" | "prompt";
  /** True when the prompt gets it at once, and not in blocks. */
  whole: boolean;
}

interface Outcome {
  /** The output, in lines of both streams. */
  output: string[];
  stdout: string;
  stderr: string;
  /** The value as the original's text. */
  value?: string | null;
  error?: string;
  /** The exit status that the code asked for. */
  status?: number;
}

/** Takes what Python writes. */
class Written {
  readonly lines: string[] = [];
  private readonly open = ["", ""];
  private readonly texts = ["", ""];
  private readonly decoders = [new TextDecoder(), new TextDecoder()];

  add(stream: number, bytes: Uint8Array): number {
    const text = this.decoders[stream].decode(bytes, { stream: true });
    this.texts[stream] += text;
    const lines = (this.open[stream] + text).split("\n");
    this.open[stream] = lines.pop() ?? "";
    this.lines.push(...lines);
    return bytes.length;
  }

  end(): Pick<Outcome, "output" | "stdout" | "stderr"> {
    const [stdout, stderr] = this.texts;
    return { output: [...this.lines, ...this.open.filter((line) => line !== "")], stdout, stderr };
  }
}

const [directory, packages] = Deno.args;
const pyodide = (await loadPyodide(directory)) as Plain;
await pyodide.loadPackage(["pydantic", ...packages.split(",").filter(Boolean)], {
  messageCallback: () => {},
});
pyodide.setStdin({ stdin: () => null });
// The end of a program ends Pyodide's event loop, too, which says so where nobody asks.
addEventListener("unhandledrejection", (event) => event.preventDefault());
let written = new Written();
pyodide.setStdout({ write: (bytes) => written.add(0, bytes) });
pyodide.setStderr({ write: (bytes) => written.add(1, bytes) });

const script = Deno.readTextFileSync(new URL("./reference.py", import.meta.url));
const ours = pyodide.runPython("{}") as PythonModule;
pyodide.runPython(script, { globals: ours, filename: "reference.py" });
const [clean, dump, flush, prompt] = ["clean", "dump", "flush", "prompt"].map((name) => ours.get(name));

async function run({ code, way, whole }: Program): Promise<Outcome> {
  clean();
  written = new Written();
  const outcome: Partial<Outcome> = {};
  try {
    if (way === "prompt") {
      outcome.status = await prompt.callPromising(code, whole);
    } else {
      const value = await pyodide.runPythonAsync(code, { filename: "main.py" });
      outcome.value = dump(value) ?? null;
    }
  } catch (error) {
    outcome.error = String(error).replace(/^PythonError: /, "");
  }
  flush();
  return { ...outcome, ...written.end() };
}

// Pyodide's own messages on the console have no such mark.
const MARK = "answer: ";
const encoder = new TextEncoder();
let rest = "";
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  const lines = (rest + text).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) {
    const answer = encoder.encode(`\n${MARK}${JSON.stringify(await run(JSON.parse(line)))}\n`);
    let sent = 0;
    while (sent < answer.length) sent += await Deno.stdout.write(answer.subarray(sent));
  }
}
Deno.exit(0);
